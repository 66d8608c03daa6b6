//! Targets that nothing in the programme reads.

use super::schedule::codes;
use super::{Choice, PlannedTarget};
use crate::base::Id;
use crate::diag::Diagnostic;
use crate::model::{Activity, Model};
use crate::russian::{DateStyle, date};

/// Warns of the last target of every indicator whose figure no chosen activity reads, because its
/// round falls outside the period. What no activity of the pack reads at all, the check of the pack
/// has told.
pub fn unread(model: &Model, choice: &Choice, targets: &[PlannedTarget]) -> Vec<Diagnostic> {
    targets.iter().filter_map(|target| fault(model, choice, target)).collect()
}

fn fault(model: &Model, choice: &Choice, target: &PlannedTarget) -> Option<Diagnostic> {
    let last = *choice.period.school_years().last()?;
    let at = target.targets.last()?;
    let indicator = &target.indicator;
    let chosen = choice.activities.iter().filter_map(|chosen| {
        let activity = model.activities.get(&chosen.id)?;
        activity.reads(indicator).then_some((chosen, activity))
    });
    let rounds: Vec<_> = chosen.collect();
    let is_read = rounds.iter().any(|(chosen, activity)| {
        activity.reads_in(indicator, (at.year, last), &chosen.occurrences, model)
    });
    if is_read || !is_read_by_pack(model, indicator) {
        return None;
    }
    let title = model.indicators.get(indicator).map(|it| it.meta.title.as_str());
    let message = format!(
        "целевое значение «{}» к {} некому сверить: в программе, которая кончается {}, нет мероприятия, которое его измерит",
        title.unwrap_or(indicator.as_str()),
        date(at.by, DateStyle::Short),
        date(choice.period.to, DateStyle::Short)
    );
    let place = rounds.first().map(|(_, activity): &(_, &Activity)| activity.meta.span);
    let place = place.or_else(|| model.indicators.get(indicator).map(|it| it.meta.span))?;
    Some(Diagnostic::warning(codes::NO_ROUND, place, message).with_hint(
        "продлите программу в разделе [period] или включите мероприятие мониторинга со сроком «сентябрь, после окончания программы»",
    ))
}

fn is_read_by_pack(model: &Model, indicator: &Id) -> bool {
    model.activities.values().any(|activity| activity.reads(indicator))
}
