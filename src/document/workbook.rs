//! A workbook before it is a file: sheets of typed columns. Its rows are made while they are
//! written, so that a country of schools does not stand in memory.

/// A workbook.
pub struct Workbook<'a> {
    pub title: String,
    pub sheets: Vec<Sheet<'a>>,
}

/// A sheet: a heading row, then the rows.
pub struct Sheet<'a> {
    /// At most 31 letters, none of `[]:*?/\`.
    pub name: &'static str,
    pub columns: Vec<SheetColumn>,
    /// A cell a column.
    pub rows: Box<dyn Iterator<Item = Vec<SheetCell>> + 'a>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetColumn {
    pub title: String,
    /// In letters.
    pub width: u32,
    pub shows: Shows,
}

/// How the cells of a column are shown; what they hold is told by themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shows {
    Words,
    /// Whole numbers.
    Count,
    /// Numbers with so many digits behind the comma.
    Places(u32),
    /// Numbers as they are.
    Figure,
}

#[derive(Clone, Debug, PartialEq)]
pub enum SheetCell {
    Empty,
    Words(String),
    Number(f64),
}

impl SheetColumn {
    pub fn new(title: impl Into<String>, width: u32, shows: Shows) -> Self {
        Self { title: title.into(), width, shows }
    }
}

impl SheetCell {
    /// Words; none is an empty cell.
    pub fn words(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::Empty } else { Self::Words(text) }
    }

    /// A count; exact up to 2⁵³.
    pub fn count(count: impl Into<u64>) -> Self {
        Self::Number(count.into() as f64)
    }
}
