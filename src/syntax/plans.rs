//! The lines of roadmaps as they stand in a file: years, results, and the verbs by which a plan is
//! adapted.

use super::tree::{Name, Quantity, Quoted};
use super::visit::{Change, quantity};

/// «потому что …», where it is said.
pub type Because = Option<Quoted>;

/// What a line of a roadmap says.
#[derive(Clone, Debug)]
pub enum PlanValue {
    /// First and last year.
    Years(i32, i32),
    Result {
        number: Option<String>,
        text: Quoted,
    },
    /// What an indicator is brought to.
    Reach {
        indicator: Name,
        value: Quantity,
    },
    Norm {
        at_least: Quantity,
        per: Option<String>,
        for_whom: Option<Quoted>,
    },
    Drop {
        what: Vec<Name>,
        because: Because,
    },
    Merge {
        what: Vec<Name>,
        into: NewPlanned,
        because: Because,
    },
    Shift {
        years: i32,
        because: Because,
    },
    ReplaceActor {
        old: Name,
        new: Name,
        because: Because,
    },
    ReplaceText {
        old: Quoted,
        new: Quoted,
        because: Because,
    },
    Change {
        what: Name,
        number: NewNumber,
        title: Option<Quoted>,
        because: Because,
    },
    Add {
        what: NewPlanned,
        direction: Name,
        because: Because,
    },
}

/// The head of an activity that a verb makes.
#[derive(Clone, Debug)]
pub struct NewPlanned {
    pub name: Name,
    pub number: Option<String>,
    pub title: Quoted,
}

/// What becomes of a printed number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NewNumber {
    Kept,
    Removed,
    Set(String),
}

impl PlanValue {
    pub(super) fn change(&mut self, change: &dyn Change) {
        match self {
            Self::Years(..) | Self::Shift { .. } => {}
            Self::Result { text, .. } => change.text(text),
            Self::Reach { indicator, value } => {
                change.name(indicator);
                quantity(value, change);
            }
            Self::Norm { at_least, for_whom, .. } => {
                quantity(at_least, change);
                for_whom.iter_mut().for_each(|text| change.text(text));
            }
            Self::Drop { what, .. } => what.iter_mut().for_each(|name| change.name(name)),
            Self::Merge { what, into, .. } => {
                what.iter_mut().for_each(|name| change.name(name));
                into.change(change);
            }
            Self::ReplaceActor { old, new, .. } => {
                change.name(old);
                change.name(new);
            }
            Self::ReplaceText { old, new, .. } => {
                change.text(old);
                change.text(new);
            }
            Self::Change { what, title, .. } => {
                change.name(what);
                title.iter_mut().for_each(|text| change.text(text));
            }
            Self::Add { what, direction, .. } => {
                what.change(change);
                change.name(direction);
            }
        }
    }
}

impl NewPlanned {
    fn change(&mut self, change: &dyn Change) {
        change.name(&mut self.name);
        change.text(&mut self.title);
    }
}
