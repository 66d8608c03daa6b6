//! Commands that the documentation shows are understood by the program.

use std::fs;

use libtest_mimic::Failed;

use crate::console::words;
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
