//! Figures are read when they are there, and every target is read by somebody.

use super::sites;
use super::terms::reference;
use super::{CheckSpec, Pass};
use crate::base::{Id, Level};
use crate::calendar::{Month, Period, school_year_of};
use crate::diag::Code;
use crate::model::{Activity, Indicator, Ref, Target, is_there};
use crate::russian::{self, Case};
use crate::syntax::tree::TargetYear;

pub(super) const SPEC: CheckSpec = CheckSpec {
    code: Code(59),
    summary: "Показатель измеряют раньше, чем он появляется, или его целевое значение некому сверить",
    run,
};

fn run(pass: &mut Pass<'_>) {
    let model = pass.model;
    let period = reference(model);
    for (id, activity) in &model.activities {
        for named in &activity.measures {
            if let Some(indicator) = model.indicators.get(&named.id) {
                too_early(pass, (id, activity), (named, indicator), &period);
            }
        }
    }
    // Once an indicator: its other targets lack the same.
    let mut told: Vec<&Id> = Vec::new();
    for target in sites::targets(model) {
        if !told.contains(&&target.indicator.id) && !read_by_somebody(pass, target, &period) {
            told.push(&target.indicator.id);
        }
    }
}

fn too_early(
    pass: &mut Pass<'_>,
    (id, activity): (&Id, &Activity),
    (named, indicator): (&Ref, &Indicator),
    period: &Period,
) {
    let Some(appears) = indicator.appears.filter(|_| !activity.is_after_end()) else { return };
    let times = activity.occurrences(pass.model, period);
    if times.is_empty() || times.iter().any(|time| is_there(Some(appears), time)) {
        return;
    }
    let message = format!(
        "мероприятие «{id}» измеряет «{}» раньше, чем появляется значение: оно есть с {}",
        named.id,
        month(appears)
    );
    let finding = pass
        .error(named.span, message)
        .with_label(indicator.meta.span, "когда появляется значение, сказано здесь")
        .with_hint(
            "назначьте срок не раньше этого месяца; значение прошлого года читает строка «измеряет за прошлый учебный год …»",
        );
    pass.report(finding);
}

fn month(month: Month) -> String {
    russian::month(i8::try_from(month.number()).unwrap_or_default(), Case::Genitive)
}

/// Whether somebody reads the figure that a target is held against; if not, it is reported.
fn read_by_somebody(pass: &mut Pass<'_>, target: &Target, period: &Period) -> bool {
    let model = pass.model;
    let Some(indicator) = model.indicators.get(&target.indicator.id) else { return true };
    let years = period.school_years();
    let (Some(year), Some(last)) = (year_of(target, &years), years.last()) else { return true };
    let own = |level: Level| level == indicator.level;
    let id = &target.indicator.id;
    let all = model.activities.values();
    let mut rounds = all.filter(|activity| own(activity.level) && activity.reads(id));
    let is_read = rounds.any(|activity| {
        let times = activity.occurrences(model, period);
        activity.reads_in(id, (year, *last), &times, model)
    });
    if is_read {
        return true;
    }
    let since = indicator.appears.map(|appears| format!(" (значение есть с {})", month(appears)));
    let message = format!(
        "целевое значение «{id}» некому сверить: ни одно мероприятие не измеряет его в этом учебном году, когда оно уже появилось{}",
        since.unwrap_or_default()
    );
    let finding = pass
        .warning(target.span, message)
        .with_label(indicator.meta.span, "показатель объявлен здесь")
        .with_hint(format!(
            "добавьте в мероприятие мониторинга: измеряет {id}; после последнего лета — срок сентябрь, после окончания программы"
        ));
    pass.report(finding);
    false
}

/// The school year of a target among those of the reference.
fn year_of(target: &Target, years: &[i32]) -> Option<i32> {
    match target.year {
        TargetYear::Nth(nth) => years.get(usize::try_from(nth).ok()?.checked_sub(1)?).copied(),
        TargetYear::Last => years.last().copied(),
        TargetYear::Calendar(year) => {
            let year = target.month.first_day(year).map(school_year_of)?;
            years.contains(&year).then_some(year)
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::check_code;

    const PACK: &str = "программа школы п «П»\n  тип «ШППКО»\n  период 3 учебных года с сентября\n\
                        показатель школы огэ «О»\n  вид процент; появляется июль\n\
                        показатель школы кдр «К»\n  вид процент; появляется май\n\
                        цель школы ц «Ц»\n  довести огэ до 5 % к июлю 3-го года\n  довести кдр до 5 % к маю 2-го года\n";

    #[track_caller]
    fn check(rounds: &str, expected: &str) {
        check_code(59, &format!("{PACK}{rounds}"), expected);
    }

    #[test]
    fn a_round_before_the_figure_and_a_target_without_a_round() {
        check(
            "мероприятие школы итог «И»\n  срок июнь, каждый учебный год\n  измеряет огэ, кдр\n",
            "ПКО-059 9:3 целевое значение «огэ» некому сверить: ни одно мероприятие не измеряет его в этом учебном году, когда оно уже появилось (значение есть с июля)\n\
             ПКО-059 13:12 мероприятие «итог» измеряет «огэ» раньше, чем появляется значение: оно есть с июля\n",
        );
    }

    #[test]
    fn the_last_year_is_read_in_august_or_behind_the_programme() {
        check(
            "мероприятие школы разбор «Р»\n  срок август, каждый учебный год\n  измеряет огэ, кдр\n",
            "",
        );
        let yearly = "мероприятие школы разбор «Р»\n  срок сентябрь, каждый учебный год\n  измеряет за прошлый учебный год огэ, кдр\n";
        check(
            yearly,
            "ПКО-059 9:3 целевое значение «огэ» некому сверить: ни одно мероприятие не измеряет его в этом учебном году, когда оно уже появилось (значение есть с июля)\n",
        );
        check(
            &format!(
                "{yearly}мероприятие школы отчёт «Отчёт»\n  срок сентябрь, после окончания программы\n  измеряет огэ\n"
            ),
            "",
        );
    }
}
