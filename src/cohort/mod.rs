//! Identification: a methodology held against the figures of many schools. Here absence is treated as
//! the methodology says, not as rules treat it; the border to the three-valued evaluation is this module.

pub mod codes;
mod identified;
mod index;
mod method;
mod outcome;
mod read;
mod settings;
mod settle;
mod table;

pub use self::identified::Identified;
pub use self::index::identify;
pub use self::method::*;
pub use self::outcome::*;
pub use self::read::{
    Excluded as Exclusions, Issue, IssueKind, Issues, Reading, Source, read, read_excluded,
};
pub use self::settings::{Settings, allowed, printed};
pub use self::settle::settle;
pub use self::table::*;
