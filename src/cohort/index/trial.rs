//! What a school would be if one figure, or one label, were another; all other figures as they are.
//!
//! A changed figure is first held against a bound, because most changes decide nothing. Which band a
//! school is in follows from whether its mean is above, at or below a few means around each border; with
//! a figure that stays between the ends of its column only the school's own mean moves, otherwise
//! also the others', by no more than the part by which the span of the column grows or shrinks. Where
//! the school stays clear of all borders by more than that, its label is the same. Else it is
//! calculated: its place among the others, or, where the span changes, all means of the pool.

use super::column::Column;
use super::criteria::Asked;
use super::figures::{Changed, Figures};
use super::fixed::{Approximate, Exact, term};
use super::order::Entry;
use super::pool::{Mean, Pool};
use super::ranking::{Ladder, Seen};
use super::workings::{Workings, categories, labels, last};
use crate::base::Number;
use crate::cohort::{Answer, Cell, Figure, Label, Ranked};

/// Asks «what if» of a calculation.
pub struct Trial<'a> {
    workings: &'a Workings<'a>,
    /// Domain by domain, slot by slot, pool by pool, term by term.
    ends: Vec<Vec<Vec<Vec<Ends>>>>,
    /// Domain by domain, as its ladders: what a school must stay clear of.
    zones: Vec<Vec<Vec<Vec<Zone>>>>,
    /// Whether a criterion looks at an indicator.
    is_criterion: Vec<bool>,
}

/// The two lowest and the two highest figures of a column.
#[derive(Clone, Copy)]
struct Ends {
    low: [i64; 2],
    high: [i64; 2],
}

/// Means around a border, in units of 2⁻⁶³.
#[derive(Clone, Copy)]
struct Zone {
    low: Approximate,
    high: Approximate,
}

/// One pupil more or fewer among those whom a share counts.
#[derive(Clone, Copy, Debug)]
pub struct Pupil {
    pub slot: usize,
    pub row: usize,
    pub indicator: usize,
    pub participants: u32,
    /// In units of 10⁻¹².
    pub from: i64,
    pub to: i64,
}

/// The domain, the slot and the school that a changed figure is looked at in.
struct Spot<'t> {
    domain: usize,
    slot: usize,
    school: usize,
    /// The pool of the year.
    pool: usize,
    term: usize,
    /// The pool that the school is ranked in.
    among: usize,
    ladder: &'t Ladder,
    zones: &'t [Zone],
}

/// By how much means may move, in units of 2⁻⁶³; `None` where nothing bounds that.
struct Moves {
    own: u64,
    others: u64,
    keeps_span: bool,
}

impl<'a> Trial<'a> {
    pub fn new(workings: &'a Workings<'a>) -> Self {
        let method = workings.method;
        let n_slots = workings.frame.n_slots();
        let ends = (0..method.domains.len())
            .map(|domain| (0..n_slots).map(|slot| workings.ends(domain, slot)).collect());
        let zones = workings.domains.iter().map(|calculated| {
            let of_pools = |ladders: &Vec<Ladder>| ladders.iter().map(Ladder::zones).collect();
            calculated.ladders.iter().map(of_pools).collect()
        });
        let is_criterion = |at: usize| method.criteria.iter().any(|it| it.rule.looks_at(at));
        Self {
            workings,
            ends: ends.collect(),
            zones: zones.collect(),
            is_criterion: (0..method.indicators.len()).map(is_criterion).collect(),
        }
    }

    /// The verdicts on a school, domain by domain, if one of its labels were another; `at` is a slot, or
    /// 0 where the window is ranked as a whole.
    pub fn with_label(
        &self,
        school: usize,
        domain: usize,
        at: usize,
        label: Label,
    ) -> Vec<Option<usize>> {
        let mut labels = labels(self.workings.method, &self.workings.outcome, school);
        if let Some(own) = labels.get_mut(domain).and_then(|labels| labels.get_mut(at)) {
            *own = label;
        }
        self.verdicts(school, &labels, None)
    }

    /// One pupil more and one fewer, wherever the number of participants is known, and how many shares
    /// there are of which it is not.
    pub fn pupils(&self, school: usize) -> (Vec<Pupil>, usize) {
        let (method, table) = (self.workings.method, self.workings.table);
        let mut pupils = Vec::new();
        let mut unknown = 0;
        for slot in 0..self.workings.frame.n_slots() {
            let Some(row) = self.workings.frame.row(school, slot) else { continue };
            for (indicator, measure) in method.indicators.iter().enumerate() {
                let Cell::Fine(from) = self.workings.figures.cell(row, indicator) else { continue };
                if !measure.is_share {
                    continue;
                }
                let Some(participants) = table.participants(row, indicator) else {
                    unknown += 1;
                    continue;
                };
                let step = 100 * Figure::ONE / i64::from(participants);
                for to in [from.saturating_add(step), from.saturating_sub(step)] {
                    let to = to.clamp(0, 100 * Figure::ONE);
                    pupils.push(Pupil { slot, row, indicator, participants, from, to });
                }
            }
        }
        pupils.retain(|pupil| pupil.from != pupil.to);
        (pupils, unknown)
    }

    /// The verdicts on a school with one pupil more or fewer; `None` where they are the same.
    pub fn with_pupil(&self, school: usize, pupil: &Pupil) -> Option<Vec<Option<usize>>> {
        let method = self.workings.method;
        let mut changed: Option<Vec<Vec<Label>>> = None;
        for (domain, declared) in method.domains.iter().enumerate() {
            let term = declared.terms.iter().position(|term| term.indicator == pupil.indicator);
            let spot = term.and_then(|term| self.spot(domain, term, school, pupil));
            let Some(label) = spot.and_then(|spot| self.label(&spot, pupil)) else { continue };
            let known = || labels(method, &self.workings.outcome, school);
            let all = changed.get_or_insert_with(known);
            let at = if declared.ranked == Ranked::EachYear { pupil.slot } else { 0 };
            if let Some(own) = all.get_mut(domain).and_then(|labels| labels.get_mut(at)) {
                *own = label;
            }
        }
        let is_criterion = self.is_criterion.get(pupil.indicator).is_some_and(|it| *it);
        if changed.is_none() && !is_criterion {
            return None;
        }
        let labels = changed.unwrap_or_else(|| labels(method, &self.workings.outcome, school));
        let verdicts = self.verdicts(school, &labels, Some(pupil));
        let outcome = &self.workings.outcome;
        let is_other = |(domain, verdict): (usize, &Option<usize>)| {
            outcome.category(domain, school) != *verdict
        };
        verdicts.iter().enumerate().any(is_other).then_some(verdicts)
    }

    fn verdicts(
        &self,
        school: usize,
        labels: &[Vec<Label>],
        pupil: Option<&Pupil>,
    ) -> Vec<Option<usize>> {
        let workings = self.workings;
        let mut answers: Vec<Answer> = Vec::new();
        if !workings.method.criteria.is_empty() {
            let rows = workings.frame.rows_of(school);
            let base = workings.frame.judged.get(school).map_or(0, |it| it.base as usize);
            let label = |domain: usize| last(labels, domain);
            answers = match pupil {
                None => {
                    let figures = &workings.figures;
                    let asked = Asked { figures, rows: &rows, base, shift: None };
                    workings.criteria.answers(&asked, &label)
                }
                Some(pupil) => {
                    let is_last = pupil.slot + 1 == workings.frame.n_slots();
                    let moved = i128::from(pupil.to) - i128::from(pupil.from);
                    let shift = is_last.then_some((pupil.indicator, moved));
                    let figures = &pupil.figures(workings);
                    workings.criteria.answers(&Asked { figures, rows: &rows, base, shift }, &label)
                }
            };
        }
        categories(workings.method, labels, &answers, &workings.in_use)
    }

    /// Where the figure is looked at, if the school is ranked there.
    fn spot(&self, domain: usize, term: usize, school: usize, pupil: &Pupil) -> Option<Spot<'_>> {
        let workings = self.workings;
        let base = workings.frame.judged.get(school)?.base as usize;
        let pool = workings.method.pool(workings.table, base, pupil.row);
        let (ladders, among) = match workings.method.domains.get(domain)?.ranked {
            Ranked::EachYear => (pupil.slot, pool),
            Ranked::MeanOfWindow => {
                let row = workings.frame.row(school, workings.frame.n_slots().checked_sub(1)?)?;
                (0, workings.method.pool(workings.table, base, row))
            }
        };
        let ladder = workings.domains.get(domain)?.ladders.get(ladders)?.get(among)?;
        let zones = self.zones.get(domain)?.get(ladders)?.get(among)?;
        Some(Spot { domain, slot: pupil.slot, school, pool, term, among, ladder, zones })
    }

    /// The label with the changed figure, if it is another.
    fn label(&self, spot: &Spot<'_>, pupil: &Pupil) -> Option<Label> {
        let outcome = &self.workings.outcome;
        let ranking = outcome.domains.get(spot.domain)?;
        let declared = self.workings.method.domains.get(spot.domain)?;
        let standing = match declared.ranked {
            Ranked::EachYear => {
                ranking.standings.get(spot.school * outcome.window.len() + spot.slot)?
            }
            Ranked::MeanOfWindow => ranking.overall.get(spot.school)?,
        };
        let calculated = self.workings.domains.get(spot.domain)?;
        let pool = calculated.pools.get(spot.slot)?.get(spot.pool)?;
        let label = match (self.moves(spot, pool, pupil), standing.rank) {
            // What counted for nobody may count now, and the other way round.
            (None, _) => self.label_of_all(spot, pupil),
            // As many of its figures count as before: too few.
            (Some(_), None) => return None,
            (Some(moves), Some(rank)) => {
                let at = (rank.position as usize).checked_sub(1)?;
                let mean = spot.ladder.order.entries().get(at)?.mean;
                if spot.zones.iter().all(|zone| zone.is_clear_of(mean, &moves)) {
                    return None;
                }
                match moves.keeps_span {
                    true => self.label_of_own_move(spot, pupil, rank.position)?,
                    false => self.label_of_all(spot, pupil),
                }
            }
        };
        (label != standing.label).then_some(label)
    }

    /// How far means may move.
    fn moves(&self, spot: &Spot<'_>, pool: &Pool, pupil: &Pupil) -> Option<Moves> {
        let calculated = self.workings.domains.get(spot.domain)?;
        let n_slots = self.workings.frame.n_slots();
        let (present, _) = calculated.means.get(spot.school * n_slots + spot.slot)?;
        // A term is in units of 2⁻⁶⁴, a mean in units of 2⁻⁶³; whatever is lost is less than the two
        // that are added.
        let of_mean = |moved: u128, terms: usize| {
            u64::try_from(moved / (2 * terms.max(1) as u128) + 2).unwrap_or(u64::MAX)
        };
        let column = pool.columns.get(spot.term)?;
        let worth = |x: i64| column.units(Cell::Fine(x));
        if let Column::Lag { .. } = column {
            let own = worth(pupil.to)?.abs_diff(worth(pupil.from)?);
            let own = of_mean(own, usize::from(*present));
            return Some(Moves { own, others: 0, keeps_span: true });
        }
        let Column::Fine { low, high, .. } = column else { return None };
        let ends = self.ends.get(spot.domain)?.get(spot.slot)?.get(spot.pool)?.get(spot.term)?;
        let (new_low, new_high) = ends.with(pupil.from, pupil.to);
        let (span, new_span) = (width(*low, *high), width(new_low, new_high));
        if new_span == 0 {
            return None;
        }
        let was = term(width(*low, pupil.from), span);
        let is = term(width(new_low, pupil.to), new_span);
        let keeps_span = (new_low, new_high) == (*low, *high);
        let others = match keeps_span {
            true => 0,
            false => of_mean((1 << 64) - term(span.min(new_span), span.max(new_span)), pool.needed),
        };
        Some(Moves {
            own: of_mean(was.abs_diff(is) + 1, usize::from(*present)),
            others,
            keeps_span,
        })
    }

    /// The others as they are.
    fn label_of_own_move(&self, spot: &Spot<'_>, pupil: &Pupil, position: u32) -> Option<Label> {
        let workings = self.workings;
        let domain = workings.method.domains.get(spot.domain)?;
        let calculated = workings.domains.get(spot.domain)?;
        let figures = pupil.figures(workings);
        let seen = workings.seen(domain, &figures);
        let pool = calculated.pools.get(spot.slot)?.get(spot.pool)?;
        let own = pool.mean(domain, &figures, pupil.row);
        let place = match domain.ranked {
            Ranked::EachYear => spot.ladder.order.place_with(position, own.1.ok()?, |school| {
                seen.exact(&calculated.pools, school as usize, spot.slot)
            }),
            Ranked::MeanOfWindow => {
                let mean = workings.window_mean(spot, spot.school, Some(own))?;
                spot.ladder.order.place_with(position, mean, |school| {
                    seen.exact_whole(&calculated.pools, school as usize)
                })
            }
        };
        place.map(|place| spot.ladder.cuts.label(&place))
    }

    /// All means of the pool anew.
    fn label_of_all(&self, spot: &Spot<'_>, pupil: &Pupil) -> Label {
        let unranked = Label::Without(crate::cohort::Reason::NoData);
        self.ladder_of_all(spot, pupil).map_or(unranked, |ladder| {
            let mut places = ladder.order.places();
            let own = places.find(|(entry, _)| entry.school as usize == spot.school);
            own.map_or(unranked, |(_, place)| ladder.cuts.label(&place))
        })
    }

    fn ladder_of_all(&self, spot: &Spot<'_>, pupil: &Pupil) -> Option<Ladder> {
        let workings = self.workings;
        let domain = workings.method.domains.get(spot.domain)?;
        let calculated = workings.domains.get(spot.domain)?;
        let figures = pupil.figures(workings);
        let seen: Seen<'_, _> = workings.seen(domain, &figures);
        let members = workings.frame.members.get(spot.slot)?.get(spot.pool)?;
        let pool = Pool::new(domain, &figures, members);
        let row_here = |school: u32| {
            let found = members.binary_search_by_key(&school, |member| member.school).ok()?;
            members.get(found).map(|member| member.row as usize)
        };
        let mean_here = |school: u32| row_here(school).map(|row| pool.mean(domain, &figures, row));
        let exact_here = |school: u32| match row_here(school) {
            Some(row) => pool.exact(domain, &figures, row),
            None => seen.exact(&calculated.pools, school as usize, spot.slot),
        };
        if domain.ranked == Ranked::EachYear {
            let entries = members.iter().filter_map(|member| {
                let mean = mean_here(member.school)?.1.ok()?;
                Some(Entry { mean, school: member.school })
            });
            return Some(seen.ladder(entries.collect(), exact_here));
        }
        let entries = workings.frame.members.last()?.get(spot.among)?.iter().filter_map(|member| {
            let here = mean_here(member.school);
            let mean = workings.window_mean(spot, member.school as usize, here)?;
            Some(Entry { mean, school: member.school })
        });
        let exact = |school: u32| {
            let of_slot = |slot: usize| match slot == spot.slot {
                true => exact_here(school),
                false => seen.exact(&calculated.pools, school as usize, slot),
            };
            let years: Vec<Exact> = (0..workings.frame.n_slots()).map(of_slot).collect();
            Exact::mean_of(&years)
        };
        Some(seen.ladder(entries.collect(), exact))
    }
}

impl Workings<'_> {
    /// The mean of a school over the window, that of one slot replaced.
    fn window_mean(
        &self,
        spot: &Spot<'_>,
        school: usize,
        here: Option<Mean>,
    ) -> Option<Approximate> {
        let n_slots = self.frame.n_slots();
        let means = &self.domains.get(spot.domain)?.means;
        let of_slot = |slot: usize| match here {
            Some(mean) if slot == spot.slot => mean.1.ok(),
            _ => means.get(school * n_slots + slot)?.1.ok(),
        };
        let years: Option<Vec<Approximate>> = (0..n_slots).map(of_slot).collect();
        years.map(|years| Approximate::mean_of(&years))
    }

    fn ends(&self, domain: usize, slot: usize) -> Vec<Vec<Ends>> {
        let terms = self.method.domains.get(domain).map_or(&[][..], |domain| &domain.terms);
        let pools = self.frame.members.get(slot).into_iter().flatten();
        let of_pool = |members: &Vec<super::pool::Member>| {
            let mut ends = vec![Ends::NONE; terms.len()];
            for member in members {
                for (ends, term) in ends.iter_mut().zip(terms) {
                    if let Cell::Fine(x) = self.figures.cell(member.row as usize, term.indicator) {
                        ends.add(x);
                    }
                }
            }
            ends
        };
        pools.map(of_pool).collect()
    }
}

impl Pupil {
    fn figures<'t>(&self, workings: &'t Workings<'_>) -> Changed<'t, super::figures::Read<'t>> {
        Changed {
            figures: &workings.figures,
            row: self.row,
            indicator: self.indicator,
            cell: Cell::Fine(self.to),
        }
    }

    /// The share, in per cent.
    pub fn share(units: i64) -> Number {
        super::fixed::exact_figure(Cell::Fine(units)).unwrap_or_else(Number::zero)
    }
}

impl Ends {
    const NONE: Self = Self { low: [i64::MAX; 2], high: [i64::MIN; 2] };

    fn add(&mut self, x: i64) {
        let [low, second] = self.low;
        self.low = if x < low { [x, low] } else { [low, x.min(second)] };
        let [high, second] = self.high;
        self.high = if x > high { [x, high] } else { [high, x.max(second)] };
    }

    /// The ends with one figure replaced.
    fn with(&self, from: i64, to: i64) -> (i64, i64) {
        let without = |[first, second]: [i64; 2]| if first == from { second } else { first };
        (without(self.low).min(to), without(self.high).max(to))
    }
}

impl Ladder {
    /// What decides a label lies in these zones: the means around the borders of all bands.
    fn zones(&self) -> Vec<Zone> {
        let entries = self.order.entries();
        let around = |place: usize| {
            let means = entries.iter().skip(place.saturating_sub(4)).take(8).map(|it| it.mean);
            let (low, high) = (means.clone().min()?, means.max()?);
            Some(Zone { low, high })
        };
        let places =
            self.cuts.ks().flat_map(|k| [k as usize, entries.len().saturating_sub(k as usize)]);
        places.filter_map(around).collect()
    }
}

impl Zone {
    /// Whether a mean that moves stays on one side of a zone whose means move too.
    fn is_clear_of(&self, mean: Approximate, moves: &Moves) -> bool {
        let reach = moves.own.saturating_add(moves.others);
        let is_above = mean > self.high && mean.distance_at_least(self.high) > reach;
        let is_below = mean < self.low && self.low.distance_at_least(mean) > reach;
        is_above || is_below
    }
}

fn width(low: i64, high: i64) -> u64 {
    high.wrapping_sub(low).cast_unsigned()
}
