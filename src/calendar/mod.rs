//! Dates, months, school years, terms as documents write them, and how things that wait for each
//! other fit into their terms.

mod contradictions;
mod days;
mod duration;
mod month;
mod schedule;
mod school;
mod school_time;
mod shares;
mod term;

pub use contradictions::contradictions;
pub use days::{Day, Days};
pub use duration::{Duration, DurationUnit};
pub use jiff::civil::Date;
pub use month::{Month, last_day, school_year_name, school_year_of};
pub use schedule::{Conflict, Job, Link, Moved, Slot, Timetable, schedule};
pub use school::{Calendar, Entry, Found, Off, Stretch, Week, Who, Workdays};
pub use school_time::{Part, SchoolTime};
pub use term::{AtLeast, Frequency, Occurrence, Period, Repeat, Term, TermWhen, WhichYear, Window};
