//! From the diagnosis to what is to be done: priorities, tasks, activities with their times,
//! targets.

mod choose;
mod order;
mod period;
mod rank;
mod support;
mod targets;

pub use choose::{Answer, Choice, ChosenActivity, ChosenTask, choose};
pub use period::period_of;
pub use support::{ChosenResource, ChosenRisk, ResourceTotal, Sum};
pub use targets::{PlannedTarget, TargetAt, targets};
