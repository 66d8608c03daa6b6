//! The border between exact rationals and the decimals of a script.

use std::str::FromStr;

use rhai::Dynamic;
use rust_decimal::Decimal;

use super::ScriptError;
use crate::base::Number;

/// What goes into a script and comes out of it.
#[derive(Clone, Debug, PartialEq)]
pub enum ScriptValue {
    Unknown,
    /// Exact up to twelve digits behind the mark, rounded beyond.
    Number(Number),
    Truth(bool),
    Text(String),
}

/// Digits behind the mark that survive the border.
const PLACES: u32 = 12;

pub(super) fn to_script(value: &ScriptValue, name: &str) -> Result<Dynamic, ScriptError> {
    Ok(match value {
        ScriptValue::Unknown => Dynamic::UNIT,
        ScriptValue::Truth(truth) => Dynamic::from(*truth),
        ScriptValue::Text(text) => Dynamic::from(text.clone()),
        ScriptValue::Number(number) => match Decimal::from_str(&number.to_plain()) {
            Ok(decimal) => Dynamic::from(decimal),
            Err(_) => {
                let message = format!("значение входа «{name}» слишком велико для функции");
                return Err(ScriptError::new(1, 1, message));
            }
        },
    })
}

pub(super) fn from_script(result: Dynamic) -> Result<ScriptValue, ScriptError> {
    let strange = |kind: &str| {
        let message = format!("функция вернула {kind}: верните число, да/нет, текст или ()");
        ScriptError::new(1, 1, message)
    };
    if result.is_unit() {
        return Ok(ScriptValue::Unknown);
    }
    if let Some(decimal) = as_decimal(&result) {
        let text = decimal.round_dp(PLACES).normalize().to_string();
        let number = Number::parse(&text).map_err(|_| strange("слишком большое число"))?;
        return Ok(ScriptValue::Number(number));
    }
    if let Ok(truth) = result.as_bool() {
        return Ok(ScriptValue::Truth(truth));
    }
    let kind = kind(&result);
    result.into_string().map(ScriptValue::Text).map_err(|_| strange(kind))
}

/// The number in a value, be it whole or decimal.
pub(super) fn as_decimal(value: &Dynamic) -> Option<Decimal> {
    if let Ok(whole) = value.as_int() {
        return Some(Decimal::from(whole));
    }
    value.as_decimal().ok()
}

/// What a value is, for messages.
pub(super) fn kind(value: &Dynamic) -> &'static str {
    match () {
        () if value.is_unit() => "неизвестное значение",
        () if value.is_int() || value.is_decimal() => "число",
        () if value.is_bool() => "да/нет",
        () if value.is_string() => "текст",
        () if value.is_array() => "массив",
        () if value.is_map() => "таблицу",
        () => "значение другого вида",
    }
}
