//! The choice: which deficits the programme takes up, and what answers them. Everything chosen
//! knows what it answers; everything left out knows why.

use std::collections::BTreeMap;

use super::late;
use super::order::in_order;
use super::rank::ranked;
use super::schedule::{Schedule, schedule};
use super::support::{ChosenResource, ChosenRisk, ResourceTotal, Support};
use crate::base::Id;
use crate::calendar::{Occurrence, Period};
use crate::eval::{Diagnosis, Evaluator, Proof, ProofKind, Truth, own_level};
use crate::graph::Graph;
use crate::model::{Activity, Expr, Model, PlannedStage, ProgrammeKind, Ref, Task, stages_over};

/// What the programme does, and why.
#[derive(Clone, Debug)]
pub struct Choice {
    /// Proven deficits taken up now, heaviest first.
    pub priorities: Vec<Id>,
    /// Proven deficits consciously put off, with the reason.
    pub postponed: Vec<(Id, String)>,
    /// Deficits that the data do not decide.
    pub undecided: Vec<Id>,
    pub goals: Vec<Id>,
    pub tasks: Vec<ChosenTask>,
    /// Requirements that hold here.
    pub requirements: Vec<Id>,
    /// In the order of their prerequisites and times.
    pub activities: Vec<ChosenActivity>,
    /// What the activities need, by kind.
    pub resources: Vec<ChosenResource>,
    /// The same in sums.
    pub totals: Vec<ResourceTotal>,
    /// Proven ones first, then those of which the data do not tell.
    pub risks: Vec<ChosenRisk>,
    /// When they are done; empty for a paper that plans nothing.
    pub schedule: Schedule,
    pub period: Period,
    /// What the period is divided into; empty where the stages do not fit in it.
    pub stages: Vec<PlannedStage>,
    /// Which lists of the document have anything in them, as the conditions were told.
    pub lists: BTreeMap<Id, bool>,
}

#[derive(Clone, Debug)]
pub struct ChosenTask {
    pub id: Id,
    /// The priorities that it answers.
    pub deficits: Vec<Id>,
    pub proof: Proof,
}

#[derive(Clone, Debug)]
pub struct ChosenActivity {
    pub id: Id,
    /// What it answers: deficits, then requirements, then activities that rest on it.
    pub answers: Vec<Answer>,
    pub tasks: Vec<Id>,
    /// Empty for terms without dates.
    pub occurrences: Vec<Occurrence>,
    /// Its time in the first year is another than its term names: the programme begins too late.
    pub moved: bool,
    pub proof: Proof,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    Deficit(Id),
    Requirement(Id),
    /// Needed before another activity.
    Prerequisite(Id),
    /// The team took it up itself, for this reason.
    Team(String),
}

/// Chooses for one programme of the institution.
pub fn choose(
    model: &Model,
    evaluator: &Evaluator<'_>,
    diagnosis: &Diagnosis,
    kind: &ProgrammeKind,
    period: Period,
) -> Choice {
    let (priorities, postponed) = ranked(diagnosis, kind);
    let open = diagnosis.deficits.iter().filter(|finding| finding.is_open());
    let undecided: Vec<Id> = open.map(|finding| finding.id.clone()).collect();
    let mut chooser = Chooser { model, evaluator, diagnosis, priorities: &priorities };
    let tasks = chooser.tasks();
    let goals = goals(model, &tasks);
    let lists = lists(diagnosis, &priorities, &postponed, &undecided, &tasks);
    let listed = evaluator.with_lists(lists.clone());
    chooser.evaluator = &listed;
    let requirements = chooser.requirements();
    let activities = chooser.activities(&tasks, &requirements, &period);
    let support = Support {
        model,
        evaluator: &listed,
        priorities: &priorities,
        activities: &activities,
        period: &period,
    };
    let (resources, risks) = (support.resources(), support.risks());
    let totals = support.totals(&resources);
    let schedule = match kind.period {
        Some(_) => schedule(model, &activities, &period, kind.max_load),
        None => Schedule::default(),
    };
    Choice {
        priorities,
        postponed,
        undecided,
        goals,
        tasks,
        requirements,
        activities,
        resources,
        totals,
        risks,
        schedule,
        stages: stages_over(&kind.stages, &period, model.calendar()).unwrap_or_default(),
        period,
        lists,
    }
}

fn with_state(diagnosis: &Diagnosis, state: Truth) -> Vec<Id> {
    diagnosis.deficits.iter().filter(|d| d.state == state).map(|d| d.id.clone()).collect()
}

/// Which lists of the document have anything in them, for conditions such as «если неизвестные».
fn lists(
    diagnosis: &Diagnosis,
    priorities: &[Id],
    postponed: &[(Id, String)],
    undecided: &[Id],
    tasks: &[ChosenTask],
) -> BTreeMap<Id, bool> {
    let proven = with_state(diagnosis, Truth::Yes);
    let is_forced = diagnosis.deficits.iter().any(|finding| finding.forced().is_some());
    [
        ("дефициты", !proven.is_empty()),
        ("приоритеты", !priorities.is_empty()),
        ("отложенные", !postponed.is_empty()),
        ("включённые", is_forced),
        ("неопределённые", !undecided.is_empty()),
        ("неизвестные", diagnosis.has_unknown()),
        ("нерассмотренные", !diagnosis.untouched.is_empty()),
        ("задачи", !tasks.is_empty()),
    ]
    .into_iter()
    .map(|(name, filled)| (Id::new(name), filled))
    .collect()
}

fn goals(model: &Model, tasks: &[ChosenTask]) -> Vec<Id> {
    let mut goals: Vec<Id> = Vec::new();
    for task in tasks {
        let goal = model.tasks.get(&task.id).and_then(|task| task.goal.as_ref());
        if let Some(goal) = goal
            && !goals.contains(&goal.id)
        {
            goals.push(goal.id.clone());
        }
    }
    goals
}

struct Chooser<'a> {
    model: &'a Model,
    evaluator: &'a Evaluator<'a>,
    diagnosis: &'a Diagnosis,
    priorities: &'a [Id],
}

impl Chooser<'_> {
    // ------------------------------------------------------------ tasks

    fn tasks(&self) -> Vec<ChosenTask> {
        let level = own_level(self.evaluator.facts);
        self.model
            .tasks
            .iter()
            .filter(|(_, task)| task.level == level && self.evaluator.facts.concerns(&task.meta))
            .filter_map(|(id, task)| self.task(id, task))
            .collect()
    }

    fn task(&self, id: &Id, task: &Task) -> Option<ChosenTask> {
        let deficits: Vec<Id> =
            self.priorities.iter().filter(|deficit| self.answers(task, deficit)).cloned().collect();
        if deficits.is_empty() || !self.causes_allow(&task.causes) {
            return None;
        }
        let mut reasons: Vec<Proof> =
            deficits.iter().filter_map(|deficit| self.deficit_proof(deficit)).collect();
        reasons.extend(self.cause_proofs(&task.causes));
        reasons.extend(self.evaluator.owner(&task.meta));
        let answers = match deficits.iter().all(|deficit| self.is_forced(deficit)) {
            true => "отвечает дефициту, который команда включила сама",
            false => "отвечает выявленному дефициту",
        };
        let text = format!("Задача «{}» {answers}", task.meta.title);
        let proof = Proof::new(ProofKind::Rule, text).about(id).with(reasons);
        Some(ChosenTask { id: id.clone(), deficits, proof })
    }

    fn answers(&self, task: &Task, deficit: &Id) -> bool {
        let declared = self.model.deficits.get(deficit);
        declared.is_some_and(|declared| task.answers(deficit, declared))
    }

    /// Whether at least one of the causes is not refuted; no causes named, nothing in the way.
    fn causes_allow(&self, causes: &[Ref]) -> bool {
        causes.is_empty() || causes.iter().any(|cause| self.cause_state(&cause.id) != Truth::No)
    }

    fn cause_state(&self, id: &Id) -> Truth {
        let found = self.diagnosis.causes.iter().find(|cause| cause.id == *id);
        found.map_or(Truth::Unknown, |cause| cause.state)
    }

    fn cause_proofs(&self, causes: &[Ref]) -> Vec<Proof> {
        let named = |id: &Id| causes.iter().any(|cause| cause.id == *id);
        self.diagnosis
            .causes
            .iter()
            .filter(|cause| named(&cause.id) && cause.state != Truth::No)
            .map(|cause| cause.proof.clone())
            .collect()
    }

    fn deficit_proof(&self, id: &Id) -> Option<Proof> {
        self.diagnosis.deficits.iter().find(|d| d.id == *id).map(|d| d.proof.clone())
    }

    fn is_forced(&self, deficit: &Id) -> bool {
        let found = self.diagnosis.deficits.iter().find(|finding| finding.id == *deficit);
        found.is_some_and(|finding| finding.forced().is_some())
    }

    // ------------------------------------------------------------ requirements

    fn requirements(&self) -> Vec<Id> {
        let level = own_level(self.evaluator.facts);
        self.model
            .requirements
            .iter()
            .filter(|(_, requirement)| {
                requirement.level == level && self.evaluator.holds(requirement)
            })
            .map(|(id, _)| id.clone())
            .collect()
    }

    fn is_yes(&self, condition: &Expr) -> bool {
        self.evaluator.judge(condition, &self.evaluator.own()).truth == Truth::Yes
    }

    fn requirement_proof(&self, id: &Id) -> Option<Proof> {
        let requirement = self.model.requirements.get(id)?;
        let mut reasons = self.evaluator.owner(&requirement.meta);
        for act in requirement.acts.iter().filter_map(|act| self.model.acts.get(&act.id)) {
            reasons.push(Proof::new(ProofKind::Act, act.meta.title.clone()));
        }
        if let Some(condition) = &requirement.condition {
            reasons.extend(self.evaluator.judge(condition, &self.evaluator.own()).proofs);
        }
        let text = format!("Требование: {}", requirement.meta.title);
        Some(Proof::new(ProofKind::Requirement, text).about(id).with(reasons))
    }

    // ------------------------------------------------------------ activities

    fn activities(
        &self,
        tasks: &[ChosenTask],
        requirements: &[Id],
        period: &Period,
    ) -> Vec<ChosenActivity> {
        let mut chosen: BTreeMap<usize, ChosenActivity> = BTreeMap::new();
        for (at, (id, activity)) in self.model.activities.iter().enumerate() {
            if let Some(activity) = self.activity(id, activity, tasks, requirements, period) {
                chosen.insert(at, activity);
            }
        }
        self.close(&mut chosen, period);
        let mut chosen: Vec<ChosenActivity> = chosen.into_values().collect();
        chosen = in_order(self.model, chosen);
        late::catch_up(self.model, &mut chosen, period);
        in_order(self.model, chosen)
    }

    fn activity(
        &self,
        id: &Id,
        activity: &Activity,
        tasks: &[ChosenTask],
        requirements: &[Id],
        period: &Period,
    ) -> Option<ChosenActivity> {
        let decision = self.evaluator.facts.decisions.activities.get(id);
        let solved: Vec<&ChosenTask> =
            tasks.iter().filter(|task| activity.tasks.iter().any(|t| t.id == task.id)).collect();
        let fulfilled: Vec<&Id> = requirements
            .iter()
            .filter(|r| activity.requirements.iter().any(|n| n.id == **r))
            .collect();
        let is_asked = !solved.is_empty() || !fulfilled.is_empty();
        let by_rule = || is_asked && self.fits_here(activity);
        if !decision.map_or_else(by_rule, |decision| decision.includes) {
            return None;
        }
        let mut answers: Vec<Answer> = Vec::new();
        for deficit in solved.iter().flat_map(|task| &task.deficits) {
            let answer = Answer::Deficit(deficit.clone());
            if !answers.contains(&answer) {
                answers.push(answer);
            }
        }
        answers.extend(fulfilled.iter().map(|id| Answer::Requirement((*id).clone())));
        answers.extend(decision.map(|decision| Answer::Team(decision.reason.clone())));
        let mut reasons: Vec<Proof> = solved.iter().map(|task| task.proof.clone()).collect();
        reasons.extend(fulfilled.iter().filter_map(|id| self.requirement_proof(id)));
        reasons.extend(self.cause_proofs(&activity.causes));
        let tasks = solved.iter().map(|task| task.id.clone()).collect();
        Some(self.chosen(id, activity, answers, tasks, reasons, period))
    }

    /// Whether a rule can put the activity into this institution's programme at all.
    fn fits_here(&self, activity: &Activity) -> bool {
        let facts = self.evaluator.facts;
        activity.level == own_level(facts)
            && !activity.external
            && facts.concerns(&activity.meta)
            && self.causes_allow(&activity.causes)
            && activity.condition.as_ref().is_none_or(|condition| self.is_yes(condition))
    }

    fn chosen(
        &self,
        id: &Id,
        activity: &Activity,
        answers: Vec<Answer>,
        tasks: Vec<Id>,
        mut reasons: Vec<Proof>,
        period: &Period,
    ) -> ChosenActivity {
        if let Some(condition) = &activity.condition {
            reasons.extend(self.evaluator.judge(condition, &self.evaluator.own()).proofs);
        }
        reasons.extend(self.evaluator.owner(&activity.meta));
        if let Some(whose) = &activity.defaults_by {
            let text = format!("Ответственный и срок по умолчанию, по методисту: {whose}");
            reasons.push(Proof::new(ProofKind::Methodist, text));
        }
        let text = format!("Мероприятие «{}»", activity.meta.title);
        let occurrences = activity.occurrences(self.model, period);
        ChosenActivity {
            id: id.clone(),
            answers,
            tasks,
            occurrences,
            moved: false,
            proof: Proof::new(ProofKind::Rule, text).about(id).with(reasons),
        }
    }

    /// Adds the prerequisites of what is chosen, each with what it is needed for.
    fn close(&self, chosen: &mut BTreeMap<usize, ChosenActivity>, period: &Period) {
        let needs = self.needs();
        let ids: Vec<Id> = chosen.values().map(|activity| activity.id.clone()).collect();
        for (needed, (by, ())) in needs.needed_for(&ids) {
            let Some((at, _, activity)) = self.model.activities.get_full(needed) else { continue };
            let title = self.model.activities.get(by).map_or("", |by| by.meta.title.as_str());
            let text = format!("Нужно для мероприятия «{title}»");
            let reasons = vec![Proof::new(ProofKind::Rule, text).about(by)];
            let answers = vec![Answer::Prerequisite(by.clone())];
            let added = self.chosen(needed, activity, answers, Vec::new(), reasons, period);
            chosen.insert(at, added);
        }
    }

    /// Which activities need which others of their level, without those that the team leaves out.
    fn needs(&self) -> Graph<()> {
        let activities = &self.model.activities;
        let mut graph = Graph::default();
        for (id, activity) in activities {
            graph.node(id);
            for before in &activity.after {
                let needed = activities.get(&before.id);
                let decision = self.evaluator.facts.decisions.activities.get(&before.id);
                let is_excluded = decision.is_some_and(|decision| !decision.includes);
                if !is_excluded && needed.is_some_and(|needed| needed.level == activity.level) {
                    graph.need(id, &before.id, ());
                }
            }
        }
        graph
    }
}
