//! Every link of the chain says whose words it is.

use super::sites;
use super::{CheckSpec, Pass};
use crate::base::Id;
use crate::diag::Code;
use crate::model::Model;

pub(super) const SPEC: CheckSpec =
    CheckSpec { code: Code(38), summary: "Не сказано, чьи это слова", run };

fn run(pass: &mut Pass<'_>) {
    for (word, id, meta) in sites::chain(pass.model) {
        if asks_for_an_owned_cause(pass.model, id) {
            continue;
        }
        let reason = meta.methodist.as_deref().map(str::trim);
        let is_unread = meta.says("по источнику") || reason.is_none() && meta.says("по методисту");
        if is_unread {
            continue;
        }
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

/// A question needs no reason of its own: it is asked because of the causes that it checks.
fn asks_for_an_owned_cause(model: &Model, id: &Id) -> bool {
    let Some(question) = model.questions.get(id) else { return false };
    let mut causes = question.yes_confirms.iter().chain(&question.no_confirms);
    causes.any(|cause| {
        model.causes.get(&cause.id).is_some_and(|c| {
            c.meta.source.is_some() || c.meta.methodist.as_deref().is_some_and(|r| !r.is_empty())
        })
    })
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
            "ПКО-038 2:8 вопрос «а»: не указан источник\n\
             ПКО-038 3:8 вопрос «б»: методист не сказал, почему\n",
        );
    }
}
