//! What was made of the plan that a plan came from, verb by verb.

use super::{DASH, Table, numbered, stacked, text_cell};
use crate::base::Id;
use crate::document::because::of_words;
use crate::document::naming::Naming;
use crate::document::types::Block;
use crate::model::{AdaptationStep, Roadmap};
use crate::russian::typographic;

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

/// Where the names of a step are looked up.
struct Names<'a> {
    naming: Naming<'a>,
    plan: &'a Roadmap,
    base: Option<&'a Roadmap>,
}

impl Names<'_> {
    fn cells(&self, step: &AdaptationStep) -> Vec<crate::document::types::Cell> {
        let before = |name: &String| self.base.and_then(|base| titled(base, name));
        let after = |name: &String| titled(self.plan, name);
        let what = step
            .what
            .iter()
            .map(|name| before(name).or_else(|| after(name)).unwrap_or_else(|| self.other(name)));
        let into = step
            .into
            .as_ref()
            .map(|name| after(name).or_else(|| before(name)).unwrap_or_else(|| self.other(name)));
        let because = if step.because.is_empty() { DASH } else { &step.because };
        vec![
            text_cell(step.verb),
            stacked(&what.collect::<Vec<_>>()),
            text_cell(into.as_deref().unwrap_or(DASH)),
            text_cell(because),
        ]
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
    let activities = plan.directions.iter().flat_map(|it| &it.activities);
    let mut all = directions.chain(activities.map(|it| (&it.id, &it.meta)));
    all.find(|(id, _)| id.as_str() == name).map(|(_, meta)| numbered(meta))
}
