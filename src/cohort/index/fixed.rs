//! The arithmetic of an index: fixed point where it decides, exact fractions where it does not.
//!
//! **The bound.** A term is a fraction of whole numbers from 0 to 1. It is floored to units of 2⁻⁶⁴, so
//! that it lies in [f, f + 1) of them, and the sum of c terms in [F, F + c), where F is the sum of the f.
//! The mean then lies in [F/c, F/c + 1) units of 2⁻⁶⁴, which is [F/2c, F/2c + ½) units of 2⁻⁶³, and with
//! m = ⌊F/2c⌋ in [m, m + 1½). The mean of the means of Y years lies, by the same steps, in
//! [W/Y, W/Y + 1½) with W = Σ m, and so in [⌊W/Y⌋, ⌊W/Y⌋ + 2½). Either way it lies in [m, m + `WIDTH`):
//! two means whose m differ by `WIDTH` or more are in the order of their m. The others are compared as
//! exact fractions, so equal means are found equal, and no others are.

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, ToPrimitive, Zero};

use crate::base::Number;
use crate::cohort::{Cell, Figure, Index};

/// One, of a term.
const TERM_ONE: u128 = 1 << 64;
/// How far a mean lies above its `Approximate`, at most.
const WIDTH: u64 = 3;

/// part/whole in units of 2⁻⁶⁴, towards zero; the part is not more than the whole.
pub fn term(part: u64, whole: u64) -> u128 {
    if part >= whole {
        return TERM_ONE;
    }
    // Figures of few digits have short fractions: two short divisions are faster than a long one.
    if whole <= u64::from(u32::MAX) {
        let (high, rest) = ((part << 32) / whole, (part << 32) % whole);
        return u128::from((high << 32) | ((rest << 32) / whole));
    }
    (u128::from(part) << 64) / u128::from(whole)
}

/// A number from 0 to 1 in units of 2⁻⁶⁴, towards zero.
pub fn term_of(number: &BigRational) -> u128 {
    let units = number * BigRational::from_integer(BigInt::one() << 64);
    units.floor().to_integer().to_u128().map_or(0, |units| units.min(TERM_ONE))
}

/// A mean in units of 2⁻⁶³, not more than `WIDTH` below the exact one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Approximate(u64);

impl Approximate {
    /// The mean of so many terms, one or more.
    pub fn mean(sum: u128, count: usize) -> Self {
        let whole = sum / (2 * count.max(1) as u128);
        Self(u64::try_from(whole).unwrap_or(u64::MAX))
    }

    /// The mean of the means of several years.
    pub fn mean_of(means: &[Self]) -> Self {
        let sum: u128 = means.iter().map(|mean| u128::from(mean.0)).sum();
        let whole = sum / means.len().max(1) as u128;
        Self(u64::try_from(whole).unwrap_or(u64::MAX))
    }

    /// Whether the order of two means is that of their approximations.
    pub fn decides(self, other: Self) -> bool {
        self.0.abs_diff(other.0) >= WIDTH
    }

    /// Above another mean, and so is whatever stands before this one in the order of exact means: its
    /// approximation is at most `WIDTH` − 1 lower.
    pub fn is_clearly_above(self, other: Self) -> bool {
        self.0 >= other.0.saturating_add(2 * WIDTH - 1)
    }

    /// The distance of two means is not less than this.
    pub fn distance_at_least(self, other: Self) -> u64 {
        self.0.abs_diff(other.0).saturating_sub(WIDTH)
    }

    /// The index to be printed, where every mean that this may stand for rounds alike.
    pub fn index(self) -> Option<Index> {
        // From one below, because at an exact half the even neighbour decides.
        let low = rounded(self.0.saturating_sub(1));
        let high = rounded(self.0.saturating_add(WIDTH));
        (low == high).then_some(Index(low))
    }
}

/// Units of 2⁻⁶³ as units of 10⁻¹², halves up.
fn rounded(units: u64) -> i64 {
    let scaled = u128::from(units) * Index::ONE.unsigned_abs() as u128 + (1 << 62);
    i64::try_from(scaled >> 63).unwrap_or(i64::MAX)
}

/// An exact mean, not reduced: cross products compare it faster than a common divisor is found.
#[derive(Clone, Debug)]
pub struct Exact {
    above: BigInt,
    /// Positive.
    below: BigInt,
}

impl Exact {
    /// `below` is positive.
    pub fn new(above: BigInt, below: BigInt) -> Self {
        Self { above, below }
    }

    /// Of what has no mean.
    pub fn nothing() -> Self {
        Self::new(BigInt::zero(), BigInt::one())
    }

    pub fn mean_of(means: &[Self]) -> Self {
        let sum = means.iter().fold(Self::nothing(), |sum, mean| Self {
            above: &sum.above * &mean.below + &mean.above * &sum.below,
            below: &sum.below * &mean.below,
        });
        Self { above: sum.above, below: sum.below * BigInt::from(means.len().max(1)) }
    }

    pub fn compare(&self, other: &Self) -> Ordering {
        if self.below == other.below {
            return self.above.cmp(&other.above);
        }
        (&self.above * &other.below).cmp(&(&other.above * &self.below))
    }

    /// Rounded half to even.
    pub fn index(&self) -> Index {
        let scaled = &self.above * BigInt::from(Index::ONE);
        let (whole, rest) = (&scaled / &self.below, &scaled % &self.below);
        let is_up = match (rest * 2u8).cmp(&self.below) {
            Ordering::Less => false,
            Ordering::Equal => (&whole % 2u8).is_one(),
            Ordering::Greater => true,
        };
        Index((whole + u8::from(is_up)).to_i64().unwrap_or(i64::MAX))
    }
}

/// A number that figures are compared with.
#[derive(Clone, Debug)]
pub struct Limit {
    /// In units of 10⁻¹², towards negative infinity.
    units: i128,
    is_whole: bool,
    number: Number,
}

impl Limit {
    pub fn new(number: Number) -> Self {
        let scaled = number.as_rational() * BigRational::from_integer(BigInt::from(Figure::ONE));
        let is_whole = scaled.is_integer();
        let far = if number.is_negative() { i128::MIN } else { i128::MAX };
        let units = scaled.floor().to_integer().to_i128().unwrap_or(far);
        Self { units, is_whole, number }
    }

    /// How a sum of figures, in units of 10⁻¹², compares with the limit.
    pub fn order_of_units(&self, sum: i128) -> Ordering {
        match sum.cmp(&self.units) {
            Ordering::Equal if !self.is_whole => Ordering::Less,
            order => order,
        }
    }

    /// How a figure compares with the limit; `None` of a missing one.
    pub fn order_of(&self, cell: Cell<'_>) -> Option<Ordering> {
        match cell {
            Cell::Missing => None,
            Cell::Fine(units) => Some(self.order_of_units(i128::from(units))),
            Cell::Large(number) => Some(number.cmp(&self.number)),
        }
    }

    pub fn number(&self) -> &Number {
        &self.number
    }
}

/// The exact figure of a cell.
pub fn exact_figure(cell: Cell<'_>) -> Option<Number> {
    match cell {
        Cell::Missing => None,
        Cell::Fine(units) => Number::from_int(units).checked_div(&Number::from_int(Figure::ONE)),
        Cell::Large(number) => Some(number.clone()),
    }
}
