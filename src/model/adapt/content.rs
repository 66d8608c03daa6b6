//! What changes everywhere in what was taken over: years, who is responsible, words.

use jiff::ToSpan;

use super::{Adaptable, Adapter, Said, Words};
use crate::base::Id;
use crate::calendar::{Date, Term, TermWhen, Window};
use crate::model::declarations::{Ref, Template};
use crate::model::history::Verb;
use crate::text::{Text, rewrite, words};

impl<P: Adaptable> Adapter<'_, P> {
    pub(super) fn shift(&mut self) {
        let Some(act) = &self.verbs.shift else { return };
        let moved = self.made.shift(act.what);
        if moved == 0 {
            self.fault(act.span, P::WORDING.no_years.to_owned(), P::WORDING.no_years_hint);
        }
        self.step(Verb::Shift(act.what), moved, act);
    }

    pub(super) fn replace_actors(&mut self) {
        let verbs = self.verbs;
        // Over what was taken, so that no line meets what another has written.
        let mut met_by = vec![0; verbs.actors.len()];
        for actor in self.made.actors() {
            let lines = verbs.actors.iter().zip(met_by.iter_mut());
            if let Some((act, met)) = lines.into_iter().find(|(act, _)| act.what.0.id == actor.id) {
                actor.id = act.what.1.id.clone();
                *met += 1;
            }
        }
        self.made.name_actors_once();
        for (act, met) in verbs.actors.iter().zip(met_by) {
            let (old, new) = &act.what;
            if met == 0 {
                let message = format!("«{}» {}", old.id, P::WORDING.idle_actor);
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
        if !pairs.is_empty() {
            for (_, text) in self.made.texts() {
                replace_in(text, &pairs, &mut met_by);
            }
        }
        for (act, met) in verbs.texts.iter().zip(met_by) {
            let (old, new) = &act.what;
            if met == 0 {
                let message = format!("слов «{old}» в {} нет", P::WORDING.left);
                let hint = format!(
                    "слова ищутся буква в букву: {}; из двух строк, которые подходят к одному \
                     месту, действует та, что длиннее",
                    P::WORDING.texts
                );
                self.fault(act.span, message, &hint);
            }
            let verb = Verb::ReplaceText { old: old.clone(), new: new.clone() };
            self.step(verb, met, act);
        }
    }

    /// The words of every text as they are now.
    pub(super) fn said(&mut self) -> Said {
        let texts = self.made.texts().into_iter();
        let said = texts.map(|(part, text)| match text {
            Words::Plain(text) => (part, text.clone()),
            Words::Named(template) => (part, words(&template.source)),
        });
        said.filter(|(_, text)| !text.trim().is_empty()).collect()
    }
}

fn replace_in(text: Words<'_>, pairs: &[(&str, &str)], met: &mut [usize]) {
    match text {
        Words::Plain(text) => *text = replaced(text, pairs, met),
        Words::Named(template) => {
            let mut plain = |words: &str| replaced(words, pairs, met);
            let source = rewrite(&template.source, &mut plain, &mut |name| name.to_owned());
            set(template, source);
        }
    }
}

/// A text with other words and the names that it had; what no text can hold leaves it as it was.
pub(super) fn set(template: &mut Template, source: String) {
    if source != template.source
        && let Ok(text) = Text::parse(&source)
    {
        (template.source, template.text) = (source, text);
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

/// Words that name a year are of the old years; without them the term is told from its dates.
pub(super) fn shift_term(term: &mut Term<Id>, by: i32) {
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

/// The list with everybody once.
pub(super) fn once(actors: &mut Vec<Ref>) {
    let mut seen: Vec<Id> = Vec::new();
    actors.retain(|actor| {
        let is_new = !seen.contains(&actor.id);
        seen.push(actor.id.clone());
        is_new
    });
}
