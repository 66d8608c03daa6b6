//! No indicator is computed from, depends on, is part of, or feeds itself.

use super::{CheckSpec, Pass};
use crate::base::{Id, Span};
use crate::diag::Code;
use crate::graph::{Cycle, Graph};
use crate::model::{Expr, Indicator, Model};

pub(super) const SPEC: CheckSpec =
    CheckSpec {
        code: Code(31), summary: "Показатели зависят друг от друга по кругу", run
    };

/// Where an edge is written, and what it says.
type Link = (Span, &'static str);

fn run(pass: &mut Pass<'_>) {
    let model = pass.model;
    report(pass, &values(model), "показатели вычисляются друг через друга по кругу");
    report(pass, &parts(model), "показатели входят друг в друга по кругу");
    report(pass, &feeds(model), "показатели питают друг друга по кругу");
}

/// Whether an indicator applies must be known before its value, so both are one relation.
fn values(model: &Model) -> Graph<Link> {
    let mut graph = Graph::default();
    for (id, indicator) in &model.indicators {
        looks(&mut graph, id, indicator.formula.as_ref(), "считается через");
        looks(&mut graph, id, indicator.applicable.as_ref(), "применим, смотря по");
    }
    graph
}

fn looks(graph: &mut Graph<Link>, id: &Id, expr: Option<&Expr>, how: &'static str) {
    for observe in expr.map(Expr::observes).unwrap_or_default() {
        graph.need(id, &observe.indicator, (observe.span, how));
    }
}

fn parts(model: &Model) -> Graph<Link> {
    relation(model, "входит в", |indicator| indicator.part_of.iter().collect())
}

fn feeds(model: &Model) -> Graph<Link> {
    relation(model, "питает", |indicator| indicator.feeds.iter().collect())
}

fn relation(
    model: &Model,
    how: &'static str,
    of: impl Fn(&Indicator) -> Vec<&crate::model::Ref>,
) -> Graph<Link> {
    let mut graph = Graph::default();
    for (id, indicator) in &model.indicators {
        for reference in of(indicator) {
            graph.need(id, &reference.id, (reference.span, how));
        }
    }
    graph
}

fn report(pass: &mut Pass<'_>, graph: &Graph<Link>, message: &str) {
    for cycle in graph.cycles() {
        if let Some((_, (place, _))) = cycle.links.first() {
            let finding = pass.error(*place, format!("{message}: {}", cycle.path()));
            let finding = labels(&cycle)
                .fold(finding, |finding, (span, words)| finding.with_label(span, words));
            pass.report(finding.with_hint("разорвите круг: уберите одно из звеньев"));
        }
    }
}

/// «а» считается через «б», for each link.
fn labels<'a>(cycle: &'a Cycle<'_, Link>) -> impl Iterator<Item = (Span, String)> + 'a {
    let ids = cycle.links.iter().map(|(id, _)| *id);
    let next = ids.cycle().skip(1);
    cycle
        .links
        .iter()
        .zip(next)
        .map(|((from, (span, how)), to)| (*span, format!("«{from}» {how} «{to}»")))
}

#[cfg(test)]
mod tests {
    use crate::check::testing::check_code;

    #[test]
    fn each_relation_is_looked_at_apart() {
        check_code(
            31,
            "показатель школы а «А»\n  вид число\n  расчёт б + 1\n\
             показатель школы б «Б»\n  вид число\n  расчёт а + 1\n\
             показатель школы в «В»\n  вид число\n  входит в г\n\
             показатель школы г «Г»\n  вид число\n  входит в в\n\
             показатель школы д «Д»\n  вид число\n  питает д\n",
            "ПКО-031 3:10 показатели вычисляются друг через друга по кругу: а → б → а\n\
             ПКО-031 9:12 показатели входят друг в друга по кругу: в → г → в\n\
             ПКО-031 15:10 показатели питают друг друга по кругу: д → д\n",
        );
    }

    #[test]
    fn applicability_may_not_hang_on_the_value() {
        check_code(
            31,
            "показатель школы а «А»\n  вид да/нет\n  применимо если б больше 5\n\
             показатель школы б «Б»\n  вид число\n  применимо если а\n",
            "ПКО-031 3:18 показатели вычисляются друг через друга по кругу: а → б → а\n",
        );
    }
}
