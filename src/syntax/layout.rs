//! The layout pass: a file becomes a tree of logical lines by indentation. It knows quotes,
//! brackets and comments, and nothing of the language's words except `код` (raw text below it)
//! and the words that continue a line.

use super::codes;
use crate::base::{FileId, Span};
use crate::diag::Diagnostic;

/// A logical line with the deeper lines below it.
#[derive(Clone, Debug)]
pub struct Line {
    /// From the first character to the last, continuation lines included.
    pub span: Span,
    pub children: Vec<Line>,
    /// The `///` lines above it.
    pub prose: Vec<Span>,
    /// What stands verbatim below a `код …` line.
    pub raw: Option<Span>,
    /// Already reported as unreadable; nobody should try to parse it.
    pub broken: bool,
    /// Indented by tabs, which was reported: its depth, and so its place, is a guess.
    pub tabbed: bool,
}

const MAX_BRACKETS: usize = 64;
const MAX_LEVELS: usize = 32;
/// Words that, at the start of a deeper line, carry the line above on.
const CONTINUING: [&str; 3] = ["и", "или", "кроме"];

struct Flat {
    indent: usize,
    line: Line,
}

/// Cuts `text` into logical lines. Errors are reported and the rest is still read.
pub fn lines(file: FileId, text: &str, out: &mut Vec<Diagnostic>) -> Vec<Line> {
    let flat = Scanner { file, text, at: 0, out }.run();
    nest(flat, out)
}

struct Scanner<'a> {
    file: FileId,
    text: &'a str,
    at: usize,
    out: &'a mut Vec<Diagnostic>,
}

impl<'a> Scanner<'a> {
    fn run(mut self) -> Vec<Flat> {
        let mut flat: Vec<Flat> = Vec::new();
        let mut prose = Vec::new();
        while self.at < self.text.len() {
            let line = self.physical(self.at);
            let indent = self.indent(line);
            let body = line.trim();
            if body.is_empty() || (body.starts_with("//") && !body.starts_with("///")) {
                self.at += line.len();
            } else if let Some(said) = body.strip_prefix("///") {
                prose.push(self.sub(line, said.trim()));
                self.at += line.len();
            } else if self.continues(body) && flat.last().is_some_and(|f| f.indent < indent) {
                self.carry_on(&mut flat, line);
            } else {
                let mut parts = self.logical(line, indent);
                if let Some(first) = parts.first_mut() {
                    first.line.prose = std::mem::take(&mut prose);
                }
                flat.append(&mut parts);
            }
        }
        flat
    }

    /// The physical line from `at`, its end included.
    fn physical(&self, at: usize) -> &'a str {
        let rest = self.text.get(at..).unwrap_or("");
        rest.find('\n').and_then(|end| rest.get(..=end)).unwrap_or(rest)
    }

    fn sub(&self, line: &str, part: &str) -> Span {
        let offset = part.as_ptr() as usize - line.as_ptr() as usize;
        Span::new(self.file, self.at + offset, self.at + offset + part.len())
    }

    fn indent(&mut self, line: &str) -> usize {
        let blanks = line.len() - line.trim_start_matches(is_blank).len();
        let blanks = line.get(..blanks).unwrap_or("");
        if blanks.contains('\t') && !line.trim().is_empty() {
            let place = Span::new(self.file, self.at, self.at + blanks.len());
            self.out.push(
                Diagnostic::error(codes::TAB_INDENT, place, "отступ набран табуляцией")
                    .with_hint("замените каждую табуляцию двумя пробелами"),
            );
        }
        blanks.chars().map(|c| if c == '\t' { 2 } else { 1 }).sum()
    }

    fn continues(&self, body: &str) -> bool {
        let first = body.split(|c: char| c.is_whitespace() || c == '(').next().unwrap_or("");
        CONTINUING.contains(&first)
    }

    /// Adds a deeper `и …` line to the logical line above it.
    fn carry_on(&mut self, flat: &mut [Flat], line: &str) {
        let indent = flat.last().map_or(0, |f| f.indent);
        let parts = self.logical(line, indent);
        if let (Some(last), Some(part)) = (flat.last_mut(), parts.last()) {
            last.line.span = last.line.span.to(part.line.span);
            last.line.broken |= part.line.broken;
        }
    }

    /// Reads one logical line from `self.at`, parts divided by `;` apart.
    fn logical(&mut self, line: &str, indent: usize) -> Vec<Flat> {
        let start = self.at + (line.len() - line.trim_start_matches(is_blank).len());
        let tabbed = self.text.get(self.at..start).is_some_and(|blanks| blanks.contains('\t'));
        let scan = self.scan(start, indent);
        self.at = scan.next;
        let mut parts: Vec<Flat> = Vec::new();
        for (from, to) in scan.parts {
            let Some(text) = self.text.get(from..to) else { continue };
            let left = text.len() - text.trim_start().len();
            let body = text.trim();
            if body.is_empty() {
                continue;
            }
            let span = Span::new(self.file, from + left, from + left + body.len());
            let line = Line {
                span,
                children: vec![],
                prose: vec![],
                raw: None,
                broken: scan.broken,
                tabbed,
            };
            parts.push(Flat { indent, line });
        }
        if let Some(last) = parts.last_mut()
            && self.is_raw_head(last.line.span)
        {
            last.line.raw = Some(self.raw_block(indent));
        }
        parts
    }

    fn is_raw_head(&self, span: Span) -> bool {
        let text = self.text.get(span.start..span.end).unwrap_or("");
        text.strip_prefix("код").is_some_and(|rest| rest.starts_with(is_blank))
    }

    /// Everything deeper than `indent`, verbatim.
    fn raw_block(&mut self, indent: usize) -> Span {
        let start = self.at;
        let mut end = start;
        while self.at < self.text.len() {
            let line = self.physical(self.at);
            let blank = line.trim().is_empty();
            let depth = line.chars().take_while(|c| is_blank(*c)).count();
            if !blank && depth <= indent {
                break;
            }
            self.at += line.len();
            if !blank {
                end = self.at;
            }
        }
        Span::new(self.file, start, end)
    }

    fn scan(&mut self, start: usize, indent: usize) -> Scan {
        let mut state = Quotes::default();
        let mut scan = Scan { parts: Vec::new(), next: self.text.len(), broken: false };
        let mut from = start;
        let mut at = start;
        let mut comment = false;
        let mut content_end = start;
        while let Some(c) = self.text.get(at..).and_then(|s| s.chars().next()) {
            let width = c.len_utf8();
            if c == '\n' {
                let next = at + width;
                let open = state.is_open() || self.ends_with_comma(from, content_end);
                if open && let Some(deeper) = self.next_deeper(next, indent, &state) {
                    comment = false;
                    at = deeper;
                    continue;
                }
                scan.next = next;
                break;
            }
            if comment {
                at += width;
                continue;
            }
            if !state.in_string() && self.text.get(at..).is_some_and(|s| s.starts_with("//")) {
                comment = true;
                continue;
            }
            if c == ';' && !state.is_open() {
                scan.parts.push((from, at));
                from = at + width;
            } else {
                state.step(c, at, self.text.get(at + width..).unwrap_or(""));
            }
            at += width;
            if !c.is_whitespace() {
                content_end = at;
            }
        }
        scan.parts.push((from, content_end.max(from)));
        scan.broken = self.report_open(&state);
        scan
    }

    fn ends_with_comma(&self, from: usize, to: usize) -> bool {
        self.text.get(from..to).is_some_and(|s| s.trim_end().ends_with(','))
    }

    /// Where the text from `next` on goes deeper than `indent`, if it does; empty lines inside a
    /// string part paragraphs and are looked past.
    fn next_deeper(&self, next: usize, indent: usize, state: &Quotes) -> Option<usize> {
        let mut at = next;
        while at < self.text.len() {
            let line = self.physical(at);
            if !line.trim().is_empty() {
                let deeper = line.chars().take_while(|c| is_blank(*c)).count() > indent;
                return deeper.then_some(at);
            }
            if !state.in_string() {
                return None;
            }
            at += line.len();
        }
        None
    }

    fn report_open(&mut self, state: &Quotes) -> bool {
        if let Some((opener, at)) = state.open.last() {
            let place = Span::new(self.file, *at, *at + opener.len_utf8());
            let (what, close) = match opener {
                '(' => ("скобка", ")"),
                '«' => ("кавычка", "»"),
                _ => ("кавычка", "\""),
            };
            self.out.push(
                Diagnostic::error(
                    codes::UNCLOSED,
                    place,
                    format!("{what} «{opener}» не закрыта до конца строки"),
                )
                .with_hint(format!(
                    "поставьте «{close}» или сделайте продолжение глубже первой строки"
                )),
            );
        }
        if let Some(at) = state.too_deep {
            let place = Span::new(self.file, at, at + 1);
            self.out.push(
                Diagnostic::error(
                    codes::TOO_DEEP,
                    place,
                    format!("больше {MAX_BRACKETS} вложенных скобок или кавычек"),
                )
                .with_hint("разделите выражение: вынесите часть в отдельный показатель"),
            );
        }
        state.is_open() || state.too_deep.is_some()
    }
}

struct Scan {
    parts: Vec<(usize, usize)>,
    next: usize,
    broken: bool,
}

/// Which quotes and brackets are open.
#[derive(Default)]
struct Quotes {
    open: Vec<(char, usize)>,
    escaped: bool,
    too_deep: Option<usize>,
}

impl Quotes {
    fn is_open(&self) -> bool {
        !self.open.is_empty()
    }

    fn in_string(&self) -> bool {
        self.open.last().is_some_and(|(c, _)| *c != '(')
    }

    fn step(&mut self, c: char, at: usize, rest: &str) {
        if std::mem::take(&mut self.escaped) {
            return;
        }
        let top = self.open.last().map(|(c, _)| *c);
        match (top, c) {
            (Some('"'), '"') | (Some('«'), '»') => {
                self.open.pop();
            }
            (Some('"'), _) => {}
            (Some('«'), '\\') => self.escaped = rest.starts_with(['«', '»', '\\']),
            (_, '«') => self.push('«', at),
            (Some('«'), _) => {}
            (Some('('), ')') => {
                self.open.pop();
            }
            (_, '"') => self.push('"', at),
            (_, '(') => self.push('(', at),
            _ => {}
        }
    }

    fn push(&mut self, c: char, at: usize) {
        if self.open.len() >= MAX_BRACKETS {
            self.too_deep.get_or_insert(at);
        } else {
            self.open.push((c, at));
        }
    }
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\u{A0}' | '\u{202F}' | '\u{2009}' | '\u{FEFF}')
}

/// Hangs deeper lines below shallower ones.
fn nest(flat: Vec<Flat>, out: &mut Vec<Diagnostic>) -> Vec<Line> {
    let mut roots = Vec::new();
    let mut stack: Vec<Flat> = Vec::new();
    for mut item in flat {
        let mut closed_at = None;
        while let Some(top) = stack.pop_if(|top| top.indent > item.indent) {
            closed_at = Some(top.indent);
            hang(top, &mut stack, &mut roots);
        }
        let level_known = stack.last().is_none_or(|top| top.indent == item.indent);
        if closed_at.is_some()
            && !level_known
            && stack.last().is_some_and(|t| t.indent < item.indent)
        {
            out.push(
                Diagnostic::error(
                    codes::DEDENT,
                    item.line.span,
                    "отступ не совпадает ни с одной строкой выше",
                )
                .with_hint("выровняйте строку по той, к которой она относится"),
            );
            item.indent = closed_at.unwrap_or(item.indent);
        }
        if let Some(top) = stack.pop_if(|top| top.indent == item.indent) {
            hang(top, &mut stack, &mut roots);
        }
        if stack.len() >= MAX_LEVELS {
            out.push(
                Diagnostic::error(
                    codes::TOO_DEEP,
                    item.line.span,
                    format!("больше {MAX_LEVELS} уровней вложения"),
                )
                .with_hint("уменьшите отступ"),
            );
            continue;
        }
        stack.push(item);
    }
    while let Some(top) = stack.pop() {
        hang(top, &mut stack, &mut roots);
    }
    roots
}

fn hang(item: Flat, stack: &mut [Flat], roots: &mut Vec<Line>) {
    match stack.last_mut() {
        Some(parent) => parent.line.children.push(item.line),
        None => roots.push(item.line),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outline(text: &str) -> (String, usize) {
        fn show(lines: &[Line], text: &str, depth: usize, out: &mut String) {
            for line in lines {
                let body = text.get(line.span.start..line.span.end).unwrap_or("?");
                out.push_str(&format!("{}{}\n", "  ".repeat(depth), body.replace('\n', "⏎")));
                show(&line.children, text, depth + 1, out);
            }
        }
        let mut diagnostics = Vec::new();
        let lines = lines(FileId(0), text, &mut diagnostics);
        let mut out = String::new();
        show(&lines, text, 0, &mut out);
        (out, diagnostics.len())
    }

    #[test]
    fn indentation_makes_the_tree_and_semicolons_part_clauses() {
        let (tree, errors) = outline("а\n  б; в // слово\n    г\nд\n");
        assert_eq!((tree.as_str(), errors), ("а\n  б\n  в\n    г\nд\n", 0));
    }

    #[test]
    fn open_quotes_brackets_commas_and_conjunctions_carry_on() {
        let (tree, errors) = outline("а «раз\n  два»\nб (в\n  г)\nд е,\n  ж\nесли з\n  или и\n");
        assert_eq!(errors, 0);
        assert_eq!(tree, "а «раз⏎  два»\nб (в⏎  г)\nд е,⏎  ж\nесли з⏎  или и\n");
    }

    #[test]
    fn an_unclosed_quote_ends_at_the_dedent() {
        let (tree, errors) = outline("а «раз\n  два\nб\n");
        assert_eq!((tree.as_str(), errors), ("а «раз⏎  два\nб\n", 1));
    }

    #[test]
    fn raw_text_is_left_alone() {
        let text = "функция ф\n  код rhai\n    let a = (1; «\n\n    a\nб\n";
        let mut diagnostics = Vec::new();
        let lines = lines(FileId(0), text, &mut diagnostics);
        let raw = lines[0].children[0].raw.expect("raw text below «код»");
        assert_eq!(text.get(raw.start..raw.end), Some("    let a = (1; «\n\n    a\n"));
        assert!(diagnostics.is_empty());
    }

    #[test]
    fn ten_megabytes_of_brackets_are_one_message() {
        let (_, errors) = outline(&"(".repeat(10_000_000));
        assert_eq!(errors, 2);
    }
}
