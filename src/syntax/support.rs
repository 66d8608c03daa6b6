//! The words of resources and risks.

use super::tree::Name;
use crate::base::Number;

/// `68 часов в год`
#[derive(Clone, Debug, PartialEq)]
pub struct AmountSyntax {
    /// `None`: «неизвестно сколько», a statement.
    pub number: Option<Number>,
    pub unit: Name,
    pub yearly: bool,
}

/// What kind of thing a resource is, in the order in which documents name them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ResourceKind {
    People,
    Money,
    Materials,
    Network,
}

/// How likely something is, and how grave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grade {
    Low,
    Middle,
    High,
}

impl ResourceKind {
    pub fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "кадры" => Self::People,
            "финансы" => Self::Money,
            "материалы" => Self::Materials,
            "сеть" => Self::Network,
            _ => return None,
        })
    }

    pub fn russian(self) -> &'static str {
        match self {
            Self::People => "кадры",
            Self::Money => "финансы",
            Self::Materials => "материалы",
            Self::Network => "сеть",
        }
    }
}

impl Grade {
    /// In the gender of «вероятность» or of «влияние».
    pub fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "низкая" | "низкое" => Self::Low,
            "средняя" | "среднее" => Self::Middle,
            "высокая" | "высокое" => Self::High,
            _ => return None,
        })
    }

    /// Of a likelihood.
    pub fn feminine(self) -> &'static str {
        match self {
            Self::Low => "низкая",
            Self::Middle => "средняя",
            Self::High => "высокая",
        }
    }

    /// Of an impact.
    pub fn neuter(self) -> &'static str {
        match self {
            Self::Low => "низкое",
            Self::Middle => "среднее",
            Self::High => "высокое",
        }
    }

    /// From one to three: what is likely and grave comes first.
    pub fn weight(self) -> u8 {
        match self {
            Self::Low => 1,
            Self::Middle => 2,
            Self::High => 3,
        }
    }
}
