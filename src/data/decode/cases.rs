//! Runs `tests/cases/data/*.md`: a heading names the case, prose gives the reason, the first
//! fenced block is the input (its info string is the file's name), the second what comes of it.
//! `UPDATE=1` writes the second block anew.

#![expect(clippy::disallowed_methods, reason = "tests read their cases from the disk")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use crate::base::Bound;
use crate::data::{Observation, Reading, read_identification, read_observations, read_project};
use crate::diag::{Diagnostic, Place, SourceMap};

const FENCE: &str = "```";

#[test]
fn every_case_comes_out_as_written() {
    let mut wrong = Vec::new();
    for path in case_files() {
        let old = fs::read_to_string(&path).expect("a readable case file");
        let new = with_actual_results(&old);
        if old != new && std::env::var_os("UPDATE").is_some() {
            fs::write(&path, &new).expect("a writable case file");
        } else if old != new {
            wrong.extend(first_difference(&path, &old, &new));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn case_files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/data");
    let entries = fs::read_dir(folder).expect("the folder of cases");
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    assert!(!files.is_empty());
    files
}

/// The text of a case file with every second fenced block replaced by what really comes out.
fn with_actual_results(text: &str) -> String {
    let mut parts = text.split(FENCE);
    let mut out = parts.next().unwrap_or_default().to_owned();
    while let (Some(input), Some(between), Some(_), Some(after)) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    {
        let (name, content) = input.split_once('\n').expect("a block of several lines");
        let result = run(name.trim(), content);
        write!(out, "{FENCE}{input}{FENCE}{between}{FENCE}text\n{result}{FENCE}{after}")
            .expect("a string takes all");
    }
    out
}

fn first_difference(path: &Path, old: &str, new: &str) -> Option<String> {
    let (at, (old, new)) =
        old.lines().zip(new.lines()).enumerate().find(|(_, (old, new))| old != new)?;
    Some(format!("{}:{}\n  expected: {old}\n  actual:   {new}", path.display(), at + 1))
}

/// Control characters are written `\u{…}` in a case.
fn run(name: &str, content: &str) -> String {
    let content = content.replace("\\u{7}", "\u{7}");
    let (mut sources, mut out) = (SourceMap::default(), Vec::new());
    let mut dump = String::new();
    if name.ends_with(".toml") {
        let project = read_project(name, content.as_bytes(), &mut sources, &mut out);
        if let Some(project) = project.filter(|_| !out.iter().any(Diagnostic::is_error)) {
            let shown = format!("{project:#?}");
            dump.push_str(&without_places(&shown));
        }
    } else if name.ends_with(".json") {
        let found = read_identification(name, content.as_bytes(), &mut sources, &mut out);
        if let Some(found) = found {
            dump.push_str(&format!("{found:#?}\n"));
        }
    } else {
        let bytes = content.as_bytes();
        for observation in read_observations(name, bytes, "файл", &mut sources, &mut out) {
            writeln!(dump, "{}", line_of(&observation)).expect("a string takes all");
        }
    }
    out.iter().map(|found| show(found, &sources)).collect::<String>() + dump.as_str()
}

/// The debug notation of a project with each placed text on one line and no places.
fn without_places(shown: &str) -> String {
    let mut out = String::new();
    let mut lines = shown.lines();
    while let Some(line) = lines.next() {
        out.push_str(line.trim_end_matches("Placed {"));
        if line.ends_with("Placed {") {
            let value = lines.next().expect("a value").trim_start();
            out.push_str(value.trim_start_matches("value: "));
            let indent = line.len() - line.trim_start().len();
            let end = format!("{:indent$}}},", "");
            lines.by_ref().find(|line| *line == end).expect("the end of a placed text");
        }
        out.push('\n');
    }
    out
}

fn line_of(observation: &Observation) -> String {
    let o = observation;
    let reading = match &o.reading {
        Reading::Figure { value, percent } => {
            format!("{}{}", value.to_russian(6), if *percent { " %" } else { "" })
        }
        Reading::Within { interval, percent } => {
            let end = |bound: &Option<Bound>| match bound {
                None => "∞".to_owned(),
                Some(b) => format!("{}{}", b.at, if b.inclusive { "" } else { "!" }),
            };
            let sign = if *percent { " %" } else { "" };
            format!("{}..{}{sign}", end(&interval.low), end(&interval.high))
        }
        other => format!("{other:?}"),
    };
    let mut line =
        format!("{} {} {} {} = {reading}", o.level.nominative(), o.object_id, o.year, o.indicator);
    let extras = [
        ("название", &o.object_name),
        ("муниципалитет", &o.municipality),
        ("группа", &o.group),
        ("класс", &o.class),
        ("предмет", &o.subject),
        ("сезон", &o.season),
        ("источник", &o.source),
    ];
    for (what, text) in extras.into_iter().filter(|(_, text)| !text.is_empty() && *text != "файл")
    {
        write!(line, "; {what} {text}").expect("a string takes all");
    }
    if let Some(n) = o.n {
        write!(line, "; n {n}").expect("a string takes all");
    }
    line
}

/// One finding as the cases and the tests show it.
pub(super) fn show(found: &Diagnostic, sources: &SourceMap) -> String {
    let mut text = format!(
        "{} {} {}: {}\n",
        found.severity.russian(),
        found.code,
        show_place(&found.place, sources),
        found.message
    );
    for label in &found.labels {
        let place = show_place(&label.span.into(), sources);
        writeln!(text, "  {place}: {}", label.message).expect("a string takes all");
    }
    if let Some(hint) = &found.hint {
        writeln!(text, "  подсказка: {hint}").expect("a string takes all");
    }
    text
}

/// File, line and column, and the text that stands there.
fn show_place(place: &Place, sources: &SourceMap) -> String {
    match place {
        Place::Text(span) => {
            let source = sources.get(span.file).expect("a known file");
            let (line, column) = source.line_column(span.start);
            let under = sources.slice(*span).lines().next().unwrap_or_default();
            let under = under.replace(char::is_control, "\u{FFFD}");
            format!("{}:{line}:{column} `{under}`", source.name)
        }
        Place::Cell { file, row, column } => format!("{file}:{row}:{column}"),
        Place::File(file) => file.clone(),
        Place::Nowhere => String::new(),
    }
}
