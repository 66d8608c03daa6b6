//! An identification as a whole: what was read, how it was judged, what came of it.

use std::io;

use super::{
    Excluded, Explanation, Fragile, Issues, Method, Outcome, Report, Settings, Table, explain,
    told_issues,
};

/// What papers, workbooks and answers are made from.
#[derive(Clone, Debug)]
pub struct Identified {
    pub method: Method,
    /// Where the methodology comes from, in words; empty where its pack does not say.
    pub source: String,
    /// The reading of the methodology that was applied.
    pub settings: Settings,
    pub table: Table,
    pub issues: Issues,
    pub outcome: Outcome,
    /// What would make the verdicts others, school by school; empty where it was not asked for.
    pub fragile: Vec<Vec<Fragile>>,
}

impl Identified {
    /// The verdict of a domain on a school.
    pub fn category_title(&self, domain: usize, school: usize) -> Option<&str> {
        let category = self.outcome.category(domain, school)?;
        let declared = self.method.domains.get(domain)?.categories.get(category)?;
        Some(declared.title.as_str())
    }

    /// Why a school takes no part.
    pub fn exclusion(&self, school: usize) -> Option<&str> {
        match self.outcome.schools.get(school)?.excluded? {
            Excluded::Named => self.table.schools.get(school)?.excluded.as_deref(),
            Excluded::Group(group) => {
                self.method.groups.get(usize::from(group))?.excluded.as_deref()
            }
        }
    }

    /// «Школа № 5 (005), Примерный район», as far as the table says.
    pub fn school_in_words(&self, school: usize) -> String {
        let Some(school) = self.table.schools.get(school) else { return String::new() };
        let name = match school.name.as_str() {
            "" => school.id.clone(),
            name => format!("{name} ({})", school.id),
        };
        match school.municipality.as_str() {
            "" => name,
            municipality => format!("{name}, {municipality}"),
        }
    }

    /// The whole as `pko/identification/1`, school by school into `to`.
    pub fn write_json(&self, to: impl io::Write) -> io::Result<()> {
        self.write(None, to)
    }

    /// How a school came to its verdicts.
    pub fn explain(&self, school: usize) -> Option<Explanation> {
        explain(&self.method, &self.table, school)
    }

    /// One school as `pko/identification/1` tells it, with what its indices are made of.
    pub fn write_school_json(&self, school: usize, to: impl io::Write) -> io::Result<()> {
        let explanation = self.explain(school);
        self.write(explanation.as_ref().map(|explanation| (school, explanation)), to)
    }

    fn write(&self, only: Option<(usize, &Explanation)>, to: impl io::Write) -> io::Result<()> {
        let parameters: Vec<(String, String)> = self.settings.printed().collect();
        let report = Report {
            method: &self.method,
            source: &self.source,
            table: &self.table,
            outcome: &self.outcome,
            parameters: &parameters,
            fragile: &self.fragile,
            issues: &told_issues(&self.issues),
            only,
        };
        serde_json::to_writer(to, &report).map_err(io::Error::from)
    }

    /// The verdict that becomes another one: of the domain whose categories know the new title, where
    /// the school has an index at all. Of one without any, every reading says the same nothing.
    pub fn verdict_that_becomes(&self, school: usize, becomes: &str) -> Option<&str> {
        let roles = self.method.domains.iter().enumerate().filter(|(_, it)| it.role.is_some());
        let mut knowing = roles.filter(|(at, domain)| {
            let knows = domain.categories.iter().any(|category| category.title == becomes);
            let is_other = self.category_title(*at, school) != Some(becomes);
            knows && is_other && (self.has_index(*at, school) || !self.method.criteria.is_empty())
        });
        self.category_title(knowing.next()?.0, school)
    }

    /// Whether a school has an index of a domain in any year.
    pub fn has_index(&self, domain: usize, school: usize) -> bool {
        let slots = 0..self.outcome.window.len();
        let years = slots.filter_map(|slot| self.outcome.standing(domain, school, slot));
        let whole = self.outcome.overall(domain, school);
        years.chain(whole).any(|standing| standing.index.is_some())
    }
}
