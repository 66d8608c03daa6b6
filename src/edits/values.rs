//! Values that a team writes: terms in the words of the language, those who answer.

use crate::base::{FileId, Id, Span, suggest};
use crate::calendar::{Period, Term, TermWhen};
use crate::diag::Place;
use crate::model::{Model, Ref};
use crate::syntax::parse_file;
use crate::syntax::tree::{Name, Node, Value};

/// How a term may be written, for hints.
pub(super) const TERM_SAMPLE: &str = "срок пишут как в правилах: «сентябрь», «октябрь – май, каждый учебный год», «15 сентября \
     2026», «ежемесячно», «в течение года»";

/// Reads a term as the language writes it; what does not read comes back as the reason.
pub(super) fn term(text: &str, model: &Model) -> Result<Term<Id>, String> {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let Some(term) = parsed(&words) else {
        return Err(format!("срок «{text}» не читается"));
    };
    let known = |name: Name| model.documents.contains_key(&name.id()).then(|| name.id());
    term.map_document(known)
        .ok_or_else(|| format!("срок «{text}» называет документ, которого в пакете нет"))
}

/// The term of a clause, if the words are one term and nothing else.
fn parsed(words: &str) -> Option<Term<Name>> {
    let mut faults = Vec::new();
    let source = format!("мероприятие школы а «А»\n  срок {words}\n");
    let file = parse_file(FileId(0), &source, &mut faults);
    if !faults.is_empty() || words.contains("//") {
        return None;
    }
    let mut nodes = file.nodes.into_iter();
    let (Some(Node::Item(item)), None) = (nodes.next(), nodes.next()) else { return None };
    let mut clauses = item.body.into_iter();
    let (Some(Node::Clause(clause)), None) = (clauses.next(), clauses.next()) else { return None };
    match clause.value {
        Value::Term(term) if clause.annotations.is_empty() => Some(term),
        _ => None,
    }
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
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
