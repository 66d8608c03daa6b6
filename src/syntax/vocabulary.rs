//! The words of the language: which nouns there are, which clauses each takes, and what shape a
//! clause has. The parser, the suggestions and the reference all read these tables.

mod shape;

pub use self::shape::{CalendarShape, MethodShape, PlanShape, Shape};

/// The kinds of declarations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Noun {
    Pack,
    Source,
    Act,
    Body,
    Role,
    Unit,
    Scale,
    Enumeration,
    Category,
    InstitutionKind,
    Vocabulary,
    Zone,
    Direction,
    Mechanism,
    Indicator,
    Question,
    Deficit,
    Cause,
    Requirement,
    Goal,
    Task,
    Activity,
    Resource,
    Risk,
    Analysis,
    AnalysisBlock,
    Conclusion,
    Defaults,
    IndicatorDefaults,
    Roadmap,
    RoadmapDirection,
    RoadmapActivity,
    /// No declaration of its own: `изменить …`, a `мероприятие` in its new form.
    RoadmapChange,
    PartChange,
    /// No declaration of its own: `в 2020` and what stands below.
    YearPlan,
    /// No declaration of its own: `результат` of a year.
    PlannedResult,
    Calendar,
    Document,
    Programme,
    Stage,
    /// `цель`, `задача`, `ожидаемый_результат` that a programme states itself.
    StatedGoal,
    StatedTask,
    StatedResult,
    Participant,
    Section,
    Annex,
    Table,
    Chart,
    Test,
    Function,
    Methodology,
    Parameter,
    SchoolGroup,
    Domain,
    Criterion,
}

/// Whether a part of a head is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    No,
    May,
    Must,
}

/// A kind of declaration: its word, what its head holds, what may stand inside it.
#[derive(Debug)]
pub struct NounSpec {
    pub noun: Noun,
    pub word: &'static str,
    pub level: Part,
    pub id: Part,
    pub title: Part,
    pub children: &'static [Noun],
}

/// A clause of a noun.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClauseSpec {
    /// The words that the line begins with; empty for lines told by their place alone.
    pub keyword: &'static str,
    pub shape: Shape,
    /// May stand more than once.
    pub many: bool,
}

const fn one(keyword: &'static str, shape: Shape) -> ClauseSpec {
    ClauseSpec { keyword, shape, many: false }
}

const fn many(keyword: &'static str, shape: Shape) -> ClauseSpec {
    ClauseSpec { keyword, shape, many: true }
}

const fn noun(
    noun: Noun,
    word: &'static str,
    (level, id, title): (Part, Part, Part),
    children: &'static [Noun],
) -> NounSpec {
    NounSpec { noun, word, level, id, title, children }
}

use Part::{May, Must, No};

const PLAIN: (Part, Part, Part) = (No, Must, Must);
const LEVELLED: (Part, Part, Part) = (Must, Must, Must);
const IN_MECHANISM: &[Noun] = &[
    Noun::Indicator,
    Noun::Activity,
    Noun::Deficit,
    Noun::Cause,
    Noun::Question,
    Noun::Goal,
    Noun::Task,
    Noun::Requirement,
    Noun::Resource,
    Noun::Risk,
    Noun::Document,
    Noun::Defaults,
    Noun::IndicatorDefaults,
    Noun::Function,
];
const IN_PROGRAMME: &[Noun] = &[
    Noun::Stage,
    Noun::StatedGoal,
    Noun::StatedTask,
    Noun::StatedResult,
    Noun::Participant,
    Noun::Section,
    Noun::Annex,
];
const BLOCKS: &[Noun] = &[Noun::Table, Noun::Chart];
const IN_SECTION: &[Noun] = &[Noun::Section, Noun::Table, Noun::Chart];

/// Every noun, in the order of the reference.
pub const NOUNS: &[NounSpec] = &[
    noun(Noun::Pack, "пакет", PLAIN, &[]),
    noun(Noun::Source, "источник", PLAIN, &[]),
    noun(Noun::Act, "акт", PLAIN, &[]),
    noun(Noun::Body, "орган", LEVELLED, &[]),
    noun(Noun::Role, "роль", LEVELLED, &[]),
    noun(Noun::Unit, "единица", PLAIN, &[]),
    noun(Noun::Scale, "шкала", PLAIN, &[]),
    noun(Noun::Enumeration, "перечень", PLAIN, &[]),
    noun(Noun::Category, "категория", PLAIN, &[]),
    noun(Noun::InstitutionKind, "вид_организации", PLAIN, &[]),
    noun(Noun::Vocabulary, "словарь", PLAIN, &[]),
    noun(Noun::Zone, "зона", PLAIN, &[]),
    noun(Noun::Direction, "направление", PLAIN, &[Noun::Mechanism]),
    noun(Noun::Mechanism, "механизм", PLAIN, IN_MECHANISM),
    noun(Noun::Indicator, "показатель", LEVELLED, &[]),
    noun(Noun::Question, "вопрос", PLAIN, &[]),
    noun(Noun::Deficit, "дефицит", LEVELLED, &[]),
    noun(Noun::Cause, "причина", LEVELLED, &[]),
    noun(Noun::Requirement, "требование", LEVELLED, &[]),
    noun(Noun::Goal, "цель", LEVELLED, &[]),
    noun(Noun::Task, "задача", LEVELLED, &[]),
    noun(Noun::Activity, "мероприятие", LEVELLED, &[]),
    noun(Noun::Resource, "ресурс", LEVELLED, &[]),
    noun(Noun::Risk, "риск", LEVELLED, &[]),
    noun(Noun::Analysis, "разбор", LEVELLED, &[Noun::AnalysisBlock, Noun::Conclusion]),
    noun(Noun::AnalysisBlock, "блок", PLAIN, &[]),
    noun(Noun::Conclusion, "вывод", PLAIN, &[]),
    noun(Noun::Defaults, "умолчания", (No, No, No), &[]),
    noun(Noun::IndicatorDefaults, "умолчания", (No, No, No), &[]),
    noun(Noun::Roadmap, "дорожная_карта", PLAIN, &[Noun::RoadmapDirection]),
    noun(Noun::RoadmapDirection, "направление", PLAIN, &[Noun::RoadmapActivity]),
    noun(Noun::RoadmapActivity, "мероприятие", PLAIN, &[]),
    noun(Noun::Calendar, "календарь", PLAIN, &[]),
    noun(Noun::Document, "документ", PLAIN, &[]),
    noun(Noun::Programme, "программа", LEVELLED, IN_PROGRAMME),
    noun(Noun::Stage, "этап", PLAIN, &[]),
    noun(Noun::StatedGoal, "цель", PLAIN, &[]),
    noun(Noun::StatedTask, "задача", PLAIN, &[]),
    noun(Noun::StatedResult, "ожидаемый_результат", PLAIN, &[]),
    noun(Noun::Participant, "участник", (No, Must, No), &[]),
    noun(Noun::Section, "раздел", PLAIN, IN_SECTION),
    noun(Noun::Annex, "приложение", PLAIN, IN_SECTION),
    noun(Noun::Table, "таблица", (No, Must, May), &[]),
    noun(Noun::Chart, "диаграмма", (No, Must, May), &[]),
    noun(Noun::Test, "проверка", PLAIN, &[]),
    noun(Noun::Function, "функция", PLAIN, &[]),
    noun(
        Noun::Methodology,
        "методика",
        PLAIN,
        &[Noun::Parameter, Noun::SchoolGroup, Noun::Domain, Noun::Criterion],
    ),
    noun(Noun::Parameter, "параметр", PLAIN, &[]),
    noun(Noun::SchoolGroup, "группа", PLAIN, &[]),
    noun(Noun::Domain, "область", PLAIN, &[]),
    noun(Noun::Criterion, "признак", PLAIN, &[]),
];

/// Clauses that any declaration may bear.
pub const COMMON: &[ClauseSpec] = &[
    one("по источнику", Shape::Source),
    one("по методисту", Shape::Reason),
    many("исправлено", Shape::Mended),
    one("не подтверждено", Shape::Flag),
    one("графа", Shape::Text),
];

/// The clauses of an activity of a roadmap, and more behind them.
macro_rules! roadmap_activity {
    ($($more:expr),* $(,)?) => {
        &[
            one("ответственные", Shape::Names),
            one("контроль", Shape::Name),
            one("документы", Shape::Documents),
            one("после", Shape::Names),
            one("двигает", Shape::Names),
            many("в", Shape::Plan(PlanShape::Years)),
            one("ответственные не названы", Shape::Flag),
            one("документ не назван", Shape::Flag),
            one("срок не назван", Shape::Flag),
            one("результат не назван", Shape::Flag),
            $($more),*
        ]
    };
}

/// The clauses of a section, and more behind them.
macro_rules! section_lines {
    ($($more:expr),* $(,)?) => {
        &[
            many("текст", Shape::Text),
            many("список", Shape::Text),
            many("вывод", Shape::Text),
            many("карта", Shape::Name),
            many("разбор", Shape::Name),
            many("каждый", Shape::Name),
            many("каждая", Shape::Name),
            many("каждое", Shape::Name),
            one("показать если", Shape::Expr),
            one("альбомный лист", Shape::Flag),
            $($more),*
        ]
    };
}

/// The kinds of institution that a declaration is for.
const FOR: ClauseSpec = one("для", Shape::Names);

const EACH: &[ClauseSpec] = &[many("текст", Shape::Text), one("показать если", Shape::Expr)];

/// The clauses of each noun.
pub const CLAUSES: &[(Noun, &[ClauseSpec])] = &[
    (
        Noun::Pack,
        &[
            one("редакция", Shape::Edition),
            one("использует", Shape::Names),
            one("на основе", Shape::Base),
            one("действует", Shape::Validity),
        ],
    ),
    (
        Noun::Source,
        &[one("издатель", Shape::Text), one("дата", Shape::Date), one("номер", Shape::Number)],
    ),
    (
        Noun::Act,
        &[
            one("уровень", Shape::Level),
            one("вид", Shape::Text),
            one("издатель", Shape::Text),
            one("дата", Shape::Date),
            one("номер", Shape::Number),
            one("действует", Shape::Validity),
            one("состояние проект", Shape::Flag),
            many("приоритет", Shape::Text),
            FOR,
        ],
    ),
    (Noun::Body, &[one("сокращённо", Shape::Text), one("синонимы", Shape::Texts)]),
    (
        Noun::Role,
        &[
            one("сокращённо", Shape::Text),
            one("синонимы", Shape::Texts),
            one("склонение", Shape::Block(FORMS)),
        ],
    ),
    (Noun::Unit, &[]),
    (Noun::Scale, &[one("от", Shape::Range)]),
    (Noun::Enumeration, &[many("-", Shape::Element)]),
    (Noun::Category, &[one("сокращённо", Shape::Text), one("синонимы", Shape::Texts)]),
    (Noun::InstitutionKind, &[one("сокращённо", Shape::Text), one("называется", Shape::Text)]),
    (Noun::Vocabulary, &[FOR, one("основы", Shape::Texts)]),
    (Noun::Zone, &[]),
    (Noun::Direction, &[one("кураторы", Shape::Texts), FOR]),
    (
        Noun::Mechanism,
        &[
            one("входит в", Shape::Name),
            one("цели", Shape::Texts),
            one("состояние в_разработке", Shape::Flag),
            FOR,
            many("документы региона", Shape::Documents),
            many("документы муниципалитета", Shape::Documents),
            many("документы школы", Shape::Documents),
            many("документы без уровня", Shape::Documents),
        ],
    ),
    (
        Noun::Indicator,
        &[
            one("вид", Shape::Kind),
            one("индикатор", Shape::Text),
            one("лучше", Shape::Better),
            one("каждый", Shape::Every),
            one("каждое", Shape::Every),
            one("появляется", Shape::Month),
            one("данные", Shape::Name),
            one("из паспорта", Shape::Name),
            one("разрез", Shape::Names),
            one("применимо если", Shape::Expr),
            one("расчёт", Shape::Expr),
            one("охват не меньше", Shape::Quantity),
            one("питает", Shape::Names),
            one("не питает", Shape::Text),
            one("входит в", Shape::Name),
            one("подтверждает", Shape::Documents),
            one("факт", Shape::Figures),
            one("план", Shape::Figures),
            one("колонка", Shape::Texts),
            one("кратко", Shape::Text),
            one("только внутри", Shape::Flag),
            FOR,
        ],
    ),
    (
        Noun::Question,
        &[
            one("отвечает", Shape::Name),
            one("да подтверждает", Shape::Names),
            one("нет подтверждает", Shape::Names),
            one("пояснение", Shape::Text),
            FOR,
        ],
    ),
    (
        Noun::Deficit,
        &[
            one("зона", Shape::Name),
            one("если", Shape::Expr),
            one("вес", Shape::Block(WEIGHTS)),
            one("возможные причины", Shape::Names),
            one("показатели", Shape::Names),
            many("текст", Shape::Text),
            FOR,
        ],
    ),
    (Noun::Cause, &[one("зона", Shape::Name), one("если", Shape::Expr), FOR]),
    (
        Noun::Requirement,
        &[
            one("основания", Shape::Names),
            one("если", Shape::Expr),
            one("только дополнить", Shape::Flag),
            FOR,
        ],
    ),
    (Noun::Goal, &[many("довести", Shape::Target), FOR]),
    (
        Noun::Task,
        &[one("отвечает", Shape::Names), one("к цели", Shape::Name), one("зона", Shape::Name), FOR],
    ),
    (
        Noun::Activity,
        &[
            one("решает", Shape::Names),
            one("исполняет", Shape::Names),
            one("устраняет", Shape::Names),
            one("нужно если", Shape::Expr),
            one("ответственные", Shape::Names),
            one("контроль", Shape::Name),
            one("участники", Shape::Names),
            one("срок", Shape::Term),
            one("длится", Shape::Lasts),
            one("после", Shape::Names),
            one("до", Shape::Names),
            one("документы", Shape::Documents),
            many("результат", Shape::Text),
            one("двигает", Shape::Names),
            many("довести", Shape::Target),
            one("измеряет", Shape::Names),
            one("измеряет за прошлый учебный год", Shape::Names),
            one("с обучающимися", Shape::Flag),
            one("первый шаг", Shape::Text),
            FOR,
            one("рекомендуется", Shape::Flag),
            one("по запросу", Shape::Flag),
            one("при необходимости", Shape::Flag),
            many("действие", Shape::Text),
            one("ответственные не названы", Shape::Flag),
            one("срок не назван", Shape::Flag),
            one("документ не назван", Shape::Flag),
            one("внешнее", Shape::Flag),
        ],
    ),
    (
        Noun::Resource,
        &[
            one("вид", Shape::Means),
            one("количество", Shape::Amount),
            one("за счёт", Shape::Text),
            one("без дополнительного финансирования", Shape::Flag),
            FOR,
            one("для мероприятий", Shape::Names),
        ],
    ),
    (
        Noun::Risk,
        &[
            one("если", Shape::Expr),
            one("вероятность", Shape::Grade),
            one("влияние", Shape::Grade),
            many("мера", Shape::Text),
            one("ответственные", Shape::Names),
            one("для мероприятий", Shape::Names),
            one("для дефицитов", Shape::Names),
            FOR,
        ],
    ),
    (
        Noun::Analysis,
        &[
            one("вровень в пределах", Shape::Quantity),
            many("пороги", Shape::Limits),
            many("сведения", Shape::Text),
            one("нет значения", Shape::Text),
            many("причина подтверждена", Shape::Text),
            many("причина возможна", Shape::Text),
        ],
    ),
    (Noun::AnalysisBlock, &[many("показатель", Shape::Sentence)]),
    (
        Noun::Conclusion,
        &[
            one("лучше", Shape::Cells),
            one("уровень", Shape::Cells),
            one("динамика", Shape::Cells),
            one("сравнение", Shape::Cells),
            one("группа", Shape::Cells),
            many("текст", Shape::Text),
            one("вместе", Shape::Text),
            many("предположение", Shape::Text),
        ],
    ),
    (
        Noun::Defaults,
        &[
            one("ответственные", Shape::Names),
            one("контроль", Shape::Name),
            one("срок", Shape::Term),
        ],
    ),
    (
        Noun::IndicatorDefaults,
        &[
            one("каждый", Shape::Every),
            one("каждое", Shape::Every),
            one("появляется", Shape::Month),
            one("данные", Shape::Name),
        ],
    ),
    (
        Noun::Roadmap,
        &[
            one("уровень", Shape::Level),
            one("годы", Shape::Plan(PlanShape::Span)),
            many("вступление", Shape::Text),
            many("сокращение", Shape::Row),
            one("ответственные не названы", Shape::Flag),
            one("документ не назван", Shape::Flag),
            one("на основе", Shape::Name),
            one("оставить", Shape::Names),
            many("исключить", Shape::Plan(PlanShape::Drop)),
            many("объединить", Shape::Plan(PlanShape::Merge)),
            one("сдвинуть на", Shape::Plan(PlanShape::Shift)),
            many("заменить орган", Shape::Plan(PlanShape::ReplaceActor)),
            many("заменить текст", Shape::Plan(PlanShape::ReplaceText)),
            many("изменить", Shape::Plan(PlanShape::Change)),
            many("добавить мероприятие", Shape::Plan(PlanShape::Add)),
        ],
    ),
    (Noun::RoadmapDirection, &[]),
    (Noun::RoadmapActivity, roadmap_activity![]),
    (
        Noun::RoadmapChange,
        roadmap_activity![
            one("добавить документы", Shape::Documents),
            one("убрать документы", Shape::Names),
        ],
    ),
    (
        Noun::YearPlan,
        &[
            many("результат", Shape::Plan(PlanShape::Result)),
            one("срок", Shape::Term),
            one("срок не назван", Shape::Flag),
            one("результат не назван", Shape::Flag),
            one("убрать результаты", Shape::Flag),
        ],
    ),
    (
        Noun::PlannedResult,
        &[
            one("срок", Shape::Term),
            one("довести", Shape::Plan(PlanShape::Reach)),
            many("норма", Shape::Plan(PlanShape::Norm)),
        ],
    ),
    (
        Noun::Calendar,
        &[
            one("рабочая неделя", Shape::Calendar(CalendarShape::Week)),
            many("учебный год", Shape::Calendar(CalendarShape::Span)),
            many("четверть", Shape::Calendar(CalendarShape::Numbered)),
            many("триместр", Shape::Calendar(CalendarShape::Numbered)),
            many("каникулы", Shape::Calendar(CalendarShape::Vacation)),
            many("нерабочие", Shape::Calendar(CalendarShape::Span)),
        ],
    ),
    (Noun::Document, &[one("шаблон", Shape::Text), one("внешний", Shape::Flag)]),
    (
        Noun::Programme,
        &[
            one("тип", Shape::Text),
            FOR,
            one("период", Shape::Period),
            one("приоритетов не больше", Shape::Quantity),
            one("нагрузка не больше", Shape::Load),
            one("принимает", Shape::Text),
            one("согласует", Shape::Text),
            one("утверждает", Shape::Name),
            one("подписывает", Shape::Names),
            one("основания", Shape::Names),
            one("порядок направлений", Shape::Names),
            one("пометка", Shape::Text),
            one("разделы по порядку", Shape::Flag),
            one("об идентификации", Shape::Flag),
            one("заявленные показатели", Shape::Names),
            one("издаёт", Shape::Name),
            one("преамбула", Shape::Text),
            one("постановляет", Shape::Text),
            many("пункт", Shape::Text),
            one("исполнитель", Shape::Name),
            one("карта", Shape::Name),
            one("номера по порядку", Shape::Flag),
            one("на основе", Shape::Name),
            one("оставить", Shape::Names),
            many("исключить", Shape::Plan(PlanShape::Drop)),
            many("объединить", Shape::Plan(PlanShape::MergeParts)),
            one("сдвинуть на", Shape::Plan(PlanShape::Shift)),
            many("заменить орган", Shape::Plan(PlanShape::ReplaceActor)),
            many("заменить текст", Shape::Plan(PlanShape::ReplaceText)),
            many("изменить", Shape::Plan(PlanShape::ChangePart)),
            many("добавить раздел", Shape::Plan(PlanShape::AddSection)),
        ],
    ),
    (
        Noun::Stage,
        &[one("длится", Shape::Lasts), one("срок", Shape::Term), many("содержание", Shape::Text)],
    ),
    (Noun::StatedGoal, &[]),
    (Noun::StatedTask, &[]),
    (Noun::StatedResult, &[one("показатели", Shape::Names)]),
    (
        Noun::Participant,
        &[one("кто", Shape::Names), many("обязанность", Shape::Text), many("итог", Shape::Text)],
    ),
    (Noun::Section, section_lines![]),
    (Noun::Annex, section_lines![]),
    (
        Noun::PartChange,
        section_lines![
            one("убрать тексты", Shape::Flag),
            one("показатели", Shape::Names),
            one("кто", Shape::Names),
            many("обязанность", Shape::Text),
            many("итог", Shape::Text),
            many("добавить обязанность", Shape::Text),
            many("убрать обязанность", Shape::Text),
            many("добавить итог", Shape::Text),
            many("убрать итог", Shape::Text),
            one("срок", Shape::Term),
            one("длится", Shape::Lasts),
            many("содержание", Shape::Text),
            one("строки", Shape::Name),
            many("графа", Shape::Column),
            many("строка", Shape::ReadyRow),
            many("добавить строку", Shape::ReadyRow),
            many("убрать строку", Shape::Text),
            one("если пусто", Shape::Text),
        ],
    ),
    (
        Noun::Table,
        &[
            one("строки", Shape::Name),
            many("графа", Shape::Column),
            many("строка", Shape::ReadyRow),
            one("показать если", Shape::Expr),
            one("если пусто", Shape::Text),
        ],
    ),
    (
        Noun::Chart,
        &[
            one("показатели", Shape::Names),
            one("строки", Shape::Name),
            one("график_работ", Shape::Flag),
            one("граф_мероприятий", Shape::Flag),
            one("распределение_индексов", Shape::Flag),
            one("результаты_и_условия", Shape::Flag),
            one("число_по_категориям", Shape::Flag),
            one("показать если", Shape::Expr),
        ],
    ),
    (
        Noun::Test,
        &[
            one("дата", Shape::Date),
            one("для", Shape::Name),
            one("программа", Shape::Name),
            many("дано школы", Shape::Block(SCHOOLS)),
            many("дано ответы", Shape::Block(ANSWERS)),
            many("дано", Shape::Block(GIVEN)),
            many("ожидаем", Shape::Expect),
        ],
    ),
    (
        Noun::Function,
        &[one("вход", Shape::Block(INPUTS)), one("выход", Shape::Kind), one("код", Shape::Raw)],
    ),
    (
        Noun::Methodology,
        &[
            one("на основе", Shape::Name),
            many("исключить показатели", Shape::Plan(PlanShape::Drop)),
            many("предупреждение", Shape::Text),
            many("заголовок", Shape::Method(MethodShape::Header)),
            one("отдельно по группам", Shape::Flag),
            one("список уточняют эксперты", Shape::Flag),
            many("база", Shape::Method(MethodShape::Base)),
            one("окно", Shape::Method(MethodShape::Window)),
            many("пределы", Shape::Method(MethodShape::Bounds)),
            one("вне пределов", Shape::Method(MethodShape::Setting)),
            one("повторы", Shape::Method(MethodShape::Setting)),
            many("нет у", Shape::Method(MethodShape::Lacks)),
            one("сомнительные названия", Shape::Texts),
        ],
    ),
    (
        Noun::Parameter,
        &[
            many("значение", Shape::Method(MethodShape::Option)),
            one("число", Shape::Method(MethodShape::NumberOption)),
            one("годы", Shape::Flag),
        ],
    ),
    (Noun::SchoolGroup, &[one("слова", Shape::Texts), one("не участвует", Shape::Text)]),
    (
        Noun::Domain,
        &[
            one("о результатах", Shape::Flag),
            one("об условиях", Shape::Flag),
            many("прямые", Shape::Method(MethodShape::Terms)),
            many("обратные", Shape::Method(MethodShape::Terms)),
            many("отставания", Shape::Method(MethodShape::Lags)),
            many("отстаёт", Shape::Method(MethodShape::Score)),
            one("все равны", Shape::Method(MethodShape::Setting)),
            one("имеется не меньше", Shape::Method(MethodShape::Setting)),
            one("ранжировать", Shape::Method(MethodShape::Ranked)),
            one("округление", Shape::Method(MethodShape::Setting)),
            one("равные", Shape::Method(MethodShape::Setting)),
            one("четверти считать", Shape::Method(MethodShape::End)),
            one("группа не меньше", Shape::Method(MethodShape::Setting)),
            many("полоса", Shape::Method(MethodShape::Band)),
            one("категории по порядку", Shape::Block(CATEGORIES)),
        ],
    ),
    (Noun::Criterion, &[many("если", Shape::Method(MethodShape::Sign))]),
];

const WEIGHTS: &[ClauseSpec] = &[many("", Shape::Weight)];
const FORMS: &[ClauseSpec] = &[many("", Shape::Row)];
const SCHOOLS: &[ClauseSpec] = &[many("школа", Shape::School)];
const ANSWERS: &[ClauseSpec] = &[many("", Shape::Answer)];
const GIVEN: &[ClauseSpec] = &[many("", Shape::Given)];
const CATEGORIES: &[ClauseSpec] = &[many("", Shape::Method(MethodShape::Category))];
const INPUTS: &[ClauseSpec] = &[many("", Shape::Input)];
const MISSING: &[ClauseSpec] = &[many("не хватает", Shape::Missing)];

/// The declaration that a line's first word announces, among `allowed`.
pub fn noun_of(first_word: &str, allowed: &[Noun]) -> Option<&'static NounSpec> {
    NOUNS.iter().find(|spec| spec.word == first_word && allowed.contains(&spec.noun))
}

/// The nouns that may stand at the top of a file.
pub fn top_level() -> Vec<Noun> {
    let nested = [
        Noun::AnalysisBlock,
        Noun::Conclusion,
        Noun::RoadmapDirection,
        Noun::RoadmapActivity,
        Noun::Stage,
        Noun::StatedGoal,
        Noun::StatedTask,
        Noun::StatedResult,
        Noun::Participant,
        Noun::Section,
        Noun::Annex,
        Noun::Table,
        Noun::Chart,
        Noun::Parameter,
        Noun::SchoolGroup,
        Noun::Domain,
        Noun::Criterion,
    ];
    NOUNS.iter().map(|spec| spec.noun).filter(|noun| !nested.contains(noun)).collect()
}

/// The clauses of a noun, those common to all included.
pub fn clauses_of(noun: Noun) -> impl Iterator<Item = &'static ClauseSpec> {
    let own = CLAUSES.iter().find(|(n, _)| *n == noun).map_or(&[] as &[ClauseSpec], |(_, c)| *c);
    own.iter().chain(COMMON)
}

/// Whether a declaration may bear more than one such clause.
pub fn may_repeat(noun: Noun, keyword: &str) -> bool {
    clauses_of(noun).any(|spec| spec.keyword == keyword && spec.many)
}

/// What may stand below a clause.
pub fn block_of(spec: &ClauseSpec) -> &'static [ClauseSpec] {
    match (spec.keyword, spec.shape) {
        (_, Shape::Block(lines)) => lines,
        ("каждый" | "каждая" | "каждое", Shape::Name) => EACH,
        (_, Shape::Expect) => MISSING,
        _ => &[],
    }
}

/// What may stand below a clause, of the lines that a noun of their own describes as well.
pub fn clauses_below(spec: &ClauseSpec) -> Vec<&'static ClauseSpec> {
    let of = |noun| clauses_of(noun).collect();
    match spec.shape {
        Shape::Plan(PlanShape::Years) => of(Noun::YearPlan),
        Shape::Plan(PlanShape::Result) => of(Noun::PlannedResult),
        Shape::Plan(PlanShape::Merge | PlanShape::Add) => of(Noun::RoadmapActivity),
        Shape::Plan(PlanShape::Change) => of(Noun::RoadmapChange),
        Shape::Plan(PlanShape::MergeParts | PlanShape::ChangePart) => of(Noun::PartChange),
        Shape::Plan(PlanShape::AddSection) => of(Noun::Section),
        _ => block_of(spec).iter().collect(),
    }
}

/// The nouns that may stand below a clause.
pub fn nouns_below(spec: &ClauseSpec) -> &'static [Noun] {
    match (spec.keyword, spec.shape) {
        ("каждый" | "каждая" | "каждое", Shape::Name) => BLOCKS,
        (_, Shape::Plan(PlanShape::ChangePart | PlanShape::AddSection)) => IN_SECTION,
        _ => &[],
    }
}

#[cfg(test)]
mod tests;
