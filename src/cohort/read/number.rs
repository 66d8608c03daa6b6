//! What a cell says: a figure, exactly, or why it is none.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::ToPrimitive as _;

use crate::base::Number;
use crate::cohort::Figure;
use crate::data::trim;

/// An exact figure. What fits 10⁻¹² is always `Fine`, so equal figures are equal here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    Fine(i64),
    Large(Box<Number>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Content {
    Blank,
    /// A mark that there is no figure: «н/д».
    Mark,
    Invalid,
    Figure {
        value: Value,
        percent: bool,
    },
}

impl Value {
    pub fn number(&self) -> Number {
        match self {
            Self::Fine(units) => Number::from_int(*units)
                .checked_div(&Number::from_int(Figure::ONE))
                .unwrap_or_else(Number::zero),
            Self::Large(number) => number.as_ref().clone(),
        }
    }

    pub fn from_number(number: Number) -> Self {
        let units = number.as_rational() * BigRational::from_integer(BigInt::from(Figure::ONE));
        let whole = units.is_integer().then(|| units.to_integer().to_i64()).flatten();
        match whole.filter(|units| Figure::fine(*units).is_some()) {
            Some(units) => Self::Fine(units),
            None => Self::Large(Box::new(number)),
        }
    }
}

/// Longer texts are no numbers.
const LONGEST: usize = 64;

const MARKS: [&str; 20] = [
    "nan",
    "na",
    "n/a",
    "#n/a",
    "#н/д",
    "null",
    "none",
    "nil",
    "-",
    "–",
    "—",
    ".",
    "..",
    "...",
    "…",
    "нет",
    "нет данных",
    "н/д",
    "нд",
    "н.д.",
];
/// The letter that stands for a withheld figure, Latin and Cyrillic.
const CROSSES: [&str; 2] = ["x", "х"];

/// Reads the bytes of a cell (UTF-8).
pub(super) fn read(cell: &[u8]) -> Content {
    if let Some(units) = fine(cell) {
        return Content::Figure { value: Value::Fine(units), percent: false };
    }
    if cell.is_empty() {
        return Content::Blank;
    }
    let text = String::from_utf8_lossy(cell);
    let text = trim(&text);
    if text.is_empty() {
        return Content::Blank;
    }
    if is_mark(text) {
        return Content::Mark;
    }
    let (bare, percent) = match text.strip_suffix('%') {
        Some(bare) => (trim(bare), true),
        None => (text, false),
    };
    match exact(bare) {
        Some(value) => Content::Figure { value, percent },
        None => Content::Invalid,
    }
}

fn is_mark(text: &str) -> bool {
    const LONGEST_MARK: usize = 40;
    if text.len() > LONGEST_MARK {
        return false;
    }
    let lower = text.to_lowercase();
    let plain = lower.split_whitespace().collect::<Vec<_>>().join(" ");
    MARKS.contains(&plain.as_str()) || CROSSES.contains(&plain.as_str())
}

/// The common case, without a look at characters: `-12.5` in units of 10⁻¹².
fn fine(cell: &[u8]) -> Option<i64> {
    const MOST_DIGITS: usize = 18;
    let (negative, digits) = match cell {
        [b'-', rest @ ..] => (true, rest),
        _ => (false, cell),
    };
    if digits.len() > MOST_DIGITS {
        return None;
    }
    let (mut mantissa, mut mark) = (0i64, None);
    for (at, byte) in digits.iter().enumerate() {
        match byte {
            b'0'..=b'9' => mantissa = mantissa * 10 + i64::from(byte - b'0'),
            b'.' | b',' if mark.is_none() => mark = Some(at),
            _ => return None,
        }
    }
    let places = mark.map_or(0, |at| digits.len() - at - 1);
    if digits.len() == usize::from(mark.is_some()) {
        return None;
    }
    let scale = SCALES.get(places)?;
    let units = mantissa.checked_mul(*scale)?;
    Some(if negative { -units } else { units })
}

/// Units in one of the last digit, by the number of places.
const SCALES: [i64; 13] = [
    1_000_000_000_000,
    100_000_000_000,
    10_000_000_000,
    1_000_000_000,
    100_000_000,
    10_000_000,
    1_000_000,
    100_000,
    10_000,
    1_000,
    100,
    10,
    1,
];

/// `[+-]digits[.,digits][e[+-]d{1,3}]`, ASCII digits, at least one before the exponent.
fn exact(text: &str) -> Option<Value> {
    let plain: String = text.chars().map(minus).take(LONGEST + 1).collect();
    if plain.chars().count() > LONGEST {
        return None;
    }
    if let Some(units) = fine(plain.as_bytes()) {
        return Some(Value::Fine(units));
    }
    let (mantissa, exponent) = match plain.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, short_exponent(exponent)?),
        None => (plain.as_str(), 0),
    };
    let (negative, unsigned) = sign(mantissa);
    let (whole, fraction) = unsigned.split_once(['.', ',']).unwrap_or((unsigned, ""));
    let digits = format!("{whole}{fraction}");
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let mut value = BigRational::from_integer(digits.parse().ok()?);
    let power = exponent - i32::try_from(fraction.len()).ok()?;
    value *= BigRational::from_integer(BigInt::from(10)).pow(power);
    Some(Value::from_number(Number::from_rational(if negative { -value } else { value })))
}

fn minus(c: char) -> char {
    match c {
        '\u{2212}' | '\u{2010}' | '\u{2011}' => '-',
        c => c,
    }
}

fn sign(text: &str) -> (bool, &str) {
    match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    }
}

fn short_exponent(text: &str) -> Option<i32> {
    let (negative, digits) = sign(text);
    if !(1..=3).contains(&digits.len()) || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let power: i32 = digits.parse().ok()?;
    Some(if negative { -power } else { power })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(text: &str) -> String {
        match read(text.as_bytes()) {
            Content::Figure { value, percent } => {
                let kind = if matches!(value, Value::Fine(_)) { "" } else { "~" };
                format!("{kind}{}{}", value.number().to_plain(), if percent { "%" } else { "" })
            }
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn figures_are_exact() {
        let cases = [
            ("5", "5"),
            ("-12,5", "-12.5"),
            ("+12.5", "12.5"),
            ("\u{2212}0,25", "-0.25"),
            ("\u{2010}1", "-1"),
            ("\u{2011}1", "-1"),
            ("5.", "5"),
            (",5", "0.5"),
            ("-.5", "-0.5"),
            ("007", "7"),
            ("1e1", "10"),
            ("1E-3", "0.001"),
            ("2,5e+002", "250"),
            ("0.000000000001", "0.000000000001"),
            ("9223372", "9223372"),
            ("9223373", "~9223373"),
            ("12345678901234567890", "~12345678901234567890"),
            ("\u{A0}\u{FEFF} 7 \u{200B}", "7"),
            ("5%", "5%"),
            ("5 %", "5%"),
            ("5\u{A0}%", "5%"),
            ("-0", "0"),
        ];
        for (text, expected) in cases {
            assert_eq!(figure(text), expected, "{text}");
        }
        let tiny = Value::Large(Box::new(
            Number::one()
                .checked_div(&Value::from_number(Number::from_int(10_000_000_000_000)).number())
                .expect("not by zero"),
        ));
        assert_eq!(read(b"0.0000000000001"), Content::Figure { value: tiny, percent: false });
    }

    #[test]
    fn other_texts_are_no_figures() {
        let long = format!("0.{}", "1".repeat(63));
        let words = ["пять", "1 000", "1\u{A0}000", "1,2,3", "--5", "+", "-.", "e5", ".e5", "1e"];
        let others = ["1e1234", "1e+", "inf", "Infinity", "0x10", "٥", "5%%", "%", "> 5", "н/д%"];
        for text in words.into_iter().chain(others).chain([long.as_str(), "\u{2212}"]) {
            assert_eq!(read(text.as_bytes()), Content::Invalid, "{text}");
        }
        let longest = format!("0.{}", "1".repeat(62));
        assert!(matches!(read(longest.as_bytes()), Content::Figure { .. }));
    }

    #[test]
    fn marks_and_blanks_say_that_there_is_no_figure() {
        for text in MARKS.iter().chain(&CROSSES) {
            assert_eq!(read(text.as_bytes()), Content::Mark, "{text}");
            assert_eq!(read(format!(" {} ", text.to_uppercase()).as_bytes()), Content::Mark);
        }
        assert_eq!(read("Нет\u{A0} данных".as_bytes()), Content::Mark);
        for text in ["", " ", "\u{A0}\u{200B}\u{FEFF}\u{2003}\t"] {
            assert_eq!(read(text.as_bytes()), Content::Blank);
        }
    }
}
