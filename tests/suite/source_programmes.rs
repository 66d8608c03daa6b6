//! Programmes of sources 003 and 004 by double entry: goal, tasks, indicators, expected results,
//! who does what, sections. Results and duties are retold in either entry, so that of them only
//! numbers and figures are compared.

use std::fs;

use libtest_mimic::Failed;
use serde_json::Value;

use crate::actors::Actors;
use crate::console::{built_as_json, pko};
use crate::printed::{
    ABSENT, Differences, Mends, OpenMends, figures, is_ours, list, normalise, text, texts,
};
use crate::{Outcome, root};

pub fn khabarovsk() -> Outcome {
    let [golden, ours] = both("khabarovsk-programme-2020", "хк_проект_края", "003")?;
    compare("khabarovsk", &golden, &ours)?.outcome()
}

/// Duties and outcomes of its participants and the content of its stages are kept word by word.
pub fn lesosibirsk() -> Outcome {
    let [golden, ours] = both("lesosibirsk-mppko-2020", "лес_мппко", "004")?;
    let mut found = compare("lesosibirsk", &golden, &ours)?;
    approval(&mut found, &golden, &ours);
    stages(&mut found, &golden, &ours);
    duties(&mut found, &golden, &ours);
    basis(&mut found, &golden, &ours)?;
    let actors = Actors::of("lesosibirsk")?;
    let spellings = list(&golden, "bodies").iter().map(|body| text(body, "title"));
    for name in spellings.filter(|name| !actors.is_known(name)) {
        found.say("документ", format!("никто не назван «{name}»"));
    }
    found.outcome()
}

/// The transcription and what the project composes.
fn both(project: &str, document: &str, source: &str) -> Result<[Value; 2], Failed> {
    let golden = read(&root().join(format!("golden/{source}/programme.json")))?;
    let out = built_as_json(&format!("seeds/projects/{project}.toml"))?;
    Ok([golden, read(&out.path().join(format!("{document}.json")))?])
}

fn compare(pack: &str, golden: &Value, ours: &Value) -> Result<Differences, Failed> {
    let actors = Actors::of(pack)?;
    let mut found = Differences::default();
    if golden["period"] != ours["period"] {
        found.say("срок", format!("{} — {}", golden["period"], ours["period"]));
    }
    let goal = Mends::of(&ours["goal"]).undo("название", text(&ours["goal"], "text"));
    found.field("цель", "название", text(&golden["goal"], "text"), &goal);
    tasks(&mut found, golden, ours);
    indicators(&mut found, golden, ours);
    results(&mut found, golden, ours);
    participants(&mut found, &actors, golden, ours);
    found.names("документ", "разделы", titles(golden), titles(ours));
    found.names("документ", "основания", acts(golden), acts(ours));
    Ok(found)
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
    found.names(
        "документ",
        "показатели",
        wanted,
        list(ours, "indicators").iter().map(told).collect(),
    );
}

fn results(found: &mut Differences, golden: &Value, ours: &Value) {
    let told = |result: &Value| {
        let figures: Vec<String> = figures(text(result, "text")).into_iter().collect();
        let number = Mends::of(result).undo("№", text(result, "number"));
        let number = if number == ABSENT { "" } else { &number };
        format!("{number}: {}", figures.join(" "))
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

/// Who, when; the stamp's own word agrees with the kind of document.
fn approval(found: &mut Differences, golden: &Value, ours: &Value) {
    let told = |document: &Value| {
        let each = list(document, "approval").iter();
        each.map(|it| {
            let keys = ["by", "document", "number", "date", "name"];
            keys.map(|key| text(it, key)).join(" | ")
        })
        .collect()
    };
    found.names("документ", "гриф", told(golden), told(ours));
}

/// Days follow the title: where that was mended, they are the mended ones.
fn stages(found: &mut Differences, golden: &Value, ours: &Value) {
    let (wanted, stages) = (list(golden, "stages"), list(ours, "stages"));
    if wanted.len() != stages.len() {
        found.say("документ", format!("этапов {} — {}", wanted.len(), stages.len()));
    }
    for (golden, stage) in wanted.iter().zip(stages) {
        let place = text(golden, "id");
        let mends = Mends::of(stage);
        let printed = mends.undo("название", text(stage, "title"));
        found.field(place, "название", text(golden, "title"), &printed);
        let printed = mends.undo("содержание", text(stage, "content"));
        found.field(place, "содержание", text(golden, "content"), &printed);
        let days = |it: &Value| [text(it, "from").to_owned(), text(it, "to").to_owned()];
        if !mends.has("название") && days(golden) != days(stage) {
            found.say(place, format!("дни {:?} — {:?}", days(golden), days(stage)));
        }
    }
}

fn duties(found: &mut Differences, golden: &Value, ours: &Value) {
    for (golden, ours) in list(golden, "participants").iter().zip(list(ours, "participants")) {
        let place = text(golden, "id");
        for (field, key) in [("обязанность", "duties"), ("итог", "results")] {
            let mut mends = OpenMends::of([ours], field);
            for (golden, now) in texts(golden, key).iter().zip(texts(ours, key)) {
                let printed = mends.undo(&now, golden);
                found.field(place, field, golden, &printed);
            }
            mends.close(found, place);
        }
    }
}

/// Every act that the source names is declared, with the years of its title; the document rests on
/// those that can be its ground.
fn basis(found: &mut Differences, golden: &Value, ours: &Value) -> Outcome {
    let words = ["show", "lesosibirsk", "--format", "json"].map(str::to_owned);
    let shown: Value = serde_json::from_str(&pko(&root(), &words, &[]).stdout)?;
    for act in list(golden, "legal_basis") {
        let place = text(act, "title");
        let printed = normalise(place);
        let is_same = |declared: &&Value| {
            let title = Mends::of(declared).undo("название", text(declared, "title"));
            let is_dated =
                ["date", "number"].iter().all(|key| text(act, key) == text(declared, key));
            is_dated && printed.contains(&normalise(&title))
        };
        let Some(declared) = list(&shown, "acts").iter().find(is_same) else {
            found.say(place, "акта в пакете нет");
            continue;
        };
        let years = |act: &Value| {
            ["valid_from", "valid_to"].map(|key| text(act, key).chars().take(4).collect::<String>())
        };
        let is_ground = !NO_GROUNDS.contains(&text(declared, "id"));
        if is_ground && act.get("valid_to").is_some() && years(act) != years(declared) {
            found.say(place, format!("годы {:?} — {:?}", years(act), years(declared)));
        }
        let title = text(declared, "title");
        let named = |it: &Value| normalise(text(it, "title")).contains(&normalise(title));
        if list(ours, "legal_basis").iter().any(named) != is_ground {
            found.say(place, "основанием документа бывает только принятый акт, кроме него самого");
        }
    }
    Ok(())
}

/// Two drafts of the krai and the programme itself.
const NO_GROUNDS: [&str; 3] =
    ["лес_проект_программы_края", "лес_проект_карты_края", "лес_сама_программа"];

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
    let printed = Mends::of(section).undo("название", text(section, "title"));
    (!is_ours(section) && !printed.is_empty()).then_some(printed)
}

/// Acts that have a date and a number; editions are acts of their own in a pack.
fn acts(document: &Value) -> Vec<String> {
    let dated = |act: &Value| format!("{} № {}", text(act, "date"), text(act, "number"));
    let basis = list(document, "legal_basis").iter();
    let editions = basis.clone().filter_map(|act| act.get("edition"));
    let mut acts: Vec<String> = basis
        .chain(editions)
        .map(dated)
        .filter(|act| !act.starts_with(' ') && !act.ends_with("№ "))
        .collect();
    acts.sort();
    acts
}
