//! Identification, held against what was worked out apart from it: cases by hand
//! (`tests/cases/identify`), and the golden results of an independent program in exact fractions
//! (`golden/identification`).

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use encoding_rs::WINDOWS_1251;
use libtest_mimic::{Failed, Trial};
use serde_json::Value;

use crate::console::{pko, words};
use crate::schemas::validate;
use crate::{Outcome, root};

/// A trial for every section of every case, and for every golden result.
pub fn trials() -> Vec<Trial> {
    let mut trials = Vec::new();
    for path in files("tests/cases/identify", "md") {
        let text = fs::read_to_string(root().join(&path)).expect("a case");
        for section in text.split("\n## ").skip(1) {
            let (title, body) = section.split_once('\n').unwrap_or((section, ""));
            let (name, body) = (format!("identify::{path}: {title}"), body.to_owned());
            trials.push(Trial::test(name, move || case(&body)));
        }
    }
    trials.push(Trial::test("identify::two_runs_are_one", two_runs_are_one));
    for path in files("golden/identification", "json") {
        let name = format!("identify::{path}");
        trials.push(Trial::test(name, move || golden(&path)));
    }
    trials
}

fn files(folder: &str, ending: &str) -> Vec<String> {
    let entries = fs::read_dir(root().join(folder)).expect("a folder of the project");
    let mut names: Vec<String> = entries
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .filter(|name| name.ends_with(&format!(".{ending}")))
        .map(|name| format!("{folder}/{name}"))
        .collect();
    names.sort();
    names
}

fn ask(folder: &Path, arguments: &[String]) -> Result<Option<Value>, Failed> {
    let mut call = vec!["identify".to_owned()];
    call.extend(arguments.iter().cloned());
    call.extend(["--format", "json"].map(str::to_owned));
    let called = pko(folder, &call, &[]);
    match called.code {
        0 => {
            let answer = serde_json::from_str(&called.stdout)?;
            validate("identification", &answer).map_err(Failed::from)?;
            Ok(Some(answer))
        }
        1 => Ok(None),
        _ => Err(Failed::from(called.both())),
    }
}

/// Every file of two runs is the same to the last byte, and so is what the rows in another order give.
fn two_runs_are_one() -> Outcome {
    let folder = tempfile::tempdir()?;
    let table = fs::read_to_string(root().join("seeds/data/identification-primer.csv"))?;
    let mut rows: Vec<&str> = table.lines().collect();
    let turned = rows.split_off(1);
    let turned: String =
        rows.into_iter().chain(turned.into_iter().rev()).map(|row| format!("{row}\n")).collect();
    fs::write(folder.path().join("данные.csv"), &table)?;
    let mut outputs = Vec::new();
    for name in ["один", "два"] {
        let words = format!("identify данные.csv --methodology khabarovsk -o {name}");
        let called = pko(folder.path(), &self::words(&words), &[]);
        assert_eq!(called.code, 0, "{}", called.both());
        let mut found = Vec::new();
        for entry in fs::read_dir(folder.path().join(name))? {
            let path = entry?.path();
            found.push((path.file_name().map(ToOwned::to_owned), fs::read(&path)?));
        }
        found.sort();
        outputs.push(found);
    }
    assert!(outputs[0] == outputs[1], "two runs differ");
    let asked = |name: &str| words(&format!("{name} --methodology khabarovsk"));
    let before = ask(folder.path(), &asked("данные.csv"))?.ok_or("refused")?;
    fs::write(folder.path().join("иначе.csv"), turned)?;
    let after = ask(folder.path(), &asked("иначе.csv"))?.ok_or("refused")?;
    assert!(before["schools"] == after["schools"], "the order of rows matters");
    Ok(())
}

// ------------------------------------------------------------------------------------------------ cases

/// The fenced blocks of a section: the words behind the fence, and the text.
fn fences(body: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    let mut rest = body;
    while let Some((_, after)) = rest.split_once("```") {
        let Some((head, after)) = after.split_once('\n') else { break };
        let Some((text, after)) = after.split_once("```") else { break };
        found.push((head.trim(), text));
        rest = after;
    }
    found
}

fn case(body: &str) -> Outcome {
    let folder = tempfile::tempdir()?;
    let mut known: BTreeSet<String> = BTreeSet::new();
    let (mut faults, mut n_facts) = (Vec::new(), 0);
    for (head, text) in fences(body) {
        let head: Vec<&str> = head.split_whitespace().collect();
        match head.as_slice() {
            ["csv" | "text", name, encoding @ ..] => {
                fs::write(folder.path().join(name), encoded(text, encoding.first().copied()))?;
            }
            ["console"] => {
                for line in text.lines() {
                    let line = line.strip_prefix("$ pko identify ").unwrap_or(line);
                    known = facts(ask(folder.path(), &words(line))?.as_ref()).into_iter().collect();
                }
            }
            ["итоги"] => {
                for wanted in text.lines().filter(|line| !line.is_empty()) {
                    n_facts += 1;
                    if !known.contains(wanted) {
                        faults.push(format!("{wanted}\n{}", near(wanted, &known)));
                    }
                }
            }
            _ => {}
        }
    }
    if n_facts == 0 {
        return Err(Failed::from("the case states nothing"));
    }
    if faults.is_empty() { Ok(()) } else { Err(Failed::from(faults.join("\n"))) }
}

fn encoded(text: &str, encoding: Option<&str>) -> Vec<u8> {
    match encoding {
        Some("utf-8-bom") => [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
        Some("utf-16") => {
            let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
            units.flat_map(u16::to_le_bytes).collect()
        }
        Some("windows-1251") => WINDOWS_1251.encode(text).0.into_owned(),
        _ => text.as_bytes().to_vec(),
    }
}

/// What is said of the same thing.
fn near(wanted: &str, known: &BTreeSet<String>) -> String {
    let start = |fact: &str| fact.split(':').next().unwrap_or_default().to_owned();
    let same = known.iter().filter(|fact| start(fact) == start(wanted));
    same.map(|fact| format!("  есть: {fact}")).collect::<Vec<_>>().join("\n")
}

/// Everything that a case may say of an answer, a line each.
fn facts(answer: Option<&Value>) -> Vec<String> {
    let Some(answer) = answer else { return vec!["отказ".to_owned()] };
    let window = texts(&answer["window"]);
    let mut facts = vec![format!("окно: {}", or(window.join(", "), "нет"))];
    let schools = list(&answer["schools"]);
    let ids: Vec<&str> = schools.iter().filter_map(|it| it["school_id"].as_str()).collect();
    facts.push(format!("школы: {}", ids.join(", ")));
    for school in schools {
        school_facts(school, &window, &mut facts);
    }
    for border in list(&answer["borders"]) {
        let place: Vec<&str> = ["year", "group", "domain", "criterion"]
            .iter()
            .filter_map(|name| border[*name].as_str())
            .collect();
        let (ranked, k) = (&border["ranked"], &border["k"]);
        facts.push(format!("граница {}: {ranked} школ, k {k}", place.join(" ")));
    }
    let issues = list(&answer["issues"]);
    for issue in issues {
        facts.push(format!("замечание {}: {}", word(&issue["kind"]), issue["count"]));
    }
    if issues.is_empty() {
        facts.push("замечаний нет".to_owned());
    }
    facts
}

fn school_facts(school: &Value, window: &[String], facts: &mut Vec<String>) {
    let own = word(&school["school_id"]);
    for (field, title) in [("name", "название"), ("municipality", "муниципалитет")]
    {
        if let Some(said) = school[field].as_str() {
            facts.push(format!("{own} {title}: {said}"));
        }
    }
    if let Some(reason) = school["excluded"].as_str() {
        facts.push(format!("{own}: исключена, {reason}"));
        return;
    }
    facts.push(format!("{own}: {}, {}", word(&school["results"]), word(&school["social"])));
    facts.push(format!("{own} пометки: {}", or(texts(&school["flags"]).join(", "), "нет")));
    for (criterion, value) in school["criteria"].as_object().into_iter().flatten() {
        let answer =
            value.as_bool().map_or("неизвестно", |yes| if yes { "да" } else { "нет" });
        facts.push(format!("{own} {criterion}: {answer}"));
    }
    if let Some(met) = school["met"].as_u64() {
        facts.push(format!("{own} выполнено: {met}"));
    }
    for year in window {
        let entry = &school["years"][year];
        if entry.is_null() {
            facts.push(format!("{own} {year}: нет года"));
            continue;
        }
        facts.push(format!("{own} {year} группа: {}", word(&entry["group"])));
        for (prefix, title) in [("results", "результаты"), ("social", "условия")] {
            year_facts(&format!("{own} {year} {title}"), prefix, entry, facts);
        }
    }
}

fn year_facts(place: &str, prefix: &str, entry: &Value, facts: &mut Vec<String>) {
    let get = |name: &str| &entry[format!("{prefix}_{name}")];
    let mut parts: Vec<String> = get("index").as_f64().map(decimal).into_iter().collect();
    if let Some(rank) = get("rank").as_u64() {
        parts.push(format!("место {rank}"));
        facts.push(format!("{place}, по порядку: {}", get("position")));
    }
    parts.extend(["band", "reason"].iter().filter_map(|it| get(it).as_str()).map(str::to_owned));
    facts.push(format!("{place}: {}", parts.join(", ")));
    facts.push(format!("{place}, есть: {}", get("present").as_u64().unwrap_or(0)));
    facts.push(format!("{place}, нет: {}", or(texts(get("missing")).join(", "), "ничего")));
}

/// At most twelve places.
fn decimal(number: f64) -> String {
    let text = format!("{number:.12}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn or(text: String, nothing: &str) -> String {
    if text.is_empty() { nothing.to_owned() } else { text }
}

fn word(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn texts(value: &Value) -> Vec<String> {
    list(value).iter().map(|it| word(it).to_owned()).collect()
}

// ------------------------------------------------------------------------------------------------ golden

/// What a golden result says, pko says; more may stand in the answer. Of the krai's methodology,
/// which both tell in one form, nothing else may be said of a school.
fn golden(path: &str) -> Outcome {
    let golden: Value = serde_json::from_str(&fs::read_to_string(root().join(path))?)?;
    let methodology = word(&golden["methodology"]).to_owned();
    let of_town = methodology == "lesosibirsk";
    let data = if of_town { "gorod" } else { "primer" };
    let mut arguments = vec![format!("seeds/data/identification-{data}.csv")];
    arguments.extend(["--methodology".to_owned(), methodology]);
    for (name, value) in golden["parameters"].as_object().into_iter().flatten() {
        arguments.extend(["--set".to_owned(), format!("{name}={}", word(value))]);
    }
    let answer = ask(&root(), &arguments)?.ok_or("refused")?;
    let mut faults = Vec::new();
    for field in ["methodology", "parameters", "window", "schools"] {
        compare(&golden[field], &answer[field], field, &mut faults);
    }
    if of_town {
        borders(&golden, &answer, &mut faults);
    } else {
        let wanted: BTreeSet<String> = facts(Some(&golden)).into_iter().collect();
        let found: BTreeSet<String> = facts(Some(&answer)).into_iter().collect();
        faults.extend(found.symmetric_difference(&wanted).cloned());
    }
    faults.truncate(20);
    if faults.is_empty() { Ok(()) } else { Err(Failed::from(faults.join("\n"))) }
}

fn compare(golden: &Value, found: &Value, path: &str, faults: &mut Vec<String>) {
    match (golden, found) {
        (Value::Object(fields), Value::Object(_)) => {
            for (name, value) in fields {
                compare(value, &found[name], &format!("{path}.{name}"), faults);
            }
        }
        (Value::Array(golden), Value::Array(found)) if golden.len() == found.len() => {
            for (at, (golden, found)) in golden.iter().zip(found).enumerate() {
                compare(golden, found, &format!("{path}[{at}]"), faults);
            }
        }
        // `1` and `1.0` are one number.
        _ if golden.as_f64().is_some() && golden.as_f64() == found.as_f64() => {}
        _ if golden == found => {}
        _ => faults.push(format!("{path}: {golden}, found {found}")),
    }
}

/// Of a town every criterion has a border among the schools of a municipality.
fn borders(golden: &Value, answer: &Value, faults: &mut Vec<String>) {
    let said = |border: &Value| format!("{} {} {}", border["ranked"], border["k"], border["low"]);
    let found: BTreeSet<String> = list(&answer["borders"]).iter().map(said).collect();
    for border in list(&golden["borders"]) {
        if !found.contains(&said(border)) {
            faults.push(format!("no border {border}"));
        }
    }
}
