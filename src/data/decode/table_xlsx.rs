//! The sheets of a workbook into tables.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;

use calamine::{DataRef, Reader, Style, Xlsx, XlsxError};

use crate::base::Number;
use crate::data::codes;
use crate::diag::{Diagnostic, Place};

use super::quote::quote;
use super::table::{Cell, Origin, Row, Table, trim};

type Book<'b> = Xlsx<Cursor<&'b [u8]>>;

/// More filled cells than any region has figures; what is larger was not made by people.
const MOST_CELLS: usize = 3_000_000;

/// Reads every sheet that holds anything; a table's file name names the sheet too where there are
/// several.
pub(super) fn read(name: &str, bytes: &[u8], out: &mut Vec<Diagnostic>) -> Vec<Table> {
    let mut book: Book = match Xlsx::new(Cursor::new(bytes)) {
        Ok(book) => book,
        Err(error) => {
            out.push(broken_book(name, &error));
            return Vec::new();
        }
    };
    let sheets = book.sheet_names();
    let mut tables = Vec::new();
    for sheet in &sheets {
        let file = match sheets.len() {
            1 => name.to_owned(),
            _ => format!("{name}, лист {}", quote(sheet)),
        };
        match read_sheet(&mut book, sheet, file, out) {
            Ok(table) => tables.extend(table),
            Err(XlsxError::NotAWorksheet(_)) => {}
            Err(error) => out.push(broken_book(name, &error)),
        }
    }
    tables
}

fn broken_book(name: &str, error: &XlsxError) -> Diagnostic {
    if matches!(error, XlsxError::Password) {
        let message = "книга XLSX закрыта паролем";
        return Diagnostic::error(codes::BROKEN_WORKBOOK, Place::File(name.to_owned()), message)
            .with_hint("снимите пароль и сохраните книгу заново");
    }
    let detail = quote(&error.to_string());
    let message = format!("книга XLSX не читается (подробность: {detail})");
    Diagnostic::error(codes::BROKEN_WORKBOOK, Place::File(name.to_owned()), message)
        .with_hint("откройте файл в Excel или LibreOffice и сохраните как «Книга Excel (.xlsx)»")
}

fn read_sheet(
    book: &mut Book,
    sheet: &str,
    file: String,
    out: &mut Vec<Diagnostic>,
) -> Result<Option<Table>, XlsxError> {
    let formulas = formula_positions(book, sheet)?;
    let mut cells = BTreeMap::new();
    let mut reader = book.worksheet_cells_reader(sheet)?;
    let percent: Vec<bool> = reader.styles().iter().map(shows_percent).collect();
    while let Some((cell, style)) = reader.next_cell_with_style_id()? {
        let position = cell.get_position();
        let shown_as_percent = percent.get(style).copied().unwrap_or(false);
        let read = match text_of(cell.get_value(), shown_as_percent) {
            Err(fault) => Err(fault),
            Ok(text) if text.is_empty() && formulas.contains(&position) => Err(Fault::NotComputed),
            Ok(text) => Ok(text),
        };
        if read != Ok(String::new()) {
            cells.insert(position, read);
        }
        if cells.len() > MOST_CELLS {
            out.push(too_large(file));
            return Ok(None);
        }
    }
    let rows = rows_of(cells, &file, out);
    Ok(table_of(rows, file))
}

/// A formula whose value the file does not hold would pass for an empty cell.
fn formula_positions(book: &mut Book, sheet: &str) -> Result<BTreeSet<(u32, u32)>, XlsxError> {
    let mut reader = book.worksheet_cells_reader(sheet)?;
    let mut positions = BTreeSet::new();
    while let Some(cell) = reader.next_formula()? {
        if !cell.get_value().is_empty() {
            positions.insert(cell.get_position());
        }
        if positions.len() > MOST_CELLS {
            break;
        }
    }
    Ok(positions)
}

fn too_large(file: String) -> Diagnostic {
    let message = format!("в таблице больше {MOST_CELLS} заполненных ячеек");
    Diagnostic::error(codes::TOO_LARGE, Place::File(file), message)
        .with_hint("разделите данные на несколько файлов")
}

/// What keeps a cell from being read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The formula gave this error.
    Formula(String),
    /// The file holds no value of the formula.
    NotComputed,
    Date,
}

/// What a cell says, as its column would say it in a text: figures with the digits that Excel shows,
/// «50%» where it shows per cent.
pub fn text_of(value: &DataRef, shown_as_percent: bool) -> Result<String, Fault> {
    Ok(match value {
        DataRef::Empty => String::new(),
        DataRef::String(text) => trim(text).to_owned(),
        DataRef::SharedString(text) => trim(text).to_owned(),
        DataRef::Bool(value) => if *value { "да" } else { "нет" }.to_owned(),
        DataRef::Int(value) => figure(&value.to_string(), shown_as_percent),
        DataRef::Float(value) => figure(&decimal(*value), shown_as_percent),
        DataRef::DateTime(_) | DataRef::DateTimeIso(_) | DataRef::DurationIso(_) => {
            return Err(Fault::Date);
        }
        DataRef::Error(error) => return Err(Fault::Formula(error.to_string())),
    })
}

/// The fifteen digits that Excel itself keeps and shows, written out.
fn decimal(value: f64) -> String {
    let rounded: f64 = format!("{value:.14e}").parse().unwrap_or(value);
    format!("{rounded}")
}

/// A cell that shows «50 %» holds 0.5.
fn figure(plain: &str, shown_as_percent: bool) -> String {
    if !shown_as_percent {
        return plain.to_owned();
    }
    match Number::parse(plain) {
        Ok(number) => format!("{}%", (&number * &Number::from_int(100)).to_plain()),
        Err(_) => plain.to_owned(),
    }
}

/// A percent sign in a number format outside quotes and not escaped.
pub fn shows_percent(style: &Style) -> bool {
    let code = style.number_format.as_ref().map_or("", |format| format.format_code.as_str());
    let (mut quoted, mut escaped) = (false, false);
    for c in code.chars() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => quoted = !quoted,
            '%' if !quoted => return true,
            _ => {}
        }
    }
    false
}

fn rows_of(
    cells: BTreeMap<(u32, u32), Result<String, Fault>>,
    file: &str,
    out: &mut Vec<Diagnostic>,
) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for ((row, column), read) in cells {
        let at = (row as usize + 1, column as usize + 1);
        let reported = read.is_err();
        let text = read.unwrap_or_else(|fault| {
            out.push(fault_of_cell(fault, file, at));
            String::new()
        });
        let cell = Cell { column: column as usize, text, at, reported };
        match rows.last_mut().filter(|last| last.number == at.0) {
            Some(last) => last.cells.push(cell),
            None => rows.push(Row { number: at.0, cells: vec![cell] }),
        }
    }
    rows
}

fn fault_of_cell(fault: Fault, file: &str, at: (usize, usize)) -> Diagnostic {
    let (row, column) = at;
    let place = Place::Cell { file: file.to_owned(), row, column };
    let cell = format!("ячейка {}{row}", letters(column));
    match fault {
        Fault::Formula(found) => {
            let message = format!("{cell}: формула дала ошибку {}", quote(&found));
            Diagnostic::error(codes::FORMULA_ERROR, place, message)
                .with_hint("исправьте формулу или впишите значение")
        }
        Fault::NotComputed => {
            let message = format!("{cell}: у формулы нет сохранённого значения");
            Diagnostic::error(codes::FORMULA_ERROR, place, message)
                .with_hint("откройте книгу в Excel, дождитесь пересчёта и сохраните её")
        }
        Fault::Date => {
            let message = format!("{cell}: здесь дата, а нужно число или текст");
            Diagnostic::error(codes::DATE_CELL, place, message).with_hint(
                "задайте ячейке числовой или текстовый формат и наберите значение заново",
            )
        }
    }
}

/// The letters that a spreadsheet shows above a column.
fn letters(column: usize) -> String {
    let mut rest = column;
    let mut reversed = Vec::new();
    while rest > 0 {
        let digit = ((rest - 1) % 26) as u8;
        reversed.push(char::from(b'A' + digit));
        rest = (rest - 1) / 26;
    }
    reversed.into_iter().rev().collect()
}

fn table_of(rows: Vec<Row>, file: String) -> Option<Table> {
    let mut rows = rows.into_iter();
    let header = rows.next()?.cells;
    Some(Table { origin: Origin::Sheet(file), header, rows: rows.collect() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_those_that_excel_shows() {
        assert_eq!(decimal(0.1 + 0.2), "0.3");
        assert_eq!(decimal(2020.0), "2020");
        assert_eq!(figure(&decimal(0.145), true), "14.5%");
        assert_eq!(figure(&decimal(1e300), true).len(), 301);
    }

    #[test]
    fn columns_have_letters() {
        assert_eq!([1, 26, 27, 703].map(letters), ["A", "Z", "AA", "AAA"]);
    }
}
