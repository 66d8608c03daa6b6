//! A small pack: what is found is the smallest there is, and what cannot be is said.

use super::*;
use crate::base::{Id, Interval, Level, Number};
use crate::diag::{Place, SourceMap};
use crate::eval::{Decision, Fact, FactValue, Key, Object};
use crate::model::{NoPacks, PackFiles, load};

const HEAD: &str = "\
пакет проба «Проба»
  редакция 1
  по методисту «проба»
роль школы завуч «Завуч»
показатель школы было_всего «Участников»
  вид число; лучше больше; каждый учебный год; появляется июнь; данные школа
показатель школы двойки «Доля двоек»
  вид процент от было_всего; лучше меньше; каждый учебный год; появляется июнь; данные школа
показатель школы четверки «Доля четвёрок»
  вид процент; лучше больше; каждый учебный год; появляется июнь; данные школа
показатель школы пропуски «Доля пропусков»
  вид процент; лучше меньше; каждый учебный год; появляется июнь; данные школа
показатель школы отчет «Отчёт сдан»
  вид да/нет; каждый учебный год; появляется июнь; данные школа
вопрос есть_помощь «Есть ли помощь?»
  отвечает завуч
  нет подтверждает нет_помощи
причина школы нет_помощи «Помощи нет»
";

const TAIL: &str = "\
программа школы план «План»
  тип «план»
  период 1 учебный год с сентября
  приоритетов не больше 1
";

fn model(rules: &str) -> Model {
    let text = format!("{HEAD}{rules}{TAIL}");
    let files =
        PackFiles { origin: "память".to_owned(), files: vec![("п.pko".to_owned(), text)] };
    let mut found = Vec::new();
    let model = load(files, &NoPacks, &mut SourceMap::default(), &mut found);
    assert!(found.is_empty(), "{found:?}");
    model
}

/// Facts of a school: indicator, year, value, participants.
fn facts(figures: &[(&str, i32, &str, Option<u64>)]) -> Facts {
    let own = Object::School("1".to_owned());
    let mut facts = Facts::new(jiff::civil::date(2026, 9, 1), own.clone());
    facts.schools.insert("1".to_owned(), "Школа".to_owned());
    for (id, year, value, n) in figures {
        let value = match *value {
            "да" => FactValue::Truth(true),
            "нет" => FactValue::Truth(false),
            number => {
                let number = Number::parse(number).expect("a number");
                FactValue::Number(Interval::exactly(number))
            }
        };
        let key = Key { indicator: Id::new(id), object: own.clone(), year: *year, cell: None };
        let fact = Fact { value, n: *n, source: String::new(), place: Place::Nowhere };
        facts.figures.insert(key, fact);
    }
    facts
}

fn asked(model: &Model, facts: &Facts, noun: Noun, id: &str) -> Option<Answer> {
    let period = Period { from: facts.as_of, to: jiff::civil::date(2027, 8, 31) };
    let documents: Vec<_> = model.programmes.values().map(|kind| (kind.clone(), period)).collect();
    let again = |change: &Alteration<'_>| {
        let mut changed = facts.clone();
        change(&mut changed);
        Outlook::of(model, &changed, &documents)
    };
    let question = Question { model, facts, documents: &documents, again: &again };
    why_not(&question, &Element::new(noun, &Id::new(id)))
}

/// «двойки 2026: 24 → 28», edit by edit; else what the best way comes to.
fn best(model: &Model, facts: &Facts, noun: Noun, id: &str) -> String {
    let Some(answer) = asked(model, facts, noun, id) else {
        return "в документе".to_owned();
    };
    let shown = |fact: &Option<Fact>| match fact.as_ref().map(|fact| (&fact.value, fact.n)) {
        Some((FactValue::Number(interval), n)) => {
            let number = interval.exact().map_or("?".to_owned(), Number::to_plain);
            n.map_or(number.clone(), |n| format!("{number} из {n}"))
        }
        Some((FactValue::Truth(truth), _)) => truth.to_string(),
        Some(_) => "?".to_owned(),
        None => "—".to_owned(),
    };
    match &answer.paths.first().expect("a way").outcome {
        Outcome::Change(edits) => {
            let told = edits.iter().map(|edit| match edit {
                Edit::Figure(row) => {
                    let (key, was, becomes) = (&row.key, shown(&row.was), shown(&row.becomes));
                    format!("{} {}: {was} → {becomes}", key.indicator, key.year)
                }
                Edit::Answer { question, was, becomes } => {
                    format!("{question}: {was:?} → {becomes}")
                }
                Edit::Category { category, .. } => category.to_string(),
            });
            told.collect::<Vec<_>>().join("; ")
        }
        other => format!("{other:?}"),
    }
}

const DEFICIT: &str = "\
дефицит школы много_двоек «Много двоек»
  если двойки больше 20 %
  вес
    3 если двойки больше 50 %
    1 иначе
  возможные причины нет_помощи
задача школы помощь «Помочь»
  отвечает много_двоек, нет_помощи
мероприятие школы консультации «Консультирует»
  решает помощь
  ответственные завуч
  срок октябрь
мероприятие школы список «Составляет список»
  ответственные завуч
  срок сентябрь
  решает помощь
  нужно если отчет
";

#[test]
fn the_change_is_one_pupil_or_one_printable_step() {
    let model = model(DEFICIT);
    let of_25 = facts(&[("двойки", 2026, "20", Some(25))]);
    assert_eq!(
        best(&model, &of_25, Noun::Deficit, "много_двоек"),
        "двойки 2026: 20 из 25 → 24 из 25"
    );
    let of_13 = facts(&[("двойки", 2026, "7.69", Some(13))]);
    assert_eq!(best(&model, &of_13, Noun::Task, "помощь"), "двойки 2026: 7.69 из 13 → 23.08 из 13");
    let of_nobody_knows = facts(&[("двойки", 2026, "12,5", None)]);
    assert_eq!(
        best(&model, &of_nobody_knows, Noun::Deficit, "много_двоек"),
        "двойки 2026: 12.5 → 20.1"
    );
}

#[test]
fn a_chain_asks_for_every_link() {
    let model = model(DEFICIT);
    let mut facts = facts(&[("двойки", 2026, "20", Some(25)), ("отчет", 2026, "нет", None)]);
    facts.answers.insert(Id::new("есть_помощь"), true);
    assert_eq!(
        best(&model, &facts, Noun::Activity, "список"),
        "двойки 2026: 20 из 25 → 24 из 25; отчет 2026: false → true; есть_помощь: Some(true) → false"
    );
    assert_eq!(
        best(&model, &facts, Noun::Activity, "консультации"),
        "двойки 2026: 20 из 25 → 24 из 25; есть_помощь: Some(true) → false"
    );
}

#[test]
fn what_is_there_needs_nothing() {
    let model = model(DEFICIT);
    let facts = facts(&[("двойки", 2026, "24", Some(25))]);
    assert_eq!(best(&model, &facts, Noun::Activity, "консультации"), "в документе");
}

#[test]
fn a_small_group_needs_more_participants_and_whole_pupils() {
    let model = model(DEFICIT);
    let facts = facts(&[("двойки", 2026, "25", Some(8)), ("было_всего", 2026, "8", None)]);
    assert_eq!(
        best(&model, &facts, Noun::Deficit, "много_двоек"),
        "было_всего 2026: 8 → 10; двойки 2026: 25 из 8 → 30 из 10"
    );
    let answer = asked(&model, &facts, Noun::Deficit, "много_двоек").expect("an answer");
    assert_eq!(answer.standings.first().and_then(|it| it.small_group), Some(8));
}

#[test]
fn ranking_names_the_weight_and_the_figure_that_gives_it() {
    let rival = "\
дефицит школы пропускают «Пропускают»
  если пропуски больше 5 %
  вес
    3 иначе
";
    let model = model(&format!("{DEFICIT}{rival}"));
    let facts = facts(&[("двойки", 2026, "24", Some(25)), ("пропуски", 2026, "9", None)]);
    assert_eq!(
        best(&model, &facts, Noun::Deficit, "много_двоек"),
        "двойки 2026: 24 из 25 → 52 из 25"
    );
    let answer = asked(&model, &facts, Noun::Deficit, "много_двоек").expect("an answer");
    let standing = answer.standings.first().expect("a standing");
    assert_eq!(
        (standing.weight.clone(), standing.needed.clone()),
        (Number::from_int(1), Some(Number::from_int(3)))
    );
}

#[test]
fn what_no_data_change_is_said() {
    let rules = "\
дефицит школы никогда «Никогда»
  если двойки больше 50 % и двойки меньше 40 %
дефицит школы легкий «Лёгкий»
  если пропуски больше 5 %
  вес
    1 иначе
дефицит муниципалитета чужой «Чужой»
  если двойки больше 5 %
";
    let model = model(&format!("{DEFICIT}{rules}"));
    let mut facts = facts(&[("двойки", 2026, "60", Some(25)), ("пропуски", 2026, "9", None)]);
    let bar = |facts: &Facts, noun: Noun, id: &str| {
        let answer = asked(&model, facts, noun, id).expect("an answer");
        match answer.paths.first().map(|path| path.outcome.clone()) {
            Some(Outcome::Barred(bar)) => bar,
            other => panic!("{other:?}"),
        }
    };
    assert!(matches!(bar(&facts, Noun::Deficit, "никогда"), Bar::Contradiction(_)));
    assert!(matches!(bar(&facts, Noun::Deficit, "легкий"), Bar::TooLight { .. }));
    assert_eq!(
        bar(&facts, Noun::Deficit, "чужой"),
        Bar::OtherLevel(Element::new(Noun::Deficit, &Id::new("чужой")), Level::Municipality)
    );
    let decision = Decision { includes: false, reason: "так решили".to_owned() };
    facts.decisions.deficits.insert(Id::new("много_двоек"), decision.clone());
    assert!(matches!(bar(&facts, Noun::Task, "помощь"), Bar::Team(..)));
    facts.decisions.deficits.clear();
    facts.decisions.causes.insert(Id::new("нет_помощи"), decision);
    assert!(matches!(bar(&facts, Noun::Activity, "консультации"), Bar::Team(..)));
}

#[test]
fn more_than_three_figures_are_not_guessed() {
    let rules = "\
дефицит школы все_плохо «Всё плохо»
  если двойки больше 20 % и четверки меньше 20 % и пропуски больше 20 % и отчет
";
    let model = model(rules);
    let mut figures = vec![
        ("двойки", 2026, "0", None),
        ("четверки", 2026, "50", None),
        ("пропуски", 2026, "0", None),
        ("отчет", 2026, "нет", None),
    ];
    assert_eq!(best(&model, &facts(&figures), Noun::Deficit, "все_плохо"), "TooMany");
    figures.pop();
    figures.push(("отчет", 2026, "да", None));
    assert_eq!(
        best(&model, &facts(&figures), Noun::Deficit, "все_плохо"),
        "двойки 2026: 0 → 20.1; четверки 2026: 50 → 19.9; пропуски 2026: 0 → 20.1"
    );
}

#[test]
fn what_is_not_known_is_told_with_the_values_that_decide() {
    let model = model(
        "\
дефицит школы много_двоек «Много двоек»
  если двойки больше 20 % или двойки ухудшается 2 года подряд
",
    );
    let facts = facts(&[("двойки", 2024, "10", None)]);
    let answer = asked(&model, &facts, Noun::Deficit, "много_двоек").expect("an answer");
    let ranges: Vec<(i32, Vec<Interval>)> =
        answer.missing.iter().map(|it| (it.key.year, it.numbers.clone())).collect();
    let above_20 = Interval {
        low: Some(crate::base::Bound::open(20.into())),
        high: Some(crate::base::Bound::closed(100.into())),
    };
    assert_eq!(ranges, [(2026, vec![above_20]), (2025, Vec::new())]);
    assert_eq!(best(&model, &facts, Noun::Deficit, "много_двоек"), "двойки 2026: — → 20.1");
}

#[test]
fn a_requirement_to_collect_data_comes_in_when_they_are_gone() {
    let model = model(
        "\
требование школы собрать «Собрать»
  если не известно двойки или не известно четверки
",
    );
    let facts = facts(&[("двойки", 2026, "10", None), ("четверки", 2026, "10", None)]);
    assert_eq!(best(&model, &facts, Noun::Requirement, "собрать"), "двойки 2026: 10 → —");
}

// ------------------------------------------------------------ minimality

type Figures = [(&'static str, i32, i64)];

fn of_figures(figures: &Figures) -> Facts {
    let texts: Vec<String> = figures.iter().map(|(_, _, value)| value.to_string()).collect();
    let rows = figures.iter().zip(&texts);
    let rows: Vec<_> =
        rows.map(|((id, year, _), text)| (*id, *year, text.as_str(), None)).collect();
    facts(&rows)
}

/// Whether the deficit is proven with these figures.
fn holds(model: &Model, figures: &Figures) -> bool {
    let facts = of_figures(figures);
    let evaluator = crate::eval::Evaluator::new(model, &facts);
    Want::Proven(Id::new("проба_дефицит")).is_met(&evaluator)
}

/// Every set of values on a grid of marks: the least number of figures changed, then the least sum
/// of changes, of figures of the present year where that is possible.
fn by_force(model: &Model, start: &Figures, step: i64) -> Option<(usize, usize, i64)> {
    let values: Vec<i64> = (0..=100 / step).map(|at| at * step).collect();
    let mut best: Option<(usize, usize, i64)> = None;
    let all = values.len().pow(start.len() as u32);
    for code in 0..all {
        let mut rest = code;
        let mut figures = start.to_vec();
        for figure in &mut figures {
            figure.2 = values[rest % values.len()];
            rest /= values.len();
        }
        let changed: Vec<_> =
            start.iter().zip(&figures).filter(|(was, is)| was.2 != is.2).collect();
        let past = changed.iter().filter(|(was, _)| was.1 != 2026).count();
        let sum: i64 = changed.iter().map(|(was, is)| (was.2 - is.2).abs()).sum();
        let rank = (changed.len(), past, sum);
        if changed.len() <= 3 && best.is_none_or(|best| rank < best) && holds(model, &figures) {
            best = Some(rank);
        }
    }
    best
}

/// The same of what the search finds; a step of a tenth counts as the next mark of the grid.
fn found(model: &Model, start: &Figures, step: i64) -> Option<(usize, usize, i64)> {
    let answer = asked(model, &of_figures(start), Noun::Deficit, "проба_дефицит")?;
    let Outcome::Change(edits) = &answer.paths.first()?.outcome else { return None };
    let mut rank = (edits.len(), 0, 0);
    for edit in edits {
        let Edit::Figure(row) = edit else { return None };
        let (was, becomes) = (row.was.as_ref()?, row.becomes.as_ref()?);
        let number = |fact: &Fact| match &fact.value {
            FactValue::Number(interval) => interval.exact().cloned(),
            _ => None,
        };
        let gap = (&number(becomes)? - &number(was)?).abs();
        let marks = -(-&gap).checked_div(&step.into())?.floor()?;
        rank.1 += usize::from(row.key.year != 2026);
        rank.2 += marks * step;
    }
    Some(rank)
}

/// Conditions are compared with every set of values of a grid. Strict comparisons need a step
/// beyond a mark, a tenth of a percent or a whole mark of the grid: the sums are compared by marks.
#[test]
fn nothing_smaller_is_found_by_trying_everything() {
    let conditions = [
        "двойки не меньше 40 %",
        "двойки не меньше 40 % и четверки не больше 20 %",
        "двойки не меньше 60 % или (четверки не больше 40 % и пропуски не меньше 40 %)",
        "двойки выше четверки не меньше чем на 20 п.п.",
        "двойки выше четверки не меньше чем на 20 п.п. и четверки выше пропуски не меньше чем на 20 п.п.",
        "не (двойки меньше 60 %) и четверки выше двойки не меньше чем на 40 п.п.",
        "двойки выше двойки год назад не меньше чем на 20 п.п. и двойки не больше 40 %",
        "двойки выше четверки не меньше чем на 100 п.п.",
        "двойки выше двойки год назад не меньше чем на 80 п.п. или пропуски не меньше 100 %",
    ];
    let start =
        [("двойки", 2026, 20), ("двойки", 2025, 40), ("четверки", 2026, 60), ("пропуски", 2026, 0)];
    for condition in conditions {
        let model = model(&format!("дефицит школы проба_дефицит «Проба»\n  если {condition}\n"));
        let forced = by_force(&model, &start, 20);
        assert!(forced.is_some(), "{condition}");
        assert_eq!(found(&model, &start, 20), forced, "{condition}");
    }
}

#[test]
fn what_stands_behind_a_computed_figure_is_changed_and_so_is_what_makes_it_apply() {
    let rules = "\
показатель школы есть_выпуск «Есть выпуск»
  вид да/нет; каждый учебный год; появляется июнь; данные школа
показатель школы ниже_порога «Ниже порога»
  вид процент; лучше меньше; каждый учебный год; появляется июнь; данные школа
  применимо если есть_выпуск
показатель школы разница «Разница»
  вид процентные пункты; лучше меньше; каждый учебный год
  расчёт двойки - пропуски
дефицит школы отстают «Отстают»
  если разница не меньше 10 п.п.
дефицит школы не_сдали «Не сдали»
  если ниже_порога больше 0 %
";
    let model = model(rules);
    let facts = facts(&[
        ("двойки", 2026, "20", Some(10)),
        ("пропуски", 2026, "15", None),
        ("есть_выпуск", 2026, "нет", None),
    ]);
    assert_eq!(best(&model, &facts, Noun::Deficit, "отстают"), "пропуски 2026: 15 → 10");
    assert_eq!(
        best(&model, &facts, Noun::Deficit, "не_сдали"),
        "есть_выпуск 2026: false → true; ниже_порога 2026: — → 0.1"
    );
}
