//! Blocks, rows and sections of a document: the reasons that the document keeps.

use crate::base::Id;
use crate::document::types::{Because, Block, Programme, Section};
use crate::eval::{Proof, ProofKind};

/// A block or a row of a document, by its id, with the reasons that the document keeps.
pub(super) fn row(programme: &Programme, id: &str) -> Option<Proof> {
    for block in blocks(&programme.sections) {
        if block.id == id {
            return Some(stated(&block.text, &block.because));
        }
        for row in &block.rows {
            if row.iter().any(|cell| cell.bears(id)) {
                let words: Vec<&str> = row.iter().map(|cell| cell.text.as_str()).collect();
                let because: Vec<Because> =
                    row.iter().flat_map(|cell| cell.because.clone()).collect();
                return Some(stated(&words.join(" | "), &because));
            }
        }
    }
    None
}

/// The others that stand in one row of a document with an element.
pub(super) fn told_with(programme: &Programme, id: &str) -> Option<Proof> {
    let blocks = blocks(&programme.sections).into_iter();
    let mut cells = blocks.flat_map(|block| block.rows.iter().flatten());
    let cell = cells.find(|cell| !cell.others.is_empty() && cell.bears(id))?;
    let all = std::iter::once(&cell.id).chain(&cell.others).filter(|other| *other != id);
    let named: Vec<String> = all.map(|other| format!("«{other}»")).collect();
    let text = format!("В таблицах стоит одной строкой с {}", named.join(", "));
    Some(Proof::new(ProofKind::Rule, text))
}

pub(super) fn blocks(sections: &[Section]) -> Vec<&Block> {
    sections.iter().flat_map(|s| s.blocks.iter().chain(blocks(&s.sections))).collect()
}

fn stated(text: &str, because: &[Because]) -> Proof {
    let reasons = because.iter().map(reason).collect();
    Proof::new(ProofKind::Rule, words_of(text)).with(reasons)
}

/// A text in one line.
pub(super) fn words_of(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

pub(super) fn reason(because: &Because) -> Proof {
    let kinds = [
        ProofKind::Value,
        ProofKind::Comparison,
        ProofKind::Dynamics,
        ProofKind::Source,
        ProofKind::Act,
        ProofKind::Edit,
        ProofKind::Methodist,
        ProofKind::Requirement,
    ];
    let kind = kinds.into_iter().find(|kind| kind.russian() == because.kind);
    let mut proof = Proof::new(kind.unwrap_or(ProofKind::Rule), because.text.clone());
    proof.reference = (!because.reference.is_empty()).then(|| Id::new(&because.reference));
    proof.value.clone_from(&because.value);
    proof.unit.clone_from(&because.unit);
    proof.at.clone_from(&because.at);
    proof.source = because.source.as_ref().map(|s| (s.source.clone(), s.place.clone()));
    proof
}
