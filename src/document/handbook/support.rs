//! What activities need and what may go wrong with them.

use super::{Table, chapter, numbered, own, remarks, stacked, text_cell};
use crate::base::Id;
use crate::document::amounts::amount_in_words;
use crate::document::because::of_words;
use crate::document::cells::{Lines, Weight};
use crate::document::naming::Naming;
use crate::document::types::{Block, Cell, Section};
use crate::model::{Meta, Model, Ref, Resource, Risk};
use crate::russian::{capitalise, typographic};
use crate::text::MISSING;

/// The chapters for which the pack has anything.
pub(super) fn chapters(naming: Naming<'_>) -> Vec<Section> {
    let told = [("ресурсы", "Ресурсы", resources(naming.model)), ("риски", "Риски", risks(naming))];
    let present = told.into_iter().filter_map(|(id, title, block)| Some((id, title, block?)));
    present.map(|(id, title, block)| chapter(id, title, vec![block])).collect()
}

fn resources(model: &Model) -> Option<Block> {
    let columns = ["Ресурс", "Вид", "Количество", "Источник средств", "Для каких мероприятий"];
    let mut table = Table::new("ресурсы", "", &columns);
    table.weights(&[30, 10, 14, 18, 28]);
    for (id, resource) in own(model, &model.resources, |it| &it.meta) {
        let cells = resource_cells(model, resource);
        table.row(cells, id, of_words(model, &resource.meta));
    }
    table.block()
}

fn resource_cells(model: &Model, resource: &Resource) -> Vec<Cell> {
    let kind = resource.kind.map_or(MISSING, |kind| kind.russian());
    let amount = resource.amount.as_ref().map(|amount| amount_in_words(amount, model));
    let payer = match &resource.paid_by {
        Some(payer) => format!("За счёт {payer}"),
        None => "Без дополнительного финансирования".to_owned(),
    };
    vec![
        name(&resource.meta),
        text_cell(&capitalise(kind)),
        text_cell(amount.as_deref().unwrap_or(MISSING)),
        text_cell(&payer),
        stacked(&activities(model, &resource.activities)),
    ]
}

fn risks(naming: Naming<'_>) -> Option<Block> {
    let columns =
        ["Риск", "По каким показателям судят", "Вероятность, влияние", "Мера", "Ответственные"];
    let mut table = Table::new("риски", "", &columns);
    table.weights(&[26, 20, 12, 28, 14]);
    for (id, risk) in own(naming.model, &naming.model.risks, |it| &it.meta) {
        table.row(risk_cells(naming, risk), id, of_words(naming.model, &risk.meta));
    }
    table.block()
}

fn risk_cells(naming: Naming<'_>, risk: &Risk) -> Vec<Cell> {
    let grades = [
        risk.likelihood.map_or(MISSING, |grade| grade.feminine()),
        risk.impact.map_or(MISSING, |grade| grade.neuter()),
    ];
    let who: Vec<String> = risk.responsible.iter().map(|actor| naming.actor(&actor.id)).collect();
    vec![
        name(&risk.meta),
        stacked(&looked_at(naming.model, risk)),
        text_cell(&grades.join(", ")),
        stacked(&risk.measures),
        stacked(&who),
    ]
}

fn looked_at(model: &Model, risk: &Risk) -> Vec<String> {
    let mut titles: Vec<String> = Vec::new();
    for look in risk.condition.iter().flat_map(|condition| condition.observes()) {
        let title = model.indicators.get(&look.indicator).map(|it| it.meta.title.clone());
        titles.extend(title.filter(|title| !titles.contains(title)));
    }
    titles
}

fn name(meta: &Meta) -> Cell {
    let mut lines = Lines::default();
    lines.push(&typographic(&numbered(meta)), Weight::Main);
    remarks(&mut lines, &meta.prose, &meta.mended);
    lines.cell()
}

fn activities(model: &Model, named: &[Ref]) -> Vec<String> {
    let title = |id: &Id| model.activities.get(id).map(|activity| activity.meta.title.clone());
    named.iter().filter_map(|reference| title(&reference.id)).collect()
}
