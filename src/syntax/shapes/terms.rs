//! Days, windows, terms.

use pest::iterators::Pair;

use super::{Origin, Rule, inside, integer, year};
use crate::calendar::{
    Date, Duration, DurationUnit, Frequency, Month, Repeat, Term, TermWhen, WhichYear, Window,
};
use crate::syntax::tree::Name;

/// The outer `None` is a day that no calendar has.
pub(super) fn date(pair: Pair<'_, Rule>) -> Option<Option<Date>> {
    let mut inner = pair.into_inner();
    let day: i8 = inner.next()?.as_str().parse().ok()?;
    let month = Month::from_word(inner.next()?.as_str())?;
    let year: i16 = inner.next()?.as_str().parse().ok()?;
    Date::new(year, month.number() as i8, day).ok().map(Some)
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
            Rule::frequency => when = Some(TermWhen::Every(frequency(part.as_str())?)),
            Rule::windows => {
                let windows = part.into_inner().map(window).collect::<Option<Vec<_>>>()?;
                when = Some(TermWhen::Windows(windows));
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

pub(super) fn window(pair: Pair<'_, Rule>) -> Option<Window> {
    let inner = pair.into_inner().next()?;
    match inner.as_rule() {
        Rule::days => {
            let dates: Vec<Date> = inner
                .into_inner()
                .filter(|p| p.as_rule() == Rule::date)
                .map(|p| date(p).flatten())
                .collect::<Option<_>>()?;
            let from = *dates.first()?;
            Some(Window::Days { from, to: *dates.last()? })
        }
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
