//! Why a conclusion of a project stands: a tree from any element down to figures with year and
//! place, acts, a methodist's reason or a person's edit; and why an element is not there.

mod absent;
mod elements;
mod rows;
mod sections;
mod why_not;
mod words;

use crate::base::{Id, suggest};
use crate::diag::{Diagnostic, Place};
use crate::eval::{Diagnosis, Evaluator, Proof, ProofKind};
use crate::model::{Meta, Model};
use crate::pipeline::{Bound, Made, codes};

pub use why_not::{
    Report, Verdict, bar_in_words, noun_word, title_of_indicator, value_in_words, values, why_not,
};
pub use words::{indicator_line, key_in_words, place_and_year};

/// A project with what was made of it.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    pub bound: &'a Bound,
    pub diagnosis: &'a Diagnosis,
    pub made: &'a [Made],
}

impl View<'_> {
    /// Why an element of the pack or of a document is as it is; empty where nothing bears the name.
    pub fn explain(&self, text: &str) -> Vec<Proof> {
        let id = Id::new(text);
        if let Some(mut proof) = self.element(&id) {
            let programmes = self.made.iter().map(|made| &made.programme);
            proof.children.extend(programmes.filter_map(|it| rows::told_with(it, text)).take(1));
            return vec![proof];
        }
        let told: Vec<Proof> =
            self.made.iter().filter_map(|made| rows::row(&made.programme, text)).collect();
        if !told.is_empty() {
            return told;
        }
        let told = self.section(&id).or_else(|| self.hidden_section(&id));
        let told = told.or_else(|| self.dropped(&id)).or_else(|| self.named(&id));
        told.into_iter().collect()
    }

    /// A block, a row or a section that a document has.
    fn part(&self, text: &str) -> Option<Proof> {
        let row = self.made.iter().find_map(|made| rows::row(&made.programme, text));
        row.or_else(|| self.section(&Id::new(text)))
    }

    /// That nothing bears the name, and what may have been meant.
    pub fn unknown(&self, text: &str) -> Diagnostic {
        let names = names(&self.bound.model, self.made);
        let message = format!("элемента «{text}» нет ни в пакете, ни в документах проекта");
        let fault = Diagnostic::error(codes::UNKNOWN_ELEMENT, Place::Nowhere, message);
        match suggest(text, names.iter().map(String::as_str)) {
            Some(near) => fault.with_hint(format!("возможно, вы имели в виду «{near}»")),
            None => fault.with_hint("имена печатает pko show, строки — файл JSON документа"),
        }
    }

    fn evaluator(&self) -> Evaluator<'_> {
        Evaluator::new(&self.bound.model, &self.bound.facts)
    }

    fn plain(&self, kind: ProofKind, text: String, id: &Id, meta: &Meta) -> Proof {
        Proof::new(kind, text).about(id).with(self.evaluator().owner(meta))
    }
}

fn names(model: &Model, made: &[Made]) -> Vec<String> {
    let declared = model
        .deficits
        .keys()
        .chain(model.causes.keys())
        .chain(model.tasks.keys())
        .chain(model.activities.keys())
        .chain(model.requirements.keys())
        .chain(model.indicators.keys())
        .chain(model.questions.keys())
        .chain(model.goals.keys())
        .chain(model.resources.keys())
        .chain(model.risks.keys());
    let mut names: Vec<String> = declared.map(Id::to_string).collect();
    for made in made {
        for block in rows::blocks(&made.programme.sections) {
            names.push(block.id.clone());
            let cells = block.rows.iter().flatten();
            names.extend(cells.filter(|cell| !cell.id.is_empty()).map(|cell| cell.id.clone()));
        }
    }
    names
}
