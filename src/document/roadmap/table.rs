//! The table of a plan: a column for each year, a heading for each direction.

use super::Plan;
use super::terms;
use crate::document::cells::{Lines, Weight, named};
use crate::document::times::NONE;
use crate::document::types::{Because, Block, Cell, Column};
use crate::model::{PlannedResult, RoadmapActivity, RoadmapDirection};
use crate::russian::{NBSP, typographic};

/// Shares of the width: the number, the activity, all years together, who, papers.
const WEIGHTS: [u32; 5] = [4, 18, 51, 13, 14];
/// The same where all is of one year: its results need little more than the activity.
const WEIGHTS_OF_ONE_YEAR: [u32; 5] = [4, 29, 30, 21, 16];
/// A plan without a known end has no column for each of its years.
const MOST_YEARS: i32 = 8;

/// What a plan says before its table: paragraphs, then its abbreviations.
pub(in crate::document) fn before(plan: Plan<'_>, id: &str) -> Vec<Block> {
    let because = plan.reasons_of_plan();
    let mut blocks = Vec::new();
    for (at, text) in plan.roadmap.introduction.iter().enumerate() {
        blocks.push(paragraph(&format!("{id}_вступление_{}", at + 1), text, &because));
    }
    let explained = &plan.roadmap.abbreviations;
    if !explained.is_empty() {
        blocks.push(paragraph(&format!("{id}_сокращения"), "Сокращения в тексте:", &because));
        let items = explained.iter().map(|(short, full)| typographic(&format!("{short} — {full}")));
        blocks.push(Block {
            id: format!("{id}_сокращения_список"),
            kind: "список".to_owned(),
            items: items.collect(),
            because,
            ..Block::default()
        });
    }
    blocks
}

fn paragraph(id: &str, text: &str, because: &[Because]) -> Block {
    Block::paragraph(id, typographic(text), because.to_vec())
}

/// The table itself.
pub(in crate::document) fn table(plan: Plan<'_>, id: &str) -> Block {
    let shape = Shape::of(plan);
    let mut rows = Vec::new();
    for direction in &plan.roadmap.directions {
        if !is_the_plan_itself(plan, direction) {
            rows.push(heading(plan, direction));
        }
        rows.extend(direction.activities.iter().map(|activity| row(plan, activity, &shape)));
    }
    Block {
        id: format!("{id}_таблица"),
        kind: "таблица".to_owned(),
        columns: columns(&shape),
        rows,
        because: plan.reasons_of_plan(),
        ..Block::default()
    }
}

/// The columns of a plan.
struct Shape {
    years: Vec<i32>,
    /// Whether any activity has a number, names who answers, has a document.
    numbered: bool,
    answered: bool,
    papers: bool,
}

impl Shape {
    fn of(plan: Plan<'_>) -> Self {
        let any = |has: fn(&RoadmapActivity) -> bool| plan.roadmap.activities().any(has);
        Self {
            years: years(plan),
            numbered: any(|activity| activity.meta.number.is_some()),
            answered: any(|it| !it.responsible.is_empty() || it.controller.is_some()),
            papers: any(|activity| !activity.documents.is_empty()),
        }
    }
}

/// The years of the plan, and any other of which an activity speaks.
fn years(plan: Plan<'_>) -> Vec<i32> {
    let (first, last) = plan.roadmap.years;
    let mut years: Vec<i32> = match last.saturating_sub(first) {
        0..MOST_YEARS => (first..=last).collect(),
        _ => Vec::new(),
    };
    let activities = plan.roadmap.activities();
    years.extend(activities.flat_map(|activity| &activity.years).map(|year| year.year));
    years.sort_unstable();
    years.dedup();
    years
}

fn columns(shape: &Shape) -> Vec<Column> {
    let [number, title, all_years, who, papers] = match shape.years.len() {
        1 => WEIGHTS_OF_ONE_YEAR,
        _ => WEIGHTS,
    };
    let column =
        |title: &str, weight: u32| Column { title: title.to_owned(), weight, ..Column::default() };
    let count = u32::try_from(shape.years.len().max(1)).unwrap_or(1);
    let mut columns = Vec::new();
    if shape.numbered {
        columns.push(Column { numeric: true, ..column("№", number) });
    }
    columns.push(column("Мероприятие", title));
    columns.extend(
        shape.years.iter().map(|year| column(&year.to_string(), (all_years / count).max(1))),
    );
    columns.extend(shape.answered.then(|| column("Ответственные", who)));
    columns.extend(shape.papers.then(|| column("Документы", papers)));
    columns
}

/// Whether a direction is the only one and bears the plan's own title: its heading would say
/// nothing new.
fn is_the_plan_itself(plan: Plan<'_>, direction: &RoadmapDirection) -> bool {
    plan.roadmap.directions.len() == 1 && direction.meta.title == plan.roadmap.meta.title
}

fn heading(plan: Plan<'_>, direction: &RoadmapDirection) -> Vec<Cell> {
    let meta = &direction.meta;
    let text = match &meta.number {
        Some(number) => format!("Направление №{NBSP}{number}. {}", meta.title),
        None => meta.title.clone(),
    };
    let cell = Cell { text: typographic(&text), ..Cell::default() };
    named(vec![cell], direction.id.as_str(), plan.reasons_of_direction(direction))
}

fn row(plan: Plan<'_>, activity: &RoadmapActivity, shape: &Shape) -> Vec<Cell> {
    let text = |text: String| Cell { text, ..Cell::default() };
    let mut row = Vec::new();
    if shape.numbered {
        row.push(text(activity.meta.number.clone().unwrap_or_default()));
    }
    row.push(text(typographic(&activity.meta.title)));
    row.extend(shape.years.iter().map(|year| results(plan, activity, *year)));
    row.extend(shape.answered.then(|| text(who(plan, activity))));
    row.extend(shape.papers.then(|| text(listed(plan.naming.papers(&activity.documents)))));
    named(row, activity.id.as_str(), plan.reasons(activity))
}

fn who(plan: Plan<'_>, activity: &RoadmapActivity) -> String {
    let actors = activity.responsible.iter().map(|actor| plan.naming.actor(&actor.id));
    let mut lines: Vec<String> = actors.collect();
    if let Some(controller) = &activity.controller {
        lines.push(format!("Контроль: {}", plan.naming.actor(&controller.id)));
    }
    listed(lines)
}

/// One thing under another; a dash where there is none.
fn listed(lines: Vec<String>) -> String {
    match lines.is_empty() {
        true => NONE.to_owned(),
        false => lines.iter().map(|line| typographic(line)).collect::<Vec<_>>().join("\n"),
    }
}

/// The results of one year. Results of one term that stand together bear it once, below the last.
fn results(plan: Plan<'_>, activity: &RoadmapActivity, year: i32) -> Cell {
    let of_year = activity.years.iter().filter(|plan| plan.year == year);
    let results: Vec<&PlannedResult> = of_year.flat_map(|year| &year.results).collect();
    let mut lines = Lines::default();
    for (at, result) in results.iter().enumerate() {
        lines.push(&numbered(result), Weight::Main);
        for target in plan.targets(result).iter().filter(|target| !says(&result.text, target)) {
            lines.push(&typographic(&format!("Целевое значение: {target}")), Weight::Beside);
        }
        let next = results.get(at + 1).map(|next| &next.term);
        if next != Some(&result.term) {
            let told = terms::told(result.term.as_ref(), year, plan.naming.model);
            lines.push(&typographic(&told.terms.join(", ")), Weight::Beside);
        }
    }
    if results.is_empty() {
        let terms = activity.years.iter().filter(|plan| plan.year == year);
        for term in terms.filter_map(|plan| plan.term.as_ref()) {
            let told = terms::told(Some(term), year, plan.naming.model);
            lines.push(&typographic(&told.terms.join(", ")), Weight::Beside);
        }
    }
    if lines.is_empty() {
        lines.push(NONE, Weight::Main);
    }
    lines.cell()
}

fn numbered(result: &PlannedResult) -> String {
    let text = typographic(&result.text);
    match &result.number {
        Some(number) => format!("{number}.{NBSP}{text}"),
        None => text,
    }
}

/// Whether a result says its target itself: all figures of the target stand in it, in digits or in
/// words.
fn says(text: &str, target: &str) -> bool {
    let said = figures(text);
    figures(target).iter().all(|figure| said.contains(figure))
}

fn figures(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric() && c != ',');
    let words = words.map(|word| word.trim_matches(',')).filter(|word| !word.is_empty());
    words.filter_map(figure).collect()
}

fn figure(word: &str) -> Option<String> {
    let is_written_out = |known: &&(&str, &str)| known.0 == word.to_lowercase();
    match word.starts_with(|c: char| c.is_ascii_digit()) {
        true => Some(word.to_owned()),
        false => WRITTEN_OUT.iter().find(is_written_out).map(|(_, digits)| (*digits).to_owned()),
    }
}

/// Numbers as results write them out, after «не менее».
const WRITTEN_OUT: [(&str, &str); 11] = [
    ("одного", "1"),
    ("одной", "1"),
    ("двух", "2"),
    ("трёх", "3"),
    ("трех", "3"),
    ("четырёх", "4"),
    ("четырех", "4"),
    ("пяти", "5"),
    ("шести", "6"),
    ("семи", "7"),
    ("десяти", "10"),
];
