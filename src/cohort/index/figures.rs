//! The figures that a calculation looks at: those of the table, or those of a table that differs a little.

use crate::cohort::{Cell, Method, Table};

/// Where figures come from; the same source of them always answers alike.
pub trait Figures: Sync {
    fn cell(&self, row: usize, indicator: usize) -> Cell<'_>;
}

/// The table, without what schools of a group cannot have.
pub struct Read<'a> {
    table: &'a Table,
    width: usize,
    /// Group by group, an indicator after the other; empty where every group can have everything.
    lacks: Vec<bool>,
}

impl<'a> Read<'a> {
    pub fn new(method: &Method, table: &'a Table) -> Self {
        let width = method.indicators.len();
        let of_group = |group: &crate::cohort::Group| -> Vec<bool> {
            (0..width).map(|indicator| group.lacks.contains(&indicator)).collect()
        };
        let lacks: Vec<bool> = match method.groups.iter().all(|group| group.lacks.is_empty()) {
            true => Vec::new(),
            false => method.groups.iter().flat_map(of_group).collect(),
        };
        Self { table, width, lacks }
    }
}

impl Figures for Read<'_> {
    fn cell(&self, row: usize, indicator: usize) -> Cell<'_> {
        if !self.lacks.is_empty() {
            let group = self.table.rows.get(row).map_or(0, |row| usize::from(row.group));
            if self.lacks.get(group * self.width + indicator).is_some_and(|lacks| *lacks) {
                return Cell::Missing;
            }
        }
        self.table.cell(row, indicator)
    }
}

/// As if one figure were another.
pub struct Changed<'a, F> {
    pub figures: &'a F,
    pub row: usize,
    pub indicator: usize,
    pub cell: Cell<'a>,
}

impl<F: Figures> Figures for Changed<'_, F> {
    fn cell(&self, row: usize, indicator: usize) -> Cell<'_> {
        match row == self.row && indicator == self.indicator {
            true => self.cell,
            false => self.figures.cell(row, indicator),
        }
    }
}

/// As if nobody had an indicator.
pub struct Without<'a, F> {
    pub figures: &'a F,
    pub indicator: usize,
}

impl<F: Figures> Figures for Without<'_, F> {
    fn cell(&self, row: usize, indicator: usize) -> Cell<'_> {
        match indicator == self.indicator {
            true => Cell::Missing,
            false => self.figures.cell(row, indicator),
        }
    }
}
