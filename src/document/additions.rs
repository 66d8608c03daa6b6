//! What a team adds to a document, and the words by which it may quote one.

use super::times;
use super::types::{Because, Block};
use crate::base::Id;
use crate::calendar::{Occurrence, Term};
use crate::data::{AddedParagraph, Project};
use crate::eval::ProofKind;
use crate::model::Model;
use crate::russian::typographic;

/// The team's own paragraphs at the end of a section; an empty line parts two.
pub(super) fn paragraphs(project: &Project, section: &Id) -> Vec<Block> {
    let own = project.added_paragraphs.iter();
    let here = own.filter(|added| Id::new(&added.section.value) == *section);
    let texts = here.flat_map(|added| parts(&added.text.value).map(move |text| (text, added)));
    texts.enumerate().map(|(at, (text, added))| block(section, at + 1, &text, added)).collect()
}

fn parts(text: &str) -> impl Iterator<Item = String> {
    let lines = text.lines().map(str::trim).collect::<Vec<_>>().join("\n");
    let parts: Vec<String> = lines
        .split("\n\n")
        .map(|part| part.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|part| !part.is_empty())
        .collect();
    parts.into_iter()
}

fn block(section: &Id, number: usize, text: &str, added: &AddedParagraph) -> Block {
    let because = Because {
        kind: ProofKind::Edit.russian().to_owned(),
        text: format!("Добавлено решением команды: {}", added.reason),
        ..Because::default()
    };
    Block::paragraph(format!("{section}_добавлено_{number}"), typographic(text), vec![because])
}

/// A term as rules have it: «октябрь – май каждого учебного года».
pub fn term_in_rules(term: &Term<Id>, model: &Model) -> String {
    times::in_rules(term, model)
}

/// A term as a document prints it, one time under another.
pub fn term_in_words(term: &Term<Id>, times: &[Occurrence], model: &Model) -> String {
    times::whole(Some(term), times, model)
}
