//! Tables for the templates: rows cut to the columns, lines with their weights, what may be broken.

use serde::Serialize;

use super::text::{self, Text};
use crate::document::types::{Block, Cell};

/// A table with its rows cut to the number of columns.
#[derive(Debug, Serialize)]
pub struct Table {
    pub caption: Vec<String>,
    /// Set in small letters: it is looked up in, not read.
    pub small: bool,
    pub columns: Vec<Head>,
    pub rows: Vec<Row>,
}

#[derive(Debug, Default, Serialize)]
pub struct Head {
    pub title: Text,
    pub weight: u32,
    pub numeric: bool,
    /// To be written in by hand: its cells are high enough for that.
    pub blank: bool,
    /// Whether words of the column may need hyphens.
    pub narrow: bool,
    /// Whether words of its head do.
    pub splits: bool,
}

#[derive(Debug, Serialize)]
pub struct Row {
    /// One cell across all columns.
    pub across: bool,
    /// Whether that cell is a heading.
    pub heading: bool,
    /// Low enough to be kept on one page.
    pub whole: bool,
    pub cells: Vec<Vec<Line>>,
}

/// A line of a cell.
#[derive(Debug, Serialize)]
pub struct Line {
    pub tone: Tone,
    pub pieces: Vec<String>,
}

/// How much a line weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Tone {
    Main,
    Beside,
    Note,
    Label,
}

/// The page that a table stands on.
#[derive(Clone, Copy, Debug, Default)]
pub struct Page {
    pub landscape: bool,
    /// Whether tables are set small, as in annexes and books.
    pub small: bool,
}

/// A block as a table.
pub fn table(block: &Block, caption: Vec<String>, page: Page) -> Table {
    let is_form = block.columns.iter().any(|column| column.blank);
    let page = Page { small: (page.small || has_tones(block)) && !is_form, ..page };
    let widest = block.rows.iter().map(Vec::len).max().unwrap_or(1).max(1);
    let mut columns: Vec<Head> = block
        .columns
        .iter()
        .map(|c| Head {
            title: text::lines(&c.title),
            weight: c.weight.max(1),
            numeric: c.numeric,
            blank: c.blank,
            narrow: true,
            splits: false,
        })
        .collect();
    while block.columns.is_empty() && columns.len() < widest {
        columns.push(Head { weight: 1, narrow: true, ..Head::default() });
    }
    let rows: Vec<Row> = block
        .rows
        .iter()
        .filter(|row| !row.is_empty())
        .map(|row| table_row(row, &columns, page))
        .collect();
    let widths = letters(&columns, page).into_iter().zip(closely(&columns, page));
    for (at, (column, (letters, close))) in columns.iter_mut().zip(widths).enumerate() {
        let is_wide = column.numeric || letters >= WIDE;
        column.narrow = !is_wide || longest_word(&rows, at) > letters;
        column.splits = longest(column.title.iter()) > close;
    }
    Table { caption, small: page.small, columns, rows }
}

/// A table whose cells hold lines of several weights holds much.
fn has_tones(block: &Block) -> bool {
    block.rows.iter().flatten().any(|cell| !cell.tones.is_empty())
}

/// A column of that many letters is wide.
const WIDE: usize = 20;

fn longest_word(rows: &[Row], column: usize) -> usize {
    let cells = rows.iter().filter(|row| !row.across).filter_map(|row| row.cells.get(column));
    longest(cells.flatten().map(|line| &line.pieces))
}

fn longest<'l>(lines: impl Iterator<Item = &'l Vec<String>>) -> usize {
    let words = lines.flatten().flat_map(|piece| piece.split_whitespace());
    words.map(|word| word.chars().count()).max().unwrap_or(0)
}

/// How many letters a line of each column surely holds.
fn letters(columns: &[Head], page: Page) -> Vec<usize> {
    let millimetres: u64 = if page.landscape { 257 } else { 170 };
    let weights: u64 = columns.iter().map(|c| u64::from(c.weight)).sum::<u64>().max(1);
    let width = |column: &Head| millimetres * u64::from(column.weight) / weights;
    // Three millimetres of inset, some two and a half for a letter, less in crowded tables.
    let letter = if columns.len() > 6 { 22 } else { 25 };
    columns.iter().map(|c| (width(c).saturating_sub(3) * 10 / letter).max(1) as usize).collect()
}

/// The same where letters are set small: they are narrower by a fifth.
fn closely(columns: &[Head], page: Page) -> Vec<usize> {
    let all = letters(columns, page).into_iter();
    all.map(|letters| if page.small { letters + letters / 4 } else { letters }).collect()
}

fn table_row(cells: &[Cell], columns: &[Head], page: Page) -> Row {
    let across = cells.len() == 1 && columns.len() > 1;
    let mut texts: Vec<Vec<Line>> = cells.iter().take(columns.len()).map(cell_lines).collect();
    // What stands beyond the last column is kept in it.
    if let Some(last) = texts.last_mut() {
        last.extend(cells.iter().skip(columns.len()).flat_map(cell_lines));
    }
    if !across {
        texts.resize_with(columns.len(), Vec::new);
    }
    let heading = across && !cells.iter().any(|cell| cell.wide);
    let (ordinary, small) = TALLEST_WHOLE_ROW;
    let limit = if page.small { small } else { ordinary };
    let whole = match across {
        true => heading || texts.iter().map(Vec::len).sum::<usize>() <= limit,
        false => tallest(&texts, columns, page) <= limit,
    };
    Row { across, heading, whole, cells: texts }
}

fn cell_lines(cell: &Cell) -> Vec<Line> {
    let mut lines = Vec::new();
    for (at, line) in cell.text.lines().enumerate() {
        let tone = cell.tones.iter().find(|tone| tone.line == at + 1);
        let tone = match tone.map(|tone| tone.kind.as_str()) {
            Some("дополнение") => Tone::Beside,
            Some("примечание") => Tone::Note,
            Some("подзаголовок") => Tone::Label,
            _ => Tone::Main,
        };
        let pieces = text::lines(line).into_iter();
        lines.extend(pieces.map(|pieces| Line { tone, pieces }));
    }
    lines
}

/// A row of more lines than this may be parted by the end of a page: in ordinary tables, in small ones.
const TALLEST_WHOLE_ROW: (usize, usize) = (12, 16);

/// The number of lines in the tallest cell, estimated from above.
fn tallest(cells: &[Vec<Line>], columns: &[Head], page: Page) -> usize {
    let heights = cells.iter().zip(closely(columns, page)).map(|(cell, letters)| {
        let length = |line: &Line| line.pieces.iter().map(|p| p.chars().count()).sum::<usize>();

        cell.iter().map(|line| length(line).div_ceil(letters)).sum()
    });
    heights.max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::types::Column;

    #[test]
    fn rows_fit_their_columns() {
        let column = |weight| Column { title: "графа".into(), weight, ..Column::default() };
        let cell = |text: &str| Cell { text: text.into(), ..Cell::default() };
        let block = Block {
            kind: "таблица".into(),
            columns: vec![column(0), column(3)],
            rows: vec![
                vec![cell("заголовок")],
                vec![cell("а"), cell("б"), cell("в")],
                vec![],
                vec![cell("а"), cell(&"очень длинный текст ".repeat(60))],
            ],
            ..Block::default()
        };
        let rows = table(&block, Vec::new(), Page::default()).rows;
        let shape: Vec<_> = rows.iter().map(|r| (r.across, r.whole, r.cells.len())).collect();
        assert_eq!(shape, [(true, true, 1), (false, true, 2), (false, false, 2)]);
        let kept = rows.get(1).and_then(|r| r.cells.last()).map(Vec::len);
        assert_eq!(kept, Some(2));
    }
}
