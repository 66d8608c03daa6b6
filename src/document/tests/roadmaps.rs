//! A ready plan and the order that carries it.

use super::{NBSP, all_blocks, plain};
use crate::base::Id;
use crate::calendar::Period;
use crate::data::{Project, read_project};
use crate::diag::SourceMap;
use crate::document::types::{Activity, Cell, Programme};
use crate::document::{Composition, compose, handbook};
use crate::eval::{Diagnosis, Evaluator, bind};
use crate::model::{Model, NoPacks, PackFiles, load};
use crate::plan::{choose, targets};

const PACK: &str = include_str!("roadmaps.pko");

const PROJECT: &str = "\
pack = \"проба\"
date = 2022-01-27
number = \"13-п\"
[institution]
level = \"муниципалитет\"
name = \"Администрация посёлка\"
locality = \"п. Примерный\"
[[people]]
role = \"глава\"
name = \"И. О. Главный\"
[[people]]
role = \"специалист\"
name = \"П. Р. Знающая\"
[[bodies]]
id = \"рабочая_группа\"
title = \"Группа посёлка\"
";

fn read(toml: &str) -> (Model, Project) {
    let (mut sources, mut out) = (SourceMap::default(), Vec::new());
    let files = vec![("проба.pko".to_owned(), PACK.to_owned())];
    let files = PackFiles { origin: "память".to_owned(), files };
    let model = load(files, &NoPacks, &mut sources, &mut out);
    let project = read_project("проект.toml", toml.as_bytes(), &mut sources, &mut out);
    assert!(out.is_empty(), "{}", crate::diag::render_terminal(&out, &sources, false));
    (model, project.expect("the project of the test reads"))
}

fn composed(kind: &str, toml: &str) -> Programme {
    let (model, project) = read(toml);
    let mut out = Vec::new();
    let facts = bind(&model, &project, &[], None, &mut out);
    let diagnosis = Diagnosis::nothing(facts.as_of);
    let evaluator = Evaluator::new(&model, &facts);
    let kind = model.programmes.get(&Id::new(kind)).expect("a kind of the pack");
    let period = Period { from: project.date.value, to: project.date.value };
    let choice = choose(&model, &evaluator, &diagnosis, kind, period);
    let targets = targets(&model, &evaluator, &diagnosis, &choice);
    let input = Composition {
        model: &model,
        project: &project,
        facts: &facts,
        evaluator: &evaluator,
        diagnosis: &diagnosis,
        choice: &choice,
        targets: &targets,
        kind,
        identification: None,
    };
    compose(&input).expect("it composes")
}

fn order() -> Programme {
    composed("постановление", PROJECT)
}

fn activity<'p>(programme: &'p Programme, id: &str) -> &'p Activity {
    let mut all = programme.directions.iter().flat_map(|direction| &direction.activities);
    all.find(|activity| activity.id == id).expect("the activity")
}

#[test]
fn an_order_has_its_parts_and_says_what_its_annex_belongs_to() {
    let order = order();
    assert_eq!(
        (order.level.as_str(), order.issuer.as_str()),
        ("муниципалитет", "Администрация посёлка Примерный")
    );
    assert_eq!((order.number.as_str(), order.date.as_str()), ("13-п", "2022-01-27"));
    assert_eq!(
        (order.operative.as_str(), order.preamble.as_str()),
        ("ПОСТАНОВЛЯЮ", "На основании Устава")
    );
    let points: Vec<_> = order.points.iter().map(|p| (p.number.as_str(), plain(&p.text))).collect();
    assert_eq!(
        points,
        [("1", "Утвердить карту.".to_owned()), ("2", "Исполнять с 27.01.2022.".to_owned())]
    );
    assert_eq!(order.signatures[0].name.replace(NBSP, " "), "И. О. Главный");
    let executor = order.executor.as_ref().map(|it| it.name.replace(NBSP, " "));
    assert_eq!(executor.as_deref(), Some("П. Р. Знающая"));
    let to = plain(&order.annexes[0].to);
    assert_eq!(to, "к постановлению администрации посёлка Примерный\nот 27.01.2022 № 13-п");
}

#[test]
fn a_written_paper_speaks_of_no_data() {
    let order = order();
    assert!(order.deficits.is_empty() && order.indicators.is_empty() && order.tasks.is_empty());
    let bodies: Vec<_> = order.bodies.iter().map(|b| b.title.as_str()).collect();
    assert_eq!(bodies, ["Группа посёлка"]);
    assert_eq!(order.abbreviations[0].short, "МКМ");
}

#[test]
fn each_result_is_an_entry_with_its_term_and_target() {
    let order = order();
    let council = activity(&order, "совет");
    let told: Vec<_> = council
        .entries
        .iter()
        .map(|it| {
            (
                it.year.as_str(),
                it.number.as_str(),
                plain(&it.terms.join(" | ")),
                it.from.as_str(),
                it.to.as_str(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("2022", "1", "август–сентябрь 2022".to_owned(), "2022-08-01", "2022-09-30"),
            ("2022", "2", "ноябрь 2022".to_owned(), "2022-11-01", "2022-11-30"),
            ("2023", "", "январь | июнь 2023".to_owned(), "", ""),
        ]
    );
    let targets: Vec<_> = council.entries.iter().map(|it| plain(&it.target)).collect();
    assert_eq!(targets, ["", "100 %", "не менее 5 событий за учебный год для школ"]);
    assert_eq!(council.responsible[0].kind, "роль");
    assert_eq!(
        (council.controller.as_str(), council.after.join(" ").as_str()),
        ("Глава посёлка", "отбор")
    );
    assert_eq!(council.documents, ["Распоряжение о создании совета"]);
    let reasons: Vec<_> = council.because.iter().map(|b| plain(&b.text)).collect();
    assert_eq!(
        reasons,
        [
            "Источник: Карта края, таблица 1, направление 1, мероприятие 1",
            "Исправлено в графе 2022 года «Создано» на «Создан»: опечатка"
        ]
    );
    let selection = activity(&order, "отбор");
    assert_eq!(selection.absent, ["ответственный", "документ", "срок 2022"]);
    assert_eq!(selection.entries[0].term_kind, "нет");
}

#[test]
fn the_table_lies_across_and_says_a_shared_term_once() {
    let order = order();
    let annex = &order.sections[0];
    assert!(annex.landscape);
    let table = annex.blocks.iter().find(|block| block.kind == "таблица").expect("a table");
    let columns: Vec<_> = table.columns.iter().map(|column| column.title.as_str()).collect();
    assert_eq!(columns, ["№", "Мероприятие", "2022", "2023", "Ответственные", "Документы"]);
    assert_eq!(plain(&table.rows[0][0].text), "Направление № 1. Управление");
    let year = |row: usize, column: usize| -> &Cell { &table.rows[row][column] };
    assert_eq!(
        plain(&year(1, 2).text),
        "1. Создан совет\nавгуст–сентябрь 2022\n2. Готовы 100 % программ\nноябрь 2022"
    );
    assert_eq!(
        plain(&year(1, 3).text),
        "Проведены встречи\nЦелевое значение: не менее 5 событий за учебный год для школ\nянварь, июнь 2023"
    );
    let tones: Vec<_> = year(1, 3).tones.iter().map(|t| (t.line, t.kind.as_str())).collect();
    assert_eq!(tones, [(2, "дополнение"), (3, "дополнение")]);
    assert_eq!((year(2, 3).text.as_str(), year(2, 4).text.as_str()), ("—", "—"));
    assert_eq!(plain(&year(1, 4).text), "Специалист посёлка\nКонтроль: Глава посёлка");
}

#[test]
fn words_before_a_plan_stay_upright() {
    let paper = composed("документ_карты", &PROJECT.replace("\ndate =", "\nas_of ="));
    assert_eq!(paper.date, "");
    let section = &paper.sections[0];
    assert!(!section.landscape && section.sections[0].landscape);
    let blocks = all_blocks(&paper.sections);
    let texts: Vec<_> = blocks.iter().map(|block| plain(&block.text)).collect();
    assert_eq!(texts, ["Карта края.", "Сокращения в тексте:", "", ""]);
    let list = blocks.iter().find(|block| block.kind == "список").expect("abbreviations");
    assert_eq!(
        list.items.iter().map(|i| plain(i)).collect::<Vec<_>>(),
        ["МКМ — муниципальный комплекс мер"]
    );
    assert!(blocks.iter().all(|block| !block.because.is_empty()));
}

#[test]
fn a_handbook_tells_rows_levels_documents_and_mends() {
    let (model, _) = read(PROJECT);
    let book = handbook(&model);
    assert_eq!((book.id.as_str(), book.kind.as_str()), ("справочник_проба", "справочник"));
    let direction = &book.sections[1];
    assert_eq!((direction.number.as_str(), direction.title.as_str()), ("1.1", "Оценка"));
    let titles: Vec<_> = direction.sections.iter().map(|s| s.number.as_str()).collect();
    assert_eq!(titles, ["1.1.1", "1.1.2"]);
    let first = &direction.sections[0];
    let said: Vec<_> = first.blocks.iter().map(|block| plain(&block.text)).collect();
    assert_eq!(said[0], "В разработке. Источник: таблица 1.1.1.");
    let table = first.blocks.iter().find(|block| block.kind == "таблица").expect("a table");
    let rows: Vec<String> = table
        .rows
        .iter()
        .map(|row| row.iter().map(|cell| plain(&cell.text)).collect::<Vec<_>>().join(" | "))
        .collect();
    assert_eq!(
        rows,
        [
            "Строка 1",
            "Показатели\n1. Доля школ (процент) |  | Показатели\n1. Школа работает (наличие)\n\
             исправлено: «Школо» → «Школа» (опечатка)",
            " |  | Действия\n1. Работает\nСправка о работе",
            "Действия — без уровня\nОрганизация",
            "Документы\n2.1. Приказ о проверке |  | ",
            "Строка 2",
            " |  | Показатели\n2. Число событий (число, событий)",
        ]
    );
    assert!(table.rows[3][0].wide && !table.rows[0][0].wide);
    let second = all_blocks(&direction.sections[1..2]);
    assert!(second.iter().any(|block| block.text.starts_with("Показателей, действий")));
    let chapters: Vec<_> = book.sections.iter().map(|s| plain(&s.title)).collect();
    assert_eq!(
        chapters,
        ["Об этом справочнике", "Оценка", "Дорожные карты", "Сокращения, органы и роли"]
    );
}
