//! The neutral table into observations.

use crate::base::{Level, Number, suggest};
use crate::data::{Observation, Reading, codes};
use crate::diag::{Code, Diagnostic, Place};

use super::columns::{self, Columns, Field};
use super::group::parse_group;
use super::quote::{quote, quote_all};
use super::table::{Cell, Row, Table};
use super::value::parse_value;
use super::year::{BadYear, parse_year};

/// Reads every row that can be read; what a cell does not say is reported and, where the rest of
/// its row stands, counts as [`Reading::Missing`].
pub(super) fn read(
    table: &Table,
    default_source: &str,
    out: &mut Vec<Diagnostic>,
) -> Vec<Observation> {
    table.report_control_characters(out);
    let Some(columns) = columns::resolve(table, out) else { return Vec::new() };
    if table.rows.is_empty() {
        let place = table.header.first().map_or(Place::Nowhere, |cell| table.place(cell));
        let message = "в таблице есть заголовок и нет ни одной строки с данными";
        out.push(Diagnostic::warning(codes::NO_ROWS, place, message));
    }
    let mut observations = Vec::new();
    for row in &table.rows {
        RowReader { table, columns: &columns, row, default_source, out }.read(&mut observations);
    }
    observations
}

/// What all figures of one row share.
struct Common {
    level: Level,
    object_id: String,
    object_name: String,
    municipality: String,
    group: String,
    year: i32,
    year_place: Place,
    class: String,
    subject: String,
    season: String,
    count: Option<u64>,
    source: String,
}

/// An indicator of a row, where it is named, and the column of its value.
struct Named {
    indicator: String,
    place: Place,
    column: usize,
}

struct Places {
    value: Place,
    indicator: Place,
}

struct RowReader<'a> {
    table: &'a Table,
    columns: &'a Columns,
    row: &'a Row,
    default_source: &'a str,
    out: &'a mut Vec<Diagnostic>,
}

impl<'a> RowReader<'a> {
    fn read(mut self, observations: &mut Vec<Observation>) {
        if !self.has_fitting_length() {
            return;
        }
        let (common, indicators) = (self.common(), self.indicators());
        let Some(common) = common else { return };
        for Named { indicator, place: indicator_place, column } in indicators {
            let (reading, place) = self.reading(column, &indicator);
            let places = Places { value: place, indicator: indicator_place };
            observations.push(common.observation(indicator, reading, places));
        }
    }

    /// A cell without a header is most often half of a figure with an unquoted decimal comma.
    fn has_fitting_length(&mut self) -> bool {
        let row = self.row;
        let is_text = matches!(self.table.origin, super::table::Origin::Text(_));
        // What follows a cell that swallowed its neighbours stands under the wrong heads.
        if is_text && row.cells.iter().rev().skip(1).any(|cell| cell.reported) {
            return false;
        }
        let stray =
            row.cells.iter().find(|c| !c.text.is_empty() && self.columns.name(c.column).is_none());
        if let Some(cell) = stray {
            let message = format!("над ячейкой {} нет имени столбца", quote(&cell.text));
            let place = self.table.place(cell);
            let hint = "значение с запятой берут в кавычки: \"12,5\", лишние ячейки убирают";
            self.report(codes::ROW_LENGTH, place, message, hint);
            return false;
        }
        let needed = [Field::Year, Field::Indicator, Field::Value];
        let last = needed.iter().filter_map(|field| self.columns.of(*field)).max().unwrap_or(0);
        if is_text && row.cells.len() <= last {
            let (found, all) = (row.cells.len(), self.columns.len());
            let message = format!("ячеек {found}, а столбцов {all}");
            let hint = "дополните строку или проверьте разделители и кавычки";
            self.report(codes::ROW_LENGTH, self.table.row_place(row), message, hint);
            return false;
        }
        true
    }

    fn common(&mut self) -> Option<Common> {
        let level = self.level();
        let object_id = level.and_then(|level| self.object_id(level));
        let group = self.group();
        let year = self.year();
        let count = self.count();
        let source = self.text(Field::Source);
        let source = if source.is_empty() { self.default_source } else { source }.to_owned();
        Some(Common {
            level: level?,
            object_id: object_id?,
            object_name: self.text(Field::SchoolName).to_owned(),
            municipality: self.text(Field::Municipality).to_owned(),
            group: group?,
            year: year?,
            year_place: self.place_of(Field::Year),
            class: self.text(Field::Class).to_owned(),
            subject: self.text(Field::Subject).to_owned(),
            season: self.text(Field::Season).to_owned(),
            count: count?,
            source,
        })
    }

    /// A file without the column, and an empty cell, speak of a school.
    fn level(&mut self) -> Option<Level> {
        let cell = self.filled(Field::Level);
        let Some(cell) = cell else { return Some(Level::School) };
        let word = cell.text.to_lowercase();
        let level = Level::from_word(&word);
        if level.is_none() {
            let known = Level::ALL.map(Level::nominative);
            let message = format!("{} — неизвестный уровень", quote(&cell.text));
            let hint = suggestion_or_list(&word, &known);
            self.report_cell(codes::UNKNOWN_LEVEL, cell, message, hint);
        }
        level
    }

    /// A school must be named; a municipality goes by its own column unless `object` names it.
    fn object_id(&mut self, level: Level) -> Option<String> {
        let fields = match level {
            Level::School => [Field::SchoolId, Field::Object].as_slice(),
            Level::Municipality => &[Field::Object, Field::Municipality],
            Level::Region | Level::Federation | Level::Unstated => &[Field::Object],
        };
        let named = fields.iter().map(|field| self.text(*field)).find(|text| !text.is_empty());
        if let Some(id) = named {
            return Some(id.to_owned());
        }
        if level != Level::School {
            return Some(String::new());
        }
        let hint =
            "впишите код школы; у значений муниципалитета и региона заполняют столбец «level»";
        self.report_empty(Field::SchoolId, "код школы", hint);
        None
    }

    fn group(&mut self) -> Option<String> {
        let Some(cell) = self.filled(Field::Group) else { return Some(String::new()) };
        let group = parse_group(&cell.text);
        if group.is_none() {
            let message = format!("{} — неизвестная группа школ", quote(&cell.text));
            let hint = "группы: среднее, основное, вечернее (открытое, сменное), начальное";
            self.report_cell(codes::UNKNOWN_GROUP, cell, message, hint.to_owned());
        }
        group.map(str::to_owned)
    }

    fn year(&mut self) -> Option<i32> {
        let Some(cell) = self.filled(Field::Year) else {
            self.report_empty(Field::Year, "год", BadYear::HINT);
            return None;
        };
        match parse_year(&cell.text) {
            Ok(year) => Some(year),
            Err(bad) => {
                let message = format!("{} — {}", quote(&cell.text), bad.message());
                self.report_cell(codes::BAD_YEAR, cell, message, BadYear::HINT.to_owned());
                None
            }
        }
    }

    /// `Some(None)` where nobody says how many took part; a bad number does not cost the figure.
    fn count(&mut self) -> Option<Option<u64>> {
        let Some(cell) = self.filled(Field::Count) else { return Some(None) };
        if matches!(parse_value(&cell.text), Ok(Reading::Missing)) {
            return Some(None);
        }
        let count = Number::parse(&cell.text).ok().filter(Number::is_integer);
        let count = count.and_then(|number| u64::try_from(number.floor()?).ok());
        if count.is_none() {
            let message = format!("{} — не целое неотрицательное число", quote(&cell.text));
            let hint = "здесь пишут, сколько человек участвовало: «25»";
            self.report_cell(codes::BAD_COUNT, cell, message, hint.to_owned());
        }
        Some(count)
    }

    /// Each figure of the row.
    fn indicators(&mut self) -> Vec<Named> {
        let table = self.table;
        let Some(column) = self.columns.of(Field::Value) else {
            let head = |column: usize| table.header.iter().find(|cell| cell.column == column);
            let named = |(indicator, column): &(String, usize)| Named {
                indicator: indicator.clone(),
                place: head(*column).map_or(Place::Nowhere, |cell| table.place(cell)),
                column: *column,
            };
            return self.columns.indicators.iter().map(named).collect();
        };
        match self.filled(Field::Indicator) {
            Some(cell) => {
                let (indicator, place) = (cell.text.clone(), table.place(cell));
                vec![Named { indicator, place, column }]
            }
            None => {
                self.report_empty(Field::Indicator, "показатель", "впишите имя показателя");
                Vec::new()
            }
        }
    }

    fn reading(&mut self, column: usize, indicator: &str) -> (Reading, Place) {
        let Some(cell) = self.row.cell(column) else {
            return (Reading::Missing, self.table.row_place(self.row));
        };
        let place = self.table.place(cell);
        let reading = parse_value(&cell.text).unwrap_or_else(|bad| {
            let found = quote(&cell.text);
            let message = match self.columns.is_long() {
                true => format!("{found} у показателя {} — {}", quote(indicator), bad.message()),
                false => format!("{found} — {}", bad.message()),
            };
            self.report_cell(codes::BAD_VALUE, cell, message, bad.hint().to_owned());
            Reading::Missing
        });
        (reading, place)
    }

    fn text(&self, field: Field) -> &'a str {
        let cell = self.columns.of(field).and_then(|column| self.row.cell(column));
        cell.map_or("", |cell| cell.text.as_str())
    }

    fn place_of(&self, field: Field) -> Place {
        let cell = self.columns.of(field).and_then(|column| self.row.cell(column));
        cell.map_or(self.table.row_place(self.row), |cell| self.table.place(cell))
    }

    fn filled(&self, field: Field) -> Option<&'a Cell> {
        let cell = self.columns.of(field).and_then(|column| self.row.cell(column))?;
        (!cell.text.is_empty()).then_some(cell)
    }

    fn report_empty(&mut self, field: Field, what: &str, hint: &str) {
        let cell = self.columns.of(field).and_then(|column| self.row.cell(column));
        if cell.is_some_and(|cell| cell.reported) {
            return;
        }
        let place = self.place_of(field);
        self.report(codes::EMPTY_CELL, place, format!("не указан {what}"), hint);
    }

    fn report_cell(&mut self, code: Code, cell: &Cell, message: String, hint: String) {
        let column = quote(self.columns.name(cell.column).unwrap_or_default());
        let message = format!("строка {}, столбец {column}: {message}", self.row.number);
        let place = self.table.place(cell);
        self.out.push(Diagnostic::error(code, place, message).with_hint(hint));
    }

    fn report(&mut self, code: Code, place: Place, message: String, hint: &str) {
        let message = format!("строка {}: {message}", self.row.number);
        self.out.push(Diagnostic::error(code, place, message).with_hint(hint));
    }
}

fn suggestion_or_list(word: &str, known: &[&str]) -> String {
    match suggest(word, known.iter().copied()) {
        Some(name) => format!("возможно, вы имели в виду {}", quote(name)),
        None => format!("допустимы {}", quote_all(known.iter().copied())),
    }
}

impl Common {
    fn observation(&self, indicator: String, reading: Reading, places: Places) -> Observation {
        Observation {
            indicator,
            level: self.level,
            object_id: self.object_id.clone(),
            object_name: self.object_name.clone(),
            municipality: self.municipality.clone(),
            group: self.group.clone(),
            year: self.year,
            class: self.class.clone(),
            subject: self.subject.clone(),
            season: self.season.clone(),
            reading,
            n: self.count,
            source: self.source.clone(),
            place: places.value,
            indicator_place: places.indicator,
            year_place: self.year_place.clone(),
        }
    }
}
