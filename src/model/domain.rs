//! The bounds that figures of a kind keep.

use super::declarations::{Kind, Model};
use crate::base::{Interval, Number};

/// What figures of a kind can be; `None` for what is no number.
pub fn domain(kind: &Kind, model: &Model) -> Option<Interval> {
    let number = Number::from_int;
    match kind {
        Kind::Percent { .. } => Some(Interval::between(number(0), number(100))),
        Kind::Points => Some(Interval::between(number(-100), number(100))),
        Kind::Mark => Some(Interval::between(number(2), number(5))),
        Kind::Number { .. } => Some(Interval::at_least(number(0))),
        Kind::Score { scale } => {
            let scale = model.scales.get(scale)?;
            Some(Interval::between(scale.low.clone(), scale.high.clone()))
        }
        Kind::YesNo | Kind::Date | Kind::Text | Kind::OneOf { .. } => None,
    }
}
