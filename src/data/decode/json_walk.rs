//! A walk over a JSON tree that complains of everything it does not expect, with its place, and goes
//! on.

use serde_json::{Map, Value};

use super::json_place::{Step, locate};
use super::quote::quote;
use crate::base::{FileId, Number, Span};
use crate::data::codes;
use crate::diag::Diagnostic;

/// Faults of one file that are shown with their places; the others are counted.
const SHOWN: usize = 20;

/// Digits behind the mark of a number.
const PLACES: usize = 12;

pub(super) const OBJECT: &str = "раздел в фигурных скобках";

/// A value and the way to it.
#[derive(Clone, Copy)]
pub(super) struct Node<'n> {
    pub value: &'n Value,
    step: Option<Step<'n>>,
    above: Option<&'n Node<'n>>,
}

impl<'n> Node<'n> {
    pub fn root(value: &'n Value) -> Self {
        Self { value, step: None, above: None }
    }

    fn child<'c>(&'c self, value: &'c Value, step: Step<'c>) -> Node<'c> {
        Node { value, step: Some(step), above: Some(self) }
    }

    /// What stands under a key; a `null` is as good as nothing.
    pub fn get<'c>(&'c self, key: &'c str) -> Option<Node<'c>> {
        let value = self.value.get(key).filter(|value| !value.is_null())?;
        Some(self.child(value, Step::Key(key)))
    }

    pub fn items(&self) -> impl Iterator<Item = Node<'_>> {
        let items = self.value.as_array().map_or(&[] as &[_], Vec::as_slice);
        items.iter().enumerate().map(|(at, value)| self.child(value, Step::Index(at)))
    }

    pub fn entries(&self) -> impl Iterator<Item = (&str, Node<'_>)> {
        let entries = self.value.as_object().into_iter().flat_map(Map::iter);
        entries.map(|(key, value)| (key.as_str(), self.child(value, Step::Key(key))))
    }

    /// Whether this stands right under such a key.
    pub fn is_under(&self, key: &str) -> bool {
        self.step == Some(Step::Key(key))
    }

    fn path(&self) -> Vec<Step<'_>> {
        let mut path = self.above.map(Node::path).unwrap_or_default();
        path.extend(self.step);
        path
    }
}

/// Reads values and collects complaints.
pub(super) struct JsonWalk<'w> {
    file: FileId,
    text: &'w str,
    out: &'w mut Vec<Diagnostic>,
    /// How many faults were found so far, shown or not.
    faults: usize,
}

impl<'w> JsonWalk<'w> {
    pub fn new(file: FileId, text: &'w str, out: &'w mut Vec<Diagnostic>) -> Self {
        Self { file, text, out, faults: 0 }
    }

    pub fn place(&self, node: &Node<'_>) -> Span {
        let range = locate(self.text, &node.path());
        Span::new(self.file, range.start, range.end)
    }

    pub fn fault(&mut self, node: &Node<'_>, message: String, hint: &str) {
        self.faults += 1;
        if self.faults <= SHOWN {
            let fault = Diagnostic::error(codes::BAD_JSON_VALUE, self.place(node), message);
            self.out.push(fault.with_hint(hint));
        }
    }

    pub fn push(&mut self, found: Diagnostic) {
        self.out.push(found);
    }

    /// Whether nothing was complained of; says how many faults were not shown.
    pub fn finish(self, root: &Node<'_>) -> bool {
        if let Some(more @ 1..) = self.faults.checked_sub(SHOWN) {
            let message = format!("в файле ещё столько таких ошибок: {more}");
            let place = self.place(root);
            let place = Span::new(self.file, place.start, place.start);
            self.out.push(
                Diagnostic::error(codes::BAD_JSON_VALUE, place, message)
                    .with_hint("исправьте показанные и запустите ещё раз"),
            );
        }
        self.faults == 0
    }

    pub fn wrong(&mut self, node: &Node<'_>, expected: &str) {
        let found = match node.value {
            Value::Null => "пусто (null)".to_owned(),
            Value::Bool(truth) => truth.to_string(),
            Value::Number(number) => quote(&number.to_string()),
            Value::String(text) => quote(text),
            Value::Array(_) => "список".to_owned(),
            Value::Object(_) => OBJECT.to_owned(),
        };
        let key = match node.step {
            Some(Step::Key(key)) => format!("{}: ", quote(key)),
            Some(Step::Index(at)) => format!("элемент {}: ", at + 1),
            None => String::new(),
        };
        let message = format!("{key}найдено — {found}, а нужно — {expected}");
        self.fault(node, message, AGAIN);
    }

    fn missing(&mut self, node: &Node<'_>, key: &str, what: &str) {
        self.fault(node, format!("нет поля {} ({what})", quote(key)), AGAIN);
    }

    /// The text under a key that must be there.
    pub fn text(&mut self, node: &Node<'_>, key: &str, what: &str) -> Option<String> {
        match node.get(key) {
            Some(found) => self.as_text(&found),
            None => {
                self.missing(node, key, what);
                None
            }
        }
    }

    /// The text under a key that may be absent.
    pub fn words(&mut self, node: &Node<'_>, key: &str) -> Option<String> {
        self.as_text(&node.get(key)?)
    }

    pub fn as_text(&mut self, node: &Node<'_>) -> Option<String> {
        match node.value {
            Value::String(text) => Some(text.trim().to_owned()),
            _ => {
                self.wrong(node, "текст");
                None
            }
        }
    }

    /// A whole number from 1 up.
    pub fn place_number(&mut self, node: &Node<'_>, key: &str) -> Option<u64> {
        let found = node.get(key)?;
        let number = found.value.as_u64().filter(|number| *number > 0);
        if number.is_none() {
            self.wrong(&found, "целое число от 1");
        }
        number
    }

    /// A number of at most [`PLACES`] decimals.
    pub fn number(&mut self, node: &Node<'_>, key: &str) -> Option<Number> {
        let found = node.get(key)?;
        // The nearest binary fraction to so few decimals prints as the same decimals.
        let decimals = found.value.as_f64().map(|number| format!("{number:.PLACES$}"));
        let number = decimals.and_then(|text| Number::parse(&text).ok());
        if number.is_none() {
            self.wrong(&found, "число");
        }
        number
    }

    /// The list under a key that may be absent.
    pub fn items<'c>(&mut self, node: &'c Node<'c>, key: &'c str) -> Option<Node<'c>> {
        let found = node.get(key)?;
        if !found.value.is_array() {
            self.wrong(&found, "список в квадратных скобках");
        }
        found.value.is_array().then_some(found)
    }

    /// The object under a key that may be absent.
    pub fn section<'c>(&mut self, node: &'c Node<'c>, key: &'c str) -> Option<Node<'c>> {
        let found = node.get(key)?;
        if !found.value.is_object() {
            self.wrong(&found, OBJECT);
        }
        found.value.is_object().then_some(found)
    }

    /// The list under a key that must be there.
    pub fn list<'c>(&mut self, node: &'c Node<'c>, key: &'c str, what: &str) -> Option<Node<'c>> {
        if node.get(key).is_none() {
            self.missing(node, key, what);
        }
        self.items(node, key)
    }
}

/// The way out of a file that a program wrote and somebody changed.
pub(super) const AGAIN: &str = "файл пишет «pko identify»: получите его заново и не меняйте руками";
