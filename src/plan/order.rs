//! The order of activities: prerequisites first, then the earlier, then as the pack has them.

use std::collections::BTreeMap;

use super::ChosenActivity;
use crate::base::Id;
use crate::calendar::Date;
use crate::graph::Graph;
use crate::model::{Model, links};

/// Sorts the chosen activities, given in the order of the pack. Those in a cycle of prerequisites,
/// which the checker has reported, stand at the end.
pub fn in_order(model: &Model, chosen: Vec<ChosenActivity>) -> Vec<ChosenActivity> {
    let numbered = chosen.iter().enumerate();
    let ranks: BTreeMap<&Id, _> =
        numbered.map(|(at, activity)| (&activity.id, (earliest(activity), at))).collect();
    let mut graph: Graph<()> = Graph::default();
    chosen.iter().for_each(|activity| graph.node(&activity.id));
    for link in links(model) {
        if ranks.contains_key(&link.earlier) && ranks.contains_key(&link.later) {
            graph.need(&link.later, &link.earlier, ());
        }
    }
    let order: Vec<Id> = graph.order_by(|id| ranks.get(id)).into_iter().cloned().collect();
    let mut waiting: BTreeMap<Id, ChosenActivity> =
        chosen.into_iter().map(|activity| (activity.id.clone(), activity)).collect();
    order.iter().filter_map(|id| waiting.remove(id)).collect()
}

/// Terms without dates come after those with dates; what a late programme makes up for is before
/// what begins on the same day.
fn earliest(activity: &ChosenActivity) -> (bool, Option<Date>, bool) {
    let first = activity.occurrences.first().map(|occurrence| occurrence.from);
    (first.is_none(), first, !activity.moved)
}
