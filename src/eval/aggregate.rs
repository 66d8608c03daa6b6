//! Counts, shares, sums and means over the schools of an owner. What is not known of a school
//! widens the result to a range; it neither stops nor falsifies it.

use std::collections::BTreeSet;

use super::evaluator::{Evaluator, Judged, Operand};
use super::proof::{Proof, ProofKind};
use super::{Context, Key, Object, Truth, Value};
use crate::base::{Id, Interval, Number};
use crate::model::{Aggregate, AggregateKind, Expr, ExprKind, Observe};

/// How the schools answer a condition. Members are certain or possible, as the set's own
/// condition is decided for them or not.
#[derive(Default)]
struct Tally {
    yes: i64,
    no: i64,
    unknown: i64,
    possible_yes: i64,
    possible_no: i64,
    possible_unknown: i64,
    needs: BTreeSet<Key>,
    /// Who is behind the figure, by name: the yes and the unknown.
    yes_names: Vec<String>,
    unknown_names: Vec<String>,
}

impl Evaluator<'_> {
    /// Where the data name no school at all, nothing is known of them: their number is not zero.
    pub(super) fn aggregate(&self, aggregate: &Aggregate, context: &Context) -> Operand {
        if self.facts.schools.is_empty() {
            return Operand::of_schools(Value::Unknown, BTreeSet::new(), "о школах нет данных");
        }
        match &aggregate.kind {
            AggregateKind::Share { having } => {
                let tally = self.tally(aggregate.among.as_deref(), Some(having), context);
                self.share(tally)
            }
            AggregateKind::Count { having } => {
                let tally = self.tally(aggregate.among.as_deref(), having.as_deref(), context);
                count(tally)
            }
            AggregateKind::Sum { of } => self.sum(aggregate.among.as_deref(), of, context),
            AggregateKind::Mean { of, weight } => {
                self.mean(aggregate.among.as_deref(), of, weight.as_ref(), context)
            }
        }
    }

    /// The share of an aggregate's members that are known, in percent; `None` for other formulas.
    pub(super) fn coverage(&self, formula: &Expr, context: &Context) -> Option<Number> {
        let ExprKind::Aggregate(aggregate) = &formula.kind else { return None };
        let AggregateKind::Share { having } = &aggregate.kind else { return None };
        let tally = self.tally(aggregate.among.as_deref(), Some(having), context);
        percent(tally.yes + tally.no, tally.all())
    }

    fn schools<'b>(&'b self, context: &'b Context) -> impl Iterator<Item = (Context, &'b str)> {
        self.facts.schools.iter().map(|(id, name)| {
            let object = Object::School(id.clone());
            (Context { object, back: context.back }, name.as_str())
        })
    }

    fn tally(&self, among: Option<&Expr>, having: Option<&Expr>, context: &Context) -> Tally {
        let mut tally = Tally::default();
        for (school, name) in self.schools(context) {
            let member = among.map(|among| self.judge(among, &school));
            let certain = match member.as_ref().map(|judged| judged.truth) {
                None | Some(Truth::Yes) => true,
                Some(Truth::Unknown) => false,
                Some(Truth::No | Truth::Inapplicable) => continue,
            };
            let answer = match having {
                Some(having) => self.judge(having, &school),
                None => Judged { truth: Truth::Yes, needs: BTreeSet::new(), proofs: Vec::new() },
            };
            if let Some(member) = member {
                tally.needs.extend(member.needs);
            }
            tally.add(certain, answer, name);
        }
        tally
    }

    fn share(&self, tally: Tally) -> Operand {
        let against = tally.no + tally.unknown + tally.possible_no + tally.possible_unknown;
        let low = percent(tally.yes, tally.yes + against);
        let high_yes = tally.at_most();
        let high = percent(high_yes, high_yes + tally.no);
        let value = match (low, high) {
            (Some(low), Some(high)) => Value::Number(Interval::between(low, high)),
            _ if tally.all() == 0 => Value::Inapplicable,
            _ => Value::Number(Interval::between(Number::zero(), Number::from_int(100))),
        };
        let text = format!(
            "школ в наборе: {}, отвечают условию: {}{}",
            tally.all(),
            tally.yes,
            names(&tally.yes_names)
        );
        tally.operand(value, text)
    }

    fn sum(&self, among: Option<&Expr>, of: &Observe, context: &Context) -> Operand {
        let mut total = Interval::exactly(Number::zero());
        let mut needs = BTreeSet::new();
        let mut open = false;
        for (school, certain) in self.members(among, context) {
            let operand = self.observed(of, &school);
            match (certain, operand.value) {
                (_, Value::Inapplicable) => {}
                (true, Value::Number(interval)) => total = total.add(&interval),
                _ => open = true,
            }
            needs.extend(operand.needs);
        }
        let value = if open { Value::Unknown } else { Value::Number(total) };
        Operand::of_schools(value, needs, "сумма по школам")
    }

    /// The mean of known members, weighted where a weight is named; unknown members or weights
    /// leave it within the bounds that they allow.
    fn mean(
        &self,
        among: Option<&Expr>,
        of: &Observe,
        weight: Option<&Observe>,
        context: &Context,
    ) -> Operand {
        let mut total = Interval::exactly(Number::zero());
        let mut weights = Number::zero();
        let mut needs = BTreeSet::new();
        let mut open = false;
        for (school, certain) in self.members(among, context) {
            let operand = self.observed(of, &school);
            let share = weight.map(|weight| self.observed(weight, &school));
            needs.extend(operand.needs);
            let exact = match &share {
                None => Some(Number::one()),
                Some(share) => share.value.exact().cloned(),
            };
            if let Some(share) = share {
                needs.extend(share.needs);
            }
            match (certain, operand.value, exact) {
                (_, Value::Inapplicable, _) => {}
                (true, Value::Number(interval), Some(weight)) => {
                    total = total.add(&interval.multiply(&Interval::exactly(weight.clone())));
                    weights = &weights + &weight;
                }
                _ => open = true,
            }
        }
        let value = match (open, total.divide(&Interval::exactly(weights.clone()))) {
            (false, Some(mean)) => Value::Number(mean),
            (false, None) => Value::Inapplicable,
            (true, _) => Value::Unknown,
        };
        Operand::of_schools(value, needs, "среднее по школам")
    }

    /// The schools of the set, and whether each is in it for certain.
    fn members(&self, among: Option<&Expr>, context: &Context) -> Vec<(Context, bool)> {
        self.schools(context)
            .filter_map(|(school, _)| match among.map(|among| self.judge(among, &school).truth) {
                None | Some(Truth::Yes) => Some((school, true)),
                Some(Truth::Unknown) => Some((school, false)),
                Some(Truth::No | Truth::Inapplicable) => None,
            })
            .collect()
    }

    /// The range of a derived share regardless of its stated coverage.
    pub fn range(&self, indicator: &Id, context: &Context) -> Option<Interval> {
        let formula = self.model.indicators.get(indicator)?.formula.as_ref()?;
        match self.operand(formula, context).value {
            Value::Number(interval) => Some(interval),
            _ => None,
        }
    }
}

impl Operand {
    fn of_schools(value: Value, needs: BTreeSet<Key>, words: &str) -> Self {
        Self { value, needs, words: words.to_owned(), year: None, proofs: Vec::new() }
    }
}

impl Tally {
    fn add(&mut self, certain: bool, answer: Judged, name: &str) {
        match (certain, answer.truth) {
            (_, Truth::Inapplicable) => {}
            (true, Truth::Yes) => {
                self.yes += 1;
                self.yes_names.push(name.to_owned());
            }
            (true, Truth::No) => self.no += 1,
            (true, Truth::Unknown) => {
                self.unknown += 1;
                self.unknown_names.push(name.to_owned());
            }
            (false, Truth::Yes) => self.possible_yes += 1,
            (false, Truth::No) => self.possible_no += 1,
            (false, Truth::Unknown) => self.possible_unknown += 1,
        }
        self.needs.extend(answer.needs);
    }

    fn all(&self) -> i64 {
        self.at_most() + self.no + self.possible_no
    }

    /// How many may answer yes at the most.
    fn at_most(&self) -> i64 {
        self.yes + self.unknown + self.possible_yes + self.possible_unknown
    }

    fn operand(self, value: Value, text: String) -> Operand {
        let mut text = text;
        if self.unknown > 0 {
            text.push_str(&format!(", неизвестно: {}{}", self.unknown, names(&self.unknown_names)));
        }
        let proofs = vec![Proof::new(ProofKind::Value, text.clone())];
        Operand { value, needs: self.needs, words: text, year: None, proofs }
    }
}

fn count(tally: Tally) -> Operand {
    let value = Value::Number(Interval::between(tally.yes.into(), tally.at_most().into()));
    let text = format!("школ: {}{}", tally.yes, names(&tally.yes_names));
    tally.operand(value, text)
}

fn percent(part: i64, whole: i64) -> Option<Number> {
    let hundred = &Number::from_int(part) * &Number::from_int(100);
    hundred.checked_div(&Number::from_int(whole))
}

fn names(names: &[String]) -> String {
    if names.is_empty() { String::new() } else { format!(" ({})", names.join(", ")) }
}
