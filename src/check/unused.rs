//! Resources that nobody uses, and risks of what no programme does.

use std::collections::BTreeSet;

use super::activities::choosable;
use super::{CheckSpec, Pass};
use crate::base::{Id, Level};
use crate::diag::Code;
use crate::model::{Model, Ref};

pub(super) const SPEC: CheckSpec =
    CheckSpec {
        code: Code(54), summary: "Ресурс или риск не попадёт ни в одну программу", run
    };

fn run(pass: &mut Pass<'_>) {
    let model = pass.model;
    let chosen = choosable(model);
    for (id, resource) in &model.resources {
        let is_needed = used(model, &chosen, &resource.activities, resource.level);
        if !is_needed && (!resource.activities.is_empty() || !resource.meta.says(FOR)) {
            let finding = pass
                .note(resource.meta.span, format!("ресурс «{id}» никому не нужен"))
                .with_hint("добавьте: для мероприятий … — тех, которые программа может выбрать");
            pass.report(finding);
        }
    }
    for (id, risk) in &model.risks {
        let deficits = risk.deficits.iter().filter_map(|named| model.deficits.get(&named.id));
        let concerns = deficits.into_iter().any(|deficit| deficit.level == risk.level)
            || used(model, &chosen, &risk.activities, risk.level);
        let is_bound = !risk.activities.is_empty() || !risk.deficits.is_empty();
        if is_bound && !concerns {
            let finding = pass
                .note(risk.meta.span, format!("риск «{id}» не касается ни одной программы"))
                .with_hint("назовите мероприятия и дефициты того же уровня, что и риск");
            pass.report(finding);
        }
    }
}

const FOR: &str = "для мероприятий";

/// Whether a programme of the level can choose one of the activities.
fn used(model: &Model, chosen: &BTreeSet<&Id>, named: &[Ref], level: Level) -> bool {
    let declared = named.iter().filter(|named| chosen.contains(&named.id));
    let mut declared = declared.filter_map(|named| model.activities.get(&named.id));
    declared.any(|activity| activity.level == level && !activity.external)
}

#[cfg(test)]
mod tests {
    use crate::check::testing::check_code;

    const PACK: &str = "требование школы т «Т»\n\
                        мероприятие школы м «М»\n  исполняет т\n\
                        мероприятие школы чужое «Чужое»\n  исполняет т\n  внешнее\n\
                        мероприятие региона курсы «Курсы»\n";

    #[track_caller]
    fn finds(text: &str, expected: &str) {
        check_code(54, &format!("{PACK}{text}"), expected);
    }

    #[test]
    fn what_somebody_uses_is_quiet() {
        finds(
            "ресурс школы р «Р»\n  для мероприятий м, курсы\n\
             риск школы а «А»\n  для мероприятий м\n\
             риск школы б «Б»\n",
            "",
        );
    }

    #[test]
    fn what_nobody_uses_is_noted() {
        finds(
            "ресурс школы р «Р»\n\
             ресурс школы б «Б»\n  для мероприятий курсы, чужое\n\
             риск школы а «А»\n  для мероприятий курсы\n",
            "ПКО-054 8:14 ресурс «р» никому не нужен\n\
             ПКО-054 9:14 ресурс «б» никому не нужен\n\
             ПКО-054 11:12 риск «а» не касается ни одной программы\n",
        );
    }
}
