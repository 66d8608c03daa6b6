//! Activities, what they take from `умолчания`, and kinds of documents.

use super::shared::ACTORS;
use super::{Around, Defaults, Lowering};
use crate::base::{Id, Level};
use crate::calendar::Term;
use crate::model::declarations::*;
use crate::model::reader::Reader;
use crate::syntax::Noun;
use crate::syntax::tree::Value;

impl Lowering<'_> {
    pub(super) fn activity(&mut self, reader: &Reader<'_>, around: &Around) -> Activity {
        let level = reader.item.level.unwrap_or(Level::School);
        let mut activity = Activity {
            meta: self.meta(reader, around),
            level,
            tasks: self.references(reader.names("решает"), &[Noun::Task]),
            requirements: self.references(reader.names("исполняет"), &[Noun::Requirement]),
            causes: self.references(reader.names("устраняет"), &[Noun::Cause]),
            condition: self.condition(reader, "нужно если"),
            responsible: self.references(reader.names("ответственные"), ACTORS),
            controller: self.optional(reader.name("контроль"), ACTORS),
            participants: reader.names("участники").iter().map(|n| n.text.clone()).collect(),
            term: self.term(reader),
            lasts: match reader.value("длится") {
                Some(Value::Lasts(duration)) => Some(*duration),
                _ => None,
            },
            defaults_by: None,
            after: self.references(reader.names("после"), &[Noun::Activity]),
            before: self.references(reader.names("до"), &[Noun::Activity]),
            documents: self.documents(reader, "документы"),
            results: reader.many_texts("результат"),
            moves: self.references(reader.names("двигает"), &[Noun::Indicator]),
            targets: self.targets(reader),
            measures: self.references(reader.names("измеряет"), &[Noun::Indicator]),
            measures_last: self
                .references(reader.names("измеряет за прошлый учебный год"), &[Noun::Indicator]),
            with_pupils: reader.flag("с обучающимися"),
            first_step: reader.words("первый шаг"),
            modality: modality(reader),
            actions: reader.many_texts("действие"),
            absent: absences(reader),
            external: reader.flag("внешнее"),
            term_edited: None,
        };
        if let Some(defaults) = around.defaults.get(&level) {
            apply_defaults(&mut activity, defaults);
        }
        activity
    }

    pub(super) fn defaults(&mut self, reader: &Reader<'_>) -> Defaults {
        Defaults {
            responsible: self.references(reader.names("ответственные"), ACTORS),
            controller: self.optional(reader.name("контроль"), ACTORS),
            term: self.term(reader),
            methodist: reader.methodist(),
        }
    }

    pub(super) fn term(&mut self, reader: &Reader<'_>) -> Option<Term<Id>> {
        match reader.value("срок")? {
            Value::Term(term) => term
                .clone()
                .map_document(|name| self.names.resolve(&name, &[Noun::Document], self.out)),
            _ => None,
        }
    }

    pub(super) fn document(&mut self, reader: &Reader<'_>, around: &Around) -> DocumentKind {
        DocumentKind {
            meta: self.meta(reader, around),
            template: reader.words("шаблон"),
            external: reader.flag("внешний"),
        }
    }
}

fn modality(reader: &Reader<'_>) -> Modality {
    let modes = [
        ("рекомендуется", Modality::Recommended),
        ("по запросу", Modality::OnRequest),
        ("при необходимости", Modality::WhenNeeded),
    ];
    modes
        .into_iter()
        .find(|(keyword, _)| reader.flag(keyword))
        .map_or(Modality::Obligatory, |(_, mode)| mode)
}

fn absences(reader: &Reader<'_>) -> Vec<String> {
    let statements = [
        ("ответственные не названы", "ответственный"),
        ("срок не назван", "срок"),
        ("документ не назван", "документ"),
    ];
    statements
        .into_iter()
        .filter(|(keyword, _)| reader.flag(keyword))
        .map(|(_, what)| what.to_owned())
        .collect()
}

/// What the activity does not say and is not stated to be absent comes from the `умолчания`.
fn apply_defaults(activity: &mut Activity, defaults: &Defaults) {
    let stated = |what: &str| activity.absent.iter().any(|absent| absent == what);
    let (no_one, no_term) = (stated("ответственный"), stated("срок"));
    let mut used = false;
    if activity.responsible.is_empty() && !no_one {
        activity.responsible.clone_from(&defaults.responsible);
        used = true;
    }
    if activity.controller.is_none() {
        activity.controller.clone_from(&defaults.controller);
    }
    if activity.term.is_none() && !no_term {
        activity.term.clone_from(&defaults.term);
        used = true;
    }
    if used {
        activity.defaults_by.clone_from(&defaults.methodist);
    }
}
