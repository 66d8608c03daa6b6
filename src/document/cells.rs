//! Cells of several lines that are not all of one weight.

use super::types::{Because, Cell, Tone};

/// How much a line of a cell weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Weight {
    Main,
    /// Belongs to what stands above it: a term, a document.
    Beside,
    /// A remark for those who compare.
    Note,
    /// Names what stands below it.
    Label,
}

/// Gathers the lines of a cell.
#[derive(Clone, Debug, Default)]
pub(super) struct Lines {
    lines: Vec<String>,
    tones: Vec<Tone>,
}

impl Lines {
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Adds a text; each of its lines weighs the same.
    pub fn push(&mut self, text: &str, weight: Weight) {
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            self.lines.push(line.to_owned());
            let kind = match weight {
                Weight::Main => continue,
                Weight::Beside => "дополнение",
                Weight::Note => "примечание",
                Weight::Label => "подзаголовок",
            };
            self.tones.push(Tone { line: self.lines.len(), kind: kind.to_owned() });
        }
    }

    pub fn cell(self) -> Cell {
        Cell { text: self.lines.join("\n"), tones: self.tones, ..Cell::default() }
    }
}

/// The first cell of a row bears its name and its reasons.
pub(super) fn named(mut row: Vec<Cell>, id: &str, because: Vec<Because>) -> Vec<Cell> {
    if let Some(first) = row.first_mut() {
        first.id = id.to_owned();
        first.because = because;
    }
    row
}
