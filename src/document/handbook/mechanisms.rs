//! Directions and mechanisms: the table of a source, row by row, a column for each level.

use crate::document::parts::numbered;
use std::collections::{BTreeMap, BTreeSet};

use super::{LEVELS, Table, list, mended, own, paragraph, part, remarks};
use crate::base::{Id, Level};
use crate::document::because::of_words;
use crate::document::cells::{Lines, Weight};
use crate::document::naming::Naming;
use crate::document::types::{Because, Block, Cell, Section};
use crate::model::{Activity, Direction, Indicator, Kind, Mechanism, Mend, Model, RowDocument};
use crate::russian::{NBSP, capitalise, typographic};

/// A chapter for each direction, then for what belongs to none.
pub(super) fn chapters(model: &Model) -> Vec<Section> {
    let is_own =
        |id: &Id| own(model, &model.directions, |it| &it.meta).any(|(known, _)| known == id);
    let holds_own = |id: &Id| {
        let mut mechanisms = own(model, &model.mechanisms, |it| &it.meta);
        mechanisms.any(|(_, it)| it.direction.as_ref().is_some_and(|direction| direction.id == *id))
    };
    let all = model.directions_by_number().into_iter();
    let shown = all.filter(|(id, _)| is_own(id) || holds_own(id));
    let mut chapters: Vec<Section> = shown.map(|(id, it)| direction(model, id, it)).collect();
    let loose: Vec<Section> = of_direction(model, None);
    if !loose.is_empty() {
        let whole = part("механизмы", "", "Механизмы вне направлений", Vec::new());
        chapters.push(Section { sections: loose, ..whole });
    }
    chapters.extend(outside(model));
    chapters
}

fn direction(model: &Model, id: &Id, direction: &Direction) -> Section {
    let number = direction.meta.number.as_deref().unwrap_or_default();
    let mut blocks = Vec::new();
    if !direction.curators.is_empty() {
        let label =
            if direction.curators.len() == 1 { "Куратор" } else { "Кураторы" };
        let curators = format!("{label}: {}", direction.curators.join(", "));
        blocks.push(paragraph(&format!("{id}_кураторы"), &curators));
    }
    blocks.extend(notes(id, &direction.meta.prose, &direction.meta.mended));
    let sections = of_direction(model, Some(id));
    Section { sections, ..part(id.as_str(), number, &direction.meta.title, blocks) }
}

fn of_direction(model: &Model, direction: Option<&Id>) -> Vec<Section> {
    let pack = model.pack().map(|pack| &pack.id);
    let all = model.mechanisms_by_number(direction).into_iter();
    let own = all.filter(|(_, mechanism)| Some(&mechanism.meta.pack) == pack);
    own.map(|(id, mechanism)| of_mechanism(model, id, mechanism)).collect()
}

/// Remarks on a heading stand below it.
fn notes(id: &Id, prose: &str, mends: &[Mend]) -> Option<Block> {
    let mut lines: Vec<String> = mends.iter().map(mended).collect();
    if !prose.trim().is_empty() {
        lines.insert(0, prose.split_whitespace().collect::<Vec<_>>().join(" "));
    }
    (!lines.is_empty()).then(|| paragraph(&format!("{id}_примечания"), &lines.join("\n")))
}

fn of_mechanism(model: &Model, id: &Id, mechanism: &Mechanism) -> Section {
    let meta = &mechanism.meta;
    let mut blocks = Vec::new();
    if let Some(state) = state(model, mechanism) {
        blocks.push(paragraph(&format!("{id}_состояние"), &state));
    }
    blocks.extend(notes(id, &meta.prose, &meta.mended));
    if !mechanism.goals.is_empty() {
        blocks.push(paragraph(&format!("{id}_цели"), "Цели:"));
        blocks.push(list(&format!("{id}_цели_список"), mechanism.goals.clone()));
    }
    let because = of_words(model, meta);
    match table(model, id.as_str(), &rows(model, Some((id, mechanism))), &because) {
        Some(table) => blocks.push(table),
        None => blocks.push(paragraph(
            &format!("{id}_пусто"),
            "Показателей, действий и документов источник не называет.",
        )),
    }
    let number = meta.number.as_deref().unwrap_or_default();
    part(id.as_str(), number, &meta.title, blocks)
}

/// «В разработке. Источник: таблица 1.1.1».
fn state(model: &Model, mechanism: &Mechanism) -> Option<String> {
    let state = mechanism.in_development.then(|| "В разработке.".to_owned());
    let source = cited(model, mechanism);
    let told: Vec<String> = state.into_iter().chain(source).collect();
    (!told.is_empty()).then(|| told.join(" "))
}

/// The place alone, where all mechanisms are of one source.
fn cited(model: &Model, mechanism: &Mechanism) -> Option<String> {
    let cite = mechanism.meta.source.as_ref()?;
    let mut others = model.mechanisms.values().filter_map(|other| other.meta.source.as_ref());
    let is_only_source = others.all(|other| other.source == cite.source);
    let title = model.sources.get(&cite.source).map(|source| source.meta.title.as_str());
    Some(match title.filter(|_| !is_only_source) {
        Some(title) => format!("Источник: {title}, {}.", cite.place),
        None => format!("Источник: {}.", cite.place),
    })
}

/// Indicators and activities that no mechanism holds and no task asks for.
fn outside(model: &Model) -> Option<Section> {
    let table = table(model, "вне_механизмов", &rows(model, None), &[])?;
    Some(part("вне_механизмов", "", "Показатели и действия вне механизмов", vec![table]))
}

// ------------------------------------------------------------ rows

/// What one row of a source holds.
#[derive(Default)]
struct Row<'a> {
    indicators: Vec<&'a Indicator>,
    activities: Vec<&'a Activity>,
    documents: Vec<&'a RowDocument>,
}

/// By the number of the row; what stands in none comes last.
type Rows<'a> = BTreeMap<(bool, Option<u32>), Row<'a>>;

fn rows<'a>(model: &'a Model, mechanism: Option<(&Id, &'a Mechanism)>) -> Rows<'a> {
    let mut rows = Rows::new();
    let key = |row: Option<u32>| (row.is_none(), row);
    let holder = mechanism.map(|(id, _)| id);
    let indicators = own(model, &model.indicators, |it| &it.meta).map(|(_, it)| it);
    let shown = indicators.filter(|it| !it.internal);
    for indicator in shown.filter(|it| it.meta.mechanism.as_ref() == holder) {
        rows.entry(key(indicator.meta.row)).or_default().indicators.push(indicator);
    }
    let told_elsewhere = |it: &Activity| holder.is_none() && !it.tasks.is_empty();
    let activities = own(model, &model.activities, |it| &it.meta).map(|(_, it)| it);
    let shown = activities.filter(|it| !told_elsewhere(it));
    for activity in shown.filter(|it| it.meta.mechanism.as_ref() == holder) {
        rows.entry(key(activity.meta.row)).or_default().activities.push(activity);
    }
    for document in mechanism.iter().flat_map(|(_, mechanism)| &mechanism.documents) {
        rows.entry(key(document.row)).or_default().documents.push(document);
    }
    rows
}

fn table(model: &Model, id: &str, rows: &Rows<'_>, because: &[Because]) -> Option<Block> {
    let levels = shown_levels(rows);
    let titles: Vec<String> = levels.iter().map(|level| capitalise(level.nominative())).collect();
    let mut table = Table::new(id, "", &titles.iter().map(String::as_str).collect::<Vec<_>>());
    let naming = Naming::of_packs(model);
    for ((_, number), row) in rows {
        let id = number.map_or_else(|| id.to_owned(), |number| format!("{id}_строка_{number}"));
        if rows.len() > 1 {
            table.heading(&row_name(*number), &id);
        }
        let mut into = Part { table: &mut table, id: &id, because, levels: &levels };
        into.add(
            "Показатели",
            &row.indicators,
            |it| it.level,
            |it, lines| indicator(it, model, lines),
        );
        into.add(
            "Действия",
            &row.activities,
            |it| it.level,
            |it, lines| activity(it, naming, lines),
        );
        into.add(
            "Документы",
            &row.documents,
            |it| it.level,
            |it, lines| document(it, naming, lines),
        );
    }
    table.block()
}

/// The columns: all levels, so that an empty one is seen to be empty; one column where nothing but
/// one level is spoken of.
fn shown_levels(rows: &Rows<'_>) -> Vec<Level> {
    let of_row = |row: &Row<'_>| {
        let indicators = row.indicators.iter().map(|it| it.level);
        let activities = row.activities.iter().map(|it| it.level);
        let documents = row.documents.iter().map(|it| it.level);
        indicators.chain(activities).chain(documents).collect::<Vec<Level>>()
    };
    let present: BTreeSet<Level> = rows.values().flat_map(of_row).collect();
    let told: Vec<Level> = LEVELS.into_iter().filter(|level| present.contains(level)).collect();
    if told.len() == 1 { told } else { LEVELS.to_vec() }
}

fn row_name(number: Option<u32>) -> String {
    number.map_or_else(|| "Вне строк таблицы".to_owned(), |number| format!("Строка{NBSP}{number}"))
}

/// Where things of one sort in one row of the source go.
struct Part<'t> {
    table: &'t mut Table,
    id: &'t str,
    because: &'t [Because],
    levels: &'t [Level],
}

impl Part<'_> {
    /// A row with a cell for each level, then a line across for what has none.
    fn add<T>(
        &mut self,
        label: &str,
        things: &[&T],
        level: impl Fn(&T) -> Level,
        write: impl Fn(&T, &mut Lines),
    ) {
        let id = Id::new(&format!("{}_{}", self.id, label.to_lowercase()));
        let told = |wanted: &dyn Fn(Level) -> bool, label: &str| {
            let mut lines = Lines::default();
            for thing in things.iter().filter(|thing| wanted(level(thing))) {
                if lines.is_empty() {
                    lines.push(label, Weight::Label);
                }
                write(thing, &mut lines);
            }
            lines
        };
        let of_level = |own: &Level| told(&|level| level == *own, label);
        let cells: Vec<Lines> = self.levels.iter().map(of_level).collect();
        if cells.iter().any(|lines| !lines.is_empty()) {
            let cells: Vec<Cell> = cells.into_iter().map(Lines::cell).collect();
            self.table.row(cells, &id, self.because.to_vec());
        }
        for other in [Level::Federation, Level::Unstated] {
            let lines = told(&|level| level == other, &format!("{label} — {}", other.nominative()));
            if !lines.is_empty() {
                self.table.wide(
                    lines,
                    &format!("{id}_{}", other.nominative()),
                    self.because.to_vec(),
                );
            }
        }
    }
}

fn indicator(indicator: &Indicator, model: &Model, lines: &mut Lines) {
    let meta = &indicator.meta;
    let kind = match &indicator.printed_kind {
        Some(printed) => printed.clone(),
        None => kind_in_words(&indicator.kind, model),
    };
    titled(lines, &format!("{} ({kind})", numbered(meta)), Weight::Main);
    remarks(lines, &meta.prose, &meta.mended);
}

/// A title; what it enumerates stands one under another, as the source sets it.
fn titled(lines: &mut Lines, title: &str, weight: Weight) {
    for line in enumerated(title) {
        lines.push(&typographic(&line), weight);
    }
}

/// Cuts a title before each of its dashes after «;» or «:», and before «1.2. ».
fn enumerated(title: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut ends_part = false;
    for word in title.split(' ') {
        let is_dash = matches!(word, "-" | "–" | "—") && ends_part;
        match lines.last_mut().filter(|_| !is_dash && !is_inner_number(word)) {
            Some(line) => {
                line.push(' ');
                line.push_str(word);
            }
            None => lines.push(word.to_owned()),
        }
        ends_part = word.ends_with([';', ':']);
    }
    lines
}

/// «1.2.», as against «1.» and «1.2».
fn is_inner_number(word: &str) -> bool {
    let parts: Vec<&str> = word.split('.').collect();
    let is_figure = |part: &&str| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit());
    matches!(parts.as_slice(), [first, second, ""] if is_figure(first) && is_figure(second))
}

/// «процент», «число, человек».
fn kind_in_words(kind: &Kind, model: &Model) -> String {
    let word = crate::document::kind_word(kind);
    let unit = match kind {
        Kind::Number { unit: Some(unit), .. } => model.units.get(unit),
        _ => None,
    };
    match unit {
        Some(unit) => {
            let [_, _, many] = &unit.forms;
            format!("{word}, {many}")
        }
        None => word.to_owned(),
    }
}

fn activity(activity: &Activity, naming: Naming<'_>, lines: &mut Lines) {
    let meta = &activity.meta;
    titled(lines, &numbered(meta), Weight::Main);
    let papers = naming.papers(&activity.documents);
    if !papers.is_empty() {
        lines.push(&typographic(&papers.join("; ")), Weight::Beside);
    }
    remarks(lines, &meta.prose, &meta.mended);
}

fn document(document: &RowDocument, naming: Naming<'_>, lines: &mut Lines) {
    let title = naming.papers(std::slice::from_ref(&document.document)).join("; ");
    let number = document.document.number.as_ref();
    let text = number.map_or_else(|| title.clone(), |number| format!("{number}.{NBSP}{title}"));
    titled(lines, &text, Weight::Beside);
    remarks(lines, "", &document.mended);
}
