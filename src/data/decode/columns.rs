//! The header of a table: which column is what, and whether the form is long or wide.

use std::collections::BTreeMap;

use crate::base::{normalise, suggest};
use crate::data::codes;
use crate::diag::{Diagnostic, Place};

use super::quote::{quote, quote_all};
use super::table::{Cell, Table};

/// A column with a meaning of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    SchoolId,
    SchoolName,
    Municipality,
    Group,
    Year,
    Indicator,
    Value,
    Level,
    Class,
    Subject,
    Season,
    Count,
    Source,
    Object,
}

const NAMES: [(Field, &str, &str); 14] = [
    (Field::SchoolId, "school_id", "код_школы"),
    (Field::SchoolName, "school_name", "школа"),
    (Field::Municipality, "municipality", "муниципалитет"),
    (Field::Group, "group", "группа"),
    (Field::Year, "year", "год"),
    (Field::Indicator, "indicator", "показатель"),
    (Field::Value, "value", "значение"),
    (Field::Level, "level", "уровень"),
    (Field::Class, "class", "класс"),
    (Field::Subject, "subject", "предмет"),
    (Field::Season, "season", "сезон"),
    (Field::Count, "n", "участников"),
    (Field::Source, "source", "источник"),
    (Field::Object, "object", "объект"),
];

impl Field {
    fn of(header: &str) -> Option<Self> {
        let key =
            normalise(&header.to_lowercase()).split_whitespace().collect::<Vec<_>>().join("_");
        NAMES.iter().find(|(_, latin, russian)| key == *latin || key == *russian).map(|(f, ..)| *f)
    }

    fn names(self) -> (&'static str, &'static str) {
        NAMES.iter().find(|(field, ..)| *field == self).map_or(("", ""), |(_, a, b)| (a, b))
    }
}

/// More columns than any pack has indicators.
const MOST_COLUMNS: usize = 2000;

/// Where the fields of a table stand.
#[derive(Debug)]
pub(super) struct Columns {
    fields: Vec<(Field, usize)>,
    /// The columns of the wide form: name of the indicator, column.
    pub indicators: Vec<(String, usize)>,
    /// Every column that has a name.
    named: BTreeMap<usize, String>,
}

impl Columns {
    pub fn of(&self, field: Field) -> Option<usize> {
        self.fields.iter().find(|(known, _)| *known == field).map(|(_, column)| *column)
    }

    pub fn is_long(&self) -> bool {
        self.of(Field::Indicator).is_some()
    }

    /// How the user's own header names the column.
    pub fn name(&self, column: usize) -> Option<&str> {
        self.named.get(&column).map(String::as_str)
    }

    pub fn len(&self) -> usize {
        self.named.len()
    }
}

/// Whether a header belongs to a table of values at all: a sheet of notes does not.
pub(super) fn looks_like_values(table: &Table) -> bool {
    let fields: Vec<Field> = table.header.iter().filter_map(|cell| Field::of(&cell.text)).collect();
    fields.contains(&Field::Year) || fields.len() > 1
}

/// Reads the header; `None` where the rows cannot be read under it.
pub(super) fn resolve(table: &Table, out: &mut Vec<Diagnostic>) -> Option<Columns> {
    if let Some(refusal) = refused_as_a_whole(table) {
        out.push(refusal);
        return None;
    }
    let before = out.len();
    let mut columns =
        Columns { fields: Vec::new(), indicators: Vec::new(), named: BTreeMap::new() };
    let mut strangers = Vec::new();
    for cell in table.header.iter().filter(|cell| !cell.text.is_empty()) {
        report_repeated(table, cell, &columns, out);
        match Field::of(&cell.text) {
            Some(field) => columns.fields.push((field, cell.column)),
            None => strangers.push(cell),
        }
        columns.named.insert(cell.column, cell.text.clone());
    }
    let value = columns.of(Field::Value).is_some();
    if columns.is_long() || value {
        strangers.iter().for_each(|cell| out.push(unknown_column(table, cell)));
    } else {
        strangers.iter().for_each(|cell| out.extend(suspect_column(table, cell)));
        columns.indicators = strangers.iter().map(|c| (c.text.clone(), c.column)).collect();
    }
    report_missing(table, &columns, out);
    let refused = out.iter().skip(before).any(Diagnostic::is_error);
    (!refused).then_some(columns)
}

/// A first line that is no header at all deserves one finding, not one for each of its cells.
fn refused_as_a_whole(table: &Table) -> Option<Diagnostic> {
    if table.header.iter().all(|cell| Field::of(&cell.text).is_none()) {
        let other = foreign_separator(table);
        return Some(
            other.unwrap_or_else(|| missing_column(table, "ни одного известного имени столбца")),
        );
    }
    let cell = table.header.get(MOST_COLUMNS)?;
    let message = format!("в таблице больше {MOST_COLUMNS} столбцов");
    Some(Diagnostic::error(codes::TOO_LARGE, table.place(cell), message))
}

/// Signs that people part columns with, and that no reader of CSV expects.
const FOREIGN_SEPARATORS: [char; 4] = ['|', '/', ':', '^'];

/// A header that is one cell until it is cut at such a sign.
fn foreign_separator(table: &Table) -> Option<Diagnostic> {
    let [cell] = table.header.as_slice() else { return None };
    let is_cut = |sign: &char| {
        let names = cell.text.split(*sign);
        names.filter(|name| Field::of(name.trim()).is_some()).count() > 1
    };
    let sign = FOREIGN_SEPARATORS.into_iter().find(is_cut)?;
    let message =
        format!("столбцы разделены знаком «{sign}», а такой разделитель здесь не понимают");
    Some(
        Diagnostic::error(codes::MISSING_COLUMN, table.place(cell), message).with_hint(
            "разделяйте столбцы запятой, точкой с запятой или табуляцией; из Excel сохраняйте как «CSV UTF-8»",
        ),
    )
}

fn report_repeated(table: &Table, cell: &Cell, columns: &Columns, out: &mut Vec<Diagnostic>) {
    let field = Field::of(&cell.text);
    let twin = table.header.iter().take_while(|other| other.column < cell.column).find(|other| {
        columns.name(other.column).is_some()
            && (other.text == cell.text || (field.is_some() && Field::of(&other.text) == field))
    });
    let Some(twin) = twin else { return };
    let message = format!("столбец {} повторён", quote(&cell.text));
    let found = Diagnostic::error(codes::REPEATED_COLUMN, table.place(cell), message)
        .with_hint("оставьте один из двух столбцов");
    out.push(match table.place(twin) {
        Place::Text(span) => found.with_label(span, "первый такой столбец"),
        _ => found,
    });
}

fn unknown_column(table: &Table, cell: &Cell) -> Diagnostic {
    let message = format!("неизвестный столбец {}", quote(&cell.text));
    let found = Diagnostic::error(codes::UNKNOWN_COLUMN, table.place(cell), message);
    match nearest(&cell.text) {
        Some(name) => found.with_hint(format!("возможно, вы имели в виду {}", quote(name))),
        None => {
            let known = quote_all(NAMES.iter().map(|(_, latin, _)| *latin));
            found.with_hint(format!("уберите столбец; известны столбцы {known}"))
        }
    }
}

fn nearest(header: &str) -> Option<&'static str> {
    suggest(&header.to_lowercase(), NAMES.iter().flat_map(|(_, a, b)| [*a, *b]))
}

/// In the wide form any stranger is an indicator; a slip in a known name must not pass unseen.
fn suspect_column(table: &Table, cell: &Cell) -> Option<Diagnostic> {
    let name = nearest(&cell.text)?;
    let message = format!("столбец {} прочитан как показатель", quote(&cell.text));
    Some(
        Diagnostic::warning(codes::SUSPECT_COLUMN, table.place(cell), message)
            .with_hint(format!("если это опечатка, исправьте на {}", quote(name))),
    )
}

fn report_missing(table: &Table, columns: &Columns, out: &mut Vec<Diagnostic>) {
    let has = |field| columns.of(field).is_some();
    let mut missing = Vec::new();
    if !has(Field::SchoolId) && !has(Field::Object) && !has(Field::Level) {
        missing.push(Field::SchoolId);
    }
    if !has(Field::Year) {
        missing.push(Field::Year);
    }
    match (has(Field::Indicator), has(Field::Value)) {
        (true, false) => missing.push(Field::Value),
        (false, true) => missing.push(Field::Indicator),
        _ => {}
    }
    for field in missing {
        let (latin, russian) = field.names();
        out.push(missing_column(table, &format!("столбца {} ({})", quote(latin), quote(russian))));
    }
    if !has(Field::Indicator) && !has(Field::Value) && columns.indicators.is_empty() {
        let what = "ни столбцов «indicator» и «value», ни столбцов отдельных показателей";
        out.push(missing_column(table, what));
    }
}

fn missing_column(table: &Table, what: &str) -> Diagnostic {
    let found = quote_all(table.header.iter().map(|cell| cell.text.as_str()).take(8));
    let place = table.header.first().map_or(Place::Nowhere, |cell| table.place(cell));
    let message = format!("нет {what}; найдены: {found}");
    Diagnostic::error(codes::MISSING_COLUMN, place, message)
        .with_hint("имена столбцов стоят в первой строке таблицы")
}
