//! What roadmaps become.

use super::{read, sound};
use crate::base::{Id, Number};
use crate::calendar::TermWhen;
use crate::model::{PlannedResult, Roadmap, RoadmapActivity, SectionBlock};

const WORDS: &str = "единица событие «событие, события, событий»\n\
                     роль региона министр «Министр»\nдокумент приказ «Приказ»\n\
                     показатель школы успех «Доля»\n  вид процент\n";

const PLAN: &str = "\
дорожная_карта план «План»
  уровень регион
  годы 2020..2022
  вступление «Раз.»; вступление «Два.»
  сокращение «МКМ» «муниципальный комплекс мер»
  направление н_1 № 1 «Первое»
    мероприятие м_1 № 1.1 «Совет»
      ответственные министр
      документы приказ «О совете»
      после м_2
      двигает успех
      в 2020
        результат № 1 «Создан»
          исправлено «Создано» потому что «опечатка»
        результат № 2 «Утверждён»
          срок ноябрь
          довести успех до 100 %
          норма не меньше 5 событие за учебный год, для «школ»
        срок август..сентябрь
      в 2021..2022
        результат «Проведён анализ»
        срок август исправлено «Август 2023» потому что «чужая графа»
    мероприятие м_2 № 1.2 «Отбор»
      ответственные не названы; документ не назван
      в 2020
        результат «Отобраны»
          норма не меньше 5 для «школ»
        срок не назван
";

pub(super) fn plan(model: &crate::model::Model, id: &str) -> Roadmap {
    model.roadmaps.get(&Id::new(id)).cloned().expect("the plan")
}

pub(super) fn activity(plan: &Roadmap, id: &str) -> RoadmapActivity {
    let mut all = plan.directions.iter().flat_map(|direction| &direction.activities);
    all.find(|activity| activity.id == Id::new(id)).cloned().expect("the activity")
}

fn result(activity: &RoadmapActivity, year: usize, nth: usize) -> PlannedResult {
    activity.years.get(year).and_then(|y| y.results.get(nth)).cloned().expect("the result")
}

#[test]
fn a_plan_has_years_with_results_and_terms() {
    let plan = plan(&sound(&format!("{WORDS}{PLAN}")), "план");
    assert_eq!((plan.years, plan.introduction.len()), ((2020, 2022), 2));
    assert_eq!(plan.abbreviations[0].1, "муниципальный комплекс мер");
    let first = activity(&plan, "м_1");
    let years: Vec<i32> = first.years.iter().map(|year| year.year).collect();
    assert_eq!(years, [2020, 2021, 2022]);
    assert_eq!(first.after[0].id, Id::new("м_2"));
    let own = result(&first, 0, 1);
    assert_ne!(own.term, first.years[0].term);
    assert_eq!(own.target.map(|(id, q)| (id.id, q.number)), {
        Some((Id::new("успех"), Number::from_int(100)))
    });
    let norm = own.norm.expect("the norm");
    assert_eq!(
        (norm.per.as_deref(), norm.for_whom.as_deref()),
        (Some("учебный год"), Some("школ"))
    );
}

#[test]
fn a_term_of_the_year_is_that_of_its_results_and_mends_stay_where_they_are() {
    let plan = plan(&sound(&format!("{WORDS}{PLAN}")), "план");
    let first = activity(&plan, "м_1");
    let created = result(&first, 0, 0);
    assert!(created.term.is_some() && created.term == first.years[0].term);
    assert!(matches!(created.term.map(|term| term.when), Some(TermWhen::Windows(_))));
    let mend = &created.mended[0];
    assert_eq!((mend.field, mend.printed.as_str()), ("результат", "Создано"));
    let mend = &first.years[1].mended[0];
    assert_eq!((mend.field, mend.printed.as_str()), ("срок", "Август 2023"));
    assert!(first.meta.mended.is_empty());
    let second = activity(&plan, "м_2");
    assert_eq!(second.absent, ["ответственный", "документ", "срок 2020"]);
    assert_eq!(result(&second, 0, 0).term, None);
}

#[test]
fn what_a_plan_must_say_and_says_once() {
    let (_, faults) = read(
        "дорожная_карта п «П»\n  направление н «Н»\n    мероприятие м «М»\n      в 2020\n      в 2019..2020\n",
    );
    assert_eq!(
        faults,
        "ПКО-014 в объявлении «п» нет строки «уровень»\n\
         ПКО-014 в объявлении «п» нет строки «годы»\n\
         ПКО-015 2020 год уже описан"
    );
}

#[test]
fn activities_of_plans_are_named_in_plans_alone() {
    let (_, faults) = read(&format!("{WORDS}{PLAN}мероприятие школы м «М»\n  после м_1\n"));
    assert_eq!(faults, "ПКО-012 здесь нужно: мероприятие; «м_1» — мероприятие дорожной карты");
}

#[test]
fn papers_carry_a_plan() {
    let model = sound(&format!(
        "{WORDS}{PLAN}программа региона б «Об утверждении плана»\n  тип «постановление»\n  издаёт министр\n  \
         преамбула «На основании закона»\n  постановляет «ПОСТАНОВЛЯЮ»\n  пункт «Утвердить.»\n  \
         пункт «Исполнить.»\n  исполнитель министр\n  карта план\n  приложение прил № 1 «План»\n    карта план\n"
    ));
    let paper = model.programmes.get(&Id::new("б")).expect("the paper");
    assert_eq!(paper.points.len(), 2);
    assert_eq!(paper.operative.as_deref(), Some("ПОСТАНОВЛЯЮ"));
    assert!(paper.issuer.is_some() && paper.executor.is_some() && paper.preamble.is_some());
    assert_eq!(paper.roadmap.as_ref().map(|plan| plan.id.as_str()), Some("план"));
    assert!(matches!(paper.sections[0].blocks[..], [SectionBlock::Roadmap(_)]));
}
