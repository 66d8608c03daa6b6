//! Every condition can be true and can be false: proven by intervals and differences. What cannot
//! be decided is counted.

use super::bounds::off_scale;
use super::domain::words;
use super::logic::{Formula, Logic, Verdict};
use super::sites::{self, Purpose};
use super::{CheckSpec, Pass};
use crate::diag::Code;
use crate::model::{Deficit, Expr, ExprKind, Type, domain, kind_type};

pub(super) const SPEC: CheckSpec = CheckSpec {
    code: Code(35),
    summary: "Условие не может выполниться или выполняется всегда",
    run,
};

fn run(pass: &mut Pass<'_>) {
    for site in sites::expressions(pass.model) {
        let is_condition = match site.purpose {
            Purpose::Condition => true,
            Purpose::Formula(indicator) => kind_type(&indicator.kind) == Type::Truth,
        };
        if is_condition {
            condition(pass, site.expr);
        }
        for inner in sites::conditions_within(site.expr) {
            condition(pass, inner);
        }
    }
    for deficit in pass.model.deficits.values() {
        weights(pass, deficit);
    }
    if pass.context.list_unproven {
        list_unproven(pass);
    }
}

fn condition(pass: &mut Pass<'_>, expr: &Expr) {
    pass.count_condition();
    if let Some(both) = examine(pass, expr) {
        for verdict in [both.yes, both.no] {
            if let Verdict::Open(reason) = verdict {
                pass.leave_unproven(expr.span, reason);
            }
        }
    }
}

/// Whether a condition can be true, and whether it can be false.
struct Both {
    yes: Verdict,
    no: Verdict,
}

/// `если да` is meant.
fn is_literal(expr: &Expr) -> bool {
    matches!(expr.kind, ExprKind::Truth(_))
}

/// Reports the innermost parts that are always true or never; `None` where there are any.
fn examine(pass: &mut Pass<'_>, expr: &Expr) -> Option<Both> {
    let inner: Vec<Option<Both>> =
        parts(expr).into_iter().map(|part| examine(pass, part)).collect();
    let inner: Vec<Both> = inner.into_iter().collect::<Option<_>>()?;
    if is_literal(expr) {
        return Some(Both { yes: Verdict::Possible, no: Verdict::Possible });
    }
    if off_scale(pass.model, expr).is_some() {
        return None;
    }
    let logic = Logic::new(pass.model);
    let decide = |positive| match any_does(expr, &inner, positive) {
        true => Verdict::Possible,
        false => logic.verdict(&logic.formula(expr, positive)),
    };
    let both = Both { yes: decide(true), no: decide(false) };
    if both.yes == Verdict::Impossible {
        fault(
            pass,
            expr,
            "условие не может выполниться",
            "поправьте порог или уберите лишнее условие",
        );
        None
    } else if both.no == Verdict::Impossible {
        fault(pass, expr, "условие выполняется всегда", "поправьте порог или уберите условие");
        None
    } else {
        Some(both)
    }
}

/// «Или» is true where one part is, «и» is false where one part is.
fn any_does(expr: &Expr, inner: &[Both], positive: bool) -> bool {
    match (&expr.kind, positive) {
        (ExprKind::Or(_), true) => inner.iter().any(|part| part.yes == Verdict::Possible),
        (ExprKind::And(_), false) => inner.iter().any(|part| part.no == Verdict::Possible),
        _ => false,
    }
}

fn fault(pass: &mut Pass<'_>, expr: &Expr, what: &str, hint: &str) {
    let message = format!("{what}: {}{}", pass.excerpt(expr.span), bounds_of(pass, expr));
    let finding = pass.error(expr.span, message).with_hint(hint);
    pass.report(finding);
}

/// The conditions that a condition is made of.
fn parts(expr: &Expr) -> Vec<&Expr> {
    match &expr.kind {
        ExprKind::And(all) | ExprKind::Or(all) => all.iter().collect(),
        ExprKind::Not(inner)
        | ExprKind::EachYear { condition: inner, .. }
        | ExprKind::SomeYears { condition: inner, .. } => vec![inner],
        _ => Vec::new(),
    }
}

/// « при границах 0–100 %», where one indicator is compared with numbers.
fn bounds_of(pass: &Pass<'_>, expr: &Expr) -> String {
    let observed = expr.observes();
    let Some(first) = observed.first() else { return String::new() };
    if observed.iter().any(|other| other.indicator != first.indicator) {
        return String::new();
    }
    let Some(indicator) = pass.model.indicators.get(&first.indicator) else {
        return String::new();
    };
    match domain(&indicator.kind, pass.model) {
        Some(bounds) => format!(" при границах {}", words(&indicator.kind, &bounds)),
        None => String::new(),
    }
}

/// Weights are tried from the top: each must be reachable where the deficit is there.
fn weights(pass: &mut Pass<'_>, deficit: &Deficit) {
    let logic = Logic::new(pass.model);
    let mut before = vec![logic.formula(&deficit.condition, true)];
    if logic.verdict(&Formula::And(before.clone())) == Verdict::Impossible {
        return;
    }
    for weight in &deficit.weights {
        let Some(condition) = &weight.condition else { continue };
        let alone = logic.formula(condition, true);
        let mut reached = before.clone();
        reached.push(alone.clone());
        if logic.verdict(&Formula::And(reached)) == Verdict::Impossible
            && logic.verdict(&alone) != Verdict::Impossible
        {
            let message = format!(
                "вес {} не выбирается никогда: {}",
                weight.value,
                pass.excerpt(condition.span)
            );
            let finding = pass
                .error(condition.span, message)
                .with_label(deficit.condition.span, "условие дефицита")
                .with_hint(
                    "условие веса не сходится с условием дефицита или с весами выше: \
                     переставьте строки или поправьте пороги",
                );
            pass.report(finding);
        }
        before.push(logic.formula(condition, false));
    }
}

fn list_unproven(pass: &mut Pass<'_>) {
    for open in pass.unproven() {
        let message =
            format!("не доказано, что условие бывает и верным, и неверным: {}", open.reason);
        let finding = pass.note(open.span, message);
        pass.report(finding);
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{check_code, check_pack};

    const FIGURES: &str = "\
показатель школы икс «Икс»
  вид процент; лучше меньше
показатель школы игрек «Игрек»
  вид процент; лучше больше
показатель школы люди «Люди»
  вид число
показатель школы есть «Есть»
  вид да/нет
";

    #[track_caller]
    fn finds(condition: &str, expected: &str) {
        let text = format!("{FIGURES}причина школы п «П»\n  если {condition}\n");
        let expected = match expected {
            "" => String::new(),
            expected => format!("ПКО-035 10:{expected}\n"),
        };
        check_code(35, &text, &expected);
    }

    #[test]
    fn open_conditions_are_counted() {
        let (_, checked, _) =
            check_pack(&format!("{FIGURES}причина школы п «П»\n  если люди * люди больше 20\n"));
        assert_eq!(checked.unproven_summary().as_deref(), Some("не доказано условий: 1 из 1"));
    }

    #[track_caller]
    fn unproven(condition: &str) -> usize {
        let (_, checked, _) =
            check_pack(&format!("{FIGURES}причина школы п «П»\n  если {condition}\n"));
        checked.unproven.len()
    }

    #[test]
    fn a_threshold_at_the_end_of_the_scale() {
        finds(
            "икс больше 100 %",
            "8 условие не может выполниться: икс больше 100 % при границах 0–100 %",
        );
        finds(
            "икс не меньше 0 %",
            "8 условие выполняется всегда: икс не меньше 0 % при границах 0–100 %",
        );
        finds("люди меньше 0", "8 условие не может выполниться: люди меньше 0 при границах от 0");
        finds("икс больше 0 %", "");
        finds("икс не меньше 100 %", "");
    }

    #[test]
    fn parts_that_exclude_each_other() {
        finds(
            "икс больше 30 % и икс меньше 20 %",
            "8 условие не может выполниться: икс больше 30 % и икс меньше 20 % при границах 0–100 %",
        );
        finds("икс больше 30 % и икс по региону меньше 20 %", "");
        finds("икс больше 30 % и икс год назад меньше 20 %", "");
        finds("есть и не есть", "8 условие не может выполниться: есть и не есть");
        finds(
            "икс хуже игрек и икс лучше игрек",
            "8 условие не может выполниться: икс хуже игрек и икс лучше игрек",
        );
        finds(
            "икс больше 30 % или икс не больше 30 %",
            "8 условие выполняется всегда: икс больше 30 % или икс не больше 30 % при границах 0–100 %",
        );
    }

    #[test]
    fn only_the_innermost_part_is_named() {
        finds(
            "игрек больше 5 % и (икс больше 100 % или есть)",
            "28 условие не может выполниться: икс больше 100 % при границах 0–100 %",
        );
    }

    #[test]
    fn series_are_differences() {
        finds(
            "икс выросла за год и икс не больше икс год назад",
            "8 условие не может выполниться: икс выросла за год и икс не больше икс год назад при границах 0–100 %",
        );
        finds("икс растёт 2 года подряд и икс больше 10 %", "");
        finds(
            "икс растёт 2 года подряд и не икс выросла за год",
            "8 условие не может выполниться: икс растёт 2 года подряд и не икс выросла за год при границах 0–100 %",
        );
        finds(
            "икс ниже игрек не меньше чем на 100 п.п. и игрек меньше 50 %",
            "8 условие не может выполниться: икс ниже игрек не меньше чем на 100 п.п. и игрек меньше 50 %",
        );
        finds("хотя бы в 2 из последних 3 лет (икс больше 20 %)", "");
        finds(
            "хотя бы в 4 из последних 3 лет (икс больше 20 %)",
            "8 условие не может выполниться: хотя бы в 4 из последних 3 лет (икс больше 20 %) при границах 0–100 %",
        );
    }

    #[test]
    fn a_literal_is_meant() {
        finds("да", "");
    }

    #[test]
    fn what_is_not_understood_is_counted() {
        assert_eq!(unproven("икс больше 20 %"), 0);
        assert_eq!(unproven("икс больше игрек и люди больше 5"), 0);
        assert_eq!(unproven("люди * люди больше 20"), 1);
    }

    #[test]
    fn formulas_are_looked_through() {
        check_code(
            35,
            "показатель школы а «А»\n  вид процент\n\
             показатель школы плохо «Плохо»\n  вид да/нет\n  расчёт а больше 50 %\n\
             причина школы п «П»\n  если плохо и а меньше 20 %\n",
            "ПКО-035 7:8 условие не может выполниться: плохо и а меньше 20 %\n",
        );
    }

    #[test]
    fn conditions_of_sets_are_conditions() {
        check_code(
            35,
            "показатель школы а «А»\n  вид процент\n\
             показатель региона доля_а «Доля»\n  вид процент\n  расчёт доля школ, у которых (а больше 100 %)\n",
            "ПКО-035 5:32 условие не может выполниться: а больше 100 % при границах 0–100 %\n",
        );
    }

    #[test]
    fn a_weight_must_be_reachable() {
        check_code(
            35,
            "показатель школы а «А»\n  вид процент\n\
             дефицит школы д «Д»\n  если а больше 10 %\n  вес\n    2 если а больше 20 %\n    3 если а больше 30 %\n    4 если а меньше 5 %\n    1 иначе\n",
            "ПКО-035 7:12 вес 3 не выбирается никогда: а больше 30 %\n\
             ПКО-035 8:12 вес 4 не выбирается никогда: а меньше 5 %\n",
        );
    }
}
