//! A ready plan in a document: its structure for machines, and the table that people read.

mod table;
mod terms;

use std::collections::BTreeSet;

use super::because::{self, of_mend, of_words};
use super::naming::Naming;
use super::types::{
    Abbreviation, Activity, Because, BodyRef, Direction, Entry, Mended, Period, Programme,
};
use crate::base::{Id, Number};
use crate::eval::{print_genitive, print_number};
use crate::model::{
    Adaptation, AdaptationStep, Mend, Model, Norm, PlannedResult, Quantity, Roadmap,
    RoadmapActivity, RoadmapDirection, Unit, YearPlan,
};
use crate::russian::NBSP;
use crate::syntax::tree::Better;

pub(super) use table::{before, table};

/// A plan with the names that it is printed with.
#[derive(Clone, Copy)]
pub(super) struct Plan<'a> {
    pub naming: Naming<'a>,
    pub roadmap: &'a Roadmap,
}

impl<'a> Plan<'a> {
    /// The plan of that name.
    pub fn of(naming: Naming<'a>, id: &Id) -> Option<Self> {
        let roadmap = naming.model.roadmaps.get(id)?;
        Some(Self { naming, roadmap })
    }

    /// Directions with their activities, an entry for each result of each year.
    pub fn directions(&self) -> Vec<Direction> {
        let each = self.roadmap.directions.iter();
        each.map(|direction| Direction {
            number: direction.meta.number.clone().unwrap_or_default(),
            title: direction.meta.title.clone(),
            activities: direction.activities.iter().map(|it| self.activity(it)).collect(),
            mended: mended(&direction.meta.mended),
        })
        .collect()
    }

    /// The bodies that are responsible or control.
    pub fn bodies(&self) -> Vec<BodyRef> {
        let activities = self.roadmap.activities();
        let named: BTreeSet<&Id> = activities
            .flat_map(|activity| activity.responsible.iter().chain(&activity.controller))
            .map(|actor| &actor.id)
            .collect();
        self.naming.bodies(|id| named.contains(id))
    }

    /// As the plan itself explains them.
    pub fn abbreviations(&self) -> Vec<Abbreviation> {
        let each = self.roadmap.abbreviations.iter();
        each.map(|(short, full)| Abbreviation { short: short.clone(), full: full.clone() })
            .collect()
    }

    fn activity(&self, activity: &RoadmapActivity) -> Activity {
        let ids = |all: &[crate::model::Ref]| all.iter().map(|r| r.id.to_string()).collect();
        let controller = activity.controller.as_ref();
        Activity {
            id: activity.id.to_string(),
            number: activity.meta.number.clone().unwrap_or_default(),
            title: activity.meta.title.clone(),
            responsible: self.naming.responsible(&activity.responsible),
            controller: controller.map(|actor| self.naming.actor(&actor.id)).unwrap_or_default(),
            after: ids(&activity.after),
            entries: activity.years.iter().flat_map(|year| self.entries(year)).collect(),
            documents: self.naming.papers(&activity.documents),
            indicators: ids(&activity.moves),
            absent: activity.absent.clone(),
            mended: mended(&activity.meta.mended),
            because: self.reasons(activity),
            ..Activity::default()
        }
    }

    fn entries(&self, plan: &YearPlan) -> Vec<Entry> {
        if plan.results.is_empty() && plan.term.is_some() {
            return vec![self.entry_without_result(plan)];
        }
        plan.results.iter().map(|result| self.entry(plan, result)).collect()
    }

    fn entry(&self, plan: &YearPlan, result: &PlannedResult) -> Entry {
        let year = plan.year;
        let told = terms::told(result.term.as_ref(), year, self.naming.model);
        let day =
            |pick: fn((crate::calendar::Date, crate::calendar::Date)) -> crate::calendar::Date| {
                told.window.map(|window| pick(window).to_string()).unwrap_or_default()
            };
        Entry {
            year: year.to_string(),
            number: result.number.clone().unwrap_or_default(),
            result: result.text.clone(),
            target: self.targets(result).join("; "),
            from: day(|window| window.0),
            to: day(|window| window.1),
            term_kind: told.kind.to_owned(),
            terms: told.terms,
            mended: mended(mends_of(plan, result)),
            ..Entry::default()
        }
    }

    /// A year of which the plan says when, and not what.
    fn entry_without_result(&self, plan: &YearPlan) -> Entry {
        let nothing = PlannedResult {
            number: None,
            text: String::new(),
            term: plan.term.clone(),
            target: None,
            norms: Vec::new(),
            mended: Vec::new(),
            span: plan.span,
        };
        self.entry(plan, &nothing)
    }

    /// What is to be reached: «100 %», «не менее 5 событий за учебный год».
    fn targets(&self, result: &PlannedResult) -> Vec<String> {
        let reached = result.target.as_ref().map(|(of, it)| self.reached(&of.id, it));
        reached.into_iter().chain(result.norms.iter().map(|norm| self.norm(norm))).collect()
    }

    /// «не менее 85 %» of what should grow: the target is a bound, unless it is all there is.
    fn reached(&self, indicator: &Id, value: &Quantity) -> String {
        let model = self.naming.model;
        let whole = value.unit == Unit::Percent && value.number == Number::from(100);
        let better = model.indicators.get(indicator).and_then(|indicator| indicator.better);
        let genitive = || print_genitive(&value.number, &value.unit, model);
        match better {
            Some(Better::More) if !whole => format!("не{NBSP}менее {}", genitive()),
            Some(Better::Less) => format!("не{NBSP}более {}", genitive()),
            _ => print_number(&value.number, &value.unit, model),
        }
    }

    fn norm(&self, norm: &Norm) -> String {
        let least = print_genitive(&norm.at_least.number, &norm.at_least.unit, self.naming.model);
        let mut words = format!("не{NBSP}менее {least}");
        if let Some(per) = &norm.per {
            words.push_str(&format!(" за{NBSP}{per}"));
        }
        if let Some(whom) = &norm.for_whom {
            words.push_str(&format!(" для {whom}"));
        }
        words
    }

    // -------------------------------------------------------- reasons

    /// Whose words an activity is, what was mended of it, what an adaptation made of it.
    fn reasons(&self, activity: &RoadmapActivity) -> Vec<Because> {
        let mut all = of_words(self.naming.model, &activity.meta);
        for year in &activity.years {
            let of_results = year.results.iter().flat_map(|result| &result.mended);
            let told = |mend: &Mend| of_mend(mend, &format!(" в графе {} года", year.year));
            all.extend(year.mended.iter().chain(of_results).map(told));
        }
        if self.roadmap.adaptation.is_some() {
            all.extend(of_words(self.naming.model, &self.roadmap.meta));
        }
        all.extend(self.steps(&activity.id).map(|step| self.of_step(step)));
        because::once(all)
    }

    fn steps(&self, id: &'a Id) -> impl Iterator<Item = &'a AdaptationStep> {
        let changes = self.roadmap.adaptation.iter().flat_map(Adaptation::changes);
        changes.filter(move |step| step.verb.is_about(id))
    }

    fn of_step(&self, step: &AdaptationStep) -> Because {
        let base = self.roadmap.adaptation.as_ref();
        let base = base.and_then(|made| self.naming.model.roadmaps.get(&made.base.id));
        let of_base = base.map_or("", |base| base.meta.title.as_str());
        let named = step.verb.named().iter();
        let met: Vec<String> = named.filter_map(|it| quoted_title(base?, &it.id)).collect();
        because::of_step(step, &format!("карты «{of_base}»"), &met)
    }

    fn reasons_of_direction(&self, direction: &RoadmapDirection) -> Vec<Because> {
        because::once(of_words(self.naming.model, &direction.meta))
    }

    /// Whose words the plan as a whole is.
    fn reasons_of_plan(&self) -> Vec<Because> {
        because::once(of_words(self.naming.model, &self.roadmap.meta))
    }
}

/// What was mended of a result; of the year's own term as well where the result has that term.
fn mends_of<'a>(plan: &'a YearPlan, result: &'a PlannedResult) -> Vec<&'a Mend> {
    let has_terms_of_year = plan.term.is_some() && result.term == plan.term;
    let of_year = plan.mended.iter().filter(|_| has_terms_of_year);
    result.mended.iter().chain(of_year).collect()
}

/// The mends of an element, for machines.
pub(super) fn mended<'a>(mends: impl IntoIterator<Item = &'a Mend>) -> Vec<Mended> {
    let each = mends.into_iter();
    each.map(|mend| Mended {
        field: mend.field.to_owned(),
        printed: mend.printed.clone(),
        corrected: mend.corrected.clone().unwrap_or_default(),
        reason: mend.because.clone(),
    })
    .collect()
}

/// A plan as a machine reads it, without the document that carries it.
pub fn plan(model: &Model, id: &Id) -> Option<Programme> {
    let plan = Plan::of(Naming::of_packs(model), id)?;
    let roadmap = plan.roadmap;
    let (first, last) = roadmap.years;
    Some(Programme {
        schema: "pko/programme/1".to_owned(),
        id: id.to_string(),
        kind: "дорожная карта".to_owned(),
        level: roadmap.level.nominative().to_owned(),
        title: roadmap.meta.title.clone(),
        period: Some(Period { from: format!("{first}-01-01"), to: format!("{last}-12-31") }),
        abbreviations: plan.abbreviations(),
        bodies: plan.bodies(),
        directions: plan.directions(),
        mended: mended(&roadmap.meta.mended),
        ..Programme::default()
    })
}

/// An activity of a plan by its number and title.
fn quoted_title(plan: &Roadmap, id: &Id) -> Option<String> {
    let meta = &plan.activities().find(|activity| activity.id == *id)?.meta;
    Some(match &meta.number {
        Some(number) => format!("{number}. «{}»", meta.title),
        None => format!("«{}»", meta.title),
    })
}
