//! One check at work: what it looks at, and what it found.

use super::{CheckContext, Checked};
use crate::base::Span;
use crate::diag::{Code, Diagnostic, Place};
use crate::model::Model;

/// A condition of which it could not be decided whether it can be true and can be false.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unproven {
    pub span: Span,
    /// What stood in the way.
    pub reason: String,
}

/// The state of one running check.
#[derive(Debug)]
pub struct Pass<'a> {
    code: Code,
    pub model: &'a Model,
    pub context: &'a CheckContext<'a>,
    out: Vec<Diagnostic>,
    conditions: usize,
    unproven: Vec<Unproven>,
}

impl<'a> Pass<'a> {
    pub(super) fn new(code: Code, model: &'a Model, context: &'a CheckContext<'a>) -> Self {
        Self { code, model, context, out: Vec::new(), conditions: 0, unproven: Vec::new() }
    }

    /// An error of this check; to be completed and given to [`Pass::report`].
    pub fn error(&self, place: impl Into<Place>, message: impl Into<String>) -> Diagnostic {
        Diagnostic::error(self.code, place, message)
    }

    /// As [`Pass::error`], for what may be meant.
    pub fn warning(&self, place: impl Into<Place>, message: impl Into<String>) -> Diagnostic {
        Diagnostic::warning(self.code, place, message)
    }

    /// As [`Pass::error`], for what is worth knowing.
    pub fn note(&self, place: impl Into<Place>, message: impl Into<String>) -> Diagnostic {
        Diagnostic::note(self.code, place, message)
    }

    pub fn report(&mut self, diagnostic: Diagnostic) {
        self.out.push(diagnostic);
    }

    /// The words under a span, on one line.
    pub fn excerpt(&self, span: Span) -> String {
        let words: Vec<&str> = self.context.sources.slice(span).split_whitespace().collect();
        let text = words.join(" ");
        match text.char_indices().nth(MAX_EXCERPT) {
            Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
            None => text,
        }
    }

    pub(super) fn count_condition(&mut self) {
        self.conditions += 1;
    }

    pub(super) fn leave_unproven(&mut self, span: Span, reason: &str) {
        let known = |seen: &Unproven| seen.span == span;
        if !self.unproven.iter().any(known) {
            self.unproven.push(Unproven { span, reason: reason.to_owned() });
        }
    }

    pub(super) fn unproven(&self) -> Vec<Unproven> {
        self.unproven.clone()
    }

    pub(super) fn finish(self) -> Checked {
        Checked { diagnostics: self.out, conditions: self.conditions, unproven: self.unproven }
    }
}

/// Longer conditions are cut in messages.
const MAX_EXCERPT: usize = 160;
