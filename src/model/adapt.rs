//! How one plan comes from another: the verbs in their fixed order, whatever the order of the lines.
//! What meets nothing is a fault, so that a plan cannot drift away from its base in silence.

mod content;
mod patch;
mod selection;
mod slips;

use std::collections::BTreeSet;

use self::patch::{apply, ownership};
use super::codes;
use super::declarations::{Cite, DocumentUse, Meta, Ref};
use super::history::{Adaptation, AdaptationStep, Verb};
use super::roadmap::*;
use crate::base::{Id, Span};
use crate::diag::Diagnostic;
use crate::syntax::COMMON;
use crate::syntax::tree::NewNumber;

/// What an adaptation asks for, resolved.
#[derive(Clone, Debug)]
pub struct Verbs {
    pub base: Ref,
    pub drops: Vec<Act<Vec<Ref>>>,
    pub keep: Option<Act<Vec<Ref>>>,
    pub merges: Vec<Act<Merge>>,
    pub shift: Option<Act<i32>>,
    pub actors: Vec<Act<(Ref, Ref)>>,
    pub texts: Vec<Act<(String, String)>>,
    pub changes: Vec<Act<Change>>,
    pub additions: Vec<Act<Addition>>,
    /// A verb could not be read, or names what is not there: what the others miss may be its fault.
    pub broken: bool,
}

/// A verb with its place and its reason.
#[derive(Clone, Debug)]
pub struct Act<T> {
    pub what: T,
    pub because: String,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub struct Merge {
    pub what: Vec<Ref>,
    /// Its head, and what its block says.
    pub into: Patch,
}

#[derive(Clone, Debug)]
pub struct Change {
    pub what: Ref,
    pub number: NewNumber,
    pub title: Option<String>,
    pub patch: Patch,
}

#[derive(Clone, Debug)]
pub struct Addition {
    pub activity: RoadmapActivity,
    pub direction: Ref,
}

/// The block of an activity, read as one, and what it says at all.
#[derive(Clone, Debug)]
pub struct Patch {
    pub activity: RoadmapActivity,
    pub says: Vec<&'static str>,
    pub added: Vec<DocumentUse>,
    pub removed: Vec<Ref>,
}

impl Patch {
    fn says(&self, keyword: &str) -> bool {
        self.says.contains(&keyword)
    }
}

/// The plan `own` with what its verbs make of `base`, and their faults.
pub fn adapt(base: &Roadmap, own: Roadmap, verbs: &Verbs) -> (Roadmap, Vec<Diagnostic>) {
    let slips = slips::slips(base, verbs);
    let mut adapter = Adapter::new(base, own, verbs);
    adapter.drop();
    adapter.keep();
    adapter.merge();
    adapter.shift();
    adapter.replace_actors();
    adapter.replace_texts();
    adapter.own_directions();
    adapter.merged_blocks();
    adapter.change();
    adapter.add();
    let (map, faults) = adapter.finish();
    let is_first_cause = slips.is_empty() && !map.is_broken();
    (map, if is_first_cause { faults } else { slips })
}

struct Adapter<'a> {
    verbs: &'a Verbs,
    base: &'a Roadmap,
    map: Roadmap,
    /// Directions that the plan declares itself; the verbs over the base do not reach them.
    own: Vec<RoadmapDirection>,
    steps: Vec<AdaptationStep>,
    faults: Vec<Diagnostic>,
}

impl<'a> Adapter<'a> {
    fn new(base: &'a Roadmap, mut map: Roadmap, verbs: &'a Verbs) -> Self {
        let own = std::mem::replace(&mut map.directions, base.directions.clone());
        let mut adapter = Self { verbs, base, map, own, steps: Vec::new(), faults: Vec::new() };
        adapter.forget_mends();
        adapter
    }

    /// Mends tell of the paper of the base, not of this one.
    fn forget_mends(&mut self) {
        for direction in &mut self.map.directions {
            direction.meta.mended.clear();
            for activity in &mut direction.activities {
                activity.meta.mended.clear();
                for year in &mut activity.years {
                    year.mended.clear();
                    year.results.iter_mut().for_each(|result| result.mended.clear());
                }
            }
        }
    }

    fn change(&mut self) {
        let verbs = self.verbs;
        for act in &verbs.changes {
            if self.changes_nothing(act) || !self.change_one(act) {
                continue;
            }
            let verb = Verb::Change { what: act.what.what.clone(), title: act.what.title.clone() };
            self.step(verb, 1, act);
        }
    }

    fn changes_nothing(&mut self, act: &Act<Change>) -> bool {
        let change = &act.what;
        let nothing = change.title.is_none()
            && change.number == NewNumber::Kept
            && change.patch.says.is_empty();
        if nothing {
            let message = format!("«изменить {}» ничего не меняет", change.what.id);
            self.fault(act.span, message, "дайте новые № и название или строки ниже, с отступом");
        }
        nothing
    }

    fn change_one(&mut self, act: &Act<Change>) -> bool {
        let change = &act.what;
        let source = self.map.meta.source.clone();
        if let Some(activity) = self.activity(&change.what.id) {
            retitle(&mut activity.meta, change, source);
            let faults = apply(activity, &change.patch);
            self.faults.extend(faults);
            return true;
        }
        if let Some(direction) = self.direction(&change.what.id) {
            retitle(&mut direction.meta, change, source);
            ownership(&mut direction.meta, &change.patch);
            let common: Vec<&str> = COMMON.iter().map(|spec| spec.keyword).collect();
            let block = change.patch.says.iter().any(|word| !common.contains(word));
            if block {
                let hint = "строки ответственных, документов и лет пишут у мероприятия";
                self.fault(act.span, "у направления меняют только № и название".to_owned(), hint);
            }
            return !block;
        }
        self.miss(&change.what, "изменить");
        false
    }

    fn add(&mut self) {
        let verbs = self.verbs;
        for act in &verbs.additions {
            let Addition { activity, direction } = &act.what;
            match self.direction(&direction.id) {
                Some(found) => {
                    found.activities.push(activity.clone());
                    let what = Ref { id: activity.id.clone(), span: activity.meta.span };
                    self.step(Verb::Add { what, direction: direction.clone() }, 1, act);
                }
                None => self.miss(direction, "добавить"),
            }
        }
    }

    fn own_directions(&mut self) {
        let own = std::mem::take(&mut self.own);
        self.map.directions.extend(own);
    }

    /// What has no activities left is no part of the plan, and nothing waits for what is not there.
    fn finish(mut self) -> (Roadmap, Vec<Diagnostic>) {
        self.map.directions.retain(|direction| !direction.activities.is_empty());
        let there: BTreeSet<Id> = self.map.activities().map(|found| found.id.clone()).collect();
        for activity in activities_mut(&mut self.map) {
            activity.after.retain(|earlier| there.contains(&earlier.id));
        }
        let base = self.verbs.base.clone();
        let broken = self.verbs.broken || self.base.is_broken() || self.base.lost || self.map.lost;
        self.map.adaptation = Some(Adaptation { base, steps: self.steps, broken });
        (self.map, self.faults)
    }

    // ------------------------------------------------------------ what the verbs share

    fn activity(&mut self, id: &Id) -> Option<&mut RoadmapActivity> {
        activities_mut(&mut self.map).find(|activity| activity.id == *id)
    }

    fn direction(&mut self, id: &Id) -> Option<&mut RoadmapDirection> {
        self.map.directions.iter_mut().find(|direction| direction.id == *id)
    }

    fn step<T>(&mut self, verb: Verb, matched: usize, act: &Act<T>) {
        let because = act.because.clone();
        self.steps.push(AdaptationStep { verb, matched, because, span: act.span });
    }

    fn fault(&mut self, span: Span, message: String, hint: &str) {
        let fault = Diagnostic::error(codes::ADAPTATION, span, message);
        self.faults.push(fault.with_hint(hint));
    }

    /// A name that the plan, as it is by now, does not hold.
    fn miss(&mut self, what: &Ref, verb: &str) {
        let was = self.base.activities().any(|activity| activity.id == what.id)
            || self.base.directions.iter().any(|direction| direction.id == what.id);
        let base = &self.verbs.base.id;
        let (message, hint) = if was {
            (
                format!("{verb} нечего: «{}» уже исключено, не оставлено или объединено", what.id),
                "уберите эту строку или верните мероприятие: «исключить», «оставить», «объединить»"
                    .to_owned(),
            )
        } else {
            let known: Vec<&str> = self.base.activities().map(|known| known.id.as_str()).collect();
            let near = crate::base::suggest(what.id.as_str(), known);
            (
                format!("{verb} нечего: в карте «{base}» нет «{}»", what.id),
                match near {
                    Some(near) => format!("возможно, вы имели в виду «{near}»"),
                    None => format!("назовите мероприятие или направление карты «{base}»"),
                },
            )
        };
        self.fault(what.span, message, &hint);
    }
}

/// A new title is in the words of the paper that the plan is of.
fn retitle(meta: &mut Meta, change: &Change, source: Option<Cite>) {
    match &change.number {
        NewNumber::Kept => {}
        NewNumber::Removed => meta.number = None,
        NewNumber::Set(number) => meta.number = Some(number.clone()),
    }
    if let Some(title) = &change.title {
        meta.title.clone_from(title);
        meta.source = source.or(meta.source.take());
    }
}

fn activities_mut(map: &mut Roadmap) -> impl Iterator<Item = &mut RoadmapActivity> {
    map.directions.iter_mut().flat_map(|direction| &mut direction.activities)
}
