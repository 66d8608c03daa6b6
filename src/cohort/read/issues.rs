//! What was wrong in a table and what was done with it, kept small: millions of cells may be wrong.

use std::collections::BTreeMap;

use indexmap::IndexSet;

use crate::cohort::{Duplicates, Method, OutOfRange};

/// What kind of thing was wrong; in the order of their words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IssueKind {
    BadCount,
    BadYear,
    DuplicateConflict,
    DuplicateSame,
    Inapplicable,
    ExtraFields,
    GroupConflict,
    InvalidNumber,
    MissingText,
    NoFormulaValue,
    NoSchoolId,
    OtherLevel,
    OutOfRange,
    PercentOnGap,
    SkippedSheet,
    SuspiciousName,
    UnknownGroup,
    UnknownIndicator,
    UnknownSchool,
}

/// One place of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Issue<'a> {
    /// As a spreadsheet counts: the header is row 1. 0 where no row is to blame.
    pub row: u32,
    /// The header of the column, or an indicator; empty where no column is to blame.
    pub column: &'a str,
    pub kind: IssueKind,
    /// What stands there, cut to a readable length.
    pub found: &'a str,
}

/// All that was wrong, in the order of the rows.
#[derive(Clone, Debug, Default)]
pub struct Issues {
    entries: Vec<Entry>,
    texts: IndexSet<Box<str>>,
    columns: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    row: u32,
    column: Column,
    kind: IssueKind,
    found: u32,
}

/// Into `Issues::columns`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Column(u16);

impl Column {
    pub const NONE: Self = Self(u16::MAX);

    pub fn new(at: usize) -> Self {
        u16::try_from(at).map_or(Self::NONE, Self)
    }
}

impl IssueKind {
    pub const ALL: [Self; 19] = [
        Self::BadCount,
        Self::BadYear,
        Self::DuplicateConflict,
        Self::DuplicateSame,
        Self::Inapplicable,
        Self::ExtraFields,
        Self::GroupConflict,
        Self::InvalidNumber,
        Self::MissingText,
        Self::NoFormulaValue,
        Self::NoSchoolId,
        Self::OtherLevel,
        Self::OutOfRange,
        Self::PercentOnGap,
        Self::SkippedSheet,
        Self::SuspiciousName,
        Self::UnknownGroup,
        Self::UnknownIndicator,
        Self::UnknownSchool,
    ];

    /// The word of JSON and of tables.
    pub fn word(self) -> &'static str {
        match self {
            Self::BadCount => "bad_count",
            Self::BadYear => "bad_year",
            Self::DuplicateConflict => "duplicate_conflict",
            Self::DuplicateSame => "duplicate_same",
            Self::ExtraFields => "extra_fields",
            Self::GroupConflict => "group_conflict",
            Self::Inapplicable => "ege_in_basic",
            Self::InvalidNumber => "invalid_number",
            Self::MissingText => "missing_text",
            Self::NoFormulaValue => "no_formula_value",
            Self::NoSchoolId => "no_school_id",
            Self::OtherLevel => "other_level",
            Self::OutOfRange => "out_of_range",
            Self::PercentOnGap => "percent_on_gap",
            Self::SkippedSheet => "skipped_sheet",
            Self::SuspiciousName => "suspicious_name",
            Self::UnknownGroup => "unknown_group",
            Self::UnknownIndicator => "unknown_indicator",
            Self::UnknownSchool => "unknown_school",
        }
    }

    /// What is wrong and what was done with it, in one sentence without a period.
    pub fn phrase(self, method: &Method) -> &'static str {
        match self {
            Self::BadCount => "число участников не читается: оно считается неизвестным",
            Self::BadYear => "год не читается: строка не учтена",
            Self::DuplicateConflict => conflict_phrase(method.duplicates),
            Self::DuplicateSame => "одно и то же значение дано несколько раз: учтено один раз",
            Self::ExtraFields => {
                "заполненных ячеек в строке больше, чем столбцов (обычно это десятичная запятая \
                 без кавычек): строка не учтена"
            }
            Self::GroupConflict => {
                "в одном году школа отнесена к разным группам: этот её год не учтён"
            }
            Self::Inapplicable => {
                "у школ этой группы такого показателя не бывает: значение не учтено"
            }
            Self::InvalidNumber => "это не число: значение считается отсутствующим",
            Self::MissingText => "пометка вместо числа: значение считается отсутствующим",
            Self::NoFormulaValue => {
                "у формулы нет сохранённого значения: ячейка считается пустой; откройте книгу в \
                 Excel, дождитесь пересчёта и сохраните её"
            }
            Self::NoSchoolId => "школа не указана: строка не учтена",
            Self::OtherLevel => "это данные не школы, а другого уровня: строка не учтена",
            Self::OutOfRange => range_phrase(method.out_of_range),
            Self::PercentOnGap => {
                "у этого показателя не бывает процентов: в чём дано значение, неизвестно, и оно \
                 считается отсутствующим"
            }
            Self::SkippedSheet => "лист не прочитан: из книги читается первый лист с данными",
            Self::SuspiciousName => {
                "судя по названию, школа, возможно, не должна участвовать; она учтена (чтобы её \
                 исключить, укажите причину в столбце «excluded» или в списке исключений)"
            }
            Self::UnknownGroup => "группа школ не опознана: строка не учтена",
            Self::UnknownIndicator => "методика не знает такого показателя: он не учтён",
            Self::UnknownSchool => "школы из списка исключений в таблице нет",
        }
    }

    /// What the table may say instead, where the methodology lists it.
    pub fn expected(self, method: &Method) -> Option<String> {
        // A pack may list a group's own name among its words.
        let words: IndexSet<&String> = method.groups.iter().flat_map(|it| &it.words).collect();
        let quoted: Vec<String> = words.into_iter().map(|word| format!("«{word}»")).collect();
        (self == Self::UnknownGroup)
            .then(|| format!("группу называют одним из слов: {}", quoted.join(", ")))
    }
}

fn conflict_phrase(duplicates: Duplicates) -> &'static str {
    match duplicates {
        Duplicates::Missing => {
            "для одной школы в одном году даны разные значения показателя: значение считается \
             отсутствующим"
        }
        Duplicates::First => {
            "для одной школы в одном году даны разные значения показателя: взято первое"
        }
        Duplicates::Last => {
            "для одной школы в одном году даны разные значения показателя: взято последнее"
        }
    }
}

fn range_phrase(out_of_range: OutOfRange) -> &'static str {
    match out_of_range {
        OutOfRange::Missing => "значение вне пределов показателя: оно считается отсутствующим",
        OutOfRange::Keep => "значение вне пределов показателя: оно учтено как есть",
        OutOfRange::Clamp => "значение вне пределов показателя: вместо него взят ближайший предел",
    }
}

/// Found texts are cut to so many characters.
const LONGEST: usize = 80;

impl Issues {
    pub(super) fn new(columns: Vec<String>) -> Self {
        Self { columns, ..Self::default() }
    }

    pub(super) fn add(&mut self, kind: IssueKind, row: u32, column: Column, found: &str) {
        let short = match found.char_indices().nth(LONGEST) {
            Some((end, _)) => format!("{}…", found.get(..end).unwrap_or_default()).into(),
            None => std::borrow::Cow::Borrowed(found),
        };
        let found = match self.texts.get_index_of(short.as_ref()) {
            Some(at) => at,
            None => self.texts.insert_full(short.into()).0,
        };
        self.entries.push(Entry { row, column, kind, found: found as u32 });
    }

    pub(super) fn sort(&mut self) {
        self.entries.sort_unstable();
        self.entries.shrink_to_fit();
    }

    pub fn len(&self) -> usize {
        self.entries.len()
    }

    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    pub fn iter(&self) -> impl Iterator<Item = Issue<'_>> {
        self.entries.iter().map(|entry| Issue {
            row: entry.row,
            column: self.columns.get(usize::from(entry.column.0)).map_or("", String::as_str),
            kind: entry.kind,
            found: self.texts.get_index(entry.found as usize).map_or("", |text| text),
        })
    }

    /// How many there are of each kind, those that there are.
    pub fn counts(&self) -> BTreeMap<IssueKind, usize> {
        let mut counts = BTreeMap::new();
        for entry in &self.entries {
            *counts.entry(entry.kind).or_default() += 1;
        }
        counts
    }
}
