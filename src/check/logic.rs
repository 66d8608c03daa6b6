//! What must hold for a condition to be true, or false: linear inequalities over figures, and plain
//! truths. Everything is relaxed rather than tightened, so that «impossible» is a proof; what is not
//! understood exactly is marked, and «possible» is claimed only where everything is.

use std::collections::{BTreeMap, BTreeSet};

use super::domain::domain;
use super::linear::{Form, Inequality, feasible, within};
use crate::base::{Id, Interval, Level, Number};
use crate::model::{
    Aggregate, AggregateKind, CompareOp, Expr, ExprKind, Model, Observe, Quantity, Type, Unit,
    When, type_of,
};

/// A figure that a condition looks at.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Figure {
    Observed { indicator: Id, level: Option<Level>, year: Year, cell: Option<Id> },
    /// A count, share, mean or sum over schools, by what it says.
    Aggregate(String),
    /// A value that is not followed any further.
    Opaque(String),
}

/// Counted back from the current year, or a fixed one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Year {
    Ago(u32),
    Fixed(i32),
}

/// Something that is true or not.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fact {
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
pub(super) enum Formula {
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
pub(super) enum Verdict {
    Possible,
    Impossible,
    Open(&'static str),
}

/// What stands in the way of a proof.
const TOO_BIG: &str = "слишком много вариантов";
const OPAQUE: &str = "значение вычисляется не сравнением и не суммой показателей";
const SETS: &str = "в условии несколько итогов по школам";

/// Alternatives and depth beyond which a condition is not pursued.
const MAX_TERMS: usize = 256;
const MAX_DEPTH: u32 = 8;

/// Turns expressions into formulas.
pub(super) struct Logic<'a> {
    pub model: &'a Model,
}

#[derive(Clone, Copy)]
struct At {
    /// Years back from the current one.
    shift: u32,
    /// Formulas of indicators entered so far.
    depth: u32,
}

impl<'a> Logic<'a> {
    /// What must hold for `expr` to be true (`positive`) or false.
    pub fn formula(&self, expr: &Expr, positive: bool) -> Formula {
        self.build(expr, positive, At { shift: 0, depth: 0 })
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
            ExprKind::Run { what, up, years, negated } => {
                let positive = positive != *negated;
                let steps = (0..*years)
                    .map(|back| self.rose(what, *up, at.back(back), positive))
                    .collect();
                join(positive, steps)
            }
            ExprKind::EachYear { years, condition } => {
                let each =
                    (0..*years).map(|back| self.build(condition, positive, at.back(back)));
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
            | ExprKind::Call { .. }
            | ExprKind::Aggregate(_) => Formula::Holds(Fact::Opaque(words(expr, at)), positive),
        }
    }

    fn all(&self, all: &[Expr], positive: bool, at: At) -> Vec<Formula> {
        all.iter().map(|inner| self.build(inner, positive, at)).collect()
    }

    fn compare(
        &self,
        op: CompareOp,
        left: &Expr,
        right: &Expr,
        positive: bool,
        at: At,
    ) -> Formula {
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
        let both = |a, b| {
            Formula::And(vec![self.build(left, a, at), self.build(right, b, at)])
        };
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
        if years > 10 {
            let what = format!("{needed} из {years}: {}", words(condition, at));
            return Formula::Holds(Fact::Opaque(what), positive);
        }
        let choices = (0u32..1 << years).filter(|chosen| chosen.count_ones() == needed);
        let terms = choices.map(|chosen| {
            let kept = (0..years).filter(|back| chosen & (1 << back) != 0);
            Formula::And(
                kept.map(|back| self.build(condition, positive, at.back(back))).collect(),
            )
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
        (plain && at.depth < MAX_DEPTH).then_some((formula, entered))
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

    /// Whether a formula can hold with some data.
    pub fn verdict(&self, formula: &Formula) -> Verdict {
        let Some(terms) = alternatives(formula) else { return Verdict::Open(TOO_BIG) };
        let mut open = None;
        for term in &terms {
            match self.term(term) {
                Verdict::Possible => return Verdict::Possible,
                Verdict::Open(reason) => open = open.or(Some(reason)),
                Verdict::Impossible => {}
            }
        }
        open.map_or(Verdict::Impossible, Verdict::Open)
    }

    fn term(&self, term: &[Atom]) -> Verdict {
        let Some(facts) = consistent(term) else { return Verdict::Impossible };
        let mut all: Vec<Inequality<Figure>> = Vec::new();
        let mut figures = BTreeSet::new();
        for atom in term {
            if let Atom::Below(inequality) = atom {
                figures.extend(inequality.form.factors.keys().cloned());
                all.push(inequality.clone());
            }
        }
        all.extend(figures.iter().flat_map(|figure| within(figure, &self.bounds(figure))));
        match feasible(all) {
            Some(false) => Verdict::Impossible,
            None => Verdict::Open(TOO_BIG),
            Some(true) => certainty(&figures, &facts),
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
        let form = form.scale(&Number::from_int(-1));
        Formula::Below(Inequality { form, strict: !strict })
    }
}

fn equal_zero(form: &Form<Figure>, positive: bool) -> Formula {
    let opposite = form.scale(&Number::from_int(-1));
    let both = [form.clone(), opposite]
        .map(|form| Formula::Below(Inequality { form, strict: !positive }));
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

/// What a term asks for.
#[derive(Clone, Debug)]
enum Atom {
    Below(Inequality<Figure>),
    Holds(Fact, bool),
}

/// The disjunctive normal form; `None` where it has too many terms.
fn alternatives(formula: &Formula) -> Option<Vec<Vec<Atom>>> {
    match formula {
        Formula::Below(inequality) => Some(vec![vec![Atom::Below(inequality.clone())]]),
        Formula::Holds(fact, truth) => Some(vec![vec![Atom::Holds(fact.clone(), *truth)]]),
        Formula::Or(any) => {
            let mut terms = Vec::new();
            for inner in any {
                terms.extend(alternatives(inner)?);
                if terms.len() > MAX_TERMS {
                    return None;
                }
            }
            Some(terms)
        }
        Formula::And(all) => {
            let mut terms = vec![Vec::new()];
            for inner in all {
                let more = alternatives(inner)?;
                if terms.len() * more.len() > MAX_TERMS {
                    return None;
                }
                terms = terms
                    .iter()
                    .flat_map(|term: &Vec<Atom>| {
                        more.iter().map(|other| [term.as_slice(), other].concat())
                    })
                    .collect();
            }
            Some(terms)
        }
    }
}

/// The facts of a term; `None` where one must be true and false.
fn consistent(term: &[Atom]) -> Option<BTreeMap<Fact, bool>> {
    let mut facts = BTreeMap::new();
    for atom in term {
        if let Atom::Holds(fact, truth) = atom
            && facts.insert(fact.clone(), *truth).is_some_and(|held| held != *truth)
        {
            return None;
        }
    }
    Some(facts)
}

/// Whether a term that seems possible is understood well enough to be called so.
fn certainty(figures: &BTreeSet<Figure>, facts: &BTreeMap<Fact, bool>) -> Verdict {
    let opaque = figures.iter().any(|figure| matches!(figure, Figure::Opaque(_)))
        || facts.keys().any(|fact| matches!(fact, Fact::Opaque(_)));
    let sets = figures.iter().filter(|figure| matches!(figure, Figure::Aggregate(_))).count();
    if opaque {
        Verdict::Open(OPAQUE)
    } else if sets > 1 {
        Verdict::Open(SETS)
    } else {
        Verdict::Possible
    }
}
