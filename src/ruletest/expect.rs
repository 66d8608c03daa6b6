//! Expectations held against what came.

use std::collections::BTreeSet;

use super::{Failure, Outcome, given};
use crate::base::{Bound, Id, Interval, Level, Number};
use crate::calendar::Date;
use crate::diag::Diagnostic;
use crate::document::{self, Composition};
use crate::eval::{self, Key, Object, Proof, Truth, Value};
use crate::model::{Analysis, Expectation, Expected, ExpectedReading, Observe, Quantity, Ref};
use crate::plan::Choice;
use crate::russian::{self, DateStyle};
use crate::syntax::tree::{CauseState, DeficitState};
use crate::syntax::{NOUNS, Noun};

/// So many reasons are quoted with a failure.
const REASONS: usize = 3;
/// Nobody writes more decimal places.
const MAX_PLACES: usize = 30;

/// What came instead of the expected, if anything did.
pub fn check(outcome: &Outcome<'_>, expectation: &Expectation) -> Vec<Failure> {
    let checker = Checker { outcome, expectation };
    match &expectation.what {
        Expected::Deficit { deficit, state, weight } => {
            checker.deficit(deficit, *state, weight.as_ref())
        }
        Expected::Cause { cause, state } => checker.cause(cause, *state),
        Expected::UnknownRisk { risk } => checker.unknown_risk(risk),
        Expected::Conclusion { indicator, conclusion } => checker.conclusion(indicator, conclusion),
        Expected::Absent { noun, element } => checker.absent(*noun, element),
        Expected::Chosen { noun, element, term } => checker.chosen(*noun, element, *term),
        Expected::Text { of, contains } => checker.text(of, contains),
        Expected::Between { observe, low, high } => checker.between(observe, low, high),
        Expected::Indicator { observe, value } => checker.indicator(observe, value),
    }
}

struct Checker<'a> {
    outcome: &'a Outcome<'a>,
    expectation: &'a Expectation,
}

impl Checker<'_> {
    fn fail(&self, expected: String, came: impl Into<String>, why: Vec<String>) -> Vec<Failure> {
        let span = self.expectation.span;
        vec![Failure { span, expected, came: came.into(), why }]
    }

    // ------------------------------------------------------------ diagnosis

    fn deficit(&self, deficit: &Ref, state: DeficitState, weight: Option<&Number>) -> Vec<Failure> {
        let what = format!("дефицит {}", deficit.id);
        let Some(found) = self.outcome.evaluator.finding(&deficit.id) else {
            return self.fail(what, "дефицит другого уровня: он здесь не рассматривается", vec![]);
        };
        let (expected, holds) = match state {
            DeficitState::Present => ("есть", found.state == Truth::Yes),
            DeficitState::Absent => ("нет", matches!(found.state, Truth::No | Truth::Inapplicable)),
            DeficitState::Unknown => ("неизвестно", found.state == Truth::Unknown),
        };
        if !holds {
            let why = short(&found.proof);
            return self.fail(format!("{what} {expected}"), truth_word(found.state), why);
        }
        if let Some(weight) = weight
            && found.weight.as_ref() != Some(weight)
        {
            let came = match &found.weight {
                Some(weight) => format!("вес {}", weight.to_russian(2)),
                None => "без веса".to_owned(),
            };
            let expected = format!("{what} с весом {}", weight.to_russian(2));
            return self.fail(expected, came, short(&found.proof));
        }
        self.missing(&found.needs)
    }

    fn conclusion(&self, indicator: &Ref, conclusion: &Ref) -> Vec<Failure> {
        let evaluator = &self.outcome.evaluator;
        let expected = format!("вывод {} {}", indicator.id, conclusion.id);
        let has =
            |analysis: &&Analysis| analysis.conclusions.iter().any(|row| row.id == conclusion.id);
        let Some(analysis) = self.outcome.model.analyses.values().find(has) else {
            return self.fail(expected, "вывода нет", Vec::new());
        };
        let year = evaluator.current_year(&indicator.id);
        let Some(shaped) = evaluator.shape(analysis, &indicator.id, year) else {
            return self.fail(expected, "вывода нет: неизвестно, что лучше", Vec::new());
        };
        match analysis.conclusion(&shaped.shape) {
            Some(row) if row.id == conclusion.id => Vec::new(),
            row => {
                let came =
                    row.map_or("вывода нет".to_owned(), |row| format!("вывод {}", row.id));
                self.fail(expected, came, vec![shaped.shape.words()])
            }
        }
    }

    fn missing(&self, needs: &BTreeSet<Key>) -> Vec<Failure> {
        let context = self.outcome.evaluator.own();
        let mut failures = Vec::new();
        for observe in &self.expectation.missing {
            let key = self.outcome.evaluator.key(observe, &context);
            if !needs.contains(&key) {
                let named: Vec<String> = needs.iter().map(key_words).collect();
                let came = match named.is_empty() {
                    true => "всего хватает".to_owned(),
                    false => format!("не хватает: {}", named.join(", ")),
                };
                failures.extend(self.fail(
                    format!("не хватает {}", key_words(&key)),
                    came,
                    Vec::new(),
                ));
            }
        }
        failures
    }

    fn cause(&self, cause: &Ref, state: CauseState) -> Vec<Failure> {
        let Some(found) = self.outcome.evaluator.cause_finding(&cause.id) else {
            let came = "причина не рассматривается: дефицита, который она объясняет, нет";
            return self.fail(format!("причина {}", cause.id), came, Vec::new());
        };
        let (expected, wanted) = match state {
            CauseState::Confirmed => ("подтверждена", Truth::Yes),
            CauseState::Refuted => ("опровергнута", Truth::No),
            CauseState::Possible => ("возможна", Truth::Unknown),
        };
        if found.state == wanted {
            return Vec::new();
        }
        let came = match found.state {
            Truth::Yes => "подтверждена",
            Truth::No => "опровергнута",
            Truth::Unknown | Truth::Inapplicable => "возможна",
        };
        self.fail(format!("причина {} {expected}", cause.id), came, short(&found.proof))
    }

    // ------------------------------------------------------------ choice

    fn absent(&self, noun: Noun, element: &Ref) -> Vec<Failure> {
        match self.found(noun, &element.id) {
            None => Vec::new(),
            Some(proof) => {
                let expected = format!("нет: {} {}", word(noun), element.id);
                self.fail(expected, "есть", proof.as_ref().map(short).unwrap_or_default())
            }
        }
    }

    fn chosen(&self, noun: Noun, element: &Ref, term: Option<(Date, Date)>) -> Vec<Failure> {
        let what = format!("{} {}", word(noun), element.id);
        if self.found(noun, &element.id).is_none() {
            let came = match self.outcome.kind {
                Some(_) => "нет",
                None => "нет: в пакете нет программы",
            };
            return self.fail(what, came, self.tried());
        }
        match term {
            Some(term) if noun == Noun::Activity => self.term(&what, &element.id, term),
            _ => Vec::new(),
        }
    }

    fn term(&self, what: &str, id: &Id, (from, to): (Date, Date)) -> Vec<Failure> {
        let chosen = self.outcome.choice().into_iter().flat_map(|choice| &choice.activities);
        let times: Vec<(Date, Date)> = chosen
            .filter(|activity| activity.id == *id)
            .flat_map(|activity| activity.occurrences.iter().map(|o| (o.from, o.to)))
            .collect();
        if times.contains(&(from, to)) {
            return Vec::new();
        }
        let came: Vec<String> = times.iter().map(|(from, to)| days(*from, *to)).collect();
        let came = if came.is_empty() { "без дат".to_owned() } else { came.join(", ") };
        self.fail(format!("{what}, срок {}", days(from, to)), came, Vec::new())
    }

    /// A risk that is kept because the data do not tell.
    fn unknown_risk(&self, risk: &Ref) -> Vec<Failure> {
        let choice = self.outcome.choice();
        let found = choice.and_then(|choice| choice.risks.iter().find(|r| r.id == risk.id));
        match found {
            Some(found) if found.state == Truth::Unknown => self.missing(&found.needs),
            Some(found) => {
                let expected = format!("риск {} неизвестно", risk.id);
                self.fail(expected, truth_word(found.state), short(&found.proof))
            }
            None => {
                let came = "нет: условие опровергнуто или риск ничего здесь не касается";
                self.fail(format!("риск {} неизвестно", risk.id), came, self.tried())
            }
        }
    }

    /// Whether the element is there, with the reason where one is kept.
    fn found(&self, noun: Noun, id: &Id) -> Option<Option<Proof>> {
        let Outcome { evaluator, .. } = self.outcome;
        match noun {
            Noun::Deficit => {
                let found = evaluator.finding(id).filter(|found| found.state == Truth::Yes)?;
                Some(Some(found.proof))
            }
            Noun::Cause => {
                let found = evaluator.cause_finding(id).filter(|found| found.state != Truth::No)?;
                Some(Some(found.proof))
            }
            _ => taken(self.outcome.choice()?, noun, id).map(Option::<&Proof>::cloned),
        }
    }

    /// What was chosen instead: the priorities, so that one sees why nothing led to the element.
    fn tried(&self) -> Vec<String> {
        let Some(choice) = self.outcome.choice() else { return Vec::new() };
        let names: Vec<String> = choice.priorities.iter().map(Id::to_string).collect();
        match names.is_empty() {
            true => vec!["приоритетов нет".to_owned()],
            false => vec![format!("приоритеты: {}", names.join(", "))],
        }
    }

    fn text(&self, of: &Ref, contains: &str) -> Vec<Failure> {
        let expected = format!("текст {} содержит «{contains}»", of.id);
        let text = match text_of(self.outcome, &of.id) {
            Ok(text) => text,
            Err(why) => return self.fail(expected, "текст не составлен", why),
        };
        // A non-breaking space is a space to whoever writes the test.
        let plain = |text: &str| text.replace(['\u{a0}', '\u{202f}'], " ");
        if plain(&text).contains(&plain(contains)) {
            return Vec::new();
        }
        self.fail(expected, format!("«{text}»"), Vec::new())
    }

    // ------------------------------------------------------------ indicators

    fn between(&self, observe: &Observe, low: &Quantity, high: &Quantity) -> Vec<Failure> {
        let wanted = Interval::between(low.number.clone(), high.number.clone());
        let context = self.context(observe);
        let came = match self.outcome.evaluator.observe(observe, &context) {
            // An exact figure is no range; below the stated coverage the range itself is asked for.
            Value::Number(interval) if self.is_said(observe, &interval) => Some(interval),
            _ => self.outcome.evaluator.range(&observe.indicator, &context),
        };
        if came.as_ref().is_some_and(|came| is_range(came, low, high)) {
            return Vec::new();
        }
        let expected =
            format!("{} {}", observe.indicator, self.words(observe, &Value::Number(wanted)));
        let came = came.map_or(Value::Unknown, Value::Number);
        self.fail(expected, self.words(observe, &came), Vec::new())
    }

    /// Whether an interval says more than that the figure is a figure.
    fn is_said(&self, observe: &Observe, interval: &Interval) -> bool {
        let indicator = self.outcome.model.indicators.get(&observe.indicator);
        indicator.is_none_or(|it| eval::span_of(&it.kind, self.outcome.model) != *interval)
    }

    fn indicator(&self, observe: &Observe, wanted: &ExpectedReading) -> Vec<Failure> {
        let context = self.context(observe);
        let came = self.outcome.evaluator.observe(observe, &context);
        let holds = match (wanted, &came) {
            (ExpectedReading::Unknown, Value::Number(interval)) => interval.exact().is_none(),
            (ExpectedReading::Unknown, value) => {
                matches!(value, Value::Unknown | Value::Truth(Truth::Unknown))
            }
            (ExpectedReading::Inapplicable, value) => {
                matches!(value, Value::Inapplicable | Value::Truth(Truth::Inapplicable))
            }
            (ExpectedReading::Truth(wanted), Value::Truth(came)) => {
                *came == Truth::of(Some(*wanted))
            }
            (ExpectedReading::Quantity(wanted), value) => {
                value.exact().is_some_and(|came| is_rounded(came, &wanted.number))
            }
            (ExpectedReading::Truth(_), _) => false,
        };
        if holds {
            return Vec::new();
        }
        let expected = match wanted {
            ExpectedReading::Unknown => "неизвестно".to_owned(),
            ExpectedReading::Inapplicable => "неприменимо".to_owned(),
            ExpectedReading::Truth(truth) => if *truth { "да" } else { "нет" }.to_owned(),
            ExpectedReading::Quantity(quantity) => {
                eval::print_number(&quantity.number, &quantity.unit, self.outcome.model)
            }
        };
        let expected = format!("{} {expected}", observe.indicator);
        self.fail(expected, self.words(observe, &came), Vec::new())
    }

    fn context(&self, observe: &Observe) -> eval::Context {
        let level = self.outcome.model.indicators.get(&observe.indicator).map(|it| it.level);
        match level {
            None | Some(Level::School) => self.outcome.evaluator.own(),
            Some(level) => eval::Context { object: Object::Above(level), back: 0 },
        }
    }

    fn words(&self, observe: &Observe, value: &Value) -> String {
        let indicator = self.outcome.model.indicators.get(&observe.indicator);
        indicator
            .and_then(|indicator| eval::print(value, indicator, self.outcome.model))
            .unwrap_or_else(|| "неизвестно".to_owned())
    }
}

/// Whether the element is in the choice, with the reason where one is kept.
fn taken<'c>(choice: &'c Choice, noun: Noun, id: &Id) -> Option<Option<&'c Proof>> {
    match noun {
        Noun::Activity => {
            let chosen = choice.activities.iter().find(|activity| activity.id == *id)?;
            Some(Some(&chosen.proof))
        }
        Noun::Resource => {
            let mut chosen = choice.resources.iter();
            Some(Some(&chosen.find(|resource| resource.id == *id)?.proof))
        }
        Noun::Risk => {
            let mut proven = choice.risks.iter().filter(|risk| risk.state == Truth::Yes);
            Some(Some(&proven.find(|risk| risk.id == *id)?.proof))
        }
        Noun::Task => Some(Some(&choice.tasks.iter().find(|task| task.id == *id)?.proof)),
        Noun::Goal => choice.goals.contains(id).then_some(None),
        Noun::Requirement => choice.requirements.contains(id).then_some(None),
        _ => None,
    }
}

fn is_range(came: &Interval, low: &Quantity, high: &Quantity) -> bool {
    let ends = |end: &Option<Bound>, wanted: &Quantity| {
        end.as_ref().is_some_and(|end| is_rounded(&end.at, &wanted.number))
    };
    ends(&came.low, low) && ends(&came.high, high)
}

/// Whether the figure is the wanted one, to as many places as that one is written with; whole
/// figures are meant exactly.
fn is_rounded(came: &Number, wanted: &Number) -> bool {
    let ten = Number::from_int(10);
    let mut shifted = (came.clone(), wanted.clone());
    for places in 0..MAX_PLACES {
        if shifted.1.is_integer() {
            let off = (&shifted.0 - &shifted.1).abs();
            return if places == 0 { off.is_zero() } else { off <= Number::one().half() };
        }
        shifted = (&shifted.0 * &ten, &shifted.1 * &ten);
    }
    false
}

/// The text of a deficit, or the conclusion on an indicator, as the programme of the test would
/// print it.
fn text_of(outcome: &Outcome<'_>, id: &Id) -> Result<String, Vec<String>> {
    let (Some(kind), Some(choice)) = (outcome.kind, outcome.choice()) else {
        return Err(vec!["в пакете нет программы".to_owned()]);
    };
    let diagnosis = outcome.evaluator.diagnosis();
    let project = given::project(outcome.facts.as_of);
    let input = Composition {
        model: outcome.model,
        project: &project,
        facts: outcome.facts,
        evaluator: &outcome.evaluator,
        diagnosis: &diagnosis,
        choice,
        targets: &[],
        kind,
        identification: None,
    };
    let text = if outcome.model.deficits.contains_key(id) {
        document::deficit_text(&input, id).map(Some)
    } else {
        document::conclusion_text(&input, id)
    };
    let messages = |faults: Vec<Diagnostic>| -> Vec<String> {
        faults.into_iter().map(|fault| fault.message).collect()
    };
    text.map_err(messages)?.ok_or_else(|| vec!["в разборе его нет".to_owned()])
}

/// The first reasons behind a conclusion, a sentence each.
fn short(proof: &Proof) -> Vec<String> {
    proof.children.iter().take(REASONS).map(|reason| reason.text.clone()).collect()
}

/// «01.10.2026–31.05.2027».
fn days(from: Date, to: Date) -> String {
    let day = |date| russian::date(date, DateStyle::Digits);
    format!("{}–{}", day(from), day(to))
}

fn truth_word(truth: Truth) -> &'static str {
    match truth {
        Truth::Yes => "есть",
        Truth::No => "нет",
        Truth::Unknown => "неизвестно",
        Truth::Inapplicable => "не применимо",
    }
}

/// As a test writes it: «огэ_математика_2 по региону за 2026».
fn key_words(key: &Key) -> String {
    let place = match &key.object {
        Object::School(_) => String::new(),
        Object::Above(level) => format!(" по {}", level.dative()),
    };
    format!("{}{place} за {}", key.indicator, key.year)
}

fn word(noun: Noun) -> &'static str {
    NOUNS.iter().find(|spec| spec.noun == noun).map_or("объявление", |spec| spec.word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_third_is_met_by_its_decimals_and_whole_figures_exactly() {
        let number = |text| Number::parse(text).expect("a number");
        let third = Number::from_int(100).checked_div(&Number::from_int(3)).expect("not zero");
        assert!(is_rounded(&third, &number("33.3")));
        assert!(is_rounded(&third, &number("33.33333")));
        assert!(!is_rounded(&third, &number("33.4")));
        assert!(!is_rounded(&third, &number("33")));
        assert!(is_rounded(&number("33"), &number("33")));
    }
}
