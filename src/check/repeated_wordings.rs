//! No two paragraphs of an analysis can say the same: its wordings differ, and where there are more
//! indicators than wordings of a conclusion, it says what is said of several at once.

use std::collections::BTreeMap;

use super::{CheckSpec, Pass};
use crate::base::Span;
use crate::diag::Code;
use crate::model::{Analysis, Conclusion};

pub(super) const SPEC: CheckSpec =
    CheckSpec {
        code: Code(68), summary: "Слова выводов повторятся в документе", run
    };

fn run(pass: &mut Pass<'_>) {
    let model = pass.model;
    for analysis in model.analyses.values() {
        let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
        for text in
            analysis.conclusions.iter().flat_map(|row| row.texts.iter().chain(&row.together))
        {
            if let Some(first) = seen.insert(text.source.as_str(), text.span) {
                let finding = pass.error(text.span, "эти слова уже стоят в другом выводе");
                let finding = finding
                    .with_label(first, "те же слова")
                    .with_hint("скажите иначе: двух одинаковых абзацев в документе быть не должно");
                pass.report(finding);
            }
        }
        let rows = analysis.conclusions.iter();
        for row in rows.filter(|row| row.together.is_none() && !row.meta.says("вместе")) {
            too_few(pass, analysis, row);
        }
    }
}

fn too_few(pass: &mut Pass<'_>, analysis: &Analysis, row: &Conclusion) {
    let (indicators, texts) = (analysis.indicators().count(), row.texts.len());
    if texts == 0 || indicators <= texts {
        return;
    }
    let message = format!(
        "вывод «{}»: текстов {texts}, показателей {indicators}, слова могут повториться",
        row.id
    );
    let finding = pass
        .error(row.meta.span, message)
        .with_hint("добавьте: вместе «Что сказать о нескольких показателях сразу.»");
    pass.report(finding);
}

#[cfg(test)]
mod tests {
    use crate::check::testing::check_code;

    const HEAD: &str = "\
показатель школы а «А»
  вид процент
показатель школы б «Б»
  вид процент
разбор школы р «Р»
  блок в «В»
    показатель а «А.»
    показатель б «Б.»
";

    #[track_caller]
    fn finds(rows: &str, expected: &str) {
        check_code(68, &format!("{HEAD}{rows}"), expected);
    }

    #[test]
    fn enough_wordings_or_one_for_all() {
        finds(
            "  вывод д «Д»\n    динамика ухудшается\n    текст «Раз.»\n    текст «Два.»\n  \
             вывод е «Е»\n    текст «Три.»\n    вместе «Все.»\n",
            "",
        );
    }

    #[test]
    fn what_would_be_said_twice_is_told() {
        finds(
            "  вывод д «Д»\n    динамика ухудшается\n    текст «Раз.»\n  \
             вывод е «Е»\n    текст «Раз.»\n    вместе «Все.»\n",
            "ПКО-068 9:9 вывод «д»: текстов 1, показателей 2, слова могут повториться\n\
             ПКО-068 13:11 эти слова уже стоят в другом выводе\n",
        );
    }
}
