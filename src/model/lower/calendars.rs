//! Calendars of schools.

use super::{Around, Lowering};
use crate::calendar::{Calendar, Entry, Stretch, Week};
use crate::model::declarations::CalendarDecl;
use crate::model::reader::Reader;
use crate::syntax::tree::{CalendarLine, Clause, Value};

const LINES: [&str; 5] = ["учебный год", "четверть", "триместр", "каникулы", "нерабочие"];

impl Lowering<'_> {
    pub(super) fn calendar(&mut self, reader: &Reader<'_>, around: &Around) -> CalendarDecl {
        let week = match reader.value("рабочая неделя") {
            Some(Value::Calendar(CalendarLine::Week(week))) => *week,
            _ => Week::Whole,
        };
        let lines = LINES.into_iter().flat_map(|keyword| reader.all(keyword));
        let entries = lines.filter_map(entry).collect();
        CalendarDecl { meta: self.meta(reader, around), calendar: Calendar { week, entries } }
    }
}

fn entry(clause: &Clause) -> Option<Entry> {
    let Value::Calendar(line) = &clause.value else { return None };
    let (what, days) = match (clause.keyword, line) {
        ("учебный год", CalendarLine::Span { days, .. }) => (Stretch::SchoolYear, *days),
        ("четверть", CalendarLine::Numbered { number, days }) => {
            (Stretch::Quarter(*number), *days)
        }
        ("триместр", CalendarLine::Numbered { number, days }) => {
            (Stretch::Trimester(*number), *days)
        }
        (_, CalendarLine::Vacation { name, days }) => (Stretch::Vacation(name.clone()), *days),
        (_, CalendarLine::Span { days, title }) => {
            let title = title.as_ref().map(|title| title.text.clone());
            (Stretch::Holiday(title.unwrap_or_default()), *days)
        }
        _ => return None,
    };
    Some(Entry { what, days, place: clause.span })
}
