//! Identification: a methodology held against the figures of many schools. Here absence is treated as
//! the methodology says, not as rules treat it; the border to the three-valued evaluation is this module.

pub mod codes;
mod method;
mod read;
mod table;

pub use self::method::*;
pub use self::read::{Excluded, Issue, IssueKind, Issues, Reading, Source, read, read_excluded};
pub use self::table::*;
