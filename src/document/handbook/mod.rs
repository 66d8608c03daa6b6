//! The handbook of a pack: what it declares, as a book for those who read and do not write rules.

mod adapted;
mod calendar;
mod chain;
mod glossary;
mod mechanisms;
mod mends;
mod methodologies;
mod support;

use super::because::of_words;
use super::cells::{Lines, Weight, named};
use super::naming::Naming;
use super::parts::numbered;
use super::roadmap::{self, Plan};
use super::types::{Because, Block, Cell, Column, Programme, Section};
use crate::base::{Id, Level};
use crate::calendar::Date;
use crate::model::{Expr, Mend, Meta, Model};
use crate::russian::{self, DateStyle, NBSP, typographic};

/// The levels that have columns of their own, the upper first.
const LEVELS: [Level; 3] = [Level::Region, Level::Municipality, Level::School];

/// Composes the handbook of the pack that a model was made for.
pub fn handbook(model: &Model) -> Programme {
    let naming = Naming::of_packs(model);
    let mut sections = vec![edition(model)];
    sections.extend(mechanisms::chapters(model));
    sections.extend(roadmaps(naming));
    sections.extend(programmes(naming));
    sections.extend(chain::chapters(naming));
    sections.extend(support::chapters(naming));
    sections.extend(methodologies::chapters(model));
    sections.extend(calendar::chapters(model));
    let glossary = glossary::chapters(model, &sections);
    sections.extend(glossary);
    sections.iter_mut().for_each(|section| section.landscape = true);
    Programme {
        schema: "pko/programme/1".to_owned(),
        id: handbook_id(model),
        kind: "справочник".to_owned(),
        level: level(model).nominative().to_owned(),
        title: title(model),
        date: known_day(model).map(|day| day.to_string()).unwrap_or_default(),
        sections,
        ..Programme::default()
    }
}

fn handbook_id(model: &Model) -> String {
    let pack = model.pack().map_or("пакет", |pack| pack.id.as_str());
    format!("справочник_{pack}")
}

/// The latest day that the pack itself speaks of: a handbook is of its pack, not of today.
fn known_day(model: &Model) -> Option<Date> {
    let pack = model.pack()?;
    let valid = pack.validity.map(|validity| validity.from);
    let of_pack = model.sources.values().filter(|source| source.meta.pack == pack.id);
    of_pack.filter_map(|source| source.date).chain(valid).max()
}

/// The highest level at which anything is measured or done.
fn level(model: &Model) -> Level {
    let indicators = model.indicators.values().map(|it| it.level);
    let activities = model.activities.values().map(|it| it.level);
    let plans = model.roadmaps.values().map(|it| it.level);
    let all = indicators.chain(activities).chain(plans);
    all.filter(|level| *level != Level::Unstated).min().unwrap_or(Level::School)
}

fn title(model: &Model) -> String {
    let Some(pack) = model.pack() else { return "Справочник".to_owned() };
    let edition = match pack.edition.is_empty() {
        true => String::new(),
        false => format!(", редакция {}", pack.edition),
    };
    typographic(&format!("{}\nСправочник пакета правил «{}»{edition}", pack.title, pack.id))
}

// ------------------------------------------------------------ the edition

fn edition(model: &Model) -> Section {
    let mut blocks = vec![paragraph("об_издании_1", &counts(model))];
    if own(model, &model.mechanisms, |it| &it.meta).next().is_some() {
        blocks.push(paragraph("об_издании_механизмы", MECHANISMS));
    }
    if own(model, &model.roadmaps, |it| &it.meta).next().is_some() {
        blocks.push(paragraph("об_издании_карты", ROADMAPS));
    }
    blocks.extend(sources(model));
    chapter("об_издании", "Об этом справочнике", blocks)
}

/// How the tables of mechanisms are to be read.
const MECHANISMS: &str = "Номера — те же, что в источнике. Таблицы механизмов разложены по строкам \
    источника и по уровням управления; у показателя в скобках назван вид, документы действия стоят \
    под ним курсивом. Мелким шрифтом сказано, что исправлено по сравнению с источником.";

/// How roadmaps are to be read.
const ROADMAPS: &str = "В дорожных картах срок стоит курсивом под результатом; несколько результатов \
    с одним сроком названы подряд, и срок стоит под последним из них. Что исправлено по сравнению с \
    источником, перечислено после карты.";

fn counts(model: &Model) -> String {
    let counted = [
        ("направлений", own(model, &model.directions, |it| &it.meta).count()),
        ("механизмов", own(model, &model.mechanisms, |it| &it.meta).count()),
        ("показателей", own(model, &model.indicators, |it| &it.meta).count()),
        ("мероприятий и действий", own(model, &model.activities, |it| &it.meta).count()),
        ("дефицитов", own(model, &model.deficits, |it| &it.meta).count()),
        ("дорожных карт", own(model, &model.roadmaps, |it| &it.meta).count()),
        ("методик", own(model, &model.methodologies, |it| &it.meta).count()),
    ];
    let told = counted.into_iter().filter(|(_, count)| *count > 0);
    let told: Vec<String> = told.map(|(what, count)| format!("{what} — {count}")).collect();
    match told.is_empty() {
        true => "Ни показателей, ни мероприятий, ни дорожных карт, ни методик пакет не объявляет."
            .to_owned(),
        false => format!("В справочнике: {}.", told.join(", ")),
    }
}

fn sources(model: &Model) -> Option<Block> {
    let mut table = Table::new("источники", "Источники", &["Источник", "Издатель", "Дата", "№"]);
    table.weights(&[58, 26, 8, 8]);
    for (id, source) in own(model, &model.sources, |it| &it.meta) {
        let date = source.date.map(|date| russian::date(date, DateStyle::Digits));
        let number = source.number.clone();
        let cells = [&source.meta.title, &source.issuer].map(|text| text_cell(text));
        let marks = [date, number].map(|text| text_cell(text.as_deref().unwrap_or(DASH)));
        table.row(cells.into_iter().chain(marks).collect(), id, of_words(model, &source.meta));
    }
    table.block()
}

// ------------------------------------------------------------ roadmaps

fn roadmaps(naming: Naming<'_>) -> Option<Section> {
    let mut sections = Vec::new();
    for (id, plan) in own(naming.model, &naming.model.roadmaps, |it| &it.meta) {
        let Some(printed) = Plan::of(naming, id) else { continue };
        let mut blocks = roadmap::before(printed, id.as_str());
        blocks.push(roadmap::table(printed, id.as_str()));
        blocks.extend(adapted::of_plan(naming, id, plan));
        blocks.extend(mends::table(naming.model, id, plan));
        let (first, last) = plan.years;
        let years = format!("{} ({first}–{last}{NBSP}годы)", plan.meta.title);
        let says = plan.meta.title.contains(&first.to_string());
        let title = if says { plan.meta.title.clone() } else { years };
        sections.push(part(id.as_str(), "", &title, blocks));
    }
    let whole =
        Section { sections, ..chapter("карты", "Дорожные карты", Vec::new()) };
    (!whole.sections.is_empty()).then_some(whole)
}

/// Programmes that came from others: what the verbs made of them.
fn programmes(naming: Naming<'_>) -> Option<Section> {
    let mut sections = Vec::new();
    for (id, kind) in own(naming.model, &naming.model.programmes, |it| &it.meta) {
        let Some(table) = adapted::of_programme(naming, id, kind) else { continue };
        sections.push(part(id.as_str(), "", &kind.meta.title, vec![table]));
    }
    let whole =
        Section { sections, ..chapter("программы", "Программы", Vec::new()) };
    (!whole.sections.is_empty()).then_some(whole)
}

// ------------------------------------------------------------ pieces

/// What the pack itself declares, without the packs that it uses.
fn own<'m, T>(
    model: &'m Model,
    table: &'m crate::model::Table<T>,
    meta: impl Fn(&T) -> &Meta,
) -> impl Iterator<Item = (&'m Id, &'m T)> {
    let pack = model.pack().map(|pack| &pack.id);
    table.iter().filter(move |(_, declared)| Some(&meta(declared).pack) == pack)
}

/// Stands where there is nothing to say.
const DASH: &str = super::times::NONE;

fn chapter(id: &str, title: &str, blocks: Vec<Block>) -> Section {
    part(id, "", title, blocks)
}

fn part(id: &str, number: &str, title: &str, blocks: Vec<Block>) -> Section {
    Section {
        id: id.to_owned(),
        number: number.to_owned(),
        title: typographic(title),
        blocks,
        ..Section::default()
    }
}

fn paragraph(id: &str, text: &str) -> Block {
    Block::paragraph(id, typographic(text), Vec::new())
}

fn list(id: &str, items: Vec<String>) -> Block {
    let items = items.iter().map(|item| typographic(item)).collect();
    Block { id: id.to_owned(), kind: "список".to_owned(), items, ..Block::default() }
}

fn text_cell(text: &str) -> Cell {
    Cell { text: typographic(text), ..Cell::default() }
}

/// Several things one under another; a dash where there is none.
fn stacked(things: &[String]) -> Cell {
    match things.is_empty() {
        true => text_cell(DASH),
        false => text_cell(&things.join("\n")),
    }
}

/// A title with what should be known beside it.
fn named_cell(meta: &Meta) -> Cell {
    let mut lines = Lines::default();
    lines.push(&typographic(&numbered(meta)), Weight::Main);
    remarks(&mut lines, &meta.prose, &meta.mended);
    lines.cell()
}

/// The titles of the indicators that a condition looks at, each once.
fn looked_at(model: &Model, condition: &Expr) -> Vec<String> {
    let mut titles: Vec<String> = Vec::new();
    for look in condition.observes() {
        let title = model.indicators.get(&look.indicator).map(|it| it.meta.title.clone());
        titles.extend(title.filter(|title| !titles.contains(title)));
    }
    titles
}

/// What a reader should know beside the words themselves: prose of the pack, mends.
fn remarks(lines: &mut Lines, prose: &str, mends: &[Mend]) {
    if !prose.trim().is_empty() {
        let prose = prose.split_whitespace().collect::<Vec<_>>().join(" ");
        lines.push(&typographic(&format!("Примечание: {prose}")), Weight::Note);
    }
    for mend in mends {
        lines.push(&typographic(&mended(mend)), Weight::Note);
    }
}

/// «исправлено: «было» → «стало» (почему)»; of the whole: «исправлено (№), в источнике «1 А»».
fn mended(mend: &Mend) -> String {
    let field = match mend.field {
        "название" => String::new(),
        field => format!(" ({field})"),
    };
    let words = match &mend.corrected {
        Some(corrected) => format!(": «{}» → «{corrected}»", mend.printed),
        None => format!(", в источнике «{}»", mend.printed),
    };
    let why = match mend.because.is_empty() {
        true => String::new(),
        false => format!(" ({})", mend.because),
    };
    format!("исправлено{field}{words}{why}")
}

/// Gathers the rows of a table.
struct Table {
    block: Block,
}

impl Table {
    fn new(id: &str, caption: &str, columns: &[&str]) -> Self {
        let column =
            |title: &&str| Column { title: (*title).to_owned(), weight: 1, ..Column::default() };
        Self {
            block: Block {
                id: format!("{id}_таблица"),
                kind: "таблица".to_owned(),
                text: caption.to_owned(),
                columns: columns.iter().map(column).collect(),
                ..Block::default()
            },
        }
    }

    fn weights(&mut self, weights: &[u32]) {
        for (column, weight) in self.block.columns.iter_mut().zip(weights) {
            column.weight = *weight;
        }
    }

    fn heading(&mut self, text: &str, id: &str) {
        self.block.rows.push(named(vec![text_cell(text)], id, Vec::new()));
    }

    fn wide(&mut self, lines: Lines, id: &str, because: Vec<Because>) {
        let cell = Cell { wide: true, ..lines.cell() };
        self.block.rows.push(named(vec![cell], id, because));
    }

    fn row(&mut self, cells: Vec<Cell>, id: &Id, because: Vec<Because>) {
        self.block.rows.push(named(cells, id.as_str(), because));
    }

    /// The table, if it has any rows.
    fn block(self) -> Option<Block> {
        (!self.block.rows.is_empty()).then_some(self.block)
    }
}
