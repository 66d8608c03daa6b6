//! Abbreviations, and who the bodies and roles of a pack are.

use std::collections::BTreeSet;

use super::{DASH, Table, chapter, own, stacked, text_cell};
use crate::base::{Id, Level};
use crate::document::because::of_words;
use crate::document::types::{Block, Section};
use crate::model::{Meta, Model};
use crate::russian::capitalise;

pub(super) fn chapters(model: &Model) -> Option<Section> {
    let blocks: Vec<Block> = [abbreviations(model), actors(model)].into_iter().flatten().collect();
    (!blocks.is_empty()).then(|| chapter("словарь", "Сокращения, органы и роли", blocks))
}

fn abbreviations(model: &Model) -> Option<Block> {
    let mut table = Table::new("сокращения", "Сокращения", &["Сокращение", "Полностью"]);
    table.weights(&[20, 80]);
    for (short, full) in explained(model) {
        let id = Id::new(&format!("сокращение_{short}"));
        table.row(vec![text_cell(&short), text_cell(&full)], &id, Vec::new());
    }
    table.block()
}

/// In the order of the alphabet, each once.
fn explained(model: &Model) -> Vec<(String, String)> {
    let bodies = own(model, &model.bodies, |it| &it.meta).map(|(_, it)| (&it.short, &it.meta));
    let roles = own(model, &model.roles, |it| &it.meta).map(|(_, it)| (&it.short, &it.meta));
    let categories = model.categories.values().map(|it| (&it.short, &it.meta));
    let kinds = model.institution_kinds.values().map(|it| (&it.short, &it.meta));
    let declared = bodies.chain(roles).chain(categories).chain(kinds);
    let declared = declared.filter_map(|(short, meta)| Some((short.clone()?, meta.title.clone())));
    let plans = own(model, &model.roadmaps, |it| &it.meta);
    let of_plans = plans.flat_map(|(_, plan)| plan.abbreviations.iter().cloned());
    let mut all: Vec<(String, String)> = declared.chain(of_plans).collect();
    all.sort();
    all.dedup();
    all
}

/// Those of the pack, and those of other packs that it names.
fn actors(model: &Model) -> Option<Block> {
    let columns = ["Орган или роль", "Уровень", "Другие названия"];
    let mut table = Table::new("органы", "Органы и роли", &columns);
    table.weights(&[60, 14, 26]);
    let shown = shown(model);
    for (id, body) in model.bodies.iter().filter(|(id, _)| shown.contains(id)) {
        let others: Vec<String> = body.short.iter().chain(&body.synonyms).cloned().collect();
        actor(&mut table, model, id, (&body.meta, body.level), &others);
    }
    for (id, role) in model.roles.iter().filter(|(id, _)| shown.contains(id)) {
        let others: Vec<String> = role.short.iter().cloned().collect();
        actor(&mut table, model, id, (&role.meta, role.level), &others);
    }
    table.block()
}

fn shown(model: &Model) -> BTreeSet<&Id> {
    let bodies = own(model, &model.bodies, |it| &it.meta).map(|(id, _)| id);
    let roles = own(model, &model.roles, |it| &it.meta).map(|(id, _)| id);
    let activities = own(model, &model.activities, |it| &it.meta).map(|(_, it)| it);
    let of_activities = activities.flat_map(|it| it.responsible.iter().chain(&it.controller));
    let plans = own(model, &model.roadmaps, |it| &it.meta).map(|(_, plan)| plan);
    let planned = plans.flat_map(|plan| &plan.directions).flat_map(|it| &it.activities);
    let of_plans = planned.flat_map(|it| it.responsible.iter().chain(&it.controller));
    let named = of_activities.chain(of_plans).map(|actor| &actor.id);
    bodies.chain(roles).chain(named).collect()
}

fn actor(
    table: &mut Table,
    model: &Model,
    id: &Id,
    (meta, level): (&Meta, Level),
    others: &[String],
) {
    let level = match level {
        Level::Unstated => DASH.to_owned(),
        level => capitalise(level.nominative()),
    };
    let cells = vec![text_cell(&meta.title), text_cell(&level), stacked(others)];
    table.row(cells, id, of_words(model, meta));
}
