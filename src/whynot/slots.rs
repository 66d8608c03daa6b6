//! What of the data may be changed, to which values, and how much a change weighs.

use std::collections::{BTreeMap, BTreeSet};

use super::leaves::{Leaf, bears};
use crate::base::{Id, Interval, Number};
use crate::calendar::school_year_of;
use crate::diag::Place;
use crate::eval::{Evaluator, Fact, FactValue, Facts, Key, Object, Truth, Value, span_of};
use crate::model::{Indicator, Kind, Model, Unit};

/// One thing of the data that may be otherwise.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Slot {
    Figure(Key),
    /// How many took part, by the indicator that counts them, else with the figure itself.
    Participants(Key),
    Answer(Id),
    Category(Id),
}

/// What it becomes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Becomes {
    Number(Number),
    Truth(bool),
    /// «нет данных».
    Missing,
}

/// A slot with what it becomes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Change {
    pub slot: Slot,
    pub becomes: Becomes,
}

/// A pupil is told from another by so many hundredths of a percent.
const SHARE_PLACES: i64 = 100;
/// Shares of more people than that change by a tenth of a percent, else by one person.
const MANY: u64 = 1000;
const PERCENT: i64 = 100;

/// The key under which those are counted who stand behind a figure.
pub(super) fn counter_of(model: &Model, key: &Key) -> Key {
    match model.indicators.get(&key.indicator).map(|indicator| &indicator.kind) {
        Some(Kind::Percent { of: Some(counter) }) => {
            Key { indicator: counter.clone(), ..key.clone() }
        }
        _ => key.clone(),
    }
}

fn is_counter(model: &Model, id: &Id) -> bool {
    let counts = |it: &Indicator| matches!(&it.kind, Kind::Percent { of: Some(of) } if of == id);
    model.indicators.values().any(counts)
}

impl Slot {
    pub fn of(model: &Model, key: &Key) -> Self {
        match is_counter(model, &key.indicator) {
            true => Self::Participants(key.clone()),
            false => Self::Figure(key.clone()),
        }
    }

    pub fn key(&self) -> Option<&Key> {
        match self {
            Self::Figure(key) | Self::Participants(key) => Some(key),
            Self::Answer(_) | Self::Category(_) => None,
        }
    }

    /// The slot, and of a share the number of those who stand behind it: changed, it changes both.
    pub fn with_counter(self, model: &Model) -> Vec<Self> {
        match &self {
            Self::Figure(key) => vec![Self::Participants(counter_of(model, key)), self],
            _ => vec![self],
        }
    }

    /// A figure of somebody else, or of a year that is past: data that a school cannot hope to
    /// change any more.
    pub fn is_given(&self, evaluator: &Evaluator<'_>) -> bool {
        self.key().is_some_and(|key| {
            let is_own = key.object == evaluator.facts.own;
            !is_own || key.year != evaluator.current_year(&key.indicator)
        })
    }

    /// Its place in the pack, to break ties: figures, then answers, then labels.
    pub fn place(&self, model: &Model) -> (u8, usize) {
        let (kind, found) = match self {
            Self::Figure(key) | Self::Participants(key) => {
                (0, model.indicators.get_index_of(&key.indicator))
            }
            Self::Answer(id) => (1, model.questions.get_index_of(id)),
            Self::Category(id) => (2, model.categories.get_index_of(id)),
        };
        (kind, found.unwrap_or(usize::MAX))
    }

    /// Every value that may turn one of the leaves, ascending; what it is now is left out.
    pub fn candidates(&self, evaluator: &Evaluator<'_>, leaves: &[Leaf]) -> Vec<Becomes> {
        let model = evaluator.model;
        let mut all = match self {
            Self::Answer(id) => truths(evaluator.facts.answers.get(id).copied()),
            Self::Category(id) => truths(Some(bears(evaluator, id))),
            Self::Participants(key) | Self::Figure(key) => {
                let Some(indicator) = model.indicators.get(&key.indicator) else {
                    return Vec::new();
                };
                match evaluator.value(key) {
                    Value::Truth(truth) => truths(match truth {
                        Truth::Yes => Some(true),
                        Truth::No => Some(false),
                        _ => None,
                    }),
                    // What does not apply here takes no value.
                    Value::Inapplicable => return Vec::new(),
                    _ => self.numbers(evaluator, key, indicator, leaves),
                }
            }
        };
        let forgets =
            |leaf: &Leaf| matches!(leaf, Leaf::Known(key, false) if Some(key) == self.key());
        if leaves.iter().any(forgets) {
            all.push(Becomes::Missing);
        }
        all
    }

    fn numbers(
        &self,
        evaluator: &Evaluator<'_>,
        key: &Key,
        indicator: &Indicator,
        leaves: &[Leaf],
    ) -> Vec<Becomes> {
        let Some(grid) = self.grid(evaluator, key, indicator) else { return Vec::new() };
        let turns = leaves.iter().flat_map(|leaf| leaf.breakpoints(evaluator, key));
        let ends = [&grid.span.low, &grid.span.high].into_iter().flatten();
        let mut marks: Vec<Number> = ends.map(|end| end.at.clone()).chain(turns).collect();
        marks.sort();
        marks.dedup();
        let mut values: Vec<Number> = marks.iter().flat_map(|mark| grid.around(mark)).collect();
        values.sort();
        values.dedup();
        let now = self.number_now(evaluator, key);
        let other = values.into_iter().filter(|value| Some(value) != now.as_ref());
        other.map(Becomes::Number).collect()
    }

    fn number_now(&self, evaluator: &Evaluator<'_>, key: &Key) -> Option<Number> {
        match self {
            Self::Participants(_) => count(evaluator, key),
            _ => evaluator.value(key).exact().cloned(),
        }
    }

    fn grid(&self, evaluator: &Evaluator<'_>, key: &Key, indicator: &Indicator) -> Option<Grid> {
        let model = evaluator.model;
        if matches!(self, Self::Participants(_)) {
            return Some(Grid {
                span: Interval::at_least(Number::one()),
                steps: Steps::Each(1, 1),
            });
        }
        let steps = match (&indicator.kind, evaluator.participants(key)) {
            (Kind::Percent { .. }, Some(n)) if (1..=MANY).contains(&n) => Steps::People(n as i64),
            (Kind::Number { unit: Some(_), .. }, _) => Steps::Each(1, 1),
            _ => Steps::Each(1, 10),
        };
        model.unit_of(indicator)?;
        Some(Grid { span: span_of(&indicator.kind, model), steps })
    }

    /// How far a change goes from what is known: |new − old| over the width of the indicator's
    /// domain, or over the old figure (at least one) where the domain has no end. What lies within
    /// a bound that is known, and what was not known at all, costs nothing; an answer, a truth or a
    /// figure withdrawn costs one.
    pub fn cost(&self, evaluator: &Evaluator<'_>, becomes: &Becomes) -> Number {
        match (self, becomes) {
            (Self::Answer(id), _) if !evaluator.facts.answers.contains_key(id) => Number::zero(),
            (Self::Figure(key), Becomes::Truth(_))
                if evaluator.value(key) == Value::Truth(Truth::Unknown) =>
            {
                Number::zero()
            }
            (Self::Figure(key) | Self::Participants(key), Becomes::Number(new)) => {
                let now = match self {
                    Self::Participants(_) => count(evaluator, key).map(Interval::exactly),
                    _ => match evaluator.value(key) {
                        Value::Number(now) => Some(now),
                        _ => None,
                    },
                };
                now.map_or_else(Number::zero, |now| relative(&now, new, &self.span(evaluator)))
            }
            _ => Number::one(),
        }
    }

    fn span(&self, evaluator: &Evaluator<'_>) -> Interval {
        let declared = match self {
            Self::Figure(key) => evaluator.model.indicators.get(&key.indicator),
            _ => None,
        };
        let open = || Interval::at_least(Number::zero());
        declared.map_or_else(open, |it| span_of(&it.kind, evaluator.model))
    }
}

fn relative(now: &Interval, new: &Number, span: &Interval) -> Number {
    let nearest = match (&now.low, &now.high) {
        (Some(low), _) if *new < low.at => &low.at,
        (_, Some(high)) if *new > high.at => &high.at,
        _ => return Number::zero(),
    };
    let width = match (&span.low, &span.high) {
        (Some(low), Some(high)) => &high.at - &low.at,
        _ => nearest.abs().max(Number::one()),
    };
    (new - nearest).abs().checked_div(&width).unwrap_or_else(Number::one)
}

/// How many took part, by the counter itself or by the figure.
fn count(evaluator: &Evaluator<'_>, key: &Key) -> Option<Number> {
    let counted = evaluator.value(key).exact().cloned();
    match is_counter(evaluator.model, &key.indicator) {
        true => counted.or_else(|| {
            let n = shares(evaluator.model, evaluator.facts, key).find_map(|(_, fact)| fact.n)?;
            i64::try_from(n).ok().map(Number::from_int)
        }),
        false => {
            let n = evaluator.facts.get(key)?.n?;
            i64::try_from(n).ok().map(Number::from_int)
        }
    }
}

/// The known shares of those that a counter counts.
fn shares<'f>(
    model: &'f Model,
    facts: &'f Facts,
    counter: &'f Key,
) -> impl Iterator<Item = (&'f Key, &'f Fact)> {
    facts.figures.iter().filter(move |(key, _)| {
        let same = key.object == counter.object && key.year == counter.year;
        same && key.cell == counter.cell
            && **key != *counter
            && counter_of(model, key).indicator == counter.indicator
    })
}

fn truths(now: Option<bool>) -> Vec<Becomes> {
    let all = [true, false].into_iter().filter(|truth| Some(*truth) != now);
    all.map(Becomes::Truth).collect()
}

// ------------------------------------------------------------ grids

/// The values that a figure can be printed with.
struct Grid {
    span: Interval,
    steps: Steps,
}

enum Steps {
    /// Multiples of a fraction.
    Each(i64, i64),
    /// Shares of so many people, to a hundredth of a percent.
    People(i64),
}

impl Grid {
    /// The values next to a mark, itself if it is one.
    fn around(&self, mark: &Number) -> Vec<Number> {
        let at = self.position(mark);
        let near = (at - 2..=at + 2).map(|position| self.value(position));
        let mut near: Vec<Number> = near.filter(|value| self.span.contains(value)).collect();
        near.sort();
        let below = near.iter().rev().find(|value| *value < mark).cloned();
        let same = near.iter().find(|value| *value == mark).cloned();
        let above = near.iter().find(|value| *value > mark).cloned();
        [below, same, above].into_iter().flatten().collect()
    }

    /// How many steps lie below a mark, nearly.
    fn position(&self, mark: &Number) -> i64 {
        let scaled = match self.steps {
            Steps::Each(step, of) => (mark * &of.into()).checked_div(&step.into()),
            Steps::People(n) => (mark * &n.into()).checked_div(&PERCENT.into()),
        };
        scaled.and_then(|steps| steps.floor()).unwrap_or(0)
    }

    fn value(&self, position: i64) -> Number {
        match self.steps {
            Steps::Each(step, of) => fraction(position * step, of),
            Steps::People(n) => share(position, n),
        }
    }
}

fn fraction(above: i64, below: i64) -> Number {
    Number::from_int(above).checked_div(&below.into()).unwrap_or_else(Number::zero)
}

/// So many of n, in percent, as it is printed.
fn share(people: i64, n: i64) -> Number {
    let exact = fraction(people * PERCENT * SHARE_PLACES, n);
    exact.round().map_or(exact, |hundredths| fraction(hundredths, SHARE_PLACES))
}

// ------------------------------------------------------------ applying

/// By school and category, the years.
type Labels = BTreeMap<(String, Id), BTreeSet<i32>>;

/// What a change has replaced, to be put back.
#[derive(Debug, Default)]
pub(super) struct Undo {
    figures: Vec<(Key, Option<Fact>)>,
    answer: Option<(Id, Option<bool>)>,
    /// Those given and those denied.
    labels: Option<[Labels; 2]>,
}

impl Undo {
    pub fn put_back(self, facts: &mut Facts) {
        for (key, was) in self.figures.into_iter().rev() {
            set(&mut facts.figures, key, was);
        }
        if let Some((id, was)) = self.answer {
            set(&mut facts.answers, id, was);
        }
        if let Some([given, denied]) = self.labels {
            facts.categories = given;
            facts.not_categories = denied;
        }
    }

    /// Puts a fact under a key, or takes it away.
    fn fact(&mut self, facts: &mut Facts, key: &Key, fact: Option<Fact>) {
        let was = facts.get(key).cloned();
        set(&mut facts.figures, key.clone(), fact);
        self.figures.push((key.clone(), was));
    }

    /// A value under a key, the rest of its row as it was.
    fn value(&mut self, facts: &mut Facts, key: &Key, value: FactValue) {
        let fact = match facts.get(key).cloned() {
            Some(row) => Fact { value, ..row },
            None => Fact { value, n: None, source: String::new(), place: Place::Nowhere },
        };
        self.fact(facts, key, Some(fact));
    }

    fn label(&mut self, facts: &mut Facts, id: &Id, is_given: bool) {
        let Object::School(school) = facts.own.clone() else { return };
        let year = school_year_of(facts.as_of);
        self.labels = Some([facts.categories.clone(), facts.not_categories.clone()]);
        let key = (school, id.clone());
        match is_given {
            true => {
                // A list of the same year no longer denies it.
                if let Some(denied) = facts.not_categories.get_mut(&key) {
                    denied.remove(&year);
                }
                facts.categories.entry(key).or_default().insert(year);
            }
            false => {
                facts.categories.remove(&key);
            }
        }
    }

    /// So many took part: their shares become shares of whole people.
    fn count(&mut self, model: &Model, facts: &mut Facts, counter: &Key, n: u64) {
        let whole = i64::try_from(n).unwrap_or(i64::MAX);
        let is_own = is_counter(model, &counter.indicator);
        let mut rows: Vec<Key> =
            shares(model, facts, counter).map(|(key, _)| key.clone()).collect();
        match is_own {
            true => self.value(facts, counter, FactValue::Number(Interval::exactly(whole.into()))),
            false => rows.push(counter.clone()),
        }
        for key in &rows {
            let Some(mut row) = facts.get(key).cloned() else { continue };
            row.n = row.n.map(|_| n);
            let unit = model.indicators.get(&key.indicator).and_then(|it| model.unit_of(it));
            if let (Some(Unit::Percent), FactValue::Number(now)) = (unit, &row.value)
                && let Some(people) = now.exact().and_then(|share| nearest(share, whole))
            {
                row.value = FactValue::Number(Interval::exactly(share(people, whole)));
            }
            self.fact(facts, key, Some(row));
        }
    }

    /// Nobody says how many took part: neither the counter nor its shares.
    fn uncount(&mut self, model: &Model, facts: &mut Facts, counter: &Key) {
        let counted = shares(model, facts, counter).filter(|(_, row)| row.n.is_some());
        let rows: Vec<Key> = counted.map(|(key, _)| key.clone()).collect();
        for key in &rows {
            let row = facts.get(key).map(|row| Fact { n: None, ..row.clone() });
            self.fact(facts, key, row);
        }
        self.fact(facts, counter, None);
    }
}

fn set<K: Ord, V>(map: &mut BTreeMap<K, V>, key: K, value: Option<V>) {
    match value {
        Some(value) => {
            map.insert(key, value);
        }
        None => {
            map.remove(&key);
        }
    }
}

impl Change {
    /// Lays the change over facts; whoever counts others changes their shares to whole people.
    pub fn apply(&self, model: &Model, facts: &mut Facts) -> Undo {
        let mut undo = Undo::default();
        match (&self.slot, &self.becomes) {
            (Slot::Answer(id), Becomes::Truth(truth)) => {
                undo.answer = Some((id.clone(), facts.answers.insert(id.clone(), *truth)));
            }
            (Slot::Category(id), Becomes::Truth(truth)) => undo.label(facts, id, *truth),
            (Slot::Participants(key), Becomes::Number(number)) => {
                if let Some(n) = number.floor().and_then(|n| u64::try_from(n).ok()) {
                    undo.count(model, facts, key, n);
                }
            }
            (Slot::Figure(key), Becomes::Number(number)) => {
                undo.value(facts, key, FactValue::Number(Interval::exactly(number.clone())));
            }
            (Slot::Figure(key), Becomes::Truth(truth)) => {
                undo.value(facts, key, FactValue::Truth(*truth));
            }
            (Slot::Figure(key), Becomes::Missing) => undo.fact(facts, key, None),
            (Slot::Participants(key), Becomes::Missing) => undo.uncount(model, facts, key),
            (Slot::Answer(_) | Slot::Category(_), _)
            | (Slot::Participants(_), Becomes::Truth(_)) => {}
        }
        undo
    }
}

/// The whole number of people nearest to a share of n.
fn nearest(share: &Number, n: i64) -> Option<i64> {
    (share * &n.into()).checked_div(&PERCENT.into())?.round()
}
