//! The programme of the district that was made of another town's: it speaks of nobody but itself, and
//! every part of it tells where it came from.

use std::fs;

use pko::document::types::{Block, Programme, Section};

use crate::console::{built_as_json, pko};
use crate::schemas::PRIMERNY;
use crate::{Outcome, root};

/// The town, its institutions and acts, its years. 2023 is the first of three years of figures.
const FOREIGN: [&str; 11] = [
    "Лесосибирск",
    "МИМЦ",
    "ГМО",
    "Енисей",
    "Лицей",
    "Гимназия",
    "СФУ",
    "моногород",
    "пандеми",
    "Красноярск",
    "город ",
];
const YEARS: std::ops::RangeInclusive<i32> = 2013..=2022;

pub fn nothing_of_the_base_is_left() -> Outcome {
    let document = document()?;
    let mut texts: Vec<String> = vec![document.title.clone(), document.issuer.clone()];
    document.sections.iter().for_each(|section| of_section(section, &mut texts));
    for act in &document.legal_basis {
        texts.push(act.title.clone());
    }
    assert!(texts.len() > 300, "only {} texts were read", texts.len());
    let years: Vec<String> = YEARS.map(|year| year.to_string()).collect();
    let foreign = FOREIGN.iter().copied().chain(years.iter().map(String::as_str));
    let left: Vec<String> = foreign
        .flat_map(|word| texts.iter().filter(move |text| text.contains(word)))
        // The law on education is of 2012, and is in force.
        .filter(|text| !text.contains("273"))
        .cloned()
        .collect();
    assert!(left.is_empty(), "{}", left.join("\n"));
    Ok(())
}

fn document() -> Result<Programme, libtest_mimic::Failed> {
    let out = built_as_json(PRIMERNY)?;
    Ok(serde_json::from_slice(&fs::read(out.path().join("прим_мппко.json"))?)?)
}

fn of_section(section: &Section, texts: &mut Vec<String>) {
    texts.push(section.title.clone());
    section.blocks.iter().for_each(|block| of_block(block, texts));
    section.sections.iter().for_each(|inner| of_section(inner, texts));
}

fn of_block(block: &Block, texts: &mut Vec<String>) {
    texts.push(block.text.clone());
    texts.extend(block.items.iter().cloned());
    texts.extend(block.columns.iter().map(|column| column.title.clone()));
    texts.extend(block.rows.iter().flatten().map(|cell| cell.text.clone()));
}

/// What was taken, what was changed, what was left out: each under the name that it had in the base.
pub fn every_part_can_be_explained() -> Outcome {
    for (id, told) in [
        ("лес_задача_1", "Взято из программы"),
        ("лес_раздел_идентификации", "Взято из программы"),
        ("лес_итог_2", "изменено"),
        ("лес_сеть", "изменено"),
        ("прим_итог_карты", "объединено"),
        ("лес_итог_4", "исключить"),
        ("лес_таблица_снижения", "исключить"),
    ] {
        let called = pko(&root(), &["explain", PRIMERNY, id].map(str::to_owned), &[]);
        assert!(called.code == 0, "{id}: {}", called.stderr);
        assert!(called.stdout.contains(told), "{id} does not say «{told}»:\n{}", called.stdout);
    }
    Ok(())
}
