//! Charts, drawn once to SVG for every format, and told in words for those who cannot see them.

use svg::Document;
use svg::node::element::{Definitions, Pattern, Rectangle, Text};

use super::svg_parts::{line, rectangle, round, text};
use crate::base::Number;

/// The outline of bars and of their samples.
const RIM: f64 = 0.7;

/// Bars in groups: a group for each year, in it a bar for each series.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BarChart {
    pub title: String,
    /// What the figures are counted in, as printed behind them: `%`, `балл`.
    pub unit: String,
    /// What stands side by side in each group: школа, муниципалитет, регион.
    pub series: Vec<String>,
    pub groups: Vec<BarGroup>,
}

/// The figures of one year, in the order of the series.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BarGroup {
    pub label: String,
    /// `None` where the figure is not known; the drawing leaves a gap and says so.
    pub values: Vec<Option<Number>>,
}

/// Stands where a figure is not known.
const UNKNOWN: &str = "нет данных";
/// Digits behind the decimal comma of a printed figure.
const PLACES: u32 = 1;

const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 326.0;
const LEFT: f64 = 52.0;
const RIGHT: f64 = 628.0;
const TOP: f64 = 62.0;
const BOTTOM: f64 = 300.0;
const WIDEST_BAR: f64 = 46.0;
const LETTER: f64 = 6.6;

/// The chart as an SVG text; its title is left to the caption of the document.
pub fn bars(chart: &BarChart) -> String {
    let scale = Scale::of(chart);
    let mut drawing = Document::new()
        .set("viewBox", format!("0 0 {WIDTH} {HEIGHT}"))
        .set("width", WIDTH)
        .set("height", HEIGHT)
        .set("font-family", "Liberation Serif")
        .add(patterns());
    drawing = grid(drawing, &scale, &chart.unit);
    drawing = legend(drawing, &chart.series);
    for (place, group) in chart.groups.iter().enumerate() {
        drawing = draw_group(drawing, chart, group, place, &scale);
    }
    let zero = scale.height(0.0);
    drawing.add(line(LEFT, zero, RIGHT, zero, 1.0, "#222222")).to_string()
}

/// The chart in words: every figure that it shows.
pub fn alt(chart: &BarChart) -> String {
    let groups: Vec<String> = chart
        .groups
        .iter()
        .map(|group| format!("{} — {}", group.label, told(chart, group)))
        .collect();
    let figures = if groups.is_empty() { UNKNOWN.to_owned() } else { groups.join("; ") };
    format!("Столбчатая диаграмма: {}. {figures}.", chart.title.trim().trim_end_matches('.'))
}

fn told(chart: &BarChart, group: &BarGroup) -> String {
    let figures: Vec<String> = (0..series_count(chart))
        .map(|at| {
            let name = chart.series.get(at).map_or("", String::as_str);
            let value = group.values.get(at).and_then(Option::as_ref);
            let figure = value.map_or(UNKNOWN.to_owned(), |v| with_unit(v, &chart.unit));
            if name.is_empty() { figure } else { format!("{name}: {figure}") }
        })
        .collect();
    figures.join(", ")
}

fn with_unit(value: &Number, unit: &str) -> String {
    let figure = value.to_russian(PLACES);
    if unit.is_empty() { figure } else { format!("{figure}\u{a0}{unit}") }
}

fn series_count(chart: &BarChart) -> usize {
    let widest = chart.groups.iter().map(|g| g.values.len()).max().unwrap_or(0);
    widest.max(chart.series.len()).max(1)
}

/// From figures to heights.
struct Scale {
    low: f64,
    high: f64,
    step: f64,
}

impl Scale {
    /// Round steps that hold every figure and zero.
    fn of(chart: &BarChart) -> Self {
        let values = || {
            let known = chart.groups.iter().flat_map(|g| g.values.iter().flatten());
            known.map(Number::to_f64_for_drawing)
        };
        let high = values().fold(0.0, f64::max);
        let low = values().fold(0.0, f64::min);
        // Shares of nothing are told on the scale of shares.
        let is_nothing = low >= 0.0 && high <= 0.0;
        let high = if is_nothing && chart.unit == "%" { 100.0 } else { high };
        let step = round_step((high - low) / 4.0);
        let mut top = (step * (high / step).ceil()).max(step);
        let mut bottom = step * (low / step).floor();
        // Room for the words below the lowest bar; above the highest there is always some.
        if low < 0.0 && low - 0.35 * step < bottom {
            bottom -= step;
        }
        if bottom < 0.0 && high + 0.35 * step > top {
            top += step;
        }
        Self { low: bottom, high: top, step }
    }

    fn height(&self, value: f64) -> f64 {
        BOTTOM - (value - self.low) / (self.high - self.low) * (BOTTOM - TOP)
    }

    fn marks(&self) -> impl Iterator<Item = f64> {
        let count = ((self.high - self.low) / self.step).round() as usize;
        (0..=count).map(|at| self.low + self.step * at as f64)
    }
}

/// The nearest of 1, 2, 5 times a power of ten that is not below.
fn round_step(least: f64) -> f64 {
    if least <= 0.0 {
        return 1.0;
    }
    let power = 10f64.powf(least.log10().floor());
    let factor = [1.0, 2.0, 5.0].into_iter().find(|f| f * power >= least).unwrap_or(10.0);
    factor * power
}

fn grid(mut drawing: Document, scale: &Scale, unit: &str) -> Document {
    for mark in scale.marks() {
        let y = scale.height(mark);
        drawing = drawing.add(line(LEFT, y, RIGHT, y, 0.5, "#bbbbbb")).add(text(
            LEFT - 6.0,
            y + 4.0,
            12.0,
            "end",
            &axis_label(mark, scale.step),
        ));
    }
    drawing.add(text(LEFT - 6.0, TOP - 14.0, 12.0, "end", unit))
}

fn axis_label(mark: f64, step: f64) -> String {
    let places = if step >= 1.0 { 0 } else { (-step.log10()).ceil() as usize };
    format!("{mark:.places$}").replace('.', ",").replace('-', "−")
}

/// The names of the series in one line above the bars, centred as far as it fits.
fn legend(mut drawing: Document, series: &[String]) -> Document {
    let width = |name: &str| 22.0 + LETTER * name.chars().count() as f64 + 22.0;
    let total: f64 = series.iter().map(|name| width(name)).sum();
    let mut x = ((LEFT + RIGHT - total) / 2.0).max(LEFT);
    for (place, name) in series.iter().enumerate() {
        drawing = drawing.add(rectangle((x, 12.0, 14.0, 12.0), fill(place), RIM)).add(text(
            x + 20.0,
            22.0,
            13.0,
            "start",
            name,
        ));
        x += width(name);
    }
    drawing
}

fn draw_group(
    mut drawing: Document,
    chart: &BarChart,
    group: &BarGroup,
    place: usize,
    scale: &Scale,
) -> Document {
    let room = (RIGHT - LEFT) / chart.groups.len().max(1) as f64;
    let count = series_count(chart);
    let bar = (room * 0.8 / count as f64).min(WIDEST_BAR);
    let middle = LEFT + room * (place as f64 + 0.5);
    let start = middle - bar * count as f64 / 2.0;
    for at in 0..count {
        let x = start + bar * at as f64;
        drawing = match group.values.get(at).and_then(Option::as_ref) {
            Some(value) => draw_bar(drawing, value, x, bar, at, scale),
            None => draw_gap(drawing, x, bar, scale),
        };
    }
    drawing.add(text(middle, BOTTOM + 20.0, 13.0, "middle", &group.label))
}

fn draw_bar(
    drawing: Document,
    value: &Number,
    x: f64,
    width: f64,
    place: usize,
    scale: &Scale,
) -> Document {
    let zero = scale.height(0.0);
    let end = scale.height(value.to_f64_for_drawing());
    let (top, height) = (zero.min(end), (zero - end).abs());
    let figure = value.to_russian(PLACES);
    let fits = width / (0.55 * figure.chars().count() as f64);
    let below = if value.is_negative() { top + height + 14.0 } else { top - 6.0 };
    let bar = rectangle((x + 1.0, top, width - 2.0, height), fill(place), RIM);
    let words = text(x + width / 2.0, below, fits.clamp(7.0, 12.0), "middle", &figure);
    drawing.add(bar).add(haloed(words))
}

/// A white rim keeps a figure legible on a line of the grid.
fn haloed(text: Text) -> Text {
    text.set("stroke", "#ffffff").set("stroke-width", 2.5).set("paint-order", "stroke")
}

/// The words stand upright in the place of the bar.
fn draw_gap(drawing: Document, x: f64, width: f64, scale: &Scale) -> Document {
    let (x, y) = (round(x + width / 2.0 + 4.0), round(scale.height(0.0) - 6.0));
    let words = text(x, y, 11.0, "start", UNKNOWN)
        .set("font-style", "italic")
        .set("transform", format!("rotate(-90 {x} {y})"));
    drawing.add(words)
}

/// Fills that differ in lightness and in pattern, so that a grey copy tells them apart.
fn fill(place: usize) -> &'static str {
    const FILLS: [&str; 6] =
        ["#1f3864", "url(#stripes)", "#d9d9d9", "url(#dots)", "#7f7f7f", "#ffffff"];
    FILLS.get(place % FILLS.len()).copied().unwrap_or("#7f7f7f")
}

fn patterns() -> Definitions {
    let tile = |id: &str, side: f64| {
        Pattern::new()
            .set("id", id)
            .set("width", side)
            .set("height", side)
            .set("patternUnits", "userSpaceOnUse")
            .add(Rectangle::new().set("width", side).set("height", side).set("fill", "#ffffff"))
    };
    let stripe = line(0.0, 0.0, 0.0, 6.0, 5.0, "#5b7db1");
    let dot = Rectangle::new().set("width", 2.5).set("height", 2.5).set("fill", "#333333");
    Definitions::new()
        .add(tile("stripes", 6.0).set("patternTransform", "rotate(45)").add(stripe))
        .add(tile("dots", 5.0).add(dot))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn group(label: &str, values: &[&str]) -> BarGroup {
        BarGroup {
            label: label.into(),
            values: values.iter().map(|v| Number::parse(v).ok()).collect(),
        }
    }

    fn sample() -> BarChart {
        BarChart {
            title: "Доля отметок «2» на ОГЭ по математике".into(),
            unit: "%".into(),
            series: vec!["школа".into(), "муниципалитет".into(), "регион".into()],
            groups: vec![group("2023", &["12,5", "8", "7,25"]), group("2024", &["", "9", "100"])],
        }
    }

    #[test]
    fn figures_are_printed_with_commas_and_gaps_are_named() {
        let drawing = bars(&sample());
        for expected in ["12,5", "7,3", "\n100\n", "нет данных", "муниципалитет", "2024"]
        {
            assert!(drawing.contains(expected), "{expected}: {drawing}");
        }
        assert!(!drawing.contains("12.5\n"));
        assert_eq!(drawing, bars(&sample()));
    }

    #[test]
    fn the_alternative_lists_every_figure() {
        assert_eq!(
            alt(&sample()),
            "Столбчатая диаграмма: Доля отметок «2» на ОГЭ по математике. 2023 — школа: 12,5\u{a0}%, \
             муниципалитет: 8\u{a0}%, регион: 7,3\u{a0}%; 2024 — школа: нет данных, \
             муниципалитет: 9\u{a0}%, регион: 100\u{a0}%."
        );
    }

    #[test]
    fn nothing_and_less_than_nothing_are_drawn() {
        let empty = BarChart { groups: Vec::new(), series: Vec::new(), ..sample() };
        assert!(bars(&empty).starts_with("<svg"));
        assert!(alt(&empty).ends_with("нет данных."));
        let negative = BarChart { groups: vec![group("2024", &["−4", "3"])], ..sample() };
        let drawing = bars(&negative);
        assert!(drawing.contains("\n−4\n") && !drawing.contains("NaN"), "{drawing}");
        let zero = BarChart { groups: vec![group("2024", &["0"])], ..sample() };
        assert!(!bars(&zero).contains("NaN"));
    }

    #[test]
    fn shares_of_nothing_stand_on_the_scale_of_shares() {
        let chart = BarChart { groups: vec![group("2026", &["0", ""])], ..sample() };
        let drawing = bars(&chart);
        assert!(drawing.contains("\n100\n") && drawing.contains("\n50\n"), "{drawing}");
        assert!(!drawing.contains("\n1\n"), "{drawing}");
    }

    #[test]
    fn markup_in_names_stays_text() {
        let chart = BarChart { series: vec!["<b>&\"".into()], ..sample() };
        assert!(bars(&chart).contains("&lt;b&gt;&amp;\""), "{}", bars(&chart));
    }

    #[test]
    fn steps_are_round() {
        for (least, step) in [(0.0, 1.0), (0.3, 0.5), (3.1, 5.0), (25.0, 50.0), (7.0, 10.0)] {
            assert!((round_step(least) - step).abs() < 1e-9, "{least}");
        }
        assert_eq!(axis_label(0.5, 0.5), "0,5");
        assert_eq!(axis_label(-20.0, 10.0), "−20");
    }
}
