//! What holds of every programme of a bundled school, and how far the programmes differ.

use std::collections::BTreeSet;
use std::fs;

use libtest_mimic::Failed;
use serde_json::Value;

use crate::Outcome;
use crate::console::built_as_json;
use crate::printed::{list, text, texts};
use crate::schemas::{PROJECTS, SCHOOLS};

/// Every activity answers something, has somebody, a time, something to show for it and a figure by
/// which it is judged; what it names is there.
pub fn no_link_of_the_chain_is_empty() -> Outcome {
    let mut gaps = Vec::new();
    let mut count = 0;
    for project in SCHOOLS {
        for programme in programmes(project)? {
            for activity in activities(&programme) {
                count += 1;
                let at = format!("{project}: {}", text(activity, "id"));
                gaps.extend(gaps_of(&programme, activity).map(|gap| format!("{at}: {gap}")));
            }
        }
    }
    assert!(count > 60, "only {count} activities were looked at");
    if gaps.is_empty() { Ok(()) } else { Err(Failed::from(gaps.join("\n"))) }
}

fn gaps_of<'a>(programme: &'a Value, activity: &'a Value) -> impl Iterator<Item = &'static str> {
    let entries = list(activity, "entries");
    let has = |key: &str| entries.iter().any(|entry| !text(entry, key).is_empty());
    let is_timed = |entry: &Value| {
        let days = !text(entry, "from").is_empty() && !text(entry, "to").is_empty();
        days || !list(entry, "terms").is_empty()
    };
    let indicators = ids(programme, "indicators");
    let moved = texts(activity, "indicators");
    let positions = list(activity, "responsible");
    [
        (!list(activity, "answers").is_empty(), "отвечает ни на что"),
        (!positions.is_empty() && positions.iter().all(is_position), "не названа должность"),
        (!entries.is_empty() && entries.iter().all(is_timed), "нет срока"),
        (!list(activity, "documents").is_empty() || has("result"), "ни документа, ни результата"),
        (!moved.is_empty(), "нет показателя"),
        (moved.iter().all(|id| indicators.contains(id)), "показателя нет в программе"),
        (list(activity, "absent").is_empty(), "признан пробел"),
    ]
    .into_iter()
    .filter_map(|(holds, gap)| (!holds).then_some(gap))
}

/// A position or a body; a name alone answers for nothing when its bearer leaves.
fn is_position(responsible: &Value) -> bool {
    ["роль", "орган"].contains(&text(responsible, "kind")) && !text(responsible, "title").is_empty()
}

/// Four priorities, one weak subject, nothing proven, a rural school of which little is known, a large
/// one in a city: each gets a programme of its own.
pub fn each_school_has_its_own_programme() -> Outcome {
    let schools = [PROJECTS[0], PROJECTS[4], PROJECTS[5], PROJECTS[9], PROJECTS[10]];
    let [many, one, none, rural, large] = schools.map(|project| {
        programmes(project).map(|mut made| made.pop().unwrap_or_default()).unwrap_or_default()
    });
    for (programme, expected) in [
        (
            &many,
            &[
                "качество_огэ_математика",
                "неуспешность_огэ_математика",
                "низкий_уровень_чтение_4",
                "низкий_уровень_чтение_6",
            ][..],
        ),
        (&one, &["качество_огэ_русский", "неуспешность_огэ_русский"][..]),
        (&none, &[][..]),
        (
            &rural,
            &["неуспешность_огэ_математика", "п216_есть_вакансии", "п224_молодой_без_наставника"][..],
        ),
        (
            &large,
            &[
                "неуспешность_огэ_математика",
                "п11_потеря_при_переходе",
                "п236_без_сопровождения",
                "п236_семьи_далеко",
            ][..],
        ),
    ] {
        let priorities: Vec<String> = priorities(programme).into_iter().collect();
        assert_eq!(priorities, expected);
    }
    // An activity for a deficit is for one of this school's.
    let all = [&many, &one, &none, &rural, &large];
    let all_deficits: BTreeSet<String> =
        all.iter().flat_map(|programme| ids(programme, "deficits")).collect();
    for programme in all {
        let own = priorities(programme);
        for activity in activities(programme) {
            let answers = texts(activity, "answers");
            let foreign =
                answers.iter().find(|id| all_deficits.contains(*id) && !own.contains(*id));
            assert_eq!(foreign, None, "{}", text(activity, "id"));
        }
    }
    let for_deficits = |programme: &Value| -> BTreeSet<String> {
        let own = priorities(programme);
        let answers =
            |activity: &&Value| texts(activity, "answers").iter().any(|id| own.contains(id));
        activities(programme)
            .into_iter()
            .filter(answers)
            .map(|it| text(it, "id").to_owned())
            .collect()
    };
    let (many_do, one_does) = (for_deficits(&many), for_deficits(&one));
    assert!(for_deficits(&none).is_empty(), "nothing is proven, and something is cured");
    assert!(one_does.iter().filter(|id| id.contains("русский")).count() > 5, "{one_does:?}");
    assert!(one_does.iter().all(|id| !id.contains("математика")), "{one_does:?}");
    // What they share is the further analysis of whatever is proven.
    let shared: Vec<&String> = many_do.intersection(&one_does).collect();
    assert_eq!(shared, ["анализ_дефицитов"]);
    Ok(())
}

fn programmes(project: &str) -> Result<Vec<Value>, Failed> {
    let out = built_as_json(project)?;
    let mut found = Vec::new();
    for entry in fs::read_dir(out.path())? {
        let document: Value = serde_json::from_slice(&fs::read(entry?.path())?)?;
        // A programme has a period and activities; a справка has neither.
        let is_programme =
            document.get("period").is_some() && !list(&document, "directions").is_empty();
        found.extend(is_programme.then_some(document));
    }
    assert!(!found.is_empty(), "{project} has no programme");
    Ok(found)
}

fn activities(programme: &Value) -> Vec<&Value> {
    list(programme, "directions").iter().flat_map(|part| list(part, "activities")).collect()
}

fn ids(document: &Value, key: &str) -> BTreeSet<String> {
    list(document, key).iter().map(|element| text(element, "id").to_owned()).collect()
}

fn priorities(programme: &Value) -> BTreeSet<String> {
    let deficits = list(programme, "deficits").iter();
    let taken_up = deficits.filter(|deficit| deficit["state"] == "приоритет");
    taken_up.map(|deficit| text(deficit, "id").to_owned()).collect()
}
