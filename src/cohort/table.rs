//! The figures of many schools, as read: one row a school and year, one column an indicator.

use std::collections::BTreeMap;

use crate::base::Number;

/// What a table of figures holds once it is read.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// Sorted by id.
    pub schools: Vec<School>,
    /// Sorted by school, then by year; one row a school and year.
    pub rows: Vec<Row>,
    /// The columns: `Method::indicators`.
    pub width: usize,
    /// Row by row, `width` cells each.
    cells: Vec<Figure>,
    /// Figures that do not fit a cell, by their place among the cells.
    large: BTreeMap<usize, Number>,
    /// How many pupils took part, cell by cell, 0 where the table does not say; empty where no cell
    /// has a number.
    participants: Vec<u32>,
}

/// A school.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct School {
    /// A text: `7` is not `007`.
    pub id: String,
    pub name: String,
    pub municipality: String,
    /// Why it takes no part.
    pub excluded: Option<String>,
}

/// A school in a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// Into `Table::schools`.
    pub school: u32,
    pub year: i32,
    /// Into `Method::groups`.
    pub group: u8,
}

/// A figure in units of 10⁻¹², or a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Figure(i64);

/// What a cell holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cell<'a> {
    Missing,
    /// In units of 10⁻¹².
    Fine(i64),
    /// Any other number.
    Large(&'a Number),
}

impl Figure {
    pub const MISSING: Self = Self(i64::MIN);
    const LARGE: Self = Self(i64::MIN + 1);
    /// Units in one.
    pub const ONE: i64 = 1_000_000_000_000;

    /// A figure in units of 10⁻¹²; `None` for the two values that are marks.
    pub fn fine(units: i64) -> Option<Self> {
        (units > i64::MIN + 1).then_some(Self(units))
    }

    /// The units; `None` of a mark.
    pub fn units(self) -> Option<i64> {
        (self.0 > i64::MIN + 1).then_some(self.0)
    }
}

impl Table {
    /// Puts a table together; `schools` and `rows` are sorted, `cells` are `rows.len() * width`,
    /// `large` are the figures that do not fit a cell, by their place among the cells.
    pub fn new(
        schools: Vec<School>,
        rows: Vec<Row>,
        width: usize,
        mut cells: Vec<Figure>,
        large: BTreeMap<usize, Number>,
        participants: Vec<u32>,
    ) -> Self {
        for at in large.keys() {
            if let Some(cell) = cells.get_mut(*at) {
                *cell = Figure::LARGE;
            }
        }
        Self { schools, rows, width, cells, large, participants }
    }

    /// The cell of a row and a column; missing where there is none.
    pub fn cell(&self, row: usize, column: usize) -> Cell<'_> {
        let at = row * self.width + column;
        match self.cells.get(at).copied() {
            None | Some(Figure::MISSING) => Cell::Missing,
            Some(Figure::LARGE) => self.large.get(&at).map_or(Cell::Missing, Cell::Large),
            Some(Figure(units)) => Cell::Fine(units),
        }
    }

    /// The exact figure.
    pub fn number(&self, row: usize, column: usize) -> Option<Number> {
        match self.cell(row, column) {
            Cell::Missing => None,
            Cell::Fine(units) => {
                Number::from_int(units).checked_div(&Number::from_int(Figure::ONE))
            }
            Cell::Large(number) => Some(number.clone()),
        }
    }

    /// How many took part, where the table says so.
    pub fn participants(&self, row: usize, column: usize) -> Option<u32> {
        let taken = self.participants.get(row * self.width + column).copied();
        taken.filter(|count| *count > 0)
    }
}
