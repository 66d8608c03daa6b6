//! Terms: one type for every way in which documents say «when».

use jiff::ToSpan;
use jiff::civil::Date;

use super::{Calendar, Day, Days, Month, SchoolTime, last_day, shares};

/// When something happens. `N` is how a document is named: a syntax name, then a resolved id.
#[derive(Clone, Debug, PartialEq)]
pub struct Term<N> {
    pub when: TermWhen<N>,
    pub repeat: Repeat,
    /// The wording to print instead of the computed one.
    pub printed: Option<String>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum TermWhen<N> {
    /// One or more windows.
    Windows(Vec<Window>),
    /// Known once the document is there.
    ByDocument(N),
    /// «в течение года», «постоянно», «по запросу»: the words themselves.
    Indefinite(String),
    /// «ежеквартально».
    Every(Frequency),
    /// «не реже двух раз в год»: spread over each school year, or over the windows.
    AtLeast(AtLeast),
}

/// How many times a school year something is done, in the words of its source.
#[derive(Clone, Debug, PartialEq)]
pub struct AtLeast {
    pub times: u32,
    pub words: String,
    /// Empty: the whole school year.
    pub windows: Vec<Window>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Frequency {
    Monthly,
    Quarterly,
    HalfYearly,
    Yearly,
}

/// A span of time within a year, or of given years.
#[derive(Clone, Debug, PartialEq)]
pub enum Window {
    Days {
        from: Date,
        to: Date,
    },
    Months {
        from: (Month, Option<i32>),
        to: (Month, Option<i32>),
    },
    /// Quarters of the calendar year, 1 to 4.
    Quarters(Vec<u8>),
    /// Days that come back every year.
    Yearly(Days),
    /// «до 15 октября»: from the beginning of the school year.
    Until(Day),
    /// «1 четверть», «осенние каникулы»: where the calendar has them.
    School(SchoolTime),
}

/// In which years of the programme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Repeat {
    Once,
    EverySchoolYear,
    In(Vec<WhichYear>),
    /// Once, at the first time behind the last day of the programme.
    AfterEnd,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhichYear {
    /// The n-th school year of the programme, from one.
    Nth(u32),
    Last,
}

/// A programme's first and last day, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    pub from: Date,
    pub to: Date,
}

/// One time at which a term falls due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Occurrence {
    /// The calendar year in which its school year ends.
    pub school_year: i32,
    pub from: Date,
    pub to: Date,
}

impl Period {
    /// The school years of a programme by the years in which they end: those of which it has at
    /// least half, so that three years are three school years whenever they begin; of a shorter
    /// programme the one of which it has most.
    pub fn school_years(&self) -> Vec<i32> {
        let half = |year: &i32| self.share_of(*year).is_some_and(|(days, all)| days * 2 >= all);
        let counted: Vec<i32> = self.touched().filter(half).collect();
        if !counted.is_empty() {
            return counted;
        }
        let days = |year: &i32| self.share_of(*year).map_or(0, |(days, _)| days);
        self.touched().max_by_key(|year| (days(year), -year)).into_iter().collect()
    }

    /// All of the school years that it touches, from the first day to the last.
    pub fn whole_school_years(&self) -> Self {
        let (first, last) = (*self.touched().start(), *self.touched().end());
        let from = Month::SEPTEMBER.first_day(first - 1).unwrap_or(self.from);
        let next = Month::SEPTEMBER.first_day(last).and_then(|next| next.yesterday().ok());
        Self { from, to: next.unwrap_or(self.to) }
    }

    /// The school years that have any of its days.
    fn touched(&self) -> std::ops::RangeInclusive<i32> {
        super::school_year_of(self.from)..=super::school_year_of(self.to)
    }

    /// How many days of a school year lie within, and how many it has.
    fn share_of(&self, year: i32) -> Option<(i32, i32)> {
        let first = Month::SEPTEMBER.first_day(year - 1)?;
        let last = Month::SEPTEMBER.first_day(year)?.yesterday().ok()?;
        let days = |from: Date, to: Date| (to - from).get_days() + 1;
        Some((days(first.max(self.from), last.min(self.to)).max(0), days(first, last)))
    }

    /// The school year of the programme to which a day belongs; what is before the first belongs to
    /// it, and so what is behind the last.
    fn own_year(&self, year: i32) -> i32 {
        let years = self.school_years();
        let (first, last) = (years.first(), years.last());
        year.max(*first.unwrap_or(&year)).min(*last.unwrap_or(&year))
    }

    fn clip(&self, occurrence: Occurrence) -> Option<Occurrence> {
        let from = occurrence.from.max(self.from);
        let to = occurrence.to.min(self.to);
        (from <= to).then_some(Occurrence { from, to, ..occurrence })
    }
}

impl<N> Term<N> {
    /// The times at which the term falls due within a programme, clipped to it, in order. Empty
    /// for terms without dates (by a document, indefinite) and where nothing fits.
    pub fn occurrences(&self, period: &Period, calendar: &Calendar) -> Vec<Occurrence> {
        if self.repeat == Repeat::AfterEnd {
            return self.after(period, calendar).into_iter().collect();
        }
        let all = self.unclipped(period, calendar);
        let clipped = all.into_iter().filter_map(|occurrence| period.clip(occurrence)).collect();
        self.select(clipped, period)
    }

    /// Whether the last day of a programme cuts a time short or off, or the term names a year that
    /// the programme does not have.
    pub fn is_cut_at_end(&self, period: &Period, calendar: &Calendar) -> bool {
        if self.repeat == Repeat::AfterEnd {
            return false;
        }
        let years = period.school_years();
        let is_lacking = match &self.repeat {
            Repeat::In(which) => which.iter().any(|which| which.school_year(&years).is_none()),
            _ => false,
        };
        let meant = self.select(self.unclipped(period, calendar), period);
        let later =
            |window: &Window| window.first_year().is_some_and(|y| y > period.to.year().into());
        is_lacking
            || meant.iter().any(|time| time.to > period.to)
            || self.windows().iter().any(later)
    }

    /// The times of the first school year that were over before the programme began.
    pub fn missed(&self, period: &Period, calendar: &Calendar) -> Vec<Occurrence> {
        let years = period.school_years();
        let Some(first) = years.first().copied() else { return Vec::new() };
        let counts = match &self.repeat {
            Repeat::Once | Repeat::EverySchoolYear => true,
            Repeat::In(which) => which.iter().any(|w| w.school_year(&years) == Some(first)),
            Repeat::AfterEnd => false,
        };
        let mut all = self.unclipped(period, calendar);
        all.retain(|time| counts && time.school_year == first && time.to < period.from);
        all
    }

    /// The times in the school years of a programme; those that name their year, in every year that
    /// it touches.
    fn unclipped(&self, period: &Period, calendar: &Calendar) -> Vec<Occurrence> {
        let own = |time: Occurrence| Occurrence {
            school_year: period.own_year(time.school_year),
            ..time
        };
        match &self.when {
            TermWhen::Windows(windows) => {
                let (dated, yearly): (Vec<Window>, Vec<Window>) =
                    windows.iter().cloned().partition(Window::is_dated);
                let touched: Vec<i32> = period.touched().collect();
                let mut all = of_years(&yearly, &period.school_years(), calendar);
                all.extend(of_years(&dated, &touched, calendar).into_iter().map(own));
                all
            }
            TermWhen::Every(frequency) => frequency.within(period).into_iter().map(own).collect(),
            TermWhen::AtLeast(least) => {
                let years = period.school_years().into_iter();
                years.flat_map(|year| least.in_school_year(year, calendar)).collect()
            }
            TermWhen::ByDocument(_) | TermWhen::Indefinite(_) => Vec::new(),
        }
    }

    /// The first time behind the last day of a programme; as many days right behind it, where that
    /// is more than half a year away.
    fn after(&self, period: &Period, calendar: &Calendar) -> Option<Occurrence> {
        let TermWhen::Windows(windows) = &self.when else { return None };
        let last = super::school_year_of(period.to);
        let all = of_years(windows, &[last, last + 1], calendar);
        let next = all.into_iter().filter(|time| time.from > period.to).min()?;
        let is_near = period.to.checked_add(6.months()).is_ok_and(|far| next.from <= far);
        if is_near || next.school_year == last {
            return Some(next);
        }
        let from = period.to.tomorrow().ok()?;
        let to = from.checked_add(next.to - next.from).ok()?;
        Some(Occurrence { school_year: super::school_year_of(from), from, to })
    }

    fn select(&self, mut all: Vec<Occurrence>, period: &Period) -> Vec<Occurrence> {
        all.sort();
        all.dedup();
        let years = period.school_years();
        match &self.repeat {
            Repeat::EverySchoolYear | Repeat::AfterEnd => all,
            // «ежемесячно» is already said of all the time.
            Repeat::Once if matches!(self.when, TermWhen::Every(_) | TermWhen::AtLeast(_)) => all,
            // Times with their years are all meant.
            Repeat::Once if self.windows().iter().all(Window::is_dated) => all,
            Repeat::Once => {
                let first = all.first().map(|o| o.school_year);
                all.retain(|o| Some(o.school_year) == first);
                all
            }
            Repeat::In(which) => {
                let wanted: Vec<i32> = which.iter().filter_map(|w| w.school_year(&years)).collect();
                all.retain(|o| wanted.contains(&o.school_year));
                all
            }
        }
    }

    /// The windows that the term names, whether it repeats within them or not.
    pub fn windows(&self) -> &[Window] {
        match &self.when {
            TermWhen::Windows(windows) => windows,
            TermWhen::AtLeast(least) => &least.windows,
            TermWhen::ByDocument(_) | TermWhen::Indefinite(_) | TermWhen::Every(_) => &[],
        }
    }

    pub fn map_document<M>(self, resolve: impl FnOnce(N) -> Option<M>) -> Option<Term<M>> {
        let when = match self.when {
            TermWhen::Windows(windows) => TermWhen::Windows(windows),
            TermWhen::Indefinite(words) => TermWhen::Indefinite(words),
            TermWhen::Every(frequency) => TermWhen::Every(frequency),
            TermWhen::AtLeast(least) => TermWhen::AtLeast(least),
            TermWhen::ByDocument(name) => TermWhen::ByDocument(resolve(name)?),
        };
        Some(Term { when, repeat: self.repeat, printed: self.printed })
    }
}

fn of_years(windows: &[Window], years: &[i32], calendar: &Calendar) -> Vec<Occurrence> {
    let each = years
        .iter()
        .flat_map(|year| windows.iter().flat_map(|window| window.in_school_year(*year, calendar)));
    each.collect()
}

impl AtLeast {
    /// Fair shares of the school year, or of the only window; windows that are as many as the
    /// times are its times.
    fn in_school_year(&self, ending: i32, calendar: &Calendar) -> Vec<Occurrence> {
        let windows = of_years(&self.windows, &[ending], calendar);
        let spans = match windows.as_slice() {
            [] if self.windows.is_empty() => shares::of_school_year(calendar, ending, self.times),
            [only] => shares::of_span((only.from, only.to), self.times),
            _ => return windows,
        };
        let occurrence = |(from, to)| Occurrence { school_year: ending, from, to };
        spans.into_iter().map(occurrence).collect()
    }
}

impl Frequency {
    /// Every month, quarter and half of the calendar year, or every school year, that the period
    /// touches, clipped to it.
    fn within(self, period: &Period) -> Vec<Occurrence> {
        let (months, first) = match self {
            Self::Monthly => (1, 1),
            Self::Quarterly => (3, 1),
            Self::HalfYearly => (6, 1),
            Self::Yearly => (12, 9),
        };
        let into = (i32::from(period.from.month()) - first).rem_euclid(months);
        let mut found = Vec::new();
        let mut next = period.from.first_of_month().checked_sub(into.months()).ok();
        while let Some(from) = next.filter(|from| *from <= period.to) {
            next = from.checked_add(months.months()).ok();
            let last = from.checked_add((months - 1).months()).map(Date::last_of_month);
            let (from, to) = (from.max(period.from), last.unwrap_or(period.to).min(period.to));
            found.push(Occurrence { school_year: super::school_year_of(from), from, to });
        }
        found
    }
}

impl WhichYear {
    /// The school year meant among those of a programme.
    pub fn school_year(self, years: &[i32]) -> Option<i32> {
        match self {
            Self::Nth(n) => years.get(n.checked_sub(1)? as usize).copied(),
            Self::Last => years.last().copied(),
        }
    }
}

impl Window {
    /// Whether it names the year.
    pub fn is_dated(&self) -> bool {
        self.first_year().is_some()
    }

    /// The calendar year that it names for its first day.
    fn first_year(&self) -> Option<i32> {
        match self {
            Self::Days { from, .. } => Some(i32::from(from.year())),
            Self::Months { from, .. } => from.1,
            Self::Until(day) => day.year,
            Self::Quarters(_) | Self::Yearly(_) | Self::School(_) => None,
        }
    }

    /// Where the window falls in the school year that ends in `ending`.
    fn in_school_year(&self, ending: i32, calendar: &Calendar) -> Vec<Occurrence> {
        let occurrence = |from: Date, to: Date| Occurrence { school_year: ending, from, to };
        let all = |spans: Vec<(Date, Date)>| -> Vec<Occurrence> {
            spans.into_iter().map(|(from, to)| occurrence(from, to)).collect()
        };
        let belongs = |date: Date| super::school_year_of(date) == ending;
        match self {
            Self::Days { from, to } => {
                if belongs(*from) {
                    vec![occurrence(*from, *to)]
                } else {
                    Vec::new()
                }
            }
            Self::Months { from, to } => {
                months(*from, *to, ending).map(|(a, b)| vec![occurrence(a, b)]).unwrap_or_default()
            }
            Self::Quarters(quarters) => quarters
                .iter()
                .filter_map(|quarter| {
                    let first = Month::new(quarter * 3 - 2)?;
                    let from = first.first_day(first.year_in_school_year(ending))?;
                    let to = from.checked_add(2.months()).ok()?.last_of_month();
                    Some(occurrence(from, to))
                })
                .collect(),
            Self::Yearly(days) => all(days.in_school_year(ending).into_iter().collect()),
            Self::Until(day) => {
                let start = Month::SEPTEMBER.first_day(ending - 1);
                all(start.zip(day.in_school_year(ending)).into_iter().collect())
            }
            Self::School(time) => all(time.in_school_year(ending, calendar)),
        }
    }
}

fn months(
    from: (Month, Option<i32>),
    to: (Month, Option<i32>),
    ending: i32,
) -> Option<(Date, Date)> {
    let start_year = from.1.unwrap_or_else(|| from.0.year_in_school_year(ending));
    let start = from.0.first_day(start_year)?;
    if super::school_year_of(start) != ending {
        return None;
    }
    let wraps = to.0 < from.0;
    let end = last_day(to.0, to.1.unwrap_or(start_year + i32::from(wraps)))?;
    (start <= end).then_some((start, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(y: i16, m: i8, d: i8) -> Date {
        Date::new(y, m, d).expect("a day")
    }

    fn term(from: u8, to: u8, repeat: Repeat) -> Term<()> {
        let month = |n| (Month::new(n).expect("a month"), None);
        let window = Window::Months { from: month(from), to: month(to) };
        Term { when: TermWhen::Windows(vec![window]), repeat, printed: None }
    }

    fn three_years() -> Period {
        Period { from: day(2026, 9, 1), to: day(2029, 8, 31) }
    }

    #[test]
    fn a_window_recurs_in_each_school_year() {
        let found =
            term(10, 5, Repeat::EverySchoolYear).occurrences(&three_years(), &Calendar::default());
        assert_eq!(found.len(), 3);
        assert_eq!((found[0].from, found[0].to), (day(2026, 10, 1), day(2027, 5, 31)));
        assert_eq!((found[2].from, found[2].to), (day(2028, 10, 1), day(2029, 5, 31)));
    }

    #[test]
    fn once_is_the_first_time_and_relative_years_count() {
        let once = term(9, 9, Repeat::Once).occurrences(&three_years(), &Calendar::default());
        assert_eq!((once.len(), once[0].from), (1, day(2026, 9, 1)));
        let last = term(6, 6, Repeat::In(vec![WhichYear::Last]))
            .occurrences(&three_years(), &Calendar::default());
        assert_eq!((last.len(), last[0].to), (1, day(2029, 6, 30)));
    }

    #[test]
    fn three_years_are_three_school_years_whenever_they_begin() {
        let years = |from, to| Period { from, to }.school_years();
        let three = vec![2027, 2028, 2029];
        assert_eq!(years(day(2026, 10, 15), day(2029, 10, 14)), three);
        assert_eq!(years(day(2027, 1, 1), day(2029, 12, 31)), three);
        assert_eq!(years(day(2026, 4, 1), day(2029, 3, 31)), three);
        assert_eq!(years(day(2026, 12, 1), day(2029, 5, 31)), three);
        assert_eq!(years(day(2026, 9, 1), day(2027, 2, 20)), [2027]);
        assert_eq!(years(day(2026, 9, 1), day(2036, 8, 31)).len(), 10);
    }

    #[test]
    fn nothing_begins_anew_behind_the_last_school_year() {
        let late = Period { from: day(2026, 10, 15), to: day(2029, 10, 14) };
        let found = |repeat| term(9, 9, repeat).occurrences(&late, &Calendar::default());
        let yearly = found(Repeat::EverySchoolYear);
        assert_eq!((yearly.len(), yearly[1].from), (2, day(2028, 9, 1)));
        let report = found(Repeat::AfterEnd);
        assert_eq!((report[0].from, report[0].to), (day(2029, 10, 15), day(2029, 11, 13)));
    }

    #[test]
    fn frequencies_fall_due_all_the_time() {
        let found = |frequency, repeat| {
            let when = TermWhen::<()>::Every(frequency);
            Term { when, repeat, printed: None }.occurrences(&three_years(), &Calendar::default())
        };
        let months = found(Frequency::Monthly, Repeat::Once);
        assert_eq!((months.len(), months[1].to), (36, day(2026, 10, 31)));
        let quarters = found(Frequency::Quarterly, Repeat::Once);
        assert_eq!((quarters[0].from, quarters[0].to), (day(2026, 9, 1), day(2026, 9, 30)));
        assert_eq!((quarters.len(), quarters[1].to), (13, day(2026, 12, 31)));
        let halves = found(Frequency::HalfYearly, Repeat::Once);
        assert_eq!((halves[1].from, halves[1].to), (day(2027, 1, 1), day(2027, 6, 30)));
        assert_eq!(found(Frequency::Yearly, Repeat::EverySchoolYear).len(), 3);
        assert_eq!(found(Frequency::Monthly, Repeat::In(vec![WhichYear::Last])).len(), 12);
    }

    #[test]
    fn occurrences_stay_inside_the_period() {
        let late = Period { from: day(2026, 11, 15), to: day(2027, 3, 31) };
        let found = term(10, 5, Repeat::EverySchoolYear).occurrences(&late, &Calendar::default());
        assert_eq!((found[0].from, found[0].to), (day(2026, 11, 15), day(2027, 3, 31)));
    }
}
