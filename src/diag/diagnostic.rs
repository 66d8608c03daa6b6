//! The diagnostic itself.

use crate::base::Span;

/// A stable code such as `ПКО-012`; its page is `docs/ошибки/ПКО-012.md`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(pub u16);

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ПКО-{:03}", self.0)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    Error,
    Warning,
    Note,
}

impl Severity {
    pub fn russian(self) -> &'static str {
        match self {
            Self::Error => "ошибка",
            Self::Warning => "предупреждение",
            Self::Note => "замечание",
        }
    }
}

/// Where a diagnostic stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// A range in a text that the source map holds.
    Text(Span),
    /// A cell of a table that is no text (a workbook): file, row and column as a person counts.
    Cell { file: String, row: usize, column: usize },
    /// A whole file or folder.
    File(String),
    /// The command line, or nothing in particular.
    Nowhere,
}

/// A second place that helps to understand, with what to see there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    pub span: Span,
    pub message: String,
}

/// One finding. The message says what is wrong in the user's words, without a final period; the
/// hint says what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    pub code: Code,
    pub severity: Severity,
    pub place: Place,
    pub message: String,
    pub labels: Vec<Label>,
    pub hint: Option<String>,
}

impl Diagnostic {
    pub fn new(
        severity: Severity,
        code: Code,
        place: impl Into<Place>,
        message: impl Into<String>,
    ) -> Self {
        Self {
            code,
            severity,
            place: place.into(),
            message: message.into(),
            labels: Vec::new(),
            hint: None,
        }
    }

    pub fn error(code: Code, place: impl Into<Place>, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, place, message)
    }

    pub fn warning(code: Code, place: impl Into<Place>, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, place, message)
    }

    pub fn note(code: Code, place: impl Into<Place>, message: impl Into<String>) -> Self {
        Self::new(Severity::Note, code, place, message)
    }

    pub fn with_label(mut self, span: Span, message: impl Into<String>) -> Self {
        self.labels.push(Label { span, message: message.into() });
        self
    }

    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

impl From<Span> for Place {
    fn from(span: Span) -> Self {
        Self::Text(span)
    }
}
