//! The closed engine: what a script may do, and how much of it.

use std::cmp::Ordering;

use rhai::packages::{BasicArrayPackage, BasicIteratorPackage, Package};
use rhai::{Dynamic, Engine, EvalAltResult, INT, ImmutableString, OptimizationLevel, Position};
use rust_decimal::Decimal;

use super::value::{as_decimal, kind};

/// Steps of one call.
pub(super) const MAX_OPERATIONS: u64 = 100_000;

type Outcome<T> = Result<T, Box<EvalAltResult>>;

/// Words of Rhai that a function of a pack has no use for.
const FORBIDDEN: &[&str] = &[
    "eval",
    "import",
    "export",
    "fn",
    "private",
    "Fn",
    "call",
    "curry",
    "this",
    "print",
    "debug",
    "switch",
    "try",
    "catch",
    "throw",
    "exit",
    "is_def_fn",
    "is_def_var",
    "is_shared",
    "type_of",
];

pub(super) fn engine() -> Engine {
    let mut engine = Engine::new_raw();
    BasicIteratorPackage::new().register_into_engine(&mut engine);
    BasicArrayPackage::new().register_into_engine(&mut engine);
    limit(&mut engine);
    for word in FORBIDDEN {
        engine.disable_symbol(*word);
    }
    arithmetic(&mut engine);
    comparisons(&mut engine);
    functions(&mut engine);
    engine
}

fn limit(engine: &mut Engine) {
    engine
        .set_max_operations(MAX_OPERATIONS)
        .set_max_string_size(1_000)
        .set_max_array_size(1_000)
        .set_max_map_size(1_000)
        .set_max_variables(100)
        .set_max_call_levels(16)
        .set_max_expr_depths(32, 32)
        .set_strict_variables(true)
        .set_allow_anonymous_fn(false)
        .set_allow_shadowing(true)
        // Our operators are asked before the built-in ones, and nothing is computed beforehand.
        .set_fast_operators(false)
        .set_optimization_level(OptimizationLevel::None);
    engine.on_print(|_| ()).on_debug(|_, _, _| ());
}

/// Whole numbers divide into decimals; every overflow is an error.
fn arithmetic(engine: &mut Engine) {
    engine.register_fn("/", |a: INT, b: INT| quotient(a.into(), b.into()));
    engine.register_fn("/", |a: Decimal, b: INT| quotient(a, b.into()));
    engine.register_fn("/", |a: INT, b: Decimal| quotient(a.into(), b));
    engine.register_fn("/", quotient);
}

fn quotient(a: Decimal, b: Decimal) -> Outcome<Decimal> {
    if b.is_zero() {
        return Err("деление на ноль".into());
    }
    a.checked_div(b).ok_or_else(|| "слишком большое число".into())
}

/// Comparisons of two values of one kind; anything else is an error, an unknown above all.
fn comparisons(engine: &mut Engine) {
    type D = Dynamic;
    engine.register_fn("<", |a: D, b: D| -> Outcome<bool> { Ok(order(&a, &b)?.is_lt()) });
    engine.register_fn("<=", |a: D, b: D| -> Outcome<bool> { Ok(order(&a, &b)?.is_le()) });
    engine.register_fn(">", |a: D, b: D| -> Outcome<bool> { Ok(order(&a, &b)?.is_gt()) });
    engine.register_fn(">=", |a: D, b: D| -> Outcome<bool> { Ok(order(&a, &b)?.is_ge()) });
    engine.register_fn("==", |a: D, b: D| -> Outcome<bool> { equal(&a, &b) });
    engine.register_fn("!=", |a: D, b: D| -> Outcome<bool> { Ok(!equal(&a, &b)?) });
}

fn order(a: &Dynamic, b: &Dynamic) -> Outcome<Ordering> {
    match (as_decimal(a), as_decimal(b)) {
        (Some(a), Some(b)) => Ok(a.cmp(&b)),
        _ => Err(incomparable(a, b)),
    }
}

fn equal(a: &Dynamic, b: &Dynamic) -> Outcome<bool> {
    if let (Some(a), Some(b)) = (as_decimal(a), as_decimal(b)) {
        return Ok(a == b);
    }
    if let (Ok(a), Ok(b)) = (a.as_bool(), b.as_bool()) {
        return Ok(a == b);
    }
    let text = |value: &Dynamic| value.clone().try_cast::<ImmutableString>();
    match (text(a), text(b)) {
        (Some(a), Some(b)) => Ok(a == b),
        _ => Err(incomparable(a, b)),
    }
}

fn incomparable(a: &Dynamic, b: &Dynamic) -> Box<EvalAltResult> {
    let message = if a.is_unit() || b.is_unit() {
        "неизвестное значение нельзя сравнить: сначала спросите известно(x)".to_owned()
    } else {
        format!("нельзя сравнить {} и {}", kind(a), kind(b))
    };
    EvalAltResult::ErrorRuntime(message.into(), Position::NONE).into()
}

fn functions(engine: &mut Engine) {
    engine.register_fn("!", |truth: bool| !truth);
    engine.register_fn("известно", |value: Dynamic| !value.is_unit());
    engine.register_fn("наименьшее", |a: Dynamic, b: Dynamic| -> Outcome<Dynamic> {
        Ok(if order(&a, &b)?.is_le() { a } else { b })
    });
    engine.register_fn("наибольшее", |a: Dynamic, b: Dynamic| -> Outcome<Dynamic> {
        Ok(if order(&a, &b)?.is_ge() { a } else { b })
    });
    engine.register_fn("модуль", |a: Dynamic| -> Outcome<Decimal> { Ok(number(&a)?.abs()) });
    engine.register_fn("округлить", |a: Dynamic, places: INT| -> Outcome<Decimal> {
        let places = u32::try_from(places).map_err(|_| "знаков не бывает меньше нуля")?;
        let half_up = rust_decimal::RoundingStrategy::MidpointAwayFromZero;
        Ok(number(&a)?.round_dp_with_strategy(places.min(12), half_up))
    });
}

fn number(value: &Dynamic) -> Outcome<Decimal> {
    as_decimal(value).ok_or_else(|| format!("нужно число, а дано {}", kind(value)).into())
}
