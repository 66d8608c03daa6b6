//! Tables of source 004 that both entries keep word by word: criteria, components, works,
//! requirements. Cells are compared, mends undone.

use std::fs;

use libtest_mimic::Failed;
use serde_json::Value;

use crate::console::built_as_json;
use crate::printed::{Differences, OpenMends, list, text};
use crate::{Outcome, root};

pub fn lesosibirsk() -> Outcome {
    let golden: Value =
        serde_json::from_str(&fs::read_to_string(root().join("golden/004/programme.json"))?)?;
    let out = built_as_json("seeds/projects/lesosibirsk-mppko-2020.toml")?;
    let ours: Value =
        serde_json::from_str(&fs::read_to_string(out.path().join("лес_мппко.json"))?)?;
    let sections = sections(&ours);
    let mut tables = Tables {
        ours: &sections,
        mends: OpenMends::of(sections.iter().copied(), "строка"),
        found: Differences::default(),
    };
    for (id, printed) in
        [("лес_таблица_критериев", "004-б-58"), ("лес_таблица_компонентов", "004-б-63")]
    {
        let printed = block(&self::sections(&golden), printed)?;
        tables.heads(id, printed)?;
        let rows = list(printed, "rows").iter();
        tables.rows(
            id,
            rows.map(|row| {
                row.as_array().into_iter().flatten().map(|it| text(it, "text")).collect()
            }),
        )?;
    }
    for (id, key) in [("лес_таблица_работ", "works"), ("лес_таблица_требований", "requirements")]
    {
        let lines = list(&golden, key).iter();
        tables.rows(id, lines.map(|it| vec![text(it, "number"), text(it, "text")]))?;
    }
    tables.as_many(
        "лес_план_график_лес_план_таблица",
        block(&self::sections(&golden), "004-б-68")?,
    )?;
    tables.mends.close(&mut tables.found, "таблицы");
    tables.found.outcome()
}

/// Those of a document and those inside them.
fn sections(within: &Value) -> Vec<&Value> {
    let own = list(within, "sections").iter();
    own.flat_map(|section| std::iter::once(section).chain(sections(section))).collect()
}

fn block<'a>(sections: &[&'a Value], id: &str) -> Result<&'a Value, Failed> {
    let mut blocks = sections.iter().flat_map(|section| list(section, "blocks"));
    blocks.find(|block| block["id"] == id).ok_or_else(|| Failed::from(format!("no block {id}")))
}

struct Tables<'a> {
    ours: &'a [&'a Value],
    mends: OpenMends<'a>,
    found: Differences,
}

impl Tables<'_> {
    fn heads(&mut self, id: &str, printed: &Value) -> Outcome {
        let titles = |block: &Value| {
            list(block, "columns").iter().map(|it| text(it, "title").to_owned()).collect()
        };
        self.found.names(id, "графы", titles(printed), titles(block(self.ours, id)?));
        Ok(())
    }

    /// A plan that the source does not group has a row for each activity, and no other.
    fn as_many(&mut self, id: &str, printed: &Value) -> Outcome {
        let [wanted, found] = [printed, block(self.ours, id)?].map(|it| list(it, "rows").len());
        if wanted != found {
            self.found.say(id, format!("строк {wanted} — {found}"));
        }
        Ok(())
    }

    /// A cell that the source leaves empty continues the one above it.
    fn rows<'g>(
        &mut self,
        id: &str,
        printed: impl ExactSizeIterator<Item = Vec<&'g str>>,
    ) -> Outcome {
        let ours = list(block(self.ours, id)?, "rows");
        if printed.len() != ours.len() {
            self.found.say(id, format!("строк {} — {}", printed.len(), ours.len()));
        }
        for (at, (printed, ours)) in printed.zip(ours).enumerate() {
            let cells = ours.as_array().into_iter().flatten();
            for (golden, cell) in printed.iter().zip(cells).filter(|(golden, _)| !golden.is_empty())
            {
                let now = self.mends.undo(text(cell, "text"), golden);
                self.found.field(id, &format!("строка {}", at + 1), golden, &now);
            }
        }
        Ok(())
    }
}
