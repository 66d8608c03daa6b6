//! The bounds that figures of a kind keep.

use crate::base::{Interval, Number};
use crate::model::{Kind, Model};

/// What figures of a kind can be; `None` for what is no number.
pub(super) fn domain(kind: &Kind, model: &Model) -> Option<Interval> {
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

/// «0–100 %», «от 0».
pub(super) fn words(kind: &Kind, domain: &Interval) -> String {
    let sign = match kind {
        Kind::Percent { .. } => " %",
        Kind::Points => " п.п.",
        _ => "",
    };
    match (&domain.low, &domain.high) {
        (Some(low), Some(high)) => format!("{}–{}{sign}", low.at, high.at),
        (Some(low), None) => format!("от {}{sign}", low.at),
        (None, Some(high)) => format!("до {}{sign}", high.at),
        (None, None) => "любое число".to_owned(),
    }
}
