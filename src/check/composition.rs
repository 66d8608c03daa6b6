//! Tables, charts and repetitions of programmes draw on what a programme has. The tables of this
//! file are what the composer offers.

use super::scope::{NameKind, NameSpec};
use super::sites::{self, Part, PlacedPart};
use super::{CheckSpec, Pass};
use crate::base::{Id, suggest};
use crate::diag::Code;
use crate::model::{ChartSpec, ColumnSpec, Picture, Ref, TableSpec, When};

pub(super) const SPEC: CheckSpec =
    CheckSpec {
        code: Code(41), summary: "Таблица или повтор берут то, чего нет", run
    };

/// What the rows of a source are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowKind {
    Indicator,
    Deficit,
    Unknown,
    Untouched,
    Cause,
    Goal,
    Task,
    Activity,
    Resource,
    Total,
    Risk,
    Ground,
    Responsible,
    Document,
    Reason,
    Aim,
    Stage,
    Stated,
    Participant,
    Branch,
    Signatory,
    Passport,
    /// Of an identification: the school in a year, a school among others.
    SchoolYear,
    Identified,
}

/// A source of rows: `строки мероприятия`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RowSource {
    pub name: &'static str,
    pub rows: RowKind,
    /// Whether it speaks of one deficit and stands only within its repetition.
    pub within_deficit: bool,
}

const fn rows(name: &'static str, rows: RowKind) -> RowSource {
    RowSource { name, rows, within_deficit: false }
}

/// Every source of rows.
pub const ROW_SOURCES: &[RowSource] = &[
    rows("показатели_дефицитов", RowKind::Indicator),
    RowSource {
        name: "показатели_дефицита", rows: RowKind::Indicator, within_deficit: true
    },
    rows("показатели_школы", RowKind::Indicator),
    rows("целевые_показатели", RowKind::Indicator),
    rows("ожидаемые_результаты", RowKind::Indicator),
    rows("дефициты", RowKind::Deficit),
    rows("приоритеты", RowKind::Deficit),
    rows("отложенные", RowKind::Deficit),
    rows("включённые", RowKind::Deficit),
    rows("неопределённые", RowKind::Deficit),
    rows("неизвестные", RowKind::Unknown),
    rows("нерассмотренные", RowKind::Untouched),
    rows("причины", RowKind::Cause),
    rows("цели", RowKind::Goal),
    rows("задачи", RowKind::Task),
    rows("мероприятия", RowKind::Activity),
    rows("мероприятия_по_зонам", RowKind::Activity),
    rows("мероприятия_по_направлениям", RowKind::Activity),
    rows("дорожная_карта", RowKind::Activity),
    rows("ресурсы", RowKind::Resource),
    rows("ресурсы_по_видам", RowKind::Resource),
    rows("итоги_ресурсов", RowKind::Total),
    rows("риски", RowKind::Risk),
    rows("неопределённые_риски", RowKind::Risk),
    rows("основания", RowKind::Ground),
    rows("ответственные", RowKind::Responsible),
    rows("документы", RowKind::Document),
    rows("обоснование", RowKind::Reason),
    rows("приоритеты_уровней", RowKind::Aim),
    rows("муниципальные_приоритеты", RowKind::Aim),
    rows("известные_результаты", RowKind::Indicator),
    rows("прошлые_результаты", RowKind::Indicator),
    rows("сравнимые_результаты", RowKind::Indicator),
    rows("этапы", RowKind::Stage),
    rows("заявленные_цели", RowKind::Stated),
    rows("заявленные_задачи", RowKind::Stated),
    rows("заявленные_результаты", RowKind::Stated),
    rows("заявленные_показатели", RowKind::Indicator),
    rows("участники", RowKind::Participant),
    rows("направления", RowKind::Branch),
    rows("согласующие", RowKind::Signatory),
    rows("ознакомленные", RowKind::Signatory),
    rows("ступени", RowKind::Passport),
    rows("параллели", RowKind::Passport),
    rows("контингент", RowKind::Passport),
    rows("социальный_паспорт", RowKind::Passport),
    rows("кадры", RowKind::Passport),
    rows("непрофильные_предметы", RowKind::Passport),
    rows("условия", RowKind::Passport),
    rows("паспорт_школы", RowKind::Passport),
    rows("школа_по_годам", RowKind::SchoolYear),
    rows("заключения_о_школах", RowKind::Identified),
    rows("отнесённые_школы", RowKind::Identified),
];

/// A field of rows: `графа «Срок» срок`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldSpec {
    pub name: &'static str,
    /// Whose field it is; empty for every row.
    pub of: &'static [RowKind],
    /// Whether it may be asked for another level or year.
    pub at: bool,
}

const fn field(name: &'static str, of: &'static [RowKind]) -> FieldSpec {
    FieldSpec { name, of, at: false }
}

use RowKind::{
    Activity, Aim, Branch, Cause, Deficit, Document, Goal, Ground, Identified, Indicator,
    Participant, Passport, Reason, Resource, Responsible, Risk, SchoolYear, Signatory, Stage,
    Stated, Task, Total, Unknown, Untouched,
};

/// Every field.
pub const FIELDS: &[FieldSpec] = &[
    field("номер", &[]),
    field("название", &[]),
    field("кратко", &[Indicator, Unknown]),
    FieldSpec { name: "значение", of: &[Indicator], at: true },
    field("участники", &[Indicator]),
    field("динамика", &[Indicator]),
    field("единица", &[Indicator]),
    field("исходное", &[Indicator]),
    FieldSpec { name: "факт", of: &[Indicator], at: true },
    FieldSpec { name: "план", of: &[Indicator], at: true },
    field("цель_1", &[Indicator]),
    field("цель_2", &[Indicator]),
    field("цель_3", &[Indicator]),
    field("цель_ученики", &[Indicator]),
    field("данные", &[Indicator, Unknown, Untouched]),
    field("источник", &[Indicator, Reason]),
    field("вес", &[Deficit]),
    field("зона", &[Deficit, Task, Activity]),
    field("причины", &[Deficit]),
    field("обоснование", &[Deficit]),
    field("отложен", &[Deficit]),
    field("решение", &[Deficit]),
    field("показатели", &[Deficit, Activity, Stated]),
    field("чьи", &[Unknown]),
    field("год", &[Unknown, SchoolYear]),
    field("решает", &[Unknown]),
    field("состояние", &[Cause]),
    field("вопрос", &[Cause]),
    field("дефициты", &[Cause, Task, Risk, Untouched]),
    field("цель", &[Task]),
    field("механизмы", &[Untouched]),
    field("мероприятия", &[Task, Responsible, Resource, Risk, Deficit, Stage, Branch]),
    field("задачи", &[Goal, Deficit]),
    field("результат", &[Activity]),
    field("срок", &[Activity, Document, Stage, Branch]),
    field("срок_1", &[Activity]),
    field("срок_2", &[Activity]),
    field("срок_3", &[Activity]),
    field("ответственные", &[Activity, Document, Risk, Branch]),
    field("контроль", &[Activity]),
    field("документы", &[Activity]),
    field("основание", &[Activity, Risk]),
    field("ресурсы", &[Activity]),
    field("вид", &[Resource]),
    field("количество", &[Resource]),
    field("за_счёт", &[Resource]),
    field("год_1", &[Total]),
    field("год_2", &[Total]),
    field("год_3", &[Total]),
    field("всего", &[Total]),
    field("без_количества", &[Total]),
    field("вероятность", &[Risk]),
    field("влияние", &[Risk]),
    field("мера", &[Risk]),
    field("реквизиты", &[Ground]),
    field("уровень", &[Ground, Aim]),
    field("откуда", &[Aim]),
    field("содержание", &[Stage]),
    field("обязанности", &[Participant]),
    field("итоги", &[Participant]),
    field("действие", &[Ground]),
    field("лицо", &[Responsible, Signatory]),
    field("подпись", &[Signatory]),
    field("дата_подписи", &[Signatory]),
    field("мероприятие", &[Document]),
    field("элемент", &[Reason]),
    field("почему", &[Reason]),
    field("сколько", &[Passport]),
    field("доля_целого", &[Passport]),
    field("классов", &[Passport]),
    field("код", &[Identified]),
    field("муниципалитет", &[Identified]),
    field("группа", &[SchoolYear, Identified]),
    field("результаты", &[Identified]),
    field("условия", &[Identified]),
    field("индекс_результатов", &[SchoolYear, Identified]),
    field("место_по_результатам", &[SchoolYear, Identified]),
    field("полоса_результатов", &[SchoolYear]),
    field("индекс_условий", &[SchoolYear, Identified]),
    field("место_по_условиям", &[SchoolYear, Identified]),
    field("полоса_условий", &[SchoolYear]),
    field("пометки", &[Identified]),
];

/// A repetition of blocks: `каждый приоритет`, and the names that it gives to the texts inside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EachSpec {
    pub name: &'static str,
    pub names: &'static [NameSpec],
}

const fn named(name: &'static str, kind: NameKind) -> NameSpec {
    NameSpec { name, kind }
}

const DEFICIT_NAMES: &[NameSpec] = &[
    named("номер", NameKind::Number),
    named("дефицит.название", NameKind::Words),
    named("дефицит.текст", NameKind::Words),
    named("дефицит.причины", NameKind::List),
    named("дефицит.зона", NameKind::Words),
    named("дефицит.вес", NameKind::Number),
    named("дефицит.обоснование", NameKind::Words),
    named("дефицит.показатели", NameKind::List),
];

/// Every repetition.
pub const EACH: &[EachSpec] = &[
    EachSpec { name: "дефицит", names: DEFICIT_NAMES },
    EachSpec { name: "приоритет", names: DEFICIT_NAMES },
    EachSpec { name: "отложенный", names: DEFICIT_NAMES },
    EachSpec { name: "неопределённый", names: DEFICIT_NAMES },
    EachSpec {
        name: "задача",
        names: &[
            named("номер", NameKind::Number),
            named("задача.название", NameKind::Words),
            named("задача.дефициты", NameKind::List),
            named("задача.мероприятия", NameKind::List),
            named("задача.зона", NameKind::Words),
            named("задача.цель", NameKind::Words),
        ],
    },
    EachSpec {
        name: "зона",
        names: &[
            named("номер", NameKind::Number),
            named("зона.название", NameKind::Words),
            named("зона.мероприятия", NameKind::List),
            named("зона.задачи", NameKind::List),
        ],
    },
    EachSpec {
        name: "цель",
        names: &[
            named("номер", NameKind::Number),
            named("цель.название", NameKind::Words),
            named("цель.задачи", NameKind::List),
            named("цель.показатели", NameKind::List),
        ],
    },
    EachSpec {
        name: "причина",
        names: &[
            named("номер", NameKind::Number),
            named("причина.название", NameKind::Words),
            named("причина.состояние", NameKind::Words),
            named("причина.вопрос", NameKind::Words),
            named("причина.дефициты", NameKind::List),
        ],
    },
];

/// The fields of a kind of rows.
pub fn fields_of(rows: RowKind) -> impl Iterator<Item = &'static FieldSpec> {
    FIELDS.iter().filter(move |field| field.of.is_empty() || field.of.contains(&rows))
}

/// The source of rows of that name, however its «ё» is written.
pub fn row_source(id: &Id) -> Option<&'static RowSource> {
    ROW_SOURCES.iter().find(|source| Id::new(source.name) == *id)
}

/// The repetition of that name.
pub fn each_of(id: &Id) -> Option<&'static EachSpec> {
    EACH.iter().find(|each| Id::new(each.name) == *id)
}

fn run(pass: &mut Pass<'_>) {
    for programme in pass.model.programmes.values() {
        for part in sites::parts(programme) {
            match part.what {
                Part::Table(spec) => table(pass, &part, spec),
                Part::Chart(spec) => chart(pass, &part, spec),
                Part::Each(what, _) => each(pass, what),
                Part::Section(_) | Part::Text(_) => {}
            }
        }
    }
}

fn each(pass: &mut Pass<'_>, what: &Ref) {
    if each_of(&what.id).is_none() {
        let known = EACH.iter().map(|each| each.name);
        unknown(pass, what, "нет повтора", known);
    }
}

/// `what` is no member of a closed set.
fn unknown(pass: &mut Pass<'_>, what: &Ref, lead: &str, known: impl Iterator<Item = &'static str>) {
    let known: Vec<&str> = known.collect();
    let hint = match suggest(what.id.as_str(), known.iter().copied()) {
        Some(near) => format!("возможно, вы имели в виду «{near}»"),
        None => format!("бывает: {}", known.join(", ")),
    };
    let finding = pass.error(what.span, format!("{lead} «{}»", what.id)).with_hint(hint);
    pass.report(finding);
}

fn table(pass: &mut Pass<'_>, part: &PlacedPart<'_>, table: &TableSpec) {
    let source = table.rows.as_ref().and_then(|rows| source(pass, part, rows));
    if table.rows.is_none() && table.fixed.is_empty() {
        let finding = pass
            .error(table.span, format!("в таблице «{}» нет строк", table.id))
            .with_hint("добавьте «строки …» или «строка «…» «…»»");
        pass.report(finding);
    }
    ready(pass, table);
    if table.rows.is_some() && table.columns.is_empty() && table.heads.is_empty() {
        let finding = pass
            .error(table.span, format!("в таблице «{}» нет граф", table.id))
            .with_hint("добавьте: графа «Название» название");
        pass.report(finding);
    }
    if let Some(source) = source {
        for column in &table.columns {
            self::column(pass, source, column);
        }
    }
}

/// Ready rows and columns that draw on a source do not mix, and each row has a cell a column.
fn ready(pass: &mut Pass<'_>, table: &TableSpec) {
    let mut found = Vec::new();
    if let (Some(head), Some(_)) = (table.heads.first(), &table.rows) {
        let message = format!("в таблице «{}» графа не говорит, что показывать", table.id);
        let hint = "добавьте имя поля: графа «Название» название";
        found.push(pass.error(head.title.span, message).with_hint(hint));
    }
    if let (Some(column), None, Some(_)) = (table.columns.first(), &table.rows, table.fixed.first())
    {
        let message = format!("строки таблицы «{}» готовые, показать поле нечему", table.id);
        let hint = "оставьте от графы заголовок: графа «Название» ширина 30";
        found.push(pass.error(column.field.span, message).with_hint(hint));
    }
    let width = if table.heads.is_empty() { 2 } else { table.heads.len() };
    for row in table.fixed.iter().filter(|row| row.cells.len() + 1 != width) {
        let message = format!(
            "в строке таблицы «{}» ячеек {}, а граф {width}",
            table.id,
            row.cells.len() + 1
        );
        let hint = match table.heads.is_empty() {
            true => "назовите графы: графа «Заголовок» ширина 30, по одной на ячейку",
            false => "пустую ячейку записывают как «»",
        };
        found.push(pass.error(row.span, message).with_hint(hint));
    }
    found.into_iter().for_each(|finding| pass.report(finding));
}

fn chart(pass: &mut Pass<'_>, part: &PlacedPart<'_>, chart: &ChartSpec) {
    match chart.picture {
        Picture::Figures => {}
        Picture::Calendar => return of_plan(pass, part, chart, "график_работ"),
        Picture::Network => return of_plan(pass, part, chart, "граф_мероприятий"),
    }
    match &chart.rows {
        Some(rows) => {
            source(pass, part, rows);
        }
        None if chart.indicators.is_empty() => {
            let finding = pass
                .error(chart.span, format!("на диаграмме «{}» нечего показать", chart.id))
                .with_hint(
                    "добавьте «показатели …», «строки …», «график_работ» или «граф_мероприятий»",
                );
            pass.report(finding);
        }
        None => {}
    }
}

/// A picture of the plan shows every activity, once.
fn of_plan(pass: &mut Pass<'_>, part: &PlacedPart<'_>, chart: &ChartSpec, word: &str) {
    let name = word.replace('_', " ");
    if chart.rows.is_some() || !chart.indicators.is_empty() {
        let message = format!("«{}» — {name}: показателей на нём не бывает", chart.id);
        let finding = pass
            .error(chart.span, message)
            .with_hint(format!("уберите «показатели» и «строки» или «{word}»"));
        pass.report(finding);
    }
    if !part.around.is_empty() {
        let message = format!("{name} «{}» повторять незачем", chart.id);
        let finding = pass
            .error(chart.span, message)
            .with_hint("поставьте его в раздел или приложение, не под «каждый»");
        pass.report(finding);
    }
}

fn source(pass: &mut Pass<'_>, part: &PlacedPart<'_>, rows: &Ref) -> Option<&'static RowSource> {
    let Some(source) = row_source(&rows.id) else {
        unknown(pass, rows, "нет строк", ROW_SOURCES.iter().map(|source| source.name));
        return None;
    };
    let in_deficit = part
        .around
        .iter()
        .filter_map(|around| each_of(&around.id))
        .any(|each| each.names == DEFICIT_NAMES);
    if source.within_deficit && !in_deficit {
        let message = format!("«{}» бывают только внутри «каждый дефицит»", source.name);
        let finding = pass.error(rows.span, message).with_hint(
            "поставьте таблицу под «каждый приоритет» или возьмите показатели_дефицитов",
        );
        pass.report(finding);
    }
    Some(source)
}

fn column(pass: &mut Pass<'_>, source: &'static RowSource, column: &ColumnSpec) {
    let mut known = fields_of(source.rows);
    let Some(field) = known.find(|field| Id::new(field.name) == column.field.id) else {
        let lead = format!("у строк «{}» нет графы", source.name);
        unknown(pass, &column.field, &lead, fields_of(source.rows).map(|field| field.name));
        return;
    };
    let elsewhere = column.level.is_some() || column.when != When::Current;
    if elsewhere && !field.at {
        let message = format!("«{}» не бывает по уровням и годам", field.name);
        let finding = pass
            .error(column.field.span, message)
            .with_hint("по уровням и годам бывает «значение», по годам — «факт» и «план»");
        pass.report(finding);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::check_code;

    #[track_caller]
    fn finds(blocks: &str, expected: &str) {
        let text = format!("программа школы п «П»\n  тип «справка»\n  раздел а «А»\n{blocks}");
        check_code(41, &text, expected);
    }

    #[test]
    fn known_rows_and_fields_are_quiet() {
        finds(
            "    таблица т «Т»\n      строки показатели_дефицитов\n      графа «Год назад» значение год назад\n      \
             графа «Край» значение по региону\n    каждый приоритет\n      таблица д\n        строки показатели_дефицита\n        \
             графа «№» номер\n    таблица постоянная\n      строка «Школа» «{{школа.название}}»\n    \
             таблица неопределенность\n      строки неопределенные\n      графа «Дефицит» название\n",
            "",
        );
    }

    #[test]
    fn what_is_unknown_is_named_with_a_guess() {
        finds(
            "    таблица т «Т»\n      строки мероприятие\n      графа «Год» год\n    таблица ж «Ж»\n      строки задачи\n      \
             графа «Срок» срок\n      графа «Зона» зона по региону\n    таблица ф «Ф»\n    диаграмма г «Г»\n    \
             каждый понедельник\n      текст «Слова.»\n    таблица х «Х»\n      строки показатели_дефицита\n      графа «№» номер\n",
            "ПКО-041 5:14 нет строк «мероприятие»\n\
             ПКО-041 9:20 у строк «задачи» нет графы «срок»\n\
             ПКО-041 10:20 «зона» не бывает по уровням и годам\n\
             ПКО-041 11:5 в таблице «ф» нет строк\n\
             ПКО-041 12:5 на диаграмме «г» нечего показать\n\
             ПКО-041 13:12 нет повтора «понедельник»\n\
             ПКО-041 16:14 «показатели_дефицита» бывают только внутри «каждый дефицит»\n",
        );
    }

    #[test]
    fn a_calendar_shows_activities_alone_and_once() {
        finds(
            "    диаграмма г «К»\n      график_работ\n    диаграмма л «Л»\n      график_работ\n      строки дефициты\n    \
             каждый приоритет\n      диаграмма м «М»\n        график_работ\n",
            "ПКО-041 6:5 «л» — график работ: показателей на нём не бывает\n\
             ПКО-041 10:7 график работ «м» повторять незачем\n",
        );
    }

    #[test]
    fn every_kind_of_rows_has_a_source_and_fields() {
        for source in ROW_SOURCES {
            assert!(fields_of(source.rows).count() >= 2, "{}", source.name);
        }
    }
}
