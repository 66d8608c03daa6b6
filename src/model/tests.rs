//! What declarations become, from the text of a pack.

mod adaptation;
mod programmes;
mod roadmaps;

use super::*;
use crate::base::Id;
use crate::diag::{Diagnostic, SourceMap};

/// The model of a text and its faults: code and message, one a line.
fn read(text: &str) -> (Model, String) {
    let head = "пакет проба «Проба»\n  редакция 1\n".to_owned();
    let files = vec![("а.pko".to_owned(), head), ("б.pko".to_owned(), text.to_owned())];
    let mut found: Vec<Diagnostic> = Vec::new();
    let files = PackFiles { origin: "проба".to_owned(), files };
    let model = load(files, &NoPacks, &mut SourceMap::default(), &mut found);
    let faults: Vec<String> = found.iter().map(|d| format!("{} {}", d.code, d.message)).collect();
    (model, faults.join("\n"))
}

#[track_caller]
fn sound(text: &str) -> Model {
    let (model, faults) = read(text);
    assert_eq!(faults, "");
    model
}

#[test]
fn notes_of_clauses_are_kept_apart_from_the_declarations_owner() {
    let model = sound(
        "источник таблица «Т»\nисточник письмо «П»\nнаправление н «Н»\n  по источнику таблица, раздел 1\n  \
         механизм м «М»\n    дефицит школы д «Д»\n      если да по источнику письмо, абзац 2\n      \
         вес по методисту «опыт»\n        3 если да по методисту «тройка»\n",
    );
    let meta = &model.deficits.get(&Id::new("д")).expect("the deficit").meta;
    assert_eq!(meta.source.as_ref().map(|cite| cite.source.as_str()), Some("таблица"));
    assert_eq!(meta.methodist, None);
    let notes: Vec<(&str, Option<&str>, Option<&str>)> = meta
        .notes
        .iter()
        .map(|n| (n.keyword, n.source.as_ref().map(|c| c.place.as_str()), n.methodist.as_deref()))
        .collect();
    assert_eq!(
        notes,
        [
            ("если", Some("абзац 2"), None),
            ("вес", None, Some("опыт")),
            ("вес", None, Some("тройка"))
        ]
    );
}

#[test]
fn a_note_cites_a_declared_source() {
    let (_, faults) = read("причина школы п «П»\n  если да по источнику письмо\n");
    assert_eq!(faults, "ПКО-010 имя «письмо» нигде не объявлено");
}

#[test]
fn templates_reach_terms() {
    let model = sound(
        "перечень предмет «П»\n  - химия «химия»\nдля предмет из (химия)\n  \
         документ план_(предмет) «План»\n  мероприятие школы м_(предмет) «М»\n    \
         срок по документу план_(предмет), как «по плану: {{предмет}}»\n",
    );
    let activity = model.activities.get(&Id::new("м_химия")).expect("the instance");
    let term = activity.term.clone().expect("its term");
    assert_eq!(term.printed.as_deref(), Some("по плану: химия"));
    let mut named = None;
    term.map_document(|id: Id| {
        named = Some(id.to_string());
        Some(id)
    });
    assert_eq!(named.as_deref(), Some("план_химия"));
}

#[test]
fn how_often_is_said_once() {
    let (_, faults) =
        read("показатель школы а «А»\n  вид процент; каждый учебный год; каждое полугодие\n");
    assert_eq!(faults, "ПКО-015 строка «каждое» повторена");
}

#[test]
fn what_could_not_be_read_is_not_missing() {
    let (_, faults) = read(
        "показатель школы а «А»\n  вид прицент\nпоказатель школы б «Б»\n  вид процент\n  расчёт (5\n",
    );
    let codes: Vec<&str> = faults.lines().filter_map(|line| line.get(..10)).collect();
    assert_eq!(codes, ["ПКО-002", "ПКО-005"]);
}

#[test]
fn columns_take_levels_and_years_alone() {
    let (_, faults) = read(
        "программа школы п «П»\n  тип «справка»\n  раздел р «Р»\n    таблица т\n      \
         строки показатели_школы\n      графа «В среднем» значение в среднем за 3 года\n",
    );
    assert_eq!(faults, "ПКО-021 графа «значение» берёт только уровень и год");
}

#[test]
fn lists_and_truths_are_compared_by_equality() {
    let pack = "перечень смена «С»\n  - первая «первая смена»\n\
                показатель школы учатся «У»\n  вид из перечня смена\n\
                показатель школы есть «Е»\n  вид да/нет\nпричина школы п «П»\n  если ";
    let condition = |words: &str| {
        let model = sound(&format!("{pack}{words}\n"));
        let mut faults = Vec::new();
        let expr = model.causes.get(&Id::new("п")).and_then(|c| c.condition.clone());
        let expr = expr.expect("a condition");
        type_of(&expr, &model, &mut faults);
        (expr.kind, faults.into_iter().map(|fault| fault.message).collect::<Vec<_>>())
    };
    for words in ["учатся равно первая", "учатся равно «первая смена»"]
    {
        let (ExprKind::Compare { right, .. }, faults) = condition(words) else { panic!("{words}") };
        assert_eq!(right.kind, ExprKind::Words("первая смена".to_owned()));
        assert_eq!(faults, [""; 0]);
    }
    assert!(matches!(condition("есть равно да").0, ExprKind::Observe(_)));
    assert!(matches!(condition("есть равно нет").0, ExprKind::Not(_)));
    assert_eq!(condition("есть больше есть год назад").1.len(), 1);
    let (_, faults) = read(&format!("{pack}учатся равно «вторая»\n"));
    assert_eq!(faults, "ПКО-010 в перечне «смена» нет значения «вторая»");
}
