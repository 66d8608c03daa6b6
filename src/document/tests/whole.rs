//! What makes a programme whole: stages, aims of the levels, numbers of sections, sheets to sign, the
//! graph of activities.

use super::{DATA, PACK, all_blocks, case, plain, remarks, rows};
use crate::data::{Person, Placed, Priority, Project};
use crate::diag::Place;
use crate::document::types::Programme;

const WHOLE: &str = "
программа школы целиком «Программа»
  тип «ШППКО»
  по методисту «так принято»
  период 3 учебных года с сентября
  принимает «педагогический совет»
  утверждает директор
  подписывает завуч
  основания закон, постановление, отменённый
  разделы по порядку
  этап начало «Подготовительный»
    длится 2 месяца
    содержание «Назначить команду. Подробности — в разделе {{раздел \"цели_раздел\"}}.»
  этап работа «Основной»
    содержание «Помогать учащимся.»
  этап итоги «Обобщающий»
    длится 3 месяца

  раздел скрытый «Чего нет»
    показать если отложенные
    текст «Слова.»
  раздел основания_раздел «Основания»
    раздел уровни «Приоритеты»
      таблица приоритеты_таблица
        строки приоритеты_уровней
        графа «№» номер
        графа «Приоритет» название
        графа «Документ» откуда
      текст «{{#если муниципальные_приоритеты}}Есть и муниципальные.{{else}}Муниципальные школа впишет: ____{{/если}}»
  раздел цели_раздел «Цели»
    таблица связи
      строки приоритеты
      графа «Дефицит» название
      графа «Задачи» задачи
      графа «Мероприятия» мероприятия
    таблица этапы_таблица
      строки этапы
      графа «Этап» название
      графа «Срок» срок
      графа «Содержание» содержание
      графа «Мероприятия» мероприятия
    таблица направления_таблица
      строки направления
      графа «Направление» название
      графа «Мероприятия» мероприятия
      графа «Срок» срок
      графа «Кто» ответственные
  приложение граф_раздел «Граф»
    диаграмма граф «Связи мероприятий»
      граф_мероприятий
  приложение листы «Листы»
    таблица лист_согласования
      строки согласующие
      графа «№» номер
      графа «Должность» название
      графа «Фамилия» лицо
      графа «Подпись» подпись
      графа «Дата» дата_подписи
    таблица лист_ознакомления
      строки ознакомленные
      графа «Должность» название
      графа «Фамилия» лицо
      графа «Подпись» подпись
";

fn pack() -> String {
    let aims =
        "действует с 1 сентября 2013\n  приоритет «Качество для каждого» по методисту «проба»";
    let changed = [
        ("действует с 1 сентября 2013", aims),
        ("    решает помочь\n    ответственные завуч\n    срок октябрь, январь", "    решает помочь\n    после консультации\n    ответственные завуч\n    срок октябрь, январь"),
        ("действует с 1 марта 2010 по 31 декабря 2015", "действует с 1 марта 2010 по 31 декабря 2015\n  приоритет «Прежнее»"),
    ]
    .iter()
    .fold(PACK.to_owned(), |pack, (from, to)| {
        assert!(pack.contains(from), "{from}");
        pack.replacen(from, to, 1)
    });
    format!("{changed}{WHOLE}")
}

fn composed(change: impl FnOnce(&mut Project)) -> Programme {
    let mut case = case(&pack(), "Школа", DATA);
    change(&mut case.project);
    case.compose("целиком").expect("it composes")
}

fn person(role: &str, name: &str) -> Person {
    let role = Placed { value: role.to_owned(), place: Place::Nowhere };
    Person { role, name: name.to_owned() }
}

#[test]
fn stages_divide_the_period_and_say_what_begins_in_them() {
    let programme = composed(|_| {});
    assert_eq!(
        rows(&programme, "этапы_таблица"),
        [
            "Подготовительный | с 1 сентября 2026 года по 31 октября 2026 года | Назначить команду. \
             Подробности — в разделе 2. | 1",
            "Основной | с 1 ноября 2026 года по 31 мая 2029 года | Помогать учащимся. | 1, 2",
            "Обобщающий | с 1 июня 2029 года по 31 августа 2029 года |  | —",
        ]
    );
    let last = programme.stages.last().map(|stage| (stage.from.as_str(), stage.to.as_str()));
    assert_eq!(last, Some(("2029-06-01", "2029-08-31")));
}

#[test]
fn stages_that_do_not_fit_are_left_out_and_that_is_said() {
    let mut case = case(&pack(), "Школа", DATA);
    if let Some((_, to)) = &mut case.project.period {
        to.value = jiff::civil::date(2026, 12, 31);
    }
    let said = case.with("целиком", remarks);
    assert_eq!(said.iter().filter(|remark| remark.code.0 == 434).count(), 1, "{said:?}");
    assert!(case.compose("целиком").expect("it composes").stages.is_empty());
}

#[test]
fn aims_stand_under_their_levels_with_the_act_that_sets_them() {
    let programme = composed(|project| {
        project.priorities.push(Priority {
            id: crate::base::Id::new("приоритет_1"),
            level: crate::base::Level::Municipality,
            text: "Меньше двоек".to_owned(),
            source: String::new(),
        });
    });
    assert_eq!(
        rows(&programme, "приоритеты_таблица"),
        [
            "Федерация",
            "1 | Качество для каждого | Федеральный закон от 29 декабря 2012 г. № 273-ФЗ «О проверке»",
            "Муниципалитет",
            "2 | Меньше двоек | нет данных",
        ]
    );
    let because = |aim: &str| -> Vec<String> {
        let blocks = all_blocks(&programme.sections);
        let cells = blocks.iter().flat_map(|block| block.rows.iter().flatten());
        let cell = cells.into_iter().find(|cell| cell.id == aim).expect("the aim");
        cell.because.iter().map(|because| because.text.clone()).collect()
    };
    assert_eq!(because("приоритет_1"), ["Приоритеты в файле проекта"]);
    assert!(because("закон_приоритет_1").iter().any(|text| text.contains("По методисту")));
    let levels: Vec<&str> = programme.priorities.iter().map(|aim| aim.level.as_str()).collect();
    assert_eq!(levels, ["федерация", "муниципалитет"]);
    let said = |programme: &Programme, words: &str| {
        all_blocks(&programme.sections).iter().any(|block| plain(&block.text).contains(words))
    };
    assert!(said(&programme, "Есть и муниципальные."));
    assert!(said(&composed(|_| {}), "школа впишет: ____"));
}

#[test]
fn sections_are_numbered_by_their_place_among_those_shown() {
    let programme = composed(|_| {});
    let numbers: Vec<String> = programme
        .sections
        .iter()
        .flat_map(|it| std::iter::once(it).chain(&it.sections))
        .filter(|it| !it.title.is_empty())
        .map(|it| format!("{} {}", it.number, it.title))
        .collect();
    assert_eq!(numbers, ["1 Основания", "1.1 Приоритеты", "2 Цели", "1 Граф", "2 Листы"]);
    let annexes: Vec<&str> = programme.annexes.iter().map(|it| it.number.as_str()).collect();
    assert_eq!(annexes, ["1", "2"]);
}

#[test]
fn the_sheets_name_everyone_once_and_leave_blanks_to_write_in() {
    let programme = composed(|project| {
        project.people =
            vec![person("директор", "И. И. Первый"), person("завуч", "П. П. Второй, С. С. Третий")];
    });
    assert_eq!(
        rows(&programme, "лист_согласования"),
        [
            "1 | Педагогический совет |  |  | ",
            "2 | Директор | И. И. Первый |  | ",
            "3 | Заместитель директора | П. П. Второй, С. С. Третий |  | ",
        ]
    );
    assert_eq!(
        rows(&programme, "лист_ознакомления"),
        [
            "Заместитель директора | П. П. Второй | ",
            "Заместитель директора | С. С. Третий | ",
            "Директор | И. И. Первый | ",
        ]
    );
    let taught = composed(|project| {
        let names = "П. П. Второй (математика, физика), С. С. Третий (химия)";
        project.people = vec![person("директор", "П. П. Второй"), person("завуч", names)];
    });
    assert_eq!(
        rows(&taught, "лист_ознакомления"),
        [
            "Заместитель директора (математика, физика)\nДиректор | П. П. Второй | ",
            "Заместитель директора (химия) | С. С. Третий | ",
        ]
    );
    let counted = composed(|project| {
        project.people =
            vec![person("директор", "5 человек"), person("завуч", "5 человек (9 класс)")];
    });
    assert_eq!(
        rows(&counted, "лист_ознакомления"),
        ["Заместитель директора (9 класс) | 5 человек | ", "Директор | 5 человек | "]
    );
    let blocks = all_blocks(&programme.sections);
    let sheet = blocks.iter().find(|block| block.id == "лист_согласования").expect("the sheet");
    let blank: Vec<bool> = sheet.columns.iter().map(|column| column.blank).collect();
    assert_eq!(blank, [false, false, false, true, true]);
    let unnamed = composed(|_| {});
    assert_eq!(
        rows(&unnamed, "лист_ознакомления"),
        ["Заместитель директора |  | ", "Директор |  | "]
    );
}

#[test]
fn the_graph_tells_itself_in_words() {
    let programme = composed(|_| {});
    let blocks = all_blocks(&programme.sections);
    let block = blocks.iter().find(|block| block.id == "граф").expect("the graph");
    let figure = block.figure.as_ref().expect("a figure");
    assert_eq!((block.kind.as_str(), figure.kind.as_str()), ("рисунок", "граф"));
    assert_eq!(
        plain(&figure.alt),
        "Граф мероприятий: Связи мероприятий. № 1 — ничего не ждёт, на критическом пути; № 2 — \
         после № 1, на критическом пути."
    );
    assert!(figure.svg.starts_with("<svg"));
    let alone = blocks.iter().find(|block| block.id == "граф_отдельно").expect("what stands alone");
    assert_eq!(plain(&alone.text), "Других мероприятий не ждут и никого не задерживают: № 3.");
}

#[test]
fn links_directions_and_participants_are_told() {
    let programme = composed(|_| {});
    assert_eq!(
        rows(&programme, "связи"),
        ["Неуспешность на экзамене | Организовать помощь | 1, 2"]
    );
    assert_eq!(
        rows(&programme, "направления_таблица"),
        [
            "1.2 Работа со школами | 1, 2 | октябрь 2026 – май 2029 года | Заместитель директора",
            "Назначить команду | 3 | — | Директор",
        ]
    );
    let participants = programme.participants.iter();
    let told: Vec<(&str, usize)> =
        participants.map(|it| (it.body.as_str(), it.duties.len())).collect();
    assert_eq!(told, [("Заместитель директора", 2), ("Директор", 1)]);
}
