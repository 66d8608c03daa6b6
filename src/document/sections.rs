//! Sections and their blocks, in the order of the kind of programme.

use super::additions;
use super::analysis;
use super::because;
use super::cells::named;
use super::charts;
use super::codes;
use super::cohort;
use super::conditions::is_shown;
use super::fields::{self, Asked};
use super::items::item;
use super::merged::{self, Together};
use super::network;
use super::roadmap::{self, Plan};
use super::rows::{Listed, Row, rows};
use super::scope::Item;
use super::things::Thing;
use super::timetable;
use super::types::{self, Annex, Block, Cell, Column};
use super::view::View;
use super::writer::Writer;
use crate::diag::Diagnostic;
use crate::model::{
    self, ChartSpec, ColumnSpec, Head, Mend, Picture, Ref, Section, SectionBlock, ShowIf,
    TableSpec, Template, TextKind,
};
use crate::russian::typographic;

/// Said where a section or a table has nothing to say.
const NOTHING: &str = "Сведений нет.";
/// The shares of a table's width that two columns without heads take.
const FIXED_WEIGHTS: [u32; 2] = [30, 70];

/// The sections that are shown, and which of them are annexes.
pub(super) fn sections<'a>(
    writer: &mut Writer<'_, 'a>,
    declared: &[Section],
) -> (Vec<types::Section>, Vec<Annex>) {
    let shown: Vec<&Section> =
        declared.iter().filter(|s| is_shown(writer.view, s.condition.as_ref())).collect();
    let annexes = shown.iter().filter(|section| section.annex).map(|section| Annex {
        number: writer.view.section_number(&section.id),
        title: typographic(&section.meta.title),
        reference: section.id.to_string(),
        to: String::new(),
    });
    let annexes = annexes.collect();
    let sections = shown.into_iter().map(|section| written(writer, section, None, "")).collect();
    (sections, annexes)
}

/// Where a block stands: the id of its section, a mark that parts repeated blocks, what is
/// repeated.
struct Around<'i, 'a> {
    section: String,
    mark: String,
    item: Option<&'i Item<'a>>,
    /// Whether the section lies across the page, or may as well: an annex has pages of its own.
    across: bool,
    /// What an adaptation made of the section.
    adapted: Vec<types::Because>,
}

fn written<'a>(
    writer: &mut Writer<'_, 'a>,
    section: &Section,
    item: Option<&Item<'a>>,
    mark: &str,
) -> types::Section {
    let around = Around {
        section: format!("{}{mark}", section.id),
        mark: mark.to_owned(),
        item,
        across: section.landscape || section.annex,
        adapted: because::of_adaptation(writer.view, &section.id),
    };
    let mut content = Content::default();
    fill(writer, &section.blocks, &around, &mut content);
    if mark.is_empty() {
        let own = additions::paragraphs(writer.view.project, &section.id);
        own.into_iter().for_each(|block| content.push(block, &around));
    }
    if content.is_empty() {
        content.blocks.push(paragraph(
            &around,
            0,
            NOTHING.to_owned(),
            because::of_document(writer.view),
        ));
    }
    types::Section {
        id: around.section,
        number: writer.view.section_number(&section.id),
        title: typographic(&section.meta.title),
        landscape: section.landscape || content.across,
        blocks: content.blocks,
        sections: content.sections,
        mended: roadmap::mended(mends(section)),
        because: of_section(writer.view, section),
    }
}

/// Whose words a section is, where it says so itself, and what an adaptation made of it.
fn of_section(view: &View<'_>, section: &Section) -> Vec<types::Because> {
    let own = because::of_own_words(view.model, &section.meta).into_iter();
    because::once(own.chain(because::of_adaptation(view, &section.id)).collect())
}

/// What was mended in a section itself and in its tables; those inside it have their own.
fn mends(section: &model::Section) -> Vec<&Mend> {
    let of_tables = section.blocks.iter().filter_map(|block| match block {
        SectionBlock::Table(table) => Some(&table.mended),
        _ => None,
    });
    section.meta.mended.iter().chain(of_tables.flatten()).collect()
}

/// What a section holds so far.
#[derive(Default)]
struct Content {
    blocks: Vec<Block>,
    sections: Vec<types::Section>,
    /// How many paragraphs and lists were written, for their ids.
    texts: usize,
    /// A wide table turns the pages of its section.
    across: bool,
}

impl Content {
    fn is_empty(&self) -> bool {
        self.blocks.is_empty() && self.sections.is_empty()
    }

    /// Whether a block that reads the same stands there already.
    fn shows(&self, block: &Block) -> bool {
        let within = self.sections.iter().flat_map(|section| &section.blocks);
        let mut all = self.blocks.iter().chain(within);
        all.any(|other| other.text == block.text && other.figure == block.figure)
    }

    /// A block after a subsection goes into an untitled one, so that the order stays.
    fn push(&mut self, block: Block, around: &Around<'_, '_>) {
        if self.sections.is_empty() {
            self.blocks.push(block);
            return;
        }
        if let Some(last) = self.sections.last_mut().filter(|s| s.title.is_empty()) {
            last.blocks.push(block);
            return;
        }
        let id = format!("{}_{}", around.section, self.sections.len() + 1);
        let untitled = types::Section { id, blocks: vec![block], ..types::Section::default() };
        self.sections.push(untitled);
    }
}

fn fill<'a>(
    writer: &mut Writer<'_, 'a>,
    declared: &[SectionBlock],
    around: &Around<'_, 'a>,
    content: &mut Content,
) {
    for block in declared {
        match block {
            SectionBlock::Text { template, kind } => {
                text(writer, template, *kind, around, content);
            }
            SectionBlock::Table(spec) => {
                if is_shown(writer.view, spec.condition.as_ref()) {
                    table(writer, spec, around, content);
                }
            }
            SectionBlock::Chart(spec) if !is_shown(writer.view, spec.condition.as_ref()) => {}
            SectionBlock::Chart(spec) => chart(writer, spec, around, content),
            SectionBlock::Each { what, blocks, condition } => {
                each(writer, what, blocks, condition.as_ref(), around, content);
            }
            SectionBlock::Roadmap(plan) => {
                let id = format!("{}_{}", around.section, plan.id);
                if let Some(plan) = Plan::of(writer.view.naming(), &plan.id) {
                    planned(plan, &id, around, content);
                }
            }
            SectionBlock::Analysis(asked) => {
                if let Some(analysis) = writer.view.model.analyses.get(&asked.id) {
                    let id = format!("{}{}", around.section, around.mark);
                    content.sections.extend(analysis::sections(writer, analysis, &id));
                }
            }
            SectionBlock::Section(section) => {
                if is_shown(writer.view, section.condition.as_ref()) {
                    let inner = written(writer, section, around.item, &around.mark);
                    content.sections.push(inner);
                }
            }
        }
    }
}

// ------------------------------------------------------------ texts

fn text<'a>(
    writer: &mut Writer<'_, 'a>,
    template: &Template,
    kind: TextKind,
    around: &Around<'_, 'a>,
    content: &mut Content,
) {
    let paragraphs = writer.paragraphs(template, around.item);
    let mut because = because::of_text(writer.view, template, around.item);
    because.extend(around.adapted.iter().cloned());
    let because = because::once(because);
    match kind {
        TextKind::Paragraph | TextKind::Conclusion => {
            for text in paragraphs {
                content.texts += 1;
                let block = paragraph(around, content.texts, text, because.clone());
                content.push(block, around);
            }
        }
        TextKind::List if paragraphs.is_empty() => {}
        TextKind::List => {
            content.texts += 1;
            let block = Block {
                id: text_id(around, content.texts),
                kind: "список".to_owned(),
                items: paragraphs,
                because,
                ..Block::default()
            };
            content.push(block, around);
        }
    }
}

fn text_id(around: &Around<'_, '_>, number: usize) -> String {
    format!("{}_{number}", around.section)
}

fn paragraph(
    around: &Around<'_, '_>,
    number: usize,
    text: String,
    because: Vec<types::Because>,
) -> Block {
    Block::paragraph(text_id(around, number), text, because)
}

// ------------------------------------------------------------ plans

/// A plan: its own words, then its table on pages that lie across. Words before the table stay
/// upright, unless the section has pages of its own anyway.
fn planned(plan: Plan<'_>, id: &str, around: &Around<'_, '_>, content: &mut Content) {
    for block in roadmap::before(plan, id) {
        content.push(block, around);
    }
    lying(vec![roadmap::table(plan, id)], &format!("{id}_лист"), around, content);
}

/// Blocks on pages that lie across: those of the section, or of one of their own.
fn lying(blocks: Vec<Block>, id: &str, around: &Around<'_, '_>, content: &mut Content) {
    if around.across || content.is_empty() {
        content.across = true;
        blocks.into_iter().for_each(|block| content.push(block, around));
        return;
    }
    content.sections.push(types::Section {
        id: id.to_owned(),
        landscape: true,
        blocks,
        ..types::Section::default()
    });
}

// ------------------------------------------------------------ charts

/// A picture of the whole plan lies across.
fn chart<'a>(
    writer: &mut Writer<'_, 'a>,
    spec: &ChartSpec,
    around: &Around<'_, 'a>,
    content: &mut Content,
) {
    let draw = match spec.picture {
        Picture::Figures => {
            for blocks in charts::charts(writer, spec, around.item, &around.mark) {
                // What two repetitions would both show stands once.
                if !blocks.iter().all(|block| content.shows(block)) {
                    blocks.into_iter().for_each(|block| content.push(block, around));
                }
            }
            return;
        }
        Picture::Calendar => timetable::blocks,
        Picture::Network => network::blocks,
        Picture::Distribution | Picture::Crossing | Picture::Counts => {
            let title = spec.title.as_ref().map(|title| writer.line(title, around.item));
            let title = title.unwrap_or_default();
            let blocks = cohort::blocks(writer.view, spec.picture, spec.id.as_str(), &title);
            blocks.into_iter().for_each(|block| content.push(block, around));
            return;
        }
    };
    let title = spec.title.as_ref().map(|title| writer.line(title, around.item));
    let id = format!("{}{}", spec.id, around.mark);
    let blocks = draw(writer.view, &id, &title.unwrap_or_default());
    lying(blocks, &format!("{id}_лист"), around, content);
}

// ------------------------------------------------------------ repetitions

fn each<'a>(
    writer: &mut Writer<'_, 'a>,
    what: &Ref,
    blocks: &[SectionBlock],
    condition: Option<&ShowIf>,
    around: &Around<'_, 'a>,
    content: &mut Content,
) {
    if !is_shown(writer.view, condition) {
        return;
    }
    let Some(list) = list_of(what.id.as_str()) else {
        let message = format!("повторить «каждый {}» нельзя: такого в документе нет", what.id);
        let hint = "повторяют по: приоритет, дефицит, отложенный, неопределённый, задача, зона, \
                    цель, причина";
        writer.report(Diagnostic::error(codes::UNKNOWN_EACH, what.span, message).with_hint(hint));
        return;
    };
    for (at, row) in merged::list(writer.view, list).unwrap_or_default().into_iter().enumerate() {
        let mark = format!("{}_{}", around.mark, row.first().id());
        let item = item(writer, row, at + 1);
        let section = around.section.clone();
        let (across, adapted) = (around.across, around.adapted.clone());
        let inside = Around { section, mark, item: Some(&item), across, adapted };
        fill(writer, blocks, &inside, content);
    }
}

/// The list behind a word of repetition.
fn list_of(word: &str) -> Option<&'static str> {
    Some(match word {
        "приоритет" => "приоритеты",
        "дефицит" => "дефициты",
        "отложенный" => "отложенные",
        "неопределенный" => "неопределенные",
        "задача" => "задачи",
        "зона" => "зоны",
        "цель" => "цели",
        "причина" => "причины",
        _ => return None,
    })
}

// ------------------------------------------------------------ tables

fn table<'a>(
    writer: &mut Writer<'_, 'a>,
    spec: &TableSpec,
    around: &Around<'_, 'a>,
    content: &mut Content,
) {
    let mut block = Block {
        id: format!("{}{}", spec.id, around.mark),
        kind: "таблица".to_owned(),
        text: spec.title.as_ref().map(|t| writer.line(t, around.item)).unwrap_or_default(),
        because: because::of_document(writer.view),
        ..Block::default()
    };
    match &spec.rows {
        None => fixed(writer, spec, around, &mut block),
        Some(source) => sourced(writer, spec, source, around, &mut block),
    }
    if block.rows.is_empty() {
        content.texts += 1;
        let said = spec.if_empty.as_ref().map(|text| writer.paragraphs(text, around.item));
        let said = said.unwrap_or_else(|| vec![NOTHING.to_owned()]).join("\n");
        let number = content.texts;
        content.push(paragraph(around, number, said, block.because), around);
        return;
    }
    if block.rows.iter().all(|row| is_note(row)) {
        for note in block.rows.into_iter().flatten() {
            content.texts += 1;
            content.push(paragraph(around, content.texts, note.text, note.because), around);
        }
        return;
    }
    content.push(block, around);
}

/// Words across a table; alone they need none.
fn is_note(row: &[Cell]) -> bool {
    matches!(row, [only] if only.wide)
}

/// Rows that are written out: a name and a text.
fn fixed<'a>(
    writer: &mut Writer<'_, 'a>,
    spec: &TableSpec,
    around: &Around<'_, 'a>,
    block: &mut Block,
) {
    block.columns = match spec.heads.is_empty() {
        true => FIXED_WEIGHTS.map(|weight| Column { weight, ..Column::default() }).to_vec(),
        false => heads(writer, &spec.heads, around.item),
    };
    let adapted = because::of_adaptation(writer.view, &spec.id);
    for (at, row) in spec.fixed.iter().enumerate() {
        let reasons = row.cells.iter();
        let reasons = reasons.flat_map(|it| because::of_text(writer.view, it, around.item));
        let reasons = reasons.chain(adapted.iter().cloned());
        let first = Cell {
            id: format!("{}_{}", block.id, at + 1),
            text: typographic(&row.title),
            because: because::once(reasons.collect()),
            ..Cell::default()
        };
        let others = row.cells.iter().map(|template| {
            let text = writer.cell(template, around.item);
            let is_missing = text.is_empty() && spec.heads.is_empty();
            let text = if is_missing { crate::text::MISSING.to_owned() } else { text };
            Cell { text, ..Cell::default() }
        });
        block.rows.push(std::iter::once(first).chain(others).collect());
    }
}

fn heads<'a>(writer: &mut Writer<'_, 'a>, heads: &[Head], item: Option<&Item<'a>>) -> Vec<Column> {
    let weights = weights(heads.iter().map(|head| head.width));
    let titled = heads.iter().zip(weights);
    let column = titled.map(|(head, weight)| Column {
        title: writer.line(&head.title, item),
        weight,
        ..Column::default()
    });
    column.collect()
}

fn sourced<'a>(
    writer: &mut Writer<'_, 'a>,
    spec: &TableSpec,
    source: &Ref,
    around: &Around<'_, 'a>,
    block: &mut Block,
) {
    block.columns = columns(writer, &spec.columns, around.item);
    let Some(rows) = rows(writer.view, &source.id, around.item.map(|item| item.row.first())) else {
        let message = format!("строк «{}» здесь не бывает", source.id);
        let hint = "«показатели_дефицита» стоят внутри «каждый дефицит»; остальные источники \
                    строк перечислены в справочнике языка";
        writer.report(Diagnostic::error(codes::UNKNOWN_ROWS, source.span, message).with_hint(hint));
        return;
    };
    let asked: Vec<Asked<'_>> = spec.columns.iter().map(asked).collect();
    let shows_figures = spec.columns.iter().any(|column| column.field.id.as_str() == "значение");
    let mut number = 0;
    let mut named = Ibid::default();
    for row in merged::rows(writer.view, rows, &asked) {
        match row {
            Row::Note { .. } if !shows_figures => {}
            Row::Heading { id, text } => block.rows.push(across(writer, id, &text, false)),
            Row::Note { id, text } => block.rows.push(across(writer, id, &text, true)),
            Row::Listed(listed) => {
                number += 1;
                block.rows.push(listed_row(writer, &spec.columns, source, &listed, number));
            }
            Row::Of(together) => {
                number += 1;
                let mut row = table_row(writer, &spec.columns, source, &together, number);
                for (cell, column) in row.iter_mut().zip(&spec.columns) {
                    if column.field.id.as_str() == "источник" {
                        cell.text = match together.first() {
                            Thing::Indicator(_) => named.places(&cell.text),
                            _ => named.shorten(&cell.text, writer.view),
                        };
                    }
                }
                block.rows.push(row);
            }
        }
    }
}

/// A source that the row above has named in full is not named again.
#[derive(Default)]
struct Ibid {
    last: Option<String>,
    /// The place of figures that the row above has named, in full.
    place: Option<String>,
}

/// A common beginning of places that is worth leaving out.
const LONG: usize = 24;

impl Ibid {
    fn shorten(&mut self, text: &str, view: &View<'_>) -> String {
        let lines: Vec<String> = text.lines().map(|line| self.line(line, view)).collect();
        lines.join("\n")
    }

    fn places(&mut self, text: &str) -> String {
        let lines: Vec<String> = text.lines().map(|line| self.place(line)).collect();
        lines.join("\n")
    }

    /// What the place shares with the one above, up to a comma, is left out.
    fn place(&mut self, line: &str) -> String {
        let above = self.place.replace(line.to_owned()).unwrap_or_default();
        let same = line.char_indices().zip(above.chars()).take_while(|((_, a), b)| a == b);
        let shared = same.last().map_or(0, |((at, letter), _)| at + letter.len_utf8());
        let head = line.get(..shared).and_then(|head| head.rfind(", ")).unwrap_or(0);
        let (head, rest) = line.split_at(head);
        if line == above && !line.is_empty() {
            return "Там же".to_owned();
        }
        if head.chars().count() < LONG { line.to_owned() } else { format!("Там же{rest}") }
    }

    fn line(&mut self, line: &str, view: &View<'_>) -> String {
        let full = view.model.sources.values().find_map(|source| {
            let head = typographic(&format!("Источник: {}, ", source.meta.title));
            line.strip_prefix(&head).map(|place| (head.clone(), place))
        });
        let Some((head, place)) = full else { return line.to_owned() };
        if self.last.as_ref() == Some(&head) {
            return format!("Там же, {place}");
        }
        self.last = Some(head);
        line.to_owned()
    }
}

fn columns<'a>(
    writer: &mut Writer<'_, 'a>,
    specs: &[ColumnSpec],
    item: Option<&Item<'a>>,
) -> Vec<Column> {
    let weights = weights(specs.iter().map(|spec| spec.width));
    let column = |(spec, weight): (&ColumnSpec, u32)| Column {
        title: writer.line(&spec.title, item),
        weight,
        numeric: fields::is_numeric(&spec.field.id),
        blank: fields::is_blank(&spec.field.id),
    };
    specs.iter().zip(weights).map(column).collect()
}

/// Columns that name no width share what the others leave.
fn weights(widths: impl Iterator<Item = Option<u32>> + Clone) -> Vec<u32> {
    let given: u32 = widths.clone().flatten().sum();
    let open = widths.clone().filter(Option::is_none).count();
    let share = 100u32.saturating_sub(given) / u32::try_from(open.max(1)).unwrap_or(1);
    widths.map(|width| width.unwrap_or(share).max(1)).collect()
}

/// A row across the table: a heading over the rows behind it, or words of its own.
fn across(writer: &Writer<'_, '_>, id: String, text: &str, wide: bool) -> Vec<Cell> {
    let because = because::of_document(writer.view);
    vec![Cell { id, text: typographic(text), wide, because, ..Cell::default() }]
}

fn listed_row(
    writer: &mut Writer<'_, '_>,
    specs: &[ColumnSpec],
    source: &Ref,
    listed: &Listed,
    number: usize,
) -> Vec<Cell> {
    let cell = |spec: &ColumnSpec| {
        let text = match spec.field.id.as_str() {
            "номер" => number.to_string(),
            field => listed.field(field).map(str::to_owned).unwrap_or_else(|| {
                unknown_field(writer, source, &spec.field);
                String::new()
            }),
        };
        Cell { text: typographic(&text), ..Cell::default() }
    };
    let cells = specs.iter().map(cell).collect();
    let own = listed.because.iter().cloned();
    let because = because::once(own.chain(because::of_document(writer.view)).collect());
    named(cells, &listed.id, because)
}

fn unknown_field(writer: &mut Writer<'_, '_>, source: &Ref, field: &Ref) {
    let message = format!("у строк «{}» нет графы «{}»", source.id, field.id);
    writer.report(Diagnostic::error(codes::UNKNOWN_FIELD, field.span, message));
}

fn table_row<'a>(
    writer: &mut Writer<'_, 'a>,
    specs: &[ColumnSpec],
    source: &Ref,
    row: &Together<'a>,
    number: usize,
) -> Vec<Cell> {
    let mut cells = Vec::new();
    for spec in specs {
        let text = merged::cell(writer.view, row, number, asked(spec)).unwrap_or_else(|| {
            unknown_field(writer, source, &spec.field);
            String::new()
        });
        cells.push(Cell { text: typographic(&text), ..Cell::default() });
    }
    if let Some(first) = cells.first_mut() {
        first.id = row.first().id().to_string();
        first.others = row.others();
        first.because = merged::because(writer.view, row);
    }
    cells
}

fn asked(spec: &ColumnSpec) -> Asked<'_> {
    Asked { field: spec.field.id.as_str(), level: spec.level, when: spec.when }
}
