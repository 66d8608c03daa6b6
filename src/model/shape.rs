//! The shape of a result: what a table of conclusions is asked by. A closed set of dimensions, each
//! with a closed set of values; what cannot be computed has a value of its own.

/// A dimension: its values in the order of the reference, and their words in the language.
macro_rules! dimension {
    ($(#[$doc:meta])* $name:ident, $word:literal: $($value:ident = $text:literal),+ $(,)?) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($value),+
        }

        impl $name {
            pub const WORD: &'static str = $word;
            pub const ALL: &'static [Self] = &[$(Self::$value),+];

            pub fn word(self) -> &'static str {
                match self {
                    $(Self::$value => $text),+
                }
            }
        }
    };
}

dimension! {
    /// Which way is the better one.
    Way, "лучше": More = "больше", Less = "меньше",
}

dimension! {
    /// Where the figure of the year stands among all that it could be.
    Standing, "уровень":
    Best = "наилучший",
    Good = "хороший",
    Middle = "средний",
    Poor = "плохой",
    Worst = "наихудший",
    Unknown = "неизвестен",
}

dimension! {
    /// How it came there in two years. A change of less than one pupil is none.
    Dynamics, "динамика":
    BetterTwice = "улучшается два года",
    Better = "улучшается",
    Same = "без изменений",
    Swings = "колеблется",
    Worse = "ухудшается",
    WorseTwice = "ухудшается два года",
    Unknown = "неизвестна",
}

dimension! {
    /// How it stands beside the municipality and the region of the same year.
    Comparison, "сравнение":
    BetterThanBoth = "лучше обоих",
    BetterAndLevel = "лучше и вровень",
    BetterThanOnly = "лучше единственного",
    LevelWithBoth = "вровень с обоими",
    LevelWithOnly = "вровень с единственным",
    BetterAndWorse = "лучше и хуже",
    WorseAndLevel = "хуже и вровень",
    WorseThanOnly = "хуже единственного",
    WorseThanBoth = "хуже обоих",
    Unknown = "неизвестно",
}

dimension! {
    /// How many stand behind the figure.
    GroupSize, "группа": Small = "малая", Enough = "достаточная", Unknown = "неизвестна",
}

/// The shape of one result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Shape {
    pub way: Way,
    pub standing: Standing,
    pub dynamics: Dynamics,
    pub comparison: Comparison,
    pub group: GroupSize,
}

impl Shape {
    /// Every shape that a result can have, in the order of the reference.
    pub fn all() -> impl Iterator<Item = Self> {
        let mut all = Vec::new();
        for way in Way::ALL {
            for standing in Standing::ALL {
                for dynamics in Dynamics::ALL {
                    for comparison in Comparison::ALL {
                        for group in GroupSize::ALL {
                            all.push(Self {
                                way: *way,
                                standing: *standing,
                                dynamics: *dynamics,
                                comparison: *comparison,
                                group: *group,
                            });
                        }
                    }
                }
            }
        }
        all.into_iter().filter(|shape| shape.is_possible())
    }

    /// What is at the best it could be has not got worse and is worse than nobody; the worst, the
    /// other way round.
    pub fn is_possible(&self) -> bool {
        use Comparison as C;
        match self.standing {
            Standing::Best => {
                !matches!(self.dynamics, Dynamics::Worse | Dynamics::WorseTwice)
                    && !matches!(
                        self.comparison,
                        C::WorseThanBoth | C::WorseThanOnly | C::WorseAndLevel | C::BetterAndWorse
                    )
            }
            Standing::Worst => {
                !matches!(self.dynamics, Dynamics::Better | Dynamics::BetterTwice)
                    && !matches!(
                        self.comparison,
                        C::BetterThanBoth
                            | C::BetterThanOnly
                            | C::BetterAndLevel
                            | C::BetterAndWorse
                    )
            }
            _ => true,
        }
    }

    /// «лучше меньше, уровень плохой, динамика ухудшается, …»
    pub fn words(&self) -> String {
        let all = [
            (Way::WORD, self.way.word()),
            (Standing::WORD, self.standing.word()),
            (Dynamics::WORD, self.dynamics.word()),
            (Comparison::WORD, self.comparison.word()),
            (GroupSize::WORD, self.group.word()),
        ];
        all.map(|(dimension, value)| format!("{dimension} {value}")).join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_dimension_differ() {
        let all = Comparison::ALL.iter().map(|value| value.word());
        let mut words: Vec<&str> = all.collect();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), Comparison::ALL.len());
    }

    #[test]
    fn nothing_falls_from_the_bottom_or_rises_from_the_top() {
        let all: Vec<Shape> = Shape::all().collect();
        assert_eq!(all.len(), 2 * 3 * (5 * 6 + 4 * 7 * 10 + 5 * 6));
        assert!(all.iter().any(|shape| shape.standing == Standing::Best
            && shape.dynamics == Dynamics::Swings));
    }
}
