//! Dates, months, school years, terms as documents write them, and how things that wait for each
//! other fit into their terms.

mod duration;
mod month;
mod schedule;
mod term;

pub use duration::{Duration, DurationUnit};
pub use jiff::civil::Date;
pub use month::{Month, last_day, school_year_name, school_year_of};
pub use schedule::{Conflict, Job, Link, Slot, Timetable, schedule};
pub use term::{Frequency, Occurrence, Period, Repeat, Term, TermWhen, WhichYear, Window};
