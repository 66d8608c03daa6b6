//! What declarations of every kind have: an owner, texts with names in them, references, conditions.

use super::{Around, Lowering};
use crate::base::Id;
use crate::diag::Diagnostic;
use crate::model::declarations::*;
use crate::model::reader::Reader;
use crate::model::{Expr, codes};
use crate::syntax::tree::{self, Annotation, Clause, Item, Name, Node, Value};
use crate::syntax::{Noun, title_text};
use crate::text::Text;

impl Lowering<'_> {
    pub(super) fn meta(&mut self, reader: &Reader<'_>, around: &Around) -> Meta {
        let item = reader.item;
        let inherited = || around.source.clone().map(|cite| in_row(cite, item.row));
        let cite = reader.cite().or_else(inherited);
        let source = cite.filter(|cite| self.source_exists(cite, reader));
        let methodist = reader.own_methodist();
        let methodists_own = methodist.is_some() && reader.cite().is_none();
        Meta {
            pack: around.pack.clone().unwrap_or_else(|| Id::new("")),
            span: item.name.span,
            title: title_text(&item.title).to_owned(),
            number: item.number.clone(),
            mechanism: around.mechanism.clone(),
            row: item.row,
            values: item.values.iter().map(|(list, value)| (list.id(), value.id())).collect(),
            source: if methodists_own { None } else { source },
            methodist: methodist.or_else(|| around.methodist.clone()),
            notes: self.notes(reader),
            clauses: reader.keywords(),
            mended: reader.mends(self.out),
            unconfirmed: reader.unconfirmed(),
            institutions: match reader.names("для") {
                [] => around.institutions.clone(),
                kinds => self.references(kinds, &[Noun::InstitutionKind]),
            },
            prose: self.prose(item),
            decided: Vec::new(),
        }
    }

    fn notes(&mut self, reader: &Reader<'_>) -> Vec<ClauseNote> {
        let mut notes = Vec::new();
        for (keyword, annotation) in reader.annotations() {
            match annotation {
                Annotation::Source(place) => {
                    if self.names.resolve(&place.source, &[Noun::Source], self.out).is_some() {
                        let source = Some(Cite::from(place));
                        notes.push(ClauseNote { keyword, source, methodist: None });
                    }
                }
                Annotation::Methodist { because, .. } => {
                    let because = because.as_ref().map_or(String::new(), |text| text.text.clone());
                    notes.push(ClauseNote { keyword, source: None, methodist: Some(because) });
                }
                Annotation::Mended(_) | Annotation::Unconfirmed => {}
            }
        }
        notes
    }

    pub(super) fn prose(&self, item: &Item) -> String {
        let lines: Vec<&str> = item.prose.iter().map(|span| self.sources.slice(*span)).collect();
        lines.join("\n")
    }

    /// A text with names in it; its faults are reported where they stand.
    pub(super) fn template(&mut self, quoted: &tree::Quoted) -> Option<Template> {
        let length = quoted.text.len();
        match Text::parse(&quoted.text) {
            Ok(text) => Some(Template { source: quoted.text.clone(), text, span: quoted.span }),
            Err(faults) => {
                for fault in faults {
                    let place = place_in_quotes(quoted.span, length, fault.offset, 2);
                    self.out.push(Diagnostic::error(codes::BAD_TEXT, place, fault.message));
                }
                None
            }
        }
    }

    pub(super) fn templates(
        &mut self,
        reader: &Reader<'_>,
        keyword: &'static str,
    ) -> Vec<Template> {
        reader
            .all(keyword)
            .filter_map(|clause| match &clause.value {
                Value::Text(text) => self.template(text),
                _ => None,
            })
            .collect()
    }

    /// A citation of a source that nobody declared is reported where it is written, once.
    pub(super) fn source_exists(&mut self, cite: &Cite, reader: &Reader<'_>) -> bool {
        let known = self.names.get(&cite.source).is_some_and(|s| s.noun == Noun::Source);
        if !known && let Some(Value::Source(place)) = reader.value("по источнику") {
            self.names.resolve(&place.source, &[Noun::Source], self.out);
        }
        known
    }

    pub(super) fn reference(&mut self, name: &Name, nouns: &[Noun]) -> Option<Ref> {
        let id = self.names.resolve(name, nouns, self.out)?;
        Some(Ref { id, span: name.span })
    }

    pub(super) fn references(&mut self, names: &[Name], nouns: &[Noun]) -> Vec<Ref> {
        names.iter().filter_map(|name| self.reference(name, nouns)).collect()
    }

    pub(super) fn optional(&mut self, name: Option<&Name>, nouns: &[Noun]) -> Option<Ref> {
        name.and_then(|name| self.reference(name, nouns))
    }

    pub(super) fn condition(&mut self, reader: &Reader<'_>, keyword: &'static str) -> Option<Expr> {
        match reader.value(keyword)? {
            Value::Expr(expr) => self.expr(expr),
            _ => None,
        }
    }
}

/// The place of the table with the row in it.
fn in_row(cite: Cite, row: Option<u32>) -> Cite {
    match row {
        Some(row) => cite.within(&format!("строка {row}")),
        None => cite,
    }
}

pub(super) const ACTORS: &[Noun] = &[Noun::Role, Noun::Body];

pub(super) fn items(nodes: &[Node]) -> impl Iterator<Item = &Item> {
    nodes.iter().filter_map(|node| match node {
        Node::Item(item) => Some(item),
        _ => None,
    })
}

pub(super) fn clauses(nodes: &[Node]) -> impl Iterator<Item = &Clause> {
    nodes.iter().filter_map(|node| match node {
        Node::Clause(clause) => Some(clause),
        _ => None,
    })
}

pub(super) fn date(reader: &Reader<'_>) -> Option<crate::calendar::Date> {
    match reader.value("дата")? {
        Value::Date(date) => *date,
        _ => None,
    }
}

pub(super) fn validity(reader: &Reader<'_>) -> Option<Validity> {
    match reader.value("действует")? {
        Value::Validity { from, to } => Some(Validity { from: *from, to: *to }),
        _ => None,
    }
}
