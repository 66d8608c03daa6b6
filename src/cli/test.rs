//! `pko test`: the packs' own tests and what they cover.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::Outcome;
use super::args::Test;
use super::check::pack_in_words;
use super::screen::Screen;
use crate::base::Number;
use crate::diag::{Diagnostic, SourceMap, report_json, sorted};
use crate::eval;
use crate::model::Model;
use crate::pipeline::{self, Run};
use crate::ruletest::{self, Change, ConditionCoverage, Mutant, Mutants, Report, Seen};
use crate::russian;

/// A pack with what became of its tests.
struct Tested {
    model: Model,
    report: Report,
    /// Only where they were asked for and all tests pass: nothing can be told by failing tests.
    mutants: Option<Mutants>,
}

impl Tested {
    fn of(model: Model, args: &Test, screen: Screen) -> Self {
        let report = ruletest::run(&model);
        let mut tell = |done, of| screen.progress("Проверки идут по изменённым условиям", done, of);
        let is_wanted = args.mutate && report.failed() == 0;
        let mutants = is_wanted.then(|| ruletest::mutate(&model, &mut tell));
        Self { model, report, mutants }
    }
}

/// Runs the tests of the packs named, or of all in view.
pub fn run(run: &mut Run<'_>, screen: Screen, args: &Test) -> Outcome {
    let packs = match args.packs.packs.as_slice() {
        [] => pipeline::all_names(run),
        named => named.to_vec(),
    };
    let models: Vec<Model> =
        packs.iter().filter_map(|pack| pipeline::compile(run, pack)).map(|c| c.model).collect();
    if run.has_errors() {
        screen.refuse(&run.findings, &run.sources);
        return Outcome::Refused;
    }
    let reports: Vec<Tested> =
        models.into_iter().map(|model| Tested::of(model, args, screen)).collect();
    let failures: Vec<Diagnostic> = reports.iter().flat_map(|it| it.report.findings()).collect();
    let failed = !failures.is_empty();
    if screen.is_json() {
        screen.print_json(&json_report(&reports, failures, &run.sources));
    } else {
        reports.iter().for_each(|it| screen.print(&table(it, &run.sources)));
        screen.print_findings(&failures, &run.sources);
        screen.print(&closing(&reports));
    }
    if failed { Outcome::Refused } else { Outcome::Done }
}

fn table(tested: &Tested, sources: &SourceMap) -> String {
    let (model, report) = (&tested.model, &tested.report);
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
    if let Some(mutants) = &tested.mutants {
        text.push_str(&survivors(mutants, model, sources));
    }
    text.push('\n');
    text
}

/// What the tests did not notice, a line each.
fn survivors(mutants: &Mutants, model: &Model, sources: &SourceMap) -> String {
    let (survived, total) = (mutants.survived.len(), mutants.total);
    let mut text = format!(
        "\nИзменённых условий: {total}, проверки не заметили: {survived}{}\n",
        share(survived, total)
    );
    for mutant in &mutants.survived {
        let (file, line, _) = sources.position(mutant.span);
        let _ = writeln!(
            text,
            "  {}: {} ({file}:{line})",
            mutant.element,
            change(mutant, model, sources)
        );
    }
    text
}

fn share(part: usize, whole: usize) -> String {
    let [part, whole] = [part, whole].map(|n| Number::from_int(i64::try_from(n).unwrap_or(0)));
    let share = (&part * &Number::from_int(100)).checked_div(&whole);
    share.map_or_else(String::new, |share| format!(", {}", russian::percent(&share, 1)))
}

/// «20 %» → 21 %.
fn change(mutant: &Mutant, model: &Model, sources: &SourceMap) -> String {
    let was = sources.slice(mutant.span).split_whitespace().collect::<Vec<_>>().join(" ");
    match &mutant.change {
        Change::Negated => "условие обращено".to_owned(),
        Change::Threshold(quantity) => {
            let now = eval::print_number(&quantity.number, &quantity.unit, model);
            format!("в «{was}» порог {now}")
        }
        Change::Years(years) => format!("в «{was}» лет {years}"),
    }
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

fn closing(reports: &[Tested]) -> String {
    let all: usize = reports.iter().map(|it| it.report.tests.len()).sum();
    let failed: usize = reports.iter().map(|it| it.report.failed()).sum();
    let entries: Vec<&ConditionCoverage> =
        reports.iter().flat_map(|it| &it.report.coverage).collect();
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

fn json_report(reports: &[Tested], failures: Vec<Diagnostic>, sources: &SourceMap) -> Value {
    let mut value = report_json(&sorted(failures), sources);
    if let Value::Object(fields) = &mut value {
        fields.insert("packs".to_owned(), reports.iter().map(|it| pack(it, sources)).collect());
    }
    value
}

fn pack(tested: &Tested, sources: &SourceMap) -> Value {
    let (model, report) = (&tested.model, &tested.report);
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
    let mut told = json!({
        "name": model.pack().map(|pack| pack.id.to_string()),
        "tests": tests,
        "coverage": coverage,
    });
    if let (Value::Object(fields), Some(mutants)) = (&mut told, &tested.mutants) {
        fields.insert("mutants".to_owned(), mutants_json(mutants, model, sources));
    }
    told
}

fn mutants_json(mutants: &Mutants, model: &Model, sources: &SourceMap) -> Value {
    let survived = mutants.survived.iter().map(|mutant| {
        let (file, line, column) = sources.position(mutant.span);
        json!({
            "element": mutant.element, "file": file, "line": line, "column": column,
            "change": change(mutant, model, sources),
        })
    });
    json!({ "total": mutants.total, "survived": survived.collect::<Vec<_>>() })
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
