//! Dates, months, school years and terms as documents write them.

mod month;
mod term;

pub use jiff::civil::Date;
pub use month::{Month, last_day, school_year_name, school_year_of};
pub use term::{Frequency, Occurrence, Period, Repeat, Term, TermWhen, WhichYear, Window};
