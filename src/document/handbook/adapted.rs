//! What was made of the plan or the programme that another one came from, verb by verb.

use super::{DASH, Table, stacked, text_cell};
use crate::base::{Id, Number};
use crate::document::because::of_words;
use crate::document::naming::Naming;
use crate::document::parts::{numbered, part_title};
use crate::document::types::{Block, Cell};
use crate::model::{Adaptation, AdaptationStep, Meta, ProgrammeKind, Roadmap, Verb};
use crate::russian::{self, typographic};

/// A row for each verb; nothing for a plan that stands on its own.
pub(super) fn of_plan(naming: Naming<'_>, id: &Id, plan: &Roadmap) -> Option<Block> {
    let adaptation = plan.adaptation.as_ref()?;
    let base = naming.model.roadmaps.get(&adaptation.base.id);
    let names = Names {
        naming,
        base: &|id| titled(base?, id),
        own: &|id| titled(plan, id),
        below: "название прежнее; изменены результаты, сроки, ответственные или документы",
    };
    let title = base.map_or(adaptation.base.id.as_str(), |base| base.meta.title.as_str());
    let caption = format!("Чем карта отличается от карты «{title}»");
    names.table(id, &caption, &plan.meta, adaptation)
}

/// The same for a programme.
pub(super) fn of_programme(naming: Naming<'_>, id: &Id, kind: &ProgrammeKind) -> Option<Block> {
    let adaptation = kind.adaptation.as_ref()?;
    let base = naming.model.programmes.get(&adaptation.base.id);
    let names = Names {
        naming,
        base: &|id| part_title(naming.model, base?, id),
        own: &|id| part_title(naming.model, kind, id),
        below: "название прежнее; изменено то, что под ним",
    };
    let title = base.map_or(adaptation.base.id.as_str(), |base| base.meta.title.as_str());
    let caption = format!("Чем программа отличается от программы «{title}»");
    names.table(id, &caption, &kind.meta, adaptation)
}

/// Where the names of a step are looked up.
struct Names<'a> {
    naming: Naming<'a>,
    base: &'a dyn Fn(&Id) -> Option<String>,
    own: &'a dyn Fn(&Id) -> Option<String>,
    /// What is said of a change that left the title alone.
    below: &'static str,
}

impl Names<'_> {
    fn table(&self, id: &Id, caption: &str, meta: &Meta, adaptation: &Adaptation) -> Option<Block> {
        let columns = ["Что сделано", "С чем", "Что вышло", "Почему"];
        let mut table = Table::new(&format!("{id}_отличия"), &typographic(caption), &columns);
        table.weights(&[10, 38, 26, 26]);
        let because = of_words(self.naming.model, meta);
        for (at, step) in adaptation.changes().enumerate() {
            let row = Id::new(&format!("{id}_отличие_{}", at + 1));
            table.row(self.cells(step), &row, because.clone());
        }
        table.block()
    }

    fn cells(&self, step: &AdaptationStep) -> Vec<Cell> {
        let because = if step.because.is_empty() { DASH } else { &step.because };
        let (verb, what, came) = self.told(&step.verb);
        vec![text_cell(verb), stacked(&what), text_cell(&came), text_cell(because)]
    }

    /// What was done, with what, what came of it.
    fn told(&self, verb: &Verb) -> (&'static str, Vec<String>, String) {
        let met = || verb.named().iter().map(|named| self.met(&named.id)).collect();
        match verb {
            Verb::Drop(_) | Verb::Keep(_) => (verb.word(), met(), DASH.to_owned()),
            Verb::Merge { into, .. } => (verb.word(), met(), self.now(&into.id)),
            Verb::Add { near, .. } => (verb.word(), met(), self.now(&near.id)),
            Verb::Change { title, .. } => {
                (verb.word(), met(), title.as_deref().unwrap_or(self.below).to_owned())
            }
            Verb::Shift(years) => {
                let forms = russian::Forms::from(["год", "года", "лет"].map(str::to_owned));
                let years = russian::count(&Number::from_int((*years).into()), &forms);
                ("сдвинуть сроки", vec![format!("на {years}")], DASH.to_owned())
            }
            Verb::ReplaceActor { old, new } => {
                ("заменить орган", vec![self.actor(&old.id)], self.actor(&new.id))
            }
            Verb::ReplaceText { old, new } => {
                ("заменить текст", vec![format!("«{old}»")], format!("«{new}»"))
            }
        }
    }

    fn met(&self, id: &Id) -> String {
        (self.base)(id).unwrap_or_else(|| self.now(id))
    }

    fn now(&self, id: &Id) -> String {
        (self.own)(id).unwrap_or_else(|| id.to_string())
    }

    fn actor(&self, id: &Id) -> String {
        self.naming.model.actor_title(id).unwrap_or(id.as_str()).to_owned()
    }
}

/// A direction or an activity of a plan.
fn titled(plan: &Roadmap, named: &Id) -> Option<String> {
    let directions = plan.directions.iter().map(|it| (&it.id, &it.meta));
    let mut all = directions.chain(plan.activities().map(|it| (&it.id, &it.meta)));
    all.find(|(id, _)| *id == named).map(|(_, meta)| numbered(meta))
}
