//! What is not known and keeps an element out: which figures, and for which values of each it would
//! come in, the others as they are.

use std::collections::BTreeSet;

use super::leaves::Leaf;
use super::slots::{Becomes, Change, Slot};
use super::wants::{Element, Want};
use super::ways::Way;
use super::{Question, is_in};
use crate::base::{Bound, Id, Interval, Number};
use crate::eval::{Diagnosis, Evaluator, Facts, Key, Truth, span_of};
use crate::model::Kind;
use crate::syntax::Noun;

/// A figure that is not there.
#[derive(Clone, Debug, PartialEq)]
pub struct Missing {
    pub key: Key,
    /// How many open deficits its indicator decides, as the diagnosis counts them.
    pub decides: usize,
    /// The numbers with which the element comes in, whatever the other missing figures are; of a
    /// deficit, those that prove it.
    pub numbers: Vec<Interval>,
    /// The same of a да/нет figure.
    pub truths: Vec<bool>,
}

/// The missing figures of the ways, in the order of the diagnosis: the most deciding first.
pub(super) fn missing(
    question: &Question<'_>,
    diagnosis: &Diagnosis,
    element: &Element,
    ways: &[Way],
) -> Vec<Missing> {
    let evaluator = Evaluator::new(question.model, question.facts);
    let wants: BTreeSet<&Want> =
        ways.iter().filter(|way| way.bar.is_none()).flat_map(|way| &way.wants).collect();
    let needed: BTreeSet<Key> = wants.iter().flat_map(|want| needs(want, &evaluator)).collect();
    let place = |key: &Key| {
        let found = diagnosis.unknown.iter().position(|it| it.indicator == key.indicator);
        let figures = found.and_then(|at| diagnosis.unknown.get(at)).map(|it| &it.figures);
        let figure = figures.and_then(|all| all.iter().position(|figure| figure.key == *key));
        (found.unwrap_or(usize::MAX), figure.unwrap_or(usize::MAX))
    };
    let mut keys: Vec<Key> = needed.into_iter().collect();
    keys.sort_by_key(|key| place(key));
    let trial = Trial { question, element, ways, evaluator: &evaluator };
    keys.into_iter()
        .map(|key| {
            let unknown = diagnosis.unknown.iter().find(|it| it.indicator == key.indicator);
            let decides = unknown.map_or(0, |it| it.decides);
            let (numbers, truths) = trial.values(&key);
            Missing { key, decides, numbers, truths }
        })
        .collect()
}

/// The figures without which a want stays open.
fn needs(want: &Want, evaluator: &Evaluator<'_>) -> BTreeSet<Key> {
    let model = evaluator.model;
    let deficit = |id: &Id| {
        let found = model.deficits.get(id).map(|deficit| evaluator.deficit(id, deficit));
        found.filter(|found| found.state == Truth::Unknown).map(|found| found.needs)
    };
    let found = match want {
        Want::Proven(id) | Want::Priority(id, _) => deficit(id),
        Want::Condition(element) => {
            let judged = element.condition(model).map(|it| evaluator.judge(it, &evaluator.own()));
            judged.filter(|judged| judged.truth == Truth::Unknown).map(|judged| judged.needs)
        }
        Want::Cause(_) | Want::NotRefuted(_) => None,
    };
    let mut found = found.unwrap_or_default();
    found.retain(|key| model.indicators.contains_key(&key.indicator));
    found
}

struct Trial<'a> {
    question: &'a Question<'a>,
    element: &'a Element,
    ways: &'a [Way],
    evaluator: &'a Evaluator<'a>,
}

impl Trial<'_> {
    /// The numbers and the truths of a figure with which the element comes in.
    fn values(&self, key: &Key) -> (Vec<Interval>, Vec<bool>) {
        let model = self.question.model;
        let Some(indicator) = model.indicators.get(&key.indicator) else {
            return (Vec::new(), Vec::new());
        };
        if indicator.kind == Kind::YesNo {
            let all = [true, false].into_iter();
            let truths = all.filter(|truth| self.holds(key, Becomes::Truth(*truth)));
            return (Vec::new(), truths.collect());
        }
        if model.unit_of(indicator).is_none() {
            return (Vec::new(), Vec::new());
        }
        let marks = self.marks(key);
        let mut numbers: Vec<Interval> = Vec::new();
        for piece in pieces(&marks, &span_of(&indicator.kind, model)) {
            if !self.holds(key, Becomes::Number(piece.sample)) {
                continue;
            }
            match numbers.last_mut().filter(|last| touches(last, &piece.span)) {
                Some(last) => last.high = piece.span.high,
                None => numbers.push(piece.span),
            }
        }
        (numbers, Vec::new())
    }

    /// Where something that is wanted may turn.
    fn marks(&self, key: &Key) -> BTreeSet<Number> {
        let wants: BTreeSet<Want> = self.wanted().into_iter().flatten().collect();
        let leaves = wants.iter().flat_map(|want| want.leaves(self.evaluator));
        let leaves: Vec<Leaf> = leaves.collect();
        leaves.iter().flat_map(|leaf| leaf.breakpoints(self.evaluator, key)).collect()
    }

    /// What must be met together, way by way; of a deficit, that it is proven.
    fn wanted(&self) -> Vec<BTreeSet<Want>> {
        if self.element.noun == Noun::Deficit {
            return vec![[Want::Proven(self.element.id.clone())].into()];
        }
        let open = self.ways.iter().filter(|way| way.bar.is_none());
        open.map(|way| way.wants.clone()).collect()
    }

    fn holds(&self, key: &Key, becomes: Becomes) -> bool {
        let Question { model, facts, again, .. } = self.question;
        let change = Change { slot: Slot::of(model, key), becomes };
        let mut supposed: Facts = (*facts).clone();
        change.apply(model, &mut supposed);
        let evaluator = Evaluator::new(model, &supposed);
        let mut wanted = self.wanted().into_iter();
        let is_met = wanted.any(|wants| wants.iter().all(|want| want.is_met(&evaluator)));
        let supposing = |facts: &mut Facts| {
            change.apply(model, facts);
        };
        let is_deficit = self.element.noun == Noun::Deficit;
        is_met && (is_deficit || is_in(&again(&supposing), model, self.element))
    }
}

/// Numbers that all answer alike, and one of them.
struct Piece {
    span: Interval,
    sample: Number,
}

/// A span cut at marks: the marks and what lies between them.
fn pieces(marks: &BTreeSet<Number>, span: &Interval) -> Vec<Piece> {
    let ends = [&span.low, &span.high].into_iter().flatten().map(|end| end.at.clone());
    let marks: BTreeSet<Number> =
        marks.iter().cloned().chain(ends).filter(|mark| span.contains(mark)).collect();
    let points: Vec<Number> = marks.into_iter().collect();
    let mut all = Vec::new();
    for (at, point) in points.iter().enumerate() {
        all.push(Piece { span: Interval::exactly(point.clone()), sample: point.clone() });
        let next = points.get(at + 1);
        let low = Some(Bound::open(point.clone()));
        match next {
            Some(next) => all.push(Piece {
                span: Interval { low, high: Some(Bound::open(next.clone())) },
                sample: (point + next).half(),
            }),
            None if span.high.is_none() => all
                .push(Piece { span: Interval { low, high: None }, sample: point + &Number::one() }),
            None => {}
        }
    }
    all
}

/// Whether one interval goes on where the other ends.
fn touches(before: &Interval, next: &Interval) -> bool {
    match (&before.high, &next.low) {
        (Some(high), Some(low)) => high.at == low.at && high.inclusive != low.inclusive,
        _ => false,
    }
}
