//! What is proven of a pack before any school sees it: one check per file, each with a stable
//! code, a page under `docs/ошибки` and cases beside it.

mod activities;
mod analysed;
mod bounds;
mod calendars;
mod chain;
mod composition;
mod conclusion_gaps;
mod conclusion_shadows;
mod conditions;
mod cycles;
mod data;
mod days_off;
mod domain;
mod empty_tables;
mod feeds;
mod foreign_words;
mod fulfilment;
mod functions;
mod kinds_apart;
mod leftovers;
mod linear;
mod logic;
mod methodology;
mod methodology_steps;
mod names;
mod papers;
mod pass;
mod prerequisites;
mod printed_kinds;
mod repeated_numbers;
mod repeated_wordings;
mod resources;
mod risks;
mod roadmap_gaps;
mod roadmap_repeats;
mod roadmap_years;
mod rounds;
mod scope;
mod section_numbers;
mod sites;
mod sources;
mod stages;
mod terms;
mod types;
mod unused;
mod validity;
mod widths;

#[cfg(test)]
mod reference;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;

use crate::diag::{Code, Diagnostic, SourceMap, sorted};
use crate::model::Model;

pub use composition::{
    EACH, EachSpec, FIELDS, FieldSpec, ROW_SOURCES, RowKind, RowSource, counted, each_of,
    fields_of, fields_of_counts, row_source,
};
pub use linear::{Form, Inequality};
pub use logic::{Fact, Figure, Formula, Logic, Verdict, Year};
pub use pass::{Pass, Unproven};
pub use scope::{ANALYSIS_NAMES, COMMON_NAMES, ELEMENT_NAMES, NameKind, NameSpec, PROGRAMME_NAMES};

/// What a check needs besides the model.
#[derive(Clone, Copy, Debug)]
pub struct CheckContext<'a> {
    /// The texts that the model's places point into.
    pub sources: &'a SourceMap,
    /// Whether each condition that could not be decided becomes a note of its own.
    pub list_unproven: bool,
}

/// One check of the registry.
#[derive(Clone, Copy, Debug)]
pub struct CheckSpec {
    pub code: Code,
    /// What it finds, in Russian.
    pub summary: &'static str,
    pub run: fn(&mut Pass<'_>),
}

/// Every check, in the order of the codes.
pub const CHECKS: &[CheckSpec] = &[
    types::SPEC,
    cycles::SPEC,
    prerequisites::SPEC,
    chain::SPEC,
    activities::SPEC,
    conditions::SPEC,
    validity::SPEC,
    feeds::SPEC,
    sources::SPEC,
    data::SPEC,
    names::SPEC,
    composition::SPEC,
    fulfilment::SPEC,
    bounds::SPEC,
    functions::SPEC,
    terms::SPEC,
    roadmap_years::SPEC,
    roadmap_gaps::SPEC,
    leftovers::SPEC,
    printed_kinds::SPEC,
    roadmap_repeats::SPEC,
    papers::SPEC,
    resources::SPEC,
    unused::SPEC,
    risks::SPEC,
    calendars::SPEC,
    days_off::SPEC,
    rounds::SPEC,
    conclusion_gaps::SPEC,
    conclusion_shadows::SPEC,
    analysed::SPEC,
    repeated_wordings::SPEC,
    widths::SPEC,
    empty_tables::SPEC,
    repeated_numbers::SPEC,
    stages::SPEC,
    section_numbers::SPEC,
    foreign_words::SPEC,
    kinds_apart::SPEC,
    methodology::SPEC,
    methodology_steps::SPEC,
];

/// What the checks found.
#[derive(Clone, Debug, Default)]
pub struct Checked {
    /// In the order of their places.
    pub diagnostics: Vec<Diagnostic>,
    /// How many conditions were looked at.
    pub conditions: usize,
    /// Conditions of which it is open whether they can be true and can be false.
    pub unproven: Vec<Unproven>,
}

impl Checked {
    /// «не доказано условий: 3 из 107»; `None` where everything is proven.
    pub fn unproven_summary(&self) -> Option<String> {
        let open = self.unproven.len();
        (open > 0).then(|| format!("не доказано условий: {open} из {}", self.conditions))
    }
}

/// Runs every check.
pub fn check(model: &Model, context: &CheckContext<'_>) -> Checked {
    let mut all = Checked::default();
    for spec in CHECKS {
        let one = run_one(spec, model, context);
        all.diagnostics.extend(one.diagnostics);
        all.conditions += one.conditions;
        all.unproven.extend(one.unproven);
    }
    all.diagnostics = sorted(all.diagnostics);
    all
}

/// Runs a single check.
pub fn run_one(spec: &CheckSpec, model: &Model, context: &CheckContext<'_>) -> Checked {
    let mut pass = Pass::new(spec.code, model, context);
    (spec.run)(&mut pass);
    pass.finish()
}
