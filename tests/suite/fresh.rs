//! What `pko new` writes is accepted: as it stands, and with every optional key put to work.

use std::fs;

use libtest_mimic::Failed;

use crate::Outcome;
use crate::console::pko;

/// They name what only the user has: files, elements of the user's own document.
const SAMPLES: [&str; 5] =
    ["[[data]]", "[identification]", "[[edits]]", "[[added_activities]]", "[[added_paragraphs]]"];

/// The school year has begun: figures of September are a year ahead of the results.
const NOVEMBER: (&str, &str) = ("SOURCE_DATE_EPOCH", "1795737600");

pub fn a_new_project_is_accepted() -> Outcome {
    let place = tempfile::tempdir()?;
    let calls = |words: &[&str]| -> Outcome {
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        let called = pko(place.path(), &words, &[NOVEMBER]);
        if called.code == 0 { Ok(()) } else { Err(Failed::from(called.both())) }
    };
    for (level, pack) in
        [("школа", "krasnoyarsk"), ("муниципалитет", "kedrovy"), ("регион", "krasnoyarsk")]
    {
        let name = format!("{level}.toml");
        calls(&["new", level, "--pack", pack, "-o", &name])?;
        calls(&["diagnose", &name])?;
        let text = fs::read_to_string(place.path().join(&name))?;
        let has_passport = text.contains("\nspecial_needs = \"нет данных\"");
        assert_eq!(has_passport, level == "школа", "{text}");
        fs::write(place.path().join(&name), uncommented(&text))?;
        calls(&["diagnose", &name])?;
    }
    // A school that has told nothing yet is told what to gather.
    calls(&["build", "школа.toml", "-o", "out", "--formats", "json", "--only", "шппко"])?;
    let programme = fs::read_to_string(place.path().join("out/шппко.json"))?;
    let programme = programme.replace('\u{a0}', " ");
    assert!(programme.contains("Сведений о контингенте, кадрах и условиях нет."));
    assert!(programme.contains("Данные за 2026 год не доказывают ни одного дефицита."));
    assert!(!programme.contains("Особенности контингента"), "an empty table is shown");
    Ok(())
}

fn uncommented(text: &str) -> String {
    let mut is_sample = false;
    let mut all = String::new();
    for line in text.lines() {
        let bare = line.strip_prefix("# ").filter(|bare| is_key(bare));
        if let Some(header) = bare.filter(|bare| bare.starts_with('[')) {
            is_sample = SAMPLES.contains(&header);
        }
        all.push_str(bare.filter(|_| !is_sample).unwrap_or(line));
        all.push('\n');
    }
    assert!(all.contains("\nnumber = ") && all.contains("\n[[people]]"), "{all}");
    all
}

/// A header, or a key with its value; prose has blanks before its «=», if it has one at all.
fn is_key(line: &str) -> bool {
    line.starts_with('[')
        || line.split_once(" = ").is_some_and(|(key, _)| key.starts_with('"') || !key.contains(' '))
}
