//! Bytes into typed records. Nothing here touches a disk: bytes come in, records and findings go
//! out, and every finding of a file is reported in one run.

mod calendar;
mod columns;
mod duplicates;
mod edits;
mod encoding;
mod group;
mod identification;
mod json_place;
mod json_walk;
mod observations;
mod passport;
mod passport_sums;
mod project;
mod quote;
mod table;
mod table_csv;
mod table_xlsx;
mod toml_syntax;
mod toml_walk;
mod value;
mod year;

#[cfg(test)]
mod cases;
#[cfg(test)]
pub(crate) mod workbooks;

use crate::data::identification::Identification;
use crate::data::{Observation, Project, codes};
use crate::diag::{Diagnostic, Place, SourceMap};

pub use duplicates::report_between_files;
pub use encoding::{Undecodable, decode_text};
pub use table::trim;
pub use table_xlsx::{Fault as CellFault, shows_percent, text_of as cell_text};
pub use year::{BadYear, parse_year};

/// Reads a project file. `name` is the file as the user names it. A project with errors in `out` is
/// good for finding more of them and for nothing else; `None` where even that is not possible.
pub fn read_project(
    name: &str,
    bytes: &[u8],
    sources: &mut SourceMap,
    out: &mut Vec<Diagnostic>,
) -> Option<Project> {
    let text = text_of(name, bytes, out)?;
    let file = sources.add(name, text);
    let text = sources.get(file).map_or("", |source| source.text.as_str());
    project::read(name, file, text, out)
}

/// Reads what `pko identify` wrote; `None` where anything in it was refused.
pub fn read_identification(
    name: &str,
    bytes: &[u8],
    sources: &mut SourceMap,
    out: &mut Vec<Diagnostic>,
) -> Option<Identification> {
    let text = text_of(name, bytes, out)?;
    let file = sources.add(name, text);
    let text = sources.get(file).map_or("", |source| source.text.as_str());
    identification::read(name, file, text, out)
}

/// Reads a file of values, CSV or XLSX by its content. Strict callers stop at any error in `out`;
/// tolerant ones may use the result all the same: rows without a readable key are left out, an
/// unreadable value is [`crate::data::Reading::Missing`], repeated values are all there.
pub fn read_observations(
    name: &str,
    bytes: &[u8],
    default_source: &str,
    sources: &mut SourceMap,
    out: &mut Vec<Diagnostic>,
) -> Vec<Observation> {
    let observations = match format_of(name, bytes) {
        Format::Workbook => read_workbook(name, bytes, default_source, out),
        Format::Text => read_text(name, bytes, default_source, sources, out),
        Format::Foreign(what) => {
            let message = format!("{what}, а нужна таблица CSV или XLSX");
            let place = Place::File(name.to_owned());
            out.push(
                Diagnostic::error(codes::FOREIGN_FORMAT, place, message)
                    .with_hint("сохраните таблицу как «Книга Excel (.xlsx)» или «CSV UTF-8»"),
            );
            Vec::new()
        }
    };
    duplicates::report_in_file(&observations, sources, out);
    observations
}

enum Format {
    Workbook,
    Text,
    Foreign(&'static str),
}

/// The content decides; the extension only where the content says nothing.
fn format_of(name: &str, bytes: &[u8]) -> Format {
    let extension = name.rsplit_once('.').map(|(_, end)| end.to_lowercase()).unwrap_or_default();
    match bytes {
        [b'P', b'K', 3, 4, ..] if extension == "ods" => Format::Foreign("это таблица ODS"),
        [b'P', b'K', 3, 4, ..] => Format::Workbook,
        // An encrypted XLSX wears the same shell as the old XLS.
        [0xD0, 0xCF, 0x11, 0xE0, ..] if extension == "xlsx" => Format::Workbook,
        [0xD0, 0xCF, 0x11, 0xE0, ..] => Format::Foreign("это книга старого формата XLS"),
        [] => Format::Text,
        _ if extension == "xlsx" => Format::Workbook,
        _ => Format::Text,
    }
}

fn read_workbook(
    name: &str,
    bytes: &[u8],
    default_source: &str,
    out: &mut Vec<Diagnostic>,
) -> Vec<Observation> {
    let before = out.len();
    let tables = table_xlsx::read(name, bytes, out);
    if tables.is_empty() && out.len() == before {
        out.push(empty_file(name, "в книге нет ни одной заполненной ячейки"));
    }
    let mut observations = Vec::new();
    for (index, table) in tables.iter().enumerate() {
        // Notes and lists of codes live on the further sheets of real workbooks.
        if index == 0 || columns::looks_like_values(table) {
            observations.extend(observations::read(table, default_source, out));
        } else if let Some(cell) = table.header.first() {
            let message = "лист не похож на таблицу значений и не прочитан";
            out.push(
                Diagnostic::warning(codes::SKIPPED_SHEET, table.place(cell), message)
                    .with_hint("если на листе значения, назовите столбцы в его первой строке"),
            );
        }
    }
    observations
}

fn read_text(
    name: &str,
    bytes: &[u8],
    default_source: &str,
    sources: &mut SourceMap,
    out: &mut Vec<Diagnostic>,
) -> Vec<Observation> {
    let Some(text) = text_of(name, bytes, out) else { return Vec::new() };
    let file = sources.add(name, text);
    let text = sources.get(file).map_or("", |source| source.text.as_str());
    match table_csv::read(file, text, out) {
        Some(table) => observations::read(&table, default_source, out),
        None => {
            out.push(empty_file(name, "в файле нет ни одной заполненной ячейки"));
            Vec::new()
        }
    }
}

/// The text of a file, unless it is none or empty.
fn text_of(name: &str, bytes: &[u8], out: &mut Vec<Diagnostic>) -> Option<String> {
    match decode_text(bytes) {
        Ok(text) if table::trim(&text).is_empty() => {
            out.push(empty_file(name, "файл пуст"));
            None
        }
        Ok(text) => Some(text),
        Err(undecodable) => {
            let place = Place::File(name.to_owned());
            out.push(
                Diagnostic::error(codes::UNREADABLE_TEXT, place, undecodable.message)
                    .with_hint(undecodable.hint),
            );
            None
        }
    }
}

fn empty_file(name: &str, message: &str) -> Diagnostic {
    Diagnostic::error(codes::EMPTY_FILE, Place::File(name.to_owned()), message)
        .with_hint("проверьте, тот ли файл назван и сохранён ли он")
}
