//! The calendar of activities as a Gantt chart by months, drawn once to SVG, several sheets where
//! it is long. It tells what matters without colour: by lightness, outline and height.

mod layout;

use svg::Document;
use svg::node::element::Polygon;

use crate::base::Number;
use crate::calendar::{Date, school_year_name, school_year_of};
use layout::{Sheet, WorkRow, sheets};

use super::svg_parts::{line, rectangle, round, text};

/// A calendar: what stands in its rows, over a period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gantt {
    pub from: Date,
    pub to: Date,
    /// Vacations, first and last days.
    pub rests: Vec<(Date, Date)>,
    pub rows: Vec<GanttRow>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GanttRow {
    /// A heading over the rows behind it.
    Heading(String),
    Work {
        number: String,
        title: String,
        bars: Vec<Bar>,
        /// Stands instead of bars where there are no dates.
        words: String,
    },
}

/// One time of an activity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bar {
    /// The days within which it must lie.
    pub window: (Date, Date),
    /// The days on which it is planned.
    pub planned: (Date, Date),
    pub critical: bool,
}

/// One sheet, and the rows that it shows by their numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawn {
    pub svg: String,
    pub numbers: Vec<String>,
}

const WIDTH: f64 = 900.0;
const LEFT: f64 = 282.0;
const RIGHT: f64 = 896.0;
const TOP: f64 = 58.0;
const SIZE: f64 = 9.5;
const LETTERS: [&str; 12] = ["я", "ф", "м", "а", "м", "и", "и", "а", "с", "о", "н", "д"];

/// The sheets of a calendar, in order.
pub fn draw(gantt: &Gantt) -> Vec<Drawn> {
    let axis = Axis { from: gantt.from, to: gantt.to };
    let each = sheets(&gantt.rows).into_iter();
    each.map(|sheet| Drawn {
        svg: draw_sheet(&sheet, &axis, &gantt.rests),
        numbers: sheet.numbers(),
    })
    .collect()
}

/// From days to places across the sheet.
struct Axis {
    from: Date,
    to: Date,
}

impl Axis {
    /// Where a day begins.
    fn at(&self, day: Date) -> f64 {
        let whole = days(self.from, self.to) + 1.0;
        let within = days(self.from, day).clamp(0.0, whole);
        LEFT + (RIGHT - LEFT) * within / whole
    }

    fn after(&self, day: Date) -> f64 {
        day.tomorrow().map_or(RIGHT, |next| self.at(next))
    }

    fn months(&self) -> Vec<Date> {
        let next = |month: &Date| month.last_of_month().tomorrow().ok();
        let first = Some(self.from.first_of_month());
        std::iter::successors(first, next).take_while(|month| *month <= self.to).collect()
    }

    /// The school years with their first and last days inside the period.
    fn school_years(&self) -> Vec<(i32, Date, Date)> {
        let mut years: Vec<(i32, Date, Date)> = Vec::new();
        for month in self.months() {
            let year = school_year_of(month);
            let (from, to) = (month.max(self.from), month.last_of_month().min(self.to));
            match years.last_mut().filter(|(last, ..)| *last == year) {
                Some((_, _, end)) => *end = to,
                None => years.push((year, from, to)),
            }
        }
        years
    }
}

fn days(from: Date, to: Date) -> f64 {
    Number::from_int(i64::from((to - from).get_days())).to_f64_for_drawing()
}

fn draw_sheet(sheet: &Sheet<'_>, axis: &Axis, rests: &[(Date, Date)]) -> String {
    let bottom = TOP + sheet.height();
    let height = bottom + 4.0;
    let drawing = Document::new()
        .set("viewBox", format!("0 0 {WIDTH} {}", round(height)))
        .set("width", WIDTH)
        .set("height", round(height))
        .set("font-family", "Liberation Serif");
    let drawing = legend(drawing, !rests.is_empty());
    let mut drawing =
        header(shaded(bands(drawing, axis, bottom), axis, rests, bottom), axis, bottom);
    let mut y = TOP;
    for row in &sheet.rows {
        drawing = match row {
            layout::Row::Heading(title) => heading(drawing, title, y, row.height()),
            layout::Row::Work(work) => draw_work(drawing, work, y, row.height(), axis),
        };
        y += row.height();
        drawing = drawing.add(line(2.0, y, RIGHT, y, 0.4, "#aaaaaa"));
    }
    frame(drawing, bottom).to_string()
}

/// Bands of the school years.
fn bands(mut drawing: Document, axis: &Axis, bottom: f64) -> Document {
    for (at, (_, from, to)) in axis.school_years().into_iter().enumerate() {
        let (left, right) = (axis.at(from), axis.after(to));
        let fill = if at % 2 == 0 { "#ececec" } else { "#ffffff" };
        drawing = drawing.add(rectangle((left, 24.0, right - left, bottom - 24.0), fill, 0.0));
    }
    drawing
}

const REST: &str = "#d0d0d0";

/// Vacations stand darker behind the bars.
fn shaded(mut drawing: Document, axis: &Axis, rests: &[(Date, Date)], bottom: f64) -> Document {
    for (from, to) in rests {
        let (left, right) = (axis.at(*from), axis.after(*to));
        drawing = drawing.add(rectangle((left, 42.0, right - left, bottom - 42.0), REST, 0.0));
    }
    drawing
}

/// The names of the school years, letters of the months.
fn header(mut drawing: Document, axis: &Axis, bottom: f64) -> Document {
    for (year, from, to) in axis.school_years() {
        let (left, right) = (axis.at(from), axis.after(to));
        let name = school_year_name(year);
        let label =
            if right - left > 110.0 { format!("{name} учебный год") } else { name };
        if right - left > 46.0 {
            drawing = drawing.add(text((left + right) / 2.0, 36.0, 10.5, "middle", &label));
        }
    }
    for month in axis.months() {
        let (left, right) = (axis.at(month), axis.after(month.last_of_month()));
        let letter = usize::try_from(month.month() - 1).ok().and_then(|at| LETTERS.get(at));
        drawing = drawing.add(line(left, 42.0, left, bottom, 0.3, "#bdbdbd")).add(text(
            (left + right) / 2.0,
            52.5,
            9.5,
            "middle",
            letter.copied().unwrap_or(""),
        ));
    }
    for (_, from, _) in axis.school_years() {
        let x = axis.at(from);
        drawing = drawing.add(line(x, 24.0, x, bottom, 1.0, "#333333"));
    }
    drawing
        .add(text(4.0, 50.0, 10.0, "start", "№").set("font-weight", "bold"))
        .add(text(28.0, 50.0, 10.0, "start", "Мероприятие").set("font-weight", "bold"))
}

fn frame(drawing: Document, bottom: f64) -> Document {
    drawing
        .add(line(RIGHT, 24.0, RIGHT, bottom, 1.0, "#333333"))
        .add(line(LEFT, 24.0, RIGHT, 24.0, 1.0, "#333333"))
        .add(line(2.0, TOP, RIGHT, TOP, 1.0, "#333333"))
        .add(line(2.0, bottom, RIGHT, bottom, 1.0, "#333333"))
}

fn legend(mut drawing: Document, has_rests: bool) -> Document {
    if has_rests {
        drawing = drawing.add(rectangle((LEFT - 88.0, 5.5, 24.0, 8.0), REST, 0.6)).add(text(
            LEFT - 59.0,
            13.0,
            10.0,
            "start",
            "каникулы",
        ));
    }
    let words = |x, words| text(x, 13.0, 10.0, "start", words);
    drawing
        .add(rectangle((LEFT, 5.5, 24.0, 8.0), "#8c8c8c", 0.6))
        .add(words(LEFT + 29.0, "ранние сроки"))
        .add(rectangle((LEFT + 102.0, 5.5, 24.0, 8.0), "#ffffff", 0.6))
        .add(words(LEFT + 131.0, "запас времени внутри срока"))
        .add(rectangle((LEFT + 274.0, 4.0, 24.0, 11.0), "#000000", 0.6))
        .add(diamond(LEFT + 311.0, 9.5))
        .add(words(LEFT + 319.0, "критический путь: задержка сдвигает остальное"))
}

fn heading(drawing: Document, title: &str, y: f64, height: f64) -> Document {
    let band = rectangle((2.0, y, RIGHT - 2.0, height), "#d4d4d4", 0.0);
    drawing
        .add(band)
        .add(text(6.0, y + height - 4.5, 10.0, "start", title).set("font-weight", "bold"))
}

fn draw_work(
    mut drawing: Document,
    work: &WorkRow<'_>,
    y: f64,
    height: f64,
    axis: &Axis,
) -> Document {
    let critical = work.bars.iter().any(|bar| bar.critical);
    let weight = if critical { "bold" } else { "normal" };
    let number = text(15.5, y + 11.0, SIZE, "end", work.number);
    drawing = drawing.add(number.set("font-weight", weight));
    if critical {
        drawing = drawing.add(diamond(21.0, y + 7.8));
    }
    for (at, words) in work.lines.iter().enumerate() {
        let below = layout::LINE * Number::from_int(at as i64).to_f64_for_drawing();
        drawing = drawing.add(text(28.0, y + 11.0 + below, SIZE, "start", words));
    }
    let middle = y + height / 2.0;
    if work.bars.is_empty() {
        let words = text(LEFT + 6.0, middle + 3.2, SIZE, "start", work.words);
        return drawing.add(words.set("font-style", "italic"));
    }
    for bar in work.bars {
        drawing = draw_bar(drawing, bar, middle, axis);
    }
    drawing
}

fn draw_bar(mut drawing: Document, bar: &Bar, middle: f64, axis: &Axis) -> Document {
    let across = |(from, to): (Date, Date), half: f64| {
        let (left, right) = (axis.at(from), axis.after(to));
        (left, middle - half, (right - left).max(2.0), 2.0 * half)
    };
    if bar.window != bar.planned {
        drawing = drawing.add(rectangle(across(bar.window, 4.0), "#ffffff", 0.6));
    }
    let (fill, half) = if bar.critical { ("#000000", 5.5) } else { ("#8c8c8c", 4.0) };
    drawing.add(rectangle(across(bar.planned, half), fill, 0.6))
}

fn diamond(x: f64, y: f64) -> Polygon {
    let corners = [(x, y - 4.0), (x + 3.0, y), (x, y + 4.0), (x - 3.0, y)];
    let points: Vec<String> =
        corners.iter().map(|(x, y)| format!("{},{}", round(*x), round(*y))).collect();
    Polygon::new().set("points", points.join(" ")).set("fill", "#000000")
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn work(number: usize, critical: bool) -> GanttRow {
        let window = (date(2026, 9, 1), date(2026, 9, 30));
        let planned = (date(2026, 9, 1), date(2026, 9, 14));
        GanttRow::Work {
            number: number.to_string(),
            title: "Проводит <диагностику> & собирает".to_owned(),
            bars: vec![Bar { window, planned, critical }],
            words: String::new(),
        }
    }

    fn gantt(rows: Vec<GanttRow>) -> Gantt {
        Gantt { from: date(2026, 9, 1), to: date(2029, 8, 31), rests: Vec::new(), rows }
    }

    #[test]
    fn years_months_and_marks_are_drawn_and_markup_stays_text() {
        let undated = GanttRow::Work {
            number: "3".to_owned(),
            title: "Отвечает на запросы".to_owned(),
            bars: Vec::new(),
            words: "по запросу".to_owned(),
        };
        let heading = GanttRow::Heading("Управление".to_owned());
        let rows = vec![heading, work(1, false), work(2, true), undated];
        let drawn = draw(&gantt(rows.clone()));
        let svg = drawn.first().map(|sheet| sheet.svg.clone()).unwrap_or_default();
        for expected in [
            "2026/2027 учебный год",
            "2028/2029 учебный год",
            "Управление",
            "по запросу",
            "&lt;диагностику&gt; &amp;",
        ] {
            assert!(svg.contains(expected), "{expected}: {svg}");
        }
        assert_eq!(svg.matches("<polygon").count(), 2, "{svg}");
        assert_eq!(drawn.iter().map(|s| s.numbers.join(" ")).collect::<Vec<_>>(), ["1 2 3"]);
        assert_eq!(drawn, draw(&gantt(rows)));
        assert!(!svg.contains("NaN"));
    }

    #[test]
    fn vacations_are_shaded_and_named_in_the_legend() {
        let rests = vec![(date(2026, 10, 26), date(2026, 11, 4))];
        let drawn = draw(&Gantt { rests, ..gantt(vec![work(1, false)]) });
        let svg = drawn.first().map(|sheet| sheet.svg.clone()).unwrap_or_default();
        assert_eq!((svg.matches(REST).count(), svg.matches("каникулы").count()), (2, 1), "{svg}");
    }

    #[test]
    fn a_long_calendar_takes_several_sheets() {
        let drawn = draw(&gantt((1..=70).map(|at| work(at, false)).collect()));
        assert!(drawn.len() >= 3 && drawn.iter().all(|sheet| sheet.numbers.len() <= 30));
        let all: Vec<&String> = drawn.iter().flat_map(|sheet| &sheet.numbers).collect();
        assert_eq!((all.len(), all.last().map(|n| n.as_str())), (70, Some("70")));
    }

    #[test]
    fn a_short_period_is_drawn_as_well() {
        let short = Gantt { to: date(2026, 9, 1), ..gantt(vec![work(1, true)]) };
        assert!(draw(&short).iter().all(|sheet| !sheet.svg.contains("NaN")));
        assert!(draw(&gantt(Vec::new())).is_empty());
    }
}
