//! A ready plan over years, as a source has it or adapted from the plan of another pack.

use super::declarations::{DocumentUse, Mend, Meta, Ref};
use super::expr::Quantity;
use super::history::Adaptation;
use super::programme::ProgrammeKind;
use crate::base::{Id, Level, Span};
use crate::calendar::Term;

/// `дорожная_карта`: directions with activities, each year of an activity a scope of its own.
#[derive(Clone, Debug)]
pub struct Roadmap {
    pub meta: Meta,
    pub level: Level,
    /// First and last calendar year.
    pub years: (i32, i32),
    /// What the plan says before its table, a paragraph each.
    pub introduction: Vec<String>,
    /// Short and full, as the plan itself explains them.
    pub abbreviations: Vec<(String, String)>,
    pub directions: Vec<RoadmapDirection>,
    /// How it came from another plan; absent where it stands on its own.
    pub adaptation: Option<Adaptation>,
    /// A direction or an activity could not be read.
    pub lost: bool,
}

#[derive(Clone, Debug)]
pub struct RoadmapDirection {
    pub id: Id,
    pub meta: Meta,
    pub activities: Vec<RoadmapActivity>,
}

#[derive(Clone, Debug)]
pub struct RoadmapActivity {
    pub id: Id,
    pub meta: Meta,
    /// Roles or bodies.
    pub responsible: Vec<Ref>,
    pub controller: Option<Ref>,
    pub documents: Vec<DocumentUse>,
    pub after: Vec<Ref>,
    /// Indicators that it moves.
    pub moves: Vec<Ref>,
    pub years: Vec<YearPlan>,
    /// What the source is stated not to name: «ответственный», «документ», «срок 2021».
    pub absent: Vec<String>,
}

/// `в 2020`: what comes of an activity in one calendar year.
#[derive(Clone, Debug)]
pub struct YearPlan {
    pub year: i32,
    pub results: Vec<PlannedResult>,
    /// The term of the year; its results have it already.
    pub term: Option<Term<Id>>,
    /// What was mended of the year's own lines.
    pub mended: Vec<Mend>,
    /// In an adapted plan: the results of the base are dropped, these stand instead.
    pub replaces: bool,
    /// Why its term may be of another year, where the methodist says so.
    pub explained: Option<String>,
    pub span: Span,
}

/// A result and when it is there. A term of the year is the term of each result that has none.
#[derive(Clone, Debug)]
pub struct PlannedResult {
    pub number: Option<String>,
    pub text: String,
    /// Months without a year are of the year around them.
    pub term: Option<Term<Id>>,
    /// What an indicator is brought to.
    pub target: Option<(Ref, Quantity)>,
    /// How much at least; several where they are for different people.
    pub norms: Vec<Norm>,
    pub mended: Vec<Mend>,
    pub span: Span,
}

/// `норма не меньше 5 событие за учебный год`.
#[derive(Clone, Debug)]
pub struct Norm {
    pub at_least: Quantity,
    /// «год», «учебный год», «полугодие», «квартал»; absent where the plan does not say.
    pub per: Option<String>,
    /// For whom, in the plan's words.
    pub for_whom: Option<String>,
}

impl Roadmap {
    /// The activities of all directions, in order.
    pub fn activities(&self) -> impl Iterator<Item = &RoadmapActivity> {
        self.directions.iter().flat_map(|direction| &direction.activities)
    }

    /// Whether verbs of its own are missing, so that little can be said of its years.
    pub fn is_broken(&self) -> bool {
        self.adaptation.as_ref().is_some_and(|adaptation| adaptation.broken)
    }
}

impl ProgrammeKind {
    /// A paper whose content is written out: it asks for no data and chooses nothing.
    pub fn is_written_out(&self) -> bool {
        self.roadmap.is_some() || !self.points.is_empty()
    }
}
