//! Every link of the chain says whose words it is.

use super::sites;
use super::{CheckSpec, Pass};
use crate::diag::Code;

pub(super) const SPEC: CheckSpec =
    CheckSpec { code: Code(38), summary: "Не сказано, чьи это слова", run };

fn run(pass: &mut Pass<'_>) {
    for (word, id, meta) in sites::chain(pass.model) {
        let reason = meta.methodist.as_deref().map(str::trim);
        let (message, hint) = match reason {
            None if meta.source.is_none() => (
                format!("{word} «{id}»: не указан источник"),
                "добавьте «по источнику …» с местом или «по методисту «почему»»",
            ),
            Some("") if meta.source.is_none() => (
                format!("{word} «{id}»: методист не сказал, почему"),
                "допишите причину: по методисту «…»",
            ),
            _ => continue,
        };
        let finding = pass.error(meta.span, message).with_hint(hint);
        pass.report(finding);
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::check_code;

    #[test]
    fn words_have_an_owner() {
        check_code(
            38,
            "источник кн «И»\n\
             вопрос а «А»\n\
             вопрос б «Б»\n  по методисту\n\
             вопрос в «В»\n  по методисту «так сложилось»\n\
             направление н «Н»\n  по источнику кн, раздел 1\n  механизм м «М»\n    вопрос г «Г»\n",
            "ПКО-038 2:1 вопрос «а»: не указан источник\n\
             ПКО-038 3:1 вопрос «б»: методист не сказал, почему\n",
        );
    }
}
