//! What the TOML parser says, in Russian.

use std::ops::Range;

use crate::base::{FileId, Span};
use crate::data::codes;
use crate::diag::Diagnostic;

use super::quote::quote;

/// More findings than this help nobody to mend one file.
const MOST: usize = 20;

/// One finding for each line with a fault, the first of the line.
pub(super) fn report(
    file: FileId,
    text: &str,
    errors: &[toml::de::Error],
    out: &mut Vec<Diagnostic>,
) {
    let range_of = |error: &toml::de::Error| visible_range(text, error.span().unwrap_or(0..0));
    let mut found: Vec<_> = errors.iter().map(|error| (range_of(error), error)).collect();
    found.sort_by_key(|(range, _)| range.start);
    let mut lines = Vec::new();
    for (range, error) in found {
        let line = text.get(..range.start).unwrap_or_default().matches('\n').count();
        if !lines.contains(&line) && lines.len() < MOST {
            lines.push(line);
            out.push(translated(Span::new(file, range.start, range.end), text, error.message()));
        }
    }
}

/// Whether all that is wrong is a Russian key without quotes: its value is read all the same.
pub(super) fn is_bare_key(text: &str, error: &toml::de::Error) -> bool {
    let range = visible_range(text, error.span().unwrap_or(0..0));
    let found = text.get(range).unwrap_or_default();
    is_russian_key(error.message(), found)
}

fn is_russian_key(english: &str, found: &str) -> bool {
    english.starts_with("invalid unquoted key") && !found.is_ascii()
}

/// Inside the text, on the bounds of characters, and not empty where that can be helped.
fn visible_range(text: &str, range: Range<usize>) -> Range<usize> {
    let mut start = range.start.min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let mut end = range.end.clamp(start, text.len());
    while !text.is_char_boundary(end) {
        end += 1;
    }
    start..end
}

fn translated(span: Span, text: &str, english: &str) -> Diagnostic {
    let found = text.get(span.start..span.end).unwrap_or_default();
    if english.starts_with("duplicate key") {
        return Diagnostic::error(
            codes::TOML_SYNTAX,
            span,
            format!("ключ {} записан дважды", quote(found)),
        )
        .with_hint(
            "оставьте одну запись; повторяемые разделы пишут в двойных скобках: [[people]]",
        );
    }
    if is_russian_key(english, found) {
        return Diagnostic::error(codes::TOML_SYNTAX, span, "русский ключ записан без кавычек")
            .with_hint(format!("возьмите ключ в кавычки: \"{found}\" = \"…\""));
    }
    if is_decimal_comma(text, span.start) {
        let message = "дробное число записано с запятой";
        return Diagnostic::error(codes::TOML_SYNTAX, span, message).with_hint(
            "дробную часть отделяют точкой: 18.5; или возьмите число в кавычки: \"18,5\"",
        );
    }
    let (message, hint) = explanation(english);
    Diagnostic::error(codes::TOML_SYNTAX, span, message).with_hint(hint)
}

/// Whether a comma between digits stands there: «18,5».
fn is_decimal_comma(text: &str, at: usize) -> bool {
    let is_digit = |c: char| c.is_ascii_digit();
    let before = text.get(..at).is_some_and(|before| before.ends_with(is_digit));
    let after = text.get(at..).and_then(|after| after.strip_prefix(','));
    before && after.is_some_and(|after| after.starts_with(is_digit))
}

fn explanation(english: &str) -> (&'static str, &'static str) {
    const KNOWN: [(&str, &str, &str); 15] = [
        (
            "string values must be quoted",
            "текст записан без кавычек",
            "возьмите значение в кавычки: name = \"…\"",
        ),
        (
            "invalid basic string",
            "не закрыта кавычка, или в тексте недопустимый знак",
            "закройте кавычку в той же строке; кавычку внутри текста пишут \\\", а лучше ёлочками",
        ),
        ("invalid literal string", "не закрыт апостроф", "закройте апостроф в той же строке"),
        ("invalid multi-line", "не закрыты тройные кавычки", "закройте текст тремя кавычками"),
        (
            "missing escaped value",
            "после обратной косой черты недопустимый знак",
            "косую черту удваивают: \\\\",
        ),
        (
            "key with no value",
            "после ключа нет знака «=»",
            "пишут ключ, знак «=» и значение: pack = \"…\"",
        ),
        ("missing value", "после знака «=» нет значения", "впишите значение или уберите строку"),
        (
            "invalid unquoted key",
            "в ключе недопустимый знак",
            "ключ — латинские буквы, цифры и «_»; другой ключ берут в кавычки",
        ),
        (
            "unclosed array table",
            "не закрыты скобки заголовка раздела",
            "заголовок пишут в двойных скобках: [[people]]",
        ),
        (
            "unclosed table",
            "не закрыта скобка заголовка раздела",
            "заголовок пишут в скобках: [institution]",
        ),
        ("unclosed array", "не закрыта скобка списка", "список пишут в скобках: [\"…\", \"…\"]"),
        ("missing comma", "между элементами нет запятой", "поставьте запятую"),
        (
            "unexpected leading zero",
            "число начинается с нуля",
            "код с нулём в начале берут в кавычки: id = \"007\"",
        ),
        (
            "invalid date",
            "такого дня в календаре нет",
            "дату пишут без кавычек, год, месяц и день: 2026-09-01",
        ),
        ("missing assignment", "в одной строке две записи", "каждую запись пишут с новой строки"),
    ];
    KNOWN.iter().find(|(start, ..)| english.starts_with(start)).map_or(
        (
            "запись не разобрана",
            "пишут ключ, знак «=» и значение: тексты в кавычках, числа и даты без них",
        ),
        |(_, message, hint)| (message, hint),
    )
}
