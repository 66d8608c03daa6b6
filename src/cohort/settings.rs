//! What the parameters of a methodology are set to.

use std::collections::BTreeMap;

use crate::base::{Id, Number, suggest};
use crate::diag::{Diagnostic, Place};
use crate::model::methodology::{Figure, Methodology, Parameter, ParameterValue};

use super::codes;

/// A value for every parameter; none for years that nobody named.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Settings(BTreeMap<Id, ParameterValue>);

impl Settings {
    /// The defaults of a methodology.
    pub fn of(methodology: &Methodology) -> Self {
        let parameters = methodology.parameters.iter();
        Self(parameters.filter_map(|it| Some((it.id.clone(), it.default()?))).collect())
    }

    /// The defaults with what was asked for (`gap`, `literal`); `-` and `_` are one in names and
    /// words. Everything that is wrong is told.
    pub fn with(
        methodology: &Methodology,
        asked: &[(String, String)],
    ) -> Result<Self, Vec<Diagnostic>> {
        let mut settings = Self::of(methodology);
        let mut faults = Vec::new();
        for (name, value) in asked {
            match read(methodology, name, value) {
                Ok((id, value)) => settings.set(id, value),
                Err(fault) => faults.push(fault),
            }
        }
        if faults.is_empty() { Ok(settings) } else { Err(faults) }
    }

    pub fn get(&self, id: &Id) -> Option<&ParameterValue> {
        self.0.get(id)
    }

    pub fn set(&mut self, id: Id, value: ParameterValue) {
        self.0.insert(id, value);
    }

    /// Names and values as the command line writes them.
    pub fn printed(&self) -> impl Iterator<Item = (String, String)> + '_ {
        self.0.iter().map(|(id, value)| (id.as_str().replace('_', "-"), printed(value)))
    }
}

/// As the command line writes it.
pub fn printed(value: &ParameterValue) -> String {
    match value {
        ParameterValue::Option(id) => id.as_str().replace('_', "-"),
        ParameterValue::Figure(figure) if figure.is_share && figure.number.is_integer() => {
            format!("{}.0", figure.number.to_plain())
        }
        ParameterValue::Figure(figure) => figure.number.to_plain(),
        ParameterValue::Years(years) => {
            years.iter().map(i32::to_string).collect::<Vec<_>>().join(",")
        }
    }
}

fn read(
    methodology: &Methodology,
    name: &str,
    value: &str,
) -> Result<(Id, ParameterValue), Diagnostic> {
    let id = Id::new(&name.trim().replace('-', "_"));
    let Some(parameter) = methodology.parameter(id.as_str()) else {
        let known = methodology.parameters.iter().map(|it| it.id.as_str());
        let known: Vec<String> = known.map(|id| id.replace('_', "-")).collect();
        let message = format!("у методики нет параметра «{}»", name.trim());
        let fault = Diagnostic::error(codes::SETTING, Place::Nowhere, message);
        return Err(fault.with_hint(known_or_near(name, &known)));
    };
    match value_of(parameter, value.trim()) {
        Some(value) => Ok((id, value)),
        None => {
            let message = format!("параметр «{}» не бывает равен «{}»", name.trim(), value.trim());
            let fault = Diagnostic::error(codes::SETTING, Place::Nowhere, message);
            Err(fault.with_hint(known_or_near(value, &allowed(parameter))))
        }
    }
}

fn value_of(parameter: &Parameter, value: &str) -> Option<ParameterValue> {
    if parameter.years {
        return years(value).map(ParameterValue::Years);
    }
    let word = Id::new(&value.replace('-', "_"));
    if parameter.options.iter().any(|option| option.id == word) {
        return Some(ParameterValue::Option(word));
    }
    parameter.number.as_ref()?;
    let number = Number::parse(value).ok().filter(|number| !number.is_negative())?;
    let is_share = value.contains([',', '.']);
    let fits = if is_share { number <= Number::one() } else { number.floor().is_some() };
    if !fits {
        return None;
    }
    Some(ParameterValue::Figure(Figure { number, is_share }))
}

/// Up to three years, in ascending order.
fn years(value: &str) -> Option<Vec<i32>> {
    let parts = value.split(',').map(str::trim);
    let mut years: Vec<i32> = parts
        .map(|year| year.parse().ok().filter(|year| (1900..=9999).contains(year)))
        .collect::<Option<_>>()?;
    let given = years.len();
    years.sort_unstable();
    years.dedup();
    (years.len() == given && (1..=3).contains(&given)).then_some(years)
}

/// What a parameter may be, as the command line writes it.
pub fn allowed(parameter: &Parameter) -> Vec<String> {
    let mut words: Vec<String> =
        parameter.options.iter().map(|option| option.id.as_str().replace('_', "-")).collect();
    if parameter.number.is_some() {
        words.push("доля от 0.0 до 1.0 или целое число, например 0.5 или 3".to_owned());
    }
    if parameter.years {
        words.push("годы через запятую, от одного до трёх: 2018,2019,2020".to_owned());
    }
    words
}

fn known_or_near(written: &str, known: &[String]) -> String {
    match suggest(written, known.iter().map(String::as_str)) {
        Some(near) => format!("возможно, вы имели в виду «{near}»"),
        None => format!("бывает: {}", known.join("; ")),
    }
}
