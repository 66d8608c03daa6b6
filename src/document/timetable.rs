//! The calendar of a programme: its Gantt charts, what it hangs on, and who has too much to do.

use super::because;
use super::gantt::{Bar, Drawn, Gantt, GanttRow, draw};
use super::merged::{self, Together};
use super::pictures::{self, Sheet};
use super::things::Thing;
use super::times;
use super::types::{Because, Block, Cell, Column};
use super::view::View;
use crate::base::{Id, Number};
use crate::calendar::{Date, Duration, DurationUnit, Slot};
use crate::plan::{Overload, Proposal};
use crate::russian::{DateStyle, Forms, count, date, months, typographic};

/// The sheets of the calendar, and below them what a director should know of it.
pub(super) fn blocks(view: &View<'_>, id: &str, title: &str) -> Vec<Block> {
    let sheets = draw(&gantt(view));
    let all = sheets.len();
    let mut blocks: Vec<Block> = sheets
        .into_iter()
        .enumerate()
        .map(|(at, sheet)| {
            let caption = pictures::caption(title, at + 1, all);
            let alt = alt(view, &caption, &sheet);
            let svg = sheet.svg;
            pictures::block(view, id, Sheet { number: at + 1, caption, kind: "Гант", alt, svg })
        })
        .collect();
    if blocks.is_empty() {
        let said = "Мероприятий, которые можно поставить в график, нет.".to_owned();
        return vec![paragraph(format!("{id}_пусто"), said, because::of_document(view))];
    }
    blocks.extend(critical(view, id));
    blocks.extend(load(view, id));
    blocks
}

/// The chart reaches over the end of the programme as far as anything is done.
fn gantt(view: &View<'_>) -> Gantt {
    let period = view.choice.period;
    let times = view.choice.activities.iter().flat_map(|chosen| &chosen.occurrences);
    let behind = times.map(|time| time.to).filter(|last| *last > period.to).max();
    let to = behind.map_or(period.to, Date::last_of_month);
    let from = period.from;
    Gantt { from, to, rests: view.model.calendar().vacations(from, to), rows: rows(view) }
}

/// The activities as the roadmap groups and numbers them.
fn rows(view: &View<'_>) -> Vec<GanttRow> {
    let each = view.roadmap.iter().flat_map(|group| {
        let heading = match group.number.as_str() {
            "" => group.title.clone(),
            number => format!("{number} {}", group.title),
        };
        let activities = group.activities.iter().copied().map(Thing::Activity);
        let works = merged::numbered(view, activities).into_iter().map(|works| row(view, &works));
        std::iter::once(GanttRow::Heading(typographic(&heading))).chain(works)
    });
    each.collect()
}

/// Works of one row fall on the same days; the row is critical where one of them is.
fn row(view: &View<'_>, works: &Together<'_>) -> GanttRow {
    let first = works.first().id();
    let is_critical = |at: usize| {
        let mut slots = works.all().filter_map(|work| view.choice.schedule.of(work.id()).get(at));
        slots.any(|slot| slot.critical)
    };
    let calendar = view.model.calendar();
    // Days off at the ends of a term are no time to spare.
    let workable = |slot: &Slot| {
        let days = slot.days_on(calendar);
        (days.from(slot.window.from), days.by(slot.window.to))
    };
    let bars = view.choice.schedule.of(first).iter().enumerate().map(|(at, slot)| Bar {
        window: workable(slot),
        planned: (slot.from, slot.to),
        critical: is_critical(at),
    });
    GanttRow::Work {
        number: number(view, first),
        title: typographic(&merged::title(view, works)),
        bars: bars.collect(),
        words: whole_term(view, first),
    }
}

fn number(view: &View<'_>, activity: &Id) -> String {
    view.number(activity).map(|number| number.to_string()).unwrap_or_default()
}

fn whole_term(view: &View<'_>, activity: &Id) -> String {
    let term = view.model.activities.get(activity).and_then(|declared| declared.term.as_ref());
    let times = view.activity(activity).map_or(&[] as &[_], |chosen| &chosen.occurrences);
    times::whole(term, times, view.model).replace('\n', "; ")
}

/// The sheet in words: every activity with its term.
fn alt(view: &View<'_>, caption: &str, sheet: &Drawn) -> String {
    let all = view.roadmap.iter().flat_map(|group| &group.activities);
    let shown = all.filter(|chosen| sheet.numbers.contains(&number(view, &chosen.id)));
    let rows = merged::numbered(view, shown.copied().map(Thing::Activity));
    let told: Vec<String> = rows
        .iter()
        .map(|works| {
            let mark = match works.all().any(|it| view.choice.schedule.is_critical(it.id())) {
                true => ", на критическом пути",
                false => "",
            };
            let first = works.first().id();
            let (number, term) = (number(view, first), whole_term(view, first));
            format!("№ {number} — {term}{mark}")
        })
        .collect();
    format!("Диаграмма Ганта по месяцам: {caption}. {}.", told.join("; "))
}

/// What the whole plan hangs on.
fn critical(view: &View<'_>, id: &str) -> Option<Block> {
    let schedule = &view.choice.schedule;
    let (first, last) = (schedule.critical.first()?, schedule.critical.last()?);
    let path: Vec<String> =
        schedule.critical.iter().map(|(id, _)| format!("№ {}", number(view, id))).collect();
    let slot = |(id, at): &(Id, usize)| schedule.of(id).get(*at);
    let (from, to) = (slot(first)?, slot(last)?);
    let spare = schedule.critical.iter().filter_map(slot).map(|slot| slot.slack()).min();
    let said = format!(
        "Критический путь: {}, с {} по {}. Эти мероприятия ждут друг друга: {}.",
        path.join(", "),
        date(from.from, DateStyle::Full),
        date(to.to, DateStyle::Full),
        in_reserve(spare.unwrap_or(0)),
    );
    Some(paragraph(format!("{id}_путь"), said, because::of_document(view)))
}

fn in_reserve(days: u32) -> String {
    if days == 0 {
        return "запаса времени нет, и задержка сразу сдвигает остальные".to_owned();
    }
    let days = times::lasting(Duration { number: days, unit: DurationUnit::Days });
    format!("наименьший запас времени — {days}, и большая задержка сдвигает остальные")
}

// ------------------------------------------------------------ load

fn load(view: &View<'_>, id: &str) -> Vec<Block> {
    let Some(limit) = view.choice.schedule.limit else { return Vec::new() };
    let forms = Forms::new("мероприятия", "мероприятий", "мероприятий");
    let limit = count(&Number::from_int(i64::from(limit)), &forms);
    let runs = runs(&view.choice.schedule.overloads);
    let because = because::of_document(view);
    let said = match runs.is_empty() {
        true => format!("Нагрузка: ни у кого нет больше {limit} в месяц."),
        false => format!("Нагрузка: больше {limit} в месяц приходится на тех, кто назван ниже."),
    };
    let mut blocks = vec![paragraph(format!("{id}_нагрузка"), said, because.clone())];
    if !runs.is_empty() {
        blocks.push(Block {
            id: format!("{id}_перегрузка"),
            kind: "таблица".to_owned(),
            text: "Перегрузка и что с ней делать".to_owned(),
            columns: columns(),
            rows: runs.iter().map(|run| overload(view, run)).collect(),
            because,
            ..Block::default()
        });
    }
    blocks
}

/// The heavy months of one person that follow each other.
fn runs(all: &[Overload]) -> Vec<Vec<&Overload>> {
    let mut sorted: Vec<&Overload> = all.iter().collect();
    sorted.sort_by_key(|heavy| (&heavy.who, heavy.month));
    let follows = |last: &Overload, next: &Overload| {
        let after = last.month.last_of_month().tomorrow().ok();
        last.who == next.who && after == Some(next.month)
    };
    let mut runs: Vec<Vec<&Overload>> = Vec::new();
    for heavy in sorted {
        match runs.last_mut().filter(|run| run.last().is_some_and(|last| follows(last, heavy))) {
            Some(run) => run.push(heavy),
            None => runs.push(vec![heavy]),
        }
    }
    runs.sort_by_key(|run| run.first().map(|heavy| heavy.month));
    runs
}

fn columns() -> Vec<Column> {
    let column = |title: &str, weight, numeric| Column {
        title: title.to_owned(),
        weight,
        numeric,
        ..Column::default()
    };
    vec![
        column("Когда", 20, false),
        column("Ответственный", 26, false),
        column("Мероприятий в месяц", 12, true),
        column("Предложение", 42, false),
    ]
}

fn overload(view: &View<'_>, run: &[&Overload]) -> Vec<Cell> {
    let month = |heavy: Option<&&Overload>| heavy.map_or(Date::ZERO, |heavy| heavy.month);
    let (from, to) = (month(run.first()), month(run.last()).last_of_month());
    let most = run.iter().map(|heavy| heavy.activities.len()).max().unwrap_or(0);
    let least = run.iter().map(|heavy| heavy.activities.len()).min().unwrap_or(0);
    let counted = if least == most { most.to_string() } else { format!("{least}–{most}") };
    let who = run.first().map(|heavy| view.actor_title(&heavy.who)).unwrap_or_default();
    let proposal = run.iter().find_map(|heavy| heavy.proposal.as_ref());
    let because = proposed(view, run, proposal);
    let texts = [months(from, to), who, counted, advice(view, proposal)];
    let cell = |text: String| Cell {
        text: typographic(&text),
        because: because.clone(),
        ..Cell::default()
    };
    texts.into_iter().map(cell).collect()
}

fn advice(view: &View<'_>, proposal: Option<&Proposal>) -> String {
    let Some(Proposal { activity, from, to }) = proposal else {
        return "Запасом времени этот срок не разгрузить: передать часть мероприятий другому \
                ответственному"
            .to_owned();
    };
    format!(
        "Перенести мероприятие № {} на срок с {} по {}: у него больше всего запаса времени",
        number(view, activity),
        date(*from, DateStyle::Full),
        date(*to, DateStyle::Full)
    )
}

/// The reasons of the activity to move, else of those that crowd the first month.
fn proposed(view: &View<'_>, run: &[&Overload], proposal: Option<&Proposal>) -> Vec<Because> {
    let crowd = run.first().map_or(&[] as &[Id], |heavy| heavy.activities.as_slice());
    let meant = match proposal {
        Some(proposal) => std::slice::from_ref(&proposal.activity),
        None => crowd,
    };
    let chosen = meant.iter().filter_map(|id| view.activity(id));
    because::once(chosen.flat_map(|chosen| because::of(view, Thing::Activity(chosen))).collect())
}

fn paragraph(id: String, text: String, because: Vec<Because>) -> Block {
    Block::paragraph(id, typographic(&text), because)
}
