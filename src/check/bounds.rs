//! No threshold, target or figure lies off the scale of its indicator.

use super::domain::words;
use super::sites;
use super::{CheckSpec, Pass};
use crate::base::{Id, Interval, Number, Span};
use crate::data::Reading;
use crate::diag::Code;
use crate::model::{
    Expected, ExpectedReading, Expr, ExprKind, Model, Quantity, TargetValue, Unit, domain,
};

pub(super) const SPEC: CheckSpec = CheckSpec {
    code: Code(43),
    summary: "Значение вне границ показателя, норма вне разумного",
    run,
};

/// A number where its indicator never goes.
#[derive(Debug)]
pub(super) struct OffScale {
    span: Span,
    indicator: Id,
    message: String,
}

fn run(pass: &mut Pass<'_>) {
    let model = pass.model;
    let mut found: Vec<OffScale> = Vec::new();
    for site in sites::expressions(model) {
        site.expr.walk(&mut |expr| found.extend(off_scale(model, expr)));
    }
    found.extend(targets(model));
    found.extend(figures(model));
    found.extend(tests(model));
    for fault in found {
        let mut finding =
            pass.error(fault.span, fault.message).with_hint("поправьте число или единицу");
        if let Some(place) = sites::indicator_place(model, &fault.indicator) {
            finding = finding.with_label(place, "показатель объявлен здесь");
        }
        pass.report(finding);
    }
    coverage(pass);
    sites::norms(model).into_iter().for_each(|norm| self::norm(pass, norm));
}

/// What is off the scale in a comparison itself, not in its parts.
pub(super) fn off_scale(model: &Model, expr: &Expr) -> Option<OffScale> {
    match &expr.kind {
        ExprKind::Compare { left, right, .. } => match (&left.kind, &right.kind) {
            (ExprKind::Observe(observe), ExprKind::Quantity(quantity))
            | (ExprKind::Quantity(quantity), ExprKind::Observe(observe)) => {
                outside(model, &observe.indicator, quantity)
            }
            _ => None,
        },
        ExprKind::Lag { left, by, .. } => match &left.kind {
            ExprKind::Observe(observe) => too_wide(model, &observe.indicator, by),
            _ => None,
        },
        _ => None,
    }
}

fn bounds(model: &Model, id: &Id) -> Option<(Interval, String)> {
    let kind = &model.indicators.get(id)?.kind;
    let bounds = domain(kind, model)?;
    let words = words(kind, &bounds);
    Some((bounds, words))
}

fn outside(model: &Model, id: &Id, quantity: &Quantity) -> Option<OffScale> {
    number_outside(model, id, &quantity.number, quantity.span)
}

fn number_outside(model: &Model, id: &Id, number: &Number, span: Span) -> Option<OffScale> {
    let (bounds, words) = bounds(model, id)?;
    (!bounds.contains(number)).then(|| OffScale {
        span,
        indicator: id.clone(),
        message: format!("значение {number} вне границ показателя «{id}»: {words}"),
    })
}

fn too_wide(model: &Model, id: &Id, by: &Quantity) -> Option<OffScale> {
    let (bounds, words) = bounds(model, id)?;
    let width = match (&bounds.low, &bounds.high) {
        (Some(low), Some(high)) => Some(&high.at - &low.at),
        _ => None,
    };
    let wide = width.is_some_and(|width| by.number > width);
    (wide || by.number.is_negative()).then(|| OffScale {
        span: by.span,
        indicator: id.clone(),
        message: format!("отставание {} не бывает при границах «{id}»: {words}", by.number),
    })
}

fn targets(model: &Model) -> Vec<OffScale> {
    let fault = |target: &crate::model::Target| match &target.value {
        TargetValue::Quantity(quantity) => outside(model, &target.indicator.id, quantity),
        TargetValue::OfBaseline(factor) if factor.is_negative() => Some(OffScale {
            span: target.span,
            indicator: target.indicator.id.clone(),
            message: "доля от исходного не бывает меньше нуля".to_owned(),
        }),
        _ => None,
    };
    let planned = sites::planned_targets(model).into_iter();
    let planned = planned.filter_map(|(indicator, value)| outside(model, &indicator.id, value));
    sites::targets(model).filter_map(fault).chain(planned).collect()
}

fn figures(model: &Model) -> Vec<OffScale> {
    let of = |(id, indicator): (&Id, &crate::model::Indicator)| -> Vec<OffScale> {
        let figures = indicator.facts.iter().chain(&indicator.plans);
        figures.filter_map(|(_, quantity)| outside(model, id, quantity)).collect()
    };
    model.indicators.iter().flat_map(of).collect()
}

/// What the tests of the pack give and expect.
fn tests(model: &Model) -> Vec<OffScale> {
    let mut found = Vec::new();
    for test in model.tests.values() {
        let schools = test.schools.iter().flat_map(|school| &school.facts);
        for fact in test.given.iter().chain(schools) {
            if let Reading::Figure { value, .. } = &fact.reading {
                found.extend(number_outside(model, &fact.name.id, value, fact.name.span));
            }
        }
        for expectation in &test.expectations {
            match &expectation.what {
                Expected::Between { observe, low, high } => {
                    found.extend(outside(model, &observe.indicator, low));
                    found.extend(outside(model, &observe.indicator, high));
                }
                Expected::Indicator { observe, value: ExpectedReading::Quantity(quantity) } => {
                    found.extend(outside(model, &observe.indicator, quantity));
                }
                _ => {}
            }
        }
    }
    found
}

fn coverage(pass: &mut Pass<'_>) {
    let percent = Interval::between(Number::zero(), Number::from_int(100));
    for indicator in pass.model.indicators.values() {
        if let Some(coverage) = &indicator.coverage
            && !percent.contains(&coverage.number)
        {
            let finding = pass
                .error(coverage.span, "охват — доля школ, от 0 до 100 %")
                .with_hint("поправьте число");
            pass.report(finding);
        }
    }
}

/// A norm asks for something, in whole pieces, and not for more than there can be.
fn norm(pass: &mut Pass<'_>, norm: &Quantity) {
    let number = &norm.number;
    let most = if norm.unit == Unit::Percent { 100 } else { MOST };
    let message = if *number <= Number::zero() {
        format!("норма «не меньше {number}» ничего не требует")
    } else if *number > Number::from_int(most) {
        format!("норма «не меньше {number}» больше, чем бывает")
    } else if matches!(norm.unit, Unit::Count(_)) && !number.is_integer() {
        format!("норма «не меньше {number}»: это считают целыми")
    } else {
        return;
    };
    let finding =
        pass.error(norm.span, message).with_hint("поправьте число или уберите строку «норма»");
    pass.report(finding);
}

/// Nothing that a plan counts comes in more pieces.
const MOST: i64 = 1_000_000;

#[cfg(test)]
mod cases {
    use crate::check::testing::check_code;

    #[test]
    fn a_number_off_the_scale_is_named_with_its_bounds() {
        check_code(
            43,
            "шкала сто «Сто»\n  от 0 до 100\n\
             показатель школы часть «Доля»\n  вид процент\n  план 2027: 130 %\n\
             показатель школы отметка_9 «Отметка»\n  вид отметка\n\
             причина школы п «П»\n  если часть больше 120 % или отметка_9 меньше 1\n\
             причина школы р «Р»\n  если часть ниже часть по региону не меньше чем на 150 п.п.\n\
             цель школы ц «Ц»\n  довести часть до 101 % к июлю 2-го года\n",
            "ПКО-043 5:14 значение 130 вне границ показателя «часть»: 0–100 %\n\
             ПКО-043 9:21 значение 120 вне границ показателя «часть»: 0–100 %\n\
             ПКО-043 9:48 значение 1 вне границ показателя «отметка_9»: 2–5\n\
             ПКО-043 11:53 отставание 150 не бывает при границах «часть»: 0–100 %\n\
             ПКО-043 13:20 значение 101 вне границ показателя «часть»: 0–100 %\n",
        );
    }

    #[test]
    fn an_impossible_threshold_is_reported_once() {
        let text = "показатель школы часть «Доля»\n  вид процент\n\
                    причина школы п «П»\n  если часть больше 120 %\n";
        check_code(35, text, "");
    }
}
