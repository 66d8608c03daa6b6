//! What a team changes in its documents: edits and additions of the project, each held against what
//! the program says without it, then laid over the pack and the facts.
//!
//! The order: additions; causes and deficits, against the diagnosis; activities in or out, against
//! the choice that follows; their fields, against the activities chosen then. An edit that no longer
//! meets what it speaks of is reported as stale and left out.

mod added;
mod conflicts;
mod fields;
mod order;
mod outlook;
mod paragraphs;
mod planned;
mod report;
mod states;
mod values;

#[cfg(test)]
mod tests;

use crate::calendar::Period;
use crate::data::Project;
use crate::diag::Diagnostic;
use crate::eval::Facts;
use crate::model::{Model, ProgrammeKind};

pub use paragraphs::unplaced;
use planned::Planned;

/// Codes of this stage.
pub mod codes {
    use crate::diag::Code;

    pub const STALE: Code = Code(310);
    pub const UNKNOWN_ELEMENT: Code = Code(311);
    pub const UNKNOWN_FIELD: Code = Code(312);
    pub const BAD_VALUE: Code = Code(313);
    pub const CHANGES_NOTHING: Code = Code(314);
    pub const CONTRADICTION: Code = Code(315);
    pub const NEEDED_BY_OTHERS: Code = Code(316);
    pub const NAME_TAKEN: Code = Code(317);
    pub const TOO_LATE: Code = Code(318);
    pub const UNFULFILLED: Code = Code(319);
    pub const CUT_AT_END: Code = Code(64);

    pub const ALL: &[(Code, &str)] = &[
        (STALE, "Правка проекта устарела и не применена"),
        (UNKNOWN_ELEMENT, "Правка называет то, чего нет"),
        (UNKNOWN_FIELD, "У элемента нет такого поля"),
        (BAD_VALUE, "Значение правки не читается"),
        (CHANGES_NOTHING, "Правка ничего не меняет"),
        (CONTRADICTION, "Правки противоречат друг другу"),
        (NEEDED_BY_OTHERS, "Исключено мероприятие, которое нужно другим"),
        (NAME_TAKEN, "Имя добавленного мероприятия занято"),
        (TOO_LATE, "Срок правки спорит с порядком мероприятий"),
        (CUT_AT_END, "Срок, который назначила команда, выходит за конец программы"),
        (UNFULFILLED, "Из-за правки требование никто не исполняет"),
    ];
}

/// What edits are laid over.
pub struct Base<'a> {
    pub model: &'a mut Model,
    pub facts: &'a mut Facts,
    /// The documents of the project with their first and last days.
    pub documents: &'a [(ProgrammeKind, Period)],
}

/// Lays the edits and additions of a project over the pack and the facts.
pub fn apply(project: &Project, base: &mut Base<'_>, out: &mut Vec<Diagnostic>) {
    paragraphs::check(project, base.documents, out);
    added::apply(project, base, out);
    let planned = planned::read(project, base.model, out);
    let planned = conflicts::without_contradictions(planned, out);
    if !planned.is_empty() {
        lay(&planned, base, out);
    }
    order::check(project, &planned, base, out);
}

/// Lays edits over the base, what follows from one stage before the next.
fn lay(planned: &[Planned<'_>], base: &mut Base<'_>, out: &mut Vec<Diagnostic>) {
    let outlook = outlook::of(base);
    states::judgements(planned, &outlook, base, out);
    let outlook = outlook::of(base);
    states::activities(planned, &outlook, base, out);
    let outlook = outlook::of(base);
    conflicts::needed_by_others(planned, &outlook, base, out);
    conflicts::unfulfilled(planned, &outlook, base, out);
    fields::apply(planned, &outlook, base, out);
}
