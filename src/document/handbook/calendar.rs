//! The calendars of a pack.

use super::{Table, chapter, own, text_cell};
use crate::calendar::{Entry, Stretch, Week};
use crate::document::because::of_words;
use crate::document::times;
use crate::document::types::{Block, Section};
use crate::model::Model;
use crate::russian::capitalise;

/// The chapter, if the pack declares a calendar.
pub(super) fn chapters(model: &Model) -> Option<Section> {
    let all = own(model, &model.calendars, |it| &it.meta);
    let tables: Vec<Block> = all
        .filter_map(|(id, declared)| {
            let caption = format!("{}: {}", declared.meta.title, week(declared.calendar.week));
            let mut table = Table::new(id.as_str(), &caption, &["Что", "Когда"]);
            table.weights(&[50, 50]);
            for entry in &declared.calendar.entries {
                let cells = [name(entry), times::days_of_year(&entry.days)];
                let cells = cells.iter().map(|text| text_cell(text)).collect();
                table.row(cells, id, of_words(model, &declared.meta));
            }
            table.block()
        })
        .collect();
    (!tables.is_empty()).then(|| chapter("календарь", "Календарь", tables))
}

fn week(week: Week) -> &'static str {
    match week {
        Week::FiveDays => "пятидневная рабочая неделя",
        Week::SixDays => "шестидневная рабочая неделя",
        Week::Whole => "без выходных",
    }
}

fn name(entry: &Entry) -> String {
    match &entry.what {
        Stretch::Holiday(_) => format!("Нерабочие дни: {}", entry.what.words()),
        what => capitalise(&what.words()),
    }
}
