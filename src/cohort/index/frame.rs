//! What does not depend on any index: the window, who takes part, who is ranked with whom.

use std::collections::{BTreeMap, BTreeSet};

use super::figures::Figures;
use super::pool::Member;
use crate::cohort::outcome::NOWHERE;
use crate::cohort::{Base, Cell, Excluded, Judged, Method, Table};

/// The schools of a table, as a method arranges them.
pub struct Frame {
    pub window: Vec<i32>,
    pub bases: Vec<String>,
    pub judged: Vec<Judged>,
    /// School by school, a slot after the other: into `Table::rows`, `NOWHERE` without a row.
    pub rows: Vec<u32>,
    /// Slot by slot, pool by pool.
    pub members: Vec<Vec<Vec<Member>>>,
}

impl Frame {
    pub fn new(method: &Method, table: &Table, figures: &impl Figures) -> Self {
        let (bases, base_of) = bases(method, table);
        let mut judged: Vec<Judged> = base_of.into_iter().map(Judged::in_base).collect();
        exclude(method, table, &mut judged);
        let counts = |row: usize| -> bool { takes_part(method, table, &judged, row) };
        let taking: Vec<usize> = (0..table.rows.len()).filter(|row| counts(*row)).collect();
        let has_figure = |row: usize| {
            let counting = method.indicators.iter().enumerate().filter(|(_, it)| it.counts);
            counting.map(|(at, _)| at).any(|it| figures.cell(row, it) != Cell::Missing)
        };
        let window = window(method, table, taking.iter().copied().filter(|it| has_figure(*it)));
        let rows = rows(table, &window, &taking);
        let mut frame = Self { window, bases, judged, rows, members: Vec::new() };
        frame.flag(table, has_figure);
        frame.members = frame.members(method, table);
        frame
    }

    pub fn n_slots(&self) -> usize {
        self.window.len()
    }

    /// The row of a school in a slot.
    pub fn row(&self, school: usize, slot: usize) -> Option<usize> {
        let row = self.rows.get(school * self.window.len() + slot).copied()?;
        (row != NOWHERE).then_some(row as usize)
    }

    /// Its rows, slot by slot.
    pub fn rows_of(&self, school: usize) -> Vec<Option<usize>> {
        (0..self.n_slots()).map(|slot| self.row(school, slot)).collect()
    }

    fn flag(&mut self, table: &Table, has_figure: impl Fn(usize) -> bool) {
        let width = self.window.len();
        if width == 0 {
            return;
        }
        for (judged, rows) in self.judged.iter_mut().zip(self.rows.chunks(width)) {
            if judged.excluded.is_some() {
                continue;
            }
            let there = || rows.iter().filter(|row| **row != NOWHERE).map(|row| *row as usize);
            let groups: BTreeSet<u8> =
                there().filter_map(|row| table.rows.get(row)).map(|row| row.group).collect();
            judged.group_changed = groups.len() > 1;
            judged.year_missing = there().filter(|row| has_figure(*row)).count() < width;
        }
    }

    fn members(&self, method: &Method, table: &Table) -> Vec<Vec<Vec<Member>>> {
        let n_pools = self.bases.len() * method.groups_apart();
        let mut members = vec![vec![Vec::new(); n_pools]; self.window.len()];
        for ((school, judged), number) in self.judged.iter().enumerate().zip(0u32..) {
            for (slot, pools) in members.iter_mut().enumerate() {
                let Some(row) = self.row(school, slot) else { continue };
                let pool = method.pool(table, judged.base as usize, row);
                if let (Some(pool), Ok(row)) = (pools.get_mut(pool), u32::try_from(row)) {
                    pool.push(Member { school: number, row });
                }
            }
        }
        members
    }
}

impl Judged {
    fn in_base(base: u32) -> Self {
        Self { excluded: None, base, group_changed: false, year_missing: false, met: 0 }
    }
}

fn bases(method: &Method, table: &Table) -> (Vec<String>, Vec<u32>) {
    if method.base == Base::All {
        return (vec![String::new()], vec![0; table.schools.len()]);
    }
    let names: BTreeSet<&str> =
        table.schools.iter().map(|school| school.municipality.as_str()).collect();
    let numbers: BTreeMap<&str, u32> = names.iter().copied().zip(0..).collect();
    let of = |name: &str| numbers.get(name).copied().unwrap_or(0);
    let base_of = table.schools.iter().map(|school| of(&school.municipality)).collect();
    (names.into_iter().map(str::to_owned).collect(), base_of)
}

/// A school is left out by name, or because all its rows belong to groups that are.
fn exclude(method: &Method, table: &Table, judged: &mut [Judged]) {
    let mut taking_part = vec![false; judged.len()];
    for row in &table.rows {
        let school = row.school as usize;
        let is_out =
            method.groups.get(usize::from(row.group)).is_none_or(|it| it.excluded.is_some());
        match (is_out, taking_part.get_mut(school), judged.get_mut(school)) {
            (true, _, Some(judged)) => judged.excluded = Some(Excluded::Group(row.group)),
            (false, Some(takes_part), _) => *takes_part = true,
            _ => {}
        }
    }
    let schools = table.schools.iter().zip(taking_part);
    for (judged, (school, takes_part)) in judged.iter_mut().zip(schools) {
        if school.excluded.is_some() {
            judged.excluded = Some(Excluded::Named);
        } else if takes_part {
            judged.excluded = None;
        }
    }
}

fn takes_part(method: &Method, table: &Table, judged: &[Judged], row: usize) -> bool {
    let Some(row) = table.rows.get(row) else { return false };
    let group = method.groups.get(usize::from(row.group));
    let school = judged.get(row.school as usize);
    group.is_some_and(|group| group.excluded.is_none())
        && school.is_some_and(|school| school.excluded.is_none())
}

/// The last years that hold a figure, or those that the method names; the oldest first.
fn window(method: &Method, table: &Table, rows: impl Iterator<Item = usize>) -> Vec<i32> {
    if let Some(years) = &method.window.years {
        return years.iter().copied().collect::<BTreeSet<i32>>().into_iter().collect();
    }
    let is_early = |year: &i32| method.window.until.is_none_or(|until| *year <= until);
    let years = rows.filter_map(|row| table.rows.get(row)).map(|row| row.year);
    let years: BTreeSet<i32> = years.filter(is_early).collect();
    let spare = years.len().saturating_sub(method.window.length);
    years.into_iter().skip(spare).collect()
}

fn rows(table: &Table, window: &[i32], taking: &[usize]) -> Vec<u32> {
    let mut rows = vec![NOWHERE; table.schools.len() * window.len()];
    for at in taking {
        let Some(row) = table.rows.get(*at) else { continue };
        let Ok(slot) = window.binary_search(&row.year) else { continue };
        let place = rows.get_mut(row.school as usize * window.len() + slot);
        if let (Some(place), Ok(at)) = (place, u32::try_from(*at)) {
            *place = at;
        }
    }
    rows
}
