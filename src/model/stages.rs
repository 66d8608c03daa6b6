//! What the period of a programme is divided into.

use super::StageSpec;
use crate::base::Id;
use crate::calendar::{Calendar, Date, Period};

/// A stage with its first and last day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedStage {
    pub id: Id,
    pub period: Period,
}

/// The stages over a period, one behind another: those that say how long they last are laid from
/// the two ends, the open one takes what is left. `None` where nothing is left for it, or where
/// not just one is open.
pub fn stages_over(
    stages: &[StageSpec],
    period: &Period,
    calendar: &Calendar,
) -> Option<Vec<PlannedStage>> {
    if stages.iter().any(|stage| stage.term.is_some()) {
        return stages.iter().map(|stage| on_its_days(stage, period, calendar)).collect();
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
fn on_its_days(stage: &StageSpec, period: &Period, calendar: &Calendar) -> Option<PlannedStage> {
    let times = stage.term.as_ref()?.occurrences(period, calendar);
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
    use crate::diag::SourceMap;
    use crate::model::{NoPacks, PackFiles, load};

    /// The stages that a programme declares with these lengths in months; 0 is the open one.
    fn laid(months: &[u32], to: Date) -> Option<Vec<(String, Date, Date)>> {
        let mut text =
            "пакет проба «П»\n  редакция 1\nпрограмма школы п «П»\n  тип «ШППКО»\n".to_owned();
        for (at, months) in months.iter().enumerate() {
            text.push_str(&format!("  этап э{at} «Э»\n"));
            if *months > 0 {
                text.push_str(&format!("    длится {months} месяцев\n"));
            }
        }
        let files = PackFiles {
            origin: "память".to_owned(),
            files: vec![("п.pko".to_owned(), text)],
        };
        let model = load(files, &NoPacks, &mut SourceMap::default(), &mut Vec::new());
        let kind = model.programmes.values().next().expect("the programme");
        assert_eq!(kind.stages.len(), months.len());
        let period = Period { from: date(2026, 9, 1), to };
        let days = |it: PlannedStage| (it.id.to_string(), it.period.from, it.period.to);
        Some(stages_over(&kind.stages, &period, model.calendar())?.into_iter().map(days).collect())
    }

    #[test]
    fn the_open_stage_takes_what_the_others_leave() {
        let expected = [
            ("э0".to_owned(), date(2026, 9, 1), date(2026, 10, 31)),
            ("э1".to_owned(), date(2026, 11, 1), date(2029, 5, 31)),
            ("э2".to_owned(), date(2029, 6, 1), date(2029, 8, 31)),
        ];
        assert_eq!(laid(&[2, 0, 3], date(2029, 8, 31)), Some(expected.to_vec()));
    }

    #[test]
    fn stages_that_do_not_fit_are_not_laid() {
        assert_eq!(laid(&[2, 0, 3], date(2027, 1, 31)), None);
        assert_eq!(laid(&[2], date(2029, 8, 31)), None);
        assert_eq!(laid(&[0, 0], date(2029, 8, 31)), None);
        assert_eq!(laid(&[], date(2029, 8, 31)), None);
    }
}
