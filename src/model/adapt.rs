//! How a roadmap or a programme comes from another one: the verbs in their fixed order, whatever the
//! order of the lines. What meets nothing is a fault, so that nothing can drift away from its base in
//! silence.

mod content;
mod programme;
mod roadmap;
mod slips;

use std::collections::BTreeSet;

use super::codes;
use super::declarations::{Cite, Meta, Ref, Template};
use super::history::{Adaptation, AdaptationStep, Verb};
use crate::base::{Id, Span};
use crate::diag::Diagnostic;
use crate::syntax::tree::NewNumber;

pub use programme::{Block, Lines, ListLines, ParticipantLines, TableLines};
pub use roadmap::Patch;

/// What an adaptation asks for, resolved.
#[derive(Clone, Debug)]
pub struct Verbs<P: Adaptable> {
    pub base: Ref,
    pub drops: Vec<Act<Vec<Ref>>>,
    pub keep: Option<Act<Vec<Ref>>>,
    pub merges: Vec<Act<Merge<P::Block>>>,
    pub shift: Option<Act<i32>>,
    pub actors: Vec<Act<(Ref, Ref)>>,
    pub texts: Vec<Act<(String, String)>>,
    pub changes: Vec<Act<Change<P::Block>>>,
    pub additions: Vec<Act<Addition<P::Block>>>,
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
pub struct Merge<B> {
    pub what: Vec<Ref>,
    pub into: Ref,
    /// Its head, and what its block says.
    pub block: B,
}

#[derive(Clone, Debug)]
pub struct Change<B> {
    pub what: Ref,
    pub number: NewNumber,
    pub title: Option<String>,
    pub block: B,
}

#[derive(Clone, Debug)]
pub struct Addition<B> {
    pub what: Ref,
    pub spot: Spot,
    pub block: B,
}

/// Where something new stands.
#[derive(Clone, Debug)]
pub enum Spot {
    /// Last inside a part.
    Inside(Ref),
    After(Ref),
}

impl Spot {
    pub fn part(&self) -> &Ref {
        match self {
            Self::Inside(part) | Self::After(part) => part,
        }
    }
}

/// A text that was taken over.
pub enum Words<'a> {
    Plain(&'a mut String),
    /// With names in it; those are no words.
    Named(&'a mut Template),
}

/// How messages speak of what is adapted.
pub struct Wording {
    /// «в карте»
    pub within: &'static str,
    /// «карты»
    pub of: &'static str,
    /// What verbs may name, in the accusative.
    pub parts: &'static str,
    /// What is put back with a line less, in the accusative.
    pub part: &'static str,
    /// Where words are sought.
    pub left: &'static str,
    pub texts: &'static str,
    pub idle_actor: &'static str,
    pub no_years: &'static str,
    pub no_years_hint: &'static str,
    pub nothing_below: &'static str,
    pub merge_hint: &'static str,
    pub too_few: &'static str,
}

/// What the verbs work upon: parts with names, people, times and words.
pub trait Adaptable: Clone {
    /// The block of a verb, as read.
    type Block;
    const WORDING: Wording;

    fn meta(&self) -> &Meta;
    fn adaptation_mut(&mut self) -> &mut Option<Adaptation>;
    fn is_broken(&self) -> bool;
    /// Something of it could not be read.
    fn is_lost(&self) -> bool;

    /// The content of `base` under the head of `own`. Mends stay behind: they tell of the paper of
    /// the base.
    fn taken_over(base: &Self, own: &Self) -> Self;
    /// What `own` declares itself; the verbs over the base do not reach it.
    fn bring_own(&mut self, own: &Self);
    /// Everything that a verb may name.
    fn names(&self) -> Vec<Id>;
    /// What a name means: itself, or what is in it.
    fn members(&self, id: &Id) -> Vec<Id>;
    /// How many parts went.
    fn remove(&mut self, id: &Id) -> usize;
    /// Closes the list of what stays; how many parts went.
    fn keep_only(&mut self, named: &BTreeSet<Id>, merged: &BTreeSet<Id>) -> usize;
    /// Makes one of parts that are all there, in the place of the first.
    fn merge(&mut self, merge: &Merge<Self::Block>) -> Result<(), Diagnostic>;
    /// Lays what the block of a merge says over what was joined; its years are those of the new
    /// paper, so that this comes after the shift.
    fn lay_merged(&mut self, merge: &Merge<Self::Block>) -> Vec<Diagnostic>;
    /// How many times moved.
    fn shift(&mut self, years: i32) -> usize;
    fn actors(&mut self) -> Vec<&mut Ref>;
    /// Nobody is named twice in one list.
    fn name_actors_once(&mut self);
    /// Every text that was taken over, with the part that it stands in.
    fn texts(&mut self) -> Vec<(Id, Words<'_>)>;
    fn is_empty(block: &Self::Block) -> bool;
    /// `None` where there is no such part. A new title is in the words of `source`.
    fn change(
        &mut self,
        act: &Act<Change<Self::Block>>,
        source: Option<Cite>,
    ) -> Option<Vec<Diagnostic>>;
    /// Whether the place is there.
    fn add(&mut self, addition: &Addition<Self::Block>) -> bool;
    /// What cannot stay after everything was done goes.
    fn tidy(&mut self);
    /// Slips of its own kind.
    fn slips(&self, _verbs: &Verbs<Self>) -> Vec<Diagnostic> {
        Vec::new()
    }
}

/// `own` with what its verbs make of `base`, and their faults.
pub fn adapt<P: Adaptable>(base: &P, own: P, verbs: &Verbs<P>) -> (P, Vec<Diagnostic>) {
    let slips = slips::slips(base, verbs);
    let mut adapter = Adapter::new(base, &own, verbs);
    adapter.drop();
    adapter.keep();
    adapter.merge();
    adapter.shift();
    adapter.replace_actors();
    adapter.replace_texts();
    let taken = adapter.said();
    adapter.made.bring_own(&own);
    adapter.lay_merged();
    adapter.change();
    adapter.add();
    let (mut made, faults) = adapter.finish(&own, &taken);
    let broken = made.adaptation_mut().as_ref().is_some_and(|adaptation| adaptation.broken);
    let is_first_cause = slips.is_empty() && !broken;
    (made, if is_first_cause { faults } else { slips })
}

/// Words with the part that they stand in.
type Said = BTreeSet<(Id, String)>;

struct Adapter<'a, P: Adaptable> {
    verbs: &'a Verbs<P>,
    base: &'a P,
    made: P,
    steps: Vec<AdaptationStep>,
    faults: Vec<Diagnostic>,
}

impl<'a, P: Adaptable> Adapter<'a, P> {
    fn new(base: &'a P, own: &P, verbs: &'a Verbs<P>) -> Self {
        let made = P::taken_over(base, own);
        Self { verbs, base, made, steps: Vec::new(), faults: Vec::new() }
    }

    fn drop(&mut self) {
        let verbs = self.verbs;
        for act in &verbs.drops {
            let mut left_out = 0;
            for what in &act.what {
                match self.made.remove(&what.id) {
                    0 => self.miss(what, "исключать"),
                    some => left_out += some,
                }
            }
            self.step(Verb::Drop(act.what.clone()), left_out, act);
        }
    }

    /// The list is closed: what neither it nor a merge names goes.
    fn keep(&mut self) {
        let Some(act) = &self.verbs.keep else { return };
        let mut named: BTreeSet<Id> = BTreeSet::new();
        for what in &act.what {
            let found = self.made.members(&what.id);
            if found.is_empty() {
                self.miss(what, "оставить");
            }
            named.extend(found);
        }
        let merged = self.verbs.merges.iter().flat_map(|merge| &merge.what.what);
        let merged: BTreeSet<Id> = merged.map(|what| what.id.clone()).collect();
        let left_out = self.made.keep_only(&named, &merged);
        self.step(Verb::Keep(act.what.clone()), left_out, act);
    }

    fn merge(&mut self) {
        let verbs = self.verbs;
        for act in &verbs.merges {
            let merge = &act.what;
            let there = self.made.names();
            let missed: Vec<&Ref> =
                merge.what.iter().filter(|what| !there.contains(&what.id)).collect();
            missed.iter().for_each(|what| self.miss(what, "объединять"));
            if !missed.is_empty() {
                continue;
            }
            if merge.what.len() < 2 {
                let Wording { too_few, merge_hint, .. } = P::WORDING;
                self.fault(act.span, too_few.to_owned(), merge_hint);
                continue;
            }
            match self.made.merge(merge) {
                Ok(()) => {
                    let (what, into) = (merge.what.clone(), merge.into.clone());
                    self.step(Verb::Merge { what, into }, merge.what.len(), act);
                }
                Err(fault) => self.faults.push(fault),
            }
        }
    }

    fn lay_merged(&mut self) {
        let verbs = self.verbs;
        for act in &verbs.merges {
            let faults = self.made.lay_merged(&act.what);
            self.faults.extend(faults);
        }
    }

    fn change(&mut self) {
        let verbs = self.verbs;
        for act in &verbs.changes {
            if self.changes_nothing(act) {
                continue;
            }
            let source = self.made.meta().source.clone();
            match self.made.change(act, source) {
                None => self.miss(&act.what.what, "изменить"),
                Some(faults) => {
                    self.faults.extend(faults);
                    let (what, title) = (act.what.what.clone(), act.what.title.clone());
                    self.step(Verb::Change { what, title }, 1, act);
                }
            }
        }
    }

    fn changes_nothing(&mut self, act: &Act<Change<P::Block>>) -> bool {
        let change = &act.what;
        let nothing = change.title.is_none()
            && change.number == NewNumber::Kept
            && P::is_empty(&change.block);
        if nothing {
            let message = format!("«изменить {}» ничего не меняет", change.what.id);
            self.fault(act.span, message, P::WORDING.nothing_below);
        }
        nothing
    }

    fn add(&mut self) {
        let verbs = self.verbs;
        for act in &verbs.additions {
            let Addition { what, spot, .. } = &act.what;
            if self.made.add(&act.what) {
                let verb = Verb::Add { what: what.clone(), near: spot.part().clone() };
                self.step(verb, 1, act);
            } else {
                self.miss(spot.part(), "добавить");
            }
        }
    }

    fn finish(mut self, own: &P, taken: &Said) -> (P, Vec<Diagnostic>) {
        self.made.tidy();
        let base = self.verbs.base.clone();
        let broken =
            self.verbs.broken || self.base.is_broken() || self.base.is_lost() || own.is_lost();
        let inherited = self.said().intersection(taken).cloned().collect();
        *self.made.adaptation_mut() =
            Some(Adaptation { base, steps: self.steps, inherited, broken });
        (self.made, self.faults)
    }

    // ------------------------------------------------------------ what the verbs share

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
        let known = self.base.names();
        let base = &self.verbs.base.id;
        let Wording { within, of, part, parts, .. } = P::WORDING;
        let (message, hint) = if known.contains(&what.id) {
            (
                format!("{verb} нечего: «{}» уже исключено, не оставлено или объединено", what.id),
                format!(
                    "уберите эту строку или верните {part}: «исключить», «оставить», «объединить»"
                ),
            )
        } else {
            let near = crate::base::suggest(what.id.as_str(), known.iter().map(Id::as_str));
            (
                format!("{verb} нечего: в {within} «{base}» нет «{}»", what.id),
                match near {
                    Some(near) => format!("возможно, вы имели в виду «{near}»"),
                    None => format!("назовите {parts} {of} «{base}»"),
                },
            )
        };
        self.fault(what.span, message, &hint);
    }
}

/// A new number and title; the title is in the words of the paper that is made.
fn retitle(meta: &mut Meta, number: &NewNumber, title: Option<&String>, source: Option<Cite>) {
    match number {
        NewNumber::Kept => {}
        NewNumber::Removed => meta.number = None,
        NewNumber::Set(number) => meta.number = Some(number.clone()),
    }
    if let Some(title) = title {
        meta.title.clone_from(title);
        meta.source = source.or(meta.source.take());
    }
}
