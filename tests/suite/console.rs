//! Runs the real program in a folder of its own.

use std::path::Path;
use std::process::{Command, Output};

use libtest_mimic::Failed;
use tempfile::TempDir;

use crate::root;

/// What a call left behind.
pub struct Called {
    pub stdout: String,
    pub stderr: String,
    pub code: i32,
}

impl Called {
    /// Both streams, for a failure.
    pub fn both(&self) -> String {
        format!("{}{}", self.stdout, self.stderr)
    }
}

/// Calls pko; the day is fixed, the surroundings are not the tester's.
pub fn pko(folder: &Path, words: &[String], environment: &[(&str, &str)]) -> Called {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pko"));
    command.args(words).current_dir(folder).env("SOURCE_DATE_EPOCH", "1788220800");
    command.env_remove("COLUMNS").env_remove("RUST_BACKTRACE");
    for (name, value) in environment {
        command.env(name, value);
    }
    called(command.output().expect("the program starts"))
}

fn called(output: Output) -> Called {
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("pko writes UTF-8");
    Called {
        stdout: text(output.stdout),
        stderr: text(output.stderr),
        code: output.status.code().unwrap_or(-1),
    }
}

/// As a case shows it: standard output, then standard error with «! » before each line, then the
/// exit code if it is not zero.
pub fn shown(called: &Called) -> String {
    let mut text = called.stdout.clone();
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    for line in called.stderr.lines() {
        text.push_str(format!("! {line}").trim_end());
        text.push('\n');
    }
    if called.code != 0 {
        text.push_str(&format!("[код {}]\n", called.code));
    }
    without_hashes(&text)
}

/// A hash says nothing to a reader and changes with every comma.
pub fn without_hashes(text: &str) -> String {
    let is_hex = |c: char| c.is_ascii_hexdigit() && !c.is_ascii_uppercase();
    let mut out = String::new();
    let mut run = String::new();
    for c in text.chars().chain(['\0']) {
        if is_hex(c) {
            run.push(c);
            continue;
        }
        out.push_str(if run.len() == 64 { "<sha256>" } else { &run });
        run.clear();
        if c != '\0' {
            out.push(c);
        }
    }
    out
}

/// The words of a command line, quotes understood.
pub fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    for c in line.chars() {
        match (quote, c) {
            (Some(open), _) if c == open => quote = None,
            (None, '\'' | '"') => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (None, ' ') => words.extend(word.take()),
            _ => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}

/// A folder with the JSON of a bundled project's documents and their manifest.
pub fn built_as_json(project: &str) -> Result<TempDir, Failed> {
    let out = tempfile::tempdir()?;
    let folder = out.path().to_string_lossy().into_owned();
    let words = ["build", project, "-o", &folder, "--formats", "json"].map(str::to_owned);
    let called = pko(&root(), &words, &[]);
    match called.code {
        0 => Ok(out),
        _ => Err(Failed::from(called.both())),
    }
}
