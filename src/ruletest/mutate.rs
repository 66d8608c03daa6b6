//! What the tests of a pack would not notice: each condition is turned round, each of its thresholds
//! is moved by one step, and the tests run again. A change that no test notices survives.

use std::collections::BTreeSet;

use super::given;
use super::{evaluate, expect};
use crate::base::{Id, Number, Span};
use crate::eval::{Evaluator, Facts, Key, Truth};
use crate::model::{Expected, Expr, ExprKind, Model, Quantity, RuleTest, Unit};

/// What became of the changed conditions.
#[derive(Clone, Debug, Default)]
pub struct Mutants {
    pub total: usize,
    pub survived: Vec<Mutant>,
}

/// A condition as changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Mutant {
    /// Whose condition it is.
    pub element: Id,
    /// The part that was changed.
    pub span: Span,
    pub change: Change,
}

/// What was done to it.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    Negated,
    /// The new threshold.
    Threshold(Quantity),
    /// The new count of years.
    Years(u32),
}

/// Where a condition stands among the declarations of a model.
#[derive(Clone, Copy, Debug)]
enum Place {
    Deficit,
    /// The n-th weight of a deficit.
    Weight(usize),
    Cause,
    Requirement,
    Activity,
    Risk,
}

/// A test with its data, which no mutant changes.
struct Prepared<'a> {
    test: &'a RuleTest,
    facts: Facts,
    /// The elements that it speaks of.
    named: Vec<&'a Id>,
}

/// Changes every condition of the asked pack, one at a time. The tests have passed before.
pub fn mutate(model: &Model) -> Mutants {
    let tests = prepare(model);
    let mut changed = model.clone();
    let mut found = Mutants::default();
    for (id, place) in conditions(model) {
        let Some(whole) = condition(&mut changed, &id, place).cloned() else { continue };
        let before: Vec<Judgement> = tests.iter().map(|test| test.judge(model, &whole)).collect();
        let asks_lists = asks_lists(&whole);
        for (span, change, mutant) in variants(&whole) {
            found.total += 1;
            // Where a test's data are judged as before, nothing that it sees has changed.
            let judged = tests.iter().zip(&before);
            let touched: Vec<&Prepared<'_>> = judged
                .filter(|(test, before)| asks_lists || test.judge(model, &mutant) != **before)
                .map(|(test, _)| test)
                .collect();
            replace(&mut changed, &id, place, mutant);
            if !is_noticed(&changed, &touched, &id) {
                found.survived.push(Mutant { element: id.clone(), span, change });
            }
        }
        replace(&mut changed, &id, place, whole);
    }
    found
}

impl Prepared<'_> {
    fn judge(&self, model: &Model, condition: &Expr) -> Judgement {
        let evaluator = Evaluator::new(model, &self.facts);
        let judged = evaluator.judge(condition, &evaluator.own());
        (judged.truth, judged.needs)
    }
}

/// The answer, and the figures without which it stays open.
type Judgement = (Truth, BTreeSet<Key>);

/// Lists of the document are filled by the choice: the data alone do not tell what they hold.
fn asks_lists(condition: &Expr) -> bool {
    let mut found = false;
    condition.walk(&mut |expr| found |= matches!(expr.kind, ExprKind::Listed(_)));
    found
}

fn prepare(model: &Model) -> Vec<Prepared<'_>> {
    let own = model.pack().map(|pack| &pack.id);
    let tests = model.tests.values().filter(|test| Some(&test.meta.pack) == own);
    tests
        .map(|test| Prepared {
            test,
            facts: given::facts(model, test),
            named: test.expectations.iter().filter_map(|it| element(&it.what)).collect(),
        })
        .collect()
}

fn element(expected: &Expected) -> Option<&Id> {
    match expected {
        Expected::Deficit { deficit: of, .. }
        | Expected::Cause { cause: of, .. }
        | Expected::UnknownRisk { risk: of }
        | Expected::Absent { element: of, .. }
        | Expected::Chosen { element: of, .. } => Some(&of.id),
        _ => None,
    }
}

/// Whether a test fails now. Those that speak of the element are the likeliest, and go first.
fn is_noticed(model: &Model, tests: &[&Prepared<'_>], element: &Id) -> bool {
    let (near, far): (Vec<&Prepared<'_>>, Vec<&Prepared<'_>>) =
        tests.iter().partition(|test| test.named.contains(&element));
    near.into_iter().chain(far).any(|prepared| {
        let outcome = evaluate(model, &prepared.facts, prepared.test);
        let mut expectations = prepared.test.expectations.iter();
        expectations.any(|expected| !expect::check(&outcome, expected).is_empty())
    })
}

// ------------------------------------------------------------ the conditions of a model

/// Every condition of the asked pack, in the order of its declarations.
fn conditions(model: &Model) -> Vec<(Id, Place)> {
    let own = model.pack().map(|pack| &pack.id);
    let mut found = Vec::new();
    for (id, deficit) in model.deficits.iter().filter(|(_, it)| Some(&it.meta.pack) == own) {
        found.push((id.clone(), Place::Deficit));
        let weights = deficit.weights.iter().enumerate();
        let conditional = weights.filter(|(_, weight)| weight.condition.is_some());
        found.extend(conditional.map(|(at, _)| (id.clone(), Place::Weight(at))));
    }
    macro_rules! of {
        ($table:ident, $place:expr) => {
            let own = model.$table.iter().filter(|(_, it)| Some(&it.meta.pack) == own);
            let conditional = own.filter(|(_, it)| it.condition.is_some());
            found.extend(conditional.map(|(id, _)| (id.clone(), $place)));
        };
    }
    of!(causes, Place::Cause);
    of!(requirements, Place::Requirement);
    of!(activities, Place::Activity);
    of!(risks, Place::Risk);
    found
}

fn condition<'m>(model: &'m mut Model, id: &Id, place: Place) -> Option<&'m mut Expr> {
    match place {
        Place::Deficit => model.deficits.get_mut(id).map(|it| &mut it.condition),
        Place::Weight(at) => model.deficits.get_mut(id)?.weights.get_mut(at)?.condition.as_mut(),
        Place::Cause => model.causes.get_mut(id)?.condition.as_mut(),
        Place::Requirement => model.requirements.get_mut(id)?.condition.as_mut(),
        Place::Activity => model.activities.get_mut(id)?.condition.as_mut(),
        Place::Risk => model.risks.get_mut(id)?.condition.as_mut(),
    }
}

fn replace(model: &mut Model, id: &Id, place: Place, with: Expr) {
    if let Some(condition) = condition(model, id, place) {
        *condition = with;
    }
}

// ------------------------------------------------------------ the changes of a condition

/// The condition turned round, and with each threshold and each count of years a step lower and a
/// step higher.
fn variants(whole: &Expr) -> Vec<(Span, Change, Expr)> {
    let mut found = vec![(whole.span, Change::Negated, negated(whole))];
    let mut nodes = 0;
    whole.walk(&mut |_| nodes += 1);
    for node in 0..nodes {
        for step in [-1, 1] {
            let mut mutant = whole.clone();
            let mut at = 0;
            let mut done = None;
            mutant.walk_mut(&mut |expr| {
                if at == node {
                    done = moved(expr, step).map(|change| (expr.span, change));
                }
                at += 1;
            });
            found.extend(done.map(|(span, change)| (span, change, mutant)));
        }
    }
    found
}

fn negated(whole: &Expr) -> Expr {
    match &whole.kind {
        ExprKind::Not(inner) => (**inner).clone(),
        _ => Expr { kind: ExprKind::Not(Box::new(whole.clone())), span: whole.span },
    }
}

/// Moves the threshold that stands in one node; `None` where it has none, or none in that
/// direction.
fn moved(expr: &mut Expr, step: i32) -> Option<Change> {
    match &mut expr.kind {
        ExprKind::Quantity(quantity) | ExprKind::Lag { by: quantity, .. } => {
            let moved = stepped(&quantity.number, step);
            // Below nothing there is no threshold of shares and counts.
            let is_amount = matches!(quantity.unit, Unit::Percent | Unit::Count(_));
            if is_amount && moved.is_negative() {
                return None;
            }
            quantity.number = moved;
            Some(Change::Threshold(quantity.clone()))
        }
        ExprKind::Run { years, .. }
        | ExprKind::EachYear { years, .. }
        | ExprKind::SomeYears { at_least: years, .. } => {
            *years = years.checked_add_signed(step).filter(|years| *years > 0)?;
            Some(Change::Years(*years))
        }
        _ => None,
    }
}

/// A step is one in the last digit that is written.
fn stepped(number: &Number, step: i32) -> Number {
    let ten = Number::from_int(10);
    let mut unit = Number::one();
    let mut scaled = number.clone();
    while !scaled.is_integer() {
        let Some(finer) = unit.checked_div(&ten) else { break };
        unit = finer;
        scaled = &scaled * &ten;
    }
    number + &(&unit * &Number::from_int(i64::from(step)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::SourceMap;
    use crate::model::{NoPacks, PackFiles, load};

    const PACK: &str = "пакет проба «Проба»
  редакция 1
показатель школы двойки «Доля двоек»
  вид процент; лучше меньше; каждый год; данные школа
дефицит школы много_двоек «Много двоек»
  по методисту «порог взят для примера»
  показатели двойки
  если двойки больше 20 %
  вес
    1 иначе
";

    fn survivors(tests: &str) -> Vec<String> {
        let files = vec![("проба.pko".to_owned(), format!("{PACK}{tests}"))];
        let files = PackFiles { origin: "проба".to_owned(), files };
        let mut faults = Vec::new();
        let model = load(files, &NoPacks, &mut SourceMap::default(), &mut faults);
        assert_eq!(faults, []);
        let found = mutate(&model);
        assert_eq!(found.total, 3);
        let told = |mutant: &Mutant| match &mutant.change {
            Change::Negated => "не".to_owned(),
            Change::Threshold(quantity) => quantity.number.to_plain(),
            Change::Years(years) => format!("{years} лет"),
        };
        found.survived.iter().map(told).collect()
    }

    #[test]
    fn a_threshold_is_held_from_both_sides() {
        let at = |value: &str, state: &str| {
            let name = value.replace(',', "_");
            format!(
                "проверка п_{name} «П»\n  дано\n    двойки {value} %\n  ожидаем дефицит много_двоек {state}\n"
            )
        };
        let all = format!("{}{}", at("20", "нет"), at("21", "есть"));
        assert_eq!(survivors(&all), Vec::<String>::new());
        assert_eq!(survivors(&at("21", "есть")), ["19"]);
        assert_eq!(survivors(&at("20", "нет")), ["21"]);
        assert_eq!(survivors(""), ["не", "19", "21"]);
    }

    #[test]
    fn a_step_is_of_the_last_digit() {
        let number = |text: &str| Number::parse(text).expect("a number");
        assert_eq!(stepped(&number("12,5"), 1), number("12,6"));
        assert_eq!(stepped(&number("20"), -1), number("19"));
    }
}
