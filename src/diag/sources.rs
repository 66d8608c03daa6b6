//! The texts that diagnostics point into.

use crate::base::{FileId, Span};

/// One text with the name that a user knows it by.
#[derive(Clone, Debug)]
pub struct SourceText {
    pub name: String,
    pub text: String,
    line_starts: Vec<usize>,
}

/// All texts of one run, in the order they were read.
#[derive(Clone, Debug, Default)]
pub struct SourceMap {
    files: Vec<SourceText>,
}

impl SourceMap {
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> FileId {
        let text = text.into();
        let line_starts =
            std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        self.files.push(SourceText { name: name.into(), text, line_starts });
        FileId((self.files.len() - 1) as u32)
    }

    pub fn get(&self, file: FileId) -> Option<&SourceText> {
        self.files.get(file.0 as usize)
    }

    /// The text under a span; empty where the span does not fit its file.
    /// The file, the line and the column, both from one, at which a span begins; empty and zeros
    /// where the file is not known.
    pub fn position(&self, span: Span) -> (&str, usize, usize) {
        let Some(source) = self.get(span.file) else { return ("", 0, 0) };
        let (line, column) = source.line_column(span.start);
        (&source.name, line, column)
    }

    pub fn slice(&self, span: Span) -> &str {
        self.get(span.file).and_then(|f| f.text.get(span.start..span.end)).unwrap_or("")
    }
}

impl SourceText {
    /// Line and column of a byte, both counted from one, the column in characters.
    pub fn line_column(&self, byte: usize) -> (usize, usize) {
        let line = self.line_starts.partition_point(|start| *start <= byte).max(1);
        let start = self.line_starts.get(line - 1).copied().unwrap_or(0);
        let column = self.text.get(start..byte).map_or(0, |s| s.chars().count()) + 1;
        (line, column)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let mut map = SourceMap::default();
        let file = map.add("а.pko", "один\nдва три\n");
        let text = map.get(file).expect("just added");
        let at = text.text.find("три").expect("it is there");
        assert_eq!(text.line_column(at), (2, 5));
        assert_eq!(text.line_column(0), (1, 1));
    }
}
