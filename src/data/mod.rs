//! What the user brings: a project, observations, answers. Typed, with places, not yet bound to a
//! pack.

pub mod codes;
mod decode;
pub mod identification;
mod observation;
pub mod passport;
mod project;

pub use decode::{
    Undecodable, decode_text, read_identification, read_observations, read_project,
    report_between_files,
};
pub use observation::{Direction, Observation, Reading};
pub use project::{
    AddedActivity, AddedParagraph, Answer, AnswerValue, Approval, BodyEntry, CalendarChange,
    DataFile, Edit, Institution, Person, Placed, Priority, Project,
};
