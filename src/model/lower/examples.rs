//! `проверка`: what a pack is given and what it must say.

use super::shared::{clauses, date};
use super::{Around, Lowering};
use crate::base::{Bound, Interval, Level};
use crate::data::Reading;
use crate::model::declarations::*;
use crate::model::reader::Reader;
use crate::syntax::Noun;
use crate::syntax::tree::{
    self, BoundWord, Clause, Expect, ExpectedValue, GivenValue, Name, Value,
};

impl Lowering<'_> {
    pub(super) fn test(&mut self, reader: &Reader<'_>, around: &Around) -> RuleTest {
        let mut given = Vec::new();
        let mut schools = Vec::new();
        let mut answers = Vec::new();
        for clause in reader.all("дано").flat_map(|block| clauses(&block.body)) {
            given.extend(self.given(clause));
        }
        for clause in reader.all("дано ответы").flat_map(|block| clauses(&block.body)) {
            if let Value::Answer { question, value } = &clause.value
                && let Some(question) = self.reference(question, &[Noun::Question])
            {
                answers.push((question, *value));
            }
        }
        for clause in reader.all("дано школы").flat_map(|block| clauses(&block.body)) {
            if let Value::School { title, facts } = &clause.value {
                let facts = facts
                    .iter()
                    .filter_map(|(name, value)| self.given_fact(name, None, None, value))
                    .collect();
                schools.push(GivenSchool { title: title.text.clone(), facts });
            }
        }
        let expectations = reader.all("ожидаем").filter_map(|clause| self.expectation(clause));
        RuleTest {
            expectations: expectations.collect(),
            meta: self.meta(reader, around),
            date: date(reader),
            institution: self.optional(reader.name("для"), &[Noun::InstitutionKind]),
            programme: self.optional(reader.name("программа"), &[Noun::Programme]),
            given,
            answers,
            schools,
        }
    }

    pub(super) fn given(&mut self, clause: &Clause) -> Vec<GivenFact> {
        let Value::Given { name, level, figures } = &clause.value else { return Vec::new() };
        figures
            .iter()
            .filter_map(|(year, value)| self.given_fact(name, *level, *year, value))
            .collect()
    }

    pub(super) fn given_fact(
        &mut self,
        name: &Name,
        level: Option<Level>,
        year: Option<i32>,
        value: &GivenValue,
    ) -> Option<GivenFact> {
        let name = self.reference(name, &[Noun::Indicator, Noun::Category])?;
        let participants = match value {
            GivenValue::Quantity { participants, .. } => *participants,
            _ => None,
        };
        Some(GivenFact { name, level, year, reading: reading(value), participants })
    }

    pub(super) fn expectation(&mut self, clause: &Clause) -> Option<Expectation> {
        let Value::Expect(expect) = &clause.value else { return None };
        let what = self.expected(expect)?;
        let mut missing = Vec::new();
        for below in clauses(&clause.body) {
            if let Value::Missing(references) = &below.value {
                missing.extend(references.iter().filter_map(|r| self.observe(r)));
            }
        }
        Some(Expectation { what, missing, span: clause.span })
    }

    pub(super) fn expected(&mut self, expect: &Expect) -> Option<Expected> {
        Some(match expect {
            Expect::Deficit { name, state, weight } => Expected::Deficit {
                deficit: self.reference(name, &[Noun::Deficit])?,
                state: *state,
                weight: weight.clone(),
            },
            Expect::Cause { name, state } => {
                Expected::Cause { cause: self.reference(name, &[Noun::Cause])?, state: *state }
            }
            Expect::UnknownRisk { name } => {
                Expected::UnknownRisk { risk: self.reference(name, &[Noun::Risk])? }
            }
            Expect::Conclusion { indicator, name } => Expected::Conclusion {
                indicator: self.reference(indicator, &[Noun::Indicator])?,
                conclusion: self.reference(name, &[Noun::Conclusion])?,
            },
            Expect::Absent { noun, name } => {
                Expected::Absent { noun: *noun, element: self.reference(name, &[*noun])? }
            }
            Expect::Chosen { noun, name, term } => Expected::Chosen {
                noun: *noun,
                element: self.reference(name, &[*noun])?,
                term: *term,
            },
            Expect::Text { name, contains } => Expected::Text {
                of: self.reference(name, &[Noun::Deficit, Noun::Indicator])?,
                contains: contains.text.clone(),
            },
            Expect::Between { reference, low, high } => Expected::Between {
                observe: self.observe(reference)?,
                low: self.quantity(low)?,
                high: self.quantity(high)?,
            },
            Expect::Indicator { reference, value } => Expected::Indicator {
                observe: self.observe(reference)?,
                value: match value {
                    ExpectedValue::Unknown => ExpectedReading::Unknown,
                    ExpectedValue::Inapplicable => ExpectedReading::Inapplicable,
                    ExpectedValue::Truth(truth) => ExpectedReading::Truth(*truth),
                    ExpectedValue::Quantity(quantity) => {
                        ExpectedReading::Quantity(self.quantity(quantity)?)
                    }
                },
            },
        })
    }
}

/// What a line of a test says, as a data file would.
fn reading(value: &GivenValue) -> Reading {
    let percent = |quantity: &tree::Quantity| quantity.unit == tree::UnitSyntax::Percent;
    match value {
        GivenValue::Unknown => Reading::Missing,
        GivenValue::Moved(direction) => Reading::Moved(*direction),
        GivenValue::Truth(truth) => Reading::Truth(*truth),
        GivenValue::Words(words) => Reading::Words(words.clone()),
        GivenValue::Quantity { quantity, .. } => {
            Reading::Figure { value: quantity.number.clone(), percent: percent(quantity) }
        }
        GivenValue::Bound { word, quantity } => {
            let open = Bound::open(quantity.number.clone());
            let closed = Bound::closed(quantity.number.clone());
            let interval = match word {
                BoundWord::More => Interval { low: Some(open), high: None },
                BoundWord::NotLess => Interval { low: Some(closed), high: None },
                BoundWord::Less => Interval { low: None, high: Some(open) },
                BoundWord::NotMore => Interval { low: None, high: Some(closed) },
            };
            Reading::Within { interval, percent: percent(quantity) }
        }
    }
}
