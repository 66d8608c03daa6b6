//! A section of a document by its id: where it stands, what is in it, whose words it is; of one that
//! is left out, the condition that was not met.

use super::View;
use super::rows::{blocks, reason, words_of};
use crate::base::Id;
use crate::document::types;
use crate::eval::{Proof, ProofKind};
use crate::model::{ProgrammeKind, Section, SectionBlock};
use crate::pipeline::Made;

impl View<'_> {
    pub(super) fn section(&self, id: &Id) -> Option<Proof> {
        self.made.iter().find_map(|made| self.shown(made, id))
    }

    pub(super) fn hidden_section(&self, id: &Id) -> Option<Proof> {
        self.bound.model.programmes.values().find_map(|kind| self.hidden(kind, id))
    }

    /// A section that a document has: what stands in it, by the names under which it is explained.
    fn shown(&self, made: &Made, id: &Id) -> Option<Proof> {
        let section = among(&made.programme.sections, id)?;
        let number = match section.number.is_empty() {
            true => String::new(),
            false => format!("{} ", section.number),
        };
        let text = format!("Раздел {number}«{}», документ «{}»", section.title, made.kind.kind);
        let inside = blocks(std::slice::from_ref(section)).into_iter().map(|block| {
            let words = words_of(&block.text);
            let start: String = words.chars().take(60).collect();
            let more = if start.len() < words.len() { "…" } else { "" };
            let text = match words.is_empty() {
                true => format!("{} — {}", block.id, block.kind),
                false => format!("{} — {}: {start}{more}", block.id, block.kind),
            };
            Proof::new(ProofKind::Rule, text).about(&Id::new(&block.id))
        });
        let mut reasons: Vec<Proof> = inside.collect();
        reasons.extend(section.because.iter().map(reason));
        for proof in self.declared(&made.kind, id) {
            if !reasons.iter().any(|told| told.text == proof.text) {
                reasons.push(proof);
            }
        }
        Some(Proof::new(ProofKind::Rule, text).about(id).with(reasons))
    }

    /// A section that the pack declares and that no document shows.
    fn hidden(&self, kind: &ProgrammeKind, id: &Id) -> Option<Proof> {
        let section = declared(&kind.sections, id)?;
        let is_made = self.made.iter().any(|made| made.kind.meta.span == kind.meta.span);
        let why = match (is_made, &section.condition) {
            (false, _) => "проект этого документа не составляет",
            (true, Some(_)) => "не выполнено условие, при котором его показывают",
            (true, None) => "показать в нём нечего",
        };
        let title = &section.meta.title;
        let text = format!("Раздел «{title}» в документ «{}» не вошёл: {why}", kind.kind);
        Some(Proof::new(ProofKind::Rule, text).about(id).with(self.declared(kind, id)))
    }

    /// What the condition of a section rests on, and whose words its document is.
    fn declared(&self, kind: &ProgrammeKind, id: &Id) -> Vec<Proof> {
        let evaluator = self.evaluator();
        let condition = declared(&kind.sections, id).and_then(|section| section.condition.as_ref());
        let mut reasons = condition
            .map(|shown| evaluator.judge(&shown.expr, &evaluator.own()).proofs)
            .unwrap_or_default();
        reasons.extend(evaluator.owner(&kind.meta));
        reasons
    }
}

fn among<'p>(sections: &'p [types::Section], id: &Id) -> Option<&'p types::Section> {
    sections.iter().find_map(|section| {
        let is_it = Id::new(&section.id) == *id;
        if is_it { Some(section) } else { among(&section.sections, id) }
    })
}

fn declared<'m>(sections: &'m [Section], id: &Id) -> Option<&'m Section> {
    sections.iter().find_map(|section| {
        if section.id == *id {
            return Some(section);
        }
        within(&section.blocks, id)
    })
}

fn within<'m>(blocks: &'m [SectionBlock], id: &Id) -> Option<&'m Section> {
    blocks.iter().find_map(|block| match block {
        SectionBlock::Section(section) => declared(std::slice::from_ref(section), id),
        SectionBlock::Each { blocks, .. } => within(blocks, id),
        _ => None,
    })
}
