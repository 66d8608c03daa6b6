//! The order of activities: prerequisites first, then the earlier, then as the pack has them.

use super::ChosenActivity;
use crate::base::Id;
use crate::calendar::Date;
use crate::model::Model;

/// Sorts the chosen activities, given in the order of the pack. Those in a cycle of prerequisites,
/// which the checker has reported, stand at the end.
pub fn in_order(model: &Model, mut waiting: Vec<ChosenActivity>) -> Vec<ChosenActivity> {
    let mut ordered: Vec<ChosenActivity> = Vec::new();
    while !waiting.is_empty() {
        let ready = (0..waiting.len())
            .filter(|at| is_ready(model, *at, &waiting))
            .min_by_key(|at| (waiting.get(*at).map(earliest), *at));
        ordered.push(waiting.remove(ready.unwrap_or(0)));
    }
    ordered
}

/// Nothing that must come before it is still waiting.
fn is_ready(model: &Model, at: usize, waiting: &[ChosenActivity]) -> bool {
    let Some(candidate) = waiting.get(at) else { return false };
    let waits = |id: &Id| waiting.iter().any(|other| other.id == *id && other.id != candidate.id);
    let after = model.activities.get(&candidate.id).map_or(&[] as &[_], |a| &a.after);
    let has_to_follow = |other: &ChosenActivity| {
        let before = model.activities.get(&other.id).map_or(&[] as &[_], |a| &a.before);
        before.iter().any(|named| named.id == candidate.id) && other.id != candidate.id
    };
    !after.iter().any(|named| waits(&named.id)) && !waiting.iter().any(has_to_follow)
}

/// Terms without dates come after those with dates.
fn earliest(activity: &ChosenActivity) -> (bool, Option<Date>) {
    let first = activity.occurrences.first().map(|occurrence| occurrence.from);
    (first.is_none(), first)
}
