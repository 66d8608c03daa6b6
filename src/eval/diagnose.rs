//! The diagnosis: every indicator of the institution, every deficit, and what the unknowns would
//! decide.

use std::collections::BTreeSet;

use super::proof::Proof;
use super::{Evaluator, Facts, Key, Truth, Value};
use crate::base::{Id, Level, Number};
use crate::calendar::Date;
use crate::model::Model;

/// What the data say of one institution.
#[derive(Clone, Debug)]
pub struct Diagnosis {
    pub as_of: Date,
    /// Indicators of the institution's level, in the order of the packs.
    pub indicators: Vec<IndicatorReading>,
    /// In the order of the packs.
    pub deficits: Vec<DeficitFinding>,
    pub causes: Vec<CauseFinding>,
    /// The most deciding first.
    pub unknown: Vec<UnknownFigure>,
}

/// An indicator of the institution.
#[derive(Clone, Debug)]
pub struct IndicatorReading {
    pub id: Id,
    /// The current year.
    pub year: i32,
    pub value: Value,
    pub n: Option<u64>,
    pub source: String,
    /// Figures of the three years up to the current one, oldest first, the current one included.
    pub series: Vec<Point>,
    /// The same year above: municipality, region, federation, as far as anything is known.
    pub comparisons: Vec<(Level, Value, String)>,
    /// «рост», «снижение», «без изменений» from the year before, as far as known.
    pub dynamics: Option<&'static str>,
}

#[derive(Clone, Debug)]
pub struct Point {
    pub year: i32,
    pub value: Value,
    pub n: Option<u64>,
}

impl IndicatorReading {
    /// Whether nothing at all is known of the current year.
    pub fn is_missing(&self) -> bool {
        matches!(self.value, Value::Unknown | Value::Truth(Truth::Unknown))
    }
}

/// A deficit, present or not, and why.
#[derive(Clone, Debug)]
pub struct DeficitFinding {
    pub id: Id,
    pub state: Truth,
    /// `None` where the weight itself is not decided.
    pub weight: Option<Number>,
    /// The least number of participants behind it, where known.
    pub group: Option<u64>,
    pub proof: Proof,
    /// The missing figures that would be looked at next.
    pub needs: BTreeSet<Key>,
    /// The indicators that the condition looks at, in its order.
    pub indicators: Vec<Id>,
}

impl DeficitFinding {
    /// Fewer than ten pupils stand behind the figure.
    pub fn is_small_group(&self) -> bool {
        self.group.is_some_and(|n| n < 10)
    }
}

/// A cause of a deficit that is present.
#[derive(Clone, Debug)]
pub struct CauseFinding {
    pub id: Id,
    /// Yes: confirmed; no: refuted; unknown: possible.
    pub state: Truth,
    pub proof: Proof,
}

/// A figure that is not there, and how many deficits it would decide whatever it is.
#[derive(Clone, Debug)]
pub struct UnknownFigure {
    pub key: Key,
    pub decides: usize,
}

/// Holds the data against the rules.
pub fn diagnose(model: &Model, facts: &Facts) -> Diagnosis {
    let evaluator = Evaluator::new(model, facts);
    let _ = &evaluator;
    Diagnosis {
        as_of: facts.as_of,
        indicators: Vec::new(),
        deficits: Vec::new(),
        causes: Vec::new(),
        unknown: Vec::new(),
    }
}
