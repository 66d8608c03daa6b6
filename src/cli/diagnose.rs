//! `pko diagnose`: indicators, deficits, and what the unknowns would decide.

use std::fmt::Write as _;
use std::path::Path;

use indexmap::IndexMap;

use super::Outcome;
use super::outline::outline;
use super::screen::Screen;
use crate::base::Id;
use crate::eval::{DeficitFinding, Diagnosis, IndicatorReading, Truth};
use crate::explain::{indicator_line, key_in_words, place_and_year};
use crate::model::Model;
use crate::pipeline::{self, Bound, Run};
use crate::russian::{self, DateStyle};

/// Diagnoses one project.
pub fn run(run: &mut Run<'_>, screen: Screen, project: &Path) -> Outcome {
    let diagnosed = pipeline::open(run, project).map(|bound| {
        let diagnosis = pipeline::diagnose(run, &bound);
        (bound, diagnosis)
    });
    let Some((bound, diagnosis)) = diagnosed.filter(|_| !run.has_errors()) else {
        screen.refuse(&run.findings, &run.sources);
        return Outcome::Refused;
    };
    screen.note_findings(&run.findings, &run.sources);
    if screen.is_json() {
        screen.print_json(&pipeline::diagnosis_json(&bound, &diagnosis));
    } else {
        screen.print(&text(&bound, &diagnosis));
    }
    Outcome::Done
}

fn text(bound: &Bound, diagnosis: &Diagnosis) -> String {
    let institution = &bound.project.institution;
    let day = russian::date(diagnosis.as_of, DateStyle::Digits);
    let mut text = format!("{}, данные на {day}\n", institution.name);
    indicators(&mut text, bound, diagnosis);
    for (heading, state) in [
        ("Дефициты, которые данные доказывают", Truth::Yes),
        ("Дефициты, которых нет", Truth::No),
        ("Дефициты, которые к организации не относятся", Truth::Inapplicable),
    ] {
        deficits(&mut text, heading, state, bound, diagnosis);
        if state == Truth::Yes {
            open(&mut text, bound, diagnosis);
        }
    }
    unknown(&mut text, bound, diagnosis);
    untouched(&mut text, bound, diagnosis);
    text
}

fn indicators(text: &mut String, bound: &Bound, diagnosis: &Diagnosis) {
    let known: Vec<&IndicatorReading> =
        diagnosis.indicators.iter().filter(|reading| !reading.is_missing()).collect();
    let missing = diagnosis.indicators.len() - known.len();
    if !known.is_empty() {
        text.push_str("\nПоказатели\n");
    }
    for reading in known {
        if let Some(indicator) = bound.model.indicators.get(&reading.id) {
            let _ = writeln!(text, "  {}", indicator_line(reading, indicator, &bound.model));
        }
    }
    if missing > 0 {
        let _ = writeln!(text, "\nПоказателей без данных за текущий год: {missing}");
    }
}

fn deficits(text: &mut String, heading: &str, state: Truth, bound: &Bound, diagnosis: &Diagnosis) {
    let found: Vec<&DeficitFinding> =
        diagnosis.deficits.iter().filter(|deficit| deficit.state == state).collect();
    if found.is_empty() {
        return;
    }
    let _ = writeln!(text, "\n{heading}: {}", found.len());
    for deficit in found {
        let title = bound.model.deficits.get(&deficit.id).map_or("", |d| d.meta.title.as_str());
        let _ = write!(text, "  {} «{title}»", deficit.id);
        if let (Truth::Yes, Some(weight)) = (state, &deficit.weight) {
            let _ = write!(text, ", вес {}", weight.to_russian(2));
        }
        if deficit.is_small_group() {
            text.push_str(", малая группа");
        }
        text.push('\n');
        match state {
            Truth::Yes => deficit.proof.children.iter().for_each(|reason| {
                text.push_str(&outline(reason, 2));
            }),
            Truth::Unknown | Truth::No | Truth::Inapplicable => {}
        }
    }
}

/// What the data do not decide, under the mechanisms whose figures keep it open.
fn open(text: &mut String, bound: &Bound, diagnosis: &Diagnosis) {
    let mut under: IndexMap<Option<&Id>, Vec<&DeficitFinding>> = IndexMap::new();
    for deficit in diagnosis.deficits.iter().filter(|deficit| deficit.is_open()) {
        let needed = deficit.needs.iter().map(|key| &key.indicator);
        let mut declared = needed.filter_map(|id| bound.model.indicators.get(id));
        let mechanism = declared.find_map(|it| it.meta.mechanism.as_ref());
        under.entry(mechanism).or_default().push(deficit);
    }
    let all: usize = under.values().map(Vec::len).sum();
    if all > 0 {
        let _ = writeln!(text, "\nДефициты, о которых данные не говорят: {all}");
    }
    for (mechanism, deficits) in under {
        if let Some(mechanism) = mechanism {
            let _ = writeln!(text, "  Механизм {}", mechanism_title(mechanism, &bound.model));
        }
        for deficit in deficits {
            let title = bound.model.deficits.get(&deficit.id).map_or("", |d| d.meta.title.as_str());
            let _ = writeln!(text, "  {} «{title}»", deficit.id);
            needs(text, deficit, &bound.model);
        }
    }
}

/// The mechanisms of which the institution gave nothing, a line each.
fn untouched(text: &mut String, bound: &Bound, diagnosis: &Diagnosis) {
    if diagnosis.untouched.is_empty() {
        return;
    }
    let deficits: usize = diagnosis.untouched.iter().map(|it| it.deficits.len()).sum();
    let _ = writeln!(
        text,
        "\nМеханизмы, по которым сведений нет совсем: {}; дефицитов в них: {deficits}",
        diagnosis.untouched.len()
    );
    for untouched in &diagnosis.untouched {
        let title = mechanism_title(&untouched.mechanism, &bound.model);
        let _ = writeln!(text, "  {title} — дефицитов: {}", untouched.deficits.len());
    }
}

fn mechanism_title(id: &Id, model: &Model) -> String {
    let Some(declared) = model.mechanisms.get(id) else { return id.to_string() };
    match &declared.meta.number {
        Some(number) => format!("{number} «{}»", declared.meta.title),
        None => format!("«{}»", declared.meta.title),
    }
}

fn needs(text: &mut String, deficit: &DeficitFinding, model: &Model) {
    for key in &deficit.needs {
        let _ = writeln!(text, "    не хватает: {}", key_in_words(key, model));
    }
}

fn unknown(text: &mut String, bound: &Bound, diagnosis: &Diagnosis) {
    if diagnosis.unknown.is_empty() {
        return;
    }
    text.push_str("\nЧто узнать в первую очередь\n");
    for unknown in &diagnosis.unknown {
        let title = bound.model.indicators.get(&unknown.indicator).map(|it| &it.meta.title);
        let title = title.map_or(unknown.indicator.as_str(), String::as_str);
        let _ = writeln!(text, "  {title} — решает дефицитов: {}", unknown.decides);
        for figure in &unknown.figures {
            let what = place_and_year(&figure.key);
            let _ = writeln!(text, "    {what} — сам по себе решает: {}", figure.decides);
        }
    }
}
