//! Verbs that contradict each other or do nothing, told before any of them acts.

use super::{Act, Adaptable, Verbs};
use crate::base::Span;
use crate::diag::Diagnostic;
use crate::model::codes;
use crate::model::declarations::Ref;

pub(super) fn slips<P: Adaptable>(base: &P, verbs: &Verbs<P>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for merge in &verbs.merges {
        named_twice(&merge.what.what, &mut found);
        kept_and_merged(verbs, &merge.what.what, &mut found);
    }
    same_for_same(verbs, &mut found);
    changed_twice(verbs, &mut found);
    with_names(verbs, &mut found);
    found.extend(base.slips(verbs));
    found
}

fn fault(span: Span, message: String, hint: &str) -> Diagnostic {
    Diagnostic::error(codes::ADAPTATION, span, message).with_hint(hint)
}

fn named_twice(parts: &[Ref], found: &mut Vec<Diagnostic>) {
    for (at, part) in parts.iter().enumerate() {
        if parts.iter().take(at).any(|earlier| earlier.id == part.id) {
            let message = format!("«{}» объединяется само с собой", part.id);
            found.push(fault(part.span, message, "назовите каждое имя один раз"));
        }
    }
}

/// The list of what is kept is read beside the merges; a name in both can only be a slip.
fn kept_and_merged<P: Adaptable>(verbs: &Verbs<P>, parts: &[Ref], found: &mut Vec<Diagnostic>) {
    for kept in verbs.keep.iter().flat_map(|keep| &keep.what) {
        if let Some(part) = parts.iter().find(|part| part.id == kept.id) {
            let message = format!("«{}» и оставлено, и объединено", kept.id);
            let hint =
                "уберите имя из «оставить»: объединённое и так остаётся, но под новым именем";
            let finding = fault(kept.span, message, hint);
            found.push(finding.with_label(part.span, "объединено здесь"));
        }
    }
}

fn same_for_same<P: Adaptable>(verbs: &Verbs<P>, found: &mut Vec<Diagnostic>) {
    let hint = "поправьте имя или слова после «на» или уберите строку";
    for act in verbs.actors.iter().filter(|act| act.what.0.id == act.what.1.id) {
        let message = format!("«{}» заменяется на себя", act.what.0.id);
        found.push(fault(act.span, message, hint));
    }
    for act in verbs.texts.iter().filter(|act| act.what.0 == act.what.1) {
        let message = format!("слова «{}» заменяются на такие же", act.what.0);
        found.push(fault(act.span, message, hint));
    }
}

/// Words are replaced by words: what a name stands for is decided where the text is written.
fn with_names<P: Adaptable>(verbs: &Verbs<P>, found: &mut Vec<Diagnostic>) {
    let named =
        |act: &&Act<(String, String)>| act.what.0.contains("{{") || act.what.1.contains("{{");
    for act in verbs.texts.iter().filter(named) {
        let message = "«заменить текст» меняет слова, а не подстановки «{{…}}»".to_owned();
        found.push(fault(act.span, message, "перепишите текст в блоке «изменить …»"));
    }
}

fn changed_twice<P: Adaptable>(verbs: &Verbs<P>, found: &mut Vec<Diagnostic>) {
    for (at, act) in verbs.changes.iter().enumerate() {
        let mut earlier = verbs.changes.iter().take(at);
        if let Some(first) = earlier.find(|earlier| earlier.what.what.id == act.what.what.id) {
            let message = format!("«{}» уже изменено другой строкой", act.what.what.id);
            let finding =
                fault(act.what.what.span, message, "соберите всё под одной строкой «изменить»");
            found.push(finding.with_label(first.what.what.span, "первый раз здесь"));
        }
    }
}
