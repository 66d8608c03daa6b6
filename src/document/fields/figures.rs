//! Columns of indicators, targets and missing figures.

use std::collections::BTreeSet;

use indexmap::IndexMap;

use super::Asked;
use crate::base::{Id, Number};
use crate::calendar::Date;
use crate::document::because;
use crate::document::things::Thing;
use crate::document::times;
use crate::document::view::View;
use crate::eval::{Key, UnknownIndicator, Value, print_number};
use crate::model::{Indicator, Kind, Quantity, When};
use crate::plan::{PlannedTarget, TargetAt};
use crate::russian::{self, Case};
use crate::text::MISSING;

/// Whether rows of this kind show figures of an indicator.
pub(super) fn is_figure(thing: Thing<'_>) -> bool {
    matches!(thing, Thing::Indicator(_) | Thing::Target(_) | Thing::Result(_))
}

pub(super) fn text(view: &View<'_>, thing: Thing<'_>, asked: Asked<'_>) -> Option<String> {
    if let Thing::Unknown(unknown) = thing {
        let is_known = ["кратко", "единица", "данные"].contains(&asked.field);
        return of_indicator(view, &unknown.indicator, asked).filter(|_| is_known);
    }
    if !is_figure(thing) {
        return None;
    }
    let id = thing.id();
    let target = match thing {
        Thing::Target(target) | Thing::Result(target) => Some(target),
        _ => view.targets.iter().find(|target| target.indicator == *id),
    };
    of_target(view, id, target, asked.field).or_else(|| of_indicator(view, id, asked))
}

fn of_indicator(view: &View<'_>, id: &Id, asked: Asked<'_>) -> Option<String> {
    Some(match asked.field {
        "кратко" => view.indicator_short(id),
        "значение" => value(view, id, asked),
        "участники" => {
            let n = view.participants(id, When::Year(year_shown(view, id, asked.when)));
            let mark = if view.is_small_group(id) { "*" } else { "" };
            n.map_or_else(|| unless_words(view, id).to_owned(), |n| format!("{n}{mark}"))
        }
        "факт" => declared(view, id, asked, |indicator| &indicator.facts),
        "план" => declared(view, id, asked, |indicator| &indicator.plans),
        "динамика" => dynamics(view, id),
        "единица" => unit(view, id),
        "данные" => view.supplier(id).unwrap_or_else(|| MISSING.to_owned()),
        "источник" => {
            let sources = because::sources(&because::of_row(view, Thing::Indicator(id)));
            if sources.is_empty() { MISSING.to_owned() } else { sources.join("\n") }
        }
        _ => return None,
    })
}

/// What a declaration itself gives by years: of the year asked for, or of all.
fn declared(
    view: &View<'_>,
    id: &Id,
    asked: Asked<'_>,
    of: impl Fn(&Indicator) -> &Vec<(i32, Quantity)>,
) -> String {
    let given = view.indicator(id).map_or(&[] as &[_], |indicator| of(indicator).as_slice());
    let print = |quantity: &Quantity| print_number(&quantity.number, &quantity.unit, view.model);
    let told: Vec<String> = match asked.when {
        When::Year(year) => {
            given.iter().filter(|(at, _)| *at == year).map(|(_, value)| print(value)).collect()
        }
        _ => given.iter().map(|(year, value)| format!("{year} год: {}", print(value))).collect(),
    };
    if told.is_empty() { times::NONE.to_owned() } else { told.join("\n") }
}

/// The year that a column shows of an indicator.
fn year_shown(view: &View<'_>, id: &Id, when: When) -> i32 {
    match when {
        When::Current => view.present(id),
        When::YearsAgo(back) => view.present(id) - i32::try_from(back).unwrap_or(0),
        When::Year(year) => year,
    }
}

/// A figure of another year than the column is about bears its year.
fn value(view: &View<'_>, id: &Id, asked: Asked<'_>) -> String {
    let year = year_shown(view, id, asked.when);
    let printed = view.printed(id, asked.level, When::Year(year));
    let behind = view.year.map_or(0, |current| current - view.present(id));
    let is_relative = !matches!(asked.when, When::Year(_));
    if printed == MISSING || !is_relative || behind == 0 {
        return printed;
    }
    format!("{printed} ({year} г.)")
}

/// What a number could have and does not is missing; an answer has none of it.
fn unless_words(view: &View<'_>, id: &Id) -> &'static str {
    let unit = view.indicator(id).and_then(|indicator| view.model.unit_of(indicator));
    if unit.is_some() { MISSING } else { times::NONE }
}

fn dynamics(view: &View<'_>, id: &Id) -> String {
    let year = view.present(id);
    if let Some(reading) = view.reading(id).filter(|reading| reading.year == year) {
        return reading.dynamics.unwrap_or_else(|| unless_words(view, id)).to_owned();
    }
    if let Some(moved) = view.moved(id, None, year) {
        return moved.to_owned();
    }
    let [before, now] = [year - 1, year].map(|year| view.figure(id, None, When::Year(year)));
    let (Value::Number(before), Value::Number(now)) = (before, now) else {
        return unless_words(view, id).to_owned();
    };
    match (before.less(&now), now.less(&before), before.equal(&now)) {
        (Some(true), _, _) => "рост",
        (_, Some(true), _) => "снижение",
        (_, _, Some(true)) => "без изменений",
        _ => MISSING,
    }
    .to_owned()
}

fn unit(view: &View<'_>, id: &Id) -> String {
    let sign = view.unit_sign(id);
    if sign.is_empty() { times::NONE.to_owned() } else { sign }
}

// ------------------------------------------------------------ targets

/// Stands where the figure appears only when the programme is over.
const OUT_OF_TERM: &str = "вне срока";

fn of_target(
    view: &View<'_>,
    id: &Id,
    target: Option<&PlannedTarget>,
    field: &str,
) -> Option<String> {
    let nth = |at: usize| match target {
        None => times::NONE.to_owned(),
        Some(target) => {
            let year = view.school_years().get(at).copied();
            match target.stated().find(|at| Some(at.year) == year) {
                Some(at) => wanted(view, target, at),
                None if year.is_some_and(|year| target.too_late.contains(&year)) => {
                    OUT_OF_TERM.to_owned()
                }
                None => times::NONE.to_owned(),
            }
        }
    };
    Some(match field {
        "исходное" => match target {
            Some(target) => view.known(id, &target.baseline).unwrap_or_else(|| MISSING.to_owned()),
            None => view.printed(id, None, When::Current),
        },
        "цель_1" => nth(0),
        "цель_2" => nth(1),
        "цель_3" => nth(2),
        "цель_ученики" => match target {
            Some(target) if never_seen(target) => OUT_OF_TERM.to_owned(),
            _ => target.and_then(from_to).unwrap_or_else(|| unless_uncounted(view, id).to_owned()),
        },
        _ => return None,
    })
}

/// People are missing where a share is told to be of them; there are none behind any other figure.
fn unless_uncounted(view: &View<'_>, id: &Id) -> &'static str {
    match view.indicator(id).map(|indicator| &indicator.kind) {
        Some(Kind::Percent { of: Some(_) }) => MISSING,
        _ => times::NONE,
    }
}

/// A figure in the unit of its indicator.
pub(in crate::document) fn figure(view: &View<'_>, id: &Id, value: Option<&Number>) -> String {
    let unit = view.indicator(id).and_then(|indicator| view.model.unit_of(indicator));
    match (value, unit) {
        (Some(value), Some(unit)) => print_number(value, &unit, view.model),
        (Some(value), None) => value.to_russian(russian::PLACES),
        (None, _) => MISSING.to_owned(),
    }
}

/// Whether no figure of it appears within the programme.
fn never_seen(target: &PlannedTarget) -> bool {
    target.targets.is_empty() && !target.too_late.is_empty()
}

/// «удержать 100 %» where a target is what there is already.
fn wanted(view: &View<'_>, target: &PlannedTarget, at: &TargetAt) -> String {
    let told = figure(view, &target.indicator, at.value.as_ref());
    if target.holds(at) { format!("удержать {told}") } else { told }
}

/// «с 6 до 2 из 22»: the start and the last target in whole people.
fn from_to(target: &PlannedTarget) -> Option<String> {
    let end = pupils(target)?;
    if target.targets.last().is_some_and(|at| target.holds(at)) {
        return Some(format!("удержать {end}"));
    }
    Some(match target.pupils_at_start() {
        Some(start) => format!("с {start} до {end}"),
        None => end,
    })
}

/// «2 из 22»: the last target in whole people, of as many as took part at the start.
fn pupils(target: &PlannedTarget) -> Option<String> {
    let pupils = target.targets.iter().rev().find_map(|at| at.pupils)?;
    Some(match target.n {
        Some(n) => format!("{pupils} из {n}"),
        None => pupils.to_string(),
    })
}

/// A target told as a result of the programme.
pub(in crate::document) fn of_result(view: &View<'_>, target: &PlannedTarget) -> String {
    let id = &target.indicator;
    let title = view.indicator_title(id);
    if never_seen(target) {
        return format!("{title}: новое значение появится после окончания программы, целевого нет");
    }
    let last = target.targets.last();
    let Some(at @ TargetAt { value: Some(value), by, .. }) = last else {
        return format!(
            "{title}: целевое значение будет установлено, когда станет известно исходное"
        );
    };
    let start = view.known(id, &target.baseline).unwrap_or_else(|| MISSING.to_owned());
    let reached = figure(view, id, Some(value));
    if target.holds(at) {
        let until = format!("{} {} года", russian::month(by.month(), Case::Genitive), by.year());
        return format!("{title}: удержать {reached} до {until}");
    }
    let mut said =
        format!("{title}: {reached} {} (в {} году — {start})", by_month(*by), target.baseline_year);
    if let Some(pupils) = pupils(target) {
        said.push_str(&format!("; при том же числе участников это {pupils}"));
        if let Some(start) = target.pupils_at_start() {
            said.push_str(&format!(" вместо {start}"));
        }
    }
    said
}

/// «к июлю 2029 года»
pub(in crate::document) fn by_month(by: Date) -> String {
    format!("к {} {} года", russian::month(by.month(), Case::Dative), by.year())
}

// ------------------------------------------------------------ missing figures

pub(super) fn of_unknown(
    view: &View<'_>,
    unknown: &UnknownIndicator,
    field: &str,
) -> Option<String> {
    let keys = unknown.figures.iter().map(|figure| &figure.key);
    Some(match field {
        "чьи" => {
            let owners: Vec<String> = gaps(view, keys).into_iter().map(|gap| gap.whose).collect();
            russian::capitalise(&owners.join(", "))
        }
        "год" => years(&keys.map(|key| key.year).collect()),
        "решает" => unknown.decides.to_string(),
        _ => return None,
    })
}

/// What is missing of one owner.
pub(super) struct Gap {
    pub whose: String,
    /// «2024–2026»
    pub years: String,
}

/// Missing figures of one indicator by their owners.
pub(super) fn gaps<'k>(view: &View<'_>, keys: impl Iterator<Item = &'k Key>) -> Vec<Gap> {
    let mut owners: IndexMap<String, BTreeSet<i32>> = IndexMap::new();
    for key in keys {
        owners.entry(view.whose(&key.object)).or_default().insert(key.year);
    }
    owners.into_iter().map(|(whose, missing)| Gap { whose, years: years(&missing) }).collect()
}

/// Years in a row are told by their ends.
fn years(all: &BTreeSet<i32>) -> String {
    let mut runs: Vec<(i32, i32)> = Vec::new();
    for year in all {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == *year => *last = *year,
            _ => runs.push((*year, *year)),
        }
    }
    let told = |(first, last): &(i32, i32)| match last - first {
        0 => first.to_string(),
        1 => format!("{first}, {last}"),
        _ => format!("{first}–{last}"),
    };
    runs.iter().map(told).collect::<Vec<_>>().join(", ")
}
