//! Calls of Rhai functions through their typed border: an unknown input is not handed over unless
//! the function asks for it; what comes out must be of the declared kind and within its bounds. A
//! function that fails leaves its value unknown and reports a fault of the pack.

use std::rc::Rc;

use super::codes;
use super::evaluator::{Evaluator, Operand};
use super::value::span_of;
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
                if span_of(kind, self.model).contains(&number) {
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

#[cfg(test)]
mod tests {
    use crate::calendar::Date;
    use crate::diag::SourceMap;
    use crate::eval::{Facts, Object, Value, diagnose};
    use crate::model::{NoPacks, PackFiles, load};

    /// The value and the faults of the indicator `итог`, computed by a function of no inputs.
    fn outcome(output: &str, code: &str) -> (Value, Vec<String>) {
        let text = format!(
            "пакет п «П»\n  редакция 1\n  по методисту «случай»\nфункция ф «Ф»\n  вход\n    \
             икс число\n  выход {output}\n  код rhai\n    {code}\nпоказатель школы икс_школы «Х»\n  \
             вид число\nпоказатель школы итог «Итог»\n  вид {output}\n  расчёт ф(6)\n"
        );
        let mut findings = Vec::new();
        let files = PackFiles { origin: "п".to_owned(), files: vec![("п.pko".to_owned(), text)] };
        let model = load(files, &NoPacks, &mut SourceMap::default(), &mut findings);
        assert!(findings.is_empty(), "{findings:?}");
        let day = Date::new(2026, 9, 1).expect("a day");
        let facts = Facts::new(day, Object::School("а".to_owned()));
        let diagnosis = diagnose(&model, &facts);
        let reading = diagnosis.indicators.iter().find(|reading| reading.id.as_str() == "итог");
        let value = reading.map_or(Value::Unknown, |reading| reading.value.clone());
        (value, diagnosis.faults.into_iter().map(|fault| fault.message).collect())
    }

    #[test]
    fn numbers_go_in_and_come_out_exactly() {
        let (value, faults) = outcome("процент", "икс / 4");
        assert_eq!(
            (value.exact().map(|n| n.to_plain()), faults.len()),
            (Some("1.5".to_owned()), 0)
        );
    }

    #[test]
    fn what_a_function_does_wrong_is_a_fault_and_no_value() {
        for (output, code, says) in [
            ("процент", "икс * 100", "вне границ"),
            ("процент", "икс == 6", "не того вида"),
            ("процент", "loop { }", "не кончается"),
            (
                "процент",
                "if !известно(икс) { return (); } let в = икс + 1; if в == 0 { return (); } (в * 2) / 0",
                "ноль",
            ),
            ("да/нет", "икс", "не того вида"),
        ] {
            let (value, faults) = outcome(output, code);
            assert!(value.exact().is_none(), "{code}");
            assert!(faults.iter().any(|fault| fault.contains(says)), "{code}: {faults:?}");
        }
    }
}
