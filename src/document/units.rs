//! The sign of a unit, for narrow places and machines.

use crate::model::{Indicator, Model, Unit};

/// What stands behind the figures of an indicator; empty where nothing does.
pub(super) fn unit_sign(indicator: &Indicator, model: &Model) -> String {
    match model.unit_of(indicator) {
        None | Some(Unit::Plain | Unit::Mark) => String::new(),
        Some(Unit::Percent) => "%".to_owned(),
        Some(Unit::Points) => "п. п.".to_owned(),
        Some(Unit::Score(_)) => "балл".to_owned(),
        Some(Unit::Count(id)) => {
            let forms = model.units.get(&id).map(|unit| &unit.forms);
            forms.map_or_else(|| id.to_string(), |[_, _, many]| many.clone())
        }
    }
}
