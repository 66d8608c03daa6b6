//! What changes everywhere in what was taken over: years, who is responsible, words.

use jiff::ToSpan;

use super::{Adapter, activities_mut};
use crate::base::Id;
use crate::calendar::{Date, Term, TermWhen, Window};
use crate::model::declarations::Ref;
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
        self.step("сдвинуть", vec![act.what.to_string()], None, moved, act);
    }

    pub(super) fn replace_actors(&mut self) {
        let verbs = self.verbs;
        for act in &verbs.actors {
            let (old, new) = &act.what;
            let mut met = 0;
            for activity in activities_mut(&mut self.map) {
                met += replace_actor(activity, &old.id, &new.id);
            }
            if met == 0 {
                let message =
                    format!("«{}» в оставшихся мероприятиях не отвечает ни за что", old.id);
                self.fault(old.span, message, "уберите строку или поправьте имя");
            }
            let into = Some(new.id.to_string());
            self.step("заменить", vec![old.id.to_string()], into, met, act);
        }
    }

    pub(super) fn replace_texts(&mut self) {
        let verbs = self.verbs;
        for act in &verbs.texts {
            let (old, new) = &act.what;
            let mut met = 0;
            for text in texts(&mut self.map) {
                let here = text.matches(old.as_str()).count();
                if here > 0 {
                    *text = text.replace(old.as_str(), new);
                    met += here;
                }
            }
            if met == 0 || old.is_empty() {
                let message = format!("слов «{old}» в оставшихся мероприятиях нет");
                let hint = "слова ищутся буква в букву: в названиях, документах и результатах";
                self.fault(act.span, message, hint);
            }
            self.step("заменить", vec![old.clone()], Some(new.clone()), met, act);
        }
    }
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

fn shift_term(term: &mut Term<Id>, by: i32) {
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
            Window::Quarters(_) => {}
        }
    }
}

/// The same day of another year; 29 February becomes the 28th.
fn shift_day(day: Date, by: i32) -> Date {
    day.checked_add(by.years()).unwrap_or(day)
}

fn replace_actor(activity: &mut RoadmapActivity, old: &Id, new: &Id) -> usize {
    let mut met = 0;
    let actors = activity.responsible.iter_mut().chain(&mut activity.controller);
    for actor in actors.filter(|actor| actor.id == *old) {
        actor.id = new.clone();
        met += 1;
    }
    let mut seen: Vec<Id> = Vec::new();
    activity.responsible.retain(|actor| first_time(&mut seen, actor));
    met
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
                found.extend(result.norm.as_mut().and_then(|norm| norm.for_whom.as_mut()));
            }
        }
    }
    found
}
