//! Schools as points: the index of results to the right, that of conditions upwards.

use std::collections::BTreeMap;

use svg::Document;
use svg::node::element::{Circle, Path};

use super::svg_parts::{line, rectangle, round, text};

/// A point, from 0 to 1 each way, and the kind of its mark.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    pub x: f64,
    pub y: f64,
    /// Into `Scatter::kinds`.
    pub kind: usize,
}

/// Points of several kinds, the later ones drawn over the earlier.
#[derive(Clone, Debug, PartialEq)]
pub struct Scatter {
    pub title: String,
    pub across: String,
    pub upwards: String,
    /// What the marks mean; four at most.
    pub kinds: Vec<String>,
    pub points: Vec<Point>,
}

const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 452.0;
const LEFT: f64 = 58.0;
const RIGHT: f64 = 628.0;
const TOP: f64 = 40.0;
const BOTTOM: f64 = 410.0;
const LETTER: f64 = 6.4;
/// Points nearer than this part of an axis are drawn once.
const STEPS: f64 = 250.0;

/// The drawing; its title is left to the caption of the document.
pub fn scatter(chart: &Scatter) -> String {
    let mut drawing = Document::new()
        .set("viewBox", format!("0 0 {WIDTH} {HEIGHT}"))
        .set("width", WIDTH)
        .set("height", HEIGHT)
        .set("font-family", "Liberation Serif");
    drawing = axes(drawing, chart);
    let mut x = LEFT;
    for (kind, name) in chart.kinds.iter().enumerate() {
        let counted = format!("{name} — {}", count(chart, kind));
        drawing = mark(drawing, kind, x + 6.0, 14.0);
        drawing = drawing.add(text(x + 16.0, 18.0, 12.5, "start", &counted));
        x += 36.0 + LETTER * counted.chars().count() as f64;
    }
    for (kind, x, y) in drawn(chart) {
        drawing = mark(drawing, kind, x, y);
    }
    drawing.to_string()
}

/// The chart in words: how many points of each kind, and in which quarters of the field.
pub fn in_words(chart: &Scatter) -> String {
    let kinds: Vec<String> = chart
        .kinds
        .iter()
        .enumerate()
        .map(|(kind, name)| format!("{name} — {}", count(chart, kind)))
        .collect();
    let title = chart.title.trim().trim_end_matches('.');
    format!(
        "Поле точек: {title}. По горизонтали — {}, по вертикали — {}. Школ: {}.",
        chart.across,
        chart.upwards,
        kinds.join(", ")
    )
}

fn count(chart: &Scatter, kind: usize) -> usize {
    chart.points.iter().filter(|point| point.kind == kind).count()
}

fn axes(mut drawing: Document, chart: &Scatter) -> Document {
    for tenth in (0..=10).step_by(2) {
        let at = f64::from(tenth) / 10.0;
        let label = format!("{},{}", tenth / 10, tenth % 10);
        let (x, y) = place(at, at);
        drawing = drawing
            .add(line(x, TOP, x, BOTTOM, 0.5, "#cccccc"))
            .add(line(LEFT, y, RIGHT, y, 0.5, "#cccccc"))
            .add(text(x, BOTTOM + 17.0, 12.0, "middle", &label))
            .add(text(LEFT - 6.0, y + 4.0, 12.0, "end", &label));
    }
    let (x, y) = (16.0, (TOP + BOTTOM) / 2.0);
    let upwards =
        text(x, y, 12.5, "middle", &chart.upwards).set("transform", format!("rotate(-90 {x} {y})"));
    drawing
        .add(line(LEFT, BOTTOM, RIGHT, BOTTOM, 1.0, "#222222"))
        .add(line(LEFT, TOP, LEFT, BOTTOM, 1.0, "#222222"))
        .add(text((LEFT + RIGHT) / 2.0, BOTTOM + 36.0, 12.5, "middle", &chart.across))
        .add(upwards)
}

/// The marks in the order of drawing, each place once a kind.
fn drawn(chart: &Scatter) -> Vec<(usize, f64, f64)> {
    let mut places: BTreeMap<(usize, i64, i64), (f64, f64)> = BTreeMap::new();
    for point in &chart.points {
        let step = |at: f64| (at * STEPS).round() as i64;
        let key = (point.kind, step(point.x), step(point.y));
        places.entry(key).or_insert_with(|| place(point.x, point.y));
    }
    places.into_iter().map(|((kind, ..), (x, y))| (kind, x, y)).collect()
}

fn place(x: f64, y: f64) -> (f64, f64) {
    (LEFT + x * (RIGHT - LEFT), BOTTOM - y * (BOTTOM - TOP))
}

/// A dot, a square, a triangle, a filled diamond: a grey copy tells them apart.
fn mark(drawing: Document, kind: usize, x: f64, y: f64) -> Document {
    let dot = |fill: &str| {
        Circle::new()
            .set("cx", round(x))
            .set("cy", round(y))
            .set("r", 2.4)
            .set("fill", fill)
            .set("stroke", "#8a8a8a")
            .set("stroke-width", 0.6)
    };
    let shape = |points: &[(f64, f64)], fill: &str| {
        let corners: Vec<String> =
            points.iter().map(|(dx, dy)| format!("{} {}", round(x + dx), round(y + dy))).collect();
        Path::new()
            .set("d", format!("M {} Z", corners.join(" L ")))
            .set("fill", fill)
            .set("stroke", "#111111")
            .set("stroke-width", 0.9)
    };
    match kind {
        0 => drawing.add(dot("#d9d9d9")),
        1 => drawing.add(rectangle((x - 3.2, y - 3.2, 6.4, 6.4), "#5b7db1", 0.9)),
        2 => drawing.add(shape(&[(0.0, -4.4), (4.2, 3.2), (-4.2, 3.2)], "#ffffff")),
        _ => drawing.add(shape(&[(0.0, -5.0), (5.0, 0.0), (0.0, 5.0), (-5.0, 0.0)], "#111111")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Scatter {
        let point = |x, y, kind| Point { x, y, kind };
        Scatter {
            title: "Результаты и условия".to_owned(),
            across: "индекс результатов".to_owned(),
            upwards: "индекс условий".to_owned(),
            kinds: vec!["остальные".to_owned(), "ШНРО".to_owned()],
            points: vec![point(0.5, 0.5, 0), point(0.5, 0.5001, 0), point(0.1, 0.9, 1)],
        }
    }

    #[test]
    fn every_kind_is_counted_and_coinciding_marks_are_drawn_once() {
        let words = in_words(&sample());
        assert!(words.ends_with("Школ: остальные — 2, ШНРО — 1."), "{words}");
        assert_eq!(drawn(&sample()).len(), 2);
        let drawing = scatter(&sample());
        // One dot and one square in the field, one of each in the legend.
        assert_eq!(drawing.matches("<circle").count(), 2);
        assert_eq!(drawing.matches("<rect").count(), 2);
    }

    #[test]
    fn the_corners_of_the_field_are_the_ends_of_the_axes() {
        assert_eq!(place(0.0, 0.0), (LEFT, BOTTOM));
        assert_eq!(place(1.0, 1.0), (RIGHT, TOP));
    }
}
