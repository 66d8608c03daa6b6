//! Priorities that nothing in the programme answers: the answers or the decisions of a team have
//! taken away what did.

use super::codes;
use super::view::View;
use crate::base::Id;
use crate::diag::{Diagnostic, Place};
use crate::eval::Truth;
use crate::model::{Deficit, Task};
use crate::plan::Answer;

/// A warning for each priority without an activity, with what took its activities away. A paper
/// that plans nothing answers nothing.
pub(super) fn priorities(view: &View<'_>) -> Vec<Diagnostic> {
    let is_answered = |id: &Id| {
        let answer = Answer::Deficit(id.clone());
        view.choice.activities.iter().any(|activity| activity.answers.contains(&answer))
    };
    let plans = view.kind.period.is_some() && !view.kind.is_written_out();
    let left = view.choice.priorities.iter().filter(|id| plans && !is_answered(id));
    left.map(|id| unanswered(view, id)).collect()
}

fn unanswered(view: &View<'_>, id: &Id) -> Diagnostic {
    let refuted = refuted(view, id);
    let excluded = excluded(view, id);
    let mut why: Vec<String> = Vec::new();
    match refuted.as_slice() {
        [] => {}
        [cause] => why.push(format!("опровергнута причина «{cause}»")),
        causes => why.push(format!("опровергнуты причины {}", named(causes))),
    }
    match excluded.as_slice() {
        [] => {}
        [activity] => why.push(format!("команда исключила мероприятие «{activity}»")),
        activities => why.push(format!("команда исключила мероприятия {}", named(activities))),
    }
    if why.is_empty() {
        why.push("ни одно мероприятие пакета здесь не подходит".to_owned());
    }
    let title = view.deficit_title(id);
    let message =
        format!("на приоритет «{title}» не отвечает ни одно мероприятие: {}", why.join("; "));
    let hint = "добавьте своё мероприятие в [[added_activities]], верните исключённое или исключите \
                дефицит правкой поля «состояние»";
    let place = place(view, &refuted, &excluded);
    Diagnostic::warning(codes::UNANSWERED, place, message).with_hint(hint)
}

fn named(ids: &[&Id]) -> String {
    let quoted: Vec<String> = ids.iter().map(|id| format!("«{id}»")).collect();
    quoted.join(", ")
}

/// The causes of a deficit that are refuted.
fn refuted<'a>(view: &View<'a>, id: &Id) -> Vec<&'a Id> {
    let causes = view.model.deficits.get(id).map_or(&[] as &[_], |deficit| &deficit.causes);
    let is_refuted = |cause: &Id| view.cause(cause).is_some_and(|it| it.state == Truth::No);
    causes.iter().map(|cause| &cause.id).filter(|cause| is_refuted(cause)).collect()
}

/// The activities of its tasks that the team left out.
fn excluded<'a>(view: &View<'a>, id: &Id) -> Vec<&'a Id> {
    let Some(deficit) = view.model.deficits.get(id) else { return Vec::new() };
    let tasks = &view.model.tasks;
    let serves = |task: &Id| tasks.get(task).is_some_and(|task| answers(task, id, deficit));
    let out = view.facts.decisions.activities.iter().filter(|(_, decision)| !decision.includes);
    let declared = out.filter_map(|(id, _)| view.model.activities.get_key_value(id));
    let own = declared.filter(|(_, it)| it.tasks.iter().any(|task| serves(&task.id)));
    own.map(|(id, _)| id).collect()
}

fn answers(task: &Task, id: &Id, deficit: &Deficit) -> bool {
    if !task.deficits.is_empty() {
        return task.deficits.iter().any(|named| named.id == *id);
    }
    task.causes.iter().any(|cause| deficit.causes.iter().any(|own| own.id == cause.id))
}

/// Where the team said what took the activities away.
fn place(view: &View<'_>, refuted: &[&Id], excluded: &[&Id]) -> Place {
    let is_meant = |id: &str| refuted.iter().chain(excluded).any(|meant| **meant == Id::new(id));
    let edit = view.project.edits.iter().find(|edit| is_meant(&edit.id.value));
    let answer = view.project.answers.iter().find(|answer| {
        let question = view.model.questions.get(&Id::new(&answer.question.value));
        let links = question.map(|it| it.yes_confirms.iter().chain(&it.no_confirms));
        links.into_iter().flatten().any(|cause| refuted.contains(&&cause.id))
    });
    let said = edit.map(|edit| &edit.id.place).or(answer.map(|answer| &answer.question.place));
    said.unwrap_or(&view.project.date.place).clone()
}
