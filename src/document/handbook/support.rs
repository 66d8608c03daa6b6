//! What is concluded from results; what activities need and what may go wrong with them.

use super::{Table, chapter, looked_at, named_cell, own, stacked, text_cell};
use crate::base::Id;
use crate::document::amounts::amount_in_words;
use crate::document::because::of_words;
use crate::document::naming::Naming;
use crate::document::types::{Block, Cell, Section};
use crate::model::{Model, Ref, Resource, Risk};
use crate::russian::capitalise;
use crate::text::MISSING;

/// What a row without conditions takes.
const OTHERWISE: &str = "во всех остальных случаях";

/// The chapters for which the pack has anything.
pub(super) fn chapters(naming: Naming<'_>) -> Vec<Section> {
    let told = [
        ("выводы", "Выводы по результатам", conclusions(naming.model)),
        ("ресурсы", "Ресурсы", resources(naming.model)),
        ("риски", "Риски", risks(naming)),
    ];
    let present = told.into_iter().filter_map(|(id, title, block)| Some((id, title, block?)));
    present.map(|(id, title, block)| chapter(id, title, vec![block])).collect()
}

/// The tables of conclusions, read from the top down.
fn conclusions(model: &Model) -> Option<Block> {
    let mut table = Table::new("выводы", "", &["Вывод", "Когда", "Сколько вариантов текста"]);
    table.weights(&[40, 48, 12]);
    let rows = own(model, &model.analyses, |it| &it.meta).flat_map(|(_, it)| &it.conclusions);
    for row in rows {
        let asked = row.when.words().into_iter();
        let when: Vec<String> =
            asked.map(|(word, values)| format!("{word}: {}", values.join(", "))).collect();
        let when = if when.is_empty() { vec![OTHERWISE.to_owned()] } else { when };
        let cells =
            vec![named_cell(&row.meta), stacked(&when), text_cell(&row.texts.len().to_string())];
        table.row(cells, &row.id, of_words(model, &row.meta));
    }
    table.block()
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
        named_cell(&resource.meta),
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
    let asked = risk.condition.as_ref();
    let asked = asked.map(|condition| looked_at(naming.model, condition)).unwrap_or_default();
    let who: Vec<String> = risk.responsible.iter().map(|actor| naming.actor(&actor.id)).collect();
    vec![
        named_cell(&risk.meta),
        stacked(&asked),
        text_cell(&grades.join(", ")),
        stacked(&risk.measures),
        stacked(&who),
    ]
}

fn activities(model: &Model, named: &[Ref]) -> Vec<String> {
    let title = |id: &Id| model.activities.get(id).map(|activity| activity.meta.title.clone());
    named.iter().filter_map(|reference| title(&reference.id)).collect()
}
