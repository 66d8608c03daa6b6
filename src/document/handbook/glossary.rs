//! Abbreviations, and who the bodies and roles of a pack are.

use std::collections::BTreeSet;

use super::{DASH, Table, chapter, own, stacked, text_cell};
use crate::base::{Id, Level};
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
    let text = text_of(told);
    let mut table = Table::new("сокращения", "Сокращения", &["Сокращение", "Полностью"]);
    table.weights(&[20, 80]);
    for (short, full) in explained(model).into_iter().filter(|(short, _)| has(&text, short)) {
        let id = Id::new(&format!("сокращение_{short}"));
        table.row(vec![text_cell(&short), text_cell(&full)], &id, Vec::new());
    }
    table.block()
}

/// In the order of the alphabet, each once.
fn explained(model: &Model) -> Vec<(String, String)> {
    let bodies = model.bodies.values().map(|it| (&it.short, &it.meta));
    let roles = model.roles.values().map(|it| (&it.short, &it.meta));
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

/// All that chapters print, one thing after another.
fn text_of(sections: &[Section]) -> String {
    let mut text = String::new();
    for section in sections {
        let of_blocks = section.blocks.iter().flat_map(|block| {
            let cells = block.rows.iter().flatten().map(|cell| &cell.text);
            std::iter::once(&block.text).chain(&block.items).chain(cells)
        });
        for part in std::iter::once(&section.title).chain(of_blocks) {
            text.push_str(part);
            text.push('\n');
        }
        text.push_str(&text_of(&section.sections));
    }
    text
}

/// Whether an abbreviation stands in a text as a word of its own.
fn has(text: &str, short: &str) -> bool {
    let joins = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    text.match_indices(short).any(|(at, _)| {
        let (before, after) = (text.get(..at), text.get(at + short.len()..));
        let before = before.and_then(|before| before.chars().next_back());
        !joins(before) && !joins(after.and_then(|after| after.chars().next()))
    })
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
