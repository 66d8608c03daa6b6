//! What the team of a project has decided itself: over the answers and the rules, with a reason.

use std::collections::BTreeMap;

use super::proof::{Proof, ProofKind};
use crate::base::Id;

/// One decision: to confirm, to take up (or the opposite), and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Confirmed or taken up; else refuted or left out.
    pub includes: bool,
    pub reason: String,
}

impl Decision {
    /// «включён решением команды: …»; the words are the participle of what is decided.
    pub fn sentence(&self, included: &str, excluded: &str) -> String {
        let word = if self.includes { included } else { excluded };
        format!("{word} решением команды: {}", self.reason)
    }

    /// The decision as a reason.
    pub fn proof(&self, text: String, id: &Id) -> Proof {
        Proof::new(ProofKind::Edit, text).about(id)
    }
}

/// The decisions of a project, by the element.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decisions {
    pub causes: BTreeMap<Id, Decision>,
    pub deficits: BTreeMap<Id, Decision>,
    pub activities: BTreeMap<Id, Decision>,
}
