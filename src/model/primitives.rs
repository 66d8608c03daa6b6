//! The closed sets of a methodology's pipeline: what a line of it may say, and the words for it. A
//! line names one of the words, or the parameter that chooses among them.

/// A step of the pipeline that comes in several kinds.
pub trait Primitive: Copy + Sized + 'static {
    /// Every kind with its word in the language and on the command line.
    const ALL: &'static [(&'static str, Self)];

    fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(known, _)| *known == word).map(|(_, kind)| *kind)
    }
}

macro_rules! primitive {
    ($(#[$note:meta])* $name:ident { $($(#[$inner:meta])* $kind:ident = $word:literal),+ $(,)? }) => {
        $(#[$note])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $name { $($(#[$inner])* $kind),+ }

        impl Primitive for $name {
            const ALL: &'static [(&'static str, Self)] = &[$(($word, Self::$kind)),+];
        }
    };
}

primitive!(
    /// Which schools are ranked together.
    Base { All = "all", Municipality = "municipality" }
);
primitive!(
    /// What becomes of a figure outside the limits of its indicator.
    OutOfRange { Missing = "missing", Keep = "keep", Clamp = "clamp" }
);
primitive!(
    /// What becomes of different figures for one school, year and indicator.
    Duplicates { Missing = "missing", First = "first", Last = "last" }
);
primitive!(
    /// What an indicator gives whose greatest and least figures are one.
    Degenerate {
        /// It leaves the mean of every school.
        Skip = "skip",
        Zero = "zero",
        Half = "half",
        One = "one",
    }
);
primitive!(
    /// How a share of the ranked schools becomes a whole number.
    Rounding { Floor = "floor", HalfUp = "half_up", HalfEven = "half_even", Ceil = "ceil" }
);
primitive!(
    /// What becomes of equal indices at a border.
    Ties {
        Include = "include",
        Exclude = "exclude",
        /// The id of the school decides.
        Id = "id",
        /// Quarters of mean ranks, as NTILES of SPSS; no rounding.
        Spss = "spss",
    }
);
primitive!(
    /// An end of the list of indices.
    End { Lowest = "нижние", Highest = "верхние" }
);
primitive!(
    /// What is ranked.
    Ranked {
        /// The index of each year.
        EachYear = "каждый год",
        /// The mean of the indices of all years of the window.
        MeanOfWindow = "среднее за окно",
    }
);
primitive!(
    /// Which figure of an indicator a criterion looks at.
    Over { LastYear = "последний год", MeanOfWindow = "в среднем за окно" }
);
primitive!(
    Compare { Less = "меньше", NotMore = "не больше", More = "больше", NotLess = "не меньше" }
);
primitive!(
    /// How many of several indicators, of those that the school has.
    Which { Any = "хотя бы один из", Each = "каждый из" }
);
primitive!(
    /// Which of the two verdicts on a school a domain gives.
    Role { Results = "о результатах", Conditions = "об условиях" }
);
primitive!(
    /// How many of several criteria must hold, beside a count.
    Quantifier { Any = "any", All = "all" }
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_leads_to_its_kind() {
        assert_eq!(Rounding::from_word("half_even"), Some(Rounding::HalfEven));
        assert_eq!(Which::from_word("каждый из"), Some(Which::Each));
        assert_eq!(Ties::from_word("иначе"), None);
    }
}
