//! What documents tell of an identification: the names of texts, the lists, the reasons.

use super::because;
use super::things::Thing;
use super::types::{Because, SourceRef};
use super::view::View;
use crate::data::identification::{IdentifiedSchool, IdentifiedYear};
use crate::eval::{Identified, ProofKind};
use crate::text::TextValue;

/// The lists that an identification gives to documents, «ё» written as «е».
const LISTS: [&str; 3] = ["школа_по_годам", "заключения_о_школах", "отнесенные_школы"];

pub(super) fn is_list(name: &str) -> bool {
    LISTS.contains(&name)
}

/// A list by its name; empty where the project names no identification.
pub(super) fn list<'a>(view: &View<'a>, name: &str) -> Option<Vec<Thing<'a>>> {
    if !is_list(name) {
        return None;
    }
    let Some(identified) = view.facts.identified.as_deref() else { return Some(Vec::new()) };
    let own = identified.own_school(view.facts);
    let schools = || identified.found.schools.iter().filter(|_| own.is_none());
    Some(match name {
        "школа_по_годам" => {
            let years = own.map_or(&[] as &[_], |school| school.years.as_slice());
            years.iter().map(Thing::SchoolYear).collect()
        }
        "отнесенные_школы" => {
            let labelled = schools().filter(|school| identified.is_labelled(school));
            labelled.map(Thing::Identified).collect()
        }
        _ => schools().map(Thing::Identified).collect(),
    })
}

/// `идентификация.методика` and the like.
pub(super) fn value(view: &View<'_>, part: &str) -> Option<TextValue> {
    let known = ["методика", "источник", "годы", "период", "последний_год"];
    let of_school = ["результаты", "условия", "исключена", "пометки"];
    let identified = view.facts.identified.as_deref();
    let Some(identified) = identified else {
        let is_known = known.contains(&part) || of_school.contains(&part);
        return is_known.then_some(TextValue::Missing);
    };
    let found = &identified.found;
    if of_school.contains(&part) {
        let school = identified.own_school(view.facts);
        return Some(said(school.and_then(|school| of_own(school, part))));
    }
    Some(said(Some(match part {
        "методика" => found.methodology.in_words().to_owned(),
        "источник" => found.methodology.source.clone(),
        "годы" => found.years_in_words(),
        "период" => found.period_in_words(),
        "последний_год" => found.last_year().to_string(),
        _ => return None,
    })))
}

fn of_own(school: &IdentifiedSchool, part: &str) -> Option<String> {
    match part {
        "результаты" => school.results.clone(),
        "условия" => school.social.clone(),
        "исключена" => school.excluded.clone(),
        _ => Some(school.flags.join("; ")),
    }
}

fn said(words: Option<String>) -> TextValue {
    words.filter(|words| !words.is_empty()).map_or(TextValue::Missing, TextValue::AsIs)
}

// ------------------------------------------------------------ reasons

pub(super) fn of_year(view: &View<'_>, year: &IdentifiedYear) -> Vec<Because> {
    let identified = view.facts.identified.as_deref();
    identified.map(|it| because::of_proofs(&it.proofs_of_year(year))).unwrap_or_default()
}

pub(super) fn of_school(view: &View<'_>, school: &IdentifiedSchool) -> Vec<Because> {
    let Some(identified) = view.facts.identified.as_deref() else { return Vec::new() };
    let mut all = because::of_proofs(&identified.proofs(school));
    all.extend(school.excluded.as_ref().map(|reason| Because {
        kind: ProofKind::Value.russian().to_owned(),
        reference: school.id.to_string(),
        text: format!("В идентификации не участвует: {reason}"),
        ..because_of_file(identified)
    }));
    all
}

/// What stands behind a text that speaks of the identification: all of the school's own figures; of
/// many schools the rows of a table tell, the text has the file alone.
pub(super) fn of_text(view: &View<'_>) -> Vec<Because> {
    let Some(identified) = view.facts.identified.as_deref() else { return Vec::new() };
    match identified.own_school(view.facts) {
        Some(school) => of_school(view, school),
        None => vec![because_of_file(identified)],
    }
}

fn because_of_file(identified: &Identified) -> Because {
    let (source, place) = identified.source();
    Because {
        kind: ProofKind::Source.russian().to_owned(),
        reference: identified.found.methodology.id.clone(),
        text: format!("Идентификация за {}: {place}", identified.found.period_in_words()),
        at: Some(identified.found.last_year().to_string()),
        source: Some(SourceRef { source, place }),
        ..Because::default()
    }
}
