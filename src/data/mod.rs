//! What the user brings: a project, observations, answers. Typed, with places, not yet bound to a
//! pack.

mod observation;
mod project;

pub use observation::{Direction, Observation, Reading};
pub use project::{
    Answer, AnswerValue, Approval, BodyEntry, DataFile, Edit, Institution, Person, Placed, Project,
};
