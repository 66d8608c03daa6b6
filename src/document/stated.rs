//! The structural side of what a programme states itself.

use super::because;
use super::roadmap::mended;
use super::structure::{kind_word, stage};
use super::things::Thing;
use super::types::{ExpectedResult, Figure, Goal, Indicator, Participant, Programme, Target, Task};
use super::view::View;
use crate::eval::print_number;
use crate::model::{self, Quantity, Stated};
use crate::russian::typographic;

/// Beside what is derived, or in its place where nothing is.
pub(super) fn fill(view: &View<'_>, programme: &mut Programme) {
    let statement = &view.kind.statement;
    if programme.goal.is_none() {
        programme.goal = goal(view, &statement.goals);
    }
    programme.tasks.extend(statement.tasks.iter().map(|stated| Task {
        id: stated.id.to_string(),
        number: stated.meta.number.clone().unwrap_or_default(),
        text: typographic(&stated.meta.title),
        mended: mended(&stated.meta.mended),
        because: because::of(view, Thing::Stated(stated)),
        ..Task::default()
    }));
    programme.expected_results.extend(statement.results.iter().map(|stated| ExpectedResult {
        id: stated.id.to_string(),
        number: stated.meta.number.clone().unwrap_or_default(),
        text: typographic(&stated.meta.title),
        indicators: stated.indicators.iter().map(|measure| measure.id.to_string()).collect(),
        mended: mended(&stated.meta.mended),
        because: because::of(view, Thing::Stated(stated)),
    }));
    programme.participants.extend(statement.participants.iter().map(|it| Participant {
        body: typographic(&view.bodies_of(it)),
        duties: it.duties.iter().map(|duty| typographic(duty)).collect(),
        results: it.outcomes.iter().map(|outcome| typographic(outcome)).collect(),
        mended: mended(&it.meta.mended),
    }));
    let named = statement.indicators.iter().filter_map(|named| {
        let declared = view.indicator(&named.id)?;
        Some(indicator(view, named, declared))
    });
    programme.indicators.extend(named);
    if programme.stages.is_empty() {
        programme.stages = view.choice.stages.iter().map(|it| stage(view, it)).collect();
    }
}

/// One goal with its words; several are told together.
fn goal(view: &View<'_>, goals: &[Stated]) -> Option<Goal> {
    let ids: Vec<&str> = goals.iter().map(|goal| goal.id.as_str()).collect();
    let texts: Vec<String> = goals.iter().map(|goal| typographic(&goal.meta.title)).collect();
    let reasons = goals.iter().flat_map(|goal| because::of(view, Thing::Stated(goal)));
    (!goals.is_empty()).then(|| Goal {
        id: ids.join(" "),
        text: texts.join("; "),
        mended: mended(goals.iter().flat_map(|goal| &goal.meta.mended)),
        because: because::once(reasons.collect()),
    })
}

/// An indicator with the facts and plans that its declaration gives.
fn indicator(view: &View<'_>, named: &model::Ref, declared: &model::Indicator) -> Indicator {
    let print = |quantity: &Quantity| print_number(&quantity.number, &quantity.unit, view.model);
    let facts: Vec<Figure> = declared
        .facts
        .iter()
        .map(|(year, value)| Figure { value: print(value), at: year.to_string(), n: None })
        .collect();
    let plans = declared.plans.iter();
    Indicator {
        id: named.id.to_string(),
        title: typographic(&declared.meta.title),
        level: declared.level.nominative().to_owned(),
        kind: kind_word(&declared.kind).to_owned(),
        unit: view.unit_sign(&named.id),
        baseline: facts.last().cloned(),
        targets: plans
            .map(|(year, value)| Target { value: print(value), by: year.to_string() })
            .collect(),
        facts,
        source: view.supplier(&named.id).unwrap_or_default(),
        because: because::of(view, Thing::Indicator(&named.id)),
    }
}
