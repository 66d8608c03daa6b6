//! Activities in groups: by direction for the roadmap, by zone of change.

use std::collections::BTreeSet;

use super::view::View;
use crate::base::Id;
use crate::calendar::Date;
use crate::plan::{Answer, ChosenActivity};

/// Activities under one heading.
#[derive(Clone, Debug)]
pub(super) struct Group<'a> {
    pub id: String,
    /// As printed in the source; empty where there is none.
    pub number: String,
    pub title: String,
    pub activities: Vec<&'a ChosenActivity>,
}

/// A heading before its activities are gathered.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Heading {
    id: String,
    number: String,
    title: String,
}

const OF_REQUIREMENTS: &str = "Исполнение требований";
const OF_OTHERS: &str = "Другие мероприятия";

/// In the order that the kind of programme asks for, then by their beginnings; of those that begin
/// together what requirements demand comes first: it prepares the rest.
pub(super) fn by_direction<'a>(view: &View<'a>) -> Vec<Group<'a>> {
    let mut groups = gather(view, |activity| direction(view, activity, &mut BTreeSet::new()));
    let place = |group: &Group<'_>| {
        let asked = view.kind.directions.iter().position(|r| r.id.as_str() == group.id);
        let is_requirement = view.model.requirements.contains_key(group.id.as_str());
        let start = start(group);
        (asked.unwrap_or(usize::MAX), start.is_none(), start, !is_requirement)
    };
    groups.sort_by_key(place);
    groups
}

/// In the order that the kind of programme asks for, then that of the packs; what answers no
/// zone comes last.
pub(super) fn by_zone<'a>(view: &View<'a>) -> Vec<Group<'a>> {
    let mut groups = gather(view, |activity| match zone(view, activity) {
        Some(zone) => heading_of_zone(view, &zone),
        None if answers_requirement(activity) => constant(OF_REQUIREMENTS),
        None => constant(OF_OTHERS),
    });
    let place = |group: &Group<'_>| {
        let asked = view.kind.directions.iter().position(|r| r.id.as_str() == group.id);
        let declared = view.model.zones.get_index_of(group.id.as_str());
        (asked.unwrap_or(usize::MAX), declared.unwrap_or(usize::MAX))
    };
    groups.sort_by_key(place);
    for group in &mut groups {
        group.activities.sort_by_key(|activity| view.number(&activity.id));
    }
    groups
}

fn gather<'a>(view: &View<'a>, heading: impl Fn(&'a ChosenActivity) -> Heading) -> Vec<Group<'a>> {
    let mut groups: Vec<Group<'a>> = Vec::new();
    for activity in &view.choice.activities {
        let Heading { id, number, title } = heading(activity);
        match groups.iter_mut().find(|group| group.id == id) {
            Some(group) => group.activities.push(activity),
            None => groups.push(Group { id, number, title, activities: vec![activity] }),
        }
    }
    groups
}

/// The earliest day of a group; what has no dates comes last.
fn start(group: &Group<'_>) -> Option<Date> {
    group.activities.iter().flat_map(|activity| &activity.occurrences).map(|o| o.from).min()
}

/// The direction of the requirement that the activity fulfils, else of its own mechanism, else of
/// what it moves, else its zone: what is demanded stands together, wherever its words come from.
fn direction(view: &View<'_>, chosen: &ChosenActivity, seen: &mut BTreeSet<Id>) -> Heading {
    let declared = view.model.activities.get(&chosen.id);
    let own = declared.and_then(|activity| activity.meta.mechanism.as_ref());
    of_requirement(view, chosen)
        .or_else(|| own.and_then(|mechanism| of_mechanism(view, mechanism)))
        .or_else(|| of_moved(view, &chosen.id))
        .or_else(|| zone(view, chosen).map(|zone| heading_of_zone(view, &zone)))
        .or_else(|| of_followers(view, chosen, seen))
        .unwrap_or_else(|| constant(OF_OTHERS))
}

fn of_mechanism(view: &View<'_>, id: &Id) -> Option<Heading> {
    let mechanism = view.model.mechanisms.get(id)?;
    let direction = mechanism.direction.as_ref().map(|reference| &reference.id);
    let found = direction.and_then(|id| view.model.directions.get_key_value(id));
    let (id, meta) = match found {
        Some((id, direction)) => (id, &direction.meta),
        None => (id, &mechanism.meta),
    };
    Some(Heading {
        id: id.to_string(),
        number: meta.number.clone().unwrap_or_default(),
        title: meta.title.clone(),
    })
}

fn of_requirement(view: &View<'_>, chosen: &ChosenActivity) -> Option<Heading> {
    let id = chosen.answers.iter().find_map(|answer| match answer {
        Answer::Requirement(id) => Some(id),
        _ => None,
    })?;
    let requirement = view.model.requirements.get(id)?;
    let mechanism = requirement.meta.mechanism.as_ref();
    mechanism.and_then(|mechanism| of_mechanism(view, mechanism)).or_else(|| {
        Some(Heading {
            id: id.to_string(),
            number: String::new(),
            title: requirement.meta.title.clone(),
        })
    })
}

fn of_moved(view: &View<'_>, activity: &Id) -> Option<Heading> {
    let moved = &view.model.activities.get(activity)?.moves;
    moved.iter().find_map(|indicator| {
        let mechanism = view.indicator(&indicator.id)?.meta.mechanism.as_ref()?;
        of_mechanism(view, mechanism)
    })
}

/// What prepares another activity stands with it.
fn of_followers(
    view: &View<'_>,
    chosen: &ChosenActivity,
    seen: &mut BTreeSet<Id>,
) -> Option<Heading> {
    if !seen.insert(chosen.id.clone()) {
        return None;
    }
    chosen.answers.iter().find_map(|answer| match answer {
        Answer::Prerequisite(next) => view.activity(next).map(|next| direction(view, next, seen)),
        _ => None,
    })
}

fn heading_of_zone(view: &View<'_>, zone: &Id) -> Heading {
    let number = view.model.zones.get(zone).and_then(|zone| zone.meta.number.clone());
    Heading {
        id: zone.to_string(),
        number: number.unwrap_or_default(),
        title: view.zone_title(zone),
    }
}

fn constant(title: &str) -> Heading {
    let id = title.to_lowercase().replace(' ', "_");
    Heading { id, number: String::new(), title: title.to_owned() }
}

fn answers_requirement(activity: &ChosenActivity) -> bool {
    activity.answers.iter().any(|answer| matches!(answer, Answer::Requirement(_)))
}

/// The zone of change that an activity works in: that of its task, else of its deficit, else of
/// what it prepares.
pub(super) fn zone(view: &View<'_>, activity: &ChosenActivity) -> Option<Id> {
    zone_of(view, activity, &mut BTreeSet::new())
}

fn zone_of(view: &View<'_>, activity: &ChosenActivity, seen: &mut BTreeSet<Id>) -> Option<Id> {
    if !seen.insert(activity.id.clone()) {
        return None;
    }
    let tasks = activity.tasks.iter().filter_map(|id| task_zone(view, id));
    let deficits = activity.answers.iter().filter_map(|answer| match answer {
        Answer::Deficit(id) => deficit_zone(view, id),
        _ => None,
    });
    let direct = tasks.chain(deficits).next();
    direct.or_else(|| {
        activity.answers.iter().find_map(|answer| match answer {
            Answer::Prerequisite(next) => zone_of(view, view.activity(next)?, seen),
            _ => None,
        })
    })
}

/// The zone of a task, else of the first of its deficits that has one.
pub(super) fn task_zone(view: &View<'_>, id: &Id) -> Option<Id> {
    let task = view.model.tasks.get(id)?;
    let own = task.zone.as_ref().map(|zone| zone.id.clone());
    own.or_else(|| task.deficits.iter().find_map(|deficit| deficit_zone(view, &deficit.id)))
}

pub(super) fn deficit_zone(view: &View<'_>, id: &Id) -> Option<Id> {
    view.model.deficits.get(id)?.zone.as_ref().map(|zone| zone.id.clone())
}
