//! How long things last.

use jiff::ToSpan as _;
use jiff::civil::Date;

/// A length of time as documents say it: «2 недели».
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Duration {
    pub number: u32,
    pub unit: DurationUnit,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DurationUnit {
    Days,
    /// Counted by a calendar: see [`super::Workdays`].
    Workdays,
    Weeks,
    Months,
}

impl Duration {
    fn span(self) -> jiff::Span {
        let number = i64::from(self.number);
        match self.unit {
            DurationUnit::Days | DurationUnit::Workdays => number.days(),
            DurationUnit::Weeks => number.weeks(),
            DurationUnit::Months => number.months(),
        }
    }

    /// The last day of what begins on `from`, if every day is worked.
    pub fn end(self, from: Date) -> Option<Date> {
        from.checked_add(self.span()).ok()?.yesterday().ok()
    }

    /// The latest day on which what ends by `to` may begin, if every day is worked.
    pub fn start(self, to: Date) -> Option<Date> {
        to.tomorrow().ok()?.checked_sub(self.span()).ok()
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn both_ends_are_days_of_work() {
        let day = Duration { number: 1, unit: DurationUnit::Days };
        assert_eq!(day.end(date(2026, 9, 1)), Some(date(2026, 9, 1)));
        let weeks = Duration { number: 2, unit: DurationUnit::Weeks };
        assert_eq!(weeks.end(date(2026, 9, 1)), Some(date(2026, 9, 14)));
        assert_eq!(weeks.start(date(2026, 9, 30)), Some(date(2026, 9, 17)));
        let month = Duration { number: 1, unit: DurationUnit::Months };
        assert_eq!(month.end(date(2026, 10, 1)), Some(date(2026, 10, 31)));
        assert_eq!(month.start(date(2027, 2, 28)), Some(date(2027, 2, 1)));
    }
}
