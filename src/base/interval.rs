//! Intervals of exact numbers: what is known of a figure that is not known exactly.

use super::Number;

/// One end of an interval. An end may itself belong to the interval or not.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Bound {
    pub at: Number,
    pub inclusive: bool,
}

/// A set of numbers between two ends; an absent end is unbounded. Never empty by construction of
/// its users: a datum, a bound («выше 50 %») or the domain of a type.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Interval {
    pub low: Option<Bound>,
    pub high: Option<Bound>,
}

impl Bound {
    pub fn closed(at: Number) -> Self {
        Self { at, inclusive: true }
    }

    pub fn open(at: Number) -> Self {
        Self { at, inclusive: false }
    }
}

impl Interval {
    pub fn everything() -> Self {
        Self { low: None, high: None }
    }

    pub fn exactly(value: Number) -> Self {
        Self { low: Some(Bound::closed(value.clone())), high: Some(Bound::closed(value)) }
    }

    pub fn between(low: Number, high: Number) -> Self {
        Self { low: Some(Bound::closed(low)), high: Some(Bound::closed(high)) }
    }

    pub fn at_least(low: Number) -> Self {
        Self { low: Some(Bound::closed(low)), high: None }
    }

    /// The one number in it, if it is one.
    pub fn exact(&self) -> Option<&Number> {
        match (&self.low, &self.high) {
            (Some(low), Some(high)) if low.inclusive && high.inclusive && low.at == high.at => {
                Some(&low.at)
            }
            _ => None,
        }
    }

    pub fn contains(&self, value: &Number) -> bool {
        let above =
            self.low.as_ref().is_none_or(|b| value > &b.at || (b.inclusive && value == &b.at));
        let below =
            self.high.as_ref().is_none_or(|b| value < &b.at || (b.inclusive && value == &b.at));
        above && below
    }

    /// The number itself, or the end that it lies beyond.
    pub fn nearest(&self, value: &Number) -> Number {
        match (&self.low, &self.high) {
            (Some(low), _) if *value < low.at => low.at.clone(),
            (_, Some(high)) if *value > high.at => high.at.clone(),
            _ => value.clone(),
        }
    }

    /// What both allow; `None` where they exclude each other.
    pub fn intersect(&self, other: &Self) -> Option<Self> {
        let low = tighter(&self.low, &other.low, |a, b| a.at > b.at);
        let high = tighter(&self.high, &other.high, |a, b| a.at < b.at);
        let empty = match (&low, &high) {
            (Some(l), Some(h)) => l.at > h.at || (l.at == h.at && !(l.inclusive && h.inclusive)),
            _ => false,
        };
        (!empty).then_some(Self { low, high })
    }

    pub fn add(&self, other: &Self) -> Self {
        Self { low: sum(&self.low, &other.low), high: sum(&self.high, &other.high) }
    }

    pub fn negate(&self) -> Self {
        let flip =
            |b: &Option<Bound>| b.as_ref().map(|b| Bound { at: -&b.at, inclusive: b.inclusive });
        Self { low: flip(&self.high), high: flip(&self.low) }
    }

    pub fn subtract(&self, other: &Self) -> Self {
        self.add(&other.negate())
    }

    /// The product; exact for bounded operands, unbounded on a side that an unbounded operand
    /// could reach.
    pub fn multiply(&self, other: &Self) -> Self {
        if let Some(factor) = self.exact() {
            return other.scale(factor);
        }
        if let Some(factor) = other.exact() {
            return self.scale(factor);
        }
        let (Some(a), Some(b), Some(c), Some(d)) = (&self.low, &self.high, &other.low, &other.high)
        else {
            return Self::everything();
        };
        let mut products: Vec<Number> =
            vec![&a.at * &c.at, &a.at * &d.at, &b.at * &c.at, &b.at * &d.at];
        products.sort();
        match (products.first(), products.last()) {
            (Some(low), Some(high)) => Self::between(low.clone(), high.clone()),
            _ => Self::everything(),
        }
    }

    /// The quotient; `None` where the divisor may be zero.
    pub fn divide(&self, other: &Self) -> Option<Self> {
        if other.contains(&Number::zero()) {
            return None;
        }
        let inverse = |b: &Option<Bound>| match b {
            None => Some(Bound::open(Number::zero())),
            Some(b) => {
                Number::one().checked_div(&b.at).map(|at| Bound { at, inclusive: b.inclusive })
            }
        };
        Some(self.multiply(&Self { low: inverse(&other.high), high: inverse(&other.low) }))
    }

    fn scale(&self, factor: &Number) -> Self {
        if factor.is_zero() {
            return Self::exactly(Number::zero());
        }
        let by = |b: &Option<Bound>| {
            b.as_ref().map(|b| Bound { at: &b.at * factor, inclusive: b.inclusive })
        };
        if factor.is_negative() {
            Self { low: by(&self.high), high: by(&self.low) }
        } else {
            Self { low: by(&self.low), high: by(&self.high) }
        }
    }

    /// `Some(true)` where every number of `self` is less than every number of `other`,
    /// `Some(false)` where none is, `None` where that is open.
    pub fn less(&self, other: &Self) -> Option<bool> {
        if certainly_below(&self.high, &other.low, false) {
            return Some(true);
        }
        certainly_below(&other.high, &self.low, true).then_some(false)
    }

    /// As [`Interval::less`], for «не больше».
    pub fn less_or_equal(&self, other: &Self) -> Option<bool> {
        other.less(self).map(|above| !above)
    }

    /// Whether both are the same number, as far as it is decided.
    pub fn equal(&self, other: &Self) -> Option<bool> {
        if let (Some(a), Some(b)) = (self.exact(), other.exact()) {
            return Some(a == b);
        }
        self.intersect(other).is_none().then_some(false)
    }
}

fn tighter(
    a: &Option<Bound>,
    b: &Option<Bound>,
    wins: impl Fn(&Bound, &Bound) -> bool,
) -> Option<Bound> {
    match (a, b) {
        (None, x) | (x, None) => x.clone(),
        (Some(a), Some(b)) if a.at == b.at => {
            Some(Bound { at: a.at.clone(), inclusive: a.inclusive && b.inclusive })
        }
        (Some(a), Some(b)) => Some(if wins(a, b) { a } else { b }.clone()),
    }
}

fn sum(a: &Option<Bound>, b: &Option<Bound>) -> Option<Bound> {
    let (a, b) = (a.as_ref()?, b.as_ref()?);
    Some(Bound { at: &a.at + &b.at, inclusive: a.inclusive && b.inclusive })
}

/// Whether everything up to `high` lies below everything from `low` on; `or_equal` admits a touch.
fn certainly_below(high: &Option<Bound>, low: &Option<Bound>, or_equal: bool) -> bool {
    match (high, low) {
        (Some(high), Some(low)) if high.at == low.at => {
            or_equal || !(high.inclusive && low.inclusive)
        }
        (Some(high), Some(low)) => high.at < low.at,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn n(value: i64) -> Number {
        Number::from_int(value)
    }

    #[test]
    fn a_bound_decides_what_it_can() {
        let above_50 =
            Interval { low: Some(Bound::open(n(50))), high: Some(Bound::closed(n(100))) };
        assert_eq!(Interval::exactly(n(50)).less(&above_50), Some(true));
        assert_eq!(above_50.less(&Interval::exactly(n(70))), None);
        assert_eq!(above_50.less(&Interval::exactly(n(50))), Some(false));
        assert_eq!(above_50.less_or_equal(&Interval::exactly(n(50))), Some(false));
        assert_eq!(above_50.equal(&Interval::exactly(n(50))), Some(false));
    }

    #[test]
    fn arithmetic_keeps_every_possibility() {
        let a = Interval::between(n(-2), n(3));
        let b = Interval::between(n(1), n(4));
        assert_eq!(a.add(&b), Interval::between(n(-1), n(7)));
        assert_eq!(a.subtract(&b), Interval::between(n(-6), n(2)));
        assert_eq!(a.multiply(&b), Interval::between(n(-8), n(12)));
        assert_eq!(b.divide(&a), None);
        assert_eq!(b.divide(&Interval::exactly(n(2))), Some(Interval::between(n(1).half(), n(2))));
    }
}
