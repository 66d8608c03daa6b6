//! Every row of a table of conclusions can be reached: some possible shape fits it and none of the
//! rows above.

use super::conclusion_gaps::is_read;
use super::{CheckSpec, Pass};
use crate::diag::Code;
use crate::model::{Conclusion, Shape};

pub(super) const SPEC: CheckSpec =
    CheckSpec {
        code: Code(66), summary: "До строки таблицы выводов дело не доходит", run
    };

fn run(pass: &mut Pass<'_>) {
    let model = pass.model;
    let shapes: Vec<Shape> = Shape::all().collect();
    for analysis in model.analyses.values().filter(|analysis| is_read(analysis)) {
        for (at, row) in analysis.conclusions.iter().enumerate() {
            let own: Vec<&Shape> = shapes.iter().filter(|shape| row.when.fit(shape)).collect();
            let above = analysis.conclusions.get(..at).unwrap_or_default();
            let taken = |shape: &&&Shape| above.iter().any(|row| row.when.fit(shape));
            if own.is_empty() {
                report_impossible(pass, row);
            } else if own.iter().filter(taken).count() == own.len() {
                report_shadowed(pass, row, above, &own);
            }
        }
    }
}

fn report_impossible(pass: &mut Pass<'_>, row: &Conclusion) {
    let message = format!("вывод «{}»: такого сочетания не бывает", row.id);
    let finding = pass.error(row.meta.span, message).with_hint(
        "наилучший результат не мог ухудшиться и не бывает хуже других, наихудший — наоборот; \
         поправьте условия или уберите вывод",
    );
    pass.report(finding);
}

fn report_shadowed(pass: &mut Pass<'_>, row: &Conclusion, above: &[Conclusion], own: &[&Shape]) {
    let message = format!("вывод «{}» не достаётся ни одному результату", row.id);
    let mut finding = pass.error(row.meta.span, message);
    let taking = |other: &&Conclusion| own.iter().any(|shape| other.when.fit(shape));
    for other in above.iter().filter(taking) {
        finding = finding.with_label(other.meta.span, "эти сочетания берёт строка выше");
    }
    let hint = "таблица читается сверху вниз: поставьте узкий вывод выше широкого или уберите его";
    pass.report(finding.with_hint(hint));
}

#[cfg(test)]
mod tests {
    use crate::check::testing::check_code;

    #[track_caller]
    fn finds(rows: &str, expected: &str) {
        check_code(66, &format!("разбор школы р «Р»\n{rows}"), expected);
    }

    #[test]
    fn a_narrow_row_above_a_wide_one_is_reached() {
        finds(
            "  вывод а «А»\n    уровень плохой; динамика ухудшается\n    текст «А.»\n  \
             вывод б «Б»\n    динамика ухудшается\n    текст «Б.»\n  вывод в «В»\n    текст «В.»\n",
            "",
        );
    }

    #[test]
    fn a_row_below_those_that_take_all_of_it_is_not() {
        finds(
            "  вывод а «А»\n    динамика ухудшается; группа малая\n    текст «А.»\n  \
             вывод б «Б»\n    динамика ухудшается; группа достаточная, неизвестна\n    текст «Б.»\n  \
             вывод в «В»\n    уровень плохой; динамика ухудшается\n    текст «В.»\n  вывод г «Г»\n    текст «Г.»\n",
            "ПКО-066 8:9 вывод «в» не достаётся ни одному результату\n",
        );
    }

    #[test]
    fn what_cannot_be_is_told() {
        finds(
            "  вывод а «А»\n    уровень наилучший; динамика ухудшается\n    текст «А.»\n  вывод б «Б»\n    текст «Б.»\n",
            "ПКО-066 2:9 вывод «а»: такого сочетания не бывает\n",
        );
    }
}
