//! The papers of an identification: those programmes of a pack that tell of one.

use super::cohort::Identification;
use super::compose::{Composition, compose};
use super::types::Programme;
use crate::base::{Id, Level};
use crate::calendar::Date;
use crate::data::Project;
use crate::diag::Diagnostic;
use crate::eval::{Evaluator, bind};
use crate::model::{Model, ProgrammeKind};
use crate::plan::{choose, period_of, targets};

/// Composes those papers of the pack that are named, all where none is. `project` is that of the
/// region; without one its name, the date, the number and the people are places to fill in.
pub fn identification_papers(
    model: &Model,
    project: Option<&Project>,
    told: Identification<'_>,
    only: &[Id],
) -> Result<Vec<Programme>, Vec<Diagnostic>> {
    let nobody = Project::blank(Level::Region, last_day(told));
    let project = project.unwrap_or(&nobody);
    let (mut papers, mut faults) = (Vec::new(), Vec::new());
    for kind in kinds(model, only) {
        match paper(model, project, told, kind) {
            Ok(paper) => papers.push(paper),
            Err(found) => faults.extend(found),
        }
    }
    if faults.is_empty() { Ok(papers) } else { Err(faults) }
}

/// The papers of a pack that tell of an identification, in its order.
fn kinds<'m>(model: &'m Model, only: &[Id]) -> impl Iterator<Item = &'m ProgrammeKind> {
    let told = model.programmes.iter().filter(|(_, kind)| kind.about_identification);
    told.filter(move |(id, _)| only.is_empty() || only.contains(id)).map(|(_, kind)| kind)
}

fn paper(
    model: &Model,
    project: &Project,
    told: Identification<'_>,
    kind: &ProgrammeKind,
) -> Result<Programme, Vec<Diagnostic>> {
    let mut faults = Vec::new();
    let facts = bind(model, project, &[], None, &mut faults);
    let evaluator = Evaluator::new(model, &facts);
    let diagnosis = evaluator.diagnosis();
    faults.extend(diagnosis.faults.iter().cloned());
    if !faults.is_empty() {
        return Err(faults);
    }
    let choice = choose(model, &evaluator, &diagnosis, kind, period_of(kind, project.date.value));
    let targets = targets(model, &evaluator, &diagnosis, &choice);
    compose(&Composition {
        model,
        project,
        facts: &facts,
        evaluator: &evaluator,
        diagnosis: &diagnosis,
        choice: &choice,
        targets: &targets,
        kind,
        identification: Some(told),
    })
}

/// The day by which a paper without a date looks at what is in force: the end of the last year.
fn last_day(told: Identification<'_>) -> Date {
    let year = told.of.outcome.window.last().and_then(|year| i16::try_from(*year).ok());
    year.and_then(|year| Date::new(year, 12, 31).ok()).unwrap_or(Date::ZERO)
}
