//! The parts of a programme by their names: to find, to leave out, to keep, to put beside.

use std::collections::BTreeSet;

use crate::base::Id;
use crate::model::adapt::Spot;
use crate::model::programme::*;
use crate::model::statement::{Participant, Stated};

/// A part that a verb may name.
pub(super) enum Part<'a> {
    Stated(&'a mut Stated),
    Participant(&'a mut Participant),
    Stage(&'a mut StageSpec),
    Section(&'a mut Section),
    Table(&'a mut TableSpec),
    Chart(&'a mut ChartSpec),
}

impl Part<'_> {
    /// «раздел», for messages.
    pub(super) fn word(&self) -> &'static str {
        match self {
            Self::Stated(_) => "цель, задача или результат",
            Self::Participant(_) => "участник",
            Self::Stage(_) => "этап",
            Self::Section(_) => "раздел",
            Self::Table(_) => "таблица",
            Self::Chart(_) => "диаграмма",
        }
    }
}

/// Every name, the stated things first, sections with what stands in them.
pub(super) fn part_names(kind: &ProgrammeKind) -> Vec<Id> {
    let statement = &kind.statement;
    let stated = statement.lists().into_iter().flatten().map(|stated| &stated.id);
    let participants = statement.participants.iter().map(|it| &it.id);
    let stages = kind.stages.iter().map(|stage| &stage.id);
    let mut names: Vec<Id> = stated.chain(participants).chain(stages).cloned().collect();
    kind.sections.iter().for_each(|section| names_in(section, &mut names));
    names
}

fn names_in(section: &Section, names: &mut Vec<Id>) {
    names.push(section.id.clone());
    names_among(&section.blocks, names);
}

fn names_among(blocks: &[SectionBlock], names: &mut Vec<Id>) {
    for block in blocks {
        match block {
            SectionBlock::Section(section) => names_in(section, names),
            SectionBlock::Each { blocks, .. } => names_among(blocks, names),
            other => names.extend(id_of(other).cloned()),
        }
    }
}

/// The name of a block that has one.
fn id_of(block: &SectionBlock) -> Option<&Id> {
    match block {
        SectionBlock::Section(section) => Some(&section.id),
        SectionBlock::Table(table) => Some(&table.id),
        SectionBlock::Chart(chart) => Some(&chart.id),
        _ => None,
    }
}

/// Shows the part of that name; whether there is one.
pub(super) fn find(kind: &mut ProgrammeKind, id: &Id, see: &mut dyn FnMut(Part<'_>)) -> bool {
    let (lists, participants) = kind.statement.all_mut();
    if let Some(stated) = lists.into_iter().flatten().find(|stated| stated.id == *id) {
        see(Part::Stated(stated));
        return true;
    }
    if let Some(it) = participants.iter_mut().find(|it| it.id == *id) {
        see(Part::Participant(it));
        return true;
    }
    if let Some(stage) = kind.stages.iter_mut().find(|stage| stage.id == *id) {
        see(Part::Stage(stage));
        return true;
    }
    kind.sections.iter_mut().any(|section| find_section(section, id, see))
}

fn find_section(section: &mut Section, id: &Id, see: &mut dyn FnMut(Part<'_>)) -> bool {
    if section.id == *id {
        see(Part::Section(section));
        return true;
    }
    section.blocks.iter_mut().any(|block| find_block(block, id, see))
}

fn find_block(block: &mut SectionBlock, id: &Id, see: &mut dyn FnMut(Part<'_>)) -> bool {
    match block {
        SectionBlock::Section(section) => return find_section(section, id, see),
        SectionBlock::Each { blocks, .. } => {
            return blocks.iter_mut().any(|block| find_block(block, id, see));
        }
        SectionBlock::Table(table) if table.id == *id => see(Part::Table(table)),
        SectionBlock::Chart(chart) if chart.id == *id => see(Part::Chart(chart)),
        _ => return false,
    }
    true
}

/// Shows every block, those inside others as well.
pub(super) fn each_block(blocks: &mut [SectionBlock], see: &mut dyn FnMut(&mut SectionBlock)) {
    for block in blocks {
        see(block);
        match block {
            SectionBlock::Section(section) => each_block(&mut section.blocks, see),
            SectionBlock::Each { blocks, .. } => each_block(blocks, see),
            _ => {}
        }
    }
}

// ------------------------------------------------------------ leaving out

/// How many parts went; a section goes with what stands in it.
pub(super) fn remove(kind: &mut ProgrammeKind, id: &Id) -> usize {
    retain(kind, &mut |_, part| part != id)
}

/// A group of parts that stand side by side is closed where one of them is named; how many went.
pub(super) fn keep_only(
    kind: &mut ProgrammeKind,
    named: &BTreeSet<Id>,
    merged: &BTreeSet<Id>,
) -> usize {
    retain(kind, &mut |group, part| {
        let is_closed = group.iter().any(|id| named.contains(id));
        !is_closed || named.contains(part) || merged.contains(part)
    })
}

/// Asks of every part, within the group that it stands in, whether it stays.
fn retain(kind: &mut ProgrammeKind, stays: &mut dyn FnMut(&[Id], &Id) -> bool) -> usize {
    let mut gone = 0;
    for list in kind.statement.lists_mut() {
        gone += retain_in(list, |stated| &stated.id, stays);
    }
    gone += retain_in(&mut kind.statement.participants, |it| &it.id, stays);
    gone += retain_in(&mut kind.stages, |stage| &stage.id, stays);
    gone += retain_in(&mut kind.sections, |section| &section.id, stays);
    for section in &mut kind.sections {
        gone += retain_blocks(&mut section.blocks, stays);
    }
    gone
}

fn retain_in<T>(
    list: &mut Vec<T>,
    id: impl Fn(&T) -> &Id,
    stays: &mut dyn FnMut(&[Id], &Id) -> bool,
) -> usize {
    let group: Vec<Id> = list.iter().map(|part| id(part).clone()).collect();
    let before = list.len();
    list.retain(|part| stays(&group, id(part)));
    before - list.len()
}

/// Sections are one group, tables and pictures another; texts have no names and stay.
fn retain_blocks(
    blocks: &mut Vec<SectionBlock>,
    stays: &mut dyn FnMut(&[Id], &Id) -> bool,
) -> usize {
    let is_section = |block: &SectionBlock| matches!(block, SectionBlock::Section(_));
    let group = |of_sections: bool| -> Vec<Id> {
        let those = blocks.iter().filter(|block| is_section(block) == of_sections);
        those.filter_map(id_of).cloned().collect()
    };
    let (sections, others) = (group(true), group(false));
    let before = blocks.len();
    blocks.retain(|block| {
        let group = if is_section(block) { &sections } else { &others };
        id_of(block).is_none_or(|id| stays(group, id))
    });
    let mut gone = before - blocks.len();
    for block in blocks {
        match block {
            SectionBlock::Section(section) => gone += retain_blocks(&mut section.blocks, stays),
            SectionBlock::Each { blocks, .. } => gone += retain_blocks(blocks, stays),
            _ => {}
        }
    }
    gone
}

// ------------------------------------------------------------ putting in

/// Puts a section where it belongs; whether the place is there.
pub(super) fn within(kind: &mut ProgrammeKind, spot: &Spot, new: &Section) -> bool {
    match spot {
        Spot::Inside(place) => {
            let mut put = false;
            find(kind, &place.id, &mut |part| {
                if let Part::Section(section) = part {
                    section.blocks.push(SectionBlock::Section(new.clone()));
                    put = true;
                }
            });
            put
        }
        Spot::After(place) => {
            if let Some(at) = kind.sections.iter().position(|section| section.id == place.id) {
                kind.sections.insert(at + 1, new.clone());
                return true;
            }
            kind.sections.iter_mut().any(|section| after(&mut section.blocks, &place.id, new))
        }
    }
}

fn after(blocks: &mut Vec<SectionBlock>, place: &Id, new: &Section) -> bool {
    let is_place = |block: &SectionBlock| matches!(block, SectionBlock::Section(section) if section.id == *place);
    if let Some(at) = blocks.iter().position(is_place) {
        blocks.insert(at + 1, SectionBlock::Section(new.clone()));
        return true;
    }
    blocks.iter_mut().any(|block| match block {
        SectionBlock::Section(section) => after(&mut section.blocks, place, new),
        _ => false,
    })
}
