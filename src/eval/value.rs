//! The value of an operand: known, known within bounds, unknown, inapplicable.

use crate::base::{Id, Interval, Number};
use crate::model::{Indicator, Kind, Model, Unit, domain};
use crate::russian::{self, PLACES};
use crate::text::QuantityUnit;

use super::Truth;

/// What an operand yields.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A number, exact or within bounds; an unknown one spans its whole domain.
    Number(Interval),
    Truth(Truth),
    Words(String),
    Unknown,
    Inapplicable,
}

impl Value {
    /// The exact number, if it is one.
    pub fn exact(&self) -> Option<&Number> {
        match self {
            Self::Number(interval) => interval.exact(),
            _ => None,
        }
    }

    /// Whether the question makes no sense here.
    pub fn is_inapplicable(&self) -> bool {
        matches!(self, Self::Inapplicable | Self::Truth(Truth::Inapplicable))
    }
}

/// What figures of an indicator can be; anything where they are no numbers.
pub fn span_of(kind: &Kind, model: &Model) -> Interval {
    domain(kind, model).unwrap_or_else(Interval::everything)
}

/// How a text prints figures of a unit.
pub fn text_unit(unit: &Unit, model: &Model) -> QuantityUnit {
    match unit {
        Unit::Plain => QuantityUnit::Plain,
        Unit::Percent => QuantityUnit::Percent,
        Unit::Points => QuantityUnit::Points,
        Unit::Score(_) => QuantityUnit::Score,
        Unit::Mark => QuantityUnit::Mark,
        Unit::Count(id) => match model.units.get(id) {
            Some(unit) => QuantityUnit::Count(unit.forms.clone()),
            None => QuantityUnit::Plain,
        },
    }
}

/// A value for people: «18 %», «более 50 %», «от 57 до 80 %», «да»; `None` for what is unknown.
pub fn print(value: &Value, indicator: &Indicator, model: &Model) -> Option<String> {
    match value {
        Value::Number(interval) => {
            let unit = model.unit_of(indicator)?;
            print_interval(interval, &span_of(&indicator.kind, model), &unit, model)
        }
        Value::Truth(Truth::Yes) => Some("да".to_owned()),
        Value::Truth(Truth::No) => Some("нет".to_owned()),
        Value::Words(words) => Some(words.clone()),
        Value::Inapplicable | Value::Truth(Truth::Inapplicable) => Some("не применимо".to_owned()),
        Value::Unknown | Value::Truth(Truth::Unknown) => None,
    }
}

/// An interval for people; ends that are those of the domain say nothing and are left out.
pub fn print_interval(
    interval: &Interval,
    domain: &Interval,
    unit: &Unit,
    model: &Model,
) -> Option<String> {
    if let Some(exact) = interval.exact() {
        return Some(print_number(exact, unit, model));
    }
    let low = interval.low.as_ref().filter(|low| domain.low.as_ref() != Some(low));
    let high = interval.high.as_ref().filter(|high| domain.high.as_ref() != Some(high));
    let print = |number: &Number| print_number(number, unit, model);
    Some(match (low, high) {
        (None, None) => return None,
        (Some(low), None) if low.inclusive => {
            format!("не менее {}", print_genitive(&low.at, unit, model))
        }
        (Some(low), None) => format!("более {}", print_genitive(&low.at, unit, model)),
        (None, Some(high)) if high.inclusive => {
            format!("не более {}", print_genitive(&high.at, unit, model))
        }
        (None, Some(high)) => format!("менее {}", print_genitive(&high.at, unit, model)),
        (Some(low), Some(high)) => {
            format!("от {} до {}", low.at.to_russian(PLACES), print(&high.at))
        }
    })
}

/// A figure with its unit: «18 %», «5 человек».
pub fn print_number(number: &Number, unit: &Unit, model: &Model) -> String {
    match unit {
        Unit::Percent => russian::percent(number, PLACES),
        Unit::Points => russian::points(number, PLACES),
        Unit::Score(_) => russian::score(number, PLACES),
        Unit::Count(id) => match forms(id, model) {
            Some(forms) => russian::count(number, &forms),
            None => russian::number(number, PLACES),
        },
        Unit::Plain | Unit::Mark => russian::number(number, PLACES),
    }
}

/// After «более», «менее»: «более 5 человек».
pub fn print_genitive(number: &Number, unit: &Unit, model: &Model) -> String {
    match unit {
        Unit::Count(id) => match forms(id, model) {
            Some(forms) => russian::count_genitive(number, PLACES, &forms),
            None => russian::number(number, PLACES),
        },
        _ => print_number(number, unit, model),
    }
}

fn forms(id: &Id, model: &Model) -> Option<russian::Forms> {
    model.units.get(id).map(|unit| russian::Forms::from(unit.forms.clone()))
}

/// The unit for machines and narrow places.
pub(super) fn unit_sign(unit: &Unit, model: &Model) -> String {
    match unit {
        Unit::Percent => "%".to_owned(),
        Unit::Points => "п. п.".to_owned(),
        Unit::Score(_) => "балл".to_owned(),
        Unit::Mark => "отметка".to_owned(),
        Unit::Plain => String::new(),
        Unit::Count(id) => {
            model.units.get(id).and_then(|unit| unit.forms.first().cloned()).unwrap_or_default()
        }
    }
}
