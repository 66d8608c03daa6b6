//! What the documents of a project come to with these facts: the diagnosis, and the choice of each
//! document that speaks of data.

use super::choose::{Choice, ChosenActivity, choose};
use crate::base::Id;
use crate::calendar::Period;
use crate::eval::{Diagnosis, Evaluator, Facts, diagnose};
use crate::model::{Model, ProgrammeKind};

/// The diagnosis, and the choice of each document that speaks of data.
#[derive(Clone, Debug)]
pub struct Outlook {
    pub diagnosis: Diagnosis,
    pub choices: Vec<Choice>,
}

impl Outlook {
    /// `documents`: those of the project with their first and last days.
    pub fn of(model: &Model, facts: &Facts, documents: &[(ProgrammeKind, Period)]) -> Self {
        let diagnosis = diagnose(model, facts);
        let evaluator = Evaluator::new(model, facts);
        let speaking = documents.iter().filter(|(kind, _)| !kind.is_written_out());
        let choices = speaking
            .map(|(kind, period)| choose(model, &evaluator, &diagnosis, kind, *period))
            .collect();
        Self { diagnosis, choices }
    }

    /// Every time that an activity is chosen, once for each document.
    pub fn chosen<'o>(&'o self, id: &'o Id) -> impl Iterator<Item = &'o ChosenActivity> {
        let all = self.choices.iter().flat_map(|choice| &choice.activities);
        all.filter(move |activity| activity.id == *id)
    }

    pub fn takes(&self, activity: &Id) -> bool {
        self.chosen(activity).next().is_some()
    }
}
