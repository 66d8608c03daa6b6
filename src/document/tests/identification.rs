//! A small methodology, a dozen schools, and the papers and the workbook that tell of them.

use std::collections::BTreeMap;

use super::{plain, rows};
use crate::base::Level;
use crate::cohort::{Figure, Identified, Row, School, Settings, Table, identify, settle};
use crate::data::{Person, Placed, Project};
use crate::diag::{Place, SourceMap};
use crate::document::types::{Block, Programme};
use crate::document::workbook::SheetCell;
use crate::document::{
    Audience, DataIssue, FragileVerdict, Identification, identification_papers,
    identification_workbook,
};
use crate::model::{Model, NoPacks, PackFiles, load};

const PACK: &str = include_str!("identification.pko");

fn model() -> Model {
    let mut sources = SourceMap::default();
    let mut out = Vec::new();
    let files = vec![("проба.pko".to_owned(), PACK.to_owned())];
    let files = PackFiles { origin: "память".to_owned(), files };
    let model = load(files, &NoPacks, &mut sources, &mut out);
    assert!(out.is_empty(), "{}", crate::diag::render_terminal(&out, &sources, false));
    model
}

/// Ten schools of the secondary group over two years: the further down, the more marks «2» and the
/// more incomplete families; «ш01» has none of the figures on families in 2025, «ш00» is left out by
/// name and «ш99» by its group. Of the marks twelve pupils stand behind every figure, of families
/// nine.
fn identified(model: &Model) -> Identified {
    let methodology = model.methodologies.values().next().expect("one methodology");
    let settings = Settings::of(methodology);
    let method = settle(model, methodology, &settings);
    let numbers: Vec<u32> = std::iter::once(0).chain(1..=12).chain([99]).collect();
    let schools = numbers.iter().map(|number| School {
        id: format!("ш{number:02}"),
        name: if *number == 3 { String::new() } else { format!("Школа № {number}") },
        municipality: if number % 2 == 0 { "город А" } else { "Район Б" }.to_owned(),
        excluded: (*number == 0).then(|| "закрыта".to_owned()),
    });
    let (mut table_rows, mut cells, mut participants) = (Vec::new(), Vec::new(), Vec::new());
    for (at, number) in numbers.iter().enumerate() {
        for year in [2025, 2026] {
            let school = u32::try_from(at).expect("few schools");
            let group = u8::from(*number == 99);
            table_rows.push(Row { school, year, group });
            let figure = |value: u32| Figure::fine(i64::from(value) * Figure::ONE).expect("fits");
            let families = match (*number, year) {
                (1, 2025) => Figure::MISSING,
                _ => figure(number * 5),
            };
            cells.extend([figure(*number), figure(0), families]);
            participants.extend([12, 12, 9]);
        }
    }
    let schools: Vec<School> = schools.collect();
    let table = Table::new(schools, table_rows, 3, cells, BTreeMap::new(), participants);
    let outcome = identify(&method, &table);
    Identified {
        method,
        source: String::new(),
        settings,
        table,
        issues: crate::cohort::Issues::default(),
        outcome,
        fragile: Vec::new(),
    }
}

fn issues() -> Vec<DataIssue> {
    vec![DataIssue {
        title: "значение не число".to_owned(),
        count: 2,
        examples: vec!["строка 3".to_owned(), "строка 9".to_owned()],
    }]
}

fn fragile() -> Vec<FragileVerdict> {
    vec![FragileVerdict {
        school: 10,
        verdict: "СЛАБАЯ".to_owned(),
        what: "граница".to_owned(),
        detail: "до границы 0,001".to_owned(),
        becomes: "обычные".to_owned(),
    }]
}

fn paper() -> Programme {
    paper_of(None)
}

fn paper_of(project: Option<&Project>) -> Programme {
    let model = model();
    let of = identified(&model);
    let (issues, fragile) = (issues(), fragile());
    let told = Identification { of: &of, issues: &issues, fragile: &fragile };
    let papers = identification_papers(&model, project, told, &[]).expect("the paper composes");
    papers.into_iter().next().expect("there is one paper")
}

fn blocks(paper: &Programme) -> &[Block] {
    paper.sections.first().map_or(&[], |section| section.blocks.as_slice())
}

#[test]
fn without_a_project_nothing_is_named() {
    let paper = paper();
    assert_eq!((paper.title.as_str(), paper.date.as_str()), ("Справка", ""));
    assert_eq!(paper.level, "регион");
    let signs = paper.signatures.first().expect("somebody signs");
    assert_eq!((signs.position.as_str(), signs.name.as_str()), ("Директор центра", ""));
    // No criteria, no section about them.
    assert_eq!(paper.sections.len(), 1);
}

#[test]
fn a_project_of_the_region_names_it_and_those_who_sign() {
    let mut project = Project::blank(Level::Region, jiff::civil::date(2026, 10, 1));
    project.undated = false;
    project.institution.region = "Сказочный край".to_owned();
    let role = Placed { value: "директор_центра".to_owned(), place: Place::Nowhere };
    project.people = vec![Person { role, name: "И. И. Иванов".to_owned() }];
    let paper = paper_of(Some(&project));
    assert_eq!(
        (paper.title.as_str(), paper.date.as_str()),
        ("Справка: Сказочный край", "2026-10-01")
    );
    assert_eq!(paper.signatures.first().map(|it| plain(&it.name)), Some("И. И. Иванов".to_owned()));
}

#[test]
fn texts_count_schools_and_name_them() {
    let text = blocks(&paper()).first().map(|block| plain(&block.text)).unwrap_or_default();
    assert_eq!(
        text,
        "Методика-образец, Положение об идентификации, 2025–2026 (2025 и 2026): 14 школ, участвуют 12, \
         нет 2; муниципалитетов 2, групп 1, показателей 3. Слабых 3, обоих 2. Уточняют эксперты. \
         1. Школа № 12. 2. Школа № 11."
    );
}

#[test]
fn the_method_is_told_as_it_was_applied() {
    let paper = paper();
    assert_eq!(
        rows(&paper, "параметры"),
        [
            "ties | Равные индексы | входят все | принято по умолчанию | Равных не разделяют",
            "min-group | Наименьшая группа | 4 | принято по умолчанию | Четверти меньше четырёх школ нет",
        ]
    );
    assert_eq!(
        rows(&paper, "показатели"),
        [
            "Результаты",
            "Доля двоек | обратный | 0",
            "Отставание от региона | отставание больше чем на 20 — 0, иначе 1 | 0",
            "Условия",
            "Доля неполных семей | прямой | 1 (4,2 %)",
        ]
    );
    assert_eq!(
        rows(&paper, "категории"),
        [
            "Результаты",
            "СЛАБАЯ | полоса «низкие» (нижние 25 %) в каждом из 2 последних лет | 3 | 25 %",
            "обычные | все остальные школы | 9 | 75 %",
            "Условия",
            "ТРУДНАЯ | полоса «трудные» (верхние 25 %) в каждом из 2 последних лет | 2 | 16,7 %",
            "обычные | все остальные школы | 10 | 83,3 %",
        ]
    );
}

#[test]
fn groups_borders_and_gaps_are_told_year_by_year() {
    let paper = paper();
    assert_eq!(
        rows(&paper, "границы"),
        [
            "Результаты",
            "Средние школы | 2025 | 12 | 3 | 0,591 | —",
            "Средние школы | 2026 | 12 | 3 | 0,591 | —",
            "Условия",
            "Средние школы | 2025 | 11 | 2 | — | 0,900",
            "Средние школы | 2026 | 12 | 3 | — | 0,818",
        ]
    );
    assert_eq!(rows(&paper, "без_места_таблица"), ["Условия", "Нет данных | 2025 | 1"]);
    assert_eq!(
        rows(&paper, "исключенные"),
        ["Школа № 0 | Закрыта", "Школа № 99 | Начальная школа"]
    );
}

/// By municipality, whatever the case of its first letter; a school without a name goes by its code.
#[test]
fn every_school_of_a_list_has_its_row() {
    let paper = paper();
    assert_eq!(
        rows(&paper, "слабые"),
        [
            "1 | Школа № 10 | ш10 | город А | среднее | 0,591 / 0,591 | 10 / 10 | низкие / низкие | обычные | —",
            "2 | Школа № 12 | ш12 | город А | среднее | 0,500 / 0,500 | 12 / 12 | низкие / низкие | ТРУДНАЯ | —",
            "3 | Школа № 11 | ш11 | Район Б | среднее | 0,545 / 0,545 | 11 / 11 | низкие / низкие | ТРУДНАЯ | —",
        ]
    );
    let all = rows(&paper, "все");
    assert_eq!(all.len(), 12);
    assert_eq!(all.get(2).map(String::as_str), Some("ш03 | обычные | обычные"));
}

#[test]
fn municipalities_and_pairs_of_verdicts_add_up() {
    let paper = paper();
    assert_eq!(
        rows(&paper, "муниципалитеты"),
        [
            "город А | 6 | 2 | 33,3 % | 1",
            "Район Б | 6 | 1 | 16,7 % | 1",
            "Всего | 12 | 3 | 25 % | 2",
        ]
    );
    assert_eq!(
        rows(&paper, "пересечения"),
        ["СЛАБАЯ | ТРУДНАЯ | 2", "СЛАБАЯ | обычные | 1", "обычные | обычные | 9"]
    );
    assert_eq!(rows(&paper, "неустойчивые"), ["Школа № 10 | обычные"]);
    assert_eq!(rows(&paper, "замечания"), ["Значение не число | 2 | строка 3\nстрока 9"]);
}

#[test]
fn charts_are_told_in_words() {
    let paper = paper();
    let figures: Vec<String> = blocks(&paper)
        .iter()
        .filter_map(|block| block.figure.as_ref().map(|figure| plain(&figure.alt)))
        .collect();
    assert_eq!(figures.len(), 5);
    assert!(figures[0].contains("СЛАБАЯ — 3 школ"), "{}", figures[0]);
    assert!(figures[2].contains("Границы: низкие: до 0,591."), "{}", figures[2]);
    assert!(
        figures[4].ends_with("Школ: остальные — 9, СЛАБАЯ — 1, ТРУДНАЯ — 0, СЛАБАЯ и ТРУДНАЯ — 2."),
        "{}",
        figures[4]
    );
}

// ------------------------------------------------------------ the workbook

fn sheets(audience: Audience) -> Vec<(&'static str, Vec<Vec<SheetCell>>)> {
    let model = model();
    let of = identified(&model);
    let (issues, fragile) = (issues(), fragile());
    let told = Identification { of: &of, issues: &issues, fragile: &fragile };
    let book = identification_workbook(&model, told, audience);
    let mut all = Vec::new();
    for sheet in book.sheets {
        let width = sheet.columns.len();
        let rows: Vec<Vec<SheetCell>> = sheet.rows.collect();
        assert!(rows.iter().all(|row| row.len() == width), "{}", sheet.name);
        all.push((sheet.name, rows));
    }
    all
}

fn sheet<'s>(
    sheets: &'s [(&'static str, Vec<Vec<SheetCell>>)],
    name: &str,
) -> &'s [Vec<SheetCell>] {
    let found = sheets.iter().find(|(known, _)| *known == name);
    found.map_or(&[], |(_, rows)| rows.as_slice())
}

#[test]
fn the_workbook_holds_every_school_and_every_year() {
    let all = sheets(Audience::Internal);
    let names: Vec<&str> = all.iter().map(|(name, _)| *name).collect();
    assert_eq!(
        names,
        [
            "О книге",
            "Списки",
            "Индексы по годам",
            "Показатели",
            "Границы",
            "Параметры",
            "Неустойчивые",
            "Замечания"
        ]
    );
    assert_eq!(sheet(&all, "Списки").len(), 14);
    // Twelve schools, two domains, two years.
    assert_eq!(sheet(&all, "Индексы по годам").len(), 48);
    assert_eq!(sheet(&all, "Показатели").len(), 28);
    let first = &sheet(&all, "Показатели")[2];
    assert_eq!(first[5], SheetCell::Number(1.0));
    assert_eq!(first[7], SheetCell::Empty);
}

#[test]
fn figures_of_few_pupils_are_withheld_from_the_public() {
    let all = sheets(Audience::Public { least: 10 });
    let row = &sheet(&all, "Показатели")[3];
    assert_eq!(row[5], SheetCell::Number(1.0));
    assert_eq!(row[7], SheetCell::words("скрыто"));
    // What is missing is missing: there is nothing to withhold.
    assert_eq!(sheet(&all, "Показатели")[2][7], SheetCell::Empty);
    let none = sheets(Audience::Public { least: 13 });
    assert!(sheet(&none, "Показатели").is_empty());
    assert_eq!(sheet(&none, "Списки").len(), 14);
}
