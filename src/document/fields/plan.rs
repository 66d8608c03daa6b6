//! Columns of what a programme stands on and is divided into: aims of the levels, stages.

use super::support;
use crate::base::Id;
use crate::document::aims::Aim;
use crate::document::view::View;
use crate::model::{Participant, PlannedStage, Ref, Stated};
use crate::russian::{self, DateStyle};
use crate::text::MISSING;

pub(super) fn of_aim(aim: &Aim<'_>, field: &str) -> Option<String> {
    Some(match field {
        "уровень" => russian::capitalise(aim.level.nominative()),
        "откуда" => {
            Some(aim.stands_in()).filter(|it| !it.is_empty()).unwrap_or(MISSING.to_owned())
        }
        _ => return None,
    })
}

pub(super) fn of_stage(view: &View<'_>, stage: &PlannedStage, field: &str) -> Option<String> {
    Some(match field {
        "срок" => {
            let day = |day| russian::date(day, DateStyle::Full);
            format!("с {} по {}", day(stage.period.from), day(stage.period.to))
        }
        "содержание" => view.stage_content(&stage.id),
        "мероприятия" => support::numbers(view, &within(view, stage)),
        _ => return None,
    })
}

pub(super) fn of_stated(view: &View<'_>, stated: &Stated, field: &str) -> Option<String> {
    let short = |measure: &Ref| view.indicator_short(&measure.id);
    (field == "показатели")
        .then(|| super::stacked(&stated.indicators.iter().map(short).collect::<Vec<_>>()))
}

pub(super) fn of_participant(participant: &Participant, field: &str) -> Option<String> {
    Some(match field {
        "обязанности" => super::stacked(&participant.duties),
        "итоги" => super::stacked(&participant.outcomes),
        _ => return None,
    })
}

/// The activities of which a time is planned to begin within the stage.
fn within(view: &View<'_>, stage: &PlannedStage) -> Vec<Id> {
    let begins = |id: &Id| {
        let slots = view.choice.schedule.of(id);
        slots.iter().any(|slot| stage.period.from <= slot.from && slot.from <= stage.period.to)
    };
    let all = view.roadmap.iter().flat_map(|group| &group.activities);
    all.map(|chosen| chosen.id.clone()).filter(begins).collect()
}
