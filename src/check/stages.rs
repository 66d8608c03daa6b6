//! The stages of a programme divide its period: all but one say how long they last, and something
//! is left for that one; or each has its own days, one behind another.

use super::terms::{explicit, window_fault};
use super::{CheckSpec, Pass};
use crate::base::Id;
use crate::calendar::{Date, Month, Period};
use crate::diag::{Code, Diagnostic};
use crate::model::{ProgrammeKind, StageSpec, stages_over};

pub(super) const SPEC: CheckSpec =
    CheckSpec {
        code: Code(74), summary: "Этапы программы не складываются", run
    };

fn run(pass: &mut Pass<'_>) {
    for (id, kind) in &pass.model.programmes {
        let found = finding(pass, id, kind);
        found.into_iter().for_each(|finding| pass.report(finding));
        let found = days_astray(pass, kind);
        found.into_iter().for_each(|finding| pass.report(finding));
    }
}

fn finding(pass: &Pass<'_>, id: &Id, kind: &ProgrammeKind) -> Option<Diagnostic> {
    let first = kind.stages.first()?;
    if let Some(dated) = kind.stages.iter().find(|stage| stage.term.is_some()) {
        return of_dated(pass, kind, dated);
    }
    let Some((years, month)) = kind.period else {
        let message = format!("у «{id}» есть этапы, но нет срока, который они делят");
        let hint = "добавьте строку «период 3 учебных года с сентября» или уберите этапы";
        return Some(pass.error(first.meta.span, message).with_hint(hint));
    };
    let mut open = kind.stages.iter().filter(|stage| stage.lasts.is_none());
    let Some(rest) = open.next() else {
        let message = format!("каждый этап «{id}» говорит, сколько длится");
        let hint = "уберите «длится» у основного этапа: он занимает всё, что остаётся от срока";
        return Some(pass.error(first.meta.span, message).with_hint(hint));
    };
    if let Some(second) = open.next() {
        let message = format!("не сказано, сколько длится этап «{}»", second.id);
        let finding = pass.error(second.meta.span, message).with_label(rest.meta.span, "и этот");
        let hint = "без «длится» бывает один этап: он занимает всё, что остаётся от срока";
        return Some(finding.with_hint(hint));
    }
    let laid = |period: Period| stages_over(&kind.stages, &period, pass.model.calendar());
    let fits = period(years, month).and_then(laid).is_some();
    (!fits).then(|| {
        let message = format!("этапу «{}» не остаётся времени: другие занимают весь срок", rest.id);
        pass.error(rest.meta.span, message)
            .with_hint("сократите другие этапы или продлите «период»")
    })
}

/// Stages with days of their own: all of them, and none with a length as well.
fn of_dated(pass: &Pass<'_>, kind: &ProgrammeKind, dated: &StageSpec) -> Option<Diagnostic> {
    if let Some(both) = kind.stages.iter().find(|it| it.term.is_some() && it.lasts.is_some()) {
        let message = format!("у этапа «{}» и «срок», и «длится»", both.id);
        let hint =
            "оставьте что-то одно: «срок» говорит, с какого по какой день, «длится» — сколько";
        return Some(pass.error(both.meta.span, message).with_hint(hint));
    }
    let odd = kind.stages.iter().find(|it| it.term.is_none())?;
    let message = format!("у этапа «{}» нет срока, а у «{}» он есть", odd.id, dated.id);
    let finding =
        pass.error(odd.meta.span, message).with_label(dated.meta.span, "здесь этап назван по дням");
    Some(finding.with_hint("дайте «срок» каждому этапу или «длится» всем, кроме одного"))
}

/// Days that run backwards, and stages that share days though no source prints them so.
fn days_astray(pass: &Pass<'_>, kind: &ProgrammeKind) -> Vec<Diagnostic> {
    let windows = |stage: &StageSpec| {
        stage.term.as_ref().map(|term| term.windows().to_vec()).unwrap_or_default()
    };
    let is_printed = |it: &StageSpec| it.meta.source.is_some() || kind.meta.source.is_some();
    let mut found = Vec::new();
    let mut earlier: Vec<(&StageSpec, Vec<(Date, Date)>)> = Vec::new();
    for stage in &kind.stages {
        if let Some(fault) = windows(stage).iter().find_map(window_fault) {
            let message = format!("срок этапа «{}»: {fault}", stage.id);
            let hint = "сначала пишут первый день, потом последний";
            found.push(pass.error(stage.meta.span, message).with_hint(hint));
            continue;
        }
        let days: Vec<(Date, Date)> = windows(stage).iter().filter_map(explicit).collect();
        let meets = |(_, other): &&(&StageSpec, Vec<(Date, Date)>)| share(&days, other);
        if let Some((other, _)) = earlier.iter().find(meets)
            && !(is_printed(stage) && is_printed(other))
        {
            let message = format!("этапы «{}» и «{}» делят одни и те же дни", other.id, stage.id);
            let finding = pass.warning(stage.meta.span, message);
            found.push(finding.with_label(other.meta.span, "другой этап здесь").with_hint(
                "разведите сроки; если так напечатано в источнике, добавьте «по источнику …»",
            ));
        }
        earlier.push((stage, days));
    }
    found
}

fn share(some: &[(Date, Date)], others: &[(Date, Date)]) -> bool {
    some.iter().any(|one| others.iter().any(|other| one.0 <= other.1 && other.0 <= one.1))
}

/// Some period of that length.
fn period(years: u32, month: Month) -> Option<Period> {
    let year = 2001;
    let from: Date = month.first_day(year)?;
    let to = month.first_day(year + i32::try_from(years).ok()?)?.yesterday().ok()?;
    Some(Period { from, to })
}

#[cfg(test)]
mod tests {
    use crate::check::testing::check_code;

    #[track_caller]
    fn finds(stages: &str, expected: &str) {
        let text = format!("программа школы п «П»\n  тип «ШППКО»\n{stages}");
        check_code(74, &text, expected);
    }

    #[test]
    fn stages_that_divide_the_period_are_quiet() {
        finds(
            "  период 1 учебный год с сентября\n  этап а «А»\n    длится 2 месяца\n  этап б «Б»\n    \
             содержание «Слова.»\n  этап в «В»\n    длится 3 недели\n",
            "",
        );
    }

    #[test]
    fn stages_of_days_run_one_behind_another() {
        finds(
            "  этап а «А»\n    срок 1 сентября 2027..31 августа 2026\n  этап б «Б»\n    \
             срок 1 сентября 2027..31 мая 2028\n  этап в «В»\n    срок 1 мая 2028..31 августа 2028\n",
            "ПКО-074 3:8 срок этапа «а»: конец раньше начала\n\
             ПКО-074 7:8 этапы «б» и «в» делят одни и те же дни\n",
        );
        finds(
            "  этап а «А»\n    срок 1 сентября 2026..31 мая 2027\n    длится 2 месяца\n",
            "ПКО-074 3:8 у этапа «а» и «срок», и «длится»\n",
        );
        finds(
            "  этап а «А»\n    срок 1 сентября 2026..31 мая 2027\n  этап б «Б»\n    длится 2 месяца\n",
            "ПКО-074 5:8 у этапа «б» нет срока, а у «а» он есть\n",
        );
    }

    #[test]
    fn a_source_may_print_stages_that_share_days() {
        let text = "источник книга «К»\nпрограмма муниципалитета п «П»\n  тип «МППКО»\n  по источнику книга, раздел 1\n  \
                    этап а «А»\n    срок 1 сентября 2026..31 мая 2027\n  этап б «Б»\n    \
                    срок 1 января 2027..31 августа 2027\n";
        check_code(74, text, "");
    }

    #[test]
    fn what_does_not_add_up_is_said() {
        finds("  этап а «А»\n", "ПКО-074 3:8 у «п» есть этапы, но нет срока, который они делят\n");
        finds(
            "  период 1 учебный год с сентября\n  этап а «А»\n  этап б «Б»\n",
            "ПКО-074 5:8 не сказано, сколько длится этап «б»\n",
        );
        finds(
            "  период 1 учебный год с сентября\n  этап а «А»\n    длится 12 месяцев\n",
            "ПКО-074 4:8 каждый этап «п» говорит, сколько длится\n",
        );
        finds(
            "  период 1 учебный год с сентября\n  этап а «А»\n    длится 12 месяцев\n  этап б «Б»\n",
            "ПКО-074 6:8 этапу «б» не остаётся времени: другие занимают весь срок\n",
        );
    }
}
