//! What the program says with the edits that are laid over it so far.

use super::Base;
use crate::base::Id;
use crate::eval::{self, Diagnosis, Evaluator, own_level};
use crate::model::Activity;
use crate::plan::{self, Choice, ChosenActivity};

/// The diagnosis, and the choice of each document that speaks of data.
pub(super) struct Outlook {
    pub diagnosis: Diagnosis,
    pub choices: Vec<Choice>,
}

impl Outlook {
    pub fn of(base: &Base<'_>) -> Self {
        let diagnosis = eval::diagnose(base.model, base.facts);
        let evaluator = Evaluator::new(base.model, base.facts);
        let speaking = base.documents.iter().filter(|(kind, _)| !kind.is_written_out());
        let choices = speaking
            .map(|(kind, period)| plan::choose(base.model, &evaluator, &diagnosis, kind, *period))
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

/// Whether the documents of the project may hold the activity at all.
pub(super) fn is_of_this_level(base: &Base<'_>, activity: &Activity) -> bool {
    activity.level == own_level(base.facts) && !activity.external
}
