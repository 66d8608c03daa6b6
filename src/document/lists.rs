//! The lists of a document: what texts count and repeat, and what conditions ask for.

use super::aims;
use super::groups::{deficit_zone, task_zone};
use super::identified;
use super::results;
use super::things::Thing;
use super::view::View;
use crate::base::{Id, Level};
use crate::data::passport::PassportList;
use crate::eval::Truth;
use crate::model::Stated;

fn stated(all: &[Stated]) -> Vec<Thing<'_>> {
    all.iter().map(Thing::Stated).collect()
}

impl<'a> View<'a> {
    /// A list by its name («ё» written as «е»).
    pub fn list(&self, name: &str) -> Option<Vec<Thing<'a>>> {
        let choice = self.choice;
        Some(match name {
            "дефициты" => self.proven().into_iter().map(Thing::Deficit).collect(),
            "приоритеты" => choice.priorities.iter().map(Thing::Deficit).collect(),
            "отложенные" => {
                choice.postponed.iter().map(|(id, _)| Thing::Deficit(id)).collect()
            }
            "включенные" => {
                self.taken_by_team().into_iter().map(Thing::Deficit).collect()
            }
            "неопределенные" => choice.undecided.iter().map(Thing::Deficit).collect(),
            "неизвестные" => self.diagnosis.unknown.iter().map(Thing::Unknown).collect(),
            "нерассмотренные" => {
                self.diagnosis.untouched.iter().map(Thing::Untouched).collect()
            }
            "причины" => self.causes().into_iter().map(Thing::Cause).collect(),
            "цели" => choice.goals.iter().map(Thing::Goal).collect(),
            "задачи" => choice.tasks.iter().map(Thing::Task).collect(),
            "мероприятия" => {
                let groups = self.roadmap.iter().flat_map(|group| &group.activities);
                groups.copied().map(Thing::Activity).collect()
            }
            "требования" => choice.requirements.iter().map(Thing::Requirement).collect(),
            "ресурсы" => choice.resources.iter().map(Thing::Resource).collect(),
            "риски" => self.risks(Truth::Yes),
            "неопределенные_риски" => self.risks(Truth::Unknown),
            "зоны" => self.zones().into_iter().map(Thing::Zone).collect(),
            "основания" => {
                self.acts_in_force().into_iter().map(|(id, _)| Thing::Act(id)).collect()
            }
            "заявленные_цели" => stated(&self.kind.statement.goals),
            "заявленные_задачи" => stated(&self.kind.statement.tasks),
            "заявленные_результаты" => stated(&self.kind.statement.results),
            "заявленные_показатели" => {
                let named = self.kind.statement.indicators.iter();
                named.map(|named| Thing::Indicator(&named.id)).collect()
            }
            "участники" => {
                self.kind.statement.participants.iter().map(Thing::Participant).collect()
            }
            "этапы" => choice.stages.iter().map(Thing::Stage).collect(),
            "приоритеты_уровней" => {
                aims::all(self).into_iter().map(Thing::Aim).collect()
            }
            "муниципальные_приоритеты" => {
                let all = aims::all(self).into_iter();
                all.filter(|aim| aim.level == Level::Municipality).map(Thing::Aim).collect()
            }
            "известные_результаты" | "прошлые_результаты" | "сравнимые_результаты" => {
                results::listed(self, name)?.into_iter().map(Thing::Indicator).collect()
            }
            name if identified::is_list(name) => identified::list(self, name)?,
            _ => {
                let list = PassportList::named(name)?;
                let rows = self.project.institution.passport.list(list);
                rows.into_iter().map(Thing::Passport).collect()
            }
        })
    }

    fn risks(&self, state: Truth) -> Vec<Thing<'a>> {
        let risks = self.choice.risks.iter().filter(|risk| risk.state == state);
        risks.map(Thing::Risk).collect()
    }

    /// The possible causes of the deficits that the document works on.
    fn causes(&self) -> Vec<&'a Id> {
        let worked_on = self.worked_on();
        let explains = |cause: &Id| {
            let deficits = worked_on.iter().filter_map(|id| self.model.deficits.get(*id));
            deficits.flat_map(|deficit| &deficit.causes).any(|named| named.id == *cause)
        };
        self.diagnosis.causes.iter().map(|found| &found.id).filter(|id| explains(id)).collect()
    }

    /// The zones in which the programme works, in the order of the packs.
    fn zones(&self) -> Vec<&'a Id> {
        let of_tasks = self.choice.tasks.iter().filter_map(|task| task_zone(self, &task.id));
        let priorities = self.choice.priorities.iter();
        let of_priorities = priorities.filter_map(|deficit| deficit_zone(self, deficit));
        let worked_in: Vec<Id> = of_tasks.chain(of_priorities).collect();
        self.model.zones.keys().filter(|zone| worked_in.contains(zone)).collect()
    }
}
