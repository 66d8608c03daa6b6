//! Schools in the order of their means, the highest first, equal means together.

use std::cmp::{Ordering, Reverse};

use super::fixed::{Approximate, Exact};

/// A school and its mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    pub mean: Approximate,
    pub school: u32,
}

/// Entries in their order; among equal means that of the schools.
#[derive(Clone, Debug, Default)]
pub struct Order {
    entries: Vec<Entry>,
    /// Where each class of equal means begins, and the end of the last one.
    starts: Vec<u32>,
}

/// Where a mean stands among the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// How many means are higher.
    pub above: u32,
    /// How many others are equal.
    pub equal: u32,
    /// How many of the equal ones come first by the id of the school.
    pub earlier: u32,
    /// How many are ranked, this one among them.
    pub ranked: u32,
}

impl Order {
    /// `exact` is asked only where approximations do not decide.
    pub fn new(mut entries: Vec<Entry>, exact: impl Fn(u32) -> Exact) -> Self {
        entries.sort_unstable_by_key(|entry| (Reverse(entry.mean), entry.school));
        let mut starts = Vec::with_capacity(entries.len() + 1);
        let mut begin = 0;
        for run in entries.chunk_by_mut(|one, next| !one.mean.decides(next.mean)) {
            starts.push(begin);
            if run.len() > 1 {
                settle(run, begin, &mut starts, &exact);
            }
            begin += count(run.len());
        }
        starts.push(begin);
        Self { entries, starts }
    }

    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    pub fn ranked(&self) -> u32 {
        count(self.entries.len())
    }

    /// Each entry with its place.
    pub fn places(&self) -> impl Iterator<Item = (&Entry, Place)> {
        let ranked = self.ranked();
        let classes = self.starts.windows(2).filter_map(|pair| match pair {
            [start, end] => Some((*start, *end)),
            _ => None,
        });
        classes.flat_map(move |(start, end)| {
            let class = self.entries.get(start as usize..end as usize).unwrap_or_default();
            class.iter().zip(0..).map(move |(entry, earlier)| {
                (entry, Place { above: start, equal: end - start - 1, earlier, ranked })
            })
        })
    }

    /// Where the entry of a position would stand with another mean, the others as they are; `exact` knows
    /// that other mean too.
    pub fn place_with(
        &self,
        position: u32,
        mean: Approximate,
        exact: impl Fn(u32) -> Exact,
    ) -> Option<Place> {
        let own = (position as usize).checked_sub(1)?;
        let school = self.entries.get(own)?.school;
        let above = self.entries.partition_point(|entry| entry.mean.is_clearly_above(mean));
        let near = self.entries.partition_point(|entry| !mean.is_clearly_above(entry.mean));
        let close = self.entries.get(above..near).unwrap_or_default();
        let mut place = Place {
            above: count(above) - u32::from(own < above),
            equal: 0,
            earlier: 0,
            ranked: self.ranked(),
        };
        let mut others = close.iter().filter(|entry| entry.school != school).peekable();
        if others.peek().is_none() {
            return Some(place);
        }
        let changed = exact(school);
        for entry in others {
            match exact(entry.school).compare(&changed) {
                Ordering::Greater => place.above += 1,
                Ordering::Equal => {
                    place.equal += 1;
                    place.earlier += u32::from(entry.school < school);
                }
                Ordering::Less => {}
            }
        }
        Some(place)
    }
}

impl Place {
    /// How many means are lower.
    pub fn below(&self) -> u32 {
        self.ranked.saturating_sub(self.above + self.equal + 1)
    }

    /// From 1, ties broken by the id of the school.
    pub fn position(&self) -> u32 {
        self.above + self.earlier + 1
    }
}

/// Orders a run whose approximations do not, and says where its classes begin but for the first.
fn settle(run: &mut [Entry], begin: u32, starts: &mut Vec<u32>, exact: &impl Fn(u32) -> Exact) {
    let mut known: Vec<(Exact, Entry)> =
        run.iter().map(|entry| (exact(entry.school), *entry)).collect();
    known.sort_by(|(one, a), (other, b)| other.compare(one).then(a.school.cmp(&b.school)));
    for (pair, at) in known.windows(2).zip(1..) {
        if let [(one, _), (next, _)] = pair
            && one.compare(next).is_ne()
        {
            starts.push(begin + at);
        }
    }
    for (slot, (_, entry)) in run.iter_mut().zip(known) {
        *slot = entry;
    }
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
