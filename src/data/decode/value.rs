//! What one cell says of an indicator.

use crate::base::{Bound, Interval, Number, NumberError, normalise};
use crate::data::{Direction, Reading};

/// Why a text is no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BadValue {
    TwoMarks,
    TooLong,
    /// «5 7»: blanks group thousands and nothing else.
    LooseDigits,
    /// «80–57 %».
    Reversed,
    /// «снизилось на 5 %»: the figure itself is not said.
    Difference,
    Date,
    FormulaError,
    Other,
}

const MISSING: [&str; 14] = [
    "",
    "-",
    "–",
    "—",
    "−",
    "…",
    "...",
    "нет данных",
    "данных нет",
    "нет сведений",
    "н/д",
    "нд",
    "н.д.",
    "данные отсутствуют",
];

/// Reads a cell: a figure, a bound, a span, a direction, да or нет, «words», or nothing.
pub(super) fn parse_value(text: &str) -> Result<Reading, BadValue> {
    let plain = simplify(text);
    if MISSING.contains(&plain.as_str()) {
        return Ok(Reading::Missing);
    }
    if let Some(words) = text.strip_prefix('«').and_then(|rest| rest.strip_suffix('»')) {
        return Ok(Reading::Words(words.to_owned()));
    }
    match plain.as_str() {
        "да" => return Ok(Reading::Truth(true)),
        "нет" => return Ok(Reading::Truth(false)),
        _ => {}
    }
    if let Some(direction) = direction(&plain) {
        return Ok(Reading::Moved(direction));
    }
    if let Some((value, percent)) = figure(&plain)? {
        return Ok(Reading::Figure { value, percent });
    }
    if let Some((interval, percent)) = within(&plain)? {
        return Ok(Reading::Within { interval, percent });
    }
    Err(suspicion(&plain))
}

/// Lower case, «е» for «ё», single blanks.
fn simplify(text: &str) -> String {
    normalise(&text.to_lowercase()).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A number, perhaps with a percent sign; `None` where the text has another shape.
fn figure(text: &str) -> Result<Option<(Number, bool)>, BadValue> {
    let (bare, percent) = without_percent(text);
    let unsigned = bare.strip_prefix(['-', '−', '+']).unwrap_or(bare).trim_start();
    let is_digit = |c: char| c.is_ascii_digit();
    let is_shape = unsigned.chars().all(|c| is_digit(c) || matches!(c, ' ' | ',' | '.'));
    if !is_shape || !unsigned.contains(is_digit) || unsigned.contains("..") {
        return Ok(None);
    }
    if is_date(unsigned) {
        return Err(BadValue::Date);
    }
    if unsigned.matches([',', '.']).count() > 1 {
        return Err(BadValue::TwoMarks);
    }
    if !groups_thousands(unsigned) {
        return Err(BadValue::LooseDigits);
    }
    match Number::parse(bare.strip_prefix('+').unwrap_or(bare)) {
        Ok(value) => Ok(Some((value, percent))),
        Err(NumberError::TooLong) => Err(BadValue::TooLong),
        Err(NumberError::NotANumber) => Err(BadValue::Other),
    }
}

fn without_percent(text: &str) -> (&str, bool) {
    const SIGNS: [&str; 5] = ["%", "процентов", "процента", "процент", "проц."];
    match SIGNS.iter().find_map(|sign| text.strip_suffix(sign)) {
        Some(bare) => (bare.trim_end(), true),
        None => (text, false),
    }
}

fn is_date(unsigned: &str) -> bool {
    let lengths: Vec<usize> = unsigned.split('.').map(str::len).collect();
    matches!(lengths.as_slice(), [1 | 2, 1 | 2, 2 | 4])
}

fn groups_thousands(unsigned: &str) -> bool {
    let whole = unsigned.split([',', '.']).next().unwrap_or_default();
    let fraction = unsigned.get(whole.len()..).unwrap_or_default();
    let mut groups = whole.split(' ');
    let first = groups.next().unwrap_or_default();
    let mut rest = groups.peekable();
    let first_fits = rest.peek().is_none() || (1..=3).contains(&first.len());
    first_fits && rest.all(|group| group.len() == 3) && !fraction.contains(' ')
}

#[derive(Clone, Copy)]
enum Side {
    Above,
    AtLeast,
    Below,
    AtMost,
}

/// Longer words stand before those that begin them.
const BEFORE: [(&str, Side); 24] = [
    (">=", Side::AtLeast),
    ("=>", Side::AtLeast),
    ("≥", Side::AtLeast),
    (">", Side::Above),
    ("<=", Side::AtMost),
    ("=<", Side::AtMost),
    ("≤", Side::AtMost),
    ("<", Side::Below),
    ("не менее", Side::AtLeast),
    ("не меньше", Side::AtLeast),
    ("не ниже", Side::AtLeast),
    ("не более", Side::AtMost),
    ("не больше", Side::AtMost),
    ("не выше", Side::AtMost),
    ("свыше", Side::Above),
    ("выше", Side::Above),
    ("более чем", Side::Above),
    ("более", Side::Above),
    ("больше", Side::Above),
    ("ниже", Side::Below),
    ("менее", Side::Below),
    ("меньше", Side::Below),
    ("до", Side::AtMost),
    ("от", Side::AtLeast),
];

const AFTER: [(&str, Side); 6] = [
    (" и выше", Side::AtLeast),
    (" и более", Side::AtLeast),
    (" и больше", Side::AtLeast),
    (" и ниже", Side::AtMost),
    (" и менее", Side::AtMost),
    (" и меньше", Side::AtMost),
];

fn within(text: &str) -> Result<Option<(Interval, bool)>, BadValue> {
    if let Some(span) = span(text)? {
        return Ok(Some(span));
    }
    if let Some((rest, side)) = AFTER.iter().find_map(|(w, s)| Some((text.strip_suffix(w)?, *s))) {
        return bound(rest, side);
    }
    for (word, side) in BEFORE {
        let Some(rest) = text.strip_prefix(word) else { continue };
        if !rest.starts_with(char::is_alphabetic) {
            return bound(rest.trim_start(), side);
        }
    }
    Ok(None)
}

fn bound(text: &str, side: Side) -> Result<Option<(Interval, bool)>, BadValue> {
    let Some((at, percent)) = figure(text)? else { return Ok(None) };
    let interval = match side {
        Side::Above => Interval { low: Some(Bound::open(at)), high: None },
        Side::AtLeast => Interval { low: Some(Bound::closed(at)), high: None },
        Side::Below => Interval { low: None, high: Some(Bound::open(at)) },
        Side::AtMost => Interval { low: None, high: Some(Bound::closed(at)) },
    };
    Ok(Some((interval, percent)))
}

/// «57–80 %», «57 % - 80 %», «от 57 до 80 %».
fn span(text: &str) -> Result<Option<(Interval, bool)>, BadValue> {
    if let Some((low, high)) = text.strip_prefix("от ").and_then(|rest| rest.split_once(" до "))
    {
        return ends(low, high);
    }
    for mark in ["–", "—", "…", "..", "-", "−"] {
        for (at, _) in text.match_indices(mark).filter(|(at, _)| *at > 0) {
            let low = text.get(..at).unwrap_or_default().trim_end();
            let high = text.get(at + mark.len()..).unwrap_or_default().trim_start();
            if let Some(found) = ends(low, high)? {
                return Ok(Some(found));
            }
        }
    }
    Ok(None)
}

fn ends(low: &str, high: &str) -> Result<Option<(Interval, bool)>, BadValue> {
    let (Some((low, a)), Some((high, b))) = (figure(low)?, figure(high)?) else {
        return Ok(None);
    };
    if low > high {
        return Err(BadValue::Reversed);
    }
    Ok(Some((Interval::between(low, high), a || b)))
}

const ROSE: [&str; 5] = ["повысил", "увеличил", "поднял", "вырос", "возрос"];
const FELL: [&str; 5] = ["снизил", "уменьшил", "сократил", "упал", "понизил"];
const PAST: [&str; 8] = ["ось", "ась", "ся", "ись", "", "о", "а", "и"];
const PAST_OF_ROS: [&str; 3] = ["ло", "ла", "ли"];

fn direction(text: &str) -> Option<Direction> {
    const UNCHANGED: [&str; 6] = [
        "стабильно",
        "без изменений",
        "на прежнем уровне",
        "на том же уровне",
        "не меняется",
        "осталось на прежнем уровне",
    ];
    if UNCHANGED.contains(&text) || text.strip_prefix("не ").is_some_and(|v| is_past("изменил", v))
    {
        return Some(Direction::Unchanged);
    }
    match text {
        "рост" | "повышение" | "увеличение" => Some(Direction::Rose),
        "снижение" | "уменьшение" | "сокращение" => {
            Some(Direction::Fell)
        }
        _ if ROSE.iter().any(|stem| is_past(stem, text)) => Some(Direction::Rose),
        _ if FELL.iter().any(|stem| is_past(stem, text)) => Some(Direction::Fell),
        _ => None,
    }
}

fn is_past(stem: &str, word: &str) -> bool {
    word.strip_prefix(stem).is_some_and(|end| PAST.contains(&end) || PAST_OF_ROS.contains(&end))
}

/// The likeliest slip behind a text that is no value.
fn suspicion(plain: &str) -> BadValue {
    let first = plain.split(' ').next().unwrap_or_default();
    if direction(first).is_some() && plain.contains(|c: char| c.is_ascii_digit()) {
        return BadValue::Difference;
    }
    if plain.parse::<jiff::civil::Date>().is_ok() {
        return BadValue::Date;
    }
    if plain.starts_with('#') { BadValue::FormulaError } else { BadValue::Other }
}

impl BadValue {
    /// What is wrong, as the end of a sentence that has quoted the text.
    pub fn message(self) -> &'static str {
        match self {
            Self::TwoMarks => "в числе больше одной запятой или точки",
            Self::TooLong => "в числе больше 40 знаков",
            Self::LooseDigits => "между цифрами пробел, а это не разряды числа",
            Self::Reversed => "нижняя граница больше верхней",
            Self::Difference => "указано, на сколько изменилось, а нужно само значение",
            Self::Date => "это дата, а нужно значение показателя",
            Self::FormulaError => "это ошибка формулы, а нужно значение показателя",
            Self::Other => "это не значение показателя",
        }
    }

    /// The way out.
    pub fn hint(self) -> &'static str {
        match self {
            Self::TwoMarks => "дробная часть отделяется одной запятой или точкой: «12,5»",
            Self::Reversed => "промежуток пишут от меньшего к большему: «57–80 %»",
            Self::LooseDigits => "промежуток пишут через тире: «57–80 %», тысячи — «1 250»",
            Self::Date => "дату как значение пишут в «ёлочках»",
            Self::Difference => "если значение неизвестно, пишут одно слово: «снизилось»",
            Self::FormulaError => "исправьте формулу или впишите значение",
            Self::TooLong | Self::Other => {
                "пишут число без единицы («12,5»), процент («12,5 %»), границу («> 50 %»), \
                 промежуток («57–80 %»), «да», «нет», «снизилось», «нет данных»; текст — в «ёлочках»"
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A short notation of readings for the tables below.
    fn shown(text: &str) -> String {
        let end = |bound: &Option<Bound>| match bound {
            None => "∞".to_owned(),
            Some(b) => format!("{}{}", b.at.to_plain(), if b.inclusive { "" } else { "!" }),
        };
        let sign = |percent: bool| if percent { "%" } else { "" };
        match parse_value(text) {
            Ok(Reading::Figure { value, percent }) => value.to_plain() + sign(percent),
            Ok(Reading::Within { interval, percent }) => {
                format!("{}..{}{}", end(&interval.low), end(&interval.high), sign(percent))
            }
            Ok(other) => format!("{other:?}"),
            Err(bad) => format!("{bad:?}!"),
        }
    }

    #[track_caller]
    fn check(cases: &[(&str, &str)]) {
        for (text, expected) in cases {
            assert_eq!(shown(text), *expected, "{text}");
        }
    }

    #[test]
    fn figures() {
        check(&[
            ("12,5", "12.5"),
            ("−3.0", "-3"),
            ("+4", "4"),
            ("12,5 %", "12.5%"),
            ("50%", "50%"),
            ("1\u{A0}250 000,5", "1250000.5"),
            ("12,5,1", "TwoMarks!"),
            ("1.250,5", "TwoMarks!"),
            ("5 7", "LooseDigits!"),
            ("5,", "Other!"),
            ("01.09.2020", "Date!"),
            ("2020-09-01", "Date!"),
            ("1e5", "Other!"),
            ("25 чел.", "Other!"),
            ("#ДЕЛ/0!", "FormulaError!"),
            ("99999999999999999999999999999999999999999", "TooLong!"),
        ]);
    }

    #[test]
    fn bounds() {
        check(&[
            ("> 50 %", "50!..∞%"),
            ("выше 50 %", "50!..∞%"),
            ("больше 50", "50!..∞"),
            ("Не менее 50 %", "50..∞%"),
            (">= 50", "50..∞"),
            ("≥50", "50..∞"),
            ("50 % и выше", "50..∞%"),
            ("ниже 40", "∞..40!"),
            ("не выше 40", "∞..40"),
            ("до 40 %", "∞..40%"),
            ("выше", "Other!"),
            ("вышe 50", "Other!"),
            ("> 5,5,5", "TwoMarks!"),
        ]);
    }

    #[test]
    fn spans() {
        check(&[
            ("57–80 %", "57..80%"),
            ("57 % - 80 %", "57..80%"),
            ("от 57 до 80 %", "57..80%"),
            ("-5…-3", "-5..-3"),
            ("-5--3", "-5..-3"),
            ("2,5..3,5", "2.5..3.5"),
            ("80-57", "Reversed!"),
            ("от 57", "57..∞"),
            ("5-", "Other!"),
        ]);
    }

    #[test]
    fn words() {
        check(&[
            ("Снизилось", "Moved(Fell)"),
            ("снизился", "Moved(Fell)"),
            ("выросло", "Moved(Rose)"),
            ("увеличилась", "Moved(Rose)"),
            ("не изменилось", "Moved(Unchanged)"),
            ("не снизилось", "Other!"),
            ("снизилось на 5 %", "Difference!"),
            ("ДА", "Truth(true)"),
            ("нет", "Truth(false)"),
            ("нет данных", "Missing"),
            ("", "Missing"),
            ("—", "Missing"),
            ("«в стадии согласования»", "Words(\"в стадии согласования\")"),
            ("хорошо", "Other!"),
            ("...", "Missing"),
            (".", "Other!"),
        ]);
    }
}
