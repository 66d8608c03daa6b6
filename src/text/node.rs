//! The tree of a text.

use super::{Arguments, HelperSpec, Unit};

/// One name in a text with the helper that words it.
#[derive(Clone, Debug)]
pub(super) struct Call {
    /// The number that its value bears in the Handlebars template.
    pub slot: usize,
    pub helper: &'static HelperSpec,
    pub path: String,
    /// Where the path stands.
    pub offset: usize,
    pub arguments: Arguments,
    pub unit: Option<Unit>,
}

/// A piece of a text.
#[derive(Clone, Debug)]
pub(super) enum Node {
    /// Plain text with paragraphs marked by [`PARAGRAPH`].
    Words(String),
    Print(Call),
    If {
        test: Call,
        /// Whether it asks if the value is known rather than if it is true.
        known: bool,
        then: Vec<Node>,
        otherwise: Vec<Node>,
    },
    Each {
        list: Call,
        body: Vec<Node>,
        otherwise: Vec<Node>,
    },
}

/// Stands between paragraphs in the rendered whole; no value contains it.
pub(super) const PARAGRAPH: char = '\u{2029}';
