//! `pko explain`: what a conclusion of a project rests on, down to figures with year and place; or
//! the page of an error code.

use std::path::Path;

use serde_json::json;

use super::Outcome;
use super::args::Explain;
use super::diagnose::indicator_line;
use super::outline::{outline, proof_json};
use super::screen::Screen;
use crate::base::{Id, suggest};
use crate::diag::{Diagnostic, Place};
use crate::document::types::{Because, Block, Programme, Section};
use crate::eval::{Diagnosis, Evaluator, Proof, ProofKind, Truth};
use crate::model::Model;
use crate::pipeline::{self, Bound, Made, Run, codes};

/// Explains an element of a project, or an error code.
pub fn run(run: &mut Run<'_>, screen: Screen, args: &Explain) -> Outcome {
    match &args.id {
        Some(id) if !id.trim().is_empty() => element(run, screen, Path::new(&args.project), id),
        None if is_code(&args.project) => code(run, screen, &args.project),
        _ => {
            screen.note(
                "Неверный вызов: не сказано, что объяснить. \
                 Вызов: pko explain ПРОЕКТ ИМЯ или pko explain ПКО-012.",
            );
            Outcome::Misused
        }
    }
}

// ---------------------------------------------------------------- codes

fn is_code(text: &str) -> bool {
    let upper = text.to_uppercase();
    upper
        .strip_prefix("ПКО-")
        .is_some_and(|n| n.len() == 3 && n.chars().all(|c| c.is_ascii_digit()))
}

fn code(run: &mut Run<'_>, screen: Screen, code: &str) -> Outcome {
    let code = code.to_uppercase();
    let page = run.world.error_page(&code).map(str::to_owned);
    let summary = pipeline::all_codes().into_iter().find(|(known, _)| known.to_string() == code);
    let Some(text) = page.or_else(|| summary.map(|(_, summary)| format!("# {code}. {summary}\n")))
    else {
        let message = format!("кода {code} нет");
        run.findings.push(
            Diagnostic::error(codes::UNKNOWN_ELEMENT, Place::Nowhere, message)
                .with_hint("код стоит в сообщении в квадратных скобках: ошибка[ПКО-010]"),
        );
        screen.refuse(&run.findings, &run.sources);
        return Outcome::Refused;
    };
    if screen.is_json() {
        screen.print_json(&json!({ "schema": "pko/page/1", "code": code, "text": text }));
    } else {
        screen.print(&text);
    }
    Outcome::Done
}

// ---------------------------------------------------------------- elements

fn element(run: &mut Run<'_>, screen: Screen, project: &Path, id: &str) -> Outcome {
    let explained = pipeline::open(run, project).and_then(|bound| {
        let diagnosis = pipeline::diagnose(run, &bound);
        let made = pipeline::documents(run, &bound, &[]);
        let view = View { bound: &bound, diagnosis: &diagnosis, made: &made };
        let proofs = view.explain(&Id::new(id), id);
        if proofs.is_empty() {
            run.findings.push(view.unknown(id));
        }
        (!run.has_errors()).then_some(proofs)
    });
    let Some(proofs) = explained else {
        screen.refuse(&run.findings, &run.sources);
        return Outcome::Refused;
    };
    screen.note_findings(&run.findings, &run.sources);
    if screen.is_json() {
        screen.print_json(&json!({
            "schema": "pko/explanation/1",
            "id": id,
            "because": proofs.iter().map(proof_json).collect::<Vec<_>>(),
        }));
    } else {
        proofs.iter().for_each(|proof| screen.print(&outline(proof, 0)));
    }
    Outcome::Done
}

struct View<'a> {
    bound: &'a Bound,
    diagnosis: &'a Diagnosis,
    made: &'a [Made],
}

impl View<'_> {
    /// Empty where nothing bears the name.
    fn explain(&self, id: &Id, text: &str) -> Vec<Proof> {
        let model = &self.bound.model;
        let found = match () {
            () if model.deficits.contains_key(id) => self.deficit(id),
            () if model.causes.contains_key(id) => self.cause(id),
            () if model.tasks.contains_key(id) => self.task(id),
            () if model.activities.contains_key(id) => self.activity(id),
            () if model.requirements.contains_key(id) => self.requirement(id),
            () if model.indicators.contains_key(id) => self.indicator(id),
            () if model.goals.contains_key(id) => self.goal(id),
            () if model.resources.contains_key(id) => self.resource(id),
            () if model.risks.contains_key(id) => self.risk(id),
            () => None,
        };
        if let Some(mut proof) = found {
            proof.children.extend(self.told_with(text));
            return vec![proof];
        }
        let mut told: Vec<Proof> =
            self.made.iter().filter_map(|made| row(&made.programme, text)).collect();
        if told.is_empty() {
            told.extend(self.dropped(id));
        }
        if told.is_empty() {
            told.extend(self.named(id));
        }
        told
    }

    /// The others that stand in one row with it.
    fn told_with(&self, id: &str) -> Option<Proof> {
        let blocks = self.made.iter().flat_map(|made| blocks(&made.programme.sections));
        let mut cells = blocks.flat_map(|block| block.rows.iter().flatten());
        let cell = cells.find(|cell| !cell.others.is_empty() && cell.bears(id))?;
        let all = std::iter::once(&cell.id).chain(&cell.others).filter(|other| *other != id);
        let named: Vec<String> = all.map(|other| format!("«{other}»")).collect();
        let text = format!("В таблицах стоит одной строкой с {}", named.join(", "));
        Some(Proof::new(ProofKind::Rule, text))
    }

    /// What an adapted plan left out, or made into something else.
    fn dropped(&self, id: &Id) -> Option<Proof> {
        let adapted = self.bound.model.roadmaps.values();
        let mut steps = adapted.filter_map(|plan| Some((plan, plan.adaptation.as_ref()?)));
        steps.find_map(|(plan, adaptation)| {
            let mut steps = adaptation.steps.iter();
            let step = steps.find(|step| step.verb.is_about(id))?;
            let done = match step.verb.came() {
                Some(into) => format!("{} в «{into}»", step.verb.word()),
                None => step.verb.word().to_owned(),
            };
            let text = format!("Карта «{}»: {done} — {id}", plan.meta.title);
            let why = Proof::new(ProofKind::Methodist, step.because.clone());
            let why = (!step.because.is_empty()).then_some(why);
            Some(Proof::new(ProofKind::Edit, text).about(id).with(why.into_iter().collect()))
        })
    }

    /// What has a title and no conclusion: where the pack has it from.
    fn named(&self, id: &Id) -> Option<Proof> {
        let model = &self.bound.model;
        let known = [
            ("Дорожная карта", model.roadmaps.get(id).map(|it| &it.meta)),
            ("Документ", model.programmes.get(id).map(|it| &it.meta)),
            ("Орган", model.bodies.get(id).map(|it| &it.meta)),
            ("Роль", model.roles.get(id).map(|it| &it.meta)),
            ("Акт", model.acts.get(id).map(|it| &it.meta)),
            ("Направление", model.directions.get(id).map(|it| &it.meta)),
            ("Механизм", model.mechanisms.get(id).map(|it| &it.meta)),
        ];
        let (noun, meta) = known.into_iter().find_map(|(noun, meta)| Some((noun, meta?)))?;
        Some(self.plain(ProofKind::Rule, format!("{noun} «{}»", meta.title), id, meta))
    }

    fn evaluator(&self) -> Evaluator<'_> {
        Evaluator::new(&self.bound.model, &self.bound.facts)
    }

    fn deficit(&self, id: &Id) -> Option<Proof> {
        let found = self.diagnosis.deficits.iter().find(|found| found.id == *id);
        let title = &self.bound.model.deficits.get(id)?.meta.title;
        let Some(found) = found else {
            let text = format!("Дефицит «{title}» относится к другому уровню");
            return Some(Proof::new(ProofKind::Rule, text).about(id));
        };
        let mut proof = found.proof.clone();
        let is_plain = found.state == Truth::Yes && found.forced().is_none();
        if let Some(weight) = found.weight.as_ref().filter(|_| is_plain) {
            proof.text = format!("{}, вес {}", proof.text, weight.to_russian(2));
        }
        for key in &found.needs {
            let text =
                format!("не хватает: {}", super::diagnose::key_in_words(key, &self.bound.model));
            proof.children.push(Proof::new(ProofKind::Value, text).about(&key.indicator));
        }
        for made in self.made {
            proof.children.extend(fate(made, id));
        }
        Some(proof)
    }

    fn cause(&self, id: &Id) -> Option<Proof> {
        let declared = self.bound.model.causes.get(id)?;
        match self.diagnosis.causes.iter().find(|found| found.id == *id) {
            Some(found) => {
                let mut proof = found.proof.clone();
                for owner in self.evaluator().owner(&declared.meta) {
                    if !proof.children.contains(&owner) {
                        proof.children.push(owner);
                    }
                }
                Some(proof)
            }
            None => {
                let text = format!(
                    "Причина «{}» не рассматривается: дефицит, который она объясняет, не выявлен",
                    declared.meta.title
                );
                Some(self.plain(ProofKind::Rule, text, id, &declared.meta))
            }
        }
    }

    fn task(&self, id: &Id) -> Option<Proof> {
        let chosen = self.made.iter().flat_map(|made| &made.choice.tasks);
        let mut chosen = chosen.filter(|task| task.id == *id);
        let declared = self.bound.model.tasks.get(id)?;
        let absent = || {
            let text = format!(
                "Задача «{}» не вошла в программу: среди приоритетов нет дефицита, на который она \
                 отвечает",
                declared.meta.title
            );
            self.plain(ProofKind::Rule, text, id, &declared.meta)
        };
        Some(chosen.next().map_or_else(absent, |task| task.proof.clone()))
    }

    fn activity(&self, id: &Id) -> Option<Proof> {
        let chosen = self.made.iter().flat_map(|made| &made.choice.activities);
        let mut chosen = chosen.filter(|activity| activity.id == *id);
        let declared = self.bound.model.activities.get(id)?;
        let absent = || {
            let why = match self.bound.facts.decisions.activities.contains_key(id) {
                true => "его исключила команда",
                false => "нет задачи или требования, которому оно служит",
            };
            let text = format!("Мероприятие «{}» не вошло в программу: {why}", declared.meta.title);
            self.plain(ProofKind::Rule, text, id, &declared.meta)
        };
        Some(chosen.next().map_or_else(absent, |activity| activity.proof.clone()))
    }

    fn resource(&self, id: &Id) -> Option<Proof> {
        let mut chosen = self.made.iter().flat_map(|made| &made.choice.resources);
        let declared = self.bound.model.resources.get(id)?;
        let absent = || {
            let text = format!(
                "Ресурс «{}» не нужен: ни одно его мероприятие не вошло в программу",
                declared.meta.title
            );
            self.plain(ProofKind::Rule, text, id, &declared.meta)
        };
        let found = chosen.find(|resource| resource.id == *id);
        Some(found.map_or_else(absent, |resource| resource.proof.clone()))
    }

    /// What keeps a risk out: it concerns nothing that is chosen, or its condition is refuted.
    fn risk(&self, id: &Id) -> Option<Proof> {
        let model = &self.bound.model;
        let mut chosen = self.made.iter().flat_map(|made| &made.choice.risks);
        let declared = model.risks.get(id)?;
        let Some(found) = chosen.find(|risk| risk.id == *id) else {
            let text = format!("Риска «{}» здесь нет", declared.meta.title);
            let mut proof = self.plain(ProofKind::Rule, text, id, &declared.meta);
            if let Some(condition) = &declared.condition {
                let evaluator = self.evaluator();
                proof.children.extend(evaluator.judge(condition, &evaluator.own()).proofs);
            }
            return Some(proof);
        };
        let mut proof = found.proof.clone();
        proof.children.extend(found.needs.iter().map(|key| {
            let text = format!("не хватает: {}", super::diagnose::key_in_words(key, model));
            Proof::new(ProofKind::Value, text).about(&key.indicator)
        }));
        Some(proof)
    }

    fn requirement(&self, id: &Id) -> Option<Proof> {
        let declared = self.bound.model.requirements.get(id)?;
        let evaluator = self.evaluator();
        let mut children = Vec::new();
        let holds = self.made.iter().any(|made| made.choice.requirements.contains(id));
        if let Some(condition) = &declared.condition {
            children.extend(evaluator.judge(condition, &evaluator.own()).proofs);
        }
        for act in &declared.acts {
            if let Some(found) = self.bound.model.acts.get(&act.id) {
                let proof = Proof::new(ProofKind::Act, format!("Акт: {}", found.meta.title));
                children.push(proof.about(&act.id));
            }
        }
        children.extend(evaluator.owner(&declared.meta));
        let state = if holds {
            "действует здесь"
        } else {
            "здесь не действует"
        };
        let text = format!("Требование «{}» {state}", declared.meta.title);
        Some(Proof::new(ProofKind::Requirement, text).about(id).with(children))
    }

    fn goal(&self, id: &Id) -> Option<Proof> {
        let declared = self.bound.model.goals.get(id)?;
        let model = &self.bound.model;
        let tasks = self.made.iter().flat_map(|made| &made.choice.tasks).filter(|task| {
            let goal = model.tasks.get(&task.id).and_then(|task| task.goal.as_ref());
            goal.is_some_and(|goal| goal.id == *id)
        });
        let mut children: Vec<Proof> = Vec::new();
        for task in tasks {
            if !children.contains(&task.proof) {
                children.push(task.proof.clone());
            }
        }
        let state =
            if children.is_empty() { "не поставлена" } else { "поставлена" };
        children.extend(self.evaluator().owner(&declared.meta));
        let text = format!("Цель «{}» {state}", declared.meta.title);
        Some(Proof::new(ProofKind::Rule, text).about(id).with(children))
    }

    fn indicator(&self, id: &Id) -> Option<Proof> {
        let model = &self.bound.model;
        let declared = model.indicators.get(id)?;
        let evaluator = self.evaluator();
        let reading = evaluator.reading(id);
        let mut proof =
            Proof::new(ProofKind::Value, indicator_line(&reading, declared, model)).about(id);
        proof.at = Some(reading.year.to_string());
        proof.source =
            (!reading.source.is_empty()).then(|| (String::new(), reading.source.clone()));
        let mut children = Vec::new();
        for point in &reading.series {
            let value = crate::eval::print(&point.value, declared, model);
            let value = value.unwrap_or_else(|| "нет данных".to_owned());
            let n = point.n.map(|n| format!(", участников {n}")).unwrap_or_default();
            let mut figure =
                Proof::new(ProofKind::Value, format!("{} год: {value}{n}", point.year));
            figure.at = Some(point.year.to_string());
            children.push(figure);
        }
        for (level, value, source) in &reading.comparisons {
            let Some(value) = crate::eval::print(value, declared, model) else { continue };
            let text = format!("{}, {} год: {value}", level.nominative(), reading.year);
            let mut figure = Proof::new(ProofKind::Comparison, text);
            figure.at = Some(reading.year.to_string());
            figure.source = (!source.is_empty()).then(|| (String::new(), source.clone()));
            children.push(figure);
        }
        children.extend(evaluator.owner(&declared.meta));
        Some(proof.with(children))
    }

    fn plain(&self, kind: ProofKind, text: String, id: &Id, meta: &crate::model::Meta) -> Proof {
        Proof::new(kind, text).about(id).with(self.evaluator().owner(meta))
    }

    fn unknown(&self, text: &str) -> Diagnostic {
        let names = names(&self.bound.model, self.made);
        let message = format!("элемента «{text}» нет ни в пакете, ни в документах проекта");
        let fault = Diagnostic::error(codes::UNKNOWN_ELEMENT, Place::Nowhere, message);
        match suggest(text, names.iter().map(String::as_str)) {
            Some(near) => fault.with_hint(format!("возможно, вы имели в виду «{near}»")),
            None => fault.with_hint("имена печатает pko show, строки — файл JSON документа"),
        }
    }
}

/// What a programme does about a deficit.
fn fate(made: &Made, id: &Id) -> Option<Proof> {
    let title = &made.kind.kind;
    if made.choice.priorities.contains(id) {
        let text = format!("{title}: взят в работу");
        return Some(Proof::new(ProofKind::Rule, text).about(id));
    }
    let (_, reason) = made.choice.postponed.iter().find(|(postponed, _)| postponed == id)?;
    Some(Proof::new(ProofKind::Rule, format!("{title}: отложен, {reason}")).about(id))
}

fn names(model: &Model, made: &[Made]) -> Vec<String> {
    let declared = model
        .deficits
        .keys()
        .chain(model.causes.keys())
        .chain(model.tasks.keys())
        .chain(model.activities.keys())
        .chain(model.requirements.keys())
        .chain(model.indicators.keys())
        .chain(model.goals.keys());
    let mut names: Vec<String> = declared.map(Id::to_string).collect();
    for made in made {
        for block in blocks(&made.programme.sections) {
            names.push(block.id.clone());
            let cells = block.rows.iter().flatten();
            names.extend(cells.filter(|cell| !cell.id.is_empty()).map(|cell| cell.id.clone()));
        }
    }
    names
}

// ---------------------------------------------------------------- rows

/// A block or a row of a document, by its id, with the reasons that the document keeps.
fn row(programme: &Programme, id: &str) -> Option<Proof> {
    for block in blocks(&programme.sections) {
        if block.id == id {
            return Some(stated(&block.text, &block.because));
        }
        for row in &block.rows {
            if row.iter().any(|cell| cell.bears(id)) {
                let words: Vec<&str> = row.iter().map(|cell| cell.text.as_str()).collect();
                let because: Vec<Because> =
                    row.iter().flat_map(|cell| cell.because.clone()).collect();
                return Some(stated(&words.join(" | "), &because));
            }
        }
    }
    None
}

fn blocks(sections: &[Section]) -> Vec<&Block> {
    sections.iter().flat_map(|s| s.blocks.iter().chain(blocks(&s.sections))).collect()
}

fn stated(text: &str, because: &[Because]) -> Proof {
    let reasons = because.iter().map(reason).collect();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    Proof::new(ProofKind::Rule, text).with(reasons)
}

fn reason(because: &Because) -> Proof {
    let kinds = [
        ProofKind::Value,
        ProofKind::Comparison,
        ProofKind::Dynamics,
        ProofKind::Source,
        ProofKind::Act,
        ProofKind::Edit,
        ProofKind::Methodist,
        ProofKind::Requirement,
    ];
    let kind = kinds.into_iter().find(|kind| kind.russian() == because.kind);
    let mut proof = Proof::new(kind.unwrap_or(ProofKind::Rule), because.text.clone());
    proof.reference = (!because.reference.is_empty()).then(|| Id::new(&because.reference));
    proof.value.clone_from(&because.value);
    proof.unit.clone_from(&because.unit);
    proof.at.clone_from(&because.at);
    proof.source = because.source.as_ref().map(|s| (s.source.clone(), s.place.clone()));
    proof
}
