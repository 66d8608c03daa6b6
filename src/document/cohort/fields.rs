//! What a school says of itself in a row.

use super::Cohort;
use crate::cohort::{Answer, Index, Label, Ranked, Role, School, Standing};
use crate::document::rows::Listed;
use crate::russian::capitalise;

/// Stands where there is nothing to show.
pub(super) const NONE: &str = "—";
/// Between the years of a cell.
const BETWEEN: &str = " / ";
/// Digits behind the comma of an index.
const PLACES: i64 = 1_000_000_000;

/// An index for people: three digits behind the comma.
pub(super) fn index(index: Index) -> String {
    let thousandths = (index.0.saturating_add(PLACES / 2)).div_euclid(PLACES);
    format!("{},{:03}", thousandths / 1000, thousandths % 1000)
}

pub(super) fn index_or_none(value: Option<Index>) -> String {
    value.map_or_else(|| NONE.to_owned(), index)
}

impl<'a> Cohort<'a> {
    /// A school as a row.
    pub fn school_row(&self, school: usize) -> Option<Listed> {
        let declared = self.of.table.schools.get(school)?;
        let domain = |role| self.domain(role).map(|(at, _)| at);
        let (results, conditions) = (domain(Role::Results), domain(Role::Conditions));
        let each = |at: Option<usize>, told: &dyn Fn(&Standing) -> String| {
            at.map_or_else(|| NONE.to_owned(), |at| self.year_by_year(at, school, told))
        };
        let by_index = |standing: &Standing| index_or_none(standing.index);
        let by_rank = |standing: &Standing| {
            standing.rank.map_or_else(|| NONE.to_owned(), |rank| rank.rank.to_string())
        };
        let by_band = |at: Option<usize>| each(at, &|standing| self.label(at, standing.label));
        let mut fields = who(declared);
        fields.extend([
            ("группа", self.group_of(school)),
            ("индекс_результатов", each(results, &by_index)),
            ("место_по_результатам", each(results, &by_rank)),
            ("полосы_результатов", by_band(results)),
            ("индекс_условий", each(conditions, &by_index)),
            ("место_по_условиям", each(conditions, &by_rank)),
            ("полосы_условий", by_band(conditions)),
            ("результаты", self.verdict(results, school)),
            ("условия", self.verdict(conditions, school)),
            ("признаки", self.signs(school)),
            ("пометки", or_none(&self.flags(school).join("; "))),
        ]);
        Some(Listed::new(declared.id.clone(), fields))
    }

    /// A school left out as a row.
    pub fn left_out_row(&self, school: usize) -> Option<Listed> {
        let declared = self.of.table.schools.get(school)?;
        let mut fields = who(declared);
        fields.push(("причина", capitalise(self.of.exclusion(school)?)));
        Some(Listed::new(declared.id.clone(), fields))
    }

    /// Where a school stands in each year, the oldest first; once where the window is ranked as a
    /// whole.
    pub fn year_by_year(
        &self,
        domain: usize,
        school: usize,
        told: &dyn Fn(&Standing) -> String,
    ) -> String {
        let none = || NONE.to_owned();
        if self.ranks_window(domain) {
            return self.outcome().overall(domain, school).map_or_else(none, told);
        }
        let slots = 0..self.outcome().window.len();
        let each =
            slots.map(|slot| self.outcome().standing(domain, school, slot).map_or_else(none, told));
        each.collect::<Vec<_>>().join(BETWEEN)
    }

    pub fn ranks_window(&self, domain: usize) -> bool {
        let declared = self.of.method.domains.get(domain);
        declared.is_some_and(|it| it.ranked == Ranked::MeanOfWindow)
    }

    /// Where a school stands now: in the last year, or in a window that is ranked as a whole.
    pub fn standing_now(&self, domain: usize, school: usize) -> Option<&'a Standing> {
        match self.ranks_window(domain) {
            true => self.outcome().overall(domain, school),
            false => self.outcome().standing(domain, school, self.last_slot()?),
        }
    }

    pub fn label(&self, domain: Option<usize>, label: Label) -> String {
        let domain = domain.and_then(|at| self.of.method.domains.get(at));
        let band = match label {
            Label::Band(band) => domain.and_then(|it| it.bands.get(usize::from(band))),
            Label::Outside | Label::Without(_) => None,
        };
        band.map_or_else(|| NONE.to_owned(), |band| band.title.clone())
    }

    pub fn verdict(&self, domain: Option<usize>, school: usize) -> String {
        domain.and_then(|at| self.of.category_title(at, school)).unwrap_or("не отнесена").to_owned()
    }

    pub fn group_of(&self, school: usize) -> String {
        self.known_group_of(school).unwrap_or_else(|| NONE.to_owned())
    }

    /// The group in the last year of which there is a row.
    pub fn known_group_of(&self, school: usize) -> Option<String> {
        let mut slots = (0..self.outcome().window.len()).rev();
        self.group_in(slots.find_map(|slot| self.outcome().row(school, slot))?)
    }

    /// The group of a row of the table.
    pub fn group_in(&self, row: usize) -> Option<String> {
        let row = self.of.table.rows.get(row)?;
        let group = self.of.method.groups.get(usize::from(row.group))?;
        Some(group.id.as_str().replace('_', " "))
    }

    /// The criteria that hold, and those of which nothing is known.
    fn signs(&self, school: usize) -> String {
        let all = self.of.method.criteria.iter().enumerate();
        let told = all.filter_map(|(at, criterion)| match self.outcome().answer(school, at) {
            Answer::Yes => Some(criterion.id.to_string()),
            Answer::Unknown => Some(format!("{}?", criterion.id)),
            Answer::No => None,
        });
        or_none(&told.collect::<Vec<_>>().join(", "))
    }

    pub fn flags(&self, school: usize) -> Vec<&'static str> {
        let Some(judged) = self.outcome().schools.get(school) else { return Vec::new() };
        let flags =
            [(judged.group_changed, "сменилась группа"), (judged.year_missing, "пропущен год")];
        flags.into_iter().filter(|(is_set, _)| *is_set).map(|(_, flag)| flag).collect()
    }
}

/// Which school it is.
fn who(school: &School) -> Vec<(&'static str, String)> {
    vec![
        ("название", named(&school.name, &school.id)),
        ("код", school.id.clone()),
        ("муниципалитет", or_none(&school.municipality)),
    ]
}

/// A school without a name goes by its code.
pub(super) fn named(name: &str, id: &str) -> String {
    if name.trim().is_empty() { id.to_owned() } else { name.to_owned() }
}

pub(super) fn or_none(text: &str) -> String {
    if text.trim().is_empty() { NONE.to_owned() } else { text.to_owned() }
}
