//! A programme is read, not weighed: what stands before the annexes has its limit.

use std::fs;

use libtest_mimic::Failed;
use lopdf::Document;

use crate::console::pko;
use crate::schemas::SCHOOLS;
use crate::{Outcome, root};

/// Pages from the title to the last one before the annexes.
const MOST: usize = 30;

pub fn bodies_of_programmes_are_short() -> Outcome {
    let mut measured = 0;
    for project in SCHOOLS {
        let out = tempfile::tempdir()?;
        let folder = out.path().to_string_lossy().into_owned();
        let words = ["build", project, "-o", &folder, "--formats", "pdf"].map(str::to_owned);
        let called = pko(&root(), &words, &[]);
        if called.code != 0 {
            return Err(Failed::from(called.both()));
        }
        for entry in fs::read_dir(out.path())? {
            let path = entry?.path();
            if path.extension().is_some_and(|ext| ext == "pdf") {
                let pages = body(&Document::load(&path)?)?;
                assert!(pages <= MOST, "{}: {pages} pages before the annexes", path.display());
                measured += 1;
            }
        }
    }
    assert!(measured >= SCHOOLS.len(), "{measured} documents");
    Ok(())
}

/// The pages before the first annex that the bookmarks name; all of them where there is none.
fn body(document: &Document) -> Result<usize, Failed> {
    let contents = document.get_toc()?;
    let annex = contents.toc.iter().find(|entry| entry.title.starts_with("Приложение"));
    Ok(annex.map_or(document.get_pages().len(), |entry| entry.page.saturating_sub(1)))
}
