//! What a programme that begins late in its first school year makes up for on its first days.

use std::collections::BTreeMap;

use super::schedule::codes;
use super::{Choice, ChosenActivity};
use crate::base::Id;
use crate::calendar::{Date, Month, Occurrence, Period, Repeat, Term, Window, Workdays};
use crate::diag::{Diagnostic, Place};
use crate::model::{Activity, Model, links};
use crate::russian::{DateStyle, date};

/// What is due once, and was over before the programme began, gets its first possible days, one
/// thing after another; what waits for that is put off as far as it must. What comes back every year
/// does so: its first time is cut or left out. `activities` stand in the order of prerequisites.
pub(super) fn catch_up(model: &Model, activities: &mut [ChosenActivity], period: &Period) {
    let Some(first) = period.school_years().first().copied() else { return };
    let begins = Month::SEPTEMBER.first_day(first - 1);
    if begins.is_none_or(|begins| period.from <= begins) {
        return;
    }
    let mut before: BTreeMap<Id, Vec<Id>> = BTreeMap::new();
    for link in links(model) {
        before.entry(link.later).or_default().push(link.earlier);
    }
    let mut late = Late { model, period, first, free: BTreeMap::new() };
    for chosen in activities {
        if let Some(activity) = model.activities.get(&chosen.id) {
            let awaited = before.get(&chosen.id).map_or(&[] as &[Id], Vec::as_slice);
            late.plan(chosen, activity, awaited);
        }
    }
}

/// Warns once of everything that stands at other days than its term names.
pub fn made_up_for(choice: &Choice, place: Place) -> Option<Diagnostic> {
    let moved = choice.activities.iter().filter(|chosen| chosen.moved);
    let named: Vec<&str> = moved.map(|chosen| chosen.id.as_str()).collect();
    if named.is_empty() {
        return None;
    }
    let message = format!(
        "программа начинается {}, когда сроки первого года частью прошли; на её первые дни поставлены мероприятия: {}",
        date(choice.period.from, DateStyle::Short),
        named.join(", ")
    );
    let finding = Diagnostic::warning(codes::PERIOD, place, message);
    Some(finding.with_hint(
        "если начало программы верно, делать ничего не нужно; другой срок назначают правкой проекта, а что уже сделано, \
         исключают",
    ))
}

struct Late<'a> {
    model: &'a Model,
    period: &'a Period,
    /// The first school year of the programme.
    first: i32,
    /// The first day after the first time of what stands before.
    free: BTreeMap<Id, Date>,
}

impl Late<'_> {
    fn plan(&mut self, chosen: &mut ChosenActivity, activity: &Activity, awaited: &[Id]) {
        let ready = awaited.iter().filter_map(|id| self.free.get(id)).max().copied();
        let start = ready.unwrap_or(self.period.from).max(self.period.from);
        let Some(term) = &activity.term else { return };
        let missed = term.missed(self.period, self.model.calendar());
        if let Some(time) = missed.last().filter(|_| is_once(term)) {
            let moved = self.moved(activity, time, start);
            let is_single = term.repeat == Repeat::Once && !is_dated(term);
            chosen.occurrences.retain(|time| !is_single || time.school_year == self.first);
            if let Some((moved, over)) = moved {
                chosen.occurrences.insert(0, moved);
                chosen.moved = true;
                self.free.insert(chosen.id.clone(), over);
            }
        } else if chosen.occurrences.is_empty() {
            // What has no dates hands on what it waits for.
            self.free.extend(ready.map(|ready| (chosen.id.clone(), ready)));
        } else {
            self.put_off(chosen, activity, start, is_once(term));
        }
    }

    /// As many days as the time had, from `start` on, and the first day after it.
    fn moved(
        &self,
        activity: &Activity,
        time: &Occurrence,
        start: Date,
    ) -> Option<(Occurrence, Date)> {
        let days = self.days(activity);
        let from = days.from(start);
        let whole = from.checked_add(time.to - time.from).ok()?;
        let end = activity.lasts.and_then(|lasts| days.end(lasts, from)).unwrap_or(whole);
        let to = whole.max(end).min(self.period.to);
        let moved = Occurrence { school_year: self.first, from, to };
        (from <= to).then_some((moved, end.tomorrow().ok()?))
    }

    /// Puts off the times of the first year that begin before they can.
    fn put_off(
        &mut self,
        chosen: &mut ChosenActivity,
        activity: &Activity,
        start: Date,
        once: bool,
    ) {
        let is_first = |time: &Occurrence| time.school_year == self.first;
        let (own, rest): (Vec<Occurrence>, Vec<Occurrence>) =
            chosen.occurrences.iter().copied().partition(is_first);
        let mut kept = Vec::new();
        for time in own {
            let Some(later) = self.later(activity, time, start, once) else { continue };
            chosen.moved |= later.to > time.to;
            let time = later;
            let days = self.days(activity);
            let from = days.from(time.from.max(start));
            let end = activity.lasts.and_then(|lasts| days.end(lasts, from));
            let over = end.map_or(time.to, |end| end.min(time.to)).tomorrow();
            self.free.entry(chosen.id.clone()).or_insert(over.unwrap_or(time.to));
            kept.push(time);
        }
        kept.extend(rest);
        chosen.occurrences = kept;
    }

    /// The same time, where it still can be done in it; later if it is due once; none otherwise.
    fn later(
        &self,
        activity: &Activity,
        time: Occurrence,
        start: Date,
        once: bool,
    ) -> Option<Occurrence> {
        let days = self.days(activity);
        let from = days.from(time.from.max(start));
        let end = activity.lasts.and_then(|lasts| days.end(lasts, from));
        let fits = end.map_or(from == days.from(time.from), |end| end <= time.to);
        if fits || activity.term_edited.is_some() {
            return Some(time);
        }
        let is_over = end.is_some() || from > time.to;
        let whole = from.checked_add(time.to - time.from).ok()?;
        let to = match once && is_over {
            true => end.map_or(whole, |end| end.max(whole)).min(self.period.to),
            false => time.to,
        };
        (from <= to).then_some(Occurrence { from, to, ..time })
    }

    fn days(&self, activity: &Activity) -> Workdays<'_> {
        Workdays { calendar: self.model.calendar(), who: activity.who() }
    }
}

/// Whether it does not come back every year of itself.
fn is_once<N>(term: &Term<N>) -> bool {
    let is_named = !term.windows().is_empty();
    is_named && matches!(term.repeat, Repeat::Once | Repeat::In(_))
}

fn is_dated<N>(term: &Term<N>) -> bool {
    term.windows().iter().all(Window::is_dated)
}
