//! The stages of a programme: their words, and whether they fit in its period.

use super::codes;
use super::view::View;
use super::writer::Writer;
use crate::diag::Diagnostic;
use crate::russian::{self, DateStyle};

/// What is done in each stage of the kind, one paragraph under another.
pub(super) fn contents(writer: &mut Writer<'_, '_>) -> Vec<String> {
    let stages = writer.view.kind.stages.iter();
    let each = stages.map(|stage| {
        let texts: Vec<String> = stage.content.iter().map(|text| writer.cell(text, None)).collect();
        texts.join("\n")
    });
    each.collect()
}

/// Stages that the period of the project is too short for are left out.
pub(super) fn not_laid(view: &View<'_>) -> Option<Diagnostic> {
    let stages = &view.kind.stages;
    let first = stages.first().filter(|_| view.choice.stages.is_empty())?;
    let period = view.choice.period;
    let day = |day| russian::date(day, DateStyle::Short);
    let message = format!(
        "этапы программы не помещаются в её срок, с {} по {}, и в документ не вошли",
        day(period.from),
        day(period.to)
    );
    let place =
        view.project.period.as_ref().map_or(&view.project.date.place, |(from, _)| &from.place);
    let hint = "продлите программу в разделе [period] проекта или сократите этапы в пакете";
    let finding = Diagnostic::warning(codes::STAGES_DO_NOT_FIT, place.clone(), message);
    Some(finding.with_label(first.meta.span, "этапы объявлены здесь").with_hint(hint))
}
