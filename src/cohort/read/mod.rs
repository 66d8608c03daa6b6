//! The tolerant reader of tables of figures: a bad cell is missing, counted and listed, and only what
//! makes the whole unreadable stops it.
//!
//! `text` decodes in a thread of its own → `records` cuts → `layout` tells the columns → `filling`
//! reads row by row into `schools` and `cells` → `finish` puts the table in order. `sheet` brings
//! the rows of a workbook to `filling`. The bytes of a text are never in memory as a whole.

mod cells;
mod excluded;
mod filling;
mod finish;
mod issues;
mod layout;
mod number;
mod records;
mod schools;
mod sheet;
mod text;
mod words;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::io::{self, Read};
use std::sync::mpsc::sync_channel;
use std::thread;

use crate::data::trim;
use crate::diag::{Diagnostic, Place};

use self::filling::Filling;
use self::finish::finish;
use self::layout::Layout;
use self::records::Records;
use self::text::{Fault, Guess, send_chunks};

use super::{Method, Table, codes};

pub use self::excluded::read_excluded;
pub use self::issues::{Issue, IssueKind, Issues};

/// Schools that take no part, with the reason of each.
pub type Excluded = BTreeMap<String, String>;

/// A file with a table.
pub trait Source {
    /// As the user names it.
    fn name(&self) -> &str;

    /// Its bytes from the beginning; called twice where the encoding is not what it seems.
    fn open(&self) -> io::Result<Box<dyn Read + Send>>;

    /// Hears how many bytes are read so far; begins anew with the second reading.
    fn advance(&self, taken: u64);
}

/// A table, and what was wrong in it.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    pub table: Table,
    pub issues: Issues,
}

/// Reads a table of identification: CSV in the long or the wide form, XLSX in the wide one. `Err` is
/// what keeps it from being read at all.
pub fn read(
    source: &dyn Source,
    method: &Method,
    excluded: &Excluded,
) -> Result<Reading, Vec<Diagnostic>> {
    if let Some(bytes) = workbook(source)? {
        source.advance(bytes.len() as u64);
        return sheet::read(source.name(), &bytes, method, excluded);
    }
    match read_text(source, method, excluded, Guess::ByMark) {
        Err(Stop::Fault { fault: Fault::NotUtf8, .. }) => {
            read_text(source, method, excluded, Guess::Windows1251)
        }
        other => other,
    }
    .map_err(|stop| stop.findings(source.name()))
}

/// Why a text is not read.
enum Stop {
    Fault { fault: Fault, row: u32 },
    Findings(Vec<Diagnostic>),
}

/// The bytes of a workbook, which cannot be read piece by piece; `None` of any other file.
fn workbook(source: &dyn Source) -> Result<Option<Vec<u8>>, Vec<Diagnostic>> {
    const MARK: &[u8] = b"PK\x03\x04";
    let bytes = source.open().and_then(|mut file| {
        let mut bytes = Vec::new();
        file.by_ref().take(MARK.len() as u64).read_to_end(&mut bytes)?;
        if bytes != MARK {
            return Ok(None);
        }
        file.read_to_end(&mut bytes)?;
        Ok(Some(bytes))
    });
    bytes.map_err(|error| refused(&error).findings(source.name()))
}

fn refused(error: &io::Error) -> Stop {
    Stop::Fault { fault: Fault::Io(error.to_string()), row: 0 }
}

fn read_text(
    source: &dyn Source,
    method: &Method,
    excluded: &Excluded,
    guess: Guess,
) -> Result<Reading, Stop> {
    /// Chunks that may wait for the reader.
    const WAITING: usize = 4;
    let file = source.open().map_err(|error| refused(&error))?;
    thread::scope(|scope| {
        let (sender, receiver) = sync_channel(WAITING);
        thread::Builder::new()
            .spawn_scoped(scope, move || send_chunks(file, guess, &sender))
            .map_err(|error| refused(&error))?;
        let listener = |taken| source.advance(taken);
        let mut records = Records::new(receiver, &listener);
        let filling = fill(&mut records, source.name(), method)?;
        Ok(finish(filling, excluded))
    })
}

fn fill<'m>(
    records: &mut Records<'_>,
    name: &str,
    method: &'m Method,
) -> Result<Filling<'m>, Stop> {
    let Some((header_row, headers)) = header(records)? else {
        return Err(Stop::Findings(vec![empty(name)]));
    };
    let layout = Layout::read(headers, name, header_row, method).map_err(Stop::Findings)?;
    records.set_lead(layout.n_lead_fields());
    let mut filling = Filling::new(method, layout, header_row);
    while let Some(record) = next(records)? {
        if !filling.add(&record) {
            records.forget_lead();
        }
    }
    Ok(filling)
}

/// The first row that holds anything; blank headers at its end are none.
fn header(records: &mut Records<'_>) -> Result<Option<(u32, Vec<String>)>, Stop> {
    records.sniff().map_err(|fault| Stop::Fault { fault, row: 1 })?;
    while let Some(record) = next(records)? {
        let mut headers: Vec<String> = record
            .fields_from(0)
            .map(|field| trim(&String::from_utf8_lossy(field)).to_owned())
            .collect();
        while headers.pop_if(|header| header.is_empty()).is_some() {}
        if !headers.is_empty() {
            return Ok(Some((record.row, headers)));
        }
    }
    Ok(None)
}

fn next<'r>(records: &'r mut Records<'_>) -> Result<Option<records::Record<'r>>, Stop> {
    // The row is asked for beforehand: a record borrows the reader.
    let row = records.row() + 1;
    records.next().map_err(|fault| Stop::Fault { fault, row })
}

fn empty(name: &str) -> Diagnostic {
    let message = "файл пуст: в нём нет даже заголовка";
    Diagnostic::error(codes::EMPTY, Place::File(name.to_owned()), message)
        .with_hint("проверьте, тот ли файл указан и сохранены ли в нём данные")
}

const SAVE_AGAIN: &str = "сохраните файл в кодировке UTF-8 (в Excel: «CSV UTF-8»)";

impl Stop {
    fn findings(self, name: &str) -> Vec<Diagnostic> {
        let (fault, row) = match self {
            Self::Findings(findings) => return findings,
            Self::Fault { fault, row } => (fault, row),
        };
        let whole = Place::File(name.to_owned());
        let cell = Place::Cell { file: name.to_owned(), row: row as usize, column: 1 };
        let error = |place, message| Diagnostic::error(codes::UNREADABLE, place, message);
        vec![match fault {
            Fault::Io(detail) => {
                error(whole, format!("файл не читается (подробность: «{detail}»)"))
                    .with_hint("проверьте, есть ли файл и можно ли его открыть")
            }
            Fault::Binary(message) => error(whole, message).with_hint(SAVE_AGAIN),
            Fault::Damaged(encoding) => {
                let message = format!("текст {encoding} повреждён около строки {row}");
                error(cell, message).with_hint(SAVE_AGAIN)
            }
            Fault::NotUtf8 => {
                error(whole, "кодировка файла неизвестна".to_owned()).with_hint(SAVE_AGAIN)
            }
            Fault::OpenQuote => {
                let message = "кавычка открыта и не закрыта: остаток файла стал одной ячейкой";
                Diagnostic::error(codes::OPEN_QUOTE, cell, message)
                    .with_hint("закройте кавычку; кавычку внутри ячейки удваивают: \"\"")
            }
        }]
    }
}
