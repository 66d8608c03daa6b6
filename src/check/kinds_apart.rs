//! What is for some kinds of institution names nothing that is for others only: the link would lead
//! nowhere for each of them.

use super::{CheckSpec, Pass};
use crate::diag::Code;
use crate::model::{Meta, Model, Ref};

pub(super) const SPEC: CheckSpec =
    CheckSpec {
        code: Code(80), summary: "Ссылка на то, что для других видов организаций", run
    };

fn run(pass: &mut Pass<'_>) {
    for (meta, named) in links(pass.model) {
        let Some(other) = meta_of(pass.model, named) else { continue };
        let meets = |kind: &Ref| other.is_for(Some(&kind.id));
        if meta.institutions.is_empty() || meta.institutions.iter().any(meets) {
            continue;
        }
        let kinds = |meta: &Meta| {
            let kinds: Vec<&str> = meta.institutions.iter().map(|it| it.id.as_str()).collect();
            kinds.join(", ")
        };
        let message = format!(
            "«{}» — для {}, а здесь — для {}: вместе они не встретятся",
            named.id,
            kinds(other),
            kinds(meta)
        );
        let finding = pass
            .error(named.span, message)
            .with_label(other.span, "объявлено здесь")
            .with_hint("уберите ссылку или исправьте строку «для …»");
        pass.report(finding);
    }
}

/// Every link of the chain from a question to a risk, with what it stands in.
fn links(model: &Model) -> Vec<(&Meta, &Ref)> {
    let mut all: Vec<(&Meta, &Ref)> = Vec::new();
    for it in model.questions.values() {
        all.extend(it.yes_confirms.iter().chain(&it.no_confirms).map(|named| (&it.meta, named)));
    }
    for it in model.deficits.values() {
        all.extend(it.causes.iter().map(|named| (&it.meta, named)));
    }
    for it in model.tasks.values() {
        let named = it.deficits.iter().chain(&it.causes).chain(&it.goal);
        all.extend(named.map(|named| (&it.meta, named)));
    }
    for it in model.activities.values() {
        let named = it.tasks.iter().chain(&it.requirements).chain(&it.causes).chain(&it.after);
        all.extend(named.map(|named| (&it.meta, named)));
    }
    for it in model.resources.values() {
        all.extend(it.activities.iter().map(|named| (&it.meta, named)));
    }
    for it in model.risks.values() {
        all.extend(it.activities.iter().chain(&it.deficits).map(|named| (&it.meta, named)));
    }
    all
}

fn meta_of<'m>(model: &'m Model, named: &Ref) -> Option<&'m Meta> {
    let id = &named.id;
    let causes = || model.causes.get(id).map(|it| &it.meta);
    let deficits = || model.deficits.get(id).map(|it| &it.meta);
    let tasks = || model.tasks.get(id).map(|it| &it.meta);
    let goals = || model.goals.get(id).map(|it| &it.meta);
    let requirements = || model.requirements.get(id).map(|it| &it.meta);
    let activities = || model.activities.get(id).map(|it| &it.meta);
    causes()
        .or_else(deficits)
        .or_else(tasks)
        .or_else(goals)
        .or_else(requirements)
        .or_else(activities)
}

#[cfg(test)]
mod tests {
    use crate::check::testing::check_code;

    const HEAD: &str = "\
вид_организации сад «Детский сад»
вид_организации школа_вид «Школа»
показатель школы а «А»
  вид да/нет
дефицит школы д «Д»
  если не а
  для сад
";

    #[track_caller]
    fn finds(rules: &str, expected: &str) {
        check_code(80, &format!("{HEAD}{rules}"), expected);
    }

    #[test]
    fn what_is_for_all_may_name_anything() {
        finds(
            "задача школы з «З»\n  отвечает д\nзадача школы л «Л»\n  отвечает д\n  для сад, школа_вид\n",
            "",
        );
    }

    #[test]
    fn what_never_meets_is_told() {
        finds(
            "задача школы з «З»\n  отвечает д\n  для школа_вид\n",
            "ПКО-080 9:12 «д» — для сад, а здесь — для школа_вид: вместе они не встретятся\n",
        );
    }
}
