//! The figures bound to a model: what is known of whom, for which year.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Decisions, Identified};
use crate::base::{Direction, Id, Interval, Level};
use crate::calendar::Date;
use crate::diag::Place;
use crate::model::Meta;

/// Whom a figure is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Object {
    /// A school by its id in the data.
    School(String),
    /// The municipality, the region or the federation of the project.
    Above(Level),
}

/// The key of an observation.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    pub indicator: Id,
    pub object: Object,
    /// The calendar year in which the school year ends.
    pub year: i32,
    /// The cell of a breakdown by kinds.
    pub cell: Option<Id>,
}

/// What is known under a key.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    pub value: FactValue,
    /// How many took part.
    pub n: Option<u64>,
    /// Where it was published.
    pub source: String,
    pub place: Place,
}

#[derive(Clone, Debug, PartialEq)]
pub enum FactValue {
    /// A figure, a bound or a span.
    Number(Interval),
    Truth(bool),
    Words(String),
    /// Only how it moved from the year before.
    Moved(Direction),
}

/// Everything that is known of one project.
#[derive(Clone, Debug)]
pub struct Facts {
    /// The day on which the figures are looked at.
    pub as_of: Date,
    /// The institution of the project, or its municipality or region.
    pub own: Object,
    pub figures: BTreeMap<Key, Fact>,
    /// All schools in the data, by id, with their names.
    pub schools: BTreeMap<String, String>,
    /// Labels: school, category, year.
    pub categories: BTreeMap<(String, Id), BTreeSet<i32>>,
    /// Schools of which it is known that they do not bear a label.
    pub not_categories: BTreeMap<(String, Id), BTreeSet<i32>>,
    /// Answers to questions of self-diagnosis; absent: not answered.
    pub answers: BTreeMap<Id, bool>,
    /// What the team decided over answers and rules.
    pub decisions: Decisions,
    /// The kind of the institution.
    pub institution: Option<Id>,
    /// What an identification says of the schools of the project.
    pub identified: Option<Arc<Identified>>,
}

impl Facts {
    pub fn new(as_of: Date, own: Object) -> Self {
        Self {
            as_of,
            own,
            figures: BTreeMap::new(),
            schools: BTreeMap::new(),
            categories: BTreeMap::new(),
            not_categories: BTreeMap::new(),
            answers: BTreeMap::new(),
            decisions: Decisions::default(),
            institution: None,
            identified: None,
        }
    }

    /// Whether a declaration is for an institution such as the project's; where its kind is not
    /// known, it may be.
    pub fn concerns(&self, meta: &Meta) -> bool {
        meta.is_for(self.institution.as_ref())
    }

    pub fn get(&self, key: &Key) -> Option<&Fact> {
        self.figures.get(key)
    }
}
