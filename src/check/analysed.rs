//! An analysis speaks of shares of its own level of which it is said what is better, each once, and
//! knows where good and poor begin.

use std::collections::BTreeMap;

use super::{CheckSpec, Pass};
use crate::base::{Id, Span};
use crate::diag::Code;
use crate::model::{Analysed, Analysis, Kind, Limits, Unit, Way};
use crate::syntax::tree::Better;

pub(super) const SPEC: CheckSpec =
    CheckSpec {
        code: Code(67), summary: "Показатель или порог разбора не подходит", run
    };

fn run(pass: &mut Pass<'_>) {
    let model = pass.model;
    for (id, analysis) in &model.analyses {
        if analysis.indicators().next().is_none() {
            let message = format!("разбор «{id}»: ни один показатель не назван");
            let hint = "добавьте: блок имя «Название», ниже — показатель имя «Предложение.»";
            let finding = pass.error(analysis.meta.span, message).with_hint(hint);
            pass.report(finding);
        }
        limits(pass, analysis);
        let mut seen: BTreeMap<&Id, Span> = BTreeMap::new();
        for analysed in analysis.indicators() {
            if let Some(first) = seen.insert(&analysed.indicator.id, analysed.indicator.span) {
                let message = format!("«{}» уже есть в разборе", analysed.indicator.id);
                let finding = pass.error(analysed.indicator.span, message);
                let finding = finding.with_label(first, "здесь").with_hint("оставьте один раз");
                pass.report(finding);
            }
            indicator(pass, analysis, analysed);
        }
    }
}

fn indicator(pass: &mut Pass<'_>, analysis: &Analysis, analysed: &Analysed) {
    let id = &analysed.indicator.id;
    let Some(declared) = pass.model.indicators.get(id) else { return };
    let way = match declared.better {
        Some(Better::More) => Some(Way::More),
        Some(Better::Less) => Some(Way::Less),
        _ => None,
    };
    let fault = match way {
        _ if declared.level != analysis.level => Some((
            format!("«{id}» — показатель {}", declared.level.genitive()),
            format!("здесь разбирают показатели {}", analysis.level.genitive()),
        )),
        _ if !matches!(declared.kind, Kind::Percent { .. }) => {
            Some((format!("«{id}» — не доля"), "разбирают показатели с «вид процент»".to_owned()))
        }
        None => Some((
            format!("о показателе «{id}» не сказано, что лучше"),
            "добавьте показателю «лучше больше» или «лучше меньше»".to_owned(),
        )),
        Some(way) if analysis.limits_of(way).is_none() && are_read(analysis) => Some((
            format!("для «{id}» нет порогов: лучше {}", way.word()),
            format!("добавьте в разбор: {}", sample(way)),
        )),
        Some(_) => None,
    };
    if let Some((message, hint)) = fault {
        let finding = pass.error(analysed.indicator.span, message).with_hint(hint);
        let finding = finding.with_label(declared.meta.span, "показатель объявлен здесь");
        pass.report(finding);
    }
}

/// Whether every line of limits could be read.
fn are_read(analysis: &Analysis) -> bool {
    let written = analysis.meta.clauses.iter().filter(|keyword| **keyword == "пороги").count();
    written == analysis.limits.len()
}

fn sample(way: Way) -> &'static str {
    match way {
        Way::More => "пороги лучше больше, хороший от 60 %, плохой ниже 40 %",
        Way::Less => "пороги лучше меньше, хороший до 5 %, плохой выше 20 %",
    }
}

fn limits(pass: &mut Pass<'_>, analysis: &Analysis) {
    let mut seen: BTreeMap<Way, Span> = BTreeMap::new();
    for limits in &analysis.limits {
        if let Some(first) = seen.insert(limits.way, limits.span) {
            let message = format!("пороги для «лучше {}» уже названы", limits.way.word());
            let finding = pass.error(limits.span, message).with_label(first, "здесь");
            pass.report(finding.with_hint("оставьте одну из строк"));
        }
        if let Some(message) = misplaced(limits) {
            let finding = pass.error(limits.span, message);
            pass.report(finding.with_hint(format!("образец: {}", sample(limits.way))));
        }
    }
    let margin = analysis.margin.as_ref().filter(|it| it.unit != Unit::Points);
    if let Some(margin) = margin {
        let finding = pass.error(margin.span, "разница долей — в процентных пунктах");
        pass.report(finding.with_hint("образец: вровень в пределах 3 п.п."));
    }
}

fn misplaced(limits: &Limits) -> Option<&'static str> {
    let (good, poor) = (&limits.good, &limits.poor);
    let is_turned = match limits.way {
        Way::More => good.number <= poor.number,
        Way::Less => good.number >= poor.number,
    };
    match () {
        () if good.unit != Unit::Percent || poor.unit != Unit::Percent => {
            Some("пороги долей — в процентах")
        }
        () if is_turned => Some("между хорошим и плохим не остаётся среднего"),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::check_code;

    const INDICATORS: &str = "\
показатель школы двойки «Двойки»
  вид процент
  лучше меньше
показатель школы люди «Люди»
  вид число
  лучше больше
показатель школы кружки «Кружки»
  вид процент
показатель региона краевая «Краевая»
  вид процент
  лучше больше
";

    #[track_caller]
    fn finds(analysis: &str, expected: &str) {
        check_code(67, &format!("{INDICATORS}разбор школы р «Р»\n{analysis}"), expected);
    }

    #[test]
    fn a_share_with_limits_is_quiet() {
        finds(
            "  вровень в пределах 3 п.п.\n  пороги лучше меньше, хороший до 5 %, плохой выше 20 %\n  \
             блок б «Б»\n    показатель двойки «Двоек {{значение}}.»\n",
            "",
        );
    }

    #[test]
    fn what_cannot_be_analysed_is_told() {
        finds(
            "  пороги лучше больше, хороший от 60 %, плохой ниже 40 %\n  блок б «Б»\n    \
             показатель двойки «Д.»\n    показатель люди «Л.»\n    показатель кружки «Кружки.»\n    \
             показатель краевая «К.»\n    показатель кружки «Кружки.»\n",
            "ПКО-067 15:16 для «двойки» нет порогов: лучше меньше\n\
             ПКО-067 16:16 «люди» — не доля\n\
             ПКО-067 17:16 о показателе «кружки» не сказано, что лучше\n\
             ПКО-067 18:16 «краевая» — показатель региона\n\
             ПКО-067 19:16 «кружки» уже есть в разборе\n\
             ПКО-067 19:16 о показателе «кружки» не сказано, что лучше\n",
        );
    }

    #[test]
    fn limits_leave_room_between_them() {
        finds(
            "  вровень в пределах 3 %\n  пороги лучше меньше, хороший до 20 %, плохой выше 5 %\n  \
             пороги лучше меньше, хороший до 5, плохой выше 20\n",
            "ПКО-067 12:14 разбор «р»: ни один показатель не назван\n\
             ПКО-067 13:22 разница долей — в процентных пунктах\n\
             ПКО-067 14:3 между хорошим и плохим не остаётся среднего\n\
             ПКО-067 15:3 пороги для «лучше меньше» уже названы\n\
             ПКО-067 15:3 пороги долей — в процентах\n",
        );
    }
}
