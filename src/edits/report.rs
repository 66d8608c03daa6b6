//! What is said of edits that cannot be applied.

use super::codes;
use super::planned::Planned;
use crate::data::codes::REPEATED_ENTRY;
use crate::data::{Edit, Placed};
use crate::diag::{Diagnostic, Place};
use crate::model::Ref;

/// An edit that no longer meets what it speaks of; `now` is what stands there, if anything does.
pub(super) fn stale(planned: &Planned<'_>, now: Option<&str>) -> Diagnostic {
    let edit = planned.edit;
    let head = format!("правка «{}», поле «{}», устарела", edit.id.value, planned.field.word());
    match now {
        Some(now) => Diagnostic::warning(
            codes::STALE,
            edit.was.place.clone(),
            format!("{head} и не применена: было «{}», а сейчас {}", edit.was.value, quoted(now)),
        )
        .with_hint(format!(
            "если правка ещё нужна, запишите was = \"{}\"; если нет, удалите её",
            now.replace('\\', "\\\\").replace('"', "\\\"")
        )),
        None => Diagnostic::warning(
            codes::STALE,
            edit.id.place.clone(),
            format!("{head} и не применена: такого элемента сейчас нет в документах проекта"),
        )
        .with_hint("удалите правку или сначала включите элемент правкой поля «состояние»"),
    }
}

fn quoted(text: &str) -> String {
    if text.is_empty() { "пусто".to_owned() } else { format!("«{text}»") }
}

pub(super) fn unknown(
    place: Place,
    message: String,
    near: Option<&str>,
    otherwise: &str,
) -> Diagnostic {
    let fault = Diagnostic::error(codes::UNKNOWN_ELEMENT, place, message);
    match near {
        Some(near) => fault.with_hint(format!("возможно, вы имели в виду «{near}»")),
        None => fault.with_hint(otherwise),
    }
}

pub(super) fn unknown_field(
    place: Place,
    message: String,
    near: Option<&str>,
    known: &[&str],
) -> Diagnostic {
    let fault = Diagnostic::error(codes::UNKNOWN_FIELD, place, message);
    match near {
        Some(near) => fault.with_hint(format!("возможно, вы имели в виду «{near}»")),
        None => fault.with_hint(format!("правят поля: {}", known.join(", "))),
    }
}

/// A value that cannot be read; `near` is what may have been meant, `sample` how to write it.
pub(super) fn bad_value(
    value: &Placed<String>,
    message: String,
    near: Option<&str>,
    sample: &str,
) -> Diagnostic {
    let fault = Diagnostic::error(codes::BAD_VALUE, value.place.clone(), message);
    match near {
        Some(near) => fault.with_hint(format!("возможно, вы имели в виду «{near}»")),
        None => fault.with_hint(sample),
    }
}

/// One thing named twice where once is enough; `first` where another place names it.
pub(super) fn repeated(what: &str, again: &Ref, first: Option<&Ref>) -> Diagnostic {
    let place = Place::Text(again.span);
    let fault = once(format!("{what} «{}» повторяется", again.id), place);
    match first {
        Some(first) => fault.with_label(first.span, "впервые здесь"),
        None => fault,
    }
}

/// A paragraph that its section has already.
pub(super) fn repeated_paragraph(again: &Placed<String>, first: &Placed<String>) -> Diagnostic {
    let message = format!("абзац раздела «{}» повторяется", again.value);
    let fault = once(message, again.place.clone());
    match first.place {
        Place::Text(span) => fault.with_label(span, "впервые здесь"),
        _ => fault,
    }
}

/// The words of a project are printed as they stand.
pub(super) fn braces(text: &Placed<String>) -> Diagnostic {
    let message = "«{{…}}» понимают только правила: в абзаце проекта скобки так и напечатаются";
    Diagnostic::warning(codes::BAD_VALUE, text.place.clone(), message)
        .with_hint("напишите вместо скобок сами слова: название школы, число, имя")
}

fn once(message: String, place: Place) -> Diagnostic {
    Diagnostic::error(REPEATED_ENTRY, place, message).with_hint("оставьте одну запись")
}

pub(super) fn changes_nothing(planned: &Planned<'_>) -> Diagnostic {
    let edit = planned.edit;
    let message = format!(
        "правка «{}», поле «{}», ничего не меняет: было «{}», стало «{}»",
        edit.id.value,
        planned.field.word(),
        edit.was.value,
        edit.becomes.value
    );
    Diagnostic::error(codes::CHANGES_NOTHING, edit.becomes.place.clone(), message)
        .with_hint("удалите правку или поправьте «becomes»")
}

/// What a project adds is changed where it is added.
pub(super) fn edit_of_addition(edit: &Edit) -> Diagnostic {
    let message =
        format!("«{}» добавлено этим же проектом, править его отдельно незачем", edit.id.value);
    Diagnostic::error(codes::CONTRADICTION, edit.id.place.clone(), message)
        .with_hint("измените запись в [[added_activities]], а правку удалите")
}
