//! `pko identify`: schools of a table held against a methodology.

use std::fmt::Write as _;
use std::path::Path;

use super::Outcome;
use super::args::Identify;
use super::build::report;
use super::identify_explain::explained;
use super::screen::Screen;
use indicatif::ProgressBar;

use crate::cohort::{Border, Domain, Fragile, Identified, Index, What};
use crate::model::Model;
use crate::pipeline::{self, Folder, Identification, IdentifyAsked, Published, Run};

/// Identifies the schools of one table.
pub fn run(run: &mut Run<'_>, screen: Screen, args: &Identify) -> Outcome {
    let asked = IdentifyAsked {
        data: args.data.clone(),
        methodology: args.methodology.clone(),
        settings: args.set.clone(),
        as_of: args.as_of,
        exclude: args.exclude.clone(),
        strict: args.strict,
        project: args.project.clone(),
    };
    let bar = ProgressBar::new(0);
    let found = pipeline::identify(run, &asked, &|taken, of| {
        bar.set_length(of);
        bar.set_position(taken);
    });
    bar.finish_and_clear();
    let Some(found) = found.filter(|_| !run.has_errors()) else {
        screen.refuse(&run.findings, &run.sources);
        return Outcome::Refused;
    };
    if let Some(folder) = &args.output {
        return publish(run, screen, &found, args, folder);
    }
    screen.note_findings(&run.findings, &run.sources);
    if let Some(school) = &args.explain {
        return explain(run, screen, &found, school);
    }
    if screen.is_json() {
        screen.stream(|out| found.identified.write_json(out));
    } else {
        screen.print(&text(&found));
    }
    Outcome::Done
}

/// One school, by its id.
fn explain(run: &mut Run<'_>, screen: Screen, found: &Identification, school: &str) -> Outcome {
    let schools = &found.identified.table.schools;
    let at = schools.iter().position(|known| known.id == school.trim());
    let explained = at.and_then(|at| Some((at, explained(&found.identified, at)?)));
    let Some((at, text)) = explained else {
        run.findings.push(pipeline::unknown_school(found, school));
        screen.refuse(&run.findings, &run.sources);
        return Outcome::Refused;
    };
    if screen.is_json() {
        screen.stream(|out| found.identified.write_school_json(at, out));
    } else {
        screen.print(&text);
    }
    Outcome::Done
}

fn publish(
    run: &mut Run<'_>,
    screen: Screen,
    found: &Identification,
    args: &Identify,
    folder: &Path,
) -> Outcome {
    let published = match pipeline::is_possible(run, folder) {
        true => write(run, found, args, folder),
        false => None,
    };
    match published {
        Some(published) if !run.has_errors() => {
            screen.note_findings(&run.findings, &run.sources);
            if found.identified.table.schools.len() > pipeline::MOST_OF_A_REGION {
                let most = pipeline::MOST_OF_A_REGION;
                screen.note(&format!("Справка и приказ составляются, пока школ не больше {most}."));
            }
            report(screen, folder, &published);
            Outcome::Done
        }
        _ => {
            screen.refuse(&run.findings, &run.sources);
            Outcome::Refused
        }
    }
}

/// So many places of each kind of issue are named; all of them stand in a file.
const NAMED: usize = 3;
/// Longer lists of schools stand in the files.
const LISTED: usize = 30;

fn text(found: &Identification) -> String {
    let identified = &found.identified;
    let mut text = String::new();
    heading(&mut text, found);
    for (at, domain) in identified.method.domains.iter().enumerate() {
        if domain.role.is_some() {
            verdicts(&mut text, identified, at, domain);
        }
    }
    borders(&mut text, identified);
    excluded(&mut text, identified);
    fragile(&mut text, identified);
    issues(&mut text, identified);
    warnings(&mut text, &found.compiled.model, found);
    text
}

fn heading(text: &mut String, found: &Identification) {
    let identified = &found.identified;
    let pack = found.compiled.model.pack();
    let edition = pack.map_or("", |pack| pack.edition.as_str());
    let _ =
        writeln!(text, "{} ({}, редакция {edition})", identified.method.title, found.methodology);
    let settings: Vec<String> =
        identified.settings.printed().map(|(name, value)| format!("{name}={value}")).collect();
    let _ = writeln!(text, "Параметры: {}", settings.join(", "));
    let years = identified.outcome.window.iter().enumerate();
    let years: Vec<String> =
        years.map(|(slot, year)| year_in_words(identified, slot, *year)).collect();
    let years = if years.is_empty() { "нет".to_owned() } else { years.join(", ") };
    let _ = writeln!(text, "Годы: {years}");
    let (all, out) = (identified.outcome.schools.len(), identified.outcome.n_excluded());
    let _ = writeln!(text, "Школ: {all}, участвуют: {}, не участвуют: {out}", all - out);
}

/// Nothing is written where anything was refused.
fn write(
    run: &mut Run<'_>,
    found: &Identification,
    args: &Identify,
    folder: &Path,
) -> Option<Published> {
    let (manifest, files) = pipeline::identification_files(run, found, args.public_from);
    if run.has_errors() {
        return None;
    }
    let folder = Folder { path: folder.to_owned(), force: args.force, partial: false };
    pipeline::publish(run, manifest, files, &folder)
}

/// «2026 (школ 196)»: a slip in one cell makes a year of its own, and is seen.
fn year_in_words(identified: &Identified, slot: usize, year: i32) -> String {
    let schools = 0..identified.table.schools.len();
    let there = schools.filter(|school| identified.outcome.row(*school, slot).is_some()).count();
    format!("{year} (школ {there})")
}

/// How many schools are of each category, and which are of those that are not the last one: there
/// nobody is singled out.
fn verdicts(text: &mut String, identified: &Identified, at: usize, domain: &Domain) {
    let _ = writeln!(text, "\n{}", domain.title);
    let (counts, without) = identified.outcome.counts(&identified.method, at);
    let mut titles: Vec<(&str, usize)> = Vec::new();
    for (category, count) in domain.categories.iter().zip(counts) {
        match titles.iter_mut().find(|(title, _)| *title == category.title) {
            Some((_, sum)) => *sum += count,
            None => titles.push((&category.title, count)),
        }
    }
    let last = titles.len().saturating_sub(1);
    for (place, (title, count)) in titles.iter().enumerate() {
        let _ = writeln!(text, "  {title}: {count}");
        if place < last {
            listed(text, identified, at, title);
        }
    }
    if without > 0 {
        let _ = writeln!(text, "  не отнесены: {without}");
    }
}

fn listed(text: &mut String, identified: &Identified, domain: usize, title: &str) {
    let of = |school: usize| identified.category_title(domain, school) == Some(title);
    let mut schools = (0..identified.table.schools.len()).filter(|school| of(*school));
    for school in schools.by_ref().take(LISTED) {
        let _ = writeln!(text, "    {}", identified.school_in_words(school));
    }
    let more = schools.count();
    if more > 0 {
        let _ = writeln!(text, "    … и ещё {more}: весь список — с --format json или -o ПАПКА");
    }
}

fn borders(text: &mut String, identified: &Identified) {
    if identified.outcome.borders.is_empty() {
        return;
    }
    text.push_str("\nГраницы\n");
    for border in &identified.outcome.borders {
        let _ = writeln!(text, "  {}", border_in_words(identified, border));
    }
}

pub(super) fn border_in_words(identified: &Identified, border: &Border) -> String {
    let method = &identified.method;
    let domain = method.domains.get(border.domain);
    let mut parts = vec![domain.map_or("", |domain| domain.title.as_str()).to_owned()];
    let year = border.slot.and_then(|slot| identified.outcome.window.get(slot));
    parts.extend(year.map(|year| format!("{year} год")));
    let base = identified.outcome.bases.get(border.base as usize).filter(|name| !name.is_empty());
    parts.extend(base.cloned());
    let group = border.group.and_then(|group| method.groups.get(usize::from(group)));
    parts.extend(group.map(|group| group.title.to_lowercase()));
    let mut line = format!("{}: школ {}, отбирается {}", parts.join(", "), border.ranked, border.k);
    let ends = [("нижние до", border.low), ("верхние от", border.high)];
    for (word, index) in ends {
        if let Some(index) = index.filter(|_| border.k > 0) {
            line.push_str(&format!("; {word} {}", short(index)));
        }
    }
    line
}

/// An index with so many places as a person compares.
fn short(index: Index) -> String {
    index.number().to_russian(4)
}

fn excluded(text: &mut String, identified: &Identified) {
    let out: Vec<usize> = (0..identified.table.schools.len())
        .filter(|school| identified.exclusion(*school).is_some())
        .collect();
    if out.is_empty() {
        return;
    }
    text.push_str("\nНе участвуют\n");
    for school in out.iter().take(LISTED) {
        let reason = identified.exclusion(*school).unwrap_or_default();
        let _ = writeln!(text, "  {} — {reason}", identified.school_in_words(*school));
    }
    if out.len() > LISTED {
        let _ = writeln!(text, "  … и ещё {}", out.len() - LISTED);
    }
}

/// How many schools have another verdict after a small change of each kind.
fn fragile(text: &mut String, identified: &Identified) {
    if identified.fragile.is_empty() {
        return;
    }
    text.push_str("\nУ скольких школ заключение меняется\n");
    for what in What::ALL {
        let of = |found: &&Vec<Fragile>, is_known: bool| {
            found.iter().any(|it| it.what == what && it.becomes.is_some() == is_known)
        };
        let touched = identified.fragile.iter().filter(|found| of(found, true)).count();
        let unknown = identified.fragile.iter().filter(|found| of(found, false)).count();
        let _ = match (touched, unknown) {
            (0, 1..) => writeln!(text, "  {}: неизвестно, нет числа участников", what.question()),
            (_, 0) => writeln!(text, "  {}: {touched}", what.question()),
            _ => writeln!(text, "  {}: {touched}, неизвестно: {unknown}", what.question()),
        };
    }
    text.push_str("  о каждой школе: --explain ШКОЛА\n");
}

fn issues(text: &mut String, identified: &Identified) {
    let counts = identified.issues.counts();
    if counts.is_empty() {
        return;
    }
    text.push_str("\nЗамечания к данным\n");
    for (kind, count) in counts {
        let _ = writeln!(text, "  {} — {count}", kind.phrase(&identified.method));
        let of_kind = identified.issues.iter().filter(|issue| issue.kind == kind);
        for issue in of_kind.take(NAMED) {
            let place = match (issue.row, issue.column) {
                (0, _) => String::new(),
                (row, "") => format!("строка {row}: "),
                (row, column) => format!("строка {row}, {column}: "),
            };
            let _ = writeln!(text, "    {place}«{}»", issue.found);
        }
        if let Some(expected) = kind.expected(&identified.method) {
            let _ = writeln!(text, "    {expected}");
        }
    }
}

fn warnings(text: &mut String, model: &Model, found: &Identification) {
    let declared = model.methodologies.get(&found.methodology);
    for warning in declared.into_iter().flat_map(|methodology| &methodology.warnings) {
        let _ = writeln!(text, "\nПредупреждение: {warning}");
    }
}
