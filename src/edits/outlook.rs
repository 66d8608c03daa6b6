//! What the program says with the edits that are laid over it so far.

use super::Base;
use crate::eval::own_level;
use crate::model::Activity;
pub(super) use crate::plan::Outlook;

pub(super) fn of(base: &Base<'_>) -> Outlook {
    Outlook::of(base.model, base.facts, base.documents)
}

/// Whether the documents of the project may hold the activity at all.
pub(super) fn is_of_this_level(base: &Base<'_>, activity: &Activity) -> bool {
    activity.level == own_level(base.facts) && !activity.external
}
