//! Columns of resources, their sums, and risks.

use indexmap::IndexMap;

use super::{figures, stacked};
use crate::base::Id;
use crate::document::amounts::{amount_in_words, sum_in_words};
use crate::document::because;
use crate::document::times::NONE;
use crate::document::view::View;
use crate::eval::{Key, Proof, ProofKind, Truth};
use crate::plan::{ChosenResource, ChosenRisk, ResourceTotal, Sum};
use crate::russian;
use crate::text::MISSING;

pub(super) fn of_resource(view: &View<'_>, chosen: &ChosenResource, field: &str) -> Option<String> {
    let declared = view.model.resources.get(&chosen.id)?;
    Some(match field {
        "вид" => declared
            .kind
            .map_or_else(|| MISSING.to_owned(), |kind| russian::capitalise(kind.russian())),
        "количество" => declared
            .amount
            .as_ref()
            .map_or_else(|| MISSING.to_owned(), |amount| amount_in_words(amount, view.model)),
        "за_счёт" | "за_счет" => match (&declared.paid_by, declared.costs_nothing) {
            (Some(payer), _) => format!("За счёт {payer}"),
            (None, true) => "Без дополнительного финансирования".to_owned(),
            (None, false) => MISSING.to_owned(),
        },
        "мероприятия" => numbers(view, &chosen.activities),
        _ => return None,
    })
}

/// The numbers under which the roadmap has the activities, each once.
pub(in crate::document) fn numbers(view: &View<'_>, activities: &[Id]) -> String {
    let mut known: Vec<usize> = activities.iter().filter_map(|id| view.number(id)).collect();
    known.sort_unstable();
    known.dedup();
    if known.is_empty() { NONE.to_owned() } else { in_runs(&known) }
}

/// «1, 3–6»: what follows each other is told by its ends.
pub(in crate::document) fn in_runs(numbers: &[usize]) -> String {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for number in numbers.iter().copied() {
        match runs.last_mut().filter(|(_, last)| *last + 1 == number) {
            Some((_, last)) => *last = number,
            None => runs.push((number, number)),
        }
    }
    let told = runs.iter().map(|(first, last)| match last - first {
        0 => first.to_string(),
        1 => format!("{first}, {last}"),
        _ => format!("{first}–{last}"),
    });
    told.collect::<Vec<_>>().join(", ")
}

// ------------------------------------------------------------ sums

pub(super) fn of_total(view: &View<'_>, total: &ResourceTotal, field: &str) -> Option<String> {
    let told = |sum: &Sum| sum_in_words(sum, &total.unit, view.model);
    let nth = |at: usize| total.years.get(at).map_or_else(|| NONE.to_owned(), told);
    Some(match field {
        "год_1" => nth(0),
        "год_2" => nth(1),
        "год_3" => nth(2),
        "всего" => told(&total.whole()),
        "без_количества" => {
            let unknown = total.whole().unknown;
            let known = unknown.iter().filter_map(|id| view.model.resources.get(id));
            stacked(&known.map(|resource| resource.meta.title.clone()).collect::<Vec<_>>())
        }
        _ => return None,
    })
}

/// The kind; where a kind is counted in several units, the unit as well.
pub(in crate::document) fn total_title(view: &View<'_>, total: &ResourceTotal) -> String {
    let kind = russian::capitalise(total.kind.map_or("деньги", |kind| kind.russian()));
    let is_alone = view.choice.totals.iter().filter(|it| it.kind == total.kind).count() == 1;
    let unit = view.model.units.get(&total.unit);
    let unit = unit.and_then(|unit| unit.forms.last());
    match unit.filter(|_| !is_alone) {
        Some(many) => format!("{kind}, {many}"),
        None => kind,
    }
}

// ------------------------------------------------------------ risks

pub(super) fn of_risk(view: &View<'_>, chosen: &ChosenRisk, field: &str) -> Option<String> {
    let declared = view.model.risks.get(&chosen.id)?;
    let grade = |word: Option<&str>| word.unwrap_or(MISSING).to_owned();
    Some(match field {
        "вероятность" => grade(declared.likelihood.map(|grade| grade.feminine())),
        "влияние" => grade(declared.impact.map(|grade| grade.neuter())),
        "мера" => stacked(&declared.measures),
        "ответственные" => {
            let actors = declared.responsible.iter().map(|actor| view.actor_title(&actor.id));
            stacked(&actors.collect::<Vec<_>>())
        }
        "основание" => stacked(&basis(view, chosen)),
        "мероприятия" => numbers(view, &chosen.activities),
        "дефициты" => {
            let titles = chosen.deficits.iter().map(|id| view.deficit_title(id));
            stacked(&titles.collect::<Vec<_>>())
        }
        _ => return None,
    })
}

/// What proves a risk and the figures behind it; of one that is open what is missing; nothing of
/// one that is always there.
pub(in crate::document) fn basis(view: &View<'_>, chosen: &ChosenRisk) -> Vec<String> {
    if chosen.state == Truth::Unknown {
        let mut lines = vec![format!("{}, чтобы судить", russian::capitalise(MISSING))];
        lines.extend(missing(view, chosen.needs.iter()));
        return lines;
    }
    let Some(declared) = view.model.risks.get(&chosen.id) else { return Vec::new() };
    match &declared.condition {
        Some(condition) => {
            let judged = view.evaluator.judge(condition, &view.evaluator.own());
            let mut lines = because::deciding(&judged.proofs);
            let whole = Proof::new(ProofKind::Rule, "").with(judged.proofs);
            for figure in because::figures(view, &because::of_proof(&whole)) {
                if !lines.contains(&figure) {
                    lines.push(figure);
                }
            }
            lines
        }
        None => Vec::new(),
    }
}

/// What keeps a risk open, in a line; empty where the data decide.
pub(in crate::document) fn missing_of_risk(view: &View<'_>, chosen: &ChosenRisk) -> String {
    match chosen.state {
        Truth::Unknown => basis(view, chosen).join(". "),
        _ => String::new(),
    }
}

/// «Не хватает: Экзамен: школа — 2026», indicator by indicator.
pub(super) fn missing<'k>(view: &View<'_>, keys: impl Iterator<Item = &'k Key>) -> Vec<String> {
    let mut missing: IndexMap<&Id, Vec<&Key>> = IndexMap::new();
    for key in keys {
        missing.entry(&key.indicator).or_default().push(key);
    }
    let line = |(id, keys): (&Id, Vec<&Key>)| {
        let gaps = figures::gaps(view, keys.into_iter());
        let told: Vec<String> =
            gaps.into_iter().map(|gap| format!("{} — {}", gap.whose, gap.years)).collect();
        format!("Не хватает: {}: {}", view.indicator_short(id), told.join("; "))
    };
    missing.into_iter().map(line).collect()
}
