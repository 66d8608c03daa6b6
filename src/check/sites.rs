//! Where in a model expressions and texts stand.

use std::collections::BTreeSet;

use crate::base::{Id, Span};
use crate::model::{
    AggregateKind, ChartSpec, Expr, ExprKind, Indicator, Meta, Model, PlannedResult, ProgrammeKind,
    Quantity, Ref, Roadmap, Section, SectionBlock, ShowIf, TableSpec, Target, Template,
};

/// What an expression is there for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Purpose<'a> {
    /// Computes an indicator.
    Formula(&'a Indicator),
    /// Must be true for something to happen.
    Condition,
}

/// An expression in its place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Site<'a> {
    pub expr: &'a Expr,
    pub purpose: Purpose<'a>,
}

/// Every expression of the model, in the order of its tables.
pub(super) fn expressions(model: &Model) -> Vec<Site<'_>> {
    let formulas = model.indicators.values().filter_map(|indicator| {
        let expr = indicator.formula.as_ref()?;
        Some(Site { expr, purpose: Purpose::Formula(indicator) })
    });
    formulas.chain(conditions(model)).collect()
}

fn conditions(model: &Model) -> impl Iterator<Item = Site<'_>> {
    let applicable = model.indicators.values().filter_map(|i| i.applicable.as_ref());
    let deficits = model.deficits.values().flat_map(|deficit| {
        let weights = deficit.weights.iter().filter_map(|weight| weight.condition.as_ref());
        std::iter::once(&deficit.condition).chain(weights)
    });
    let causes = model.causes.values().filter_map(|cause| cause.condition.as_ref());
    let requirements = model.requirements.values().filter_map(|r| r.condition.as_ref());
    let activities = model.activities.values().filter_map(|a| a.condition.as_ref());
    let risks = model.risks.values().filter_map(|risk| risk.condition.as_ref());
    let shown = model.programmes.values().flat_map(shown_if);
    applicable
        .chain(deficits)
        .chain(causes)
        .chain(requirements)
        .chain(activities)
        .chain(risks)
        .chain(shown)
        .map(|expr| Site { expr, purpose: Purpose::Condition })
}

fn shown_if(programme: &ProgrammeKind) -> Vec<&Expr> {
    let mut found = Vec::new();
    for part in parts(programme) {
        let condition = match part.what {
            Part::Section(section) => section.condition.as_ref(),
            Part::Table(table) => table.condition.as_ref(),
            Part::Chart(chart) => chart.condition.as_ref(),
            Part::Each(_, condition) => condition,
            Part::Text(_) => None,
        };
        found.extend(condition.map(|shown| &shown.expr));
    }
    found
}

/// Everything that must be да/нет within an expression, outermost first; what an aggregate asks
/// of its schools is a condition of its own.
pub(super) fn conditions_within(expr: &Expr) -> Vec<&Expr> {
    let mut found = Vec::new();
    expr_aggregates(expr, &mut found);
    found
}

fn expr_aggregates<'a>(expr: &'a Expr, found: &mut Vec<&'a Expr>) {
    if let ExprKind::Aggregate(aggregate) = &expr.kind {
        found.extend(aggregate.among.as_deref());
        match &aggregate.kind {
            AggregateKind::Share { having } | AggregateKind::Count { having: Some(having) } => {
                found.push(having);
            }
            _ => {}
        }
    }
    for inner in expr.children() {
        expr_aggregates(inner, found);
    }
}

/// Every target, with the declaration that sets it.
pub(super) fn targets(model: &Model) -> impl Iterator<Item = &Target> {
    let goals = model.goals.values().flat_map(|goal| &goal.targets);
    goals.chain(model.activities.values().flat_map(|activity| &activity.targets))
}

/// Every target of a roadmap's results; what an adapted plan took over stands once.
pub(super) fn planned_targets(model: &Model) -> Vec<(&Ref, &Quantity)> {
    let mut seen = BTreeSet::new();
    let targets = planned_results(model).filter_map(|result| result.target.as_ref());
    let once = targets.filter(|(_, quantity)| seen.insert(quantity.span));
    once.map(|(indicator, quantity)| (indicator, quantity)).collect()
}

/// How much the results of roadmaps ask for, each norm once.
pub(super) fn norms(model: &Model) -> Vec<&Quantity> {
    let mut seen = BTreeSet::new();
    let norms = planned_results(model).flat_map(|result| &result.norms);
    norms.map(|norm| &norm.at_least).filter(|quantity| seen.insert(quantity.span)).collect()
}

fn planned_results(model: &Model) -> impl Iterator<Item = &PlannedResult> {
    let activities = model.roadmaps.values().flat_map(Roadmap::activities);
    activities.flat_map(|activity| &activity.years).flat_map(|year| &year.results)
}

/// A part of a programme, with the repetitions around it.
#[derive(Clone, Debug)]
pub(super) struct PlacedPart<'a> {
    pub what: Part<'a>,
    /// What `каждый` runs over, outermost first.
    pub around: Vec<&'a Ref>,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Part<'a> {
    Section(&'a Section),
    Text(&'a Template),
    Table(&'a TableSpec),
    Chart(&'a ChartSpec),
    Each(&'a Ref, Option<&'a ShowIf>),
}

/// Every part of a programme in its order.
pub(super) fn parts(programme: &ProgrammeKind) -> Vec<PlacedPart<'_>> {
    let contents = programme.stages.iter().flat_map(|stage| &stage.content);
    let alone = |text| PlacedPart { what: Part::Text(text), around: Vec::new() };
    let mut found: Vec<PlacedPart<'_>> = contents.map(alone).collect();
    for section in &programme.sections {
        section_parts(section, &mut Vec::new(), &mut found);
    }
    found
}

fn section_parts<'a>(
    section: &'a Section,
    around: &mut Vec<&'a Ref>,
    found: &mut Vec<PlacedPart<'a>>,
) {
    found.push(PlacedPart { what: Part::Section(section), around: around.clone() });
    block_parts(&section.blocks, around, found);
}

fn block_parts<'a>(
    blocks: &'a [SectionBlock],
    around: &mut Vec<&'a Ref>,
    found: &mut Vec<PlacedPart<'a>>,
) {
    for block in blocks {
        let mut add = |what| found.push(PlacedPart { what, around: around.clone() });
        match block {
            SectionBlock::Text { template, .. } => add(Part::Text(template)),
            SectionBlock::Table(table) => add(Part::Table(table)),
            SectionBlock::Chart(chart) => add(Part::Chart(chart)),
            SectionBlock::Roadmap(_) | SectionBlock::Analysis(_) => {}
            SectionBlock::Section(section) => section_parts(section, around, found),
            SectionBlock::Each { what, blocks, condition } => {
                add(Part::Each(what, condition.as_ref()));
                around.push(what);
                block_parts(blocks, around, found);
                around.pop();
            }
        }
    }
}

/// The declarations of the chain: those that must say whose words they are.
pub(super) fn chain(model: &Model) -> Vec<(&'static str, &Id, &Meta)> {
    let mut all = Vec::new();
    macro_rules! take {
        ($table:ident, $word:literal) => {
            all.extend(model.$table.iter().map(|(id, item)| ($word, id, &item.meta)));
        };
    }
    take!(indicators, "показатель");
    take!(deficits, "дефицит");
    take!(causes, "причина");
    take!(questions, "вопрос");
    take!(requirements, "требование");
    take!(goals, "цель");
    take!(tasks, "задача");
    take!(activities, "мероприятие");
    take!(calendars, "календарь");
    take!(resources, "ресурс");
    take!(risks, "риск");
    take!(analyses, "разбор");
    let rows = model.analyses.values().flat_map(|analysis| &analysis.conclusions);
    all.extend(rows.map(|row| ("вывод", &row.id, &row.meta)));
    take!(roadmaps, "дорожная карта");
    all
}

/// Where an indicator's name is declared.
pub(super) fn indicator_place(model: &Model, id: &Id) -> Option<Span> {
    model.indicators.get(id).map(|indicator| indicator.meta.span)
}
