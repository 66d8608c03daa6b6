//! Edits of what a chosen activity says of itself: term, those who answer, result, title.

use super::Base;
use super::outlook::Outlook;
use super::planned::{Field, Planned};
use super::report;
use super::values::{self, TERM_SAMPLE, plain};
use crate::base::Id;
use crate::calendar::{Period, Term};
use crate::diag::Diagnostic;
use crate::document::{term_in_rules, term_in_words};
use crate::model::{Activity, Model, Ref};

/// A value that has been read.
enum Value {
    Term(Term<Id>),
    Responsible(Vec<Ref>),
    Controller(Option<Ref>),
    Result(Vec<String>),
    Title(String),
}

/// Changes the fields of activities; every edit is held against the field as the pack has it.
pub(super) fn apply(
    planned: &[Planned<'_>],
    outlook: &Outlook,
    base: &mut Base<'_>,
    out: &mut Vec<Diagnostic>,
) {
    let periods: Vec<Period> = outlook.choices.iter().map(|choice| choice.period).collect();
    for planned in planned.iter().filter(|planned| planned.field != Field::State) {
        let value = match value(planned, base.model, &periods) {
            Ok(value) => value,
            Err(fault) => {
                out.push(fault);
                continue;
            }
        };
        if let Value::Term(term) = &value {
            out.extend(values::cut(&planned.edit.becomes, term, &periods, base.model));
        }
        match judged(planned, outlook, base.model) {
            Ok(was) => change(planned, &was, value, base.model),
            Err(fault) => out.push(fault),
        }
    }
}

/// What the field says now, where the edit meets it and changes it.
fn judged(planned: &Planned<'_>, outlook: &Outlook, model: &Model) -> Result<String, Diagnostic> {
    let edit = planned.edit;
    let activity = model.activities.get(&planned.id).filter(|_| outlook.takes(&planned.id));
    let Some(activity) = activity else { return Err(report::stale(planned, None)) };
    let (was, becomes) = (edit.was.value.as_str(), edit.becomes.value.as_str());
    // Of a text even a capital letter may be mended.
    let is_same = match planned.field {
        Field::Title | Field::Result => was == becomes,
        _ => plain(was) == plain(becomes),
    };
    if is_same {
        return Err(report::changes_nothing(planned));
    }
    let now = printed(planned.field, activity, model);
    if meets(planned, activity, &now, outlook, model) {
        Ok(now)
    } else {
        Err(report::stale(planned, Some(&now)))
    }
}

/// The field in words, on one line.
fn printed(field: Field, activity: &Activity, model: &Model) -> String {
    let title = |actor: &Ref| model.actor_title(&actor.id).unwrap_or(actor.id.as_str()).to_owned();
    match field {
        Field::Term => {
            activity.term.as_ref().map(|term| term_in_rules(term, model)).unwrap_or_default()
        }
        Field::Responsible => activity.responsible.iter().map(title).collect::<Vec<_>>().join("; "),
        Field::Controller => activity.controller.as_ref().map(title).unwrap_or_default(),
        Field::Result => activity.results.join("; "),
        Field::Title => activity.meta.title.clone(),
        Field::State => String::new(),
    }
}

/// Whether «was» is what the field says: in the words of the rules or of a document, by ids too.
fn meets(
    planned: &Planned<'_>,
    activity: &Activity,
    now: &str,
    outlook: &Outlook,
    model: &Model,
) -> bool {
    let was = &planned.edit.was;
    if plain(&was.value) == plain(now) {
        return true;
    }
    let is = |named: Vec<&Ref>| {
        let read = values::actors(&was.value, &was.place, model).unwrap_or_default();
        !read.is_empty() && read.iter().map(|actor| &actor.id).eq(named.iter().map(|it| &it.id))
    };
    match planned.field {
        Field::Responsible => is(activity.responsible.iter().collect()),
        Field::Controller => is(activity.controller.iter().collect()),
        Field::Term => activity.term.as_ref().is_some_and(|term| {
            let is_printed = |words: &str| plain(words) == plain(&was.value);
            let mut chosen = outlook.chosen(&planned.id);
            chosen.any(|it| is_printed(&term_in_words(term, &it.occurrences, model)))
                || values::term(&was.value, model)
                    .is_ok_and(|read| read.when == term.when && read.repeat == term.repeat)
        }),
        Field::Result | Field::Title | Field::State => false,
    }
}

/// Reads «becomes».
fn value(planned: &Planned<'_>, model: &Model, periods: &[Period]) -> Result<Value, Diagnostic> {
    let given = &planned.edit.becomes;
    let text = given.value.as_str();
    match planned.field {
        Field::Result => Ok(Value::Result(lines(text))),
        Field::Controller if text.is_empty() => Ok(Value::Controller(None)),
        _ if text.is_empty() => {
            let message = format!("поле «{}» нельзя оставить пустым", planned.field.word());
            let sample = "запишите новое значение; пустым бывает «результат» или «контроль»";
            Err(report::bad_value(given, message, None, sample))
        }
        Field::Controller => {
            let actor = values::actor(text, &given.place, model);
            actor
                .map(|actor| Value::Controller(Some(actor)))
                .ok_or_else(|| nobody(planned, text, model))
        }
        Field::Responsible => values::actors(text, &given.place, model)
            .map_err(|part| nobody(planned, &part, model))
            .and_then(|actors| match values::twice(&actors) {
                None => Ok(Value::Responsible(actors)),
                Some((_, again)) => Err(report::repeated("ответственный", again, None)),
            }),
        Field::Term => term(planned, model, periods).map(Value::Term),
        Field::Title | Field::State => Ok(Value::Title(lines(text).join(" "))),
    }
}

fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

fn term(planned: &Planned<'_>, model: &Model, periods: &[Period]) -> Result<Term<Id>, Diagnostic> {
    let given = &planned.edit.becomes;
    let bad = |message: String, sample| report::bad_value(given, message, None, sample);
    let term = values::term(&given.value, model).map_err(|message| bad(message, TERM_SAMPLE))?;
    if values::is_outside(&term, periods, model) {
        let message = format!("срок «{}» не попадает в срок программы", given.value);
        return Err(bad(message, "назовите время внутри срока программы"));
    }
    Ok(term)
}

fn nobody(planned: &Planned<'_>, part: &str, model: &Model) -> Diagnostic {
    let message = format!("в пакете нет роли или органа «{part}»");
    let sample = "пишут имя или название роли или органа из пакета, нескольких — через «;»";
    report::bad_value(&planned.edit.becomes, message, values::near_actor(part, model), sample)
}

fn change(planned: &Planned<'_>, was: &str, value: Value, model: &mut Model) {
    let becomes = lines(&planned.edit.becomes.value).join("; ");
    let Some(activity) = model.activities.get_mut(&planned.id) else { return };
    match value {
        Value::Term(term) => {
            activity.term = Some(term);
            activity.term_edited = Some(values::span(&planned.edit.becomes.place));
        }
        Value::Responsible(actors) => activity.responsible = actors,
        Value::Controller(actor) => activity.controller = actor,
        Value::Result(results) => activity.results = results,
        Value::Title(title) => activity.meta.title = title,
    }
    let sentence = format!(
        "{} решением команды (было {}, стало {}): {}",
        participle(planned.field),
        quoted(was),
        quoted(&becomes),
        planned.edit.reason
    );
    activity.meta.decided.push(sentence);
}

fn quoted(text: &str) -> String {
    if text.is_empty() { "пусто".to_owned() } else { format!("«{text}»") }
}

fn participle(field: Field) -> &'static str {
    match field {
        Field::Term => "Срок изменён",
        Field::Responsible => "Ответственные изменены",
        Field::Controller => "Контроль изменён",
        Field::Result => "Результат изменён",
        Field::Title => "Название изменено",
        Field::State => "Состояние изменено",
    }
}
