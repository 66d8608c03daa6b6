//! What the user brings: a project, observations, answers. Typed, with places, not yet bound to a
//! pack.

pub mod codes;
mod decode;
pub mod identification;
mod observation;
pub mod passport;
mod project;

#[cfg(test)]
pub(crate) use decode::workbooks::workbook as workbook_of_test;
pub use decode::{
    BadYear, CellFault, Undecodable, cell_text, decode_text, parse_year, read_identification,
    read_observations, read_project, report_between_files, shows_percent, trim,
};
pub use observation::{Direction, Observation, Reading};
pub use project::{
    AddedActivity, AddedParagraph, Answer, AnswerValue, Approval, BodyEntry, CalendarChange,
    DataFile, Edit, Institution, Person, Placed, Priority, Project,
};
