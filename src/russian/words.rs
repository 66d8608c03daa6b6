//! Lists of words, ordinals in figures.

use super::{Case, Gender};

/// «а», «а и б», «а, б и в». The conjunction stands before the last item; an empty one gives
/// commas alone.
pub fn list<T: AsRef<str>>(items: &[T], conjunction: &str) -> String {
    let Some((last, rest)) = items.split_last() else {
        return String::new();
    };
    if rest.is_empty() {
        return last.as_ref().to_owned();
    }
    let head: Vec<&str> = rest.iter().map(AsRef::as_ref).collect();
    let link = if conjunction.is_empty() { ", ".to_owned() } else { format!(" {conjunction} ") };
    format!("{}{link}{}", head.join(", "), last.as_ref())
}

/// An ordinal in figures with its ending: «1-й», «2-го», «3-я», «5-х». The accusative is that of
/// a thing, not of a person.
pub fn ordinal(n: u64, gender: Gender, case: Case) -> String {
    format!("{n}-{}", ordinal_ending(gender, case))
}

fn ordinal_ending(gender: Gender, case: Case) -> &'static str {
    use Case::{Accusative, Dative, Genitive, Instrumental, Nominative, Prepositional};
    match (gender, case) {
        (Gender::Masculine, Nominative | Accusative) => "й",
        (Gender::Neuter | Gender::Plural, Nominative | Accusative) => "е",
        (Gender::Masculine | Gender::Neuter, Genitive) => "го",
        (Gender::Masculine | Gender::Neuter, Dative) => "му",
        (Gender::Masculine | Gender::Neuter, Instrumental | Prepositional) => "м",
        (Gender::Feminine, Nominative) => "я",
        (Gender::Feminine, Accusative) => "ю",
        (Gender::Feminine, Genitive | Dative | Instrumental | Prepositional) => "й",
        (Gender::Plural, Genitive | Prepositional) => "х",
        (Gender::Plural, Dative) => "м",
        (Gender::Plural, Instrumental) => "ми",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_join_their_items() {
        assert_eq!(list::<&str>(&[], "и"), "");
        assert_eq!(list(&["а"], "и"), "а");
        assert_eq!(list(&["а", "б"], "и"), "а и б");
        assert_eq!(list(&["а", "б", "в"], "и"), "а, б и в");
        assert_eq!(list(&["а", "б", "в"], "или"), "а, б или в");
        assert_eq!(list(&["а", "б", "в"], ""), "а, б, в");
    }

    #[test]
    fn ordinals_carry_their_endings() {
        assert_eq!(ordinal(1, Gender::Masculine, Case::Nominative), "1-й");
        assert_eq!(ordinal(2, Gender::Masculine, Case::Genitive), "2-го");
        assert_eq!(ordinal(2, Gender::Masculine, Case::Dative), "2-му");
        assert_eq!(ordinal(3, Gender::Feminine, Case::Nominative), "3-я");
        assert_eq!(ordinal(3, Gender::Feminine, Case::Accusative), "3-ю");
        assert_eq!(ordinal(4, Gender::Neuter, Case::Prepositional), "4-м");
        assert_eq!(ordinal(5, Gender::Plural, Case::Genitive), "5-х");
        assert_eq!(ordinal(5, Gender::Plural, Case::Instrumental), "5-ми");
    }
}
