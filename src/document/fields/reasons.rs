//! The appendix of reasons: for each element why it is there, down to figures and sources.

use std::collections::BTreeSet;

use super::{activities, deficits, figures, support};
use crate::base::Id;
use crate::document::because;
use crate::document::things::Thing;
use crate::document::view::View;
use crate::eval::Truth;
use crate::model::{Expr, ExprKind, list_in_words};
use crate::plan::{ChosenRisk, PlannedTarget, TargetAt};
use crate::text::MISSING;

pub(super) fn text(view: &View<'_>, thing: Thing<'_>, field: &str) -> Option<String> {
    Some(match field {
        "элемент" => view.title(thing),
        "почему" => or_missing(why(view, thing)),
        "источник" => or_missing(sources(view, thing)),
        _ => return None,
    })
}

/// Whose words the element is; for what shows figures of its own, where they were published too.
fn sources(view: &View<'_>, thing: Thing<'_>) -> Vec<String> {
    let owner = view.meta(thing).map(|meta| because::origin(view, meta)).unwrap_or_default();
    // A target is the word of the goal that sets it, not of the indicator.
    let mut lines = match thing {
        Thing::Target(target) | Thing::Result(target) => askers(target)
            .filter_map(|id| view.model.goals.get(id).map(|goal| &goal.meta))
            .flat_map(|meta| because::origin(view, meta))
            .collect(),
        _ => owner,
    };
    if matches!(thing, Thing::Deficit(_) | Thing::Target(_) | Thing::Result(_)) {
        lines.extend(because::sources(&because::of(view, thing)));
    }
    lines
}

fn or_missing(lines: Vec<String>) -> String {
    if lines.is_empty() { MISSING.to_owned() } else { lines.join("\n") }
}

fn why(view: &View<'_>, thing: Thing<'_>) -> Vec<String> {
    match thing {
        Thing::Deficit(id) => of_deficit(view, id),
        Thing::Cause(id) => {
            let decision = view.facts.decisions.causes.get(id);
            decision.map(|it| it.sentence("Подтверждена", "Опровергнута")).into_iter().collect()
        }
        Thing::Task(task) => task.deficits.iter().map(|id| answered(view, id)).collect(),
        Thing::Requirement(id) => of_requirement(view, id),
        Thing::Activity(activity) => activities::basis(view, activity),
        Thing::Target(target) | Thing::Result(target) => of_target(view, target),
        Thing::Risk(risk) => of_risk(view, risk),
        _ => because::sentences(&because::of_row(view, thing)),
    }
}

/// What proves it, then the figures themselves with their years.
fn of_deficit(view: &View<'_>, id: &Id) -> Vec<String> {
    let grounds = deficits::text(view, id, "обоснование").unwrap_or_default();
    let mut lines: Vec<String> = grounds.lines().map(str::to_owned).collect();
    for figure in figures_of(view, id) {
        if !lines.contains(&figure) {
            lines.push(figure);
        }
    }
    lines
}

fn figures_of(view: &View<'_>, id: &Id) -> Vec<String> {
    let proof = view.finding(id).map(|finding| because::of_proof(&finding.proof));
    because::figures(view, &proof.unwrap_or_default())
}

/// A deficit that is answered; the figures that prove it stand in its own row.
fn answered(view: &View<'_>, id: &Id) -> String {
    format!("Дефицит: {}", view.deficit_title(id))
}

fn of_requirement(view: &View<'_>, id: &Id) -> Vec<String> {
    let Some(requirement) = view.model.requirements.get(id) else { return Vec::new() };
    match &requirement.condition {
        None => vec!["Исполняется независимо от значений показателей".to_owned()],
        Some(condition) => {
            let judged = view.evaluator.judge(condition, &view.evaluator.own());
            because::deciding(&judged.proofs).into_iter().chain(filled(view, condition)).collect()
        }
    }
}

/// Which lists of the document a condition that holds found filled, and which empty.
fn filled(view: &View<'_>, condition: &Expr) -> Option<String> {
    let is_filled = |name: &Id| view.list(name.as_str()).is_some_and(|things| !things.is_empty());
    let (filled, empty): (Vec<_>, Vec<_>) = listed(condition).into_iter().partition(is_filled);
    let parts = [("есть", filled), ("нет", empty)];
    let told = parts.into_iter().filter(|(_, lists)| !lists.is_empty());
    let told = told.map(|(word, lists)| {
        let lists: Vec<String> = lists.iter().map(list_in_words).collect();
        format!("{word}: {}", lists.join(", "))
    });
    let told: Vec<String> = told.collect();
    (!told.is_empty()).then(|| format!("В программе {}", told.join("; ")))
}

/// The lists of the document that a condition asks for.
fn listed(condition: &Expr) -> Vec<Id> {
    let mut lists = Vec::new();
    condition.walk(&mut |inner| {
        if let ExprKind::Listed(list) = &inner.kind {
            lists.push(list.clone());
        }
    });
    lists
}

/// What proves it, and which deficits it concerns.
fn of_risk(view: &View<'_>, risk: &ChosenRisk) -> Vec<String> {
    let mut lines = support::basis(view, risk);
    let condition = view.model.risks.get(&risk.id).and_then(|declared| declared.condition.as_ref());
    lines.extend(
        condition
            .filter(|_| risk.state == Truth::Yes)
            .and_then(|condition| filled(view, condition)),
    );
    if lines.is_empty() {
        lines.push("Есть при любых значениях показателей".to_owned());
    }
    lines.extend(risk.deficits.iter().map(|id| answered(view, id)));
    lines
}

fn of_target(view: &View<'_>, target: &PlannedTarget) -> Vec<String> {
    let id = &target.indicator;
    let start = view.known(id, &target.baseline).unwrap_or_else(|| MISSING.to_owned());
    let mut lines = vec![format!("Исходное значение за {} год: {start}", target.baseline_year)];
    lines.extend(steps(view, target));
    lines.extend(askers(target).filter_map(|asker| asked_by(view, asker)));
    lines
}

/// What is to be reached, and by when; what waits for the start is named apart.
fn steps(view: &View<'_>, target: &PlannedTarget) -> Vec<String> {
    let (known, waiting): (Vec<&TargetAt>, Vec<&TargetAt>) =
        target.stated().partition(|at| at.value.is_some());
    let known = known.into_iter().map(|at| {
        let value = figures::figure(view, &target.indicator, at.value.as_ref());
        format!("{value} {}", figures::by_month(at.by))
    });
    let known: Vec<String> = known.collect();
    let waiting: Vec<String> = waiting.iter().map(|at| figures::by_month(at.by)).collect();
    let told = (!known.is_empty()).then(|| format!("Целевые значения: {}", known.join("; ")));
    let untold = (!waiting.is_empty()).then(|| {
        let terms = waiting.join(", ");
        format!("Целевое значение {terms} будет установлено, когда станет известно исходное")
    });
    told.into_iter().chain(untold).collect()
}

/// Who sets a target, each once.
fn askers(target: &PlannedTarget) -> impl Iterator<Item = &Id> {
    let unique: BTreeSet<&Id> = target.asked_by.iter().collect();
    unique.into_iter()
}

fn asked_by(view: &View<'_>, id: &Id) -> Option<String> {
    if let Some(goal) = view.model.goals.get(id) {
        return Some(format!("Цель: {}", goal.meta.title));
    }
    let activity = view.model.activities.get(id)?;
    Some(format!("Мероприятие: {}", activity.meta.title))
}
