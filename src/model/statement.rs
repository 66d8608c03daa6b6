//! What a programme states itself instead of deriving it from data: the goal, the tasks, the expected
//! results, who does what, as a programme of a region or a municipality words them.

use super::{Meta, Ref};
use crate::base::Id;

#[derive(Clone, Debug, Default)]
pub struct Statement {
    pub goals: Vec<Stated>,
    pub tasks: Vec<Stated>,
    pub results: Vec<Stated>,
    pub participants: Vec<Participant>,
    /// Indicators with the facts and plans that their declarations give by years.
    pub indicators: Vec<Ref>,
}

impl Statement {
    pub fn is_empty(&self) -> bool {
        self.goals.is_empty()
            && self.tasks.is_empty()
            && self.results.is_empty()
            && self.participants.is_empty()
            && self.indicators.is_empty()
    }

    /// Goals, tasks, expected results.
    pub fn lists(&self) -> [&Vec<Stated>; 3] {
        [&self.goals, &self.tasks, &self.results]
    }

    pub(super) fn lists_mut(&mut self) -> [&mut Vec<Stated>; 3] {
        self.all_mut().0
    }

    /// The same, and who takes part.
    pub(super) fn all_mut(&mut self) -> ([&mut Vec<Stated>; 3], &mut Vec<Participant>) {
        let Self { goals, tasks, results, participants, .. } = self;
        ([goals, tasks, results], participants)
    }
}

/// A goal, a task or an expected result in its own words.
#[derive(Clone, Debug)]
pub struct Stated {
    pub id: Id,
    pub meta: Meta,
    /// What an expected result is measured by.
    pub indicators: Vec<Ref>,
}

/// Who takes part: one body, or several that act jointly.
#[derive(Clone, Debug)]
pub struct Participant {
    pub id: Id,
    pub meta: Meta,
    pub bodies: Vec<Ref>,
    pub duties: Vec<String>,
    pub outcomes: Vec<String>,
}
