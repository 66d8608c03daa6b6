//! What the activities of a programme need, and what may go wrong with them.

use super::declarations::{Meta, Ref};
use super::expr::Expr;
use crate::base::{Id, Level, Number};
use crate::syntax::tree::{Grade, ResourceKind};

/// The unit in which money is counted, a word of the language: packs declare its forms.
pub const MONEY: &str = "рубль";

/// How much of a resource is needed.
#[derive(Clone, Debug, PartialEq)]
pub struct Amount {
    /// Absent: stated to be unknown, which is not nothing.
    pub number: Option<Number>,
    /// What is counted.
    pub unit: Id,
    /// In every school year in which its activities fall, else once.
    pub yearly: bool,
}

/// Something that activities cannot do without.
#[derive(Clone, Debug)]
pub struct Resource {
    pub meta: Meta,
    pub level: Level,
    pub kind: Option<ResourceKind>,
    pub amount: Option<Amount>,
    /// Where the money comes from (`за счёт`).
    pub paid_by: Option<String>,
    /// It costs nothing beside what is there.
    pub costs_nothing: bool,
    pub activities: Vec<Ref>,
}

/// What may keep a programme from its results.
#[derive(Clone, Debug)]
pub struct Risk {
    pub meta: Meta,
    pub level: Level,
    /// Absent: it is always there.
    pub condition: Option<Expr>,
    pub likelihood: Option<Grade>,
    pub impact: Option<Grade>,
    pub measures: Vec<String>,
    /// Roles or bodies.
    pub responsible: Vec<Ref>,
    /// It concerns a programme that does one of these, or takes up one of the deficits.
    pub activities: Vec<Ref>,
    pub deficits: Vec<Ref>,
}
