//! The charts of an identification.

use super::Cohort;
use super::fields::index;
use crate::base::{Id, Number};
use crate::cohort::{Border, Cut, Domain, End, Index, Role};
use crate::document::chart::{BarChart, BarGroup, alt, bars};
use crate::document::histogram::{self, BINS, Histogram, histogram};
use crate::document::scatter::{self, Point, Scatter, scatter};
use crate::document::types::{Block, FigureBlock};
use crate::document::view::View;
use crate::model::Picture;
use crate::russian::{typographic, uncapitalise};

/// Fewer ranked schools show no distribution.
const FEWEST: u32 = 12;
/// More groups than this share one picture.
const MOST: usize = 4;

/// The drawings of a picture; none without an identification.
pub(in crate::document) fn blocks(
    view: &View<'_>,
    picture: Picture,
    id: &str,
    title: &str,
) -> Vec<Block> {
    let Some(cohort) = view.cohort else { return Vec::new() };
    match picture {
        Picture::Distribution => cohort.distributions(id, title),
        Picture::Crossing => cohort.field(id, title).into_iter().collect(),
        Picture::Counts => cohort.counts_of_categories(id, title),
        Picture::Figures | Picture::Calendar | Picture::Network => Vec::new(),
    }
}

impl<'a> Cohort<'a> {
    /// A histogram for each domain that gives a verdict, and each group of it, in the last year.
    fn distributions(&self, id: &str, title: &str) -> Vec<Block> {
        let mut blocks = Vec::new();
        for (at, domain) in self.domains().filter(|(_, domain)| domain.role.is_some()) {
            let now = if self.ranks_window(at) { None } else { self.last_slot() };
            let borders = self.outcome().borders.iter();
            let own = borders.filter(|border| border.domain == at && border.slot == now);
            let own: Vec<&Border> = own.filter(|border| border.ranked >= FEWEST).collect();
            let charts = match own.len() {
                0 => Vec::new(),
                1..=MOST => own.iter().map(|it| self.of_border(at, domain, it, title)).collect(),
                _ => vec![self.of_all(at, domain, title)],
            };
            for chart in charts {
                blocks.push(figure(
                    format!("{id}_{}", blocks.len() + 1),
                    &chart.title,
                    histogram::in_words(&chart),
                    histogram(&chart),
                ));
            }
        }
        if blocks.is_empty() {
            let text = format!(
                "Распределение не показано: ни в одной группе нет {FEWEST} школ, у которых есть место."
            );
            blocks.push(Block::paragraph(id, typographic(&text), Vec::new()));
        }
        blocks
    }

    fn of_border(&self, at: usize, domain: &Domain, border: &Border, title: &str) -> Histogram {
        let is_here = |school: &usize| {
            let judged = self.outcome().schools.get(*school);
            let is_of_base = judged.is_some_and(|judged| judged.base == border.base);
            is_of_base && (border.group.is_none() || self.group_now(*school) == border.group)
        };
        let schools = self.judged().into_iter().filter(is_here).collect::<Vec<_>>();
        let counts = self.counted_by_size(at, &schools);
        let of = |end: End| {
            let band =
                domain.bands.iter().find(|it| matches!(&it.cut, Cut::Share(e, _) if *e == end));
            band.map_or("", |band| band.title.as_str())
        };
        let low = border.low.map(|low| (low, format!("{}: до {}", of(End::Lowest), index(low))));
        let high =
            border.high.map(|high| (high, format!("{}: от {}", of(End::Highest), index(high))));
        let borders = low.into_iter().chain(high).map(|(at, label)| (part(at), label));
        let mut said = vec![domain.title.clone(), uncapitalise(&self.together(border))];
        said.extend(self.year_of(border).map(|year| format!("{year} год")));
        let title = format!("{}. {}", title.trim_end_matches('.'), said.join(", "));
        Histogram { title: typographic(&title), counts, borders: borders.collect() }
    }

    fn of_all(&self, at: usize, domain: &Domain, title: &str) -> Histogram {
        let counts = self.counted_by_size(at, &self.judged());
        let title = format!("{}. {}", title.trim_end_matches('.'), domain.title);
        Histogram { title: typographic(&title), counts, borders: Vec::new() }
    }

    fn counted_by_size(&self, domain: usize, schools: &[usize]) -> Vec<usize> {
        let mut counts = vec![0; BINS];
        for school in schools {
            let standing = self.standing_now(domain, *school).filter(|it| it.rank.is_some());
            let Some(index) = standing.and_then(|standing| standing.index) else { continue };
            let bins = i64::try_from(BINS).unwrap_or(1);
            let bin = usize::try_from(index.0 / (Index::ONE / bins)).unwrap_or(0).min(BINS - 1);
            if let Some(count) = counts.get_mut(bin) {
                *count += 1;
            }
        }
        counts
    }

    /// Every school that has both indices, the categories that are sought marked.
    fn field(&self, id: &str, title: &str) -> Option<Block> {
        let (results, of_results) = self.domain(Role::Results)?;
        let (conditions, of_conditions) = self.domain(Role::Conditions)?;
        let sought =
            |domain: &Domain| domain.categories.first().map(|it| (it.id.clone(), it.title.clone()));
        let (low, hard) = (sought(of_results)?, sought(of_conditions)?);
        let kind = |school: usize| {
            let is_in = |category: &Id| self.is_in(school, category);
            usize::from(is_in(&low.0)) + 2 * usize::from(is_in(&hard.0))
        };
        let now = |domain, school| self.standing_now(domain, school).and_then(|it| it.index);
        let points = self.judged().into_iter().filter_map(|school| {
            let (x, y) = (now(results, school)?, now(conditions, school)?);
            Some(Point { x: part(x), y: part(y), kind: kind(school) })
        });
        let points: Vec<Point> = points.collect();
        if points.is_empty() {
            let text = "Показать нечего: школ, у которых есть оба индекса, нет.";
            return Some(Block::paragraph(id, text.to_owned(), Vec::new()));
        }
        let both = format!("{} и {}", low.1, hard.1);
        let chart = Scatter {
            title: self.with_year(title),
            across: of_results.title.clone(),
            upwards: of_conditions.title.clone(),
            kinds: vec!["остальные".to_owned(), low.1, hard.1, both],
            points,
        };
        let (words, drawing) = (scatter::in_words(&chart), scatter(&chart));
        Some(figure(id.to_owned(), &chart.title, words, drawing))
    }

    /// How many schools each category holds, a chart for each domain.
    fn counts_of_categories(&self, id: &str, title: &str) -> Vec<Block> {
        let domains = self.domains().filter(|(_, domain)| !domain.categories.is_empty());
        let each = domains.map(|(at, domain)| {
            let (counts, _) = self.outcome().counts(&self.of.method, at);
            let bars_of = domain.categories.iter().zip(counts).map(|(category, count)| BarGroup {
                label: category.title.clone(),
                values: vec![i64::try_from(count).ok().map(Number::from_int)],
            });
            let title = format!("{}. {}", title.trim_end_matches('.'), domain.title);
            let chart = BarChart {
                title: typographic(&title),
                unit: "школ".to_owned(),
                series: Vec::new(),
                groups: bars_of.collect(),
            };
            figure(format!("{id}_{}", domain.id), &chart.title, alt(&chart), bars(&chart))
        });
        each.collect()
    }

    fn with_year(&self, title: &str) -> String {
        let last = self.outcome().window.last();
        let year = last.map(|year| format!(", {year} год")).unwrap_or_default();
        typographic(&format!("{}{year}", title.trim_end_matches('.')))
    }

    fn group_now(&self, school: usize) -> Option<u8> {
        let row = self.outcome().row(school, self.last_slot()?)?;
        self.of.table.rows.get(row).map(|row| row.group)
    }
}

fn figure(id: String, caption: &str, words: String, svg: String) -> Block {
    Block {
        id,
        kind: "рисунок".to_owned(),
        text: caption.to_owned(),
        figure: Some(FigureBlock { kind: "диаграмма".to_owned(), alt: words, svg }),
        ..Block::default()
    }
}

/// From 0 to 1, for drawing alone.
fn part(index: Index) -> f64 {
    index.0 as f64 / Index::ONE as f64
}
