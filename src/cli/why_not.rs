//! Why something is not in the documents: as text and as `pko/why-not/1`.

use serde_json::{Value, json};

use super::outline::{outline, proof_json};
use super::pack_json::prune;
use crate::base::{Id, Level};
use crate::eval::{Fact, FactValue, Key, Object, text_unit};
use crate::explain::{
    Report, Verdict, View, bar_in_words, noun_word, title_of_indicator, value_in_words, values,
};
use crate::model::Model;
use crate::text::QuantityUnit;
use crate::whynot::{Edit, Element, Missing, Outcome, Path, RowEdit, Standing};

/// The reasons, then what would have to change.
pub fn text(report: &Report, view: &View<'_>) -> String {
    let mut text = String::new();
    if report.verdict() == Verdict::Present {
        text.push_str("Элемент уже в документе\n");
    }
    report.because.iter().for_each(|proof| text.push_str(&outline(proof, 0)));
    for line in report.lines(&view.bound.model) {
        text.push_str(&line);
        text.push('\n');
    }
    text
}

/// The same for programs.
pub fn json(report: &Report, view: &View<'_>) -> Value {
    let model = &view.bound.model;
    let answer = report.answer.as_ref();
    let best = answer.and_then(|answer| answer.paths.first());
    prune(json!({
        "schema": "pko/why-not/1",
        "id": report.id,
        "noun": report.noun,
        "title": report.title,
        "verdict": report.verdict().russian(),
        "because": report.because.iter().map(proof_json).collect::<Vec<_>>(),
        "changes": best.map(|path| changes(path, model)),
        "ways": answer.map(|answer| answer.paths.iter().map(|it| way(it, model)).collect::<Vec<_>>()),
        "standings": answer.map(|answer| answer.standings.iter().map(standing).collect::<Vec<_>>()),
        "missing": answer.map(|answer| answer.missing.iter().map(|it| missing(it, model)).collect::<Vec<_>>()),
    }))
}

fn way(path: &Path, model: &Model) -> Value {
    let bar = match &path.outcome {
        Outcome::Barred(bar) => Some(bar_in_words(bar, model)),
        _ => None,
    };
    let through = |step: &Element| json!({ "noun": noun_word(step.noun), "id": step.id });
    json!({
        "through": path.through.iter().map(through).collect::<Vec<_>>(),
        "verdict": Verdict::of(&path.outcome).russian(),
        "bar": bar,
        "changes": changes(path, model),
    })
}

fn changes(path: &Path, model: &Model) -> Vec<Value> {
    match &path.outcome {
        Outcome::Change(edits) => edits.iter().map(|edit| change(edit, model)).collect(),
        _ => Vec::new(),
    }
}

/// One place of the data. Values are written as a data file takes them.
fn change(edit: &Edit, model: &Model) -> Value {
    let yes_no = |truth: bool| if truth { "да" } else { "нет" };
    match edit {
        Edit::Figure(row) => row_json(row, model),
        Edit::Answer { question, was, becomes } => json!({
            "kind": "ответ",
            "question": question,
            "title": model.questions.get(question).map(|it| it.meta.title.clone()),
            "was": was.map_or("нет данных", yes_no),
            "becomes": yes_no(*becomes),
        }),
        Edit::Category { category, year, becomes } => json!({
            "kind": "категория",
            "category": category,
            "title": model.categories.get(category).map(|it| it.meta.title.clone()),
            "year": year.to_string(),
            "was": yes_no(!becomes),
            "becomes": yes_no(*becomes),
        }),
    }
}

fn row_json(row: &RowEdit, model: &Model) -> Value {
    let RowEdit { key, was, becomes, follows } = row;
    let (level, object) = place(&key.object);
    let n = |fact: &Option<Fact>| fact.as_ref().and_then(|fact| fact.n).map(|n| n.to_string());
    json!({
        "kind": "показатель",
        "indicator": key.indicator,
        "title": title_of_indicator(model, &key.indicator),
        "level": level.nominative(),
        "object": object,
        "year": key.year.to_string(),
        "cell": key.cell,
        "was": cell(key, was.as_ref(), model),
        "becomes": cell(key, becomes.as_ref(), model),
        "n_was": n(was),
        "n_becomes": n(becomes),
        "unit": unit(model, &key.indicator),
        "follows": follows.then_some(true),
    })
}

fn place(object: &Object) -> (Level, Option<String>) {
    match object {
        Object::School(id) => (Level::School, Some(id.clone())),
        Object::Above(level) => (*level, None),
    }
}

/// A value as a cell holds it.
fn cell(key: &Key, fact: Option<&Fact>, model: &Model) -> String {
    match fact.map(|fact| (&fact.value, fact)) {
        None => "нет данных".to_owned(),
        Some((FactValue::Number(interval), fact)) => match interval.exact() {
            Some(exact) => exact.to_plain(),
            None => value_in_words(key, fact, model),
        },
        Some((_, fact)) => value_in_words(key, fact, model),
    }
}

fn unit(model: &Model, indicator: &Id) -> Option<String> {
    let declared = model.indicators.get(indicator)?;
    Some(match text_unit(&model.unit_of(declared)?, model) {
        QuantityUnit::Percent => "%".to_owned(),
        QuantityUnit::Points => "п. п.".to_owned(),
        QuantityUnit::Score => "балл".to_owned(),
        QuantityUnit::Mark => "отметка".to_owned(),
        QuantityUnit::Count(forms) => forms.first().cloned().unwrap_or_default(),
        QuantityUnit::Plain => return None,
    })
}

fn standing(standing: &Standing) -> Value {
    json!({
        "deficit": standing.deficit,
        "weight": standing.weight.to_plain(),
        "needed": standing.needed.as_ref().map(|it| it.to_plain()),
        "small_group": standing.small_group.map(|n| n.to_string()),
    })
}

fn missing(missing: &Missing, model: &Model) -> Value {
    let (level, object) = place(&missing.key.object);
    json!({
        "indicator": missing.key.indicator,
        "title": title_of_indicator(model, &missing.key.indicator),
        "level": level.nominative(),
        "object": object,
        "year": missing.key.year.to_string(),
        "decides": missing.decides,
        "values": values(missing, model),
    })
}
