//! A plan speaks of its years: what stands under a year happens in that year, and every year is one
//! of the plan. A date of another year is a slip of the source, and a mend says so.

use std::collections::BTreeSet;

use super::{CheckSpec, Pass};
use crate::base::{Id, Span};
use crate::calendar::{Term, TermWhen, Window};
use crate::diag::Code;
use crate::model::{PlannedResult, Roadmap, RoadmapActivity, YearPlan};

pub(super) const SPEC: CheckSpec =
    CheckSpec {
        code: Code(46), summary: "Дата в дорожной карте не того года", run
    };

fn run(pass: &mut Pass<'_>) {
    // What an adapted plan took over was told of where it was taken from.
    let mut seen = BTreeSet::new();
    // Verbs that could not be read may have moved the years.
    for (id, plan) in pass.model.roadmaps.iter().filter(|(_, plan)| !plan.is_broken()) {
        for activity in plan.activities() {
            for year in &activity.years {
                outside_of_plan(pass, (id, plan), activity, year);
                dates(pass, activity, year, &mut seen);
            }
        }
    }
}

fn outside_of_plan(
    pass: &mut Pass<'_>,
    (id, plan): (&Id, &Roadmap),
    activity: &RoadmapActivity,
    year: &YearPlan,
) {
    let (first, last) = plan.years;
    if (first..=last).contains(&year.year) {
        return;
    }
    let message = format!("«{}»: {} года нет в карте «{id}»", activity.id, year.year);
    let finding = pass
        .error(year.span, message)
        .with_label(plan.meta.span, format!("годы этой карты: {first}–{last}"))
        .with_hint("поправьте год, строку «годы» или «сдвинуть на …»");
    pass.report(finding);
}

fn dates(
    pass: &mut Pass<'_>,
    activity: &RoadmapActivity,
    year: &YearPlan,
    seen: &mut BTreeSet<Span>,
) {
    let of_year = year.term.as_ref();
    let mut wrong: Vec<(Span, i32)> = Vec::new();
    let unexplained = of_year.filter(|_| year.explained.is_none());
    wrong.extend(unexplained.and_then(|term| Some((year.span, other_year(term, year.year)?))));
    for result in &year.results {
        if let Some(other) = own_term(result, year).and_then(|term| other_year(term, year.year)) {
            wrong.push((result.span, other));
        }
    }
    for (span, other) in wrong {
        if seen.insert(span) {
            let message =
                format!("«{}»: под {} годом стоит срок {other} года", activity.id, year.year);
            let finding = pass.error(span, message).with_hint(
                "поправьте год; если в источнике описка, напишите верный срок и «исправлено «как было» потому что «…»», а если год верен — «по методисту «почему»»",
            );
            pass.report(finding);
        }
    }
}

/// A result's own term; that of the year is the year's business.
fn own_term<'a>(result: &'a PlannedResult, year: &YearPlan) -> Option<&'a Term<Id>> {
    result.term.as_ref().filter(|term| Some(*term) != year.term.as_ref())
}

/// A year written in a term that does not touch the year around it.
fn other_year(term: &Term<Id>, year: i32) -> Option<i32> {
    let TermWhen::Windows(windows) = &term.when else { return None };
    windows.iter().find_map(|window| {
        let (from, to) = written_years(window)?;
        (from != year && to != year).then_some(if from == year { to } else { from })
    })
}

fn written_years(window: &Window) -> Option<(i32, i32)> {
    match window {
        Window::Days { from, to } => Some((i32::from(from.year()), i32::from(to.year()))),
        Window::Months { from: (_, from), to: (_, to) } => {
            let any = from.or(*to)?;
            Some((from.unwrap_or(any), to.unwrap_or(any)))
        }
        Window::Until(day) => day.year.map(|year| (year, year)),
        Window::Yearly(_) | Window::School(_) | Window::Quarters(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::check_code;

    #[test]
    fn dates_are_of_the_year_around_them() {
        check_code(
            46,
            "дорожная_карта п «П»\n  уровень регион\n  годы 2020..2021\n  направление н «Н»\n    \
             мероприятие м «М»\n      в 2020\n        результат «А»\n          срок 15 мая 2021\n        \
             результат «Б»\n          срок ноябрь 2020..февраль 2021\n        срок май 2022\n      \
             в 2021\n        результат «В»\n        срок 1 мая 2021 исправлено «1 мая 2020» потому что «описка»\n      \
             в 2023\n        результат «Г»\n        срок май\n",
            "ПКО-046 6:7 «м»: под 2020 годом стоит срок 2022 года\n\
             ПКО-046 7:9 «м»: под 2020 годом стоит срок 2021 года\n\
             ПКО-046 15:7 «м»: 2023 года нет в карте «п»\n",
        );
    }

    #[test]
    fn a_plan_that_is_adapted_has_its_own_years() {
        check_code(
            46,
            "дорожная_карта п «П»\n  уровень регион\n  годы 2020..2020\n  направление н «Н»\n    \
             мероприятие м «М»\n      в 2020\n        результат «А»\n        срок 15 мая 2021\n\
             дорожная_карта р «Р»\n  на основе п\n  уровень школа\n  годы 2022..2022\n  сдвинуть на 1 год\n",
            "ПКО-046 6:7 «м»: под 2020 годом стоит срок 2021 года\n\
             ПКО-046 6:7 «м»: 2021 года нет в карте «р»\n",
        );
    }

    #[test]
    fn a_date_of_another_year_may_be_right() {
        check_code(
            46,
            "дорожная_карта п «П»\n  уровень регион\n  годы 2020..2020\n  направление н «Н»\n    \
             мероприятие м «М»\n      в 2020\n        результат «А»\n        \
             срок 13 декабря 2019 по методисту «распоряжение на год издают заранее»\n",
            "",
        );
    }
}
