//! Other readings of a methodology: every parameter that its source leaves open, set to everything else
//! that it may be, one at a time.

use super::settle::settle;
use super::{Method, Settings};
use crate::base::Id;
use crate::model::Model;
use crate::model::methodology::{Methodology, ParameterValue, Setting};

/// A methodology read otherwise.
#[derive(Clone, Debug)]
pub struct AnotherReading {
    /// The title of the parameter.
    pub parameter: String,
    /// The title of its value.
    pub value: String,
    pub method: Method,
}

/// The readings that differ from the settings in one parameter. Parameters of the reading of tables are
/// left out: they would need another table.
pub fn readings(
    model: &Model,
    methodology: &Methodology,
    settings: &Settings,
) -> Vec<AnotherReading> {
    let open = methodology.parameters.iter().filter(|it| !is_of_tables(methodology, &it.id));
    let others = open.flat_map(|parameter| {
        let current = settings.get(&parameter.id);
        let options = parameter.options.iter().map(move |option| (parameter, option));
        options
            .filter(move |(_, option)| current != Some(&ParameterValue::Option(option.id.clone())))
    });
    others
        .map(|(parameter, option)| {
            let mut otherwise = settings.clone();
            otherwise.set(parameter.id.clone(), ParameterValue::Option(option.id.clone()));
            AnotherReading {
                parameter: parameter.meta.title.clone(),
                value: option.title.clone(),
                method: settle(model, methodology, &otherwise),
            }
        })
        .collect()
}

fn is_of_tables(methodology: &Methodology, id: &Id) -> bool {
    fn by<T>(setting: &Option<Setting<T>>, id: &Id) -> bool {
        matches!(setting, Some(Setting::By(named)) if named == id)
    }
    by(&methodology.out_of_range, id) || by(&methodology.duplicates, id)
}
