//! Whether the embedded face can print everything, asked before the layout.

use std::collections::BTreeMap;

use serde_json::Value;

use super::files::can_show;
use crate::render::RenderError;

/// How many characters around an unprintable one are quoted.
const QUOTED: usize = 24;
/// How many different characters a message names.
const NAMED: usize = 5;

/// An error naming the characters that cannot be printed, with the texts where they stand.
pub fn check<'a>(
    data: &Value,
    drawings: impl IntoIterator<Item = &'a String>,
) -> Result<(), RenderError> {
    let mut found = BTreeMap::new();
    collect(data, &mut found);
    for drawing in drawings {
        look_at(drawing, &mut found);
    }
    if found.is_empty() {
        return Ok(());
    }
    let list: Vec<String> = found
        .iter()
        .take(NAMED)
        .map(|(c, place)| format!("{} в тексте «{place}»", name(*c)))
        .collect();
    let rest = found.len().saturating_sub(NAMED);
    let more = if rest > 0 { format!(" и ещё {rest}") } else { String::new() };
    Err(RenderError::new(format!(
        "в шрифте Liberation Serif нет символов: {}{more}; замените их",
        list.join(", ")
    )))
}

fn collect(value: &Value, found: &mut BTreeMap<char, String>) {
    match value {
        Value::String(text) => look_at(text, found),
        Value::Array(values) => values.iter().for_each(|v| collect(v, found)),
        Value::Object(fields) => fields.values().for_each(|v| collect(v, found)),
        _ => {}
    }
}

fn look_at(text: &str, found: &mut BTreeMap<char, String>) {
    for (at, character) in text.chars().enumerate() {
        if !is_printable(character) {
            found.entry(character).or_insert_with(|| around(text, at));
        }
    }
}

/// The typesetter draws a hyphen for a non-breaking one, and nothing for the marks of joining.
fn is_printable(character: char) -> bool {
    match character {
        '\n' | '\r' | '\t' => true,
        '\u{2011}' | '\u{00ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' => true,
        '\u{e000}'..='\u{f8ff}' => false,
        _ => !character.is_control() && can_show(character),
    }
}

fn around(text: &str, at: usize) -> String {
    let from = at.saturating_sub(QUOTED);
    let quoted: String = text.chars().skip(from).take(2 * QUOTED + 1).collect();
    quoted.trim().chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}

fn name(character: char) -> String {
    let code = format!("U+{:04X}", character as u32);
    if character.is_control() { code } else { format!("«{character}» ({code})") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_russian_documents_use_is_printable() {
        let text = "Ёж — «ёлка» № 5 – 12,5 % ≥ ≤ ± § … • − × € → □ I Ⅱ";
        let missing: String = text.chars().filter(|c| !is_printable(*c)).collect();
        assert_eq!(missing, "Ⅱ");
    }

    #[test]
    fn an_unprintable_character_is_named_with_its_place() {
        let data = serde_json::json!({ "runs": [["Готово ✓ в срок"], ["звонок \u{7}"]] });
        let error = check(&data, []).expect_err("the face has no tick");
        assert!(error.message.contains("«✓» (U+2713) в тексте «Готово ✓ в срок»"), "{error}");
        assert!(error.message.contains("U+0007"), "{error}");
    }
}
