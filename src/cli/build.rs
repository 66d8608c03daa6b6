//! `pko build`: the documents of a project and their manifest.

use std::path::Path;

use serde_json::json;

use super::Outcome;
use super::args::{Build, BuildFormat};
use super::pack_json::prune;
use super::screen::Screen;
use crate::pipeline::{self, Folder, Format, Manifest, Published, Run};

/// Builds the documents of one project; on any error nothing is written.
pub fn run(run: &mut Run<'_>, screen: Screen, args: &Build) -> Outcome {
    match build(run, screen, args) {
        Some(published) if !run.has_errors() => {
            screen.note_findings(&run.findings, &run.sources);
            report(screen, &args.output, &published);
            Outcome::Done
        }
        _ => {
            screen.refuse(&run.findings, &run.sources);
            Outcome::Refused
        }
    }
}

fn build(run: &mut Run<'_>, screen: Screen, args: &Build) -> Option<Published> {
    let bound = pipeline::open(run, &args.project)?;
    let made = pipeline::documents(run, &bound, &args.only);
    // What is plainly impossible is said before the long work.
    if !pipeline::is_possible(run, &args.output) || run.has_errors() {
        return None;
    }
    for document in &made {
        screen.note(&format!("Собирается «{}» …", visible(&document.programme.title)));
    }
    let formats = formats(&args.formats);
    let files = pipeline::render(
        run,
        made.iter().map(|document| &document.programme),
        &formats,
        bound.project.date.value,
    );
    if run.has_errors() {
        return None;
    }
    let folder = Folder {
        path: args.output.clone(),
        force: args.force,
        partial: !args.only.is_empty() || formats.len() < Format::ALL.len(),
    };
    pipeline::publish(run, Manifest::of(&bound), files, &folder)
}

/// The formats asked for; all where none is.
pub(super) fn formats(asked: &[BuildFormat]) -> Vec<Format> {
    let wanted = |format: &Format| asked.is_empty() || asked.iter().any(|f| f.format() == *format);
    Format::ALL.into_iter().filter(wanted).collect()
}

/// What was written, and what was removed.
pub(super) fn report(screen: Screen, folder: &Path, published: &Published) {
    let folder = folder.display();
    if screen.is_json() {
        screen.print_json(&prune(json!({
            "schema": "pko/build/1",
            "folder": folder.to_string(),
            "written": published.written,
            "removed": published.removed,
        })));
        return;
    }
    let mut text = format!("Записано в {folder}: {}\n", published.written.join(", "));
    if !published.removed.is_empty() {
        text.push_str(&format!("Убрано: {}\n", published.removed.join(", ")));
    }
    screen.print(&text);
}

/// A title for the terminal: a control character in a name must not reach it.
pub(super) fn visible(title: &str) -> String {
    title.replace(char::is_control, "\u{FFFD}")
}
