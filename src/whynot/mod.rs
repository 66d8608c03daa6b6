//! Why something of the pack is not in the documents of a project, and what would have to be
//! otherwise for it to be there.
//!
//! `ways` finds every way in along the chain; `wants` says what each link asks of the data, `leaves`
//! takes that apart into comparisons of figures, `slots` knows what may be changed and to which
//! values, `search` finds the smallest change for a way, `missing` the values of what is not known.
//! Nothing is promised that was not tried: a change is an answer only after the diagnosis and the
//! choice, made again with it, hold the element.

mod changes;
mod leaves;
mod missing;
mod search;
mod slots;
#[cfg(test)]
mod tests;
mod wants;
mod ways;

use std::collections::{BTreeMap, BTreeSet};

use crate::base::{Id, Number};
use crate::calendar::Period;
use crate::eval::{Facts, Truth};
use crate::model::{Model, ProgrammeKind};
use crate::plan::Outlook;
use crate::syntax::Noun;

pub use changes::{Edit, RowEdit};
pub use missing::Missing;
pub use wants::Element;
pub use ways::Bar;

use search::{Found, Rank, Solved, Solver};
use slots::Change;
use wants::Want;
use ways::{Way, Ways};

/// Makes the data read otherwise.
pub type Alteration<'a> = dyn Fn(&mut Facts) + 'a;

/// A project, and how to look at it again.
#[derive(Clone, Copy)]
pub struct Question<'a> {
    /// With the team's edits, as are the facts.
    pub model: &'a Model,
    pub facts: &'a Facts,
    /// The documents of the project with their first and last days.
    pub documents: &'a [(ProgrammeKind, Period)],
    /// What the documents come to when the data are changed before the team's edits are laid over
    /// them: an edit may be stale then.
    pub again: &'a dyn Fn(&Alteration<'_>) -> Outlook,
}

/// What came of one way.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// With these edits of the data the element is in: it was tried.
    Change(Vec<Edit>),
    /// More than three figures would have to change.
    TooMany,
    /// No change was found that holds: something is computed in a way that is not followed, or
    /// there were too many values to try.
    NotFound,
    Barred(Bar),
}

/// A way into the documents.
#[derive(Clone, Debug, PartialEq)]
pub struct Path {
    /// What comes in before the element, the nearest to the data first.
    pub through: Vec<Element>,
    pub outcome: Outcome,
}

/// Why not, and what then.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The best first: the smallest change, then what is not known, then what is barred.
    pub paths: Vec<Path>,
    /// Proven deficits on the ways that are not taken up, as they stand in the ranking.
    pub standings: Vec<Standing>,
    /// What is not known and keeps it out, the most deciding first.
    pub missing: Vec<Missing>,
}

/// A proven deficit that is not among the priorities.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    pub deficit: Id,
    pub weight: Number,
    /// The least weight that would suffice; `None` where any would.
    pub needed: Option<Number>,
    /// How many took part, where that is fewer than ten.
    pub small_group: Option<u64>,
}

/// The nouns of which it can be asked.
pub const NOUNS: [Noun; 8] = [
    Noun::Deficit,
    Noun::Cause,
    Noun::Task,
    Noun::Activity,
    Noun::Requirement,
    Noun::Resource,
    Noun::Risk,
    Noun::Goal,
];

/// Whether the documents hold an element: a deficit as a priority, a cause that is not refuted
/// beside one, everything else as chosen.
pub fn is_in(outlook: &Outlook, model: &Model, element: &Element) -> bool {
    let id = &element.id;
    outlook.choices.iter().any(|choice| match element.noun {
        Noun::Deficit => choice.priorities.contains(id),
        Noun::Cause => {
            let priorities = choice.priorities.iter().filter_map(|id| model.deficits.get(id));
            let mut named = priorities.flat_map(|deficit| &deficit.causes);
            let state = outlook.diagnosis.causes.iter().find(|found| found.id == *id);
            named.any(|cause| cause.id == *id)
                && state.is_some_and(|found| found.state != Truth::No)
        }
        Noun::Task => choice.tasks.iter().any(|task| task.id == *id),
        Noun::Activity => choice.activities.iter().any(|activity| activity.id == *id),
        Noun::Requirement => choice.requirements.contains(id),
        Noun::Resource => choice.resources.iter().any(|resource| resource.id == *id),
        Noun::Risk => choice.risks.iter().any(|risk| risk.id == *id),
        Noun::Goal => choice.goals.contains(id),
        _ => false,
    })
}

/// Why an element is not there. `None` where it is.
pub fn why_not(question: &Question<'_>, element: &Element) -> Option<Answer> {
    let Question { model, facts, documents, .. } = *question;
    let outlook = Outlook::of(model, facts, documents);
    if is_in(&outlook, model, element) {
        return None;
    }
    let speaking = documents.iter().map(|(kind, _)| kind).filter(|kind| !kind.is_written_out());
    let kinds: Vec<ProgrammeKind> = speaking.cloned().collect();
    let finder = Ways { model, facts, documents: &kinds, outlook: &outlook };
    let ways = finder.to(element);
    let mut trials =
        Trials { question, element, solver: Solver::new(model, facts), tried: BTreeMap::new() };
    let mut paths: Vec<(Order, Path)> = ways.iter().map(|way| trials.path(way)).collect();
    paths.sort_by(|(a, _), (b, _)| a.cmp(b));
    let missing = missing::missing(question, &outlook.diagnosis, element, &ways);
    let standings = standings(&outlook, &finder, &ways);
    Some(Answer { paths: paths.into_iter().map(|(_, path)| path).collect(), standings, missing })
}

fn standings(outlook: &Outlook, finder: &Ways<'_>, ways: &[Way]) -> Vec<Standing> {
    let wanted: BTreeSet<&Id> =
        ways.iter().flat_map(|way| &way.wants).filter_map(Want::priority).collect();
    let is_taken = |id: &Id| outlook.choices.iter().any(|choice| choice.priorities.contains(id));
    let found = outlook.diagnosis.deficits.iter().filter(|found| {
        found.state == Truth::Yes && wanted.contains(&found.id) && !is_taken(&found.id)
    });
    let standing = found.map(|found| Standing {
        deficit: found.id.clone(),
        weight: found.weight.clone().unwrap_or_else(Number::one),
        needed: finder.weight_needed(&found.id),
        small_group: found.group.filter(|_| found.is_small_group()),
    });
    standing.collect()
}

/// Changes first, by rank; then what is not known to be impossible.
type Order = (u8, Rank);

struct Trials<'a> {
    question: &'a Question<'a>,
    element: &'a Element,
    solver: Solver<'a>,
    /// Changes that were tried on the whole, and whether they bring the element in.
    tried: BTreeMap<Vec<Change>, bool>,
}

impl Trials<'_> {
    fn path(&mut self, way: &Way) -> (Order, Path) {
        let (order, outcome) = match &way.bar {
            Some(bar) => ((3, Rank::default()), Outcome::Barred(bar.clone())),
            None => self.outcome(way),
        };
        (order, Path { through: way.through.clone(), outcome })
    }

    fn outcome(&mut self, way: &Way) -> (Order, Outcome) {
        let found = match self.solver.solve(&way.wants) {
            Solved::TooMany => return ((1, Rank::default()), Outcome::TooMany),
            Solved::Open => return ((2, Rank::default()), Outcome::NotFound),
            Solved::Found(found) => found,
        };
        match found.into_iter().find(|found| self.holds(found)) {
            Some(found) => {
                let edits = changes::edits(self.question, &found.changes);
                ((0, found.rank), Outcome::Change(edits))
            }
            None => ((2, Rank::default()), Outcome::NotFound),
        }
    }

    /// Makes the diagnosis and the choice again with the changes.
    fn holds(&mut self, found: &Found) -> bool {
        let model = self.question.model;
        let mut changes = found.changes.clone();
        changes.sort();
        if let Some(known) = self.tried.get(&changes) {
            return *known;
        }
        let outlook = (self.question.again)(&|facts| changes::apply(model, facts, &found.changes));
        let holds = is_in(&outlook, model, self.element);
        self.tried.insert(changes, holds);
        holds
    }
}
