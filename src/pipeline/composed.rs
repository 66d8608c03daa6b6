//! The seams to stages that are still being written: each is one call.

use super::{Bound, Run};
use crate::base::Id;
use crate::diag::Diagnostic;
use crate::document::types::{Period, Programme};
use crate::eval::Diagnosis;
use crate::model::{Model, ProgrammeKind};
use crate::plan::{Choice, PlannedTarget};

/// What a document is composed from, besides the plan.
pub struct Parts<'a> {
    pub bound: &'a Bound,
    pub diagnosis: &'a Diagnosis,
    pub id: &'a Id,
    pub kind: &'a ProgrammeKind,
}

/// Runs the checker; the number of conditions that it could not decide.
pub fn check(model: &Model, run: &mut Run<'_>) -> usize {
    let _ = (model, run);
    0
}

/// The neutral document.
pub fn compose(
    parts: &Parts<'_>,
    choice: &Choice,
    targets: &[PlannedTarget],
    out: &mut Vec<Diagnostic>,
) -> Programme {
    let _ = (parts.diagnosis, targets, out);
    Programme {
        schema: "pko/programme/1".to_owned(),
        id: parts.id.to_string(),
        kind: parts.kind.kind.clone(),
        level: parts.kind.level.nominative().to_owned(),
        title: parts.kind.meta.title.clone(),
        date: parts.bound.project.date.value.to_string(),
        period: Some(Period {
            from: choice.period.from.to_string(),
            to: choice.period.to.to_string(),
        }),
        ..Programme::default()
    }
}

/// The diagnosis as `pko/diagnosis/1`.
pub fn diagnosis_json(bound: &Bound, diagnosis: &Diagnosis) -> serde_json::Value {
    serde_json::json!({
        "schema": "pko/diagnosis/1",
        "school": bound.project.institution.id.value,
        "as_of": diagnosis.as_of.to_string(),
        "indicators": [],
        "deficits": [],
    })
}
