//! What in a calendar cannot hold together.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::{Calendar, Entry, Found, Stretch};
use crate::diag::{Code, Diagnostic};

/// Days that come back are tried on the first school year from here on without days of its own.
const USUAL: i32 = 2027;

/// Every contradiction of a calendar, once, each with both places.
pub fn contradictions(calendar: &Calendar, code: Code) -> Vec<Diagnostic> {
    let mut told: Vec<Diagnostic> = Vec::new();
    for entry in &calendar.entries {
        if entry.days.is_reversed() {
            told.push(
                Diagnostic::error(
                    code,
                    entry.place,
                    format!("{}: конец раньше начала", entry.what.words()),
                )
                .with_hint("сначала пишут первый день, потом последний"),
            );
        }
    }
    told.extend(calendar.entries.iter().filter_map(|entry| misnumbered(entry, code)));
    told.extend(repeated(calendar, code));
    for year in years(calendar) {
        let mut found = calendar.in_school_year(year);
        found.retain(|one| !one.entry.days.is_reversed());
        for fault in in_one_year(&found, code) {
            if !told.contains(&fault) {
                told.push(fault);
            }
        }
    }
    told
}

fn years(calendar: &Calendar) -> BTreeSet<i32> {
    let dated = calendar.entries.iter().filter_map(|entry| {
        let year = entry.days.from.year?;
        entry.days.from.in_year(year).map(super::school_year_of)
    });
    let mut years: BTreeSet<i32> = dated.collect();
    years.extend((USUAL..).find(|year| !years.contains(year)));
    years
}

/// A school year has four quarters or three trimesters.
fn misnumbered(entry: &Entry, code: Code) -> Option<Diagnostic> {
    let (known, of_year, hint) = match entry.what {
        Stretch::Quarter(number) => (
            (1..=4).contains(&number),
            "четвертей в учебном году четыре, считают с первой",
            "1, 2, 3 или 4",
        ),
        Stretch::Trimester(number) => (
            (1..=3).contains(&number),
            "триместров в учебном году три, считают с первого",
            "1, 2 или 3",
        ),
        _ => return None,
    };
    (!known).then(|| {
        let message = format!("«{}»: {of_year}", entry.what.words());
        Diagnostic::error(code, entry.place, message).with_hint(format!("номер бывает {hint}"))
    })
}

/// What comes back every year is said once; days off may have several.
fn repeated(calendar: &Calendar, code: Code) -> Vec<Diagnostic> {
    let yearly =
        |entry: &&Entry| !entry.days.is_dated() && !matches!(entry.what, Stretch::Holiday(_));
    let all: Vec<&Entry> = calendar.entries.iter().filter(yearly).collect();
    let numbered = all.iter().enumerate();
    let twins = numbered.filter_map(|(at, entry)| {
        let first = all.iter().take(at).find(|first| first.what == entry.what)?;
        let message = format!("«{}» сказано дважды", entry.what.words());
        Some(fault(code, entry, message, first).with_hint(
            "оставьте одну строку; дни одного года пишут с годом: «26 октября 2026 – 3 ноября 2026»",
        ))
    });
    twins.collect()
}

fn in_one_year(found: &[Found<'_>], code: Code) -> Vec<Diagnostic> {
    let mut told = Vec::new();
    let year = found.iter().find(|one| one.entry.what == Stretch::SchoolYear);
    for (at, one) in found.iter().enumerate() {
        if let Some(year) = year.filter(|year| is_lessons(&one.entry.what) && !is_within(one, year))
        {
            let message = format!("{} выходит за учебный год", one.entry.what.words());
            told.push(
                fault(code, one.entry, message, year.entry)
                    .with_hint("поправьте дни одной из строк"),
            );
        }
        let rest = found.iter().skip(at + 1);
        for other in rest.filter(|other| exclude(&one.entry.what, &other.entry.what)) {
            told.extend(clash(one, other, code));
        }
    }
    told
}

fn is_lessons(what: &Stretch) -> bool {
    matches!(what, Stretch::Quarter(_) | Stretch::Trimester(_))
}

fn is_within(part: &Found<'_>, whole: &Found<'_>) -> bool {
    whole.from <= part.from && part.to <= whole.to
}

/// Quarters and trimesters are two ways of saying the same. Vacations part quarters; a trimester is a
/// span of the year, with vacations inside it.
fn exclude(one: &Stretch, other: &Stretch) -> bool {
    match (one, other) {
        // A second one is told of as such, or is a second part of one year.
        (one, other) if one == other => false,
        (Stretch::Quarter(_), Stretch::Quarter(_))
        | (Stretch::Trimester(_), Stretch::Trimester(_))
        | (Stretch::Vacation(_), Stretch::Vacation(_) | Stretch::Quarter(_))
        | (Stretch::Quarter(_), Stretch::Vacation(_)) => true,
        _ => false,
    }
}

fn clash(one: &Found<'_>, other: &Found<'_>, code: Code) -> Option<Diagnostic> {
    let is_order = [one, other].iter().all(|found| is_lessons(&found.entry.what));
    let (first, second) = match is_order && number(&one.entry.what) > number(&other.entry.what) {
        true => (other, one),
        false => (one, other),
    };
    let (name, next) = (first.entry.what.words(), second.entry.what.words());
    let message = if is_order && second.from <= first.from {
        format!("{next} начинается раньше, чем {name}")
    } else if overlap((first.from, first.to), (second.from, second.to)) {
        format!("{name} и {next} делят одни и те же дни")
    } else {
        return None;
    };
    Some(fault(code, second.entry, message, first.entry).with_hint("поправьте дни одной из строк"))
}

fn number(what: &Stretch) -> u32 {
    match what {
        Stretch::Quarter(number) | Stretch::Trimester(number) => *number,
        _ => 0,
    }
}

fn overlap(one: (Date, Date), other: (Date, Date)) -> bool {
    one.0 <= other.1 && other.0 <= one.1
}

fn fault(code: Code, at: &Entry, message: String, other: &Entry) -> Diagnostic {
    Diagnostic::error(code, at.place, message).with_label(other.place, "другая строка здесь")
}
