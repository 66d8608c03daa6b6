//! Rules about the sources themselves.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use libtest_mimic::Failed;

use crate::{Outcome, root};

/// A module may use only what stands before it.
const LAYERS: [&str; 26] = [
    "base", "diag", "graph", "calendar", "russian", "text", "syntax", "data", "script", "model",
    "check", "eval", "cohort", "plan", "whynot", "document", "edits", "ruletest", "review",
    "render", "world", "pipeline", "explain", "ide", "cli", "main",
];
/// Edges that the table does not allow and that are known and wanted.
const ALLOWED: [(&str, &str); 0] = [];
const MAX_LINES: usize = 800;

fn sources(folder: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![root().join(folder)];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten() {
            let path = entry.expect("an entry").path();
            match path.is_dir() {
                true => open.push(path),
                false if path.extension().is_some_and(|e| e == "rs") => found.push(path),
                false => {}
            }
        }
    }
    found.sort();
    found
}

fn short(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}

/// The top-level module that a file of `src` belongs to.
fn layer(path: &Path) -> String {
    let within = path.strip_prefix(root().join("src")).unwrap_or(path);
    let first = within.iter().next().map(|part| part.to_string_lossy().into_owned());
    first.unwrap_or_default().trim_end_matches(".rs").to_owned()
}

fn verdict(faults: Vec<String>) -> Outcome {
    if faults.is_empty() { Ok(()) } else { Err(Failed::from(faults.join("\n"))) }
}

pub fn imports_point_downwards() -> Outcome {
    let rank: BTreeMap<&str, usize> =
        LAYERS.iter().enumerate().map(|(at, name)| (*name, at)).collect();
    let mut faults = Vec::new();
    for path in sources("src") {
        let own = layer(&path);
        if own == "lib" {
            continue;
        }
        let Some(own_rank) = rank.get(own.as_str()) else {
            faults.push(format!("{}: the layer table does not know «{own}»", short(&path)));
            continue;
        };
        for used in used_modules(&fs::read_to_string(&path)?) {
            let is_upward = rank.get(used.as_str()).is_some_and(|used| used > own_rank);
            if is_upward && !ALLOWED.contains(&(own.as_str(), used.as_str())) {
                faults.push(format!("{}: {own} uses {used}, which stands above it", short(&path)));
            }
        }
    }
    if !faults.is_empty() {
        faults.push(format!("from the bottom up: {}", LAYERS.join(", ")));
    }
    verdict(faults)
}

/// Every `x` of `crate::x`, and of `use crate::{x, y::z}`; comments do not count.
fn used_modules(text: &str) -> BTreeSet<String> {
    let code: String = text
        .lines()
        .map(|line| line.split("//").next().unwrap_or_default())
        .collect::<Vec<_>>()
        .join("\n");
    let name = |text: &str| -> String {
        text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
    };
    let mut used = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        match rest.strip_prefix('{') {
            Some(group) => used.extend(first_names(group).iter().map(|part| name(part))),
            None => {
                used.insert(name(rest));
            }
        }
    }
    used.remove("");
    used
}

/// The parts of a braced import at its outermost level.
fn first_names(group: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut depth = 0;
    for c in group.chars() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => parts.push(String::new()),
            c if depth == 0 && !c.is_whitespace() => {
                parts.last_mut().expect("never empty").push(c);
            }
            _ => {}
        }
    }
    parts
}

pub fn files_are_small() -> Outcome {
    let mut faults = Vec::new();
    for path in sources("src").into_iter().chain(sources("tests")) {
        let lines = fs::read_to_string(&path)?.lines().count();
        if lines > MAX_LINES {
            faults.push(format!("{}: {lines} lines, at most {MAX_LINES}", short(&path)));
        }
    }
    let main = fs::read_to_string(root().join("src/main.rs"))?.lines().count();
    if main > 40 {
        faults.push(format!("src/main.rs: {main} lines, at most 40"));
    }
    verdict(faults)
}

pub fn no_leftovers() -> Outcome {
    // Written apart, so that this file does not find itself.
    let forbidden = [
        ["todo", "!("].concat(),
        ["dbg", "!("].concat(),
        ["unimplemented", "!("].concat(),
        ["#[", "ignore"].concat(),
        ["should", "_panic"].concat(),
    ];
    let star = ["use super", "::*"].concat();
    let mut faults = Vec::new();
    for path in sources("src").into_iter().chain(sources("tests")) {
        let mut in_tests = path.file_stem().is_some_and(|stem| stem == "tests");
        for (at, line) in fs::read_to_string(&path)?.lines().enumerate() {
            in_tests |= line.contains("#[cfg(test)]");
            for word in &forbidden {
                if line.contains(word.as_str()) {
                    faults.push(format!("{}:{}: {word}", short(&path), at + 1));
                }
            }
            if line.contains(&star) && !in_tests && !is_test_module(&path) {
                faults.push(format!("{}:{}: {star} outside tests", short(&path), at + 1));
            }
        }
    }
    verdict(faults)
}

/// A file of a folder `tests`, or one that its parent declares for tests alone.
fn is_test_module(path: &Path) -> bool {
    let stem = path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
    let parent = path.parent().unwrap_or(path);
    let declared = [parent.join("mod.rs"), parent.with_extension("rs")];
    declared.iter().any(|file| {
        let text = fs::read_to_string(file).unwrap_or_default();
        text.contains(&format!("#[cfg(test)]\nmod {stem};"))
    })
}

/// Every code has one meaning, and a page.
pub fn codes_are_unique() -> Outcome {
    let mut faults = Vec::new();
    let mut seen = BTreeSet::new();
    for (code, summary) in pko::pipeline::all_codes() {
        if !seen.insert(code) {
            faults.push(format!("{code} has two meanings, one is «{summary}»"));
        }
        let page = root().join(format!("docs/ошибки/{code}.md"));
        let text = fs::read_to_string(&page).unwrap_or_default();
        if summary.is_empty() || !text.starts_with(&format!("# {code}. ")) {
            faults.push(format!("{code} has no page docs/ошибки/{code}.md"));
        }
    }
    for entry in fs::read_dir(root().join("docs/ошибки")).into_iter().flatten() {
        let path = entry.expect("an entry").path();
        let stem = path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
        let known = seen.iter().any(|code| code.to_string() == stem);
        if stem.starts_with("ПКО-") && !known {
            faults.push(format!("{}: no such code", short(&path)));
        }
    }
    verdict(faults)
}
