//! Days, windows, terms.

use pest::iterators::Pair;

use super::{Origin, Rule, inside, integer, year};
use crate::calendar::{
    AtLeast, Date, Day, Days, Duration, DurationUnit, Frequency, Month, Part, Repeat, SchoolTime,
    Stretch, Term, TermWhen, WhichYear, Window,
};
use crate::syntax::tree::Name;

/// The outer `None` is a day that no calendar has.
pub(super) fn date(pair: Pair<'_, Rule>) -> Option<Option<Date>> {
    let day = day_of(pair)?;
    day.year.and_then(|year| day.in_year(year)).map(Some)
}

/// A day with its year, or of every year.
fn day_of(pair: Pair<'_, Rule>) -> Option<Day> {
    let mut inner = pair.into_inner();
    let first = inner.next()?;
    if first.as_rule() == Rule::figures {
        let mut parts = first.into_inner();
        let day: i8 = parts.next()?.as_str().parse().ok()?;
        let month = Month::new(parts.next()?.as_str().parse().ok()?)?;
        return Day::new(day, month, Some(year(&parts.next()?)?));
    }
    let day: i8 = first.as_str().parse().ok()?;
    let month = Month::from_word(inner.next()?.as_str())?;
    match inner.next() {
        Some(pair) => Day::new(day, month, Some(year(&pair)?)),
        None => Day::new(day, month, None),
    }
}

/// «26 октября – 3 ноября», «10 – 15 сентября 2026», «с 1 по 5 мая».
pub(super) fn days(pair: Pair<'_, Rule>) -> Option<Days> {
    let mut bare: Option<i8> = None;
    let mut ends: Vec<Day> = Vec::new();
    for part in pair.into_inner() {
        match part.as_rule() {
            Rule::day => bare = part.as_str().parse().ok(),
            Rule::day_of => ends.push(day_of(part)?),
            _ => {}
        }
    }
    let to = *ends.last()?;
    let from = match bare {
        Some(day) => Day::new(day, to.month, to.year)?,
        None => *ends.first()?,
    };
    Some(Days::new(from, to))
}

pub(super) fn term(pair: Pair<'_, Rule>, at: Origin<'_>) -> Option<Term<Name>> {
    let mut when = None;
    let mut repeat = Repeat::Once;
    let mut printed = None;
    for part in pair.into_inner() {
        match part.as_rule() {
            Rule::by_document => {
                when = Some(TermWhen::ByDocument(inside(part, at).name()?));
            }
            Rule::indefinite => when = Some(TermWhen::Indefinite(part.as_str().to_owned())),
            Rule::at_least => when = Some(TermWhen::AtLeast(at_least(part)?)),
            Rule::frequency => when = Some(TermWhen::Every(frequency(part.as_str())?)),
            Rule::windows => {
                when = Some(TermWhen::Windows(windows(part)?));
            }
            Rule::repeats => repeat = repeats(part)?,
            Rule::printed => printed = inside(part, at).text().map(|text| text.text),
            _ => {}
        }
    }
    Some(Term { when: when?, repeat, printed })
}

/// The longest that anything may last, in its unit: a programme is shorter.
const LONGEST: u32 = 366;

pub(super) fn lasts(number: Pair<'_, Rule>, unit: &str) -> Option<Duration> {
    let number = integer(&number).filter(|number| (1..=LONGEST).contains(number))?;
    let unit = match unit.chars().next()? {
        'д' => DurationUnit::Days,
        'р' => DurationUnit::Workdays,
        'н' => DurationUnit::Weeks,
        _ => DurationUnit::Months,
    };
    Some(Duration { number, unit })
}

pub(super) fn frequency(word: &str) -> Option<Frequency> {
    Some(match word {
        "ежемесячно" => Frequency::Monthly,
        "ежеквартально" => Frequency::Quarterly,
        "раз в полугодие" => Frequency::HalfYearly,
        "ежегодно" => Frequency::Yearly,
        _ => return None,
    })
}

fn windows(pair: Pair<'_, Rule>) -> Option<Vec<Window>> {
    pair.into_inner().map(window).collect()
}

fn at_least(pair: Pair<'_, Rule>) -> Option<AtLeast> {
    let mut inner = pair.into_inner();
    let said = inner.next()?;
    let words = said.as_str().trim_end().to_owned();
    let times = how_many(said.into_inner().next()?.as_str())?;
    let windows = inner.next().map_or_else(|| Some(Vec::new()), windows)?;
    Some(AtLeast { times, words, windows })
}

/// More often than weekly is no term.
const MOST_TIMES: u32 = 40;

fn how_many(word: &str) -> Option<u32> {
    let named = match word {
        "одного" => 1,
        "двух" => 2,
        "трёх" | "трех" => 3,
        "четырёх" | "четырех" => 4,
        "пяти" => 5,
        "шести" => 6,
        digits => digits.parse().ok()?,
    };
    (1..=MOST_TIMES).contains(&named).then_some(named)
}

fn school_time(pair: Pair<'_, Rule>) -> Option<SchoolTime> {
    let mut part = Part::Whole;
    let mut number = 0;
    let mut of = None;
    for inner in pair.into_inner() {
        let word = inner.as_str().trim_end();
        match inner.as_rule() {
            Rule::before_year => {
                part = Part::Before;
                of = Some(Stretch::SchoolYear);
            }
            Rule::edge_word if word == "начало" => part = Part::Beginning,
            Rule::edge_word => part = Part::End,
            Rule::day => number = word.parse().ok()?,
            Rule::stretch_word if word.starts_with('ч') => of = Some(Stretch::Quarter(number)),
            Rule::stretch_word => of = Some(Stretch::Trimester(number)),
            Rule::of_year => of = Some(Stretch::SchoolYear),
            Rule::vacation => {
                let name = inner.into_inner().next()?.as_str().to_lowercase();
                of = Some(Stretch::Vacation(name));
            }
            _ => {}
        }
    }
    Some(SchoolTime { part, of: of? })
}

pub(super) fn window(pair: Pair<'_, Rule>) -> Option<Window> {
    let inner = pair.into_inner().next()?;
    match inner.as_rule() {
        Rule::days => {
            let days = days(inner)?;
            let dated = days.from.year.zip(days.to.year);
            Some(match dated {
                Some((first, last)) => {
                    let (from, to) = (days.from.in_year(first)?, days.to.in_year(last)?);
                    Window::Days { from, to }
                }
                None => Window::Yearly(days),
            })
        }
        Rule::until => Some(Window::Until(day_of(inner.into_inner().next()?)?)),
        Rule::school_time => Some(Window::School(school_time(inner)?)),
        Rule::months => {
            let ends: Vec<(Month, Option<i32>)> = inner
                .into_inner()
                .filter(|p| p.as_rule() == Rule::month_of)
                .map(month_of)
                .collect::<Option<_>>()?;
            let (first, last) = (*ends.first()?, *ends.last()?);
            let from = (first.0, first.1.or(if ends.len() > 1 { last.1 } else { None }));
            Some(Window::Months { from, to: last })
        }
        Rule::quarters => {
            let mut quarters: Vec<u8> = Vec::new();
            let mut spans = false;
            for part in inner.into_inner() {
                match part.as_rule() {
                    Rule::day => {
                        let quarter: u8 = part.as_str().parse().ok()?;
                        let from = quarters.last().copied().filter(|_| spans);
                        quarters.extend(from.map_or(quarter..=quarter, |f| f + 1..=quarter));
                        spans = false;
                    }
                    Rule::span_mark => spans = true,
                    _ => {}
                }
            }
            quarters.iter().all(|q| (1..=4).contains(q)).then_some(Window::Quarters(quarters))
        }
        _ => None,
    }
}

pub(super) fn month_of(pair: Pair<'_, Rule>) -> Option<(Month, Option<i32>)> {
    let mut inner = pair.into_inner();
    let month = Month::from_word(inner.next()?.as_str())?;
    Some((month, inner.next().and_then(|p| year(&p))))
}

pub(super) fn repeats(pair: Pair<'_, Rule>) -> Option<Repeat> {
    let inner = pair.into_inner().next()?;
    match inner.as_rule() {
        Rule::every_year => Some(Repeat::EverySchoolYear),
        Rule::after_end => Some(Repeat::AfterEnd),
        Rule::in_years => {
            let mut years = Vec::new();
            for part in inner.into_inner() {
                match part.as_rule() {
                    Rule::ordinal => years.push(WhichYear::Nth(ordinal(&part)?)),
                    Rule::last_word => years.push(WhichYear::Last),
                    _ => {}
                }
            }
            Some(Repeat::In(years))
        }
        _ => None,
    }
}

pub(super) fn ordinal(pair: &Pair<'_, Rule>) -> Option<u32> {
    let digits = pair.as_str().split('-').next()?;
    digits.parse().ok().filter(|nth| *nth > 0)
}
