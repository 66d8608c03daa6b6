//! Bodies and roles of a pack by every name that a source gives them.

use std::collections::{BTreeMap, BTreeSet};

use libtest_mimic::Failed;
use serde_json::Value;

use crate::console::pko;
use crate::printed::{Mends, list, normalise, text, texts};
use crate::root;

pub struct Actors {
    names: BTreeMap<String, BTreeSet<String>>,
    /// Printed titles by mended ones.
    titles: BTreeMap<String, String>,
}

impl Actors {
    pub fn of(pack: &str) -> Result<Self, Failed> {
        let words = ["show", pack, "--format", "json"].map(str::to_owned);
        let shown: Value = serde_json::from_str(&pko(&root(), &words, &[]).stdout)?;
        let mut actors = Self { names: BTreeMap::new(), titles: BTreeMap::new() };
        for actor in list(&shown, "bodies").iter().chain(list(&shown, "roles")) {
            let title = text(actor, "title");
            let printed = Mends::of(actor).undo("название", title);
            let mut names = texts(actor, "synonyms");
            names.extend([title, text(actor, "short"), &printed].map(str::to_owned));
            let names = names.iter().map(|name| normalise(name)).filter(|name| !name.is_empty());
            actors.names.insert(text(actor, "id").to_owned(), names.collect());
            actors.titles.insert(normalise(title), printed);
        }
        Ok(actors)
    }

    /// Whether a normalised name is one of an actor's.
    pub fn is_called(&self, id: &str, name: &str) -> bool {
        self.names.get(id).is_some_and(|names| names.contains(name))
    }

    /// Who is called so: one, or several with commas between; the name itself where nobody is.
    pub fn ids_of(&self, names: &str) -> Vec<String> {
        if let Some(id) = self.id_of(names) {
            return vec![id];
        }
        let each = names.split(", ");
        let mut ids: Vec<String> =
            each.map(|name| self.id_of(name).unwrap_or_else(|| normalise(name))).collect();
        ids.sort();
        ids
    }

    /// Whether anybody is called so.
    pub fn is_known(&self, name: &str) -> bool {
        self.id_of(name).is_some()
    }

    fn id_of(&self, name: &str) -> Option<String> {
        let name = normalise(name);
        let mut known = self.names.iter();
        known.find(|(_, names)| names.contains(&name)).map(|(id, _)| id.clone())
    }

    /// A title as the source prints it.
    pub fn printed(&self, title: &str) -> String {
        self.titles.get(&normalise(title)).cloned().unwrap_or_else(|| title.to_owned())
    }
}
