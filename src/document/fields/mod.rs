//! Columns: what a row says of itself.

mod activities;
mod chain;
mod deficits;
mod figures;
mod identified;
mod office;
mod passport;
mod plan;
mod reasons;
mod support;

use super::things::Thing;
use super::view::View;
use crate::base::{Id, Level};
use crate::model::When;

pub(super) use figures::{figure, of_result};
pub(super) use support::{in_runs, missing_of_risk, numbers, total_title};

/// What a column asks for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked<'s> {
    pub field: &'s str,
    pub level: Option<Level>,
    pub when: When,
}

impl<'s> Asked<'s> {
    /// A column without a level, of the present year.
    pub fn plain(field: &'s str) -> Self {
        Self { field, level: None, when: When::Current }
    }
}

/// The text of a cell; `None` where such rows have no such column.
pub(super) fn cell(
    view: &View<'_>,
    thing: Thing<'_>,
    number: usize,
    asked: Asked<'_>,
) -> Option<String> {
    match asked.field {
        "номер" => Some(match thing {
            Thing::Activity(activity) | Thing::Paper(activity, _) => {
                view.number(&activity.id).unwrap_or(number).to_string()
            }
            Thing::Stated(stated) => {
                stated.meta.number.clone().unwrap_or_else(|| number.to_string())
            }
            _ => number.to_string(),
        }),
        "название" => Some(view.title(thing)),
        "элемент" | "почему" => reasons::text(view, thing, asked.field),
        "источник" if !figures::is_figure(thing) => reasons::text(view, thing, asked.field),
        _ => figures::text(view, thing, asked).or_else(|| text(view, thing, asked.field)),
    }
}

/// The text of a field that does not depend on level and year.
pub(super) fn text(view: &View<'_>, thing: Thing<'_>, field: &str) -> Option<String> {
    match thing {
        Thing::Deficit(id) => deficits::text(view, id, field),
        Thing::Cause(id) => chain::of_cause(view, id, field),
        Thing::Goal(id) => chain::of_goal(view, id, field),
        Thing::Task(task) => chain::of_task(view, task, field),
        Thing::Zone(id) => chain::of_zone(view, id, field),
        Thing::Requirement(id) => office::of_requirement(view, id, field),
        Thing::Activity(activity) => activities::text(view, activity, field),
        Thing::Act(id) => office::of_act(view, id, field),
        Thing::Actor(id) => office::of_actor(view, id, field),
        Thing::Paper(activity, _) => office::of_paper(view, activity, field),
        Thing::Resource(chosen) => support::of_resource(view, chosen, field),
        Thing::Total(total) => support::of_total(view, total, field),
        Thing::Risk(chosen) => support::of_risk(view, chosen, field),
        Thing::Aim(aim) => plan::of_aim(&aim, field),
        Thing::Stage(stage) => plan::of_stage(view, stage, field),
        Thing::Passport(row) => passport::text(row, field),
        Thing::SchoolYear(year) => identified::of_year(year, field),
        Thing::Identified(school) => identified::of_school(school, field),
        Thing::Stated(stated) => plan::of_stated(view, stated, field),
        Thing::Participant(participant) => plan::of_participant(participant, field),
        Thing::Unknown(unknown) => figures::of_unknown(view, unknown, field),
        Thing::Untouched(_) | Thing::Indicator(_) | Thing::Target(_) | Thing::Result(_) => None,
    }
}

/// The titles that a field lists, where it is a list.
pub(super) fn linked(view: &View<'_>, thing: Thing<'_>, field: &str) -> Option<Vec<String>> {
    match thing {
        Thing::Deficit(id) => deficits::linked(view, id, field),
        Thing::Cause(id) => chain::cause_links(view, id, field),
        Thing::Goal(id) => chain::goal_links(view, id, field),
        Thing::Task(task) => chain::task_links(view, task, field),
        Thing::Zone(id) => chain::zone_links(view, id, field),
        _ => None,
    }
}

/// Figures stand centred, words at the left.
pub(super) fn is_numeric(field: &Id) -> bool {
    const NUMERIC: [&str; 34] = [
        "номер",
        "значение",
        "участники",
        "динамика",
        "исходное",
        "факт",
        "план",
        "цель_1",
        "цель_2",
        "цель_3",
        "цель_ученики",
        "вес",
        "год",
        "решает",
        "год_1",
        "год_2",
        "год_3",
        "всего",
        "сколько",
        "доля_целого",
        "классов",
        "школ",
        "доля_школ",
        "неизвестно",
        "пропусков",
        "ранжировано",
        "четверть",
        "нижняя_граница",
        "верхняя_граница",
        "признак",
        "индекс_результатов",
        "место_по_результатам",
        "индекс_условий",
        "место_по_условиям",
    ];
    let is_count = ["школы_", "доля_"].iter().any(|head| field.as_str().starts_with(head));
    is_count || NUMERIC.contains(&field.as_str())
}

/// Places to write in by hand.
pub(super) fn is_blank(field: &Id) -> bool {
    ["подпись", "дата_подписи"].contains(&field.as_str())
}

/// Several things in a cell, one under another; nothing at all is a dash.
fn stacked(items: &[String]) -> String {
    if items.is_empty() { super::times::NONE.to_owned() } else { items.join("\n") }
}
