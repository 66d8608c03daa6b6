//! A roadmap as the verbs see it: directions with activities, years, who is responsible.

mod patch;
mod selection;

use std::collections::BTreeSet;

pub use self::patch::Patch;
use self::patch::{apply, apply_whole, ownership};
use super::content::{once, shift_term};
use super::{Act, Adaptable, Addition, Change, Merge, Spot, Verbs, Wording, Words, retitle};
use crate::base::{Id, Span};
use crate::diag::Diagnostic;
use crate::model::codes;
use crate::model::declarations::{Cite, Meta, Ref};
use crate::model::history::Adaptation;
use crate::model::roadmap::*;
use crate::syntax::COMMON;

impl Adaptable for Roadmap {
    type Block = Patch;
    const WORDING: Wording = Wording {
        within: "карте",
        of: "карты",
        parts: "мероприятие или направление",
        part: "мероприятие",
        left: "оставшихся мероприятиях",
        texts: "в названиях, документах и результатах",
        idle_actor: "в оставшихся мероприятиях не отвечает ни за что",
        no_years: "сдвигать нечего: в карте не осталось лет",
        no_years_hint: "уберите строку или оставьте мероприятия, у которых есть годы",
        nothing_below: "дайте новые № и название или строки ниже, с отступом",
        merge_hint: "назовите через запятую всё, из чего складывается мероприятие",
        too_few: "объединяют хотя бы два мероприятия",
    };

    fn meta(&self) -> &Meta {
        &self.meta
    }

    fn adaptation_mut(&mut self) -> &mut Option<Adaptation> {
        &mut self.adaptation
    }

    fn is_broken(&self) -> bool {
        Roadmap::is_broken(self)
    }

    fn is_lost(&self) -> bool {
        self.lost
    }

    fn taken_over(base: &Self, own: &Self) -> Self {
        let mut map = Self { directions: base.directions.clone(), ..own.clone() };
        for direction in &mut map.directions {
            direction.meta.mended.clear();
            for activity in &mut direction.activities {
                activity.meta.mended.clear();
                for year in &mut activity.years {
                    year.mended.clear();
                    year.results.iter_mut().for_each(|result| result.mended.clear());
                }
            }
        }
        map
    }

    fn bring_own(&mut self, own: &Self) {
        self.directions.extend(own.directions.iter().cloned());
    }

    fn names(&self) -> Vec<Id> {
        let directions = self.directions.iter().map(|direction| &direction.id);
        directions.chain(self.activities().map(|activity| &activity.id)).cloned().collect()
    }

    fn members(&self, id: &Id) -> Vec<Id> {
        selection::members(self, id)
    }

    fn remove(&mut self, id: &Id) -> usize {
        selection::remove(self, id)
    }

    fn keep_only(&mut self, named: &BTreeSet<Id>, merged: &BTreeSet<Id>) -> usize {
        selection::keep_only(self, &named.union(merged).collect())
    }

    fn merge(&mut self, merge: &Merge<Patch>) -> Result<(), Diagnostic> {
        selection::merge(self, merge);
        Ok(())
    }

    fn lay_merged(&mut self, merge: &Merge<Patch>) -> Vec<Diagnostic> {
        let found = activity(self, &merge.into.id);
        found.map(|activity| apply_whole(activity, &merge.block)).unwrap_or_default()
    }

    fn shift(&mut self, by: i32) -> usize {
        let mut moved = 0;
        for activity in activities_mut(self) {
            activity.absent.iter_mut().for_each(|what| shift_absence(what, by));
            for year in &mut activity.years {
                shift_year(year, by);
                moved += 1;
            }
        }
        moved
    }

    fn actors(&mut self) -> Vec<&mut Ref> {
        let activities = activities_mut(self);
        let actors = activities.flat_map(|RoadmapActivity { responsible, controller, .. }| {
            responsible.iter_mut().chain(controller.as_mut())
        });
        actors.collect()
    }

    fn name_actors_once(&mut self) {
        activities_mut(self).for_each(|activity| once(&mut activity.responsible));
    }

    /// Titles, documents, results.
    fn texts(&mut self) -> Vec<(Id, Words<'_>)> {
        let mut found = Vec::new();
        for direction in &mut self.directions {
            found.push((direction.id.clone(), Words::Plain(&mut direction.meta.title)));
            for activity in &mut direction.activities {
                let RoadmapActivity { id, meta, documents, years, .. } = activity;
                let titles = documents.iter_mut().filter_map(|used| used.title.as_mut());
                let results = years.iter_mut().flat_map(|year| &mut year.results);
                let results = results.flat_map(|result| {
                    let of_norms = result.norms.iter_mut();
                    let for_whom = of_norms.filter_map(|norm| norm.for_whom.as_mut());
                    std::iter::once(&mut result.text).chain(for_whom)
                });
                let all = std::iter::once(&mut meta.title).chain(titles).chain(results);
                found.extend(all.map(|text| (id.clone(), Words::Plain(text))));
            }
        }
        found
    }

    fn is_empty(block: &Patch) -> bool {
        block.says.is_empty()
    }

    fn change(
        &mut self,
        act: &Act<Change<Patch>>,
        source: Option<Cite>,
    ) -> Option<Vec<Diagnostic>> {
        let Change { what, number, title, block } = &act.what;
        if let Some(activity) = activity(self, &what.id) {
            retitle(&mut activity.meta, number, title.as_ref(), source);
            return Some(apply(activity, block));
        }
        let direction = direction(self, &what.id)?;
        retitle(&mut direction.meta, number, title.as_ref(), source);
        ownership(&mut direction.meta, block);
        Some(foreign_lines(act.span, block).into_iter().collect())
    }

    fn add(&mut self, addition: &Addition<Patch>) -> bool {
        let Spot::Inside(place) = &addition.spot else { return false };
        let found = direction(self, &place.id);
        found.map(|direction| direction.activities.push(addition.block.activity.clone())).is_some()
    }

    /// What has no activities left is no part of the plan, and nothing waits for what is not there.
    fn tidy(&mut self) {
        self.directions.retain(|direction| !direction.activities.is_empty());
        let there: BTreeSet<Id> = self.activities().map(|found| found.id.clone()).collect();
        for activity in activities_mut(self) {
            activity.after.retain(|earlier| there.contains(&earlier.id));
        }
    }

    /// A direction that is left out as a whole is not there to be changed or to take something in.
    fn slips(&self, verbs: &Verbs<Self>) -> Vec<Diagnostic> {
        let added = verbs.additions.iter();
        let added = added.map(|act| (act.what.spot.part(), "добавлять в него нельзя"));
        let changed = verbs.changes.iter().map(|act| (&act.what.what, "менять в нём нечего"));
        let told = added.chain(changed).filter_map(|(direction, so)| {
            let place = dropped(self, &verbs.drops, &direction.id)?;
            let message = format!("направление «{}» исключено: {so}", direction.id);
            let hint = "исключите мероприятия по одному или объявите в карте своё направление";
            let finding = Diagnostic::error(codes::ADAPTATION, direction.span, message);
            Some(finding.with_hint(hint).with_label(place, "исключено здесь"))
        });
        told.collect()
    }
}

fn activities_mut(map: &mut Roadmap) -> impl Iterator<Item = &mut RoadmapActivity> {
    map.directions.iter_mut().flat_map(|direction| &mut direction.activities)
}

fn activity<'m>(map: &'m mut Roadmap, id: &Id) -> Option<&'m mut RoadmapActivity> {
    activities_mut(map).find(|activity| activity.id == *id)
}

fn direction<'m>(map: &'m mut Roadmap, id: &Id) -> Option<&'m mut RoadmapDirection> {
    map.directions.iter_mut().find(|direction| direction.id == *id)
}

/// A direction has a number and a title only.
fn foreign_lines(span: Span, block: &Patch) -> Option<Diagnostic> {
    let common: Vec<&str> = COMMON.iter().map(|spec| spec.keyword).collect();
    let foreign = block.says.iter().any(|word| !common.contains(word));
    foreign.then(|| {
        let message = "у направления меняют только № и название";
        Diagnostic::error(codes::ADAPTATION, span, message)
            .with_hint("строки ответственных, документов и лет пишут у мероприятия")
    })
}

fn dropped(base: &Roadmap, drops: &[Act<Vec<Ref>>], id: &Id) -> Option<Span> {
    base.directions.iter().find(|direction| direction.id == *id)?;
    let mut all = drops.iter().flat_map(|act| &act.what);
    all.find(|what| what.id == *id).map(|what| what.span)
}

/// «срок 2020» speaks of a year as well.
fn shift_absence(what: &mut String, by: i32) {
    if let Some((of, year)) = what.rsplit_once(' ')
        && let Ok(year) = year.parse::<i32>()
    {
        *what = format!("{of} {}", year + by);
    }
}

fn shift_year(plan: &mut YearPlan, by: i32) {
    plan.year += by;
    let of_results = plan.results.iter_mut().filter_map(|result| result.term.as_mut());
    plan.term.iter_mut().chain(of_results).for_each(|term| shift_term(term, by));
}
