//! Cases in Markdown: `#` names the group, `##` a case, prose gives the reason; fenced blocks are
//! files, and what comes of them.
//!
//! - ```` ```pko NAME ````, ```` ```toml NAME ````, ```` ```csv NAME ````, ```` ```text NAME ````:
//!   a file. A pack file without a folder lies in `случай/`, beside a head that is made for it if
//!   no file there has one. Further words: `windows-1251`, `utf-16`, `bom`, `crlf`,
//!   `repeat=N` (the content without its line end, N times).
//! - ```` ```папка NAME ````: an empty folder.
//! - ```` ```пакет NAME ````: the pack `tests/cases/packs/NAME`, laid into `rules/`.
//! - ```` ```console ````: `$ pko …`, `$ ls FOLDER`, `$ cat FILE`,
//!   `$ прочесть DOCUMENT.json [SECTION]` (as golden documents show it), `$ основания DOCUMENT.json ACTIVITY`,
//!   each with its exact output.
//! - ```` ```диагностика ````: the findings of `pko check случай`, or of `pko diagnose` where the
//!   case has a project, a line each: `CODE line:col message`.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use libtest_mimic::{Failed, Trial};
use pko::document::types::{Because, Programme, Section};
use serde_json::Value;
use tempfile::TempDir;

use crate::console::{pko, shown, without_hashes, words};
use crate::{Outcome, golden, root, schemas};

const FOLDERS: [&str; 5] = ["syntax", "model", "check", "eval", "cli"];
const HEAD: &str = "пакет случай «Случай»\n  редакция 1\n  по методисту «для случая»\n";

/// One test for each case of each file.
pub fn trials() -> Vec<Trial> {
    let mut trials = Vec::new();
    for folder in FOLDERS {
        for path in files(folder) {
            let text = fs::read_to_string(&path).expect("a readable case file");
            if std::env::var_os("UPDATE").is_some() {
                trials.push(update(folder, path));
                continue;
            }
            let group = title(&text, "# ").unwrap_or_default();
            for case in split(&text) {
                let name = format!("{folder}::{group}::{}", case.name);
                let path = path.clone();
                trials.push(Trial::test(name, move || check(folder, &path, &case)));
            }
        }
    }
    trials
}

fn files(folder: &str) -> Vec<PathBuf> {
    let folder = root().join("tests/cases").join(folder);
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|e| e == "md"))
        .collect();
    files.sort();
    files
}

fn update(folder: &'static str, path: PathBuf) -> Trial {
    Trial::test(format!("update {folder}/{}", stem(&path)), move || {
        let text = fs::read_to_string(&path)?;
        let mut new = preamble(&text).to_owned();
        for case in split(&text) {
            new.push_str(&actual(folder, &case));
        }
        fs::write(&path, new)?;
        Ok(())
    })
}

fn stem(path: &Path) -> String {
    path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default()
}

fn check(folder: &str, path: &Path, case: &Case) -> Outcome {
    let actual = actual(folder, case);
    let difference =
        case.text.lines().zip(actual.lines()).enumerate().find(|(_, (old, new))| old != new);
    match difference {
        Some((at, (old, new))) => Err(Failed::from(format!(
            "{}:{}\n  expected: {old}\n  actual:   {new}\n\n{actual}",
            path.display(),
            case.line + at
        ))),
        None if case.text.lines().count() != actual.lines().count() => {
            Err(Failed::from(format!("{}:{}\n\n{actual}", path.display(), case.line)))
        }
        None => Ok(()),
    }
}

// ---------------------------------------------------------------- the file

struct Case {
    name: String,
    /// Of its heading, from one.
    line: usize,
    /// From its heading to the next.
    text: String,
}

fn title<'t>(text: &'t str, mark: &str) -> Option<&'t str> {
    text.lines().find_map(|line| line.strip_prefix(mark))
}

/// What stands before the first case.
fn preamble(text: &str) -> &str {
    text.find("\n## ").map_or(text, |at| &text[..=at])
}

fn split(text: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut fenced = false;
    for (at, line) in text.lines().enumerate() {
        fenced ^= line.starts_with("```");
        if let (Some(name), false) = (line.strip_prefix("## "), fenced) {
            cases.push(Case { name: name.to_owned(), line: at + 1, text: String::new() });
        }
        if let Some(case) = cases.last_mut() {
            case.text.push_str(line);
            case.text.push('\n');
        }
    }
    cases
}

/// The text of a case with every expected block replaced by what really comes out.
fn actual(folder: &str, case: &Case) -> String {
    let place = tempfile::tempdir().expect("a folder for the case");
    let run = Run { place, stage: folder, has_project: has_block(&case.text, "toml") };
    let mut out = String::new();
    let mut lines = case.text.lines();
    while let Some(line) = lines.next() {
        writeln!(out, "{line}").expect("a string takes all");
        let Some(info) = line.strip_prefix("```") else { continue };
        let content: String = lines
            .by_ref()
            .take_while(|line| *line != "```")
            .fold(String::new(), |all, line| all + line + "\n");
        let result = match info.split_whitespace().next().unwrap_or_default() {
            "console" => run.console(&content),
            "диагностика" => run.findings(),
            _ => {
                run.write(info, &content, &case.text);
                content
            }
        };
        writeln!(out, "{result}```").expect("a string takes all");
    }
    out
}

fn has_block(text: &str, language: &str) -> bool {
    text.lines().any(|line| line.starts_with(&format!("```{language}")))
}

// ---------------------------------------------------------------- running

struct Run<'a> {
    place: TempDir,
    stage: &'a str,
    has_project: bool,
}

impl Run<'_> {
    fn write(&self, info: &str, content: &str, case: &str) {
        let mut words = info.split_whitespace();
        let language = words.next().unwrap_or_default();
        let name = words.next().unwrap_or("правила.pko");
        let path = match language == "pko" && !name.contains('/') {
            true => self.place.path().join("случай").join(name),
            false => self.place.path().join(name),
        };
        if language == "папка" {
            fs::create_dir_all(path).expect("a folder is made");
            return;
        }
        if language == "пакет" {
            self.lay(name);
            return;
        }
        let folder = path.parent().expect("a file lies in a folder");
        fs::create_dir_all(folder).expect("a folder is made");
        fs::write(&path, bytes(content, words)).expect("a file is written");
        let needs_head = language == "pko" && !case.lines().any(|l| l.starts_with("пакет "));
        if needs_head && !name.contains('/') {
            fs::write(folder.join("я.pko"), HEAD).expect("a file is written");
        }
    }

    /// Copies a pack of `tests/cases/packs`.
    fn lay(&self, pack: &str) {
        let folder = self.place.path().join("rules").join(pack);
        fs::create_dir_all(&folder).expect("a folder is made");
        for entry in fs::read_dir(root().join("tests/cases/packs").join(pack)).expect("a pack") {
            let path = entry.expect("an entry").path();
            let name = path.file_name().expect("a name");
            fs::copy(&path, folder.join(name)).expect("a file is copied");
        }
    }

    /// Each command line with what it prints.
    fn console(&self, content: &str) -> String {
        let commands = content.lines().filter(|line| line.starts_with("$ "));
        commands.map(|line| format!("{line}\n{}", self.command(&line[2..]))).collect()
    }

    fn command(&self, line: &str) -> String {
        let words = words(line);
        let (program, arguments) = words.split_first().expect("a command");
        let path = |at: usize| self.place.path().join(&arguments[at]);
        match program.as_str() {
            "pko" => shown(&pko(self.place.path(), arguments, &[])),
            "ls" => list(&path(0)),
            "cat" => without_hashes(&fs::read_to_string(path(0)).expect("a readable file")),
            "прочесть" => read(&document(&path(0)), arguments.get(1)),
            "основания" => reasons(&document(&path(0)), &arguments[1]),
            other => panic!("a case calls {other}"),
        }
    }

    fn findings(&self) -> String {
        let mut words: Vec<String> = ["--format", "json"].map(str::to_owned).to_vec();
        match self.has_project {
            true => words.extend(["diagnose".to_owned(), "проект.toml".to_owned()]),
            false => words.extend(["check".to_owned(), "случай".to_owned()]),
        }
        let called = pko(self.place.path(), &words, &[]);
        let report: Value = serde_json::from_str(&called.stdout)
            .unwrap_or_else(|_| panic!("no JSON: {}{}", called.stdout, called.stderr));
        schemas::validate("diagnostics", &report).expect("a valid report");
        let found = report.get("diagnostics").and_then(Value::as_array).cloned();
        found.unwrap_or_default().iter().filter_map(|found| self.finding(found)).collect()
    }

    /// A finding of the stage that the case is about, or of an earlier one.
    fn finding(&self, found: &Value) -> Option<String> {
        let text = |key: &str| found.get(key).and_then(Value::as_str).unwrap_or_default();
        let number: u16 = text("code").rsplit('-').next()?.parse().ok()?;
        let last = match self.stage {
            "syntax" => 9,
            "model" => 29,
            _ => u16::MAX,
        };
        if number > last {
            return None;
        }
        let place = match (found.get("line"), found.get("column")) {
            (Some(line), Some(column)) => format!(" {line}:{column}"),
            _ => String::new(),
        };
        Some(format!("{}{place} {}\n", text("code"), text("message")))
    }
}

fn document(path: &Path) -> Programme {
    let bytes = fs::read(path).expect("a readable document");
    serde_json::from_slice(&bytes).expect("a document in JSON")
}

/// A document as its reader sees it, or one section.
fn read(document: &Programme, section: Option<&String>) -> String {
    let Some(id) = section else { return golden::outline(document) };
    let section = find(&document.sections, id).expect("a section");
    let mut lines = Vec::new();
    golden::outline_section(section, 2, &mut lines);
    lines.join("\n").trim_start().to_owned() + "\n"
}

fn find<'s>(sections: &'s [Section], id: &str) -> Option<&'s Section> {
    sections.iter().find_map(|section| match section.id == id {
        true => Some(section),
        false => find(&section.sections, id),
    })
}

/// What stands behind an activity of a document, a reason a line.
fn reasons(document: &Programme, id: &str) -> String {
    let mut all = document.directions.iter().flat_map(|direction| &direction.activities);
    let activity = all.find(|activity| activity.id == id).expect("an activity");
    let line = |because: &Because| format!("{}: {}\n", because.kind, because.text);
    activity.because.iter().map(line).collect()
}

fn list(folder: &Path) -> String {
    let entries = fs::read_dir(folder).into_iter().flatten();
    let mut names: Vec<String> = entries
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names.iter().map(|name| format!("{name}\n")).collect()
}

/// The content of a file as an office would save it.
fn bytes<'w>(content: &str, words: impl Iterator<Item = &'w str>) -> Vec<u8> {
    let mut text = content.to_owned();
    let (mut mark, mut encoding) = ("", encoding_rs::UTF_8);
    for word in words {
        match word.split_once('=') {
            Some(("repeat", times)) => {
                text = text.trim_end().repeat(times.parse().expect("a number"));
            }
            _ if word == "crlf" => text = text.replace('\n', "\r\n"),
            _ if word == "bom" => mark = "\u{feff}",
            _ if word == "windows-1251" => encoding = encoding_rs::WINDOWS_1251,
            _ => panic!("no such word of a block: {word}"),
        }
    }
    encoding.encode(&format!("{mark}{text}")).0.into_owned()
}
