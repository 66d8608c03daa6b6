//! The numbers of tables and figures: one count through a document, the same in every format.

use crate::document::types::Block;

/// Counts tables and figures in the order of reading: the sections, then those that are annexes.
/// Only those with a caption are numbered.
#[derive(Clone, Debug, Default)]
pub struct Captions {
    tables: usize,
    figures: usize,
}

impl Captions {
    /// The full caption of a table or a figure: «Таблица 3 — …»; `None` for anything else.
    pub fn next(&mut self, block: &Block) -> Option<String> {
        let text = block.text.trim();
        if text.is_empty() {
            return None;
        }
        match block.kind.as_str() {
            "таблица" => {
                self.tables += 1;
                Some(format!("Таблица {} — {text}", self.tables))
            }
            "рисунок" => {
                self.figures += 1;
                Some(format!("Рисунок {} — {text}", self.figures))
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_and_figures_are_counted_apart() {
        let block = |kind: &str, text: &str| Block {
            kind: kind.into(),
            text: text.into(),
            ..Block::default()
        };
        let mut captions = Captions::default();
        let seen: Vec<_> = [
            block("таблица", "Итоги"),
            block("таблица", ""),
            block("рисунок", "Динамика"),
            block("абзац", "Текст"),
            block("таблица", "Риски"),
        ]
        .iter()
        .map(|b| captions.next(b))
        .collect();
        assert_eq!(
            seen,
            [
                Some("Таблица 1 — Итоги".to_owned()),
                None,
                Some("Рисунок 1 — Динамика".to_owned()),
                None,
                Some("Таблица 2 — Риски".to_owned()),
            ]
        );
    }
}
