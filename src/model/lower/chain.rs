//! From a deficit to a task: questions, deficits, causes, requirements, goals, tasks.

use super::shared::clauses;
use super::{Around, Lowering};
use crate::base::{Level, Span};
use crate::model::declarations::*;
use crate::model::reader::Reader;
use crate::syntax::Noun;
use crate::syntax::tree::{self, Node, TargetSyntax, Value};

impl Lowering<'_> {
    pub(super) fn question(&mut self, reader: &Reader<'_>, around: &Around) -> Question {
        Question {
            meta: self.meta(reader, around),
            who: self.optional(reader.name("отвечает"), &[Noun::Role, Noun::Body]),
            yes_confirms: self.references(reader.names("да подтверждает"), &[Noun::Cause]),
            no_confirms: self.references(reader.names("нет подтверждает"), &[Noun::Cause]),
            note: reader.words("пояснение").unwrap_or_default(),
        }
    }

    pub(super) fn deficit(&mut self, reader: &Reader<'_>, around: &Around) -> Option<Deficit> {
        let zone = self.optional(reader.name("зона"), &[Noun::Zone]);
        let causes = self.references(reader.names("возможные причины"), &[Noun::Cause]);
        let shown = self.references(reader.names("показатели"), &[Noun::Indicator]);
        let weights = self.weights(reader);
        if !reader.flag("если") {
            reader.missing("если", "если показатель хуже показатель по региону", self.out);
        }
        Some(Deficit {
            meta: self.meta(reader, around),
            level: reader.item.level.unwrap_or(Level::School),
            zone,
            condition: self.condition(reader, "если")?,
            weights,
            causes,
            shown,
            texts: self.templates(reader, "текст"),
        })
    }

    pub(super) fn weights(&mut self, reader: &Reader<'_>) -> Vec<Weight> {
        let lines = reader.one("вес").map_or(&[] as &[Node], |clause| &clause.body);
        clauses(lines)
            .filter_map(|clause| match &clause.value {
                Value::Weight { value, condition: None } => {
                    Some(Weight { value: value.clone(), condition: None })
                }
                Value::Weight { value, condition: Some(condition) } => {
                    Some(Weight { value: value.clone(), condition: Some(self.expr(condition)?) })
                }
                _ => None,
            })
            .collect()
    }

    pub(super) fn cause(&mut self, reader: &Reader<'_>, around: &Around) -> Cause {
        Cause {
            meta: self.meta(reader, around),
            level: reader.item.level.unwrap_or(Level::School),
            zone: self.optional(reader.name("зона"), &[Noun::Zone]),
            condition: self.condition(reader, "если"),
        }
    }

    pub(super) fn requirement(&mut self, reader: &Reader<'_>, around: &Around) -> Requirement {
        self.lists_allowed = true;
        let condition = self.condition(reader, "если");
        self.lists_allowed = false;
        Requirement {
            meta: self.meta(reader, around),
            level: reader.item.level.unwrap_or(Level::School),
            acts: self.references(reader.names("основания"), &[Noun::Act]),
            condition,
            only_completes: reader.flag("только дополнить"),
        }
    }

    pub(super) fn goal(&mut self, reader: &Reader<'_>, around: &Around) -> Goal {
        Goal {
            meta: self.meta(reader, around),
            level: reader.item.level.unwrap_or(Level::School),
            targets: self.targets(reader),
        }
    }

    pub(super) fn targets(&mut self, reader: &Reader<'_>) -> Vec<Target> {
        reader
            .all("довести")
            .filter_map(|clause| match &clause.value {
                Value::Target(target) => self.target(target, clause.span),
                _ => None,
            })
            .collect()
    }

    pub(super) fn target(&mut self, target: &TargetSyntax, span: Span) -> Option<Target> {
        let indicator = self.reference(&target.indicator, &[Noun::Indicator])?;
        let value = match &target.value {
            tree::TargetValue::OfBaseline(factor) => TargetValue::OfBaseline(factor.clone()),
            tree::TargetValue::Quantity(quantity) => {
                TargetValue::Quantity(self.quantity(quantity)?)
            }
            tree::TargetValue::Reference(reference) => {
                TargetValue::Observe(self.observe(reference)?)
            }
        };
        Some(Target { indicator, value, month: target.month, year: target.year, span })
    }

    pub(super) fn task(&mut self, reader: &Reader<'_>, around: &Around) -> Task {
        let answers = self.references(reader.names("отвечает"), &[Noun::Deficit, Noun::Cause]);
        let is_deficit = |reference: &Ref| {
            self.names.get(&reference.id).is_some_and(|symbol| symbol.noun == Noun::Deficit)
        };
        let (deficits, causes) = answers.into_iter().partition(is_deficit);
        Task {
            meta: self.meta(reader, around),
            level: reader.item.level.unwrap_or(Level::School),
            deficits,
            causes,
            goal: self.optional(reader.name("к цели"), &[Noun::Goal]),
            zone: self.optional(reader.name("зона"), &[Noun::Zone]),
        }
    }
}
