//! What the columns of a table are, by its header.

use std::collections::BTreeMap;

use crate::cohort::{Method, codes};
use crate::diag::{Code, Diagnostic, Place};

use super::words::{Words, plain};

/// The columns of a table, counted from zero.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    /// As the file has them, blank ones at the end left out.
    pub headers: Vec<String>,
    pub school_id: usize,
    pub school_name: Option<usize>,
    pub municipality: Option<usize>,
    pub group: usize,
    pub year: usize,
    pub level: Option<usize>,
    pub excluded: Option<usize>,
    pub form: Form,
    /// Headers that are neither a field nor an indicator: columns that are not read.
    pub unknown: Vec<usize>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// A row a figure.
    Long { indicator: usize, value: usize, n: Option<usize> },
    /// A row a school and year.
    Wide(Vec<WideColumn>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct WideColumn {
    /// Into `Method::indicators`.
    pub indicator: usize,
    pub value: usize,
    /// How many took part.
    pub n: Option<usize>,
}

/// The fields of a table. Those after `excluded` are not read.
const FIELDS: [&str; 14] = [
    "school_id",
    "school_name",
    "municipality",
    "group",
    "year",
    "indicator",
    "value",
    "n",
    "level",
    "excluded",
    "class",
    "subject",
    "season",
    "source",
];
const REQUIRED: [&str; 3] = ["school_id", "group", "year"];
/// «n_⟨indicator⟩» of the wide form.
const COUNT_PREFIX: &str = "n_";

/// What a header means.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Meaning {
    Field(&'static str),
    Indicator(usize),
    Count(usize),
    /// An indicator of another methodology.
    Unread(String),
    Unknown(String),
}

impl Layout {
    /// `file` is the table as messages name it, `row` the row of the header.
    pub fn read(
        headers: Vec<String>,
        file: &str,
        row: u32,
        method: &Method,
    ) -> Result<Self, Vec<Diagnostic>> {
        let header = Header { place: (file, row), columns: meanings(&headers, method), headers };
        let faults = header.faults();
        if faults.is_empty() { Ok(header.layout()) } else { Err(faults) }
    }

    pub fn width(&self) -> usize {
        self.headers.len()
    }

    /// How many fields stand before all that changes within a school and year; 0 where fields that
    /// tell schools and years apart stand behind.
    pub fn n_lead_fields(&self) -> usize {
        let Form::Long { indicator, value, n } = self.form else { return 0 };
        let first = indicator.min(value).min(n.unwrap_or(value));
        let optional = [self.school_name, self.municipality, self.level, self.excluded];
        let last = optional.into_iter().flatten().chain([self.school_id, self.group, self.year]);
        if last.max() < Some(first) { first } else { 0 }
    }
}

struct Header<'f> {
    /// The file and the row.
    place: (&'f str, u32),
    headers: Vec<String>,
    /// The columns of each meaning.
    columns: BTreeMap<Meaning, Vec<usize>>,
}

impl Header<'_> {
    fn column(&self, meaning: &Meaning) -> Option<usize> {
        self.columns.get(meaning)?.first().copied()
    }

    fn field(&self, name: &'static str) -> Option<usize> {
        self.column(&Meaning::Field(name))
    }

    fn layout(self) -> Layout {
        let form = match (self.field("indicator"), self.field("value")) {
            (Some(indicator), Some(value)) => Form::Long { indicator, value, n: self.field("n") },
            _ => Form::Wide(self.wide()),
        };
        Layout {
            school_id: self.field("school_id").unwrap_or_default(),
            school_name: self.field("school_name"),
            municipality: self.field("municipality"),
            group: self.field("group").unwrap_or_default(),
            year: self.field("year").unwrap_or_default(),
            level: self.field("level"),
            excluded: self.field("excluded"),
            unknown: self.unknown(),
            form,
            headers: self.headers,
        }
    }

    fn wide(&self) -> Vec<WideColumn> {
        let indicators = self.columns.iter().filter_map(|(meaning, columns)| match meaning {
            Meaning::Indicator(indicator) => Some((*indicator, *columns.first()?)),
            _ => None,
        });
        indicators
            .map(|(indicator, value)| {
                let n = self.column(&Meaning::Count(indicator));
                WideColumn { indicator, value, n }
            })
            .collect()
    }

    fn unknown(&self) -> Vec<usize> {
        let unknown = self.columns.iter().filter(|(it, _)| matches!(it, Meaning::Unknown(_)));
        unknown.flat_map(|(_, columns)| columns.iter().copied()).collect()
    }

    fn faults(&self) -> Vec<Diagnostic> {
        let mut faults: Vec<Diagnostic> = self.repeated().collect();
        for name in REQUIRED {
            if self.field(name).is_none() {
                faults.push(self.missing(name));
            }
        }
        match (self.field("indicator"), self.field("value")) {
            (Some(column), None) => faults.push(self.half_long("indicator", "value", column)),
            (None, Some(column)) => faults.push(self.half_long("value", "indicator", column)),
            (None, None) if self.wide().is_empty() => faults.push(self.no_indicator()),
            _ => {}
        }
        faults
    }

    fn error(&self, code: Code, column: usize, message: String) -> Diagnostic {
        let (file, row) = self.place;
        let place = Place::Cell { file: file.to_owned(), row: row as usize, column: column + 1 };
        Diagnostic::error(code, place, message)
    }

    fn whole(&self, code: Code, message: String) -> Diagnostic {
        Diagnostic::error(code, Place::File(self.place.0.to_owned()), message)
    }

    fn header(&self, column: usize) -> &str {
        self.headers.get(column).map_or("", String::as_str)
    }

    fn repeated(&self) -> impl Iterator<Item = Diagnostic> {
        self.columns.values().filter_map(|columns| {
            let [first, second, ..] = columns.as_slice() else { return None };
            let message = format!(
                "столбец «{}» повторён: то же самое — столбец {} «{}»",
                self.header(*second),
                first + 1,
                self.header(*first)
            );
            let fault = self.error(codes::REPEATED_COLUMN, *second, message);
            Some(fault.with_hint("удалите или переименуйте один из двух столбцов"))
        })
    }

    fn missing(&self, name: &str) -> Diagnostic {
        let message = format!("в таблице нет столбца «{name}»");
        let found: Vec<String> =
            self.headers.iter().take(12).map(|header| format!("«{header}»")).collect();
        self.whole(codes::MISSING_COLUMN, message).with_hint(format!(
            "нужны столбцы «school_id», «group», «year» (или их названия из методики) в первой строке: нет \
             ли над ними строки с заглавием; прочитано: {}",
            found.join(", ")
        ))
    }

    fn half_long(&self, present: &str, absent: &str, column: usize) -> Diagnostic {
        let message = format!("есть столбец «{present}», но нет столбца «{absent}»");
        self.error(codes::HALF_LONG, column, message).with_hint(
            "в длинной форме нужны оба столбца: «indicator» (показатель) и «value» (значение); в \
             широкой нет ни одного, а каждый показатель стоит в своём столбце",
        )
    }

    fn no_indicator(&self) -> Diagnostic {
        let message = "ни один столбец не является показателем методики".to_owned();
        self.whole(codes::NO_INDICATOR, message).with_hint(
            "назовите столбцы так, как показатели названы в методике, или дайте таблицу в длинной \
             форме: столбцы «indicator» и «value»",
        )
    }
}

fn meanings(headers: &[String], method: &Method) -> BTreeMap<Meaning, Vec<usize>> {
    let (indicators, unread) = (indicator_words(method), unread_words(method));
    let mut columns: BTreeMap<Meaning, Vec<usize>> = BTreeMap::new();
    for (column, header) in headers.iter().enumerate() {
        let name = plain(header);
        if !name.is_empty() {
            let meaning = meaning(name, &indicators, &unread, method);
            columns.entry(meaning).or_default().push(column);
        }
    }
    columns
}

/// Fields come before indicators, so that no indicator takes the name of a field.
fn meaning(name: String, indicators: &Words, unread: &Words, method: &Method) -> Meaning {
    let other = |field: &str| {
        let headers = method.headers.iter().filter(|(it, _)| it == field);
        headers.flat_map(|(_, headers)| headers).any(|header| plain(header) == name)
    };
    if let Some(field) = FIELDS.iter().find(|field| **field == name || other(field)) {
        return Meaning::Field(field);
    }
    if let Some(indicator) = indicators.get(&name) {
        return Meaning::Indicator(indicator);
    }
    let counted = name.strip_prefix(COUNT_PREFIX);
    if let Some(indicator) = counted.and_then(|rest| indicators.get(rest)) {
        return Meaning::Count(indicator);
    }
    match unread.get(counted.unwrap_or(&name)) {
        Some(_) => Meaning::Unread(name),
        None => Meaning::Unknown(name),
    }
}

/// What tables may call indicators that are not read.
pub(super) fn unread_words(method: &Method) -> Words {
    let mut words = Words::default();
    method.unread.iter().enumerate().for_each(|(at, name)| words.add(name, at));
    words
}

/// What tables may call indicators.
pub(super) fn indicator_words(method: &Method) -> Words {
    let mut words = Words::default();
    for (at, measure) in method.indicators.iter().enumerate() {
        words.add(measure.id.as_str(), at);
    }
    for (at, measure) in method.indicators.iter().enumerate() {
        measure.headers.iter().for_each(|header| words.add(header, at));
    }
    words
}
