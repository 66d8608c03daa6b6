//! A change as edits of the data: what each row, answer or label says now, and what it would say.

use super::Question;
use super::slots::Change;
use crate::base::Id;
use crate::calendar::school_year_of;
use crate::eval::{Evaluator, Fact, Facts, Key, Object};
use crate::model::Model;

/// One place of the data that reads otherwise.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    Figure(Box<RowEdit>),
    Answer {
        question: Id,
        was: Option<bool>,
        becomes: bool,
    },
    /// A label of the institution, since a year.
    Category {
        category: Id,
        year: i32,
        becomes: bool,
    },
}

/// A row of a figure; absent is one that is not there.
#[derive(Clone, Debug, PartialEq)]
pub struct RowEdit {
    pub key: Key,
    pub was: Option<Fact>,
    pub becomes: Option<Fact>,
    /// It only follows from another number of participants.
    pub follows: bool,
}

/// Lays changes over facts.
pub(super) fn apply(model: &Model, facts: &mut Facts, changes: &[Change]) {
    for change in changes {
        change.apply(model, facts);
    }
}

/// Everything that changes make read otherwise: figures before what follows from them, those of the
/// institution first, as the pack has them, the latest year first; then answers and labels.
pub(super) fn edits(question: &Question<'_>, changes: &[Change]) -> Vec<Edit> {
    let (before, mut after) = (question.facts, question.facts.clone());
    apply(question.model, &mut after, changes);
    let mut keys: Vec<&Key> = before.figures.keys().chain(after.figures.keys()).collect();
    keys.retain(|key| before.get(key) != after.get(key));
    let follows = |key: &Key| changes.iter().all(|change| change.slot.key() != Some(key));
    let place = |key: &Key| {
        let place = question.model.indicators.get_index_of(&key.indicator);
        (follows(key), key.object != before.own, place, -key.year)
    };
    keys.sort_by_key(|key| (place(key), (*key).clone()));
    keys.dedup();
    let row = |key: &Key| RowEdit {
        key: key.clone(),
        was: before.get(key).cloned(),
        becomes: after.get(key).cloned(),
        follows: follows(key),
    };
    let figures = keys.into_iter().map(|key| Edit::Figure(Box::new(row(key))));
    figures.chain(answers(before, &after)).chain(labels(question, &after)).collect()
}

fn answers(before: &Facts, after: &Facts) -> Vec<Edit> {
    let changed =
        after.answers.iter().filter(|(id, answer)| before.answers.get(*id) != Some(*answer));
    let edit = |(id, answer): (&Id, &bool)| Edit::Answer {
        question: id.clone(),
        was: before.answers.get(id).copied(),
        becomes: *answer,
    };
    changed.map(edit).collect()
}

fn labels(question: &Question<'_>, after: &Facts) -> Vec<Edit> {
    let year = school_year_of(after.as_of);
    let Object::School(_) = after.own else { return Vec::new() };
    let (before, after) =
        (Evaluator::new(question.model, question.facts), Evaluator::new(question.model, after));
    let ids = question.model.categories.keys();
    let changed = ids.filter_map(|id| {
        let (was, is) = (super::leaves::bears(&before, id), super::leaves::bears(&after, id));
        (was != is).then(|| Edit::Category { category: id.clone(), year, becomes: is })
    });
    changed.collect()
}
