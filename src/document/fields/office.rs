//! Columns of acts, requirements, those responsible and documents.

use super::{activities, stacked, support};
use crate::base::Id;
use crate::document::because;
use crate::document::requisites;
use crate::document::times::{self, NONE};
use crate::document::view::View;
use crate::plan::ChosenActivity;
use crate::russian;
use crate::text::MISSING;

pub(super) fn of_act(view: &View<'_>, id: &Id, field: &str) -> Option<String> {
    let act = view.model.acts.get(id)?;
    Some(match field {
        "реквизиты" => requisites::act_requisites(act),
        "уровень" => russian::capitalise(act.level.nominative()),
        "действие" => requisites::act_validity(act),
        _ => return None,
    })
}

pub(super) fn of_requirement(view: &View<'_>, id: &Id, field: &str) -> Option<String> {
    let requirement = view.model.requirements.get(id)?;
    Some(match field {
        "основание" => {
            let acts = requirement.acts.iter().filter_map(|act| view.model.acts.get(&act.id));
            let acts: Vec<String> = acts.map(requisites::act_in_full).collect();
            if acts.is_empty() {
                stacked(&because::origin(view, &requirement.meta))
            } else {
                acts.join("\n")
            }
        }
        _ => return None,
    })
}

pub(super) fn of_actor(view: &View<'_>, id: &Id, field: &str) -> Option<String> {
    Some(match field {
        "лицо" => match view.model.roles.contains_key(id) {
            true => view.person(id).unwrap_or(MISSING).to_owned(),
            false => NONE.to_owned(),
        },
        "мероприятия" => {
            let all = view.roadmap.iter().flat_map(|group| &group.activities);
            let own = all.filter(|activity| answers_for(view, &activity.id, id));
            let ids: Vec<Id> = own.map(|activity| activity.id.clone()).collect();
            support::numbers(view, &ids)
        }
        _ => return None,
    })
}

fn answers_for(view: &View<'_>, activity: &Id, actor: &Id) -> bool {
    let declared = view.model.activities.get(activity);
    declared.is_some_and(|declared| declared.responsible.iter().any(|r| r.id == *actor))
}

pub(super) fn of_paper(view: &View<'_>, chosen: &ChosenActivity, field: &str) -> Option<String> {
    let declared = view.model.activities.get(&chosen.id)?;
    Some(match field {
        "мероприятие" => declared.meta.title.clone(),
        "срок" => times::whole(declared.term.as_ref(), &chosen.occurrences, view.model),
        "ответственные" => activities::responsible(view, declared),
        _ => return None,
    })
}
