//! Functions of a pack.

use super::shared::clauses;
use super::{Around, Lowering};
use crate::model::declarations::*;
use crate::model::reader::Reader;
use crate::syntax::tree::{Node, Value};

impl Lowering<'_> {
    pub(super) fn function(&mut self, reader: &Reader<'_>, around: &Around) -> Option<Function> {
        let inputs = reader.one("вход").map_or(&[] as &[Node], |clause| &clause.body);
        let inputs = clauses(inputs)
            .filter_map(|clause| match &clause.value {
                Value::Input { name, kind, may_be_unknown } => Some(Input {
                    name: name.id(),
                    kind: self.kind(kind)?,
                    may_be_unknown: *may_be_unknown,
                }),
                _ => None,
            })
            .collect();
        let Some(Value::Kind(output)) = reader.value("выход") else {
            reader.missing("выход", "выход процент", self.out);
            return None;
        };
        let Some(code) = reader.one("код").and_then(|clause| clause.raw) else {
            reader.missing("код", "код rhai, ниже — вычисление", self.out);
            return None;
        };
        Some(Function {
            meta: self.meta(reader, around),
            inputs,
            output: self.kind(output)?,
            code: dedent(self.sources.slice(code)),
            code_span: code,
        })
    }
}

/// Raw text without the indentation that all its lines share.
fn dedent(text: &str) -> String {
    let depth = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let shared = text.lines().filter(|line| !line.trim().is_empty()).map(depth).min().unwrap_or(0);
    let lines: Vec<&str> = text.lines().map(|line| line.get(shared..).unwrap_or("")).collect();
    lines.join("\n")
}
