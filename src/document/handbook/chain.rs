//! From a deficit to an activity: what a pack concludes, why, and what it advises.

use crate::document::parts::numbered;
use std::collections::BTreeSet;

use super::{
    DASH, LEVELS, Table, chapter, looked_at, named_cell, own, remarks, stacked, text_cell,
};
use crate::base::{Id, Level};
use crate::document::because::of_words;
use crate::document::cells::{Lines, Weight};
use crate::document::naming::Naming;
use crate::document::times;
use crate::document::types::{Block, Cell, Section};
use crate::model::{Activity, Deficit, Model, Ref, Task};
use crate::russian::{capitalise, typographic};

/// The chapters for which the pack has anything.
pub(super) fn chapters(naming: Naming<'_>) -> Vec<Section> {
    let model = naming.model;
    let told = [
        ("дефициты", "Дефициты и их возможные причины", deficits(model)),
        ("требования", "Требования", requirements(model)),
        ("задачи", "Задачи и мероприятия", tasks(naming)),
    ];
    let present = told.into_iter().filter_map(|(id, title, block)| Some((id, title, block?)));
    present.map(|(id, title, block)| chapter(id, title, vec![block])).collect()
}

/// Every level that anything is of, the upper first.
fn levels() -> impl Iterator<Item = Level> {
    std::iter::once(Level::Federation).chain(LEVELS).chain([Level::Unstated])
}

/// The titles of what is referred to.
fn titles(references: &[Ref], title: impl Fn(&Id) -> Option<String>) -> Vec<String> {
    references.iter().map(|r| title(&r.id).unwrap_or_else(|| r.id.to_string())).collect()
}

// ------------------------------------------------------------ deficits

fn deficits(model: &Model) -> Option<Block> {
    let columns = ["Дефицит", "По каким показателям судят", "Возможные причины", "Задачи"];
    let mut table = Table::new("дефициты", "", &columns);
    table.weights(&[28, 24, 24, 24]);
    for level in levels() {
        let all = own(model, &model.deficits, |it| &it.meta);
        let of_level: Vec<(&Id, &Deficit)> = all.filter(|(_, it)| it.level == level).collect();
        if !of_level.is_empty() {
            table.heading(
                &capitalise(level.nominative()),
                &format!("дефициты_{}", level.nominative()),
            );
        }
        for (id, deficit) in of_level {
            table.row(deficit_cells(model, id, deficit), id, of_words(model, &deficit.meta));
        }
    }
    table.block()
}

fn deficit_cells(model: &Model, id: &Id, deficit: &Deficit) -> Vec<Cell> {
    let mut name = Lines::default();
    name.push(&typographic(&numbered(&deficit.meta)), Weight::Main);
    let zone = deficit.zone.as_ref().and_then(|zone| model.zones.get(&zone.id));
    if let Some(zone) = zone {
        name.push(&typographic(&zone.meta.title), Weight::Beside);
    }
    remarks(&mut name, &deficit.meta.prose, &deficit.meta.mended);
    let looked_at = looked_at(model, &deficit.condition);
    let causes = titles(&deficit.causes, |id| Some(model.causes.get(id)?.meta.title.clone()));
    let answers = |task: &&Task| {
        let of_cause = task.causes.iter().any(|c| deficit.causes.iter().any(|own| own.id == c.id));
        task.deficits.iter().any(|named| named.id == *id) || of_cause
    };
    let tasks = model.tasks.values().filter(answers).map(|task| task.meta.title.clone());
    let tasks: Vec<String> = tasks.collect();
    vec![name.cell(), stacked(&looked_at), stacked(&causes), stacked(&tasks)]
}

/// The column of acts that requirements rest on.
const ACTS: &str = "Основание";

fn requirements(model: &Model) -> Option<Block> {
    // Where no requirement names an act, a column of dashes says nothing.
    let all = || own(model, &model.requirements, |it| &it.meta);
    let has_acts = all().any(|(_, requirement)| !requirement.acts.is_empty());
    let columns = ["Требование", "Уровень", ACTS];
    let shown: Vec<&str> = columns.into_iter().filter(|it| has_acts || *it != ACTS).collect();
    let mut table = Table::new("требования", "", &shown);
    table.weights(&[55, 12, 33]);
    for (id, requirement) in all() {
        let acts = titles(&requirement.acts, |id| Some(model.acts.get(id)?.meta.title.clone()));
        let level = text_cell(&capitalise(requirement.level.nominative()));
        let acts = has_acts.then(|| stacked(&acts));
        let cells = [named_cell(&requirement.meta), level].into_iter().chain(acts).collect();
        table.row(cells, id, of_words(model, &requirement.meta));
    }
    table.block()
}

// ------------------------------------------------------------ tasks and activities

fn tasks(naming: Naming<'_>) -> Option<Block> {
    let columns = ["Мероприятие", "Ответственные", "Срок", "Документы", "Результаты"];
    let mut table = Table::new("задачи", "", &columns);
    table.weights(&[34, 18, 12, 18, 18]);
    let all = || own(naming.model, &naming.model.tasks, |it| &it.meta);
    let levels: BTreeSet<Level> = all().map(|(_, task)| task.level).collect();
    for (id, task) in all() {
        let heading = match levels.len() {
            1 => task.meta.title.clone(),
            _ => format!("{} ({})", task.meta.title, task.level.nominative()),
        };
        table.heading(&heading, id.as_str());
        for (activity_id, activity) in of_task(naming.model, id) {
            let because = of_words(naming.model, &activity.meta);
            table.row(activity_cells(naming, activity), activity_id, because);
        }
    }
    table.block()
}

fn of_task<'m>(model: &'m Model, task: &Id) -> Vec<(&'m Id, &'m Activity)> {
    let solves = |activity: &Activity| activity.tasks.iter().any(|named| named.id == *task);
    model.activities.iter().filter(|(_, activity)| solves(activity)).collect()
}

fn activity_cells(naming: Naming<'_>, activity: &Activity) -> Vec<Cell> {
    let mut name = Lines::default();
    name.push(&typographic(&activity.meta.title), Weight::Main);
    remarks(&mut name, &activity.meta.prose, &activity.meta.mended);
    let who = titles(&activity.responsible, |id| Some(naming.actor(id)));
    let lasts = activity.lasts.map(|lasts| format!(", длится {}", times::lasting(lasts)));
    let term = activity
        .term
        .as_ref()
        .map(|term| times::in_rules(term, naming.model) + lasts.as_deref().unwrap_or_default());
    vec![
        name.cell(),
        stacked(&who),
        text_cell(term.as_deref().unwrap_or(DASH)),
        stacked(&naming.papers(&activity.documents)),
        stacked(&activity.results),
    ]
}
