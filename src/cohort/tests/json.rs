//! The JSON keeps its contract.

use serde_json::{Value, json};

use super::methods::{khabarovsk, lesosibirsk};
use super::tables::{PLAIN, Recipe, random, school};
use crate::cohort::{Method, Report, fragile, identify};

fn told(method: &Method, recipe: Recipe) -> Value {
    let mut draft = random(method, recipe, 5);
    draft.schools.push(school("без строк"));
    let table = draft.table(method.indicators.len());
    let report = Report {
        method,
        source: "",
        table: &table,
        outcome: &identify(method, &table),
        parameters: &[("gap".to_owned(), "inverse".to_owned())],
        fragile: &fragile(method, &table, &[]),
        issues: &[json!({ "kind": "missing_text", "count": 1 })],
        only: None,
    };
    // As a text, so that no value is only good before it is written.
    serde_json::from_str(&serde_json::to_string(&report).expect("JSON")).expect("JSON")
}

fn validate(document: &Value) {
    let schema = include_str!("../../../schemas/identification.schema.json");
    let schema: Value = serde_json::from_str(schema).expect("a schema");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let faults: Vec<String> = validator
        .iter_errors(document)
        .map(|fault| format!("{}: {fault}", fault.instance_path()))
        .collect();
    assert!(faults.is_empty(), "{faults:#?}");
}

const RECIPE: Recipe =
    Recipe { schools: 24, missing: 10, gaps: 15, participants: true, groups: 3, ..PLAIN };

#[test]
fn both_methodologies_keep_the_contract() {
    for method in [khabarovsk(), lesosibirsk()] {
        validate(&told(&method, RECIPE));
    }
}

#[test]
fn a_school_is_told_whole() {
    let document = told(&khabarovsk(), Recipe { missing: 3, gaps: 0, groups: 2, ..RECIPE });
    let one = &document["schools"][0];
    let year = &one["years"]["2020"];
    assert_eq!(document["window"], json!(["2018", "2019", "2020"]));
    assert!(["среднее", "основное"].iter().any(|group| year["group"] == *group));
    let index = year["results_index"].as_f64().expect("a number");
    assert!((0.0..=1.0).contains(&index));
    let digits = year["results_index"].to_string();
    assert!(digits.split('.').nth(1).is_none_or(|digits| digits.len() <= 12), "{digits}");
    let counted = year["results_present"].as_u64().expect("a count") as usize;
    let missing = year["results_missing"].as_array().map_or(0, Vec::len);
    // A nine-year school has no ЕГЭ: that is not missing.
    let possible = if year["group"] == "основное" { 13 } else { 21 };
    assert_eq!(counted + missing, possible);
    let without_rows = document["schools"].as_array().and_then(|all| all.last()).expect("schools");
    assert_eq!(without_rows["results"], "недостаточно данных");
    assert_eq!(without_rows["flags"], json!(["пропущен год"]));
    assert_eq!(without_rows.get("years"), None);
    let summary = &document["summary"];
    let all: u64 =
        summary["results"].as_object().expect("counts").values().filter_map(Value::as_u64).sum();
    assert_eq!(Some(all), summary["schools"].as_u64());
}
