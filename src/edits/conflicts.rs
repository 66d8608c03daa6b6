//! Edits that cannot hold together.

use std::collections::BTreeSet;

use super::outlook::Outlook;
use super::planned::{Field, Kind, Planned};
use super::{Base, codes, states};
use crate::base::Id;
use crate::diag::{Diagnostic, Place};
use crate::plan::Answer;

/// The edits without those that contradict an earlier one; each contradiction is reported.
pub(super) fn without_contradictions<'p>(
    planned: Vec<Planned<'p>>,
    out: &mut Vec<Diagnostic>,
) -> Vec<Planned<'p>> {
    let mut kept: Vec<Planned<'p>> = Vec::new();
    for edit in planned {
        match kept.iter().find(|other| other.id == edit.id && contradict(other, &edit)) {
            Some(other) => out.push(contradiction(other, &edit)),
            None => kept.push(edit),
        }
    }
    kept
}

/// Two words on one field; a change of what is left out.
fn contradict(one: &Planned<'_>, other: &Planned<'_>) -> bool {
    one.field == other.field
        || (one.kind == Kind::Activity && (states::excludes(one) || states::excludes(other)))
}

fn contradiction(first: &Planned<'_>, second: &Planned<'_>) -> Diagnostic {
    let id = &second.edit.id;
    let message = if first.field == second.field {
        format!("две правки «{}» спорят о поле «{}»", id.value, second.field.word())
    } else {
        let changed = if first.field == Field::State { second } else { first };
        format!("мероприятие «{}» исключено, а его «{}» меняется", id.value, changed.field.word())
    };
    let fault = Diagnostic::error(codes::CONTRADICTION, id.place.clone(), message)
        .with_hint("оставьте одну из двух правок");
    match first.edit.id.place {
        Place::Text(span) => fault.with_label(span, "первая правка здесь"),
        _ => fault,
    }
}

/// Reports every excluded activity that has to come before another one.
pub(super) fn needed_by_others(
    planned: &[Planned<'_>],
    outlook: &Outlook,
    base: &Base<'_>,
    out: &mut Vec<Diagnostic>,
) {
    for planned in excluded(planned, base) {
        let needing = needing(&planned.id, outlook, base);
        if !needing.is_empty() {
            out.push(needed(planned, &needing));
        }
    }
}

/// The edits that have taken an activity out.
fn excluded<'a, 'p>(
    planned: &'a [Planned<'p>],
    base: &'a Base<'_>,
) -> impl Iterator<Item = &'a Planned<'p>> {
    let decided = &base.facts.decisions.activities;
    planned.iter().filter(|planned| states::excludes(planned) && decided.contains_key(&planned.id))
}

/// Warns of every requirement that holds and that nobody fulfils once an activity is out.
pub(super) fn unfulfilled(
    planned: &[Planned<'_>],
    outlook: &Outlook,
    base: &Base<'_>,
    out: &mut Vec<Diagnostic>,
) {
    for planned in excluded(planned, base) {
        let Some(activity) = base.model.activities.get(&planned.id) else { continue };
        for requirement in activity.requirements.iter().filter(|it| is_left(&it.id, outlook)) {
            let declared = base.model.requirements.get(&requirement.id);
            let title = declared.map_or(requirement.id.as_str(), |it| it.meta.title.as_str());
            out.push(left(planned, title));
        }
    }
}

/// Whether a requirement holds in some document and no activity there answers it.
fn is_left(requirement: &Id, outlook: &Outlook) -> bool {
    let answer = Answer::Requirement(requirement.clone());
    outlook.choices.iter().any(|choice| {
        choice.requirements.contains(requirement)
            && !choice.activities.iter().any(|activity| activity.answers.contains(&answer))
    })
}

fn left(planned: &Planned<'_>, title: &str) -> Diagnostic {
    let edit = planned.edit;
    let message =
        format!("без мероприятия «{}» требование «{title}» никто не исполняет", edit.id.value);
    Diagnostic::warning(codes::UNFULFILLED, edit.id.place.clone(), message).with_hint(
        "добавьте своё мероприятие: answers в [[added_activities]] называет и требования",
    )
}

/// The titles of the chosen activities that come after one.
fn needing(id: &Id, outlook: &Outlook, base: &Base<'_>) -> Vec<String> {
    let chosen = outlook.choices.iter().flat_map(|choice| &choice.activities);
    let ids: BTreeSet<&Id> = chosen.map(|activity| &activity.id).collect();
    let all = base.model.activities.iter().filter(|(other, _)| ids.contains(other));
    all.filter(|(_, other)| other.after.iter().any(|before| before.id == *id))
        .map(|(other, activity)| format!("{other} «{}»", activity.meta.title))
        .collect()
}

fn needed(planned: &Planned<'_>, needing: &[String]) -> Diagnostic {
    let edit = planned.edit;
    let message = format!(
        "мероприятие «{}» исключить нельзя, без него не выполнить: {}",
        edit.id.value,
        needing.join(", ")
    );
    Diagnostic::error(codes::NEEDED_BY_OTHERS, edit.id.place.clone(), message)
        .with_hint("исключите и их или удалите эту правку")
}
