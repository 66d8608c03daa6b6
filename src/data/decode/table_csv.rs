//! Text with separators into a table, every cell with its bytes.

use csv_core::{ReadFieldResult, Reader, ReaderBuilder};

use crate::base::{FileId, Span};
use crate::data::codes;
use crate::diag::Diagnostic;

use super::table::{Cell, Origin, Row, Table, trim};

/// Reads the text of `file`; `None` where it holds nothing but blanks.
pub(super) fn read(file: FileId, text: &str, out: &mut Vec<Diagnostic>) -> Option<Table> {
    let (start, declared) = separator_line(text);
    let separator = declared.unwrap_or_else(|| sniff(text));
    let mut records = Records::new(text, start, separator);
    let mut rows = Vec::new();
    while let Some(row) = records.next_row() {
        if row.cells.iter().any(|cell| !cell.text.is_empty()) {
            rows.push(row);
        }
    }
    for (at, message) in &records.unclosed_quotes {
        out.push(unclosed_quote(Span::new(file, *at, at + 1), message));
    }
    let mut rows = rows.into_iter();
    let header = rows.next()?.cells;
    Some(Table { origin: Origin::Text(file), header, rows: rows.collect() })
}

/// Excel's own first line `sep=;`: where the table begins after it, and what it declares.
fn separator_line(text: &str) -> (usize, Option<u8>) {
    let line = text.split('\n').next().unwrap_or_default();
    match line.to_ascii_lowercase().as_bytes() {
        [b's', b'e', b'p', b'=', separator @ (b',' | b';' | b'\t')] => {
            ((line.len() + 1).min(text.len()), Some(*separator))
        }
        _ => (0, None),
    }
}

/// The separator that the first line with content bears most often outside quotes.
fn sniff(text: &str) -> u8 {
    let mut counts = [(b',', 0usize), (b';', 0), (b'\t', 0)];
    let mut quoted = false;
    for byte in text.trim_start_matches(['\n', ' ']).bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => break,
            _ if quoted => {}
            _ => counts.iter_mut().filter(|(s, _)| *s == byte).for_each(|(_, n)| *n += 1),
        }
    }
    let most = counts.iter().map(|(_, n)| *n).max().unwrap_or(0);
    counts.iter().find(|(_, n)| *n == most).map_or(b',', |(separator, _)| *separator)
}

const TO_THE_END: &str =
    "кавычка открыта и до конца файла не закрыта: остаток файла стал одной ячейкой";
const INTO_FURTHER_LINES: &str =
    "кавычка открыта и в своей строке не закрыта: в ячейку попали и следующие строки";

fn unclosed_quote(span: Span, message: &str) -> Diagnostic {
    Diagnostic::error(codes::UNCLOSED_QUOTE, span, message)
        .with_hint("закройте кавычку; кавычку внутри ячейки удваивают: \"\"")
}

/// Walks the text field by field; unlike a reader of whole records, it knows the bytes of each.
struct Records<'t> {
    text: &'t str,
    reader: Reader,
    buffer: Vec<u8>,
    at: usize,
    line: usize,
    /// Where such quotes open, and how far they reach.
    unclosed_quotes: Vec<(usize, &'static str)>,
}

impl<'t> Records<'t> {
    fn new(text: &'t str, at: usize, separator: u8) -> Self {
        let reader = ReaderBuilder::new().delimiter(separator).build();
        let line = 1 + usize::from(at > 0);
        // No field is longer than the text; the reader never asks for more room.
        Self {
            text,
            reader,
            buffer: vec![0; text.len() + 1],
            at,
            line,
            unclosed_quotes: Vec::new(),
        }
    }

    fn next_row(&mut self) -> Option<Row> {
        self.skip_empty_lines();
        let number = self.line;
        let mut cells = Vec::new();
        loop {
            let (cell, record_ends) = self.next_cell(cells.len())?;
            cells.push(cell);
            if record_ends {
                return Some(Row { number, cells });
            }
        }
    }

    fn skip_empty_lines(&mut self) {
        let rest = self.rest();
        let skipped = rest.len() - rest.trim_start_matches('\n').len();
        self.at += skipped;
        self.line += skipped;
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// The next field, and whether it ends its record; `None` at the end of the text.
    fn next_cell(&mut self, column: usize) -> Option<(Cell, bool)> {
        let start = self.at;
        let mut written = 0;
        loop {
            let input = self.rest();
            let output = self.buffer.get_mut(written..)?;
            let (result, taken, put) = self.reader.read_field(input.as_bytes(), output);
            self.at += taken;
            written += put;
            match result {
                ReadFieldResult::InputEmpty => {}
                ReadFieldResult::OutputFull | ReadFieldResult::End => return None,
                ReadFieldResult::Field { record_end } => {
                    return Some((self.finish(column, start, written, record_end), record_end));
                }
            }
        }
    }

    fn unclosed(&self, taken: &str) -> Option<&'static str> {
        match taken.starts_with('"') && self.at == self.text.len() && is_open(taken) {
            true => Some(TO_THE_END),
            false => swallows_lines(taken).then_some(INTO_FURTHER_LINES),
        }
    }

    fn finish(&mut self, column: usize, start: usize, written: usize, record_end: bool) -> Cell {
        let taken = self.text.get(start..self.at).unwrap_or_default();
        self.line += taken.matches('\n').count();
        if let Some(message) = self.unclosed(taken) {
            self.unclosed_quotes.push((start, message));
            return Cell { column, text: String::new(), at: (start, self.at), reported: true };
        }
        let value = self.buffer.get(..written).unwrap_or_default();
        let text = trim(&String::from_utf8_lossy(value)).to_owned();
        let end = start + without_terminator(taken, record_end).len();
        Cell { column, text, at: (start, end), reported: false }
    }
}

/// Whether a quoted cell of several lines is closed by a quote that opens another cell: what
/// follows its quote is then no end of a cell.
fn swallows_lines(taken: &str) -> bool {
    let Some(inner) = taken.strip_prefix('"') else { return false };
    // A doubled quote is one of the text.
    let inner = inner.replace("\"\"", "  ");
    let Some((cell, after)) = inner.split_once('"') else { return false };
    cell.contains('\n') && after.trim_start().starts_with(char::is_alphanumeric)
}

/// The bytes of a field without the separator or line end that closed it.
fn without_terminator(taken: &str, record_end: bool) -> &str {
    if record_end {
        return taken.strip_suffix('\n').unwrap_or(taken);
    }
    taken.get(..taken.len().saturating_sub(1)).unwrap_or(taken)
}

fn is_open(taken: &str) -> bool {
    taken.matches('"').count() % 2 == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> (Vec<Vec<String>>, Vec<Diagnostic>) {
        let mut out = Vec::new();
        let table = read(FileId(0), text, &mut out).expect("a table");
        let mut all = vec![table.header.iter().map(|c| c.text.clone()).collect::<Vec<_>>()];
        for row in &table.rows {
            for cell in &row.cells {
                let raw = text.get(cell.at.0..cell.at.1).expect("a cell lies in its text");
                assert!(
                    raw.replace("\"\"", "\"").contains(&cell.text),
                    "{raw} is no {}",
                    cell.text
                );
            }
            all.push(
                std::iter::once(row.number.to_string())
                    .chain(row.cells.iter().map(|c| c.text.clone()))
                    .collect(),
            );
        }
        (all, out)
    }

    #[test]
    fn finds_the_separator_outside_quotes() {
        assert_eq!(table("\"а,б,в\";г\n1;2").0, [vec!["а,б,в", "г"], vec!["2", "1", "2"]]);
        assert_eq!(table("а\tб\n1,5\t2").0, [vec!["а", "б"], vec!["2", "1,5", "2"]]);
        assert_eq!(table("sep=;\nа,б;в\n").0, [vec!["а,б", "в"]]);
    }

    #[test]
    fn knows_lines_and_bytes() {
        let text = "\nа,б\n\n\"Школа \"\"Луч\"\"\nв две строки\", 5 \n , \n7,8,\n";
        let (rows, out) = table(text);
        assert_eq!(
            rows,
            [
                vec!["а", "б"],
                vec!["4", "Школа \"Луч\"\nв две строки", "5"],
                vec!["7", "7", "8", ""]
            ]
        );
        assert!(out.is_empty());
    }

    #[test]
    fn a_quote_closed_by_the_next_one_is_found_where_it_opens() {
        let (_, out) = table("а,б\n1,\"2,5\n3,\"4,5\"\n");
        assert_eq!(out.len(), 1);
        assert_eq!(out[0].place, Span::new(FileId(0), 8, 9).into());
    }

    #[test]
    fn an_open_quote_is_found_where_it_opens() {
        let (_, out) = table("а,б\n1,\"2\n3,4\n");
        assert_eq!(out.len(), 1);
        assert_eq!(out[0].place, Span::new(FileId(0), 8, 9).into());
    }
}
