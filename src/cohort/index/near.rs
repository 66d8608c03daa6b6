//! Who stands across the nearest borders.

use super::pool::Pool;
use super::ranking::Ladder;
use super::workings::Workings;
use crate::cohort::{Index, Label, Ranked, Standing};

/// The nearest school with another label, above or below.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Neighbour {
    pub label: Label,
    /// So many places away.
    pub places: u32,
    pub index: Index,
}

impl Workings<'_> {
    /// The standing of a school that counts for a label; `at` is a slot, or 0 where the window is ranked
    /// as a whole.
    pub fn standing(&self, domain: usize, school: usize, at: usize) -> Option<&Standing> {
        match self.method.domains.get(domain)?.ranked {
            Ranked::EachYear => self.outcome.standing(domain, school, at),
            Ranked::MeanOfWindow => self.outcome.overall(domain, school),
        }
    }

    /// The nearest schools with another label, not more than so many places away: above, below.
    pub fn neighbours(
        &self,
        domain: usize,
        school: usize,
        at: usize,
        reach: usize,
    ) -> Vec<Neighbour> {
        let own = self.standing(domain, school, at);
        let found = own.zip(self.ladder(domain, school, at)).and_then(|(own, ladder)| {
            let position = (own.rank?.position as usize).checked_sub(1)?;
            let entries = ladder.order.entries();
            let at_place = |place: usize| {
                let other = entries.get(place)?.school as usize;
                let other = self.standing(domain, other, at)?;
                let places = u32::try_from(place.abs_diff(position)).unwrap_or(u32::MAX);
                let is_other = other.label != own.label;
                is_other.then_some(Neighbour { label: other.label, places, index: other.index? })
            };
            let above = (position.saturating_sub(reach)..position).rev().find_map(at_place);
            let below = (position + 1..entries.len()).take(reach).find_map(at_place);
            Some(above.into_iter().chain(below).collect())
        });
        found.unwrap_or_default()
    }

    fn ladder(&self, domain: usize, school: usize, at: usize) -> Option<&Ladder> {
        let slot = match self.method.domains.get(domain)?.ranked {
            Ranked::EachYear => at,
            Ranked::MeanOfWindow => self.frame.n_slots().checked_sub(1)?,
        };
        let pool = self.pool_number(school, slot)?;
        self.domains.get(domain)?.ladders.get(at)?.get(pool)
    }

    /// The pool of a school in a year, among those of the year.
    pub fn pool_number(&self, school: usize, slot: usize) -> Option<usize> {
        let base = self.frame.judged.get(school)?.base as usize;
        Some(self.method.pool(self.table, base, self.frame.row(school, slot)?))
    }

    /// The pool of a school in a year.
    pub fn pool(&self, domain: usize, school: usize, slot: usize) -> Option<&Pool> {
        let pool = self.pool_number(school, slot)?;
        self.domains.get(domain)?.pools.get(slot)?.get(pool)
    }
}
