//! How much each person has to do in each month, and what could be put off.

use std::collections::BTreeMap;

use super::ChosenActivity;
use crate::base::Id;
use crate::calendar::{Calendar, Date, Slot, Timetable};
use crate::model::Model;

/// More in a month than a person can carry.
#[derive(Clone, Debug)]
pub struct Overload {
    /// The first day of the month.
    pub month: Date,
    /// The role or body.
    pub who: Id,
    /// What runs in that month, in the order of the plan.
    pub activities: Vec<Id>,
    pub proposal: Option<Proposal>,
}

/// What to put off: of what can leave the month without crowding another, the activity with the
/// most slack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    pub activity: Id,
    pub from: Date,
    pub to: Date,
}

/// What one person does in one month: activities with the place of the time that runs.
type Running<'a> = BTreeMap<(Date, &'a Id), Vec<(&'a Id, usize)>>;

/// The months with more than `limit` activities of one person, in order.
pub(super) fn overloads(
    model: &Model,
    chosen: &[ChosenActivity],
    timetable: &Timetable,
    limit: u32,
) -> Vec<Overload> {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let running = running(model, chosen, timetable);
    let heavy = running.iter().filter(|(_, what)| what.len() > limit);
    heavy
        .map(|((month, who), what)| Overload {
            month: *month,
            who: (*who).clone(),
            activities: what.iter().map(|(id, _)| (*id).clone()).collect(),
            proposal: proposal((*month, who), what, (timetable, model.calendar()), &running, limit),
        })
        .collect()
}

fn running<'a>(
    model: &'a Model,
    chosen: &'a [ChosenActivity],
    timetable: &Timetable,
) -> Running<'a> {
    let mut running = Running::new();
    for activity in chosen {
        let declared = model.activities.get(&activity.id);
        let people = declared.map_or(&[] as &[_], |declared| declared.responsible.as_slice());
        for (at, slot) in timetable.of(&activity.id).iter().enumerate() {
            for month in months(slot.from, slot.to) {
                for who in people {
                    let all = running.entry((month, &who.id)).or_default();
                    if !all.iter().any(|(id, _)| **id == activity.id) {
                        all.push((&activity.id, at));
                    }
                }
            }
        }
    }
    running
}

/// The first days of the months that a span touches.
fn months(from: Date, to: Date) -> Vec<Date> {
    let next = |month: &Date| month.last_of_month().tomorrow().ok();
    std::iter::successors(Some(from.first_of_month()), next).take_while(|day| *day <= to).collect()
}

fn proposal(
    (month, who): (Date, &Id),
    what: &[(&Id, usize)],
    (timetable, calendar): (&Timetable, &Calendar),
    running: &Running<'_>,
    limit: usize,
) -> Option<Proposal> {
    let next = month.last_of_month().tomorrow().ok()?;
    let begins = |slot: &Slot| slot.days_on(calendar).from(next);
    let has_room = |slot: &Slot| {
        let from = begins(slot);
        let moved = months(from, slot.end_from(from, calendar));
        moved.iter().all(|month| running.get(&(*month, who)).is_none_or(|all| all.len() < limit))
    };
    let movable = what.iter().filter_map(|(id, at)| Some((*id, timetable.slot(id, *at)?)));
    let movable = movable.filter(|(_, slot)| {
        slot.from >= month && begins(slot) <= slot.latest_from && has_room(slot)
    });
    // Of equals the first in the plan.
    let best = movable.reduce(|a, b| if b.1.slack() > a.1.slack() { b } else { a })?;
    let from = begins(best.1);
    Some(Proposal { activity: best.0.clone(), from, to: best.1.end_from(from, calendar) })
}
