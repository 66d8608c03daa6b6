//! Targets: what each indicator is to reach, year by year, never before its figure exists.

use super::Choice;
use crate::base::{Id, Number};
use crate::calendar::Date;
use crate::eval::{Diagnosis, Evaluator, Value};
use crate::model::Model;

/// An indicator with its start and its targets.
#[derive(Clone, Debug)]
pub struct PlannedTarget {
    pub indicator: Id,
    pub baseline: Value,
    pub baseline_year: i32,
    /// How many took part in the year of the baseline.
    pub n: Option<u64>,
    /// One for each school year of the programme, in order.
    pub targets: Vec<TargetAt>,
    /// The goals and activities that ask for it.
    pub asked_by: Vec<Id>,
}

#[derive(Clone, Debug)]
pub struct TargetAt {
    /// The calendar year in which the school year ends.
    pub year: i32,
    /// The day by which it is due: never before the figure appears.
    pub by: Date,
    /// `None`: the baseline is not known.
    pub value: Option<Number>,
    /// The same in whole pupils, of as many as took part at the start.
    pub pupils: Option<u64>,
}

/// The targets of the chosen goals and activities.
pub fn targets(
    model: &Model,
    evaluator: &Evaluator<'_>,
    diagnosis: &Diagnosis,
    choice: &Choice,
) -> Vec<PlannedTarget> {
    let _ = (model, evaluator, diagnosis, choice);
    Vec::new()
}
