//! `pko explain`: what a conclusion of a project rests on, down to figures with year and place; or
//! the page of an error code.

use std::path::Path;

use serde_json::json;

use super::Outcome;
use super::args::Explain;
use super::outline::{outline, proof_json};
use super::screen::Screen;
use super::why_not as report;
use crate::diag::{Diagnostic, Place};
use crate::explain::{View, why_not};
use crate::pipeline::{self, Run, codes};

/// Explains an element of a project, or an error code.
pub fn run(run: &mut Run<'_>, screen: Screen, args: &Explain) -> Outcome {
    match &args.id {
        Some(id) if !id.trim().is_empty() => {
            let asked = if args.why_not { absent } else { element };
            asked(run, screen, Path::new(&args.project), id)
        }
        None if is_code(&args.project) && !args.why_not => code(run, screen, &args.project),
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
    let Some(proofs) = viewed(run, project, |view| {
        let proofs = view.explain(id);
        if proofs.is_empty() { Err(view.unknown(id)) } else { Ok(proofs) }
    }) else {
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

/// Why something is not in the documents, and what would bring it in.
fn absent(run: &mut Run<'_>, screen: Screen, project: &Path, id: &str) -> Outcome {
    let told = viewed(run, project, |view| {
        let told = why_not(view, id)?;
        Ok((report::json(&told, view), report::text(&told, view)))
    });
    let Some((json, text)) = told else {
        screen.refuse(&run.findings, &run.sources);
        return Outcome::Refused;
    };
    screen.note_findings(&run.findings, &run.sources);
    if screen.is_json() {
        screen.print_json(&json)
    } else {
        screen.print(&text)
    }
    Outcome::Done
}

/// What is asked of a project that can be read, diagnosed and composed.
fn viewed<T>(
    run: &mut Run<'_>,
    project: &Path,
    ask: impl FnOnce(&View<'_>) -> Result<T, Diagnostic>,
) -> Option<T> {
    let bound = pipeline::open(run, project)?;
    let diagnosis = pipeline::diagnose(run, &bound);
    let made = pipeline::documents(run, &bound, &[]);
    if run.has_errors() {
        return None;
    }
    let view = View { bound: &bound, diagnosis: &diagnosis, made: &made };
    ask(&view).map_err(|fault| run.findings.push(fault)).ok()
}
