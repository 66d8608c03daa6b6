//! What went wrong, where, and the way out; one structure, several renderers.

mod diagnostic;
mod report;
mod sources;

pub use diagnostic::{Code, Diagnostic, Label, Place, Severity};
pub use report::{Counts, counts, render_terminal, report_json, sorted};
pub use sources::{SourceMap, SourceText};
