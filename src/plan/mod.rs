//! From the diagnosis to what is to be done: priorities, tasks, activities with their times,
//! targets.

mod choose;
mod late;
mod load;
mod order;
mod outlook;
mod period;
mod rank;
mod rounds;
mod schedule;
mod support;
mod targets;
#[cfg(test)]
mod tests;

pub use choose::{Answer, Choice, ChosenActivity, ChosenTask, choose};
pub use late::made_up_for;
pub use load::{Overload, Proposal};
pub use outlook::Outlook;
pub use period::{over_before, period_of};
pub use rank::weight_needed;
pub use rounds::unread;
pub use schedule::{Schedule, codes, schedule};
pub use support::{ChosenResource, ChosenRisk, ResourceTotal, Sum};
pub use targets::{PlannedTarget, TargetAt, targets, too_late};
