//! Rows of the table of mechanisms: which indicators of a row stand above which, and whether the
//! lower ones are linked to them.

use std::collections::BTreeMap;

use super::declarations::{Indicator, Model};
use crate::base::{Id, Level};

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
    let taken = taken(model);
    let lower = model.indicators.iter().filter(|(_, it)| has_upper(model, it));
    lower.map(|(id, indicator)| (id, link(id, indicator, &taken))).collect()
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

fn link(id: &Id, indicator: &Indicator, taken: &BTreeMap<&Id, Level>) -> RowLink {
    let is_taken = taken.get(id).is_some_and(|highest| *highest < indicator.level);
    match (is_taken || !indicator.feeds.is_empty(), indicator.feeds_nothing.is_some()) {
        (true, false) => RowLink::Linked,
        (false, true) => RowLink::Explained,
        (true, true) => RowLink::Both,
        (false, false) => RowLink::Open,
    }
}

/// The highest level whose formulas look at an indicator, be it through formulas between.
fn taken(model: &Model) -> BTreeMap<&Id, Level> {
    let mut taken: BTreeMap<&Id, Level> = BTreeMap::new();
    let mut open: Vec<(&Id, Level)> =
        model.indicators.iter().map(|(id, indicator)| (id, indicator.level)).collect();
    while let Some((id, level)) = open.pop() {
        let formula = model.indicators.get(id).and_then(|indicator| indicator.formula.as_ref());
        for look in formula.iter().flat_map(|formula| formula.observes()) {
            let known = taken.entry(&look.indicator).or_insert(Level::Unstated);
            if level < *known {
                *known = level;
                open.push((&look.indicator, level));
            }
        }
    }
    taken
}
