//! A block of clauses laid over an activity: what is said replaces, what is not said stays.

use crate::diag::Diagnostic;
use crate::model::codes;
use crate::model::declarations::{DocumentUse, Meta, Ref};
use crate::model::roadmap::*;

/// The block of an activity, read as one, and what it says at all.
#[derive(Clone, Debug)]
pub struct Patch {
    pub activity: RoadmapActivity,
    pub says: Vec<&'static str>,
    pub added: Vec<DocumentUse>,
    pub removed: Vec<Ref>,
}

impl Patch {
    pub(super) fn says(&self, keyword: &str) -> bool {
        self.says.contains(&keyword)
    }
}

/// Lays a patch over an activity, year by year.
pub(super) fn apply(activity: &mut RoadmapActivity, patch: &Patch) -> Vec<Diagnostic> {
    let mut faults = documents(activity, patch);
    common(activity, patch);
    for plan in &patch.activity.years {
        year(activity, plan, &patch.activity.absent, &mut faults);
    }
    faults
}

/// The same where years are given whole: those of the block are all that there are.
pub(super) fn apply_whole(activity: &mut RoadmapActivity, patch: &Patch) -> Vec<Diagnostic> {
    let faults = documents(activity, patch);
    common(activity, patch);
    if patch.says("в") {
        activity.years.clone_from(&patch.activity.years);
        activity.absent.retain(|what| !what.contains(' '));
        let of_years = patch.activity.absent.iter().filter(|what| what.contains(' '));
        activity.absent.extend(of_years.cloned());
    }
    faults
}

fn common(activity: &mut RoadmapActivity, patch: &Patch) {
    let new = &patch.activity;
    if patch.says("ответственные") {
        activity.responsible.clone_from(&new.responsible);
        named(activity, "ответственный");
    }
    if patch.says("контроль") {
        activity.controller.clone_from(&new.controller);
    }
    if patch.says("после") {
        activity.after.clone_from(&new.after);
    }
    if patch.says("двигает") {
        activity.moves.clone_from(&new.moves);
    }
    ownership(&mut activity.meta, patch);
    for what in new.absent.iter().filter(|what| !what.contains(' ')) {
        unnamed(activity, what);
    }
}

/// Whose words it is now, and what was mended of them.
pub(super) fn ownership(meta: &mut Meta, patch: &Patch) {
    let new = &patch.activity.meta;
    if patch.says("по источнику") || patch.says("по методисту") {
        meta.source.clone_from(&new.source);
        meta.methodist.clone_from(&new.methodist);
    }
    for mend in &new.mended {
        if !meta.mended.contains(mend) {
            meta.mended.push(mend.clone());
        }
    }
}

fn named(activity: &mut RoadmapActivity, what: &str) {
    activity.absent.retain(|absent| absent != what);
}

fn unnamed(activity: &mut RoadmapActivity, what: &str) {
    match what {
        "ответственный" => activity.responsible.clear(),
        "документ" => activity.documents.clear(),
        _ => {}
    }
    named(activity, what);
    activity.absent.push(what.to_owned());
}

fn documents(activity: &mut RoadmapActivity, patch: &Patch) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    if patch.says("документы") {
        activity.documents.clone_from(&patch.activity.documents);
    }
    for kind in &patch.removed {
        let before = activity.documents.len();
        activity.documents.retain(|used| used.kind.id != kind.id);
        if activity.documents.len() == before {
            let message = format!("убрать нечего: документа «{}» у мероприятия нет", kind.id);
            faults.push(
                Diagnostic::error(codes::ADAPTATION, kind.span, message)
                    .with_hint("назовите вид документа, который у мероприятия есть"),
            );
        }
    }
    activity.documents.extend(patch.added.iter().cloned());
    if !activity.documents.is_empty() {
        named(activity, "документ");
    }
    faults
}

// ------------------------------------------------------------ one year

fn year(
    activity: &mut RoadmapActivity,
    new: &YearPlan,
    absent: &[String],
    faults: &mut Vec<Diagnostic>,
) {
    let states = |what: &str| absent.iter().any(|said| *said == format!("{what} {}", new.year));
    let (no_term, no_result) = (states("срок"), states("результат"));
    if new.term.is_some() || new.results.iter().any(|result| result.term.is_some()) {
        named(activity, &format!("срок {}", new.year));
    }
    if !new.results.is_empty() {
        named(activity, &format!("результат {}", new.year));
    }
    for (stated, what) in [(no_term, "срок"), (no_result, "результат")] {
        if stated {
            unnamed(activity, &format!("{what} {}", new.year));
        }
    }
    match activity.years.iter_mut().find(|old| old.year == new.year) {
        Some(old) => change_year(old, new, no_term, no_result, faults),
        None => {
            activity.years.push(new.clone());
            activity.years.sort_by_key(|year| year.year);
        }
    }
}

fn change_year(
    old: &mut YearPlan,
    new: &YearPlan,
    no_term: bool,
    no_result: bool,
    faults: &mut Vec<Diagnostic>,
) {
    if no_term || new.term.is_some() {
        new_term(old, new, no_term, faults);
    }
    if no_result {
        old.results.clear();
    }
    old.mended.extend(new.mended.iter().cloned());
    if new.replaces || new.results.iter().any(|result| result.number.is_none()) {
        old.results = new.results.iter().map(|result| in_year(result, old)).collect();
        return;
    }
    for result in &new.results {
        match old.results.iter().position(|known| known.number == result.number) {
            Some(at) => {
                let result = in_year(result, old);
                if let Some(place) = old.results.get_mut(at) {
                    *place = result;
                }
            }
            None => faults.push(no_such_result(result, old)),
        }
    }
}

/// The term of the year, and of the results that had it from the year.
fn new_term(old: &mut YearPlan, new: &YearPlan, no_term: bool, faults: &mut Vec<Diagnostic>) {
    let before = std::mem::replace(&mut old.term, new.term.clone());
    let mut met = old.results.is_empty() || !new.results.is_empty();
    for result in old.results.iter_mut().filter(|r| no_term || r.term == before) {
        result.term.clone_from(&new.term);
        met = true;
    }
    if !met {
        let message = format!("срок {} года ничего не меняет", new.year);
        faults.push(
            Diagnostic::error(codes::ADAPTATION, new.span, message)
                .with_hint("у каждого результата здесь свой срок: повторите результат с новым"),
        );
    }
}

fn in_year(result: &PlannedResult, year: &YearPlan) -> PlannedResult {
    let term = result.term.clone().or_else(|| year.term.clone());
    PlannedResult { term, ..result.clone() }
}

fn no_such_result(result: &PlannedResult, year: &YearPlan) -> Diagnostic {
    let number = result.number.as_deref().unwrap_or_default();
    let known: Vec<&str> = year.results.iter().filter_map(|r| r.number.as_deref()).collect();
    let hint = match known.as_slice() {
        [] => "результаты этого года без номеров: напишите их без «№», все заново".to_owned(),
        known => format!(
            "есть результаты № {}; без «№» результаты года пишут заново",
            known.join(", № ")
        ),
    };
    let message = format!("результата № {number} в {} году нет", year.year);
    Diagnostic::error(codes::ADAPTATION, result.span, message).with_hint(hint)
}
