//! A walk over a TOML tree that complains of everything it does not expect and goes on.

use std::ops::Range;

use jiff::civil::Date;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::base::{FileId, Number, Span, suggest};
use crate::data::{Placed, codes};
use crate::diag::{Code, Diagnostic, Place};

use super::quote::{quote, quote_all};
use super::year::{BadYear, PLAUSIBLE, parse_year};

/// A key of a section.
pub(super) struct Key {
    pub name: &'static str,
    /// What it says, for messages about its absence.
    what: &'static str,
    presence: Presence,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Presence {
    Filled,
    Present,
    Optional,
}

/// A key that must be there and must not be empty.
pub(super) const fn needed(name: &'static str, what: &'static str) -> Key {
    Key { name, what, presence: Presence::Filled }
}

/// A key that must be there, perhaps with an empty text.
pub(super) const fn present(name: &'static str, what: &'static str) -> Key {
    Key { name, what, presence: Presence::Present }
}

/// A key that may be absent.
pub(super) const fn optional(name: &'static str) -> Key {
    Key { name, what: "", presence: Presence::Optional }
}

/// A table of the file whose keys have been checked.
#[derive(Clone, Copy)]
pub(super) struct Section<'t> {
    table: &'t DeTable<'t>,
    keys: &'static [Key],
    span: Span,
}

type Value<'t> = Spanned<DeValue<'t>>;

/// Reads values and collects complaints.
pub(super) struct Walk<'o> {
    file: FileId,
    out: &'o mut Vec<Diagnostic>,
}

impl<'o> Walk<'o> {
    pub fn new(file: FileId, out: &'o mut Vec<Diagnostic>) -> Self {
        Self { file, out }
    }

    /// Checks the keys of a table: none unknown, none missing. `stray` names keys that belong
    /// elsewhere, with the advice where.
    pub fn section<'t>(
        &mut self,
        table: &'t DeTable<'t>,
        range: Range<usize>,
        keys: &'static [Key],
        stray: &[Key],
    ) -> Section<'t> {
        let span = self.span(range);
        for (key, _) in table {
            let name: &str = key.get_ref();
            if keys.iter().all(|known| known.name != name) {
                let span = self.span(key.span());
                self.unknown_key(name, span, keys, stray);
            }
        }
        for key in keys.iter().filter(|key| key.presence != Presence::Optional) {
            if find(table, key.name).is_none() {
                self.missing(key.name, key.what, span);
            }
        }
        Section { table, keys, span }
    }

    /// Whether a key is there, readable or not.
    pub fn has(&self, section: Section, name: &str) -> bool {
        find(section.table, name).is_some()
    }

    /// Complains of a key that only some sections of this kind must have.
    pub fn require(&mut self, section: Section, name: &str, what: &str) {
        if find(section.table, name).is_none() {
            self.missing(name, what, section.span);
        }
    }

    fn missing(&mut self, name: &str, what: &str, span: Span) {
        let message = format!("не указан ключ {} ({what})", quote(name));
        let sample = match name {
            "institution" => "[institution]".to_owned(),
            "from" | "to" | "date" => format!("{name} = 2026-09-01"),
            "responsible" => format!("{name} = [\"…\"]"),
            "year" => format!("{name} = 2026"),
            "grade" => format!("{name} = 9"),
            _ => format!("{name} = \"…\""),
        };
        let hint = match span.start == span.end {
            true => format!("допишите в файл: {sample}"),
            false => format!("допишите в этот раздел строку {sample}"),
        };
        self.out.push(Diagnostic::error(codes::MISSING_KEY, span, message).with_hint(hint));
    }

    /// Complains of the empty text of such a key.
    pub fn empty(&mut self, section: Section, name: &str, what: &str) {
        let span = find(section.table, name).map_or(section.span, |value| self.span(value.span()));
        self.empty_at(name, what, span);
    }

    fn empty_at(&mut self, name: &str, what: &str, span: Span) {
        let message = format!("ключ {} пуст, а здесь нужно: {what}", quote(name));
        let hint = format!("впишите текст в кавычки: {name} = \"…\"");
        self.out.push(Diagnostic::error(codes::EMPTY_TEXT, span, message).with_hint(hint));
    }

    /// Where a section stands.
    pub fn place(&self, section: Section) -> Place {
        Place::Text(section.span)
    }

    fn unknown_key(&mut self, name: &str, span: Span, keys: &[Key], stray: &[Key]) {
        let message = format!("неизвестный ключ {}", quote(name));
        let hint = if stray.iter().any(|key| key.name == name) {
            "этот ключ пишут в начале файла, до первой строки в квадратных скобках".to_owned()
        } else if let Some(near) = suggest(name, keys.iter().map(|key| key.name)) {
            format!("возможно, вы имели в виду {}", quote(near))
        } else {
            format!("здесь известны ключи {}", quote_all(keys.iter().map(|key| key.name)))
        };
        self.out.push(Diagnostic::error(codes::UNKNOWN_KEY, span, message).with_hint(hint));
    }

    /// The text under a key, trimmed; a needed one is not empty.
    pub fn text(&mut self, section: Section, name: &str) -> Option<Placed<String>> {
        let value = find(section.table, name)?;
        let DeValue::String(text) = value.get_ref() else {
            self.wrong_type(name, value, "текст в кавычках");
            return None;
        };
        let text = text.trim();
        let key = section.keys.iter().find(|key| key.name == name);
        if let Some(key) = key.filter(|key| text.is_empty() && key.presence == Presence::Filled) {
            self.empty_at(name, key.what, self.span(value.span()));
            return None;
        }
        Some(self.placed(text.to_owned(), value))
    }

    /// As [`Walk::text`], empty where the key is absent or was complained of.
    pub fn words(&mut self, section: Section, name: &str) -> String {
        self.text(section, name).map(|text| text.value).unwrap_or_default()
    }

    /// A list of texts; empty where the key is absent.
    pub fn texts(&mut self, section: Section, name: &str) -> Vec<Placed<String>> {
        const EXPECTED: &str = "список текстов: [\"…\", \"…\"]";
        let Some(value) = find(section.table, name) else { return Vec::new() };
        let DeValue::Array(items) = value.get_ref() else {
            self.wrong_type(name, value, EXPECTED);
            return Vec::new();
        };
        let mut texts = Vec::new();
        for item in items.iter() {
            match item.get_ref() {
                DeValue::String(text) => texts.push(self.placed(text.trim().to_owned(), item)),
                _ => self.wrong_type(name, item, EXPECTED),
            }
        }
        texts
    }

    /// A figure that may be unknown: a number that is not negative, or «нет данных». `None` where
    /// it is absent, unknown, or was complained of.
    pub fn figure(
        &mut self,
        section: Section,
        name: &str,
        is_whole: bool,
    ) -> Option<Placed<Number>> {
        let value = find(section.table, name)?;
        let written = match value.get_ref() {
            DeValue::Integer(number) if number.radix() == 10 => number.as_str(),
            DeValue::Float(number) => number.as_str(),
            DeValue::String(text) if is_unknown(text) => return None,
            DeValue::String(text) => text.as_ref(),
            _ => {
                self.wrong_type(name, value, "число или \"нет данных\"");
                return None;
            }
        };
        let why = match Number::parse(written) {
            Ok(figure) if figure.is_negative() => "число не бывает отрицательным",
            Ok(figure) if is_whole && !figure.is_integer() => "здесь нужно целое число, не доля",
            Ok(figure) => return Some(self.placed(figure, value)),
            Err(_) if written.contains('%') => "здесь нужно само число, не доля",
            Err(_) => "это не число",
        };
        let message = format!("ключ {}: {} — {why}", quote(name), quote(written.trim()));
        let sample = if is_whole { "12" } else { "1.5" };
        let hint = format!("напишите {name} = {sample} или {name} = \"нет данных\"");
        let span = self.span(value.span());
        self.out.push(Diagnostic::error(codes::BAD_FIGURE, span, message).with_hint(hint));
        None
    }

    /// As [`Walk::words`]; «нет данных» says as much as an absent key.
    pub fn words_or_unknown(&mut self, section: Section, name: &str) -> String {
        let words = self.words(section, name);
        if is_unknown(&words) { String::new() } else { words }
    }

    /// A year: a number, or a text such as «2019/2020».
    pub fn year(&mut self, section: Section, name: &str) -> Option<i32> {
        let value = find(section.table, name)?;
        let text = match value.get_ref() {
            DeValue::Integer(number) => number.as_str(),
            DeValue::String(text) => text.as_ref(),
            _ => {
                self.wrong_type(name, value, "год: 2020 или \"2019/2020\"");
                return None;
            }
        };
        match parse_year(text.trim()) {
            Ok(year) => Some(year),
            Err(bad) => {
                let message = format!("{} — {}", quote(text), bad.message());
                let found = Diagnostic::error(codes::BAD_YEAR, self.span(value.span()), message);
                self.out.push(found.with_hint(BadYear::HINT));
                None
            }
        }
    }

    /// A date of TOML, or a text `2026-09-01` or `01.09.2026`.
    pub fn date(&mut self, section: Section, name: &str) -> Option<Placed<Date>> {
        let value = find(section.table, name)?;
        let date = match value.get_ref() {
            DeValue::Datetime(found) => match (found.date, found.time) {
                (Some(date), None) => {
                    Date::new(date.year as i16, date.month as i8, date.day as i8).ok()
                }
                _ => None,
            },
            DeValue::String(text) => date_of_text(text.trim()),
            _ => {
                self.wrong_type(name, value, "дата: 2026-09-01");
                return None;
            }
        };
        match date {
            Some(date) if PLAUSIBLE.contains(&i32::from(date.year())) => {
                Some(self.placed(date, value))
            }
            Some(_) => self.bad_date(
                name,
                value,
                "год вне пределов 1990–2100",
                "проверьте четыре цифры года; срок и дату позже 2100 года не ставят",
            ),
            None => self.bad_date(
                name,
                value,
                "такой даты нет, или она записана иначе",
                "дату пишут 2026-09-01 без кавычек или \"01.09.2026\" в кавычках, без времени",
            ),
        }
    }

    fn bad_date(
        &mut self,
        name: &str,
        value: &Value,
        why: &str,
        hint: &str,
    ) -> Option<Placed<Date>> {
        let message = format!("ключ {}: {why}", quote(name));
        let found = Diagnostic::error(codes::BAD_DATE, self.span(value.span()), message);
        self.out.push(found.with_hint(hint));
        None
    }

    /// A table under a key: `[name]`.
    pub fn table<'t>(
        &mut self,
        section: Section<'t>,
        name: &str,
        keys: &'static [Key],
        stray: &[Key],
    ) -> Option<Section<'t>> {
        let value = find(section.table, name)?;
        let DeValue::Table(table) = value.get_ref() else {
            self.wrong_type(name, value, &format!("раздел [{name}]"));
            return None;
        };
        Some(self.section(table, value.span(), keys, stray))
    }

    /// Tables under a key: `[[name]]`.
    pub fn tables<'t>(
        &mut self,
        section: Section<'t>,
        name: &str,
        keys: &'static [Key],
        stray: &[Key],
    ) -> Vec<Section<'t>> {
        let expected = format!("разделы [[{name}]] в двойных скобках");
        let Some(value) = find(section.table, name) else { return Vec::new() };
        let DeValue::Array(items) = value.get_ref() else {
            self.wrong_type(name, value, &expected);
            return Vec::new();
        };
        let mut sections = Vec::new();
        for item in items.iter() {
            match item.get_ref() {
                DeValue::Table(table) => {
                    sections.push(self.section(table, item.span(), keys, stray));
                }
                _ => self.wrong_type(name, item, &expected),
            }
        }
        sections
    }

    /// Every text of a section, in the order of the file.
    pub fn all_texts(&mut self, section: Section) -> Vec<(String, String)> {
        let names: Vec<String> =
            section.table.keys().map(|key| key.get_ref().clone().into_owned()).collect();
        names
            .into_iter()
            .filter(|name| section.keys.iter().any(|key| key.name == name))
            .filter_map(|name| self.text(section, &name).map(|text| (name, text.value)))
            .collect()
    }

    /// The word under a key as one of `known`, or a complaint with the nearest of them; case and
    /// «да» for `true` do not matter.
    pub fn word<T: Copy>(
        &mut self,
        section: Section,
        name: &str,
        known: &[(&'static str, T)],
    ) -> Option<Placed<(&'static str, T)>> {
        let value = find(section.table, name)?;
        let word = match value.get_ref() {
            DeValue::String(text) => text.trim().to_lowercase(),
            DeValue::Boolean(true) => "да".to_owned(),
            DeValue::Boolean(false) => "нет".to_owned(),
            _ => {
                self.wrong_type(name, value, "текст в кавычках");
                return None;
            }
        };
        if let Some(found) = known.iter().find(|(text, _)| *text == word) {
            return Some(self.placed(*found, value));
        }
        let words = || known.iter().map(|(text, _)| *text);
        let message = format!("ключ {}: неизвестное слово {}", quote(name), quote(&word));
        let hint = match suggest(&word, words()) {
            Some(near) => format!("возможно, вы имели в виду {}", quote(near)),
            None => format!("допустимы {}", quote_all(words())),
        };
        let found = Diagnostic::error(codes::UNKNOWN_WORD, self.span(value.span()), message);
        self.out.push(found.with_hint(hint));
        None
    }

    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.out.push(diagnostic);
    }

    fn wrong_type(&mut self, name: &str, value: &Value, expected: &str) {
        let found = kind(value.get_ref());
        let message = format!("ключ {}: найдено — {found}, а нужно — {expected}", quote(name));
        self.error(codes::WRONG_TYPE, self.span(value.span()), message);
    }

    fn error(&mut self, code: Code, span: Span, message: String) {
        self.out.push(Diagnostic::error(code, span, message));
    }

    fn placed<T>(&self, value: T, at: &Value) -> Placed<T> {
        Placed { value, place: Place::Text(self.span(at.span())) }
    }

    fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.file, range.start, range.end)
    }
}

fn find<'t>(table: &'t DeTable<'t>, name: &str) -> Option<&'t Value<'t>> {
    table.iter().find(|(key, _)| key.get_ref() == name).map(|(_, value)| value)
}

/// How a project says that nothing is known.
fn is_unknown(text: &str) -> bool {
    text.trim().to_lowercase() == "нет данных"
}

fn kind(value: &DeValue) -> &'static str {
    match value {
        DeValue::String(_) => "текст",
        DeValue::Integer(_) => "целое число",
        DeValue::Float(_) => "дробное число",
        DeValue::Boolean(_) => "true или false",
        DeValue::Datetime(_) => "дата",
        DeValue::Array(_) => "список",
        DeValue::Table(_) => "раздел",
    }
}

fn date_of_text(text: &str) -> Option<Date> {
    let parts: Vec<&str> = text.split(['.', '-']).collect();
    let is_plain = parts.iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
    let (year, month, day) = match parts.as_slice() {
        [day, month, year] if is_plain && text.contains('.') => (year, month, day),
        [year, month, day] if is_plain => (year, month, day),
        _ => return None,
    };
    if year.len() != 4 {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}
