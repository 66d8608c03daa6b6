//! Abbreviations, and who the bodies and roles of a pack are.

use std::collections::BTreeSet;

use super::{DASH, Table, chapter, own, stacked, text_cell};
use crate::base::{Id, Level};
use crate::document::abbreviations;
use crate::document::because::of_words;
use crate::document::types::{Block, Section};
use crate::model::{Meta, Model, Roadmap};
use crate::russian::capitalise;

/// `told` are the chapters before: what they abbreviate is explained.
pub(super) fn chapters(model: &Model, told: &[Section]) -> Option<Section> {
    let tables = [abbreviations(model, told), actors(model)];
    let blocks: Vec<Block> = tables.into_iter().flatten().collect();
    (!blocks.is_empty()).then(|| chapter("словарь", "Сокращения, органы и роли", blocks))
}

fn abbreviations(model: &Model, told: &[Section]) -> Option<Block> {
    let mut table = Table::new("сокращения", "Сокращения", &["Сокращение", "Полностью"]);
    table.weights(&[20, 80]);
    for (short, full) in explained(model, told) {
        let id = Id::new(&format!("сокращение_{short}"));
        table.row(vec![text_cell(&short), text_cell(&full)], &id, Vec::new());
    }
    table.block()
}

/// In the order of the alphabet, each once: those that the chapters use and those of the plans.
fn explained(model: &Model, told: &[Section]) -> Vec<(String, String)> {
    let used = abbreviations::used(model, told).into_iter().map(|it| (it.short, it.full));
    let plans = own(model, &model.roadmaps, |it| &it.meta);
    let of_plans = plans.flat_map(|(_, plan)| plan.abbreviations.iter().cloned());
    let mut all: Vec<(String, String)> = used.chain(of_plans).collect();
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
        let others: Vec<String> = role.short.iter().chain(&role.synonyms).cloned().collect();
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
    let planned = plans.flat_map(Roadmap::activities);
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
