//! Commands and projects that the documentation shows are understood by the program.

use std::fs;

use libtest_mimic::Failed;

use crate::console::{pko, words};
use crate::{Outcome, root};

pub fn commands_parse() -> Outcome {
    let mut faults = Vec::new();
    for name in ["README.md", "CONTRIBUTING.md", "docs/язык.md"] {
        let text = fs::read_to_string(root().join(name)).unwrap_or_default();
        for (at, line) in text.lines().enumerate() {
            let command = line.trim().trim_start_matches("$ ");
            if !command.starts_with("pko ") || command.contains('…') {
                continue;
            }
            let command = command.split(" #").next().unwrap_or_default().trim();
            if let Err(fault) = pko::cli::parses(&words(command)) {
                faults.push(format!("{name}:{}: {command}: {fault}", at + 1));
            }
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(Failed::from(faults.join("\n"))) }
}

const IDENTIFICATION: &str = r#"{ "schema": "pko/identification/1", "methodology": "м", "window": ["2025"],
  "schools": [{ "school_id": "школа-1", "results": "ШНРО" }] }"#;

/// A whole project begins with its pack; a part of one stands below a new project.
pub fn projects_of_the_guide_are_accepted() -> Outcome {
    let guide = fs::read_to_string(root().join("docs/руководство.md"))?;
    let place = tempfile::tempdir()?;
    let call = |line: &str| pko(place.path(), &words(line), &[]);
    let made = call("new школа --pack krasnoyarsk -o школа.toml");
    assert_eq!(made.code, 0, "{}", made.both());
    let school = fs::read_to_string(place.path().join("школа.toml"))?;
    // What the first step of the recipe of identification leaves.
    fs::create_dir(place.path().join("идентификация"))?;
    fs::write(place.path().join("идентификация/identification.json"), IDENTIFICATION)?;
    let blocks: Vec<&str> = guide.split("```toml\n").skip(1).collect();
    assert!(blocks.len() > 3, "the guide lost its examples");
    let mut faults = Vec::new();
    for block in blocks {
        let example = block.split("```").next().unwrap_or_default();
        let is_whole = example.starts_with("pack = ");
        let project = if is_whole { example.to_owned() } else { format!("{school}\n{example}") };
        fs::write(place.path().join("пример.toml"), project)?;
        let built = call("build пример.toml -o out --formats json --force");
        if built.code != 0 {
            faults.push(format!("{example}{}", built.both()));
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(Failed::from(faults.join("\n"))) }
}
