//! Who stands behind a programme and the words of the subject: sources, acts, bodies, roles, units,
//! scales, enumerations.

use std::collections::BTreeMap;

use super::shared::{date, validity};
use super::{Around, Lowering};
use crate::base::{Id, Level};
use crate::diag::Diagnostic;
use crate::model::codes;
use crate::model::declarations::*;
use crate::model::reader::Reader;
use crate::syntax::title_text;
use crate::syntax::tree::{Clause, Node, Value};

impl Lowering<'_> {
    pub(super) fn source(&mut self, reader: &Reader<'_>, around: &Around) -> Source {
        Source {
            meta: self.meta(reader, around),
            issuer: reader.words("издатель").unwrap_or_default(),
            date: date(reader),
            number: number(reader),
        }
    }

    pub(super) fn act(&mut self, reader: &Reader<'_>, around: &Around) -> Act {
        let level = match reader.value("уровень") {
            Some(Value::Level(level)) => *level,
            _ => {
                reader.missing("уровень", "уровень федерация", self.out);
                Level::Federation
            }
        };
        Act {
            meta: self.meta(reader, around),
            level,
            kind: reader.words("вид").unwrap_or_default(),
            issuer: reader.words("издатель").unwrap_or_default(),
            date: date(reader),
            number: number(reader),
            validity: validity(reader),
            draft: reader.flag("состояние проект"),
            priorities: reader
                .all("приоритет")
                .enumerate()
                .filter_map(|(at, clause)| priority(&reader.item.name.text, at + 1, clause))
                .collect(),
        }
    }

    pub(super) fn body(&mut self, reader: &Reader<'_>, around: &Around) -> Body {
        Body {
            meta: self.meta(reader, around),
            level: reader.item.level.unwrap_or(Level::School),
            short: reader.words("сокращённо"),
            synonyms: reader.texts("синонимы"),
        }
    }

    pub(super) fn role(&mut self, reader: &Reader<'_>, around: &Around) -> Role {
        let mut forms = BTreeMap::new();
        for clause in reader.one("склонение").map_or(&[] as &[Node], |clause| &clause.body)
        {
            if let Node::Clause(Clause { value: Value::Row { title, text }, .. }) = clause {
                forms.insert(title.text.clone(), text.text.clone());
            }
        }
        Role {
            meta: self.meta(reader, around),
            level: reader.item.level.unwrap_or(Level::School),
            short: reader.words("сокращённо"),
            synonyms: reader.texts("синонимы"),
            forms,
        }
    }

    pub(super) fn unit(&mut self, reader: &Reader<'_>, around: &Around) -> Option<UnitDecl> {
        let title = title_text(&reader.item.title);
        let forms: Vec<String> = title.split(',').map(|form| form.trim().to_owned()).collect();
        match <[String; 3]>::try_from(forms) {
            Ok(forms) if forms.iter().all(|form| !form.is_empty()) => {
                Some(UnitDecl { meta: self.meta(reader, around), forms })
            }
            _ => {
                let place = reader.item.title.as_ref().map_or(reader.item.span, |t| t.span);
                self.out.push(
                    Diagnostic::error(codes::BAD_FORMS, place, "у единицы должно быть три формы")
                        .with_hint("для 1, для 2–4 и для 5: «событие, события, событий»"),
                );
                None
            }
        }
    }

    pub(super) fn scale(&mut self, reader: &Reader<'_>, around: &Around) -> Option<Scale> {
        match reader.value("от") {
            Some(Value::Range(low, high)) if low < high => Some(Scale {
                meta: self.meta(reader, around),
                low: low.clone(),
                high: high.clone(),
            }),
            Some(Value::Range(low, high)) => {
                let message = format!(
                    "у шкалы «{}» нижняя граница {low} не меньше верхней {high}",
                    reader.item.name.text
                );
                self.out.push(
                    Diagnostic::error(codes::MISSING_CLAUSE, reader.item.name.span, message)
                        .with_hint("сначала пишут меньшее: от 0 до 100"),
                );
                None
            }
            _ => {
                reader.missing("от", "от 0 до 100 (начало меньше конца)", self.out);
                None
            }
        }
    }

    pub(super) fn enumeration(&mut self, reader: &Reader<'_>, around: &Around) -> Enumeration {
        let mut elements = Table::new();
        for clause in reader.all("-") {
            let Value::Element { name, title, forms } = &clause.value else { continue };
            let forms =
                forms.iter().map(|(case, text)| (case.clone(), text.text.clone())).collect();
            let element = Element { title: title.text.clone(), forms };
            if elements.insert(name.id(), element).is_some() {
                self.out.push(Diagnostic::error(
                    codes::DUPLICATE,
                    name.span,
                    format!("значение «{}» уже есть в перечне", name.text),
                ));
            }
        }
        Enumeration { meta: self.meta(reader, around), elements }
    }

    pub(super) fn category(&mut self, reader: &Reader<'_>, around: &Around) -> Category {
        Category {
            meta: self.meta(reader, around),
            short: reader.words("сокращённо"),
            synonyms: reader.texts("синонимы"),
        }
    }

    pub(super) fn vocabulary(&mut self, reader: &Reader<'_>, around: &Around) -> Vocabulary {
        for (keyword, example) in [("для", "для детский_сад"), ("основы", "основы «экзамен»")]
        {
            if !reader.flag(keyword) {
                reader.missing(keyword, example, self.out);
            }
        }
        let stems = reader.texts("основы").iter().map(|stem| stem.to_lowercase()).collect();
        Vocabulary { meta: self.meta(reader, around), stems }
    }

    pub(super) fn institution_kind(
        &mut self,
        reader: &Reader<'_>,
        around: &Around,
    ) -> InstitutionKind {
        InstitutionKind {
            called: reader.words("называется"),
            meta: self.meta(reader, around),
            short: reader.words("сокращённо"),
        }
    }
}

/// An aim of an act.
fn priority(act: &str, number: usize, clause: &Clause) -> Option<ActPriority> {
    let Value::Text(text) = &clause.value else { return None };
    let id = Id::new(&format!("{act}_приоритет_{number}"));
    Some(ActPriority { id, text: text.text.clone() })
}

fn number(reader: &Reader<'_>) -> Option<String> {
    match reader.value("номер")? {
        Value::Printed(number) => number.as_ref().map(|text| text.text.clone()),
        _ => None,
    }
}
