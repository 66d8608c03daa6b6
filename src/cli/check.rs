//! `pko check`: compiles packs and prints all that is wrong with them.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::Outcome;
use super::pack_json::{counts_in_words, counts_json};
use super::screen::{Screen, counted};
use crate::diag::{Counts, Diagnostic, SourceMap, counts, report_json, sorted};
use crate::model::Model;
use crate::pipeline::{self, Run};

/// Checks the packs named, or all in view.
pub fn run(run: &mut Run<'_>, screen: Screen, packs: &[String]) -> Outcome {
    let packs = match packs {
        [] => pipeline::all_names(run),
        named => named.to_vec(),
    };
    let mut checked = Vec::new();
    let mut unproven = 0;
    for pack in &packs {
        if let Some(compiled) = pipeline::compile(run, pack) {
            unproven += compiled.unproven;
            checked.push(compiled.model);
        }
    }
    let findings = without_repetition(&run.findings, &run.sources);
    let total = counts(&findings);
    if screen.is_json() {
        let mut report = report_json(&findings, &run.sources);
        if let Value::Object(fields) = &mut report {
            fields.insert("packs".to_owned(), checked.iter().map(pack_record).collect());
            fields.insert("unproven".to_owned(), json!(unproven));
        }
        screen.print_json(&report);
    } else {
        screen.print_findings(&findings, &run.sources);
        screen.print(&closing(&checked, total, unproven));
    }
    if total.errors > 0 { Outcome::Refused } else { Outcome::Done }
}

/// A pack that two others use is read twice, and its faults are found twice.
fn without_repetition(findings: &[Diagnostic], sources: &SourceMap) -> Vec<Diagnostic> {
    let mut seen = BTreeSet::new();
    let mut kept = sorted(findings.to_vec());
    kept.retain(|found| seen.insert(report_json(std::slice::from_ref(found), sources).to_string()));
    kept
}

fn pack_record(model: &Model) -> Value {
    let Some(pack) = model.pack() else { return Value::Null };
    json!({
        "name": pack.id, "edition": pack.edition, "origin": pack.origin, "sha256": pack.sha256,
        "counts": counts_json(model),
    })
}

fn closing(checked: &[Model], total: Counts, unproven: usize) -> String {
    let mut text = String::new();
    for model in checked {
        text.push_str(&format!("{}: {}.\n", pack_in_words(model), counts_in_words(model)));
    }
    format!("{text}{} Условий не доказано: {unproven}.\n", counted(total))
}

/// «Пакет krasnoyarsk, редакция 2020.1 (встроенный)».
pub fn pack_in_words(model: &Model) -> String {
    match model.pack() {
        Some(pack) if pack.edition.is_empty() => format!("Пакет {} ({})", pack.id, pack.origin),
        Some(pack) => format!("Пакет {}, редакция {} ({})", pack.id, pack.edition, pack.origin),
        None => "Пакет без заголовка".to_owned(),
    }
}
