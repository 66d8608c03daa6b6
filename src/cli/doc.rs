//! `pko doc`: the handbook of a pack.

use super::Outcome;
use super::args::Doc;
use super::build::{formats, report, visible};
use super::screen::Screen;
use crate::pipeline::{self, Folder, Manifest, Published, Run};

/// Prints the handbook of one pack; a pack with errors is refused and nothing is written.
pub fn run(run: &mut Run<'_>, screen: Screen, args: &Doc) -> Outcome {
    match print(run, screen, args) {
        Some(published) if !run.has_errors() => {
            report(screen, &args.output, &published);
            Outcome::Done
        }
        _ => {
            screen.refuse(&run.findings, &run.sources);
            Outcome::Refused
        }
    }
}

fn print(run: &mut Run<'_>, screen: Screen, args: &Doc) -> Option<Published> {
    let compiled = pipeline::compile(run, &args.pack)?;
    // What is plainly impossible is said before the long work.
    if !pipeline::is_possible(run, &args.output) || run.has_errors() {
        return None;
    }
    let (book, date) = pipeline::handbook(&compiled);
    let title = book.title.lines().collect::<Vec<_>>().join(". ");
    screen.note(&format!("Собирается «{}» …", visible(&title)));
    let files = pipeline::render(run, [&book], &formats(&args.formats), date);
    if run.has_errors() {
        return None;
    }
    // A folder may hold a project's documents as well: they are left alone.
    let folder = Folder { path: args.output.clone(), force: args.force, partial: true };
    pipeline::publish(run, Manifest::of_pack(&compiled.model, date), files, &folder)
}
