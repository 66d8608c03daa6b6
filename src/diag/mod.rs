//! What went wrong, where, and the way out; one structure, several renderers.

mod diagnostic;
mod sources;

pub use diagnostic::{Code, Diagnostic, Label, Place, Severity};
pub use sources::{SourceMap, SourceText};
