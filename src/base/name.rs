//! Identifiers of the language: Cyrillic or Latin, never both in one name.

use std::fmt;
use std::sync::Arc;

/// A normalised identifier: lower «е» for «ё»; compared and ordered by code point.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(Arc<str>);

impl Id {
    pub fn new(text: &str) -> Self {
        Self(Arc::from(normalise(text)))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::borrow::Borrow<str> for Id {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl serde::Serialize for Id {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

/// «ё» and «е» are one letter in a name.
pub fn normalise(text: &str) -> String {
    text.replace('ё', "е").replace('Ё', "Е")
}

fn is_cyrillic(c: char) -> bool {
    ('\u{0400}'..='\u{04FF}').contains(&c)
}

/// Whether a name mixes Cyrillic and Latin letters so that a look-alike may hide in it: within one of
/// its words, or in a word whose every letter could be of either alphabet. `khabarovsk_без_впр` is
/// plain to see.
pub fn is_mixed_script(name: &str) -> bool {
    let is_latin = |c: char| c.is_ascii_alphabetic();
    let has_both = |text: &str| text.chars().any(is_cyrillic) && text.chars().any(is_latin);
    let is_doubtful = |word: &str| {
        let mut letters = word.chars().filter(|c| is_latin(*c)).peekable();
        letters.peek().is_some() && letters.all(|c| cyrillic_twin(c.to_ascii_lowercase()) != c)
    };
    has_both(name) && name.split('_').any(|word| has_both(word) || is_doubtful(word))
}

/// «буква «c» латинская: » of a word that mixes alphabets, for the beginning of a hint; nothing of
/// others.
pub fn latin_letters(name: &str) -> String {
    if !is_mixed_script(name) {
        return String::new();
    }
    let mut letters: Vec<char> = Vec::new();
    for letter in name.chars().filter(char::is_ascii_alphabetic) {
        if !letters.contains(&letter) {
            letters.push(letter);
        }
    }
    let quoted: Vec<String> = letters.iter().map(|letter| format!("«{letter}»")).collect();
    let quoted = quoted.join(", ");
    match letters.len() {
        1 => format!("буква {quoted} латинская: "),
        _ => format!("буквы {quoted} латинские: "),
    }
}

/// The name with every Latin look-alike turned into its Cyrillic twin: two names with one
/// skeleton cannot be told apart on paper.
pub fn skeleton(name: &str) -> String {
    normalise(name).to_lowercase().chars().map(cyrillic_twin).collect()
}

fn cyrillic_twin(c: char) -> char {
    const TWINS: [(char, char); 11] = [
        ('a', 'а'),
        ('b', 'ь'),
        ('c', 'с'),
        ('e', 'е'),
        ('k', 'к'),
        ('m', 'м'),
        ('o', 'о'),
        ('p', 'р'),
        ('t', 'т'),
        ('x', 'х'),
        ('y', 'у'),
    ];
    TWINS.iter().find(|(latin, _)| *latin == c).map_or(c, |(_, cyrillic)| *cyrillic)
}

/// The nearest of `candidates` to `name`, if it is near enough to be a slip of the pen; of
/// equally near ones the first by code point.
pub fn suggest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = skeleton(name);
    let mut best: Option<(f64, &str)> = None;
    for candidate in candidates {
        if candidate == name {
            continue;
        }
        let score = strsim::normalized_damerau_levenshtein(&wanted, &skeleton(candidate));
        let better = match best {
            None => true,
            Some((top, held)) => score > top || (score == top && candidate < held),
        };
        if score >= 0.7 && better {
            best = Some((score, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// The `count` candidates that share most with `name`, the nearest first; equally near ones by code
/// point.
pub fn nearest<'a>(
    name: &str,
    candidates: impl IntoIterator<Item = &'a str>,
    count: usize,
) -> Vec<&'a str> {
    let wanted = skeleton(name);
    let scored = candidates
        .into_iter()
        .map(|candidate| (strsim::sorensen_dice(&wanted, &skeleton(candidate)), candidate));
    let mut scored: Vec<(f64, &str)> = scored.collect();
    scored.sort_by(|(one, first), (other, second)| {
        other.total_cmp(one).then_with(|| first.cmp(second))
    });
    scored.into_iter().take(count).map(|(_, candidate)| candidate).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn look_alikes_are_one() {
        assert_eq!(skeleton("cмысл"), skeleton("смысл"));
        assert!(is_mixed_script("oгэ_математика"));
        assert!(!is_mixed_script("огэ_2"));
        assert!(is_mixed_script("огэ_c"), "a Latin «c» of its own");
        assert!(!is_mixed_script("khabarovsk_без_впр"));
        assert_eq!(Id::new("счёт"), Id::new("счет"));
    }

    #[test]
    fn a_slip_is_guessed_and_a_stranger_is_not() {
        let known = ["огэ_математика_2", "огэ_русский_2", "директор"];
        assert_eq!(suggest("огэ_матиматика_2", known), Some("огэ_математика_2"));
        assert_eq!(suggest("погода", known), None);
    }

    #[test]
    fn what_shares_most_is_nearest() {
        let known = ["есть_график_консультаций", "кадры_вакансии", "консультации_по_графику"];
        let near = nearest("график_консультаций_у_учителей", known, 2);
        assert_eq!(near, ["есть_график_консультаций", "консультации_по_графику"]);
    }
}
