//! A table of conclusions is complete: every shape that a result can have meets a row.

use super::{CheckSpec, Pass};
use crate::diag::Code;
use crate::model::{Analysis, Cells, Comparison, Dynamics, GroupSize, Shape, Standing, Way};

pub(super) const SPEC: CheckSpec =
    CheckSpec { code: Code(65), summary: "Таблица выводов неполна", run };

fn run(pass: &mut Pass<'_>) {
    let model = pass.model;
    for (id, analysis) in model.analyses.iter().filter(|(_, it)| is_read(it)) {
        let missing: Vec<Shape> = Shape::all().filter(|it| is_missing(analysis, it)).collect();
        let Some(first) = missing.first() else { continue };
        let gap = in_words(&widened(analysis, first));
        let message = format!("разбор «{id}»: нет вывода для случая «{gap}»");
        let sample = gap.replace(", ", "; ");
        let finding = pass.error(analysis.meta.span, message).with_hint(format!(
            "всего без вывода сочетаний: {}; добавьте вывод со строкой «{sample}» или последний \
             вывод без условий",
            missing.len()
        ));
        pass.report(finding);
    }
}

/// Whether every cell of the table could be read: what is misspelt says nothing of gaps.
pub(super) fn is_read(analysis: &Analysis) -> bool {
    analysis.conclusions.iter().all(|row| {
        let asked = row.when.words();
        let is_there = |word: &str| asked.iter().any(|(dimension, _)| *dimension == word);
        let all = [Way::WORD, Standing::WORD, Dynamics::WORD, Comparison::WORD, GroupSize::WORD];
        all.into_iter().all(|word| !row.meta.says(word) || is_there(word))
    })
}

fn is_missing(analysis: &Analysis, shape: &Shape) -> bool {
    analysis.conclusion(shape).is_none()
}

/// The widest case around a shape without a conclusion: a dimension that makes no difference is
/// left out.
fn widened(analysis: &Analysis, shape: &Shape) -> Cells {
    let mut cells = Cells {
        way: vec![shape.way],
        standing: vec![shape.standing],
        dynamics: vec![shape.dynamics],
        comparison: vec![shape.comparison],
        group: vec![shape.group],
    };
    let drop: [fn(&mut Cells); 5] = [
        |cells| cells.group.clear(),
        |cells| cells.way.clear(),
        |cells| cells.standing.clear(),
        |cells| cells.comparison.clear(),
        |cells| cells.dynamics.clear(),
    ];
    for drop in drop {
        let mut wider = cells.clone();
        drop(&mut wider);
        if Shape::all().filter(|it| wider.fit(it)).all(|it| is_missing(analysis, &it)) {
            cells = wider;
        }
    }
    cells
}

fn in_words(cells: &Cells) -> String {
    let asked = cells.words();
    if asked.is_empty() {
        return "любой".to_owned();
    }
    let all = asked.iter().map(|(word, values)| format!("{word} {}", values.join(", ")));
    all.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use crate::check::testing::check_code;

    #[track_caller]
    fn finds(rows: &str, expected: &str) {
        check_code(65, &format!("разбор школы р «Р»\n{rows}"), expected);
    }

    #[test]
    fn a_last_row_without_conditions_completes_a_table() {
        finds(
            "  вывод а «А»\n    динамика ухудшается\n    текст «Хуже.»\n  вывод б «Б»\n    текст «Иначе.»\n",
            "",
        );
    }

    #[test]
    fn a_gap_is_named_by_what_makes_it() {
        finds(
            "  вывод а «А»\n    динамика улучшается два года, улучшается, без изменений, ухудшается, ухудшается два года, неизвестна\n    текст «А.»\n  \
             вывод б «Б»\n    динамика колеблется; группа малая, достаточная\n    текст «Б.»\n",
            "ПКО-065 1:14 разбор «р»: нет вывода для случая «динамика колеблется, группа неизвестна»\n",
        );
    }

    #[test]
    fn an_empty_table_concludes_nothing() {
        finds("", "ПКО-065 1:14 разбор «р»: нет вывода для случая «любой»\n");
    }
}
