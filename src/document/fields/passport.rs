//! Columns of the passport of a school.

use crate::base::Number;
use crate::data::passport::PassportRow;
use crate::document::times::NONE;
use crate::russian;
use crate::text::MISSING;

/// A share is shown to a tenth of a percent.
const SHARE_PLACES: u32 = 1;

pub(super) fn text(row: &PassportRow, field: &str) -> Option<String> {
    let value = row.value.as_ref().map(|value| &value.value);
    let told = match field {
        "сколько" => value.map(|value| row.measure.print(value)),
        "доля_целого" => return Some(share(row, value)),
        "классов" => {
            let classes = row.classes.as_ref();
            classes.map(|classes| russian::number(&classes.value, russian::PLACES))
        }
        _ => return None,
    };
    Some(told.unwrap_or_else(|| MISSING.to_owned()))
}

/// The share of the whole; a dash where the figure is no part of anything known.
fn share(row: &PassportRow, value: Option<&Number>) -> String {
    let Some(value) = value else { return MISSING.to_owned() };
    let share = row.whole.as_ref().and_then(|whole| value.checked_div(whole));
    match share {
        Some(share) => russian::percent(&(&share * &Number::from_int(100)), SHARE_PLACES),
        None => NONE.to_owned(),
    }
}
