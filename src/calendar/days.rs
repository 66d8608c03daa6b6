//! Days that come back every year, and spans of them: «1 сентября», «26 октября – 3 ноября».

use jiff::civil::Date;

use super::{Month, school_year_of};

/// A school year like any other.
const SOME_YEAR: i32 = 2027;

/// A day as documents name it: of every year, or of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day {
    day: i8,
    pub month: Month,
    pub year: Option<i32>,
}

/// The first and the last of some days, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Days {
    pub from: Day,
    pub to: Day,
}

impl Day {
    /// `None` for a day that no such year has; 29 February may stand without a year.
    pub fn new(day: i8, month: Month, year: Option<i32>) -> Option<Self> {
        const LEAP: i32 = 2024;
        let tried = month.first_day(year.unwrap_or(LEAP))?;
        (1..=tried.days_in_month()).contains(&day).then_some(Self { day, month, year })
    }

    pub fn of(date: Date) -> Option<Self> {
        let month = Month::new(u8::try_from(date.month()).ok()?)?;
        Self::new(date.day(), month, Some(i32::from(date.year())))
    }

    pub fn number(self) -> i8 {
        self.day
    }

    /// The day in a calendar year; what a short February lacks is its last day.
    pub fn in_year(self, year: i32) -> Option<Date> {
        let first = self.month.first_day(year)?;
        Date::new(first.year(), first.month(), self.day.min(first.days_in_month())).ok()
    }

    /// The day in the school year that ends in `ending`, if that year has it.
    pub fn in_school_year(self, ending: i32) -> Option<Date> {
        let year = self.year.unwrap_or_else(|| self.month.year_in_school_year(ending));
        self.in_year(year).filter(|day| school_year_of(*day) == ending)
    }

    fn order_in_school_year(self) -> (u8, i8) {
        (self.month.in_school_year(), self.day)
    }

    fn precedes(self, other: Self) -> bool {
        (self.month, self.day) < (other.month, other.day)
    }
}

impl Days {
    /// A year that one of the days bears holds for the other as well.
    pub fn new(from: Day, to: Day) -> Self {
        let turns = i32::from(to.precedes(from));
        let first = from.year.or(to.year.map(|year| year - turns));
        let last = to.year.or(from.year.map(|year| year + turns));
        Self { from: Day { year: first, ..from }, to: Day { year: last, ..to } }
    }

    /// Whether the days are of one year alone.
    pub fn is_dated(&self) -> bool {
        self.from.year.is_some()
    }

    /// Whether the last day lies before the first; in days of every year, before it in a school
    /// year, where not some weeks around the end of one may be meant.
    pub fn is_reversed(&self) -> bool {
        const HALF_A_YEAR: i32 = 183;
        if let (Some(from), Some(to)) = (self.from.year, self.to.year) {
            return self.from.in_year(from) > self.to.in_year(to);
        }
        let turns = self.to.order_in_school_year() < self.from.order_in_school_year();
        let is_long = |(from, to): (Date, Date)| (to - from).get_days() > HALF_A_YEAR;
        turns && self.in_school_year(SOME_YEAR).is_some_and(is_long)
    }

    /// The days that begin in the school year that ends in `ending`.
    pub fn in_school_year(&self, ending: i32) -> Option<(Date, Date)> {
        let from = self.from.in_school_year(ending)?;
        let turns = i32::from(self.to.precedes(self.from));
        let to = self.to.in_year(self.to.year.unwrap_or(i32::from(from.year()) + turns))?;
        (from <= to).then_some((from, to))
    }

    /// Whether those that begin in the school year that ends in `ending` hold a day.
    pub fn hold(&self, day: Date, ending: i32) -> bool {
        let found = || self.in_school_year(ending);
        self.may_hold(day) && found().is_some_and(|(from, to)| from <= day && day <= to)
    }

    /// Tells most days apart by month and number alone, which are there without a look at any year.
    fn may_hold(&self, day: Date) -> bool {
        // In a short February its 29th is the 28th.
        const SHORTEST_MONTH: i8 = 28;
        let page = |day: Day| (day.month.number(), day.day);
        let from = Day { day: self.from.day.min(SHORTEST_MONTH), ..self.from };
        let day = (day.month().unsigned_abs(), day.day());
        let (is_after, is_before) = (page(from) <= day, day <= page(self.to));
        match self.to.precedes(self.from) {
            _ if self.is_dated() => true,
            true => is_after || is_before,
            false => is_after && is_before,
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn day(day: i8, month: u8, year: Option<i32>) -> Day {
        Day::new(day, Month::new(month).expect("a month"), year).expect("a day")
    }

    #[test]
    fn days_of_every_year_may_run_backwards() {
        let reversed = |from, to| Days::new(from, to).is_reversed();
        assert!(reversed(day(4, 11, None), day(25, 10, None)));
        assert!(reversed(day(10, 10, None), day(5, 10, None)));
        assert!(!reversed(day(29, 12, None), day(8, 1, None)));
        assert!(!reversed(day(27, 5, None), day(5, 9, None)));
    }

    #[test]
    fn days_come_back_and_dated_ones_do_not() {
        let winter = Days::new(day(29, 12, None), day(8, 1, None));
        assert_eq!(winter.in_school_year(2027), Some((date(2026, 12, 29), date(2027, 1, 8))));
        let dated = Days::new(day(29, 12, None), day(8, 1, Some(2027)));
        assert_eq!(dated.in_school_year(2027), Some((date(2026, 12, 29), date(2027, 1, 8))));
        assert_eq!(dated.in_school_year(2028), None);
        let leap = Days::new(day(29, 2, None), day(29, 2, None));
        assert_eq!(leap.in_school_year(2027), Some((date(2027, 2, 28), date(2027, 2, 28))));
        assert_eq!(Day::new(31, Month::new(6).expect("June"), None), None);
    }
}
