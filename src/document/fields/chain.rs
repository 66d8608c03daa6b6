//! Columns of causes, goals, tasks and zones.

use super::stacked;
use crate::base::Id;
use crate::document::groups::{self, task_zone};
use crate::document::view::View;
use crate::eval::Truth;
use crate::plan::ChosenTask;
use crate::text::MISSING;

const CONFIRMED: &str = "подтверждена";
const REFUTED: &str = "опровергнута";

fn titles<'i>(ids: impl IntoIterator<Item = &'i Id>, title: impl Fn(&Id) -> String) -> Vec<String> {
    ids.into_iter().map(title).collect()
}

fn zone_or_missing(view: &View<'_>, zone: Option<&Id>) -> String {
    zone.map_or_else(|| MISSING.to_owned(), |zone| view.zone_title(zone))
}

// ------------------------------------------------------------ causes

pub(super) fn of_cause(view: &View<'_>, id: &Id, field: &str) -> Option<String> {
    Some(match field {
        "состояние" => match view.facts.decisions.causes.get(id) {
            Some(decision) => decision.sentence(CONFIRMED, REFUTED),
            None => match view.cause(id).map(|finding| finding.state) {
                Some(Truth::Yes) => CONFIRMED.to_owned(),
                Some(Truth::No) => REFUTED.to_owned(),
                _ => "возможна".to_owned(),
            },
        },
        "вопрос" => stacked(&questions(view, id)),
        "зона" => {
            let zone = view.model.causes.get(id).and_then(|cause| cause.zone.as_ref());
            zone_or_missing(view, zone.map(|zone| &zone.id))
        }
        _ => stacked(&cause_links(view, id, field)?),
    })
}

fn questions(view: &View<'_>, cause: &Id) -> Vec<String> {
    let asks = view.model.questions.values().filter(|question| {
        let mut links = question.yes_confirms.iter().chain(&question.no_confirms);
        links.any(|link| link.id == *cause)
    });
    asks.map(|question| question.meta.title.clone()).collect()
}

pub(super) fn cause_links(view: &View<'_>, id: &Id, field: &str) -> Option<Vec<String>> {
    if field != "дефициты" {
        return None;
    }
    let explains = |deficit: &&Id| {
        let deficit = view.model.deficits.get(*deficit);
        deficit.is_some_and(|deficit| deficit.causes.iter().any(|cause| cause.id == *id))
    };
    let explained = view.worked_on().into_iter().filter(explains);
    Some(titles(explained, |deficit| view.deficit_title(deficit)))
}

// ------------------------------------------------------------ goals and tasks

pub(super) fn of_goal(view: &View<'_>, id: &Id, field: &str) -> Option<String> {
    Some(stacked(&goal_links(view, id, field)?))
}

pub(super) fn goal_links(view: &View<'_>, id: &Id, field: &str) -> Option<Vec<String>> {
    Some(match field {
        "задачи" => {
            let declared = view.choice.tasks.iter().filter_map(|t| view.model.tasks.get(&t.id));
            let own = declared.filter(|task| task.goal.as_ref().is_some_and(|goal| goal.id == *id));
            own.map(|task| task.meta.title.clone()).collect()
        }
        "показатели" => {
            let own = view.targets.iter().filter(|target| target.asked_by.contains(id));
            own.map(|target| view.indicator_short(&target.indicator)).collect()
        }
        _ => return None,
    })
}

pub(super) fn of_task(view: &View<'_>, task: &ChosenTask, field: &str) -> Option<String> {
    Some(match field {
        "зона" => zone_or_missing(view, task_zone(view, &task.id).as_ref()),
        "цель" => {
            let goal = view.model.tasks.get(&task.id).and_then(|task| task.goal.as_ref());
            let goal = goal.and_then(|goal| view.model.goals.get(&goal.id));
            goal.map_or_else(|| MISSING.to_owned(), |goal| goal.meta.title.clone())
        }
        _ => stacked(&task_links(view, task, field)?),
    })
}

pub(super) fn task_links(view: &View<'_>, task: &ChosenTask, field: &str) -> Option<Vec<String>> {
    Some(match field {
        "дефициты" => titles(&task.deficits, |id| view.deficit_title(id)),
        "мероприятия" => {
            let all = view.roadmap.iter().flat_map(|group| &group.activities);
            let own = all.filter(|activity| activity.tasks.contains(&task.id));
            own.map(|activity| view.activity_title(&activity.id)).collect()
        }
        _ => return None,
    })
}

// ------------------------------------------------------------ zones

pub(super) fn of_zone(view: &View<'_>, id: &Id, field: &str) -> Option<String> {
    Some(stacked(&zone_links(view, id, field)?))
}

pub(super) fn zone_links(view: &View<'_>, id: &Id, field: &str) -> Option<Vec<String>> {
    Some(match field {
        "задачи" => {
            let tasks = view.choice.tasks.iter();
            let own = tasks.filter(|task| task_zone(view, &task.id).as_ref() == Some(id));
            let declared = own.filter_map(|task| view.model.tasks.get(&task.id));
            declared.map(|task| task.meta.title.clone()).collect()
        }
        "мероприятия" => {
            let all = view.roadmap.iter().flat_map(|group| &group.activities);
            let own = all.filter(|activity| groups::zone(view, activity).as_ref() == Some(id));
            own.map(|activity| view.activity_title(&activity.id)).collect()
        }
        _ => return None,
    })
}
