//! The verbs by which roadmaps and programmes are adapted, and the moment when they act: after
//! everything is read, so that the base may stand anywhere.

use super::roadmaps::block;
use super::shared::ACTORS;
use super::{Around, Lowering};
use crate::base::{Id, Span};
use crate::diag::Diagnostic;
use crate::model::adapt::{Act, Adaptable, Addition, Change, Merge, Patch, Spot, Verbs, adapt};
use crate::model::codes;
use crate::model::declarations::{Model, PackInfo, Ref, Table};
use crate::model::reader::Reader;
use crate::model::roadmap::Roadmap;
use crate::syntax::Noun;
use crate::syntax::tree::{
    Annotation, Because, Clause, Item, Name, NewPlanned, PlanValue, Quoted, SpotSyntax, Value,
};

const OF_PLANS: &[Noun] = &[Noun::RoadmapActivity, Noun::RoadmapDirection];

/// By how many years something can be moved.
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
    "добавить раздел",
];

/// What a name in a verb may be.
#[derive(Clone, Copy)]
pub(super) enum Asked {
    Any,
    Merged,
    /// Where something new is put.
    Place,
}

/// The head of a block under a verb.
pub(super) struct Head<'a> {
    pub name: &'a Name,
    pub number: Option<String>,
    pub title: Option<Quoted>,
}

impl<'a> Head<'a> {
    fn of(new: &'a NewPlanned) -> Self {
        Self { name: &new.name, number: new.number.clone(), title: new.title.clone() }
    }
}

/// How the verbs of one noun are read.
pub(super) trait Adapted: Adaptable {
    const NOUN: Noun;
    /// «карты», «карту», «карта» in messages.
    const CALLED: [&'static str; 3];

    fn table(model: &mut Model) -> &mut Table<Self>;
    fn part(lowering: &mut Lowering<'_>, name: &Name, asked: Asked) -> Option<Ref>;
    /// Whether a name is that of the line that makes it.
    fn is_new(lowering: &Lowering<'_>, name: &Name) -> bool;
    fn changed(
        lowering: &mut Lowering<'_>,
        clause: &Clause,
        head: &Head<'_>,
        around: &Around,
    ) -> Self::Block;
    fn made(
        lowering: &mut Lowering<'_>,
        clause: &Clause,
        head: &Head<'_>,
        around: &Around,
    ) -> Self::Block;
    fn added(
        lowering: &mut Lowering<'_>,
        clause: &Clause,
        head: &Head<'_>,
        around: &Around,
    ) -> Self::Block;
}

impl Lowering<'_> {
    pub(super) fn verbs<P: Adapted>(
        &mut self,
        reader: &Reader<'_>,
        around: &Around,
    ) -> Option<Verbs<P>> {
        let Some(base) = reader.name("на основе") else {
            self.verbs_without_base::<P>(reader);
            return None;
        };
        let base = self.reference(base, &[P::NOUN])?;
        let faults_before = self.out.len();
        let mut verbs = Verbs {
            base,
            drops: Vec::new(),
            keep: self.kept::<P>(reader),
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

    fn verbs_without_base<P: Adapted>(&mut self, reader: &Reader<'_>) {
        let first = VERBS.iter().find_map(|keyword| reader.one(keyword));
        if let Some(clause) = first {
            let [of, ..] = P::CALLED;
            let message = format!("«{}» бывает только у {of} «на основе …»", clause.keyword);
            self.out.push(
                Diagnostic::error(codes::ADAPTATION, clause.span, message)
                    .with_hint(format!("добавьте: на основе имя_{of}")),
            );
        }
    }

    fn kept<P: Adapted>(&mut self, reader: &Reader<'_>) -> Option<Act<Vec<Ref>>> {
        let clause = reader.one("оставить")?;
        let what = self.parts::<P>(reader.names("оставить"), Asked::Any);
        Some(act(clause, what, &None))
    }

    fn parts<P: Adapted>(&mut self, names: &[Name], asked: Asked) -> Vec<Ref> {
        names.iter().filter_map(|name| P::part(self, name, asked)).collect()
    }

    fn verb<P: Adapted>(&mut self, clause: &Clause, around: &Around, verbs: &mut Verbs<P>) {
        let Value::Plan(plan) = &clause.value else { return };
        match plan {
            PlanValue::Drop { what, because } => {
                let what = self.parts::<P>(what, Asked::Any);
                verbs.drops.push(act(clause, what, because));
            }
            PlanValue::Merge { what, into, because } if P::is_new(self, &into.name) => {
                let what = self.parts::<P>(what, Asked::Merged);
                let block = P::made(self, clause, &Head::of(into), around);
                let into = Ref { id: into.name.id(), span: into.name.span };
                verbs.merges.push(act(clause, Merge { what, into, block }, because));
            }
            PlanValue::Shift { years, .. } if !SHIFTS.contains(years) => {
                self.bad_shift::<P>(clause.span, *years);
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
            PlanValue::Change { what: name, number, title, because } => {
                let head = Head { name, number: None, title: title.clone() };
                let block = P::changed(self, clause, &head, around);
                if let Some(what) = P::part(self, name, Asked::Any) {
                    let title = title.as_ref().map(|title| title.text.clone());
                    let change = Change { what, number: number.clone(), title, block };
                    verbs.changes.push(act(clause, change, because));
                }
            }
            PlanValue::Add { what: new, spot, because } if P::is_new(self, &new.name) => {
                let block = P::added(self, clause, &Head::of(new), around);
                let what = Ref { id: new.name.id(), span: new.name.span };
                if let Some(spot) = self.spot::<P>(spot) {
                    verbs.additions.push(act(clause, Addition { what, spot, block }, because));
                }
            }
            _ => {}
        }
    }

    fn spot<P: Adapted>(&mut self, spot: &SpotSyntax) -> Option<Spot> {
        Some(match spot {
            SpotSyntax::Inside(name) => Spot::Inside(P::part(self, name, Asked::Place)?),
            SpotSyntax::After(name) => Spot::After(P::part(self, name, Asked::Place)?),
        })
    }

    fn bad_shift<P: Adapted>(&mut self, place: Span, years: i32) {
        let (first, last) = (SHIFTS.start(), SHIFTS.end());
        let [_, what, is] = P::CALLED;
        let message =
            format!("{what} сдвигают только вперёд, на {first}–{last} лет, а здесь {years}");
        let hint = if years == 0 {
            "уберите строку: без неё годы остаются прежними".to_owned()
        } else {
            format!("запишите, на сколько лет вперёд; раньше основы {is} не начинается")
        };
        self.out.push(Diagnostic::error(codes::ADAPTATION, place, message).with_hint(hint));
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

    pub(super) fn adapt(&mut self) {
        let roadmaps = std::mem::take(&mut self.adapted_roadmaps);
        self.adapt_all(roadmaps);
        let programmes = std::mem::take(&mut self.adapted_programmes);
        self.adapt_all(programmes);
    }

    /// Adapts everything of which the base is ready, until nothing is left or what is left waits
    /// for each other.
    fn adapt_all<P: Adapted>(&mut self, mut waiting: Vec<(Id, Verbs<P>)>) {
        while !waiting.is_empty() {
            let ids: Vec<Id> = waiting.iter().map(|(id, _)| id.clone()).collect();
            let (later, ready): (Vec<_>, Vec<_>) =
                waiting.into_iter().partition(|(_, verbs)| ids.contains(&verbs.base.id));
            if ready.is_empty() {
                for (id, verbs) in &later {
                    self.adapted_from_itself::<P>(id, verbs.base.span);
                }
                return;
            }
            for (id, verbs) in &ready {
                self.adapt_one(id, verbs);
            }
            waiting = later;
        }
    }

    fn adapt_one<P: Adapted>(&mut self, id: &Id, verbs: &Verbs<P>) {
        let packs = self.model.packs.clone();
        let table = P::table(&mut self.model);
        let (Some(base), Some(own)) = (table.get(&verbs.base.id), table.get(id)) else {
            return;
        };
        self.out.extend(unpinned(base, own, &verbs.base, &packs));
        let (adapted, faults) = adapt(base, own.clone(), verbs);
        table.insert(id.clone(), adapted);
        self.out.extend(faults);
    }

    fn adapted_from_itself<P: Adapted>(&mut self, id: &Id, place: Span) {
        let [_, what, is] = P::CALLED;
        self.out.push(
            Diagnostic::error(
                codes::ADAPTATION,
                place,
                format!("{is} «{id}» построена сама на себе"),
            )
            .with_hint(format!("назовите основой {what}, которая от этой не зависит")),
        );
    }
}

impl Adapted for Roadmap {
    const NOUN: Noun = Noun::Roadmap;
    const CALLED: [&'static str; 3] = ["карты", "карту", "карта"];

    fn table(model: &mut Model) -> &mut Table<Self> {
        &mut model.roadmaps
    }

    fn part(lowering: &mut Lowering<'_>, name: &Name, asked: Asked) -> Option<Ref> {
        let nouns = match asked {
            Asked::Any => OF_PLANS,
            Asked::Merged => &[Noun::RoadmapActivity],
            Asked::Place => &[Noun::RoadmapDirection],
        };
        lowering.reference(name, nouns)
    }

    fn is_new(lowering: &Lowering<'_>, name: &Name) -> bool {
        lowering.is_declared(name)
    }

    fn changed(
        lowering: &mut Lowering<'_>,
        clause: &Clause,
        head: &Head<'_>,
        around: &Around,
    ) -> Patch {
        let item = block(clause, Noun::RoadmapChange, head.name, head.title.clone());
        lowering.patch(&item, around)
    }

    fn made(
        lowering: &mut Lowering<'_>,
        clause: &Clause,
        head: &Head<'_>,
        around: &Around,
    ) -> Patch {
        let mut item = block(clause, Noun::RoadmapActivity, head.name, head.title.clone());
        item.number.clone_from(&head.number);
        lowering.patch(&item, around)
    }

    fn added(
        lowering: &mut Lowering<'_>,
        clause: &Clause,
        head: &Head<'_>,
        around: &Around,
    ) -> Patch {
        Self::made(lowering, clause, head, around)
    }
}

/// A base in another pack must be held at its edition, or the next one would change what is built
/// upon it in silence.
fn unpinned<P: Adapted>(base: &P, own: &P, place: &Ref, packs: &[PackInfo]) -> Option<Diagnostic> {
    let from = &base.meta().pack;
    let of = |id: &Id| packs.iter().find(|pack| pack.id == *id);
    let pinned = of(&own.meta().pack)?.base.as_ref() == Some(from);
    if own.meta().pack == *from || pinned {
        return None;
    }
    let edition = of(from).map_or("…", |pack| pack.edition.as_str());
    let [_, _, is] = P::CALLED;
    let message = format!("{is} «{}» — из пакета «{from}», а редакция его не названа", place.id);
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
