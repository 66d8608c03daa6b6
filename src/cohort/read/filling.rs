//! Records into schools, years and figures: what each row and cell means by the methodology.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::{Level, Number};
use crate::cohort::{Figure, Measure, Method, OutOfRange};
use crate::data::{parse_year, trim};

use super::cells::Cells;
use super::issues::{Column, IssueKind, Issues};
use super::layout::{Form, Layout, indicator_words, unread_words};
use super::number::{self, Content, Value};
use super::records::Record;
use super::schools::{Latest, Schools};
use super::words::{Words, plain};

/// A table that is being read.
pub(super) struct Filling<'m> {
    pub method: &'m Method,
    pub layout: Layout,
    pub schools: Schools,
    pub cells: Cells,
    pub issues: Issues,
    /// Groups of rows whose group is in dispute, by row.
    pub disputes: BTreeMap<usize, BTreeSet<u8>>,
    /// Figures where the row's group can have none, with their lines.
    pub inapplicable: Vec<(usize, u32)>,
    indicators: Words,
    unread: Words,
    groups: Words,
    limits: Vec<Limits>,
    /// As it is written, and what it is.
    last_year: Option<(Box<[u8]>, i32)>,
    /// Where the figures of the last record belong.
    place: Option<Spot>,
}

#[derive(Clone, Copy, Debug)]
struct Spot {
    row: usize,
    group: usize,
}

/// The limits of an indicator for fine figures.
#[derive(Clone, Copy, Debug)]
struct Limits {
    low: i64,
    high: i64,
}

/// One figure of a record.
#[derive(Clone, Copy)]
struct Given<'r> {
    indicator: usize,
    cell: &'r [u8],
    column: usize,
    /// The cell that tells how many took part, and its column.
    count: Option<(&'r [u8], usize)>,
    line: u32,
}

impl<'m> Filling<'m> {
    /// `header_row` is the row of the header, for columns that are not known.
    pub fn new(method: &'m Method, layout: Layout, header_row: u32) -> Self {
        let indicators = method.indicators.iter();
        let columns = layout.headers.iter().cloned();
        let columns = columns.chain(indicators.clone().map(|measure| measure.id.to_string()));
        let mut filling = Self {
            method,
            schools: Schools::default(),
            cells: Cells::new(method.indicators.len(), method.duplicates, counts(&layout.form)),
            issues: Issues::new(columns.collect()),
            disputes: BTreeMap::new(),
            inapplicable: Vec::new(),
            indicators: indicator_words(method),
            unread: unread_words(method),
            groups: group_words(method),
            limits: indicators.map(Limits::of).collect(),
            last_year: None,
            place: None,
            layout,
        };
        filling.report_unknown_columns(header_row);
        filling
    }

    fn report_unknown_columns(&mut self, header_row: u32) {
        if matches!(self.layout.form, Form::Long { .. }) {
            return;
        }
        for column in &self.layout.unknown {
            let header = self.layout.headers.get(*column).map_or("", String::as_str);
            self.issues.add(
                IssueKind::UnknownIndicator,
                header_row,
                Column::new(*column),
                trim(header),
            );
        }
    }

    /// The column of issues about the indicator itself, whatever columns it comes in.
    pub fn indicator_column(&self, indicator: usize) -> Column {
        Column::new(self.layout.width() + indicator)
    }

    /// Whether the record has a place; the next one may repeat its lead only then.
    pub fn add(&mut self, record: &Record<'_>) -> bool {
        if !record.repeats {
            self.place = None;
        }
        if let Some(extra) = record.fields_from(self.layout.width()).find(|it| !is_blank(it)) {
            let found = String::from_utf8_lossy(extra);
            self.issues.add(IssueKind::ExtraFields, record.row, Column::NONE, trim(&found));
            return self.place.is_some();
        }
        if self.place.is_none() {
            self.place = self.place(record);
        }
        if let Some(spot) = self.place {
            self.add_figures(spot, record);
        }
        self.place.is_some()
    }

    fn add_figures(&mut self, spot: Spot, record: &Record<'_>) {
        let line = record.row;
        let with_field = |column: usize| (record.field(column), column);
        match &self.layout.form {
            Form::Long { indicator, value, n } => {
                let (name, value, n) = (*indicator, *value, *n);
                match self.indicators.get_bytes(record.field(name)) {
                    Some(indicator) => {
                        let (cell, count) = (record.field(value), n.map(with_field));
                        self.figure(spot, Given { indicator, cell, column: value, count, line });
                    }
                    None if self.unread.get_bytes(record.field(name)).is_some() => {}
                    None => self.unreadable(IssueKind::UnknownIndicator, record, name),
                }
            }
            Form::Wide(columns) => {
                for at in 0..columns.len() {
                    let Form::Wide(columns) = &self.layout.form else { return };
                    let Some(wide) = columns.get(at).copied() else { return };
                    let (cell, count) = (record.field(wide.value), wide.n.map(with_field));
                    let indicator = wide.indicator;
                    let given = Given { indicator, cell, column: wide.value, count, line };
                    self.figure(spot, given);
                }
            }
        }
    }

    fn unreadable(&mut self, kind: IssueKind, record: &Record<'_>, column: usize) {
        self.complain(kind, record.row, column, record.field(column));
    }

    fn complain(&mut self, kind: IssueKind, row: u32, column: usize, cell: &[u8]) {
        let found = String::from_utf8_lossy(cell);
        self.issues.add(kind, row, Column::new(column), trim(&found));
    }

    /// Whose figures a record holds; `None` where it is left out.
    fn place(&mut self, record: &Record<'_>) -> Option<Spot> {
        if record.fields_from(0).all(is_blank) || !self.is_of_a_school(record) {
            return None;
        }
        let field = |column: usize| String::from_utf8_lossy(record.field(column));
        let id = field(self.layout.school_id);
        let id = trim(&id);
        let year = self.year(record.field(self.layout.year));
        let group = self.group(record.field(self.layout.group));
        if id.is_empty() {
            self.unreadable(IssueKind::NoSchoolId, record, self.layout.school_id);
        }
        if year.is_none() {
            self.unreadable(IssueKind::BadYear, record, self.layout.year);
        }
        if group.is_none() {
            self.unreadable(IssueKind::UnknownGroup, record, self.layout.group);
        }
        let (year, group) = (year?, group?);
        (!id.is_empty()).then(|| self.school_year(record, id, year, group))
    }

    fn is_of_a_school(&mut self, record: &Record<'_>) -> bool {
        let Some(column) = self.layout.level else { return true };
        let level = plain(&String::from_utf8_lossy(record.field(column)));
        let is_school = level.is_empty() || Level::from_word(&level) == Some(Level::School);
        if !is_school {
            self.unreadable(IssueKind::OtherLevel, record, column);
        }
        is_school
    }

    fn year(&mut self, cell: &[u8]) -> Option<i32> {
        if let Some((_, year)) = self.last_year.as_ref().filter(|(last, _)| last.as_ref() == cell) {
            return Some(*year);
        }
        let year = parse_year(trim(&String::from_utf8_lossy(cell))).ok()?;
        self.last_year = Some((cell.into(), year));
        Some(year)
    }

    /// «среднее», or «среднее общее образование»: the whole, else the first word.
    fn group(&mut self, cell: &[u8]) -> Option<usize> {
        self.groups.get_bytes(cell).or_else(|| {
            let text = plain(&String::from_utf8_lossy(cell));
            self.groups.get(text.split_whitespace().next()?)
        })
    }

    fn school_year(&mut self, record: &Record<'_>, id: &str, year: i32, group: usize) -> Spot {
        let line = record.row;
        let school = self.schools.school(id, line);
        if let Some((_, draft)) = self.schools.by_id.get_index_mut(school) {
            let add = |latest: &mut Latest, column: Option<usize>, is_reason: bool| {
                let Some(column) = column else { return };
                let cell = record.field(column);
                if !latest.holds(year, cell) {
                    let text = String::from_utf8_lossy(cell);
                    let text = trim(&text);
                    latest.add(year, if is_reason { reason(text) } else { text });
                }
            };
            add(&mut draft.name, self.layout.school_name, false);
            add(&mut draft.municipality, self.layout.municipality, false);
            add(&mut draft.excluded, self.layout.excluded, true);
        }
        let stored = u8::try_from(group).unwrap_or(u8::MAX);
        let (row, is_new) = self.schools.row(school, year, stored, line);
        if is_new {
            self.cells.add_row();
        } else if let Some(draft) = self.schools.rows.get_mut(row)
            && draft.group != stored
        {
            draft.conflict = true;
            self.disputes.entry(row).or_insert_with(|| [draft.group].into()).insert(stored);
        }
        Spot { row, group }
    }

    fn figure(&mut self, spot: Spot, given: Given<'_>) {
        let content = number::read(given.cell);
        if content == Content::Blank {
            return;
        }
        let Some(value) = self.value(content, given) else { return };
        let n = given.count.map_or(0, |count| self.participants(count, given.line));
        let at = spot.row * self.cells.width + given.indicator;
        let was_free = self.cells.put(at, value, n, given.line);
        if was_free && self.lacks(spot.group, given.indicator) {
            self.inapplicable.push((at, given.line));
        }
    }

    fn lacks(&self, group: usize, indicator: usize) -> bool {
        self.method.groups.get(group).is_some_and(|group| group.lacks.contains(&indicator))
    }

    fn value(&mut self, content: Content, given: Given<'_>) -> Option<Value> {
        let measure = self.method.indicators.get(given.indicator)?;
        let fault = match content {
            Content::Blank => return None,
            Content::Mark => IssueKind::MissingText,
            Content::Invalid => IssueKind::InvalidNumber,
            Content::Figure { percent: true, .. } if !measure.is_share => IssueKind::PercentOnGap,
            Content::Figure { value, .. } => return self.within(value, measure, given),
        };
        self.complain(fault, given.line, given.column, given.cell);
        None
    }

    fn within(&mut self, value: Value, measure: &Measure, given: Given<'_>) -> Option<Value> {
        let is_low = match &value {
            Value::Fine(units) => {
                let limits = self.limits.get(given.indicator)?;
                if (limits.low..=limits.high).contains(units) {
                    return Some(value);
                }
                *units < limits.low
            }
            Value::Large(number) => {
                if (&measure.low..=&measure.high).contains(&number.as_ref()) {
                    return Some(value);
                }
                number.as_ref() < &measure.low
            }
        };
        self.complain(IssueKind::OutOfRange, given.line, given.column, given.cell);
        match self.method.out_of_range {
            OutOfRange::Missing => None,
            OutOfRange::Keep => Some(value),
            OutOfRange::Clamp => {
                let limit = if is_low { &measure.low } else { &measure.high };
                Some(Value::from_number(limit.clone()))
            }
        }
    }

    /// How many took part; 0 where the cell does not say.
    fn participants(&mut self, (cell, column): (&[u8], usize), line: u32) -> u32 {
        let count = match number::read(cell) {
            Content::Blank | Content::Mark => return 0,
            Content::Figure { value: Value::Fine(units), percent: false }
                if units % Figure::ONE == 0 =>
            {
                u32::try_from(units / Figure::ONE).ok()
            }
            _ => None,
        };
        count.unwrap_or_else(|| {
            self.complain(IssueKind::BadCount, line, column, cell);
            0
        })
    }
}

fn counts(form: &Form) -> bool {
    match form {
        Form::Long { n, .. } => n.is_some(),
        Form::Wide(columns) => columns.iter().any(|column| column.n.is_some()),
    }
}

fn group_words(method: &Method) -> Words {
    let mut words = Words::default();
    for (at, group) in method.groups.iter().enumerate() {
        words.add(group.id.as_str(), at);
        group.words.iter().for_each(|word| words.add(word, at));
    }
    words
}

/// Why a school takes no part; empty where the cell says that it does.
fn reason(text: &str) -> &str {
    let is_no = ["0", "нет", "no", "false"].contains(&text.to_lowercase().as_str());
    if is_no { "" } else { text }
}

fn is_blank(cell: &[u8]) -> bool {
    // Only the first byte of a blank can tell that it is one.
    match cell.first() {
        None => true,
        Some(b'!'..=b'~') => false,
        Some(_) => std::str::from_utf8(cell).is_ok_and(|text| trim(text).is_empty()),
    }
}

impl Limits {
    fn of(measure: &Measure) -> Self {
        let units = |number: &Number| number * &Number::from_int(Figure::ONE);
        let low = units(&measure.low);
        let ceiling = -&low;
        let too_far = |number: &Number| if number.is_negative() { i64::MIN } else { i64::MAX };
        Self {
            low: ceiling.floor().map_or_else(|| too_far(&low), |floor| -floor),
            high: units(&measure.high).floor().unwrap_or_else(|| too_far(&measure.high)),
        }
    }
}
