//! What was read into a table in its order, and what only the whole of it shows.

use std::collections::{BTreeMap, BTreeSet};

use crate::cohort::{Figure, Method, Row, School, Table};

use super::cells::Cells;
use super::filling::Filling;
use super::issues::{Column, IssueKind};
use super::schools::{RowDraft, SchoolDraft, Schools};
use super::words::plain;
use super::{Excluded, Reading};

pub(super) fn finish(mut filling: Filling<'_>, excluded: &Excluded) -> Reading {
    report_disputes(&mut filling);
    report_repeats(&mut filling);
    drop_inapplicable(&mut filling);
    let Filling { method, schools, cells, mut issues, .. } = filling;
    for id in excluded.keys().filter(|id| !schools.by_id.contains_key(id.as_str())) {
        issues.add(IssueKind::UnknownSchool, 0, Column::NONE, id);
    }
    let suspects = Suspects::of(method);
    let participants = participants(method, &schools);
    let name_column = filling.layout.school_name.map_or(Column::NONE, Column::new);
    let Schools { by_id, rows } = schools;
    let mut drafts: Vec<(Box<str>, SchoolDraft, u32)> =
        by_id.into_iter().zip(0..).map(|((id, draft), at)| (id, draft, at)).collect();
    drafts.sort_unstable_by(|one, other| one.0.cmp(&other.0));
    let mut new_places = vec![0u32; drafts.len()];
    let mut sorted = Vec::with_capacity(drafts.len());
    for (id, draft, before) in drafts {
        if let Some(place) = new_places.get_mut(before as usize) {
            *place = sorted.len() as u32;
        }
        let line = draft.line;
        let school = school(id, draft, excluded);
        let takes_part = school.excluded.is_none() && participants.contains(&before);
        if takes_part && suspects.fit(&school.name) {
            issues.add(IssueKind::SuspiciousName, line, name_column, &school.name);
        }
        sorted.push(school);
    }
    let mut order: Vec<(Row, usize)> = rows
        .iter()
        .enumerate()
        .filter(|(_, row)| !row.conflict)
        .map(|(at, row)| {
            let school = new_places.get(row.school as usize).copied().unwrap_or_default();
            (Row { school, year: row.year, group: row.group }, at)
        })
        .collect();
    order.sort_unstable_by_key(|(row, _)| (row.school, row.year));
    issues.sort();
    Reading { table: table(sorted, order, cells), issues }
}

/// The schools that are in some year of a group that takes part.
fn participants(method: &Method, schools: &Schools) -> BTreeSet<u32> {
    let takes_part = |row: &&RowDraft| {
        let group = method.groups.get(usize::from(row.group));
        row.conflict || group.is_some_and(|group| group.excluded.is_none())
    };
    schools.rows.iter().filter(takes_part).map(|row| row.school).collect()
}

fn school(id: Box<str>, draft: SchoolDraft, excluded: &Excluded) -> School {
    let listed = excluded.get(id.as_ref()).cloned();
    let own = Some(draft.excluded.into_text()).filter(|reason| !reason.is_empty());
    School {
        id: id.into_string(),
        name: draft.name.into_text(),
        municipality: draft.municipality.into_text(),
        excluded: listed.or(own),
    }
}

fn table(schools: Vec<School>, order: Vec<(Row, usize)>, cells: Cells) -> Table {
    let width = cells.width;
    let is_in_order = order.iter().enumerate().all(|(new, (_, old))| new == *old);
    let rows = order.iter().map(|(row, _)| *row).collect();
    if is_in_order && order.len() * width == cells.figures.len() {
        let Cells { figures, large, participants, .. } = cells;
        return Table::new(schools, rows, width, figures, large, participants);
    }
    let moved = |at: usize| at * width..(at + 1) * width;
    let mut figures: Vec<Figure> = Vec::with_capacity(order.len() * width);
    let mut participants = Vec::new();
    let mut new_rows = BTreeMap::new();
    for (new, (_, old)) in order.iter().enumerate() {
        figures.extend_from_slice(cells.figures.get(moved(*old)).unwrap_or_default());
        participants.extend_from_slice(cells.participants.get(moved(*old)).unwrap_or_default());
        if !cells.large.is_empty() {
            new_rows.insert(*old, new);
        }
    }
    let large = cells.large.into_iter().filter_map(|(at, number)| {
        let new = new_rows.get(&(at / width))?;
        Some((new * width + at % width, number))
    });
    Table::new(schools, rows, width, figures, large.collect(), participants)
}

fn report_disputes(filling: &mut Filling<'_>) {
    let column = Column::new(filling.layout.group);
    for (row, groups) in &filling.disputes {
        let line = filling.schools.rows.get(*row).map_or(0, |row| row.line);
        let mut names: Vec<&str> = groups
            .iter()
            .filter_map(|group| filling.method.groups.get(usize::from(*group)))
            .map(|group| group.id.as_str())
            .collect();
        names.sort_unstable();
        filling.issues.add(IssueKind::GroupConflict, line, column, &names.join(", "));
    }
}

/// Whether the figures of a row count at all.
fn counts(filling: &Filling<'_>, row: usize) -> bool {
    let Some(row) = filling.schools.rows.get(row) else { return false };
    let group = filling.method.groups.get(usize::from(row.group));
    !row.conflict && group.is_some_and(|group| group.excluded.is_none())
}

fn report_repeats(filling: &mut Filling<'_>) {
    let width = filling.cells.width;
    for repeat in filling.cells.take_repeats() {
        if !counts(filling, repeat.at / width) {
            continue;
        }
        let values: Vec<String> =
            repeat.values.iter().map(|value| value.to_plain().replace('.', ",")).collect();
        let kind = match values.len() {
            1 => IssueKind::DuplicateSame,
            _ => IssueKind::DuplicateConflict,
        };
        let column = filling.indicator_column(repeat.at % width);
        filling.issues.add(kind, repeat.line, column, &values.join("; "));
    }
}

/// Takes away figures that a group cannot have.
fn drop_inapplicable(filling: &mut Filling<'_>) {
    let width = filling.cells.width;
    for (at, line) in std::mem::take(&mut filling.inapplicable) {
        let left = filling.cells.value(at);
        if counts(filling, at / width)
            && let Some(value) = left
        {
            let column = filling.indicator_column(at % width);
            let found = value.number().to_plain().replace('.', ",");
            filling.issues.add(IssueKind::Inapplicable, line, column, &found);
        }
        filling.cells.clear(at);
    }
}

/// Beginnings of words that make a school's place in the table doubtful.
struct Suspects(Vec<String>);

impl Suspects {
    fn of(method: &Method) -> Self {
        Self(method.suspicious.iter().map(|word| plain(word)).filter(|it| !it.is_empty()).collect())
    }

    fn fit(&self, name: &str) -> bool {
        let name = plain(name);
        let mut previous = ' ';
        name.char_indices().any(|(at, c)| {
            let begins = c.is_alphanumeric() && !previous.is_alphanumeric();
            previous = c;
            let rest = name.get(at..).unwrap_or_default();
            begins && self.0.iter().any(|beginning| rest.starts_with(beginning.as_str()))
        })
    }
}
