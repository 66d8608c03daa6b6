//! What must hold for a condition to be true, or false: linear inequalities over figures, and plain
//! truths. Everything is relaxed rather than tightened, so that «impossible» is a proof; what is not
//! understood exactly is marked, and «possible» is claimed only where everything is.

use std::cell::Cell;
use std::collections::BTreeMap;

use super::linear::{Form, Inequality, can_meet};
use crate::base::{Id, Interval, Level, Number};
use crate::model::{
    Aggregate, AggregateKind, CompareOp, Expr, ExprKind, Model, Observe, Quantity, Type, Unit,
    When, domain, type_of,
};

/// A figure that a condition looks at.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Figure {
    Observed {
        indicator: Id,
        level: Option<Level>,
        year: Year,
        cell: Option<Id>,
    },
    /// A count, share, mean or sum over schools, by what it says.
    Aggregate(String),
    /// A value that is not followed any further.
    Opaque(String),
}

/// Counted back from the current year, or a fixed one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Year {
    Ago(u32),
    Fixed(i32),
}

/// Something that is true or not.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fact {
    YesNo(Figure),
    Known(Figure),
    Category(Id),
    Answer(Id),
    Listed(Id),
    /// Something that is not followed any further.
    Opaque(String),
}

/// A condition in negation normal form.
#[derive(Clone, Debug)]
pub enum Formula {
    And(Vec<Formula>),
    Or(Vec<Formula>),
    Below(Inequality<Figure>),
    Holds(Fact, bool),
}

impl Formula {
    fn truth(truth: bool) -> Self {
        if truth { Self::And(Vec::new()) } else { Self::Or(Vec::new()) }
    }
}

/// Whether a formula can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Possible,
    Impossible,
    Open(&'static str),
}

/// What stands in the way of a proof.
const TOO_BIG: &str = "слишком много вариантов";
const OPAQUE: &str = "значение вычисляется не сравнением и не суммой показателей";
const SETS: &str = "в условии несколько итогов по школам";

/// Ways to meet a formula, depth and number of formulas of indicators, and lengths of series beyond which a
/// condition is not pursued.
const MAX_TERMS: usize = 256;
const MAX_DEPTH: u32 = 8;
const MAX_FORMULAS: u32 = 200;
const MAX_YEARS: u32 = 20;
const MAX_CHOICES: u32 = 8;

/// Turns expressions into formulas.
pub struct Logic<'a> {
    model: &'a Model,
    /// Whether the formula behind a figure is followed; without it, always.
    follows: Option<&'a dyn Fn(&Figure) -> bool>,
    /// How many formulas of indicators may still be entered.
    left: Cell<u32>,
}

#[derive(Clone, Copy)]
struct At {
    /// Years back from the current one.
    shift: u32,
    /// Formulas of indicators entered so far.
    depth: u32,
}

impl<'a> Logic<'a> {
    pub fn new(model: &'a Model) -> Self {
        Self { model, follows: None, left: Cell::new(MAX_FORMULAS) }
    }

    /// The same, but a figure whose formula `follows` refuses is one that data give.
    pub fn following(model: &'a Model, follows: &'a dyn Fn(&Figure) -> bool) -> Self {
        Self { follows: Some(follows), ..Self::new(model) }
    }

    /// What must hold for `expr` to be true (`positive`) or false.
    pub fn formula(&self, expr: &Expr, positive: bool) -> Formula {
        self.formula_ago(expr, positive, 0)
    }

    /// The same, looking from so many years ago.
    pub fn formula_ago(&self, expr: &Expr, positive: bool, years: u32) -> Formula {
        self.left.set(MAX_FORMULAS);
        self.build(expr, positive, At { shift: years, depth: 0 })
    }

    fn build(&self, expr: &Expr, positive: bool, at: At) -> Formula {
        match &expr.kind {
            ExprKind::And(all) => join(positive, self.all(all, positive, at)),
            ExprKind::Or(all) => join(!positive, self.all(all, positive, at)),
            ExprKind::Not(inner) => self.build(inner, !positive, at),
            ExprKind::Truth(truth) => Formula::truth(*truth == positive),
            ExprKind::Known(observe) => {
                Formula::Holds(Fact::Known(self.figure(observe, at.shift)), positive)
            }
            ExprKind::Compare { op, left, right } => self.compare(*op, left, right, positive, at),
            ExprKind::Lag { below, left, right, by } => {
                let (low, high) = if *below { (left, right) } else { (right, left) };
                let by = Form::constant(by.number.clone());
                let gap = self.linear(low, at).add(&by).subtract(&self.linear(high, at));
                below_zero(gap, false, positive)
            }
            ExprKind::Change { what, up, negated } => {
                self.rose(what, *up, at, positive != *negated)
            }
            ExprKind::Run { years, .. } | ExprKind::EachYear { years, .. }
                if *years > MAX_YEARS =>
            {
                Formula::Holds(Fact::Opaque(words(expr, at)), positive)
            }
            ExprKind::Run { what, up, years, negated } => {
                let positive = positive != *negated;
                let steps =
                    (0..*years).map(|back| self.rose(what, *up, at.back(back), positive)).collect();
                join(positive, steps)
            }
            ExprKind::EachYear { years, condition } => {
                let each = (0..*years).map(|back| self.build(condition, positive, at.back(back)));
                join(positive, each.collect())
            }
            ExprKind::SomeYears { at_least, years, condition } => {
                self.some_years(*at_least, *years, condition, positive, at)
            }
            ExprKind::Observe(observe) => self.yes_no(observe, positive, at),
            ExprKind::Category(id) => Formula::Holds(Fact::Category(id.clone()), positive),
            ExprKind::Answer(id) => Formula::Holds(Fact::Answer(id.clone()), positive),
            ExprKind::Listed(id) => Formula::Holds(Fact::Listed(id.clone()), positive),
            ExprKind::Sum(_)
            | ExprKind::Product(_)
            | ExprKind::Quantity(_)
            | ExprKind::Words(_)
            | ExprKind::Call { .. }
            | ExprKind::Aggregate(_) => Formula::Holds(Fact::Opaque(words(expr, at)), positive),
        }
    }

    fn all(&self, all: &[Expr], positive: bool, at: At) -> Vec<Formula> {
        all.iter().map(|inner| self.build(inner, positive, at)).collect()
    }

    fn compare(&self, op: CompareOp, left: &Expr, right: &Expr, positive: bool, at: At) -> Formula {
        match type_of(left, self.model, &mut Vec::new()) {
            Some(Type::Number(_)) => {}
            Some(Type::Truth) => return self.same_truth(op, left, right, positive, at),
            _ => {
                let both = format!("{} {} {}", words(left, at), op.russian(), words(right, at));
                return Formula::Holds(Fact::Opaque(both), positive);
            }
        }
        let (left, right) = (self.linear(left, at), self.linear(right, at));
        match op {
            CompareOp::Less => below_zero(left.subtract(&right), true, positive),
            CompareOp::NotMore => below_zero(left.subtract(&right), false, positive),
            CompareOp::More => below_zero(right.subtract(&left), true, positive),
            CompareOp::NotLess => below_zero(right.subtract(&left), false, positive),
            CompareOp::Equal => equal_zero(&left.subtract(&right), positive),
            CompareOp::NotEqual => equal_zero(&left.subtract(&right), !positive),
        }
    }

    fn same_truth(
        &self,
        op: CompareOp,
        left: &Expr,
        right: &Expr,
        positive: bool,
        at: At,
    ) -> Formula {
        let alike = positive == (op != CompareOp::NotEqual);
        let both = |a, b| Formula::And(vec![self.build(left, a, at), self.build(right, b, at)]);
        Formula::Or(vec![both(true, alike), both(false, !alike)])
    }

    /// That a series rose (fell) from the year before, or that it did not.
    fn rose(&self, what: &Observe, up: bool, at: At, positive: bool) -> Formula {
        let now = self.observed(what, at);
        let before = self.observed(what, at.back(1));
        let (low, high) = if up { (before, now) } else { (now, before) };
        below_zero(low.subtract(&high), true, positive)
    }

    fn some_years(
        &self,
        at_least: u32,
        years: u32,
        condition: &Expr,
        positive: bool,
        at: At,
    ) -> Formula {
        // «At least k of n» fails where it fails in at least n − k + 1 years.
        let needed = if positive { at_least } else { (years + 1).saturating_sub(at_least) };
        if needed > years {
            return Formula::truth(false);
        }
        if years > MAX_CHOICES {
            let what = format!("{needed} из {years}: {}", words(condition, at));
            return Formula::Holds(Fact::Opaque(what), positive);
        }
        let choices = (0u32..1 << years).filter(|chosen| chosen.count_ones() == needed);
        let terms = choices.map(|chosen| {
            let kept = (0..years).filter(|back| chosen & (1 << back) != 0);
            Formula::And(kept.map(|back| self.build(condition, positive, at.back(back))).collect())
        });
        Formula::Or(terms.collect())
    }

    /// An indicator that is да/нет: its formula where it has one, else a fact of its own.
    fn yes_no(&self, observe: &Observe, positive: bool, at: At) -> Formula {
        if let Some((formula, at)) = self.formula_of(observe, at) {
            return self.build(formula, positive, at);
        }
        Formula::Holds(Fact::YesNo(self.figure(observe, at.shift)), positive)
    }

    /// The formula behind a look at an indicator, and the year it is asked for.
    fn formula_of(&self, observe: &Observe, at: At) -> Option<(&'a Expr, At)> {
        let plain = observe.level.is_none() && observe.cell.is_none();
        let When::YearsAgo(back) = as_years_ago(observe.when) else { return None };
        let formula = self.model.indicators.get(&observe.indicator)?.formula.as_ref()?;
        let entered = At { depth: at.depth + 1, ..at.back(back) };
        let left = self.left.get();
        if !plain || at.depth >= MAX_DEPTH || left == 0 {
            return None;
        }
        if self.follows.is_some_and(|follows| !follows(&self.figure(observe, at.shift))) {
            return None;
        }
        self.left.set(left - 1);
        Some((formula, entered))
    }

    // ------------------------------------------------------------ numbers

    fn linear(&self, expr: &Expr, at: At) -> Form<Figure> {
        match &expr.kind {
            ExprKind::Quantity(quantity) => Form::constant(quantity.number.clone()),
            ExprKind::Observe(observe) => self.observed(observe, at),
            ExprKind::Sum(terms) => {
                let zero = Form::constant(Number::zero());
                terms.iter().fold(zero, |sum, (minus, term)| {
                    let term = self.linear(term, at);
                    if *minus { sum.subtract(&term) } else { sum.add(&term) }
                })
            }
            ExprKind::Product(factors) => self.product(factors, expr, at),
            ExprKind::Aggregate(_) => Form::variable(Figure::Aggregate(words(expr, at))),
            _ => opaque(expr, at),
        }
    }

    /// A product of one figure with plain numbers.
    fn product(&self, factors: &[(bool, Expr)], whole: &Expr, at: At) -> Form<Figure> {
        let mut by = Number::one();
        let mut figure: Option<Form<Figure>> = None;
        for (divides, factor) in factors {
            match plain_number(factor) {
                Some(number) if *divides => match by.checked_div(number) {
                    Some(quotient) => by = quotient,
                    None => return opaque(whole, at),
                },
                Some(number) => by = &by * number,
                None if figure.is_none() && !divides => figure = Some(self.linear(factor, at)),
                None => return opaque(whole, at),
            }
        }
        figure.map_or_else(|| Form::constant(by.clone()), |figure| figure.scale(&by))
    }

    fn observed(&self, observe: &Observe, at: At) -> Form<Figure> {
        let Some(years) = observe.mean_over.filter(|years| *years > 0) else {
            return self.figure_or_formula(observe, at);
        };
        if years > MAX_YEARS {
            return Form::variable(Figure::Opaque(format!("{} {observe:?}", at.shift)));
        }
        let sum = (0..years).fold(Form::constant(Number::zero()), |sum, back| {
            sum.add(&self.figure_or_formula(observe, at.back(back)))
        });
        match Number::one().checked_div(&Number::from_int(i64::from(years))) {
            Some(share) => sum.scale(&share),
            None => sum,
        }
    }

    fn figure_or_formula(&self, observe: &Observe, at: At) -> Form<Figure> {
        match self.formula_of(observe, at) {
            Some((formula, at)) => self.linear(formula, at),
            None => Form::variable(self.figure(observe, at.shift)),
        }
    }

    fn figure(&self, observe: &Observe, shift: u32) -> Figure {
        let year = match as_years_ago(observe.when) {
            When::YearsAgo(back) => Year::Ago(back.saturating_add(shift)),
            When::Year(year) => Year::Fixed(year),
            When::Current => Year::Ago(shift),
        };
        Figure::Observed {
            indicator: observe.indicator.clone(),
            level: observe.level,
            year,
            cell: observe.cell.clone(),
        }
    }

    // ------------------------------------------------------------ verdicts

    /// Whether a formula can hold with some data: the ways to meet it are tried one by one until one
    /// is possible.
    pub fn verdict(&self, formula: &Formula) -> Verdict {
        let mut search = Search { logic: self, term: Vec::new(), left: MAX_TERMS };
        search.meet(&[formula])
    }

    /// Whether atoms can hold together.
    fn term(&self, term: &[Atom<'_>]) -> Verdict {
        let Some(facts) = consistent(term) else { return Verdict::Impossible };
        let mut all: Vec<&Inequality<Figure>> = Vec::new();
        let mut bounds = BTreeMap::new();
        for atom in term {
            if let Atom::Below(inequality) = atom {
                for figure in inequality.form.factors.keys() {
                    bounds.entry(figure.clone()).or_insert_with(|| self.bounds(figure));
                }
                all.push(inequality);
            }
        }
        let certainty = certainty(bounds.keys(), facts.keys().copied());
        match can_meet(bounds, &all) {
            Some(false) => Verdict::Impossible,
            None => Verdict::Open(TOO_BIG),
            Some(true) => certainty,
        }
    }

    fn bounds(&self, figure: &Figure) -> Interval {
        let kind = match figure {
            Figure::Observed { indicator, .. } => {
                self.model.indicators.get(indicator).map(|indicator| &indicator.kind)
            }
            Figure::Aggregate(words) => {
                let at_least_zero = Interval::at_least(Number::zero());
                return if words.starts_with(SHARE) {
                    Interval::between(Number::zero(), Number::from_int(100))
                } else if words.starts_with(COUNT) {
                    at_least_zero
                } else {
                    Interval::everything()
                };
            }
            Figure::Opaque(_) => None,
        };
        kind.and_then(|kind| domain(kind, self.model)).unwrap_or_else(Interval::everything)
    }
}

impl At {
    fn back(self, years: u32) -> Self {
        Self { shift: self.shift.saturating_add(years), ..self }
    }
}

/// The current year is no years ago.
fn as_years_ago(when: When) -> When {
    if when == When::Current { When::YearsAgo(0) } else { when }
}

fn join(all_needed: bool, formulas: Vec<Formula>) -> Formula {
    if all_needed { Formula::And(formulas) } else { Formula::Or(formulas) }
}

/// That a form is below zero (`strict`) or not above it; or, not `positive`, that it is not so.
fn below_zero(form: Form<Figure>, strict: bool, positive: bool) -> Formula {
    if positive {
        Formula::Below(Inequality { form, strict })
    } else {
        let form = form.negate();
        Formula::Below(Inequality { form, strict: !strict })
    }
}

fn equal_zero(form: &Form<Figure>, positive: bool) -> Formula {
    let opposite = form.negate();
    let both =
        [form.clone(), opposite].map(|form| Formula::Below(Inequality { form, strict: !positive }));
    join(positive, both.into())
}

fn plain_number(expr: &Expr) -> Option<&Number> {
    match &expr.kind {
        ExprKind::Quantity(Quantity { number, unit: Unit::Plain, .. }) => Some(number),
        _ => None,
    }
}

fn opaque(expr: &Expr, at: At) -> Form<Figure> {
    Form::variable(Figure::Opaque(words(expr, at)))
}

const SHARE: &str = "доля";
const COUNT: &str = "число";

/// What tells one opaque expression from another. Two of one wording are two: that only relaxes.
fn words(expr: &Expr, at: At) -> String {
    let head = match &expr.kind {
        ExprKind::Aggregate(Aggregate { kind: AggregateKind::Share { .. }, .. }) => SHARE,
        ExprKind::Aggregate(Aggregate { kind: AggregateKind::Count { .. }, .. }) => COUNT,
        _ => "",
    };
    // Instances of a template share their places, so the names must tell them apart.
    format!("{head} {} {:?}", at.shift, expr.kind)
}

// ---------------------------------------------------------------- alternatives

/// What one way to meet a formula asks for.
#[derive(Clone, Copy, Debug)]
enum Atom<'f> {
    Below(&'f Inequality<Figure>),
    Holds(&'f Fact, bool),
}

/// A search through the ways to meet a formula.
struct Search<'s, 'f> {
    logic: &'s Logic<'s>,
    /// What was chosen so far.
    term: Vec<Atom<'f>>,
    /// How many ways may still be tried.
    left: usize,
}

impl<'f> Search<'_, 'f> {
    /// Whether all of `open` can hold together with what was chosen.
    fn meet(&mut self, open: &[&'f Formula]) -> Verdict {
        if self.left == 0 {
            return Verdict::Open(TOO_BIG);
        }
        let Some((first, rest)) = open.split_first() else { return self.try_term() };
        match first {
            Formula::Below(inequality) => self.choose(Atom::Below(inequality), rest),
            Formula::Holds(fact, truth) => self.choose(Atom::Holds(fact, *truth), rest),
            Formula::And(all) => {
                let open: Vec<&Formula> = all.iter().chain(rest.iter().copied()).collect();
                self.meet(&open)
            }
            Formula::Or(any) => self.meet_one(any, rest),
        }
    }

    fn choose(&mut self, atom: Atom<'f>, rest: &[&'f Formula]) -> Verdict {
        self.term.push(atom);
        let verdict = self.meet(rest);
        self.term.pop();
        verdict
    }

    fn meet_one(&mut self, any: &'f [Formula], rest: &[&'f Formula]) -> Verdict {
        let mut open = None;
        for inner in any {
            let way: Vec<&Formula> = std::iter::once(inner).chain(rest.iter().copied()).collect();
            match self.meet(&way) {
                Verdict::Possible => return Verdict::Possible,
                Verdict::Open(reason) => open = open.or(Some(reason)),
                Verdict::Impossible => {}
            }
        }
        open.map_or(Verdict::Impossible, Verdict::Open)
    }

    fn try_term(&mut self) -> Verdict {
        self.left -= 1;
        self.logic.term(&self.term)
    }
}

/// The facts of a term; `None` where one must be true and false.
fn consistent<'f>(term: &[Atom<'f>]) -> Option<BTreeMap<&'f Fact, bool>> {
    let mut facts = BTreeMap::new();
    for atom in term {
        if let Atom::Holds(fact, truth) = atom
            && facts.insert(*fact, *truth).is_some_and(|held| held != *truth)
        {
            return None;
        }
    }
    Some(facts)
}

/// Whether a term that seems possible is understood well enough to be called so.
fn certainty<'f>(
    figures: impl Iterator<Item = &'f Figure>,
    mut facts: impl Iterator<Item = &'f Fact>,
) -> Verdict {
    let mut sets = 0;
    for figure in figures {
        match figure {
            Figure::Opaque(_) => return Verdict::Open(OPAQUE),
            Figure::Aggregate(_) => sets += 1,
            Figure::Observed { .. } => {}
        }
    }
    if facts.any(|fact| matches!(fact, Fact::Opaque(_))) {
        Verdict::Open(OPAQUE)
    } else if sets > 1 {
        Verdict::Open(SETS)
    } else {
        Verdict::Possible
    }
}
