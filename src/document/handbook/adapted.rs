//! What was made of the plan that a plan came from, verb by verb.

use super::{DASH, Table, numbered, stacked, text_cell};
use crate::base::{Id, Number};
use crate::document::because::of_words;
use crate::document::naming::Naming;
use crate::document::types::Block;
use crate::model::{AdaptationStep, Roadmap, Verb};
use crate::russian::{self, typographic};

/// A row for each verb; nothing for a plan that stands on its own.
pub(super) fn table(naming: Naming<'_>, id: &Id, plan: &Roadmap) -> Option<Block> {
    let adaptation = plan.adaptation.as_ref()?;
    let base = naming.model.roadmaps.get(&adaptation.base.id);
    let base_title = base.map_or(adaptation.base.id.as_str(), |base| base.meta.title.as_str());
    let caption = typographic(&format!("Чем карта отличается от карты «{base_title}»"));
    let columns = ["Что сделано", "С чем", "Что вышло", "Почему"];
    let mut table = Table::new(&format!("{id}_отличия"), &caption, &columns);
    table.weights(&[10, 38, 26, 26]);
    let because = of_words(naming.model, &plan.meta);
    let names = Names { naming, plan, base };
    // What was kept stands in the plan itself.
    let changes = adaptation.steps.iter().filter(|step| !matches!(step.verb, Verb::Keep(_)));
    for (at, step) in changes.enumerate() {
        let row = Id::new(&format!("{id}_отличие_{}", at + 1));
        table.row(names.cells(step), &row, because.clone());
    }
    table.block()
}

/// A change that left the title alone.
const BELOW_THE_TITLE: &str = "название прежнее; изменены результаты, сроки, ответственные или \
    документы";

/// Where the names of a step are looked up.
struct Names<'a> {
    naming: Naming<'a>,
    plan: &'a Roadmap,
    base: Option<&'a Roadmap>,
}

impl Names<'_> {
    fn cells(&self, step: &AdaptationStep) -> Vec<crate::document::types::Cell> {
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
                let came = title.as_deref().unwrap_or(BELOW_THE_TITLE);
                (verb.word(), met(), came.to_owned())
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
        let before = self.base.and_then(|base| titled(base, id));
        before.unwrap_or_else(|| self.now(id))
    }

    fn now(&self, id: &Id) -> String {
        titled(self.plan, id).unwrap_or_else(|| id.to_string())
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
