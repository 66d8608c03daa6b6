//! What a repetition is at, with the words that it brings along.

use super::because;
use super::merged::Together;
use super::scope::Item;
use super::things::Thing;
use super::view::View;
use super::writer::Writer;
use crate::eval::{SMALL_GROUP, Truth};
use crate::model::Template;

/// A deficit brings its own words along.
pub(super) fn item<'a>(writer: &mut Writer<'_, 'a>, row: Together<'a>, number: usize) -> Item<'a> {
    let thing = row.first();
    let deficit = match thing {
        Thing::Deficit(id) => writer.view.model.deficits.get(id),
        _ => None,
    };
    let said_by_team = team_word(writer.view, thing);
    // The words of the pack speak of what the data prove.
    let is_proven = said_by_team.is_none() || proves(writer.view, thing);
    let texts = deficit.filter(|_| is_proven);
    let texts = texts.map_or(&[] as &[Template], |deficit| &deficit.texts);
    let bare = Item { row, number, text: Vec::new() };
    let mut text: Vec<String> =
        texts.iter().flat_map(|text| writer.plain(text, Some(&bare))).collect();
    text.extend(small_group(writer.view, thing));
    text.extend(said_by_team.map(|word| format!("{}.", word.trim_end_matches('.'))));
    Item { text, ..bare }
}

/// A deficit that the team took up itself says so.
fn team_word(view: &View<'_>, thing: Thing<'_>) -> Option<String> {
    let Thing::Deficit(id) = thing else { return None };
    because::team_word(view.finding(id)?)
}

fn proves(view: &View<'_>, thing: Thing<'_>) -> bool {
    view.finding(thing.id()).is_some_and(|finding| finding.state == Truth::Yes)
}

/// A deficit that few people stand behind says so.
fn small_group(view: &View<'_>, thing: Thing<'_>) -> Option<String> {
    let Thing::Deficit(id) = thing else { return None };
    let finding = view.finding(id)?;
    let is_said = finding.state == Truth::Yes && finding.is_small_group();
    is_said.then(|| format!("Группа меньше {SMALL_GROUP} человек, поэтому вывод предварительный."))
}
