//! What a plan numbers it names once: «мероприятие 1.2» and «результат 1» must each
//! mean one line of it.

use std::collections::{BTreeMap, BTreeSet};

use super::{CheckSpec, Pass};
use crate::base::{Id, Span};
use crate::diag::Code;
use crate::model::{Meta, Roadmap, RoadmapActivity};

pub(super) const SPEC: CheckSpec =
    CheckSpec {
        code: Code(50), summary: "В дорожной карте повторён номер", run
    };

fn run(pass: &mut Pass<'_>) {
    // What an adapted plan took over was told of where it was taken from.
    let mut seen = BTreeSet::new();
    for (id, plan) in pass.model.roadmaps.iter().filter(|(_, plan)| !plan.is_broken()) {
        for repeat in repeats(plan) {
            if seen.insert((repeat.first, repeat.again)) {
                report(pass, (id, plan), &repeat);
            }
        }
    }
}

/// The same number or word at two places.
struct Repeat {
    what: String,
    first: Span,
    again: Span,
    /// Whether both lines may have come from the base of an adapted plan.
    taken: bool,
    hint: &'static str,
}

fn report(pass: &mut Pass<'_>, (id, plan): (&Id, &Roadmap), repeat: &Repeat) {
    let message = format!("в карте «{id}» дважды: {}", repeat.what);
    let finding = if repeat.taken && plan.adaptation.is_some() {
        pass.error(plan.meta.span, message).with_label(repeat.again, "здесь")
    } else {
        pass.error(repeat.again, message)
    };
    pass.report(finding.with_label(repeat.first, "первый раз здесь").with_hint(repeat.hint));
}

fn repeats(plan: &Roadmap) -> Vec<Repeat> {
    let directions = plan.directions.iter().map(|direction| &direction.meta);
    let mut found = numbers("направление", directions);
    found.extend(numbers("мероприятие", plan.activities().map(|activity| &activity.meta)));
    found.extend(plan.activities().filter(|activity| !is_merged(plan, activity)).flat_map(results));
    found
}

fn numbers<'a>(word: &str, metas: impl Iterator<Item = &'a Meta>) -> Vec<Repeat> {
    let numbered = metas.filter_map(|meta| Some((meta.number.as_deref()?, meta.span)));
    let repeat = |(number, first, again)| Repeat {
        what: format!("{word} № {number}"),
        first,
        again,
        taken: true,
        hint: "поправьте один из номеров; если так напечатано в источнике, исправьте и добавьте «исправлено № «…» потому что «…»»",
    };
    twice(numbered).into_iter().map(repeat).collect()
}

fn results(activity: &RoadmapActivity) -> Vec<Repeat> {
    let mut found = Vec::new();
    for year in &activity.years {
        let numbered = year.results.iter().filter_map(|r| Some((r.number.as_deref()?, r.span)));
        let repeats = twice(numbered).into_iter().map(|(number, first, again)| Repeat {
            what: format!("результат № {number} мероприятия «{}», {} год", activity.id, year.year),
            first,
            again,
            taken: false,
            hint: "дайте результатам года разные номера или уберите лишний",
        });
        found.extend(repeats);
    }
    found
}

/// What was made one of several has the results of all of them, each under its old number.
fn is_merged(plan: &Roadmap, activity: &RoadmapActivity) -> bool {
    let mut steps = plan.adaptation.iter().flat_map(|adaptation| &adaptation.steps);
    steps.any(|step| step.verb.merged() == Some(&activity.id))
}

/// Every key that was there before, with its first place and this one.
fn twice<'a>(all: impl Iterator<Item = (&'a str, Span)>) -> Vec<(&'a str, Span, Span)> {
    let mut first: BTreeMap<&str, Span> = BTreeMap::new();
    let mut found = Vec::new();
    for (key, span) in all {
        match first.get(key) {
            Some(earlier) => found.push((key, *earlier, span)),
            None => {
                first.insert(key, span);
            }
        }
    }
    found
}
