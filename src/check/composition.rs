//! Tables, charts and repetitions of programmes draw on what a programme has. The tables of this
//! file are what the composer offers.

use super::scope::{NameKind, NameSpec};
use super::sites::{self, Part, PlacedPart};
use super::{CheckSpec, Pass};
use crate::base::{Id, Span, suggest};
use crate::diag::Code;
use crate::model::{
    ChartSpec, ColumnSpec, Model, Ref, TableSpec, When, categories_of_list, lists_of_schools,
};

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
    /// Of an identification: a parameter of the methodology, an indicator, a criterion, a category.
    Setting,
    Measure,
    Sign,
    Verdict,
    /// Schools that are ranked together, and those that are not.
    Border,
    Unranked,
    School,
    LeftOut,
    District,
    Crossing,
    Fragile,
    Issue,
    Warning,
    /// In the project of a school or a municipality: the school in a year, a school among others.
    SchoolYear,
    Identified,
}

impl RowKind {
    /// Whether only an identification has such rows.
    pub fn is_of_identification(self) -> bool {
        matches!(
            self,
            Self::Setting
                | Self::Measure
                | Self::Sign
                | Self::Verdict
                | Self::Border
                | Self::Unranked
                | Self::School
                | Self::LeftOut
                | Self::District
                | Self::Crossing
                | Self::Fragile
                | Self::Issue
                | Self::Warning
        )
    }
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
    rows("параметры_методики", RowKind::Setting),
    rows("показатели_методики", RowKind::Measure),
    rows("признаки_методики", RowKind::Sign),
    rows("категории_методики", RowKind::Verdict),
    rows("предупреждения_методики", RowKind::Warning),
    rows("группы_и_годы", RowKind::Border),
    rows("без_места", RowKind::Unranked),
    rows("школы_идентификации", RowKind::School),
    rows("исключённые_школы", RowKind::LeftOut),
    rows("муниципалитеты_идентификации", RowKind::District),
    rows("пересечения_категорий", RowKind::Crossing),
    rows("неустойчивые_заключения", RowKind::Fragile),
    rows("замечания_к_данным", RowKind::Issue),
    rows("школа_по_годам", RowKind::SchoolYear),
    rows("заключения_о_школах", RowKind::Identified),
    rows("отнесённые_школы", RowKind::Identified),
];

/// `строки школы_шнро`: the schools of a category, or of two at once.
const SCHOOLS: RowSource = rows("школы_…", RowKind::School);

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
    Activity, Aim, Border, Branch, Cause, Crossing, Deficit, District, Document, Fragile, Goal,
    Ground, Identified, Indicator, Issue, LeftOut, Measure, Participant, Passport, Reason,
    Resource, Responsible, Risk, School, SchoolYear, Setting, Sign, Signatory, Stage, Stated, Task,
    Total, Unknown, Unranked, Untouched, Verdict,
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
    field("причина", &[LeftOut, Unranked]),
    field("обоснование", &[Deficit]),
    field("отложен", &[Deficit]),
    field("решение", &[Deficit]),
    field("показатели", &[Deficit, Activity, Stated]),
    field("чьи", &[Unknown]),
    field("год", &[Unknown, Border, Unranked, SchoolYear]),
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
    field("почему", &[Reason, Setting]),
    field("сколько", &[Passport, Issue]),
    field("доля_целого", &[Passport]),
    field("классов", &[Passport]),
    field("параметр", &[Setting]),
    field("выбрано", &[Setting]),
    field("умолчание", &[Setting]),
    field("направление", &[Measure]),
    field("пропусков", &[Measure]),
    field("признак", &[Sign]),
    field("неизвестно", &[Sign]),
    field("правило", &[Verdict]),
    field("школ", &[Sign, Verdict, Unranked, District, Crossing]),
    field("доля_школ", &[Verdict, Crossing]),
    field("группа", &[Border, School, SchoolYear, Identified]),
    field("муниципалитет", &[School, LeftOut, Fragile, Identified]),
    field("ранжировано", &[Border]),
    field("четверть", &[Border]),
    field("нижняя_граница", &[Border]),
    field("верхняя_граница", &[Border]),
    field("код", &[School, LeftOut, Identified]),
    field("индекс_результатов", &[School, SchoolYear, Identified]),
    field("место_по_результатам", &[School, SchoolYear, Identified]),
    field("полосы_результатов", &[School]),
    field("индекс_условий", &[School, SchoolYear, Identified]),
    field("место_по_условиям", &[School, SchoolYear, Identified]),
    field("полосы_условий", &[School]),
    field("результаты", &[School, Crossing, Identified]),
    field("условия", &[School, Crossing, Identified]),
    field("признаки", &[School]),
    field("пометки", &[School, Identified]),
    field("заключение", &[Fragile]),
    field("что", &[Fragile]),
    field("подробно", &[Fragile]),
    field("станет", &[Fragile]),
    field("примеры", &[Issue]),
    field("полоса_результатов", &[SchoolYear]),
    field("полоса_условий", &[SchoolYear]),
];

/// What the fields of a municipality that count its schools of a category begin with: `школы_шнро`
/// says how many, `доля_шнро` what part of its schools.
const SHARE_OF: &str = "доля_";

/// Every field of a municipality that counts its schools.
pub fn fields_of_counts(model: &Model) -> Vec<Id> {
    let shares = model.categories.keys().map(|id| Id::new(&format!("{SHARE_OF}{id}")));
    lists_of_schools(model).into_iter().chain(shares).collect()
}

/// What a field of a municipality counts: the categories, and whether as a share.
pub fn counted(field: &Id, model: &Model) -> Option<(Vec<Id>, bool)> {
    let is_category = |id: &Id| model.categories.contains_key(id);
    if let Some(categories) = categories_of_list(field, is_category) {
        return Some((categories, false));
    }
    let one = Id::new(field.as_str().strip_prefix(SHARE_OF)?);
    is_category(&one).then(|| (vec![one], true))
}

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
pub fn row_source(id: &Id, model: &Model) -> Option<&'static RowSource> {
    let fixed = ROW_SOURCES.iter().find(|source| Id::new(source.name) == *id);
    fixed.or_else(|| {
        categories_of_list(id, |id| model.categories.contains_key(id)).map(|_| &SCHOOLS)
    })
}

/// The repetition of that name.
pub fn each_of(id: &Id) -> Option<&'static EachSpec> {
    EACH.iter().find(|each| Id::new(each.name) == *id)
}

fn run(pass: &mut Pass<'_>) {
    for programme in pass.model.programmes.values() {
        for part in sites::parts(programme) {
            if !programme.about_identification {
                needs_identification(pass, &part);
            }
            match part.what {
                Part::Table(spec) => table(pass, &part, spec),
                Part::Chart(spec) => chart(pass, &part, spec),
                Part::Each(what, _) => each(pass, what),
                Part::Section(_) | Part::Text(_) => {}
            }
        }
    }
}

/// What only an identification can fill stands in a paper that is about one.
fn needs_identification(pass: &mut Pass<'_>, part: &PlacedPart<'_>) {
    let rows = match part.what {
        Part::Table(spec) => spec.rows.as_ref(),
        Part::Chart(spec) if spec.picture.is_of_identification() => {
            let word = spec.picture.word().unwrap_or_default();
            return only_in_papers(pass, spec.span, word);
        }
        _ => None,
    };
    let known = rows.and_then(|rows| Some((rows, row_source(&rows.id, pass.model)?)));
    if let Some((rows, _)) = known.filter(|(_, source)| source.rows.is_of_identification()) {
        only_in_papers(pass, rows.span, rows.id.as_str());
    }
}

fn only_in_papers(pass: &mut Pass<'_>, place: Span, word: &str) {
    let message = format!("«{word}» бывает только в бумаге об идентификации");
    let finding =
        pass.error(place, message).with_hint("добавьте в программу строку «об идентификации»");
    pass.report(finding);
}

fn each(pass: &mut Pass<'_>, what: &Ref) {
    if each_of(&what.id).is_none() {
        let known = EACH.iter().map(|each| each.name);
        unknown(pass, what, "нет повтора", known);
    }
}

/// `what` is no member of a closed set.
fn unknown<'a>(pass: &mut Pass<'_>, what: &Ref, lead: &str, known: impl Iterator<Item = &'a str>) {
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
    if let Some(word) = chart.picture.word() {
        return of_all(pass, part, chart, word);
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

/// A picture of the plan shows every activity, one of an identification every school, once.
fn of_all(pass: &mut Pass<'_>, part: &PlacedPart<'_>, chart: &ChartSpec, word: &str) {
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
    let Some(source) = row_source(&rows.id, pass.model) else {
        let schools = lists_of_schools(pass.model);
        let known = ROW_SOURCES.iter().map(|source| source.name);
        unknown(pass, rows, "нет строк", known.chain(schools.iter().map(Id::as_str)));
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
    if source.rows == District && counted(&column.field.id, pass.model).is_some() {
        return;
    }
    let mut known = fields_of(source.rows);
    let Some(field) = known.find(|field| Id::new(field.name) == column.field.id) else {
        let lead = format!("у строк «{}» нет графы", source.name);
        let counts = match source.rows {
            District => fields_of_counts(pass.model),
            _ => Vec::new(),
        };
        let known = fields_of(source.rows).map(|field| field.name);
        unknown(pass, &column.field, &lead, known.chain(counts.iter().map(Id::as_str)));
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
