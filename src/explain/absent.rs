//! What kept an element of the pack out: everything that could have brought it in, each with the
//! figure, the answer or the team's word that it stopped at.

use std::collections::BTreeSet;

use super::View;
use crate::base::Id;
use crate::eval::{Proof, ProofKind, Truth, own_level};
use crate::model::{Activity, Meta, Ref};
use crate::syntax::Noun;
use crate::whynot::Element;

impl View<'_> {
    /// Why an element is not in the documents. `None` for what is no element of the pack.
    pub fn absent(&self, element: &Element) -> Option<Proof> {
        Absent { view: self, told: BTreeSet::new() }.proof(element)
    }
}

struct Absent<'v> {
    view: &'v View<'v>,
    /// What the tree has told already: it is only named again.
    told: BTreeSet<Id>,
}

impl Absent<'_> {
    fn proof(&mut self, element: &Element) -> Option<Proof> {
        let id = &element.id;
        let (meta, text) = self.head(element)?;
        if !self.told.insert(id.clone()) {
            return Some(Proof::new(ProofKind::Rule, format!("{text} (см. выше)")).about(id));
        }
        let mut reasons = match element.noun {
            Noun::Deficit => return self.view.deficit(id),
            Noun::Requirement => return self.view.requirement(id),
            Noun::Cause => self.cause(id),
            Noun::Task => self.task(id),
            Noun::Goal => self.each(Noun::Task, self.tasks_of(id)),
            Noun::Activity => self.activity(id),
            Noun::Resource => {
                let declared = self.view.bound.model.resources.get(id);
                let named = declared.map(|it| ids(&it.activities)).unwrap_or_default();
                self.each(Noun::Activity, named)
            }
            Noun::Risk => self.risk(id),
            _ => Vec::new(),
        };
        reasons.extend(self.view.evaluator().owner(&meta));
        Some(Proof::new(ProofKind::Rule, text).about(id).with(reasons))
    }

    /// Whose words the element is, and what became of it in a sentence.
    fn head(&self, element: &Element) -> Option<(Meta, String)> {
        let (model, id) = (&self.view.bound.model, &element.id);
        let (meta, said) = match element.noun {
            Noun::Deficit => (&model.deficits.get(id)?.meta, "Дефицит «…» не вошёл в программу"),
            Noun::Cause => (&model.causes.get(id)?.meta, "Причина «…» не вошла в программу"),
            Noun::Task => (&model.tasks.get(id)?.meta, "Задача «…» не вошла в программу"),
            Noun::Goal => (&model.goals.get(id)?.meta, "Цель «…» не поставлена"),
            Noun::Requirement => {
                (&model.requirements.get(id)?.meta, "Требование «…» здесь не действует")
            }
            Noun::Activity => {
                (&model.activities.get(id)?.meta, "Мероприятие «…» не вошло в программу")
            }
            Noun::Resource => (&model.resources.get(id)?.meta, "Ресурс «…» не нужен"),
            Noun::Risk => (&model.risks.get(id)?.meta, "Риска «…» здесь нет"),
            _ => return None,
        };
        let why = self.why(element);
        Some((meta.clone(), format!("{}{why}", said.replace('…', &meta.title))))
    }

    /// The reason in short, behind the sentence.
    fn why(&self, element: &Element) -> String {
        let (model, facts) = (&self.view.bound.model, &self.view.bound.facts);
        let id = &element.id;
        let why = match element.noun {
            Noun::Task => {
                let task = model.tasks.get(id);
                let is_other = task.is_some_and(|task| task.level != own_level(facts));
                match is_other {
                    true => "она для другого уровня",
                    false if self.is_answered(id) => {
                        "все причины, которые она устраняет, опровергнуты"
                    }
                    false => "среди приоритетов нет дефицита, на который она отвечает",
                }
            }
            Noun::Activity => match facts.decisions.activities.get(id) {
                Some(decision) if !decision.includes => "его исключила команда",
                _ => model.activities.get(id).map_or("", |activity| self.why_activity(activity)),
            },
            Noun::Resource => "ни одно его мероприятие не вошло в программу",
            _ => "",
        };
        if why.is_empty() { String::new() } else { format!(": {why}") }
    }

    fn why_activity(&self, activity: &Activity) -> &'static str {
        let facts = &self.view.bound.facts;
        let is_served = self.chosen(activity);
        match () {
            () if activity.level != own_level(facts) => "оно для другого уровня",
            () if activity.external => "его ведут другие, здесь это только веха",
            () if !facts.concerns(&activity.meta) => "оно для организаций другого вида",
            () if !is_served => "нет задачи или требования, которому оно служит",
            () if self.is_refuted(&activity.causes) => {
                "все причины, которые оно устраняет, опровергнуты"
            }
            () => "не выполнено его условие",
        }
    }

    // ------------------------------------------------------------ what could have brought it in

    fn each(&mut self, noun: Noun, ids: Vec<Id>) -> Vec<Proof> {
        ids.iter().filter_map(|id| self.proof(&Element::new(noun, id))).collect()
    }

    fn cause(&mut self, id: &Id) -> Vec<Proof> {
        let model = &self.view.bound.model;
        let finding = self.view.diagnosis.causes.iter().find(|found| found.id == *id);
        let mut reasons: Vec<Proof> =
            finding.map(|found| found.proof.clone()).into_iter().collect();
        let explained = model.deficits.iter().filter(|(_, it)| names(&it.causes, id));
        let explained: Vec<Id> = explained.map(|(id, _)| id.clone()).collect();
        reasons.extend(self.each(Noun::Deficit, explained));
        reasons
    }

    fn task(&mut self, id: &Id) -> Vec<Proof> {
        let Some(task) = self.view.bound.model.tasks.get(id) else { return Vec::new() };
        if self.is_answered(id) {
            return self.refuted(&task.causes);
        }
        let deficits = self.view.bound.model.deficits.iter();
        let answered = deficits.filter(|(id, deficit)| task.answers(id, deficit));
        let answered: Vec<Id> = answered.map(|(id, _)| id.clone()).collect();
        self.each(Noun::Deficit, answered)
    }

    fn tasks_of(&self, goal: &Id) -> Vec<Id> {
        let tasks = self.view.bound.model.tasks.iter();
        let led = tasks.filter(|(_, it)| it.goal.as_ref().is_some_and(|to| to.id == *goal));
        led.map(|(id, _)| id.clone()).collect()
    }

    fn activity(&mut self, id: &Id) -> Vec<Proof> {
        let (model, facts) = (&self.view.bound.model, &self.view.bound.facts);
        let Some(activity) = model.activities.get(id) else { return Vec::new() };
        // The team's word stands among its owners.
        if facts.decisions.activities.contains_key(id) || activity.level != own_level(facts) {
            return Vec::new();
        }
        let mut reasons = Vec::new();
        if !self.chosen(activity) {
            reasons.extend(self.each(Noun::Task, ids(&activity.tasks)));
            reasons.extend(self.each(Noun::Requirement, ids(&activity.requirements)));
        }
        if self.is_refuted(&activity.causes) {
            reasons.extend(self.refuted(&activity.causes));
        }
        if let Some(condition) = &activity.condition {
            let evaluator = self.view.evaluator();
            reasons.extend(evaluator.judge(condition, &evaluator.own()).proofs);
        }
        reasons
    }

    fn risk(&mut self, id: &Id) -> Vec<Proof> {
        let Some(risk) = self.view.bound.model.risks.get(id) else { return Vec::new() };
        let mut reasons = Vec::new();
        if let Some(condition) = &risk.condition {
            let evaluator = self.view.evaluator();
            reasons.extend(evaluator.judge(condition, &evaluator.own()).proofs);
        }
        let chosen = self.view.made.iter().map(|made| &made.choice);
        let is_concerned = chosen.clone().any(|choice| {
            choice.activities.iter().any(|it| names(&risk.activities, &it.id))
                || choice.priorities.iter().any(|id| names(&risk.deficits, id))
        });
        if !is_concerned {
            reasons.extend(self.each(Noun::Deficit, ids(&risk.deficits)));
            reasons.extend(self.each(Noun::Activity, ids(&risk.activities)));
        }
        reasons
    }

    // ------------------------------------------------------------ what the documents hold

    /// Whether a priority is among the deficits that the task answers.
    fn is_answered(&self, task: &Id) -> bool {
        let model = &self.view.bound.model;
        let Some(task) = model.tasks.get(task) else { return false };
        let is_priority =
            |id: &Id| self.view.made.iter().any(|made| made.choice.priorities.contains(id));
        model.deficits.iter().any(|(id, deficit)| is_priority(id) && task.answers(id, deficit))
    }

    /// Whether a task or a requirement that it serves is in the documents.
    fn chosen(&self, activity: &Activity) -> bool {
        self.view.made.iter().any(|made| {
            made.choice.tasks.iter().any(|task| names(&activity.tasks, &task.id))
                || made.choice.requirements.iter().any(|id| names(&activity.requirements, id))
        })
    }

    fn is_refuted(&self, causes: &[Ref]) -> bool {
        let state = |id: &Id| {
            let found = self.view.diagnosis.causes.iter().find(|found| found.id == *id);
            found.map_or(Truth::Unknown, |found| found.state)
        };
        !causes.is_empty() && causes.iter().all(|cause| state(&cause.id) == Truth::No)
    }

    fn refuted(&self, causes: &[Ref]) -> Vec<Proof> {
        let found = self.view.diagnosis.causes.iter();
        found.filter(|found| names(causes, &found.id)).map(|found| found.proof.clone()).collect()
    }
}

fn names(named: &[Ref], id: &Id) -> bool {
    named.iter().any(|reference| reference.id == *id)
}

fn ids(named: &[Ref]) -> Vec<Id> {
    named.iter().map(|reference| reference.id.clone()).collect()
}
