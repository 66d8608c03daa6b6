//! Conditions: each answered yes, no, unknown or inapplicable, as decided as the data allow.

use std::collections::BTreeSet;

use super::evaluator::{Judged, Operand};
use super::facts::FactValue;
use super::proof::{Proof, ProofKind, said_once};
use super::value::print_number;
use super::{Context, Evaluator, Key, Object, Truth, Value};
use crate::base::{Direction, Id, Interval};
use crate::calendar::school_year_of;
use crate::model::{CompareOp, Expr, ExprKind, Observe, Quantity};

impl Evaluator<'_> {
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
            | ExprKind::Words(_)
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
        let children = said_once(left.proofs, right.proofs);
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
        let (truth, listed) = match (latest(bears), latest(lacks)) {
            (Some(given), lifted) if lifted.is_none_or(|lifted| lifted < given) => {
                (Truth::Yes, Some(given))
            }
            (_, Some(lifted)) => (Truth::No, Some(lifted)),
            _ => (Truth::Unknown, None),
        };
        let identified = self.facts.identified.as_ref().zip(listed);
        let behind = identified.map(|(it, year)| it.proofs_of_label(school, id, year));
        let behind = behind.unwrap_or_default();
        let words = match (truth, listed) {
            (Truth::Yes, Some(year)) if behind.is_empty() => format!("по списку {year} года"),
            (Truth::No, Some(year)) if behind.is_empty() => format!("не в списке {year} года"),
            (Truth::Yes, Some(year)) => format!("по идентификации {year} года"),
            (Truth::No, Some(year)) => format!("нет, по идентификации {year} года"),
            _ => "неизвестно".to_owned(),
        };
        let missing =
            Key { indicator: id.clone(), object: context.object.clone(), year, cell: None };
        let proof =
            Proof::new(ProofKind::Value, format!("{title}: {words}")).about(id).with(behind);
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
