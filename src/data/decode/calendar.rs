//! The calendar of an institution in its project file.

use super::project::PROJECT;
use super::quote::quote;
use super::toml_walk::{Key, Section, Walk, needed, optional};
use crate::base::Span;
use crate::calendar::{Days, Entry, Stretch, Week};
use crate::data::{CalendarChange, Placed, codes};
use crate::diag::{Diagnostic, Place};
use crate::syntax::{missing_day, read_days};

const CALENDAR: &[Key] = &[
    optional("week"),
    optional("school_year"),
    optional("quarters"),
    optional("trimesters"),
    optional("vacations"),
    optional("holidays"),
];
const VACATION: &[Key] = &[needed("name", "какие каникулы"), needed("days", "дни каникул")];
const HOLIDAY: &[Key] = &[needed("days", "нерабочие дни"), optional("title")];
const WEEKS: [(&str, Week); 2] = [("пятидневная", Week::FiveDays), ("шестидневная", Week::SixDays)];

/// Whether quarters or trimesters.
type Numbered = fn(u32) -> Stretch;

pub(super) fn calendar(root: Section, walk: &mut Walk) -> CalendarChange {
    let Some(section) = walk.table(root, "calendar", CALENDAR, PROJECT) else {
        return CalendarChange::default();
    };
    let week = walk.word(section, "week", &WEEKS).map(|word| word.value.1);
    let mut entries = Vec::new();
    let year = walk.text(section, "school_year");
    entries.extend(year.and_then(|days| entry(Stretch::SchoolYear, &days, walk)));
    let lists: [(&str, Numbered); 2] =
        [("quarters", Stretch::Quarter), ("trimesters", Stretch::Trimester)];
    for (key, numbered) in lists {
        for (number, days) in (1_u32..).zip(walk.texts(section, key)) {
            entries.extend(entry(numbered(number), &days, walk));
        }
    }
    for vacation in walk.tables(section, "vacations", VACATION, PROJECT) {
        let (name, days) = (walk.text(vacation, "name"), walk.text(vacation, "days"));
        let named = name.zip(days);
        entries.extend(named.and_then(|(name, days)| {
            let name = name.value.to_lowercase().replace("каникулы", "").trim().to_owned();
            entry(Stretch::Vacation(name), &days, walk)
        }));
    }
    for holiday in walk.tables(section, "holidays", HOLIDAY, PROJECT) {
        let (days, title) = (walk.text(holiday, "days"), walk.words(holiday, "title"));
        entries.extend(days.and_then(|days| entry(Stretch::Holiday(title), &days, walk)));
    }
    CalendarChange { week, entries }
}

fn entry(what: Stretch, written: &Placed<String>, walk: &mut Walk) -> Option<Entry> {
    let days = days(written, walk)?;
    let place = match written.place {
        Place::Text(span) => span,
        _ => Span::new(crate::base::FileId(0), 0, 0),
    };
    Some(Entry { what, days, place })
}

fn days(written: &Placed<String>, walk: &mut Walk) -> Option<Days> {
    let read = read_days(&written.value);
    if read.is_none() {
        let message = missing_day(&written.value)
            .unwrap_or_else(|| format!("дни {} не читаются", quote(&written.value)));
        walk.push(Diagnostic::error(codes::BAD_DAYS, written.place.clone(), message).with_hint(
            "пишут день и месяц: «26 октября – 3 ноября»; только для одного года — с годом: «26 октября – 3 ноября 2026»",
        ));
    }
    read
}
