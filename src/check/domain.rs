//! The bounds that figures of a kind keep, in words.

use crate::base::Interval;
use crate::model::Kind;

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
