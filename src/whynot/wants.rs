//! What must be so of the data for one link of the chain to hold.

use std::collections::BTreeMap;

use super::leaves::{Leaf, leaves};
use crate::base::{Id, Number};
use crate::eval::{Evaluator, Object, Truth};
use crate::model::{Deficit, Expr, Meta, Model, Ref};
use crate::syntax::Noun;

/// One link that must hold. A want is named by ids, so that two ways through one link share it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Want {
    /// The data prove the deficit.
    Proven(Id),
    /// They prove it of enough pupils, and with such a weight at the least.
    Priority(Id, Option<Number>),
    /// One of these causes is not refuted.
    Cause(Vec<Id>),
    /// The condition of a requirement or an activity holds.
    Condition(Element),
    /// The condition of a risk is not refuted.
    NotRefuted(Id),
}

/// Something of the pack: its noun and its id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element {
    pub noun: Noun,
    pub id: Id,
}

impl PartialOrd for Element {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Element {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (&self.id, self.noun as u8).cmp(&(&other.id, other.noun as u8))
    }
}

impl Element {
    pub fn new(noun: Noun, id: &Id) -> Self {
        Self { noun, id: id.clone() }
    }

    /// Whose words it is, and for whom.
    pub fn meta<'m>(&self, model: &'m Model) -> Option<&'m Meta> {
        let id = &self.id;
        match self.noun {
            Noun::Deficit => model.deficits.get(id).map(|it| &it.meta),
            Noun::Cause => model.causes.get(id).map(|it| &it.meta),
            Noun::Goal => model.goals.get(id).map(|it| &it.meta),
            Noun::Task => model.tasks.get(id).map(|it| &it.meta),
            Noun::Requirement => model.requirements.get(id).map(|it| &it.meta),
            Noun::Activity => model.activities.get(id).map(|it| &it.meta),
            Noun::Resource => model.resources.get(id).map(|it| &it.meta),
            Noun::Risk => model.risks.get(id).map(|it| &it.meta),
            _ => None,
        }
    }

    /// The condition of its own.
    pub fn condition<'m>(&self, model: &'m Model) -> Option<&'m Expr> {
        let id = &self.id;
        match self.noun {
            Noun::Deficit => model.deficits.get(id).map(|it| &it.condition),
            Noun::Requirement => model.requirements.get(id)?.condition.as_ref(),
            Noun::Activity => model.activities.get(id)?.condition.as_ref(),
            Noun::Risk => model.risks.get(id)?.condition.as_ref(),
            _ => None,
        }
    }
}

impl Want {
    /// The deficit that is to be a priority.
    pub fn priority(&self) -> Option<&Id> {
        match self {
            Self::Priority(id, _) => Some(id),
            _ => None,
        }
    }

    /// Whether the data meet it. Lists of the document count as filled: what fills them is wanted
    /// on its own.
    pub fn is_met(&self, evaluator: &Evaluator<'_>) -> bool {
        let model = evaluator.model;
        match self {
            Self::Proven(id) => {
                let found = model.deficits.get(id).map(|deficit| evaluator.deficit(id, deficit));
                found.is_some_and(|found| found.state == Truth::Yes || found.forced().is_some())
            }
            Self::Priority(id, weight) => {
                let Some(deficit) = model.deficits.get(id) else { return false };
                let found = evaluator.deficit(id, deficit);
                let is_heavy =
                    weight.as_ref().is_none_or(|wanted| found.weight.as_ref() >= Some(wanted));
                let is_ranked = found.state == Truth::Yes && !found.is_small_group() && is_heavy;
                is_ranked || found.forced().is_some()
            }
            Self::Cause(ids) => ids.iter().any(|id| evaluator.cause(id).state != Truth::No),
            Self::Condition(element) => element.condition(model).is_none_or(|condition| {
                let listed = evaluator.with_lists(filled());
                listed.judge(condition, &listed.own()).truth == Truth::Yes
            }),
            Self::NotRefuted(id) => {
                let risk = Element::new(Noun::Risk, id);
                risk.condition(model).is_none_or(|condition| {
                    let listed = evaluator.with_lists(filled());
                    let truth = listed.judge(condition, &listed.own()).truth;
                    matches!(truth, Truth::Yes | Truth::Unknown)
                })
            }
        }
    }

    /// Everything that may help to meet it.
    pub fn leaves(&self, evaluator: &Evaluator<'_>) -> Vec<Leaf> {
        let model = evaluator.model;
        match self {
            Self::Proven(id) => {
                let found = model.deficits.get(id).map(|it| leaves(evaluator, &it.condition, 0));
                found.unwrap_or_default()
            }
            Self::Priority(id, weight) => {
                let found = model.deficits.get(id);
                found.map(|it| of_priority(evaluator, it, weight.as_ref())).unwrap_or_default()
            }
            Self::Cause(ids) => ids.iter().flat_map(|id| of_cause(evaluator, id)).collect(),
            Self::Condition(element) => {
                let condition = element.condition(model);
                condition.map(|it| leaves(evaluator, it, 0)).unwrap_or_default()
            }
            Self::NotRefuted(id) => {
                let condition = Element::new(Noun::Risk, id).condition(model);
                condition.map(|it| leaves(evaluator, it, 0)).unwrap_or_default()
            }
        }
    }
}

/// The lists that another want fills.
pub(super) const FILLED: [&str; 4] = ["дефициты", "приоритеты", "задачи", "цели"];

fn filled() -> BTreeMap<Id, bool> {
    FILLED.into_iter().map(|name| (Id::new(name), true)).collect()
}

fn of_priority(evaluator: &Evaluator<'_>, deficit: &Deficit, weight: Option<&Number>) -> Vec<Leaf> {
    let mut all = leaves(evaluator, &deficit.condition, 0);
    let heavy =
        deficit.weights.iter().filter(|it| weight.is_some_and(|wanted| it.value >= *wanted));
    for condition in heavy.filter_map(|it| it.condition.as_ref()) {
        all.extend(leaves(evaluator, condition, 0));
    }
    for observe in deficit.condition.observes().into_iter().filter(|it| it.level.is_none()) {
        let key = evaluator.key(observe, &evaluator.own());
        if matches!(key.object, Object::School(_)) {
            all.push(Leaf::Group(key));
        }
    }
    all.dedup();
    all
}

/// Answers that confirm a cause, and its own condition.
fn of_cause(evaluator: &Evaluator<'_>, id: &Id) -> Vec<Leaf> {
    let model = evaluator.model;
    let names = |causes: &[Ref]| causes.iter().any(|cause| cause.id == *id);
    let mut all = Vec::new();
    for (question_id, question) in &model.questions {
        for (causes, answer) in [(&question.yes_confirms, true), (&question.no_confirms, false)] {
            if names(causes) {
                all.push(Leaf::Answer(question_id.clone(), answer));
            }
        }
    }
    let condition = model.causes.get(id).and_then(|cause| cause.condition.as_ref());
    all.extend(condition.into_iter().flat_map(|condition| leaves(evaluator, condition, 0)));
    all
}
