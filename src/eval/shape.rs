//! The shape of a result: where it stands, how it came there, how it stands beside the levels
//! above, how many stand behind it. Each dimension is decided as far as the data allow.

use std::cmp::min;

use super::diagnose::SMALL_GROUP;
use super::facts::FactValue;
use super::proof::{Proof, ProofKind};
use super::value::print_number;
use super::{Evaluator, Key, Object, Value, own_level};
use crate::base::{Direction, Id, Interval, Level, Number};
use crate::model::{
    Analysis, Comparison, Dynamics, GroupSize, Indicator, Kind, Limits, Shape, Standing, Unit, Way,
    domain,
};
use crate::syntax::tree::Better;

/// The levels that a result is held against.
const ABOVE: [Level; 2] = [Level::Municipality, Level::Region];

/// The shape of an indicator of the institution in a year, and why.
#[derive(Clone, Debug)]
pub struct Shaped {
    pub shape: Shape,
    /// Levels above than which it is better, worse; with which it is level.
    pub better_than: Vec<Level>,
    pub worse_than: Vec<Level>,
    pub level_with: Vec<Level>,
    /// The figures, the movements, the comparisons.
    pub proofs: Vec<Proof>,
}

/// A movement, or how two figures stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Better,
    Level,
    Worse,
}

/// An indicator under analysis.
struct Seen<'s> {
    analysis: &'s Analysis,
    id: &'s Id,
    indicator: &'s Indicator,
    way: Way,
    year: i32,
}

impl Seen<'_> {
    /// As it were better the more it is.
    fn oriented(&self, interval: &Interval) -> Interval {
        if self.way == Way::More { interval.clone() } else { interval.negate() }
    }
}

impl Evaluator<'_> {
    /// The shape of an indicator; `None` for one of which it is not said what is better.
    pub fn shape(&self, analysis: &Analysis, id: &Id, year: i32) -> Option<Shaped> {
        let indicator = self.model.indicators.get(id)?;
        let way = match indicator.better? {
            Better::More => Way::More,
            Better::Less => Way::Less,
            Better::Yes | Better::No => return None,
        };
        let seen = Seen { analysis, id, indicator, way, year };
        let own = self.own_key(&seen, year);
        let mut proofs = self.figure(&own).proofs;
        let steps = [year - 1, year].map(|to| self.movement(&seen, to));
        let dynamics = dynamics(steps[0], steps[1]);
        proofs.extend([year, year - 1].into_iter().filter_map(|to| self.told(&seen, to, &steps)));
        let sides = ABOVE.into_iter().filter(|level| *level < own_level(self.facts));
        let sides: Vec<(Level, Option<Side>)> =
            sides.map(|level| (level, self.beside(&seen, level))).collect();
        proofs.extend(sides.iter().filter_map(|(level, side)| {
            side.map(|side| self.comparison_proof(&seen, *level, side))
        }));
        let of = |wanted: Side| {
            let such = sides.iter().filter(|(_, side)| *side == Some(wanted));
            such.map(|(level, _)| *level).collect::<Vec<_>>()
        };
        Some(Shaped {
            shape: Shape {
                way,
                standing: self.standing(&seen, &own),
                dynamics,
                comparison: comparison(&sides),
                group: self.group_size(&own),
            },
            better_than: of(Side::Better),
            worse_than: of(Side::Worse),
            level_with: of(Side::Level),
            proofs,
        })
    }

    fn own_key(&self, seen: &Seen<'_>, year: i32) -> Key {
        Key { indicator: seen.id.clone(), object: self.facts.own.clone(), year, cell: None }
    }

    fn group_size(&self, own: &Key) -> GroupSize {
        match self.participants(own) {
            Some(n) if n < SMALL_GROUP => GroupSize::Small,
            Some(_) => GroupSize::Enough,
            None => GroupSize::Unknown,
        }
    }

    // ------------------------------------------------------------ where it stands

    fn standing(&self, seen: &Seen<'_>, own: &Key) -> Standing {
        let Value::Number(value) = self.figure(own).value else { return Standing::Unknown };
        let span = domain(&seen.indicator.kind, self.model).unwrap_or_else(Interval::everything);
        let value = seen.oriented(&value);
        let span = seen.oriented(&span);
        let at = |end: &Option<crate::base::Bound>| {
            let end = end.as_ref().map(|bound| &bound.at);
            end.is_some() && value.exact() == end
        };
        match seen.analysis.limits_of(seen.way) {
            _ if at(&span.high) => Standing::Best,
            _ if at(&span.low) => Standing::Worst,
            Some(limits) => between(seen, &value, &span, limits),
            None => Standing::Unknown,
        }
    }

    // ------------------------------------------------------------ how it came there

    /// How the figure moved from the year before to this one.
    fn movement(&self, seen: &Seen<'_>, to: i32) -> Option<Side> {
        let now = self.own_key(seen, to);
        if let Some(FactValue::Moved(direction)) = self.facts.get(&now).map(|fact| &fact.value) {
            return Some(match (direction, seen.way) {
                (Direction::Unchanged, _) => Side::Level,
                (Direction::Rose, Way::More) | (Direction::Fell, Way::Less) => Side::Better,
                (Direction::Rose, Way::Less) | (Direction::Fell, Way::More) => Side::Worse,
            });
        }
        let before = self.own_key(seen, to - 1);
        let (Value::Number(earlier), Value::Number(later)) =
            (self.figure(&before).value, self.figure(&now).value)
        else {
            return None;
        };
        let gain = seen.oriented(&later.subtract(&earlier));
        match self.least_change(seen, &before, &now) {
            Some(least) => beyond(&gain, &least),
            None => beyond_nothing(&gain),
        }
    }

    /// What one pupil changes the share by in the smaller of two groups.
    fn least_change(&self, seen: &Seen<'_>, before: &Key, now: &Key) -> Option<Number> {
        let groups = [before, now].map(|key| self.participants(key));
        let n = match groups {
            [Some(a), Some(b)] => min(a, b),
            [one, other] => one.or(other)?,
        };
        least_of_one(&seen.indicator.kind, n)
    }

    fn told(&self, seen: &Seen<'_>, to: i32, steps: &[Option<Side>; 2]) -> Option<Proof> {
        let side = if to == seen.year { steps[1] } else { steps[0] }?;
        let [before, now] = [to - 1, to].map(|year| self.figure(&self.own_key(seen, year)));
        let word = match side {
            Side::Better => "улучшение",
            Side::Worse => "ухудшение",
            Side::Level => "без изменений: меньше одного ученика",
        };
        let word = match self.participants(&self.own_key(seen, to)) {
            None if side == Side::Level => "без изменений",
            _ => word,
        };
        let text = format!("{} → {}: {word}", before.dated(), now.dated());
        let children = before.proofs.into_iter().chain(now.proofs).collect();
        Some(Proof::new(ProofKind::Dynamics, text).about(seen.id).with(children))
    }

    // ------------------------------------------------------------ beside the levels above

    /// Level where the analysis says so, and where the two differ by less than one participant.
    fn beside(&self, seen: &Seen<'_>, level: Level) -> Option<Side> {
        let gain = self.gain_beside(seen, level)?;
        let by_margin = by_margin(seen.analysis, &gain);
        let n = self.participants(&self.own_key(seen, seen.year));
        let least = n.and_then(|n| least_of_one(&seen.indicator.kind, n));
        match least.map(|least| beyond(&gain, &least)) {
            None => by_margin,
            Some(Some(Side::Level)) => Some(Side::Level),
            Some(by_one) => by_margin.filter(|side| *side == Side::Level || by_one == Some(*side)),
        }
    }

    fn gain_beside(&self, seen: &Seen<'_>, level: Level) -> Option<Interval> {
        let (own, above) = self.both(seen, level);
        match (self.figure(&own).value, self.figure(&above).value) {
            (Value::Number(own), Value::Number(above)) => {
                Some(seen.oriented(&own.subtract(&above)))
            }
            _ => None,
        }
    }

    fn both(&self, seen: &Seen<'_>, level: Level) -> (Key, Key) {
        let own = self.own_key(seen, seen.year);
        let above = Key { object: Object::Above(level), ..own.clone() };
        (own, above)
    }

    fn comparison_proof(&self, seen: &Seen<'_>, level: Level, side: Side) -> Proof {
        let (own, above) = self.both(seen, level);
        let (own, above) = (self.figure(&own), self.figure(&above));
        let gain = self.gain_beside(seen, level);
        let is_within = gain.is_some_and(|it| by_margin(seen.analysis, &it) == Some(Side::Level));
        let margin = seen.analysis.margin.as_ref();
        let margin = margin.map(|it| print_number(&it.number, &Unit::Points, self.model));
        let within = margin.as_ref().map(|it| format!(" в пределах {it}")).unwrap_or_default();
        let beyond = margin.map(|it| format!(" больше чем на {it}")).unwrap_or_default();
        let text = match side {
            Side::Better => format!("{} лучше, чем {},{beyond}", own.words, above.words),
            Side::Worse => format!("{} хуже, чем {},{beyond}", own.words, above.words),
            Side::Level if is_within => {
                format!("{} вровень с {}{within}", own.words, above.words)
            }
            Side::Level => {
                format!("{} вровень с {}: разница меньше одного ученика", own.words, above.words)
            }
        };
        let text = format!("{} ({} год)", text.trim_end_matches(','), seen.year);
        let children = super::proof::said_once(own.proofs, above.proofs);
        Proof::new(ProofKind::Comparison, text).about(seen.id).with(children)
    }
}

/// What one of `n` people changes a figure of a share by, in points; `None` for other figures and
/// for nobody.
pub fn one_pupil(kind: &Kind, n: u64) -> Option<Number> {
    let Kind::Percent { .. } = kind else { return None };
    Number::from_int(100).checked_div(&Number::from_int(i64::try_from(n).ok()?))
}

/// The least that one of `n` people changes a share by. Published shares are rounded, so a whole
/// pupil may show as a little less: up to half a point.
fn least_of_one(kind: &Kind, n: u64) -> Option<Number> {
    let one = one_pupil(kind, n)?;
    let half = Number::one().half();
    Some(&one - min(&half, &one.half()))
}

/// How a gain stands by what the analysis holds to be no difference.
fn by_margin(analysis: &Analysis, gain: &Interval) -> Option<Side> {
    let margin = analysis.margin.as_ref().map(|margin| &margin.number);
    let margin = margin.filter(|margin| !margin.is_zero());
    margin.map_or_else(|| beyond_nothing(gain), |margin| outside(gain, margin))
}

/// Good, middle or poor; open where the figure is not known exactly enough.
fn between(seen: &Seen<'_>, value: &Interval, span: &Interval, limits: &Limits) -> Standing {
    let limit = |number: &Number| seen.oriented(&Interval::exactly(number.clone()));
    let (good, poor) = (limit(&limits.good.number), limit(&limits.poor.number));
    let end = |end: &Option<crate::base::Bound>| {
        end.as_ref().map(|bound| Interval::exactly(bound.at.clone()))
    };
    let is_below_best = end(&span.high).is_none_or(|best| value.less(&best) == Some(true));
    let is_above_worst = end(&span.low).is_none_or(|worst| worst.less(value) == Some(true));
    let is_good = good.less_or_equal(value);
    let is_poor = value.less(&poor);
    match (is_good, is_poor) {
        (Some(true), _) if is_below_best => Standing::Good,
        (_, Some(true)) if is_above_worst => Standing::Poor,
        (Some(false), Some(false)) => Standing::Middle,
        _ => Standing::Unknown,
    }
}

/// A gain of at least `least` is a change, a smaller one is none.
fn beyond(gain: &Interval, least: &Number) -> Option<Side> {
    let least = Interval::exactly(least.clone());
    let loss = gain.negate();
    let is_at_least = |change: &Interval| least.less_or_equal(change);
    match (is_at_least(gain), is_at_least(&loss)) {
        (Some(true), _) => Some(Side::Better),
        (_, Some(true)) => Some(Side::Worse),
        (Some(false), Some(false)) => Some(Side::Level),
        _ => None,
    }
}

/// A gain of more than `margin` is one; up to it the two are level.
fn outside(gain: &Interval, margin: &Number) -> Option<Side> {
    let margin = Interval::exactly(margin.clone());
    let loss = gain.negate();
    match (margin.less(gain), margin.less(&loss)) {
        (Some(true), _) => Some(Side::Better),
        (_, Some(true)) => Some(Side::Worse),
        (Some(false), Some(false)) => Some(Side::Level),
        _ => None,
    }
}

fn beyond_nothing(gain: &Interval) -> Option<Side> {
    outside(gain, &Number::zero())
}

/// Two movements, the earlier first.
fn dynamics(before: Option<Side>, last: Option<Side>) -> Dynamics {
    match (before, last) {
        (_, None) => Dynamics::Unknown,
        (_, Some(Side::Level)) => Dynamics::Same,
        (Some(Side::Better), Some(Side::Better)) => Dynamics::BetterTwice,
        (Some(Side::Worse), Some(Side::Worse)) => Dynamics::WorseTwice,
        (Some(Side::Better), Some(Side::Worse)) | (Some(Side::Worse), Some(Side::Better)) => {
            Dynamics::Swings
        }
        (_, Some(Side::Better)) => Dynamics::Better,
        (_, Some(Side::Worse)) => Dynamics::Worse,
    }
}

fn comparison(sides: &[(Level, Option<Side>)]) -> Comparison {
    let mut known: Vec<Side> = sides.iter().filter_map(|(_, side)| *side).collect();
    known.sort_by_key(|side| *side as u8);
    match known.as_slice() {
        [Side::Better] => Comparison::BetterThanOnly,
        [Side::Level] => Comparison::LevelWithOnly,
        [Side::Worse] => Comparison::WorseThanOnly,
        [Side::Better, Side::Better] => Comparison::BetterThanBoth,
        [Side::Better, Side::Level] => Comparison::BetterAndLevel,
        [Side::Better, Side::Worse] => Comparison::BetterAndWorse,
        [Side::Level, Side::Level] => Comparison::LevelWithBoth,
        [Side::Level, Side::Worse] => Comparison::WorseAndLevel,
        [Side::Worse, Side::Worse] => Comparison::WorseThanBoth,
        _ => Comparison::Unknown,
    }
}
