//! Columns of what an identification says: of a school in a year, of a school among others.

use crate::data::identification::{Aspect, IdentifiedSchool, IdentifiedYear, Standing};
use crate::document::times::NONE;
use crate::text::MISSING;

pub(super) fn of_year(year: &IdentifiedYear, field: &str) -> Option<String> {
    match field {
        "год" => Some(year.years.clone()),
        "группа" => Some(or_none(Some(&year.group))),
        "полоса_результатов" => Some(band(&year.results)),
        "полоса_условий" => Some(band(&year.social)),
        _ => standing(field, |aspect| Some(year.standing(aspect))),
    }
}

pub(super) fn of_school(school: &IdentifiedSchool, field: &str) -> Option<String> {
    Some(match field {
        "код" => school.school_id.clone(),
        "муниципалитет" => or_none(Some(&school.municipality)),
        "группа" => or_none(school.group()),
        "результаты" => verdict(school, Aspect::Results),
        "условия" => verdict(school, Aspect::Social),
        "пометки" => or_none(Some(&school.flags.join("; "))),
        _ => return standing(field, |aspect| school.standing(aspect)),
    })
}

/// What is said of a standing.
fn standing<'s>(field: &str, of: impl Fn(Aspect) -> Option<&'s Standing>) -> Option<String> {
    let (aspect, is_index) = match field {
        "индекс_результатов" => (Aspect::Results, true),
        "индекс_условий" => (Aspect::Social, true),
        "место_по_результатам" => (Aspect::Results, false),
        "место_по_условиям" => (Aspect::Social, false),
        _ => return None,
    };
    let words = of(aspect).and_then(|standing| match is_index {
        true => standing.index_in_words(),
        false => standing.place_in_words(),
    });
    Some(words.unwrap_or_else(|| if is_index { MISSING } else { NONE }.to_owned()))
}

/// The band; why there is none, where that is said.
fn band(standing: &Standing) -> String {
    or_none(standing.band.as_ref().or(standing.reason.as_ref()))
}

fn verdict(school: &IdentifiedSchool, aspect: Aspect) -> String {
    match (&school.excluded, school.verdict(aspect)) {
        (Some(reason), _) if reason.is_empty() => "не участвует".to_owned(),
        (Some(reason), _) => format!("не участвует: {reason}"),
        (None, verdict) => verdict.unwrap_or(NONE).to_owned(),
    }
}

fn or_none(words: Option<&String>) -> String {
    words.filter(|words| !words.is_empty()).cloned().unwrap_or_else(|| NONE.to_owned())
}
