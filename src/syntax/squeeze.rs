//! Blanks between words are free in the language and plain single spaces in the grammar: whatever
//! parts two words in the file (several blanks, a no-break space, a line break with a comment)
//! becomes one space before pest sees the line. Texts in quotes stay as they are.

use std::borrow::Cow;

/// A line with its blanks squeezed, and the way back to the places in the file.
pub struct Squeezed<'a> {
    text: Cow<'a, str>,
    /// From which byte of the squeezed text on which byte of the source is meant.
    cuts: Vec<(usize, usize)>,
}

impl<'a> Squeezed<'a> {
    pub fn new(source: &'a str) -> Self {
        let gaps = gaps(source);
        if gaps.is_empty() {
            return Self { text: Cow::Borrowed(source), cuts: Vec::new() };
        }
        let mut text = String::with_capacity(source.len());
        let mut cuts = Vec::with_capacity(gaps.len());
        let mut from = 0;
        for (start, end) in gaps {
            text.push_str(source.get(from..start).unwrap_or(""));
            text.push(' ');
            cuts.push((text.len(), end));
            from = end;
        }
        text.push_str(source.get(from..).unwrap_or(""));
        Self { text: Cow::Owned(text), cuts }
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    pub fn cuts(&self) -> &[(usize, usize)] {
        &self.cuts
    }
}

/// The byte of the source that a byte of the squeezed text stands for.
pub fn source_offset(cuts: &[(usize, usize)], at: usize) -> usize {
    let before = cuts.partition_point(|(squeezed, _)| *squeezed <= at);
    match before.checked_sub(1).and_then(|last| cuts.get(last)) {
        Some((squeezed, source)) => source + (at - squeezed),
        None => at,
    }
}

/// The runs of blanks and comments outside quotes that are more or other than one plain space.
fn gaps(source: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(rest) = source.get(at..).filter(|rest| !rest.is_empty()) {
        let gap = gap_length(rest);
        if gap > 0 {
            if rest.get(..gap) != Some(" ") {
                found.push((at, at + gap));
            }
            at += gap;
        } else {
            at += text_length(rest);
        }
    }
    found
}

fn gap_length(text: &str) -> usize {
    let mut rest = text;
    loop {
        let trimmed = rest.trim_start_matches(is_blank);
        let next = if trimmed.starts_with("//") {
            trimmed.find('\n').and_then(|end| trimmed.get(end..)).unwrap_or("")
        } else {
            trimmed
        };
        if next.len() == rest.len() {
            return text.len() - rest.len();
        }
        rest = next;
    }
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || c == '\u{FEFF}'
}

/// The quoted text or the single character that stands first.
fn text_length(text: &str) -> usize {
    let mut chars = text.char_indices();
    let Some((_, first)) = chars.next() else { return 0 };
    let close = match first {
        '«' => '»',
        '"' => '"',
        _ => return first.len_utf8(),
    };
    let mut depth = 1;
    let mut escaped = false;
    for (at, c) in chars {
        if std::mem::take(&mut escaped) {
            continue;
        }
        match c {
            '\\' if close == '»' => {
                let rest = text.get(at + 1..).unwrap_or("");
                escaped = rest.starts_with(['«', '»', '\\']);
            }
            _ if c == close => depth -= 1,
            '«' if close == '»' => depth += 1,
            _ => {}
        }
        if depth == 0 {
            return at + c.len_utf8();
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_are_squeezed_outside_quotes_and_places_are_kept() {
        let source = "не\u{A0}меньше  // почему\n    «а  \\» б»\t5";
        let line = Squeezed::new(source);
        assert_eq!(line.text(), "не меньше «а  \\» б» 5");
        let back = |word: &str| {
            let at = line.text().find(word).expect("a word of the line");
            source_offset(line.cuts(), at)
        };
        for word in ["не", "меньше", "«а", "5"] {
            assert_eq!(Some(back(word)), source.find(word), "{word}");
        }
    }

    #[test]
    fn a_plain_line_is_not_copied() {
        assert!(matches!(Squeezed::new("вид процент").text, Cow::Borrowed(_)));
    }
}
