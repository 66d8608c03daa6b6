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

/// Takes the open deficits that nobody has begun to look at out of the others. A deficit that
/// waits for figures of a mechanism belongs to it; nobody has begun to look at a mechanism where nothing
/// is known of its indicators of any year, no requirement in force asks for one of them, and
/// no question about the causes of its deficits is answered.
pub(super) fn set_aside(
    evaluator: &Evaluator<'_>,
    findings: &mut [DeficitFinding],
) -> Vec<Untouched> {
    let looker =
        Looker { evaluator, begun: begun(evaluator), answered: answered(evaluator, findings) };
    let mut found: IndexMap<Id, Untouched> = IndexMap::new();
    for finding in findings.iter() {
        let Some(mechanism) = looker.untouched_mechanism(finding) else { continue };
        let entry = found.entry(mechanism.clone()).or_insert_with(|| Untouched {
            mechanism: mechanism.clone(),
            deficits: Vec::new(),
            indicators: Vec::new(),
        });
        entry.deficits.push(finding.id.clone());
        for indicator in &finding.indicators {
            let is_its = looker.mechanism_of(indicator) == Some(mechanism);
            if is_its && !entry.indicators.contains(indicator) {
                entry.indicators.push(indicator.clone());
            }
        }
    }
    found.retain(|_, it| !it.deficits.iter().any(|id| looker.answered.contains(id)));
    for finding in findings {
        finding.is_untouched = found.values().any(|it| it.deficits.contains(&finding.id));
    }
    let place = |id: &Id| evaluator.model.mechanisms.get_index_of(id);
    found.sort_by(|a, _, b, _| place(a).cmp(&place(b)));
    found.into_values().collect()
}

struct Looker<'a> {
    evaluator: &'a Evaluator<'a>,
    /// Mechanisms of which something is known or asked.
    begun: BTreeSet<&'a Id>,
    /// Deficits about whose causes the institution has answered.
    answered: BTreeSet<Id>,
}

impl<'a> Looker<'a> {
    /// The mechanism of an open deficit, where nobody has begun to look at it.
    fn untouched_mechanism(&self, finding: &DeficitFinding) -> Option<&'a Id> {
        if finding.state != Truth::Unknown || finding.decision.is_some() {
            return None;
        }
        let own = finding.needs.iter().filter(|key| key.object == self.evaluator.facts.own);
        let mut mechanisms = own.filter_map(|key| self.mechanism_of(&key.indicator));
        mechanisms.find(|mechanism| !self.begun.contains(mechanism))
    }

    /// The mechanism of one of the institution's own indicators; a figure of the passport tells
    /// nothing of what it works on.
    fn mechanism_of(&self, indicator: &Id) -> Option<&'a Id> {
        let declared = self.evaluator.model.indicators.get(indicator)?;
        let is_own = declared.level == own_level(self.evaluator.facts);
        declared.meta.mechanism.as_ref().filter(|_| is_own && declared.passport.is_none())
    }
}

/// The mechanisms of which something is known, or asked for by a requirement in force.
fn begun<'a>(evaluator: &Evaluator<'a>) -> BTreeSet<&'a Id> {
    let asked = asked_for(evaluator);
    let level = own_level(evaluator.facts);
    let own = evaluator
        .model
        .indicators
        .iter()
        .filter(|(_, declared)| declared.level == level && declared.passport.is_none());
    let figures = evaluator.facts.figures.keys();
    let known: BTreeSet<&Id> =
        figures.filter(|key| key.object == evaluator.facts.own).map(|key| &key.indicator).collect();
    let seen = own.filter(|(id, _)| asked.contains(*id) || known.contains(id));
    seen.filter_map(|(_, declared)| declared.meta.mechanism.as_ref()).collect()
}

/// The open deficits about whose causes a question is answered. A cause that a decided deficit
/// shares is asked for the sake of that one.
fn answered(evaluator: &Evaluator<'_>, findings: &[DeficitFinding]) -> BTreeSet<Id> {
    let model = evaluator.model;
    let causes = |open: bool| -> BTreeSet<&Id> {
        let of = findings.iter().filter(|finding| (finding.state == Truth::Unknown) == open);
        let declared = of.filter_map(|finding| model.deficits.get(&finding.id));
        declared.flat_map(|deficit| &deficit.causes).map(|cause| &cause.id).collect()
    };
    let decided = causes(false);
    let questions = evaluator.facts.answers.keys().filter_map(|id| model.questions.get(id));
    let asked: BTreeSet<&Id> = questions
        .flat_map(|it| it.yes_confirms.iter().chain(&it.no_confirms))
        .map(|cause| &cause.id)
        .filter(|cause| !decided.contains(cause))
        .collect();
    let is_about = |id: &Id| {
        let deficit = model.deficits.get(id);
        deficit.is_some_and(|it| it.causes.iter().any(|cause| asked.contains(&cause.id)))
    };
    let open = findings.iter().filter(|finding| finding.state == Truth::Unknown);
    open.map(|finding| &finding.id).filter(|id| is_about(id)).cloned().collect()
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
