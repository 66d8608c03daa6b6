//! What a table of a programme would print empty: rows that the programme never states, stages
//! without their content, indicators without a figure.

use super::sites::{self, Part};
use super::{CheckSpec, Pass};
use crate::base::Id;
use crate::diag::{Code, Diagnostic};
use crate::model::{ProgrammeKind, StageSpec, TableSpec};

pub(super) const SPEC: CheckSpec =
    CheckSpec {
        code: Code(70), summary: "Таблице программы нечего показать", run
    };

const STAGES: &str = "этапы";
const CONTENT: &str = "содержание";

fn run(pass: &mut Pass<'_>) {
    for (id, kind) in &pass.model.programmes {
        let mut found = without_figures(pass, kind);
        for part in sites::parts(kind) {
            if let Part::Table(table) = part.what {
                found.extend(without_rows(pass, id, kind, table));
                found.extend(without_content(pass, kind, table));
            }
        }
        found.into_iter().for_each(|finding| pass.report(finding));
    }
}

/// A table that says when it is shown, or what stands in place of its rows, may have none.
fn without_rows(
    pass: &Pass<'_>,
    id: &Id,
    kind: &ProgrammeKind,
    table: &TableSpec,
) -> Option<Diagnostic> {
    let rows = table.rows.as_ref()?;
    let line = missing(kind, &rows.id)?;
    if table.condition.is_some() || table.if_empty.is_some() {
        return None;
    }
    let message = format!("строк «{}» не будет: в «{id}» нет ни одной строки «{line}»", rows.id);
    let hint = format!(
        "добавьте программе «{line} …» или скажите в таблице, что печатать вместо строк: если пусто «…»"
    );
    Some(pass.warning(rows.span, message).with_hint(hint))
}

/// The line of a programme that would give such rows, where it has none.
fn missing(kind: &ProgrammeKind, rows: &Id) -> Option<&'static str> {
    let said = &kind.statement;
    let sources = [
        ("заявленные_цели", "цель", said.goals.is_empty()),
        ("заявленные_задачи", "задача", said.tasks.is_empty()),
        ("заявленные_результаты", "ожидаемый_результат", said.results.is_empty()),
        ("заявленные_показатели", "заявленные показатели", said.indicators.is_empty()),
        ("участники", "участник", said.participants.is_empty()),
        (STAGES, "этап", kind.stages.is_empty()),
    ];
    let empty = sources.into_iter().find(|(name, _, is_empty)| *is_empty && Id::new(name) == *rows);
    empty.map(|(_, line, _)| line)
}

fn without_content<'a>(
    pass: &'a Pass<'_>,
    kind: &'a ProgrammeKind,
    table: &'a TableSpec,
) -> impl Iterator<Item = Diagnostic> + 'a {
    let of_stages = table.rows.as_ref().filter(|rows| rows.id == Id::new(STAGES));
    let column = of_stages
        .and_then(|_| table.columns.iter().find(|column| column.field.id == Id::new(CONTENT)));
    let says_nothing = |stage: &&StageSpec| stage.content.is_empty() && !stage.meta.says(CONTENT);
    column.into_iter().flat_map(move |column| {
        kind.stages.iter().filter(says_nothing).map(|stage| {
            let message = format!("у этапа «{}» нет содержания, а таблица его печатает", stage.id);
            pass.warning(stage.meta.span, message)
                .with_label(column.field.span, "графа здесь")
                .with_hint("добавьте этапу «содержание «…»» или уберите графу")
        })
    })
}

/// Stated indicators print the facts and plans of their declarations, and nothing else.
fn without_figures(pass: &Pass<'_>, kind: &ProgrammeKind) -> Vec<Diagnostic> {
    let named = kind.statement.indicators.iter().filter(|named| {
        let declared = pass.model.indicators.get(&named.id);
        declared.is_some_and(|declared| {
            let lost = declared.meta.says("факт") || declared.meta.says("план");
            declared.facts.is_empty() && declared.plans.is_empty() && !lost
        })
    });
    let told = named.map(|named| {
        let message = format!("у заявленного показателя «{}» нет ни факта, ни плана", named.id);
        pass.warning(named.span, message).with_hint(
            "добавьте показателю «факт 2025: 50 %» или «план 2026: 60 %»: печатаются только они",
        )
    });
    told.collect()
}

#[cfg(test)]
mod tests {
    use crate::check::testing::check_code;

    #[test]
    fn what_would_be_empty_is_told() {
        check_code(
            70,
            "показатель школы а «А»\n  вид процент; лучше больше\n  данные школа\n\
             показатель школы б «Б»\n  вид процент; лучше больше\n  данные школа\n  факт 2025: 50 %\n\
             программа муниципалитета п «П»\n  тип «МППКО»\n  заявленные показатели а, б\n  \
             этап начало «Первый»\n    срок 1 сентября 2025..31 мая 2026\n  раздел в «В»\n    таблица г «Г»\n      строки заявленные_задачи\n      \
             графа «Задача» название\n    таблица д «Д»\n      строки этапы\n      графа «Что» содержание\n    \
             таблица е «Е»\n      строки участники\n      графа «Кто» название\n      если пусто «Участников нет.»\n",
            "ПКО-070 10:25 у заявленного показателя «а» нет ни факта, ни плана\n\
             ПКО-070 11:8 у этапа «начало» нет содержания, а таблица его печатает\n\
             ПКО-070 15:14 строк «заявленные_задачи» не будет: в «п» нет ни одной строки «задача»\n",
        );
    }
}
