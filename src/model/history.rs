//! How a roadmap or a programme came from another one, as it happened.

use std::collections::BTreeSet;

use super::declarations::Ref;
use crate::base::{Id, Span};

/// The verbs by which a plan came from another one, in the order in which they act.
#[derive(Clone, Debug)]
pub struct Adaptation {
    pub base: Ref,
    pub steps: Vec<AdaptationStep>,
    /// The words of the base that still stand in it, as the verbs over the base left them, each with
    /// the part that it stands in.
    pub inherited: BTreeSet<(Id, String)>,
    /// A verb could not be read: what the plan lacks may be its doing.
    pub broken: bool,
}

impl Adaptation {
    /// The verbs that made something else of the base; what was kept stands there itself.
    pub fn changes(&self) -> impl Iterator<Item = &AdaptationStep> {
        self.steps.iter().filter(|step| !matches!(step.verb, Verb::Keep(_)))
    }
}

/// One verb as applied: what it did and why.
#[derive(Clone, Debug)]
pub struct AdaptationStep {
    pub verb: Verb,
    /// How many places it met.
    pub matched: usize,
    pub because: String,
    pub span: Span,
}

/// A verb with what it speaks of: parts of the base, where nothing else is said.
#[derive(Clone, Debug, PartialEq)]
pub enum Verb {
    Drop(Vec<Ref>),
    Keep(Vec<Ref>),
    /// Parts of the base made one.
    Merge {
        what: Vec<Ref>,
        into: Ref,
    },
    /// By years.
    Shift(i32),
    /// A role or a body by another.
    ReplaceActor {
        old: Ref,
        new: Ref,
    },
    ReplaceText {
        old: String,
        new: String,
    },
    /// The new title, where it has one.
    Change {
        what: Ref,
        title: Option<String>,
    },
    /// Something new, inside of a part of the base or after it.
    Add {
        what: Ref,
        near: Ref,
    },
}

impl Verb {
    /// The word of the language.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Drop(_) => "исключить",
            Self::Keep(_) => "оставить",
            Self::Merge { .. } => "объединить",
            Self::Shift(_) => "сдвинуть",
            Self::ReplaceActor { .. } | Self::ReplaceText { .. } => "заменить",
            Self::Change { .. } => "изменить",
            Self::Add { .. } => "добавить",
        }
    }

    /// What became of what it met: «исключено».
    pub fn participle(&self) -> &'static str {
        match self {
            Self::Drop(_) => "исключено",
            Self::Keep(_) => "оставлено",
            Self::Merge { .. } => "объединено",
            Self::Shift(_) => "сдвинуто",
            Self::ReplaceActor { .. } | Self::ReplaceText { .. } => "заменено",
            Self::Change { .. } => "изменено",
            Self::Add { .. } => "добавлено",
        }
    }

    /// The parts that it names, those of the base first.
    pub fn named(&self) -> &[Ref] {
        match self {
            Self::Drop(what) | Self::Keep(what) | Self::Merge { what, .. } => what,
            Self::Change { what, .. } | Self::Add { what, .. } => std::slice::from_ref(what),
            Self::Shift(_) | Self::ReplaceActor { .. } | Self::ReplaceText { .. } => &[],
        }
    }

    /// The part that it made of others.
    pub fn merged(&self) -> Option<&Id> {
        match self {
            Self::Merge { into, .. } => Some(&into.id),
            _ => None,
        }
    }

    /// Whether a part is what it meets or makes.
    pub fn is_about(&self, id: &Id) -> bool {
        self.named().iter().any(|named| named.id == *id) || self.merged() == Some(id)
    }

    /// What it met, as written.
    pub fn met(&self) -> Vec<String> {
        match self {
            Self::Shift(years) => vec![years.to_string()],
            Self::ReplaceActor { old, .. } => vec![old.id.to_string()],
            Self::ReplaceText { old, .. } => vec![old.clone()],
            _ => self.named().iter().map(|named| named.id.to_string()).collect(),
        }
    }

    /// What came of it, as written.
    pub fn came(&self) -> Option<String> {
        match self {
            Self::Drop(_) | Self::Keep(_) | Self::Shift(_) => None,
            Self::Merge { into, .. } => Some(into.id.to_string()),
            Self::ReplaceActor { new, .. } => Some(new.id.to_string()),
            Self::ReplaceText { new, .. } => Some(new.clone()),
            Self::Change { title, .. } => title.clone(),
            Self::Add { near, .. } => Some(near.id.to_string()),
        }
    }
}
