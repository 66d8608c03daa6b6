//! An identification as a whole: what was read, how it was judged, what came of it.

use super::{Excluded, Issues, Method, Outcome, Settings, Table};

/// What papers, workbooks and answers are made from.
#[derive(Clone, Debug)]
pub struct Identified {
    pub method: Method,
    /// The reading of the methodology that was applied.
    pub settings: Settings,
    pub table: Table,
    pub issues: Issues,
    pub outcome: Outcome,
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
}
