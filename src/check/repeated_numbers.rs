//! Goals, tasks and results that a programme states bear each a number of its own.

use super::{CheckSpec, Pass};
use crate::diag::{Code, Diagnostic};
use crate::model::Stated;

pub(super) const SPEC: CheckSpec =
    CheckSpec {
        code: Code(71), summary: "Номер в программе повторяется", run
    };

fn run(pass: &mut Pass<'_>) {
    for kind in pass.model.programmes.values() {
        let said = &kind.statement;
        let lists = [
            ("цель", &said.goals),
            ("задача", &said.tasks),
            ("ожидаемый_результат", &said.results),
        ];
        let found: Vec<Diagnostic> =
            lists.into_iter().flat_map(|(what, all)| repeated(pass, what, all)).collect();
        found.into_iter().for_each(|finding| pass.report(finding));
    }
}

fn repeated(pass: &Pass<'_>, what: &str, all: &[Stated]) -> Vec<Diagnostic> {
    let twins = all.iter().enumerate().filter_map(|(at, second)| {
        let number = second.meta.number.as_ref()?;
        let first = all.iter().take(at).find(|first| first.meta.number.as_ref() == Some(number))?;
        let message =
            format!("{what} «{}» носит тот же № {number}, что и «{}»", second.id, first.id);
        let finding = pass.warning(second.meta.span, message);
        Some(
            finding.with_label(first.meta.span, "этот № уже стоит здесь").with_hint(
                "дайте каждой строке свой номер; ошибку источника отметьте: исправлено № «1» потому что «…»",
            ),
        )
    });
    twins.collect()
}

#[cfg(test)]
mod tests {
    use crate::check::testing::check_code;

    #[test]
    fn a_number_is_given_once() {
        check_code(
            71,
            "программа муниципалитета п «П»\n  тип «МППКО»\n  цель а № 1 «А»\n  задача б № 1 «Б»\n  \
             задача в № 1 «В»\n  задача г «Г»\n  задача д «Д»\n",
            "ПКО-071 5:10 задача «в» носит тот же № 1, что и «б»\n",
        );
    }
}
