//! Amounts of resources in words. What nobody knows says so; it is never nothing.

use super::times::NONE;
use crate::base::Id;
use crate::eval::{print_genitive, print_number};
use crate::model::{Amount, Model, Unit};
use crate::plan::Sum;
use crate::text::MISSING;

/// «68 часов в год»; «часов в год: нет данных».
pub fn amount_in_words(amount: &Amount, model: &Model) -> String {
    let often = if amount.yearly { "в год" } else { "один раз" };
    match &amount.number {
        Some(number) => {
            format!("{} {often}", print_number(number, &Unit::Count(amount.unit.clone()), model))
        }
        None => format!("{} {often}: {MISSING}", many(&amount.unit, model)),
    }
}

/// «132 часа»; «не менее 132 часов», where an amount is not known; a dash where nothing is needed.
pub(super) fn sum_in_words(sum: &Sum, unit: &Id, model: &Model) -> String {
    let unit = Unit::Count(unit.clone());
    match (&sum.known, sum.unknown.is_empty()) {
        (None, true) => NONE.to_owned(),
        (None, false) => MISSING.to_owned(),
        (Some(known), true) => print_number(known, &unit, model),
        (Some(known), false) => format!("не менее {}", print_genitive(known, &unit, model)),
    }
}

fn many(unit: &Id, model: &Model) -> String {
    let forms = model.units.get(unit).map(|unit| &unit.forms);
    forms.map_or_else(|| unit.to_string(), |[_, _, many]| many.clone())
}
