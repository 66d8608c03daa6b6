//! The formats: each turns the neutral document into one file and knows nothing of rules or data.

mod captions;
mod json;
mod pdf;
mod xlsx;

use std::fmt;

pub use captions::Captions;
pub use json::json;
pub use pdf::{Laid, Pdf, font_files, layout, pdf};
pub use xlsx::xlsx;

/// Why a document could not be turned into a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RenderError {
    /// What went wrong and what to do, in the user's language.
    pub message: String,
    /// The words of a foreign library with their place in a template, for a report of the fault.
    pub detail: Option<String>,
}

impl RenderError {
    /// An error that needs no foreign words.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), detail: None }
    }

    /// The same with the quoted words of a library.
    pub fn with_detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }
}

impl fmt::Display for RenderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.detail {
            Some(detail) => write!(f, "{} (подробности: «{detail}»)", self.message),
            None => f.write_str(&self.message),
        }
    }
}

impl std::error::Error for RenderError {}
