//! Spans, names, exact numbers and intervals: what every other module may lean on.

mod direction;
mod interval;
mod level;
mod name;
mod number;
pub mod parallel;
mod span;

pub use direction::Direction;
pub use interval::{Bound, Interval};
pub use level::Level;
pub use name::{Id, is_mixed_script, latin_letters, nearest, normalise, skeleton, suggest};
pub use number::{Number, NumberError};
pub use span::{FileId, Span};
