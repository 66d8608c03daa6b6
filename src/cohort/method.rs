//! A methodology with every parameter settled: what reading and calculation look at. There is no switch
//! left in it; another reading of the methodology is another `Method`.

use super::{Cell, Table};
use crate::base::{Id, Number};

pub use crate::model::primitives::{
    Base, Compare, Degenerate, Duplicates, End, OutOfRange, Over, Ranked, Role, Rounding, Ties,
    Which,
};

/// A closed pipeline: objects, groups, normalisation, index, bands, categories.
#[derive(Clone, Debug, PartialEq)]
pub struct Method {
    pub id: Id,
    pub title: String,
    /// Every indicator that the methodology reads, in the order of its first use.
    pub indicators: Vec<Measure>,
    pub groups: Vec<Group>,
    /// Other headers of the columns of a table, by the field's own name (`school_id`, `year` …).
    pub headers: Vec<(String, Vec<String>)>,
    pub window: Window,
    /// The schools that are ranked together.
    pub base: Base,
    /// Whether schools of every group are normalised and ranked apart.
    pub by_group: bool,
    pub out_of_range: OutOfRange,
    pub duplicates: Duplicates,
    /// Beginnings of words in a school's name that make its place in the table doubtful.
    pub suspicious: Vec<String>,
    /// What tables may call indicators that the pack knows and this methodology does not read.
    pub unread: Vec<String>,
    pub domains: Vec<Domain>,
    pub criteria: Vec<Criterion>,
}

impl Method {
    /// The figure of a row that counts: none of an indicator that schools of its group cannot have.
    pub fn figure<'a>(&self, table: &'a Table, row: usize, indicator: usize) -> Cell<'a> {
        let group = table.rows.get(row).and_then(|row| self.groups.get(usize::from(row.group)));
        match group {
            Some(group) if group.lacks.contains(&indicator) => Cell::Missing,
            _ => table.cell(row, indicator),
        }
    }

    /// How many groups are ranked apart.
    pub(super) fn groups_apart(&self) -> usize {
        if self.by_group { self.groups.len() } else { 1 }
    }

    /// The number of the pool of a row: the schools of a base that are ranked together in a year, those
    /// of a group where groups are ranked apart.
    pub(super) fn pool(&self, table: &Table, base: usize, row: usize) -> usize {
        let group = match (self.by_group, table.rows.get(row)) {
            (true, Some(row)) => usize::from(row.group),
            _ => 0,
        };
        base * self.groups_apart() + group
    }
}

/// An indicator of the table.
#[derive(Clone, Debug, PartialEq)]
pub struct Measure {
    pub id: Id,
    pub title: String,
    /// Other headers of its column.
    pub headers: Vec<String>,
    /// Both ends included.
    pub low: Number,
    pub high: Number,
    /// A share of participants in per cent: `5 %` is 5. Of anything else a per cent sign says nothing.
    pub is_share: bool,
    /// Whether this reading of the methodology uses it.
    pub counts: bool,
}

/// A group of schools.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    pub id: Id,
    pub title: String,
    /// The words that a table may call it by, its own name among them; case does not matter.
    pub words: Vec<String>,
    /// Why such schools take no part; `None` where they do.
    pub excluded: Option<String>,
    /// Indicators that such schools cannot have: a figure there is a slip and is not used.
    pub lacks: Vec<usize>,
}

/// The years that count.
#[derive(Clone, Debug, PartialEq)]
pub struct Window {
    /// The last years that hold a figure, so many.
    pub length: usize,
    /// Named instead.
    pub years: Option<Vec<i32>>,
    /// The last year that may count.
    pub until: Option<i32>,
}

/// What an index is made of, how it is ranked, what follows.
#[derive(Clone, Debug, PartialEq)]
pub struct Domain {
    pub id: Id,
    pub title: String,
    pub role: Option<Role>,
    pub terms: Vec<Term>,
    /// Of an indicator whose greatest and least figure are one.
    pub degenerate: Degenerate,
    pub min_present: Least,
    pub ranked: Ranked,
    pub rounding: Rounding,
    pub ties: Ties,
    /// From which end quarters are counted where mean ranks of ties decide (`Ties::Spss`).
    pub counted_from: End,
    /// A smaller group gets no bands.
    pub min_group: u32,
    pub bands: Vec<Band>,
    /// The first that fits holds.
    pub categories: Vec<Category>,
}

/// A member of the mean.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    /// Into `Method::indicators`.
    pub indicator: usize,
    pub scoring: Scoring,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Scoring {
    /// (x − min) / (max − min)
    Direct,
    /// (max − x) / (max − min)
    Inverse,
    /// One number for a lag (x < −`more_than`), another for none; both from 0 to 1.
    Lag { more_than: Number, lagging: Number, keeping: Number },
}

/// How many indicators a school must have to be ranked; one at the least.
#[derive(Clone, Debug, PartialEq)]
pub enum Least {
    /// Of those that anybody in the group has; from 0 to 1.
    Share(Number),
    Count(u32),
}

/// A label of a ranked school.
#[derive(Clone, Debug, PartialEq)]
pub struct Band {
    pub id: Id,
    /// As it is printed.
    pub title: String,
    pub cut: Cut,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Cut {
    /// The share of schools with the lowest or the highest indices, from 0 to 1.
    Share(End, Number),
    Rest,
}

/// A verdict on a school.
#[derive(Clone, Debug, PartialEq)]
pub struct Category {
    pub id: Id,
    pub title: String,
    pub rule: Rule,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Rule {
    /// The band (into `Domain::bands`) in each of the last years of the window, so many.
    EachYear {
        band: usize,
        years: usize,
    },
    /// In so many of the last years at least.
    SomeYears {
        band: usize,
        at_least: usize,
        years: usize,
    },
    /// A band is known in fewer years than this.
    KnownIn {
        fewer_than: usize,
    },
    /// Enough criteria (into `Method::criteria`) hold.
    Enough {
        criteria: Vec<usize>,
        needed: Needed,
    },
    /// Whether enough hold is not known.
    Open {
        criteria: Vec<usize>,
        needed: Needed,
    },
    Otherwise,
}

/// How many of several criteria must hold. Those by which nobody can be judged do not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needed {
    All,
    AtLeast(u32),
}

/// A sign of its own, true, false or unknown of a school.
#[derive(Clone, Debug, PartialEq)]
pub struct Criterion {
    pub id: Id,
    pub title: String,
    pub rule: Sign,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Sign {
    /// Figures compared with a number.
    Threshold { indicators: Vec<usize>, over: Over, compare: Compare, than: Number, which: Which },
    /// Below the mean of the figures of its base (itself among them) by so much or more.
    BelowMean { indicator: usize, by: Number },
    /// In a band (into `Domain::bands`) of a domain: of the last year, or of the window.
    InBand { domain: usize, band: usize },
}

impl Sign {
    /// Whether a figure of an indicator is compared.
    pub fn looks_at(&self, indicator: usize) -> bool {
        match self {
            Self::Threshold { indicators, .. } => indicators.contains(&indicator),
            Self::BelowMean { indicator: own, .. } => *own == indicator,
            Self::InBand { .. } => false,
        }
    }
}
