//! Kinds of institution in whole documents: what a kindergarten prints has no word of schools.

use std::fs;

use libtest_mimic::Failed;
use serde_json::Value;

use crate::Outcome;
use crate::console::built_as_json;
use crate::schemas::KINDERGARTEN;

/// Beginnings of words that a kindergarten has no use for.
const OF_SCHOOLS: [&str; 14] = [
    "экзам",
    "огэ",
    "егэ",
    "гиа",
    "впр",
    "кдр",
    "отметк",
    "урок",
    "ученик",
    "ученич",
    "учащ",
    "школ",
    "шппко",
    "шсоко",
];

pub fn kindergartens_print_no_word_of_schools() -> Outcome {
    let out = built_as_json(KINDERGARTEN)?;
    let text = fs::read_to_string(out.path().join("программа_доо.json"))?;
    let mut said = Vec::new();
    printed(&serde_json::from_str(&text)?, &mut said);
    assert!(said.len() > 500, "{} texts only", said.len());
    for line in said {
        let small = line.to_lowercase();
        let mut words = small.split(|letter: char| !letter.is_alphabetic());
        if let Some(word) = words.find(|word| OF_SCHOOLS.iter().any(|stem| word.starts_with(stem)))
        {
            return Err(Failed::from(format!("«{word}» in: {line}")));
        }
    }
    Ok(())
}

/// What a reader sees: every text but names, contract words and the reasons behind an element.
fn printed(value: &Value, said: &mut Vec<String>) {
    match value {
        Value::Array(all) => all.iter().for_each(|inner| printed(inner, said)),
        Value::Object(fields) => {
            let seen = fields.iter().filter(|(name, _)| !UNSEEN.contains(&name.as_str()));
            for (_, inner) in seen {
                match inner {
                    Value::String(text) => said.push(text.clone()),
                    other => printed(other, said),
                }
            }
        }
        Value::String(text) => said.push(text.clone()),
        _ => {}
    }
}

const UNSEEN: [&str; 4] = ["because", "level", "id", "kind"];
