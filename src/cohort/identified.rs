//! An identification as a whole: what was read, how it was judged, what came of it.

use super::{Method, Outcome, Settings, Table};

/// What papers, workbooks and answers are made from.
#[derive(Clone, Debug)]
pub struct Identified {
    pub method: Method,
    /// The reading of the methodology that was applied.
    pub settings: Settings,
    pub table: Table,
    pub outcome: Outcome,
}
