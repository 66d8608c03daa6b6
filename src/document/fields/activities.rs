//! Columns of activities.

use super::stacked;
use crate::base::Id;
use crate::document::groups;
use crate::document::things::Thing;
use crate::document::times::{self, NONE};
use crate::document::view::View;
use crate::model::Activity;
use crate::plan::{Answer, ChosenActivity};
use crate::text::MISSING;

pub(super) fn text(view: &View<'_>, chosen: &ChosenActivity, field: &str) -> Option<String> {
    let declared = view.model.activities.get(&chosen.id)?;
    Some(match field {
        "результат" => result(declared),
        "срок" => times::whole(declared.term.as_ref(), &chosen.occurrences, view.model),
        "срок_1" => term_in(view, declared, chosen, 0),
        "срок_2" => term_in(view, declared, chosen, 1),
        "срок_3" => term_in(view, declared, chosen, 2),
        "ответственные" => responsible(view, declared),
        "контроль" => {
            let controller = declared.controller.as_ref();
            controller.map_or_else(|| NONE.to_owned(), |actor| view.actor_title(&actor.id))
        }
        "документы" => {
            let papers = view.papers(chosen).into_iter().map(|(_, title)| title);
            stacked(&papers.collect::<Vec<_>>())
        }
        "показатели" => {
            let moved = declared.moves.iter().map(|moved| view.indicator_short(&moved.id));
            stacked(&moved.collect::<Vec<_>>())
        }
        "основание" => stacked(&basis(view, chosen)),
        "ресурсы" => {
            let all = view.choice.resources.iter();
            let own = all.filter(|resource| resource.activities.contains(&chosen.id));
            stacked(&own.map(|resource| view.title(Thing::Resource(resource))).collect::<Vec<_>>())
        }
        "зона" => match groups::zone(view, chosen) {
            Some(zone) => view.zone_title(&zone),
            None => NONE.to_owned(),
        },
        _ => return None,
    })
}

/// A result that nobody named is unknown only where no document stands for it.
fn result(activity: &Activity) -> String {
    match (activity.results.is_empty(), activity.documents.is_empty()) {
        (false, _) => activity.results.join("\n"),
        (true, false) => NONE.to_owned(),
        (true, true) => MISSING.to_owned(),
    }
}

fn term_in(view: &View<'_>, declared: &Activity, chosen: &ChosenActivity, at: usize) -> String {
    let years = view.school_years();
    match years.get(at) {
        None => NONE.to_owned(),
        Some(year) => {
            let term = declared.term.as_ref();
            times::in_year(term, &chosen.occurrences, &years, *year, view.model)
        }
    }
}

pub(super) fn responsible(view: &View<'_>, activity: &Activity) -> String {
    if activity.responsible.is_empty() {
        return MISSING.to_owned();
    }
    let actors: Vec<String> =
        activity.responsible.iter().map(|actor| view.actor_title(&actor.id)).collect();
    actors.join("\n")
}

/// What an activity answers, one thing a line.
pub(super) fn basis(view: &View<'_>, chosen: &ChosenActivity) -> Vec<String> {
    let title_of_requirement = |id: &Id| {
        let requirement = view.model.requirements.get(id);
        requirement.map_or_else(|| id.to_string(), |r| r.meta.title.clone())
    };
    let line = |answer: &Answer| match answer {
        Answer::Deficit(id) => format!("Дефицит: {}", view.deficit_title(id)),
        Answer::Requirement(id) => format!("Требование: {}", title_of_requirement(id)),
        Answer::Prerequisite(id) => format!("Нужно для мероприятия: {}", view.activity_title(id)),
        Answer::Team(reason) => format!("Решение команды: {reason}"),
    };
    chosen.answers.iter().map(line).collect()
}
