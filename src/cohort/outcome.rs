//! What an identification says of every school: numbers in place of names, so that a country of schools
//! fits in memory. The names are those of the method and of the table that it was made from.

use std::fmt;

use super::{Cell, Method, Table};
use crate::base::Number;

/// A method held against a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// The years that counted, the oldest first; a *slot* is a place in this list.
    pub window: Vec<i32>,
    /// As `Table::schools`.
    pub schools: Vec<Judged>,
    /// As `Method::domains`.
    pub domains: Vec<Ranking>,
    /// The municipalities of `Base::Municipality`; one without a name of `Base::All`.
    pub bases: Vec<String>,
    /// By domain, then by year, then by base and group: wherever somebody is ranked.
    pub borders: Vec<Border>,
    /// School by school, a slot after the other: into `Table::rows`, `NOWHERE` without a row.
    pub(super) rows: Vec<u32>,
    /// School by school, a criterion after the other.
    pub(super) answers: Vec<Answer>,
}

/// No row, no rank.
pub(super) const NOWHERE: u32 = u32::MAX;

/// What is said of a school as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Judged {
    pub excluded: Option<Excluded>,
    /// Into `bases`.
    pub base: u32,
    /// Its years do not all belong to one group.
    pub group_changed: bool,
    /// It has no figure in some year of the window.
    pub year_missing: bool,
    /// How many of the criteria hold that the verdict on results counts; of all where it counts none.
    pub met: u16,
}

/// Why a school takes no part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Excluded {
    /// The table says so: `School::excluded`.
    Named,
    /// All its rows belong to groups that take no part; the last one's: `Group::excluded`.
    Group(u8),
}

/// A domain: who stands where, and the verdict.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ranking {
    /// School by school, a slot after the other.
    pub(super) standings: Vec<Standing>,
    /// Of `Ranked::MeanOfWindow`, one a school; empty otherwise.
    pub(super) overall: Vec<Standing>,
    /// Into `Domain::categories`, one a school; `NO_CATEGORY` where none fits.
    pub(super) categories: Vec<u8>,
    /// Slot by slot, pool by pool: whether a term counts there.
    pub(super) usable: Vec<bool>,
}

pub(super) const NO_CATEGORY: u8 = u8::MAX;

/// Where a school stands in a year, or in the whole window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// `None` where it is not judged.
    pub index: Option<Index>,
    /// 1 is the highest index; equal indices share a rank (1, 2, 2, 4). `None` where it is not ranked.
    pub rank: Option<Rank>,
    /// How many indicators went into the index.
    pub present: u16,
    pub label: Label,
}

/// A place among the ranked schools.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rank {
    pub rank: u32,
    /// Without ties: the id of the school breaks them.
    pub position: u32,
}

/// The exact index, rounded half to even, in units of 10⁻¹².
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Index(pub i64);

/// A band, or why there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label {
    /// Into `Domain::bands`.
    Band(u8),
    /// Ranked, and in no band: the domain has none for the rest.
    Outside,
    Without(Reason),
}

/// Why a school has no band in a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// No figure that counts.
    NoData,
    /// Fewer indicators than `Domain::min_present` asks for.
    FewIndicators,
    /// Fewer schools ranked than `Domain::min_group` asks for.
    SmallGroup,
    /// The window is ranked as a whole, and this is a year of it.
    RankedAsWhole,
    /// The window is ranked as a whole, and the school has no index in some year of it.
    YearWithoutIndex,
}

/// An answer of a criterion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    Yes,
    No,
    Unknown,
}

/// The borders among schools that are ranked together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Border {
    /// Into `Method::domains`.
    pub domain: usize,
    /// `None` of a window that is ranked as a whole.
    pub slot: Option<usize>,
    /// Into `Outcome::bases`.
    pub base: u32,
    /// Into `Method::groups`; `None` where groups are not ranked apart.
    pub group: Option<u8>,
    pub ranked: u32,
    /// How many schools the share of the first band with one is; 0 in a group without bands.
    pub k: u32,
    /// The k-th lowest index, of the first band that counts from the lowest.
    pub low: Option<Index>,
    /// The k-th highest index, of the first band that counts from the highest.
    pub high: Option<Index>,
}

impl Outcome {
    /// The row of a school in a year of the window, of `Table::rows`.
    pub fn row(&self, school: usize, slot: usize) -> Option<usize> {
        let row = self.rows.get(school * self.window.len() + slot).copied()?;
        (row != NOWHERE).then_some(row as usize)
    }

    /// Where a school stands in a year; `None` of a school that takes no part or has no row.
    pub fn standing(&self, domain: usize, school: usize, slot: usize) -> Option<&Standing> {
        self.row(school, slot)?;
        self.domains.get(domain)?.standings.get(school * self.window.len() + slot)
    }

    /// Where a school stands in a window that is ranked as a whole.
    pub fn overall(&self, domain: usize, school: usize) -> Option<&Standing> {
        self.schools.get(school).filter(|judged| judged.excluded.is_none())?;
        self.domains.get(domain)?.overall.get(school)
    }

    /// The verdict on a school, of `Domain::categories`.
    pub fn category(&self, domain: usize, school: usize) -> Option<usize> {
        let category = self.domains.get(domain)?.categories.get(school).copied()?;
        (category != NO_CATEGORY).then_some(usize::from(category))
    }

    /// What a criterion (of `Method::criteria`) says of a school.
    pub fn answer(&self, school: usize, criterion: usize) -> Answer {
        let width = self.answers.len() / self.schools.len().max(1);
        self.answers.get(school * width + criterion).copied().unwrap_or(Answer::Unknown)
    }

    /// The indicators (of `Method::indicators`) that count among the schools ranked with this one in a
    /// year, and that it lacks.
    pub fn missing(
        &self,
        method: &Method,
        table: &Table,
        place: (usize, usize, usize),
    ) -> Vec<usize> {
        let (domain, school, slot) = place;
        let found = (self.row(school, slot), method.domains.get(domain), self.domains.get(domain));
        let (Some(row), Some(declared), Some(ranking)) = found else {
            return Vec::new();
        };
        let n_terms = declared.terms.len();
        let base = self.schools.get(school).map_or(0, |judged| judged.base as usize);
        let pool = slot * self.n_pools(method) + method.pool(table, base, row);
        let usable = ranking.usable.get(pool * n_terms..).unwrap_or_default();
        let terms = declared.terms.iter().zip(usable).filter(|(_, usable)| **usable);
        terms
            .map(|(term, _)| term.indicator)
            .filter(|indicator| method.figure(table, row, *indicator) == Cell::Missing)
            .collect()
    }

    fn n_pools(&self, method: &Method) -> usize {
        self.bases.len() * method.groups_apart()
    }

    /// How many schools take no part.
    pub fn n_excluded(&self) -> usize {
        self.schools.iter().filter(|judged| judged.excluded.is_some()).count()
    }

    /// How many schools each category of a domain holds, and how many schools have none.
    pub fn counts(&self, method: &Method, domain: usize) -> (Vec<usize>, usize) {
        let n_categories = method.domains.get(domain).map_or(0, |it| it.categories.len());
        let mut counts = vec![0; n_categories];
        let mut without = 0;
        for (school, judged) in self.schools.iter().enumerate() {
            if judged.excluded.is_some() {
                continue;
            }
            match self.category(domain, school).and_then(|at| counts.get_mut(at)) {
                Some(count) => *count += 1,
                None => without += 1,
            }
        }
        (counts, without)
    }
}

impl Standing {
    pub fn band(&self) -> Option<usize> {
        match self.label {
            Label::Band(band) => Some(usize::from(band)),
            Label::Outside | Label::Without(_) => None,
        }
    }

    pub fn reason(&self) -> Option<Reason> {
        match self.label {
            Label::Band(_) | Label::Outside => None,
            Label::Without(reason) => Some(reason),
        }
    }
}

impl Index {
    pub const ONE: i64 = 1_000_000_000_000;

    pub fn number(self) -> Number {
        let units = Number::from_int(self.0);
        units.checked_div(&Number::from_int(Self::ONE)).unwrap_or_else(Number::zero)
    }

    /// For people, with six digits behind the comma.
    pub fn russian(self) -> String {
        self.number().to_russian(6)
    }
}

/// A point, at most twelve digits behind it.
impl fmt::Display for Index {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let units = self.0.unsigned_abs();
        let (whole, rest) = (units / Self::ONE.unsigned_abs(), units % Self::ONE.unsigned_abs());
        match rest {
            0 => write!(f, "{sign}{whole}"),
            _ => {
                let digits = format!("{rest:012}");
                write!(f, "{sign}{whole}.{}", digits.trim_end_matches('0'))
            }
        }
    }
}

impl Answer {
    pub fn of(known: Option<bool>) -> Self {
        match known {
            Some(true) => Self::Yes,
            Some(false) => Self::No,
            None => Self::Unknown,
        }
    }

    pub fn known(self) -> Option<bool> {
        match self {
            Self::Yes => Some(true),
            Self::No => Some(false),
            Self::Unknown => None,
        }
    }
}
