//! Four answers to a condition.

/// What is known of a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Truth {
    Yes,
    No,
    Unknown,
    /// The question does not arise: a nine-year school has no ЕГЭ.
    Inapplicable,
}

impl Truth {
    pub fn of(decided: Option<bool>) -> Self {
        match decided {
            Some(true) => Self::Yes,
            Some(false) => Self::No,
            None => Self::Unknown,
        }
    }

    pub fn is_known(self) -> bool {
        self != Self::Unknown
    }

    pub fn negate(self) -> Self {
        match self {
            Self::Yes => Self::No,
            Self::No => Self::Yes,
            other => other,
        }
    }

    /// «и»: what does not apply is left out; if nothing is left, nothing applies.
    pub fn all(parts: impl IntoIterator<Item = Truth>) -> Self {
        fold(parts, Self::No, Self::Yes)
    }

    /// «или», likewise.
    pub fn any(parts: impl IntoIterator<Item = Truth>) -> Self {
        fold(parts, Self::Yes, Self::No)
    }
}

/// `deciding` settles the whole, `neutral` leaves it open to the others.
fn fold(parts: impl IntoIterator<Item = Truth>, deciding: Truth, neutral: Truth) -> Truth {
    let mut result = Truth::Inapplicable;
    for part in parts {
        if part == deciding {
            return deciding;
        }
        result = match (result, part) {
            (Truth::Unknown, _) | (_, Truth::Unknown) => Truth::Unknown,
            (before, Truth::Inapplicable) => before,
            _ => neutral,
        };
    }
    result
}

#[cfg(test)]
mod tests {
    use super::Truth::{Inapplicable, No, Unknown, Yes};
    use super::*;

    #[test]
    fn kleene_with_a_fourth_value() {
        assert_eq!(Truth::all([Yes, Unknown]), Unknown);
        assert_eq!(Truth::all([No, Unknown]), No);
        assert_eq!(Truth::any([Yes, Unknown]), Yes);
        assert_eq!(Truth::any([No, Unknown]), Unknown);
        assert_eq!(Truth::any([No, Inapplicable]), No);
        assert_eq!(Truth::all([Yes, Inapplicable]), Yes);
        assert_eq!(Truth::all([Inapplicable, Inapplicable]), Inapplicable);
        assert_eq!(Truth::any([Unknown, Inapplicable]), Unknown);
        assert_eq!(Unknown.negate(), Unknown);
    }
}
