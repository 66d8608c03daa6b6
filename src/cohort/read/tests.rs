//! Whole tables, each rule of reading with the smallest table that shows it.

mod faults;
mod files;
mod orders;
mod rules;

use std::cell::RefCell;
use std::fmt::Write as _;
use std::io::{self, Cursor, Read};

use crate::base::{Id, Number};
use crate::cohort::{Base, Duplicates, Group, Measure, Method, OutOfRange, Window};
use crate::diag::Diagnostic;

use super::{Excluded, Reading, Source, read};

/// A file in memory that gives its bytes a few at a time.
struct Memory<'b> {
    bytes: &'b [u8],
    heard: RefCell<Vec<u64>>,
}

struct Slowly(Cursor<Vec<u8>>);

impl Read for Slowly {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let few = buffer.len().min(1000);
        self.0.read(&mut buffer[..few])
    }
}

impl Source for Memory<'_> {
    fn name(&self) -> &str {
        "таблица.csv"
    }

    fn open(&self) -> io::Result<Box<dyn Read + Send>> {
        Ok(Box::new(Slowly(Cursor::new(self.bytes.to_vec()))))
    }

    fn advance(&self, taken: u64) {
        self.heard.borrow_mut().push(taken);
    }
}

fn measure(id: &str, headers: &[&str], low: i64, high: i64, is_share: bool) -> Measure {
    Measure {
        id: Id::new(id),
        title: id.to_owned(),
        headers: headers.iter().map(|header| (*header).to_owned()).collect(),
        low: Number::from_int(low),
        high: Number::from_int(high),
        is_share,
        counts: true,
    }
}

fn group(id: &str, words: &[&str], excluded: Option<&str>, lacks: &[usize]) -> Group {
    Group {
        id: Id::new(id),
        title: id.to_owned(),
        words: words.iter().map(|word| (*word).to_owned()).collect(),
        excluded: excluded.map(str::to_owned),
        lacks: lacks.to_vec(),
    }
}

/// Three indicators: `ege` (a share), `gap` (points), `km` (anything from zero).
fn method() -> Method {
    Method {
        id: Id::new("проба"),
        title: "Проба".to_owned(),
        indicators: vec![
            measure("ege", &["ЕГЭ, ёлки"], 0, 100, true),
            measure("gap", &[], -100, 100, false),
            measure("km", &["километры"], 0, 1_000_000_000, false),
        ],
        groups: vec![
            group("среднее", &["среднее", "средняя"], None, &[]),
            group("основное", &["основное", "основная"], None, &[0]),
            group("начальное", &["начальное"], Some("начальная школа"), &[]),
        ],
        headers: vec![("school_id".to_owned(), vec!["Код школы".to_owned()])],
        window: Window { length: 3, years: None, until: None },
        base: Base::All,
        by_group: true,
        out_of_range: OutOfRange::Missing,
        duplicates: Duplicates::Missing,
        suspicious: vec!["коррекцион".to_owned(), "начальная школа".to_owned()],
        unread: Vec::new(),
        domains: Vec::new(),
        criteria: Vec::new(),
    }
}

fn read_bytes(
    bytes: &[u8],
    method: &Method,
    excluded: &Excluded,
) -> Result<Reading, Vec<Diagnostic>> {
    read(&Memory { bytes, heard: RefCell::default() }, method, excluded)
}

/// The figures and the issues of a text.
fn shown(text: &str) -> (String, String) {
    shown_by(text, &method())
}

fn shown_by(text: &str, method: &Method) -> (String, String) {
    let reading = read_bytes(text.as_bytes(), method, &Excluded::new());
    let reading = reading.unwrap_or_else(|faults| panic!("{faults:?}"));
    (figures(&reading, method), issues(&reading))
}

/// `school year group: figures` of each row; `?` is a figure that is missing, `/n` how many took
/// part.
fn figures(reading: &Reading, method: &Method) -> String {
    let table = &reading.table;
    let mut shown = Vec::new();
    for (at, row) in table.rows.iter().enumerate() {
        let school = &table.schools[row.school as usize];
        let group = &method.groups[usize::from(row.group)].id;
        let mut line = format!("{} {} {group}:", school.id, row.year);
        for column in 0..table.width {
            let figure = table.number(at, column);
            let figure = figure.map_or("?".to_owned(), |number| number.to_plain());
            write!(line, " {figure}").expect("a string");
            if let Some(n) = table.participants(at, column) {
                write!(line, "/{n}").expect("a string");
            }
        }
        shown.push(line);
    }
    shown.join("\n")
}

/// `row kind column found` of each issue.
fn issues(reading: &Reading) -> String {
    let shown = reading.issues.iter().map(|issue| {
        format!("{} {} [{}] {}", issue.row, issue.kind.word(), issue.column, issue.found)
    });
    shown.collect::<Vec<_>>().join("\n")
}

const LONG: &str = "school_id,school_name,municipality,group,year,indicator,value\n";
