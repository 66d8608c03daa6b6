//! Which open deficits an institution has begun to look at. A pack speaks of far more than one
//! school works on; a mechanism of which the school gave nothing at all is named as not looked at,
//! and its deficits do not stand among the unknown.

use std::collections::BTreeSet;

use indexmap::IndexMap;

use super::diagnose::own_level;
use super::{DeficitFinding, Evaluator, Truth};
use crate::base::Id;
use crate::model::{Expr, ExprKind, Requirement};

/// A mechanism that the institution has not begun to look at, with its open deficits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Untouched {
    pub mechanism: Id,
    pub deficits: Vec<Id>,
    /// What to collect: the institution's own indicators that keep the deficits open.
    pub indicators: Vec<Id>,
}

impl Evaluator<'_> {
    /// Whether a requirement is in force here.
    pub fn holds(&self, requirement: &Requirement) -> bool {
        let Some(condition) = &requirement.condition else {
            return self.facts.concerns(&requirement.meta);
        };
        let has_begun = || asked(condition).iter().any(|indicator| self.is_ever_known(indicator));
        self.facts.concerns(&requirement.meta)
            && self.judge(condition, &self.own()).truth == Truth::Yes
            && (!requirement.only_completes || has_begun())
    }

    /// Whether the data hold anything of the institution's own, of any year.
    fn is_ever_known(&self, indicator: &Id) -> bool {
        let mut all = self.facts.figures.keys();
        all.any(|key| key.indicator == *indicator && key.object == self.facts.own)
    }
}

/// Takes the open deficits that nobody has begun to look at out of the others. A deficit belongs to
/// the mechanism of the figure that keeps it open; nobody has begun to look at it where of what it
/// takes from this mechanism nothing is known of any year, no requirement in force asks for it, and
/// no question about its causes is answered.
pub(super) fn set_aside(
    evaluator: &Evaluator<'_>,
    findings: &mut [DeficitFinding],
) -> Vec<Untouched> {
    let looker = Looker {
        evaluator,
        asked: asked_for(evaluator),
        decided: findings
            .iter()
            .filter(|finding| finding.state != Truth::Unknown)
            .map(|finding| finding.id.clone())
            .collect(),
    };
    let mut found: IndexMap<Id, Untouched> = IndexMap::new();
    for finding in findings.iter_mut() {
        let Some(mechanism) = looker.untouched_mechanism(finding) else { continue };
        finding.is_untouched = true;
        let entry = found.entry(mechanism.clone()).or_insert_with(|| Untouched {
            mechanism,
            deficits: Vec::new(),
            indicators: Vec::new(),
        });
        entry.deficits.push(finding.id.clone());
        for indicator in looker.own_indicators(finding) {
            let is_its = looker.mechanism_of(indicator) == Some(&entry.mechanism);
            if is_its && !entry.indicators.contains(indicator) {
                entry.indicators.push(indicator.clone());
            }
        }
    }
    let place = |id: &Id| evaluator.model.mechanisms.get_index_of(id);
    found.sort_by(|a, _, b, _| place(a).cmp(&place(b)));
    found.into_values().collect()
}

struct Looker<'a> {
    evaluator: &'a Evaluator<'a>,
    /// Indicators that requirements in force ask for.
    asked: BTreeSet<Id>,
    decided: BTreeSet<Id>,
}

impl<'a> Looker<'a> {
    /// The mechanism of a deficit, where nobody has begun to look at it.
    fn untouched_mechanism(&self, finding: &DeficitFinding) -> Option<Id> {
        if finding.state != Truth::Unknown || finding.decision.is_some() {
            return None;
        }
        let needed = finding.needs.iter().filter(|key| key.object == self.evaluator.facts.own);
        let mechanism = needed.filter_map(|key| self.mechanism_of(&key.indicator)).next()?;
        let mut within = self.own_indicators(finding);
        let is_touched = within.any(|id| {
            let is_seen = self.asked.contains(id) || self.evaluator.is_ever_known(id);
            is_seen && self.mechanism_of(id) == Some(mechanism)
        });
        (!is_touched && !self.is_answered(&finding.id)).then(|| mechanism.clone())
    }

    fn mechanism_of(&self, indicator: &Id) -> Option<&'a Id> {
        let declared = self.evaluator.model.indicators.get(indicator)?;
        declared.meta.mechanism.as_ref().filter(|_| declared.passport.is_none())
    }

    /// The institution's own indicators that its condition looks at, without those of the passport.
    fn own_indicators<'f>(&self, finding: &'f DeficitFinding) -> impl Iterator<Item = &'f Id>
    where
        'a: 'f,
    {
        let (model, level) = (self.evaluator.model, own_level(self.evaluator.facts));
        finding.indicators.iter().filter(move |id| {
            let declared = model.indicators.get(*id);
            declared.is_some_and(|it| it.level == level && it.passport.is_none())
        })
    }

    /// Whether a question about its causes is answered that is not asked for a deficit which the
    /// data decide.
    fn is_answered(&self, id: &Id) -> bool {
        let model = self.evaluator.model;
        let Some(deficit) = model.deficits.get(id) else { return false };
        let is_shared = |cause: &Id| {
            let mut others = self.decided.iter().filter_map(|id| model.deficits.get(id));
            others.any(|other| other.causes.iter().any(|named| named.id == *cause))
        };
        let own = deficit.causes.iter().map(|cause| &cause.id).filter(|cause| !is_shared(cause));
        let own: BTreeSet<&Id> = own.collect();
        self.evaluator.facts.answers.keys().filter_map(|id| model.questions.get(id)).any(|asked| {
            let causes = asked.yes_confirms.iter().chain(&asked.no_confirms);
            causes.into_iter().any(|cause| own.contains(&cause.id))
        })
    }
}

/// What the requirements in force say is missing.
fn asked_for(evaluator: &Evaluator<'_>) -> BTreeSet<Id> {
    let level = own_level(evaluator.facts);
    let all = evaluator.model.requirements.values();
    let own = all.filter(|it| it.level == level && evaluator.holds(it));
    own.filter_map(|it| it.condition.as_ref()).flat_map(asked).collect()
}

/// The indicators of which a condition asks whether they are known.
fn asked(condition: &Expr) -> Vec<Id> {
    let mut found = Vec::new();
    condition.walk(&mut |inner| {
        if let ExprKind::Known(observe) = &inner.kind {
            found.push(observe.indicator.clone());
        }
    });
    found
}
