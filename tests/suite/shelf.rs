//! The packs of the repository, resolved in process.

use std::fs;

use pko::diag::{SourceMap, render_terminal};
use pko::model::{Model, PackFiles, PackStore, load};

use crate::root;

struct Shelf;

impl PackStore for Shelf {
    fn pack(&self, name: &str) -> Option<PackFiles> {
        let mut files = Vec::new();
        for entry in fs::read_dir(root().join("rules").join(name)).ok()? {
            let path = entry.ok()?.path();
            files.push((path.display().to_string(), fs::read_to_string(&path).ok()?));
        }
        files.sort();
        Some(PackFiles { origin: name.to_owned(), files })
    }

    fn names(&self) -> Vec<String> {
        Vec::new()
    }
}

/// A pack that is free of errors.
pub fn model(pack: &str) -> Model {
    let (mut sources, mut out) = (SourceMap::default(), Vec::new());
    let model = load(Shelf.pack(pack).expect("the pack"), &Shelf, &mut sources, &mut out);
    assert!(out.is_empty(), "{}", render_terminal(&out, &sources, false));
    model
}
