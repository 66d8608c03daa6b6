//! Foreign text inside our own messages.

const LONGEST: usize = 60;

/// The text in «ёлочки», cut to a readable length, on one line, without control characters.
pub(super) fn quote(text: &str) -> String {
    let mut short: String = text.chars().take(LONGEST).map(visible).collect();
    if text.chars().nth(LONGEST).is_some() {
        short.push('…');
    }
    format!("«{short}»")
}

fn visible(c: char) -> char {
    match c {
        '\n' | '\t' => ' ',
        c if c.is_control() => '\u{FFFD}',
        c => c,
    }
}

/// Several names in «ёлочки», comma-separated.
pub(super) fn quote_all<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    names.into_iter().map(quote).collect::<Vec<_>>().join(", ")
}
