//! The calendar of an institution: the school year, its quarters and vacations, and the days on
//! which nobody works.

use jiff::civil::{Date, Weekday};

use super::{Days, Duration, DurationUnit, school_year_of};
use crate::base::Span;

/// What a calendar declares. Empty: every day is a working day, and no quarters are known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    pub week: Week,
    pub entries: Vec<Entry>,
}

/// Which days of the week are worked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Week {
    /// Nothing is said of the week.
    #[default]
    Whole,
    SixDays,
    FiveDays,
}

/// One line of a calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub what: Stretch,
    pub days: Days,
    /// Where that is written.
    pub place: Span,
}

/// A named part of the year.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stretch {
    SchoolYear,
    Quarter(u32),
    Trimester(u32),
    /// «осенние».
    Vacation(String),
    /// Days off for all, by their title.
    Holiday(String),
}

/// A stretch in one school year.
#[derive(Clone, Copy, Debug)]
pub struct Found<'a> {
    pub entry: &'a Entry,
    pub from: Date,
    pub to: Date,
}

/// Why a day is not worked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Off<'a> {
    Weekend,
    By(&'a Entry),
}

/// Whose days are counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Who {
    #[default]
    Staff,
    /// Pupils are away in vacations as well.
    Pupils,
}

/// The days on which something can be done.
#[derive(Clone, Copy, Debug)]
pub struct Workdays<'a> {
    pub calendar: &'a Calendar,
    pub who: Who,
}

impl Calendar {
    /// The parts of the school year that ends in `ending`, in the order of the calendar.
    pub fn in_school_year(&self, ending: i32) -> Vec<Found<'_>> {
        let standing = self.entries.iter().filter(|entry| self.stands(entry, ending));
        let found = standing.filter_map(|entry| {
            let (from, to) = entry.days.in_school_year(ending)?;
            Some(Found { entry, from, to })
        });
        found.collect()
    }

    /// Days with a year win over those that come back.
    fn stands(&self, entry: &Entry, ending: i32) -> bool {
        let replaces = |other: &Entry| {
            other.days.is_dated()
                && other.what == entry.what
                && other.days.in_school_year(ending).is_some()
        };
        entry.days.is_dated() || !self.entries.iter().any(replaces)
    }

    /// Where a stretch lies in a school year: several times, if it is declared so.
    pub fn find(&self, what: &Stretch, ending: i32) -> Vec<(Date, Date)> {
        let all = self.in_school_year(ending).into_iter();
        all.filter(|found| found.entry.what == *what).map(|found| (found.from, found.to)).collect()
    }

    /// Whether any line declares it.
    pub fn knows(&self, what: &Stretch) -> bool {
        self.entries.iter().any(|entry| entry.what == *what)
    }

    /// The vacations that touch a span of days, in order.
    pub fn vacations(&self, from: Date, to: Date) -> Vec<(Date, Date)> {
        // Summer reaches into the next school year where a calendar says so.
        let years = school_year_of(from) - 1..=school_year_of(to);
        let all = years.flat_map(|year| self.in_school_year(year));
        let vacations = all.filter(|found| matches!(found.entry.what, Stretch::Vacation(_)));
        let clipped = vacations.map(|found| (found.from.max(from), found.to.min(to)));
        let mut spans: Vec<(Date, Date)> = clipped.filter(|(from, to)| from <= to).collect();
        spans.sort_unstable();
        spans
    }

    /// Why a day is not worked, if it is not.
    pub fn off(&self, day: Date, who: Who) -> Option<Off<'_>> {
        let year = school_year_of(day);
        // What holds a day began in its school year or in the one before.
        let by = [year, year - 1].into_iter().find_map(|year| {
            let holds = |entry: &&Entry| entry.is_rest(who) && entry.days.hold(day, year);
            self.entries.iter().filter(holds).find(|entry| self.stands(entry, year))
        });
        if let Some(entry) = by {
            return Some(Off::By(entry));
        }
        let is_free = matches!(
            (self.week, day.weekday()),
            (Week::FiveDays, Weekday::Saturday) | (Week::FiveDays | Week::SixDays, Weekday::Sunday)
        );
        is_free.then_some(Off::Weekend)
    }
}

impl Entry {
    /// Whether these are days off.
    fn is_rest(&self, who: Who) -> bool {
        match self.what {
            Stretch::Holiday(_) => true,
            Stretch::Vacation(_) => who == Who::Pupils,
            _ => false,
        }
    }
}

/// Longer than any stretch of days off: the summer of the pupils.
const LONGEST_REST: usize = 200;
/// Days within which any number of working days is found.
const LONGEST_WORK: usize = 2000;

impl Workdays<'_> {
    pub fn has(&self, day: Date) -> bool {
        self.calendar.off(day, self.who).is_none()
    }

    /// The first working day from `day` on; the day itself where no rest ever ends.
    pub fn from(&self, day: Date) -> Date {
        let next = |day: &Date| day.tomorrow().ok();
        let mut days = std::iter::successors(Some(day), next).take(LONGEST_REST);
        days.find(|day| self.has(*day)).unwrap_or(day)
    }

    /// The last working day up to `day`.
    pub fn by(&self, day: Date) -> Date {
        let before = |day: &Date| day.yesterday().ok();
        let mut days = std::iter::successors(Some(day), before).take(LONGEST_REST);
        days.find(|day| self.has(*day)).unwrap_or(day)
    }

    /// Working days of a span, in order.
    pub fn within(&self, from: Date, to: Date) -> impl Iterator<Item = Date> {
        let next = |day: &Date| day.tomorrow().ok();
        let days = std::iter::successors(Some(from), next).take_while(move |day| *day <= to);
        days.filter(|day| self.has(*day))
    }

    /// The last day of what begins on `from`: never a day off.
    pub fn end(&self, lasts: Duration, from: Date) -> Option<Date> {
        if lasts.unit == DurationUnit::Workdays {
            let days = std::iter::successors(Some(from), |day| day.tomorrow().ok());
            let days = days.take(LONGEST_WORK).filter(|day| self.has(*day));
            return days.take(lasts.number as usize).last();
        }
        let end = lasts.end(from)?;
        match lasts.unit {
            // As the law has it: a term of days whose last is a day off ends on the next working day.
            DurationUnit::Days => Some(self.from(end)),
            // «Неделя» from a Monday is over on Friday.
            _ => Some(self.by(end).max(from)),
        }
    }

    /// The latest day on which what ends by `to` may begin: never a day off.
    pub fn start(&self, lasts: Duration, to: Date) -> Option<Date> {
        let to = self.by(to);
        if lasts.unit == DurationUnit::Workdays {
            let days = std::iter::successors(Some(to), |day| day.yesterday().ok());
            let days = days.take(LONGEST_WORK).filter(|day| self.has(*day));
            return days.take(lasts.number as usize).last();
        }
        // Days off behind the end may let it begin later than their number says.
        let mut latest = self.by(lasts.start(to)?);
        loop {
            let later = self.from(latest.tomorrow().ok()?);
            if later > to || self.end(lasts, later).is_none_or(|end| end > to) {
                return Some(latest);
            }
            latest = later;
        }
    }
}
