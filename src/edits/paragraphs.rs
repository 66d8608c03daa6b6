//! Paragraphs that a team adds: whether their sections are there.

use super::{codes, report};
use crate::base::{Id, suggest};
use crate::calendar::Period;
use crate::data::{AddedParagraph, Project};
use crate::diag::Diagnostic;
use crate::document::types;
use crate::model::{ProgrammeKind, Section, SectionBlock};

/// Reports every paragraph of a section that no document of the project has.
pub(super) fn check(
    project: &Project,
    documents: &[(ProgrammeKind, Period)],
    out: &mut Vec<Diagnostic>,
) {
    let mut known: Vec<&Id> = Vec::new();
    documents.iter().for_each(|(kind, _)| kind.sections.iter().for_each(|s| list(s, &mut known)));
    for added in &project.added_paragraphs {
        let id = Id::new(&added.section.value);
        if !known.contains(&&id) {
            let near = suggest(&added.section.value, known.iter().map(|id| id.as_str()));
            let message = format!("в документах проекта нет раздела «{}»", added.section.value);
            let otherwise = "имена разделов стоят в файле JSON документа, в списке sections";
            out.push(report::unknown(added.section.place.clone(), message, near, otherwise));
        }
    }
    let braces = project.added_paragraphs.iter().filter(|added| added.text.value.contains("{{"));
    out.extend(braces.map(|added| report::braces(&added.text)));
    repeated(&project.added_paragraphs, out);
}

/// Reports every paragraph that its section has already.
fn repeated(paragraphs: &[AddedParagraph], out: &mut Vec<Diagnostic>) {
    let words = |added: &AddedParagraph| {
        let words: Vec<&str> = added.text.value.split_whitespace().collect();
        (Id::new(&added.section.value), words.join(" "))
    };
    for (at, again) in paragraphs.iter().enumerate() {
        let mut before = paragraphs.iter().take(at);
        if let Some(first) = before.find(|first| words(first) == words(again)) {
            out.push(report::repeated_paragraph(&again.section, &first.section));
        }
    }
}

/// A section and those inside it; what is repeated bears other names in the document.
fn list<'m>(section: &'m Section, known: &mut Vec<&'m Id>) {
    known.push(&section.id);
    for block in &section.blocks {
        if let SectionBlock::Section(inner) = block {
            list(inner, known);
        }
    }
}

/// Paragraphs whose section the documents, composed now, do not show.
pub fn unplaced<'d>(
    project: &Project,
    documents: impl Iterator<Item = &'d types::Programme> + Clone,
) -> Vec<Diagnostic> {
    let is_shown = |id: &str| documents.clone().any(|document| shows(&document.sections, id));
    let lost = project
        .added_paragraphs
        .iter()
        .filter(|added| !is_shown(Id::new(&added.section.value).as_str()));
    lost.map(|added| {
        let message = format!(
            "абзац для раздела «{}» никуда не вошёл: этого раздела сейчас нет в документах",
            added.section.value
        );
        Diagnostic::warning(codes::STALE, added.section.place.clone(), message)
            .with_hint("назовите другой раздел или удалите абзац")
    })
    .collect()
}

fn shows(sections: &[types::Section], id: &str) -> bool {
    sections.iter().any(|section| section.id == id || shows(&section.sections, id))
}
