//! Agreement of a numeral and a noun: «5 человек», «22 человека», «12,5 процента».

use super::NBSP;
use super::decline::{Undeclined, next_group};
use super::group::{Group, group};
use super::phrase::{Piece, like, pieces};
use super::quantity::{PLACES, number, rounded};
use crate::base::Number;

/// The forms of a noun, or of a noun with adjectives, that stand after a number.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Forms {
    one: String,
    few: String,
    many: String,
    fraction: String,
}

impl Forms {
    /// The forms after 1, after 2–4 and after 5; after a fraction stands that after 2.
    pub fn new(one: impl Into<String>, few: impl Into<String>, many: impl Into<String>) -> Self {
        let few = few.into();
        Self { one: one.into(), fraction: few.clone(), few, many: many.into() }
    }

    /// The forms of a phrase in the nominative singular, by the dictionary: «мероприятие»,
    /// «учебный год», «мероприятие плана».
    pub fn of(phrase: &str) -> Result<Self, Undeclined> {
        let pieces = pieces(phrase);
        let group = group(&pieces, 0)?;
        let refused = |text: &str| Err(Undeclined::Structure(text.to_owned()));
        if group.is_person {
            return Err(Undeclined::PersonName(phrase.to_owned()));
        }
        if let Some(next) = next_group(&pieces, group.next, group.animate == Some(true))? {
            return refused(pieces.get(next).map_or(phrase, |p| p.text));
        }
        let counted = |n: u64| counted(&pieces, &group, n);
        Ok(Self {
            one: counted(1)?,
            few: counted(2)?,
            many: counted(5)?,
            fraction: fraction(&pieces, &group)?,
        })
    }

    /// The form that stands after the number.
    pub fn after(&self, n: &Number) -> &str {
        if !n.is_integer() {
            return &self.fraction;
        }
        match last_two_digits(n) {
            (1, tens) if tens != 1 => &self.one,
            (2..=4, tens) if tens != 1 => &self.few,
            _ => &self.many,
        }
    }

    /// The form after the number where the number itself is in the genitive: «из 20 учеников»,
    /// «не менее 21 человека».
    pub fn genitive(&self, n: &Number) -> &str {
        if !n.is_integer() {
            return &self.fraction;
        }
        match last_two_digits(n) {
            (1, tens) if tens != 1 => &self.fraction,
            _ => &self.many,
        }
    }

    /// The forms after 1, 2 and 5.
    pub fn three(&self) -> [&str; 3] {
        [&self.one, &self.few, &self.many]
    }
}

impl From<[String; 3]> for Forms {
    fn from([one, few, many]: [String; 3]) -> Self {
        Self::new(one, few, many)
    }
}

/// The last digit and the one before it.
fn last_two_digits(n: &Number) -> (u8, u8) {
    let digits = n.abs().to_plain();
    let mut back = digits.bytes().rev().map(|digit| digit.saturating_sub(b'0'));
    (back.next().unwrap_or(0), back.next().unwrap_or(0))
}

fn counted(pieces: &[Piece<'_>], group: &Group, n: u64) -> Result<String, Undeclined> {
    with_forms(pieces, group, |reading| reading.counted(n))
}

fn fraction(pieces: &[Piece<'_>], group: &Group) -> Result<String, Undeclined> {
    with_forms(pieces, group, super::dictionary::Reading::counted_fraction)
}

fn with_forms(
    pieces: &[Piece<'_>],
    group: &Group,
    form: impl Fn(&super::dictionary::Reading) -> Option<String>,
) -> Result<String, Undeclined> {
    let mut text = String::new();
    for (at, piece) in pieces.iter().enumerate() {
        match group.members.iter().find(|member| member.at == at) {
            None => text.push_str(piece.text),
            Some(member) => {
                let form = form(&member.reading)
                    .ok_or_else(|| Undeclined::Unknown(piece.text.to_owned()))?;
                text.push_str(&like(piece.text, member.reading.spelling(), &form));
            }
        }
    }
    Ok(text)
}

/// A number with its noun, joined by a no-break space; at most two digits behind the mark.
///
/// ```
/// use pko::base::Number;
/// use pko::russian::{Forms, count};
/// let people = Forms::new("человек", "человека", "человек");
/// assert_eq!(count(&Number::from_int(22), &people), "22\u{a0}человека");
/// ```
pub fn count(n: &Number, forms: &Forms) -> String {
    count_to(n, PLACES, forms)
}

/// As [`count`], with at most `places` digits behind the mark; the noun agrees with what is
/// printed.
pub fn count_to(n: &Number, places: u32, forms: &Forms) -> String {
    format!("{}{NBSP}{}", number(n, places), forms.after(&rounded(n, places)))
}

/// As [`count_to`] behind a word that takes the genitive: «не менее 21 человека», «из 20 человек».
pub fn count_genitive(n: &Number, places: u32, forms: &Forms) -> String {
    format!("{}{NBSP}{}", number(n, places), forms.genitive(&rounded(n, places)))
}
