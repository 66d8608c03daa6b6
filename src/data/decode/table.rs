//! A table of cells, whatever file it came from.

use crate::base::{FileId, Span};
use crate::data::codes;
use crate::diag::{Diagnostic, Place};

use super::quote::quote;

/// A header and the rows under it.
#[derive(Debug)]
pub(super) struct Table {
    pub origin: Origin,
    pub header: Vec<Cell>,
    pub rows: Vec<Row>,
}

/// What the cells' places refer to.
#[derive(Debug)]
pub(super) enum Origin {
    /// A text of the source map.
    Text(FileId),
    /// A sheet of a workbook, by the name that messages give it.
    Sheet(String),
}

/// A row that holds something; its cells ascend by column, empty ones may be absent.
#[derive(Debug)]
pub(super) struct Row {
    /// As a person counts: the line where it begins, or the row of the sheet.
    pub number: usize,
    pub cells: Vec<Cell>,
}

/// One cell, its text trimmed.
#[derive(Debug)]
pub(super) struct Cell {
    /// Counted from zero.
    pub column: usize,
    pub text: String,
    /// First and last byte of a text, or row and column of a sheet.
    pub at: (usize, usize),
    /// The reader of the file has already complained about this cell.
    pub reported: bool,
}

impl Table {
    pub fn place(&self, cell: &Cell) -> Place {
        self.place_at(cell.at, cell.at)
    }

    pub fn row_place(&self, row: &Row) -> Place {
        match (row.cells.first(), row.cells.last()) {
            (Some(first), Some(last)) => self.place_at(first.at, last.at),
            _ => Place::Nowhere,
        }
    }

    fn place_at(&self, first: (usize, usize), last: (usize, usize)) -> Place {
        match &self.origin {
            Origin::Text(file) => Place::Text(Span::new(*file, first.0, last.1)),
            Origin::Sheet(file) => {
                Place::Cell { file: file.clone(), row: first.0, column: first.1 }
            }
        }
    }

    /// Complains about characters that no keyboard gives and nobody sees.
    pub fn report_control_characters(&self, out: &mut Vec<Diagnostic>) {
        for cell in self.header.iter().chain(self.rows.iter().flat_map(|row| &row.cells)) {
            if let Some(c) = cell.text.chars().find(|c| c.is_control() && !"\n\t".contains(*c)) {
                let message = format!(
                    "в ячейке {} непечатаемый символ с кодом {:04X}",
                    quote(&cell.text),
                    u32::from(c)
                );
                out.push(
                    Diagnostic::error(codes::CONTROL_CHARACTER, self.place(cell), message)
                        .with_hint("сотрите содержимое ячейки и наберите его заново"),
                );
            }
        }
    }
}

impl Row {
    pub fn cell(&self, column: usize) -> Option<&Cell> {
        let index = self.cells.binary_search_by_key(&column, |cell| cell.column).ok()?;
        self.cells.get(index)
    }
}

/// Without blanks at the ends, those of no width included.
pub fn trim(text: &str) -> &str {
    text.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}')
    })
}
