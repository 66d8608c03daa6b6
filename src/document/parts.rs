//! The parts of a programme by their names.

use crate::base::Id;
use crate::model::{Meta, Model, ProgrammeKind, Section, SectionBlock, Template};
use crate::russian::{self, NBSP};

/// «1. Название»: a bare number gets its period.
pub(super) fn numbered(meta: &Meta) -> String {
    let Some(number) = meta.number.as_deref() else { return meta.title.clone() };
    let period = if number.ends_with(|c: char| c.is_ascii_digit()) { "." } else { "" };
    format!("{number}{period}{NBSP}{}", meta.title)
}

/// How a part is called: a section or something stated by its number and title, a participant by
/// the bodies, a table by its title or, without one, by its name.
pub(super) fn part_title(model: &Model, kind: &ProgrammeKind, id: &Id) -> Option<String> {
    let statement = &kind.statement;
    let mut stated = statement.lists().into_iter().flatten();
    if let Some(stated) = stated.find(|stated| stated.id == *id) {
        return Some(numbered(&stated.meta));
    }
    if let Some(stage) = kind.stages.iter().find(|stage| stage.id == *id) {
        return Some(numbered(&stage.meta));
    }
    if let Some(it) = statement.participants.iter().find(|it| it.id == *id) {
        let of = |id: &Id| model.actor_title(id).unwrap_or(id.as_str()).to_owned();
        let bodies: Vec<String> = it.bodies.iter().map(|body| of(&body.id)).collect();
        return Some(russian::list(&bodies, "и"));
    }
    kind.sections.iter().find_map(|section| of_section(section, id))
}

fn of_section(section: &Section, id: &Id) -> Option<String> {
    if section.id == *id {
        return Some(numbered(&section.meta));
    }
    section.blocks.iter().find_map(|block| of_block(block, id))
}

fn of_block(block: &SectionBlock, id: &Id) -> Option<String> {
    let titled = |title: &Option<Template>| {
        Some(title.as_ref().map_or_else(|| id.to_string(), |title| title.source.clone()))
    };
    match block {
        SectionBlock::Section(section) => of_section(section, id),
        SectionBlock::Each { blocks, .. } => blocks.iter().find_map(|block| of_block(block, id)),
        SectionBlock::Table(table) if table.id == *id => titled(&table.title),
        SectionBlock::Chart(chart) if chart.id == *id => titled(&chart.title),
        _ => None,
    }
}
