//! Programmes of sources 003 and 004 by double entry: goal, tasks, indicators, expected results,
//! who does what, sections. Results and duties are retold in either entry, so that of them only
//! numbers and figures are compared.

use std::fs;

use libtest_mimic::Failed;
use serde_json::Value;

use crate::actors::Actors;
use crate::console::built_as_json;
use crate::printed::{Differences, Mends, figures, list, text};
use crate::{Outcome, root};

pub fn khabarovsk() -> Outcome {
    compare("khabarovsk", "khabarovsk-programme-2020", "хк_проект_края", "003/programme")
}

fn compare(pack: &str, project: &str, document: &str, golden: &str) -> Outcome {
    let golden = read(&root().join(format!("golden/{golden}.json")))?;
    let out = built_as_json(&format!("seeds/projects/{project}.toml"))?;
    let ours = read(&out.path().join(format!("{document}.json")))?;
    let actors = Actors::of(pack)?;
    let mut found = Differences::default();
    if golden["period"] != ours["period"] {
        found.say("срок", format!("{} — {}", golden["period"], ours["period"]));
    }
    let goal = Mends::of(&ours["goal"]).undo("название", text(&ours["goal"], "text"));
    found.field("цель", "название", text(&golden["goal"], "text"), &goal);
    tasks(&mut found, &golden, &ours);
    indicators(&mut found, &golden, &ours);
    results(&mut found, &golden, &ours);
    participants(&mut found, &actors, &golden, &ours);
    found.names("документ", "разделы", titles(&golden), titles(&ours));
    found.names("документ", "основания", acts(&golden), acts(&ours));
    found.outcome()
}

fn read(path: &std::path::Path) -> Result<Value, Failed> {
    Ok(serde_json::from_str(&fs::read_to_string(path)?)?)
}

fn tasks(found: &mut Differences, golden: &Value, ours: &Value) {
    let printed = |task: &Value| Mends::of(task).undo("название", text(task, "text"));
    let wanted = list(golden, "tasks").iter().map(printed).collect();
    found.names("документ", "задачи", wanted, list(ours, "tasks").iter().map(printed).collect());
}

/// Titles, and figures by their years.
fn indicators(found: &mut Differences, golden: &Value, ours: &Value) {
    let told = |indicator: &Value| {
        let mends = Mends::of(indicator);
        let figure = |it: &Value, at: &str| {
            let value = text(it, "value").trim_end_matches(['%', ' ', '\u{a0}']).to_owned();
            format!("{}: {value}", text(it, at))
        };
        let facts = list(indicator, "facts").iter().map(|it| figure(it, "at"));
        let targets = list(indicator, "targets").iter().map(|it| figure(it, "by"));
        let figures: Vec<String> = facts.chain(targets).collect();
        format!("{} | {}", mends.undo("название", text(indicator, "title")), figures.join(", "))
    };
    let wanted = list(golden, "indicators").iter().map(told).collect();
    found.names("документ", "показатели", wanted, list(ours, "indicators").iter().map(told).collect());
}

fn results(found: &mut Differences, golden: &Value, ours: &Value) {
    let told = |result: &Value| {
        let figures: Vec<String> = figures(text(result, "text")).into_iter().collect();
        format!("{}: {}", text(result, "number"), figures.join(" "))
    };
    let wanted = list(golden, "expected_results").iter().map(told).collect();
    let ours = list(ours, "expected_results").iter().map(told).collect();
    found.names("документ", "ожидаемые результаты", wanted, ours);
}

/// Bodies by any of their names, with how many duties and results they have.
fn participants(found: &mut Differences, actors: &Actors, golden: &Value, ours: &Value) {
    let told = |it: &Value| {
        let bodies = actors.ids_of(text(it, "body"));
        let [duties, results] = ["duties", "results"].map(|key| list(it, key).len());
        format!("{}: обязанностей {duties}, итогов {results}", bodies.join(", "))
    };
    let wanted = list(golden, "participants").iter().map(told).collect();
    let ours = list(ours, "participants").iter().map(told).collect();
    found.names("документ", "участники", wanted, ours);
}

/// Headings in order, annexes aside; one of our own says so, and untitled parts are no sections.
fn titles(document: &Value) -> Vec<String> {
    let annexes: Vec<&str> = list(document, "annexes").iter().map(|it| text(it, "ref")).collect();
    let is_annex = |section: &&Value| annexes.contains(&text(section, "id"));
    let mut titles = Vec::new();
    for section in list(document, "sections").iter().filter(|section| !is_annex(section)) {
        titles.extend(title(section));
        titles.extend(list(section, "sections").iter().filter_map(title));
    }
    titles
}

fn title(section: &Value) -> Option<String> {
    let is_ours = list(section, "because").iter().any(|why| why["kind"] == "методист");
    let printed = Mends::of(section).undo("название", text(section, "title"));
    (!is_ours && !printed.is_empty()).then_some(printed)
}

/// Acts that have a date and a number; editions are acts of their own in a pack.
fn acts(document: &Value) -> Vec<String> {
    let dated = |act: &Value| format!("{} № {}", text(act, "date"), text(act, "number"));
    let basis = list(document, "legal_basis").iter();
    let editions = basis.clone().filter_map(|act| act.get("edition"));
    let mut acts: Vec<String> =
        basis.chain(editions).map(dated).filter(|act| !act.starts_with(' ') && !act.ends_with("№ ")).collect();
    acts.sort();
    acts
}
