//! Functions of a pack, written in Rhai: pure, bounded, exact, and told of every unknown. The only
//! user of Rhai.
//!
//! A script sees its inputs and nothing else: no files, no modules, no clock, no printing, no
//! `eval`, no functions of its own. Steps, sizes and depth are bounded. Numbers are decimals, so
//! `5 / 2` is 2.5; an unknown input is `()`, and comparing it with anything is an error rather than
//! a silent «no» — `известно(x)` asks first.

mod engine;
mod fault;
mod value;

use rhai::{AST, Engine, Scope};

pub use fault::ScriptError;
pub use value::ScriptValue;

/// The longest code that is looked at, in bytes.
const MAX_CODE: usize = 20_000;

/// A compiled function, ready to be called.
#[derive(Debug)]
pub struct Script {
    engine: Engine,
    ast: AST,
    inputs: Vec<String>,
}

impl Script {
    /// Compiles a code that sees the inputs of these names.
    pub fn compile(code: &str, inputs: &[&str]) -> Result<Self, ScriptError> {
        if code.len() > MAX_CODE {
            return Err(ScriptError::new(1, 1, "код функции слишком длинный"));
        }
        let engine = engine::engine();
        let inputs: Vec<String> = inputs.iter().map(|name| crate::base::normalise(name)).collect();
        let mut scope = Scope::new();
        for name in &inputs {
            scope.push_constant(name.as_str(), ());
        }
        // «ё» and «е» are one letter in a name; both are two bytes, so places stay where they are.
        let code = crate::base::normalise(code);
        let ast =
            engine.compile_with_scope(&scope, code).map_err(|error| fault::of_parse(&error))?;
        Ok(Self { engine, ast, inputs })
    }

    /// Calls the function with values in the order of its inputs.
    pub fn call(&self, values: &[ScriptValue]) -> Result<ScriptValue, ScriptError> {
        if values.len() != self.inputs.len() {
            let message =
                format!("функции нужно значений: {}, дано: {}", self.inputs.len(), values.len());
            return Err(ScriptError::new(1, 1, message));
        }
        let mut scope = Scope::new();
        for (name, value) in self.inputs.iter().zip(values) {
            scope.push_constant_dynamic(name.as_str(), value::to_script(value, name)?);
        }
        let result = self
            .engine
            .eval_ast_with_scope(&mut scope, &self.ast)
            .map_err(|error| fault::of_run(&error))?;
        value::from_script(result)
    }
}

#[cfg(test)]
mod tests;
