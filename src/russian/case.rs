//! The six cases of a school grammar.

/// A grammatical case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Case {
    Nominative,
    Genitive,
    Dative,
    Accusative,
    Instrumental,
    Prepositional,
}

impl Case {
    /// In the order of a school grammar.
    pub const ALL: [Case; 6] = [
        Self::Nominative,
        Self::Genitive,
        Self::Dative,
        Self::Accusative,
        Self::Instrumental,
        Self::Prepositional,
    ];

    /// The Russian word for the case: «родительный».
    pub fn word(self) -> &'static str {
        match self {
            Self::Nominative => "именительный",
            Self::Genitive => "родительный",
            Self::Dative => "дательный",
            Self::Accusative => "винительный",
            Self::Instrumental => "творительный",
            Self::Prepositional => "предложный",
        }
    }

    /// Reads [`Case::word`].
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|case| case.word() == word)
    }

    /// The value of the feature `Case` in Universal Dependencies.
    pub(super) fn tag(self) -> &'static str {
        match self {
            Self::Nominative => "Nom",
            Self::Genitive => "Gen",
            Self::Dative => "Dat",
            Self::Accusative => "Acc",
            Self::Instrumental => "Ins",
            Self::Prepositional => "Loc",
        }
    }
}

/// The gender, or the plural, that an adjective or an ordinal agrees with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Gender {
    Masculine,
    Feminine,
    Neuter,
    Plural,
}
