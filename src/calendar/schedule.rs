//! The timetable of things that wait for each other, each within its own windows: earliest and
//! latest days, slack, the critical path, and what cannot be done in time.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::{Duration, Occurrence};
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
}

impl Slot {
    fn new(window: Occurrence, lasts: Option<Duration>) -> Self {
        // What is clipped by the period lasts as long as is left of it.
        let fits = |lasts: &Duration| lasts.end(window.from).is_some_and(|end| end <= window.to);
        let lasts = lasts.filter(fits);
        let end = lasts.and_then(|lasts| lasts.end(window.from)).unwrap_or(window.to);
        let start = lasts.and_then(|lasts| lasts.start(window.to)).unwrap_or(window.from);
        Self {
            window,
            from: window.from,
            to: end,
            latest_from: start.max(window.from),
            latest_to: window.to,
            critical: false,
            lasts,
        }
    }

    /// Days by which the beginning may be put off.
    pub fn slack(&self) -> u32 {
        days_between(self.from, self.latest_from)
    }

    /// Days of work.
    pub fn days(&self) -> u32 {
        days_between(self.from, self.to) + 1
    }

    /// The same work begun on another day.
    pub fn end_from(&self, from: Date) -> Date {
        self.lasts.and_then(|lasts| lasts.end(from)).unwrap_or(self.window.to)
    }

    fn begin_on(&mut self, from: Date) {
        self.from = from;
        self.to = self.end_from(from).min(self.window.to);
    }

    fn end_by(&mut self, to: Date) {
        let start = match self.lasts {
            Some(lasts) => lasts.start(to),
            None => Some(self.window.from),
        };
        self.latest_to = to.max(self.to);
        self.latest_from = start.unwrap_or(self.from).max(self.from);
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
pub fn schedule(jobs: &[Job], links: &[Link]) -> Timetable {
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
    let mut planner = Planner { jobs, ranks: &ranks, before, waits: Vec::new() };
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
            let mut slot = Slot::new(*window, job.lasts);
            let mut wanted = slot.from;
            for (earlier, link) in &awaited {
                let Some(nth) = paired(&earlier.windows, &job.windows, at) else { continue };
                let Some(first) = table.slot(&earlier.id, nth) else { continue };
                self.waits.push(Wait { earlier: (&earlier.id, nth), later: (&job.id, at) });
                let free = first.to.tomorrow().unwrap_or(first.to);
                wanted = wanted.max(free.min(slot.latest_from));
                if free > slot.latest_from {
                    let conflict = conflict(earlier, first, link, &slot);
                    table.conflicts.push(conflict);
                }
            }
            slot.begin_on(wanted);
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
                slot.end_by(last);
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
/// wait, unless all of `earlier` comes after all of `later`.
fn paired(earlier: &[Occurrence], later: &[Occurrence], at: usize) -> Option<usize> {
    let year = later.get(at)?.school_year;
    let of_year = |all: &[Occurrence]| -> Vec<usize> {
        let numbered = all.iter().enumerate();
        numbered.filter(|(_, o)| o.school_year == year).map(|(at, _)| at).collect()
    };
    let (first, second) = (of_year(earlier), of_year(later));
    if first.is_empty() {
        let too_late = earlier.first()?.school_year > later.last()?.school_year;
        return too_late.then_some(0);
    }
    let nth = second.iter().position(|same| *same == at).filter(|_| first.len() == second.len());
    first.get(nth.unwrap_or(0)).copied()
}

#[cfg(test)]
mod tests;
