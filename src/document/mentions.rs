//! Everything that a document says, to look for names in it.

use super::types::{Programme, Section};

/// The texts of a document, its stamps included, in small letters.
pub(super) fn texts(programme: &Programme) -> Vec<String> {
    let mut said: Vec<String> = programme.approval.iter().map(|stamp| stamp.by.clone()).collect();
    programme
        .sections
        .iter()
        .for_each(|section| gather(section, &mut |text| said.push(text.to_owned())));
    said.iter().map(|text| text.to_lowercase()).collect()
}

/// Hands every text of a section to `see`.
pub(super) fn gather(section: &Section, see: &mut impl FnMut(&str)) {
    see(&section.title);
    for block in &section.blocks {
        see(&block.text);
        block.items.iter().for_each(|item| see(item));
        block.columns.iter().for_each(|column| see(&column.title));
        block.rows.iter().flatten().for_each(|cell| see(&cell.text));
    }
    section.sections.iter().for_each(|inner| gather(inner, see));
}
