//! Parts made one: what is stated, who takes part, stages, sections.

use super::block::{Block, Lines};
use super::parts::{Part, find, part_names, remove};
use crate::base::Id;
use crate::diag::Diagnostic;
use crate::model::adapt::Merge;
use crate::model::codes;
use crate::model::declarations::Ref;
use crate::model::programme::*;
use crate::model::statement::{Participant, Stated};

/// A part taken out of its programme.
#[derive(Clone, Debug)]
enum Whole {
    Stated(Stated),
    Participant(Participant),
    Stage(StageSpec),
    Section(Section),
}

pub(super) fn merge(kind: &mut ProgrammeKind, merge: &Merge<Block>) -> Result<(), Diagnostic> {
    if part_names(kind).contains(&merge.into.id) {
        return Err(taken(&merge.into));
    }
    let mut parts = merge.what.iter();
    let mut whole: Option<Whole> = None;
    let mut list: Option<usize> = None;
    for part in &mut parts {
        let found = whole_of(kind, &part.id);
        let at = list_of(kind, &part.id);
        whole = match (whole, found) {
            (None, Some(first)) => {
                list = at;
                Some(first)
            }
            (Some(sum), Some(next)) if at == list => join(sum, next),
            _ => None,
        };
        if whole.is_none() {
            return Err(unlike(merge));
        }
    }
    if let Some(Whole::Stage(_)) = whole
        && !matches!(&merge.block.lines, Lines::Stage(new) if new.term.is_some() || new.lasts.is_some())
    {
        return Err(no_term(merge));
    }
    let Some(first) = merge.what.first() else { return Ok(()) };
    if let Some(whole) = whole {
        put(kind, &first.id, whole.headed(merge));
    }
    merge.what.iter().skip(1).for_each(|part| {
        remove(kind, &part.id);
    });
    Ok(())
}

fn whole_of(kind: &mut ProgrammeKind, id: &Id) -> Option<Whole> {
    let mut whole = None;
    find(kind, id, &mut |part| {
        whole = match part {
            Part::Stated(it) => Some(Whole::Stated(it.clone())),
            Part::Participant(it) => Some(Whole::Participant(it.clone())),
            Part::Stage(it) => Some(Whole::Stage(it.clone())),
            Part::Section(it) => Some(Whole::Section(it.clone())),
            Part::Table(_) | Part::Chart(_) => None,
        }
    });
    whole
}

/// Goals, tasks and results are not made one with each other.
fn list_of(kind: &ProgrammeKind, id: &Id) -> Option<usize> {
    let lists = kind.statement.lists();
    lists.iter().position(|list| list.iter().any(|stated| stated.id == *id))
}

fn join(sum: Whole, next: Whole) -> Option<Whole> {
    Some(match (sum, next) {
        (Whole::Stated(mut sum), Whole::Stated(next)) => {
            add_new(&mut sum.indicators, next.indicators, |a, b| a.id == b.id);
            Whole::Stated(sum)
        }
        (Whole::Participant(mut sum), Whole::Participant(next)) => {
            add_new(&mut sum.bodies, next.bodies, |a, b| a.id == b.id);
            add_new(&mut sum.duties, next.duties, |a, b| a == b);
            add_new(&mut sum.outcomes, next.outcomes, |a, b| a == b);
            Whole::Participant(sum)
        }
        (Whole::Stage(mut sum), Whole::Stage(next)) => {
            sum.content.extend(next.content);
            Whole::Stage(sum)
        }
        (Whole::Section(mut sum), Whole::Section(next)) => {
            sum.blocks.extend(next.blocks);
            Whole::Section(sum)
        }
        _ => return None,
    })
}

fn add_new<T>(all: &mut Vec<T>, more: Vec<T>, same: impl Fn(&T, &T) -> bool) {
    for new in more {
        if !all.iter().any(|old| same(old, &new)) {
            all.push(new);
        }
    }
}

impl Whole {
    /// Under the new name and title, in the words of the new paper.
    fn headed(self, merge: &Merge<Block>) -> Self {
        let (name, meta) = (merge.into.id.clone(), merge.block.meta.clone());
        match self {
            Self::Stated(it) => Self::Stated(Stated { id: name, meta, ..it }),
            Self::Participant(it) => Self::Participant(Participant { id: name, meta, ..it }),
            Self::Stage(it) => Self::Stage(StageSpec { id: name, meta, ..it }),
            Self::Section(it) => Self::Section(Section { id: name, meta, ..it }),
        }
    }
}

fn put(kind: &mut ProgrammeKind, place: &Id, whole: Whole) {
    find(kind, place, &mut |part| match (part, &whole) {
        (Part::Stated(old), Whole::Stated(new)) => old.clone_from(new),
        (Part::Participant(old), Whole::Participant(new)) => old.clone_from(new),
        (Part::Stage(old), Whole::Stage(new)) => old.clone_from(new),
        (Part::Section(old), Whole::Section(new)) => old.clone_from(new),
        _ => {}
    });
}

fn unlike(merge: &Merge<Block>) -> Diagnostic {
    let names: Vec<&str> = merge.what.iter().map(|part| part.id.as_str()).collect();
    let message = format!("эти части не складываются в одну: {}", names.join(", "));
    Diagnostic::error(codes::ADAPTATION, merge.into.span, message).with_hint(
        "объединяют части одного рода: задачи с задачами, результаты с результатами, этапы, участников, разделы",
    )
}

fn no_term(merge: &Merge<Block>) -> Diagnostic {
    let message = format!("не сказано, когда проходит этап «{}»", merge.into.id);
    Diagnostic::error(codes::ADAPTATION, merge.into.span, message)
        .with_hint("напишите ниже, с отступом: срок 1 сентября 2026..31 августа 2028")
}

pub(super) fn taken(name: &Ref) -> Diagnostic {
    let message = format!("имя «{}» уже есть в программе-основе", name.id);
    Diagnostic::error(codes::ADAPTATION, name.span, message).with_hint("дайте новой части своё имя")
}
