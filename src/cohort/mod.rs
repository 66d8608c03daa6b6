//! Identification: a methodology held against the figures of many schools. Here absence is treated as
//! the methodology says, not as rules treat it; the border to the three-valued evaluation is this module.

mod index;
mod method;
mod outcome;
mod table;
#[cfg(test)]
mod tests;

pub use self::index::identify;
pub use self::method::*;
pub use self::outcome::*;
pub use self::table::*;
