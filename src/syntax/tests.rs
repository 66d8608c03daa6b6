//! What the front end reads and what it says of slips, from the text of a file.

use super::parse_file;
use super::tree::*;
use crate::base::{FileId, Number, Span};
use crate::calendar::{Repeat, Term, TermWhen, WhichYear};
use crate::diag::{Diagnostic, Place};

fn parse(text: &str) -> (File, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let file = parse_file(FileId(0), text, &mut found);
    (file, found)
}

/// The faults of a text, one a line: the words that are meant, the message, the hint.
fn faults(text: &str) -> String {
    let show = |fault: &Diagnostic| {
        let Place::Text(span) = fault.place else { return String::new() };
        let hint = fault.hint.as_deref().unwrap_or("-");
        format!("{}|{}|{hint}", slice(text, span), fault.message)
    };
    parse(text).1.iter().map(show).collect::<Vec<_>>().join("\n")
}

fn slice(text: &str, span: Span) -> &str {
    text.get(span.start..span.end).unwrap_or("?")
}

/// The first clause of the first declaration; the text must be sound.
#[track_caller]
fn clause(text: &str) -> Clause {
    let (file, found) = parse(text);
    assert!(found.is_empty(), "{found:?}");
    let Some(Node::Item(item)) = file.nodes.into_iter().next() else { panic!("no item") };
    match item.body.into_iter().next() {
        Some(Node::Clause(clause)) => clause,
        other => panic!("{other:?}"),
    }
}

#[track_caller]
fn condition(words: &str) -> Expr {
    match clause(&format!("причина школы п «П»\n  если {words}\n")).value {
        Value::Expr(expr) => expr,
        other => panic!("{other:?}"),
    }
}

#[track_caller]
fn term(words: &str) -> Term<Name> {
    match clause(&format!("мероприятие школы м «М»\n  срок {words}\n")).value
    {
        Value::Term(term) => term,
        other => panic!("{other:?}"),
    }
}

#[test]
fn nothing_stands_behind_the_word_of_a_block() {
    for (head, word) in [
        ("дефицит школы д «Д»", "вес"),
        ("роль школы д «Д»", "склонение"),
        ("проверка д «Д»", "дано"),
        ("функция д «Д»", "вход"),
    ] {
        let said = faults(&format!("{head}\n  {word} 3 если ерунда\n"));
        let hint = format!("под «{word}» строки пишутся ниже, с отступом");
        assert_eq!(said, format!("3 если ерунда|лишнее после «{word}»|{hint}"));
    }
    assert_eq!(faults("дефицит школы д «Д»\n  вес по методисту «так»\n    1 иначе\n"), "");
}

#[test]
fn words_of_an_operator_may_be_parted_by_any_blanks() {
    let parted =
        condition("(а не\u{A0}меньше   5 % // почему\n    и б не // и тут\n      больше 3 %)");
    let ExprKind::And(both) = parted.kind else { panic!("{parted:?}") };
    let op = |expr: &Expr| match expr.kind {
        ExprKind::Compare { op, .. } => op,
        _ => panic!("{expr:?}"),
    };
    assert_eq!([op(&both[0]), op(&both[1])], [CompareOp::NotLess, CompareOp::NotMore]);
    condition("доля школ, у  которых (а больше 5 %) больше 3 %");
    assert_eq!(term("сентябрь, 2-й учебный\u{A0} год").repeat, Repeat::In(vec![WhichYear::Nth(2)]));
    assert_eq!(term("раз  в\u{A0}полугодие").repeat, Repeat::Once);
}

#[test]
fn a_reference_ends_at_its_last_letter() {
    let text = "причина школы п «П»\n  если а   больше  б по\u{A0}краю  \n";
    let Value::Expr(expr) = clause(text).value else { panic!() };
    let ExprKind::Compare { left, right, .. } = expr.kind else { panic!("{expr:?}") };
    assert_eq!((slice(text, left.span), slice(text, right.span)), ("а", "б по\u{A0}краю"));
}

#[test]
fn numbers_are_grouped_and_subtracted_with_any_minus() {
    let ExprKind::Compare { left, right, .. } = condition("а − 5 больше −1 234,5").kind
    else {
        panic!()
    };
    assert!(matches!(left.kind, ExprKind::Sum { terms } if terms[1].0));
    let ExprKind::Quantity(quantity) = right.kind else { panic!() };
    assert_eq!(Ok(quantity.number), Number::parse("-1234,5"));
    assert!(!faults("причина школы п «П»\n  если а больше 1 23\n").is_empty());
}

#[test]
fn terms_take_wording_and_ordinals_of_two_digits() {
    assert_eq!(term("сентябрь, как «осенью»").printed.as_deref(), Some("осенью"));
    assert_eq!(term("в течение года, как «весь год»").printed.as_deref(), Some("весь год"));
    assert_eq!(term("май, каждый учебный год, как «весной»").repeat, Repeat::EverySchoolYear);
    assert_eq!(term("май, 10-й учебный год").repeat, Repeat::In(vec![WhichYear::Nth(10)]));
    assert!(matches!(term("по документу план").when, TermWhen::ByDocument(_)));
    assert!(!faults("мероприятие школы м «М»\n  срок май, каждый год\n").is_empty());
}

#[test]
fn an_indicator_is_compared_with_a_truth_and_with_words() {
    let right = |words| match condition(words).kind {
        ExprKind::Compare { right, .. } => right.kind,
        other => panic!("{other:?}"),
    };
    assert_eq!(right("а равно да"), ExprKind::Truth(true));
    assert_eq!(right("а не равно нет"), ExprKind::Truth(false));
    assert_eq!(right("а равно «вечерняя»"), ExprKind::Words("вечерняя".to_owned()));
}

#[test]
fn several_conditions_of_schools_stand_in_brackets() {
    assert_eq!(
        faults("причина школы п «П»\n  если доля школ, у которых а и б больше 5 %\n"),
        "и|непонятно «и»|возьмите условие после «у которых» в скобки"
    );
    condition("доля школ, у которых (а и б) больше 5 % и в");
    condition("доля школ, у которых (а + б) / 2 больше 5 % больше 10 %");
    let nested = "доля школ, у которых (а и ".repeat(12);
    let nested = format!("{nested}б{} больше 5 %", " больше 1 %)".repeat(12));
    condition(&nested);
    condition("доля школ, у которых а больше 5 % больше 3 % или в");
}

#[test]
fn escapes_are_undone_from_the_left() {
    let text = |quoted: &str| match clause(&format!("причина школы п «П»\n  исправлено {quoted}\n"))
        .value
    {
        Value::Mended(mend) => mend.printed.text,
        other => panic!("{other:?}"),
    };
    assert_eq!(text(r"«а \« б»"), "а « б");
    assert_eq!(text(r"«а \\ б»"), r"а \ б");
    assert_eq!(text(r"«а \\\« б»"), r"а \« б");
    assert_eq!(text(r"«а \\«б»»"), r"а \«б»");
}

#[test]
fn what_must_not_be_chosen_is_in_the_genitive() {
    let sound = "проверка п «П»\n  ожидаем нет требования т\n";
    let Value::Expect(Expect::Absent { name, .. }) = clause(sound).value else { panic!() };
    assert_eq!(name.text, "т");
    let said = faults("проверка п «П»\n  ожидаем нет задача т\n");
    assert!(said.contains("непонятно «задача»"), "{said}");
    assert!(said.contains("«задачи»"), "{said}");
}

#[test]
fn a_word_of_the_language_is_no_name() {
    let hint = "выберите другое имя, например с «_»";
    for (text, word) in [
        ("источник и «И»\n", "и"),
        ("источник из «И»\n", "из"),
        ("показатель школы больше «Больше»\n", "больше"),
        ("задача школы з «З»\n  отвечает а, по\n", "по"),
    ] {
        assert_eq!(faults(text), format!("{word}|слово «{word}» занято языком|{hint}"));
    }
    assert_eq!(faults("источник избранное «И»\n"), "");
}

#[test]
fn a_fault_quotes_what_it_found() {
    let task = |rest: &str| faults(&format!("задача школы з «З»\n  к цели {rest}\n"));
    assert_eq!(
        task("«первая цель»"),
        "«первая цель»|непонятен текст «первая цель»|здесь ожидается: имя"
    );
    let comma = task("первая, вторая");
    assert!(comma.starts_with(",|непонятна запятая|"), "{comma}");
}

#[test]
fn an_unreadable_clause_is_remembered() {
    let (file, found) = parse("показатель школы а «А»\n  вид прицент\n  расчёт (б\n");
    assert_eq!(found.len(), 2);
    let Some(Node::Item(item)) = file.nodes.first() else { panic!() };
    let keywords: Vec<&str> = item
        .body
        .iter()
        .filter_map(|node| match node {
            Node::Clause(Clause { keyword, value: Value::Unreadable, .. }) => Some(*keyword),
            _ => None,
        })
        .collect();
    assert_eq!(keywords, ["вид", "расчёт"]);
}

/// What a rule tries twice, it does not try twice at every depth; where it would, it gives up.
#[test]
fn deep_nesting_is_read_or_refused_in_no_time() {
    let said = |open: &str, close: &str| {
        let text = format!("{}б{}", open.repeat(30), close.repeat(30));
        faults(&format!("причина школы п «П»\n  если {text} больше 5 %\n"))
    };
    for (open, close) in [
        ("(", ")"),
        ("((", ") + 1)"),
        ("доля школ, у которых (а и ", " больше 1 %)"),
        ("доля школ из (", " больше 1 %), у которых а"),
        ("не (а или (", "))"),
    ] {
        assert!(!said(open, close).contains("запутано"), "{open}");
    }
    assert!(said("доля школ, у которых (", ") больше 1 %").contains("запутано"));
}
