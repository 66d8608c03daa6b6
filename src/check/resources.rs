//! A resource says what it is, how much of it is needed and who pays.

use super::{CheckSpec, Pass};
use crate::base::{Id, Number};
use crate::diag::Code;
use crate::model::{MONEY, Resource};
use crate::syntax::tree::ResourceKind;

pub(super) const SPEC: CheckSpec =
    CheckSpec { code: Code(53), summary: "Ресурсу чего-то не хватает", run };

/// Something that may be wrong with a resource.
struct Fault {
    is_there: fn(&Resource) -> bool,
    what: &'static str,
    hint: &'static str,
}

const FAULTS: &[Fault] = &[
    Fault {
        is_there: |resource| resource.kind.is_none() && !resource.meta.says("вид"),
        what: "не назван вид",
        hint: "добавьте: вид кадры (финансы, материалы, сеть)",
    },
    Fault {
        is_there: |resource| resource.amount.is_none() && !resource.meta.says("количество"),
        what: "не сказано, сколько его нужно",
        hint: "добавьте: количество 68 часов в год, или «количество неизвестно сколько часов в год»",
    },
    Fault {
        is_there: |resource| number(resource).is_some_and(|number| *number <= Number::from(0)),
        what: "количество не больше нуля",
        hint: "назовите, сколько его нужно; чего не знаете, то «неизвестно сколько»",
    },
    Fault {
        is_there: |resource| number(resource).is_some_and(|number| *number > Number::from(MOST)),
        what: "количество больше миллиарда",
        hint: "проверьте число и единицу",
    },
    Fault {
        is_there: |resource| !has_payer(resource) && !resource.meta.says(NOTHING),
        what: "не сказано, за чей счёт",
        hint: "добавьте: за счёт «…» или «без дополнительного финансирования»",
    },
    Fault {
        is_there: |resource| has_payer(resource) && resource.costs_nothing,
        what: "сказано и «за счёт», и «без дополнительного финансирования»",
        hint: "оставьте одну из строк",
    },
    Fault {
        is_there: |resource| {
            resource.kind == Some(ResourceKind::Money)
                && resource.amount.as_ref().is_some_and(|amount| amount.unit != Id::new(MONEY))
        },
        what: "финансы считают в рублях",
        hint: "напишите количество в рублях, например: количество 45 000 рублей в год",
    },
    Fault {
        is_there: |resource| resource.kind == Some(ResourceKind::Money) && resource.costs_nothing,
        what: "деньги не бывают «без дополнительного финансирования»",
        hint: "назовите источник: за счёт «…»",
    },
];

const NOTHING: &str = "без дополнительного финансирования";

/// No school needs more of anything.
const MOST: i64 = 1_000_000_000;

fn number(resource: &Resource) -> Option<&Number> {
    resource.amount.as_ref()?.number.as_ref()
}

fn has_payer(resource: &Resource) -> bool {
    resource.paid_by.is_some() || resource.meta.says("за счёт")
}

fn run(pass: &mut Pass<'_>) {
    for (id, resource) in &pass.model.resources {
        for fault in FAULTS.iter().filter(|fault| (fault.is_there)(resource)) {
            let message = format!("ресурс «{id}»: {}", fault.what);
            let finding = pass.error(resource.meta.span, message).with_hint(fault.hint);
            pass.report(finding);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::check_code;

    const UNITS: &str = "единица час «час, часа, часов»\nединица рубль «рубль, рубля, рублей»\n";

    #[track_caller]
    fn finds(text: &str, expected: &str) {
        check_code(53, &format!("{UNITS}{text}"), expected);
    }

    #[test]
    fn a_whole_resource_is_quiet() {
        finds(
            "ресурс школы часы «Часы»\n  вид кадры\n  количество 68 часов в год\n  без дополнительного финансирования\n\
             ресурс школы курсы «Курсы»\n  вид финансы\n  количество неизвестно сколько рублей один раз\n  за счёт «субсидии»\n",
            "",
        );
    }

    #[test]
    fn amounts_are_more_than_nothing_and_not_boundless() {
        let resource = |amount: &str| {
            format!(
                "ресурс школы р «Р»\n  вид кадры\n  количество {amount} часов в год\n  \
                 без дополнительного финансирования\n"
            )
        };
        finds(&resource("0"), "ПКО-053 3:14 ресурс «р»: количество не больше нуля\n");
        finds(&resource("-5"), "ПКО-053 3:14 ресурс «р»: количество не больше нуля\n");
        finds(
            &resource("99999999999999"),
            "ПКО-053 3:14 ресурс «р»: количество больше миллиарда\n",
        );
    }

    #[test]
    fn every_gap_is_named() {
        finds(
            "ресурс школы р «Р»\n",
            "ПКО-053 3:14 ресурс «р»: не назван вид\n\
             ПКО-053 3:14 ресурс «р»: не сказано, сколько его нужно\n\
             ПКО-053 3:14 ресурс «р»: не сказано, за чей счёт\n",
        );
    }

    #[test]
    fn what_contradicts_itself_is_named() {
        finds(
            "ресурс школы р «Р»\n  вид финансы\n  количество 5 часов в год\n  за счёт «края»\n  \
             без дополнительного финансирования\n",
            "ПКО-053 3:14 ресурс «р»: сказано и «за счёт», и «без дополнительного финансирования»\n\
             ПКО-053 3:14 ресурс «р»: финансы считают в рублях\n\
             ПКО-053 3:14 ресурс «р»: деньги не бывают «без дополнительного финансирования»\n",
        );
    }
}
