//! Figures of lower levels reach the upper ones, by one way and upward.

use std::collections::BTreeSet;

use super::sites;
use super::{CheckSpec, Pass};
use crate::base::{Id, Level};
use crate::diag::Code;
use crate::model::{Indicator, Kind, Model, Ref, RowLink, row_links};

pub(super) const SPEC: CheckSpec =
    CheckSpec {
        code: Code(37), summary: "Показатель питает не то или не питает ничего", run
    };

fn run(pass: &mut Pass<'_>) {
    let model = pass.model;
    for (id, indicator) in &model.indicators {
        for fed in &indicator.feeds {
            upward(pass, id, indicator, fed);
            once(pass, id, fed);
        }
    }
    rows(pass);
    orphans(pass);
}

fn upward(pass: &mut Pass<'_>, id: &Id, indicator: &Indicator, fed: &Ref) {
    let Some(upper) = pass.model.indicators.get(&fed.id) else { return };
    if upper.level >= indicator.level && *id != fed.id {
        let message = format!(
            "«{id}» — показатель {}, он не может питать показатель {} «{}»",
            indicator.level.genitive(),
            upper.level.genitive(),
            fed.id
        );
        let finding = pass
            .error(fed.span, message)
            .with_label(upper.meta.span, "показатель объявлен здесь")
            .with_hint("питают только показатели уровня выше");
        pass.report(finding);
    }
}

fn once(pass: &mut Pass<'_>, id: &Id, fed: &Ref) {
    let Some(upper) = pass.model.indicators.get(&fed.id) else { return };
    let looks = upper.formula.iter().flat_map(|formula| formula.observes());
    if let Some(look) = looks.into_iter().find(|look| look.indicator == *id) {
        let message = format!("«питает» лишнее: расчёт «{}» уже берёт «{id}»", fed.id);
        let finding = pass
            .warning(fed.span, message)
            .with_label(look.span, "здесь")
            .with_hint("уберите строку «питает»");
        pass.report(finding);
    }
}

/// In a row of the table every lower indicator says what it feeds, or why nothing.
fn rows(pass: &mut Pass<'_>) {
    let model = pass.model;
    for (id, link) in row_links(model) {
        let Some(indicator) = model.indicators.get(id) else { continue };
        let message = match link {
            RowLink::Open => {
                format!("показатель «{id}» не связан с показателем выше в своей строке")
            }
            RowLink::Both => format!("показатель «{id}» и питает, и не питает"),
            RowLink::Linked | RowLink::Explained => continue,
        };
        let finding = pass
            .warning(indicator.meta.span, message)
            .with_hint("скажите, что он питает, или почему ничего: не питает «…»");
        pass.report(finding);
    }
}

/// Lower indicators of a mechanism that has upper ones, which nothing looks at.
fn orphans(pass: &mut Pass<'_>) {
    let model = pass.model;
    let used = used(model);
    for (id, indicator) in &model.indicators {
        let Some(mechanism) = &indicator.meta.mechanism else { continue };
        let feeds_up = !indicator.feeds.is_empty()
            || indicator.part_of.is_some()
            || indicator.feeds_nothing.is_some()
            || indicator.meta.row.is_some();
        if !feeds_up && !used.contains(id) && has_upper(model, mechanism, indicator.level) {
            let message = format!("показатель «{id}» никуда не идёт");
            let finding = pass.note(indicator.meta.span, message).with_hint(
                "он не питает показатель выше и не стоит ни в расчёте, ни в дефиците, \
                 ни в мероприятии: добавьте «питает …» или уберите показатель",
            );
            pass.report(finding);
        }
    }
}

fn has_upper(model: &Model, mechanism: &Id, level: Level) -> bool {
    model
        .indicators
        .values()
        .any(|other| other.level < level && other.meta.mechanism.as_ref() == Some(mechanism))
}

/// Every indicator that something looks at, counts by or moves.
fn used(model: &Model) -> BTreeSet<Id> {
    let mut used = BTreeSet::new();
    for site in sites::expressions(model) {
        used.extend(site.expr.observes().into_iter().map(|observe| observe.indicator.clone()));
    }
    used.extend(sites::targets(model).map(|target| target.indicator.id.clone()));
    let moved = model.activities.values().flat_map(|activity| &activity.moves);
    let shown = model.deficits.values().flat_map(|deficit| &deficit.shown);
    used.extend(moved.chain(shown).map(|reference| reference.id.clone()));
    for indicator in model.indicators.values() {
        if let Kind::Percent { of: Some(of) } = &indicator.kind {
            used.insert(of.clone());
        }
    }
    used
}

#[cfg(test)]
mod tests {
    use crate::check::testing::check_code;

    #[test]
    fn feeding_goes_upward_and_once() {
        check_code(
            37,
            "показатель муниципалитета верх «Верх»\n  вид число\n  расчёт сумма низ школ\n  питает низ\n\
             показатель школы низ «Низ»\n  вид число\n  питает верх\n",
            "ПКО-037 4:10 «верх» — показатель муниципалитета, он не может питать показатель школы «низ»\n\
             ПКО-037 7:10 «питает» лишнее: расчёт «верх» уже берёт «низ»\n",
        );
    }

    #[test]
    fn in_a_row_every_lower_indicator_speaks_of_the_upper_one() {
        check_code(
            37,
            "направление н «Н»\n  механизм м «М»\n    строка 1\n      \
             показатель региона край «Край»\n        вид число\n        расчёт число школ, у которых учтён\n      \
             показатель школы один «Один»\n        вид число\n      \
             показатель школы два «Два»\n        вид число\n        не питает «другая единица»\n      \
             показатель школы три «Три»\n        вид число\n        питает край\n        не питает «другая единица»\n      \
             показатель школы учтён «Учтён»\n        вид да/нет\n    \
             строка 2\n      показатель школы пять «Пять»\n        вид число\n",
            "ПКО-037 7:24 показатель «один» не связан с показателем выше в своей строке\n\
             ПКО-037 12:24 показатель «три» и питает, и не питает\n",
        );
    }

    #[test]
    fn an_indicator_that_goes_nowhere_is_noted() {
        check_code(
            37,
            "направление н «Н»\n  механизм м «М»\n    показатель школы один «Один»\n      вид число\n    \
             показатель региона край «Край»\n      вид число\n",
            "ПКО-037 3:22 показатель «один» никуда не идёт\n",
        );
    }
}
