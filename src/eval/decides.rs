//! What a missing figure would decide: how many of the deficits now unknown become known whatever
//! its value is, the others as they are.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use indexmap::IndexMap;

use super::diagnose::{DeficitFinding, UnknownFigure, UnknownIndicator};
use super::facts::FactValue;
use super::{Evaluator, Key, Truth, Value, span_of};
use crate::base::{Id, Interval, Number};
use crate::model::{Deficit, ExprKind, Kind};

/// Every indicator that keeps deficits open, the most deciding first; then the one with fewer
/// figures to obtain; then in the order of the packs.
pub fn unknown_indicators(
    evaluator: &Evaluator<'_>,
    findings: &[DeficitFinding],
) -> Vec<UnknownIndicator> {
    let open: Vec<&DeficitFinding> = findings.iter().filter(|finding| finding.is_open()).collect();
    let keys: BTreeSet<&Key> = open.iter().flat_map(|finding| &finding.needs).collect();
    let mut indicators: IndexMap<&Id, Vec<UnknownFigure>> = IndexMap::new();
    for key in keys {
        let decides = open.iter().filter(|finding| decided_by(evaluator, finding, key)).count();
        let figure = UnknownFigure { key: key.clone(), decides };
        indicators.entry(&key.indicator).or_default().push(figure);
    }
    let mut ranked: Vec<UnknownIndicator> = indicators
        .into_iter()
        .map(|(id, mut figures)| {
            figures.sort_by_key(|figure| {
                (figure.key.object != evaluator.facts.own, -figure.key.year, figure.key.clone())
            });
            let decides = open.iter().filter(|finding| waits_for_it_alone(finding, id)).count();
            UnknownIndicator { indicator: id.clone(), decides, figures }
        })
        .collect();
    let place = |id: &Id| evaluator.model.indicators.get_index_of(id);
    ranked.sort_by_key(|unknown| {
        (Reverse(unknown.decides), unknown.figures.len(), place(&unknown.indicator))
    });
    ranked
}

/// Once every figure of the indicator is there, nothing in the condition is open any more.
fn waits_for_it_alone(finding: &DeficitFinding, indicator: &Id) -> bool {
    !finding.needs.is_empty() && finding.needs.iter().all(|key| key.indicator == *indicator)
}

fn decided_by(evaluator: &Evaluator<'_>, finding: &DeficitFinding, key: &Key) -> bool {
    if !finding.needs.contains(key) {
        return false;
    }
    let Some(deficit) = evaluator.model.deficits.get(&finding.id) else { return false };
    let values = samples(evaluator, deficit, key);
    !values.is_empty()
        && values.into_iter().all(|value| {
            let supposing = evaluator.supposing(key.clone(), value);
            supposing.judge(&deficit.condition, &supposing.own()).truth.is_known()
        })
}

/// Values that tell the pieces of a piecewise linear condition apart: every number that the figure
/// may be held against, the ends of its span_of, and a number between each two neighbours.
fn samples(evaluator: &Evaluator<'_>, deficit: &Deficit, key: &Key) -> Vec<Value> {
    let Some(indicator) = evaluator.model.indicators.get(&key.indicator) else { return Vec::new() };
    if indicator.kind == Kind::YesNo {
        return vec![Value::Truth(Truth::Yes), Value::Truth(Truth::No)];
    }
    if evaluator.model.unit_of(indicator).is_none() {
        return Vec::new();
    }
    let bounds =
        possible(evaluator, key).unwrap_or_else(|| span_of(&indicator.kind, evaluator.model));
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
            ends.extend(
                [&interval.low, &interval.high].into_iter().flatten().map(|b| b.at.clone()),
            );
        }
    }
    ends
}
