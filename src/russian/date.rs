//! Dates and ranges of months in words.

use jiff::civil::Date;

use super::{Case, NBSP};

/// How a date is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DateStyle {
    /// «1 сентября 2026 года»
    Full,
    /// «1 сентября 2026 г.»
    Short,
    /// «01.09.2026»
    Digits,
}

/// A date in words or figures; the blanks inside it do not break.
pub fn date(date: Date, style: DateStyle) -> String {
    let (day, year) = (date.day(), date.year());
    if style == DateStyle::Digits {
        return format!("{day:02}.{:02}.{year}", date.month());
    }
    let month = month(date.month(), Case::Genitive);
    let tail = if style == DateStyle::Full { "года" } else { "г." };
    format!("{day}{NBSP}{month} {year}{NBSP}{tail}")
}

/// The name of a month, counted from 1, in a case; empty for a number that is no month.
pub fn month(number: i8, case: Case) -> String {
    // The stem; whether it is soft; whether the stress falls on the ending.
    let (stem, soft, stressed) = match number {
        1 => ("январ", true, true),
        2 => ("феврал", true, true),
        3 => ("март", false, false),
        4 => ("апрел", true, false),
        5 => return may(case).to_owned(),
        6 => ("июн", true, false),
        7 => ("июл", true, false),
        8 => ("август", false, false),
        9 => ("сентябр", true, true),
        10 => ("октябр", true, true),
        11 => ("ноябр", true, true),
        12 => ("декабр", true, true),
        _ => return String::new(),
    };
    let ending = match (case, soft) {
        (Case::Nominative | Case::Accusative, true) => "ь",
        (Case::Nominative | Case::Accusative, false) => "",
        (Case::Genitive, true) => "я",
        (Case::Genitive, false) => "а",
        (Case::Dative, true) => "ю",
        (Case::Dative, false) => "у",
        (Case::Instrumental, true) if stressed => "ём",
        (Case::Instrumental, true) => "ем",
        (Case::Instrumental, false) => "ом",
        (Case::Prepositional, _) => "е",
    };
    format!("{stem}{ending}")
}

fn may(case: Case) -> &'static str {
    match case {
        Case::Nominative | Case::Accusative => "май",
        Case::Genitive => "мая",
        Case::Dative => "маю",
        Case::Instrumental => "маем",
        Case::Prepositional => "мае",
    }
}

/// The months from one date to another: «май 2027 года», «сентябрь–декабрь 2026 года»,
/// «октябрь 2026 – май 2027 года». The ends may come in either order.
pub fn months(from: Date, to: Date) -> String {
    let (from, to) = if from <= to { (from, to) } else { (to, from) };
    let name = |date: Date| month(date.month(), Case::Nominative);
    let (first, last, year) = (name(from), name(to), to.year());
    if from.year() != year {
        return format!("{first} {}{NBSP}– {last} {year}{NBSP}года", from.year());
    }
    if from.month() == to.month() {
        return format!("{first} {year}{NBSP}года");
    }
    format!("{first}–{last} {year}{NBSP}года")
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date as day;

    fn plain(text: &str) -> String {
        text.replace(NBSP, " ")
    }

    #[test]
    fn dates_in_words() {
        let first = day(2026, 9, 1);
        assert_eq!(date(first, DateStyle::Full), "1\u{a0}сентября 2026\u{a0}года");
        assert_eq!(date(first, DateStyle::Short), "1\u{a0}сентября 2026\u{a0}г.");
        assert_eq!(date(first, DateStyle::Digits), "01.09.2026");
        assert_eq!(plain(&date(day(2027, 5, 31), DateStyle::Full)), "31 мая 2027 года");
        assert_eq!(plain(&date(day(2027, 3, 8), DateStyle::Full)), "8 марта 2027 года");
    }

    #[test]
    fn ranges_of_months() {
        let cases = [
            (day(2026, 9, 1), day(2026, 12, 31), "сентябрь–декабрь 2026 года"),
            (day(2026, 10, 1), day(2027, 5, 31), "октябрь 2026 – май 2027 года"),
            (day(2027, 5, 1), day(2027, 5, 31), "май 2027 года"),
            (day(2027, 5, 31), day(2026, 10, 1), "октябрь 2026 – май 2027 года"),
        ];
        for (from, to, expected) in cases {
            assert_eq!(plain(&months(from, to)), expected);
        }
    }

    #[test]
    fn months_decline() {
        let forms = |n| Case::ALL.map(|case| month(n, case)).join(" ");
        assert_eq!(forms(9), "сентябрь сентября сентябрю сентябрь сентябрём сентябре");
        assert_eq!(forms(4), "апрель апреля апрелю апрель апрелем апреле");
        assert_eq!(forms(3), "март марта марту март мартом марте");
        assert_eq!(forms(5), "май мая маю май маем мае");
        assert_eq!(month(13, Case::Nominative), "");
    }
}
