//! Identification: a methodology held against the figures of many schools. Here absence is treated as
//! the methodology says, not as rules treat it; the border to the three-valued evaluation is this module.

pub mod codes;
mod explain;
mod fragile;
mod identified;
mod index;
mod json;
mod method;
mod outcome;
mod read;
mod readings;
mod settings;
mod settle;
mod table;
#[cfg(test)]
mod tests;
mod told_issues;

pub use self::explain::*;
pub use self::fragile::{Fragile, NONE, OtherReading, What, fragile, verdict};
pub use self::identified::Identified;
pub use self::index::{Neighbour, identify};
pub use self::json::*;
pub use self::method::*;
pub use self::outcome::*;
pub use self::read::{
    Excluded as Exclusions, Issue, IssueKind, Issues, Reading, Source, read, read_excluded,
};
pub use self::readings::{AnotherReading, readings};
pub use self::settings::{Settings, allowed, printed};
pub use self::settle::settle;
pub use self::table::*;
pub use self::told_issues::{ToldIssues, told_issues};
