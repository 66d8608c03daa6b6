//! The calculation: from the figures of a table to the verdict on every school.

mod bands;
mod categories;
mod column;
mod criteria;
mod figures;
mod fixed;
mod frame;
mod near;
mod order;
mod pool;
mod ranking;
mod trial;
mod workings;

pub use self::column::Column;
pub use self::figures::Figures;
pub use self::fixed::exact_figure;
pub use self::near::Neighbour;
pub use self::trial::{Pupil, Trial};
pub use self::workings::Workings;
use super::{Method, Outcome, Table};

/// Holds a method against the figures of a table.
pub fn identify(method: &Method, table: &Table) -> Outcome {
    Workings::new(method, table).outcome
}
