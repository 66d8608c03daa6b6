//! One figure, two rows: which of them holds is not for us to choose.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::base::{Level, normalise};
use crate::data::{Observation, codes};
use crate::diag::{Diagnostic, Place, SourceMap};

use super::quote::quote;

/// Reports every observation whose key an earlier one of the same file bears.
pub(super) fn report_in_file(
    observations: &[Observation],
    sources: &SourceMap,
    out: &mut Vec<Diagnostic>,
) {
    report(observations, sources, out, |_, _| true);
}

/// Reports every observation whose key one of another file bears; for the figures of all data
/// files together, in the order they were read.
pub fn report_between_files(
    observations: &[Observation],
    sources: &SourceMap,
    out: &mut Vec<Diagnostic>,
) {
    report(observations, sources, out, |a, b| !are_of_one_file(a, b));
}

fn report(
    observations: &[Observation],
    sources: &SourceMap,
    out: &mut Vec<Diagnostic>,
    concerns: impl Fn(&Place, &Place) -> bool,
) {
    let mut seen: HashMap<Key, &Observation> = HashMap::with_capacity(observations.len());
    for observation in observations {
        let first = *seen.entry(Key::of(observation)).or_insert(observation);
        if !std::ptr::eq(first, observation) && concerns(&first.place, &observation.place) {
            out.push(repeated(first, observation, sources));
        }
    }
}

#[derive(PartialEq, Eq, Hash)]
struct Key<'o> {
    indicator: Cow<'o, str>,
    level: Level,
    object: &'o str,
    year: i32,
    class: &'o str,
    subject: &'o str,
    season: &'o str,
}

impl<'o> Key<'o> {
    fn of(observation: &'o Observation) -> Self {
        let name = observation.indicator.as_str();
        let indicator = match name.contains(['ё', 'Ё']) {
            true => Cow::Owned(normalise(name)),
            false => Cow::Borrowed(name),
        };
        Self {
            indicator,
            level: observation.level,
            object: &observation.object_id,
            year: observation.year,
            class: &observation.class,
            subject: &observation.subject,
            season: &observation.season,
        }
    }
}

fn are_of_one_file(a: &Place, b: &Place) -> bool {
    match (a, b) {
        (Place::Text(a), Place::Text(b)) => a.file == b.file,
        // The name of a sheet follows the name of its file.
        (Place::Cell { file: a, .. }, Place::Cell { file: b, .. }) => {
            a.split(", лист ").next() == b.split(", лист ").next()
        }
        _ => false,
    }
}

fn repeated(first: &Observation, second: &Observation, sources: &SourceMap) -> Diagnostic {
    let whose = match second.object_id.as_str() {
        "" => second.level.nominative().to_owned(),
        id => format!("{} {}", second.level.nominative(), quote(id)),
    };
    let how = if first.reading == second.reading { "" } else { ", значения разные" };
    let message = format!(
        "показатель {} дан дважды: {whose}, {} год{how}; впервые — {}",
        quote(&second.indicator),
        second.year,
        where_stands(&first.place, sources)
    );
    let found = Diagnostic::error(codes::REPEATED_VALUE, second.place.clone(), message)
        .with_hint("оставьте одну строку; строки по классам, предметам и сезонам различают столбцы «class», «subject», «season»");
    match first.place {
        Place::Text(span) => found.with_label(span, "впервые здесь"),
        _ => found,
    }
}

fn where_stands(place: &Place, sources: &SourceMap) -> String {
    match place {
        Place::Text(span) => match sources.get(span.file) {
            Some(text) => format!("{}, строка {}", text.name, text.line_column(span.start).0),
            None => "в другом месте".to_owned(),
        },
        Place::Cell { file, row, column } => format!("{file}, строка {row}, столбец {column}"),
        Place::File(file) => file.clone(),
        Place::Nowhere => "в другом месте".to_owned(),
    }
}
