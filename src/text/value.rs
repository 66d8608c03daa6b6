//! The values that a text words, and where it finds them.

use jiff::civil::Date;

use super::Arguments;
use crate::base::Number;
use crate::russian::{Case, Forms};

/// What a text prints for a value that is not known.
pub const MISSING: &str = "нет данных";

/// The unit of a figure, as far as printing goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum QuantityUnit {
    /// «12,5 %»
    Percent,
    /// Percentage points: «3 п. п.»
    Points,
    /// Things counted, with the forms after 1, 2–4 and 5: «5 человек».
    Count([String; 3]),
    /// Points of a test or a scale: «4,2 балла».
    Score,
    /// A school mark: «4».
    Mark,
    /// A bare number.
    Plain,
}

impl QuantityUnit {
    /// The forms of the word that follows the figure, if a word does.
    pub(super) fn forms(&self) -> Option<Forms> {
        match self {
            Self::Count(forms) => Some(Forms::from(forms.clone())),
            Self::Score => Some(crate::russian::score_forms()),
            Self::Percent | Self::Points | Self::Mark | Self::Plain => None,
        }
    }
}

/// A value of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TextValue {
    /// Not known: prints [`MISSING`].
    Missing,
    /// Words in the nominative, which the dictionary may decline.
    Words(String),
    /// A name whose forms its owner gave; the dictionary is asked for the others.
    Name { nominative: String, forms: Vec<(Case, String)> },
    /// Words that are never declined, such as the name of a person.
    AsIs(String),
    /// A figure.
    Quantity { value: Number, unit: QuantityUnit },
    /// A figure known to lie between two ends, either of which may be open.
    Between { low: Option<Number>, high: Option<Number>, unit: QuantityUnit },
    /// Yes or no.
    Truth(bool),
    /// A day.
    Date(Date),
    /// From a day to a day.
    Period { from: Date, to: Date },
    /// Several values in their order.
    List(Vec<TextValue>),
    /// Named parts of one thing; in a text by itself it prints its «название».
    Record(Vec<(String, TextValue)>),
}

impl TextValue {
    /// Whether there is something to print.
    pub fn is_known(&self) -> bool {
        !matches!(self, Self::Missing | Self::Between { low: None, high: None, .. })
    }

    /// What kind of value it is, for messages.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Missing => "пустое значение",
            Self::Words(_) | Self::Name { .. } | Self::AsIs(_) => "слова",
            Self::Quantity { .. } | Self::Between { .. } => "число",
            Self::Truth(_) => "да/нет",
            Self::Date(_) => "дата",
            Self::Period { .. } => "период",
            Self::List(_) => "список",
            Self::Record(_) => "запись",
        }
    }

    /// The part of a record.
    pub(super) fn part(&self, name: &str) -> Option<&TextValue> {
        match self {
            Self::Record(parts) => parts.iter().find(|(key, _)| key == name).map(|(_, v)| v),
            _ => None,
        }
    }
}

/// Where a text finds its values.
pub trait Scope {
    /// The value of a name such as `дефицит.название`, with the arguments that stand beside it
    /// (`по="регион"`); `None` if there is no such name.
    fn value(&self, path: &str, arguments: &Arguments) -> Option<TextValue>;

    /// The forms after 1, 2–4 and 5 of a unit declared by the rules, for `{{число X "unit"}}`;
    /// `None` leaves the noun to the dictionary.
    fn unit(&self, _name: &str) -> Option<[String; 3]> {
        None
    }
}
