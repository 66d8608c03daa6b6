//! The data of a test as facts.

use crate::base::{Id, Interval, Level};
use crate::calendar::{Date, Month};
use crate::data::{Project, Reading};
use crate::diag::Place;
use crate::eval::{Evaluator, Fact, FactValue, Facts, Key, Object, count_participants};
use crate::model::{GivenFact, Model, RuleTest};

/// The institution that a test speaks of.
const OWN: &str = "школа проверки";

/// Everything that a test gives.
pub fn facts(model: &Model, test: &RuleTest) -> Facts {
    let mut facts = Facts::new(date(model, test), Object::School(OWN.to_owned()));
    facts.institution = test.institution.as_ref().map(|kind| kind.id.clone());
    if test.schools.is_empty() {
        facts.schools.insert(OWN.to_owned(), OWN.to_owned());
    }
    for given in &test.given {
        add(&mut facts, model, given, OWN);
    }
    for school in &test.schools {
        facts.schools.insert(school.title.clone(), school.title.clone());
        for given in &school.facts {
            add(&mut facts, model, given, &school.title);
        }
    }
    // A test whose numbers contradict each other fails by what it expects.
    let _ = count_participants(model, &mut facts);
    for (question, answer) in &test.answers {
        if let Some(answer) = answer {
            facts.answers.insert(question.id.clone(), *answer);
        }
    }
    facts
}

/// The project that a test stands for, as far as texts ask for one.
pub fn project(date: Date) -> Project {
    let mut project = Project::blank(Level::School, date);
    project.name = "проверка".to_owned();
    project.undated = false;
    project.institution.id.value = OWN.to_owned();
    project.institution.name = "Школа проверки".to_owned();
    project.institution.short_name = "Школа проверки".to_owned();
    project.institution.kind.value = "школа".to_owned();
    project
}

/// The test's own day; else September after the latest year that it names.
fn date(model: &Model, test: &RuleTest) -> Date {
    let latest = test.given.iter().filter_map(|given| given.year).max();
    let after_latest = latest.and_then(|year| Month::SEPTEMBER.first_day(year));
    let validity = model.pack().and_then(|pack| pack.validity);
    test.date
        .or(after_latest)
        .or(validity.map(|validity| validity.from))
        .unwrap_or_else(|| jiff::civil::date(2026, 9, 1))
}

fn add(facts: &mut Facts, model: &Model, given: &GivenFact, school: &str) {
    if model.categories.contains_key(&given.name.id) {
        add_category(facts, model, given, school);
        return;
    }
    let Some(value) = value(&given.reading) else { return };
    let key = Key {
        indicator: given.name.id.clone(),
        object: object(model, given, school),
        year: year(facts, model, given),
        cell: None,
    };
    let fact = Fact {
        value,
        n: given.participants,
        source: "проверка".to_owned(),
        place: Place::Text(given.name.span),
    };
    facts.figures.insert(key, fact);
}

fn add_category(facts: &mut Facts, model: &Model, given: &GivenFact, school: &str) {
    let key = (school.to_owned(), given.name.id.clone());
    let year = year(facts, model, given);
    match given.reading {
        Reading::Truth(true) => facts.categories.entry(key).or_default().insert(year),
        Reading::Truth(false) => facts.not_categories.entry(key).or_default().insert(year),
        _ => false,
    };
}

fn object(model: &Model, given: &GivenFact, school: &str) -> Object {
    let own = model.indicators.get(&given.name.id).map(|indicator| indicator.level);
    match given.level.or(own) {
        None | Some(Level::School) => Object::School(school.to_owned()),
        Some(level) => Object::Above(level),
    }
}

fn year(facts: &Facts, model: &Model, given: &GivenFact) -> i32 {
    given.year.unwrap_or_else(|| current_year(facts, model, &given.name.id))
}

fn current_year(facts: &Facts, model: &Model, id: &Id) -> i32 {
    Evaluator::new(model, facts).current_year(id)
}

fn value(reading: &Reading) -> Option<FactValue> {
    Some(match reading {
        Reading::Figure { value, .. } => FactValue::Number(Interval::exactly(value.clone())),
        Reading::Within { interval, .. } => FactValue::Number(interval.clone()),
        Reading::Moved(direction) => FactValue::Moved(*direction),
        Reading::Truth(truth) => FactValue::Truth(*truth),
        Reading::Words(words) => FactValue::Words(words.clone()),
        Reading::Missing => return None,
    })
}
