//! The Russian language: cases, agreement with numbers, dates, figures with units, lists, no-break
//! spaces. It knows words and no subject matter; what the dictionary cannot tell for certain is
//! refused, never guessed.

mod case;
mod count;
mod date;
mod decline;
mod dictionary;
mod group;
mod phrase;
mod quantity;
mod typography;
mod words;

#[cfg(test)]
mod tests;

pub use case::{Case, Gender};
pub use count::{Forms, count, count_genitive, count_to};
pub use date::{DateStyle, date, month, months};
pub use decline::{Undeclined, decline};
pub use phrase::{capitalise, uncapitalise};
pub use quantity::{PLACES, number, out_of, percent, points, score, score_forms};
pub use typography::typographic;
pub use words::{list, ordinal};

/// The no-break space.
pub const NBSP: char = '\u{a0}';
