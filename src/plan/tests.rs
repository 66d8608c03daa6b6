//! Schedules and loads of a small pack.

use super::*;
use crate::base::Id;
use crate::calendar::Period;
use crate::diag::SourceMap;
use crate::eval::{Proof, ProofKind};
use crate::model::{Model, NoPacks, PackFiles, Ref, load};

fn model(activities: &str) -> Model {
    let head = "пакет проба «Проба»\n  редакция 1\n  по методисту «проба»\n\
                роль школы завуч «Завуч»\nроль школы директор «Директор»\n";
    let files = vec![("проба.pko".to_owned(), format!("{head}{activities}"))];
    let files = PackFiles { origin: "память".to_owned(), files };
    let mut found = Vec::new();
    let model = load(files, &NoPacks, &mut SourceMap::default(), &mut found);
    assert!(found.is_empty(), "{found:?}");
    model
}

fn period(from: &str) -> Period {
    let day = |text: &str| text.parse().expect("a day");
    Period { from: day(from), to: day("2029-08-31") }
}

fn chosen(model: &Model, from: &str) -> Vec<ChosenActivity> {
    let period = period(from);
    let each = model.activities.iter().map(|(id, activity)| ChosenActivity {
        id: id.clone(),
        answers: Vec::new(),
        tasks: Vec::new(),
        occurrences: activity.occurrences(model, &period),
        moved: false,
        proof: Proof::new(ProofKind::Rule, String::new()),
    });
    each.collect()
}

const CHAIN: &str = "\
мероприятие школы проект «Проект»
  ответственные завуч
  срок сентябрь..октябрь, 1-й учебный год
  длится 2 недели
  после анализ
мероприятие школы анализ «Анализ»
  ответственные завуч, директор
  срок сентябрь, 1-й учебный год
  длится 1 неделю
мероприятие школы замер «Замер»
  ответственные завуч
  срок сентябрь, каждый учебный год
";

#[test]
fn prerequisites_go_first_and_press_upon_each_other() {
    let model = model(CHAIN);
    let activities = chosen(&model, "2026-09-01");
    let ordered = order::in_order(&model, activities.clone());
    let names: Vec<&str> = ordered.iter().map(|activity| activity.id.as_str()).collect();
    assert_eq!(names, ["анализ", "проект", "замер"]);
    let schedule = schedule(&model, &activities, &period("2026-09-01"), None);
    assert!(schedule.faults(&model).is_empty() && schedule.overloads.is_empty());
    let path: Vec<&str> = schedule.critical.iter().map(|(id, _)| id.as_str()).collect();
    assert_eq!(path, ["анализ", "проект"]);
    let project = schedule.of(&Id::new("проект")).first().expect("a time");
    assert_eq!((project.from.to_string(), project.slack()), ("2026-09-08".to_owned(), 40));
}

#[test]
fn a_late_beginning_is_refused_with_both_places() {
    let model = model(&CHAIN.replace("сентябрь..октябрь", "сентябрь"));
    let activities = chosen(&model, "2026-09-15");
    let faults = schedule(&model, &activities, &period("2026-09-15"), None).faults(&model);
    let fault = faults.first().expect("a fault");
    assert_eq!(faults.len(), 1);
    let text = fault.message.replace('\u{a0}', " ");
    assert_eq!(
        text,
        "«проект» не успеть после «анализ»: начать нужно не позже 17 сентября 2026 года, а ждать \
         придётся по 21 сентября 2026 года включительно"
    );
    assert_eq!((fault.code, fault.labels.len()), (codes::NOT_IN_TIME, 2));
}

/// The times of the first school year, a late beginning made up for; nothing is in conflict.
fn made_up_for(from: &str) -> Vec<String> {
    let model = model(&CHAIN.replace("сентябрь..октябрь", "сентябрь"));
    let mut activities = order::in_order(&model, chosen(&model, from));
    late::catch_up(&model, &mut activities, &period(from));
    let activities = order::in_order(&model, activities);
    assert!(schedule(&model, &activities, &period(from), None).faults(&model).is_empty());
    let told = activities.iter().map(|activity| {
        let first = activity.occurrences.first().expect("a time");
        let mark = if activity.moved { ", сдвинуто" } else { "" };
        format!("{} {}..{}{mark}", activity.id, first.from, first.to)
    });
    told.collect()
}

#[test]
fn what_a_late_beginning_leaves_no_time_for_is_put_off() {
    assert_eq!(
        made_up_for("2026-09-20"),
        [
            "анализ 2026-09-20..2026-09-30",
            "замер 2026-09-20..2026-09-30",
            "проект 2026-09-27..2026-10-10, сдвинуто"
        ]
    );
}

#[test]
fn what_is_over_before_the_beginning_gets_the_first_days() {
    assert_eq!(
        made_up_for("2026-11-01"),
        [
            "анализ 2026-11-01..2026-11-30, сдвинуто",
            "проект 2026-11-08..2026-12-07, сдвинуто",
            "замер 2027-09-01..2027-09-30"
        ]
    );
}

#[test]
fn who_has_too_much_is_told_what_to_put_off() {
    let model = model(CHAIN);
    let activities = chosen(&model, "2026-09-01");
    let heavy = schedule(&model, &activities, &period("2026-09-01"), Some(2)).overloads;
    let told: Vec<_> = heavy
        .iter()
        .map(|heavy| (heavy.month.to_string(), heavy.who.as_str(), heavy.activities.len()))
        .collect();
    assert_eq!(told, [("2026-09-01".to_owned(), "завуч", 3)]);
    let proposal = heavy.first().and_then(|heavy| heavy.proposal.as_ref()).expect("a proposal");
    assert_eq!(
        (proposal.activity.as_str(), proposal.from.to_string(), proposal.to.to_string()),
        ("проект", "2026-10-01".to_owned(), "2026-10-14".to_owned())
    );
}

#[test]
fn what_is_put_off_begins_on_a_working_day() {
    let week = "календарь год «Год»\n  рабочая неделя 5 дней\n";
    let activity = |name: &str| {
        format!(
            "мероприятие школы {name} «Дело»\n  ответственные завуч\n  \
             срок октябрь..ноябрь, 1-й учебный год\n  длится 5 рабочих дней\n"
        )
    };
    let model = model(&format!("{week}{}{}", activity("первое"), activity("второе")));
    let activities = chosen(&model, "2026-09-01");
    let heavy = schedule(&model, &activities, &period("2026-09-01"), Some(1)).overloads;
    let proposal = heavy.first().and_then(|heavy| heavy.proposal.as_ref()).expect("a proposal");
    // 1 November 2026 is a Sunday.
    let days = (proposal.from.to_string(), proposal.to.to_string());
    assert_eq!(days, ("2026-11-02".to_owned(), "2026-11-06".to_owned()));
}

/// A quadratic order would take minutes: chains of fifty, all given backwards.
#[test]
fn ten_thousand_activities_are_ordered_and_scheduled() {
    let mut model = model(CHAIN);
    let pattern = model.activities.get("анализ").cloned().expect("the pattern");
    model.activities.clear();
    let name = |at: usize| Id::new(&format!("м{at:05}"));
    for at in (0..10_000_usize).rev() {
        let mut activity = pattern.clone();
        activity.lasts = None;
        activity.term = None;
        let before = at.checked_sub(1).filter(|_| at % 50 != 0).map(name);
        activity.after =
            before.map(|id| Ref { id, span: activity.meta.span }).into_iter().collect();
        model.activities.insert(name(at), activity);
    }
    let activities = chosen(&model, "2026-09-01");
    let ordered = order::in_order(&model, activities);
    let ends = [ordered.first(), ordered.last()].map(|at| at.map(|a| a.id.to_string()));
    assert_eq!(ends, [Some("м09950".to_owned()), Some("м00049".to_owned())]);
    assert!(schedule(&model, &ordered, &period("2026-09-01"), Some(6)).faults(&model).is_empty());
}
