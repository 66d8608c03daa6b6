//! Rows of the table of mechanisms: which indicators of a row stand above which, and whether the
//! lower ones are linked to them.

use super::declarations::{Indicator, Model};
use crate::base::Id;

/// Whether an indicator that has one above it in its row is linked to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowLink {
    /// It feeds an upper indicator, or an upper formula takes it.
    Linked,
    /// It says why it feeds nothing.
    Explained,
    /// It says both.
    Both,
    Open,
}

/// Every indicator of a row that has an indicator of an upper level in the same row.
pub fn row_links(model: &Model) -> Vec<(&Id, RowLink)> {
    let lower = model.indicators.iter().filter(|(_, it)| has_upper(model, it));
    lower.map(|(id, indicator)| (id, link(model, id, indicator))).collect()
}

/// Whether two indicators stand in one row of one mechanism.
pub fn same_row(one: &Indicator, other: &Indicator) -> bool {
    one.meta.row.is_some()
        && one.meta.row == other.meta.row
        && one.meta.mechanism == other.meta.mechanism
}

fn has_upper(model: &Model, indicator: &Indicator) -> bool {
    let mut others = model.indicators.values();
    others.any(|other| same_row(indicator, other) && other.level < indicator.level)
}

fn link(model: &Model, id: &Id, indicator: &Indicator) -> RowLink {
    let is_linked = !indicator.feeds.is_empty() || is_taken(model, id);
    match (is_linked, indicator.feeds_nothing.is_some()) {
        (true, false) => RowLink::Linked,
        (false, true) => RowLink::Explained,
        (true, true) => RowLink::Both,
        (false, false) => RowLink::Open,
    }
}

/// Whether the formula of an upper indicator looks at it, or at one that looks at it.
fn is_taken(model: &Model, id: &Id) -> bool {
    let takes = |other: &Indicator| {
        other
            .formula
            .as_ref()
            .is_some_and(|f| f.observes().iter().any(|look| look.indicator == *id))
    };
    model.indicators.values().any(takes)
}
