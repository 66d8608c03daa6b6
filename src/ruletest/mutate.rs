//! What the tests of a pack would not notice: each condition is turned round, each of its thresholds
//! is moved by one step, and the tests run again. A change that no test notices survives.

use std::collections::BTreeSet;
use std::mem::swap;

use super::{Outcome, expect, given};
use crate::base::{Id, Number, Span};
use crate::eval::{Evaluator, Facts, Judged, Key, Object, Truth};
use crate::model::{Expectation, Expected, Expr, ExprKind, Model, Quantity, RuleTest, Unit};
use crate::plan::Choice;
use crate::syntax::Noun;

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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Deficit,
    /// The n-th weight of a deficit.
    Weight(usize),
    Cause,
    Requirement,
    Activity,
    Risk,
}

/// A condition with its changes.
struct Condition {
    element: Id,
    place: Place,
    whole: Expr,
    /// Whether lists of the document tell in it: what they hold the choice says, not the data.
    asks_lists: bool,
    variants: Vec<Variant>,
}

struct Variant {
    span: Span,
    change: Change,
    /// The condition so changed.
    expr: Expr,
    is_noticed: bool,
}

/// Changes every condition of the asked pack, one at a time. The tests have passed before. `report`
/// is told of how many tests, out of how many, have been run again.
pub fn mutate(model: &Model, report: &mut dyn FnMut(usize, usize)) -> Mutants {
    let own = model.pack().map(|pack| &pack.id);
    let tests = model.tests.values().filter(|test| Some(&test.meta.pack) == own);
    let tests: Vec<&RuleTest> = tests.collect();
    let mut conditions = conditions(model);
    let mut changed = model.clone();
    // Tests that speak of an element are the likeliest to notice its changes, and go first.
    for (round, is_near) in [true, false].into_iter().enumerate() {
        for (at, test) in tests.iter().enumerate() {
            report(round * tests.len() + at, 2 * tests.len());
            try_on(model, &mut changed, test, &mut conditions, is_near);
        }
    }
    report(2 * tests.len(), 2 * tests.len());
    Mutants {
        total: conditions.iter().map(|condition| condition.variants.len()).sum(),
        survived: conditions.into_iter().flat_map(Condition::survivors).collect(),
    }
}

/// Runs one test against the changes that nobody has noticed, of the elements that it speaks of or
/// of all others.
fn try_on(
    model: &Model,
    changed: &mut Model,
    test: &RuleTest,
    conditions: &mut [Condition],
    is_near: bool,
) {
    let concerned = conditions.iter_mut().filter(|condition| {
        !condition.is_noticed()
            && is_near == test.expectations.iter().any(|it| names(&it.what, &condition.element))
            && test.expectations.iter().any(|it| feels(&it.what, condition))
    });
    let mut concerned = concerned.peekable();
    if concerned.peek().is_none() {
        return;
    }
    let facts = given::facts(model, test);
    let before = Before::new(model, &facts, test);
    concerned.for_each(|condition| before.notice(condition, changed));
}

impl Condition {
    fn is_noticed(&self) -> bool {
        self.variants.iter().all(|variant| variant.is_noticed)
    }

    fn survivors(self) -> impl Iterator<Item = Mutant> {
        let survived = self.variants.into_iter().filter(|variant| !variant.is_noticed);
        survived.map(move |Variant { span, change, .. }| Mutant {
            element: self.element.clone(),
            span,
            change,
        })
    }
}

/// A test with its data and what came of them before any change. Figures looked up serve all
/// changes: no condition tells in them.
struct Before<'a> {
    outcome: Outcome<'a>,
    test: &'a RuleTest,
    /// Those first for which nothing has to be chosen.
    expectations: Vec<&'a Expectation>,
}

/// What a condition comes to.
#[derive(PartialEq, Eq)]
struct Answer {
    truth: Truth,
    /// The figures without which it stays open.
    needs: BTreeSet<Key>,
}

impl Answer {
    fn of(evaluator: &Evaluator<'_>, condition: &Expr) -> Self {
        let Judged { truth, needs, .. } = evaluator.judge(condition, &evaluator.own());
        Self { truth, needs }
    }

    /// Whether nothing but the years of the missing figures tells them apart.
    fn is_same_but_for_years(&self, other: &Self) -> bool {
        let missing = |answer: &Self| -> BTreeSet<(Id, Object)> {
            let each = answer.needs.iter();
            each.map(|key| (key.indicator.clone(), key.object.clone())).collect()
        };
        self.truth == other.truth && missing(self) == missing(other)
    }
}

impl<'a> Before<'a> {
    fn new(model: &'a Model, facts: &'a Facts, test: &'a RuleTest) -> Self {
        let mut expectations: Vec<&Expectation> = test.expectations.iter().collect();
        expectations.sort_by_key(|it| asks_choice(&it.what));
        Self { outcome: Outcome::new(Evaluator::new(model, facts), test), test, expectations }
    }

    /// Marks the changes of a condition at which the test fails.
    fn notice(&self, condition: &mut Condition, changed: &mut Model) {
        let before = self.answers(condition, &condition.whole);
        for at in 0..condition.variants.len() {
            let Some(variant) = condition.variants.get(at) else { continue };
            if variant.is_noticed {
                continue;
            }
            // Where the test's data are judged as before, nothing that it sees has changed.
            let after = self.answers(condition, &variant.expr);
            if after == before || !self.is_asked(condition) {
                continue;
            }
            let is_same = |(a, b): (&Answer, &Answer)| a.is_same_but_for_years(b);
            let only_years = before.iter().zip(&after).all(is_same);
            condition.exchange(at, changed);
            let fails = self.fails(condition, only_years, changed);
            condition.exchange(at, changed);
            if let Some(variant) = condition.variants.get_mut(at) {
                variant.is_noticed = fails;
            }
        }
    }

    /// What a condition comes to with the data alone, and where the lists of the document are known,
    /// if it asks for them.
    fn answers(&self, condition: &Condition, expr: &Expr) -> Vec<Answer> {
        let evaluator = &self.outcome.evaluator;
        let choice = condition.asks_lists.then(|| self.outcome.choice()).flatten();
        let listed = choice.map(|choice| evaluator.with_lists(choice.lists.clone()));
        let evaluators = [evaluator].into_iter().chain(&listed);
        evaluators.map(|evaluator| Answer::of(evaluator, expr)).collect()
    }

    /// Whether anything in the choice asks for the element: without that, its condition tells
    /// nothing.
    fn is_asked(&self, condition: &Condition) -> bool {
        let (Place::Activity, Some(choice)) = (condition.place, self.outcome.choice()) else {
            return true;
        };
        let is_asked_by = |choice: &Choice| {
            let activity = self.outcome.model.activities.get(&condition.element)?;
            let mut tasks = activity.tasks.iter().map(|task| &task.id);
            let mut requirements = activity.requirements.iter().map(|it| &it.id);
            let is_chosen = |id: &Id| choice.tasks.iter().any(|task| task.id == *id);
            Some(tasks.any(is_chosen) || requirements.any(|id| choice.requirements.contains(id)))
        };
        is_asked_by(choice).unwrap_or(true)
    }

    fn fails(&self, condition: &Condition, only_years: bool, changed: &Model) -> bool {
        let outcome = Outcome::new(self.outcome.evaluator.over(changed), self.test);
        let feels = |it: &&&Expectation| {
            feels(&it.what, condition) && (!only_years || tells_years(&it.what, condition))
        };
        let mut felt = self.expectations.iter().filter(feels);
        felt.any(|expected| !expect::check(&outcome, expected).is_empty())
    }
}

// ------------------------------------------------------------ what a test can see

/// Whether an expectation speaks of an element.
fn names(expected: &Expected, id: &Id) -> bool {
    match expected {
        Expected::Deficit { deficit: of, .. }
        | Expected::Cause { cause: of, .. }
        | Expected::UnknownRisk { risk: of }
        | Expected::Absent { element: of, .. }
        | Expected::Chosen { element: of, .. } => of.id == *id,
        _ => false,
    }
}

/// Whether what it looks at is chosen; else the diagnosis tells it.
fn asks_choice(expected: &Expected) -> bool {
    match expected {
        Expected::Deficit { .. }
        | Expected::Cause { .. }
        | Expected::Conclusion { .. }
        | Expected::Between { .. }
        | Expected::Indicator { .. } => false,
        Expected::Absent { noun, .. } | Expected::Chosen { noun, .. } => {
            !matches!(noun, Noun::Deficit | Noun::Cause)
        }
        Expected::UnknownRisk { .. } | Expected::Text { .. } => true,
    }
}

/// Whether a change of the condition can reach what is expected: a deficit or a cause is judged by
/// its own conditions alone, the choice by all.
fn feels(expected: &Expected, condition: &Condition) -> bool {
    let is_judged = matches!(condition.place, Place::Deficit | Place::Weight(_) | Place::Cause);
    asks_choice(expected) || (is_judged && names(expected, &condition.element))
}

/// Whether the years of the figures that a condition misses can reach what is expected: what is
/// chosen depends on which figures are missing, not on their years.
fn tells_years(expected: &Expected, condition: &Condition) -> bool {
    matches!(expected, Expected::Text { .. }) || names(expected, &condition.element)
}

// ------------------------------------------------------------ the conditions of a model

/// Every condition of the asked pack, in the order of its declarations.
fn conditions(model: &Model) -> Vec<Condition> {
    let own = model.pack().map(|pack| &pack.id);
    let mut found = Vec::new();
    for (id, deficit) in model.deficits.iter().filter(|(_, it)| Some(&it.meta.pack) == own) {
        found.push(Condition::new(id, Place::Deficit, &deficit.condition));
        for (at, weight) in deficit.weights.iter().enumerate() {
            let condition = weight.condition.as_ref();
            found.extend(condition.map(|it| Condition::new(id, Place::Weight(at), it)));
        }
    }
    macro_rules! of {
        ($table:ident, $place:expr) => {
            let own = model.$table.iter().filter(|(_, it)| Some(&it.meta.pack) == own);
            let conditional = own.filter_map(|(id, it)| Some((id, it.condition.as_ref()?)));
            found.extend(conditional.map(|(id, it)| Condition::new(id, $place, it)));
        };
    }
    of!(causes, Place::Cause);
    of!(requirements, Place::Requirement);
    of!(activities, Place::Activity);
    of!(risks, Place::Risk);
    found
}

impl Condition {
    fn new(element: &Id, place: Place, whole: &Expr) -> Self {
        let mut asks_lists = false;
        whole.walk(&mut |expr| asks_lists |= matches!(expr.kind, ExprKind::Listed(_)));
        let (element, variants) = (element.clone(), variants(whole));
        Self { element, place, whole: whole.clone(), asks_lists, variants }
    }

    /// Puts a variant in the place of what stands in the model, and that in the place of the variant.
    fn exchange(&mut self, at: usize, model: &mut Model) {
        let standing = standing(model, &self.element, self.place);
        if let (Some(standing), Some(variant)) = (standing, self.variants.get_mut(at)) {
            swap(standing, &mut variant.expr);
        }
    }
}

fn standing<'m>(model: &'m mut Model, id: &Id, place: Place) -> Option<&'m mut Expr> {
    match place {
        Place::Deficit => model.deficits.get_mut(id).map(|it| &mut it.condition),
        Place::Weight(at) => model.deficits.get_mut(id)?.weights.get_mut(at)?.condition.as_mut(),
        Place::Cause => model.causes.get_mut(id)?.condition.as_mut(),
        Place::Requirement => model.requirements.get_mut(id)?.condition.as_mut(),
        Place::Activity => model.activities.get_mut(id)?.condition.as_mut(),
        Place::Risk => model.risks.get_mut(id)?.condition.as_mut(),
    }
}

// ------------------------------------------------------------ the changes of a condition

/// The condition turned round, and with each threshold and each count of years a step lower and a
/// step higher.
fn variants(whole: &Expr) -> Vec<Variant> {
    let variant = |span, change, expr| Variant { span, change, expr, is_noticed: false };
    let mut found = vec![variant(whole.span, Change::Negated, negated(whole))];
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
            found.extend(done.map(|(span, change)| variant(span, change, mutant)));
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
        let found = mutate(&model, &mut |_, _| {});
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
