use super::*;
use crate::base::Number;

fn number(text: &str) -> ScriptValue {
    ScriptValue::Number(Number::parse(text).expect("a number of the test"))
}

#[track_caller]
fn run(code: &str, inputs: &[(&str, ScriptValue)]) -> Result<ScriptValue, String> {
    let names: Vec<&str> = inputs.iter().map(|(name, _)| *name).collect();
    let values: Vec<ScriptValue> = inputs.iter().map(|(_, value)| value.clone()).collect();
    Script::compile(code, &names).and_then(|script| script.call(&values)).map_err(|e| e.message)
}

#[track_caller]
fn fails(code: &str, with: &str) {
    match run(code, &[("x", ScriptValue::Unknown)]) {
        Err(message) => assert!(message.contains(with), "{code}: {message}"),
        Ok(value) => panic!("{code}: {value:?}"),
    }
}

#[test]
fn numbers_are_exact_decimals() {
    assert_eq!(run("5/2", &[]), Ok(number("2,5")));
    assert_eq!(run("0.1 + 0.2 == 0.3", &[]), Ok(ScriptValue::Truth(true)));
    assert_eq!(run("1 / 3", &[]), Ok(number("0,333333333333")));
    assert_eq!(run("x * 2 + 1", &[("x", number("12,5"))]), Ok(number("26")));
    assert_eq!(run("x / 2", &[("x", number("5"))]), Ok(number("2,5")));
    assert_eq!(run("округлить(x, 1)", &[("x", number("12,25"))]), Ok(number("12,3")));
}

#[test]
fn names_may_be_cyrillic_and_yo_is_e() {
    let inputs = [("доля_учёта", number("40")), ("б", number("7"))];
    assert_eq!(
        run("if доля_учета > 30 { наименьшее(доля_учёта, б) } else { 0 }", &inputs),
        Ok(number("7"))
    );
}

#[test]
fn an_unknown_is_asked_for_and_never_compared() {
    let unknown = [("x", ScriptValue::Unknown)];
    assert_eq!(run("известно(x)", &unknown), Ok(ScriptValue::Truth(false)));
    assert_eq!(run("if известно(x) { x } else { () }", &unknown), Ok(ScriptValue::Unknown));
    for code in ["() > 3", "x > 3", "3 >= x", "x == 3", "x != 3", "x < x", "x == ()"] {
        fails(code, "неизвестное значение нельзя сравнить");
    }
    fails("x + 1", "неизвестным");
    fails("if x { 1 } else { 2 }", "не того вида");
    fails("5 > \"5\"", "нельзя сравнить число и текст");
}

#[test]
fn steps_and_memory_are_bounded() {
    fails("loop { }", "не кончается");
    fails("let i = 0; while true { i += 1; }", "не кончается");
    fails("let s = \"ab\"; loop { s += s; }", "слишком велико");
    fails("let a = [1]; loop { a = [a, a, a]; }", "слишком велико");
    fails("let a = []; a.pad(100000000, 0); 1", "слишком велико");
    fails("let a = [1,2]; loop { a += a; }", "слишком велико");
    fails("9223372036854775807 + 1", "переполнение");
    fails("79228162514264337593543950335.0 * 10.0", "переполнение");
    fails("1 / 0", "ноль");
}

#[test]
fn depth_is_bounded() {
    let deep = format!("{}1{}", "(".repeat(9_000), ")".repeat(9_000));
    fails(&deep, "вложено");
    fails(&"(".repeat(100_000), "слишком длинный");
    for opening in ["{", "[", "-", "!", "if true {", "#{a:", "1 + (", "x ?? ", "loop {", "`${"] {
        let deep = opening.repeat(15_000 / opening.len());
        assert!(run(&deep, &[("x", number("1"))]).is_err(), "{opening}");
    }
    let long = format!("1{}", " + 1".repeat(4_000));
    assert!(run(&long, &[]).is_err());
    let chain = format!("x{}", ".a".repeat(9_000));
    assert!(run(&chain, &[("x", number("1"))]).is_err());
}

#[test]
fn there_is_no_way_out() {
    for code in [
        "eval(\"1\")",
        "import \"x\" as y; 1",
        "fn f(a) { a } f(1)",
        "let f = |a| a; 1",
        "let f = Fn(\"x\"); 1",
        "print(\"x\")",
        "switch 1 { 1 => 2 }",
        "timestamp()",
        "y + 1",
        "x = 5",
    ] {
        assert!(run(code, &[("x", number("1"))]).is_err(), "{code}");
    }
    assert_eq!(
        Script::compile("1 +\n  неизвестное", &[]).map(|_| ()),
        Err(ScriptError::new(2, 3, "имя «неизвестное» не объявлено среди входов функции"))
    );
}

#[test]
fn loops_over_ranges_work() {
    assert_eq!(run("let s = 0; for i in 1..5 { s += i; } s", &[]), Ok(number("10")));
}
