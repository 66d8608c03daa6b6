//! A sheet of the graph of activities as SVG: boxes with numbers and titles, arrows from what comes
//! first, the critical path set off by its weight.

use svg::Document;
use svg::node::element::{Group, Polygon, Polyline};

use super::super::svg_parts::{broken, line, rectangle, round, text};
use crate::base::Number;
use crate::graph::{Gaps, Layered, Way, layered};

/// An activity on a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    pub number: String,
    pub title: String,
    /// The place of its group among the groups of the programme.
    pub group: usize,
    pub critical: bool,
    /// What it waits for and what the sheet does not show, by number.
    pub elsewhere: Vec<String>,
}

/// An arrow between two nodes of the sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arrow {
    pub from: usize,
    pub to: usize,
    pub critical: bool,
}

/// The groups that the sheet shows, by their places, with their titles.
pub type Legend = Vec<(usize, String)>;

/// A page that lies across holds so much, and its smallest letters are of seven points.
const WIDTH: f64 = 900.0;
const HEIGHT: f64 = 470.0;
const SIZE: f64 = 9.5;
const SMALL: f64 = 9.0;
const LINE: f64 = 10.5;
/// Letters of a title that fit in a line of a box, lines of a title.
const LETTERS: usize = 27;
const LINES: usize = 3;
const TAB: f64 = 22.0;
const BOX_WIDTH: f64 = 158.0;
const LEGEND_LINE: f64 = 14.0;
const ACROSS: Gaps = Gaps { within: 9.0, between: 24.0 };
const DOWN: Gaps = Gaps { within: 14.0, between: 15.0 };
/// Light enough for black letters; on paper without colour the letter of the group tells them apart.
const FILLS: [&str; 8] =
    ["#dcdcdc", "#cfe2f3", "#fff2cc", "#d9ead3", "#f4cccc", "#d9d2e9", "#fce5cd", "#d0e0e3"];
const LETTERS_OF_GROUPS: [&str; 10] = ["А", "Б", "В", "Г", "Д", "Е", "Ж", "И", "К", "Л"];

/// The sheet, if it fits on a page.
pub fn sheet(nodes: &[Node], arrows: &[Arrow], legend: &Legend) -> Option<String> {
    let sizes: Vec<(f64, f64)> = nodes.iter().map(|node| (BOX_WIDTH, height(node))).collect();
    let pairs: Vec<(usize, usize)> = arrows.iter().map(|arrow| (arrow.from, arrow.to)).collect();
    let room = HEIGHT - head(legend);
    let ways = [(Way::Across, ACROSS), (Way::Down, DOWN)].into_iter();
    let laid = ways
        .map(|(way, gaps)| layered(&sizes, &pairs, way, gaps))
        .find(|laid| laid.width <= WIDTH - 8.0 && laid.height <= room)?;
    Some(draw(nodes, arrows, legend, &laid).to_string())
}

/// The letter by which the boxes of a group name it.
pub fn letter(group: usize) -> String {
    LETTERS_OF_GROUPS.get(group).map_or_else(|| (group + 1).to_string(), |l| (*l).to_owned())
}

fn lines(node: &Node) -> Vec<String> {
    broken(&node.title, LETTERS, LINES)
}

fn height(node: &Node) -> f64 {
    let extra = usize::from(!node.elsewhere.is_empty());
    8.0 + LINE * count((lines(node).len() + extra).max(2))
}

fn count(number: usize) -> f64 {
    Number::from_int(i64::try_from(number).unwrap_or(0)).to_f64_for_drawing()
}

/// The height of the legend.
fn head(legend: &Legend) -> f64 {
    10.0 + LEGEND_LINE * (1.0 + count(legend.len()))
}

fn draw(nodes: &[Node], arrows: &[Arrow], legend: &Legend, laid: &Layered) -> Document {
    let top = head(legend);
    let tall = top + laid.height + 6.0;
    let mut drawing = Document::new()
        .set("viewBox", format!("0 0 {WIDTH} {}", round(tall)))
        .set("width", WIDTH)
        .set("height", round(tall))
        .set("font-family", "Liberation Serif");
    drawing = draw_legend(drawing, legend);
    let left = (WIDTH - laid.width) / 2.0;
    let shift = |(x, y): (f64, f64)| (x + left, y + top);
    // Heavier arrows lie above lighter ones.
    for critical in [false, true] {
        let routed =
            arrows.iter().zip(&laid.arrows).filter(|(arrow, _)| arrow.critical == critical);
        for (arrow, route) in routed {
            let points: Vec<(f64, f64)> = route.iter().copied().map(shift).collect();
            drawing = drawing.add(draw_arrow(&points, arrow.critical));
        }
    }
    for (node, place) in nodes.iter().zip(&laid.boxes) {
        drawing = drawing.add(draw_node(node, shift(*place)));
    }
    drawing
}

/// A line for each group, and what arrows and heavy lines mean.
fn draw_legend(mut drawing: Document, legend: &Legend) -> Document {
    for (at, (group, title)) in legend.iter().enumerate() {
        let y = 4.0 + LEGEND_LINE * count(at);
        let name = broken(title, 170, 1).join(" ");
        drawing = drawing
            .add(rectangle((4.0, y, 16.0, 10.0), fill(*group), 0.6))
            .add(text(12.0, y + 8.2, SMALL, "middle", &letter(*group)))
            .add(text(25.0, y + 8.5, SIZE, "start", &name));
    }
    let y = 4.0 + LEGEND_LINE * count(legend.len());
    let column = WIDTH / 3.0;
    drawing
        .add(line(4.0, y + 5.0, 34.0, y + 5.0, 0.8, "#444444"))
        .add(head_of((34.0, y + 5.0), (4.0, y + 5.0), "#444444"))
        .add(text(40.0, y + 8.5, SIZE, "start", "второе начинают после первого"))
        .add(rectangle((column + 4.0, y, 16.0, 10.0), "#ffffff", 2.2))
        .add(text(
            column + 25.0,
            y + 8.5,
            SIZE,
            "start",
            "критический путь: задержка сдвигает остальное",
        ))
}

fn fill(group: usize) -> &'static str {
    FILLS.get(group % FILLS.len()).copied().unwrap_or("#ffffff")
}

fn draw_node(node: &Node, (x, y): (f64, f64)) -> Group {
    let height = height(node);
    let (left, top) = (x - BOX_WIDTH / 2.0, y - height / 2.0);
    let rim = if node.critical { 2.2 } else { 0.7 };
    let middle = left + TAB / 2.0;
    let mut group = Group::new()
        .add(rectangle((left, top, BOX_WIDTH, height), "#ffffff", rim))
        .add(rectangle((left, top, TAB, height), fill(node.group), rim))
        .add(text(middle, y - 1.0, 10.5, "middle", &node.number).set("font-weight", "bold"))
        .add(text(middle, y + 10.0, SMALL, "middle", &letter(node.group)));
    let mut at = top + 4.0 + LINE - 2.0;
    for words in lines(node) {
        group = group.add(text(left + TAB + 4.0, at, SIZE, "start", &words));
        at += LINE;
    }
    if !node.elsewhere.is_empty() {
        let words = broken(&format!("после № {}", node.elsewhere.join(", ")), LETTERS, 1).join(" ");
        let words = text(left + TAB + 4.0, at, SIZE, "start", &words);
        group = group.add(words.set("font-style", "italic"));
    }
    group
}

fn draw_arrow(points: &[(f64, f64)], critical: bool) -> Group {
    let (Some(end), Some(before)) = (points.last(), points.iter().rev().nth(1)) else {
        return Group::new();
    };
    let (width, colour) = if critical { (2.0, "#000000") } else { (0.8, "#444444") };
    let told: Vec<String> =
        points.iter().map(|(x, y)| format!("{},{}", round(*x), round(*y))).collect();
    let shaft = Polyline::new()
        .set("points", told.join(" "))
        .set("fill", "none")
        .set("stroke", colour)
        .set("stroke-width", width);
    Group::new().add(shaft).add(head_of(*end, *before, colour))
}

/// The head of an arrow at `end`, coming from `before`.
fn head_of(end: (f64, f64), before: (f64, f64), colour: &str) -> Polygon {
    let (dx, dy) = (end.0 - before.0, end.1 - before.1);
    let length = dx.hypot(dy).max(1.0);
    let (dx, dy) = (dx / length, dy / length);
    let corner = |back: f64, aside: f64| {
        let (x, y) = (end.0 - back * dx - aside * dy, end.1 - back * dy + aside * dx);
        format!("{},{}", round(x), round(y))
    };
    let points = [corner(0.0, 0.0), corner(6.5, 2.6), corner(6.5, -2.6)];
    Polygon::new().set("points", points.join(" ")).set("fill", colour)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(number: usize) -> Node {
        Node {
            number: number.to_string(),
            title: "Проводит <диагностику> & собирает сведения об учащихся".to_owned(),
            group: number % 3,
            critical: number == 2,
            elsewhere: Vec::new(),
        }
    }

    fn legend() -> Legend {
        (0..3).map(|group| (group, format!("Направление {group}"))).collect()
    }

    fn chain(nodes: usize) -> Vec<Arrow> {
        (1..nodes).map(|to| Arrow { from: to - 1, to, critical: to == 2 }).collect()
    }

    #[test]
    fn numbers_titles_and_arrows_are_drawn_and_markup_stays_text() {
        let nodes: Vec<Node> = (1..=3).map(node).collect();
        let svg = sheet(&nodes, &chain(3), &legend()).expect("it fits");
        assert!(
            svg.contains("&lt;диагностику&gt; &amp;") && svg.contains("Направление 2"),
            "{svg}"
        );
        assert_eq!(svg.matches("<polyline").count(), 2);
        // The arrows of the sheet and the sample of the legend.
        assert_eq!(svg.matches("<polygon").count(), 3);
        assert_eq!(Some(svg), sheet(&nodes, &chain(3), &legend()));
    }

    /// A page has 257 millimetres between its margins.
    #[test]
    fn every_letter_is_of_seven_points() {
        let nodes: Vec<Node> = (1..=3).map(node).collect();
        let svg = sheet(&nodes, &chain(3), &legend()).expect("it fits");
        let points = 257.0 / 25.4 * 72.0 / WIDTH;
        let sizes = svg.split("font-size=\"").skip(1).filter_map(|rest| rest.split('"').next());
        let sizes: Vec<f64> = sizes.map(|size| size.parse().expect("a number")).collect();
        assert!(!sizes.is_empty() && sizes.iter().all(|size| size * points >= 7.0), "{sizes:?}");
    }

    #[test]
    fn what_a_page_does_not_hold_is_not_drawn() {
        let many: Vec<Node> = (1..=60).map(node).collect();
        assert_eq!(sheet(&many, &chain(60), &legend()), None);
        assert!(sheet(&[], &[], &legend()).is_some());
    }

    #[test]
    fn what_stands_elsewhere_is_said() {
        let away = Node { elsewhere: vec!["7".to_owned(), "9".to_owned()], ..node(1) };
        let svg = sheet(&[away], &[], &legend()).expect("it fits");
        assert!(svg.contains("после № 7, 9"), "{svg}");
    }
}
