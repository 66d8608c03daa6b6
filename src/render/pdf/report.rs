//! The typesetter's complaints in the words of a report: they are faults of a template, for a
//! document's own slips are found before.

use typst::diag::SourceDiagnostic;
use typst::{World, WorldExt};

use crate::render::RenderError;

/// The first complaint with its template and line.
pub fn explain(world: &dyn World, errors: &[SourceDiagnostic]) -> RenderError {
    let details: Vec<String> = errors.iter().map(|e| describe(world, e)).collect();
    unexpected(&details.join("; "))
}

/// An error that the user cannot mend.
pub fn unexpected(detail: &str) -> RenderError {
    RenderError::new("не удалось сверстать PDF: ошибка в шаблоне документа или в рисунке")
        .with_detail(detail)
}

fn describe(world: &dyn World, error: &SourceDiagnostic) -> String {
    let inner = place(world, error);
    match inner {
        Some(place) => format!("{place}: {}", error.message),
        None => error.message.to_string(),
    }
}

/// «style.typ, строка 3, столбец 7».
fn place(world: &dyn World, error: &SourceDiagnostic) -> Option<String> {
    let id = error.span.id()?;
    let name = id.vpath().get_without_slash();
    let place = world.range(error.span).and_then(|range| {
        let source = world.source(id).ok()?;
        let (line, column) = source.lines().byte_to_line_column(range.start)?;
        Some(format!("{name}, строка {}, столбец {}", line + 1, column + 1))
    });
    Some(place.unwrap_or_else(|| name.to_owned()))
}
