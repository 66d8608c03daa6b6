//! What a missing figure would decide: how many of the deficits now unknown become known whatever
//! its value is, the others as they are.

use std::collections::BTreeSet;

use super::diagnose::{DeficitFinding, UnknownFigure};
use super::facts::FactValue;
use super::{Evaluator, Key, Truth, Value, domain};
use crate::base::{Interval, Number};
use crate::model::{Deficit, ExprKind, Kind};

/// Every missing figure behind the open deficits, the most deciding first, ties by key.
pub fn unknown_figures(evaluator: &Evaluator<'_>, findings: &[DeficitFinding]) -> Vec<UnknownFigure> {
    let open: Vec<&Deficit> = findings
        .iter()
        .filter(|finding| finding.state == Truth::Unknown)
        .filter_map(|finding| evaluator.model.deficits.get(&finding.id))
        .collect();
    let keys: BTreeSet<&Key> = findings
        .iter()
        .filter(|finding| finding.state == Truth::Unknown)
        .flat_map(|finding| &finding.needs)
        .collect();
    let mut figures: Vec<UnknownFigure> = keys
        .into_iter()
        .map(|key| UnknownFigure {
            key: key.clone(),
            decides: open.iter().filter(|deficit| decided_by(evaluator, deficit, key)).count(),
        })
        .collect();
    figures.sort_by(|a, b| b.decides.cmp(&a.decides).then_with(|| a.key.cmp(&b.key)));
    figures
}

fn decided_by(evaluator: &Evaluator<'_>, deficit: &Deficit, key: &Key) -> bool {
    let values = samples(evaluator, deficit, key);
    !values.is_empty()
        && values.into_iter().all(|value| {
            let supposing = evaluator.supposing(key.clone(), value);
            supposing.judge(&deficit.condition, &supposing.own()).truth.is_known()
        })
}

/// Values that tell the pieces of a piecewise linear condition apart: every number that the figure
/// may be held against, the ends of its domain, and a number between each two neighbours.
fn samples(evaluator: &Evaluator<'_>, deficit: &Deficit, key: &Key) -> Vec<Value> {
    let Some(indicator) = evaluator.model.indicators.get(&key.indicator) else { return Vec::new() };
    if indicator.kind == Kind::YesNo {
        return vec![Value::Truth(Truth::Yes), Value::Truth(Truth::No)];
    }
    if evaluator.model.unit_of(indicator).is_none() {
        return Vec::new();
    }
    let bounds = possible(evaluator, key).unwrap_or_else(|| domain(&indicator.kind, evaluator.model));
    let mut marks: BTreeSet<Number> = constants(deficit);
    marks.extend(known_ends(evaluator));
    marks.extend([&bounds.low, &bounds.high].into_iter().flatten().map(|end| end.at.clone()));
    if bounds.high.is_none()
        && let Some(last) = marks.last().cloned()
    {
        marks.insert(&(&last + &last) + &Number::one());
    }
    let points: Vec<Number> = marks.into_iter().collect();
    let between = points.windows(2).filter_map(|pair| match pair {
        [a, b] => Some((a + b).half()),
        _ => None,
    });
    let mut all: Vec<Number> = between.collect();
    all.extend(points);
    all.sort();
    all.into_iter()
        .filter(|number| bounds.contains(number))
        .map(|number| Value::Number(Interval::exactly(number)))
        .collect()
}

/// What is already known of the figure: a bound.
fn possible(evaluator: &Evaluator<'_>, key: &Key) -> Option<Interval> {
    match evaluator.figure(key).value {
        Value::Number(interval) => Some(interval),
        _ => None,
    }
}

fn constants(deficit: &Deficit) -> BTreeSet<Number> {
    let mut found = BTreeSet::new();
    deficit.condition.walk(&mut |expr| match &expr.kind {
        ExprKind::Quantity(quantity) => {
            found.insert(quantity.number.clone());
        }
        ExprKind::Lag { by, .. } => {
            found.insert(by.number.clone());
        }
        _ => {}
    });
    found
}

fn known_ends(evaluator: &Evaluator<'_>) -> BTreeSet<Number> {
    let mut ends = BTreeSet::new();
    for fact in evaluator.facts.figures.values() {
        if let FactValue::Number(interval) = &fact.value {
            ends.extend([&interval.low, &interval.high].into_iter().flatten().map(|b| b.at.clone()));
        }
    }
    ends
}
