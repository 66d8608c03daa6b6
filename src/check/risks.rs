//! A risk says how likely and how grave it is, what is done against it and by whom.

use super::{CheckSpec, Pass};
use crate::diag::Code;
use crate::model::Risk;

pub(super) const SPEC: CheckSpec =
    CheckSpec { code: Code(55), summary: "Риску чего-то не хватает", run };

/// Something that a risk must say.
struct Need {
    keyword: &'static str,
    is_missing: fn(&Risk) -> bool,
    what: &'static str,
    hint: &'static str,
}

const NEEDS: &[Need] = &[
    Need {
        keyword: "мера",
        is_missing: |risk| risk.measures.is_empty(),
        what: "не названа мера",
        hint: "добавьте: мера «что школа делает, чтобы риска не было»",
    },
    Need {
        keyword: "ответственные",
        is_missing: |risk| risk.responsible.is_empty(),
        what: "не названы ответственные",
        hint: "добавьте: ответственные … — роль или орган",
    },
    Need {
        keyword: "вероятность",
        is_missing: |risk| risk.likelihood.is_none(),
        what: "не сказано, насколько он вероятен",
        hint: "добавьте: вероятность средняя (низкая, высокая)",
    },
    Need {
        keyword: "влияние",
        is_missing: |risk| risk.impact.is_none(),
        what: "не сказано, насколько он опасен",
        hint: "добавьте: влияние высокое (низкое, среднее)",
    },
];

fn run(pass: &mut Pass<'_>) {
    for (id, risk) in &pass.model.risks {
        let missing = |need: &&Need| (need.is_missing)(risk) && !risk.meta.says(need.keyword);
        for need in NEEDS.iter().filter(missing) {
            let message = format!("риск «{id}»: {}", need.what);
            let finding = pass.error(risk.meta.span, message).with_hint(need.hint);
            pass.report(finding);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::check_code;

    #[test]
    fn a_whole_risk_is_quiet() {
        check_code(
            55,
            "роль школы завуч «Завуч»\n\
             риск школы р «Р»\n  вероятность высокая\n  влияние среднее\n  мера «Меняем»\n  ответственные завуч\n",
            "",
        );
    }

    #[test]
    fn a_bare_risk_lacks_four_things() {
        check_code(
            55,
            "риск школы р «Р»\n",
            "ПКО-055 1:12 риск «р»: не названа мера\n\
             ПКО-055 1:12 риск «р»: не названы ответственные\n\
             ПКО-055 1:12 риск «р»: не сказано, насколько он вероятен\n\
             ПКО-055 1:12 риск «р»: не сказано, насколько он опасен\n",
        );
    }
}
