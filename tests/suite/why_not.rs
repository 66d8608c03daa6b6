//! `pko explain --why-not`: what it prints is laid over a copy of the project, literally, and the
//! documents made of that copy must hold the element.

use std::fs;
use std::path::Path;

use libtest_mimic::{Failed, Trial};
use pko::cli::{Disk, why_not_json};
use pko::eval::Diagnosis;
use pko::explain::{View, why_not};
use pko::pipeline::{self, Bound, Made, Run};
use serde_json::Value;

use crate::console::pko;
use crate::schemas::{self, PROJECTS, SCHOOLS};
use crate::{Outcome, root};

/// Elements that the programme of the invented school does not hold.
const PRIMER: [&str; 26] = [
    "неуспешность_огэ_русский",
    "качество_огэ_русский",
    "неуспешность_егэ_математика",
    "неуспешность_егэ_профиль",
    "высокие_баллы_математика",
    "высокие_баллы_русский",
    "низкий_уровень_естествознание_8",
    "мало_времени_математика",
    "нет_подготовки_математика",
    "помощь_не_адресна_русский",
    "не_разбирают_чтение_4",
    "помощь_огэ_русский",
    "преподавание_егэ_русский",
    "анализ_чтение_4",
    "время_огэ_математика",
    "приёмы_естествознание_8",
    "диагностика_огэ_русский",
    "личные_цели_русский",
    "банк_заданий_естествознание",
    "собрать_огэ",
    "данные_сравнения",
    "данные_егэ",
    "мало_выпускников_математика",
    "пропускают_русский",
    "часы_консультаций_огэ_русский",
    "цель_огэ_русский",
];

/// The same of the school of which little is known.
const SPRAVKA: [&str; 3] =
    ["неуспешность_огэ_математика", "помощь_огэ_математика", "маршруты_огэ_математика"];

/// How many elements must have been brought in by what was printed.
const AT_LEAST: usize = 20;

pub fn trials() -> Vec<Trial> {
    let invented = || confirmed(SCHOOLS[0], &PRIMER, AT_LEAST);
    let published = || confirmed(SCHOOLS[1], &SPRAVKA, 1);
    vec![
        Trial::test("why_not::what_is_there_and_what_cannot_be", verdicts),
        Trial::test("why_not::printed_changes_bring_elements_in", invented),
        Trial::test("why_not::printed_changes_bring_elements_in_where_little_is_known", published),
    ]
}

/// Answers without a change.
fn verdicts() -> Outcome {
    for (project, id, verdict) in [
        (PROJECTS[0], "неуспешность_огэ_математика", "уже в документе"),
        (PROJECTS[0], "шп_карта", "уже в документе"),
        (PROJECTS[0], "п121_документы_разработка", "невозможно"),
        (PROJECTS[3], "дк_команда", "невозможно"),
        (PROJECTS[3], "неуспешность_огэ_математика", "невозможно"),
    ] {
        let told = asked(&root(), project, id)?;
        if told["verdict"] != verdict || told["because"][0]["text"].as_str().is_none() {
            return Err(Failed::from(format!("{project} {id}: {told:#}")));
        }
    }
    Ok(())
}

/// One reading of the project answers for all elements.
fn confirmed(project: &str, ids: &[&str], at_least: usize) -> Outcome {
    let opened = Opened::new(project)?;
    let mut confirmed = 0;
    for id in ids {
        let told = opened.asked(id)?;
        let Some(changes) = told["changes"].as_array() else { continue };
        brings_in(project, &told, changes)
            .map_err(|why| Failed::from(format!("{id}: {why}\n{changes:#?}")))?;
        confirmed += 1;
    }
    match confirmed >= at_least {
        true => Ok(()),
        false => Err(Failed::from(format!("{confirmed} changes of {}", ids.len()))),
    }
}

/// The answer, valid against its schema.
fn asked(folder: &Path, project: &str, id: &str) -> Result<Value, Failed> {
    let words = ["explain", project, id, "--why-not", "--format", "json"].map(str::to_owned);
    let called = pko(folder, &words, &[]);
    let told: Value = serde_json::from_str(&called.stdout).map_err(|_| called.both())?;
    schemas::validate("why-not", &told).map_err(|faults| format!("{id}: {faults}"))?;
    Ok(told)
}

/// A bundled project with its documents, as `pko explain` looks at it.
struct Opened {
    bound: Bound,
    diagnosis: Diagnosis,
    made: Vec<Made>,
}

impl Opened {
    fn new(project: &str) -> Result<Self, Failed> {
        let mut run = Run::new(&Disk, Some(root().join("rules")));
        let opened = pipeline::open(&mut run, &root().join(project)).map(|bound| {
            let diagnosis = pipeline::diagnose(&mut run, &bound);
            let made = pipeline::documents(&mut run, &bound, &[]);
            Self { bound, diagnosis, made }
        });
        opened.filter(|_| !run.has_errors()).ok_or_else(|| format!("{:#?}", run.findings).into())
    }

    /// The answer, valid against its schema.
    fn asked(&self, id: &str) -> Result<Value, Failed> {
        let view = View { bound: &self.bound, diagnosis: &self.diagnosis, made: &self.made };
        let told = why_not(&view, id).map_err(|fault| fault.message)?;
        let told = why_not_json(&told, &view);
        schemas::validate("why-not", &told).map_err(|faults| format!("{id}: {faults}"))?;
        Ok(told)
    }
}

/// Lays the changes over a copy of the project and looks into its documents.
fn brings_in(project: &str, told: &Value, changes: &[Value]) -> Result<(), String> {
    let copy = tempfile::tempdir().map_err(|e| e.to_string())?;
    for folder in ["seeds/projects", "seeds/data"] {
        copied(&root().join(folder), &copy.path().join(folder)).map_err(|e| e.to_string())?;
    }
    changes.iter().for_each(|change| applied(copy.path(), project, change));
    let words = ["build", project, "-o", "out", "--formats", "json"].map(str::to_owned);
    let built = pko(copy.path(), &words, &[]);
    if built.code != 0 {
        return Err(built.both());
    }
    let id = told["id"].as_str().expect("an id");
    let noun = told["noun"].as_str().expect("a noun");
    let documents = fs::read_dir(copy.path().join("out")).map_err(|e| e.to_string())?;
    let is_held = documents.flatten().any(|entry| {
        let text = fs::read_to_string(entry.path()).unwrap_or_default();
        let document: Value = serde_json::from_str(&text).unwrap_or_default();
        holds(&document, noun, id)
    });
    if is_held { Ok(()) } else { Err("the documents do not hold it".to_owned()) }
}

fn copied(from: &Path, to: &Path) -> std::io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let path = entry?.path();
        fs::copy(&path, to.join(path.file_name().expect("a name")))?;
    }
    Ok(())
}

/// Whether a document holds an element.
fn holds(document: &Value, noun: &str, id: &str) -> bool {
    let items = |key: &str| document[key].as_array().cloned().unwrap_or_default();
    let named = |key: &str| items(key).iter().any(|item| item["id"] == id);
    let is_priority = |item: &Value| item["state"] == "приоритет";
    let activities: Vec<Value> = items("directions")
        .iter()
        .flat_map(|direction| direction["activities"].as_array().cloned().unwrap_or_default())
        .collect();
    match noun {
        "дефицит" => items("deficits").iter().any(|it| it["id"] == id && is_priority(it)),
        "причина" => items("deficits").iter().filter(|it| is_priority(it)).any(|deficit| {
            let causes = deficit["causes"].as_array().cloned().unwrap_or_default();
            causes.iter().any(|cause| cause["id"] == id)
        }),
        "задача" => named("tasks"),
        "ресурс" => named("resources"),
        "риск" => named("risks"),
        "цель" => {
            let goals = document["goal"]["id"].as_str().unwrap_or_default().to_owned();
            goals.split(' ').any(|goal| goal == id)
        }
        "мероприятие" => activities.iter().any(|activity| activity["id"] == id),
        "требование" => activities.iter().any(|activity| {
            let answers = activity["answers"].as_array().cloned().unwrap_or_default();
            answers.iter().any(|answer| answer == id)
        }),
        other => panic!("no such noun: {other}"),
    }
}

// ------------------------------------------------------------ the change, by hand

fn applied(folder: &Path, project: &str, change: &Value) {
    let project = folder.join(project);
    match change["kind"].as_str() {
        Some("показатель") => {
            let text = fs::read_to_string(&project).expect("a project");
            let line = text.lines().find(|line| line.starts_with("file = ")).expect("a data file");
            let data = line.split('"').nth(1).expect("a path");
            figure(&project.parent().expect("a folder").join(data), change);
        }
        Some("ответ") => answer(&project, change),
        other => panic!("the projects have no {other:?} to change"),
    }
}

/// Rewrites the row of a figure, or adds one.
fn figure(path: &Path, change: &Value) {
    let text = |key: &str| change[key].as_str().unwrap_or_default();
    let table = fs::read_to_string(path).expect("a table");
    let mut rows: Vec<Vec<String>> = table.lines().map(fields).collect();
    let heads = rows.remove(0);
    let at = |name: &str| heads.iter().position(|head| head == name).expect("a column");
    let is_it = |row: &Vec<String>| {
        row[at("indicator")] == text("indicator")
            && row[at("level")] == text("level")
            && row[at("year")] == text("year")
            && (text("object").is_empty() || row[at("school_id")] == text("object"))
    };
    let index = rows.iter().position(is_it).unwrap_or_else(|| {
        let mut row = vec![String::new(); heads.len()];
        for column in ["indicator", "level", "year"] {
            row[at(column)] = text(column).to_owned();
        }
        row[at("school_id")] = text("object").to_owned();
        rows.push(row);
        rows.len() - 1
    });
    let row = &mut rows[index];
    row[at("value")] = text("becomes").to_owned();
    if text("becomes") != "нет данных" {
        row[at("n")] = text("n_becomes").to_owned();
    }
    let quoted = |field: &String| match field.contains(',') {
        true => format!("\"{field}\""),
        false => field.clone(),
    };
    let line = |row: &Vec<String>| row.iter().map(quoted).collect::<Vec<_>>().join(",");
    let lines: Vec<String> = std::iter::once(&heads).chain(&rows).map(line).collect();
    fs::write(path, lines.join("\n") + "\n").expect("the table is written");
}

/// The fields of a line, a comma inside quotes being part of its field.
fn fields(line: &str) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut is_quoted = false;
    for c in line.chars() {
        match c {
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => fields.push(String::new()),
            c => fields.last_mut().expect("never empty").push(c),
        }
    }
    fields
}

/// Rewrites an answer of self-diagnosis, or adds one.
fn answer(project: &Path, change: &Value) {
    let text = fs::read_to_string(project).expect("a project");
    let head = format!("question = {}", change["question"]);
    let value = format!("value = {}", change["becomes"]);
    // Names are written with «ё» in a project and compared without it.
    let plain = |line: &str| line.replace('ё', "е");
    let mut is_it = false;
    let mut was_there = false;
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines() {
        if is_it && line.starts_with("value = ") {
            lines.push(value.clone());
            (is_it, was_there) = (false, true);
            continue;
        }
        is_it |= plain(line) == plain(&head);
        lines.push(line.to_owned());
    }
    if !was_there {
        lines.extend(["[[answers]]".to_owned(), head, value]);
    }
    fs::write(project, lines.join("\n") + "\n").expect("the project is written");
}
