//! Where a value stands in a JSON text: what the parser of values does not keep.

use std::ops::Range;

/// A step from a value to one inside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step<'s> {
    Key(&'s str),
    Index(usize),
}

/// The bytes of the value at the end of a path. The text must be JSON; where the path leads
/// nowhere, the last value that there is.
pub(super) fn locate(text: &str, path: &[Step<'_>]) -> Range<usize> {
    let bytes = text.as_bytes();
    let mut at = blank(bytes, 0);
    for step in path {
        match inside(text, at, *step) {
            Some(next) => at = next,
            None => break,
        }
    }
    at..value(bytes, at)
}

/// Where the value under a key or at an index begins.
fn inside(text: &str, at: usize, step: Step<'_>) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = blank(bytes, at + 1);
    let mut count = 0;
    while !matches!(bytes.get(at), None | Some(b'}' | b']')) {
        let mut key = String::new();
        if let Step::Key(_) = step {
            let end = string(bytes, at);
            key = serde_json::from_str(text.get(at..end)?).ok()?;
            // The colon.
            at = blank(bytes, blank(bytes, end) + 1);
        }
        let is_it = match step {
            Step::Key(name) => key == name,
            Step::Index(index) => count == index,
        };
        if is_it {
            return Some(at);
        }
        at = blank(bytes, value(bytes, at));
        if bytes.get(at) == Some(&b',') {
            at = blank(bytes, at + 1);
        }
        count += 1;
    }
    None
}

fn blank(bytes: &[u8], mut at: usize) -> usize {
    while bytes.get(at).is_some_and(u8::is_ascii_whitespace) {
        at += 1;
    }
    at
}

/// The end of the string that begins here.
fn string(bytes: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    loop {
        match bytes.get(at) {
            Some(b'\\') => at += 2,
            Some(b'"') => return at + 1,
            Some(_) => at += 1,
            None => return bytes.len(),
        }
    }
}

/// The end of the value that begins here.
fn value(bytes: &[u8], start: usize) -> usize {
    let mut at = start;
    let mut depth = 0usize;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => at = string(bytes, at),
            b'{' | b'[' => {
                depth += 1;
                at += 1;
            }
            b'}' | b']' if depth == 0 => return at,
            b'}' | b']' => {
                depth -= 1;
                at += 1;
            }
            b',' if depth == 0 => return at,
            byte if depth == 0 && byte.is_ascii_whitespace() => return at,
            _ => at += 1,
        }
        let is_whole = matches!(bytes.get(start), Some(b'"' | b'{' | b'['));
        if depth == 0 && is_whole {
            return at;
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#" { "а\"б" : [ 1, {"x": "}]," } , -2.5e3 ], "в": { } , "г":null}"#;

    #[track_caller]
    fn stands(path: &[Step<'_>], expected: &str) {
        assert_eq!(TEXT.get(locate(TEXT, path)), Some(expected));
    }

    #[test]
    fn every_value_is_found() {
        let first = Step::Key("а\"б");
        stands(&[first], r#"[ 1, {"x": "}]," } , -2.5e3 ]"#);
        stands(&[first, Step::Index(0)], "1");
        stands(&[first, Step::Index(1), Step::Key("x")], r#""}],""#);
        stands(&[first, Step::Index(2)], "-2.5e3");
        stands(&[Step::Key("в")], "{ }");
        stands(&[Step::Key("г")], "null");
    }

    #[test]
    fn a_path_to_nowhere_ends_at_what_there_is() {
        stands(&[Step::Key("в"), Step::Key("нет")], "{ }");
        stands(&[Step::Key("г"), Step::Key("нет")], "null");
    }
}
