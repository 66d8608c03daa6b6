//! No activity waits for itself.

use std::collections::BTreeSet;

use super::{CheckSpec, Pass};
use crate::base::Span;
use crate::diag::Code;
use crate::graph::{Cycle, Graph};
use crate::model::{Model, Roadmap};

pub(super) const SPEC: CheckSpec =
    CheckSpec {
        code: Code(32), summary: "Мероприятия ждут друг друга по кругу", run
    };

fn run(pass: &mut Pass<'_>) {
    let model = pass.model;
    // What an adapted plan took over was told of where it was taken from.
    let mut seen = BTreeSet::new();
    let plans = model.roadmaps.values().map(waits_within);
    for graph in std::iter::once(waits(model)).chain(plans) {
        for cycle in graph.cycles() {
            let places: BTreeSet<Span> = cycle.links.iter().map(|(_, span)| **span).collect();
            if seen.insert(places) {
                circle(pass, &cycle);
            }
        }
    }
}

fn circle(pass: &mut Pass<'_>, cycle: &Cycle<'_, Span>) {
    let Some((_, place)) = cycle.links.first() else { return };
    let message = format!("мероприятия ждут друг друга по кругу: {}", cycle.path());
    let mut finding = pass
        .error(**place, message)
        .with_hint("уберите одно из «после» или «до»: что должно быть первым?");
    let next = cycle.links.iter().cycle().skip(1);
    for ((from, span), (to, _)) in cycle.links.iter().zip(next) {
        finding = finding.with_label(**span, format!("«{from}» ждёт «{to}»"));
    }
    pass.report(finding);
}

/// Who waits for whom, with the place that says so.
pub(super) fn waits(model: &Model) -> Graph<Span> {
    let mut graph = Graph::default();
    for (id, activity) in &model.activities {
        for earlier in &activity.after {
            graph.need(id, &earlier.id, earlier.span);
        }
        for later in &activity.before {
            graph.need(&later.id, id, later.span);
        }
    }
    graph
}

/// The same among the activities of one plan.
fn waits_within(plan: &Roadmap) -> Graph<Span> {
    let mut graph = Graph::default();
    for activity in plan.activities() {
        for earlier in &activity.after {
            graph.need(&activity.id, &earlier.id, earlier.span);
        }
    }
    graph
}

#[cfg(test)]
mod tests {
    use crate::check::testing::check_code;

    #[test]
    fn after_and_before_are_one_relation() {
        check_code(
            32,
            "мероприятие школы а «А»\n  после в\n\
             мероприятие школы б «Б»\n  после а\n\
             мероприятие школы в «В»\n  после б\n\
             мероприятие школы г «Г»\n  после д\n  до д\n\
             мероприятие школы д «Д»\n",
            "ПКО-032 2:9 мероприятия ждут друг друга по кругу: а → в → б → а\n\
             ПКО-032 8:9 мероприятия ждут друг друга по кругу: г → д → г\n",
        );
    }
}
