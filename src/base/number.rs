//! Exact rational numbers, written as Russians write them.

use std::fmt;
use std::ops::{Add, Mul, Neg, Sub};

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive, Zero};

/// An exact rational number. There is no binary floating point between a figure and a verdict.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Number(BigRational);

/// Why a text is not a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberError {
    /// The text holds something other than an optional sign, digits and one decimal mark.
    NotANumber,
    /// The text is longer than any figure of the domain (40 characters).
    TooLong,
}

const MAX_LENGTH: usize = 40;

impl Number {
    pub fn zero() -> Self {
        Self(BigRational::zero())
    }

    pub fn from_int(value: i64) -> Self {
        Self(BigRational::from_integer(BigInt::from(value)))
    }

    /// Reads `12`, `12,5`, `-12.5`, `−3`; a comma and a point are both a decimal mark, blanks
    /// (also narrow and non-breaking ones) may group thousands.
    pub fn parse(text: &str) -> Result<Self, NumberError> {
        let compact: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        if compact.chars().count() > MAX_LENGTH {
            return Err(NumberError::TooLong);
        }
        let unsigned = compact.trim_start_matches(['-', '−']);
        let negative = match compact.chars().count() - unsigned.chars().count() {
            0 => false,
            1 => true,
            _ => return Err(NumberError::NotANumber),
        };
        let (whole, fraction) = unsigned.split_once([',', '.']).unwrap_or((unsigned, ""));
        let has_mark = unsigned.contains([',', '.']);
        let is_digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
        if !is_digits(whole) || (has_mark && !is_digits(fraction)) {
            return Err(NumberError::NotANumber);
        }
        let digits: BigInt =
            format!("{whole}{fraction}").parse().map_err(|_| NumberError::NotANumber)?;
        let scale = BigInt::from(10u8).pow(fraction.len() as u32);
        let value = BigRational::new(digits, scale);
        Ok(Self(if negative { -value } else { value }))
    }

    pub fn is_zero(&self) -> bool {
        self.0.is_zero()
    }

    pub fn is_negative(&self) -> bool {
        self.0.is_negative()
    }

    pub fn is_integer(&self) -> bool {
        self.0.is_integer()
    }

    pub fn abs(&self) -> Self {
        Self(self.0.abs())
    }

    /// `None` on division by zero.
    pub fn checked_div(&self, other: &Self) -> Option<Self> {
        (!other.is_zero()).then(|| Self(&self.0 / &other.0))
    }

    pub fn half(&self) -> Self {
        Self(&self.0 / BigInt::from(2))
    }

    /// Towards negative infinity; `None` where the result does not fit 64 bits.
    pub fn floor(&self) -> Option<i64> {
        self.0.floor().to_integer().to_i64()
    }

    /// The nearest whole number, halves away from zero; `None` where it does not fit 64 bits.
    pub fn round(&self) -> Option<i64> {
        self.0.round().to_integer().to_i64()
    }

    /// The nearest number of at most `places` digits behind the decimal mark, halves away from zero.
    pub fn rounded(&self, places: u32) -> Self {
        let scale = BigRational::from_integer(BigInt::from(10u8).pow(places));
        Self((&self.0 * &scale).round() / scale)
    }

    /// How many digits stand behind the decimal mark; `most` where there are more, or no end of them.
    pub fn places(&self, most: u32) -> u32 {
        (0..most).find(|places| self.rounded(*places) == *self).unwrap_or(most)
    }

    /// For drawings alone: the nearest binary fraction.
    pub fn to_f64_for_drawing(&self) -> f64 {
        self.0.to_f64().unwrap_or(0.0)
    }

    /// The decimal notation with at most `places` digits behind the mark, halves away from zero,
    /// trailing zeros left out, `mark` as the decimal mark.
    fn decimal(&self, places: u32, mark: char) -> String {
        let scale = BigInt::from(10u8).pow(places);
        let scaled = (&self.0 * BigRational::from_integer(scale.clone())).round().to_integer();
        let sign = if scaled.is_negative() { "-" } else { "" };
        let absolute = scaled.abs();
        let whole = &absolute / &scale;
        let rest = &absolute % &scale;
        if rest.is_zero() {
            return format!("{sign}{whole}");
        }
        let digits = format!("{rest:0>width$}", width = places as usize);
        format!("{sign}{whole}{mark}{}", digits.trim_end_matches('0'))
    }

    /// For people: a comma, at most `places` digits behind it, and a true minus sign.
    pub fn to_russian(&self, places: u32) -> String {
        self.decimal(places, ',').replace('-', "−")
    }

    /// For machines: a point, at most twelve digits behind it.
    pub fn to_plain(&self) -> String {
        self.decimal(12, '.')
    }

    pub fn as_rational(&self) -> &BigRational {
        &self.0
    }

    pub fn from_rational(value: BigRational) -> Self {
        Self(value)
    }

    pub fn one() -> Self {
        Self(BigRational::one())
    }
}

impl From<i64> for Number {
    fn from(value: i64) -> Self {
        Self::from_int(value)
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_russian(6))
    }
}

macro_rules! operator {
    ($trait:ident, $method:ident) => {
        impl $trait for &Number {
            type Output = Number;
            fn $method(self, other: &Number) -> Number {
                Number($trait::$method(&self.0, &other.0))
            }
        }
    };
}
operator!(Add, add);
operator!(Sub, sub);
operator!(Mul, mul);

impl Neg for &Number {
    type Output = Number;
    fn neg(self) -> Number {
        Number(-&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn n(text: &str) -> Number {
        Number::parse(text).expect("a number of the test")
    }

    #[test]
    fn reads_what_russians_write() {
        assert_eq!(n("12,5"), n("12.5"));
        assert_eq!(n("1 250"), Number::from_int(1250));
        assert_eq!(n("−3").to_plain(), "-3");
        for bad in ["", ",5", "5,", "1,2,3", "--1", "1e5", "пять"] {
            assert_eq!(Number::parse(bad), Err(NumberError::NotANumber), "{bad}");
        }
        assert_eq!(Number::parse(&"9".repeat(41)), Err(NumberError::TooLong));
    }

    #[test]
    fn prints_exactly_and_rounds_only_there() {
        let third = Number::from_int(1).checked_div(&Number::from_int(3)).expect("not by zero");
        assert_eq!(third.to_russian(1), "0,3");
        assert_eq!(&(&third + &third) + &third, Number::from_int(1));
        assert_eq!(n("-0.05").to_russian(1), "−0,1");
        assert_eq!(n("0.04").to_russian(1), "0");
        assert_eq!(n("12.50").to_russian(2), "12,5");
    }
}
