//! Terms in words.

use indexmap::IndexMap;

use super::codes;
use super::view::View;
use crate::base::{Id, Number};
use crate::calendar::{
    AtLeast, Date, Day, Days, Duration, DurationUnit, Frequency, Month, Occurrence, Part, Repeat,
    SchoolTime, Term, TermWhen, WhichYear, Window,
};
use crate::diag::Diagnostic;
use crate::model::Model;
use crate::russian::{self, Case, DateStyle, Forms, count};
use crate::text::MISSING;

/// Stands where nothing falls due.
pub(super) const NONE: &str = "—";

/// The whole term, one time under another.
pub(super) fn whole(term: Option<&Term<Id>>, times: &[Occurrence], model: &Model) -> String {
    let Some(term) = term else { return MISSING.to_owned() };
    if let Some(printed) = &term.printed {
        return printed.clone();
    }
    match undated(term, model) {
        Some(words) => words,
        None if is_outside(term, times, model) => "вне срока программы".to_owned(),
        None => every_year(times, term).unwrap_or_else(|| lines(times.iter(), term) + behind(term)),
    }
}

/// What is said behind the dates of what comes after the programme.
fn behind(term: &Term<Id>) -> &'static str {
    if term.repeat == Repeat::AfterEnd {
        ", после окончания программы"
    } else {
        ""
    }
}

/// Whether a term with dates has none within the programme.
fn is_outside(term: &Term<Id>, times: &[Occurrence], model: &Model) -> bool {
    times.is_empty() && term.printed.is_none() && undated(term, model).is_none()
}

/// Activities that were chosen and never fall due: the period of the programme leaves them out.
pub(super) fn outside_period(view: &View<'_>) -> Option<Diagnostic> {
    let outside = view.choice.activities.iter().filter(|chosen| {
        let term = view.model.activities.get(&chosen.id).and_then(|it| it.term.as_ref());
        term.is_some_and(|term| is_outside(term, &chosen.occurrences, view.model))
    });
    let named: Vec<&str> = outside.map(|chosen| chosen.id.as_str()).collect();
    if named.is_empty() {
        return None;
    }
    let period = view.choice.period;
    let day = |day| russian::date(day, DateStyle::Short);
    let message = format!(
        "в срок программы, с {} по {}, не попадают мероприятия: {}",
        day(period.from),
        day(period.to),
        named.join(", ")
    );
    let place =
        view.project.period.as_ref().map_or(&view.project.date.place, |(from, _)| &from.place);
    let hint = "проверьте раздел [period] проекта; такие мероприятия остались в документе без дат";
    Some(Diagnostic::warning(codes::OUTSIDE_PERIOD, place.clone(), message).with_hint(hint))
}

/// «октябрь – май каждого учебного года», where each school year has the same months.
fn every_year(times: &[Occurrence], term: &Term<Id>) -> Option<String> {
    if term.repeat != Repeat::EverySchoolYear {
        return None;
    }
    if term.windows().iter().all(is_yearly) && !term.windows().is_empty() {
        let words = term.windows().iter().map(window).collect::<Vec<_>>().join(", ");
        return Some(format!("{words} каждого учебного года"));
    }
    if measure(term) != Measure::Months {
        return None;
    }
    let mut years: IndexMap<i32, Vec<String>> = IndexMap::new();
    for time in times {
        years.entry(time.school_year).or_default().push(months_alone(time));
    }
    let mut told = years.into_values();
    let first = told.next()?;
    let repeats = told.len() > 0 && told.all(|other| other == first);
    repeats.then(|| format!("{} каждого учебного года", first.join(", ")))
}

/// Months without their years: «октябрь – май».
fn months_alone(time: &Occurrence) -> String {
    let name = |date: Date| russian::month(date.month(), Case::Nominative);
    let (from, to) = (name(time.from), name(time.to));
    if from == to { from } else { format!("{from} – {to}") }
}

/// What falls due in one school year; terms without dates last through every year.
pub(super) fn in_year(
    term: Option<&Term<Id>>,
    times: &[Occurrence],
    years: &[i32],
    year: i32,
    model: &Model,
) -> String {
    let Some(term) = term else { return MISSING.to_owned() };
    if let Some(words) = undated(term, model) {
        return if is_in(term, years, year) { words } else { NONE.to_owned() };
    }
    // What comes after the programme stands in its last year.
    let is_last = years.last() == Some(&year);
    let falls =
        |time: &&Occurrence| time.school_year == year || (is_last && time.school_year > year);
    let within: Vec<&Occurrence> = times.iter().filter(falls).collect();
    if within.is_empty() { NONE.to_owned() } else { lines(within.into_iter(), term) + behind(term) }
}

fn is_in(term: &Term<Id>, years: &[i32], year: i32) -> bool {
    match &term.repeat {
        Repeat::In(which) => which.iter().any(|which| which.school_year(years) == Some(year)),
        Repeat::Once | Repeat::EverySchoolYear | Repeat::AfterEnd => true,
    }
}

/// One line for each school year.
fn lines<'a>(times: impl Iterator<Item = &'a Occurrence>, term: &Term<Id>) -> String {
    let measure = measure(term);
    let mut years: IndexMap<i32, Vec<&Occurrence>> = IndexMap::new();
    for time in times {
        years.entry(time.school_year).or_default().push(time);
    }
    let told = years.into_values().map(|times| of_school_year(&times, measure));
    told.collect::<Vec<_>>().join("\n")
}

/// «октябрь 2026 года, январь, апрель 2027 года»: the year stands behind the last of its months.
fn of_school_year(times: &[&Occurrence], measure: Measure) -> String {
    let mut told: Vec<String> = Vec::new();
    for (at, time) in times.iter().enumerate() {
        let words = one(time, measure);
        let year = format!(" {}{}года", time.from.year(), russian::NBSP);
        let next = times.get(at + 1).map(|next| (next.from.year(), next.to.year()));
        let is_shared =
            measure == Measure::Months && next == Some((time.from.year(), time.from.year()));
        let bare = words.strip_suffix(&year).filter(|_| is_shared && time.from != time.to);
        told.push(bare.unwrap_or(&words).to_owned());
    }
    told.join(", ")
}

/// One time: months, or days where the term names days.
pub(super) fn one(time: &Occurrence, measure: Measure) -> String {
    if measure == Measure::Until {
        return format!("до {}", russian::date(time.to, DateStyle::Full));
    }
    if time.from == time.to {
        return russian::date(time.from, DateStyle::Full);
    }
    if measure == Measure::Days {
        let (from, to) = (time.from, time.to);
        let style = DateStyle::Short;
        return format!("с {} по {}", russian::date(from, style), russian::date(to, style));
    }
    russian::months(time.from, time.to)
}

/// How exactly a term names its times.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Measure {
    #[default]
    Months,
    Days,
    /// Only the last day.
    Until,
}

pub(super) fn measure(term: &Term<Id>) -> Measure {
    let windows = term.windows();
    let is_months = |window: &Window| matches!(window, Window::Months { .. } | Window::Quarters(_));
    match windows.first() {
        Some(Window::Until(_)) if windows.len() == 1 => Measure::Until,
        _ if windows.iter().all(is_months) => Measure::Months,
        _ => Measure::Days,
    }
}

/// Whether a window reads the same in every year.
fn is_yearly(window: &Window) -> bool {
    match window {
        Window::Yearly(_) | Window::School(_) => true,
        Window::Until(day) => day.year.is_none(),
        Window::Days { .. } | Window::Months { .. } | Window::Quarters(_) => false,
    }
}

/// The words of a term without dates.
pub(super) fn undated(term: &Term<Id>, model: &Model) -> Option<String> {
    match &term.when {
        TermWhen::Windows(_) => None,
        TermWhen::Indefinite(words) => Some(words.clone()),
        TermWhen::Every(frequency) => Some(frequency_words(*frequency).to_owned()),
        TermWhen::AtLeast(least) => Some(at_least_words(least)),
        TermWhen::ByDocument(id) => {
            let kind = model.documents.get(id).map(|kind| kind.meta.title.as_str());
            Some(format!("по документу «{}»", kind.unwrap_or(id.as_str())))
        }
    }
}

/// «не реже двух раз в год», and within which time.
fn at_least_words(least: &AtLeast) -> String {
    let windows = least.windows.iter().map(window);
    std::iter::once(least.words.clone()).chain(windows).collect::<Vec<_>>().join(", ")
}

fn frequency_words(frequency: Frequency) -> &'static str {
    match frequency {
        Frequency::Monthly => "ежемесячно",
        Frequency::Quarterly => "ежеквартально",
        Frequency::HalfYearly => "раз в полугодие",
        Frequency::Yearly => "ежегодно",
    }
}

/// «2 недели».
pub(super) fn lasting(lasts: Duration) -> String {
    let forms = match lasts.unit {
        DurationUnit::Days => Forms::new("день", "дня", "дней"),
        DurationUnit::Workdays => Forms::new("рабочий день", "рабочих дня", "рабочих дней"),
        DurationUnit::Weeks => Forms::new("неделю", "недели", "недель"),
        DurationUnit::Months => Forms::new("месяц", "месяца", "месяцев"),
    };
    count(&Number::from_int(i64::from(lasts.number)), &forms)
}

/// A term as rules have it, in no particular year: «октябрь – май каждого учебного года».
pub(super) fn in_rules(term: &Term<Id>, model: &Model) -> String {
    if let Some(printed) = &term.printed {
        return printed.clone();
    }
    let words = match &term.when {
        TermWhen::Windows(windows) => windows.iter().map(window).collect::<Vec<_>>().join(", "),
        _ => undated(term, model).unwrap_or_default(),
    };
    match &term.repeat {
        Repeat::EverySchoolYear => format!("{words} каждого учебного года"),
        Repeat::Once => words,
        Repeat::AfterEnd => words + behind(term),
        Repeat::In(which) => {
            let years: Vec<String> = which.iter().map(|which| year_of_programme(*which)).collect();
            format!("{words} ({})", years.join(", "))
        }
    }
}

fn year_of_programme(which: WhichYear) -> String {
    match which {
        WhichYear::Nth(number) => format!("{number}-й год программы"),
        WhichYear::Last => "последний год программы".to_owned(),
    }
}

fn window(window: &Window) -> String {
    let month = |(month, year): (Month, Option<i32>)| {
        let number = i8::try_from(month.number()).unwrap_or_default();
        let name = russian::month(number, Case::Nominative);
        year.map_or_else(|| name.clone(), |year| format!("{name} {year}{}года", russian::NBSP))
    };
    match window {
        Window::Days { from, to } if from == to => russian::date(*from, DateStyle::Full),
        Window::Days { from, to } => {
            let (from, to) =
                (russian::date(*from, DateStyle::Short), russian::date(*to, DateStyle::Short));
            format!("с {from} по {to}")
        }
        Window::Months { from, to } if from == to => month(*from),
        Window::Months { from, to } => format!("{} – {}", month(*from), month(*to)),
        Window::Quarters(quarters) => {
            let names = quarters.iter().map(|quarter| format!("{quarter}-й")).collect::<Vec<_>>();
            format!("{} квартал", names.join(", "))
        }
        Window::Yearly(days) => days_of_year(days),
        Window::Until(last) => format!("до {}", day(*last)),
        Window::School(time) => school_time(time),
    }
}

/// «26 октября – 3 ноября».
pub(super) fn days_of_year(days: &Days) -> String {
    if days.from == days.to {
        return day(days.from);
    }
    format!("{} – {}", day(days.from), day(days.to))
}

fn day(day: Day) -> String {
    let number = i8::try_from(day.month.number()).unwrap_or_default();
    let words =
        format!("{}{}{}", day.number(), russian::NBSP, russian::month(number, Case::Genitive));
    day.year.map_or_else(|| words.clone(), |year| format!("{words} {year}{}года", russian::NBSP))
}

/// «1 четверть», «конец 2 четверти», «до начала учебного года».
fn school_time(time: &SchoolTime) -> String {
    let genitive = time.of.genitive();
    match time.part {
        Part::Whole => time.of.words(),
        Part::Beginning => format!("начало {genitive}"),
        Part::End => format!("конец {genitive}"),
        Part::Before => format!("до начала {genitive}"),
    }
}
