//! The evaluator of expressions: three-valued, over intervals, with the reasons.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::facts::FactValue;
use super::proof::{Proof, ProofKind};
use super::value::{domain, print, print_number};
use super::{Facts, Key, Object, Truth, Value};
use crate::base::{Bound, Direction, Id, Interval, Level, Number};
use crate::calendar::{Month, last_day, school_year_of};
use crate::diag::Diagnostic;
use crate::model::{
    CompareOp, Expr, ExprKind, Indicator, Kind, Model, Observe, Quantity, Unit, When,
};
use crate::script::Script;
use crate::syntax::tree::Every;

/// From where an expression is looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Context {
    pub object: Object,
    /// Years are counted back from the current one by so many.
    pub back: u32,
}

/// A condition, answered.
#[derive(Clone, Debug)]
pub struct Judged {
    pub truth: Truth,
    /// The figures without which it stays open; empty where it is decided.
    pub needs: BTreeSet<Key>,
    pub proofs: Vec<Proof>,
}

/// An operand, valued.
#[derive(Clone, Debug)]
pub(super) struct Operand {
    pub value: Value,
    pub needs: BTreeSet<Key>,
    /// The value in words, with whose it is: «18 %», «9 % по региону».
    pub words: String,
    /// The year of the value, where it has one.
    pub year: Option<i32>,
    pub proofs: Vec<Proof>,
}

impl Operand {
    /// The words with the year: «18 % (2026 год)».
    fn dated(&self) -> String {
        match self.year {
            Some(year) => format!("{} ({year} год)", self.words),
            None => self.words.clone(),
        }
    }
}

/// Evaluates expressions of a model over facts.
pub struct Evaluator<'a> {
    pub model: &'a Model,
    pub facts: &'a Facts,
    /// Whether the lists of the document under way have anything in them.
    lists: BTreeMap<Id, bool>,
    /// A figure supposed for once, to see what it would decide.
    supposed: Option<(Key, Value)>,
    /// Keys under way: a guard against formulas that need themselves.
    under_way: RefCell<BTreeSet<Key>>,
    /// Functions compiled so far; `None` for those that do not compile.
    pub(super) scripts: Rc<RefCell<BTreeMap<Id, Option<Rc<Script>>>>>,
    pub(super) faults: Rc<RefCell<Vec<Diagnostic>>>,
}

impl<'a> Evaluator<'a> {
    pub fn new(model: &'a Model, facts: &'a Facts) -> Self {
        Self {
            model,
            facts,
            lists: BTreeMap::new(),
            supposed: None,
            under_way: RefCell::default(),
            scripts: Rc::default(),
            faults: Rc::default(),
        }
    }

    /// The same, told which lists of the document have anything in them.
    pub fn with_lists(&self, lists: BTreeMap<Id, bool>) -> Self {
        Self { lists, supposed: self.supposed.clone(), ..self.afresh() }
    }

    /// The same, with one figure supposed.
    pub fn supposing(&self, key: Key, value: Value) -> Self {
        Self { supposed: Some((key, value)), lists: self.lists.clone(), ..self.afresh() }
    }

    /// The same model and facts; functions compiled and faults found are shared.
    fn afresh(&self) -> Self {
        Self {
            scripts: Rc::clone(&self.scripts),
            faults: Rc::clone(&self.faults),
            ..Self::new(self.model, self.facts)
        }
    }

    /// Looking from the project's own object at the current year.
    pub fn own(&self) -> Context {
        Context { object: self.facts.own.clone(), back: 0 }
    }

    /// The latest year of an indicator that is closed on the day of the diagnosis: the calendar
    /// year in which the school year ends, or the calendar year itself for yearly ones.
    pub fn current_year(&self, indicator: &Id) -> i32 {
        let declared = self.model.indicators.get(indicator);
        let appears = declared.and_then(|indicator| indicator.appears);
        let calendar = declared.is_some_and(|indicator| indicator.every == Some(Every::Year));
        let latest = if calendar {
            i32::from(self.facts.as_of.year())
        } else {
            school_year_of(self.facts.as_of)
        };
        if self.is_closed(latest, appears, calendar) { latest } else { latest - 1 }
    }

    fn is_closed(&self, year: i32, appears: Option<Month>, calendar: bool) -> bool {
        let end_of_year = if calendar { 12 } else { 8 };
        let month = appears.or_else(|| Month::new(end_of_year));
        let day = month.and_then(|month| {
            let in_year = if calendar { year } else { month.year_in_school_year(year) };
            last_day(month, in_year)
        });
        day.is_none_or(|day| day <= self.facts.as_of)
    }

    /// The key of the observation that an expression looks at.
    pub fn key(&self, observe: &Observe, context: &Context) -> Key {
        let current = self.current_year(&observe.indicator) - context.back as i32;
        Key {
            indicator: observe.indicator.clone(),
            object: self.object(observe, context),
            year: match observe.when {
                When::Current => current,
                When::YearsAgo(years) => current - years as i32,
                When::Year(year) => year,
            },
            cell: observe.cell.clone(),
        }
    }

    fn object(&self, observe: &Observe, context: &Context) -> Object {
        let own_level = self.model.indicators.get(&observe.indicator).map(|i| i.level);
        match (observe.level, own_level) {
            (Some(Level::School), _) => self.facts.own.clone(),
            (Some(level), _) => Object::Above(level),
            (None, Some(level)) if level != Level::School => Object::Above(level),
            (None, _) => context.object.clone(),
        }
    }

    // ------------------------------------------------------------ figures

    /// The value of an indicator somewhere and some time.
    pub fn observe(&self, observe: &Observe, context: &Context) -> Value {
        self.observed(observe, context).value
    }

    pub(super) fn observed(&self, observe: &Observe, context: &Context) -> Operand {
        let key = self.key(observe, context);
        match observe.mean_over {
            Some(years) => self.mean_over(&key, years),
            None => self.figure(&key),
        }
    }

    /// The value under a key, with what it rests on.
    pub(super) fn figure(&self, key: &Key) -> Operand {
        let Some(indicator) = self.model.indicators.get(&key.indicator) else {
            return self.unknown(key, None);
        };
        if let Some((supposed, value)) = &self.supposed
            && supposed == key
        {
            return self.known(key, indicator, value.clone());
        }
        if self.is_inapplicable(indicator, key) {
            return Operand {
                value: Value::Inapplicable,
                needs: BTreeSet::new(),
                words: "не применимо".to_owned(),
                year: Some(key.year),
                proofs: Vec::new(),
            };
        }
        match self.fact(key, indicator) {
            Some(value) => self.known(key, indicator, value),
            None => match &indicator.formula {
                Some(formula) => self.derived(key, indicator, formula),
                None => self.unknown(key, Some(indicator)),
            },
        }
    }

    fn is_inapplicable(&self, indicator: &Indicator, key: &Key) -> bool {
        let Some(condition) = &indicator.applicable else { return false };
        if !matches!(key.object, Object::School(_)) {
            return false;
        }
        let context = self.context_of(key);
        self.judge(condition, &context).truth == Truth::No
    }

    /// Looking from the object of a key at its year.
    fn context_of(&self, key: &Key) -> Context {
        let back = self.current_year(&key.indicator) - key.year;
        Context { object: key.object.clone(), back: u32::try_from(back).unwrap_or(0) }
    }

    fn fact(&self, key: &Key, indicator: &Indicator) -> Option<Value> {
        match &self.facts.get(key)?.value {
            FactValue::Number(interval) => {
                let bounds = domain(&indicator.kind, self.model);
                Some(Value::Number(interval.intersect(&bounds).unwrap_or_else(|| interval.clone())))
            }
            FactValue::Truth(truth) => Some(Value::Truth(Truth::of(Some(*truth)))),
            FactValue::Words(words) => Some(Value::Words(words.clone())),
            FactValue::Moved(direction) => self.moved(key, indicator, *direction),
        }
    }

    /// A direction bounds the figure by that of the year before, where that one is known.
    fn moved(&self, key: &Key, indicator: &Indicator, direction: Direction) -> Option<Value> {
        let before = Key { year: key.year - 1, ..key.clone() };
        let FactValue::Number(earlier) = &self.facts.get(&before)?.value else { return None };
        let open = |bound: &Option<Bound>| bound.as_ref().map(|b| Bound::open(b.at.clone()));
        let bounds = match direction {
            Direction::Rose => Interval { low: open(&earlier.low), high: None },
            Direction::Fell => Interval { low: None, high: open(&earlier.high) },
            Direction::Unchanged => earlier.clone(),
        };
        bounds.intersect(&domain(&indicator.kind, self.model)).map(Value::Number)
    }

    fn known(&self, key: &Key, indicator: &Indicator, value: Value) -> Operand {
        let printed = print(&value, indicator, self.model).unwrap_or_else(|| "нет данных".into());
        let words = format!("{printed}{}", self.whose(key));
        let text = format!("{}: {words} ({} год)", indicator.meta.title, key.year);
        let mut proof = Proof::new(ProofKind::Value, text);
        proof.reference = Some(key.indicator.clone());
        proof.value = value.exact().map(Number::to_plain);
        proof.unit = self.model.unit_of(indicator).map(|unit| unit_sign(&unit, self.model));
        proof.at = Some(key.year.to_string());
        proof.source = self.facts.get(key).map(|fact| ("данные".to_owned(), fact.source.clone()));
        let needs = match &value {
            Value::Number(interval) if interval.exact().is_none() => [key.clone()].into(),
            _ => BTreeSet::new(),
        };
        Operand { value, needs, words, year: Some(key.year), proofs: vec![proof] }
    }

    fn unknown(&self, key: &Key, indicator: Option<&Indicator>) -> Operand {
        let value = match indicator {
            Some(indicator) if self.model.unit_of(indicator).is_some() => {
                Value::Number(domain(&indicator.kind, self.model))
            }
            Some(Indicator { kind: Kind::YesNo, .. }) => Value::Truth(Truth::Unknown),
            _ => Value::Unknown,
        };
        let title = indicator.map_or(key.indicator.as_str(), |i| i.meta.title.as_str());
        let words = format!("нет данных{}", self.whose(key));
        let text = format!("{title}: {words} ({} год)", key.year);
        let mut proof = Proof::new(ProofKind::Value, text);
        proof.reference = Some(key.indicator.clone());
        proof.at = Some(key.year.to_string());
        let needs = [key.clone()].into();
        Operand { value, needs, words, year: Some(key.year), proofs: vec![proof] }
    }

    fn derived(&self, key: &Key, indicator: &Indicator, formula: &Expr) -> Operand {
        if !self.under_way.borrow_mut().insert(key.clone()) {
            return self.unknown(key, Some(indicator));
        }
        let context = self.context_of(key);
        let mut operand = self.operand(formula, &context);
        self.under_way.borrow_mut().remove(key);
        if let (Value::Number(interval), Some(coverage)) = (&operand.value, &indicator.coverage)
            && interval.exact().is_none()
            && self.coverage(formula, &context).is_some_and(|known| known < coverage.number)
        {
            let mut unknown = self.unknown(key, Some(indicator));
            unknown.needs = operand.needs;
            return unknown;
        }
        if operand.value == Value::Unknown && indicator.kind == Kind::YesNo {
            operand.value = Value::Truth(Truth::Unknown);
        }
        let printed = print(&operand.value, indicator, self.model);
        let words = format!("{}{}", printed.as_deref().unwrap_or("нет данных"), self.whose(key));
        let text = format!("{}: {words} ({} год), вычислено", indicator.meta.title, key.year);
        let mut proof =
            Proof::new(ProofKind::Rule, text).about(&key.indicator).with(operand.proofs);
        proof.value = operand.value.exact().map(Number::to_plain);
        proof.at = Some(key.year.to_string());
        let year = Some(key.year);
        Operand { value: operand.value, needs: operand.needs, words, year, proofs: vec![proof] }
    }

    fn mean_over(&self, key: &Key, years: u32) -> Operand {
        let parts: Vec<Operand> = (0..years as i32)
            .map(|back| self.figure(&Key { year: key.year - back, ..key.clone() }))
            .collect();
        let mut total = Interval::exactly(Number::zero());
        let mut known = true;
        for part in &parts {
            match &part.value {
                Value::Number(interval) => total = total.add(interval),
                _ => known = false,
            }
        }
        let count = Interval::exactly(Number::from_int(i64::from(years)));
        let value = total.divide(&count).filter(|_| known).map_or(Value::Unknown, Value::Number);
        let indicator = self.model.indicators.get(&key.indicator);
        let mean = indicator.and_then(|indicator| print(&value, indicator, self.model));
        Operand {
            value,
            needs: parts.iter().flat_map(|part| part.needs.clone()).collect(),
            words: match &mean {
                Some(mean) => format!("{mean} в среднем за {years} года"),
                None => format!("среднее за {years} года неизвестно"),
            },
            year: None,
            proofs: parts.into_iter().flat_map(|part| part.proofs).collect(),
        }
    }

    /// Whose figure it is, behind the figure: nothing for one's own, « по региону».
    fn whose(&self, key: &Key) -> String {
        match &key.object {
            Object::Above(level) => format!(" по {}", level.dative()),
            object if *object == self.facts.own => String::new(),
            Object::School(id) => {
                let name = self.facts.schools.get(id).map_or(id.as_str(), String::as_str);
                format!(" ({name})")
            }
        }
    }

    // ------------------------------------------------------------ operands

    pub(super) fn operand(&self, expr: &Expr, context: &Context) -> Operand {
        match &expr.kind {
            ExprKind::Observe(observe) => self.observed(observe, context),
            ExprKind::Quantity(quantity) => self.literal(quantity),
            ExprKind::Sum(terms) => self.fold(terms, context, |a, b, minus| {
                Some(if minus { a.subtract(b) } else { a.add(b) })
            }),
            ExprKind::Product(factors) => {
                self.fold(
                    factors,
                    context,
                    |a, b, divides| {
                        if divides { a.divide(b) } else { Some(a.multiply(b)) }
                    },
                )
            }
            ExprKind::Aggregate(aggregate) => self.aggregate(aggregate, context),
            ExprKind::Call { function, arguments } => self.call(function, arguments, context),
            _ => self.truth_operand(expr, context),
        }
    }

    /// A condition as a value: what a да/нет indicator is computed from.
    fn truth_operand(&self, expr: &Expr, context: &Context) -> Operand {
        let judged = self.judge(expr, context);
        let value = match judged.truth {
            Truth::Inapplicable => Value::Inapplicable,
            truth => Value::Truth(truth),
        };
        let words = match judged.truth {
            Truth::Yes => "да",
            Truth::No => "нет",
            Truth::Unknown => "неизвестно",
            Truth::Inapplicable => "не применимо",
        };
        let words = words.to_owned();
        Operand { value, needs: judged.needs, words, year: None, proofs: judged.proofs }
    }

    fn literal(&self, quantity: &Quantity) -> Operand {
        Operand {
            value: Value::Number(Interval::exactly(quantity.number.clone())),
            needs: BTreeSet::new(),
            words: print_number(&quantity.number, &quantity.unit, self.model),
            year: None,
            proofs: Vec::new(),
        }
    }

    fn fold(
        &self,
        members: &[(bool, Expr)],
        context: &Context,
        step: impl Fn(&Interval, &Interval, bool) -> Option<Interval>,
    ) -> Operand {
        let mut value: Option<Value> = None;
        let mut needs = BTreeSet::new();
        let mut proofs = Vec::new();
        let mut words = Vec::new();
        for (turned, member) in members {
            let operand = self.operand(member, context);
            words.push(operand.dated());
            needs.extend(operand.needs);
            proofs.extend(operand.proofs);
            value = Some(match (value, operand.value) {
                (None, first) => first,
                (Some(Value::Inapplicable), _) | (_, Value::Inapplicable) => Value::Inapplicable,
                (Some(Value::Number(a)), Value::Number(b)) => {
                    step(&a, &b, *turned).map_or(Value::Unknown, Value::Number)
                }
                _ => Value::Unknown,
            });
        }
        let value = value.unwrap_or(Value::Unknown);
        Operand { value, needs, words: words.join("; "), year: None, proofs }
    }

    // ------------------------------------------------------------ conditions

    /// A condition with the figures that it still needs and its reasons.
    pub fn judge(&self, expr: &Expr, context: &Context) -> Judged {
        match &expr.kind {
            ExprKind::And(all) => self.joined(all, context, Truth::No),
            ExprKind::Or(all) => self.joined(all, context, Truth::Yes),
            ExprKind::Not(inner) => {
                let judged = self.judge(inner, context);
                Judged { truth: judged.truth.negate(), ..judged }
            }
            ExprKind::Truth(truth) => decided(Truth::of(Some(*truth)), Vec::new()),
            ExprKind::Known(observe) => self.known_condition(observe, context),
            ExprKind::Compare { op, left, right } => self.compare(*op, left, right, context),
            ExprKind::Lag { below, left, right, by } => self.lag(*below, left, right, by, context),
            ExprKind::Change { what, up, negated } => {
                let judged = self.run(what, *up, 1, context);
                negate_if(judged, *negated)
            }
            ExprKind::Run { what, up, years, negated } => {
                negate_if(self.run(what, *up, *years, context), *negated)
            }
            ExprKind::EachYear { years, condition } => {
                self.years(*years, condition, context, |truths, _| Truth::all(truths))
            }
            ExprKind::SomeYears { at_least, years, condition } => {
                let wanted = *at_least;
                self.years(*years, condition, context, move |truths, _| enough(&truths, wanted))
            }
            ExprKind::Category(id) => self.category(id, context),
            ExprKind::Answer(id) => self.answer(id),
            ExprKind::Listed(id) => decided(Truth::of(self.lists.get(id).copied()), Vec::new()),
            ExprKind::Observe(_)
            | ExprKind::Call { .. }
            | ExprKind::Aggregate(_)
            | ExprKind::Sum(_)
            | ExprKind::Product(_)
            | ExprKind::Quantity(_) => self.as_condition(expr, context),
        }
    }

    /// A да/нет value used as a condition.
    fn as_condition(&self, expr: &Expr, context: &Context) -> Judged {
        let operand = self.operand(expr, context);
        let truth = match operand.value {
            Value::Truth(truth) => truth,
            Value::Inapplicable => Truth::Inapplicable,
            _ => Truth::Unknown,
        };
        open_or_decided(truth, operand.needs, operand.proofs)
    }

    /// «и», «или»: the parts that decide are the reason; if none does, all that are open.
    fn joined(&self, all: &[Expr], context: &Context, deciding: Truth) -> Judged {
        let parts: Vec<Judged> = all.iter().map(|inner| self.judge(inner, context)).collect();
        let truths = parts.iter().map(|part| part.truth);
        let truth = if deciding == Truth::No { Truth::all(truths) } else { Truth::any(truths) };
        let telling: Vec<Judged> = if truth == deciding {
            parts.into_iter().filter(|part| part.truth == deciding).collect()
        } else {
            parts
        };
        let needs = telling
            .iter()
            .filter(|part| part.truth == Truth::Unknown)
            .flat_map(|part| part.needs.clone())
            .collect();
        let proofs = telling.into_iter().flat_map(|part| part.proofs).collect();
        open_or_decided(truth, needs, proofs)
    }

    fn known_condition(&self, observe: &Observe, context: &Context) -> Judged {
        let operand = self.observed(observe, context);
        let unknown = matches!(operand.value, Value::Unknown | Value::Truth(Truth::Unknown))
            || matches!(&operand.value, Value::Number(interval) if interval.exact().is_none());
        decided(Truth::of(Some(!unknown)), operand.proofs)
    }

    fn compare(&self, op: CompareOp, left: &Expr, right: &Expr, context: &Context) -> Judged {
        let (left, right) = (self.operand(left, context), self.operand(right, context));
        let truth = compare_values(op, &left.value, &right.value);
        let relation = op_in_sentence(op);
        let text = side_by_side(&left, &right, |left, right| format!("{left} {relation} {right}"));
        self.comparison(truth, text, left, right)
    }

    fn lag(
        &self,
        below: bool,
        left: &Expr,
        right: &Expr,
        by: &Quantity,
        context: &Context,
    ) -> Judged {
        let (left, right) = (self.operand(left, context), self.operand(right, context));
        let truth = match (&left.value, &right.value) {
            (Value::Inapplicable, _) | (_, Value::Inapplicable) => Truth::Inapplicable,
            (Value::Number(a), Value::Number(b)) => {
                let gap = if below { b.subtract(a) } else { a.subtract(b) };
                Truth::of(Interval::exactly(by.number.clone()).less_or_equal(&gap))
            }
            _ => Truth::Unknown,
        };
        let side = if below { "ниже" } else { "выше" };
        let distance = print_number(&by.number, &by.unit, self.model);
        let text = side_by_side(&left, &right, |left, right| {
            format!("{left} {side}, чем {right}, не меньше чем на {distance}")
        });
        self.comparison(truth, text, left, right)
    }

    fn comparison(&self, truth: Truth, text: String, left: Operand, right: Operand) -> Judged {
        let verdict = match truth {
            Truth::Yes => "",
            Truth::No => " — неверно",
            Truth::Unknown => " — не определено",
            Truth::Inapplicable => " — не применимо",
        };
        let children = left.proofs.into_iter().chain(right.proofs).collect();
        let proof = Proof::new(ProofKind::Comparison, format!("{text}{verdict}")).with(children);
        let needs = left.needs.into_iter().chain(right.needs).collect();
        open_or_decided(truth, needs, vec![proof])
    }

    /// Whether a series rose (fell) in each of the last `years` years: one year that did not
    /// decides it, whatever the others were.
    fn run(&self, what: &Observe, up: bool, years: u32, context: &Context) -> Judged {
        let start = self.key(what, context);
        if self.figure(&start).value == Value::Inapplicable {
            return decided(Truth::Inapplicable, Vec::new());
        }
        let mut truths = Vec::new();
        let mut needs = BTreeSet::new();
        let mut proofs = Vec::new();
        for back in 0..years as i32 {
            let now = Key { year: start.year - back, ..start.clone() };
            let before = Key { year: now.year - 1, ..start.clone() };
            let (later, earlier) = (self.figure(&now), self.figure(&before));
            let truth = self.step(&now, &earlier.value, &later.value, up);
            let word = step_word(truth, up);
            let text = format!("{} → {}: {word}", earlier.dated(), later.dated());
            if truth == Truth::Unknown {
                needs.extend(later.needs);
                needs.extend(earlier.needs);
            }
            truths.push(truth);
            let children = earlier.proofs.into_iter().chain(later.proofs).collect();
            proofs
                .push(Proof::new(ProofKind::Dynamics, text).about(&what.indicator).with(children));
        }
        open_or_decided(Truth::all(truths), needs, proofs)
    }

    /// Whether the figure rose (fell) from `earlier` to `later`; a published direction decides
    /// where figures do not.
    fn step(&self, now: &Key, earlier: &Value, later: &Value, up: bool) -> Truth {
        if let Some(fact) = self.facts.get(now)
            && let FactValue::Moved(direction) = fact.value
        {
            let wanted = if up { Direction::Rose } else { Direction::Fell };
            return Truth::of(Some(direction == wanted));
        }
        match (earlier, later) {
            (Value::Inapplicable, _) | (_, Value::Inapplicable) => Truth::Inapplicable,
            (Value::Number(a), Value::Number(b)) => {
                Truth::of(if up { a.less(b) } else { b.less(a) })
            }
            _ => Truth::Unknown,
        }
    }

    fn years(
        &self,
        years: u32,
        condition: &Expr,
        context: &Context,
        together: impl Fn(Vec<Truth>, u32) -> Truth,
    ) -> Judged {
        let parts: Vec<Judged> = (0..years)
            .map(|back| {
                let context = Context { object: context.object.clone(), back: context.back + back };
                self.judge(condition, &context)
            })
            .collect();
        let truth = together(parts.iter().map(|part| part.truth).collect(), years);
        let open = parts.iter().filter(|part| part.truth == Truth::Unknown);
        let needs = open.flat_map(|part| part.needs.clone()).collect();
        open_or_decided(truth, needs, parts.into_iter().flat_map(|part| part.proofs).collect())
    }

    fn category(&self, id: &Id, context: &Context) -> Judged {
        let Object::School(school) = &context.object else {
            return decided(Truth::Inapplicable, Vec::new());
        };
        let year = school_year_of(self.facts.as_of) - context.back as i32;
        let key = (school.clone(), id.clone());
        let bears = self.facts.categories.get(&key);
        let lacks = self.facts.not_categories.get(&key);
        let latest = |years: Option<&BTreeSet<i32>>| {
            years.and_then(|years| years.range(..=year).next_back().copied())
        };
        let title = self.model.categories.get(id).map_or(id.as_str(), |c| c.meta.title.as_str());
        let (truth, words) = match (latest(bears), latest(lacks)) {
            (Some(given), lifted) if lifted.is_none_or(|lifted| lifted < given) => {
                (Truth::Yes, format!("{title}: по списку {given} года"))
            }
            (_, Some(lifted)) => (Truth::No, format!("{title}: не в списке {lifted} года")),
            _ => (Truth::Unknown, format!("{title}: неизвестно")),
        };
        let missing =
            Key { indicator: id.clone(), object: context.object.clone(), year, cell: None };
        let proof = Proof::new(ProofKind::Value, words).about(id);
        open_or_decided(truth, [missing].into(), vec![proof])
    }

    fn answer(&self, id: &Id) -> Judged {
        let answer = self.facts.answers.get(id).copied();
        let text = self.model.questions.get(id).map_or(id.as_str(), |q| q.meta.title.as_str());
        let words = match answer {
            Some(true) => "да",
            Some(false) => "нет",
            None => "нет ответа",
        };
        let proof = Proof::new(ProofKind::Value, format!("{text} — {words}")).about(id);
        let key = Key {
            indicator: id.clone(),
            object: self.facts.own.clone(),
            year: school_year_of(self.facts.as_of),
            cell: None,
        };
        open_or_decided(Truth::of(answer), [key].into(), vec![proof])
    }
}

/// Both sides in one sentence; a year that they share, or that only one has, is said once.
fn side_by_side(
    left: &Operand,
    right: &Operand,
    sentence: impl Fn(&str, &str) -> String,
) -> String {
    let years = (left.year, right.year);
    match years {
        (Some(a), Some(b)) if a != b => sentence(&left.dated(), &right.dated()),
        _ => {
            let text = sentence(&left.words, &right.words);
            match left.year.or(right.year) {
                Some(year) => format!("{text} ({year} год)"),
                None => text,
            }
        }
    }
}

fn decided(truth: Truth, proofs: Vec<Proof>) -> Judged {
    Judged { truth, needs: BTreeSet::new(), proofs }
}

/// What is decided needs nothing more.
fn open_or_decided(truth: Truth, needs: BTreeSet<Key>, proofs: Vec<Proof>) -> Judged {
    let needs = if truth == Truth::Unknown { needs } else { BTreeSet::new() };
    Judged { truth, needs, proofs }
}

fn negate_if(judged: Judged, negated: bool) -> Judged {
    if negated { Judged { truth: judged.truth.negate(), ..judged } } else { judged }
}

fn step_word(truth: Truth, up: bool) -> &'static str {
    match (truth, up) {
        (Truth::Yes, true) => "рост",
        (Truth::Yes, false) => "снижение",
        (Truth::No, true) => "роста нет",
        (Truth::No, false) => "снижения нет",
        (Truth::Unknown, _) => "не определено",
        (Truth::Inapplicable, _) => "не применимо",
    }
}

/// «хотя бы в N»: decided as soon as no other year could change it.
fn enough(truths: &[Truth], wanted: u32) -> Truth {
    let count = |what: Truth| truths.iter().filter(|truth| **truth == what).count() as u32;
    let (yes, unknown) = (count(Truth::Yes), count(Truth::Unknown));
    match () {
        () if yes >= wanted => Truth::Yes,
        () if yes + unknown < wanted => Truth::No,
        () => Truth::Unknown,
    }
}

fn compare_values(op: CompareOp, left: &Value, right: &Value) -> Truth {
    match (left, right) {
        (Value::Inapplicable, _) | (_, Value::Inapplicable) => Truth::Inapplicable,
        (Value::Number(a), Value::Number(b)) => Truth::of(match op {
            CompareOp::More => b.less(a),
            CompareOp::Less => a.less(b),
            CompareOp::NotMore => a.less_or_equal(b),
            CompareOp::NotLess => b.less_or_equal(a),
            CompareOp::Equal => a.equal(b),
            CompareOp::NotEqual => a.equal(b).map(|same| !same),
        }),
        (Value::Truth(a), Value::Truth(b)) if a.is_known() && b.is_known() => same(op, a == b),
        (Value::Words(a), Value::Words(b)) => same(op, a == b),
        _ => Truth::Unknown,
    }
}

fn same(op: CompareOp, equal: bool) -> Truth {
    match op {
        CompareOp::Equal => Truth::of(Some(equal)),
        CompareOp::NotEqual => Truth::of(Some(!equal)),
        _ => Truth::Unknown,
    }
}

/// «18 % больше, чем 9 %».
fn op_in_sentence(op: CompareOp) -> &'static str {
    match op {
        CompareOp::More => "больше, чем",
        CompareOp::Less => "меньше, чем",
        CompareOp::NotMore => "не больше, чем",
        CompareOp::NotLess => "не меньше, чем",
        CompareOp::Equal => "равно",
        CompareOp::NotEqual => "не равно",
    }
}

/// The unit for machines and narrow places.
fn unit_sign(unit: &Unit, model: &Model) -> String {
    match unit {
        Unit::Percent => "%".to_owned(),
        Unit::Points => "п. п.".to_owned(),
        Unit::Score(_) => "балл".to_owned(),
        Unit::Mark => "отметка".to_owned(),
        Unit::Plain => String::new(),
        Unit::Count(id) => {
            model.units.get(id).and_then(|unit| unit.forms.first().cloned()).unwrap_or_default()
        }
    }
}
