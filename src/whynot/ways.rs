//! The ways into a programme. A deficit comes in when the data prove it and it is heavy enough; a
//! cause with a deficit of the programme; a task with a deficit that it answers; an activity with a
//! task, with a requirement, or because another activity needs it first; a goal with its task, a
//! resource with its activity, a risk with what it endangers. Each way is everything that must hold
//! together, or what bars it whatever the data are.

use std::collections::BTreeSet;

use super::wants::{Element, FILLED, Want};
use crate::base::{Id, Level, Number};
use crate::check::{Logic, Verdict};
use crate::eval::{Facts, own_level};
use crate::model::{Activity, ExprKind, Model, ProgrammeKind, Ref};
use crate::plan::{Outlook, weight_needed};
use crate::syntax::Noun;

/// What keeps an element out whatever the data are.
#[derive(Clone, Debug, PartialEq)]
pub enum Bar {
    /// The team left it out, or refuted the only causes, for this reason.
    Team(Element, String),
    OtherLevel(Element, Level),
    /// Others do it.
    External(Element),
    /// It is for another kind of institution.
    OtherInstitution(Element, Id),
    /// No data can meet its condition.
    Contradiction(Element),
    /// The pack never gives it more weight than that, and that much is needed.
    TooLight {
        deficit: Element,
        most: Number,
        needed: Number,
    },
    /// Nothing of the pack leads to it.
    Unconnected(Element),
    /// An adapted plan has left it out, or made something else of it.
    Adapted(Element),
    /// The project makes no document that chooses by data.
    NoDocument,
}

/// One way.
#[derive(Clone, Debug)]
pub(super) struct Way {
    /// What comes in before the element, the nearest to the data first.
    pub through: Vec<Element>,
    pub wants: BTreeSet<Want>,
    pub bar: Option<Bar>,
}

/// Finds the ways into the documents of a project.
pub(super) struct Ways<'a> {
    pub model: &'a Model,
    pub facts: &'a Facts,
    pub documents: &'a [ProgrammeKind],
    pub outlook: &'a Outlook,
}

impl Ways<'_> {
    /// Every way to an element; of those that want the same one is kept.
    pub fn to(&self, element: &Element) -> Vec<Way> {
        if self.documents.is_empty() {
            return vec![barred(Bar::NoDocument)];
        }
        let mut kept: Vec<Way> = Vec::new();
        for way in self.of(element, &mut BTreeSet::new()) {
            let same = |other: &Way| other.wants == way.wants && other.bar == way.bar;
            if !kept.iter().any(same) {
                kept.push(way);
            }
        }
        if kept.is_empty() { vec![barred(Bar::Unconnected(element.clone()))] } else { kept }
    }

    fn of(&self, element: &Element, seen: &mut BTreeSet<Id>) -> Vec<Way> {
        if let Some(bar) = self.level_bar(element).or_else(|| self.institution_bar(element)) {
            return vec![barred(bar)];
        }
        let id = &element.id;
        match element.noun {
            Noun::Deficit => vec![self.deficit(element)],
            Noun::Cause => self.cause(element),
            Noun::Task => self.task(element),
            Noun::Goal => {
                let leads = |goal: &Option<Ref>| goal.as_ref().is_some_and(|goal| goal.id == *id);
                let tasks = self.model.tasks.iter().filter(|(_, task)| leads(&task.goal));
                self.through_any(Noun::Task, tasks.map(|(id, _)| id), seen)
            }
            Noun::Requirement => self.requirement(element),
            Noun::Activity => self.activity(element, seen),
            Noun::Resource => {
                let named = self.model.resources.get(id).map(|it| it.activities.as_slice());
                self.through_any(Noun::Activity, ids(named.unwrap_or_default()), seen)
            }
            Noun::Risk => self.risk(element, seen),
            _ => Vec::new(),
        }
    }

    fn level_bar(&self, element: &Element) -> Option<Bar> {
        let level = level_of(self.model, element)?;
        (level != own_level(self.facts)).then(|| Bar::OtherLevel(element.clone(), level))
    }

    fn institution_bar(&self, element: &Element) -> Option<Bar> {
        let meta = element.meta(self.model)?;
        let kind = meta.institutions.first().filter(|_| !self.facts.concerns(meta))?;
        Some(Bar::OtherInstitution(element.clone(), kind.id.clone()))
    }

    /// Every way to each of several elements, each said to lead through it.
    fn through_any<'i>(
        &self,
        noun: Noun,
        ids: impl Iterator<Item = &'i Id>,
        seen: &mut BTreeSet<Id>,
    ) -> Vec<Way> {
        let elements: Vec<Element> = ids.map(|id| Element::new(noun, id)).collect();
        let ways = elements.into_iter().flat_map(|element| {
            let ways = self.of(&element, seen);
            ways.into_iter().map(move |mut way| {
                way.through.push(element.clone());
                way
            })
        });
        ways.collect()
    }

    // ------------------------------------------------------------ deficits and causes

    fn deficit(&self, element: &Element) -> Way {
        let id = &element.id;
        let decision = self.facts.decisions.deficits.get(id);
        match decision {
            Some(decision) if decision.includes => return open_way(),
            Some(decision) => return barred(Bar::Team(element.clone(), decision.reason.clone())),
            None => {}
        }
        let needed = self.weight_needed(id);
        let bar = self.contradiction(element).or_else(|| self.too_light(element, needed.as_ref()));
        let wants = [Want::Priority(id.clone(), needed)].into();
        Way { through: Vec::new(), wants, bar }
    }

    /// The least weight with which some document takes the deficit up.
    pub fn weight_needed(&self, id: &Id) -> Option<Number> {
        let diagnosis = &self.outlook.diagnosis;
        let needed: Option<Vec<Number>> =
            self.documents.iter().map(|kind| weight_needed(diagnosis, kind, id)).collect();
        needed.and_then(|all| all.into_iter().min())
    }

    fn too_light(&self, element: &Element, needed: Option<&Number>) -> Option<Bar> {
        let (needed, deficit) = (needed?, self.model.deficits.get(&element.id)?);
        let most = deficit.weights.iter().map(|weight| weight.value.clone()).max();
        let most = most.unwrap_or_else(Number::one);
        let bar = || Bar::TooLight {
            deficit: element.clone(),
            most: most.clone(),
            needed: needed.clone(),
        };
        (most < *needed).then(bar)
    }

    fn contradiction(&self, element: &Element) -> Option<Bar> {
        let condition = element.condition(self.model)?;
        let logic = Logic::new(self.model);
        let verdict = logic.verdict(&logic.formula(condition, true));
        (verdict == Verdict::Impossible).then(|| Bar::Contradiction(element.clone()))
    }

    fn cause(&self, element: &Element) -> Vec<Way> {
        let names = |causes: &[Ref]| causes.iter().any(|cause| cause.id == element.id);
        let deficits = self.model.deficits.iter().filter(|(_, deficit)| names(&deficit.causes));
        let ways =
            self.through_any(Noun::Deficit, deficits.map(|(id, _)| id), &mut BTreeSet::new());
        self.with_causes(ways, std::slice::from_ref(&element.id))
    }

    /// The same ways, with one of the causes not refuted.
    fn with_causes(&self, ways: Vec<Way>, causes: &[Id]) -> Vec<Way> {
        let refuted = |id: &Id| self.facts.decisions.causes.get(id).filter(|it| !it.includes);
        let open: Vec<Id> = causes.iter().filter(|id| refuted(id).is_none()).cloned().collect();
        let bar = causes.first().filter(|_| open.is_empty()).and_then(|id| {
            Some(Bar::Team(Element::new(Noun::Cause, id), refuted(id)?.reason.clone()))
        });
        let with = |mut way: Way| {
            way.wants.extend((!open.is_empty()).then(|| Want::Cause(open.clone())));
            way.bar = way.bar.or_else(|| bar.clone());
            way
        };
        ways.into_iter().map(with).collect()
    }

    // ------------------------------------------------------------ tasks and requirements

    fn task(&self, element: &Element) -> Vec<Way> {
        let Some(task) = self.model.tasks.get(&element.id) else { return Vec::new() };
        let answered = self.model.deficits.iter().filter(|(id, it)| task.answers(id, it));
        let ways =
            self.through_any(Noun::Deficit, answered.map(|(id, _)| id), &mut BTreeSet::new());
        let causes: Vec<Id> = task.causes.iter().map(|cause| cause.id.clone()).collect();
        self.with_causes(ways, &causes)
    }

    fn requirement(&self, element: &Element) -> Vec<Way> {
        let Some(condition) = element.condition(self.model) else { return vec![open_way()] };
        let wanted = Want::Condition(element.clone());
        let mut way =
            Way { wants: [wanted].into(), bar: self.contradiction(element), ..open_way() };
        let mut listed = None;
        condition.walk(&mut |inner| {
            if let ExprKind::Listed(list) = &inner.kind {
                listed = Some(list.clone());
            }
        });
        let Some(list) = listed.filter(|list| FILLED.iter().any(|name| Id::new(name) == *list))
        else {
            return vec![way];
        };
        // A list fills with a deficit, with any of them.
        let level = own_level(self.facts);
        let own = self.model.deficits.iter().filter(|(_, deficit)| deficit.level == level);
        let ways = own.map(|(id, _)| {
            let deficit = Element::new(Noun::Deficit, id);
            let filled = match list.as_str() == "дефициты" {
                true => Want::Proven(id.clone()),
                false => Want::Priority(id.clone(), self.weight_needed(id)),
            };
            way.through = vec![deficit];
            let mut way = way.clone();
            way.wants.insert(filled);
            way
        });
        ways.collect()
    }

    // ------------------------------------------------------------ activities and what hangs on them

    fn activity(&self, element: &Element, seen: &mut BTreeSet<Id>) -> Vec<Way> {
        let id = &element.id;
        let Some(activity) = self.model.activities.get(id) else { return Vec::new() };
        if !seen.insert(id.clone()) {
            return Vec::new();
        }
        let decision = self.facts.decisions.activities.get(id);
        if let Some(decision) = decision.filter(|decision| !decision.includes) {
            return vec![barred(Bar::Team(element.clone(), decision.reason.clone()))];
        }
        let mut ways = self.through_any(Noun::Task, ids(&activity.tasks), seen);
        ways.extend(self.through_any(Noun::Requirement, ids(&activity.requirements), seen));
        let mut ways = self.with_own(ways, element, activity);
        let needs = |other: &Activity| other.after.iter().any(|before| before.id == *id);
        let others = self.model.activities.iter();
        let needing = others.filter(|(_, it)| it.level == activity.level && needs(it));
        let needing: Vec<Id> = needing.map(|(id, _)| id.clone()).collect();
        ways.extend(self.through_any(Noun::Activity, needing.iter(), seen));
        seen.remove(id);
        ways
    }

    /// The same ways, with what the activity asks for itself.
    fn with_own(&self, ways: Vec<Way>, element: &Element, activity: &Activity) -> Vec<Way> {
        let bar = match activity.external {
            true => Some(Bar::External(element.clone())),
            false => self.contradiction(element),
        };
        let with = |mut way: Way| {
            if activity.condition.is_some() {
                way.wants.insert(Want::Condition(element.clone()));
            }
            way.bar = way.bar.or_else(|| bar.clone());
            way
        };
        let ways = ways.into_iter().map(with).collect();
        let causes: Vec<Id> = activity.causes.iter().map(|cause| cause.id.clone()).collect();
        self.with_causes(ways, &causes)
    }

    fn risk(&self, element: &Element, seen: &mut BTreeSet<Id>) -> Vec<Way> {
        let Some(risk) = self.model.risks.get(&element.id) else { return Vec::new() };
        let mut ways = self.through_any(Noun::Activity, ids(&risk.activities), seen);
        ways.extend(self.through_any(Noun::Deficit, ids(&risk.deficits), seen));
        if risk.activities.is_empty() && risk.deficits.is_empty() {
            ways.push(open_way());
        }
        let bar = self.contradiction(element);
        let with = |mut way: Way| {
            if risk.condition.is_some() {
                way.wants.insert(Want::NotRefuted(element.id.clone()));
            }
            way.bar = way.bar.or_else(|| bar.clone());
            way
        };
        ways.into_iter().map(with).collect()
    }
}

fn ids(named: &[Ref]) -> impl Iterator<Item = &Id> {
    named.iter().map(|reference| &reference.id)
}

fn open_way() -> Way {
    Way { through: Vec::new(), wants: BTreeSet::new(), bar: None }
}

fn barred(bar: Bar) -> Way {
    Way { bar: Some(bar), ..open_way() }
}

/// Whose it is, of what the choice asks for.
fn level_of(model: &Model, element: &Element) -> Option<Level> {
    let id = &element.id;
    match element.noun {
        Noun::Deficit => model.deficits.get(id).map(|it| it.level),
        Noun::Task => model.tasks.get(id).map(|it| it.level),
        Noun::Requirement => model.requirements.get(id).map(|it| it.level),
        Noun::Activity => model.activities.get(id).map(|it| it.level),
        Noun::Resource => model.resources.get(id).map(|it| it.level),
        Noun::Risk => model.risks.get(id).map(|it| it.level),
        _ => None,
    }
}
