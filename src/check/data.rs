//! Every figure comes from somebody, and a yearly one says when.

use std::collections::BTreeMap;

use super::sites;
use super::types::is_number;
use super::{CheckSpec, Pass};
use crate::base::{Id, Span};
use crate::diag::Code;
use crate::model::{Indicator, Model};
use crate::syntax::tree::Every;

pub(super) const SPEC: CheckSpec = CheckSpec {
    code: Code(39),
    summary: "Не сказано, откуда данные или когда они появляются",
    run,
};

fn run(pass: &mut Pass<'_>) {
    let used = depended_on(pass.model);
    for (id, indicator) in &pass.model.indicators {
        // What is computed or stands in the passport is there as soon as it can be.
        let says = |keyword: &str| indicator.meta.says(keyword);
        if indicator.formula.is_some() || says("расчёт") || says("из паспорта") {
            continue;
        }
        if indicator.data.is_none() && !indicator.meta.says("данные") {
            let finding = pass
                .error(indicator.meta.span, format!("показатель «{id}»: не сказано, откуда данные"))
                .with_hint("добавьте, например: данные школа");
            pass.report(finding);
        }
        if is_yearly_number(indicator)
            && indicator.appears.is_none()
            && !indicator.meta.says("появляется")
            && let Some(place) = used.get(id)
        {
            let message = format!("показатель «{id}»: не сказано, когда появляется значение года");
            let finding = pass
                .error(indicator.meta.span, message)
                .with_label(*place, "здесь от него зависит срок")
                .with_hint("добавьте, например: появляется июль");
            pass.report(finding);
        }
    }
}

fn is_yearly_number(indicator: &Indicator) -> bool {
    matches!(indicator.every, Some(Every::SchoolYear | Every::Year)) && is_number(&indicator.kind)
}

/// Indicators that a deficit or a target looks at, with the first place that does.
fn depended_on(model: &Model) -> BTreeMap<Id, Span> {
    let mut used = BTreeMap::new();
    for deficit in model.deficits.values() {
        for observe in deficit.condition.observes() {
            used.entry(observe.indicator.clone()).or_insert(observe.span);
        }
    }
    for target in sites::targets(model) {
        used.entry(target.indicator.id.clone()).or_insert(target.indicator.span);
    }
    used
}

#[cfg(test)]
mod tests {
    use crate::check::testing::check_code;

    #[test]
    fn a_figure_has_a_supplier_and_a_month() {
        check_code(
            39,
            "показатель школы а «А»\n  вид процент; каждый учебный год; данные школа\n\
             показатель школы б «Б»\n  вид да/нет\n\
             показатель школы в «В»\n  вид да/нет\n  расчёт а больше 5 %\n\
             дефицит школы д «Д»\n  если а больше 5 %\n",
            "ПКО-039 1:18 показатель «а»: не сказано, когда появляется значение года\n\
             ПКО-039 3:18 показатель «б»: не сказано, откуда данные\n",
        );
    }

    #[test]
    fn a_formula_that_could_not_be_read_is_not_missing() {
        check_code(
            39,
            "показатель школы а «А»\n  вид да/нет\n  расчёт неведомое\n\
             показатель школы б «Б»\n  вид да/нет\n  расчёт больше\n",
            "ПКО-005 6:10 непонятно «больше»\n\
             ПКО-010 3:10 имя «неведомое» нигде не объявлено\n",
        );
    }
}
