//! The neutral document itself, as `pko/programme/1`.

use crate::document::types::Programme;

/// The document as indented JSON, Cyrillic as it is, with a newline at the end.
pub fn json(document: &Programme) -> String {
    // Its fields are texts, lists and flags: there is nothing that JSON cannot hold.
    let mut text = serde_json::to_string_pretty(document).unwrap_or_default();
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cyrillic_stays_and_absence_is_left_out() {
        let document = Programme { title: "Программа".into(), ..Programme::default() };
        let text = json(&document);
        assert!(text.contains("\"title\": \"Программа\""));
        assert!(!text.contains("issuer"));
        assert!(text.ends_with("}\n"));
        let back: Programme = serde_json::from_str(&text).expect("what was written is read");
        assert_eq!(back, document);
    }
}
