//! Figures and their keys in a line.

use std::fmt::Write as _;

use crate::eval::{self, IndicatorReading, Key, Object};
use crate::model::{Indicator, Model};

/// «Доля «2» на ОГЭ по математике: 24 % (2026, участников 25); регион 9 %; рост».
pub fn indicator_line(reading: &IndicatorReading, indicator: &Indicator, model: &Model) -> String {
    let value = eval::print(&reading.value, indicator, model);
    let value = value.unwrap_or_else(|| "нет данных".to_owned());
    let mut line = format!("{}: {value} ({}", indicator.meta.title, reading.year);
    if let Some(n) = reading.n {
        let _ = write!(line, ", участников {n}");
    }
    line.push(')');
    for (level, value, _) in &reading.comparisons {
        if let Some(value) = eval::print(value, indicator, model) {
            let _ = write!(line, "; {} {value}", level.nominative());
        }
    }
    if let Some(dynamics) = reading.dynamics {
        let _ = write!(line, "; {dynamics}");
    }
    line
}

/// «Доля «2» … по региону за 2026 год».
pub fn key_in_words(key: &Key, model: &Model) -> String {
    let title = model.indicators.get(&key.indicator).map(|it| it.meta.title.clone());
    let title = title.unwrap_or_else(|| key.indicator.to_string());
    format!("{title} {}", place_and_year(key))
}

/// «по региону за 2026 год».
pub fn place_and_year(key: &Key) -> String {
    match &key.object {
        Object::School(_) => format!("за {} год", key.year),
        Object::Above(level) => format!("по {} за {} год", level.dative(), key.year),
    }
}
