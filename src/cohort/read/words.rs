//! Words that a table calls things by, compared without case, «ё» and blanks at the ends.

use std::collections::HashMap;

use crate::base::normalise;
use crate::data::trim;

/// A word as it is compared.
pub(super) fn plain(text: &str) -> String {
    normalise(&trim(text).to_lowercase())
}

/// Names and what they stand for.
#[derive(Clone, Debug, Default)]
pub(super) struct Words {
    by_plain: HashMap<String, usize>,
    /// Spellings met so far, as they stand in the file.
    by_bytes: HashMap<Box<[u8]>, usize>,
}

impl Words {
    /// The first of several things of one name has it.
    pub fn add(&mut self, name: &str, thing: usize) {
        self.by_plain.entry(plain(name)).or_insert(thing);
    }

    pub fn get(&self, text: &str) -> Option<usize> {
        self.by_plain.get(&plain(text)).copied()
    }

    /// The same for the bytes of a cell (UTF-8), at once where they were met before.
    pub fn get_bytes(&mut self, cell: &[u8]) -> Option<usize> {
        if let Some(thing) = self.by_bytes.get(cell) {
            return Some(*thing);
        }
        let thing = self.get(&String::from_utf8_lossy(cell))?;
        const MOST: usize = 4096;
        if self.by_bytes.len() < MOST {
            self.by_bytes.insert(cell.into(), thing);
        }
        Some(thing)
    }
}
