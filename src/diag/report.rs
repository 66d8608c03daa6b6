//! Renderers of diagnostics: the terminal and `pko/diagnostics/1`. Both read the same structure.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use serde::Serialize;

use super::{Diagnostic, Place, Severity, SourceMap};
use crate::base::Span;

/// How many findings of each severity there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    pub errors: usize,
    pub warnings: usize,
    pub notes: usize,
}

pub fn counts(diagnostics: &[Diagnostic]) -> Counts {
    let of = |severity| diagnostics.iter().filter(|d| d.severity == severity).count();
    Counts {
        errors: of(Severity::Error),
        warnings: of(Severity::Warning),
        notes: of(Severity::Note),
    }
}

/// Findings in the order of their places, errors of one place first.
pub fn sorted(mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    diagnostics.sort_by(|a, b| (&a.place, a.severity, a.code).cmp(&(&b.place, b.severity, b.code)));
    diagnostics.dedup();
    diagnostics
}

/// The findings for a person: each with its line, carets under the place, labels and the way out.
pub fn render_terminal(diagnostics: &[Diagnostic], sources: &SourceMap, colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.decor_style(DecorStyle::Unicode);
    let mut out = String::new();
    for diagnostic in diagnostics {
        out.push_str(&render_one(diagnostic, sources, &renderer));
        out.push_str("\n\n");
    }
    out
}

fn render_one(diagnostic: &Diagnostic, sources: &SourceMap, renderer: &Renderer) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    }
    .with_name(diagnostic.severity.russian());
    let code = diagnostic.code.to_string();
    let title = match where_in_words(&diagnostic.place) {
        Some(place) => format!("{place}: {}", diagnostic.message),
        None => diagnostic.message.clone(),
    };
    let mut group = level.primary_title(title).id(code).elements(snippets(diagnostic, sources));
    if let Some(hint) = &diagnostic.hint {
        group = group.element(Level::HELP.with_name("выход").message(hint.as_str()));
    }
    renderer.render(&[group])
}

/// A place that no snippet can show.
fn where_in_words(place: &Place) -> Option<String> {
    match place {
        Place::Text(_) | Place::Nowhere => None,
        Place::Cell { file, row, column } => {
            Some(format!("{file}, строка {row}, столбец {column}"))
        }
        Place::File(name) => Some(name.clone()),
    }
}

/// One snippet a file, the file of the finding itself first.
fn snippets<'a>(
    diagnostic: &'a Diagnostic,
    sources: &'a SourceMap,
) -> Vec<Snippet<'a, annotate_snippets::Annotation<'a>>> {
    let Place::Text(primary) = &diagnostic.place else { return Vec::new() };
    let mut files = vec![primary.file];
    for label in &diagnostic.labels {
        if !files.contains(&label.span.file) {
            files.push(label.span.file);
        }
    }
    let mut snippets = Vec::new();
    for file in files {
        let Some(source) = sources.get(file) else { continue };
        let mut snippet = Snippet::source(source.text.as_str()).path(source.name.as_str());
        if primary.file == file {
            let range = visible(*primary, &source.text);
            snippet = snippet.annotation(AnnotationKind::Primary.span(range));
        }
        for label in diagnostic.labels.iter().filter(|label| label.span.file == file) {
            let range = visible(label.span, &source.text);
            snippet = snippet
                .annotation(AnnotationKind::Context.span(range).label(label.message.as_str()));
        }
        snippets.push(snippet);
    }
    snippets
}

/// The part of a span that one can point at: inside the text and on its first line, for a caret
/// under three hundred lines tells nobody anything.
fn visible(span: Span, text: &str) -> std::ops::Range<usize> {
    let floor = |at: usize| {
        let mut at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = floor(span.start);
    let end = floor(span.end.max(start));
    let first_line = text.get(start..end).and_then(|s| s.find('\n')).map_or(end, |at| start + at);
    start..first_line
}

#[derive(Serialize)]
struct Report<'a> {
    schema: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    diagnostics: Vec<Record<'a>>,
    counts: Counts,
}

#[derive(Serialize)]
struct Record<'a> {
    code: String,
    severity: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
    #[serde(flatten)]
    range: Range,
    message: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    labels: Vec<LabelRecord<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hint: Option<&'a str>,
}

#[derive(Default, Serialize)]
struct Range {
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_column: Option<usize>,
}

#[derive(Serialize)]
struct LabelRecord<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
    line: usize,
    column: usize,
    message: &'a str,
}

/// The findings as `pko/diagnostics/1`.
pub fn report_json(diagnostics: &[Diagnostic], sources: &SourceMap) -> serde_json::Value {
    let report = Report {
        schema: "pko/diagnostics/1",
        diagnostics: diagnostics.iter().map(|d| record(d, sources)).collect(),
        counts: counts(diagnostics),
    };
    serde_json::to_value(report).unwrap_or_default()
}

fn record<'a>(diagnostic: &'a Diagnostic, sources: &'a SourceMap) -> Record<'a> {
    let (file, range) = match &diagnostic.place {
        Place::Text(span) => text_range(*span, sources),
        Place::Cell { file, row, column } => (
            Some(file.as_str()),
            Range { line: Some(*row), column: Some(*column), ..Range::default() },
        ),
        Place::File(name) => (Some(name.as_str()), Range::default()),
        Place::Nowhere => (None, Range::default()),
    };
    Record {
        code: diagnostic.code.to_string(),
        severity: diagnostic.severity.russian(),
        file,
        range,
        message: &diagnostic.message,
        labels: diagnostic.labels.iter().filter_map(|l| label_record(l, sources)).collect(),
        hint: diagnostic.hint.as_deref(),
    }
}

fn text_range(span: Span, sources: &SourceMap) -> (Option<&str>, Range) {
    let Some(source) = sources.get(span.file) else { return (None, Range::default()) };
    let (line, column) = source.line_column(span.start);
    let (end_line, end_column) = source.line_column(span.end);
    let range = Range {
        line: Some(line),
        column: Some(column),
        end_line: Some(end_line),
        end_column: Some(end_column),
    };
    (Some(source.name.as_str()), range)
}

fn label_record<'a>(label: &'a super::Label, sources: &'a SourceMap) -> Option<LabelRecord<'a>> {
    let source = sources.get(label.span.file)?;
    let (line, column) = source.line_column(label.span.start);
    Some(LabelRecord { file: Some(&source.name), line, column, message: &label.message })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Code;

    #[test]
    fn carets_stand_right_under_cyrillic() {
        let mut sources = SourceMap::default();
        let text = "показатель школы огэ\n  вид процнт; лучше больше\n";
        let file = sources.add("правила.pko", text);
        let at = text.find("процнт").expect("it is there");
        let span = Span::new(file, at, at + "процнт".len());
        let finding = Diagnostic::error(Code(12), span, "нет вида «процнт»")
            .with_hint("возможно, вы имели в виду «процент»");
        let shown = render_terminal(&[finding], &sources, false);
        let lines: Vec<&str> = shown.lines().collect();
        let row = lines.iter().position(|l| l.contains("вид процнт")).expect("the line is shown");
        let column = |line: &str, what: &str| {
            line.find(what).and_then(|at| line.get(..at)).map(|s| s.chars().count())
        };
        assert_eq!(column(lines[row], "процнт"), column(lines[row + 1], "━━━━━━"), "{shown}");
        assert!(shown.contains("ошибка[ПКО-012]"), "{shown}");
        assert!(shown.contains("выход: возможно"), "{shown}");
    }
}
