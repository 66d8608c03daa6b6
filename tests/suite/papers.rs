//! The papers of an identification by the packs themselves, over an invented region: whole, with a
//! row for every school of a list, and not too long.

use std::collections::BTreeMap;

use libtest_mimic::Failed;
use pko::base::Id;
use pko::cohort::{self, Figure, Identified, Issues, Method, Row, School, Settings, Table};
use pko::document::types::{Programme, Section};
use pko::document::{Audience, Identification, identification_papers, identification_workbook};
use pko::model::Model;

use crate::{Outcome, schemas, shelf};

/// Pages before the annexes: what somebody reads.
const MOST_PAGES: usize = 30;

/// Two hundred schools of every group in seven municipalities over three years. The figures of a
/// school lie near each other, so that the same schools are the last ones every year.
fn table(method: &Method) -> Table {
    let (mut schools, mut rows, mut cells) = (Vec::new(), Vec::new(), Vec::new());
    for school in 0..200_u32 {
        schools.push(School {
            id: format!("ш{school:03}"),
            name: format!("Школа № {school}"),
            municipality: format!("Район {}", school % 7),
            excluded: (school == 50).then(|| "закрыта".to_owned()),
        });
        let group = u8::try_from(school % 11 / 5).expect("few groups");
        for year in 2024..=2026_i32 {
            rows.push(Row { school, year, group });
            for (at, indicator) in (0..).zip(&method.indicators) {
                let place = i64::from((school * 37 + at * 3) % 97) + i64::from(year % 3);
                let low = indicator.low.floor().unwrap_or(0).max(-30);
                let high = indicator.high.floor().unwrap_or(100).min(100);
                let figure = low + (high - low) * place / 100;
                let is_missing = (school * 13 + at * 7) % 19 == 0;
                let fine = Figure::fine(figure * Figure::ONE).expect("it fits");
                cells.push(if is_missing { Figure::MISSING } else { fine });
            }
        }
    }
    Table::new(schools, rows, method.indicators.len(), cells, BTreeMap::new(), Vec::new())
}

fn identified(pack: &str) -> (Model, Identified) {
    let model = shelf::model(pack);
    let methodology = model.methodologies.get(&Id::new(pack)).expect("the methodology");
    let settings = Settings::of(methodology);
    let method = cohort::settle(&model, methodology, &settings);
    let table = table(&method);
    let outcome = cohort::identify(&method, &table);
    (
        model,
        Identified {
            method,
            source: String::new(),
            settings,
            table,
            issues: Issues::default(),
            outcome,
            fragile: Vec::new(),
        },
    )
}

pub fn papers_of_khabarovsk() -> Outcome {
    papers("khabarovsk")
}

pub fn papers_of_lesosibirsk() -> Outcome {
    papers("lesosibirsk")
}

fn papers(pack: &str) -> Outcome {
    let (model, of) = identified(pack);
    let told = Identification { of: &of, issues: &[], fragile: &[] };
    let papers = identification_papers(&model, None, told, &[]).map_err(|faults| {
        Failed::from(format!("{:?}", faults.iter().map(|it| &it.message).collect::<Vec<_>>()))
    })?;
    let ids: Vec<&str> = papers.iter().map(|paper| paper.id.as_str()).collect();
    assert_eq!(ids, ["справка_идентификации", "приказ_перечень"]);
    for paper in &papers {
        schemas::validate("programme", &serde_json::to_value(paper)?)?;
        for (list, table) in
            [("школы_шнро", "шнро"), ("школы_шнсу", "шнсу"), ("школы_шнро_и_шнсу", "обоих")]
        {
            every_school_is_listed(&of, paper, list, table);
        }
    }
    let note = &papers[0];
    assert!(note.number.is_empty() && note.date.is_empty());
    let mut body = note.clone();
    let annexes: Vec<String> = body.annexes.drain(..).map(|annex| annex.reference).collect();
    body.sections.retain(|section| !annexes.contains(&section.id));
    let pages = pko::render::pdf(&body, jiff::civil::date(2026, 12, 31))
        .map_err(|error| Failed::from(error.to_string()))?
        .pages;
    assert!(pages <= MOST_PAGES, "{pages} pages before the annexes");
    let book = identification_workbook(&model, told, Audience::Internal);
    let book = pko::render::xlsx(book, jiff::civil::date(2026, 12, 31));
    book.map(|_| ()).map_err(|error| Failed::from(error.to_string()))
}

/// Every school of both categories stands in the table of the list, and nobody else does.
fn every_school_is_listed(of: &Identified, paper: &Programme, list: &str, table: &str) {
    let named: Vec<&str> = list.trim_start_matches("школы_").split("_и_").collect();
    let is_in = |school: usize, category: &str| {
        of.method.domains.iter().enumerate().any(|(at, domain)| {
            let found = of.outcome.category(at, school).map(|it| &domain.categories[it].id);
            found.is_some_and(|id| id.as_str() == category)
        })
    };
    let mut expected: Vec<&str> = (0..of.table.schools.len())
        .filter(|school| named.iter().all(|category| is_in(*school, category)))
        .map(|school| of.table.schools[school].id.as_str())
        .collect();
    expected.sort_unstable();
    assert!(named.len() > 1 || !expected.is_empty(), "{list}: the region has none");
    let mut printed: Vec<&str> = Vec::new();
    let is_table = |id: &str| {
        let found = id.trim_start_matches("ид_").trim_start_matches("таблица_");
        let found = found.trim_start_matches("перечень_");
        found.split('_').next() == Some(table)
    };
    blocks(&paper.sections, &mut |block| {
        if block.kind == "таблица" && is_table(&block.id) {
            printed.extend(block.rows.iter().filter_map(|row| Some(row.first()?.id.as_str())));
        }
    });
    printed.sort_unstable();
    if paper.id == "приказ_перечень" && table == "обоих" {
        return;
    }
    assert_eq!(printed, expected, "{}: {list}", paper.id);
}

fn blocks<'a>(sections: &'a [Section], see: &mut impl FnMut(&'a pko::document::types::Block)) {
    for section in sections {
        section.blocks.iter().for_each(&mut *see);
        blocks(&section.sections, see);
    }
}
