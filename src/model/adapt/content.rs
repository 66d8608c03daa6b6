//! What changes everywhere in what was taken over: years, who is responsible, words.

use jiff::ToSpan;

use super::{Adapter, activities_mut};
use crate::base::Id;
use crate::calendar::{Date, Term, TermWhen, Window};
use crate::model::declarations::Ref;
use crate::model::history::Verb;
use crate::model::roadmap::*;

impl Adapter<'_> {
    pub(super) fn shift(&mut self) {
        let Some(act) = &self.verbs.shift else { return };
        let mut moved = 0;
        for activity in activities_mut(&mut self.map) {
            activity.absent.iter_mut().for_each(|what| shift_absence(what, act.what));
            for year in &mut activity.years {
                shift_year(year, act.what);
                moved += 1;
            }
        }
        if moved == 0 {
            let hint = "уберите строку или оставьте мероприятия, у которых есть годы";
            self.fault(act.span, "сдвигать нечего: в карте не осталось лет".to_owned(), hint);
        }
        self.step(Verb::Shift(act.what), moved, act);
    }

    pub(super) fn replace_actors(&mut self) {
        let verbs = self.verbs;
        // Over what was taken, so that no line meets what another has written.
        let pairs: Vec<(&Id, &Id)> =
            verbs.actors.iter().map(|act| (&act.what.0.id, &act.what.1.id)).collect();
        let mut met_by = vec![0; pairs.len()];
        for activity in activities_mut(&mut self.map) {
            replace_actors_of(activity, &pairs, &mut met_by);
        }
        for (act, met) in verbs.actors.iter().zip(met_by) {
            let (old, new) = &act.what;
            if met == 0 {
                let message =
                    format!("«{}» в оставшихся мероприятиях не отвечает ни за что", old.id);
                self.fault(old.span, message, "уберите строку или поправьте имя");
            }
            let verb = Verb::ReplaceActor { old: old.clone(), new: new.clone() };
            self.step(verb, met, act);
        }
    }

    pub(super) fn replace_texts(&mut self) {
        let verbs = self.verbs;
        let pairs: Vec<(&str, &str)> =
            verbs.texts.iter().map(|act| (act.what.0.as_str(), act.what.1.as_str())).collect();
        let mut met_by = vec![0; pairs.len()];
        for text in texts(&mut self.map) {
            *text = replaced(text, &pairs, &mut met_by);
        }
        for (act, met) in verbs.texts.iter().zip(met_by) {
            let (old, new) = &act.what;
            if met == 0 {
                let message = format!("слов «{old}» в оставшихся мероприятиях нет");
                let hint = "слова ищутся буква в букву: в названиях, документах и результатах; \
                            из двух строк, которые подходят к одному месту, действует та, что длиннее";
                self.fault(act.span, message, hint);
            }
            let verb = Verb::ReplaceText { old: old.clone(), new: new.clone() };
            self.step(verb, met, act);
        }
    }
}

/// The text with every pair replaced in one walk, so that no line meets what another has written; at
/// one place the longest of the old words is taken.
fn replaced(text: &str, pairs: &[(&str, &str)], met: &mut [usize]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let here = pairs.iter().zip(met.iter_mut());
        let fitting = here.filter(|((old, _), _)| !old.is_empty() && rest.starts_with(old));
        match fitting.max_by_key(|((old, _), _)| old.len()) {
            Some(((old, new), met)) => {
                out.push_str(new);
                rest = rest.strip_prefix(old).unwrap_or_default();
                *met += 1;
            }
            None => {
                out.push(first);
                rest = rest.strip_prefix(first).unwrap_or_default();
            }
        }
    }
    out
}

/// «срок 2020» speaks of a year as well.
fn shift_absence(what: &mut String, by: i32) {
    if let Some((of, year)) = what.rsplit_once(' ')
        && let Ok(year) = year.parse::<i32>()
    {
        *what = format!("{of} {}", year + by);
    }
}

fn shift_year(plan: &mut YearPlan, by: i32) {
    plan.year += by;
    let of_results = plan.results.iter_mut().filter_map(|result| result.term.as_mut());
    plan.term.iter_mut().chain(of_results).for_each(|term| shift_term(term, by));
}

/// Words that name a year are of the old years; without them the term is told from its dates.
fn shift_term(term: &mut Term<Id>, by: i32) {
    term.printed = term.printed.take().filter(|words| !names_year(words));
    let TermWhen::Windows(windows) = &mut term.when else { return };
    for window in windows {
        match window {
            Window::Days { from, to } => {
                *from = shift_day(*from, by);
                *to = shift_day(*to, by);
            }
            Window::Months { from: (_, start), to: (_, end) } => {
                start.iter_mut().chain(end).for_each(|year| *year += by);
            }
            Window::Yearly(_) | Window::Until(_) | Window::School(_) | Window::Quarters(_) => {}
        }
    }
}

/// Whether four digits stand in the words.
fn names_year(words: &str) -> bool {
    let figures = words.split(|c: char| !c.is_ascii_digit());
    figures.into_iter().any(|figure| figure.len() == 4)
}

/// The same day of another year; 29 February becomes the 28th.
fn shift_day(day: Date, by: i32) -> Date {
    day.checked_add(by.years()).unwrap_or(day)
}

fn replace_actors_of(activity: &mut RoadmapActivity, pairs: &[(&Id, &Id)], met: &mut [usize]) {
    for actor in activity.responsible.iter_mut().chain(&mut activity.controller) {
        let found = pairs.iter().zip(met.iter_mut()).find(|((old, _), _)| actor.id == **old);
        if let Some(((_, new), met)) = found {
            actor.id = (*new).clone();
            *met += 1;
        }
    }
    let mut seen: Vec<Id> = Vec::new();
    activity.responsible.retain(|actor| first_time(&mut seen, actor));
}

fn first_time(seen: &mut Vec<Id>, actor: &Ref) -> bool {
    let is_new = !seen.contains(&actor.id);
    seen.push(actor.id.clone());
    is_new
}

/// Every text that was taken over: titles, documents, results.
fn texts(map: &mut Roadmap) -> Vec<&mut String> {
    let mut found = Vec::new();
    for direction in &mut map.directions {
        found.push(&mut direction.meta.title);
        for activity in &mut direction.activities {
            found.push(&mut activity.meta.title);
            found.extend(activity.documents.iter_mut().filter_map(|used| used.title.as_mut()));
            for result in activity.years.iter_mut().flat_map(|year| &mut year.results) {
                found.push(&mut result.text);
                found.extend(result.norms.iter_mut().filter_map(|norm| norm.for_whom.as_mut()));
            }
        }
    }
    found
}
