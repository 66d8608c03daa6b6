//! What the levels of government want of schools: by the acts of the pack, and by the project.

use super::because;
use super::requisites;
use super::things::Thing;
use super::types::{Because, Priority};
use super::view::View;
use crate::base::{Id, Level};
use crate::model::Act;
use crate::russian::typographic;

/// An aim of a level.
#[derive(Clone, Copy, Debug)]
pub(super) struct Aim<'a> {
    pub id: &'a Id,
    pub level: Level,
    pub text: &'a str,
    /// The act that sets it; absent where the project names the aim.
    pub act: Option<(&'a Id, &'a Act)>,
    /// Where it stands, in the project's words.
    source: &'a str,
}

/// Those of the acts in force, then those of the project, the highest level first.
pub(super) fn all<'a>(view: &View<'a>) -> Vec<Aim<'a>> {
    let acts = view.acts_in_force().into_iter().flat_map(|(id, act)| {
        act.priorities.iter().map(move |line| Aim {
            id: &line.id,
            level: act.level,
            text: &line.text,
            act: Some((id, act)),
            source: "",
        })
    });
    let own = view.project.priorities.iter().map(|given| Aim {
        id: &given.id,
        level: given.level,
        text: &given.text,
        act: None,
        source: &given.source,
    });
    let mut aims: Vec<Aim<'a>> = acts.chain(own).collect();
    aims.sort_by_key(|aim| aim.level);
    aims
}

impl Aim<'_> {
    /// The act or the programme that it stands in; empty where the project does not say.
    pub fn stands_in(&self) -> String {
        match self.act {
            Some((_, act)) => requisites::act_in_full(act),
            None => self.source.to_owned(),
        }
    }

    /// As a machine reads it.
    pub fn structural(&self) -> Priority {
        Priority {
            level: self.level.nominative().to_owned(),
            text: typographic(self.text),
            source: typographic(&self.stands_in()),
        }
    }

    /// The act and whose words it is; the project for what it names itself.
    pub fn because(&self, view: &View<'_>) -> Vec<Because> {
        let Some((id, act)) = self.act else {
            return vec![because::of_project(view, "приоритеты")];
        };
        let own = because::of(view, Thing::Act(id));
        own.into_iter().chain(because::of_meta(view, &act.meta)).collect()
    }
}
