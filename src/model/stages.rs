//! What the period of a programme is divided into.

use super::StageSpec;
use crate::base::Id;
use crate::calendar::{Date, Period};

/// A stage with its first and last day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedStage {
    pub id: Id,
    pub period: Period,
}

/// The stages over a period, one behind another: those that say how long they last are laid from
/// the two ends, the open one takes what is left. `None` where nothing is left for it, or where
/// not just one is open.
pub fn stages_over(stages: &[StageSpec], period: &Period) -> Option<Vec<PlannedStage>> {
    if stages.iter().any(|stage| stage.term.is_some()) {
        return stages.iter().map(|stage| on_its_days(stage, period)).collect();
    }
    let open = stages.iter().position(|stage| stage.lasts.is_none())?;
    let (before, rest) = stages.split_at(open);
    let after = rest.get(1..)?;
    let (mut from, mut to) = (period.from, period.to);
    let mut first = Vec::new();
    for stage in before {
        let end = stage.lasts?.end(from)?;
        first.push(planned(stage, from, end));
        from = end.tomorrow().ok()?;
    }
    let mut last = Vec::new();
    for stage in after.iter().rev() {
        let start = stage.lasts?.start(to)?;
        last.push(planned(stage, start, to));
        to = start.yesterday().ok()?;
    }
    let middle = rest.first().filter(|_| from <= to).map(|stage| planned(stage, from, to))?;
    first.push(middle);
    first.extend(last.into_iter().rev());
    Some(first)
}

/// A stage that says its days itself.
fn on_its_days(stage: &StageSpec, period: &Period) -> Option<PlannedStage> {
    let times = stage.term.as_ref()?.occurrences(period);
    let (first, last) = (times.first()?, times.last()?);
    Some(planned(stage, first.from, last.to))
}

fn planned(stage: &StageSpec, from: Date, to: Date) -> PlannedStage {
    PlannedStage { id: stage.id.clone(), period: Period { from, to } }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::base::{FileId, Span};
    use crate::calendar::{Duration, DurationUnit};

    fn stage(id: &str, months: Option<u32>) -> StageSpec {
        StageSpec {
            id: Id::new(id),
            title: id.to_owned(),
            term: None,
            mended: Vec::new(),
            lasts: months.map(|number| Duration { number, unit: DurationUnit::Months }),
            content: Vec::new(),
            span: Span::new(FileId(0), 0, 0),
        }
    }

    fn laid(stages: &[StageSpec], to: Date) -> Option<Vec<(String, Date, Date)>> {
        let period = Period { from: date(2026, 9, 1), to };
        let days = |it: PlannedStage| (it.id.to_string(), it.period.from, it.period.to);
        Some(stages_over(stages, &period)?.into_iter().map(days).collect())
    }

    #[test]
    fn the_open_stage_takes_what_the_others_leave() {
        let stages = [stage("а", Some(2)), stage("б", None), stage("в", Some(3))];
        let expected = [
            ("а".to_owned(), date(2026, 9, 1), date(2026, 10, 31)),
            ("б".to_owned(), date(2026, 11, 1), date(2029, 5, 31)),
            ("в".to_owned(), date(2029, 6, 1), date(2029, 8, 31)),
        ];
        assert_eq!(laid(&stages, date(2029, 8, 31)), Some(expected.to_vec()));
    }

    #[test]
    fn stages_that_do_not_fit_are_not_laid() {
        let stages = [stage("а", Some(2)), stage("б", None), stage("в", Some(3))];
        assert_eq!(laid(&stages, date(2027, 1, 31)), None);
        assert_eq!(laid(&[stage("а", Some(2))], date(2029, 8, 31)), None);
        assert_eq!(laid(&[stage("а", None), stage("б", None)], date(2029, 8, 31)), None);
        assert_eq!(laid(&[], date(2029, 8, 31)), None);
    }
}
