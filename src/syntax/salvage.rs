//! What can still be told of a line that could not be read: which names it and the lines below it
//! may have declared. Nobody should be told then that those are unknown.

use super::layout::Line;
use super::tree::Name;
use super::vocabulary::NOUNS;
use crate::base::{Span, skeleton};

/// The names that a line and those below it may declare.
pub(super) fn names(line: &Line, text: &str) -> Vec<Name> {
    let mut found = Vec::new();
    collect(line, text, &mut found);
    found
}

fn collect(line: &Line, text: &str, found: &mut Vec<Name>) {
    let body = text.get(line.span.start..line.span.end).unwrap_or("");
    let head = body.find(['«', '"', '№']).and_then(|end| body.get(..end)).unwrap_or(body);
    let mut words = words(head, line.span);
    if words.next().is_some_and(|first| is_noun(&first.text)) {
        found.extend(words);
    }
    line.children.iter().for_each(|child| collect(child, text, found));
}

/// The words of a text that may be names, with their places.
pub fn words(text: &str, place: Span) -> impl Iterator<Item = Name> {
    let is_part = |c: char| c.is_alphanumeric() || "_()".contains(c);
    text.split(move |c| !is_part(c)).filter(|word| !word.is_empty()).map(move |word| {
        let start = place.start + (word.as_ptr() as usize - text.as_ptr() as usize);
        Name { text: word.to_owned(), span: Span::new(place.file, start, start + word.len()) }
    })
}

fn is_noun(word: &str) -> bool {
    let looks = skeleton(word);
    NOUNS.iter().any(|spec| skeleton(spec.word) == looks)
}
