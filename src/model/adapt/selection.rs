//! Which activities of the base go into the plan: what is left out, kept, made one.

use std::collections::BTreeSet;

use super::patch::apply_whole;
use super::{Act, Adapter, Merge, activities_mut};
use crate::base::Id;
use crate::model::declarations::Ref;
use crate::model::history::Verb;
use crate::model::roadmap::*;

impl Adapter<'_> {
    pub(super) fn drop(&mut self) {
        let verbs = self.verbs;
        for act in &verbs.drops {
            let mut left_out = 0;
            for what in &act.what {
                match self.remove(&what.id) {
                    0 => self.miss(what, "исключать"),
                    some => left_out += some,
                }
            }
            self.step(Verb::Drop(act.what.clone()), left_out, act);
        }
    }

    /// Takes an activity out, or all of a direction; how many went.
    fn remove(&mut self, id: &Id) -> usize {
        let mut gone = 0;
        for direction in &mut self.map.directions {
            let before = direction.activities.len();
            let whole = direction.id == *id;
            direction.activities.retain(|activity| !whole && activity.id != *id);
            gone += before - direction.activities.len();
        }
        gone
    }

    /// The list is closed: what neither it nor a merge names goes.
    pub(super) fn keep(&mut self) {
        let Some(act) = &self.verbs.keep else { return };
        let mut kept: BTreeSet<Id> = BTreeSet::new();
        for what in &act.what {
            let found = self.members(&what.id);
            if found.is_empty() {
                self.miss(what, "оставить");
            }
            kept.extend(found);
        }
        let merged = self.verbs.merges.iter().flat_map(|merge| &merge.what.what);
        kept.extend(merged.map(|what| what.id.clone()));
        let mut left_out = 0;
        for direction in &mut self.map.directions {
            let before = direction.activities.len();
            direction.activities.retain(|activity| kept.contains(&activity.id));
            left_out += before - direction.activities.len();
        }
        self.step(Verb::Keep(act.what.clone()), left_out, act);
    }

    /// The activities that a name means: itself, or those of a direction.
    fn members(&self, id: &Id) -> Vec<Id> {
        let mut found = Vec::new();
        for direction in &self.map.directions {
            let whole = direction.id == *id;
            let meant = direction.activities.iter().filter(|a| whole || a.id == *id);
            found.extend(meant.map(|activity| activity.id.clone()));
        }
        found
    }

    pub(super) fn merge(&mut self) {
        let verbs = self.verbs;
        for act in &verbs.merges {
            let parts: Vec<RoadmapActivity> =
                act.what.what.iter().filter_map(|what| self.part(what)).collect();
            if parts.len() < act.what.what.len() {
                continue;
            }
            let [first, _, ..] = parts.as_slice() else {
                let hint = "назовите через запятую всё, из чего складывается мероприятие";
                self.fault(act.span, "объединяют хотя бы два мероприятия".to_owned(), hint);
                continue;
            };
            let joined = joined(act, &parts);
            let (id, new) = (first.id.clone(), joined.id.clone());
            self.put_in_place(&id, joined);
            for part in &parts {
                self.remove(&part.id);
                self.redirect(&part.id, &new);
            }
            let into = Ref { id: new, span: act.what.into.activity.meta.span };
            self.step(Verb::Merge { what: act.what.what.clone(), into }, parts.len(), act);
        }
    }

    fn part(&mut self, what: &Ref) -> Option<RoadmapActivity> {
        let found = self.activity(&what.id).map(|activity| activity.clone());
        if found.is_none() {
            self.miss(what, "объединять");
        }
        found
    }

    fn put_in_place(&mut self, of: &Id, new: RoadmapActivity) {
        for direction in &mut self.map.directions {
            if let Some(at) = direction.activities.iter().position(|a| a.id == *of) {
                direction.activities.insert(at, new);
                return;
            }
        }
    }

    /// What waited for a part waits for the whole.
    fn redirect(&mut self, old: &Id, new: &Id) {
        for activity in activities_mut(&mut self.map) {
            for earlier in &mut activity.after {
                if earlier.id == *old {
                    earlier.id = new.clone();
                }
            }
            let own = activity.id.clone();
            activity.after.retain(|earlier| earlier.id != own);
        }
    }

    /// What the block of a merge says stands over what was joined; its years are those of this
    /// plan, so that they come after the shift.
    pub(super) fn merged_blocks(&mut self) {
        let verbs = self.verbs;
        for act in &verbs.merges {
            let patch = &act.what.into;
            if let Some(activity) = self.activity(&patch.activity.id) {
                let faults = apply_whole(activity, patch);
                self.faults.extend(faults);
            }
        }
    }
}

/// The parts as one activity, each thing once.
fn joined(act: &Act<Merge>, parts: &[RoadmapActivity]) -> RoadmapActivity {
    let head = &act.what.into.activity;
    let mut whole = RoadmapActivity {
        id: head.id.clone(),
        meta: head.meta.clone(),
        responsible: Vec::new(),
        controller: parts.iter().find_map(|part| part.controller.clone()),
        documents: Vec::new(),
        after: Vec::new(),
        moves: Vec::new(),
        years: Vec::new(),
        absent: Vec::new(),
    };
    for part in parts {
        add_new(&mut whole.responsible, &part.responsible, |a, b| a.id == b.id);
        add_new(&mut whole.documents, &part.documents, |a, b| {
            a.kind.id == b.kind.id && a.title == b.title
        });
        add_new(&mut whole.after, &part.after, |a, b| a.id == b.id);
        add_new(&mut whole.moves, &part.moves, |a, b| a.id == b.id);
        part.years.iter().for_each(|year| join_year(&mut whole.years, year));
    }
    whole.absent = absent_of_all(parts, &whole);
    whole.years.sort_by_key(|year| year.year);
    whole
}

fn add_new<T: Clone>(all: &mut Vec<T>, more: &[T], same: impl Fn(&T, &T) -> bool) {
    for new in more {
        if !all.iter().any(|old| same(old, new)) {
            all.push(new.clone());
        }
    }
}

fn join_year(years: &mut Vec<YearPlan>, more: &YearPlan) {
    match years.iter_mut().find(|year| year.year == more.year) {
        Some(year) => {
            year.results.extend(more.results.iter().cloned());
            year.term = year.term.take().filter(|term| Some(term) == more.term.as_ref());
        }
        None => years.push(more.clone()),
    }
}

/// What a part does not name is absent from the whole where no other part names it.
fn absent_of_all(parts: &[RoadmapActivity], whole: &RoadmapActivity) -> Vec<String> {
    let mut absent: Vec<String> = Vec::new();
    for what in parts.iter().flat_map(|part| &part.absent) {
        let named = match what.as_str() {
            "ответственный" => !whole.responsible.is_empty(),
            "документ" => !whole.documents.is_empty(),
            _ => false,
        };
        if !named && !absent.contains(what) {
            absent.push(what.clone());
        }
    }
    absent
}
