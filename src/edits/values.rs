//! Values that a team writes: terms in the words of the language, those who answer.

use super::codes;
use crate::base::{FileId, Id, Span, suggest};
use crate::calendar::{Duration, Period, Term, TermWhen, Window};
use crate::data::Placed;
use crate::diag::{Diagnostic, Place};
use crate::model::{Model, Ref};
use crate::russian::{DateStyle, date};
use crate::syntax::parse_file;
use crate::syntax::tree::{Clause, Name, Node, Value};

/// How a term may be written, for hints.
pub(super) const TERM_SAMPLE: &str = "срок пишут как в правилах: «сентябрь», «октябрь – май, каждый учебный год», «15 сентября \
     2026», «ежемесячно», «в течение года»";

/// Reads a term as the language writes it; what does not read comes back as the reason.
pub(super) fn term(text: &str, model: &Model) -> Result<Term<Id>, String> {
    let Some(mut term) = parsed(&as_rules(text)) else {
        return Err(format!("срок «{text}» не читается"));
    };
    shared_years(&mut term);
    if let Some(missing) = term.windows().iter().find_map(|window| unknown(window, model)) {
        return Err(format!("срок «{text}»: в календаре нет «{missing}»"));
    }
    let known = |name: Name| model.documents.contains_key(&name.id()).then(|| name.id());
    term.map_document(known)
        .ok_or_else(|| format!("срок «{text}» называет документ, которого в пакете нет"))
}

/// What a document prints, as rules write it: lines are parted by commas, and so are the years of the
/// programme that stand in brackets.
fn as_rules(text: &str) -> String {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let words = lines.collect::<Vec<_>>().join(", ");
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    match words.strip_suffix(')').and_then(|words| words.rsplit_once(" (")) {
        Some((when, years)) if years.ends_with("год программы") => {
            let years = years.replace("-й год программы", "-й");
            let years = years.replace("последний год программы", "последний");
            format!("{when}, {years} учебный год")
        }
        _ => words,
    }
}

/// «октябрь 2026 года, январь, апрель 2027 года»: of several months the last bears the year.
fn shared_years(term: &mut Term<Name>) {
    let TermWhen::Windows(windows) = &mut term.when else { return };
    let mut behind: Option<i32> = None;
    for window in windows.iter_mut().rev() {
        if let Window::Months { from, to } = window {
            from.1 = from.1.or(behind);
            to.1 = to.1.or(behind);
            behind = from.1;
        }
    }
}

/// What a window takes from the calendar and the calendar does not have.
fn unknown(window: &Window, model: &Model) -> Option<String> {
    match window {
        Window::School(time) if !model.calendar().knows(&time.of) => Some(time.of.words()),
        _ => None,
    }
}

/// How long something takes, as the language says it.
pub(super) fn lasts(text: &str) -> Option<Duration> {
    match clause(&format!("длится {text}"))?.value {
        Value::Lasts(duration) => Some(duration),
        _ => None,
    }
}

/// The term of a clause, if the words are one term and nothing else.
fn parsed(words: &str) -> Option<Term<Name>> {
    match clause(&format!("срок {words}"))?.value {
        Value::Term(term) => Some(term),
        _ => None,
    }
}

/// The clause of an activity, if the words are one clause without notes and nothing else.
fn clause(words: &str) -> Option<Clause> {
    let mut faults = Vec::new();
    let source = format!("мероприятие школы а «А»\n  {words}\n");
    let file = parse_file(FileId(0), &source, &mut faults);
    if !faults.is_empty() || words.contains("//") {
        return None;
    }
    let mut nodes = file.nodes.into_iter();
    let (Some(Node::Item(item)), None) = (nodes.next(), nodes.next()) else { return None };
    let mut clauses = item.body.into_iter();
    let (Some(Node::Clause(clause)), None) = (clauses.next(), clauses.next()) else { return None };
    clause.annotations.is_empty().then_some(clause)
}

/// Warns of a term that the end of every programme cuts short.
pub(super) fn cut(
    given: &Placed<String>,
    term: &Term<Id>,
    periods: &[Period],
    model: &Model,
) -> Option<Diagnostic> {
    let is_cut = |period: &Period| term.is_cut_at_end(period, model.calendar());
    let period = periods.first().filter(|_| periods.iter().all(is_cut))?;
    let message = format!(
        "срок «{}» выходит за конец программы, {}: остаётся то, что до него",
        given.value,
        date(period.to, DateStyle::Short)
    );
    let hint = "сократите срок или продлите программу в разделе [period]; для того, что делают потом, есть «сентябрь, после окончания программы»";
    Some(Diagnostic::warning(codes::CUT_AT_END, given.place.clone(), message).with_hint(hint))
}

/// Whether a term with dates falls due in none of the periods.
pub(super) fn is_outside(term: &Term<Id>, periods: &[Period], model: &Model) -> bool {
    let has_dates = !matches!(term.when, TermWhen::ByDocument(_) | TermWhen::Indefinite(_));
    has_dates
        && !periods.is_empty()
        && periods.iter().all(|period| term.occurrences(period, model.calendar()).is_empty())
}

/// A role or a body by its id or its title.
pub(super) fn actor(text: &str, place: &Place, model: &Model) -> Option<Ref> {
    let wanted = plain(text);
    let roles = model.roles.iter().map(|(id, role)| (id, role.meta.title.as_str()));
    let bodies = model.bodies.iter().map(|(id, body)| (id, body.meta.title.as_str()));
    let found = roles
        .chain(bodies)
        .find(|(id, title)| **id == Id::new(text.trim()) || plain(title) == wanted);
    found.map(|(id, _)| Ref { id: id.clone(), span: span(place) })
}

/// Several of them, parted by semicolons or line breaks; the part that is nobody comes back.
pub(super) fn actors(text: &str, place: &Place, model: &Model) -> Result<Vec<Ref>, String> {
    let parts = text.split([';', '\n']).map(str::trim).filter(|part| !part.is_empty());
    parts.map(|part| actor(part, place, model).ok_or_else(|| part.to_owned())).collect()
}

/// The first thing of a list that is named twice: where it stands first, and again.
pub(super) fn twice(named: &[Ref]) -> Option<(&Ref, &Ref)> {
    let before = |at: usize, again: &Ref| named.iter().take(at).find(|it| it.id == again.id);
    named.iter().enumerate().find_map(|(at, again)| Some((before(at, again)?, again)))
}

/// The role or the body that may have been meant.
pub(super) fn near_actor<'m>(text: &str, model: &'m Model) -> Option<&'m str> {
    suggest(text, model.roles.keys().chain(model.bodies.keys()).map(Id::as_str))
}

/// The place of a value as a span; what stands in no text has none.
pub(super) fn span(place: &Place) -> Span {
    match place {
        Place::Text(span) => *span,
        _ => Span::new(FileId(0), 0, 0),
    }
}

/// A text without what typesetting changes: blanks, dashes, quotes, the size of letters.
pub(super) fn plain(text: &str) -> String {
    let same = |c: char| match c {
        '\u{2011}' | '–' | '—' | '−' => '-',
        '«' | '»' | '„' | '“' | '”' => '"',
        'ё' | 'Ё' => 'е',
        c if c.is_whitespace() || c == ';' => ' ',
        c => c,
    };
    let text: String = text.chars().map(same).collect();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    text.replace(" - ", "-").to_lowercase()
}
