//! An edit with what it speaks of: the element, its kind, its field.

use super::report;
use crate::base::{Id, suggest};
use crate::data::{Edit, Project};
use crate::diag::Diagnostic;
use crate::model::Model;

/// What kind of element is edited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Cause,
    Deficit,
    Activity,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    State,
    Term,
    Responsible,
    Controller,
    Result,
    Title,
}

/// The words of fields, the state first: it is all that causes and deficits have.
const FIELDS: [(&str, Field); 6] = [
    ("состояние", Field::State),
    ("срок", Field::Term),
    ("ответственные", Field::Responsible),
    ("контроль", Field::Controller),
    ("результат", Field::Result),
    ("название", Field::Title),
];

impl Field {
    pub fn word(self) -> &'static str {
        FIELDS.iter().find(|(_, field)| *field == self).map_or("", |(word, _)| word)
    }
}

impl Kind {
    pub fn russian(self) -> &'static str {
        match self {
            Self::Cause => "причина",
            Self::Deficit => "дефицит",
            Self::Activity => "мероприятие",
        }
    }

    fn fields(self) -> &'static [(&'static str, Field)] {
        let count = if self == Self::Activity { FIELDS.len() } else { 1 };
        FIELDS.get(..count).unwrap_or_default()
    }
}

/// An edit whose element and field are known.
#[derive(Clone, Debug)]
pub(super) struct Planned<'p> {
    pub edit: &'p Edit,
    pub id: Id,
    pub kind: Kind,
    pub field: Field,
}

/// Finds what every edit speaks of; what cannot be found is reported.
pub(super) fn read<'p>(
    project: &'p Project,
    model: &Model,
    out: &mut Vec<Diagnostic>,
) -> Vec<Planned<'p>> {
    let mut planned = Vec::new();
    for edit in &project.edits {
        let id = Id::new(&edit.id.value);
        if project.added_activities.iter().any(|added| Id::new(&added.id.value) == id) {
            out.push(report::edit_of_addition(edit));
            continue;
        }
        let Some(kind) = kind_of(&id, model) else {
            out.push(unknown_element(edit, model));
            continue;
        };
        match field_of(kind, &edit.field.value) {
            Some(field) => planned.push(Planned { edit, id, kind, field }),
            None => out.push(unknown_field(edit, kind)),
        }
    }
    planned
}

fn kind_of(id: &Id, model: &Model) -> Option<Kind> {
    Some(match () {
        () if model.causes.contains_key(id) => Kind::Cause,
        () if model.deficits.contains_key(id) => Kind::Deficit,
        () if model.activities.contains_key(id) => Kind::Activity,
        () => return None,
    })
}

fn field_of(kind: Kind, word: &str) -> Option<Field> {
    let word = word.to_lowercase();
    kind.fields().iter().find(|(known, _)| *known == word).map(|(_, field)| *field)
}

fn unknown_element(edit: &Edit, model: &Model) -> Diagnostic {
    let known = model.causes.keys().chain(model.deficits.keys()).chain(model.activities.keys());
    let near = suggest(&edit.id.value, known.map(Id::as_str));
    let message = format!(
        "правка называет «{}»: в пакете нет такой причины, дефицита или мероприятия",
        edit.id.value
    );
    let otherwise = "имена причин, дефицитов и мероприятий стоят в файле JSON документа";
    report::unknown(edit.id.place.clone(), message, near, otherwise)
}

fn unknown_field(edit: &Edit, kind: Kind) -> Diagnostic {
    let known: Vec<&str> = kind.fields().iter().map(|(word, _)| *word).collect();
    let near = suggest(&edit.field.value, known.iter().copied());
    let message =
        format!("у «{}» ({}) нет поля «{}»", edit.id.value, kind.russian(), edit.field.value);
    report::unknown_field(edit.field.place.clone(), message, near, &known)
}
