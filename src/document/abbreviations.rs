//! The abbreviations of the packs that a text uses.

use std::collections::BTreeSet;

use super::mentions;
use super::types::{Abbreviation, Section};
use crate::model::Model;

/// In the order of the alphabet, each once.
pub(super) fn used(model: &Model, sections: &[Section]) -> Vec<Abbreviation> {
    let mut words = BTreeSet::new();
    let mut see = |text: &str| {
        let pieces = text.split(|c: char| !c.is_alphanumeric() && c != '-');
        words.extend(pieces.filter(|word| !word.is_empty()).map(str::to_owned));
    };
    sections.iter().for_each(|section| mentions::gather(section, &mut see));
    let bodies = model.bodies.values().map(|b| (b.short.as_deref(), b.meta.title.as_str()));
    let roles = model.roles.values().map(|r| (r.short.as_deref(), r.meta.title.as_str()));
    let labels = model.categories.values().map(|c| (c.short.as_deref(), c.meta.title.as_str()));
    let kinds = model.institution_kinds.values();
    let kinds = kinds.map(|k| (k.short.as_deref(), k.meta.title.as_str()));
    let declared = bodies.chain(roles).chain(labels).chain(kinds);
    let mut used: Vec<Abbreviation> = declared
        .filter_map(|(short, full)| Some((short?, full)))
        .filter(|(short, _)| short.split_whitespace().all(|word| words.contains(word)))
        .map(|(short, full)| Abbreviation { short: short.to_owned(), full: full.to_owned() })
        .collect();
    used.sort_by(|a, b| a.short.cmp(&b.short));
    used.dedup();
    used
}
