//! Texts put into words: templates rendered, spaces made unbreakable, faults gathered.

use super::codes;
use super::scope::{Item, TextScope};
use super::view::View;
use crate::diag::Diagnostic;
use crate::model::Template;
use crate::russian::typographic;
use crate::text::Scope;

/// Writes the texts of one document.
pub(super) struct Writer<'v, 'a> {
    pub view: &'v View<'a>,
    faults: &'v mut Vec<Diagnostic>,
}

impl<'v, 'a> Writer<'v, 'a> {
    pub fn new(view: &'v View<'a>, faults: &'v mut Vec<Diagnostic>) -> Self {
        Self { view, faults }
    }

    pub fn report(&mut self, fault: Diagnostic) {
        self.faults.push(fault);
    }

    /// The paragraphs of a text, ready to print.
    pub fn paragraphs(&mut self, template: &Template, item: Option<&Item<'a>>) -> Vec<String> {
        let paragraphs = self.plain(template, item);
        paragraphs.iter().map(|paragraph| typographic(paragraph)).collect()
    }

    /// A text of one line.
    pub fn line(&mut self, template: &Template, item: Option<&Item<'a>>) -> String {
        self.paragraphs(template, item).join(" ")
    }

    /// A text for a cell: its paragraphs one under another.
    pub fn cell(&mut self, template: &Template, item: Option<&Item<'a>>) -> String {
        self.paragraphs(template, item).join("\n")
    }

    /// The paragraphs before their spaces are bound, for texts that stand inside others.
    pub fn plain(&mut self, template: &Template, item: Option<&Item<'a>>) -> Vec<String> {
        self.said(template, &TextScope { view: self.view, item })
    }

    /// The paragraphs of a text over names of its own.
    pub fn said(&mut self, template: &Template, scope: &dyn Scope) -> Vec<String> {
        match template.text.render(scope) {
            Ok(paragraphs) => paragraphs,
            Err(error) => {
                let place = template.place(error.offset, 1);
                self.report(Diagnostic::error(codes::TEXT, place, error.message));
                Vec::new()
            }
        }
    }
}
