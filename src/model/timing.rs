//! What activities wait for, as the calendar wants it.

use super::{Activity, Model};
use crate::base::Id;
use crate::calendar::{Job, Link, Occurrence};

/// An activity with the times at which it falls due.
pub fn job(id: &Id, activity: &Activity, windows: Vec<Occurrence>) -> Job {
    Job { id: id.clone(), windows, lasts: activity.lasts }
}

/// `после` and `до` of every activity: one relation.
pub fn links(model: &Model) -> Vec<Link> {
    let link = |earlier: &Id, later: &Id, place| Link {
        earlier: earlier.clone(),
        later: later.clone(),
        place,
    };
    let each = model.activities.iter().flat_map(|(id, activity)| {
        let after = activity.after.iter().map(move |named| link(&named.id, id, named.span));
        after.chain(activity.before.iter().map(move |named| link(id, &named.id, named.span)))
    });
    each.collect()
}
