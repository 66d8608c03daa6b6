//! Operands of conditions: literals, figures, sums, products, and conditions taken as values.

use std::collections::BTreeSet;

use super::evaluator::Operand;
use super::proof::said_once;
use super::value::print_number;
use super::{Context, Evaluator, Truth, Value};
use crate::base::Interval;
use crate::model::{Expr, ExprKind, Quantity};

impl Evaluator<'_> {
    pub(super) fn operand(&self, expr: &Expr, context: &Context) -> Operand {
        match &expr.kind {
            ExprKind::Observe(observe) => self.observed(observe, context),
            ExprKind::Quantity(quantity) => self.literal(quantity),
            ExprKind::Words(words) => Operand {
                value: Value::Words(words.clone()),
                needs: BTreeSet::new(),
                words: format!("«{words}»"),
                year: None,
                proofs: Vec::new(),
            },
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
            proofs = said_once(proofs, operand.proofs);
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
}
