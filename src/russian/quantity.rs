//! Figures with their units.

use super::{Forms, NBSP, count_genitive, count_to};
use crate::base::Number;

/// Digits behind the mark where nobody asks for more.
pub const PLACES: u32 = 2;

/// A number for people: a decimal comma, at most `places` digits behind it, thousands grouped by
/// no-break spaces from 10 000 up.
pub fn number(value: &Number, places: u32) -> String {
    let written = value.to_russian(places);
    let (sign, unsigned) = match written.strip_prefix('−') {
        Some(rest) => ("−", rest),
        None => ("", written.as_str()),
    };
    let (whole, fraction) = match unsigned.split_once(',') {
        Some((whole, fraction)) => (whole, format!(",{fraction}")),
        None => (unsigned, String::new()),
    };
    format!("{sign}{}{fraction}", group_thousands(whole))
}

fn group_thousands(digits: &str) -> String {
    if digits.len() < 5 {
        return digits.to_owned();
    }
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(NBSP);
        }
        grouped.push(digit);
    }
    grouped
}

/// The number as it is printed with so many places: what agreement must look at.
pub(super) fn rounded(value: &Number, places: u32) -> Number {
    Number::parse(&value.to_russian(places)).unwrap_or_else(|_| value.clone())
}

/// «12,5 %»
pub fn percent(value: &Number, places: u32) -> String {
    format!("{}{NBSP}%", number(value, places))
}

/// Percentage points: «3 п. п.»
pub fn points(value: &Number, places: u32) -> String {
    format!("{}{NBSP}п.{NBSP}п.", number(value, places))
}

/// Points of a test: «4,2 балла», «5 баллов».
pub fn score(value: &Number, places: u32) -> String {
    count_to(value, places, &score_forms())
}

/// «балл, балла, баллов»
pub fn score_forms() -> Forms {
    Forms::new("балл", "балла", "баллов")
}

/// A part of a whole: «3 из 20 учеников», «1 из 21 ученика».
pub fn out_of(part: &Number, whole: &Number, forms: &Forms) -> String {
    format!("{} из{NBSP}{}", number(part, PLACES), count_genitive(whole, PLACES, forms))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn n(text: &str) -> Number {
        Number::parse(text).expect("a number of the test")
    }

    #[test]
    fn thousands_are_grouped_from_ten_thousand_up() {
        for (value, expected) in [
            ("0", "0"),
            ("999", "999"),
            ("9999", "9999"),
            ("10000", "10\u{a0}000"),
            ("1234567,891", "1\u{a0}234\u{a0}567,89"),
            ("-25000", "−25\u{a0}000"),
            ("-1,5", "−1,5"),
        ] {
            assert_eq!(number(&n(value), 2), expected);
        }
    }

    #[test]
    fn units_follow_their_figures() {
        assert_eq!(percent(&n("12,5"), 1), "12,5\u{a0}%");
        assert_eq!(percent(&n("33,333"), 1), "33,3\u{a0}%");
        assert_eq!(points(&n("3"), 1), "3\u{a0}п.\u{a0}п.");
        for (value, expected) in [
            ("4,2", "4,2\u{a0}балла"),
            ("1", "1\u{a0}балл"),
            ("5", "5\u{a0}баллов"),
            ("5,001", "5\u{a0}баллов"),
            ("21", "21\u{a0}балл"),
            ("112", "112\u{a0}баллов"),
        ] {
            assert_eq!(score(&n(value), 2), expected);
        }
    }

    #[test]
    fn a_part_of_a_whole() {
        let forms = Forms::new("ученик", "ученика", "учеников");
        assert_eq!(out_of(&n("3"), &n("20"), &forms).replace(NBSP, " "), "3 из 20 учеников");
        assert_eq!(out_of(&n("3"), &n("21"), &forms).replace(NBSP, " "), "3 из 21 ученика");
        assert_eq!(out_of(&n("3"), &n("11"), &forms).replace(NBSP, " "), "3 из 11 учеников");
    }
}
