//! What rows, lists and repetitions go over.

use super::aims::Aim;
use super::view::View;
use crate::base::Id;
use crate::data::identification::{IdentifiedSchool, IdentifiedYear};
use crate::data::passport::PassportRow;
use crate::eval::{UnknownIndicator, Untouched};
use crate::model::{DocumentUse, Meta, Participant, PlannedStage, Stated};
use crate::plan::{
    ChosenActivity, ChosenResource, ChosenRisk, ChosenTask, PlannedTarget, ResourceTotal,
};
use crate::russian;

/// One thing that a document speaks of.
#[derive(Clone, Copy, Debug)]
pub(super) enum Thing<'a> {
    Indicator(&'a Id),
    Target(&'a PlannedTarget),
    /// A target told as a result.
    Result(&'a PlannedTarget),
    Deficit(&'a Id),
    Unknown(&'a UnknownIndicator),
    /// A mechanism that the institution has not begun to look at.
    Untouched(&'a Untouched),
    Cause(&'a Id),
    Goal(&'a Id),
    Task(&'a ChosenTask),
    Requirement(&'a Id),
    Zone(&'a Id),
    Activity(&'a ChosenActivity),
    Resource(&'a ChosenResource),
    /// What is needed of one kind, year by year.
    Total(&'a ResourceTotal),
    Risk(&'a ChosenRisk),
    Act(&'a Id),
    /// What a level of government wants of schools.
    Aim(Aim<'a>),
    Stage(&'a PlannedStage),
    /// A goal, a task or a result that the document states itself.
    Stated(&'a Stated),
    Participant(&'a Participant),
    /// A role or a body.
    Actor(&'a Id),
    /// A document of an activity.
    Paper(&'a ChosenActivity, &'a DocumentUse),
    /// A row of the passport of the school.
    Passport(&'a PassportRow),
    /// The school in a year of an identification.
    SchoolYear(&'a IdentifiedYear),
    /// A school among those that were identified.
    Identified(&'a IdentifiedSchool),
}

impl<'a> Thing<'a> {
    pub fn id(self) -> &'a Id {
        match self {
            Self::Indicator(id)
            | Self::Deficit(id)
            | Self::Cause(id)
            | Self::Goal(id)
            | Self::Requirement(id)
            | Self::Zone(id)
            | Self::Act(id)
            | Self::Actor(id) => id,
            Self::Aim(aim) => aim.id,
            Self::Stage(stage) => &stage.id,
            Self::Stated(stated) => &stated.id,
            Self::Participant(participant) => &participant.id,
            Self::Target(target) | Self::Result(target) => &target.indicator,
            Self::Unknown(unknown) => &unknown.indicator,
            Self::Untouched(untouched) => &untouched.mechanism,
            Self::Task(task) => &task.id,
            Self::Resource(resource) => &resource.id,
            Self::Total(total) => &total.id,
            Self::Risk(risk) => &risk.id,
            Self::Passport(row) => &row.id,
            Self::SchoolYear(year) => &year.id,
            Self::Identified(school) => &school.id,
            Self::Activity(activity) | Self::Paper(activity, _) => &activity.id,
        }
    }
}

impl<'a> View<'a> {
    /// What a thing is called.
    pub fn title(&self, thing: Thing<'_>) -> String {
        match thing {
            Thing::Indicator(id) => self.indicator_title(id),
            Thing::Target(target) => self.indicator_title(&target.indicator),
            Thing::Result(target) => super::fields::of_result(self, target),
            Thing::Unknown(unknown) => self.indicator_title(&unknown.indicator),
            Thing::Total(total) => super::fields::total_title(self, total),
            Thing::Aim(aim) => aim.text.to_owned(),
            Thing::Stage(stage) => {
                self.stage(stage).map_or_else(String::new, |it| it.meta.title.clone())
            }
            Thing::Stated(stated) => stated.meta.title.clone(),
            Thing::Participant(participant) => self.bodies_of(participant),
            Thing::Actor(id) => self.actor_title(id),
            Thing::Passport(row) => row.title.clone(),
            Thing::SchoolYear(year) => year.in_words(),
            Thing::Identified(school) if school.name.is_empty() => school.school_id.clone(),
            Thing::Identified(school) => school.name.clone(),
            Thing::Paper(activity, paper) => self.paper_or(activity, paper),
            Thing::Deficit(_)
            | Thing::Untouched(_)
            | Thing::Cause(_)
            | Thing::Goal(_)
            | Thing::Task(_)
            | Thing::Requirement(_)
            | Thing::Zone(_)
            | Thing::Activity(_)
            | Thing::Resource(_)
            | Thing::Risk(_)
            | Thing::Act(_) => {
                let id = thing.id();
                self.meta(thing).map_or_else(|| id.to_string(), |meta| meta.title.clone())
            }
        }
    }

    /// Whose words a thing is.
    pub fn meta<'t>(&self, thing: Thing<'t>) -> Option<&'t Meta>
    where
        'a: 't,
    {
        let model = self.model;
        let id = thing.id();
        match thing {
            Thing::Indicator(_) | Thing::Target(_) | Thing::Result(_) | Thing::Unknown(_) => {
                model.indicators.get(id).map(|x| &x.meta)
            }
            Thing::Deficit(_) => model.deficits.get(id).map(|x| &x.meta),
            Thing::Untouched(_) => model.mechanisms.get(id).map(|x| &x.meta),
            Thing::Cause(_) => model.causes.get(id).map(|x| &x.meta),
            Thing::Goal(_) => model.goals.get(id).map(|x| &x.meta),
            Thing::Task(_) => model.tasks.get(id).map(|x| &x.meta),
            Thing::Requirement(_) => model.requirements.get(id).map(|x| &x.meta),
            Thing::Zone(_) => model.zones.get(id).map(|x| &x.meta),
            Thing::Activity(_) | Thing::Paper(..) => model.activities.get(id).map(|x| &x.meta),
            Thing::Resource(_) => model.resources.get(id).map(|x| &x.meta),
            Thing::Risk(_) => model.risks.get(id).map(|x| &x.meta),
            Thing::Total(_) | Thing::Passport(_) | Thing::SchoolYear(_) | Thing::Identified(_) => {
                None
            }
            Thing::Stage(stage) => self.stage(stage).map(|it| &it.meta),
            Thing::Stated(stated) => Some(&stated.meta),
            Thing::Participant(participant) => Some(&participant.meta),
            Thing::Aim(aim) => {
                let act = aim.act.and_then(|(act, _)| model.acts.get(act));
                act.map(|act| &act.meta)
            }
            Thing::Act(_) => model.acts.get(id).map(|x| &x.meta),
            Thing::Actor(_) => {
                let role = model.roles.get(id).map(|x| &x.meta);
                role.or_else(|| model.bodies.get(id).map(|x| &x.meta))
            }
        }
    }

    /// Who takes part, several that act jointly one after another.
    pub fn bodies_of(&self, participant: &Participant) -> String {
        let bodies = participant.bodies.iter();
        bodies.map(|body| self.actor_title(&body.id)).collect::<Vec<_>>().join(", ")
    }

    /// The documents of an activity, each with those that may stand in its place.
    pub fn papers(&self, activity: &ChosenActivity) -> Vec<(&'a DocumentUse, String)> {
        let declared = self.model.activities.get(&activity.id);
        let uses = declared.map_or(&[] as &[_], |declared| declared.documents.as_slice());
        let mut told: Vec<(&DocumentUse, String)> = Vec::new();
        for paper in uses {
            let title = self.paper(paper);
            match told.last_mut().filter(|_| paper.alternative) {
                Some((_, before)) => {
                    *before = format!("{before} или {}", russian::uncapitalise(&title));
                }
                None => told.push((paper, title)),
            }
        }
        told
    }

    fn paper_or(&self, activity: &ChosenActivity, paper: &DocumentUse) -> String {
        let mut told = self.papers(activity).into_iter();
        let found = told.find(|(first, _)| std::ptr::eq(*first, paper));
        found.map_or_else(|| self.paper(paper), |(_, title)| title)
    }

    /// A document by its own title; the kind is named before it where the title does not say it.
    pub fn paper(&self, paper: &DocumentUse) -> String {
        let kind = self.model.documents.get(&paper.kind.id);
        let kind = kind.map_or(paper.kind.id.as_str(), |kind| kind.meta.title.as_str());
        match &paper.title {
            None => kind.to_owned(),
            Some(title) if says_kind(title, kind) => russian::capitalise(title),
            Some(title) => format!("{kind} «{title}»"),
        }
    }
}

/// Whether a title begins with the word of its kind or holds it: «Аналитическая справка» of the
/// kind «Справка».
fn says_kind(title: &str, kind: &str) -> bool {
    let (title, kind) = (title.to_lowercase(), kind.to_lowercase());
    let head = kind.split_whitespace().next_back().unwrap_or(&kind);
    title.starts_with(&kind) || title.split_whitespace().take(3).any(|word| word == head)
}
