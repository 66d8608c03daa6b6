//! A workbook: its first sheet with data, row by row.

use std::collections::BTreeSet;
use std::io::Cursor;
use std::ops::Range;

use calamine::{Reader as _, Xlsx, XlsxError};

use crate::cohort::{Method, codes};
use crate::data::{CellFault, cell_text, shows_percent, trim};
use crate::diag::{Diagnostic, Place};

use super::filling::Filling;
use super::finish::finish;
use super::issues::{Column, IssueKind};
use super::layout::{Form, Layout};
use super::records::Record;
use super::{Excluded, Reading, empty};

type Book<'b> = Xlsx<Cursor<&'b [u8]>>;

/// Formulas without a value are looked for among so many; a sheet with more is not looked through.
const MOST_FORMULAS: usize = 2_000_000;

pub(super) fn read(
    name: &str,
    bytes: &[u8],
    method: &Method,
    excluded: &Excluded,
) -> Result<Reading, Vec<Diagnostic>> {
    let broken = |error: XlsxError| vec![broken_book(name, &error)];
    let mut book: Book<'_> = Xlsx::new(Cursor::new(bytes)).map_err(broken)?;
    let mut sheets: Vec<String> = Vec::new();
    for sheet in book.sheet_names() {
        if has_data(&mut book, &sheet).map_err(broken)? {
            sheets.push(sheet);
        }
    }
    let Some((sheet, others)) = sheets.split_first() else { return Err(vec![empty(name)]) };
    let formulas = formula_positions(&mut book, sheet).map_err(broken)?;
    let mut rows = SheetRows { name, method, formulas, filling: None };
    rows.read(&mut book, sheet)?;
    let Some(mut filling) = rows.filling else { return Err(vec![empty(name)]) };
    for other in others {
        filling.issues.add(IssueKind::SkippedSheet, 0, Column::NONE, other);
    }
    Ok(finish(filling, excluded))
}

fn broken_book(name: &str, error: &XlsxError) -> Diagnostic {
    let place = Place::File(name.to_owned());
    if matches!(error, XlsxError::Password) {
        return Diagnostic::error(codes::UNREADABLE, place, "книга XLSX закрыта паролем")
            .with_hint("снимите пароль и сохраните книгу заново");
    }
    let message = format!("книга XLSX не читается (подробность: «{error}»)");
    Diagnostic::error(codes::UNREADABLE, place, message)
        .with_hint("откройте файл в Excel или LibreOffice и сохраните как «Книга Excel (.xlsx)»")
}

/// Whether any cell of a sheet says anything; sheets of charts do not.
fn has_data(book: &mut Book<'_>, sheet: &str) -> Result<bool, XlsxError> {
    let mut reader = match book.worksheet_cells_reader(sheet) {
        Ok(reader) => reader,
        Err(XlsxError::NotAWorksheet(_)) => return Ok(false),
        Err(error) => return Err(error),
    };
    while let Some(cell) = reader.next_cell()? {
        if cell_text(cell.get_value(), false) != Ok(String::new()) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// A formula whose value the file does not hold would pass for an empty cell.
fn formula_positions(book: &mut Book<'_>, sheet: &str) -> Result<BTreeSet<(u32, u32)>, XlsxError> {
    let mut reader = book.worksheet_cells_reader(sheet)?;
    let mut positions = BTreeSet::new();
    while let Some(cell) = reader.next_formula()? {
        if !cell.get_value().is_empty() {
            positions.insert(cell.get_position());
        }
        if positions.len() > MOST_FORMULAS {
            break;
        }
    }
    Ok(positions)
}

/// The rows of a sheet on their way into a table.
struct SheetRows<'m> {
    name: &'m str,
    method: &'m Method,
    formulas: BTreeSet<(u32, u32)>,
    /// None until the header is read.
    filling: Option<Filling<'m>>,
}

/// The texts of one row, one after the other, and where each column's lies.
#[derive(Default)]
struct RowTexts {
    /// Counted from zero.
    row: u32,
    bytes: Vec<u8>,
    fields: Vec<Range<usize>>,
    /// Columns with a formula that has no value.
    not_computed: Vec<usize>,
}

impl SheetRows<'_> {
    fn read(&mut self, book: &mut Book<'_>, sheet: &str) -> Result<(), Vec<Diagnostic>> {
        let name = self.name;
        let broken = |error: XlsxError| vec![broken_book(name, &error)];
        let mut reader = book.worksheet_cells_reader(sheet).map_err(broken)?;
        let percent: Vec<bool> = reader.styles().iter().map(shows_percent).collect();
        let mut texts = RowTexts::default();
        while let Some((cell, style)) = reader.next_cell_with_style_id().map_err(broken)? {
            let (row, column) = cell.get_position();
            if row != texts.row {
                self.take(&texts)?;
                texts.begin(row);
            }
            let shown_as_percent = percent.get(style).copied().unwrap_or(false);
            let text = cell_text(cell.get_value(), shown_as_percent).unwrap_or_else(words);
            if text.is_empty() && self.formulas.contains(&(row, column)) {
                texts.not_computed.push(column as usize);
            }
            texts.add(column as usize, &text);
        }
        self.take(&texts)
    }

    fn take(&mut self, texts: &RowTexts) -> Result<(), Vec<Diagnostic>> {
        let row = texts.row + 1;
        match &mut self.filling {
            Some(filling) => {
                for column in &texts.not_computed {
                    filling.issues.add(IssueKind::NoFormulaValue, row, Column::new(*column), "");
                }
                filling.add(&Record::new(row, &texts.bytes, &texts.fields));
            }
            None if texts.bytes.is_empty() => {}
            None => self.filling = Some(self.header(texts)?),
        }
        Ok(())
    }
}

impl<'m> SheetRows<'m> {
    fn header(&self, texts: &RowTexts) -> Result<Filling<'m>, Vec<Diagnostic>> {
        let row = texts.row + 1;
        let layout = Layout::read(texts.headers(), self.name, row, self.method)?;
        if matches!(layout.form, Form::Long { .. }) {
            return Err(vec![long_workbook(self.name)]);
        }
        Ok(Filling::new(self.method, layout, row))
    }
}

fn long_workbook(name: &str) -> Diagnostic {
    let message = "в книге XLSX таблица в длинной форме: столбцы «indicator» и «value»";
    Diagnostic::error(codes::LONG_WORKBOOK, Place::File(name.to_owned()), message).with_hint(
        "сохраните лист как «CSV UTF-8» или дайте каждому показателю свой столбец, а школе и году \
         — одну строку",
    )
}

/// What stands in a cell that holds no value.
fn words(fault: CellFault) -> String {
    match fault {
        CellFault::Formula(error) => error,
        CellFault::NotComputed => String::new(),
        CellFault::Date => "дата".to_owned(),
    }
}

impl RowTexts {
    fn begin(&mut self, row: u32) {
        self.row = row;
        self.bytes.clear();
        self.fields.clear();
        self.not_computed.clear();
    }

    fn add(&mut self, column: usize, text: &str) {
        if text.is_empty() {
            return;
        }
        let start = self.bytes.len();
        self.bytes.extend_from_slice(text.as_bytes());
        if self.fields.len() <= column {
            self.fields.resize(column + 1, 0..0);
        }
        if let Some(field) = self.fields.get_mut(column) {
            *field = start..self.bytes.len();
        }
    }

    fn headers(&self) -> Vec<String> {
        let record = Record::new(self.row + 1, &self.bytes, &self.fields);
        record.fields_from(0).map(|it| trim(&String::from_utf8_lossy(it)).to_owned()).collect()
    }
}
