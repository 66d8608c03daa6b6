//! Which rows of a calendar stand on which sheet, and how their titles break.

use super::{Bar, GanttRow};
use crate::document::svg_parts::broken;

/// The distance of two lines of a title.
pub const LINE: f64 = 10.0;
/// Letters of a title that fit in a line; a figure is drawn without knowing the face's widths.
const LETTERS: usize = 53;
/// Lines of a title; the whole title stands in the roadmap.
const LINES: usize = 2;
/// What a sheet holds below its head: a page that lies across has room for no more, and the first
/// stands below the heading of its section.
const ROOM: f64 = 445.0;
const FIRST_ROOM: f64 = 395.0;
const MOST_ROWS: usize = 30;

/// The rows of one sheet.
#[derive(Default)]
pub struct Sheet<'a> {
    pub rows: Vec<Row<'a>>,
}

pub enum Row<'a> {
    Heading(&'a str),
    Work(WorkRow<'a>),
}

pub struct WorkRow<'a> {
    pub number: &'a str,
    pub lines: Vec<String>,
    pub bars: &'a [Bar],
    pub words: &'a str,
}

impl Row<'_> {
    pub fn height(&self) -> f64 {
        match self {
            Self::Heading(_) => 15.0,
            Self::Work(work) if work.lines.len() > 1 => 4.0 + 2.0 * LINE,
            Self::Work(_) => 4.5 + LINE,
        }
    }
}

impl Sheet<'_> {
    pub fn height(&self) -> f64 {
        self.rows.iter().map(Row::height).sum()
    }

    pub fn numbers(&self) -> Vec<String> {
        let works = self.rows.iter().filter_map(|row| match row {
            Row::Work(work) => Some(work.number.to_owned()),
            Row::Heading(_) => None,
        });
        works.collect()
    }

    fn has_room(&self, more: f64, room: f64) -> bool {
        self.rows.len() < MOST_ROWS && self.height() + more <= room
    }
}

/// A heading is repeated on the next sheet and never stands at the foot of one.
pub fn sheets(rows: &[GanttRow]) -> Vec<Sheet<'_>> {
    let mut done = Vec::new();
    let mut sheet = Sheet::default();
    let mut heading: Option<&str> = None;
    let mut is_announced = true;
    for row in rows {
        let (number, title, bars, words) = match row {
            GanttRow::Heading(title) => {
                (heading, is_announced) = (Some(title.as_str()), false);
                continue;
            }
            GanttRow::Work { number, title, bars, words } => (number, title, bars, words),
        };
        let work = Row::Work(WorkRow { number, lines: broken(title, LETTERS, LINES), bars, words });
        let lead = |is_announced: bool| heading.filter(|_| !is_announced).map(Row::Heading);
        let more = work.height() + lead(is_announced).map_or(0.0, |row| row.height());
        if !sheet.rows.is_empty()
            && !sheet.has_room(more, if done.is_empty() { FIRST_ROOM } else { ROOM })
        {
            done.push(std::mem::take(&mut sheet));
            is_announced = false;
        }
        sheet.rows.extend(lead(is_announced));
        is_announced = true;
        sheet.rows.push(work);
    }
    done.extend((!sheet.rows.is_empty()).then_some(sheet));
    done
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_repeated_and_never_left_alone() {
        let work = |at: usize| GanttRow::Work {
            number: at.to_string(),
            title: "Работа".to_owned(),
            bars: Vec::new(),
            words: String::new(),
        };
        let mut rows = vec![GanttRow::Heading("А".to_owned())];
        rows.extend((0..28).map(work));
        rows.push(GanttRow::Heading("Б".to_owned()));
        rows.extend((28..40).map(work));
        let sheets = sheets(&rows);
        assert_eq!(sheets.len(), 2);
        for sheet in &sheets {
            assert!(matches!(sheet.rows.first(), Some(Row::Heading(_))));
            assert!(matches!(sheet.rows.last(), Some(Row::Work(_))));
        }
    }
}
