//! A small pack, a small school, and what becomes of them.

mod analysis;
mod identification;
mod roadmaps;
mod support;
mod targets;
mod timetable;
mod whole;

use super::types::{Block, Programme, Section};
use super::{Composition, codes, compose, diagnosis_json, remarks};
use crate::base::Id;
use crate::calendar::Period;
use crate::data::{Project, read_observations, read_project};
use crate::diag::{Diagnostic, SourceMap};
use crate::eval::{Diagnosis, Evaluator, Facts, bind, diagnose};
use crate::model::{Model, NoPacks, PackFiles, load};
use crate::plan::{choose, targets};
use crate::russian::NBSP;

const PACK: &str = include_str!("pack.pko");

const DATA: &str = "\
school_id,school_name,level,year,indicator,value,n,source
ш1,Школа,школа,2025,неуспешность,15,20,\"протоколы, лист 1\"
ш1,Школа,школа,2026,неуспешность,24,25,\"протоколы, лист 2\"
,,регион,2026,неуспешность,9,,\"сборник, с. 7\"
";

/// Everything up to the composition.
struct Case {
    model: Model,
    project: Project,
    facts: Facts,
    diagnosis: Diagnosis,
}

fn case(pack: &str, name: &str, data: &str) -> Case {
    let mut sources = SourceMap::default();
    let mut out = Vec::new();
    let files = vec![("проба.pko".to_owned(), pack.to_owned())];
    let files = PackFiles { origin: "память".to_owned(), files };
    let model = load(files, &NoPacks, &mut sources, &mut out);
    case_of(model, name, data, sources, out)
}

fn case_of(
    model: Model,
    name: &str,
    data: &str,
    mut sources: SourceMap,
    mut out: Vec<Diagnostic>,
) -> Case {
    let toml = format!(
        "pack = \"проба\"\nprogrammes = [\"шппко\"]\ndate = 2026-09-01\nas_of = 2026-09-01\n\
         [period]\nfrom = 2026-09-01\nto = 2029-08-31\n\
         [institution]\nid = \"ш1\"\nname = '{name}'\n\
         [institution.forms]\n\"родительный\" = '{name}'\n"
    );
    let project = read_project("проект.toml", toml.as_bytes(), &mut sources, &mut out);
    let project = project.expect("the project of the test reads");
    let observations =
        read_observations("данные.csv", data.as_bytes(), "источник", &mut sources, &mut out);
    let facts = bind(&model, &project, &observations, None, &mut out);
    assert!(out.is_empty(), "{}", crate::diag::render_terminal(&out, &sources, false));
    let diagnosis = diagnose(&model, &facts);
    Case { model, project, facts, diagnosis }
}

impl Case {
    /// Composes one kind and hands the input to `see`.
    fn with<T>(&self, kind: &str, see: impl FnOnce(&Composition<'_>) -> T) -> T {
        let kind = self.model.programmes.get(&Id::new(kind)).expect("a kind of the pack");
        let evaluator = Evaluator::new(&self.model, &self.facts);
        let (from, to) = self.project.period.clone().expect("a period in the project");
        let period = Period { from: from.value, to: to.value };
        let choice = choose(&self.model, &evaluator, &self.diagnosis, kind, period);
        let targets = targets(&self.model, &evaluator, &self.diagnosis, &choice);
        see(&Composition {
            model: &self.model,
            project: &self.project,
            facts: &self.facts,
            evaluator: &evaluator,
            diagnosis: &self.diagnosis,
            choice: &choice,
            targets: &targets,
            kind,
            identification: None,
        })
    }

    fn compose(&self, kind: &str) -> Result<Programme, Vec<Diagnostic>> {
        self.with(kind, compose)
    }
}

fn programme() -> Programme {
    case(PACK, "Школа № 1", DATA).compose("шппко").expect("the programme composes")
}

fn all_blocks(sections: &[Section]) -> Vec<&Block> {
    let each = sections.iter().flat_map(|section| {
        section.blocks.iter().chain(all_blocks(&section.sections)).collect::<Vec<_>>()
    });
    each.collect()
}

fn plain(text: &str) -> String {
    text.replace(NBSP, " ")
}

/// The rows of a table, cells parted by bars.
fn rows(programme: &Programme, id: &str) -> Vec<String> {
    let blocks = all_blocks(&programme.sections);
    let table = blocks.into_iter().find(|block| block.id == id).expect("the table is there");
    let row = |cells: &Vec<super::types::Cell>| {
        cells.iter().map(|cell| plain(&cell.text)).collect::<Vec<_>>().join(" | ")
    };
    table.rows.iter().map(row).collect()
}

fn texts(programme: &Programme) -> Vec<String> {
    all_blocks(&programme.sections).into_iter().map(|block| plain(&block.text)).collect()
}

#[test]
fn what_is_unknown_says_so_and_nothing_is_dropped() {
    let programme = programme();
    assert_eq!(
        rows(&programme, "показатели_таблица"),
        [
            "Экзамен: «2» | 15 % | 24 % | 9 % | 25 | рост",
            "Нет данных ни за один год: Экзамен: «4» и «5»",
        ]
    );
    let texts = texts(&programme);
    assert!(texts.contains(&"Школа № 1: 1 дефицит за 2026 год.".to_owned()), "{texts:?}");
    assert!(
        texts.contains(
            &"1. Неуспешность на экзамене. Отметку «2» получили 24 %; по региону — 9 %.".to_owned()
        ),
        "{texts:?}"
    );
    assert_eq!(
        rows(&programme, "неопределенные_таблица"),
        ["Низкое качество | Не хватает: Экзамен: «4» и «5»: школа — 2026; регион — 2026"]
    );
}

#[test]
fn figures_of_a_known_indicator_that_are_missing_are_named_in_their_cells() {
    let data = DATA.lines().filter(|line| !line.contains("2025")).collect::<Vec<_>>().join("\n");
    let programme = case(PACK, "Школа", &data).compose("шппко").expect("it composes");
    let rows = rows(&programme, "показатели_таблица");
    assert_eq!(rows[0], "Экзамен: «2» | нет данных | 24 % | 9 % | 25 | нет данных");
}

#[test]
fn the_roadmap_is_grouped_and_terms_fall_into_their_years() {
    let programme = programme();
    assert_eq!(
        rows(&programme, "карта_таблица"),
        [
            "1.2 Работа со школами",
            "1 | Оказывает помощь учащимся | октябрь 2026 – май 2027 года | \
             октябрь 2027 – май 2028 года | октябрь 2028 – май 2029 года | Аналитическая справка",
            "2 | Разбирает ошибки | — | октябрь 2027 года, январь 2028 года | — | \
             Приказ «О разборе»",
            "Назначить команду",
            "3 | Назначает команду | в течение года | в течение года | в течение года | \
             Приказ «О команде»",
        ]
    );
    let activities: Vec<_> = programme.directions.iter().flat_map(|d| &d.activities).collect();
    let numbers: Vec<_> = activities.iter().map(|a| (a.number.as_str(), a.id.as_str())).collect();
    assert_eq!(numbers, [("1", "консультации"), ("2", "разбор"), ("3", "приказ_о_команде")]);
    let years: Vec<_> = activities[0].entries.iter().map(|e| e.school_year.as_str()).collect();
    assert_eq!(years, ["2026/2027", "2027/2028", "2028/2029"]);
    assert_eq!(
        (activities[0].entries[0].from.as_str(), activities[0].zone.as_str()),
        ("2026-10-01", "помощь")
    );
    assert_eq!(activities[2].entries[0].term_kind, "словами");
    assert_eq!(activities[2].answers, ["команда"]);
}

#[test]
fn targets_stand_in_their_years_and_in_whole_pupils() {
    let programme = programme();
    assert_eq!(
        rows(&programme, "цели_таблица"),
        ["Экзамен: «2» | 24 % | 16 % | 12 % | 0 % | с 6 до 0 из 25"]
    );
    let result = plain(&programme.expected_results[0].text);
    assert_eq!(
        result,
        "Доля «2» на экзамене: 0 % к июлю 2029 года (в 2026 году — 24 %); при том же числе \
         участников это 0 из 25 вместо 6"
    );
    let indicator = &programme.indicators[0];
    assert_eq!(indicator.baseline.as_ref().map(|b| b.at.as_str()), Some("2026"));
    assert_eq!(indicator.targets.len(), 3);
    assert_eq!(
        programme.goal.as_ref().map(|goal| goal.text.as_str()),
        Some("Каждый сдаёт экзамен")
    );
    assert_eq!(programme.deficits[0].state, "приоритет");
}

#[test]
fn acts_are_those_in_force_by_level_and_date() {
    let case = case(PACK, "Школа", DATA);
    let programme = case.compose("шппко").expect("it composes");
    assert_eq!(
        rows(&programme, "основания_таблица"),
        [
            "О проверке | Федеральный закон от 29 декабря 2012 г. № 273-ФЗ",
            "О порядке | Постановление от 1 марта 2020 г. № 5",
        ]
    );
    assert_eq!(programme.legal_basis.len(), 2);
    let said = case.with("шппко", remarks);
    assert_eq!(said.len(), 1);
    assert_eq!(said[0].code, codes::ACT_NOT_IN_FORCE);
    assert!(said[0].message.contains("О прежнем порядке"), "{}", said[0].message);
}

#[test]
fn every_reason_ends_at_a_figure_with_its_year_and_place() {
    let programme = programme();
    let blocks = all_blocks(&programme.sections);
    for block in &blocks {
        assert!(!block.because.is_empty(), "{}", block.id);
        for row in &block.rows {
            assert!(!row[0].because.is_empty() && !row[0].id.is_empty(), "{}", block.id);
        }
    }
    let is_figure = |because: &&super::types::Because| {
        because.at.as_deref() == Some("2026")
            && because.source.as_ref().is_some_and(|s| s.place == "протоколы, лист 2")
    };
    let activity = &programme.directions[0].activities[0];
    let reasons = [&programme.deficits[0].because, &programme.tasks[0].because, &activity.because];
    for because in reasons {
        let figure = because.iter().find(is_figure).expect("a figure");
        assert_eq!((figure.value.as_deref(), figure.unit.as_deref()), (Some("24"), Some("%")));
    }
    let printed = rows(&programme, "обоснование_таблица");
    assert!(printed[1].contains("24 % (2026 год)"), "{printed:?}");
    assert!(printed[1].contains("протоколы, лист 2") && printed[1].contains("сборник, с. 7"));
}

#[test]
fn charts_show_what_is_known_and_say_what_is_not() {
    let programme = programme();
    let blocks = all_blocks(&programme.sections);
    let figure = blocks.iter().find(|block| block.kind == "рисунок").expect("a chart");
    assert_eq!(figure.id, "дефицит_диаграмма_слабый_экзамен_неуспешность");
    let picture = figure.figure.as_ref().expect("a drawing");
    let words = plain(&picture.alt);
    assert!(
        words.contains("2025 — школа: 15 %, регион: нет данных; 2026 — школа: 24 %"),
        "{words}"
    );
    assert!(picture.svg.starts_with("<svg"));
    let bounds = DATA.replace(",24,25,", ",более 20,25,").replace(",15,20,", ",нет данных,20,");
    let programme = case(PACK, "Школа", &bounds).compose("шппко").expect("it composes");
    let said = texts(&programme).join(" ");
    assert!(said.contains("На диаграмме не показано: школа, 2026 год — более 20 %."), "{said}");
}

#[test]
fn a_chart_that_two_deficits_show_stands_once() {
    let pack = PACK
        .replace("дефицит_диаграмма «{{дефицит.название}}»", "дефицит_диаграмма")
        .replace("  показатели качество\n", "  показатели качество, неуспешность\n");
    let data = format!("{DATA}ш1,Школа,школа,2026,качество,30,,\n,,регион,2026,качество,60,,\n");
    let programme = case(&pack, "Школа", &data).compose("шппко").expect("it composes");
    let blocks = all_blocks(&programme.sections).into_iter();
    let figures = blocks.filter(|block| block.kind == "рисунок").map(|block| plain(&block.text));
    assert_eq!(figures.collect::<Vec<_>>(), ["Доля «2» на экзамене", "Доля «4» и «5» на экзамене"]);
}

#[test]
fn approvals_leave_lines_to_fill_in_the_gender_of_the_kind() {
    let programme = programme();
    let stamps: Vec<_> = programme
        .approval
        .iter()
        .map(|a| (a.stamp.as_str(), a.by.as_str(), a.document.as_str(), a.number.as_str()))
        .collect();
    assert_eq!(
        stamps,
        [
            ("ПРИНЯТА", "Педагогический совет", "Протокол", ""),
            ("УТВЕРЖДЕНА", "Директор", "Приказ", "")
        ]
    );
    assert_eq!(programme.signatures[0].position, "Заместитель директора");
    assert_eq!(programme.annexes[0].reference, "обоснование_раздел");
}

#[test]
fn hostile_names_pass_through() {
    let name = r#"Школа {{#each}} #import "x" <b>&lt; {{нет}}"#;
    let programme = case(PACK, name, DATA).compose("шппко").expect("it composes");
    assert!(plain(&programme.title).ends_with(name), "{}", programme.title);
    assert!(texts(&programme)[0].starts_with(name), "{:?}", texts(&programme)[0]);
}

#[test]
fn a_short_paper_hides_what_its_conditions_hide_and_plans_nothing() {
    let paper = case(PACK, "Школа", DATA).compose("бумага").expect("it composes");
    let titles: Vec<_> = paper.sections.iter().map(|s| s.title.as_str()).collect();
    assert_eq!(titles, ["Пустой раздел"]);
    assert_eq!(texts(&paper), ["Сведений нет."]);
    assert!(paper.goal.is_none() && paper.directions.is_empty() && paper.period.is_none());
}

#[test]
fn a_text_that_cannot_be_worded_is_reported_at_its_place() {
    let pack = PACK
        .replace("{{школа.название}}: ", "{{школа.цвет}}: ")
        .replace("графа «Динамика» динамика", "графа «Динамика» погода");
    let faults = case(&pack, "Школа", DATA).compose("шппко").expect_err("two faults");
    let codes: Vec<_> = faults.iter().map(|fault| fault.code).collect();
    assert_eq!(codes, [codes::TEXT, codes::UNKNOWN_FIELD]);
    assert!(faults[0].message.contains("школа.цвет"), "{}", faults[0].message);
    assert!(faults[1].message.contains("погода"), "{}", faults[1].message);
}

#[test]
fn the_diagnosis_tells_states_figures_and_gaps() {
    let case = case(PACK, "Школа", DATA);
    let json = diagnosis_json(&case.model, &case.project, &case.facts, &case.diagnosis);
    assert_eq!(json["schema"], "pko/diagnosis/1");
    assert_eq!(json["as_of"], "2026-09-01");
    let indicator = &json["indicators"][1];
    assert_eq!(indicator["value"], "24");
    assert_eq!((&indicator["unit"], &indicator["year"]), (&"%".into(), &"2026".into()));
    assert_eq!(indicator["comparisons"][0]["with"], "регион");
    assert_eq!(indicator["series"][0]["value"], "15");
    assert_eq!(json["indicators"][2]["missing"], true);
    assert_eq!(json["deficits"][0]["state"], "есть");
    assert_eq!(json["deficits"][0]["weight"], "2");
    assert_eq!(json["deficits"][1]["state"], "неизвестно");
    assert_eq!(json["deficits"][1]["needs"], serde_json::json!(["качество"]));
    assert_eq!(json["unknown"][0]["indicator"], "качество");
    assert_eq!(json["unknown"][0]["figures"][0]["object"], "школа");
}
