//! Charts: one for each indicator, the institution beside the levels above, three years.

use super::because;
use super::chart::{BarChart, BarGroup, alt, bars};
use super::codes;
use super::rows::{Row, rows};
use super::scope::Item;
use super::things::Thing;
use super::types::{Because, Block, FigureBlock};
use super::view::View;
use super::writer::Writer;
use crate::base::{Id, Level, Number};
use crate::diag::Diagnostic;
use crate::model::{ChartSpec, Kind, When};
use crate::russian::typographic;

/// Years on a chart, the current one included.
const YEARS: i32 = 3;
/// What stands beside the institution.
const ABOVE: [Level; 2] = [Level::Municipality, Level::Region];

/// The charts of a declaration, each with what is said below it; where no figure is known, a
/// sentence that says so.
pub(super) fn charts<'a>(
    writer: &mut Writer<'_, 'a>,
    spec: &ChartSpec,
    item: Option<&Item<'a>>,
    mark: &str,
) -> Vec<Vec<Block>> {
    let Some(asked) = indicators(writer, spec, item) else { return Vec::new() };
    let title = spec.title.as_ref().map(|title| writer.line(title, item)).unwrap_or_default();
    let view = writer.view;
    let drawn = drawable(view, &asked);
    let each = drawn.into_iter().map(|id| {
        let name = format!("{}{mark}_{id}", spec.id);
        one(view, id, name, caption(view, id, &title))
    });
    each.collect()
}

/// The indicators that a chart asks for.
fn indicators<'a>(
    writer: &mut Writer<'_, 'a>,
    spec: &ChartSpec,
    item: Option<&Item<'a>>,
) -> Option<Vec<Id>> {
    let mut asked: Vec<Id> = spec.indicators.iter().map(|asked| asked.id.clone()).collect();
    let Some(source) = &spec.rows else { return Some(asked) };
    let found = rows(writer.view, &source.id, item.map(|item| item.row.first()))
        .and_then(|rows| of_rows(&rows));
    if let Some(found) = found {
        asked.extend(found);
        return Some(asked);
    }
    let message = format!("диаграммы по строкам «{}» здесь не бывает", source.id);
    let hint = "напишите «строки показатели_дефицита» внутри «каждый дефицит» или перечислите \
                показатели";
    let fault = Diagnostic::error(codes::UNKNOWN_ROWS, source.span, message);
    writer.report(fault.with_hint(hint));
    None
}

/// The indicators of rows that are about indicators.
fn of_rows(rows: &[Row<'_>]) -> Option<Vec<Id>> {
    let things = rows.iter().filter_map(|row| match row {
        Row::Heading { .. } | Row::Note { .. } | Row::Listed(_) => None,
        Row::Of(row) => Some(row.first()),
    });
    let id = |thing: Thing<'_>| match thing {
        Thing::Indicator(id) => Some(id.clone()),
        Thing::Target(target) | Thing::Result(target) => Some(target.indicator.clone()),
        _ => None,
    };
    things.map(id).collect()
}

/// Numbers can be drawn; those that only count the participants of another need no chart.
fn drawable<'i>(view: &View<'_>, asked: &'i [Id]) -> Vec<&'i Id> {
    let counters: Vec<&Id> = asked
        .iter()
        .filter_map(|id| match &view.indicator(id)?.kind {
            Kind::Percent { of } => of.as_ref(),
            _ => None,
        })
        .collect();
    let is_number = |id: &Id| view.indicator(id).is_some_and(|i| view.model.unit_of(i).is_some());
    asked.iter().filter(|id| is_number(id) && !counters.contains(id)).collect()
}

fn caption(view: &View<'_>, id: &Id, title: &str) -> String {
    if title.is_empty() {
        return typographic(&view.indicator_title(id));
    }
    let name = view.indicator_short(id);
    typographic(&format!("{}. {name}", title.trim_end_matches('.')))
}

/// A chart, and below it what could not be drawn.
fn one(view: &View<'_>, id: &Id, name: String, caption: String) -> Vec<Block> {
    let series = series(view, id);
    let chart = bar_chart(view, id, &series, &caption);
    let because = figures(view, id, &series);
    let bounds = bounds(view, id, &series);
    let is_drawn = chart.groups.iter().any(|group| group.values.iter().any(Option::is_some));
    if !is_drawn {
        let mut said = format!("Диаграмма «{caption}» не построена: точных данных нет.");
        if !bounds.is_empty() {
            said.push_str(&format!(" Известно: {}.", bounds.join("; ")));
        }
        return vec![paragraph(name, said, because)];
    }
    let mut words = alt(&chart);
    let mut below = None;
    if !bounds.is_empty() {
        let said = format!("На диаграмме не показано: {}.", bounds.join("; "));
        words.push_str(&format!(" {said}"));
        below = Some(paragraph(format!("{name}_вне"), said, because.clone()));
    }
    let figure = Block {
        id: name,
        kind: "рисунок".to_owned(),
        text: caption,
        figure: Some(FigureBlock {
            kind: "диаграмма".to_owned(), alt: words, svg: bars(&chart)
        }),
        because,
        ..Block::default()
    };
    std::iter::once(figure).chain(below).collect()
}

fn paragraph(id: String, text: String, because: Vec<Because>) -> Block {
    Block::paragraph(id, typographic(&text), because)
}

/// Whose figures stand side by side: the institution, then the levels of which anything is known.
fn series(view: &View<'_>, id: &Id) -> Vec<Option<Level>> {
    let known = |level: &Level| {
        years(view, id).any(|year| {
            let value = view.figure(id, Some(*level), When::Year(year));
            view.known(id, &value).is_some()
        })
    };
    let above = ABOVE.into_iter().filter(|level| *level < view.own_level()).filter(known);
    std::iter::once(None).chain(above.map(Some)).collect()
}

fn years(view: &View<'_>, id: &Id) -> impl Iterator<Item = i32> + use<> {
    let current = view.present(id);
    current - YEARS + 1..=current
}

fn bar_chart(view: &View<'_>, id: &Id, series: &[Option<Level>], caption: &str) -> BarChart {
    let exact = |level: Option<Level>, year: i32| -> Option<Number> {
        view.figure(id, level, When::Year(year)).exact().cloned()
    };
    let group = |year: i32| BarGroup {
        label: year.to_string(),
        values: series.iter().map(|level| exact(*level, year)).collect(),
    };
    let groups: Vec<BarGroup> = years(view, id).map(group).collect();
    // Years before the first known figure are left to the table.
    let is_known = |group: &BarGroup| group.values.iter().any(Option::is_some);
    let groups = groups.into_iter().skip_while(|group| !is_known(group)).collect();
    BarChart {
        title: caption.to_owned(),
        unit: view.unit_sign(id),
        series: series.iter().map(|level| name_of(view, *level)).collect(),
        groups,
    }
}

fn name_of(view: &View<'_>, level: Option<Level>) -> String {
    level.map_or_else(|| view.own_word(), |level| level.nominative().to_owned())
}

/// What is known and no exact figure: bounds and movements.
fn bounds(view: &View<'_>, id: &Id, series: &[Option<Level>]) -> Vec<String> {
    let mut found = Vec::new();
    for level in series {
        for year in years(view, id) {
            let value = view.figure(id, *level, When::Year(year));
            if value.exact().is_some() {
                continue;
            }
            let known = view.known(id, &value);
            let moved = || view.moved(id, *level, year).map(str::to_owned);
            if let Some(words) = known.or_else(moved) {
                found.push(format!("{}, {year} год — {words}", name_of(view, *level)));
            }
        }
    }
    found
}

fn figures(view: &View<'_>, id: &Id, series: &[Option<Level>]) -> Vec<Because> {
    let mut all = Vec::new();
    for level in series {
        for year in years(view, id) {
            all.extend(because::of_figure(view, id, *level, When::Year(year)));
        }
    }
    all
}
