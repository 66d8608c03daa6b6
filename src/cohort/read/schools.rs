//! The schools and their years while a table is read.

use indexmap::IndexMap;

/// Every school met, in the order of the file.
#[derive(Debug, Default)]
pub(super) struct Schools {
    pub by_id: IndexMap<Box<str>, SchoolDraft>,
    pub rows: Vec<RowDraft>,
}

#[derive(Debug, Default)]
pub(super) struct SchoolDraft {
    pub name: Latest,
    pub municipality: Latest,
    pub excluded: Latest,
    /// The first row of the file that names it.
    pub line: u32,
    /// Into `Schools::rows`, its years from the last one met.
    last_row: Option<u32>,
}

/// A school in a year.
#[derive(Clone, Copy, Debug)]
pub(super) struct RowDraft {
    pub school: u32,
    pub year: i32,
    pub group: u8,
    pub line: u32,
    /// Rows of the file put it into different groups.
    pub conflict: bool,
    /// The year of the same school met before.
    before: Option<u32>,
}

/// A text of the latest year that has one; of several in that year, the smallest.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Latest {
    year: i32,
    text: String,
}

impl Latest {
    /// `text` is trimmed.
    pub fn add(&mut self, year: i32, text: &str) {
        if text.is_empty() || text == self.text && year <= self.year {
            return;
        }
        let is_first = self.text.is_empty();
        if is_first || year > self.year || year == self.year && text < self.text.as_str() {
            self.year = year;
            text.clone_into(&mut self.text);
        }
    }

    /// Whether `cell` would change nothing: the usual case, told without a look at characters.
    pub fn holds(&self, year: i32, cell: &[u8]) -> bool {
        year <= self.year && cell == self.text.as_bytes()
    }

    pub fn into_text(self) -> String {
        self.text
    }
}

impl Schools {
    /// The school of an id, a new one where it was not met.
    pub fn school(&mut self, id: &str, line: u32) -> usize {
        match self.by_id.get_index_of(id) {
            Some(at) => at,
            None => {
                let draft = SchoolDraft { line, ..SchoolDraft::default() };
                self.by_id.insert_full(id.into(), draft).0
            }
        }
    }

    /// The row of a school's year, and whether it is new.
    pub fn row(&mut self, school: usize, year: i32, group: u8, line: u32) -> (usize, bool) {
        let Some((_, draft)) = self.by_id.get_index_mut(school) else { return (0, false) };
        let mut next = draft.last_row;
        while let Some(at) = next {
            let Some(row) = self.rows.get(at as usize) else { break };
            if row.year == year {
                return (at as usize, false);
            }
            next = row.before;
        }
        let at = self.rows.len();
        let before = draft.last_row.replace(at as u32);
        let school = school as u32;
        self.rows.push(RowDraft { school, year, group, line, conflict: false, before });
        (at, true)
    }
}
