//! What was made of the plan that a plan came from, verb by verb.

use super::{DASH, Table, numbered, stacked, text_cell};
use crate::base::{Id, Number};
use crate::document::because::of_words;
use crate::document::naming::Naming;
use crate::document::types::Block;
use crate::model::{AdaptationStep, Roadmap};
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
    let changes = adaptation.steps.iter().filter(|step| step.verb != "оставить");
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
        let (verb, what, came) = match step.verb {
            "сдвинуть" => ("сдвинуть сроки", Self::shifted(step), DASH.to_owned()),
            "заменить" => self.replaced(step),
            verb => (verb, self.met(step), self.came(step)),
        };
        vec![text_cell(verb), stacked(&what), text_cell(&came), text_cell(because)]
    }

    fn shifted(step: &AdaptationStep) -> Vec<String> {
        let forms = russian::Forms::from(["год", "года", "лет"].map(str::to_owned));
        let told = |years: &String| match years.parse::<i64>() {
            Ok(number) => format!("на {}", russian::count(&Number::from_int(number), &forms)),
            Err(_) => years.clone(),
        };
        step.what.iter().map(told).collect()
    }

    fn replaced(&self, step: &AdaptationStep) -> (&'static str, Vec<String>, String) {
        let model = self.naming.model;
        let is_actor = step.what.iter().any(|old| model.actor_title(&Id::new(old)).is_some());
        let named = |text: &String| match is_actor {
            true => self.other(text),
            false => format!("«{text}»"),
        };
        let verb =
            if is_actor { "заменить орган" } else { "заменить текст" };
        let new = step.into.as_ref().map_or_else(|| DASH.to_owned(), named);
        (verb, step.what.iter().map(named).collect(), new)
    }

    fn met(&self, step: &AdaptationStep) -> Vec<String> {
        let before = |name: &String| self.base.and_then(|base| titled(base, name));
        let after = |name: &String| titled(self.plan, name);
        let named = |name| before(name).or_else(|| after(name)).unwrap_or_else(|| name.clone());
        step.what.iter().map(named).collect()
    }

    /// What a step made; of a change the new title, or where to look for what changed below it.
    fn came(&self, step: &AdaptationStep) -> String {
        let made = step.into.as_ref();
        let made = made.map(|name| titled(self.plan, name).unwrap_or_else(|| name.clone()));
        match made {
            Some(made) => made,
            None if step.verb == "изменить" => BELOW_THE_TITLE.to_owned(),
            None => DASH.to_owned(),
        }
    }

    /// An actor by its title; anything else is a text already.
    fn other(&self, name: &str) -> String {
        let actor = self.naming.model.actor_title(&Id::new(name));
        actor.unwrap_or(name).to_owned()
    }
}

/// A direction or an activity of a plan.
fn titled(plan: &Roadmap, name: &str) -> Option<String> {
    let directions = plan.directions.iter().map(|it| (&it.id, &it.meta));
    let mut all = directions.chain(plan.activities().map(|it| (&it.id, &it.meta)));
    all.find(|(id, _)| id.as_str() == name).map(|(_, meta)| numbered(meta))
}
