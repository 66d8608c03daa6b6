//! The four storeys of management.

use serde::{Deserialize, Serialize};

/// A level of management, from the top down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Level {
    #[serde(rename = "федерация")]
    Federation,
    #[serde(rename = "регион")]
    Region,
    #[serde(rename = "муниципалитет")]
    Municipality,
    #[serde(rename = "школа")]
    School,
}

impl Level {
    pub const ALL: [Level; 4] = [Self::Federation, Self::Region, Self::Municipality, Self::School];

    /// The word for people and for JSON.
    pub fn nominative(self) -> &'static str {
        match self {
            Self::Federation => "федерация",
            Self::Region => "регион",
            Self::Municipality => "муниципалитет",
            Self::School => "школа",
        }
    }

    /// As after a noun of the language: «показатель школы».
    pub fn genitive(self) -> &'static str {
        match self {
            Self::Federation => "федерации",
            Self::Region => "региона",
            Self::Municipality => "муниципалитета",
            Self::School => "школы",
        }
    }

    /// As after «по»: «по региону».
    pub fn dative(self) -> &'static str {
        match self {
            Self::Federation => "федерации",
            Self::Region => "региону",
            Self::Municipality => "муниципалитету",
            Self::School => "школе",
        }
    }

    /// Reads any of the three forms.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|level| [level.nominative(), level.genitive(), level.dative()].contains(&word))
    }
}
