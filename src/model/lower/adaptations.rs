//! The verbs of adapted roadmaps, and the moment when they act: after everything is read, so that
//! the base may stand anywhere.

use super::roadmaps::block;
use super::{Around, Lowering};
use crate::base::{Id, Span};
use crate::diag::Diagnostic;
use crate::model::adapt::{Act, Addition, Change, Merge, Patch, Verbs, adapt};
use crate::model::codes;
use crate::model::declarations::{PackInfo, Ref};
use crate::model::reader::Reader;
use crate::model::roadmap::Roadmap;
use crate::syntax::Noun;
use crate::syntax::tree::{
    Annotation, Because, Clause, Item, NewPlanned, PlanValue, Quoted, Value,
};

use super::shared::ACTORS;

const OF_PLANS: &[Noun] = &[Noun::RoadmapActivity, Noun::RoadmapDirection];

/// By how many years a plan can be moved.
const SHIFTS: std::ops::RangeInclusive<i32> = 1..=50;

/// Every verb, to be told where there is no base.
const VERBS: &[&str] = &[
    "оставить",
    "исключить",
    "объединить",
    "сдвинуть на",
    "заменить орган",
    "заменить текст",
    "изменить",
    "добавить мероприятие",
];

impl Lowering<'_> {
    pub(super) fn verbs(&mut self, reader: &Reader<'_>, around: &Around) -> Option<Verbs> {
        let Some(base) = reader.name("на основе") else {
            self.verbs_without_base(reader);
            return None;
        };
        let base = self.reference(base, &[Noun::Roadmap])?;
        let faults_before = self.out.len();
        let mut verbs = Verbs {
            base,
            drops: Vec::new(),
            keep: self.kept(reader),
            merges: Vec::new(),
            shift: None,
            actors: Vec::new(),
            texts: Vec::new(),
            changes: Vec::new(),
            additions: Vec::new(),
            broken: false,
        };
        for keyword in VERBS {
            for clause in reader.all(keyword) {
                verbs.broken |= matches!(clause.value, Value::Unreadable);
                self.verb(clause, around, &mut verbs);
            }
        }
        verbs.broken |= self.out.len() > faults_before;
        Some(verbs)
    }

    fn verbs_without_base(&mut self, reader: &Reader<'_>) {
        let first = VERBS.iter().find_map(|keyword| reader.one(keyword));
        if let Some(clause) = first {
            let message = format!("«{}» бывает только у карты «на основе …»", clause.keyword);
            self.out.push(
                Diagnostic::error(codes::ADAPTATION, clause.span, message)
                    .with_hint("добавьте: на основе имя_карты"),
            );
        }
    }

    fn kept(&mut self, reader: &Reader<'_>) -> Option<Act<Vec<Ref>>> {
        let clause = reader.one("оставить")?;
        let what = self.references(reader.names("оставить"), OF_PLANS);
        Some(act(clause, what, &None))
    }

    fn verb(&mut self, clause: &Clause, around: &Around, verbs: &mut Verbs) {
        let Value::Plan(plan) = &clause.value else { return };
        match plan {
            PlanValue::Drop { what, because } => {
                let what = self.references(what, OF_PLANS);
                verbs.drops.push(act(clause, what, because));
            }
            PlanValue::Merge { what, into, because } if self.is_declared(&into.name) => {
                let what = self.references(what, &[Noun::RoadmapActivity]);
                let into = self.new_planned(clause, into, around);
                verbs.merges.push(act(clause, Merge { what, into }, because));
            }
            PlanValue::Shift { years, .. } if !SHIFTS.contains(years) => {
                self.bad_shift(clause.span, *years);
            }
            PlanValue::Shift { years, because } => {
                verbs.shift = Some(act(clause, *years, because));
            }
            PlanValue::ReplaceActor { old, new, because } => {
                let pair = (self.reference(old, ACTORS), self.reference(new, ACTORS));
                if let (Some(old), Some(new)) = pair {
                    verbs.actors.push(act(clause, (old, new), because));
                }
            }
            PlanValue::ReplaceText { old, new, because } => {
                let pair = (old.text.clone(), new.text.clone());
                verbs.texts.push(act(clause, pair, because));
            }
            PlanValue::Change { what, number, title, because } => {
                let item = block(clause, Noun::RoadmapChange, what, title.clone());
                let patch = self.patch(&item, around);
                if let Some(what) = self.reference(what, OF_PLANS) {
                    let title = title.as_ref().map(|title| title.text.clone());
                    let change = Change { what, number: number.clone(), title, patch };
                    verbs.changes.push(act(clause, change, because));
                }
            }
            PlanValue::Add { what, direction, because } if self.is_declared(&what.name) => {
                let activity = self.new_planned(clause, what, around).activity;
                if let Some(direction) = self.reference(direction, &[Noun::RoadmapDirection]) {
                    verbs.additions.push(act(clause, Addition { activity, direction }, because));
                }
            }
            _ => {}
        }
    }

    fn bad_shift(&mut self, place: Span, years: i32) {
        let (first, last) = (SHIFTS.start(), SHIFTS.end());
        let message =
            format!("карту сдвигают только вперёд, на {first}–{last} лет, а здесь {years}");
        let hint = if years == 0 {
            "уберите строку: без неё годы остаются прежними"
        } else {
            "запишите, на сколько лет вперёд; раньше основы карта не начинается"
        };
        self.out.push(Diagnostic::error(codes::ADAPTATION, place, message).with_hint(hint));
    }

    fn new_planned(&mut self, clause: &Clause, new: &NewPlanned, around: &Around) -> Patch {
        let title = Some(new.title.clone());
        let mut item = block(clause, Noun::RoadmapActivity, &new.name, title);
        item.number.clone_from(&new.number);
        self.patch(&item, around)
    }

    fn patch(&mut self, item: &Item, around: &Around) -> Patch {
        let activity = self.planned(item, around);
        // Repeated lines were told of when the activity was read.
        let reader = Reader::new(item, &mut Vec::new());
        Patch {
            activity,
            says: reader.keywords(),
            added: self.documents(&reader, "добавить документы"),
            removed: self.references(reader.names("убрать документы"), &[Noun::Document]),
        }
    }

    // ------------------------------------------------------------ the moment of adaptation

    /// Adapts every plan whose base is ready, until none is left or those left wait for each other.
    pub(super) fn adapt_roadmaps(&mut self) {
        let mut waiting = std::mem::take(&mut self.adaptations);
        while !waiting.is_empty() {
            let ids: Vec<Id> = waiting.iter().map(|(id, _)| id.clone()).collect();
            let (later, ready): (Vec<_>, Vec<_>) =
                waiting.into_iter().partition(|(_, verbs)| ids.contains(&verbs.base.id));
            if ready.is_empty() {
                later.iter().for_each(|(id, verbs)| self.adapted_from_itself(id, verbs.base.span));
                return;
            }
            for (id, verbs) in &ready {
                self.adapt_roadmap(id, verbs);
            }
            waiting = later;
        }
    }

    fn adapt_roadmap(&mut self, id: &Id, verbs: &Verbs) {
        let roadmaps = &mut self.model.roadmaps;
        let (Some(base), Some(own)) = (roadmaps.get(&verbs.base.id), roadmaps.get(id)) else {
            return;
        };
        self.out.extend(unpinned(base, own, &verbs.base, &self.model.packs));
        let (adapted, faults) = adapt(base, own.clone(), verbs);
        roadmaps.insert(id.clone(), adapted);
        self.out.extend(faults);
    }

    fn adapted_from_itself(&mut self, id: &Id, place: Span) {
        self.out.push(
            Diagnostic::error(
                codes::ADAPTATION,
                place,
                format!("карта «{id}» построена сама на себе"),
            )
            .with_hint("назовите основой карту, которая от этой не зависит"),
        );
    }
}

/// A base in another pack must be held at its edition, or the next one would change the plan in
/// silence.
fn unpinned(base: &Roadmap, own: &Roadmap, place: &Ref, packs: &[PackInfo]) -> Option<Diagnostic> {
    let from = &base.meta.pack;
    let of = |id: &Id| packs.iter().find(|pack| pack.id == *id);
    let pinned = of(&own.meta.pack)?.base.as_ref() == Some(from);
    if own.meta.pack == *from || pinned {
        return None;
    }
    let edition = of(from).map_or("…", |pack| pack.edition.as_str());
    let message = format!("карта «{}» — из пакета «{from}», а редакция его не названа", place.id);
    let hint = format!("напишите в заголовке своего пакета: на основе {from} редакция {edition}");
    Some(Diagnostic::error(codes::UNKNOWN_PACK, place.span, message).with_hint(hint))
}

fn act<T>(clause: &Clause, what: T, because: &Because) -> Act<T> {
    let noted = || {
        clause.annotations.iter().find_map(|note| match note {
            Annotation::Methodist { because, .. } => because.clone(),
            _ => None,
        })
    };
    let because: Option<Quoted> = because.clone().or_else(noted);
    Act { what, because: because.map_or(String::new(), |text| text.text), span: clause.span }
}
