//! What an analysis says: a small pack, then the pack of the krai over made-up figures.

#![expect(clippy::disallowed_methods, reason = "tests read the packs from the disk")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use super::{DATA, PACK, all_blocks, case, case_of, plain};
use crate::base::Id;
use crate::diag::SourceMap;
use crate::document::analysis;
use crate::document::types::{Programme, Section};
use crate::document::view::View;
use crate::document::writer::Writer;
use crate::model::{Kind, Model, PackFiles, PackStore, load};

const ANALYSIS: &str = "
разбор школы р «Разбор»
  по методисту «так виднее»
  вровень в пределах 3 п.п.
  пороги лучше больше, хороший от 60 %, плохой ниже 40 %
  пороги лучше меньше, хороший до 5 %, плохой выше 20 %
  сведения «{{#если известно значение.прошлое}}Раньше — {{значение.прошлое}}.{{/если}}»
  нет значения «{{показатель.кратко}}: числа нет.»
  причина подтверждена «Подтверждено: {{причины}}.»
  причина возможна «Возможно: {{причины}}.»
  блок блок_экзамен «Экзамен»
    показатель неуспешность «Отметку «2» получили {{значение}}{{#если известно ученики}} ({{ученики}} из {{участники}}){{/если}}.»
    показатель качество «На «4» и «5» сдали {{значение}}.»
  блок блок_другое «Другое»
    показатель третий «Третий — {{значение}}.»
  вывод стало_хуже «Хуже»
    динамика ухудшается; сравнение хуже единственного
    текст «За год хуже на {{разница.за_год}}, и хуже, чем по {{перечень хуже_чем падеж=\"дательный\"}}.»
    текст «Хуже и это.»
    вместе «Хуже сразу {{число показатели}}: {{перечень показатели}}.»
  вывод прочее «Прочее»
    текст «Остальное.»
    текст «И это.»
    вместе «Обо всём сразу.»
    предположение «Может быть, случай.»

показатель школы третий «Третий»
  по методисту «для случая»
  вид процент; лучше больше; каждый учебный год; появляется июль

программа школы разобранное «Разобранное»
  тип «справка»
  по методисту «так принято»
  раздел сведения «Сведения»
    текст «Ниже — выводы.»
    разбор р
    текст «И всё.»
";

fn analysed(data: &str) -> Programme {
    let pack = format!("{PACK}{ANALYSIS}");
    case(&pack, "Школа", data).compose("разобранное").expect("the analysis composes")
}

fn told(programme: &Programme) -> Vec<(String, String)> {
    let blocks = all_blocks(&programme.sections).into_iter();
    blocks
        .map(|block| {
            let items = block.items.iter().map(|item| format!(" • {}", plain(item)));
            (block.id.clone(), format!("{}{}", plain(&block.text), items.collect::<String>()))
        })
        .collect()
}

fn texts_of(told: &[(String, String)]) -> Vec<&str> {
    told.iter().map(|(_, text)| text.as_str()).collect()
}

#[test]
fn figures_conclusion_and_cause_stand_in_one_paragraph_under_their_block() {
    let programme = analysed(DATA);
    let told = told(&programme);
    assert_eq!(
        told,
        [
            ("сведения_1".to_owned(), "Ниже — выводы.".to_owned()),
            (
                "сведения_неуспешность".to_owned(),
                "Отметку «2» получили 24 % (6 из 25). Раньше — 15 %. За год хуже на 9 п. п., и \
                 хуже, чем по региону. Возможно: ученики не получают помощи."
                    .to_owned()
            ),
            ("сведения_2".to_owned(), "И всё.".to_owned()),
        ]
    );
    let titles: Vec<&str> =
        programme.sections[0].sections.iter().map(|section| section.title.as_str()).collect();
    assert_eq!(titles, ["Экзамен", ""]);
}

#[test]
fn a_paragraph_rests_on_its_row_its_shape_and_its_figures() {
    let programme = analysed(DATA);
    let blocks = all_blocks(&programme.sections);
    let block = blocks.iter().find(|block| block.id == "сведения_неуспешность").expect("told");
    let reasons: Vec<String> =
        block.because.iter().map(|it| format!("{}: {}", it.kind, plain(&it.text))).collect();
    for wanted in [
        "правило: Вывод «Хуже»: лучше меньше, уровень плохой, динамика ухудшается, сравнение хуже \
         единственного, группа достаточная",
        "динамика: 15 % (2025 год) → 24 % (2026 год): ухудшение",
        "сравнение: 24 % хуже, чем 9 % по региону, больше чем на 3 п. п. (2026 год)",
        "значение: Доля «2» на экзамене: 24 % (2026 год)",
        "методист: По методисту: так виднее",
        "правило: Дефицит «Неуспешность на экзамене» выявлен",
    ] {
        assert!(reasons.iter().any(|reason| reason == wanted), "{wanted}\n{reasons:#?}");
    }
}

#[test]
fn less_than_one_pupil_beside_others_is_no_difference() {
    let of = |n: &str| {
        let data = format!(
            "school_id,school_name,level,year,indicator,value,n\nш1,Школа,школа,2026,неуспешность,50,{n}\n\
             ,,регион,2026,неуспешность,38,\n"
        );
        let programme = analysed(&data);
        let blocks = all_blocks(&programme.sections);
        let block = blocks.iter().find(|block| block.id == "сведения_неуспешность").expect("told");
        let mut reasons = block.because.iter().filter(|it| it.kind == "сравнение");
        reasons.next().map(|it| plain(&it.text)).expect("a comparison")
    };
    assert_eq!(of("2"), "50 % вровень с 38 % по региону: разница меньше одного ученика (2026 год)");
    assert_eq!(of("10"), "50 % хуже, чем 38 % по региону, больше чем на 3 п. п. (2026 год)");
}

#[test]
fn what_no_deficit_explains_is_supposed_and_what_is_unknown_is_left_out() {
    let data =
        "school_id,school_name,level,year,indicator,value,n\nш1,Школа,школа,2026,третий,50,\n";
    let programme = analysed(data);
    let told = told(&programme);
    assert_eq!(
        texts_of(&told),
        ["Ниже — выводы.", "Третий — 50 %. Остальное. Может быть, случай.", "И всё."]
    );
}

/// A result that is asked for in the years in which there is an exam, and what is told of it.
fn of_the_exam(rows: &str) -> Vec<String> {
    let declared = "  вид процент; лучше больше; каждый учебный год; появляется июль\n\nпрограмма";
    let pack = format!("{PACK}{ANALYSIS}").replace(
        declared,
        &declared.replace("\n\nпрограмма", "\n  применимо если экзамен\n\nпрограмма"),
    );
    let pack = format!(
        "{pack}  раздел счёт «Счёт»\n    текст «Известно: {{{{число известные_результаты}}}}.»\n\
         показатель школы экзамен «Экзамен был»\n  по методисту «бывает не каждый год»\n  \
         вид да/нет; каждый учебный год; появляется июль\n"
    );
    let data = format!("school_id,school_name,level,year,indicator,value,n\n{rows}");
    let programme = case(&pack, "Школа", &data).compose("разобранное").expect("it composes");
    told(&programme).into_iter().map(|(_, text)| text).collect()
}

#[test]
fn what_did_not_apply_in_a_year_is_not_told_of_it() {
    let told = of_the_exam(
        "ш1,Школа,школа,2025,экзамен,нет,\nш1,Школа,школа,2026,экзамен,да,\n\
         ш1,Школа,школа,2026,третий,50,\n",
    );
    assert_eq!(told[1], "Третий — 50 %. Остальное. Может быть, случай.");
    assert_eq!(told.last().map(String::as_str), Some("Известно: 1."));
}

#[test]
fn what_did_not_apply_and_is_unknown_besides_is_not_counted_as_known() {
    let told = of_the_exam(
        "ш1,Школа,школа,2025,экзамен,нет,\nш1,Школа,школа,2026,экзамен,да,\n\
         ш1,Школа,школа,2026,неуспешность,24,\n",
    );
    assert_eq!(told.last().map(String::as_str), Some("Известно: 1."));
}

#[test]
fn wordings_take_turns_and_more_than_there_are_is_told_at_once() {
    let rows = |names: &[&str]| {
        let mut data = "school_id,school_name,level,year,indicator,value,n\n".to_owned();
        for name in names {
            writeln!(data, "ш1,Школа,школа,2026,{name},50,").expect("a string takes all");
        }
        data
    };
    let two = analysed(&rows(&["качество", "третий"]));
    assert_eq!(
        texts_of(&told(&two)),
        [
            "Ниже — выводы.",
            "На «4» и «5» сдали 50 %. Остальное. Может быть, случай.",
            "Третий — 50 %. И это. Может быть, случай.",
            "И всё.",
        ]
    );
    let three = analysed(&rows(&["неуспешность", "качество", "третий"]));
    assert_eq!(
        texts_of(&told(&three)),
        [
            "Ниже — выводы.",
            "Обо всём сразу.",
            " • Отметку «2» получили 50 %. Может быть, случай. • На «4» и «5» сдали 50 %. Может \
             быть, случай. • Третий — 50 %. Может быть, случай.",
            "И всё.",
        ]
    );
}

// ---------------------------------------------------------------- the pack of the krai

/// The packs of the repository.
struct Rules;

impl PackStore for Rules {
    fn pack(&self, name: &str) -> Option<PackFiles> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules").join(name);
        let mut paths: Vec<_> =
            fs::read_dir(folder).ok()?.map(|entry| entry.expect("an entry").path()).collect();
        paths.sort();
        let read = |path: &std::path::PathBuf| {
            let name = path.display().to_string();
            (name, fs::read_to_string(path).expect("a readable file"))
        };
        let files = paths.iter().map(read).collect();
        Some(PackFiles { origin: name.to_owned(), files })
    }

    fn names(&self) -> Vec<String> {
        Vec::new()
    }
}

/// The same figures in every run.
struct Made(u64);

impl Made {
    fn below(&mut self, end: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }

    /// Rows of three years and of the levels above: shares of whole pupils, bounds, directions; the
    /// levels are often near.
    ///
    /// `counted`: how many took part by counter and year; shares of one exam agree on it.
    fn rows(&mut self, id: &Id, kind: &Kind, counted: &mut BTreeMap<(Id, i32), u64>) -> String {
        let counter = match kind {
            Kind::Percent { of: Some(counter) } => counter,
            _ => id,
        };
        let mut all = String::new();
        let mut last = 0.0;
        for year in 2024..=2026 {
            let drawn = 1 + self.below(30);
            let n = *counted.entry((counter.clone(), year)).or_insert(drawn);
            last = 100.0 * self.below(n + 1) as f64 / n as f64;
            let (value, n) = match self.below(12) {
                0 => continue,
                1 => ("выше 50".to_owned(), String::new()),
                2 => ("снизилось".to_owned(), String::new()),
                3 => (self.below(101).to_string(), String::new()),
                4 => ("0".to_owned(), n.to_string()),
                _ => (format!("{last:.1}"), n.to_string()),
            };
            writeln!(all, "ш1,Школа,школа,{year},{id},{value},{n}").expect("a string takes all");
        }
        for level in ["муниципалитет", "регион"] {
            let value = match self.below(4) {
                0 => continue,
                1 => self.below(101) as f64,
                _ => (last + self.below(9) as f64 - 4.0).clamp(0.0, 100.0),
            };
            writeln!(all, ",,{level},2026,{id},{value:.1},").expect("a string takes all");
        }
        all
    }
}

/// Whatever the figures, each conclusion of the pack reads whole: no name is left unsaid, no
/// paragraph comes twice.
#[test]
fn the_conclusions_of_the_krai_read_whole_over_any_figures() {
    let mut sources = SourceMap::default();
    let mut out = Vec::new();
    let files = Rules.pack("krasnoyarsk").expect("the pack is there");
    let model = load(files, &Rules, &mut sources, &mut out);
    assert!(out.is_empty(), "{out:?}");
    let analysis = model.analyses.values().next().expect("an analysis").clone();
    let mut made = Made(7);
    let mut concluded = BTreeSet::new();
    for _ in 0..45 {
        let mut data = "school_id,school_name,level,year,indicator,value,n\n".to_owned();
        for sign in ["есть_выпуск_9", "есть_выпуск_11"] {
            writeln!(data, "ш1,Школа,школа,2026,{sign},да,").expect("a string takes all");
        }
        let mut counted = BTreeMap::new();
        for analysed in analysis.indicators() {
            let id = &analysed.indicator.id;
            let kind = &model.indicators.get(id).expect("an indicator").kind;
            data.push_str(&made.rows(id, kind, &mut counted));
        }
        let sections = told_of(&model, &data);
        let blocks = all_blocks(&sections);
        let mut seen = BTreeSet::new();
        for block in &blocks {
            for text in std::iter::once(&block.text).chain(&block.items) {
                let text = plain(text);
                let faults = ["нет данных", "  ", "..", "{{", " ,", " .", "на .", "по ."];
                assert!(!faults.iter().any(|fault| text.contains(fault)), "{text}");
            }
            assert!(block.kind == "список" || seen.insert(&block.text), "{}", block.text);
            concluded.extend(block.because.first().map(|it| it.reference.clone()));
        }
    }
    let never: Vec<&Id> = analysis
        .conclusions
        .iter()
        .map(|row| &row.id)
        .filter(|id| !concluded.contains(id.as_str()))
        .collect();
    assert!(never.is_empty(), "{never:?}");
}

fn told_of(model: &Model, data: &str) -> Vec<Section> {
    let case = case_of(model.clone(), "Школа", data, SourceMap::default(), Vec::new());
    case.with("шппко", |input| {
        let view = View::new(*input);
        let mut faults = Vec::new();
        let analysis = input.model.analyses.values().next().expect("an analysis");
        let sections = analysis::sections(&mut Writer::new(&view, &mut faults), analysis, "р");
        assert!(faults.is_empty(), "{faults:?}");
        sections
    })
}
