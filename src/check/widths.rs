//! The columns of a table fit on a sheet: their widths are shares of it.

use super::sites::{self, Part};
use super::{CheckSpec, Pass};
use crate::diag::Code;
use crate::model::TableSpec;

pub(super) const SPEC: CheckSpec =
    CheckSpec { code: Code(69), summary: "Графы таблицы шире листа", run };

/// Per cent of the sheet.
const WHOLE: u32 = 100;

fn run(pass: &mut Pass<'_>) {
    for kind in pass.model.programmes.values() {
        for part in sites::parts(kind) {
            let Part::Table(table) = part.what else { continue };
            let Some(fault) = fault(table) else { continue };
            let finding = pass.warning(table.span, fault).with_hint(
                "«ширина» — доля листа в процентах: сложите их, чтобы вышло не больше 100",
            );
            pass.report(finding);
        }
    }
}

fn fault(table: &TableSpec) -> Option<String> {
    let heads = table.heads.iter().map(|head| head.width);
    let widths: Vec<Option<u32>> =
        heads.chain(table.columns.iter().map(|column| column.width)).collect();
    let given = widths.iter().flatten().fold(0, |sum: u32, width| sum.saturating_add(*width));
    if given > WHOLE {
        return Some(format!("графы таблицы «{}» вместе занимают {given} % листа", table.id));
    }
    // Columns that say no width share what is left.
    (given == WHOLE && widths.contains(&None))
        .then(|| format!("графам таблицы «{}», у которых нет ширины, не остаётся места", table.id))
}

#[cfg(test)]
mod tests {
    use crate::check::testing::check_code;

    #[test]
    fn the_widths_of_a_table_add_up_to_a_sheet() {
        let text = "программа школы п «П»\n  тип «справка»\n  раздел а «А»\n    таблица б «Б»\n      \
                    строки мероприятия\n      графа «Что» название ширина 60\n      графа «Когда» срок ширина 41\n    \
                    таблица в «В»\n      графа «Что» ширина 300\n      графа «Кто»\n      строка «а» «б»\n    \
                    таблица г «Г»\n      строки мероприятия\n      графа «Что» название ширина 60\n      \
                    графа «Когда» срок ширина 40\n    таблица д «Д»\n      строки мероприятия\n      \
                    графа «Что» название ширина 100\n      графа «Когда» срок\n";
        check_code(
            69,
            text,
            "ПКО-069 4:5 графы таблицы «б» вместе занимают 101 % листа\n\
             ПКО-069 8:5 графы таблицы «в» вместе занимают 300 % листа\n\
             ПКО-069 16:5 графам таблицы «д», у которых нет ширины, не остаётся места\n",
        );
    }
}
