//! The evaluator of expressions.

use super::proof::Proof;
use super::{Facts, Key, Object, Truth, Value};
use crate::base::Id;
use crate::model::{Expr, Model, Observe};

/// From where an expression is looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Context {
    pub object: Object,
    /// Years are counted back from the current one by so many.
    pub back: u32,
}

/// Evaluates expressions of a model over facts.
pub struct Evaluator<'a> {
    pub model: &'a Model,
    pub facts: &'a Facts,
}

impl<'a> Evaluator<'a> {
    pub fn new(model: &'a Model, facts: &'a Facts) -> Self {
        Self { model, facts }
    }

    /// Looking from the project's own object at the current year.
    pub fn own(&self) -> Context {
        Context { object: self.facts.own.clone(), back: 0 }
    }

    /// A condition with its reasons; missing figures are added to `needs`.
    pub fn condition(&self, _expr: &Expr, _context: &Context) -> (Truth, Vec<Key>, Proof) {
        (Truth::Unknown, Vec::new(), Proof::new(super::ProofKind::Rule, ""))
    }

    /// The value of an indicator somewhere and some time.
    pub fn observe(&self, _observe: &Observe, _context: &Context) -> Value {
        Value::Unknown
    }

    /// The latest year of an indicator that is closed on the day of the diagnosis.
    pub fn current_year(&self, _indicator: &Id) -> i32 {
        0
    }
}
