//! The lists of what is wrong inside the sources: well formed, so that a review can be held against
//! them.

use std::collections::BTreeSet;
use std::fs;

use libtest_mimic::Failed;

use crate::{Outcome, root};

const SOURCES: [&str; 5] = ["000", "001", "002", "003", "004"];
const SEVERITIES: [&str; 3] = ["высокая", "средняя", "низкая"];
const LONGEST_QUOTE: usize = 12;

pub fn lists_are_well_formed() -> Outcome {
    let rules = fs::read_to_string(root().join("golden/перепись.md"))?;
    let kinds = rules.rsplit("`kind` — одно из:").next().unwrap_or_default();
    let kinds: String = kinds.split_whitespace().collect::<Vec<_>>().join(" ");
    let kinds: BTreeSet<&str> = kinds
        .split(" Список составляют")
        .next()
        .map_or(BTreeSet::new(), |all| all.split('·').map(str::trim).collect());
    assert!(kinds.len() >= 30, "{} kinds", kinds.len());
    for source in SOURCES {
        let path = root().join("golden").join(source).join("defects.toml");
        let list: toml::Table = fs::read_to_string(&path)?.parse()?;
        let defects = list["defect"].as_array().cloned().unwrap_or_default();
        assert!(defects.len() >= 36, "{source}: {} defects", defects.len());
        let mut ids = BTreeSet::new();
        for defect in &defects {
            let text =
                |key: &str| defect.get(key).and_then(toml::Value::as_str).unwrap_or_default();
            let id = text("id").to_owned();
            let fault = |what: &str| Err(Failed::from(format!("{id}: {what}")));
            if !ids.insert(text("id").to_owned()) || text("place").is_empty() {
                return fault("no id of its own, or no place");
            }
            if !kinds.contains(text("kind")) {
                return fault(text("kind"));
            }
            if !SEVERITIES.contains(&text("severity")) {
                return fault(text("severity"));
            }
            let words = text("quote").split_whitespace().count();
            if words == 0 || words > LONGEST_QUOTE {
                return fault("the quote is empty or too long");
            }
        }
    }
    Ok(())
}
