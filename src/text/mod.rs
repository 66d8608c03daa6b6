//! Texts of the language: Handlebars in strict mode over typed names.
//!
//! A text is read once ([`Text::parse`]), examined by a checker ([`Text::uses`]) and rendered as
//! often as needed ([`Text::render`]). Only the part of Handlebars that words need is accepted:
//! names, the helpers of [`HELPERS`], and the blocks `{{#если}}` and `{{#каждый}}`. Values are
//! worded first and then laid out by Handlebars, so that nothing in a value is read as a template.
//! One thing goes beyond Handlebars: a name with points may take arguments too,
//! `{{школа.название падеж="родительный"}}`.

mod arguments;
mod build;
mod error;
mod helpers;
mod node;
mod parse;
mod render;
mod rewrite;
mod scan;
mod substitute;
mod uses;
mod value;
mod wording;

#[cfg(test)]
mod tests;

pub use arguments::{ARGUMENTS, Argument, ArgumentSpec, Arguments};
pub use error::TextError;
pub use helpers::{HELPERS, HelperSpec, Takes};
pub use rewrite::{rewrite, shift_years, words};
pub use substitute::substitute;
pub use uses::{Unit, Use};
pub use value::{MISSING, QuantityUnit, Scope, TextValue};

use handlebars::Template;
use node::Node;

/// A text of the language, ready to be checked and rendered.
#[derive(Clone, Debug)]
pub struct Text {
    nodes: Vec<Node>,
    template: Template,
    /// Pieces of plain text that Handlebars would misread, by the number of their slot.
    literals: Vec<(usize, String)>,
}

impl Text {
    /// Reads a text. Line breaks and indentation are blanks; an empty line separates paragraphs.
    /// All faults are reported at once, in the order of the source.
    pub fn parse(source: &str) -> Result<Self, Vec<TextError>> {
        let nodes = parse::parse(source)?;
        build::build(nodes).map_err(|error| vec![error])
    }

    /// Every name that the text uses, in the order of the source.
    pub fn uses(&self) -> Vec<Use> {
        uses::uses(&self.nodes)
    }

    /// The paragraphs of the text in a scope; empty ones are left out.
    pub fn render(&self, scope: &dyn Scope) -> Result<Vec<String>, TextError> {
        render::render(&self.nodes, &self.literals, &self.template, scope)
    }
}
