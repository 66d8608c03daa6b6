//! What becomes of a plan that is adapted, and what is told of verbs that meet nothing.

use super::roadmaps::{activity, plan};
use super::{read, sound};
use crate::base::Id;
use crate::calendar::TermWhen;
use crate::model::{Roadmap, RoadmapActivity};

const BASE: &str = "\
роль региона министр «Министр»
роль региона краевая_группа «Краевая группа»
роль муниципалитета группа «Группа»
документ приказ «Приказ»
документ протокол «Протокол»
дорожная_карта план «План»
  уровень регион
  годы 2020..2022
  направление н_1 № 1 «Первое»
    мероприятие м_1 № 1 «Совет школ края»
      ответственные министр, группа
      документы приказ «О совете школ края», протокол «Протокол»
      в 2020
        результат № 1 «Создан совет школ края» исправлено «Создано» потому что «опечатка»
        результат № 2 «Утверждён»
          срок 15 ноября 2020
        срок август
      в 2021
        результат «Отчёт»
        срок не назван
    мероприятие м_2 № 2 «Отбор»
      ответственные краевая_группа
      документ не назван
      после м_1
      в 2020
        результат «Отобраны»
        срок май
  направление н_2 № 2 «Второе»
    мероприятие м_3 № 3 «Курсы»
      ответственные министр
      документы приказ «О курсах»
      после м_2
      в 2020
        результат «Обучены»
        срок июнь
";

fn adapted(lines: &str) -> Roadmap {
    let head =
        "дорожная_карта мкм «МКМ»\n  на основе план\n  уровень муниципалитет\n  годы 2022..2024\n";
    let lines: String = lines.lines().map(|line| format!("  {line}\n")).collect();
    plan(&sound(&format!("{head}{lines}{BASE}")), "мкм")
}

#[track_caller]
fn faulty(lines: &str, expected: &str) {
    let head =
        "дорожная_карта мкм «МКМ»\n  на основе план\n  уровень муниципалитет\n  годы 2022..2024\n";
    let lines: String = lines.lines().map(|line| format!("  {line}\n")).collect();
    assert_eq!(read(&format!("{head}{lines}{BASE}")).1, expected);
}

fn names(plan: &Roadmap) -> String {
    let of = |direction: &crate::model::RoadmapDirection| {
        let inner: Vec<&str> = direction.activities.iter().map(|a| a.id.as_str()).collect();
        format!("{}: {}", direction.id, inner.join(" "))
    };
    plan.directions.iter().map(of).collect::<Vec<_>>().join("; ")
}

fn results(activity: &RoadmapActivity) -> Vec<(i32, Option<&str>, &str)> {
    let years = activity.years.iter();
    let all = years.flat_map(|year| year.results.iter().map(move |result| (year.year, result)));
    all.map(|(year, result)| (year, result.number.as_deref(), result.text.as_str())).collect()
}

fn responsible(activity: &RoadmapActivity) -> Vec<&str> {
    activity.responsible.iter().map(|who| who.id.as_str()).collect()
}

#[test]
fn what_is_left_out_goes_with_its_direction_and_nobody_waits_for_it() {
    let plan = adapted("исключить м_1 потому что «ведёт край»\nисключить н_2");
    assert_eq!(names(&plan), "н_1: м_2");
    assert!(activity(&plan, "м_2").after.is_empty());
    let adaptation = plan.adaptation.expect("its history");
    let first = &adaptation.steps[0];
    assert_eq!(
        (first.verb.word(), first.matched, first.because.as_str()),
        ("исключить", 1, "ведёт край")
    );
    assert_eq!(names(&adapted("оставить м_1,\n  н_2")), "н_1: м_1; н_2: м_3");
}

#[test]
fn parts_become_one_in_the_place_of_the_first() {
    let plan = adapted(
        "объединить м_1, м_2 в общее № 5 «Общее» потому что «одно дело»\n  контроль министр\nоставить м_3",
    );
    assert_eq!(names(&plan), "н_1: общее; н_2: м_3");
    let whole = activity(&plan, "общее");
    assert_eq!(responsible(&whole), ["министр", "группа", "краевая_группа"]);
    assert_eq!(results(&whole).len(), 4);
    assert!(whole.controller.is_some() && whole.after.is_empty());
    assert_eq!(whole.absent, ["срок 2021"]);
    assert_eq!(activity(&plan, "м_3").after[0].id, Id::new("общее"));
}

#[test]
fn years_of_a_merge_are_those_of_the_new_plan() {
    let plan = adapted(
        "сдвинуть на 2 года\nобъединить м_1, м_2 в общее «Общее»\n  в 2022\n    результат «Одно»\n    срок май",
    );
    assert_eq!(results(&activity(&plan, "общее")), [(2022, None, "Одно")]);
}

#[test]
fn a_shift_moves_years_dates_and_what_is_stated_absent() {
    let first = activity(&adapted("сдвинуть на 2 года"), "м_1");
    let years: Vec<i32> = first.years.iter().map(|year| year.year).collect();
    assert_eq!((years, first.absent.as_slice()), (vec![2022, 2023], &["срок 2023".to_owned()][..]));
    let own = first.years[0].results[1].term.clone().expect("its own term");
    let TermWhen::Windows(windows) = own.when else { panic!("no dates") };
    assert!(format!("{windows:?}").contains("2022-11-15"), "{windows:?}");
    assert!(first.years[0].results[0].mended.is_empty(), "mends are of the base");
}

#[test]
fn words_of_a_printed_term_that_name_a_year_do_not_outlive_a_shift() {
    let base = BASE.replace("срок июнь\n", "срок июнь, как «июнь 2020 года»\n");
    let text = format!(
        "дорожная_карта мкм «МКМ»\n  на основе план\n  уровень муниципалитет\n  годы 2022..2024\n  \
         сдвинуть на 2 года\n{base}"
    );
    let plan = plan(&sound(&text), "мкм");
    let term = activity(&plan, "м_3").years[0].term.clone().expect("its term");
    assert!(!format!("{term:?}").contains("2020"), "{term:?}");
}

#[test]
fn verbs_are_applied_in_their_own_order_however_they_are_written() {
    let lines = [
        "исключить м_2",
        "сдвинуть на 2 года",
        "заменить орган министр на группа",
        "изменить м_1 «Совет»",
    ];
    let forwards = adapted(&lines.join("\n"));
    let backwards = adapted(&lines.into_iter().rev().collect::<Vec<_>>().join("\n"));
    assert_eq!(names(&forwards), names(&backwards));
    for id in ["м_1", "м_3"] {
        let (one, other) = (activity(&forwards, id), activity(&backwards, id));
        assert_eq!(one.meta.title, other.meta.title);
        assert_eq!(responsible(&one), responsible(&other));
        assert_eq!(results(&one), results(&other));
    }
}

#[test]
fn bodies_and_words_are_replaced_everywhere_and_counted() {
    let plan =
        adapted("заменить орган министр на группа\nзаменить текст «школ края» на «школ посёлка»");
    let first = activity(&plan, "м_1");
    assert_eq!(responsible(&first), ["группа"]);
    assert_eq!(first.meta.title, "Совет школ посёлка");
    assert_eq!(first.documents[0].title.as_deref(), Some("О совете школ посёлка"));
    assert_eq!(results(&first)[0].2, "Создан совет школ посёлка");
    let matched: Vec<usize> =
        plan.adaptation.expect("its history").steps.iter().map(|step| step.matched).collect();
    assert_eq!(matched, [2, 3]);
}

#[test]
fn a_change_replaces_what_it_says() {
    let plan = adapted(
        "сдвинуть на 2 года\nизменить м_1 без номера «Группа» потому что «иначе»\n  ответственные группа\n  \
         убрать документы протокол\n  добавить документы приказ «Ещё»\n  в 2022\n    \
         результат № 2 «Принят»\n    срок октябрь\n  в 2023\n    результат «Первый»\n    \
         результат «Второй»\n    срок май\n  в 2024\n    результат «Новый»\n    срок не назван\n\
         изменить н_2 № 7 «Иное»\n  исправлено «Инное» потому что «опечатка»",
    );
    let first = activity(&plan, "м_1");
    assert_eq!((first.meta.number.as_deref(), first.meta.title.as_str()), (None, "Группа"));
    let documents: Vec<_> = first.documents.iter().filter_map(|d| d.title.as_deref()).collect();
    assert_eq!(documents, ["О совете школ края", "Ещё"]);
    assert_eq!(
        results(&first),
        [
            (2022, Some("1"), "Создан совет школ края"),
            (2022, Some("2"), "Принят"),
            (2023, None, "Первый"),
            (2023, None, "Второй"),
            (2024, None, "Новый"),
        ]
    );
    let of_2022 = &first.years[0];
    assert!(of_2022.term.is_some() && of_2022.results.iter().all(|r| r.term == of_2022.term));
    assert_eq!(first.absent, ["срок 2024"]);
    let second = &plan.directions[1].meta;
    assert_eq!((second.number.as_deref(), second.title.as_str()), (Some("7"), "Иное"));
    assert_eq!(second.mended.len(), 1);
}

#[test]
fn what_is_new_stands_in_the_direction_that_is_named() {
    let plan = adapted(
        "исключить м_3\nдобавить мероприятие новое № 9 «Новое» в н_2 потому что «нужно»\n  ответственные группа",
    );
    assert_eq!(names(&plan), "н_1: м_1 м_2; н_2: новое");
    assert_eq!(activity(&plan, "новое").meta.title, "Новое");
}

#[test]
fn a_verb_that_meets_nothing_is_told() {
    faulty(
        "исключить м_1, м_1\nоставить н_1\nизменить м_3 «Новое»\nизменить м_2\nобъединить м_2 в одно «Одно»\n\
         заменить орган министр на группа\nзаменить текст «района» на «посёлка»",
        "ПКО-024 исключать нечего: «м_1» уже исключено, не оставлено или объединено\n\
         ПКО-024 объединяют хотя бы два мероприятия\n\
         ПКО-024 «министр» в оставшихся мероприятиях не отвечает ни за что\n\
         ПКО-024 слов «района» в оставшихся мероприятиях нет\n\
         ПКО-024 изменить нечего: «м_3» уже исключено, не оставлено или объединено\n\
         ПКО-024 «изменить м_2» ничего не меняет",
    );
    faulty(
        "изменить м_1\n  убрать документы приказ, протокол\n  убрать документы протокол\n",
        "ПКО-015 строка «убрать документы» повторена",
    );
    faulty(
        "изменить м_2\n  убрать документы приказ\n  в 2020\n    результат № 3 «Нет такого»\n\
         изменить н_1 «Иное»\n  ответственные группа",
        "ПКО-024 убрать нечего: документа «приказ» у мероприятия нет\n\
         ПКО-024 результата № 3 в 2020 году нет\n\
         ПКО-024 у направления меняют только № и название",
    );
}

#[test]
fn plans_have_another_plan_for_a_base() {
    let (_, faults) = read(
        "дорожная_карта а «А»\n  уровень регион\n  годы 2020..2021\n  на основе б\n\
         дорожная_карта б «Б»\n  уровень регион\n  годы 2020..2021\n  на основе а\n\
         дорожная_карта в «В»\n  уровень регион\n  годы 2020..2021\n  сдвинуть на 1 год\n",
    );
    assert_eq!(
        faults,
        "ПКО-024 «сдвинуть на» бывает только у карты «на основе …»\n\
         ПКО-024 карта «а» построена сама на себе\n\
         ПКО-024 карта «б» построена сама на себе"
    );
}

#[test]
fn a_chain_of_plans_is_adapted_in_its_order() {
    let lines = "дорожная_карта третья «Третья»\n  на основе мкм\n  уровень школа\n  годы 2023..2025\n  \
                 сдвинуть на 1 год\nдорожная_карта мкм «МКМ»\n  на основе план\n  \
                 уровень муниципалитет\n  годы 2022..2024\n  сдвинуть на 2 года\n";
    let third = plan(&sound(&format!("{lines}{BASE}")), "третья");
    assert_eq!(activity(&third, "м_2").years[0].year, 2023);
}
