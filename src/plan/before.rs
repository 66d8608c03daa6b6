//! What was to be done once, at a time that was over before the programme began.

use std::collections::BTreeMap;

use super::ChosenActivity;
use crate::base::Id;
use crate::calendar::{Date, Period, Repeat};
use crate::model::{Model, links};

/// Such a thing falls due in the next school year, unless something that must come after it does
/// not wait so long: then it is done before the programme, or not at all, and has no time here.
pub(super) fn leave_out(model: &Model, activities: &mut [ChosenActivity], period: &Period) {
    let mut first: BTreeMap<Id, Option<Date>> = activities
        .iter()
        .map(|chosen| (chosen.id.clone(), chosen.occurrences.first().map(|time| time.to)))
        .collect();
    let links = links(model);
    // What is left out no longer holds back what comes before it: so there is an end.
    loop {
        let too_late = activities.iter_mut().find(|chosen| {
            let Some(begins) = chosen.occurrences.first().map(|time| time.from) else {
                return false;
            };
            let mut behind = links.iter().filter(|link| link.earlier == chosen.id);
            is_once_and_missed(model, &chosen.id, period)
                && behind.any(|link| {
                    first.get(&link.later).copied().flatten().is_some_and(|due| due < begins)
                })
        });
        let Some(chosen) = too_late else { return };
        chosen.occurrences.clear();
        first.insert(chosen.id.clone(), Some(period.from.yesterday().unwrap_or(period.from)));
    }
}

fn is_once_and_missed(model: &Model, id: &Id, period: &Period) -> bool {
    let term = model.activities.get(id).and_then(|activity| activity.term.as_ref());
    term.is_some_and(|term| {
        term.repeat == Repeat::Once && !term.missed(period, model.calendar()).is_empty()
    })
}
