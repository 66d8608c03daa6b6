//! Calls of Rhai functions through their typed border.

use super::evaluator::{Evaluator, Operand};
use super::{Context, Value};
use crate::base::Id;
use crate::model::Expr;

impl Evaluator<'_> {
    pub(super) fn call(&self, function: &Id, arguments: &[Expr], context: &Context) -> Operand {
        let inputs: Vec<Operand> =
            arguments.iter().map(|argument| self.operand(argument, context)).collect();
        Operand {
            value: Value::Unknown,
            needs: inputs.iter().flat_map(|input| input.needs.clone()).collect(),
            words: function.to_string(),
            proofs: inputs.into_iter().flat_map(|input| input.proofs).collect(),
        }
    }
}
