//! A project file into [`Project`].

use jiff::civil::Date;
use toml::de::DeTable;

use crate::base::{FileId, Id, Level};
use crate::data::{
    Answer, AnswerValue, Approval, BodyEntry, DataFile, Institution, Person, Placed, Priority,
    Project, codes,
};
use crate::diag::{Diagnostic, Place};

use super::calendar::calendar;
use super::edits::{added_activities, added_paragraphs, edits};
use super::passport::passport;
use super::quote::quote;
use super::toml_syntax;
use super::toml_walk::{Key, Section, Walk, needed, optional};

pub(super) const PROJECT: &[Key] = &[
    needed("pack", "пакет правил"),
    optional("programmes"),
    optional("date"),
    optional("number"),
    optional("as_of"),
    optional("mark"),
    optional("period"),
    optional("calendar"),
    needed("institution", "раздел [institution] с паспортом организации"),
    optional("people"),
    optional("bodies"),
    optional("approvals"),
    optional("data"),
    optional("identification"),
    optional("priorities"),
    optional("answers"),
    optional("edits"),
    optional("added_activities"),
    optional("added_paragraphs"),
];
const PERIOD: &[Key] =
    &[needed("from", "первый день программы"), needed("to", "последний день программы")];
const INSTITUTION: &[Key] = &[
    optional("level"),
    optional("id"),
    needed("name", "полное название"),
    optional("short_name"),
    optional("forms"),
    optional("kind"),
    optional("municipality"),
    optional("region"),
    optional("locality"),
    optional("founder"),
    optional("address"),
    optional("students"),
    optional("partner_school"),
    optional("curator"),
    optional("contingent"),
    optional("social"),
    optional("staff"),
    optional("conditions"),
    optional("categories"),
];
const FORMS: &[Key] = &[
    optional("именительный"),
    optional("родительный"),
    optional("дательный"),
    optional("винительный"),
    optional("творительный"),
    optional("предложный"),
];
const CATEGORY: &[Key] = &[needed("id", "категория"), needed("year", "год присвоения")];
const PERSON: &[Key] = &[needed("role", "роль"), needed("name", "имя")];
const BODY: &[Key] = &[needed("id", "орган из пакета"), needed("title", "название органа")];
const APPROVAL: &[Key] = &[
    needed("stamp", "гриф"),
    optional("by"),
    optional("document"),
    optional("number"),
    optional("date"),
    optional("name"),
];
const DATA: &[Key] = &[needed("file", "файл с данными"), optional("source")];
const IDENTIFICATION: &[Key] = &[needed("file", "файл, который записала команда pko identify")];
const PRIORITY: &[Key] = &[
    needed("level", "чей это приоритет"),
    needed("text", "приоритет словами"),
    optional("source"),
];
const ANSWER: &[Key] =
    &[needed("question", "вопрос из пакета"), needed("value", "ответ"), optional("comment")];

const LEVELS: [(&str, Level); 3] =
    [("школа", Level::School), ("муниципалитет", Level::Municipality), ("регион", Level::Region)];
const SETTERS: [(&str, Level); 3] = [
    ("федерация", Level::Federation),
    ("регион", Level::Region),
    ("муниципалитет", Level::Municipality),
];
const STAMPS: [(&str, ()); 3] = [("утверждено", ()), ("принято", ()), ("согласовано", ())];
const ANSWERS: [(&str, AnswerValue); 3] =
    [("да", AnswerValue::Yes), ("нет", AnswerValue::No), ("нет данных", AnswerValue::Unknown)];

/// Reads the text of a project file as far as it can be read, so that what it names is looked up
/// in the same run; `None` where what all else rests on is missing.
pub(super) fn read(
    name: &str,
    file: FileId,
    text: &str,
    out: &mut Vec<Diagnostic>,
) -> Option<Project> {
    let (tree, errors) = DeTable::parse_recoverable(text);
    let (bare_keys, errors): (Vec<_>, Vec<_>) =
        errors.into_iter().partition(|error| toml_syntax::is_bare_key(text, error));
    if !errors.is_empty() {
        let errors: Vec<_> = errors.into_iter().chain(bare_keys).collect();
        // What a broken file seems to say would only raise false alarms.
        toml_syntax::report(file, text, &errors, out);
        return None;
    }
    let mut walk = Walk::new(file, out);
    let root = walk.section(tree.get_ref(), 0..0, PROJECT, &[]);
    let project = project(name, root, &mut walk);
    // An unknown key is told with those that there are; quotes would not make it known.
    let is_told = |error: &toml::de::Error| {
        let start = error.span().map(|range| range.start);
        let at = |found: &Diagnostic| match found.place {
            Place::Text(span) => Some(span.start) == start,
            _ => false,
        };
        out.iter().any(|found| found.code == codes::UNKNOWN_KEY && at(found))
    };
    let bare_keys: Vec<_> = bare_keys.into_iter().filter(|error| !is_told(error)).collect();
    toml_syntax::report(file, text, &bare_keys, out);
    project
}

/// Every part is read before any absence ends the reading.
fn project(name: &str, root: Section, walk: &mut Walk) -> Option<Project> {
    let pack = walk.text(root, "pack");
    let programmes = walk.texts(root, "programmes");
    report_repeated(walk, "документ", programmes.iter().map(|named| (named, "")));
    let date = walk.date(root, "date");
    let number = walk.words(root, "number");
    let as_of = walk.date(root, "as_of");
    let mark = walk.words(root, "mark");
    let period = period(root, walk);
    let calendar = calendar(root, walk);
    let institution = institution(root, walk);
    let people = people(root, walk);
    let bodies = bodies(root, walk);
    let approvals = approvals(root, walk);
    let data = data_files(root, walk);
    let identification = walk.table(root, "identification", IDENTIFICATION, PROJECT);
    let identification = identification.and_then(|section| walk.text(section, "file"));
    let priorities = priorities(root, walk);
    let answers = answers(root, walk);
    let edits = edits(root, walk);
    let added_activities = added_activities(root, walk);
    let added_paragraphs = added_paragraphs(root, walk);
    if date.is_none() && as_of.is_none() {
        walk.require(root, "date", "дата документов");
    }
    let undated = date.is_none();
    let date = date.or_else(|| as_of.clone())?;
    Some(Project {
        name: name.to_owned(),
        pack: pack?,
        programmes,
        as_of: as_of.unwrap_or_else(|| date.clone()),
        date,
        undated,
        number,
        period,
        calendar,
        mark,
        institution: institution?,
        people,
        bodies,
        approvals,
        data,
        identification,
        priorities,
        answers,
        edits,
        added_activities,
        added_paragraphs,
    })
}

fn period(root: Section, walk: &mut Walk) -> Option<(Placed<Date>, Placed<Date>)> {
    let section = walk.table(root, "period", PERIOD, PROJECT)?;
    let (from, to) = (walk.date(section, "from"), walk.date(section, "to"));
    let (from, to) = (from?, to?);
    if from.value > to.value {
        let message = "последний день программы раньше первого";
        walk.push(
            Diagnostic::error(codes::BAD_PERIOD, to.place.clone(), message)
                .with_hint("проверьте ключи «from» и «to»"),
        );
    }
    Some((from, to))
}

fn institution(root: Section, walk: &mut Walk) -> Option<Institution> {
    let section = walk.table(root, "institution", INSTITUTION, PROJECT)?;
    let level = walk.word(section, "level", &LEVELS).map(|word| word.value.1);
    let level = if walk.has(section, "level") { level } else { Some(Level::School) };
    let id = code(section, level, walk);
    let name = walk.words(section, "name");
    let short_name = walk.words_or_unknown(section, "short_name");
    let forms = walk.table(section, "forms", FORMS, PROJECT);
    let name_forms = forms.map(|forms| walk.all_texts(forms)).unwrap_or_default();
    let kind = walk.text(section, "kind").filter(|kind| !kind.value.is_empty());
    let municipality = walk.words_or_unknown(section, "municipality");
    let region = walk.words_or_unknown(section, "region");
    let locality = walk.words_or_unknown(section, "locality");
    let founder = walk.words_or_unknown(section, "founder");
    let address = walk.words_or_unknown(section, "address");
    let partner_school = walk.words_or_unknown(section, "partner_school");
    let curator = walk.words_or_unknown(section, "curator");
    let passport = passport(section, walk);
    let categories = categories(section, walk);
    Some(Institution {
        level: level?,
        id: id?,
        name,
        short_name,
        name_forms,
        kind: kind
            .unwrap_or_else(|| Placed { value: "школа".to_owned(), place: Place::Nowhere }),
        municipality,
        region,
        locality,
        founder,
        address,
        partner_school,
        curator,
        passport,
        categories,
    })
}

/// A school is found in the data by its code; a place above the schools needs none.
fn code(section: Section, level: Option<Level>, walk: &mut Walk) -> Option<Placed<String>> {
    let given = walk.text(section, "id");
    if level != Some(Level::School) {
        let place = walk.place(section);
        return given.or_else(|| Some(Placed { value: String::new(), place }));
    }
    walk.require(section, "id", "код организации");
    if given.as_ref().is_some_and(|id| id.value.is_empty()) {
        walk.empty(section, "id", "код организации");
        return None;
    }
    given
}

fn categories(section: Section, walk: &mut Walk) -> Vec<(Placed<String>, i32)> {
    let mut categories = Vec::new();
    for entry in walk.tables(section, "categories", CATEGORY, PROJECT) {
        let (id, year) = (walk.text(entry, "id"), walk.year(entry, "year"));
        categories.extend(id.zip(year));
    }
    categories
}

fn people(root: Section, walk: &mut Walk) -> Vec<Person> {
    let mut people = Vec::new();
    for entry in walk.tables(root, "people", PERSON, PROJECT) {
        let (role, name) = (walk.text(entry, "role"), walk.words_or_unknown(entry, "name"));
        people.extend(role.map(|role| Person { role, name }));
    }
    report_repeated(walk, "роль", people.iter().map(|person| (&person.role, "")));
    people
}

fn bodies(root: Section, walk: &mut Walk) -> Vec<BodyEntry> {
    let mut bodies: Vec<BodyEntry> = Vec::new();
    for entry in walk.tables(root, "bodies", BODY, PROJECT) {
        let (id, title) = (walk.text(entry, "id"), walk.words(entry, "title"));
        bodies.extend(id.map(|id| BodyEntry { id, title }));
    }
    report_repeated(walk, "орган", bodies.iter().map(|body| (&body.id, "")));
    bodies
}

fn approvals(root: Section, walk: &mut Walk) -> Vec<Approval> {
    let mut approvals = Vec::new();
    for entry in walk.tables(root, "approvals", APPROVAL, PROJECT) {
        let stamp = walk.word(entry, "stamp", &STAMPS);
        let by = walk.words(entry, "by");
        let document = walk.words(entry, "document");
        let number = walk.words(entry, "number");
        let date = walk.date(entry, "date").map(|date| date.value);
        let name = walk.words(entry, "name");
        approvals.extend(stamp.map(|Placed { value: (stamp, ()), place }| {
            let stamp = Placed { value: stamp.to_owned(), place };
            Approval { stamp, by, document, number, date, name }
        }));
    }
    approvals
}

fn data_files(root: Section, walk: &mut Walk) -> Vec<DataFile> {
    let mut files: Vec<DataFile> = Vec::new();
    for entry in walk.tables(root, "data", DATA, PROJECT) {
        let (path, source) = (walk.text(entry, "file"), walk.words(entry, "source"));
        files.extend(path.map(|path| DataFile { path, source }));
    }
    report_repeated(walk, "файл данных", files.iter().map(|file| (&file.path, "")));
    files
}

fn priorities(root: Section, walk: &mut Walk) -> Vec<Priority> {
    let mut given: Vec<(Level, Placed<String>, String)> = Vec::new();
    for entry in walk.tables(root, "priorities", PRIORITY, PROJECT) {
        let level = walk.word(entry, "level", &SETTERS).map(|word| word.value.1);
        let text = walk.text(entry, "text");
        let source = walk.words(entry, "source");
        given.extend(level.zip(text).map(|(level, text)| (level, text, source)));
    }
    let named = given.iter().map(|(level, text, _)| (text, level.nominative()));
    report_repeated(walk, "приоритет", named);
    let numbered = given.into_iter().enumerate();
    let each = numbered.map(|(at, (level, text, source))| Priority {
        id: Id::new(&format!("приоритет_{}", at + 1)),
        level,
        text: text.value,
        source,
    });
    each.collect()
}

fn answers(root: Section, walk: &mut Walk) -> Vec<Answer> {
    let mut answers: Vec<Answer> = Vec::new();
    for entry in walk.tables(root, "answers", ANSWER, PROJECT) {
        let question = walk.text(entry, "question");
        let value = walk.word(entry, "value", &ANSWERS).map(|word| word.value.1);
        let comment = walk.words(entry, "comment");
        let answer = question.zip(value);
        answers.extend(answer.map(|(question, value)| Answer { question, value, comment }));
    }
    report_repeated(walk, "ответ на вопрос", answers.iter().map(|a| (&a.question, "")));
    answers
}

/// Two entries of one name (and one second name) contradict or repeat each other.
pub(super) fn report_repeated<'p>(
    walk: &mut Walk,
    what: &str,
    entries: impl Iterator<Item = (&'p Placed<String>, &'p str)>,
) {
    let mut seen: Vec<(&Placed<String>, &str)> = Vec::new();
    for (id, second) in entries {
        let twin = seen.iter().find(|(other, field)| other.value == id.value && *field == second);
        if let Some((first, _)) = twin {
            let message = format!("{what} {} повторяется", quote(&id.value));
            let found = Diagnostic::error(codes::REPEATED_ENTRY, id.place.clone(), message)
                .with_hint("оставьте одну запись");
            walk.push(match first.place {
                Place::Text(span) => found.with_label(span, "впервые здесь"),
                _ => found,
            });
        }
        seen.push((id, second));
    }
}
