//! Cases of noun phrases: «русский язык» → «русскому языку».

use std::fmt;

use super::dictionary::{Word, read};
use super::group::{Group, group};
use super::phrase::{Kind, Piece, like, pieces};
use super::{Case, Gender};

/// Why a phrase was not declined. The phrase then needs its forms from those who gave it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Undeclined {
    /// The dictionary does not know the word.
    Unknown(String),
    /// The phrase is no «adjectives, noun, dependents» from this word on.
    Structure(String),
    /// A word after a head that may have to change with it («город Минусинск»).
    Apposition(String),
    /// A noun after a numeral: agreement, not case, decides its form.
    Counted(String),
    /// The accusative of an adjective without a noun: of a person or of a thing?
    Animacy(String),
    /// The name of a person beside other words.
    PersonName(String),
    /// Every word is in capitals, so that abbreviations cannot be told from words.
    AllCapitals(String),
}

impl fmt::Display for Undeclined {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown(word) => write!(f, "слова «{word}» нет в словаре форм"),
            Self::Structure(word) => {
                write!(f, "в словах с «{word}» не видно, какое существительное склонять")
            }
            Self::Apposition(word) => {
                write!(f, "неясно, должно ли меняться слово «{word}» вместе с главным")
            }
            Self::Counted(word) => {
                write!(f, "число «{word}» само решает, в какой форме стоит слово за ним")
            }
            Self::Animacy(word) => {
                write!(f, "неясно, лицо или предмет обозначает слово «{word}»")
            }
            Self::PersonName(word) => write!(f, "имя человека («{word}») не склоняется"),
            Self::AllCapitals(word) => write!(f, "«{word}» набрано прописными буквами"),
        }
    }
}

impl std::error::Error for Undeclined {}

/// The phrase, given in the nominative, in another case. Adjectives and the noun they agree with
/// change, and so do further ones joined by «и» or a comma; dependents, abbreviations, parts in
/// quotes and brackets and the names of persons stay. What cannot be declined for certain is
/// refused.
///
/// ```
/// use pko::russian::{Case, decline};
/// let role = "заместитель директора по учебной работе";
/// let declined = decline(role, Case::Instrumental);
/// assert_eq!(declined.as_deref(), Ok("заместителем директора по учебной работе"));
/// ```
pub fn decline(phrase: &str, case: Case) -> Result<String, Undeclined> {
    let pieces = pieces(phrase);
    if case == Case::Nominative || is_person(&pieces) || is_acting(phrase) {
        return Ok(phrase.to_owned());
    }
    refuse_capitals(phrase, &pieces)?;
    let mut forms: Vec<String> = pieces.iter().map(|piece| piece.text.to_owned()).collect();
    let mut start = Some(0);
    let mut animate = None;
    while let Some(at) = start {
        let mut group = group(&pieces, at)?;
        if group.is_person {
            return whole_person(phrase, &pieces, &group);
        }
        group.animate = group.animate.or(animate);
        animate = group.animate;
        put_in_case(&pieces, &group, case, &mut forms)?;
        start = next_group(&pieces, group.next, animate == Some(true))?;
    }
    Ok(forms.concat())
}

/// «и. о. директора», «врио начальника»: the head has no forms.
fn is_acting(phrase: &str) -> bool {
    let compact: String = phrase.chars().filter(|c| !c.is_whitespace()).take(5).collect();
    let compact = compact.to_lowercase();
    compact.starts_with("и.о.") || compact.starts_with("врио")
}

/// «Иванова И. И.», «И.И. Иванова», «Иванова Ирина Ивановна»
fn is_person(pieces: &[Piece<'_>]) -> bool {
    let words = || pieces.iter().filter(|p| p.kind != Kind::Blank);
    let capital = |p: &Piece<'_>| p.kind == Kind::Word && p.text.starts_with(char::is_uppercase);
    let initials = words().any(|p| p.kind == Kind::Initial);
    let patronymic = |p: &Piece<'_>| {
        ["вич", "вна", "ична", "инична"].iter().any(|ending| p.text.ends_with(ending))
    };
    let full = words().count() == 3 && words().all(capital) && words().any(patronymic);
    let short = initials
        && words().all(|p| p.kind == Kind::Initial || capital(p))
        && words().filter(|p| p.kind == Kind::Word).count() == 1;
    full || short
}

/// The name of a person alone stays; beside other words it is refused.
fn whole_person(phrase: &str, pieces: &[Piece<'_>], group: &Group) -> Result<String, Undeclined> {
    let names = pieces.iter().filter(|p| p.kind == Kind::Word);
    if !group.is_ambiguous
        && names.clone().all(|p| p.text.starts_with(char::is_uppercase))
        && names.count() <= 3
    {
        return Ok(phrase.to_owned());
    }
    let first = group.members.first().and_then(|m| pieces.get(m.at));
    Err(Undeclined::PersonName(first.map_or(phrase, |p| p.text).to_owned()))
}

fn refuse_capitals(phrase: &str, pieces: &[Piece<'_>]) -> Result<(), Undeclined> {
    let words = pieces.iter().filter(|p| matches!(p.kind, Kind::Word | Kind::Abbreviation));
    let (mut capitals, mut known) = (0, 0);
    for piece in words {
        if piece.kind == Kind::Word && piece.text.chars().count() > 1 {
            return Ok(());
        }
        capitals += 1;
        known += usize::from(piece.text.chars().count() > 4 && read(piece.text).known);
    }
    if capitals > 0 && known > 0 {
        return Err(Undeclined::AllCapitals(phrase.to_owned()));
    }
    Ok(())
}

fn put_in_case(
    pieces: &[Piece<'_>],
    group: &Group,
    case: Case,
    forms: &mut [String],
) -> Result<(), Undeclined> {
    for member in &group.members {
        let Some(piece) = pieces.get(member.at) else { continue };
        let animate = match group.animate {
            Some(animate) => animate,
            None if case == Case::Accusative && has_two_accusatives(member.reading.gender) => {
                return Err(Undeclined::Animacy(piece.text.to_owned()));
            }
            None => false,
        };
        let form = member
            .reading
            .in_case(case, animate)
            .ok_or_else(|| Undeclined::Unknown(piece.text.to_owned()))?;
        if let Some(slot) = forms.get_mut(member.at) {
            *slot = like(piece.text, member.reading.spelling(), &form);
        }
    }
    Ok(())
}

fn has_two_accusatives(gender: Gender) -> bool {
    matches!(gender, Gender::Masculine | Gender::Plural)
}

/// Passes over the dependents behind a group; the start of the next group that changes with the
/// first one, if there is any.
pub(super) fn next_group(
    pieces: &[Piece<'_>],
    from: usize,
    animate: bool,
) -> Result<Option<usize>, Undeclined> {
    let mut has_dependents = false;
    let mut in_free_tail = false;
    let mut joined = false;
    let mut in_honour = false;
    for (at, piece) in pieces.iter().enumerate().skip(from) {
        match piece.kind {
            Kind::Blank | Kind::Enclosed | Kind::Abbreviation | Kind::Figure => {}
            Kind::Comma => joined = true,
            Kind::Dash => return Err(Undeclined::Structure(piece.text.to_owned())),
            Kind::Initial if in_honour => {}
            Kind::Initial => return Err(Undeclined::PersonName(piece.text.to_owned())),
            Kind::Sign => in_free_tail = true,
            Kind::Word if matches!(piece.text, "и" | "или") => joined = true,
            Kind::Word => {
                in_honour |= matches!(piece.text, "имени" | "им");
                let word = read(piece.text);
                if joined {
                    if starts_group(piece.text, &word, has_dependents, animate)? {
                        return Ok(Some(at));
                    }
                } else if !has_dependents && !in_free_tail {
                    in_free_tail = word.preposition;
                    if names_city(pieces, at, &word) {
                        return Ok(Some(at));
                    }
                    refuse_apposition(piece.text, &word)?;
                }
                has_dependents = true;
                joined = false;
            }
        }
    }
    Ok(None)
}

/// Whether the word behind «и» or a comma begins a group of its own rather than one more
/// dependent.
fn starts_group(
    text: &str,
    word: &Word,
    has_dependents: bool,
    animate: bool,
) -> Result<bool, Undeclined> {
    let nominative = !word.nominative.is_empty();
    if !has_dependents {
        if nominative && !word.preposition {
            return Ok(true);
        }
        let oblique = word.known && !word.oblique;
        return if oblique { Ok(false) } else { Err(Undeclined::Structure(text.to_owned())) };
    }
    if !word.known && !word.looks_oblique && text.chars().count() > 2 {
        return Err(Undeclined::Unknown(text.to_owned()));
    }
    // «директор школы и учителя»: one more dependent, or one more head?
    if nominative && word.oblique && animate && word.only_animate {
        return Err(Undeclined::Apposition(text.to_owned()));
    }
    Ok(nominative && !word.oblique)
}

/// «город Минусинск»: the name of a city, if known, changes with the word. Names of villages and
/// the like often do not, so that they are refused.
fn names_city(pieces: &[Piece<'_>], at: usize, word: &Word) -> bool {
    let before = at.checked_sub(2).and_then(|i| pieces.get(i)).map(|piece| piece.text);
    let proper = pieces.get(at).is_some_and(|p| p.text.starts_with(char::is_uppercase));
    matches!(before, Some("город" | "Город")) && proper && !word.nominative.is_empty()
}

/// The first word behind a head is a dependent only if it can stand in an oblique case or is no
/// noun at all.
fn refuse_apposition(text: &str, word: &Word) -> Result<(), Undeclined> {
    if !word.known && !word.looks_oblique {
        return Err(Undeclined::Unknown(text.to_owned()));
    }
    if word.preposition || word.oblique || word.nominative.is_empty() {
        return Ok(());
    }
    Err(Undeclined::Apposition(text.to_owned()))
}
