//! What becomes of a programme that is adapted, and what is told of verbs that meet nothing.

use super::{read, sound};
use crate::base::Id;
use crate::calendar::TermWhen;
use crate::model::{ProgrammeKind, Section, SectionBlock};

const BASE: &str = "\
роль муниципалитета глава «Глава»
роль муниципалитета отдел «Отдел»
роль муниципалитета центр «Центр»
показатель муниципалитета доля_школ «Доля»
  вид процент; лучше больше; каждый учебный год; данные отдел
программа муниципалитета город «Программа города»
  тип «МППКО»
  утверждает глава
  цель ц «Цель города»
  задача з_1 № 1 «Выявить школы города»
  задача з_2 № 2 «Помочь школам»
  задача з_3 № 3 «Обобщить»
  ожидаемый_результат р_1 № 1 «В 2020 году школы города выявлены»
  участник у_1
    кто отдел
    обязанность «Ведёт учёт»
    обязанность «Пишет справки»
  участник у_2
    кто отдел, глава
    обязанность «Ведёт учёт»
  этап э_1 «Первый»
    срок 1 сентября 2020..31 августа 2021
    содержание «Начало»
  этап э_2 «Второй»
    срок 1 сентября 2021..31 августа 2022
    содержание «Конец»
  раздел с «Сведения»
    текст «В городе доля {{процент доля_школ за=2019}}.»
    таблица т «Таблица города»
      графа «Год»
      графа «Сколько»
      строка «2019» «{{процент доля_школ за=2019}}»
      строка «Прочее» «—»
    текст «Второй текст.»
    раздел с_1 «Внутри»
      текст «Внутри города.»
    раздел с_2 «Ещё внутри»
      текст «И здесь.»
  раздел д «Другое»
    текст «Другое.»
";

fn adapted(lines: &str) -> ProgrammeKind {
    let head = "программа муниципалитета район «Программа района»\n  на основе город\n";
    let lines: String = lines.lines().map(|line| format!("  {line}\n")).collect();
    let model = sound(&format!("{head}{lines}{BASE}"));
    model.programmes.get(&Id::new("район")).expect("the programme").clone()
}

#[track_caller]
fn faulty(lines: &str, expected: &str) {
    let head = "программа муниципалитета район «Программа района»\n  на основе город\n";
    let lines: String = lines.lines().map(|line| format!("  {line}\n")).collect();
    assert_eq!(read(&format!("{head}{lines}{BASE}")).1, expected);
}

fn tasks(kind: &ProgrammeKind) -> String {
    let tasks = kind.statement.tasks.iter();
    let told = tasks
        .map(|task| format!("{} {}", task.meta.number.as_deref().unwrap_or("-"), task.meta.title));
    told.collect::<Vec<_>>().join("; ")
}

/// Sections with what is in them: words in quotes, names, nested sections in brackets.
fn contents(sections: &[Section]) -> String {
    sections.iter().map(content).collect::<Vec<_>>().join(" ")
}

fn content(section: &Section) -> String {
    let blocks = section.blocks.iter().map(|block| match block {
        SectionBlock::Text { template, .. } => format!("«{}»", template.source),
        SectionBlock::Table(table) => {
            let rows: Vec<&str> = table.fixed.iter().map(|row| row.title.as_str()).collect();
            format!("{}({})", table.id, rows.join(" "))
        }
        SectionBlock::Section(inner) => content(inner),
        _ => "…".to_owned(),
    });
    format!("{}[{}]", section.id, blocks.collect::<Vec<_>>().join(" "))
}

#[test]
fn what_the_head_does_not_say_is_that_of_the_base() {
    let kind = adapted("исключить з_3");
    assert_eq!(
        (kind.kind.as_str(), tasks(&kind).as_str()),
        ("МППКО", "1 Выявить школы города; 2 Помочь школам")
    );
    assert_eq!(kind.approves.map(|who| who.id.to_string()).as_deref(), Some("глава"));
    let own = adapted("тип «план»\nутверждает центр\nисключить з_3");
    assert_eq!(
        (own.kind.as_str(), own.approves.map(|who| who.id.to_string()).as_deref()),
        ("план", Some("центр"))
    );
}

#[test]
fn a_list_is_closed_where_one_of_it_is_kept() {
    let kind = adapted("оставить з_2, с_2");
    assert_eq!(tasks(&kind), "2 Помочь школам");
    let sections = contents(&kind.sections);
    assert!(sections.contains("с_2[«И здесь.»]] д[«Другое.»]"), "{sections}");
    assert!(!sections.contains("с_1"), "{sections}");
    assert_eq!(kind.stages.len(), 2);
}

#[test]
fn tasks_become_one_and_are_numbered_anew() {
    let kind = adapted(
        "номера по порядку\nобъединить з_1, з_2 в з_новая № 9 «Выявить и помочь»\n\
         задача з_своя № 1 «Своя»",
    );
    assert_eq!(tasks(&kind), "1 Выявить и помочь; 2 Обобщить; 3 Своя");
    let joined = adapted("объединить у_1, у_2 в у_новый\n  добавить итог «Учёт»");
    let [it] = joined.statement.participants.as_slice() else { panic!("one participant") };
    let bodies: Vec<&str> = it.bodies.iter().map(|body| body.id.as_str()).collect();
    assert_eq!(
        (bodies, it.duties.len(), it.outcomes.as_slice()),
        (vec!["отдел", "глава"], 2, &["Учёт".to_owned()][..])
    );
}

#[test]
fn a_shift_moves_stages_and_the_years_of_figures_but_no_words() {
    let kind = adapted("сдвинуть на 6 лет");
    let TermWhen::Windows(windows) = &kind.stages[0].term.as_ref().expect("a term").when else {
        panic!("no windows")
    };
    assert!(format!("{windows:?}").contains("2026"), "{windows:?}");
    let sections = contents(&kind.sections);
    assert!(sections.contains("«В городе доля {{процент доля_школ за=2025}}.»"), "{sections}");
    assert!(sections.contains("т(2019 Прочее)"), "{sections}");
    let step = &kind.adaptation.as_ref().expect("an adaptation").steps[0];
    assert_eq!(step.matched, 4);
}

#[test]
fn words_are_replaced_outside_of_names_and_bodies_wherever_they_stand() {
    let kind = adapted(
        "заменить текст «город» на «район»\nзаменить текст «доля» на «часть»\n\
         заменить орган отдел на центр\nизменить с_1 «Доля: доля»",
    );
    assert!(tasks(&kind).contains("Выявить школы района"), "{}", tasks(&kind));
    assert!(contents(&kind.sections).contains("{{процент доля_школ за=2019}}"));
    let bodies = kind.statement.participants.iter().flat_map(|it| &it.bodies);
    let bodies: Vec<&str> = bodies.map(|body| body.id.as_str()).collect();
    assert_eq!(bodies, ["центр", "центр", "глава"]);
}

#[test]
fn new_texts_take_the_places_of_the_old_and_names_stay() {
    let kind = adapted("изменить с\n  текст «Первый.»");
    assert_eq!(
        contents(&kind.sections[..1]),
        "с[«Первый.» т(2019 Прочее) с_1[«Внутри города.»] с_2[«И здесь.»]]"
    );
    let kind = adapted(
        "исключить т\nизменить с\n  убрать тексты\n  таблица н «Н»\n    графа «А»\n    строка «а» «б»",
    );
    assert_eq!(contents(&kind.sections[..1]), "с[н(а) с_1[«Внутри города.»] с_2[«И здесь.»]]");
    let kind = adapted("изменить т\n  убрать строку «Прочее»\n  добавить строку «2020» «—»");
    assert!(contents(&kind.sections).contains("т(2019 2020)"));
}

#[test]
fn sections_are_put_where_they_are_told() {
    let kind = adapted(
        "добавить раздел н_1 «Новый» в с\n  текст «А.»\nдобавить раздел н_2 «Второй» после с_1\n  текст «Б.»\n\
         добавить раздел н_3 «Третий» после с\n  текст «В.»\nраздел н_4 «Свой»\n  текст «Г.»",
    );
    let sections = contents(&kind.sections);
    assert!(
        sections
            .contains("с_1[«Внутри города.»] н_2[«Б.»] с_2[«И здесь.»] н_1[«А.»]] н_3[«В.»] д["),
        "{sections}"
    );
    assert!(sections.ends_with("н_4[«Г.»]"), "{sections}");
}

#[test]
fn lists_of_a_participant_lose_and_gain_single_lines() {
    let kind = adapted(
        "изменить у_1\n  убрать обязанность «Пишет справки»\n  добавить обязанность «Звонит»",
    );
    assert_eq!(kind.statement.participants[0].duties, ["Ведёт учёт", "Звонит"]);
}

#[test]
fn what_meets_nothing_is_told() {
    faulty("исключить з_9", "ПКО-024 исключать нечего: в программе «город» нет «з_9»");
    faulty("заменить текст «посёлок» на «район»", "ПКО-024 слов «посёлок» в оставшихся частях нет");
    faulty(
        "объединить з_1, э_1 в новое «Новое»",
        "ПКО-024 эти части не складываются в одну: з_1, э_1",
    );
    faulty(
        "изменить з_1\n  текст «Слова»",
        "ПКО-024 в блоке строки другой части программы; эта — цель, задача или результат",
    );
    faulty(
        "исключить с\nизменить с_1 «Новое»",
        "ПКО-024 изменить нечего: «с_1» уже исключено, не оставлено или объединено",
    );
}
