//! The figures of a table while it is read, and what to do with several for one place.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::Number;
use crate::cohort::{Duplicates, Figure};

use super::number::Value;

/// A figure a row (a school and year) and indicator.
#[derive(Debug)]
pub(super) struct Cells {
    pub width: usize,
    duplicates: Duplicates,
    pub figures: Vec<Figure>,
    /// Figures that are not fine; `MISSING` stands in their place.
    pub large: BTreeMap<usize, Number>,
    /// As long as `figures` where the table has such columns, else empty.
    pub participants: Vec<u32>,
    has_participants: bool,
    /// Places that were filled again, with the line that did it first.
    repeated: BTreeMap<usize, u32>,
    /// Those of them that were filled with different figures.
    clashed: BTreeSet<usize>,
    /// All figures of such places.
    clashing: Vec<(usize, Value)>,
}

/// A place that was filled more than once.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Repeat {
    pub at: usize,
    pub line: u32,
    /// Ascending; one where all agree.
    pub values: Vec<Number>,
}

impl Cells {
    pub fn new(width: usize, duplicates: Duplicates, has_participants: bool) -> Self {
        Self {
            width,
            duplicates,
            figures: Vec::new(),
            large: BTreeMap::new(),
            participants: Vec::new(),
            has_participants,
            repeated: BTreeMap::new(),
            clashed: BTreeSet::new(),
            clashing: Vec::new(),
        }
    }

    pub fn add_row(&mut self) {
        let length = self.figures.len() + self.width;
        self.figures.resize(length, Figure::MISSING);
        if self.has_participants {
            self.participants.resize(length, 0);
        }
    }

    /// Fills a place; `n` is how many took part, 0 where that is not known. Whether the place was
    /// free.
    pub fn put(&mut self, at: usize, value: Value, n: u32, line: u32) -> bool {
        let free = self.value(at).is_none() && !self.clashed.contains(&at);
        if free {
            self.set(at, value, n);
        } else {
            self.put_again(at, value, n, line);
        }
        free
    }

    /// What a place holds.
    pub fn value(&self, at: usize) -> Option<Value> {
        match self.figures.get(at)?.units() {
            Some(units) => Some(Value::Fine(units)),
            None => self.large.get(&at).map(|number| Value::Large(Box::new(number.clone()))),
        }
    }

    fn set(&mut self, at: usize, value: Value, n: u32) {
        let (figure, large) = match value {
            Value::Fine(units) => (Figure::fine(units).unwrap_or(Figure::MISSING), None),
            Value::Large(number) => (Figure::MISSING, Some(*number)),
        };
        if let Some(cell) = self.figures.get_mut(at) {
            *cell = figure;
        }
        match large {
            Some(number) => drop(self.large.insert(at, number)),
            None if self.large.is_empty() => {}
            None => drop(self.large.remove(&at)),
        }
        if let Some(cell) = self.participants.get_mut(at) {
            *cell = n;
        }
    }

    pub fn clear(&mut self, at: usize) {
        if let Some(cell) = self.figures.get_mut(at) {
            *cell = Figure::MISSING;
        }
        self.large.remove(&at);
        if let Some(cell) = self.participants.get_mut(at) {
            *cell = 0;
        }
    }

    fn put_again(&mut self, at: usize, value: Value, n: u32, line: u32) {
        self.repeated.entry(at).or_insert(line);
        let held = self.value(at);
        let agrees = held.as_ref() == Some(&value);
        if agrees {
            self.keep_fewer(at, n);
        }
        if agrees && !self.clashed.contains(&at) {
            return;
        }
        if self.clashed.insert(at) {
            self.clashing.extend(held.map(|held| (at, held)));
        }
        self.clashing.push((at, value.clone()));
        match self.duplicates {
            Duplicates::Missing => self.clear(at),
            Duplicates::First => {}
            Duplicates::Last if agrees => {}
            Duplicates::Last => self.set(at, value, n),
        }
    }

    /// Of two counts for one figure the smaller promises less.
    fn keep_fewer(&mut self, at: usize, n: u32) {
        if let Some(held) = self.participants.get_mut(at).filter(|_| n > 0) {
            *held = if *held == 0 { n } else { n.min(*held) };
        }
    }

    /// Takes out what is known of places that were filled more than once, by place.
    pub fn take_repeats(&mut self) -> Vec<Repeat> {
        let mut clashing = std::mem::take(&mut self.clashing);
        clashing.sort_by_key(|(at, _)| *at);
        let mut clashing = clashing.into_iter().peekable();
        let mut repeats = Vec::new();
        for (at, line) in std::mem::take(&mut self.repeated) {
            let mut values: Vec<Number> = Vec::new();
            while let Some((_, value)) = clashing.next_if(|(other, _)| *other == at) {
                values.push(value.number());
            }
            if values.is_empty() {
                values.extend(self.value(at).map(|value| value.number()));
            }
            values.sort_unstable();
            values.dedup();
            repeats.push(Repeat { at, line, values });
        }
        repeats
    }
}
