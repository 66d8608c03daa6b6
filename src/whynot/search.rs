//! The search for the smallest change. A condition changes its answer only where one of its
//! comparisons does, so of every figure only few values matter: those next to the points at which
//! some comparison turns, the other figures as they are, and the ends of its scale. One figure
//! after another takes such a value, at most three, and the points are computed anew after each; a
//! figure is touched only if something that is not met yet looks at it. Whether all is met then is
//! judged by the evaluator itself.
//!
//! Why this finds the smallest: where conditions compare figures with numbers and with one another,
//! the least change lies in a corner of the region that meets them, and every corner is reached
//! figure by figure from a number, an untouched figure or the end of a scale. Of sums of several
//! changed figures that is not proven, nor within the last step of a scale where two of them move
//! towards each other.

use std::collections::{BTreeMap, BTreeSet};

use super::leaves::{Leaf, of_inapplicable};
use super::slots::{Becomes, Change, Slot};
use super::wants::Want;
use crate::base::Number;
use crate::eval::{Evaluator, Facts};
use crate::model::Model;

/// More figures than that are not changed.
pub(super) const MOST: usize = 3;
/// How many sets of values are tried for one group of wants.
const TRIES: usize = 6_000;
/// So many solutions are kept, for the case that the best does not hold on the whole.
const KEPT: usize = 8;

/// How good a change is, the best first: fewer figures; fewer of them of others or of past years;
/// less relative change; the value next to which the condition turns; the order of the pack.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Rank {
    pub figures: usize,
    pub given: usize,
    pub relative: Option<Number>,
    inside: bool,
    places: Vec<(u8, usize)>,
}

impl Rank {
    /// Of two changes made together.
    pub fn add(&self, other: &Self) -> Self {
        let sum = match (&self.relative, &other.relative) {
            (Some(a), Some(b)) => Some(a + b),
            (a, b) => a.clone().or_else(|| b.clone()),
        };
        Self {
            figures: self.figures + other.figures,
            given: self.given + other.given,
            relative: sum,
            inside: self.inside || other.inside,
            places: self.places.iter().chain(&other.places).copied().collect(),
        }
    }
}

/// A change that meets all wants.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Found {
    pub rank: Rank,
    pub changes: Vec<Change>,
}

/// What came of a search.
#[derive(Clone, Debug)]
pub(super) enum Solved {
    /// The best first; one of no changes where all is met already.
    Found(Vec<Found>),
    /// More than three figures.
    TooMany,
    /// It is not known: something cannot be followed, or there are too many values to try.
    Open,
}

/// Solves wants over one model and its facts; what was solved once is kept.
pub(super) struct Solver<'a> {
    model: &'a Model,
    facts: &'a Facts,
    solved: BTreeMap<Vec<Want>, Solved>,
}

impl<'a> Solver<'a> {
    pub fn new(model: &'a Model, facts: &'a Facts) -> Self {
        Self { model, facts, solved: BTreeMap::new() }
    }

    /// The best changes that meet all wants: those that look at different data are solved apart.
    pub fn solve(&mut self, wants: &BTreeSet<Want>) -> Solved {
        let mut together = vec![Found { rank: Rank::default(), changes: Vec::new() }];
        let mut worst = None;
        for group in self.groups(wants) {
            match self.group(group) {
                Solved::Found(found) => together = combined(&together, &found),
                other => {
                    worst = Some(worst.filter(|it| matches!(it, Solved::TooMany)).unwrap_or(other))
                }
            }
        }
        if let Some(worst) = worst {
            return worst;
        }
        together.retain(|found| found.rank.figures <= MOST);
        if together.is_empty() { Solved::TooMany } else { Solved::Found(together) }
    }

    /// The wants in groups of which no two look at the same data.
    fn groups(&self, wants: &BTreeSet<Want>) -> Vec<Vec<Want>> {
        let evaluator = Evaluator::new(self.model, self.facts);
        let mut groups: Vec<(Vec<Want>, BTreeSet<Slot>)> = Vec::new();
        for want in wants {
            let slots = seen(&of_want(want, &evaluator), &evaluator);
            let mut joined = (vec![want.clone()], slots);
            let (near, far): (Vec<_>, Vec<_>) =
                groups.into_iter().partition(|(_, other)| !joined.1.is_disjoint(other));
            for (wants, slots) in near {
                joined.0.extend(wants);
                joined.1.extend(slots);
            }
            groups = far;
            groups.push(joined);
        }
        groups
            .into_iter()
            .map(|(mut wants, _)| {
                wants.sort();
                wants
            })
            .collect()
    }

    fn group(&mut self, wants: Vec<Want>) -> Solved {
        if let Some(known) = self.solved.get(&wants) {
            return known.clone();
        }
        let mut search = Search {
            model: self.model,
            facts: self.facts.clone(),
            wants: &wants,
            at_first: self.facts,
            found: Vec::new(),
            tried: BTreeSet::new(),
            is_blind: false,
        };
        let solved = search.run();
        self.solved.insert(wants, solved.clone());
        solved
    }
}

/// The leaves of a want, with those of what must hold for its figures to apply.
fn of_want(want: &Want, evaluator: &Evaluator<'_>) -> Vec<Leaf> {
    let mut leaves = want.leaves(evaluator);
    leaves.extend(of_inapplicable(evaluator, &leaves));
    leaves
}

/// Everything that may change the answer of leaves.
fn seen(leaves: &[Leaf], evaluator: &Evaluator<'_>) -> BTreeSet<Slot> {
    let slots = leaves.iter().flat_map(|leaf| leaf.slots(evaluator));
    slots.flat_map(|slot| slot.with_counter(evaluator.model)).collect()
}

fn combined(all: &[Found], more: &[Found]) -> Vec<Found> {
    let both = all.iter().flat_map(|a| {
        more.iter().map(move |b| Found {
            rank: a.rank.add(&b.rank),
            changes: a.changes.iter().chain(&b.changes).cloned().collect(),
        })
    });
    let mut both: Vec<Found> = both.collect();
    both.sort();
    both.truncate(KEPT);
    both
}

struct Search<'a> {
    model: &'a Model,
    /// With the changes made so far.
    facts: Facts,
    wants: &'a [Want],
    at_first: &'a Facts,
    found: Vec<Found>,
    /// Sets of changes that were looked at.
    tried: BTreeSet<Vec<Change>>,
    /// Whether something was met that cannot be followed.
    is_blind: bool,
}

impl Search<'_> {
    fn run(&mut self) -> Solved {
        if self.is_met() {
            let nothing = Found { rank: Rank::default(), changes: Vec::new() };
            return Solved::Found(vec![nothing]);
        }
        for figures in 1..=MOST {
            self.tried.clear();
            self.deepen(figures, &mut Vec::new());
            if self.tried.len() >= TRIES && self.found.is_empty() {
                return Solved::Open;
            }
            if !self.found.is_empty() {
                self.found.sort();
                self.found.truncate(KEPT);
                return Solved::Found(std::mem::take(&mut self.found));
            }
        }
        if self.is_blind { Solved::Open } else { Solved::TooMany }
    }

    fn is_met(&self) -> bool {
        let evaluator = Evaluator::new(self.model, &self.facts);
        self.wants.iter().all(|want| want.is_met(&evaluator))
    }

    /// Tries every value of every figure that something open looks at, `left` figures deep.
    fn deepen(&mut self, left: usize, made: &mut Vec<Change>) {
        for (slot, values) in self.open(left, made) {
            let mut passed = Vec::new();
            for becomes in &values {
                if self.tried.len() >= TRIES {
                    break;
                }
                made.push(Change { slot: slot.clone(), becomes: becomes.clone() });
                let mut set = made.clone();
                set.sort();
                let is_new = self.tried.insert(set);
                passed.push(is_new && self.with(made, left));
                made.pop();
            }
            self.keep(&slot, &values, &passed, made);
        }
    }

    /// Makes the last change of `made` and goes on, or tells whether all is met now.
    fn with(&mut self, made: &mut Vec<Change>, left: usize) -> bool {
        let Some(last) = made.last() else { return false };
        let undo = last.apply(self.model, &mut self.facts);
        let is_met = if left > 1 {
            self.deepen(left - 1, made);
            false
        } else {
            self.is_met()
        };
        undo.put_back(&mut self.facts);
        is_met
    }

    /// The figures that something open looks at, in the order of the pack, with the values that may
    /// matter.
    fn open(&mut self, left: usize, made: &[Change]) -> Vec<(Slot, Vec<Becomes>)> {
        let evaluator = Evaluator::new(self.model, &self.facts);
        let mut leaves: Vec<Leaf> = Vec::new();
        // What the unmet wants look at, want by want.
        let mut sights: Vec<BTreeSet<Slot>> = Vec::new();
        for want in self.wants {
            let of_want = of_want(want, &evaluator);
            if !want.is_met(&evaluator) {
                sights.push(seen(&of_want, &evaluator));
            }
            leaves.extend(of_want);
        }
        self.is_blind |= leaves.contains(&Leaf::Opaque);
        let open = leaves.iter().filter(|leaf| !leaf.is_met(&evaluator));
        let slots: BTreeSet<Slot> = open.flat_map(|leaf| leaf.slots(&evaluator)).collect();
        // One figure alone must help every want that is not met.
        let helps = |slot: &Slot| left > 1 || sights.iter().all(|sight| sight.contains(slot));
        let is_free = |slot: &Slot| made.iter().all(|it| it.slot != *slot);
        let mut slots: Vec<Slot> =
            slots.into_iter().filter(|slot| is_free(slot) && helps(slot)).collect();
        slots.sort_by_key(|slot| (slot.is_given(&evaluator), slot.place(self.model)));
        let with_values = slots.into_iter().map(|slot| {
            let values = slot.candidates(&evaluator, &leaves);
            (slot, values)
        });
        with_values.collect()
    }

    /// Keeps what passed; `inside` are values whose neighbours pass as well.
    fn keep(&mut self, slot: &Slot, values: &[Becomes], passed: &[bool], made: &[Change]) {
        for (at, becomes) in values.iter().enumerate() {
            if passed.get(at) != Some(&true) {
                continue;
            }
            let fails = |at: Option<usize>| at.and_then(|at| passed.get(at)) == Some(&false);
            let is_edge = fails(at.checked_sub(1)) || fails(at.checked_add(1));
            let last = Change { slot: slot.clone(), becomes: becomes.clone() };
            let changes: Vec<Change> = made.iter().cloned().chain([last]).collect();
            let rank = self.rank(&changes, !is_edge);
            self.found.push(Found { rank, changes });
        }
    }

    fn rank(&self, changes: &[Change], inside: bool) -> Rank {
        let evaluator = Evaluator::new(self.model, self.at_first);
        let costs = changes.iter().map(|it| it.slot.cost(&evaluator, &it.becomes));
        let relative = costs.fold(Number::zero(), |sum, cost| &sum + &cost);
        Rank {
            figures: changes.len(),
            given: changes.iter().filter(|it| it.slot.is_given(&evaluator)).count(),
            relative: Some(relative),
            inside,
            places: changes.iter().map(|it| it.slot.place(self.model)).collect(),
        }
    }
}
