//! The numbers of sections and annexes: those that the pack writes, or their places among those that
//! are shown.

use std::collections::BTreeMap;

use super::conditions::is_shown;
use super::view::View;
use crate::base::Id;
use crate::model::{Section, SectionBlock};

/// The number of each section that is shown.
pub(super) fn numbers(view: &View<'_>) -> BTreeMap<Id, String> {
    let mut found = BTreeMap::new();
    let (mut sections, mut annexes) = (0, 0);
    for section in &view.kind.sections {
        let counter = if section.annex { &mut annexes } else { &mut sections };
        number(view, section, ("", counter), &mut found);
    }
    found
}

/// `counter` counts those shown before it beside it; `above` is the number of what holds it.
fn number(
    view: &View<'_>,
    section: &Section,
    (above, counter): (&str, &mut usize),
    found: &mut BTreeMap<Id, String>,
) {
    if !is_shown(view, section.condition.as_ref()) {
        return;
    }
    *counter += 1;
    let own = match (view.kind.numbers_sections, above) {
        (false, _) => section.meta.number.clone().unwrap_or_default(),
        (true, "") => counter.to_string(),
        (true, above) => format!("{above}.{counter}"),
    };
    let mut within = 0;
    for block in &section.blocks {
        if let SectionBlock::Section(inner) = block {
            number(view, inner, (&own, &mut within), found);
        }
    }
    found.insert(section.id.clone(), own);
}
