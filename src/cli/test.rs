//! `pko test`: the packs' own tests and what they cover.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::Outcome;
use super::check::pack_in_words;
use super::screen::Screen;
use crate::diag::{Diagnostic, SourceMap, report_json, sorted};
use crate::model::Model;
use crate::pipeline::{self, Run};
use crate::ruletest::{self, ConditionCoverage, Report, Seen};

/// Runs the tests of the packs named, or of all in view.
pub fn run(run: &mut Run<'_>, screen: Screen, packs: &[String]) -> Outcome {
    let packs = match packs {
        [] => pipeline::all_names(run),
        named => named.to_vec(),
    };
    let models: Vec<Model> =
        packs.iter().filter_map(|pack| pipeline::compile(run, pack)).map(|c| c.model).collect();
    if run.has_errors() {
        screen.refuse(&run.findings, &run.sources);
        return Outcome::Refused;
    }
    let reports: Vec<(Model, Report)> = models
        .into_iter()
        .map(|model| {
            let report = ruletest::run(&model);
            (model, report)
        })
        .collect();
    let failures: Vec<Diagnostic> = reports.iter().flat_map(|(_, r)| r.findings()).collect();
    let failed = !failures.is_empty();
    if screen.is_json() {
        screen.print_json(&json_report(&reports, failures, &run.sources));
    } else {
        reports.iter().for_each(|(model, report)| {
            screen.print(&table(model, report, &run.sources));
        });
        screen.print_findings(&failures, &run.sources);
        screen.print(&closing(&reports));
    }
    if failed { Outcome::Refused } else { Outcome::Done }
}

fn table(model: &Model, report: &Report, sources: &SourceMap) -> String {
    let mut text = format!("{}\n\nПроверки\n", pack_in_words(model));
    if report.tests.is_empty() {
        text.push_str("  в пакете нет проверок\n");
    }
    for test in &report.tests {
        let verdict = if test.passed() { "ok       " } else { "не прошла" };
        let _ = writeln!(text, "  {verdict}  {} «{}»", test.id, test.title);
    }
    if !report.coverage.is_empty() {
        text.push_str("\nОхват условий (какие ответы видели проверки)\n");
    }
    for entry in &report.coverage {
        text.push_str(&coverage(entry, sources));
    }
    text.push('\n');
    text
}

fn coverage(entry: &ConditionCoverage, sources: &SourceMap) -> String {
    let covered = entry.branches.iter().filter(|branch| branch.is_covered()).count();
    let mut text = format!(
        "  {}: есть {}, нет {}, неизвестно {}",
        entry.deficit,
        mark(entry.seen.yes),
        mark(entry.seen.no),
        mark(entry.seen.unknown)
    );
    if !entry.branches.is_empty() {
        let _ = write!(text, "; ветвей «или» {covered} из {}", entry.branches.len());
    }
    text.push('\n');
    for branch in entry.branches.iter().filter(|branch| !branch.is_covered()) {
        let words = sources.slice(branch.span).split_whitespace().collect::<Vec<_>>().join(" ");
        let _ = writeln!(text, "    не видели «{words}» {}", unseen(branch.seen));
    }
    text
}

fn mark(seen: bool) -> &'static str {
    if seen { "+" } else { "−" }
}

fn unseen(seen: Seen) -> &'static str {
    match (seen.yes, seen.no) {
        (false, false) => "ни верным, ни неверным",
        (false, true) => "верным",
        (true, _) => "неверным",
    }
}

fn closing(reports: &[(Model, Report)]) -> String {
    let all: usize = reports.iter().map(|(_, report)| report.tests.len()).sum();
    let failed: usize = reports.iter().map(|(_, report)| report.failed()).sum();
    let entries: Vec<&ConditionCoverage> =
        reports.iter().flat_map(|(_, report)| &report.coverage).collect();
    let full = |seen: Seen| seen.yes && seen.no && seen.unknown;
    let whole = entries.iter().filter(|entry| full(entry.seen)).count();
    let branches: Vec<bool> =
        entries.iter().flat_map(|e| e.branches.iter().map(ruletest::Branch::is_covered)).collect();
    format!(
        "Проверок: {all}, прошло: {}, не прошло: {failed}. Дефицитов со всеми тремя ответами: \
         {whole} из {}; ветвей «или»: {} из {}.\n",
        all - failed,
        entries.len(),
        branches.iter().filter(|covered| **covered).count(),
        branches.len()
    )
}

fn json_report(
    reports: &[(Model, Report)],
    failures: Vec<Diagnostic>,
    sources: &SourceMap,
) -> Value {
    let mut value = report_json(&sorted(failures), sources);
    if let Value::Object(fields) = &mut value {
        fields
            .insert("packs".to_owned(), reports.iter().map(|(m, r)| pack(m, r, sources)).collect());
    }
    value
}

fn pack(model: &Model, report: &Report, sources: &SourceMap) -> Value {
    let tests: Vec<Value> = report
        .tests
        .iter()
        .map(|test| json!({ "id": test.id, "title": test.title, "passed": test.passed() }))
        .collect();
    let seen = |seen: Seen| json!({ "yes": seen.yes, "no": seen.no, "unknown": seen.unknown });
    let coverage: Vec<Value> = report
        .coverage
        .iter()
        .map(|entry| {
            let branches: Vec<Value> = entry
                .branches
                .iter()
                .map(|b| json!({ "text": sources.slice(b.span), "seen": seen(b.seen) }))
                .collect();
            json!({ "deficit": entry.deficit, "seen": seen(entry.seen), "branches": branches })
        })
        .collect();
    json!({
        "name": model.pack().map(|pack| pack.id.to_string()),
        "tests": tests,
        "coverage": coverage,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_branch_says_what_was_not_seen() {
        let seen = |yes, no| Seen { yes, no, unknown: false };
        assert_eq!(unseen(seen(true, false)), "неверным");
        assert_eq!(unseen(seen(false, true)), "верным");
        assert_eq!(unseen(seen(false, false)), "ни верным, ни неверным");
    }
}
