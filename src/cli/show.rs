//! `pko show`: everything that a pack declares, resolved.

use std::fmt::Write as _;

use super::Outcome;
use super::check::pack_in_words;
use super::pack_json::{counts_in_words, kind_word, pack_json};
use super::screen::Screen;
use crate::base::Id;
use crate::cohort;
use crate::model::methodology::Parameter;
use crate::model::{Adaptation, Meta, Model, Table};
use crate::pipeline::{self, Run};

/// Shows one pack; a pack with errors is refused.
pub fn run(run: &mut Run<'_>, screen: Screen, pack: &str) -> Outcome {
    let compiled = pipeline::compile(run, pack);
    let Some(compiled) = compiled.filter(|_| !run.has_errors()) else {
        screen.refuse(&run.findings, &run.sources);
        return Outcome::Refused;
    };
    if screen.is_json() {
        screen.print_json(&pack_json(&compiled.model, &run.sources));
    } else {
        screen.print(&outline(&compiled.model));
    }
    Outcome::Done
}

fn outline(model: &Model) -> String {
    let mut text = format!("{}\n", pack_in_words(model));
    if let Some(pack) = model.pack() {
        let _ = writeln!(text, "«{}»\nsha256 {}", pack.title, pack.sha256);
        if !pack.uses.is_empty() {
            let uses: Vec<&str> = pack.uses.iter().map(Id::as_str).collect();
            let _ = writeln!(text, "Использует: {}", uses.join(", "));
        }
    }
    let _ = writeln!(text, "Объявлено: {}.", counts_in_words(model));
    section(&mut text, "Источники", &model.sources, |it| (&it.meta, String::new()));
    section(&mut text, "Акты", &model.acts, |it| (&it.meta, String::new()));
    section(&mut text, "Органы", &model.bodies, |it| {
        (&it.meta, it.level.nominative().to_owned())
    });
    section(&mut text, "Роли", &model.roles, |it| (&it.meta, it.level.nominative().to_owned()));
    section(&mut text, "Виды документов", &model.documents, |it| {
        (&it.meta, String::new())
    });
    section(&mut text, "Механизмы", &model.mechanisms, |it| (&it.meta, String::new()));
    section(&mut text, "Показатели", &model.indicators, |it| {
        (&it.meta, format!("{}, {}", it.level.nominative(), kind_word(&it.kind)))
    });
    section(&mut text, "Дефициты", &model.deficits, |it| {
        (&it.meta, it.level.nominative().to_owned())
    });
    section(&mut text, "Причины", &model.causes, |it| (&it.meta, String::new()));
    section(&mut text, "Вопросы", &model.questions, |it| (&it.meta, String::new()));
    section(&mut text, "Требования", &model.requirements, |it| {
        (&it.meta, it.level.nominative().to_owned())
    });
    section(&mut text, "Цели", &model.goals, |it| (&it.meta, String::new()));
    section(&mut text, "Задачи", &model.tasks, |it| (&it.meta, String::new()));
    section(&mut text, "Мероприятия", &model.activities, |it| {
        (&it.meta, it.level.nominative().to_owned())
    });
    section(&mut text, "Ресурсы", &model.resources, |it| {
        (&it.meta, it.kind.map_or(String::new(), |kind| kind.russian().to_owned()))
    });
    section(&mut text, "Риски", &model.risks, |it| (&it.meta, String::new()));
    section(&mut text, "Дорожные карты", &model.roadmaps, |it| {
        (&it.meta, it.level.nominative().to_owned())
    });
    for (id, roadmap) in &model.roadmaps {
        adaptation(&mut text, id, roadmap.adaptation.as_ref());
    }
    section(&mut text, "Программы", &model.programmes, |it| (&it.meta, it.kind.clone()));
    section(&mut text, "Методики", &model.methodologies, |it| (&it.meta, String::new()));
    for (id, methodology) in &model.methodologies {
        parameters(&mut text, id, &methodology.parameters);
    }
    for (id, programme) in &model.programmes {
        adaptation(&mut text, id, programme.adaptation.as_ref());
    }
    text
}

/// What may be set of a methodology, and what it is set to.
fn parameters(text: &mut String, id: &Id, parameters: &[Parameter]) {
    let _ = writeln!(text, "\n{id} — параметры (--set имя=значение)");
    for parameter in parameters {
        let name = parameter.id.as_str().replace('_', "-");
        let value = parameter.default().as_ref().map_or("по данным".to_owned(), cohort::printed);
        let allowed = cohort::allowed(parameter).join("; ");
        let _ = writeln!(text, "  {name}={value} — {} (бывает: {allowed})", parameter.meta.title);
    }
}

/// How a plan or a programme came from that of another pack, verb by verb.
fn adaptation(text: &mut String, id: &Id, adaptation: Option<&Adaptation>) {
    let Some(adaptation) = adaptation else { return };
    let _ = writeln!(text, "\n{id} — на основе {}", adaptation.base.id);
    for step in &adaptation.steps {
        let into = step.verb.came().map(|into| format!(" → {into}")).unwrap_or_default();
        let why =
            if step.because.is_empty() { String::new() } else { format!(": {}", step.because) };
        let _ = writeln!(text, "  {} {}{into}{why}", step.verb.word(), step.verb.met().join(", "));
    }
}

fn section<T>(
    text: &mut String,
    heading: &str,
    table: &Table<T>,
    line: impl Fn(&T) -> (&Meta, String),
) {
    if table.is_empty() {
        return;
    }
    let _ = writeln!(text, "\n{heading}: {}", table.len());
    for (id, declared) in table {
        let (meta, remark) = line(declared);
        let number = meta.number.as_ref().map(|n| format!("{n} ")).unwrap_or_default();
        let remark = if remark.is_empty() { remark } else { format!(" ({remark})") };
        let _ = writeln!(text, "  {id} — {number}«{}»{remark}", meta.title);
    }
}
