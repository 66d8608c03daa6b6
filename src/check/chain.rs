//! The chain from a deficit to what is done about it has no gap.

use std::collections::BTreeSet;

use super::{CheckSpec, Pass};
use crate::base::Id;
use crate::diag::Code;
use crate::model::{Deficit, Model, Task};

pub(super) const SPEC: CheckSpec =
    CheckSpec {
        code: Code(33), summary: "Цепочка от дефицита к мероприятию разорвана", run
    };

fn run(pass: &mut Pass<'_>) {
    let model = pass.model;
    let answered = answered(model);
    for (id, deficit) in &model.deficits {
        deficit_has_causes(pass, id, deficit);
        deficit_has_task(pass, id, deficit, &answered);
    }
    causes_are_used(pass);
    questions_decide(pass);
    let solved: BTreeSet<&Id> =
        model.activities.values().flat_map(|a| &a.tasks).map(|task| &task.id).collect();
    for (id, task) in &model.tasks {
        task_answers(pass, id, task);
        if !solved.contains(id) {
            let finding = pass
                .error(task.meta.span, format!("задачу «{id}» не решает ни одно мероприятие"))
                .with_hint(format!("добавьте мероприятию строку: решает {id}"));
            pass.report(finding);
        }
    }
}

/// Deficits and causes that some task answers.
fn answered(model: &Model) -> BTreeSet<&Id> {
    let answers = model.tasks.values().flat_map(|task| task.deficits.iter().chain(&task.causes));
    answers.map(|answer| &answer.id).collect()
}

fn deficit_has_causes(pass: &mut Pass<'_>, id: &Id, deficit: &Deficit) {
    if deficit.causes.is_empty() && !deficit.meta.says("возможные причины") {
        let finding = pass
            .error(deficit.meta.span, format!("у дефицита «{id}» нет ни одной возможной причины"))
            .with_hint("добавьте строку: возможные причины …");
        pass.report(finding);
    }
}

fn deficit_has_task(pass: &mut Pass<'_>, id: &Id, deficit: &Deficit, answered: &BTreeSet<&Id>) {
    let by_cause = deficit.causes.iter().any(|cause| answered.contains(&cause.id));
    if !by_cause && !answered.contains(id) {
        let message = format!("на дефицит «{id}» не отвечает ни одна задача");
        let finding = pass
            .error(deficit.meta.span, message)
            .with_hint(format!("добавьте задаче строку: отвечает {id} (или одну из его причин)"));
        pass.report(finding);
    }
}

fn causes_are_used(pass: &mut Pass<'_>) {
    let model = pass.model;
    let used: BTreeSet<&Id> =
        model.deficits.values().flat_map(|d| &d.causes).map(|cause| &cause.id).collect();
    for (id, cause) in &model.causes {
        if !used.contains(id) {
            let finding = pass
                .error(cause.meta.span, format!("причина «{id}» не объясняет ни одного дефицита"))
                .with_hint(format!("добавьте дефициту: возможные причины {id}"));
            pass.report(finding);
        }
    }
}

fn questions_decide(pass: &mut Pass<'_>) {
    for (id, question) in &pass.model.questions {
        let says = question.meta.says("да подтверждает") || question.meta.says("нет подтверждает");
        if !says {
            let finding = pass
                .warning(
                    question.meta.span,
                    format!("вопрос «{id}» не подтверждает ни одной причины"),
                )
                .with_hint(
                    "добавьте строку: «нет подтверждает имя_причины» или «да подтверждает …»",
                );
            pass.report(finding);
        }
    }
}

fn task_answers(pass: &mut Pass<'_>, id: &Id, task: &Task) {
    if task.deficits.is_empty() && task.causes.is_empty() && !task.meta.says("отвечает") {
        let finding = pass
            .error(task.meta.span, format!("задача «{id}» ни на что не отвечает"))
            .with_hint("добавьте строку: отвечает имя_дефицита или имя_причины");
        pass.report(finding);
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::check_code;

    #[test]
    fn a_whole_chain_is_quiet() {
        check_code(
            33,
            "дефицит школы д «Д»\n  если да\n  возможные причины п\n\
             причина школы п «П»\n\
             задача школы з «З»\n  отвечает п\n\
             мероприятие школы м «М»\n  решает з\n",
            "",
        );
    }

    #[test]
    fn every_gap_is_named() {
        check_code(
            33,
            "дефицит школы д «Д»\n  если да\n\
             причина школы п «П»\n\
             задача школы з «З»\n\
             вопрос в «В?»\n",
            "ПКО-033 1:15 у дефицита «д» нет ни одной возможной причины\n\
             ПКО-033 1:15 на дефицит «д» не отвечает ни одна задача\n\
             ПКО-033 3:15 причина «п» не объясняет ни одного дефицита\n\
             ПКО-033 4:14 задача «з» ни на что не отвечает\n\
             ПКО-033 4:14 задачу «з» не решает ни одно мероприятие\n\
             ПКО-033 5:8 вопрос «в» не подтверждает ни одной причины\n",
        );
    }
}
