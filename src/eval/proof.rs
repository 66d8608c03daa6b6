//! Why: a tree from a conclusion down to figures, acts, a methodist's word or a person's edit.

use crate::base::Id;

/// What kind of reason a node is; the words of `because.kind`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProofKind {
    Rule,
    Value,
    Comparison,
    Dynamics,
    Source,
    Act,
    Edit,
    Methodist,
    Requirement,
}

impl ProofKind {
    pub fn russian(self) -> &'static str {
        match self {
            Self::Rule => "правило",
            Self::Value => "значение",
            Self::Comparison => "сравнение",
            Self::Dynamics => "динамика",
            Self::Source => "источник",
            Self::Act => "акт",
            Self::Edit => "правка",
            Self::Methodist => "методист",
            Self::Requirement => "требование",
        }
    }
}

/// One reason and the reasons behind it.
#[derive(Clone, Debug, PartialEq)]
pub struct Proof {
    pub kind: ProofKind,
    /// The rule or the indicator.
    pub reference: Option<Id>,
    /// One sentence in Russian.
    pub text: String,
    /// Plain decimal, for machines.
    pub value: Option<String>,
    pub unit: Option<String>,
    /// The year.
    pub at: Option<String>,
    /// Source and place in words.
    pub source: Option<(String, String)>,
    pub children: Vec<Proof>,
}

impl Proof {
    pub fn new(kind: ProofKind, text: impl Into<String>) -> Self {
        Self {
            kind,
            reference: None,
            text: text.into(),
            value: None,
            unit: None,
            at: None,
            source: None,
            children: Vec::new(),
        }
    }

    pub fn about(mut self, id: &Id) -> Self {
        self.reference = Some(id.clone());
        self
    }

    pub fn with(mut self, children: Vec<Proof>) -> Self {
        self.children = children;
        self
    }

    /// This node and all below it, depth first.
    pub fn flatten(&self) -> Vec<&Proof> {
        let mut all = vec![self];
        for child in &self.children {
            all.extend(child.flatten());
        }
        all
    }
}

/// Two lists of reasons as one; what both give is said once.
pub(super) fn said_once(mut all: Vec<Proof>, more: Vec<Proof>) -> Vec<Proof> {
    for proof in more {
        if !all.contains(&proof) {
            all.push(proof);
        }
    }
    all
}
