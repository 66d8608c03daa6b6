//! Text with separators into records, by their bytes. Records without quotes are cut here, those
//! with quotes by csv-core; beginnings that repeat are not cut again.

use std::ops::Range;
use std::sync::mpsc::Receiver;

use csv_core::{ReadFieldResult, Reader, ReaderBuilder};
use memchr::{memchr_iter, memchr3};

use super::text::{Chunk, Fault};

/// One row: its fields, not trimmed.
#[derive(Clone, Copy)]
pub(super) struct Record<'a> {
    /// As a spreadsheet counts.
    pub row: u32,
    /// Its first fields (the lead) are those of the record before and stand in none of `fields`.
    pub repeats: bool,
    /// How many fields those are.
    skipped: usize,
    bytes: &'a [u8],
    fields: &'a [Range<usize>],
}

impl<'a> Record<'a> {
    pub fn new(row: u32, bytes: &'a [u8], fields: &'a [Range<usize>]) -> Self {
        Self { row, repeats: false, skipped: 0, bytes, fields }
    }

    /// The bytes of a field; empty where the record is too short, or where it is one of the lead.
    pub fn field(&self, column: usize) -> &'a [u8] {
        let range = column.checked_sub(self.skipped).and_then(|at| self.fields.get(at));
        range.and_then(|range| self.bytes.get(range.clone())).unwrap_or_default()
    }

    /// The fields from a column on.
    pub fn fields_from(&self, column: usize) -> impl Iterator<Item = &'a [u8]> {
        (column..self.skipped + self.fields.len()).map(|column| self.field(column))
    }
}

/// Longer records are no rows of a table.
const LONGEST: usize = 1024 * 1024;

/// The records of a text.
pub(super) struct Records<'l> {
    chunks: Receiver<Result<Chunk, Fault>>,
    listener: &'l dyn Fn(u64),
    taken: u64,
    /// Text from the record at `at` on, and what came before it.
    buffer: Vec<u8>,
    at: usize,
    has_ended: bool,
    row: u32,
    delimiter: u8,
    /// Cuts records with quotes; costly to make.
    reader: Reader,
    /// How many fields make the lead; none until the header is known.
    lead_fields: usize,
    /// The bytes of the last record's lead, its last delimiter too.
    lead: Vec<u8>,
    fields: Vec<Range<usize>>,
    /// Fields of a record with quotes, without them.
    unquoted: Vec<u8>,
}

/// A record found in the buffer.
struct Found {
    repeats: bool,
    /// The fields lie in `unquoted`.
    is_quoted: bool,
    /// Bytes of its text, line end included.
    length: usize,
}

enum Step {
    Record(Found),
    BlankLine(usize),
    NeedsMore,
    End,
}

impl<'l> Records<'l> {
    /// `listener` hears how many bytes of the file are read.
    pub fn new(chunks: Receiver<Result<Chunk, Fault>>, listener: &'l dyn Fn(u64)) -> Self {
        Self {
            chunks,
            listener,
            taken: 0,
            buffer: Vec::new(),
            at: 0,
            has_ended: false,
            row: 0,
            delimiter: b',',
            reader: Reader::new(),
            lead_fields: 0,
            lead: Vec::new(),
            fields: Vec::new(),
            unquoted: Vec::new(),
        }
    }

    /// The row of the record last read.
    pub fn row(&self) -> u32 {
        self.row
    }

    /// Whether a record begins with the same fields as the one before is looked at from now on.
    pub fn set_lead(&mut self, n_fields: usize) {
        self.lead_fields = n_fields;
    }

    /// The next record shall be cut as a whole.
    pub fn forget_lead(&mut self) {
        self.lead.clear();
    }

    /// Finds the delimiter, with which the header must be read.
    pub fn sniff(&mut self) -> Result<(), Fault> {
        let header = loop {
            if let Some(header) = self.header_line() {
                break header;
            }
            if self.buffer.len() > LONGEST || !self.fill()? {
                break self.at..self.buffer.len();
            }
        };
        let line = self.buffer.get(header.clone()).unwrap_or_default();
        match line.to_ascii_lowercase().as_slice() {
            // Excel's own first line; it is no row.
            [b's', b'e', b'p', b'=', delimiter @ (b',' | b';' | b'\t')] => {
                self.delimiter = *delimiter;
                let rest = self.buffer.get(header.end..).unwrap_or_default();
                self.at = header.end + line_end_length(rest).unwrap_or(0);
            }
            _ => self.delimiter = most_frequent(line),
        }
        self.reader = ReaderBuilder::new().delimiter(self.delimiter).build();
        Ok(())
    }

    /// The first line that holds more than blanks and delimiters, once all of it is there.
    fn header_line(&self) -> Option<Range<usize>> {
        let mut start = self.at;
        loop {
            let rest = self.buffer.get(start..)?;
            let length = length_of_line(rest)?;
            let line = rest.get(..length)?;
            if !line.iter().all(|byte| b" ,;\t".contains(byte)) {
                // A CR at the very end may be the half of a line end.
                let is_whole = rest.len() > length + 1 || self.has_ended;
                return is_whole.then_some(start..start + length);
            }
            start += length + 1;
        }
    }

    /// The next record, blank ones too if they hold a delimiter.
    pub fn next(&mut self) -> Result<Option<Record<'_>>, Fault> {
        let found = loop {
            match self.step()? {
                Step::Record(found) => break found,
                Step::BlankLine(length) => {
                    self.at += length;
                    self.row += 1;
                }
                Step::NeedsMore if self.buffer.len() - self.at > LONGEST => {
                    self.row += 1;
                    return Err(Fault::OpenQuote);
                }
                Step::NeedsMore => {
                    self.fill()?;
                }
                Step::End => return Ok(None),
            }
        };
        self.at += found.length;
        self.row = self.row.saturating_add(1);
        Ok(Some(Record {
            row: self.row,
            repeats: found.repeats,
            skipped: if found.repeats { self.lead_fields } else { 0 },
            bytes: if found.is_quoted { &self.unquoted } else { &self.buffer },
            fields: &self.fields,
        }))
    }

    /// Adds a chunk to the buffer; false at the end of the text.
    fn fill(&mut self) -> Result<bool, Fault> {
        self.buffer.drain(..self.at);
        self.at = 0;
        match self.chunks.recv() {
            Ok(chunk) => {
                let chunk = chunk?;
                self.taken += chunk.taken;
                (self.listener)(self.taken);
                self.buffer.extend_from_slice(&chunk.text);
                Ok(true)
            }
            Err(_) => {
                let had_ended = std::mem::replace(&mut self.has_ended, true);
                Ok(!had_ended)
            }
        }
    }

    fn step(&mut self) -> Result<Step, Fault> {
        let text = self.buffer.get(self.at..).unwrap_or_default();
        if text.is_empty() {
            return Ok(if self.has_ended { Step::End } else { Step::NeedsMore });
        }
        let repeats = !self.lead.is_empty() && text.starts_with(&self.lead);
        let from = if repeats { self.lead.len() } else { 0 };
        let tail = text.get(from..).unwrap_or_default();
        let special = memchr3(b'\n', b'\r', b'"', tail);
        let end = match special.map(|at| (at, tail.get(at))) {
            Some((_, Some(b'"'))) => return self.quoted(from, repeats),
            Some((at, _)) => at,
            None if self.has_ended => tail.len(),
            None => return Ok(Step::NeedsMore),
        };
        let Some(ending) = self.ending(from + end) else { return Ok(Step::NeedsMore) };
        if from + end == 0 {
            return Ok(Step::BlankLine(ending));
        }
        let line = tail.get(..end).unwrap_or_default();
        cut(line, self.at + from, self.delimiter, &mut self.fields);
        if !repeats {
            let length = self.fields.get(self.lead_fields).map_or(0, |field| field.start - self.at);
            self.keep_lead(length);
        }
        Ok(Step::Record(Found { repeats, is_quoted: false, length: from + end + ending }))
    }

    /// The length of the line end at so many bytes from the record; `None` where more text must
    /// tell.
    fn ending(&self, offset: usize) -> Option<usize> {
        match self.buffer.get(self.at + offset..)? {
            [] => self.has_ended.then_some(0),
            [b'\r'] if !self.has_ended => None,
            rest => Some(line_end_length(rest).unwrap_or(0)),
        }
    }

    fn keep_lead(&mut self, length: usize) {
        self.lead.clear();
        if self.lead_fields > 0 {
            let lead = self.buffer.get(self.at..self.at + length).unwrap_or_default();
            self.lead.extend_from_slice(lead);
        }
    }

    /// Cuts a record with quotes from so many bytes on.
    fn quoted(&mut self, from: usize, repeats: bool) -> Result<Step, Fault> {
        self.reader.reset();
        let start = self.at + from;
        let text = self.buffer.get(start..).unwrap_or_default();
        self.fields.clear();
        let most = text.len().min(LONGEST) + 1;
        if self.unquoted.len() < most {
            self.unquoted.resize(most, 0);
        }
        let (mut at, mut written, mut field_start, mut lead) = (0, 0, 0, 0);
        loop {
            let field_from = self.fields.last().map_or(0, |field| field.end);
            let input = text.get(at..).unwrap_or_default();
            // An empty input would tell csv-core that the text is over.
            if input.is_empty() && !self.has_ended {
                return Ok(Step::NeedsMore);
            }
            let output = self.unquoted.get_mut(written..).unwrap_or_default();
            let (result, taken, put) = self.reader.read_field(input, output);
            at += taken;
            written += put;
            match result {
                ReadFieldResult::InputEmpty if !input.is_empty() => {}
                ReadFieldResult::Field { record_end } => {
                    self.fields.push(field_from..written);
                    if record_end {
                        break;
                    }
                    field_start = at;
                    if self.fields.len() == self.lead_fields {
                        lead = at;
                    }
                }
                _ => return Err(self.open_quote()),
            }
        }
        if self.has_ended
            && at == text.len()
            && is_open(text.get(field_start..).unwrap_or_default())
        {
            return Err(self.open_quote());
        }
        let is_half = text.get(at.saturating_sub(1)) == Some(&b'\r');
        if is_half && at == text.len() && !self.has_ended {
            return Ok(Step::NeedsMore);
        }
        at += usize::from(is_half && text.get(at) == Some(&b'\n'));
        if !repeats {
            self.keep_lead(lead);
        }
        Ok(Step::Record(Found { repeats, is_quoted: true, length: from + at }))
    }

    fn open_quote(&mut self) -> Fault {
        self.row += 1;
        Fault::OpenQuote
    }
}

/// The fields of a line without quotes; `start` is its place in the buffer.
fn cut(line: &[u8], start: usize, delimiter: u8, fields: &mut Vec<Range<usize>>) {
    fields.clear();
    let mut from = start;
    for at in memchr_iter(delimiter, line) {
        fields.push(from..start + at);
        from = start + at + 1;
    }
    fields.push(from..start + line.len());
}

fn is_open(field: &[u8]) -> bool {
    field.starts_with(b"\"") && field.iter().filter(|byte| **byte == b'"').count() % 2 == 1
}

/// How long the line end is that a text begins with.
fn line_end_length(text: &[u8]) -> Option<usize> {
    match text {
        [b'\r', b'\n', ..] => Some(2),
        [b'\r' | b'\n', ..] => Some(1),
        _ => None,
    }
}

/// Up to the line end outside quotes; `None` where there is none.
fn length_of_line(text: &[u8]) -> Option<usize> {
    let mut is_quoted = false;
    text.iter().position(|byte| {
        is_quoted ^= *byte == b'"';
        !is_quoted && matches!(byte, b'\n' | b'\r')
    })
}

/// The separator that a line bears most often outside quotes, the first of several.
fn most_frequent(line: &[u8]) -> u8 {
    let mut counts = [(b',', 0usize), (b';', 0), (b'\t', 0)];
    let mut is_quoted = false;
    for byte in line {
        is_quoted ^= *byte == b'"';
        if !is_quoted {
            counts.iter_mut().filter(|(it, _)| it == byte).for_each(|(_, count)| *count += 1);
        }
    }
    let most = counts.iter().map(|(_, count)| *count).max().unwrap_or(0);
    counts.iter().find(|(_, count)| *count == most).map_or(b',', |(it, _)| *it)
}
