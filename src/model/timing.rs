//! What activities wait for, as the calendar wants it.

use super::{Activity, Model};
use crate::base::Id;
use crate::calendar::{
    Calendar, Entry, Job, Link, Occurrence, Period, Stretch, Week, Who, Workdays,
};
use crate::data::CalendarChange;

/// An activity with the times at which it falls due in a programme.
pub fn job(model: &Model, id: &Id, windows: Vec<Occurrence>, period: &Period) -> Job {
    let activity = model.activities.get(id);
    let term = activity.and_then(|activity| activity.term.as_ref());
    Job {
        id: id.clone(),
        windows,
        lasts: activity.and_then(|activity| activity.lasts),
        who: activity.map(Activity::who).unwrap_or_default(),
        missed: term.map(|term| term.missed(period, model.calendar())).unwrap_or_default(),
    }
}

impl Activity {
    /// Whose days off stand in its way.
    pub fn who(&self) -> Who {
        if self.with_pupils { Who::Pupils } else { Who::Staff }
    }

    /// Whether it lasts longer than any of the windows that its term has in a programme.
    pub fn outlasts_its_term(&self, model: &Model, period: &Period) -> bool {
        let Some(lasts) = self.lasts else { return false };
        let days = Workdays { calendar: model.calendar(), who: self.who() };
        let fits = |window: &Occurrence| {
            days.end(lasts, days.from(window.from)).is_some_and(|end| end <= window.to)
        };
        !self.occurrences(model, period).iter().all(fits)
    }

    /// The times at which it falls due in a programme.
    pub fn occurrences(&self, model: &Model, period: &Period) -> Vec<Occurrence> {
        let term = self.term.as_ref();
        term.map(|term| term.occurrences(period, model.calendar())).unwrap_or_default()
    }
}

static EVERY_DAY: Calendar = Calendar { week: Week::Whole, entries: Vec::new() };

impl Model {
    /// The calendar in force: of those in view the last, so that a pack's own takes the place of
    /// that of a pack which it uses. Without any, every day is a working day.
    pub fn calendar(&self) -> &Calendar {
        let of_packs = || self.calendars.values().last().map(|declared| &declared.calendar);
        self.own_calendar.as_ref().or_else(of_packs).unwrap_or(&EVERY_DAY)
    }

    /// Lays the calendar of an institution over that of the packs: line by line, but the quarters
    /// of a year all together.
    pub fn change_calendar(&mut self, change: &CalendarChange) {
        let mut calendar = self.calendar().clone();
        calendar.week = change.week.unwrap_or(calendar.week);
        let is_replaced = |old: &Entry| change.entries.iter().any(|new| replaces(new, old));
        calendar.entries.retain(|old| !is_replaced(old));
        calendar.entries.extend(change.entries.iter().cloned());
        self.own_calendar = Some(calendar);
    }
}

/// Days with a year leave those of the other years as they are.
fn replaces(new: &Entry, old: &Entry) -> bool {
    let is_lessons =
        |entry: &Entry| matches!(entry.what, Stretch::Quarter(_) | Stretch::Trimester(_));
    let is_same = new.what == old.what || (is_lessons(new) && is_lessons(old));
    let is_untitled = new.what == Stretch::Holiday(String::new());
    is_same && !is_untitled && (!new.days.is_dated() || new.days.from.year == old.days.from.year)
}

/// `после` and `до` of every activity: one relation.
pub fn links(model: &Model) -> Vec<Link> {
    let link = |earlier: &Id, later: &Id, place| Link {
        earlier: earlier.clone(),
        later: later.clone(),
        place,
    };
    let each = model.activities.iter().flat_map(|(id, activity)| {
        let after = activity.after.iter().map(move |named| link(&named.id, id, named.span));
        after.chain(activity.before.iter().map(move |named| link(id, &named.id, named.span)))
    });
    each.collect()
}
