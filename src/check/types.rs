//! Types and units agree: percent is not percent points, a condition is да/нет, a formula yields
//! what its indicator promises.

use super::sites::{self, Purpose};
use super::{CheckSpec, Pass};
use crate::base::Span;
use crate::diag::Code;
use crate::model::{
    Expr, Indicator, Kind, Model, Observe, Quantity, Ref, Target, TargetValue, Type, Unit,
    kind_type, type_of, unit_name,
};

pub(super) const SPEC: CheckSpec =
    CheckSpec {
        code: Code(30), summary: "Вид или единица значения не подходит", run
    };

fn run(pass: &mut Pass<'_>) {
    let model = pass.model;
    for site in sites::expressions(model) {
        for observe in site.expr.observes() {
            cell(pass, observe);
        }
        let mut faults = Vec::new();
        let found = type_of(site.expr, model, &mut faults);
        for fault in faults {
            let finding = pass.error(fault.span, fault.message).with_hint(fault.hint);
            pass.report(finding);
        }
        match (site.purpose, found) {
            (Purpose::Condition, Some(found)) => condition(pass, site.expr, &found),
            (Purpose::Formula(indicator), Some(found)) => {
                formula(pass, indicator, site.expr, &found);
            }
            (_, None) => {}
        }
    }
    for target in sites::targets(model) {
        self::target(pass, target);
    }
    for (indicator, quantity) in sites::planned_targets(model) {
        if let Some((unit, declared)) = measured(pass, indicator) {
            same(pass, &unit, quantity, declared);
        }
    }
    for indicator in model.indicators.values() {
        figures(pass, indicator);
    }
}

/// A cell must be one of the kinds that its indicator is counted by.
fn cell(pass: &mut Pass<'_>, observe: &Observe) {
    let Some(cell) = &observe.cell else { return };
    let Some(indicator) = pass.model.indicators.get(&observe.indicator) else { return };
    let list = match &indicator.kind {
        Kind::Number { by: Some(list), .. } => pass.model.enumerations.get(list),
        _ => None,
    };
    let (message, hint) = match list {
        None => (
            format!("показатель «{}» не ведётся по видам", observe.indicator),
            "добавьте показателю: вид число по видам имя_перечня".to_owned(),
        ),
        Some(list) if !list.elements.contains_key(cell) => {
            let known: Vec<&str> = list.elements.keys().map(|id| id.as_str()).collect();
            let message = format!("у показателя «{}» нет вида «{cell}»", observe.indicator);
            (message, format!("есть виды: {}", known.join(", ")))
        }
        Some(_) => return,
    };
    let finding = pass
        .error(observe.span, message)
        .with_label(indicator.meta.span, "показатель объявлен здесь")
        .with_hint(hint);
    pass.report(finding);
}

fn condition(pass: &mut Pass<'_>, expr: &Expr, found: &Type) {
    if *found != Type::Truth {
        let message = format!("здесь нужно условие, а это {}", name(found, pass.model));
        let finding =
            pass.error(expr.span, message).with_hint("добавьте сравнение: «… больше 20 %»");
        pass.report(finding);
    }
}

fn formula(pass: &mut Pass<'_>, indicator: &Indicator, expr: &Expr, found: &Type) {
    let wanted = kind_type(&indicator.kind);
    if !yields(found, &wanted) {
        let message = format!(
            "расчёт даёт {}, а вид показателя — {}",
            name(found, pass.model),
            name(&wanted, pass.model)
        );
        let finding = pass
            .error(expr.span, message)
            .with_label(indicator.meta.span, "показатель объявлен здесь")
            .with_hint("поправьте «вид» показателя или его расчёт");
        pass.report(finding);
    }
}

/// A bare number may stand for a count or a mark.
fn yields(found: &Type, wanted: &Type) -> bool {
    match (found, wanted) {
        (Type::Number(Unit::Plain), Type::Number(Unit::Count(_) | Unit::Mark)) => true,
        (Type::Number(Unit::Count(_)), Type::Number(Unit::Plain)) => true,
        (found, wanted) => found == wanted,
    }
}

fn target(pass: &mut Pass<'_>, target: &Target) {
    let Some((unit, declared)) = measured(pass, &target.indicator) else { return };
    match &target.value {
        TargetValue::OfBaseline(_) => {}
        TargetValue::Quantity(quantity) => same(pass, &unit, quantity, declared),
        TargetValue::Observe(observe) => {
            let other = pass.model.indicators.get(&observe.indicator);
            let other = other.and_then(|other| pass.model.unit_of(other));
            if other.as_ref().is_some_and(|other| *other != unit) {
                let message = format!("«{}» измеряется иначе", observe.indicator);
                let finding = pass
                    .error(observe.span, message)
                    .with_label(declared, "показатель цели объявлен здесь")
                    .with_hint("сравнивайте с показателем в той же единице");
                pass.report(finding);
            }
        }
    }
}

/// The unit of what a target brings to a value, and where it is declared; what has none is
/// reported.
fn measured(pass: &mut Pass<'_>, what: &Ref) -> Option<(Unit, Span)> {
    let indicator = pass.model.indicators.get(&what.id)?;
    let unit = pass.model.unit_of(indicator);
    if unit.is_none() {
        let message = format!("«{}» — не число, довести его до значения нельзя", what.id);
        let finding = pass
            .error(what.span, message)
            .with_label(indicator.meta.span, "показатель объявлен здесь")
            .with_hint("поставьте цель по числовому показателю");
        pass.report(finding);
    }
    Some((unit?, indicator.meta.span))
}

fn figures(pass: &mut Pass<'_>, indicator: &Indicator) {
    let unit = pass.model.unit_of(indicator);
    for (_, quantity) in indicator.facts.iter().chain(&indicator.plans) {
        if let Some(unit) = &unit {
            same(pass, unit, quantity, indicator.meta.span);
        }
    }
    if let Some(coverage) = &indicator.coverage
        && coverage.unit != Unit::Percent
    {
        let finding = pass
            .error(coverage.span, "охват измеряется в процентах")
            .with_hint("например: охват не меньше 80 %");
        pass.report(finding);
    }
}

fn same(pass: &mut Pass<'_>, wanted: &Unit, quantity: &Quantity, declared: Span) {
    if !fits(wanted, &quantity.unit) {
        let message = format!(
            "показатель измеряется в «{}», а здесь «{}»",
            unit_name(wanted, pass.model),
            unit_name(&quantity.unit, pass.model)
        );
        let finding = pass
            .error(quantity.span, message)
            .with_label(declared, "показатель объявлен здесь")
            .with_hint("запишите значение в единице показателя");
        pass.report(finding);
    }
}

fn fits(wanted: &Unit, found: &Unit) -> bool {
    match (wanted, found) {
        (Unit::Count(_) | Unit::Mark, Unit::Plain) => true,
        (Unit::Score(Some(_)), Unit::Score(None)) => true,
        (wanted, found) => wanted == found,
    }
}

fn name(found: &Type, model: &Model) -> String {
    match found {
        Type::Truth => "да/нет".to_owned(),
        Type::Date => "дата".to_owned(),
        Type::Text => "текст".to_owned(),
        Type::Number(unit) => format!("«{}»", unit_name(unit, model)),
    }
}

/// Whether values of a kind are numbers.
pub(super) fn is_number(kind: &Kind) -> bool {
    matches!(kind_type(kind), Type::Number(_))
}

#[cfg(test)]
mod tests {
    use crate::check::testing::check_code;

    #[test]
    fn a_share_lags_by_points_and_is_not_a_condition() {
        check_code(
            30,
            "показатель школы часть «Доля»\n  вид процент\n\
             дефицит школы мало «Мало»\n  если часть\n\
             дефицит школы хуже_края «Хуже края»\n  если часть ниже часть по региону не меньше чем на 5 %\n",
            "ПКО-030 4:8 здесь нужно условие, а это «процент»\n\
             ПКО-030 6:53 показатель измеряется в «процент», а отставание в «процент»\n",
        );
    }

    #[test]
    fn a_cell_is_one_of_its_list() {
        check_code(
            30,
            "перечень партнёр «Партнёр»\n  - культура «культура»\n\
             показатель школы договоры «Договоры»\n  вид число по видам партнёр\n\
             показатель школы люди «Люди»\n  вид число\n\
             причина школы п «П»\n  если договоры вида спорт больше 0 или люди вида спорт больше 0\n",
            "ПКО-030 8:8 у показателя «договоры» нет вида «спорт»\n\
             ПКО-030 8:41 показатель «люди» не ведётся по видам\n",
        );
    }

    #[test]
    fn a_formula_yields_the_kind_of_its_indicator() {
        check_code(
            30,
            "показатель школы часть «Доля»\n  вид процент\n\
             показатель школы рост «Рост»\n  вид процент\n  расчёт часть - часть год назад\n\
             показатель школы сумма «Сумма»\n  вид да/нет\n  расчёт часть + 5 п.п.\n",
            "ПКО-030 5:10 расчёт даёт «процентный пункт», а вид показателя — «процент»\n\
             ПКО-030 8:10 расчёт даёт «процент», а вид показателя — да/нет\n",
        );
    }

    #[test]
    fn figures_and_targets_bear_the_unit_of_their_indicator() {
        check_code(
            30,
            "единица человек «человек, человека, человек»\n\
             показатель школы часть «Доля»\n  вид процент\n  охват не меньше 5\n  план 2027: 5 человек\n\
             показатель школы есть «Есть»\n  вид да/нет\n\
             цель школы ц «Ц»\n  довести часть до 5 п.п. к июлю 2-го года\n  довести есть до 1 к июлю 2-го года\n",
            "ПКО-030 4:19 охват измеряется в процентах\n\
             ПКО-030 5:14 показатель измеряется в «процент», а здесь «человек»\n\
             ПКО-030 9:20 показатель измеряется в «процент», а здесь «процентный пункт»\n\
             ПКО-030 10:11 «есть» — не число, довести его до значения нельзя\n",
        );
    }
}
