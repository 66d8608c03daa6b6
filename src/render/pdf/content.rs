//! What the templates print: the neutral document laid out as a flow of ready elements. All
//! decisions that need more than layout (numbers, order, dates, breaking of rows) fall here.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::items::{Content, Item, Layout, Person, Run, Stamp};
use super::table::{Page, table};
use super::text::{self, Text};
use crate::document::types::{Annex, Approval, Block, Period, Programme, Section, Signature};
use crate::render::Captions;

/// What was made of a document: the data and the drawings by file name.
pub struct Prepared {
    pub content: Content,
    pub drawings: BTreeMap<String, String>,
}

/// Prepares a document for the templates; `date` is the day that stamps the file.
pub fn prepare(document: &Programme, date: Date) -> Prepared {
    let mut flow = Flow::new(&document.annexes);
    flow.is_book = layout_of(&document.kind) == Layout::Book;
    flow.small = flow.is_book;
    if is_order(document) {
        flow.order(document);
    }
    for section in &document.sections {
        if !flow.is_annex(section) {
            flow.section(section, 1, false);
        }
    }
    flow.loose_annexes(&document.annexes, &document.sections);
    flow.signatures(&document.signatures);
    flow.executor(document);
    for section in &document.sections {
        flow.annex(section);
    }
    Prepared { content: content(document, date, flow.runs), drawings: flow.drawings }
}

fn content(document: &Programme, date: Date, runs: Vec<Run>) -> Content {
    let title = document.title.trim();
    let kind = document.kind.trim();
    let layout = if is_order(document) { Layout::Order } else { layout_of(kind) };
    let says_kind = names_kind(title, kind);
    let name = [title, kind, document.id.as_str(), "Документ"].into_iter().find(|s| !s.is_empty());
    Content {
        layout,
        name: name.unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" "),
        author: document.issuer.split_whitespace().collect::<Vec<_>>().join(" "),
        title: text::lines(title),
        kind: match says_kind && layout != Layout::Order {
            true => String::new(),
            false => kind.to_uppercase(),
        },
        issuer: text::lines(&document.issuer),
        locality: text::lines(&document.locality),
        number: text::requisite(&document.number),
        numbered: is_numbered(kind),
        date: text::short_date(&document.date),
        year: text::year_of(&document.date).map_or(date.year().to_string(), str::to_owned),
        mark: text::lines(&document.mark),
        period: text::lines(&period(document.period.as_ref(), title)),
        approval: document.approval.iter().map(stamp).collect(),
        across: !runs.is_empty() && runs.iter().all(|run| run.landscape),
        runs,
    }
}

/// Whether the title itself says the kind, as «Аналитическая справка …» does.
fn names_kind(title: &str, kind: &str) -> bool {
    let (title, kind) = (title.to_lowercase(), kind.to_lowercase());
    title.starts_with(&kind) || title.split_whitespace().take(3).any(|word| word == kind)
}

/// A programme has a title page; every other kind is a paper with a head.
fn layout_of(kind: &str) -> Layout {
    let kind = kind.to_lowercase();
    if kind.ends_with("ппко") || kind.contains("программа") {
        Layout::Programme
    } else if kind == "справочник" {
        Layout::Book
    } else {
        Layout::Paper
    }
}

/// What decrees is laid out as an order, whatever it is called.
fn is_order(document: &Programme) -> bool {
    !document.points.is_empty()
        || !document.operative.trim().is_empty()
        || !document.preamble.trim().is_empty()
}

/// Kinds that are registered under a number.
fn is_numbered(kind: &str) -> bool {
    let kind = kind.to_lowercase();
    ["приказ", "распоряжение", "постановление", "протокол"].iter().any(|k| kind.contains(k))
}

/// The period as a line of the title page; empty where the title names its years.
fn period(period: Option<&Period>, title: &str) -> String {
    let Some(Period { from, to }) = period else { return String::new() };
    let years = (text::year_of(from), text::year_of(to));
    if let (Some(first), Some(last)) = years
        && title.contains(first)
        && title.contains(last)
    {
        return String::new();
    }
    match years {
        (Some(first), Some(last)) if from.trim() == first && to.trim() == last => {
            if first == last {
                format!("на {first} год")
            } else {
                format!("на {first}–{last} годы")
            }
        }
        _ if from.trim().is_empty() && to.trim().is_empty() => String::new(),
        _ if to.trim().is_empty() => format!("с {}", text::short_date(from)),
        _ if from.trim().is_empty() => format!("по {}", text::short_date(to)),
        _ => format!("на период с {} по {}", text::short_date(from), text::short_date(to)),
    }
}

fn stamp(approval: &Approval) -> Stamp {
    Stamp {
        stamp: approval.stamp.trim().to_owned(),
        by: text::lines(&approval.by),
        document: text::requisite(&approval.document),
        number: text::requisite(&approval.number),
        date: text::short_date(&approval.date),
        name: text::requisite(&approval.name),
    }
}

/// Gathers the flow: sections in their order, cut into runs of one orientation.
struct Flow<'a> {
    annexes: BTreeMap<&'a str, &'a Annex>,
    captions: Captions,
    runs: Vec<Run>,
    drawings: BTreeMap<String, String>,
    /// Whether tables are set small from here on.
    small: bool,
    /// In a book a paragraph leads to what follows it in its section.
    is_book: bool,
}

impl<'a> Flow<'a> {
    fn new(annexes: &'a [Annex]) -> Self {
        Self {
            annexes: annexes
                .iter()
                .filter(|a| !a.reference.is_empty())
                .map(|a| (a.reference.as_str(), a))
                .collect(),
            captions: Captions::default(),
            runs: Vec::new(),
            drawings: BTreeMap::new(),
            small: false,
            is_book: false,
        }
    }

    fn is_annex(&self, section: &Section) -> bool {
        self.annexes.contains_key(section.id.as_str())
    }

    fn push(&mut self, landscape: bool, item: Item) {
        match self.runs.last_mut() {
            Some(run) if run.landscape == landscape => run.items.push(item),
            _ => self.runs.push(Run { landscape, items: vec![item] }),
        }
    }

    /// A section with its subsections; these lie across the page if their parent does. A section
    /// without a heading does not deepen the headings below it.
    fn section(&mut self, section: &Section, level: usize, landscape: bool) {
        let landscape = landscape || section.landscape;
        let heading = heading(&section.number, &section.title);
        let below = if heading.is_empty() { level } else { level + 1 };
        if !heading.is_empty() {
            let text = text::one_line(&heading);
            self.push(landscape, Item::Heading { level: level.min(6), text });
        }
        self.body(section, below, landscape);
    }

    fn body(&mut self, section: &Section, level: usize, landscape: bool) {
        for (at, block) in section.blocks.iter().enumerate() {
            let is_last = at + 1 == section.blocks.len();
            self.block(block, landscape, self.is_book && !is_last);
        }
        for child in &section.sections {
            self.section(child, level, landscape);
        }
    }

    /// A section that an annex names: on a page of its own, under the annex's heading.
    fn annex(&mut self, section: &Section) {
        let Some(annex) = self.annexes.get(section.id.as_str()).copied() else { return };
        let title = if annex.title.trim().is_empty() { &section.title } else { &annex.title };
        let item = Item::Annex {
            label: annex_label(annex),
            to: text::lines(&annex.to),
            title: text::one_line(title),
        };
        self.runs.push(Run { landscape: section.landscape, items: vec![item] });
        self.small = true;
        self.body(section, 2, section.landscape);
    }

    /// Annexes that lie beside the document: a list of their titles.
    fn loose_annexes(&mut self, annexes: &[Annex], sections: &[Section]) {
        let loose: Vec<Text> = annexes
            .iter()
            .filter(|a| !sections.iter().any(|s| s.id == a.reference))
            .map(|a| text::lines(&join(&annex_label(a), ". ", a.title.trim())))
            .collect();
        if !loose.is_empty() {
            let landscape = self.runs.last().is_some_and(|run| run.landscape);
            self.push(landscape, Item::List { items: loose, marked: false });
        }
    }

    /// What an order says before its signatures.
    fn order(&mut self, document: &Programme) {
        let preamble = text::lines(&document.preamble);
        if !preamble.is_empty() {
            self.push(false, Item::Paragraphs { lines: preamble, leads: false, small: false });
        }
        let word = document.operative.trim().trim_end_matches(':');
        if !word.is_empty() {
            self.push(false, Item::Operative { text: text::one_line(&format!("{word}:")) });
        }
        self.points(document);
    }

    /// «Исп. …», by the name where it is known.
    fn executor(&mut self, document: &Programme) {
        let Some(executor) = &document.executor else { return };
        let known = [executor.name.trim(), executor.position.trim()];
        if let Some(who) = known.into_iter().find(|text| !text.is_empty()) {
            let lines = text::lines(&format!("Исп. {who}"));
            let landscape = self.runs.last().is_some_and(|run| run.landscape);
            self.push(landscape, Item::Executor { lines });
        }
    }

    /// The points of an order that has no sections.
    fn points(&mut self, document: &Programme) {
        for point in &document.points {
            let lines = text::lines(&heading(&point.number, &point.text));
            self.push(false, Item::Paragraphs { lines, leads: false, small: false });
        }
    }

    fn signatures(&mut self, signatures: &[Signature]) {
        if signatures.is_empty() {
            return;
        }
        let people = signatures
            .iter()
            .map(|s| Person { position: text::lines(&s.position), name: text::requisite(&s.name) })
            .collect();
        let landscape = self.runs.last().is_some_and(|run| run.landscape);
        self.push(landscape, Item::Signatures { people });
    }

    /// Everything that a block holds is printed, whatever its kind says.
    fn block(&mut self, block: &Block, landscape: bool, leads: bool) {
        let caption = self.captions.next(block);
        let lines = text::lines(&block.text);
        match block.kind.as_str() {
            "реквизит" => {
                let items = block.items.iter().flat_map(|item| text::lines(item));
                let lines = lines.into_iter().chain(items).collect();
                self.push(landscape, Item::Requisite { lines });
            }
            _ => {
                if caption.is_none() && !lines.is_empty() {
                    let small = self.small && !self.is_book;
                    self.push(landscape, Item::Paragraphs { lines, leads, small });
                }
                if !block.items.is_empty() {
                    self.push(landscape, list(&block.items));
                }
            }
        }
        let caption = caption.map_or_else(Vec::new, |c| text::one_line(&c));
        if !block.columns.is_empty() || !block.rows.is_empty() {
            self.push(
                landscape,
                Item::Table(table(block, caption, Page { landscape, small: self.small })),
            );
        } else if let Some(figure) = &block.figure {
            let file = self.drawing(&figure.svg);
            let alt = [&figure.alt, &block.text].into_iter().find(|s| !s.trim().is_empty());
            let alt = alt.map_or("Рисунок", |s| s.trim()).to_owned();
            self.push(landscape, Item::Figure { caption, file, alt });
        } else if !caption.is_empty() {
            self.push(
                landscape,
                Item::Paragraphs { lines: vec![caption], leads: false, small: false },
            );
        }
    }

    /// Files a drawing under a number: ids may repeat, and names of files are kept for ever.
    fn drawing(&mut self, svg: &str) -> Option<String> {
        if svg.trim().is_empty() {
            return None;
        }
        let name = format!("/figures/{}.svg", self.drawings.len() + 1);
        self.drawings.insert(name.clone(), svg.to_owned());
        Some(name)
    }
}

/// «1.2. Название»: a bare number gets its period.
fn heading(number: &str, title: &str) -> String {
    let number = number.trim();
    let period = if number.ends_with(|c: char| c.is_ascii_digit()) { "." } else { "" };
    join(&format!("{number}{period}"), " ", title.trim())
}

fn join(left: &str, between: &str, right: &str) -> String {
    if left.is_empty() || right.is_empty() {
        format!("{left}{right}")
    } else {
        format!("{left}{between}{right}")
    }
}

fn annex_label(annex: &Annex) -> String {
    let number = annex.number.trim();
    if number.to_lowercase().starts_with("приложение") {
        number.to_owned()
    } else if !annex.to.is_empty() && !number.is_empty() {
        format!("Приложение №\u{a0}{number}")
    } else {
        join("Приложение", " ", number)
    }
}

/// Items that bring their own numbers get no marks.
fn list(items: &[String]) -> Item {
    let numbered = items.iter().all(|item| {
        let rest = item.trim_start().trim_start_matches(|c: char| c.is_ascii_digit());
        rest.len() < item.trim_start().len() && rest.starts_with([')', '.'])
    });
    Item::List { items: items.iter().map(|item| text::lines(item)).collect(), marked: !numbered }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day() -> Date {
        jiff::civil::date(2025, 9, 1)
    }

    fn titled(title: &str, landscape: bool) -> Section {
        Section { id: title.into(), title: title.into(), landscape, ..Section::default() }
    }

    #[test]
    fn pages_turn_only_where_the_orientation_changes() {
        let document = Programme {
            sections: vec![
                titled("а", false),
                titled("б", true),
                Section { sections: vec![titled("г", false)], ..titled("в", true) },
                titled("д", false),
            ],
            ..Programme::default()
        };
        let runs = prepare(&document, day()).content.runs;
        let shape: Vec<_> = runs.iter().map(|r| (r.landscape, r.items.len())).collect();
        assert_eq!(shape, [(false, 1), (true, 3), (false, 1)]);
    }

    #[test]
    fn annexes_come_last_and_strays_are_listed() {
        let annex = |number: &str, title: &str, reference: &str| Annex {
            number: number.into(),
            title: title.into(),
            reference: reference.into(),
            ..Annex::default()
        };
        let document = Programme {
            sections: vec![titled("таблицы", false), titled("анализ", false)],
            annexes: vec![annex("1", "", "таблицы"), annex("2", "Устав", "нигде")],
            ..Programme::default()
        };
        let runs = prepare(&document, day()).content.runs;
        assert_eq!(runs.len(), 2);
        let listed = serde_json::to_string(&runs.first().map(|r| &r.items)).expect("plain data");
        assert!(listed.contains("анализ") && listed.contains("Приложение 2. Устав"), "{listed}");
        let annexed = serde_json::to_string(&runs.last().map(|r| &r.items)).expect("plain data");
        assert!(annexed.contains("\"label\":\"Приложение 1\""), "{annexed}");
    }

    #[test]
    fn the_kind_is_said_once() {
        assert!(names_kind("Аналитическая справка по итогам", "справка"));
        assert!(names_kind("План-график мероприятий", "план-график"));
        assert!(!names_kind("Об утверждении программы", "приказ"));
    }

    #[test]
    fn the_period_is_said_once() {
        let years = |from: &str, to: &str| Some(Period { from: from.into(), to: to.into() });
        assert_eq!(period(years("2025", "2027").as_ref(), "Программа"), "на 2025–2027 годы");
        assert_eq!(period(years("2025", "2025").as_ref(), "Программа"), "на 2025 год");
        assert_eq!(period(years("2025", "2027").as_ref(), "Программа на 2025–2027 годы"), "");
        assert_eq!(
            period(years("2025-09-01", "2027-08-31").as_ref(), "Программа"),
            "на период с 01.09.2025 по 31.08.2027"
        );
        assert_eq!(period(None, "Программа"), "");
    }

    #[test]
    fn numbers_of_headings_are_those_of_the_data() {
        assert_eq!(heading("1", "Анализ"), "1. Анализ");
        assert_eq!(heading("1.", "Анализ"), "1. Анализ");
        assert_eq!(heading("Раздел I", "Анализ"), "Раздел I Анализ");
        assert_eq!(heading("", "Анализ"), "Анализ");
    }
}
