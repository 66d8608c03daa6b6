//! A programme has no more school years than its tables have columns for.

use super::codes;
use super::view::View;
use crate::diag::Diagnostic;
use crate::model::SectionBlock;
use crate::russian::{DateStyle, date};

/// The columns of tables end with the third year (`цель_3`, `срок_3`, `год_3`).
const COLUMNS: usize = 3;

/// Refuses a period of which a table by years would leave out the end.
pub(super) fn too_many(view: &View<'_>) -> Option<Diagnostic> {
    let years = view.school_years().len();
    let mut sections = view.kind.sections.iter();
    if years <= COLUMNS || !sections.any(|section| section.blocks.iter().any(is_by_years)) {
        return None;
    }
    let period = view.choice.period;
    let day = |day| date(day, DateStyle::Short);
    let message = format!(
        "в сроке программы, с {} по {}, учебных лет {years}, а таблицы этого документа показывают три",
        day(period.from),
        day(period.to)
    );
    let place = view.project.period.as_ref().map_or(&view.project.date.place, |(_, to)| &to.place);
    let finding = Diagnostic::error(codes::TOO_MANY_YEARS, place.clone(), message);
    Some(finding.with_label(view.kind.meta.span, "документ объявлен здесь").with_hint(
        "сократите срок в разделе [period] до трёх учебных лет; продолжение составляют следующей программой, по новым данным",
    ))
}

fn is_by_years(block: &SectionBlock) -> bool {
    match block {
        SectionBlock::Table(table) => {
            let mut fields = table.columns.iter().map(|column| column.field.id.as_str());
            fields.any(|field| ["цель_1", "срок_1", "год_1"].contains(&field))
        }
        SectionBlock::Each { blocks, .. } => blocks.iter().any(is_by_years),
        SectionBlock::Section(section) => section.blocks.iter().any(is_by_years),
        _ => false,
    }
}
