//! Amounts of resources in words. What nobody knows says so; it is never nothing.

use super::times::NONE;
use crate::base::{Id, Number};
use crate::model::{Amount, Model};
use crate::plan::Sum;
use crate::russian::{self, Forms};
use crate::text::MISSING;

/// «68 часов в год»; «часов в год: нет данных».
pub fn amount_in_words(amount: &Amount, model: &Model) -> String {
    let often = if amount.yearly { "в год" } else { "один раз" };
    match &amount.number {
        Some(number) => format!("{} {often}", counted(number, &amount.unit, model)),
        None => format!("{} {often}: {MISSING}", many(&amount.unit, model)),
    }
}

/// «132 часа»; «не менее 132 часов», where an amount is not known; a dash where nothing is needed.
pub(super) fn sum_in_words(sum: &Sum, unit: &Id, model: &Model) -> String {
    match (&sum.known, sum.unknown.is_empty()) {
        (None, true) => NONE.to_owned(),
        (None, false) => MISSING.to_owned(),
        (Some(known), true) => counted(known, unit, model),
        (Some(known), false) => format!("не менее {}", at_least(known, unit, model)),
    }
}

fn forms(unit: &Id, model: &Model) -> Option<Forms> {
    model.units.get(unit).map(|unit| Forms::from(unit.forms.clone()))
}

fn counted(number: &Number, unit: &Id, model: &Model) -> String {
    forms(unit, model).map_or_else(
        || russian::number(number, russian::PLACES),
        |forms| russian::count(number, &forms),
    )
}

fn at_least(number: &Number, unit: &Id, model: &Model) -> String {
    forms(unit, model).map_or_else(
        || russian::number(number, russian::PLACES),
        |forms| russian::count_genitive(number, russian::PLACES, &forms),
    )
}

fn many(unit: &Id, model: &Model) -> String {
    let forms = model.units.get(unit).map(|unit| &unit.forms);
    forms.map_or_else(|| unit.to_string(), |[_, _, many]| many.clone())
}
