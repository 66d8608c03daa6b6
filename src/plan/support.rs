//! What the chosen activities need, in every school year, and what may go wrong with them. An amount
//! that nobody knows is unknown, never nothing; a risk that the data do not decide is kept and named.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::choose::ChosenActivity;
use crate::base::{Id, Number};
use crate::calendar::{Period, Repeat, TermWhen};
use crate::eval::{Evaluator, Judged, Key, Proof, ProofKind, Truth, own_level};
use crate::model::{Activity, Amount, MONEY, Model, Ref, Resource, Risk};
use crate::syntax::tree::ResourceKind;

/// A resource that a chosen activity needs.
#[derive(Clone, Debug)]
pub struct ChosenResource {
    pub id: Id,
    /// The chosen activities that need it.
    pub activities: Vec<Id>,
    /// The school years in which they fall.
    pub years: Vec<i32>,
    pub proof: Proof,
}

/// A risk of the programme, or one of which the data do not tell.
#[derive(Clone, Debug)]
pub struct ChosenRisk {
    pub id: Id,
    /// Yes or unknown.
    pub state: Truth,
    /// The missing figures that keep it open.
    pub needs: BTreeSet<Key>,
    /// The chosen activities that it endangers.
    pub activities: Vec<Id>,
    /// The priorities that it concerns.
    pub deficits: Vec<Id>,
    pub proof: Proof,
}

/// What is needed of one kind and unit; money of all kinds together.
#[derive(Clone, Debug, PartialEq)]
pub struct ResourceTotal {
    pub id: Id,
    /// Absent: money.
    pub kind: Option<ResourceKind>,
    pub unit: Id,
    /// For each school year of the programme.
    pub years: Vec<Sum>,
}

/// What is known of a sum.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sum {
    /// Of the amounts that are known; absent where there are none.
    pub known: Option<Number>,
    /// Resources whose amounts are not.
    pub unknown: Vec<Id>,
}

impl Sum {
    fn add(&mut self, id: &Id, number: Option<&Number>) {
        match (number, &self.known) {
            (Some(number), Some(sum)) => self.known = Some(sum + number),
            (Some(number), None) => self.known = Some(number.clone()),
            (None, _) => {
                if !self.unknown.contains(id) {
                    self.unknown.push(id.clone());
                }
            }
        }
    }
}

impl ResourceTotal {
    /// Of all years.
    pub fn whole(&self) -> Sum {
        let mut whole = Sum::default();
        for year in &self.years {
            if let Some(number) = &year.known {
                whole.add(&self.id, Some(number));
            }
            year.unknown.iter().for_each(|id| whole.add(id, None));
        }
        whole
    }
}

/// What has been chosen so far.
pub(super) struct Support<'a> {
    pub model: &'a Model,
    /// Knows which lists of the document have anything in them.
    pub evaluator: &'a Evaluator<'a>,
    pub priorities: &'a [Id],
    pub activities: &'a [ChosenActivity],
    pub period: &'a Period,
}

impl<'a> Support<'a> {
    // ------------------------------------------------------------ resources

    /// By kind, in the order of the packs.
    pub fn resources(&self) -> Vec<ChosenResource> {
        let level = own_level(self.evaluator.facts);
        let all = self.model.resources.iter().filter(|(_, resource)| {
            resource.level == level && self.evaluator.facts.concerns(&resource.meta)
        });
        let mut chosen: Vec<(Option<ResourceKind>, ChosenResource)> = all
            .filter_map(|(id, resource)| Some((resource.kind, self.resource(id, resource)?)))
            .collect();
        chosen.sort_by_key(|(kind, _)| *kind);
        chosen.into_iter().map(|(_, resource)| resource).collect()
    }

    fn resource(&self, id: &Id, resource: &Resource) -> Option<ChosenResource> {
        let served = self.served(&resource.activities);
        if served.is_empty() {
            return None;
        }
        let years: BTreeSet<i32> = served.iter().flat_map(|chosen| self.years(chosen)).collect();
        let mut reasons = self.evaluator.owner(&resource.meta);
        reasons.extend(served.iter().map(|chosen| chosen.proof.clone()));
        let text = format!("Ресурс «{}» нужен выбранным мероприятиям", resource.meta.title);
        Some(ChosenResource {
            id: id.clone(),
            activities: served.iter().map(|chosen| chosen.id.clone()).collect(),
            years: years.into_iter().collect(),
            proof: Proof::new(ProofKind::Rule, text).about(id).with(reasons),
        })
    }

    fn served(&self, named: &[Ref]) -> Vec<&'a ChosenActivity> {
        let is_named = |id: &Id| named.iter().any(|reference| reference.id == *id);
        self.activities.iter().filter(|chosen| is_named(&chosen.id)).collect()
    }

    /// The school years in which an activity falls; a term without dates lasts through all of them.
    fn years(&self, chosen: &ChosenActivity) -> Vec<i32> {
        let declared = self.model.activities.get(&chosen.id);
        if chosen.occurrences.is_empty() {
            return declared.map(|declared| self.undated(declared)).unwrap_or_default();
        }
        chosen.occurrences.iter().map(|time| time.school_year).collect()
    }

    fn undated(&self, activity: &Activity) -> Vec<i32> {
        let years = self.period.school_years();
        let Some(term) = &activity.term else { return years };
        match (&term.when, &term.repeat) {
            (TermWhen::Windows(_) | TermWhen::Every(_) | TermWhen::AtLeast(_), _) => Vec::new(),
            (_, Repeat::In(which)) => {
                which.iter().filter_map(|which| which.school_year(&years)).collect()
            }
            _ => years,
        }
    }

    /// What is needed in every school year, kind by kind, money last.
    pub fn totals(&self, resources: &[ChosenResource]) -> Vec<ResourceTotal> {
        let years = self.period.school_years();
        let mut totals: BTreeMap<(bool, Option<ResourceKind>, Id), Vec<Sum>> = BTreeMap::new();
        for chosen in resources {
            let Some(resource) = self.model.resources.get(&chosen.id) else { continue };
            let Some(amount) = &resource.amount else { continue };
            let is_money = amount.unit == Id::new(MONEY);
            let kind = resource.kind.filter(|_| !is_money);
            let sums = totals
                .entry((is_money, kind, amount.unit.clone()))
                .or_insert_with(|| vec![Sum::default(); years.len()]);
            for (sum, year) in sums.iter_mut().zip(&years) {
                if falls_in(amount, chosen, *year) {
                    sum.add(&chosen.id, amount.number.as_ref());
                }
            }
        }
        let total = |((_, kind, unit), years): ((bool, Option<ResourceKind>, Id), Vec<Sum>)| {
            let kind_word = kind.map_or("деньги", ResourceKind::russian);
            ResourceTotal { id: Id::new(&format!("{kind_word}_{unit}")), kind, unit, years }
        };
        totals.into_iter().map(total).collect()
    }

    // ------------------------------------------------------------ risks

    /// The proven ones, then those of which the data do not tell, each by likelihood and impact.
    pub fn risks(&self) -> Vec<ChosenRisk> {
        let level = own_level(self.evaluator.facts);
        let all =
            self.model.risks.iter().filter(|(_, risk)| {
                risk.level == level && self.evaluator.facts.concerns(&risk.meta)
            });
        let mut chosen: Vec<(Truth, u8, ChosenRisk)> = all
            .filter_map(|(id, risk)| {
                let found = self.risk(id, risk)?;
                Some((found.state, danger(risk), found))
            })
            .collect();
        chosen.sort_by_key(|(state, danger, _)| (*state == Truth::Unknown, Reverse(*danger)));
        chosen.into_iter().map(|(_, _, risk)| risk).collect()
    }

    fn risk(&self, id: &Id, risk: &Risk) -> Option<ChosenRisk> {
        let endangered = self.served(&risk.activities);
        let is_taken_up = |id: &&Id| self.priorities.contains(id);
        let deficits: Vec<&Id> = risk.deficits.iter().map(|r| &r.id).filter(is_taken_up).collect();
        let concerns_all = risk.activities.is_empty() && risk.deficits.is_empty();
        if !concerns_all && endangered.is_empty() && deficits.is_empty() {
            return None;
        }
        let judged = risk
            .condition
            .as_ref()
            .map(|condition| self.evaluator.judge(condition, &self.evaluator.own()));
        let state = judged.as_ref().map_or(Truth::Yes, |judged| judged.truth);
        if !matches!(state, Truth::Yes | Truth::Unknown) {
            return None;
        }
        let proof = self.risk_proof(id, risk, state, judged.as_ref(), &endangered);
        Some(ChosenRisk {
            id: id.clone(),
            state,
            needs: judged.map(|judged| judged.needs).unwrap_or_default(),
            activities: endangered.iter().map(|chosen| chosen.id.clone()).collect(),
            deficits: deficits.into_iter().cloned().collect(),
            proof,
        })
    }

    fn risk_proof(
        &self,
        id: &Id,
        risk: &Risk,
        state: Truth,
        judged: Option<&Judged>,
        endangered: &[&ChosenActivity],
    ) -> Proof {
        let verdict = match state {
            Truth::Unknown => "не оценён: нет данных, чтобы судить",
            _ => "учтён",
        };
        let mut reasons = judged.map(|judged| judged.proofs.clone()).unwrap_or_default();
        reasons.extend(self.evaluator.owner(&risk.meta));
        reasons.extend(endangered.iter().map(|chosen| chosen.proof.clone()));
        let text = format!("Риск «{}» {verdict}", risk.meta.title);
        Proof::new(ProofKind::Rule, text).about(id).with(reasons)
    }
}

/// Once means in the first school year in which it is needed.
fn falls_in(amount: &Amount, chosen: &ChosenResource, year: i32) -> bool {
    match amount.yearly {
        true => chosen.years.contains(&year),
        false => chosen.years.first() == Some(&year),
    }
}

fn danger(risk: &Risk) -> u8 {
    let weight = |grade: Option<crate::syntax::tree::Grade>| grade.map_or(1, |g| g.weight());
    weight(risk.likelihood) * weight(risk.impact)
}
