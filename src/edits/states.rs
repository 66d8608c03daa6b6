//! Edits of states: a cause confirmed or refuted, a deficit or an activity taken in or left out.

use super::Base;
use super::outlook::{Outlook, is_of_this_level};
use super::planned::{Field, Kind, Planned};
use super::report;
use crate::base::suggest;
use crate::data::Placed;
use crate::diag::Diagnostic;
use crate::eval::{Decision, Truth};

const CONFIRMED: &str = "подтверждена";
const REFUTED: &str = "опровергнута";
const POSSIBLE: &str = "возможна";
const PRIORITY: &str = "приоритет";
const POSTPONED: &str = "отложен";
const UNDECIDED: &str = "неизвестно";
const ABSENT: &str = "нет";
const NOT_HERE: &str = "не применим";
const IN: &str = "включено";
const OUT: &str = "не включено";
const INCLUDE: &str = "включить";
const EXCLUDE: &str = "исключить";

/// What the program may say of an element, and what a team may make of it.
fn vocabulary(kind: Kind) -> (&'static [&'static str], [(&'static str, bool); 2]) {
    match kind {
        Kind::Cause => (&[POSSIBLE, CONFIRMED, REFUTED], [(CONFIRMED, true), (REFUTED, false)]),
        Kind::Deficit => (
            &[PRIORITY, POSTPONED, UNDECIDED, ABSENT, NOT_HERE],
            [(INCLUDE, true), (EXCLUDE, false)],
        ),
        Kind::Activity => (&[IN, OUT], [(INCLUDE, true), (EXCLUDE, false)]),
    }
}

/// Whether the team's word says nothing new of what was.
fn changes_nothing(was: &str, includes: bool) -> bool {
    match was {
        CONFIRMED | PRIORITY | IN => includes,
        POSSIBLE => false,
        _ => !includes,
    }
}

/// Whether an edit excludes an element.
pub(super) fn excludes(planned: &Planned<'_>) -> bool {
    planned.field == Field::State && planned.edit.becomes.value.to_lowercase() == EXCLUDE
}

/// Causes and deficits, against the diagnosis.
pub(super) fn judgements(
    planned: &[Planned<'_>],
    outlook: &Outlook,
    base: &mut Base<'_>,
    out: &mut Vec<Diagnostic>,
) {
    for planned in planned.iter().filter(|planned| planned.kind != Kind::Activity) {
        let Some(decision) = decided(planned, now(planned, outlook, base), out) else { continue };
        let decisions = &mut base.facts.decisions;
        let of_kind = match planned.kind {
            Kind::Cause => &mut decisions.causes,
            _ => &mut decisions.deficits,
        };
        of_kind.insert(planned.id.clone(), decision);
    }
}

/// Activities in or out, against the choice.
pub(super) fn activities(
    planned: &[Planned<'_>],
    outlook: &Outlook,
    base: &mut Base<'_>,
    out: &mut Vec<Diagnostic>,
) {
    let of_states = planned
        .iter()
        .filter(|planned| planned.kind == Kind::Activity && planned.field == Field::State);
    for planned in of_states {
        let Some(decision) = decided(planned, now(planned, outlook, base), out) else { continue };
        if let Some(activity) = base.model.activities.get_mut(&planned.id) {
            activity.meta.decided.push(decision.sentence("Включено", "Исключено"));
        }
        base.facts.decisions.activities.insert(planned.id.clone(), decision);
    }
}

/// The decision of an edit that reads well and is not stale.
fn decided(
    planned: &Planned<'_>,
    now: Option<&'static str>,
    out: &mut Vec<Diagnostic>,
) -> Option<Decision> {
    let (states, verbs) = vocabulary(planned.kind);
    let was = word(&planned.edit.was, states, out);
    let verb = word(&planned.edit.becomes, &verbs.map(|(verb, _)| verb), out);
    let (was, verb) = (was?, verb?);
    let includes = verbs.iter().any(|(known, includes)| *known == verb && *includes);
    if changes_nothing(was, includes) {
        out.push(report::changes_nothing(planned));
        return None;
    }
    if now != Some(was) {
        let stale = report::stale(planned, now);
        let is_needless = now.is_some_and(|now| changes_nothing(now, includes));
        out.push(match is_needless {
            true => stale.with_hint("программа и без неё говорит то же: удалите правку"),
            false => stale,
        });
        return None;
    }
    Some(Decision { includes, reason: planned.edit.reason.clone() })
}

/// One of the known words, or a complaint.
fn word(
    value: &Placed<String>,
    known: &[&'static str],
    out: &mut Vec<Diagnostic>,
) -> Option<&'static str> {
    let text = value.value.to_lowercase();
    let found = known.iter().find(|word| **word == text).copied();
    if found.is_none() {
        let message = format!("состояния «{}» здесь не бывает", value.value);
        let near = suggest(&text, known.iter().copied());
        let sample = format!("здесь пишут: {}", known.join(", "));
        out.push(report::bad_value(value, message, near, &sample));
    }
    found
}

/// What the program says of the element; nothing of what its documents do not look at.
fn now(planned: &Planned<'_>, outlook: &Outlook, base: &Base<'_>) -> Option<&'static str> {
    let id = &planned.id;
    match planned.kind {
        Kind::Cause => {
            let found = outlook.diagnosis.causes.iter().find(|finding| finding.id == *id)?;
            Some(match found.state {
                Truth::Yes => CONFIRMED,
                Truth::No => REFUTED,
                Truth::Unknown | Truth::Inapplicable => POSSIBLE,
            })
        }
        Kind::Deficit => {
            let found = outlook.diagnosis.deficits.iter().find(|finding| finding.id == *id)?;
            let is_priority = outlook.choices.iter().any(|choice| choice.priorities.contains(id));
            Some(match found.state {
                _ if is_priority => PRIORITY,
                Truth::Yes => POSTPONED,
                Truth::Unknown => UNDECIDED,
                Truth::No => ABSENT,
                Truth::Inapplicable => NOT_HERE,
            })
        }
        Kind::Activity => {
            let activity = base.model.activities.get(id)?;
            is_of_this_level(base, activity).then(|| if outlook.takes(id) { IN } else { OUT })
        }
    }
}
