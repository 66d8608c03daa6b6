//! How many schools have which index: bars side by side from 0 to 1, with the borders of the bands.

use svg::Document;

use super::svg_parts::{line, rectangle, text};

/// How many bars there are.
pub const BINS: usize = 20;

/// Indices counted by their size.
#[derive(Clone, Debug, PartialEq)]
pub struct Histogram {
    pub title: String,
    /// How many indices lie in each of [`BINS`] equal parts from 0 to 1, the upper end of the last
    /// one included.
    pub counts: Vec<usize>,
    /// Where a band begins or ends, from 0 to 1, with the words beside the line; in ascending order.
    pub borders: Vec<(f64, String)>,
}

const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 248.0;
const LEFT: f64 = 46.0;
const RIGHT: f64 = 628.0;
const TOP: f64 = 50.0;
const BOTTOM: f64 = 212.0;
/// Lines of the grid, the lowest one apart.
const LINES: usize = 4;
/// Room between a border and its words, and between the words of two borders.
const GAP: f64 = 5.0;
const LEADING: f64 = 15.0;
const LETTER: f64 = 6.2;

/// The drawing; its title is left to the caption of the document.
pub fn histogram(chart: &Histogram) -> String {
    let top = top_of(chart);
    let mut drawing = Document::new()
        .set("viewBox", format!("0 0 {WIDTH} {HEIGHT}"))
        .set("width", WIDTH)
        .set("height", HEIGHT)
        .set("font-family", "Liberation Serif");
    for mark in 0..=LINES {
        let count = top * mark / LINES;
        let y = height(count, top);
        drawing = drawing.add(line(LEFT, y, RIGHT, y, 0.5, "#bbbbbb")).add(text(
            LEFT - 6.0,
            y + 4.0,
            12.0,
            "end",
            &count.to_string(),
        ));
    }
    let width = (RIGHT - LEFT) / BINS as f64;
    for (at, count) in chart.counts.iter().enumerate() {
        let (x, y) = (LEFT + width * at as f64, height(*count, top));
        drawing = drawing.add(rectangle((x, y, width, BOTTOM - y), "#8ea3c4", 0.5));
    }
    for tenth in (0..=10).step_by(2) {
        let x = across(f64::from(tenth) / 10.0);
        let label = format!("{},{}", tenth / 10, tenth % 10);
        drawing = drawing.add(text(x, BOTTOM + 17.0, 12.0, "middle", &label));
    }
    drawing = drawing
        .add(line(LEFT, BOTTOM, RIGHT, BOTTOM, 1.0, "#222222"))
        .add(text(LEFT - 6.0, TOP - 8.0, 12.0, "end", "школ"))
        .add(text((LEFT + RIGHT) / 2.0, BOTTOM + 33.0, 12.0, "middle", "индекс"));
    for (place, (at, label)) in chart.borders.iter().enumerate() {
        let (x, y) = (across(*at), TOP - 8.0 - LEADING * place as f64);
        let (anchor, beside) = beside(x, label, place == 0);
        drawing = drawing
            .add(line(x, y + 4.0, x, BOTTOM, 1.4, "#000000").set("stroke-dasharray", "5 3"))
            .add(text(beside, y, 12.0, anchor, label));
    }
    drawing.to_string()
}

/// The words of a border stand before the first line and behind the others, as far as there is room.
fn beside(x: f64, label: &str, before: bool) -> (&'static str, f64) {
    let width = LETTER * label.chars().count() as f64;
    match before {
        true if x - GAP - width < LEFT => ("start", LEFT),
        true => ("end", x - GAP),
        false if x + GAP + width > RIGHT => ("end", RIGHT),
        false => ("start", x + GAP),
    }
}

/// The chart in words: every bar that is not empty.
pub fn in_words(chart: &Histogram) -> String {
    let bin = |at: usize| {
        let end = |at: usize| format!("{},{:02}", at / BINS, at * 100 / BINS % 100);
        format!("{}–{}", end(at), end(at + 1))
    };
    let counts = chart.counts.iter().enumerate().filter(|(_, count)| **count > 0);
    let bars: Vec<String> = counts.map(|(at, count)| format!("{}: {count}", bin(at))).collect();
    let borders: Vec<&str> = chart.borders.iter().map(|(_, label)| label.as_str()).collect();
    let borders = match borders.is_empty() {
        true => String::new(),
        false => format!(" Границы: {}.", borders.join("; ")),
    };
    let title = chart.title.trim().trim_end_matches('.');
    format!("Гистограмма: {title}. Школ с индексом {}.{borders}", bars.join(", "))
}

/// The least multiple of [`LINES`] that no bar exceeds.
fn top_of(chart: &Histogram) -> usize {
    let highest = chart.counts.iter().copied().max().unwrap_or(0).max(1);
    highest.div_ceil(LINES) * LINES
}

fn height(count: usize, top: usize) -> f64 {
    BOTTOM - count as f64 / top as f64 * (BOTTOM - TOP)
}

fn across(at: f64) -> f64 {
    LEFT + at * (RIGHT - LEFT)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Histogram {
        let mut counts = vec![0; BINS];
        counts[3] = 5;
        counts[19] = 2;
        let borders = vec![(0.15, "низкие: до 0,150".to_owned())];
        Histogram { title: "Индекс <2026>".to_owned(), counts, borders }
    }

    #[test]
    fn every_bar_is_drawn_and_told() {
        let words = in_words(&sample());
        assert_eq!(
            words,
            "Гистограмма: Индекс <2026>. Школ с индексом 0,15–0,20: 5, 0,95–1,00: 2. \
             Границы: низкие: до 0,150."
        );
        let drawing = histogram(&sample());
        assert_eq!(drawing.matches("<rect").count(), BINS);
        assert!(drawing.contains("низкие: до 0,150") && !drawing.contains("NaN"));
    }

    #[test]
    fn the_scale_holds_the_highest_bar() {
        assert_eq!(top_of(&sample()), 8);
        assert_eq!(top_of(&Histogram { counts: Vec::new(), ..sample() }), 4);
    }
}
