//! Resources and risks.

use super::shared::ACTORS;
use super::{Around, Lowering};
use crate::base::Level;
use crate::model::reader::Reader;
use crate::model::support::{Amount, Resource, Risk};
use crate::syntax::Noun;
use crate::syntax::tree::{Grade, Value};

impl Lowering<'_> {
    pub(super) fn resource(&mut self, reader: &Reader<'_>, around: &Around) -> Resource {
        Resource {
            meta: self.meta(reader, around),
            level: reader.item.level.unwrap_or(Level::School),
            kind: match reader.value("вид") {
                Some(Value::Means(kind)) => Some(*kind),
                _ => None,
            },
            amount: self.amount(reader),
            paid_by: reader.words("за счёт"),
            costs_nothing: reader.flag("без дополнительного финансирования"),
            activities: self.references(reader.names("для мероприятий"), &[Noun::Activity]),
        }
    }

    fn amount(&mut self, reader: &Reader<'_>) -> Option<Amount> {
        let Value::Amount(amount) = reader.value("количество")? else {
            return None;
        };
        let counted = self.unit_word(&amount.unit.text, amount.unit.span)?;
        Some(Amount { number: amount.number.clone(), unit: counted, yearly: amount.yearly })
    }

    /// The condition may ask for the lists of the document, as that of a requirement may.
    pub(super) fn risk(&mut self, reader: &Reader<'_>, around: &Around) -> Risk {
        self.lists_allowed = true;
        let condition = self.condition(reader, "если");
        self.lists_allowed = false;
        Risk {
            meta: self.meta(reader, around),
            level: reader.item.level.unwrap_or(Level::School),
            condition,
            likelihood: grade(reader, "вероятность"),
            impact: grade(reader, "влияние"),
            measures: reader.many_texts("мера"),
            responsible: self.references(reader.names("ответственные"), ACTORS),
            activities: self.references(reader.names("для мероприятий"), &[Noun::Activity]),
            deficits: self.references(reader.names("для дефицитов"), &[Noun::Deficit]),
        }
    }
}

fn grade(reader: &Reader<'_>, keyword: &'static str) -> Option<Grade> {
    match reader.value(keyword)? {
        Value::Grade(grade) => Some(*grade),
        _ => None,
    }
}
