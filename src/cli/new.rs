//! `pko new`: a commented project file to fill in, with the names of the pack put in.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use super::Outcome;
use super::args::New;
use super::new_passport as passport;
use super::screen::Screen;
use crate::base::{Id, Level};
use crate::calendar::{Date, Period};
use crate::diag::{Diagnostic, Place};
use crate::model::{Expr, Meta, Model, ProgrammeKind};
use crate::pipeline::{self, Run, codes};
use crate::plan;

/// Prints or writes the file.
pub fn run(run: &mut Run<'_>, screen: Screen, args: &New) -> Outcome {
    if screen.is_json() {
        screen.note(
            "Неверный вызов: заготовка — файл TOML, параметр --format json к ней не подходит.",
        );
        return Outcome::Misused;
    }
    let compiled = pipeline::compile(run, &args.pack);
    let text = compiled.filter(|_| !run.has_errors()).map(|compiled| {
        project(&args.pack, &compiled.model, args.level.level(), run.world.today())
    });
    let done = text.is_some_and(|text| match &args.output {
        Some(path) => write(run, screen, path, text),
        None => {
            screen.print(&text);
            true
        }
    });
    if done {
        return Outcome::Done;
    }
    screen.refuse(&run.findings, &run.sources);
    Outcome::Refused
}

fn write(run: &mut Run<'_>, screen: Screen, path: &Path, text: String) -> bool {
    let place = || Place::File(path.display().to_string());
    let fault = match run.world.kind(path) {
        Some(_) => Diagnostic::error(codes::CHANGED_BY_HAND, place(), "такой файл уже есть")
            .with_hint("укажите другое имя после -o"),
        None => {
            let files: [(PathBuf, Vec<u8>); 1] = [(path.to_owned(), text.into_bytes())];
            match run.world.write_all(&files) {
                Ok(()) => {
                    screen.print(&format!("Записано: {}\n", path.display()));
                    return true;
                }
                Err(error) => Diagnostic::error(codes::OUTPUT_FOLDER, place(), error.russian()),
            }
        }
    };
    run.findings.push(fault);
    false
}

/// The text of the file. Everything that has to be there is there; the rest is commented out.
fn project(pack: &str, model: &Model, level: Level, today: Date) -> String {
    let mut text = String::new();
    head(&mut text, pack, model, level, today);
    institution(&mut text, model, level);
    let asks = asks_for_data(model, level);
    if asks {
        categories(&mut text, model);
    }
    let others = elsewhere(model, level);
    people(&mut text, model, level, |id, meta| match asks {
        true => !others.contains(id),
        false => is_own(model, meta),
    });
    approvals(&mut text);
    if asks {
        priorities(&mut text);
        data(&mut text, model, level);
        text.push_str(IDENTIFICATION);
        answers(&mut text, model);
    }
    edits(&mut text);
    text
}

/// The kind of institution that most schools are.
fn usual_kind(model: &Model) -> Option<&Id> {
    let mut kinds = model.institution_kinds.keys();
    let first = kinds.clone().next();
    kinds.find(|kind| kind.as_str().starts_with("средняя")).or(first)
}

/// A paper about an identification is made by another command, and of no project.
fn is_of_project(kind: &ProgrammeKind, level: Level) -> bool {
    kind.level == level && !kind.about_identification
}

/// Papers whose content is written out need no figures and no answers.
fn asks_for_data(model: &Model, level: Level) -> bool {
    let mut kinds = model.programmes.values().filter(|kind| is_of_project(kind, level)).peekable();
    kinds.peek().is_none() || kinds.any(|kind| !kind.is_written_out())
}

fn is_own(model: &Model, meta: &Meta) -> bool {
    model.pack().is_some_and(|pack| pack.id == meta.pack)
}

/// Roles and bodies that only roadmaps and what is of other levels name: nobody at this level answers under
/// these names.
fn elsewhere(model: &Model, level: Level) -> BTreeSet<&Id> {
    let mut here: BTreeSet<&Id> = BTreeSet::new();
    let mut there: BTreeSet<&Id> = BTreeSet::new();
    for plan in model.roadmaps.values() {
        let activities = plan.directions.iter().flat_map(|direction| &direction.activities);
        for activity in activities {
            let named = activity.responsible.iter().chain(&activity.controller);
            there.extend(named.map(|named| &named.id));
        }
    }
    for activity in model.activities.values() {
        let named = activity.responsible.iter().chain(&activity.controller).map(|it| &it.id);
        match activity.level == level || activity.external {
            true => here.extend(named),
            false => there.extend(named),
        }
    }
    for indicator in model.indicators.values().filter(|indicator| indicator.level != level) {
        let supplier = indicator.data.as_ref().map(|name| Id::new(name));
        let supplier = supplier.and_then(|id| model.bodies.get_key_value(&id));
        // The level right above has to do with the institution all the same.
        let far = supplier.filter(|(_, body)| {
            let pair = (level, body.level);
            let (school, municipality) = (Level::School, Level::Municipality);
            pair != (school, municipality) && pair != (municipality, Level::Region)
        });
        there.extend(far.map(|(id, _)| id));
    }
    here.extend(model.questions.values().filter_map(|it| it.who.as_ref()).map(|who| &who.id));
    for kind in model.programmes.values().filter(|kind| is_of_project(kind, level)) {
        let named = kind.approves.iter().chain(&kind.signs).chain(&kind.issuer);
        here.extend(named.map(|named| &named.id));
    }
    &there - &here
}

fn head(text: &mut String, pack: &str, model: &Model, level: Level, today: Date) {
    let _ = writeln!(
        text,
        "# Проект pko. Замените значения в кавычках своими; строки с «#» — пояснения и\n\
         # необязательные ключи: уберите «#», чтобы ключ заработал.\n\n\
         # Пакет правил.\npack = {}\n",
        quoted(pack)
    );
    let kinds: Vec<(&Id, &ProgrammeKind)> =
        model.programmes.iter().filter(|(_, kind)| is_of_project(kind, level)).collect();
    if kinds.is_empty() {
        let _ = writeln!(
            text,
            "# Какие документы собирать. В этом пакете документов уровня «{}» нет.\n# programmes = []\n",
            level.nominative()
        );
    } else {
        text.push_str("# Какие документы собирать:\n");
        for (id, kind) in &kinds {
            let _ = writeln!(
                text,
                "#   {id} — {}: «{}»",
                one_line(&kind.kind),
                before_names(&kind.meta.title)
            );
        }
        let usual = usual_kind(model);
        let fits = |(_, kind): &&(&Id, &crate::model::ProgrammeKind)| kind.meta.is_for(usual);
        let first = kinds.iter().find(fits).or(kinds.first());
        let first = first.map(|(id, _)| quoted(id.as_str())).unwrap_or_default();
        let _ = writeln!(text, "programmes = [{first}]\n");
    }
    let period = sample_period(&kinds, today);
    let _ = writeln!(
        text,
        "# Дата, которую носят документы: год-месяц-день.\ndate = {today}\n\n\
         # Номер, если документ — постановление или приказ.\n\
         # number = \"\"\n\n\
         # День, на который смотрят данные; без ключа — дата документов. Есть он и нет «date» — документ без даты.\n# as_of = {today}\n\n\
         # Пометка вверху каждой страницы.\n# mark = \"проект\"\n\n\
         # Срок программы. Без раздела его даёт вид программы: три года с сентября — это три учебных года. Первый —\n\
         # тот, что идёт в день «date», если с его начала не прошло двух месяцев (до 1 ноября); позже\n\
         # программа начинается в сам этот день, а если следующий год ближе (с марта) — вместе с ним.\n\
         # [period]\n# from = {}\n# to = {}\n",
        period.from, period.to
    );
    text.push_str(CALENDAR);
}

/// The period that a build takes of itself, for the first kind that plans.
fn sample_period(kinds: &[(&Id, &ProgrammeKind)], today: Date) -> Period {
    let planning = kinds.iter().find(|(_, kind)| kind.period.is_some());
    let first = planning.or(kinds.first()).map(|(_, kind)| plan::period_of(kind, today));
    first.unwrap_or(Period { from: today, to: today })
}

/// What a school may say of its own year.
const CALENDAR: &str = "\
# Свой календарь; чего здесь нет, берётся из пакета. День без года — каждый год, с годом — только в нём.
# [calendar]
# week = \"пятидневная\"     # или шестидневная
# school_year = \"1 сентября – 26 мая\"
# quarters = [\"1 сентября – 25 октября\", \"5 ноября – 28 декабря\", \"12 января – 28 марта\", \"6 апреля – 26 мая\"]
# [[calendar.vacations]]
# name = \"осенние\"
# days = \"26 октября – 4 ноября\"
# [[calendar.holidays]]
# days = \"31 декабря 2026\"
# title = \"Перенос выходного дня\"

";

fn institution(text: &mut String, model: &Model, level: Level) {
    let what = match level {
        Level::School => "школы",
        Level::Municipality => "муниципального образования",
        Level::Region | Level::Federation | Level::Unstated => "региона",
    };
    let _ = writeln!(
        text,
        "# Паспорт {what}. Чего не знаете, оставьте закомментированным или со словами «нет данных»: так скажет и документ.\n\
         [institution]"
    );
    if level == Level::School {
        text.push_str(
            "# Код, под которым строки школы стоят в данных (столбец school_id).\n\
             id = \"школа-1\"\n\
             # Полное название, как в уставе.\n",
        );
    } else {
        let _ = writeln!(
            text,
            "# Чьи это документы: школы, муниципалитета или региона.\n\
             level = \"{}\"\n\
             # Кто составляет документы, как в их шапке.",
            level.nominative()
        );
    }
    text.push_str("name = \"Название\"\n# Краткое название.\n# short_name = \"\"\n");
    if !model.institution_kinds.is_empty() && level == Level::School {
        let kinds: Vec<&str> = model.institution_kinds.keys().map(Id::as_str).collect();
        let _ = writeln!(text, "# Вид организации: {}.", kinds.join(", "));
        let usual = usual_kind(model).map_or("", Id::as_str);
        let _ = writeln!(text, "kind = {}", quoted(usual));
    }
    text.push_str(
        "# municipality = \"\"   # муниципальное образование\n\
         # region = \"\"         # регион\n\
         # locality = \"\"       # населённый пункт, как на титульном листе: г. Лесосибирск\n\
         # founder = \"\"        # учредитель\n\
         # address = \"\"        # адрес\n",
    );
    if level == Level::School {
        text.push_str(
            "# partner_school = \"\" # школа-партнёр\n\
             # curator = \"\"        # куратор программы: кто и от кого\n",
        );
        passport::write(text);
    } else {
        text.push_str("# students = 0        # число обучающихся\n");
    }
    text.push_str(
        "\n# Название в падежах, если его нельзя просклонять по правилам.\n\
         # [institution.forms]\n\
         # \"родительный\" = \"\"\n\n",
    );
}

fn categories(text: &mut String, model: &Model) {
    if !model.categories.is_empty() {
        text.push_str("# Признаки, которые организации уже присвоены:\n");
        for (id, category) in &model.categories {
            let _ = writeln!(text, "#   {id} — {}", one_line(&category.meta.title));
        }
        let first = model.categories.keys().next().map(Id::as_str).unwrap_or_default();
        let _ = writeln!(
            text,
            "# [[institution.categories]]\n# id = {}\n# year = 2026\n",
            quoted(first)
        );
    }
}

/// The roles and bodies that are `shown`.
fn people(text: &mut String, model: &Model, level: Level, shown: impl Fn(&Id, &Meta) -> bool) {
    let is_here = |level_of: Level, id: &Id, meta: &Meta| level_of == level && shown(id, meta);
    let roles = model.roles.iter().filter(|(id, role)| is_here(role.level, id, &role.meta));
    text.push_str("# Кто за что отвечает. Имя — как в документе: И. О. Фамилия.\n");
    for (id, role) in roles {
        let _ = writeln!(
            text,
            "# [[people]]\n# role = {}   # {}\n# name = \"нет данных\"",
            quoted(id.as_str()),
            one_line(&role.meta.title)
        );
    }
    let bodies: Vec<_> = model.bodies.iter().filter(|(id, body)| shown(id, &body.meta)).collect();
    if !bodies.is_empty() {
        text.push_str("\n# Как здесь называются органы из пакета.\n");
    }
    for (id, body) in bodies {
        let _ = writeln!(
            text,
            "# [[bodies]]\n# id = {}\n# title = {}",
            quoted(id.as_str()),
            quoted(&one_line(&body.meta.title))
        );
    }
    text.push('\n');
}

fn approvals(text: &mut String) {
    text.push_str(
        "# Грифы титульного листа: утверждено, принято или согласовано.\n\
         # [[approvals]]\n\
         # stamp = \"утверждено\"\n\
         # by = \"Директор\"\n\
         # document = \"приказ\"\n\
         # number = \"\"\n\
         # date = 2026-09-01\n\
         # name = \"И. О. Фамилия\"\n\n",
    );
}

fn priorities(text: &mut String) {
    text.push_str(
        "# Приоритеты, которых нет в актах пакета: федерация, регион или муниципалитет.\n\
         # [[priorities]]\n\
         # level = \"муниципалитет\"\n\
         # text = \"приоритет словами\"\n\
         # source = \"\"        # документ, в котором он записан\n\n",
    );
}

fn data(text: &mut String, model: &Model, level: Level) {
    text.push_str(
        "# Файлы с данными, CSV или XLSX; путь — от папки этого файла. Столбцы:\n\
         # school_id,school_name,municipality,group,year,indicator,value и, по желанию,\n\
         # level (школа, муниципалитет, регион, федерация), n (число участников), source.\n\
         # Если n стоит при долях, отдельных строк о числе участников не нужно.\n\
         # [[data]]\n\
         # file = \"данные.csv\"\n\
         # source = \"протоколы школы\"\n#\n",
    );
    let fits = |indicator: &crate::model::Indicator| {
        let is_given = indicator.formula.is_some() || indicator.passport.is_some();
        indicator.level == level && !is_given
    };
    let asked = asked_for(model, level);
    let listed = model.indicators.iter().filter(|(_, indicator)| fits(indicator));
    let (first, others): (Vec<_>, Vec<_>) = listed.partition(|(id, _)| asked.contains(*id));
    let parts = [
        ("По этим показателям (столбец indicator) судят о дефицитах — начните с них:", first),
        ("Остальные показатели пакета:", others),
    ];
    for (heading, indicators) in parts.iter().filter(|(_, indicators)| !indicators.is_empty()) {
        let _ = writeln!(text, "# {heading}");
        for (id, indicator) in indicators {
            let _ = writeln!(text, "#   {id} — {}", one_line(&indicator.meta.title));
        }
    }
    text.push('\n');
}

/// What `pko identify` gives to a project.
const IDENTIFICATION: &str = "\
# Результат идентификации школ — файл, который записала команда pko identify; путь — от папки этого файла.
# Из него берутся заключение (ШНРО, ШНСУ), индексы и места по годам.
# [identification]
# file = \"identification.json\"

";

/// The indicators that deficits of the level ask for, with those that these are counted from or
/// depend on.
fn asked_for(model: &Model, level: Level) -> BTreeSet<&Id> {
    let deficits = model.deficits.values().filter(|deficit| deficit.level == level);
    let conditions = deficits.flat_map(|deficit| {
        let weights = deficit.weights.iter().filter_map(|weight| weight.condition.as_ref());
        std::iter::once(&deficit.condition).chain(weights)
    });
    let mut left: Vec<&Id> = conditions.flat_map(observed).collect();
    let mut asked: BTreeSet<&Id> = BTreeSet::new();
    while let Some(id) = left.pop() {
        let Some(indicator) = model.indicators.get(id).filter(|_| asked.insert(id)) else {
            continue;
        };
        let rests = indicator.formula.iter().chain(&indicator.applicable);
        left.extend(rests.flat_map(observed));
    }
    asked
}

fn observed(expr: &Expr) -> impl Iterator<Item = &Id> {
    expr.observes().into_iter().map(|observe| &observe.indicator)
}

fn answers(text: &mut String, model: &Model) {
    if model.questions.is_empty() {
        return;
    }
    text.push_str("# Вопросы самодиагностики. Ответ: да, нет или нет данных.\n");
    for (id, question) in &model.questions {
        let _ = writeln!(
            text,
            "\n# {}\n[[answers]]\nquestion = {}\nvalue = \"нет данных\"",
            title(&question.meta),
            quoted(id.as_str())
        );
    }
    text.push('\n');
}

fn edits(text: &mut String) {
    text.push_str(
        "# Правки команды; они переживают каждую новую сборку. Имя элемента (id) и то, что\n\
         # программа говорит без правки (was), — из файла JSON документа. Поля:\n\
         #   состояние причины: возможна, подтверждена, опровергнута; становится\n\
         #     подтверждена или опровергнута\n\
         #   состояние дефицита: приоритет, отложен, неизвестно, нет, не применим; становится\n\
         #     включить или исключить\n\
         #   состояние мероприятия: включено, не включено; становится включить или исключить\n\
         #   срок, ответственные, контроль, результат, название мероприятия из документа\n\
         # [[edits]]\n\
         # id = \"\"\n\
         # field = \"срок\"\n\
         # was = \"октябрь – май каждого учебного года\"\n\
         # becomes = \"ноябрь – апрель, каждый учебный год\"\n\
         # reason = \"почему\"\n\n\
         # Своё мероприятие. Срок — как в правилах, ответственные — роли и органы пакета.\n\
         # [[added_activities]]\n\
         # id = \"наше_мероприятие\"\n\
         # title = \"Проводит …\"\n\
         # term = \"сентябрь\"\n\
         # lasts = \"2 недели\" # сколько занимает внутри срока\n\
         # responsible = [\"\"]\n\
         # controller = \"\"\n\
         # result = \"\"\n\
         # answers = []     # задачи и требования, которым оно служит\n\
         # after = []       # мероприятия, которые нужны раньше\n\
         # indicators = []  # показатели, которые оно должно изменить\n\
         # reason = \"почему\"\n\n\
         # Свой абзац в конце раздела; имя раздела — из файла JSON документа.\n\
         # [[added_paragraphs]]\n\
         # section = \"\"\n\
         # text = \"\"\n\
         # reason = \"почему\"\n",
    );
}

fn title(meta: &Meta) -> String {
    one_line(&meta.title)
}

/// The words of a text before the first name that a project fills in.
fn before_names(text: &str) -> String {
    one_line(text.split("{{").next().unwrap_or_default())
}

/// A comment ends with its line.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A TOML string.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::read_project;
    use crate::diag::SourceMap;

    #[test]
    fn the_file_is_read_as_a_project() {
        for level in [Level::School, Level::Municipality, Level::Region] {
            let text = project("пакет", &Model::default(), level, jiff::civil::date(2026, 9, 1));
            let (mut sources, mut out) = (SourceMap::default(), Vec::new());
            let read = read_project("новый.toml", text.as_bytes(), &mut sources, &mut out);
            assert!(read.is_some() && out.is_empty(), "{out:?}\n{text}");
        }
    }

    #[test]
    fn a_name_cannot_leave_its_quotes() {
        assert_eq!(quoted("а\"б\\"), "\"а\\\"б\\\\\"");
    }
}
