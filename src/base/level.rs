//! The four storeys of management, and the place of what a source ties to none of them.

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
    /// What a source names without saying whose it is.
    #[serde(rename = "без уровня")]
    Unstated,
}

impl Level {
    /// How the language says that no level is stated.
    pub const UNSTATED: &'static str = "без уровня";

    /// The levels that manage something.
    pub const ALL: [Level; 4] = [Self::Federation, Self::Region, Self::Municipality, Self::School];

    /// The word for people and for JSON.
    pub fn nominative(self) -> &'static str {
        match self {
            Self::Federation => "федерация",
            Self::Region => "регион",
            Self::Municipality => "муниципалитет",
            Self::School => "школа",
            Self::Unstated => Self::UNSTATED,
        }
    }

    /// As after a noun of the language: «показатель школы».
    pub fn genitive(self) -> &'static str {
        match self {
            Self::Federation => "федерации",
            Self::Region => "региона",
            Self::Municipality => "муниципалитета",
            Self::School => "школы",
            Self::Unstated => Self::UNSTATED,
        }
    }

    /// As after «по»: «по региону».
    pub fn dative(self) -> &'static str {
        match self {
            Self::Federation => "федерации",
            Self::Region => "региону",
            Self::Municipality => "муниципалитету",
            Self::School => "школе",
            Self::Unstated => Self::UNSTATED,
        }
    }

    /// Reads any of the three forms of a level that manages something.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|level| [level.nominative(), level.genitive(), level.dative()].contains(&word))
    }
}
