//! The changes and additions of a team, as a project file states them.

use super::project::{PROJECT, report_repeated};
use super::toml_walk::{Key, Section, Walk, needed, optional, present};
use crate::data::{AddedActivity, AddedParagraph, Edit, codes};
use crate::diag::Diagnostic;

const EDIT: &[Key] = &[
    needed("id", "изменяемый элемент"),
    needed("field", "изменяемое поле"),
    present("was", "что программа говорит без правки"),
    present("becomes", "новое значение, пустое — чтобы убрать прежнее"),
    optional("reason"),
];
const ACTIVITY: &[Key] = &[
    needed("id", "имя мероприятия"),
    needed("title", "название мероприятия"),
    needed("term", "срок"),
    optional("lasts"),
    needed("responsible", "ответственные"),
    optional("controller"),
    optional("result"),
    optional("answers"),
    optional("after"),
    optional("indicators"),
    optional("reason"),
];
const PARAGRAPH: &[Key] =
    &[needed("section", "раздел документа"), needed("text", "текст абзаца"), optional("reason")];

/// Why the team wants it: nothing is changed without a reason.
fn reason(entry: Section, walk: &mut Walk) -> String {
    let given = walk.text(entry, "reason");
    let is_given = given.as_ref().is_some_and(|reason| !reason.value.is_empty());
    if is_given || (given.is_none() && walk.has(entry, "reason")) {
        return given.map(|reason| reason.value).unwrap_or_default();
    }
    let (code, message) = match given {
        Some(_) => (codes::EMPTY_TEXT, "основание пусто: ключ «reason»"),
        None => (codes::MISSING_KEY, "не сказано основание: ключ «reason»"),
    };
    let place = given.map_or_else(|| walk.place(entry), |reason| reason.place);
    let hint = "напишите, почему команда так решила: reason = \"…\"; основание видно в документе";
    walk.push(Diagnostic::error(code, place, message).with_hint(hint));
    String::new()
}

pub(super) fn edits(root: Section, walk: &mut Walk) -> Vec<Edit> {
    let mut edits: Vec<Edit> = Vec::new();
    for entry in walk.tables(root, "edits", EDIT, PROJECT) {
        let id = walk.text(entry, "id");
        let field = walk.text(entry, "field");
        let was = walk.text(entry, "was");
        let becomes = walk.text(entry, "becomes");
        let reason = reason(entry, walk);
        let values = id.zip(field).zip(was.zip(becomes));
        edits.extend(values.map(|((id, field), (was, becomes))| Edit {
            id,
            field,
            was,
            becomes,
            reason,
        }));
    }
    report_repeated(walk, "правка элемента", edits.iter().map(|e| (&e.id, e.field.value.as_str())));
    edits
}

pub(super) fn added_activities(root: Section, walk: &mut Walk) -> Vec<AddedActivity> {
    let mut added: Vec<AddedActivity> = Vec::new();
    for entry in walk.tables(root, "added_activities", ACTIVITY, PROJECT) {
        let id = walk.text(entry, "id");
        let title = walk.words(entry, "title");
        let term = walk.text(entry, "term");
        let lasts = walk.text(entry, "lasts").filter(|lasts| !lasts.value.is_empty());
        let responsible = walk.texts(entry, "responsible");
        let controller = walk.text(entry, "controller").filter(|actor| !actor.value.is_empty());
        let result = walk.words(entry, "result");
        let answers = walk.texts(entry, "answers");
        let after = walk.texts(entry, "after");
        let indicators = walk.texts(entry, "indicators");
        let reason = reason(entry, walk);
        if walk.has(entry, "responsible") && responsible.is_empty() {
            walk.empty(entry, "responsible", "роль или орган из пакета");
        }
        added.extend(id.zip(term).map(|(id, term)| AddedActivity {
            id,
            title,
            term,
            lasts,
            responsible,
            controller,
            result,
            answers,
            after,
            indicators,
            reason,
        }));
    }
    report_repeated(walk, "мероприятие", added.iter().map(|activity| (&activity.id, "")));
    added
}

pub(super) fn added_paragraphs(root: Section, walk: &mut Walk) -> Vec<AddedParagraph> {
    let mut added = Vec::new();
    for entry in walk.tables(root, "added_paragraphs", PARAGRAPH, PROJECT) {
        let section = walk.text(entry, "section");
        let text = walk.text(entry, "text");
        let reason = reason(entry, walk);
        let both = section.zip(text);
        added.extend(both.map(|(section, text)| AddedParagraph { section, text, reason }));
    }
    added
}
