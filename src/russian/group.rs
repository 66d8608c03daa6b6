//! The part of a phrase that changes its form: adjectives and the noun they agree with.

use super::dictionary::{Reading, Role, Word, read};
use super::phrase::{Kind, Piece};
use super::{Gender, Undeclined};

/// A word of a group with the reading chosen for it.
pub(super) struct Member {
    /// The index of its piece in the phrase.
    pub at: usize,
    pub reading: Reading,
}

/// Adjectives, and the noun they agree with; nothing but adjectives where the head is an
/// abbreviation or a title in quotes.
pub(super) struct Group {
    pub members: Vec<Member>,
    /// Whether the head is a living being, as far as its accusative goes; `None` where an
    /// adjective stands for a noun and nobody can tell.
    pub animate: Option<bool>,
    /// Whether the head is the name of a person.
    pub is_person: bool,
    /// Whether that name may as well be another word: «Владимир» is a city too.
    pub is_ambiguous: bool,
    /// The index of the first piece behind the group.
    pub next: usize,
}

/// Words read so far, with the indices of their pieces.
type Seen = [(usize, Word)];

/// Reads a group from the piece at `start`.
pub(super) fn group(pieces: &[Piece<'_>], start: usize) -> Result<Group, Undeclined> {
    let mut seen: Vec<(usize, Word)> = Vec::new();
    let mut figure = None;
    for (at, piece) in pieces.iter().enumerate().skip(start) {
        match piece.kind {
            Kind::Blank => {}
            Kind::Figure if seen.is_empty() => figure = Some(piece.text),
            Kind::Abbreviation | Kind::Enclosed if !ends_with_noun(&seen) => {
                return Ok(indeclinable(&seen, at + 1));
            }
            Kind::Word => match next_word(piece.text, &seen)? {
                Some(word) => seen.push((at, word)),
                None => break,
            },
            _ => break,
        }
    }
    let text = || pieces.get(start).map_or("", |piece| piece.text);
    let group = headed(seen).ok_or_else(|| Undeclined::Structure(text().to_owned()))?;
    match figure {
        Some(figure) if group.members.iter().any(|m| !m.reading.is_singular()) => {
            Err(Undeclined::Counted(figure.to_owned()))
        }
        _ => Ok(group),
    }
}

/// The next word, if it belongs to the group of the words seen before it.
fn next_word(text: &str, seen: &Seen) -> Result<Option<Word>, Undeclined> {
    let word = read(text);
    if !word.known {
        let awaited = seen.iter().all(|(_, word)| word.nominative.iter().any(is_adjectival));
        return if awaited { Err(Undeclined::Unknown(text.to_owned())) } else { Ok(None) };
    }
    if seen.is_empty() && word.numeral {
        return Err(Undeclined::Counted(text.to_owned()));
    }
    let agrees = word.nominative.iter().any(|reading| agrees_with_all(seen, reading.gender));
    let belongs = !word.preposition && agrees;
    let is_adverb = seen.is_empty() && is_bare_adverb(&word);
    Ok((belongs || is_adverb).then_some(word))
}

fn is_adjectival(reading: &Reading) -> bool {
    reading.role.is_adjectival()
}

/// Whether the last word can be the noun of its group, so that an abbreviation or a title behind
/// it is no head.
fn ends_with_noun(seen: &Seen) -> bool {
    seen.last().is_some_and(|(_, word)| word.nominative.iter().any(|r| !is_adjectival(r)))
}

/// «особо» in «особо ценное имущество».
fn is_bare_adverb(word: &Word) -> bool {
    word.adverb && word.nominative.is_empty()
}

/// Whether all words can be adjectives of this gender (or of the plural).
fn agrees_with_all(seen: &Seen, gender: Gender) -> bool {
    seen.iter().all(|(_, word)| is_bare_adverb(word) || adjective(word, gender).is_some())
}

fn adjective(word: &Word, gender: Gender) -> Option<&Reading> {
    word.nominative.iter().find(|r| is_adjectival(r) && r.gender == gender)
}

fn adjectives(seen: &Seen, gender: Gender) -> Vec<Member> {
    seen.iter()
        .filter_map(|(at, word)| {
            adjective(word, gender).map(|r| Member { at: *at, reading: r.clone() })
        })
        .collect()
}

/// A group whose head has no forms: its adjectives agree among themselves.
fn indeclinable(seen: &Seen, next: usize) -> Group {
    let genders = seen.iter().flat_map(|(_, word)| word.nominative.iter().map(|r| r.gender));
    let gender = genders.into_iter().find(|gender| agrees_with_all(seen, *gender));
    let members = gender.map_or_else(Vec::new, |gender| adjectives(seen, gender));
    Group { members, animate: Some(false), is_person: false, is_ambiguous: false, next }
}

/// A group whose head is the last word: a noun, or an adjective that stands for one.
fn headed(mut seen: Vec<(usize, Word)>) -> Option<Group> {
    let (at, last) = seen.pop()?;
    let agreeing = |adjectival: bool| {
        last.nominative
            .iter()
            .find(|r| is_adjectival(r) == adjectival && agrees_with_all(&seen, r.gender))
    };
    let head = agreeing(false).or_else(|| agreeing(true))?;
    let mut members = adjectives(&seen, head.gender);
    members.push(Member { at, reading: head.clone() });
    let stands_for_noun = head.role == Role::Adjective;
    let animate = (!stands_for_noun).then_some(head.animate);
    let is_person = head.role == Role::PersonName;
    let is_ambiguous = last.nominative.iter().any(|r| r.role == Role::Noun);
    Some(Group { members, animate, is_person, is_ambiguous, next: at + 1 })
}
