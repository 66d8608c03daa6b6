//! Terms as plans print them: «август–сентябрь 2020», «ноябрь 2021», «в течение года».

use jiff::ToSpan;

use crate::base::Id;
use crate::calendar::{Date, Days, Month, Term, TermWhen, Window, last_day};
use crate::document::times;
use crate::model::Model;
use crate::russian::{self, Case, DateStyle, NBSP};

/// A term within the calendar year of a plan.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Told {
    /// One text a window, as they stand in a row: the year behind the last of its months.
    pub terms: Vec<String>,
    /// дата, период, словами, нет.
    pub kind: &'static str,
    /// The first and the last day, where there is one window.
    pub window: Option<(Date, Date)>,
}

/// Tells a term; months without a year are of the year around them.
pub(super) fn told(term: Option<&Term<Id>>, year: i32, model: &Model) -> Told {
    let Some(term) = term else { return Told { terms: Vec::new(), kind: "нет", window: None } };
    let spans = match &term.when {
        TermWhen::Windows(windows) => spans(windows, year),
        _ => Vec::new(),
    };
    let window = match spans.as_slice() {
        [only] => Some((only.from, only.to)),
        _ => None,
    };
    let kind = match window {
        _ if spans.is_empty() => "словами",
        Some((from, to)) if from == to => "дата",
        _ => "период",
    };
    let terms = match &term.printed {
        Some(printed) => vec![printed.clone()],
        None if spans.is_empty() => vec![times::in_rules(term, model)],
        None => in_words(&spans),
    };
    Told { terms, kind, window }
}

/// How a span is written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Measure {
    Days,
    Months,
    Quarters,
}

#[derive(Clone, Copy, Debug)]
struct Stretch {
    from: Date,
    to: Date,
    measure: Measure,
}

fn spans(windows: &[Window], year: i32) -> Vec<Stretch> {
    let mut found = Vec::new();
    for window in windows {
        match window {
            Window::Days { from, to } => {
                found.push(Stretch { from: *from, to: *to, measure: Measure::Days });
            }
            Window::Months { from, to } => found.extend(months(*from, *to, year)),
            Window::Quarters(quarters) => found.extend(quarters_of(quarters, year)),
            Window::Yearly(days) => found.extend(days_of(days, year)),
            // Told in its own words.
            Window::Until(_) | Window::School(_) => return Vec::new(),
        }
    }
    found
}

/// A span over the turn of the year ends in the next one.
fn months(
    (first, first_year): (Month, Option<i32>),
    (last, last_year): (Month, Option<i32>),
    year: i32,
) -> Option<Stretch> {
    let wraps = i32::from(last < first);
    let begins = first_year.or(last_year.map(|year| year - wraps)).unwrap_or(year);
    let ends = last_year.unwrap_or(begins + wraps);
    let (from, to) = (first.first_day(begins)?, last_day(last, ends)?);
    Some(Stretch { from, to, measure: Measure::Months })
}

/// Days that come back, in the year around them.
fn days_of(days: &Days, year: i32) -> Option<Stretch> {
    let from = days.from.in_year(year)?;
    let to =
        days.to.in_year(year).filter(|to| *to >= from).or_else(|| days.to.in_year(year + 1))?;
    Some(Stretch { from, to, measure: Measure::Days })
}

/// Quarters that follow each other are one span.
fn quarters_of(quarters: &[u8], year: i32) -> Vec<Stretch> {
    let mut found: Vec<Stretch> = Vec::new();
    for quarter in quarters {
        let first = quarter.checked_mul(3).and_then(|last| Month::new(last.checked_sub(2)?));
        let from = first.and_then(|first| first.first_day(year));
        let Some(from) = from else { continue };
        let Ok(to) = from.checked_add(2.months()).map(Date::last_of_month) else { continue };
        match found.last_mut().filter(|before| before.to.tomorrow().ok() == Some(from)) {
            Some(before) => before.to = to,
            None => found.push(Stretch { from, to, measure: Measure::Quarters }),
        }
    }
    found
}

fn in_words(spans: &[Stretch]) -> Vec<String> {
    let mut told = Vec::new();
    for (at, span) in spans.iter().enumerate() {
        let is_one_year = |span: &Stretch| span.from.year() == span.to.year();
        let shares_year = |next: &Stretch| {
            next.measure == span.measure
                && next.from.year() == span.from.year()
                && is_one_year(span)
                && is_one_year(next)
        };
        let ends_its_year = !spans.get(at + 1).is_some_and(shares_year);
        told.push(match span.measure {
            Measure::Days => days(span),
            Measure::Months => with_year(&month_names(span), span, ends_its_year),
            Measure::Quarters => with_year(&quarter_names(span), span, ends_its_year),
        });
    }
    told
}

fn with_year(words: &str, span: &Stretch, is_wanted: bool) -> String {
    match span.from.year() == span.to.year() && is_wanted {
        true => format!("{words}{NBSP}{}", span.to.year()),
        false => words.to_owned(),
    }
}

fn month_names(span: &Stretch) -> String {
    let name = |day: Date| russian::month(day.month(), Case::Nominative);
    let (first, last) = (name(span.from), name(span.to));
    match (span.from.year() == span.to.year(), first == last) {
        (true, true) => first,
        (true, false) => format!("{first}–{last}"),
        (false, _) => {
            let (begins, ends) = (span.from.year(), span.to.year());
            format!("{first}{NBSP}{begins}{NBSP}– {last}{NBSP}{ends}")
        }
    }
}

fn quarter_names(span: &Stretch) -> String {
    let name = |day: Date| match day.month() {
        1..=3 => "I",
        4..=6 => "II",
        7..=9 => "III",
        _ => "IV",
    };
    match (name(span.from), name(span.to)) {
        (first, last) if first == last => format!("{first}{NBSP}квартал"),
        (first, last) => format!("{first}–{last}{NBSP}кварталы"),
    }
}

fn days(span: &Stretch) -> String {
    let date = |day| russian::date(day, DateStyle::Short);
    match span.from == span.to {
        true => date(span.from),
        false => format!("с {} по {}", date(span.from), date(span.to)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::{Frequency, Repeat};

    fn month(number: u8, year: Option<i32>) -> (Month, Option<i32>) {
        (Month::new(number).expect("a month"), year)
    }

    fn term(when: TermWhen<Id>) -> Term<Id> {
        Term { when, repeat: Repeat::Once, printed: None }
    }

    fn tell(windows: Vec<Window>) -> (Vec<String>, &'static str, Option<String>) {
        let model = Model::default();
        let told = told(Some(&term(TermWhen::Windows(windows))), 2020, &model);
        let terms = told.terms.iter().map(|term| term.replace(NBSP, " ")).collect();
        (terms, told.kind, told.window.map(|(from, to)| format!("{from} {to}")))
    }

    #[test]
    fn months_take_the_year_around_them() {
        let span = |from, to| Window::Months { from, to };
        let one = |window| {
            let (terms, _, days) = tell(vec![window]);
            (terms.join("; "), days.unwrap_or_default())
        };
        let cases = [
            (span(month(11, None), month(11, None)), "ноябрь 2020", "2020-11-01 2020-11-30"),
            (span(month(8, None), month(9, None)), "август–сентябрь 2020", "2020-08-01 2020-09-30"),
            (
                span(month(10, None), month(5, None)),
                "октябрь 2020 – май 2021",
                "2020-10-01 2021-05-31",
            ),
            (
                span(month(9, None), month(6, Some(2022))),
                "сентябрь 2021 – июнь 2022",
                "2021-09-01 2022-06-30",
            ),
            (
                span(month(8, Some(2022)), month(8, Some(2022))),
                "август 2022",
                "2022-08-01 2022-08-31",
            ),
        ];
        for (window, words, days) in cases {
            assert_eq!(one(window), (words.to_owned(), days.to_owned()));
        }
    }

    #[test]
    fn several_windows_are_told_apart_and_share_their_year() {
        let at = |number| Window::Months { from: month(number, None), to: month(number, None) };
        let (terms, kind, days) = tell(vec![at(1), at(6), at(9)]);
        assert_eq!(terms, ["январь", "июнь", "сентябрь 2020"]);
        assert_eq!((kind, days), ("период", None));
    }

    #[test]
    fn quarters_and_days() {
        let (terms, _, days) = tell(vec![Window::Quarters(vec![1, 2, 4])]);
        assert_eq!((terms.join(", ").as_str(), days), ("I–II кварталы, IV квартал 2020", None));
        let day = jiff::civil::date(2020, 5, 15);
        let (terms, kind, _) = tell(vec![Window::Days { from: day, to: day }]);
        assert_eq!((terms.join(", ").as_str(), kind), ("15 мая 2020 г.", "дата"));
    }

    #[test]
    fn words_stay_words_and_a_printed_term_keeps_its_days() {
        let model = Model::default();
        let words = term(TermWhen::Indefinite("в течение года".to_owned()));
        assert_eq!(told(Some(&words), 2020, &model).kind, "словами");
        let every = told(Some(&term(TermWhen::Every(Frequency::Quarterly))), 2020, &model);
        assert_eq!(every.terms, ["ежеквартально"]);
        assert_eq!(told(None, 2020, &model).kind, "нет");
        let window = Window::Months { from: month(1, None), to: month(12, None) };
        let printed = Term {
            printed: Some("весь год".to_owned()),
            ..term(TermWhen::Windows(vec![window]))
        };
        let told = told(Some(&printed), 2020, &model);
        assert_eq!((told.terms.as_slice(), told.kind), (&["весь год".to_owned()][..], "период"));
        assert!(told.window.is_some());
    }
}
