//! What actors and papers are called in a document: by the packs, and by the place that it is for.

use super::types::{BodyRef, Responsible};
use crate::base::Id;
use crate::data::{BodyEntry, Person};
use crate::model::{DocumentUse, Model, Ref};
use crate::russian;

/// Knows the names; `here` are the bodies that a project calls otherwise.
#[derive(Clone, Copy)]
pub(super) struct Naming<'a> {
    pub model: &'a Model,
    pub here: &'a [BodyEntry],
    /// Who holds the roles here.
    pub people: &'a [Person],
}

impl<'a> Naming<'a> {
    /// The names as the packs have them.
    pub fn of_packs(model: &'a Model) -> Self {
        Self { model, here: &[], people: &[] }
    }

    /// A role or a body, the body by its name in this place.
    pub fn actor(&self, id: &Id) -> String {
        let here = self.here.iter().find(|body| Id::new(&body.id.value) == *id);
        match here {
            Some(body) => body.title.clone(),
            None => self.model.actor_title(id).unwrap_or(id.as_str()).to_owned(),
        }
    }

    /// Who holds a role.
    pub fn person(&self, role: &Id) -> Option<&'a str> {
        let holder = self.people.iter().find(|person| Id::new(&person.role.value) == *role);
        holder.map(|person| person.name.as_str()).filter(|name| !name.is_empty())
    }

    pub fn responsible(&self, actors: &[Ref]) -> Vec<Responsible> {
        let kind = |id| if self.model.roles.contains_key(id) { "роль" } else { "орган" };
        let each = actors.iter().map(|actor| Responsible {
            id: actor.id.to_string(),
            title: self.actor(&actor.id),
            kind: kind(&actor.id).to_owned(),
            name: self.person(&actor.id).unwrap_or_default().to_owned(),
        });
        each.collect()
    }

    /// The bodies among those named, in the order of the packs.
    pub fn bodies(&self, is_named: impl Fn(&Id) -> bool) -> Vec<BodyRef> {
        let named = self.model.bodies.iter().filter(|(id, _)| is_named(id));
        let each = named.map(|(id, body)| BodyRef {
            id: id.to_string(),
            title: self.actor(id),
            level: body.level.nominative().to_owned(),
        });
        each.collect()
    }

    /// Documents as their source calls them, each with those that may stand in its place.
    pub fn papers(&self, uses: &[DocumentUse]) -> Vec<String> {
        let mut told: Vec<String> = Vec::new();
        for paper in uses {
            let title = self.model.document_title(paper);
            match told.last_mut().filter(|_| paper.alternative) {
                Some(before) => *before = format!("{before} или {}", russian::uncapitalise(&title)),
                None => told.push(title),
            }
        }
        told
    }
}
