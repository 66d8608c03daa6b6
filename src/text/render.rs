//! Values are found and worded, then Handlebars lays the text out.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use handlebars::{
    Context, Handlebars, Helper, HelperDef, HelperResult, Output, RenderContext, RenderError,
    RenderErrorReason, Renderable, StringOutput, Template, no_escape,
};
use serde_json::{Map, Value};

use super::build::{literal_name, slot_name};
use super::node::{Call, Node, PARAGRAPH};
use super::uses::compared;
use super::wording::{word, word_change};
use super::{Arguments, MISSING, QuantityUnit, Scope, TextError, TextValue};
use crate::base::Number;

pub(super) fn render(
    nodes: &[Node],
    literals: &[(usize, String)],
    template: &Template,
    scope: &dyn Scope,
) -> Result<Vec<String>, TextError> {
    let mut filler = Filler { scope, literals, faults: BTreeMap::new() };
    let values = filler.fill(nodes, None)?;
    let whole = lay_out(template, values).map_err(|error| filler.explain(&error))?;
    Ok(whole.split(PARAGRAPH).map(tidy).filter(|paragraph| !paragraph.is_empty()).collect())
}

fn lay_out(template: &Template, values: Map<String, Value>) -> Result<String, RenderError> {
    let context = Context::wraps(Value::Object(values))?;
    let mut output = StringOutput::new();
    template.render(registry(), &context, &mut RenderContext::new(None), &mut output)?;
    Ok(output.into_string()?)
}

fn registry() -> &'static Handlebars<'static> {
    static REGISTRY: OnceLock<Handlebars<'static>> = OnceLock::new();
    REGISTRY.get_or_init(|| {
        let mut registry = Handlebars::new();
        registry.set_strict_mode(true);
        registry.register_escape_fn(no_escape);
        registry.register_helper("если", Box::new(Condition));
        registry
    })
}

/// The block `если` over a worded value: true, false, a list (true if something is in it), or a
/// string, which stands in place of both branches where nothing is known.
struct Condition;

impl HelperDef for Condition {
    fn call<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        registry: &'reg Handlebars<'reg>,
        context: &'rc Context,
        render: &mut RenderContext<'reg, 'rc>,
        output: &mut dyn Output,
    ) -> HelperResult {
        let holds = match helper.param(0).map(|param| param.value()) {
            Some(Value::String(instead)) => return Ok(output.write(instead)?),
            Some(Value::Bool(holds)) => *holds,
            Some(Value::Array(items)) => !items.is_empty(),
            _ => return Err(RenderErrorReason::ParamNotFoundForIndex("если", 0).into()),
        };
        let branch = if holds { helper.template() } else { helper.inverse() };
        branch.map_or(Ok(()), |branch| branch.render(registry, context, render, output))
    }
}

/// Runs of blanks become one; a paragraph has none at its ends. The point of «п. п.» is also that
/// of its sentence.
fn tidy(paragraph: &str) -> String {
    let words: Vec<&str> = paragraph.split(' ').filter(|word| !word.is_empty()).collect();
    words.join(" ").replace("п..", "п.")
}

/// The thing that a repetition is at.
#[derive(Clone, Copy)]
struct Item<'a> {
    value: &'a TextValue,
    number: usize,
}

struct Filler<'a> {
    scope: &'a dyn Scope,
    literals: &'a [(usize, String)],
    /// What could not be worded, by the name in the template: a fault only if it is reached.
    faults: BTreeMap<String, TextError>,
}

impl Filler<'_> {
    fn fill(
        &mut self,
        nodes: &[Node],
        item: Option<Item<'_>>,
    ) -> Result<Map<String, Value>, TextError> {
        let literals = self.literals.iter();
        let mut values = literals
            .map(|(number, text)| (literal_name(*number), Value::from(text.as_str())))
            .collect();
        self.fill_into(nodes, item, &mut values)?;
        Ok(values)
    }

    fn fill_into(
        &mut self,
        nodes: &[Node],
        item: Option<Item<'_>>,
        values: &mut Map<String, Value>,
    ) -> Result<(), TextError> {
        for node in nodes {
            match node {
                Node::Words(_) => {}
                Node::Print(call) => self.print(call, item, values)?,
                Node::If { test, known, then, otherwise } => {
                    let value = self.find(test, &test.arguments, item)?;
                    let holds =
                        if *known { value.is_known().into() } else { condition(test, &value)? };
                    values.insert(slot_name(test), holds);
                    self.fill_into(then, item, values)?;
                    self.fill_into(otherwise, item, values)?;
                }
                Node::Each { list, body, otherwise } => {
                    let value = self.find(list, &list.arguments, item)?;
                    values.insert(slot_name(list), self.each(list, &value, body)?);
                    self.fill_into(otherwise, item, values)?;
                }
            }
        }
        Ok(())
    }

    fn print(
        &mut self,
        call: &Call,
        item: Option<Item<'_>>,
        values: &mut Map<String, Value>,
    ) -> Result<(), TextError> {
        let worded = if call.helper.name == "изменение" {
            let [later, earlier] = compared(&call.arguments);
            let now = self.find(call, &later, item)?;
            let before = self.find(call, &earlier, item)?;
            word_change(call, &now, &before)
        } else {
            word(call, &self.find(call, &call.arguments, item)?, self.scope)
        };
        match worded {
            Ok(text) => {
                values.insert(slot_name(call), Value::String(clean(&text)));
            }
            Err(error) => {
                self.faults.entry(slot_name(call)).or_insert(error);
            }
        }
        Ok(())
    }

    fn each(&mut self, list: &Call, value: &TextValue, body: &[Node]) -> Result<Value, TextError> {
        match value {
            TextValue::Missing => Ok(Value::from(MISSING)),
            TextValue::List(items) => {
                let objects = items.iter().enumerate().map(|(at, value)| {
                    self.fill(body, Some(Item { value, number: at + 1 })).map(Value::Object)
                });
                Ok(Value::Array(objects.collect::<Result<_, _>>()?))
            }
            other => Err(mismatch(list, "список", other)),
        }
    }

    fn find(
        &self,
        call: &Call,
        arguments: &Arguments,
        item: Option<Item<'_>>,
    ) -> Result<TextValue, TextError> {
        let found = match (item, call.path.split('.').next()) {
            (Some(item), Some("это")) => part_of(item, &call.path),
            _ => self.scope.value(&call.path, arguments),
        };
        found.ok_or_else(|| TextError::new(call.offset, format!("имени «{}» нет", call.path)))
    }

    /// The fault behind an error of Handlebars.
    fn explain(&self, error: &RenderError) -> TextError {
        let missing = match error.reason() {
            RenderErrorReason::MissingVariable(Some(name)) => self.faults.get(name),
            _ => None,
        };
        missing.or_else(|| self.faults.values().next()).cloned().unwrap_or_else(|| {
            TextError::new(0, format!("текст не собран, это ошибка программы: {error}"))
        })
    }
}

/// `это`, `это.номер`, `это.⟨часть⟩`; words have no parts, and are their own «название».
fn part_of(item: Item<'_>, path: &str) -> Option<TextValue> {
    let mut value = item.value;
    for (depth, name) in path.split('.').skip(1).enumerate() {
        match value.part(name) {
            Some(part) => value = part,
            None if name == "номер" && depth == 0 => {
                let number = Number::from_int(i64::try_from(item.number).ok()?);
                return Some(TextValue::Quantity { value: number, unit: QuantityUnit::Plain });
            }
            None if name == "название" && !matches!(value, TextValue::Record(_)) => {}
            None => return None,
        }
    }
    Some(value.clone())
}

fn condition(test: &Call, value: &TextValue) -> Result<Value, TextError> {
    match value {
        TextValue::Missing => Ok(Value::from(MISSING)),
        TextValue::Truth(truth) => Ok((*truth).into()),
        TextValue::List(items) => Ok((!items.is_empty()).into()),
        other => Err(mismatch(test, "да/нет или список", other)),
    }
}

/// A value of the wrong kind.
pub(super) fn mismatch(call: &Call, expected: &str, found: &TextValue) -> TextError {
    let message = format!("«{}» — {}, а здесь нужно: {expected}", call.path, found.kind());
    TextError::new(call.offset, message)
}

/// Breaks in a value are blanks: a value does not start a paragraph.
fn clean(text: &str) -> String {
    text.replace(['\n', '\r', '\t', '\u{2028}', PARAGRAPH], " ")
}
