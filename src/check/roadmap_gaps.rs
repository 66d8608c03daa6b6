//! Every activity of a plan says who, by what document, when and with what result, year by year, or
//! states that its source does not name it: a gap is then the source's, not the transcriber's.

use std::collections::BTreeSet;

use super::{CheckSpec, Pass};
use crate::base::{Id, Span};
use crate::diag::{Code, Diagnostic};
use crate::model::{Roadmap, RoadmapActivity, YearPlan};

pub(super) const SPEC: CheckSpec = CheckSpec {
    code: Code(47),
    summary: "Дорожной карте или её мероприятию чего-то не хватает",
    run,
};

/// A gap: where, of which year, what to write.
struct Gap {
    place: Span,
    year: Option<i32>,
    what: &'static str,
    hint: &'static str,
}

fn run(pass: &mut Pass<'_>) {
    // What an adapted plan took over was told of where it was taken from.
    let mut seen: BTreeSet<(Span, &'static str)> = BTreeSet::new();
    // Verbs that could not be read may have filled the gaps.
    for (id, plan) in pass.model.roadmaps.iter().filter(|(_, plan)| !plan.is_broken()) {
        if !plan.lost {
            empty(pass, id, plan);
        }
        for activity in plan.activities() {
            for gap in gaps(activity) {
                if seen.insert((gap.place, gap.what)) {
                    let finding = finding(pass, &activity.id, &gap);
                    pass.report(finding);
                }
            }
        }
    }
}

/// A plan has directions, and a direction activities.
fn empty(pass: &mut Pass<'_>, id: &Id, plan: &Roadmap) {
    if plan.directions.is_empty() {
        let (message, hint) = match plan.adaptation {
            None => (
                format!("в карте «{id}» нет ни одного направления"),
                "добавьте «направление …», а ниже, с отступом, его мероприятия",
            ),
            Some(_) => (
                format!("в карте «{id}» не осталось ни одного мероприятия"),
                "оставьте что-нибудь из основы или добавьте своё: «добавить мероприятие …»",
            ),
        };
        let finding = pass.error(plan.meta.span, message).with_hint(hint);
        pass.report(finding);
    }
    for direction in plan.directions.iter().filter(|direction| direction.activities.is_empty()) {
        let message = format!("в направлении «{}» нет ни одного мероприятия", direction.id);
        let finding = pass
            .error(direction.meta.span, message)
            .with_hint("добавьте ниже, с отступом, «мероприятие …» или уберите направление");
        pass.report(finding);
    }
}

fn finding(pass: &Pass<'_>, id: &Id, gap: &Gap) -> Diagnostic {
    let of = gap.year.map_or(String::new(), |year| format!(", {year} год"));
    pass.error(gap.place, format!("мероприятие «{id}»{of}: {}", gap.what)).with_hint(gap.hint)
}

fn gaps(activity: &RoadmapActivity) -> Vec<Gap> {
    let place = activity.meta.span;
    let of_all = |what, hint| Gap { place, year: None, what, hint };
    let mut found = Vec::new();
    if activity.responsible.is_empty() && !lacks(activity, "ответственный", "ответственные")
    {
        let hint = "добавьте «ответственные …» или «ответственные не названы»";
        found.push(of_all("не названы ответственные", hint));
    }
    if activity.documents.is_empty() && !lacks(activity, "документ", "документы") {
        let hint = "добавьте «документы …» или «документ не назван»";
        found.push(of_all("нет документа", hint));
    }
    if activity.years.is_empty() && !no_years(activity) {
        let hint = "добавьте «в 2020» со строками «результат …» и «срок …» или «срок не назван» и «результат не назван»";
        found.push(of_all("не сказано, в какие годы", hint));
    }
    activity.years.iter().for_each(|year| of_year(activity, year, &mut found));
    found
}

/// Whether it says that something is not named, or has such a line that could not be read.
fn lacks(activity: &RoadmapActivity, what: &str, keyword: &str) -> bool {
    states(activity, what) || activity.meta.says(keyword)
}

fn states(activity: &RoadmapActivity, what: &str) -> bool {
    activity.absent.iter().any(|absent| absent == what)
}

fn no_years(activity: &RoadmapActivity) -> bool {
    (states(activity, "срок") && states(activity, "результат")) || activity.meta.says("в")
}

fn of_year(activity: &RoadmapActivity, year: &YearPlan, found: &mut Vec<Gap>) {
    let stated =
        |what: &str| states(activity, what) || states(activity, &format!("{what} {}", year.year));
    let mut gap = |place, what, hint| found.push(Gap { place, year: Some(year.year), what, hint });
    if year.results.is_empty() && !stated("результат") {
        let hint = "добавьте «результат «…»» или «результат не назван»";
        gap(year.span, "нет результата", hint);
    }
    if stated("срок") {
        return;
    }
    let hint = "добавьте «срок …» под годом или под результатом, или «срок не назван»";
    if year.results.is_empty() && year.term.is_none() {
        gap(year.span, "не назван срок", hint);
    }
    for result in year.results.iter().filter(|result| result.term.is_none()) {
        gap(result.span, "у результата не назван срок", hint);
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::check_code;

    const HEAD: &str =
        "дорожная_карта п «П»\n  уровень регион\n  годы 2020..2021\n  направление н «Н»\n";

    #[test]
    fn a_bare_activity_lacks_three_things() {
        check_code(
            47,
            &format!("{HEAD}    мероприятие м «М»\n"),
            "ПКО-047 5:17 мероприятие «м»: не названы ответственные\n\
             ПКО-047 5:17 мероприятие «м»: нет документа\n\
             ПКО-047 5:17 мероприятие «м»: не сказано, в какие годы\n",
        );
    }

    #[test]
    fn a_year_has_results_and_each_its_term() {
        check_code(
            47,
            &format!(
                "{HEAD}    мероприятие м «М»\n      ответственные не названы; документ не назван\n      \
                 в 2020\n        результат «А»\n          срок май\n        результат «Б»\n      в 2021\n\
                 дорожная_карта р «Р»\n  на основе п\n  уровень школа\n  годы 2021..2022\n  сдвинуть на 1 год\n"
            ),
            "ПКО-047 10:9 мероприятие «м», 2020 год: у результата не назван срок\n\
             ПКО-047 11:7 мероприятие «м», 2021 год: нет результата\n\
             ПКО-047 11:7 мероприятие «м», 2021 год: не назван срок\n",
        );
    }

    #[test]
    fn what_is_stated_absent_is_not_missing() {
        check_code(
            47,
            &format!(
                "{HEAD}    мероприятие м «М»\n      ответственные не названы; документ не назван\n      \
                 в 2020\n        результат «А»\n        срок не назван\n      в 2021\n        \
                 результат не назван\n        срок май\n    мероприятие второе «К»\n      \
                 ответственные не названы; документ не назван\n      срок не назван; результат не назван\n"
            ),
            "",
        );
    }
}
