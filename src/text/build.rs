//! The Handlebars template of a text: every value is a numbered name in it, worded beforehand.

use std::fmt::Write;

use handlebars::Template;

use super::node::{Call, Node};
use super::{Text, TextError};

pub(super) fn build(nodes: Vec<Node>) -> Result<Text, TextError> {
    let mut builder = Builder::default();
    builder.nodes(&nodes);
    let template = Template::compile(&builder.source)
        .map_err(|error| TextError::new(0, format!("текст не разобран: {error}")))?;
    Ok(Text { nodes, template, literals: builder.literals })
}

/// The name of a value in the template.
pub(super) fn slot_name(call: &Call) -> String {
    format!("з{}", call.slot)
}

/// The name of a piece of plain text in the template.
pub(super) fn literal_name(number: usize) -> String {
    format!("т{number}")
}

#[derive(Default)]
struct Builder {
    source: String,
    literals: Vec<(usize, String)>,
}

impl Builder {
    fn nodes(&mut self, nodes: &[Node]) {
        for node in nodes {
            match node {
                Node::Words(words) => self.words(words),
                Node::Print(call) => self.push(format_args!("{{{{{}}}}}", slot_name(call))),
                Node::If { test, then, otherwise, .. } => {
                    self.push(format_args!("{{{{#если {}}}}}", slot_name(test)));
                    self.nodes(then);
                    self.otherwise(otherwise);
                    self.push(format_args!("{{{{/если}}}}"));
                }
                Node::Each { list, body, otherwise } => {
                    let name = slot_name(list);
                    self.push(format_args!("{{{{#если {name}}}}}{{{{#each {name}}}}}"));
                    self.nodes(body);
                    self.push(format_args!("{{{{/each}}}}"));
                    self.otherwise(otherwise);
                    self.push(format_args!("{{{{/если}}}}"));
                }
            }
        }
    }

    fn otherwise(&mut self, nodes: &[Node]) {
        if !nodes.is_empty() {
            self.push(format_args!("{{{{else}}}}"));
            self.nodes(nodes);
        }
    }

    /// Plain text; what Handlebars would take for more than that goes through a value.
    fn words(&mut self, words: &str) {
        if !words.contains("{{") && !words.ends_with(['{', '\\']) {
            self.source.push_str(words);
            return;
        }
        let number = self.literals.len();
        self.literals.push((number, words.to_owned()));
        self.push(format_args!("{{{{{}}}}}", literal_name(number)));
    }

    fn push(&mut self, text: std::fmt::Arguments<'_>) {
        // Writing to a string cannot fail.
        let _ = self.source.write_fmt(text);
    }
}
