//! Which activities of the base go into the plan: what is left out, kept, made one.

use std::collections::BTreeSet;

use super::activities_mut;
use super::patch::Patch;
use crate::base::Id;
use crate::model::adapt::Merge;
use crate::model::roadmap::*;

/// Takes an activity out, or all of a direction; how many went.
pub(super) fn remove(map: &mut Roadmap, id: &Id) -> usize {
    let mut gone = 0;
    for direction in &mut map.directions {
        let before = direction.activities.len();
        let whole = direction.id == *id;
        direction.activities.retain(|activity| !whole && activity.id != *id);
        gone += before - direction.activities.len();
    }
    gone
}

pub(super) fn keep_only(map: &mut Roadmap, kept: &BTreeSet<&Id>) -> usize {
    let mut left_out = 0;
    for direction in &mut map.directions {
        let before = direction.activities.len();
        direction.activities.retain(|activity| kept.contains(&activity.id));
        left_out += before - direction.activities.len();
    }
    left_out
}

/// The activities that a name means: itself, or those of a direction.
pub(super) fn members(map: &Roadmap, id: &Id) -> Vec<Id> {
    let mut found = Vec::new();
    for direction in &map.directions {
        let whole = direction.id == *id;
        let meant = direction.activities.iter().filter(|a| whole || a.id == *id);
        found.extend(meant.map(|activity| activity.id.clone()));
    }
    found
}

pub(super) fn merge(map: &mut Roadmap, merge: &Merge<Patch>) {
    let of = |id: &Id| map.activities().find(|activity| activity.id == *id).cloned();
    let parts: Vec<RoadmapActivity> = merge.what.iter().filter_map(|it| of(&it.id)).collect();
    let Some(first) = parts.first() else { return };
    let joined = joined(merge, &parts);
    let (id, new) = (first.id.clone(), joined.id.clone());
    put_in_place(map, &id, joined);
    for part in &parts {
        remove(map, &part.id);
        redirect(map, &part.id, &new);
    }
}

fn put_in_place(map: &mut Roadmap, of: &Id, new: RoadmapActivity) {
    for direction in &mut map.directions {
        if let Some(at) = direction.activities.iter().position(|a| a.id == *of) {
            direction.activities.insert(at, new);
            return;
        }
    }
}

/// What waited for a part waits for the whole.
fn redirect(map: &mut Roadmap, old: &Id, new: &Id) {
    for activity in activities_mut(map) {
        for earlier in &mut activity.after {
            if earlier.id == *old {
                earlier.id = new.clone();
            }
        }
        let own = activity.id.clone();
        activity.after.retain(|earlier| earlier.id != own);
    }
}

/// The parts as one activity, each thing once.
fn joined(merge: &Merge<Patch>, parts: &[RoadmapActivity]) -> RoadmapActivity {
    let head = &merge.block.activity;
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
