//! An identification in documents: its rows, the names of its texts, its charts. Of a school only
//! places, indices and verdicts are told here, never the figures of its pupils: those stand in the
//! workbook, where they are withheld as its reader may not see them.

mod counts;
mod fields;
mod names;
mod pictures;
mod reading;
mod reasons;
mod rows;
mod workbook;

use crate::base::Id;
use crate::cohort::{Domain, Identified, Outcome, Role};
use crate::model::methodology::Methodology;
use crate::model::{Model, categories_of_list, lists_of_schools};

pub(super) use names::value;
pub(super) use pictures::blocks;
pub(super) use rows::rows;
pub use workbook::{Audience, identification_workbook};

/// What papers tell of an identification.
#[derive(Clone, Copy, Debug)]
pub struct Identification<'a> {
    pub of: &'a Identified,
    /// What was wrong with the table, by kind.
    pub issues: &'a [DataIssue],
    /// Verdicts that a small change would turn.
    pub fragile: &'a [FragileVerdict],
}

/// Slips of one kind in a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataIssue {
    /// What is wrong, in words.
    pub title: String,
    pub count: usize,
    /// Where, in words.
    pub examples: Vec<String>,
}

/// A verdict that hangs on little.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FragileVerdict {
    /// Into `Table::schools`.
    pub school: usize,
    /// As it is printed: «ШНРО».
    pub verdict: String,
    /// What it hangs on: граница, чтение, один ученик, показатель.
    pub what: String,
    /// In words that papers print: an index, a place, a parameter, never a figure of a school's
    /// pupils.
    pub detail: String,
    /// What it would become.
    pub becomes: String,
}

/// An identification with the pack that its methodology stands in.
#[derive(Clone, Copy)]
pub(super) struct Cohort<'a> {
    pub model: &'a Model,
    pub of: &'a Identified,
    pub issues: &'a [DataIssue],
    pub fragile: &'a [FragileVerdict],
}

impl<'a> Cohort<'a> {
    pub fn new(model: &'a Model, told: Identification<'a>) -> Self {
        Self { model, of: told.of, issues: told.issues, fragile: told.fragile }
    }

    pub fn outcome(&self) -> &'a Outcome {
        &self.of.outcome
    }

    /// As the pack declares it.
    pub fn methodology(&self) -> Option<&'a Methodology> {
        self.model.methodologies.get(&self.of.method.id)
    }

    /// The domains with their places.
    pub fn domains(&self) -> impl Iterator<Item = (usize, &'a Domain)> + use<'a> {
        self.of.method.domains.iter().enumerate()
    }

    /// The domain that gives this verdict on schools.
    pub fn domain(&self, role: Role) -> Option<(usize, &'a Domain)> {
        self.domains().find(|(_, domain)| domain.role == Some(role))
    }

    /// The schools that take part, in the order of the table.
    pub fn judged(&self) -> Vec<usize> {
        let schools = self.outcome().schools.iter().enumerate();
        schools.filter(|(_, judged)| judged.excluded.is_none()).map(|(at, _)| at).collect()
    }

    /// The schools that take no part.
    pub fn left_out(&self) -> Vec<usize> {
        let schools = self.outcome().schools.iter().enumerate();
        schools.filter(|(_, judged)| judged.excluded.is_some()).map(|(at, _)| at).collect()
    }

    pub fn is_in(&self, school: usize, category: &Id) -> bool {
        self.domains().any(|(at, domain)| {
            let category_of = self.outcome().category(at, school);
            category_of
                .and_then(|it| domain.categories.get(it))
                .is_some_and(|it| it.id == *category)
        })
    }

    /// The schools that belong to every category named.
    pub fn schools_in(&self, categories: &[Id]) -> Vec<usize> {
        let is_in_all = |school: &usize| categories.iter().all(|it| self.is_in(*school, it));
        self.judged().into_iter().filter(is_in_all).collect()
    }

    pub fn municipality_of(&self, school: usize) -> &'a str {
        self.of.table.schools.get(school).map_or("", |it| it.municipality.trim())
    }

    /// The schools of a list: all in the order of the table, or by municipality those of the
    /// categories that it names.
    pub fn schools_of(&self, list: &Id) -> Option<Vec<usize>> {
        if list.as_str() == "школы_идентификации" {
            return Some(self.judged());
        }
        let is_category = |id: &Id| self.model.categories.contains_key(id);
        let mut schools = self.schools_in(&categories_of_list(list, is_category)?);
        schools.sort_by_cached_key(|school| self.municipality_of(*school).to_lowercase());
        Some(schools)
    }

    /// Which lists have anything in them, for conditions.
    pub fn filled_lists(&self) -> Vec<(Id, bool)> {
        let by_category = lists_of_schools(self.model).into_iter().filter_map(|list| {
            let is_filled = !self.schools_of(&list)?.is_empty();
            Some((list, is_filled))
        });
        let outcome = self.outcome();
        let fixed = [
            ("школы_идентификации", outcome.n_excluded() < outcome.schools.len()),
            ("исключенные_школы", outcome.n_excluded() > 0),
            ("признаки_методики", !self.of.method.criteria.is_empty()),
            ("предупреждения_методики", !self.warnings().is_empty()),
            ("неустойчивые_заключения", !self.fragile.is_empty()),
            ("замечания_к_данным", !self.issues.is_empty()),
        ];
        by_category.chain(fixed.map(|(name, filled)| (Id::new(name), filled))).collect()
    }

    pub fn warnings(&self) -> &'a [String] {
        self.methodology().map_or(&[], |it| it.warnings.as_slice())
    }

    /// The slot of the last year.
    pub fn last_slot(&self) -> Option<usize> {
        self.outcome().window.len().checked_sub(1)
    }
}
