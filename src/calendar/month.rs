//! Months and school years.

use jiff::civil::Date;

/// A month of the year, 1 to 12.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(u8);

const STEMS: [&str; 12] =
    ["янв", "фев", "мар", "апр", "ма", "июн", "июл", "авг", "сен", "окт", "ноя", "дек"];

impl Month {
    pub const JANUARY: Month = Month(1);
    pub const SEPTEMBER: Month = Month(9);

    pub fn new(number: u8) -> Option<Self> {
        (1..=12).contains(&number).then_some(Self(number))
    }

    /// Reads a month's name in any case.
    pub fn from_word(word: &str) -> Option<Self> {
        let position = STEMS.iter().position(|stem| match *stem {
            "ма" => ["май", "мая", "маю", "мае"].contains(&word),
            stem => word.starts_with(stem),
        })?;
        Self::new(position as u8 + 1)
    }

    pub fn number(self) -> u8 {
        self.0
    }

    /// The calendar year of this month in the school year that ends in `ending`.
    pub fn year_in_school_year(self, ending: i32) -> i32 {
        if self >= Self::SEPTEMBER { ending - 1 } else { ending }
    }

    /// 0 for September, 11 for August.
    pub fn in_school_year(self) -> u8 {
        (self.0 + 3) % 12
    }

    pub fn first_day(self, year: i32) -> Option<Date> {
        Date::new(i16::try_from(year).ok()?, self.0 as i8, 1).ok()
    }
}

/// The last day of a month.
pub fn last_day(month: Month, year: i32) -> Option<Date> {
    month.first_day(year).map(|first| first.last_of_month())
}

/// The calendar year in which the school year of a day ends; September begins it.
pub fn school_year_of(date: Date) -> i32 {
    i32::from(date.year()) + i32::from(date.month() >= 9)
}

/// «2025/2026» for the school year that ends in 2026.
pub fn school_year_name(ending: i32) -> String {
    format!("{}/{}", ending - 1, ending)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_in_any_case() {
        for (word, number) in [("мая", 5), ("марту", 3), ("июне", 6), ("июль", 7), ("август", 8)]
        {
            assert_eq!(Month::from_word(word).map(Month::number), Some(number), "{word}");
        }
        assert_eq!(Month::from_word("вторник"), None);
    }

    #[test]
    fn a_school_year_begins_in_september() {
        let day = |y, m, d| Date::new(y, m, d).expect("a day");
        assert_eq!(school_year_of(day(2026, 8, 31)), 2026);
        assert_eq!(school_year_of(day(2026, 9, 1)), 2027);
        assert_eq!(Month::SEPTEMBER.year_in_school_year(2027), 2026);
    }
}
