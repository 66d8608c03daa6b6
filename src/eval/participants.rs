//! The number of participants that stands beside a share is a figure of the counter that the share
//! is of: `процент от участники` with 40 participants says that there were 40.

use super::facts::{Fact, FactValue, Facts, Key};
use crate::base::{Id, Interval, Number};
use crate::data::codes;
use crate::diag::{Diagnostic, Place};
use crate::model::{Kind, Model};

/// A share's word about its counter.
struct Said {
    share: Id,
    counter: Key,
    n: u64,
    source: String,
    place: Place,
}

/// Adds the counters of which shares tell how many took part; what is known of a counter already
/// stays. An error for each share that says otherwise than its counter or another share of it.
pub fn count_participants(model: &Model, facts: &mut Facts) -> Vec<Diagnostic> {
    let mut said: Vec<Said> =
        facts.figures.iter().filter_map(|(key, fact)| said(model, key, fact)).collect();
    said.sort_by(|one, other| one.place.cmp(&other.place));
    let mut faults = Vec::new();
    let mut first: Vec<(Key, Id)> = Vec::new();
    for word in said {
        match facts.get(&word.counter) {
            Some(known) if agrees(known, word.n) => {}
            Some(known) => {
                let by = first.iter().find(|(counter, _)| *counter == word.counter);
                faults.push(contradiction(&word, known, by.map(|(_, share)| share)));
            }
            None => {
                first.push((word.counter.clone(), word.share.clone()));
                let value = FactValue::Number(exactly(word.n));
                let fact = Fact { value, n: None, source: word.source, place: word.place };
                facts.figures.insert(word.counter, fact);
            }
        }
    }
    faults
}

/// What a share says of its counter, where the counter is a plain number and not computed.
fn said(model: &Model, key: &Key, fact: &Fact) -> Option<Said> {
    let (n, None) = (fact.n?, &key.cell) else { return None };
    let Kind::Percent { of: Some(counter) } = &model.indicators.get(&key.indicator)?.kind else {
        return None;
    };
    let counting = model.indicators.get(counter)?;
    let is_plain = matches!(counting.kind, Kind::Number { by: None, .. });
    if !is_plain || counting.formula.is_some() {
        return None;
    }
    let counter = Key { indicator: counter.clone(), ..key.clone() };
    let (source, place) = (fact.source.clone(), fact.place.clone());
    Some(Said { share: key.indicator.clone(), counter, n, source, place })
}

fn agrees(known: &Fact, n: u64) -> bool {
    match &known.value {
        FactValue::Number(interval) => interval.intersect(&exactly(n)).is_some(),
        FactValue::Truth(_) | FactValue::Words(_) | FactValue::Moved(_) => true,
    }
}

fn exactly(n: u64) -> Interval {
    Interval::exactly(Number::from_int(i64::try_from(n).unwrap_or(i64::MAX)))
}

/// `by`: the share whose word the known number is, where it is not the counter's own.
fn contradiction(word: &Said, known: &Fact, by: Option<&Id>) -> Diagnostic {
    let other = match by {
        Some(share) => format!("в строке «{share}»"),
        None => format!("у показателя «{}»", word.counter.indicator),
    };
    let there = match &known.value {
        FactValue::Number(interval) => interval.exact().map(Number::to_plain),
        _ => None,
    };
    let message = format!(
        "в строке «{}» за {} год участников {}, а {other} — {}",
        word.share,
        word.counter.year,
        word.n,
        there.as_deref().unwrap_or("другое число")
    );
    let fault = Diagnostic::error(codes::OTHER_COUNT, word.place.clone(), message).with_hint(
        "участники одни и те же: поправьте число там, где оно неверно, или оставьте графу пустой",
    );
    match known.place {
        Place::Text(span) => fault.with_label(span, "другое число — здесь"),
        _ => fault,
    }
}
