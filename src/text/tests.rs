//! Texts as their authors write them, and their slips.

use std::collections::BTreeMap;

use jiff::civil::date;

use super::*;
use crate::base::Number;
use crate::russian::{Case, NBSP};

/// Values by name; a name with arguments is written as `огэ_2 год_назад=1`.
#[derive(Default)]
struct Names(BTreeMap<String, TextValue>);

impl Scope for Names {
    fn value(&self, path: &str, arguments: &Arguments) -> Option<TextValue> {
        let mut key = path.to_owned();
        for (name, value) in arguments.choosing().iter() {
            let value = match value {
                Argument::Text(text) => text.clone(),
                Argument::Number(number) => number.to_string(),
            };
            key.push_str(&format!(" {name}={value}"));
        }
        self.0.get(&key).cloned()
    }

    fn unit(&self, name: &str) -> Option<[String; 3]> {
        (name == "договор_ед").then(|| ["договор", "договора", "договоров"].map(String::from))
    }
}

fn n(text: &str) -> Number {
    Number::parse(text).expect("a number of the test")
}

fn words(text: &str) -> TextValue {
    TextValue::Words(text.into())
}

fn quantity(value: &str, unit: QuantityUnit) -> TextValue {
    TextValue::Quantity { value: n(value), unit }
}

fn percent(value: &str) -> TextValue {
    quantity(value, QuantityUnit::Percent)
}

fn between(low: &str, high: &str, unit: QuantityUnit) -> TextValue {
    TextValue::Between { low: Number::parse(low).ok(), high: Number::parse(high).ok(), unit }
}

fn people() -> QuantityUnit {
    QuantityUnit::Count(["человек", "человека", "человек"].map(String::from))
}

fn record(parts: &[(&str, TextValue)]) -> TextValue {
    TextValue::Record(parts.iter().map(|(k, v)| ((*k).to_owned(), v.clone())).collect())
}

fn names() -> Names {
    let school = TextValue::Name {
        nominative: "МБОУ «Школа № 5»".into(),
        forms: vec![(Case::Genitive, "МБОУ «Школа № 5» г. Минусинска".into())],
    };
    let tasks = TextValue::List(vec![
        record(&[("название", words("Обучить учителей"))]),
        record(&[("название", words("Обновить план"))]),
    ]);
    let values = [
        ("огэ_2", percent("12,5")),
        ("огэ_2 по=регион", percent("8,333")),
        ("огэ_2 год_назад=1", percent("15,5")),
        ("огэ_2 год_назад=2", percent("12,5")),
        ("огэ_2 год_назад=3", TextValue::Missing),
        ("неизвестно_что", TextValue::Missing),
        ("обучающихся", quantity("421", people())),
        ("обучающихся год_назад=1", quantity("400", people())),
        ("средний", quantity("4,2", QuantityUnit::Score)),
        ("средний год_назад=1", quantity("4,6", QuantityUnit::Score)),
        ("отметка", quantity("3,75", QuantityUnit::Mark)),
        ("просто", quantity("12345,678", QuantityUnit::Plain)),
        ("вилка", between("10", "15", QuantityUnit::Percent)),
        ("вилка год_назад=1", between("5", "8", QuantityUnit::Percent)),
        ("не_меньше", between("21", "", people())),
        ("не_больше", between("", "30", QuantityUnit::Percent)),
        ("никак", between("", "", QuantityUnit::Percent)),
        ("школа.название", school),
        ("предмет", words("русский язык")),
        ("директор", TextValue::AsIs("Иванова И. И.".into())),
        ("роль.ведущий_специалист", words("ведущий специалист")),
        ("лицо.ведущий_специалист", TextValue::AsIs("Петров П. П.".into())),
        ("есть_психолог", TextValue::Truth(true)),
        ("есть_логопед", TextValue::Truth(false)),
        ("утверждение", TextValue::Date(date(2026, 9, 1))),
        ("срок", TextValue::Period { from: date(2026, 10, 1), to: date(2027, 5, 31) }),
        ("зоны", TextValue::List(vec![words("кадры"), words("качество преподавания")])),
        ("пусто", TextValue::List(vec![])),
        ("задачи", tasks),
        ("хитрое", words("Школа {{#each}} #import \"a\" {{огэ_2}} <b>&\\")),
        ("с_переносом", words("одна\n\nдве\u{2029}три")),
        ("незнакомое", words("Гвоздикленд")),
    ];
    Names(values.into_iter().map(|(k, v)| (k.to_owned(), v)).collect())
}

#[track_caller]
fn paragraphs(source: &str) -> Vec<String> {
    let text = Text::parse(source).unwrap_or_else(|errors| panic!("«{source}»: {errors:?}"));
    text.render(&names()).unwrap_or_else(|error| panic!("«{source}»: {error:?}"))
}

/// Rendered as one paragraph, no-break spaces shown as plain ones.
#[track_caller]
fn check(source: &str, expected: &str) {
    assert_eq!(paragraphs(source).join("¶").replace(NBSP, " "), expected, "of «{source}»");
    // The one thing that Handlebars would not take is a name with a point before an argument.
    if !source.contains("название падеж") {
        handlebars::Template::compile(source).expect("what we accept is Handlebars");
    }
}

#[track_caller]
fn fails(source: &str, at: &str, part: &str) {
    let errors = Text::parse(source).err().unwrap_or_default();
    let offset = source.find(at).expect("the place is in the source");
    let found = errors.iter().any(|e| e.offset == offset && e.message.contains(part));
    assert!(found && errors.len() == 1, "«{source}» at {offset}, «{part}»: {errors:?}");
}

#[test]
fn helpers_word_their_values() {
    for (source, expected) in [
        ("без скобок", "без скобок"),
        ("{{процент огэ_2}}", "12,5 %"),
        (r#"{{процент огэ_2 по="регион"}}"#, "8,3 %"),
        (r#"{{процент огэ_2 по="регион" знаков=0}}"#, "8 %"),
        ("{{процент огэ_2 год_назад=1}}", "15,5 %"),
        ("{{процент просто}}", "12 345,7 %"),
        ("{{процент вилка}}", "от 10 до 15 %"),
        ("{{процент не_больше}}", "не более 30 %"),
        ("{{процент никак}}", "нет данных"),
        ("{{процент неизвестно_что}}", "нет данных"),
        ("{{неизвестно_что}}", "нет данных"),
        ("{{число обучающихся}}", "421 человек"),
        (r#"{{число обучающихся "ученик"}}"#, "421 ученик"),
        (r#"{{число просто "учебный год" знаков=0}}"#, "12 346 учебных лет"),
        (r#"{{число зоны "дефицит"}}"#, "2 дефицита"),
        (r#"{{число зоны "договор_ед"}}"#, "2 договора"),
        (r#"{{число пусто "событие"}}"#, "0 событий"),
        ("{{число огэ_2}}", "12,5"),
        ("{{число не_меньше}}", "не менее 21 человека"),
        ("{{балл средний}}", "4,2 балла"),
        ("{{балл отметка}}", "3,75 балла"),
        ("{{отметка}}", "3,75"),
        ("{{огэ_2}}", "12,5 %"),
        ("{{обучающихся}}", "421 человек"),
        ("{{дата утверждение}}", "1 сентября 2026 года"),
        (r#"{{дата утверждение вид="краткий"}}"#, "1 сентября 2026 г."),
        (r#"{{дата утверждение вид="цифрами"}}"#, "01.09.2026"),
        (r#"{{дата срок вид="краткий"}}"#, "с 1 октября 2026 г. по 31 мая 2027 г."),
        ("{{месяцы срок}}", "октябрь 2026 – май 2027 года"),
        ("{{месяцы утверждение}}", "сентябрь 2026 года"),
        ("{{перечень зоны}}", "кадры и качество преподавания"),
        (r#"{{перечень зоны союз="или"}}"#, "кадры или качество преподавания"),
        (r#"{{перечень зоны союз="нет"}}"#, "кадры, качество преподавания"),
        (r#"{{перечень зоны падеж="родительный"}}"#, "кадров и качества преподавания"),
        ("{{перечень задачи}}", "Обучить учителей и Обновить план"),
        ("{{перечень пусто}}", "нет"),
        ("{{есть_психолог}}", "да"),
    ] {
        check(source, expected);
    }
}

#[test]
fn names_take_cases() {
    for (source, expected) in [
        (r#"{{предмет падеж="дательный"}}"#, "русскому языку"),
        (r#"{{ предмет падеж = "творительный" }}"#, "русским языком"),
        (r#"{{школа.название падеж="родительный"}}"#, "МБОУ «Школа № 5» г. Минусинска"),
        (r#"{{школа.название падеж="предложный"}}"#, "МБОУ «Школа № 5»"),
        ("{{школа.название}}", "МБОУ «Школа № 5»"),
        (r#"{{директор падеж="дательный"}}"#, "Иванова И. И."),
        (
            r#"{{роль "ведущий_специалист" падеж="винительный"}} {{лицо "ведущий_специалист"}}"#,
            "ведущего специалиста Петров П. П.",
        ),
    ] {
        check(source, expected);
    }
}

#[test]
fn changes_are_worded() {
    for (source, expected) in [
        ("{{изменение огэ_2}}", "снижение на 3 п. п."),
        ("{{изменение огэ_2}}. Далее.", "снижение на 3 п. п. Далее."),
        (r#"{{изменение огэ_2 вид="знаком"}}"#, "−3 п. п."),
        ("{{изменение огэ_2 год_назад=2}}", "без изменений"),
        ("{{изменение огэ_2 год_назад=3}}", "нет данных"),
        ("{{изменение средний}}", "снижение на 0,4 балла"),
        ("{{изменение обучающихся}}", "рост с 400 до 421 человека"),
        (r#"{{изменение обучающихся вид="знаком"}}"#, "+21 человек"),
        ("{{изменение вилка}}", "рост на 2–10 п. п."),
    ] {
        check(source, expected);
    }
}

#[test]
fn blocks_choose_and_repeat() {
    for (source, expected) in [
        ("{{#если есть_психолог}}есть{{else}}нет{{/если}}", "есть"),
        ("{{#если есть_логопед}}есть{{else}}нет{{/если}}", "нет"),
        ("а {{#если есть_логопед}}б {{/если}}в", "а в"),
        ("{{#если зоны}}есть{{/если}}", "есть"),
        ("{{#если пусто}}есть{{else}}пусто{{/если}}", "пусто"),
        ("{{#если известно огэ_2}}{{процент огэ_2}}{{else}}—{{/если}}", "12,5 %"),
        ("{{#если известно неизвестно_что}}есть{{else}}не измерялось{{/если}}", "не измерялось"),
        ("{{#если известно никак}}есть{{else}}не измерялось{{/если}}", "не измерялось"),
        // What is not known is neither true nor false.
        ("{{#если неизвестно_что}}да{{else}}нет{{/если}}", "нет данных"),
        ("{{#каждый неизвестно_что}}да{{/каждый}}", "нет данных"),
        (
            "{{#каждый задачи}}{{это.номер}}) {{это.название}}; {{/каждый}}",
            "1) Обучить учителей; 2) Обновить план;",
        ),
        (
            "{{#каждый задачи}}{{это}}, {{предмет}}. {{/каждый}}",
            "Обучить учителей, русский язык. Обновить план, русский язык.",
        ),
        (
            r#"{{#каждый зоны}}{{это падеж="дательный"}}; {{/каждый}}"#,
            "кадрам; качеству преподавания;",
        ),
        ("{{#каждый пусто}}{{это}}{{else}}пусто{{/каждый}}", "пусто"),
        (
            "{{#если есть_психолог}}{{#каждый зоны}}{{#если есть_логопед}}х{{else}}{{это}} {{/если}}{{/каждый}}{{/если}}",
            "кадры качество преподавания",
        ),
        // A branch that is not taken may hold what cannot be worded.
        (r#"{{#если есть_логопед}}{{незнакомое падеж="дательный"}}{{else}}нет{{/если}}"#, "нет"),
    ] {
        check(source, expected);
    }
}

#[test]
fn paragraphs_and_blanks() {
    let source = "Первая строка\n   вторая {{предмет}}.\n\n     Новый абзац.\n  \n\n{{#если есть_логопед}}Нет такого.{{/если}}\n\nКонец.";
    assert_eq!(
        paragraphs(source),
        ["Первая строка вторая русский язык.", "Новый абзац.", "Конец."]
    );
    check("{{#если есть_психолог}}\n  а\n\n  б\n{{/если}}\n", "а¶б");
    check("{{с_переносом}}", "одна две три");
    assert_eq!(paragraphs("\n \n"), Vec::<String>::new());
    assert_eq!(paragraphs("5\u{a0}%"), ["5\u{a0}%"]);
}

#[test]
fn values_are_never_read_as_templates() {
    check("«{{хитрое}}»", "«Школа {{#each}} #import \"a\" {{огэ_2}} <b>&\\»");
    check(
        "{{#каждый зоны}}{{хитрое}}{{/каждый}}",
        &"Школа {{#each}} #import \"a\" {{огэ_2}} <b>&\\".repeat(2),
    );
}

#[test]
fn braces_of_the_author_stay() {
    assert_eq!(paragraphs(r"пишут \{{имя}, и {{предмет}}"), ["пишут {{имя}, и русский язык"]);
    assert_eq!(paragraphs(r"{ {{предмет}} \ {{предмет}}"), [r"{ русский язык \ русский язык"]);
    assert_eq!(paragraphs("{{предмет}}}"), ["русский язык}"]);
}

#[test]
fn faults_of_the_source_are_placed() {
    for (source, at, part) in [
        ("а {{процент\u{a0}огэ_2}} б", "\u{a0}", "неразрывный"),
        ("{{#если\u{a0}X}}а{{/если}}", "\u{a0}", "неразрывный"),
        ("{{#если X}}а{{иначе}}б{{/если}}", "иначе", "{{else}}"),
        ("{{процинт огэ_2}}", "процинт", "«процент»"),
        ("{{прыжок огэ_2}}", "прыжок", "есть: процент"),
        ("доля {{процент огэ_2", "{{", "не закрыто"),
        ("доля {{процент огэ_2 и {{предмет}}", "{{", "не закрыто"),
        ("доля процент огэ_2}}", "}}", "без «{{»"),
        ("{{{предмет}}}", "{предмет", "третья скобка"),
        ("{{}}", "{{}}", "пустые"),
        ("{{процент}}", "процент", "ждёт имя"),
        ("{{процент огэ_2 «регион»}}", "«регион»", "прямых кавычках"),
        ("{{процент огэ_2 по=регион}}", "регион", "в кавычках"),
        (r#"{{процент огэ_2 пo="регион"}}"#, "пo", "«по»"),
        (r#"{{предмет падеж="дательнй"}}"#, r#""дательнй"#, "«дательный»"),
        (r#"{{процент огэ_2 падеж="дательный"}}"#, "падеж", "аргумента «падеж»"),
        (r#"{{процент огэ_2 по="а" по="б"}}"#, r#"по="б"#, "дважды"),
        (r#"{{число огэ_2 "а" "б"}}"#, r#""б"#, "лишнее"),
        (r#"{{процент "огэ_2"}}"#, r#""огэ_2"#, "без кавычек"),
        ("{{роль директор}}", "директор", "в кавычках"),
        ("{{#если X}}а", "{{#если", "не закрыт"),
        ("{{#каждый\u{a0}X}}а{{/каждый}}", "\u{a0}", "неразрывный"),
        ("{{#если X}}а{{/если\u{a0}}}", "\u{a0}", "неразрывный"),
        ("а{{/если}}", "{{/если", "которого нет"),
        ("{{#если X}}а{{/каждый}}", "{{/каждый", "ожидалось {{/если}}"),
        ("{{else}}", "{{else", "вне"),
        ("{{#если X}}{{else}}{{else}}{{/если}}", "{{else}}{{/", "второе"),
        ("{{#если X}}{{else если Y}}{{/если}}", "если Y", "без условия"),
        ("{{#каждый X}}{{#каждый Y}}{{/каждый}}{{/каждый}}", "каждый Y", "внутри"),
        ("{{#if X}}а{{/if}}", "if X", "{{#если}}"),
        ("{{#процент X}}", "процент", "не блок"),
        ("{{если X}}", "если", "решётки"),
        ("{{дата сегодня}}", "сегодня", "на свою дату"),
        ("{{сегодня}}", "сегодня", "на свою дату"),
        ("{{это.название}}", "это", "внутри"),
        ("{{> часть}}", "> ", "не используется"),
        ("{{! пояснение }}", "! ", "пояснение"),
        ("{{процент огэ_2 год_назад=0}}", "0}}", "от 1 до 20"),
        ("{{процент (число X)}}", "(", "не используется"),
        ("{{а..б}}", "а..б", "не имя"),
        ("{{2огэ}}", "2огэ", "начинается с буквы"),
        (r#"{{число X "человек}}"#, r#""человек"#, "кавычка"),
    ] {
        fails(source, at, part);
    }
}

#[test]
fn all_faults_come_at_once() {
    let errors = Text::parse("{{процинт а}} {{предмет}} {{б в}} {{").err().unwrap_or_default();
    let offsets: Vec<usize> = errors.iter().map(|error| error.offset).collect();
    assert_eq!(offsets.len(), 3);
    assert!(offsets.is_sorted());
}

#[test]
fn faults_of_rendering_are_placed() {
    for (source, at, part) in [
        ("а {{погода}}", "погода", "имени «погода» нет"),
        ("{{#если есть_логопед}}{{погода}}{{/если}}", "погода", "имени «погода» нет"),
        ("{{процент средний}}", "средний", "в другом"),
        ("{{процент предмет}}", "предмет", "слова, а здесь нужно: процент"),
        ("{{перечень предмет}}", "предмет", "слова, а здесь нужно: список"),
        ("{{дата предмет}}", "предмет", "дата"),
        ("{{#если предмет}}а{{/если}}", "предмет", "да/нет"),
        ("{{#каждый предмет}}а{{/каждый}}", "предмет", "список"),
        ("{{#каждый задачи}}{{это.автор}}{{/каждый}}", "это.автор", "имени"),
        (r#"{{незнакомое падеж="дательный"}}"#, "незнакомое", "«Гвоздикленд» нет в словаре"),
        (
            r#"{{#каждый зоны}}{{незнакомое падеж="дательный"}}{{/каждый}}"#,
            "незнакомое",
            "задайте эту форму",
        ),
        (r#"{{число зоны "чек-лист"}}"#, r#""чек-лист"#, "не объявлена"),
        (r#"{{огэ_2 падеж="дательный"}}"#, "огэ_2", "падежа у него нет"),
        ("{{изменение предмет год_назад=1}}", "предмет", "имени"),
    ] {
        let text = Text::parse(source).unwrap_or_else(|errors| panic!("«{source}»: {errors:?}"));
        let error = text.render(&names()).expect_err(source);
        assert_eq!(Some(error.offset), source.find(at), "«{source}»: {error:?}");
        assert!(error.message.contains(part), "«{source}»: {error:?}");
    }
}

#[test]
fn uses_tell_names_helpers_and_guards() {
    let source = r#"{{процент X по="регион"}} {{число Y "дефицит"}} {{#если известно X}}{{X}} {{процент X по="регион"}} {{изменение X}}{{else}}{{X}}{{/если}} {{#каждый Z}}{{это.название падеж="родительный"}}{{/каждый}} {{роль "директор"}}"#;
    let text = Text::parse(source).expect("a good text");
    let seen: Vec<String> = text
        .uses()
        .iter()
        .map(|u| {
            let unit = u.unit.as_ref().map_or(String::new(), |unit| format!(" [{}]", unit.name));
            let each = u.each.as_ref().map_or(String::new(), |each| format!(" из {each}"));
            let guarded = if u.guarded { " под защитой" } else { "" };
            let asks = if u.asks_known { " известно?" } else { "" };
            assert!(
                source
                    .get(u.offset..)
                    .is_some_and(|s| { s.starts_with(&u.path) || s.starts_with('"') })
            );
            format!(
                "{}:{}{unit}{each}{asks}{guarded} {}",
                u.helper.name,
                u.path,
                u.arguments.iter().count()
            )
        })
        .collect();
    assert_eq!(
        seen,
        [
            "процент:X 1",
            "число:Y [дефицит] 0",
            "если:X известно? 0",
            ":X под защитой 0",
            "процент:X 1",
            "изменение:X 0",
            ":X 0",
            "каждый:Z 0",
            ":это.название из Z 1",
            "роль:роль.директор 0",
        ]
    );
}

#[test]
fn a_change_needs_both_values_guarded() {
    let source =
        r#"{{#если известно X}}{{#если известно X год_назад=1}}{{изменение X}}{{/если}}{{/если}}"#;
    let uses = Text::parse(source).expect("a good text").uses();
    assert_eq!(uses.iter().map(|u| u.guarded).collect::<Vec<_>>(), [false, false, true]);
    let source = r#"{{#если известно X по="регион"}}{{#если известно X год_назад=1 по="регион"}}{{изменение X по="регион"}}{{/если}}{{/если}}"#;
    let uses = Text::parse(source).expect("a good text").uses();
    assert!(uses.last().is_some_and(|u| u.guarded));
    assert_eq!(uses.last().map(|u| u.needs().len()), Some(2));
}

#[test]
fn a_variable_is_replaced_where_it_is_the_head() {
    let source = r#"Доля „2“ по {{предмет падеж="дательный"}}, {{ предмет.родительный }}, {{предмет}}; {{предметы}} {{процент предмет}} \{{предмет}} {{число X "}}"}} {{предмет"#;
    let replaced = substitute(source, "предмет", |rest| format!("[{rest}]"));
    assert_eq!(
        replaced,
        r#"Доля „2“ по [ падеж="дательный"], [.родительный], []; {{предметы}} {{процент предмет}} \{{предмет}} {{число X "}}"}} {{предмет"#
    );
}

#[test]
fn the_table_of_helpers_is_true() {
    for spec in HELPERS {
        assert!(Text::parse(spec.example).is_ok(), "{}", spec.example);
        for option in spec.options {
            assert!(ARGUMENTS.iter().any(|argument| argument.name == *option), "{option}");
        }
    }
    for argument in ARGUMENTS {
        assert!(Text::parse(argument.example).is_ok(), "{}", argument.example);
    }
}

#[test]
fn deep_or_long_texts_end() {
    let deep = format!("{}{}", "{{#если X}}".repeat(50), "{{/если}}".repeat(50));
    assert!(Text::parse(&deep).is_err());
    let long = "{{предмет}} ".repeat(5_000);
    assert_eq!(paragraphs(&long).len(), 1);
}
