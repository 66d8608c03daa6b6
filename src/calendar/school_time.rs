//! Times that a school says by its calendar: «1 четверть», «конец 2 четверти».

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::{Calendar, Month, Stretch, school_year_of};

/// A part of a stretch of the calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchoolTime {
    pub part: Part,
    pub of: Stretch,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Whole,
    /// Its first two weeks.
    Beginning,
    /// Its last two weeks.
    End,
    /// The weeks before it: from the first day of the month before.
    Before,
}

impl Stretch {
    /// «1 четверть», «осенние каникулы».
    pub fn words(&self) -> String {
        match self {
            Self::SchoolYear => "учебный год".to_owned(),
            Self::Quarter(number) => format!("{number} четверть"),
            Self::Trimester(number) => format!("{number} триместр"),
            Self::Vacation(name) => format!("{name} каникулы"),
            Self::Holiday(title) if title.is_empty() => "нерабочие дни".to_owned(),
            Self::Holiday(title) => title.clone(),
        }
    }

    /// «1 четверти»; of vacations and days off, of which no part is named, the words themselves.
    pub fn genitive(&self) -> String {
        match self {
            Self::SchoolYear => "учебного года".to_owned(),
            Self::Quarter(number) => format!("{number} четверти"),
            Self::Trimester(number) => format!("{number} триместра"),
            Self::Vacation(_) | Self::Holiday(_) => self.words(),
        }
    }
}

impl SchoolTime {
    /// Where it falls in the school year that ends in `ending`.
    pub(super) fn in_school_year(&self, ending: i32, calendar: &Calendar) -> Vec<(Date, Date)> {
        if self.part == Part::Before {
            return self.before(ending, calendar).into_iter().collect();
        }
        let found = calendar.find(&self.of, ending).into_iter();
        found.filter_map(|span| self.part.of(span)).collect()
    }

    /// What comes before 1 September belongs to the school year that is ending.
    fn before(&self, ending: i32, calendar: &Calendar) -> Option<(Date, Date)> {
        let years = [ending, ending + 1].into_iter();
        let starts = years.flat_map(|year| calendar.find(&self.of, year));
        let spans = starts.filter_map(|(from, _)| {
            let last = from.yesterday().ok()?;
            let month = Month::new(u8::try_from(last.month()).ok()?)?;
            Some((month.first_day(i32::from(last.year()))?, last))
        });
        let mut spans = spans.filter(|(from, _)| school_year_of(*from) == ending);
        spans.next()
    }
}

impl Part {
    fn of(self, (from, to): (Date, Date)) -> Option<(Date, Date)> {
        Some(match self {
            Self::Whole | Self::Before => (from, to),
            Self::Beginning => (from, to.min(from.checked_add(13.days()).ok()?)),
            Self::End => (from.max(to.checked_sub(13.days()).ok()?), to),
        })
    }
}
