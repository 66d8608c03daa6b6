//! From the diagnosis to what is to be done: priorities, tasks, activities with their times,
//! targets.

mod choose;
mod order;
mod targets;

pub use choose::{Answer, Choice, ChosenActivity, ChosenTask, choose};
pub use targets::{PlannedTarget, TargetAt, targets};
