//! Things of one template in one row. A programme of a school with deficits in two subjects has
//! two of everything that the pack writes once «для предмет из (…)»; where they differ in nothing
//! but the subject, they are told together, and every reason is kept.

use std::collections::BTreeMap;

use super::because;
use super::fields::{self, Asked};
use super::joined::{Words, joined};
use super::rows::Row;
use super::things::Thing;
use super::types::Because;
use super::view::View;
use crate::base::{Id, Span};
use crate::model::{Meta, Ref};

/// What stands in one row: one thing, or several of one template in the order of its list.
#[derive(Clone, Debug)]
pub(super) struct Together<'a> {
    first: Thing<'a>,
    rest: Vec<Thing<'a>>,
}

impl<'a> Together<'a> {
    pub fn alone(thing: Thing<'a>) -> Self {
        Self { first: thing, rest: Vec::new() }
    }

    pub fn first(&self) -> Thing<'a> {
        self.first
    }

    pub fn all(&self) -> impl Iterator<Item = Thing<'a>> {
        std::iter::once(self.first).chain(self.rest.iter().copied())
    }

    /// The names of those behind the first.
    pub fn others(&self) -> Vec<String> {
        self.rest.iter().map(|thing| thing.id().to_string()).collect()
    }
}

// ------------------------------------------------------------ who stands together

/// Rows of a table, those that may stand together joined; headings part them.
pub(super) fn rows<'a>(view: &View<'a>, rows: Vec<Row<'a>>, columns: &[Asked<'_>]) -> Vec<Row<'a>> {
    let mut merged: Vec<Row<'a>> = Vec::new();
    // Where the rows of each template stand since the last heading.
    let mut of_template: BTreeMap<Span, Vec<usize>> = BTreeMap::new();
    for row in rows {
        let Row::Of(new) = row else {
            merged.push(row);
            of_template.clear();
            continue;
        };
        let Some(template) = template(view, new.first).filter(|_| new.rest.is_empty()) else {
            merged.push(Row::Of(new));
            continue;
        };
        let own = of_template.entry(template).or_default();
        let found = own.iter().find_map(|at| match merged.get(*at) {
            Some(Row::Of(row)) => {
                let wider = wider(view, row, new.first)?;
                fits(view, &wider, columns).then_some((*at, wider))
            }
            _ => None,
        });
        match found.and_then(|(at, wider)| Some((merged.get_mut(at)?, wider))) {
            Some((row, wider)) => *row = Row::Of(wider),
            None => {
                own.push(merged.len());
                merged.push(Row::Of(new));
            }
        }
    }
    merged
}

/// The place of the template that a thing comes from, if it comes from one.
fn template(view: &View<'_>, thing: Thing<'_>) -> Option<Span> {
    view.meta(thing).filter(|meta| !meta.values.is_empty()).map(|meta| meta.span)
}

/// A list of the document for its texts. Tasks and activities are numbered, so they stand together
/// wherever they are told; others only in tables where their columns agree, and are counted one by
/// one.
pub(super) fn list<'a>(view: &View<'a>, name: &str) -> Option<Vec<Together<'a>>> {
    let things = view.list(name)?;
    Some(match name {
        "задачи" | "мероприятия" => numbered(view, things),
        _ => things.into_iter().map(Together::alone).collect(),
    })
}

/// Tasks or activities, those that stand together joined.
pub(super) fn numbered<'a>(
    view: &View<'a>,
    things: impl IntoIterator<Item = Thing<'a>>,
) -> Vec<Together<'a>> {
    let singles = things.into_iter().map(Together::alone).map(Row::Of).collect();
    let told = rows(view, singles, &[]).into_iter().filter_map(|row| match row {
        Row::Of(together) => Some(together),
        Row::Heading { .. } | Row::Note { .. } | Row::Listed(_) => None,
    });
    told.collect()
}

/// The row with one thing more, if that comes from the same template and differs in one value.
fn wider<'a>(view: &View<'a>, row: &Together<'a>, new: Thing<'a>) -> Option<Together<'a>> {
    let list = row.all().map(|thing| differing(view, thing, new)).collect::<Option<Vec<_>>>()?;
    let list = list.first().copied().filter(|first| list.iter().all(|list| list == first))?;
    let elements = &view.model.enumerations.get(list)?.elements;
    let place = |thing: &Thing<'a>| elements.get_index_of(value(view, *thing, list)?);
    let mut all: Vec<Thing<'a>> = row.all().chain([new]).collect();
    all.sort_by_key(place);
    let mut all = all.into_iter();
    Some(Together { first: all.next()?, rest: all.collect() })
}

/// The list of the one value in which two things of one template differ.
fn differing<'a>(view: &View<'a>, one: Thing<'a>, other: Thing<'_>) -> Option<&'a Id> {
    let is_same_kind = std::mem::discriminant(&one) == std::mem::discriminant(&other);
    let (one, other) = (view.meta(one)?, view.meta(other)?);
    if !is_same_kind || one.span != other.span {
        return None;
    }
    let mut differing = one.values.iter().zip(&other.values).filter(|(one, other)| one != other);
    let ((list, _), _) = differing.next()?;
    differing.next().is_none().then_some(list)
}

fn value<'a>(view: &View<'a>, thing: Thing<'a>, list: &Id) -> Option<&'a Id> {
    let meta: &Meta = view.meta(thing)?;
    meta.values.iter().find(|(own, _)| own == list).map(|(_, value)| value)
}

/// Whether all of a row agree in everything but the words of their values.
fn fits(view: &View<'_>, row: &Together<'_>, columns: &[Asked<'_>]) -> bool {
    let agree = |fields: &[&str]| fields.iter().all(|field| is_one(view, row, Asked::plain(field)));
    match row.first {
        Thing::Activity(_) => match one_number(view, row) {
            Some(is_one) => is_one,
            None => agree(ACTIVITY) && same_slots(view, row),
        },
        Thing::Paper(..) => {
            one_number(view, row) == Some(true) && same_turn(view, row) && agree(&["название"])
        }
        Thing::Task(_) => agree(&["название", "зона"]),
        Thing::Deficit(_) => {
            // A priority is counted, numbered and measured by itself.
            let is_priority = |thing: Thing<'_>| view.choice.priorities.contains(thing.id());
            !row.all().any(is_priority) && columns.iter().all(|asked| is_one(view, row, *asked))
        }
        Thing::Unknown(_)
        | Thing::Cause(_)
        | Thing::Requirement(_)
        | Thing::Resource(_)
        | Thing::Risk(_) => columns.iter().all(|asked| is_one(view, row, *asked)),
        // What is measured, and who answers by name, stands alone.
        Thing::Indicator(_)
        | Thing::Target(_)
        | Thing::Result(_)
        | Thing::Goal(_)
        | Thing::Zone(_)
        | Thing::Untouched(_)
        | Thing::Total(_)
        | Thing::Act(_)
        | Thing::Aim(_)
        | Thing::Stage(_)
        | Thing::Stated(_)
        | Thing::Participant(_)
        | Thing::Passport(_)
        | Thing::SchoolYear(_)
        | Thing::Identified(_)
        | Thing::Actor(_) => false,
    }
}

/// What the documents of a programme tell of an activity, but for its reasons.
const ACTIVITY: &[&str] =
    &["название", "зона", "срок", "результат", "документы", "ответственные", "контроль"];

/// Whether the activities of a row bear one number; `None` before they are numbered.
fn one_number(view: &View<'_>, row: &Together<'_>) -> Option<bool> {
    let number = view.number(row.first.id())?;
    Some(row.all().all(|thing| view.number(thing.id()) == Some(number)))
}

/// Whether the calendar has the activities on the same days.
fn same_slots(view: &View<'_>, row: &Together<'_>) -> bool {
    let days = |thing: Thing<'_>| {
        let slots = view.choice.schedule.of(thing.id()).iter();
        slots.map(|slot| (slot.window, slot.from, slot.to)).collect::<Vec<_>>()
    };
    let first = days(row.first);
    row.all().all(|thing| days(thing) == first)
}

/// Whether the documents have the same turn, each in its activity.
fn same_turn(view: &View<'_>, row: &Together<'_>) -> bool {
    let turn = |thing: Thing<'_>| match thing {
        Thing::Paper(activity, paper) => {
            let declared = view.model.activities.get(&activity.id)?;
            declared.documents.iter().position(|own| std::ptr::eq(own, paper))
        }
        _ => None,
    };
    row.all().all(|thing| turn(thing) == turn(row.first))
}

// ------------------------------------------------------------ what they say together

/// How the texts of a column become one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Manner {
    /// One text with the words of the values listed.
    Words,
    /// Those of one template, each named.
    People,
    /// A number of each: «по 30 часов в год».
    Each,
    /// Reasons and links: all are kept, those that differ in the words of values as one.
    Kept,
}

fn manner(thing: Thing<'_>, field: &str) -> Manner {
    match (thing, field) {
        // The grounds of a deficit are its figures.
        (Thing::Deficit(_), "обоснование" | "почему") => Manner::Words,
        (_, "ответственные" | "контроль") => Manner::People,
        (_, "количество" | "решает") => Manner::Each,
        (_, "основание" | "обоснование" | "почему" | "источник" | "вопрос") => {
            Manner::Kept
        }
        (_, "дефициты" | "причины" | "показатели" | "задачи" | "ресурсы") => {
            Manner::Kept
        }
        _ => Manner::Words,
    }
}

/// The text of a cell; `None` where such rows have no such column.
pub(super) fn cell(
    view: &View<'_>,
    row: &Together<'_>,
    number: usize,
    asked: Asked<'_>,
) -> Option<String> {
    let texts = texts(view, row, number, asked)?;
    let one = one(view, row, asked.field, &texts);
    Some(one.unwrap_or_else(|| kept(&lines(&texts), &words(view, row)).join("\n")))
}

/// What a row is called.
pub(super) fn title(view: &View<'_>, row: &Together<'_>) -> String {
    cell(view, row, 0, Asked::plain("название")).unwrap_or_default()
}

/// Titles that all of a row name, those that differ in the words of values as one.
pub(super) fn linked(view: &View<'_>, row: &Together<'_>, field: &str) -> Option<Vec<String>> {
    let all = row.all().map(|thing| fields::linked(view, thing, field));
    Some(kept(&all.collect::<Option<Vec<_>>>()?, &words(view, row)))
}

/// The reasons of all of a row.
pub(super) fn because(view: &View<'_>, row: &Together<'_>) -> Vec<Because> {
    because::once(row.all().flat_map(|thing| because::of_row(view, thing)).collect())
}

fn texts(
    view: &View<'_>,
    row: &Together<'_>,
    number: usize,
    asked: Asked<'_>,
) -> Option<Vec<String>> {
    row.all().map(|thing| fields::cell(view, thing, number, asked)).collect()
}

fn is_one(view: &View<'_>, row: &Together<'_>, asked: Asked<'_>) -> bool {
    // A column that does not exist is reported where the row is written.
    texts(view, row, 0, asked).is_none_or(|texts| one(view, row, asked.field, &texts).is_some())
}

/// The one text of a column; `None` where the things of the row do not agree.
fn one(view: &View<'_>, row: &Together<'_>, field: &str, texts: &[String]) -> Option<String> {
    let words = words(view, row);
    let joined =
        || joined(&texts.iter().map(String::as_str).collect::<Vec<_>>(), &words_of(&words));
    if row.rest.is_empty() {
        return texts.first().cloned();
    }
    match manner(row.first, field) {
        Manner::Words => joined(),
        Manner::Each => each(&joined()?),
        Manner::People => same_people(view, row, field).then(|| by_turns(texts)),
        Manner::Kept => Some(kept(&lines(texts), &words).join("\n")),
    }
}

/// «30 часов» of each: «по 30 часов». «По 21 часу» would need another case, and is refused.
fn each(amount: &str) -> Option<String> {
    let figures = |c: &char| c.is_ascii_digit() || matches!(c, ' ' | '\u{a0}' | ',');
    let number: String = amount.chars().take_while(figures).collect();
    let number = number.trim();
    let is_bare = number.len() == amount.len();
    let takes_dative = number.ends_with('1') && !number.ends_with("11");
    match (number.is_empty(), takes_dative && !is_bare) {
        (true, _) => Some(amount.to_owned()),
        (false, true) => None,
        (false, false) => Some(format!("по {amount}")),
    }
}

/// Whether those who answer are the same, or of one template with the values of the things.
fn same_people(view: &View<'_>, row: &Together<'_>, field: &str) -> bool {
    let Some(list) = row.rest.first().and_then(|other| differing(view, row.first, *other)) else {
        return false;
    };
    let people = |thing| -> Vec<String> {
        let value = value(view, thing, list).map(|value| format!("_{value}")).unwrap_or_default();
        let actors = actors(view, thing, field).into_iter();
        actors.map(|actor| actor.id.as_str().replacen(&value, &format!("_({list})"), 1)).collect()
    };
    let first = people(row.first);
    row.all().all(|thing| people(thing) == first)
}

fn actors<'a>(view: &View<'a>, thing: Thing<'_>, field: &str) -> Vec<&'a Ref> {
    let activity = match thing {
        Thing::Activity(activity) | Thing::Paper(activity, _) => Some(&activity.id),
        _ => None,
    };
    let activity = activity.and_then(|id| view.model.activities.get(id));
    let risk = view.model.risks.get(thing.id()).filter(|_| matches!(thing, Thing::Risk(_)));
    match (activity, risk, field) {
        (Some(activity), _, "контроль") => activity.controller.iter().collect(),
        (Some(activity), ..) => activity.responsible.iter().collect(),
        (None, Some(risk), _) => risk.responsible.iter().collect(),
        (None, None, _) => Vec::new(),
    }
}

/// The lines of all texts, the first ones first, each once.
fn by_turns(texts: &[String]) -> String {
    let longest = texts.iter().map(|text| text.lines().count()).max().unwrap_or(0);
    let mut told: Vec<&str> = Vec::new();
    for at in 0..longest {
        for line in texts.iter().filter_map(|text| text.lines().nth(at)) {
            if !told.contains(&line) {
                told.push(line);
            }
        }
    }
    told.join("\n")
}

fn lines(texts: &[String]) -> Vec<Vec<String>> {
    texts.iter().map(|text| text.lines().map(str::to_owned).collect()).collect()
}

/// All lines of all texts, those that differ only in the words of values as one; a line of one thing
/// alone says which.
fn kept(texts: &[Vec<String>], words: &[Words]) -> Vec<String> {
    let mut waiting: Vec<Vec<&str>> =
        texts.iter().map(|lines| lines.iter().map(String::as_str).collect()).collect();
    let mut told: Vec<String> = Vec::new();
    for at in 0..waiting.len() {
        for line in waiting.get(at).cloned().unwrap_or_default() {
            let (mut same, mut values) =
                (vec![line], words.get(at).into_iter().collect::<Vec<_>>());
            for (later, own) in waiting.iter_mut().zip(words).skip(at + 1) {
                let mut twins = later.iter().enumerate();
                let twin = twins.find_map(|(twin, other)| {
                    let lines: Vec<&str> = same.iter().chain([other]).copied().collect();
                    let words: Vec<&Words> = values.iter().copied().chain([own]).collect();
                    joined(&lines, &words).map(|_| twin)
                });
                if let Some(twin) = twin {
                    same.push(later.remove(twin));
                    values.push(own);
                }
            }
            let line = match (same.as_slice(), values.as_slice()) {
                ([line], [own]) if texts.len() > 1 => Some(of_one(line, own)),
                _ => joined(&same, &values),
            };
            told.extend(line.filter(|line| !told.contains(line)));
        }
    }
    told
}

/// What is said of one thing of a row alone names it, where it does not yet.
fn of_one(line: &str, own: &Words) -> String {
    if own.are_in(line) { line.to_owned() } else { format!("{line} ({})", own.title()) }
}

/// The words of the values in which the things of a row differ.
fn words(view: &View<'_>, row: &Together<'_>) -> Vec<Words> {
    let list = row.rest.first().and_then(|other| differing(view, row.first, *other));
    let list = list.and_then(|list| Some((list, view.model.enumerations.get(list)?)));
    let Some((list, declared)) = list else { return Vec::new() };
    let each = row.all().filter_map(|thing| declared.elements.get(value(view, thing, list)?));
    each.map(Words::of).collect()
}

fn words_of(words: &[Words]) -> Vec<&Words> {
    words.iter().collect()
}
