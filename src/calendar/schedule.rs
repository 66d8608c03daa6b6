//! The timetable of things that wait for each other, each within its own windows: earliest and
//! latest days, slack, the critical path, and what cannot be done in time.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::{Calendar, Duration, Occurrence, Who, Workdays};
use crate::base::{Id, Span};
use crate::graph::Graph;

/// Something to be done, at each of its times.
#[derive(Clone, Debug)]
pub struct Job {
    pub id: Id,
    /// Its windows in order; empty for what has no dates and merely hands on what it waits for.
    pub windows: Vec<Occurrence>,
    /// Absent: the whole window.
    pub lasts: Option<Duration>,
    /// Whose days off stand in its way.
    pub who: Who,
    /// Its times in the first school year that were over before the programme began: nobody waits
    /// for them.
    pub missed: Vec<Occurrence>,
}

/// `later` begins after `earlier` has ended, in each school year that has both.
#[derive(Clone, Debug)]
pub struct Link {
    pub earlier: Id,
    pub later: Id,
    /// Where that is written.
    pub place: Span,
}

/// One time of a job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    pub window: Occurrence,
    /// The earliest first and last day.
    pub from: Date,
    pub to: Date,
    /// The latest first and last day that keep everything behind it possible.
    pub latest_from: Date,
    pub latest_to: Date,
    /// On the critical path.
    pub critical: bool,
    lasts: Option<Duration>,
    who: Who,
}

/// A window without a single working day; it was moved on to the next one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    pub job: Id,
    /// As the term has it.
    pub window: Occurrence,
    pub to: Date,
}

/// What cannot be done in time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    pub earlier: Id,
    pub later: Id,
    pub place: Span,
    /// The first day on which `earlier` begins at all.
    pub begins: Date,
    /// The first day on which `earlier` can be over.
    pub over: Date,
    /// The window of `later`, and the last day on which it may begin.
    pub window: Occurrence,
    pub start_by: Date,
}

/// When everything is done.
#[derive(Clone, Debug, Default)]
pub struct Timetable {
    slots: BTreeMap<Id, Vec<Slot>>,
    /// The chain, with the place of each link in its job's times; see [`schedule`].
    pub critical: Vec<(Id, usize)>,
    pub conflicts: Vec<Conflict>,
    pub moved: Vec<Moved>,
}

impl Slot {
    /// A window that is all days off reaches to the next working day.
    fn new(mut window: Occurrence, job: &Job, calendar: &Calendar) -> Self {
        let days = Workdays { calendar, who: job.who };
        let from = days.from(window.from);
        window.to = window.to.max(from);
        // What is clipped by the period lasts as long as is left of it.
        let fits = |lasts: &Duration| days.end(*lasts, from).is_some_and(|end| end <= window.to);
        let lasts = job.lasts.filter(fits);
        let start = lasts.and_then(|lasts| days.start(lasts, window.to)).unwrap_or(from);
        let mut slot = Self {
            window,
            from,
            to: window.to,
            latest_from: start.max(from),
            latest_to: window.to,
            critical: false,
            lasts,
            who: job.who,
        };
        slot.to = slot.end_from(from, calendar);
        slot.latest_to = slot.end_from(slot.latest_from, calendar);
        slot
    }

    /// Days by which the beginning may be put off.
    pub fn slack(&self) -> u32 {
        days_between(self.from, self.latest_from)
    }

    /// Days of work.
    pub fn days(&self) -> u32 {
        days_between(self.from, self.to) + 1
    }

    /// The last day of the same work begun on another day.
    pub fn end_from(&self, from: Date, calendar: &Calendar) -> Date {
        let days = self.days_on(calendar);
        let end = self.lasts.and_then(|lasts| days.end(lasts, from));
        end.unwrap_or_else(|| days.by(self.window.to))
    }

    /// The days on which the work can be done.
    pub fn days_on<'c>(&self, calendar: &'c Calendar) -> Workdays<'c> {
        Workdays { calendar, who: self.who }
    }

    fn begin_on(&mut self, from: Date, calendar: &Calendar) {
        self.from = from;
        self.to = self.end_from(from, calendar).min(self.latest_to.max(from));
    }

    fn end_by(&mut self, to: Date, calendar: &Calendar) {
        let days = self.days_on(calendar);
        let to = days.by(to);
        let start = match self.lasts {
            Some(lasts) => days.start(lasts, to),
            None => Some(self.from),
        };
        self.latest_from = start.unwrap_or(self.from).max(self.from);
        let end = if self.lasts.is_some() { self.end_from(self.latest_from, calendar) } else { to };
        self.latest_to = end.max(self.to);
    }
}

fn days_between(from: Date, to: Date) -> u32 {
    u32::try_from((to - from).get_days()).unwrap_or(0)
}

impl Timetable {
    /// The times of a job, in order.
    pub fn of(&self, job: &Id) -> &[Slot] {
        self.slots.get(job).map_or(&[], Vec::as_slice)
    }

    pub fn slot(&self, job: &Id, at: usize) -> Option<&Slot> {
        self.of(job).get(at)
    }

    fn slot_mut(&mut self, job: &Id, at: usize) -> Option<&mut Slot> {
        self.slots.get_mut(job)?.get_mut(at)
    }
}

/// Fits the jobs, given in the order of the pack, into their windows.
///
/// The critical path is the longest chain, in days of work, of times that press upon each other:
/// one cannot begin with its window, or may not end with it, because of another. What takes its
/// whole window does not say how much work it is and counts as a day.
pub fn schedule(jobs: &[Job], links: &[Link], calendar: &Calendar) -> Timetable {
    let ranks: BTreeMap<&Id, usize> = jobs.iter().enumerate().map(|(at, j)| (&j.id, at)).collect();
    let mut graph: Graph<Span> = Graph::default();
    jobs.iter().for_each(|job| graph.node(&job.id));
    let known = |link: &&Link| ranks.contains_key(&link.earlier) && ranks.contains_key(&link.later);
    let mut before: BTreeMap<&Id, Vec<&Link>> = BTreeMap::new();
    for link in links.iter().filter(known).filter(|link| link.earlier != link.later) {
        graph.need(&link.later, &link.earlier, link.place);
        before.entry(&link.later).or_default().push(link);
    }
    let order = graph.order_by(|id| ranks.get(id).copied());
    let mut planner = Planner { jobs, ranks: &ranks, before, calendar, waits: Vec::new() };
    let mut table = Timetable::default();
    let order: Vec<&Job> = order.iter().filter_map(|id| planner.job(id)).collect();
    order.into_iter().for_each(|job| planner.forward(job, &mut table));
    planner.backward(&mut table);
    table.critical = planner.critical(&table);
    for (job, at) in table.critical.clone() {
        if let Some(slot) = table.slot_mut(&job, at) {
            slot.critical = true;
        }
    }
    table
}

struct Planner<'a> {
    jobs: &'a [Job],
    ranks: &'a BTreeMap<&'a Id, usize>,
    before: BTreeMap<&'a Id, Vec<&'a Link>>,
    calendar: &'a Calendar,
    /// Which time waits for which, in the order of the work.
    waits: Vec<Wait<'a>>,
}

struct Wait<'a> {
    earlier: (&'a Id, usize),
    later: (&'a Id, usize),
}

impl<'a> Planner<'a> {
    fn job(&self, id: &Id) -> Option<&'a Job> {
        self.jobs.get(*self.ranks.get(id)?)
    }

    /// The earliest days of a job, once all that it waits for has them.
    fn forward(&mut self, job: &'a Job, table: &mut Timetable) {
        let awaited = self.awaited(&job.id);
        let mut slots = Vec::new();
        for (at, window) in job.windows.iter().enumerate() {
            let mut slot = Slot::new(*window, job, self.calendar);
            if slot.from > window.to {
                let (job, window) = (job.id.clone(), *window);
                table.moved.push(Moved { job, window, to: slot.from });
            }
            let days = slot.days_on(self.calendar);
            let mut wanted = slot.from;
            for (earlier, link) in &awaited {
                let Some(nth) = paired(earlier, job, at) else { continue };
                let Some(first) = table.slot(&earlier.id, nth) else { continue };
                self.waits.push(Wait { earlier: (&earlier.id, nth), later: (&job.id, at) });
                let free = days.from(first.to.tomorrow().unwrap_or(first.to));
                wanted = wanted.max(free.min(slot.latest_from));
                if free > slot.latest_from {
                    let conflict = conflict(earlier, first, link, &slot);
                    table.conflicts.push(conflict);
                }
            }
            slot.begin_on(wanted, self.calendar);
            slots.push(slot);
        }
        table.slots.insert(job.id.clone(), slots);
    }

    /// What a job waits for, with its own link that says so; through what has no dates, what that
    /// waits for in its turn.
    fn awaited(&self, id: &Id) -> Vec<(&'a Job, &'a Link)> {
        let mut open: Vec<(&Id, Option<&'a Link>)> = vec![(id, None)];
        let mut seen: BTreeSet<&Id> = BTreeSet::new();
        let mut found = Vec::new();
        while let Some((at, own)) = open.pop() {
            for link in self.before.get(at).into_iter().flatten() {
                let Some(job) = self.job(&link.earlier) else { continue };
                if !seen.insert(&job.id) {
                    continue;
                }
                let own = own.unwrap_or(link);
                match job.windows.is_empty() {
                    true => open.push((&job.id, Some(own))),
                    false => found.push((job, own)),
                }
            }
        }
        found.sort_by_key(|(job, _)| self.ranks.get(&job.id).copied());
        found
    }

    /// The latest days: nothing may hold up what waits for it.
    fn backward(&self, table: &mut Timetable) {
        for wait in self.waits.iter().rev() {
            let (job, at) = wait.later;
            let last = table.slot(job, at).and_then(|slot| slot.latest_from.yesterday().ok());
            let (job, at) = wait.earlier;
            if let (Some(last), Some(slot)) = (last, table.slot_mut(job, at))
                && last < slot.latest_to
            {
                slot.end_by(last, self.calendar);
            }
        }
    }

    fn critical(&self, table: &Timetable) -> Vec<(Id, usize)> {
        let tight = self.waits.iter().filter(|wait| is_tight(wait, table));
        let tight: BTreeSet<_> = tight.flat_map(|wait| [wait.earlier, wait.later]).collect();
        let mut graph: Graph<()> = Graph::default();
        let mut meant: BTreeMap<Id, (&Id, usize)> = BTreeMap::new();
        for wait in &self.waits {
            if tight.contains(&wait.earlier) && tight.contains(&wait.later) {
                let (earlier, later) = (self.key(wait.earlier), self.key(wait.later));
                graph.need(&later, &earlier, ());
                meant.insert(earlier, wait.earlier);
                meant.insert(later, wait.later);
            }
        }
        let days = |key: &Id| {
            let slot = meant.get(key).and_then(|(job, at)| table.slot(job, *at));
            slot.map_or(0, |slot| slot.lasts.map_or(1, |_| u64::from(slot.days())))
        };
        let path = graph.longest_path(days).map(|(_, path)| path).unwrap_or_default();
        let named = path.iter().filter_map(|key| meant.get(key));
        named.map(|(job, at)| ((*job).clone(), *at)).collect()
    }

    /// One time as a thing of its own; keys sort as the pack has the jobs.
    fn key(&self, (job, at): (&Id, usize)) -> Id {
        let rank = self.ranks.get(job).copied().unwrap_or_default();
        Id::new(&format!("{at:04}_{rank:08}"))
    }
}

fn is_tight(wait: &Wait<'_>, table: &Timetable) -> bool {
    let slot = |(job, at): (&Id, usize)| table.slot(job, at);
    let (Some(earlier), Some(later)) = (slot(wait.earlier), slot(wait.later)) else {
        return false;
    };
    earlier.to >= later.window.from || later.latest_from <= earlier.window.to
}

fn conflict(earlier: &Job, first: &Slot, link: &Link, later: &Slot) -> Conflict {
    Conflict {
        earlier: earlier.id.clone(),
        later: link.later.clone(),
        place: link.place,
        begins: first.window.from,
        over: first.to,
        window: later.window,
        start_by: later.latest_from,
    }
}

/// Which time of `earlier` the time `at` of `later` waits for: the one with the same number where
/// a school year has as many of both, else the first of that year. A year that has none does not
/// wait, unless all of `earlier` comes after all of `later`. What was over before the programme
/// began is counted and not waited for.
fn paired(earlier: &Job, later: &Job, at: usize) -> Option<usize> {
    let year = later.windows.get(at)?.school_year;
    let (first, second) = (in_year(earlier, year), in_year(later, year));
    if first.is_empty() {
        let too_late = earlier.windows.first()?.school_year > later.windows.last()?.school_year;
        return (too_late && earlier.missed.is_empty()).then_some(0);
    }
    let nth = second.iter().position(|same| *same == Some(at));
    let nth = nth.filter(|_| first.len() == second.len()).unwrap_or(0);
    first.get(nth).copied().flatten()
}

/// The places of a job's times in one school year; what was missed has none.
fn in_year(job: &Job, year: i32) -> Vec<Option<usize>> {
    let missed = job.missed.iter().filter(|time| time.school_year == year).map(|_| None);
    let numbered = job.windows.iter().enumerate();
    let planned = numbered.filter(|(_, time)| time.school_year == year).map(|(at, _)| Some(at));
    missed.chain(planned).collect()
}

#[cfg(test)]
mod tests;
