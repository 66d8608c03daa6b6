//! Pictures of several sheets: what stands below each, and how they are numbered.

use super::because;
use super::types::{Block, FigureBlock};
use super::view::View;
use crate::russian::typographic;

/// One sheet of a picture.
pub(super) struct Sheet {
    /// Counted from one.
    pub number: usize,
    pub caption: String,
    /// The kind of the figure: Гант, граф.
    pub kind: &'static str,
    /// The sheet in words.
    pub alt: String,
    pub svg: String,
}

/// «Календарный график, лист 2 из 3».
pub(super) fn caption(title: &str, number: usize, all: usize) -> String {
    let place = if all > 1 { format!(", лист {number} из {all}") } else { String::new() };
    format!("{}{place}", title.trim_end_matches('.'))
}

/// A sheet as a block; the first bears the name of the picture.
pub(super) fn block(view: &View<'_>, id: &str, sheet: Sheet) -> Block {
    let Sheet { number, caption, kind, alt, svg } = sheet;
    Block {
        id: if number > 1 { format!("{id}_{number}") } else { id.to_owned() },
        kind: "рисунок".to_owned(),
        text: typographic(&caption),
        figure: Some(FigureBlock { kind: kind.to_owned(), alt: typographic(&alt), svg }),
        because: because::of_document(view),
        ..Block::default()
    }
}
