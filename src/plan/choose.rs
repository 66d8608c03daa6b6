//! The choice: which deficits the programme takes up, and what answers them.

use crate::base::Id;
use crate::calendar::{Occurrence, Period};
use crate::eval::{Diagnosis, Evaluator, Proof};
use crate::model::{Model, ProgrammeKind};

/// What the programme does, and why.
#[derive(Clone, Debug)]
pub struct Choice {
    /// Proven deficits taken up now, heaviest first.
    pub priorities: Vec<Id>,
    /// Proven deficits consciously put off, with the reason.
    pub postponed: Vec<(Id, String)>,
    /// Deficits that the data do not decide.
    pub undecided: Vec<Id>,
    pub goals: Vec<Id>,
    pub tasks: Vec<ChosenTask>,
    /// Requirements that hold here.
    pub requirements: Vec<Id>,
    /// In the order of their prerequisites and times.
    pub activities: Vec<ChosenActivity>,
    pub period: Period,
}

#[derive(Clone, Debug)]
pub struct ChosenTask {
    pub id: Id,
    /// The priorities that it answers.
    pub deficits: Vec<Id>,
    pub proof: Proof,
}

#[derive(Clone, Debug)]
pub struct ChosenActivity {
    pub id: Id,
    /// What it answers: deficits, then requirements, then activities that rest on it.
    pub answers: Vec<Answer>,
    pub tasks: Vec<Id>,
    /// Empty for terms without dates.
    pub occurrences: Vec<Occurrence>,
    pub proof: Proof,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    Deficit(Id),
    Requirement(Id),
    /// Needed before another activity.
    Prerequisite(Id),
}

/// Chooses for one programme of the institution.
pub fn choose(
    model: &Model,
    evaluator: &Evaluator<'_>,
    diagnosis: &Diagnosis,
    kind: &ProgrammeKind,
    period: Period,
) -> Choice {
    let _ = (model, evaluator, kind);
    Choice {
        priorities: Vec::new(),
        postponed: Vec::new(),
        undecided: diagnosis.deficits.iter().map(|d| d.id.clone()).collect(),
        goals: Vec::new(),
        tasks: Vec::new(),
        requirements: Vec::new(),
        activities: Vec::new(),
        period,
    }
}
