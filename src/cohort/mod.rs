//! Identification: a methodology held against the figures of many schools. Here absence is treated as
//! the methodology says, not as rules treat it; the border to the three-valued evaluation is this module.

mod explain;
mod fragile;
mod index;
mod json;
mod method;
mod outcome;
mod table;
#[cfg(test)]
mod tests;

pub use self::explain::*;
pub use self::fragile::*;
pub use self::index::{Neighbour, identify};
pub use self::json::*;
pub use self::method::*;
pub use self::outcome::*;
pub use self::table::*;
