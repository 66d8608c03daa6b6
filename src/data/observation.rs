//! One figure as somebody reported it.

use crate::base::{Interval, Level, Number};
use crate::diag::Place;

pub use crate::base::Direction;

/// What a cell says.
#[derive(Clone, Debug, PartialEq)]
pub enum Reading {
    /// A figure. `percent` tells that the cell itself bore a percent sign.
    Figure {
        value: Number,
        percent: bool,
    },
    /// A bound («выше 50 %») or a span («57–80 %»): the figure lies in it.
    Within {
        interval: Interval,
        percent: bool,
    },
    /// A direction without a figure («снизилось»).
    Moved(Direction),
    Truth(bool),
    Words(String),
    /// The cell says in words that there is no figure («нет данных»), or is empty.
    Missing,
}

/// A row of the long form. The key is (indicator, object, year, breakdown).
#[derive(Clone, Debug, PartialEq)]
pub struct Observation {
    pub indicator: String,
    pub level: Level,
    /// Empty at levels above the school where the file does not name the object.
    pub object_id: String,
    pub object_name: String,
    pub municipality: String,
    pub group: String,
    /// The calendar year in which the school year ends.
    pub year: i32,
    pub class: String,
    pub subject: String,
    pub season: String,
    pub reading: Reading,
    /// How many took part.
    pub n: Option<u64>,
    /// Where the figure was published, in words; the data file's own source where a row has none.
    pub source: String,
    /// Of the value.
    pub place: Place,
    /// Of the name of the indicator: its cell, or the head of its column.
    pub indicator_place: Place,
    pub year_place: Place,
}
