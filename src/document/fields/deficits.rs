//! Columns of deficits.

use super::{stacked, support};
use crate::base::Id;
use crate::document::because;
use crate::document::rows::of_deficit;
use crate::document::things::Thing;
use crate::document::times::NONE;
use crate::document::view::View;
use crate::eval::{DeficitFinding, SMALL_GROUP, Truth};
use crate::plan::Answer;
use crate::russian;
use crate::text::MISSING;

pub(super) fn text(view: &View<'_>, id: &Id, field: &str) -> Option<String> {
    let deficit = view.model.deficits.get(id);
    Some(match field {
        "вес" => {
            let weight = view.finding(id).and_then(|finding| finding.weight.as_ref());
            weight.map_or_else(|| MISSING.to_owned(), |w| w.to_russian(russian::PLACES))
        }
        "зона" => {
            let zone = deficit.and_then(|deficit| deficit.zone.as_ref());
            zone.map_or_else(|| MISSING.to_owned(), |zone| view.zone_title(&zone.id))
        }
        "обоснование" => grounds(view, id),
        "решение" => {
            view.finding(id).and_then(because::team_word).unwrap_or_else(|| NONE.to_owned())
        }
        "отложен" => {
            let mut postponed = view.choice.postponed.iter();
            let reason = postponed.find(|(postponed, _)| postponed == id).map(|(_, why)| why);
            reason.map_or_else(|| NONE.to_owned(), |why| crate::russian::capitalise(why))
        }
        "мероприятия" => support::numbers(view, &activities(view, id)),
        "причины" | "показатели" | "задачи" => {
            stacked(&linked(view, id, field)?)
        }
        _ => return None,
    })
}

pub(super) fn linked(view: &View<'_>, id: &Id, field: &str) -> Option<Vec<String>> {
    Some(match field {
        "причины" => {
            let causes = view.model.deficits.get(id).map_or(&[] as &[_], |d| d.causes.as_slice());
            let open = causes.iter().filter(|cause| !is_refuted(view, &cause.id));
            let titles = open.filter_map(|cause| view.model.causes.get(&cause.id));
            titles.map(|cause| cause.meta.title.clone()).collect()
        }
        "задачи" => {
            let own = view.choice.tasks.iter().filter(|task| task.deficits.contains(id));
            own.map(|task| view.title(Thing::Task(task))).collect()
        }
        "показатели" => {
            of_deficit(view, id).into_iter().map(|id| view.indicator_short(id)).collect()
        }
        _ => return None,
    })
}

/// Those that answer the deficit or one of its tasks.
fn activities(view: &View<'_>, id: &Id) -> Vec<Id> {
    let tasks = view.choice.tasks.iter().filter(|task| task.deficits.contains(id));
    let tasks: Vec<&Id> = tasks.map(|task| &task.id).collect();
    let all = view.roadmap.iter().flat_map(|group| &group.activities);
    let own = all.filter(|chosen| {
        let answers = chosen.answers.contains(&Answer::Deficit(id.clone()));
        answers || chosen.tasks.iter().any(|task| tasks.contains(&task))
    });
    own.map(|chosen| chosen.id.clone()).collect()
}

fn is_refuted(view: &View<'_>, cause: &Id) -> bool {
    view.cause(cause).is_some_and(|finding| finding.state == Truth::No)
}

/// What proves it; for an undecided one what is known, and what is not there; for one that is put
/// off the reason as well.
fn grounds(view: &View<'_>, id: &Id) -> String {
    let Some(finding) = view.finding(id) else { return MISSING.to_owned() };
    let mut lines: Vec<String> = because::team_word(finding).into_iter().collect();
    match finding.state {
        Truth::Unknown => lines.extend(undecided(view, finding)),
        // What the data refute has no grounds in them.
        Truth::No | Truth::Inapplicable if !lines.is_empty() => {}
        _ => lines.extend(because::grounds(&finding.proof)),
    }
    let postponed = view.choice.postponed.iter().find(|(postponed, _)| postponed == id);
    if finding.is_small_group() && finding.state == Truth::Yes && postponed.is_none() {
        lines.push(format!("Группа меньше {SMALL_GROUP} человек, вывод предварительный"));
    }
    lines.extend(postponed.map(|(_, reason)| format!("Отложен: {reason}")));
    if lines.is_empty() { MISSING.to_owned() } else { lines.join("\n") }
}

/// What is known, and what is not there, indicator by indicator.
fn undecided(view: &View<'_>, finding: &DeficitFinding) -> Vec<String> {
    let mut lines = because::figures(view, &because::of_proof(&finding.proof));
    lines.extend(support::missing(view, finding.needs.iter()));
    lines
}
