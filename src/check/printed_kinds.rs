//! What the source itself says of an indicator's kind agrees with the kind that the pack gives it.

use super::{CheckSpec, Pass};
use crate::diag::Code;
use crate::model::Kind;

pub(super) const SPEC: CheckSpec = CheckSpec {
    code: Code(49),
    summary: "Вид показателя не тот, что назван строкой «индикатор»",
    run,
};

fn run(pass: &mut Pass<'_>) {
    for (id, indicator) in &pass.model.indicators {
        let Some(printed) = &indicator.printed_kind else { continue };
        let Some(expected) = meaning(printed) else { continue };
        if family(&indicator.kind) != expected {
            let message = format!("показатель «{id}»: вид не тот, что в строке «индикатор»");
            let finding = pass.error(indicator.meta.span, message).with_hint(format!(
                "«{printed}» — это вид {expected}; описку источника запишите так: \
                 индикатор «{expected}» исправлено «{printed}» потому что «…»"
            ));
            pass.report(finding);
        }
    }
}

/// What the words of sources mean; of other words nothing is known.
fn meaning(printed: &str) -> Option<&'static str> {
    let plain: String = printed.to_lowercase().split_whitespace().collect();
    Some(match plain.trim_end_matches('.') {
        "да/нет" => "да/нет",
        "процент" | "доля" => "процент",
        "число" | "числовое" | "числовой" | "числовоезначение" => {
            "число"
        }
        _ => return None,
    })
}

fn family(kind: &Kind) -> &'static str {
    match kind {
        Kind::YesNo => "да/нет",
        Kind::Percent { .. } => "процент",
        Kind::Number { .. } | Kind::Points => "число",
        Kind::Score { .. } | Kind::Mark => "балл",
        Kind::Date => "дата",
        Kind::Text | Kind::OneOf { .. } => "текст",
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::check_code;

    #[test]
    fn the_printed_kind_is_kept_or_mended() {
        check_code(
            49,
            "показатель школы один «Один»\n  вид процент\n  индикатор «числовое значение»\n\
             показатель школы два «Два»\n  вид процент\n  индикатор «процент» исправлено «числовое значение» потому что «доля»\n\
             показатель школы три «Три»\n  вид да/нет\n  индикатор «Да/ нет»\n",
            "ПКО-049 1:18 показатель «один»: вид не тот, что в строке «индикатор»\n",
        );
    }
}
