//! Calls of Rhai functions through their typed border: an unknown input is not handed over unless
//! the function asks for it; what comes out must be of the declared kind and within its bounds. A
//! function that fails leaves its value unknown and reports a fault of the pack.

use std::rc::Rc;

use super::codes;
use super::evaluator::{Evaluator, Operand};
use super::value::domain;
use super::{Context, Truth, Value};
use crate::base::{Id, Interval, Span};
use crate::diag::Diagnostic;
use crate::model::{Expr, Function, Kind, kind_type};
use crate::script::{Script, ScriptError, ScriptValue};

impl Evaluator<'_> {
    pub(super) fn call(&self, id: &Id, arguments: &[Expr], context: &Context) -> Operand {
        let inputs: Vec<Operand> =
            arguments.iter().map(|argument| self.operand(argument, context)).collect();
        let value = match self.model.functions.get(id) {
            Some(function) => self.result(id, function, &inputs),
            None => Value::Unknown,
        };
        let open = matches!(value, Value::Unknown);
        let needs = inputs.iter().flat_map(|input| input.needs.clone()).filter(|_| open).collect();
        Operand {
            value,
            needs,
            words: id.to_string(),
            year: None,
            proofs: inputs.into_iter().flat_map(|input| input.proofs).collect(),
        }
    }

    fn result(&self, id: &Id, function: &Function, inputs: &[Operand]) -> Value {
        if inputs.iter().any(|input| input.value == Value::Inapplicable) {
            return Value::Inapplicable;
        }
        let values: Vec<ScriptValue> =
            inputs.iter().map(|input| handed_over(&input.value)).collect();
        let strict = function.inputs.iter().zip(&values);
        let missing = strict.filter(|(input, _)| !input.may_be_unknown);
        if missing.map(|(_, value)| value).any(|value| *value == ScriptValue::Unknown) {
            return Value::Unknown;
        }
        let Some(script) = self.script(id, function) else { return Value::Unknown };
        match script.call(&values) {
            Ok(value) => self.taken_back(id, function, value),
            Err(error) => {
                self.report(function.code_span, script_fault(id, &error));
                Value::Unknown
            }
        }
    }

    /// The compiled code, compiled once.
    fn script(&self, id: &Id, function: &Function) -> Option<Rc<Script>> {
        if let Some(known) = self.scripts.borrow().get(id) {
            return known.clone();
        }
        let names: Vec<&str> = function.inputs.iter().map(|input| input.name.as_str()).collect();
        let compiled = match Script::compile(&function.code, &names) {
            Ok(script) => Some(Rc::new(script)),
            Err(error) => {
                self.report(function.code_span, script_fault(id, &error));
                None
            }
        };
        self.scripts.borrow_mut().insert(id.clone(), compiled.clone());
        compiled
    }

    fn taken_back(&self, id: &Id, function: &Function, value: ScriptValue) -> Value {
        match (value, &function.output) {
            (ScriptValue::Unknown, _) => Value::Unknown,
            (ScriptValue::Truth(truth), Kind::YesNo) => Value::Truth(Truth::of(Some(truth))),
            (ScriptValue::Text(text), Kind::Text) => Value::Words(text),
            (ScriptValue::Number(number), kind) if is_number(kind) => {
                if domain(kind, self.model).contains(&number) {
                    return Value::Number(Interval::exactly(number));
                }
                let message = format!("функция «{id}» вернула {number}: это вне границ её выхода");
                self.report(function.code_span, message);
                Value::Unknown
            }
            _ => {
                let message = format!("функция «{id}» вернула значение не того вида, что «выход»");
                self.report(function.code_span, message);
                Value::Unknown
            }
        }
    }

    fn report(&self, span: Span, message: String) {
        let fault = Diagnostic::error(codes::FUNCTION_FAILED, span, message)
            .with_hint("поправьте код функции или её строки «вход» и «выход»");
        let mut faults = self.faults.borrow_mut();
        if !faults.contains(&fault) {
            faults.push(fault);
        }
    }

    /// What functions of the pack did wrong so far.
    pub fn faults(&self) -> Vec<Diagnostic> {
        self.faults.borrow().clone()
    }
}

fn is_number(kind: &Kind) -> bool {
    matches!(kind_type(kind), crate::model::Type::Number(_))
}

/// A figure within bounds is handed over as unknown: a script takes exact numbers alone.
fn handed_over(value: &Value) -> ScriptValue {
    match value {
        Value::Number(interval) => {
            interval.exact().map_or(ScriptValue::Unknown, |n| ScriptValue::Number(n.clone()))
        }
        Value::Truth(Truth::Yes) => ScriptValue::Truth(true),
        Value::Truth(Truth::No) => ScriptValue::Truth(false),
        Value::Words(words) => ScriptValue::Text(words.clone()),
        Value::Truth(_) | Value::Unknown | Value::Inapplicable => ScriptValue::Unknown,
    }
}

fn script_fault(id: &Id, error: &ScriptError) -> String {
    format!("функция «{id}», строка {} кода: {}", error.line, error.message)
}
