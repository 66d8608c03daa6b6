//! What the composition looks at, with look-ups by id.

use std::collections::BTreeMap;

use super::Composition;
use super::cohort::Cohort;
use super::groups::{self, Group};
use super::merged;
use super::naming::Naming;
use super::numbering;
use super::things::Thing;
use super::units::unit_sign;
use crate::base::{Id, Level};
use crate::data::{Direction, Project};
use crate::eval::{
    CauseFinding, DeficitFinding, Diagnosis, Evaluator, Fact, FactValue, Facts, IndicatorReading,
    Key, Object, SMALL_GROUP, Truth, Value, own_level, print,
};
use crate::model::{
    Indicator, LISTS, Model, Observe, PlannedStage, ProgrammeKind, StageSpec, When,
};
use crate::plan::{Choice, ChosenActivity, PlannedTarget};
use crate::text::MISSING;

/// The input with indexes over it.
pub(super) struct View<'a> {
    pub model: &'a Model,
    pub project: &'a Project,
    pub facts: &'a Facts,
    /// Knows which lists of the document have anything in them.
    pub evaluator: Evaluator<'a>,
    pub diagnosis: &'a Diagnosis,
    pub choice: &'a Choice,
    pub targets: &'a [PlannedTarget],
    pub kind: &'a ProgrammeKind,
    /// The identification that the document tells of.
    pub cohort: Option<Cohort<'a>>,
    /// The year of which the document speaks: the latest with a known figure among those that the
    /// deficits look at, else among all, else the latest that is closed, of the same two.
    pub year: Option<i32>,
    /// The title of the document, once it is known.
    pub title: String,
    /// The numbers of the sections that are shown.
    pub section_numbers: BTreeMap<Id, String>,
    /// What is done in each stage, in the order of the kind, once it is put into words.
    pub stage_contents: Vec<String>,
    /// The chosen activities as the roadmap groups them.
    pub roadmap: Vec<Group<'a>>,
    readings: BTreeMap<&'a Id, &'a IndicatorReading>,
    findings: BTreeMap<&'a Id, &'a DeficitFinding>,
    causes: BTreeMap<&'a Id, &'a CauseFinding>,
    activities: BTreeMap<&'a Id, &'a ChosenActivity>,
    numbers: BTreeMap<&'a Id, usize>,
}

impl<'a> View<'a> {
    pub fn new(input: Composition<'a>) -> Self {
        let Composition {
            model,
            project,
            facts,
            evaluator,
            diagnosis,
            choice,
            targets,
            kind,
            identification,
        } = input;
        let mut view = Self {
            model,
            project,
            facts,
            evaluator: evaluator.with_lists(BTreeMap::new()),
            diagnosis,
            choice,
            targets,
            kind,
            cohort: identification.map(|told| Cohort::new(model, told)),
            year: None,
            title: String::new(),
            section_numbers: BTreeMap::new(),
            stage_contents: Vec::new(),
            roadmap: Vec::new(),
            readings: diagnosis.indicators.iter().map(|r| (&r.id, r)).collect(),
            findings: diagnosis.deficits.iter().map(|f| (&f.id, f)).collect(),
            causes: diagnosis.causes.iter().map(|c| (&c.id, c)).collect(),
            activities: choice.activities.iter().map(|a| (&a.id, a)).collect(),
            numbers: BTreeMap::new(),
        };
        view.year = view.find_year();
        view.roadmap = groups::by_direction(&view);
        view.numbers = view.numbered();
        let filled = |name: &&str| view.list(name).is_some_and(|things| !things.is_empty());
        let lists = LISTS.iter().map(|name| (Id::new(name), filled(&Id::new(name).as_str())));
        let of_cohort = view.cohort.map(|cohort| cohort.filled_lists()).unwrap_or_default();
        view.evaluator = evaluator.with_lists(lists.chain(of_cohort).collect());
        view.section_numbers = numbering::numbers(&view);
        view
    }

    /// The numbers of the activities in the order of the roadmap; those that stand in one row share
    /// theirs.
    fn numbered(&self) -> BTreeMap<&'a Id, usize> {
        let things = |group: &Group<'a>| group.activities.clone().into_iter().map(Thing::Activity);
        let rows = self.roadmap.iter().flat_map(|group| merged::numbered(self, things(group)));
        let each = rows.enumerate().flat_map(|(at, row)| {
            row.all().map(move |thing| (thing.id(), at + 1)).collect::<Vec<_>>()
        });
        each.collect()
    }

    pub fn indicator(&self, id: &Id) -> Option<&'a Indicator> {
        self.model.indicators.get(id)
    }

    pub fn reading(&self, id: &Id) -> Option<&'a IndicatorReading> {
        self.readings.get(id).copied()
    }

    pub fn finding(&self, id: &Id) -> Option<&'a DeficitFinding> {
        self.findings.get(id).copied()
    }

    pub fn cause(&self, id: &Id) -> Option<&'a CauseFinding> {
        self.causes.get(id).copied()
    }

    pub fn activity(&self, id: &Id) -> Option<&'a ChosenActivity> {
        self.activities.get(id).copied()
    }

    /// The number of an activity, the same in every table of the document.
    pub fn number(&self, activity: &Id) -> Option<usize> {
        self.numbers.get(activity).copied()
    }

    /// The deficits that the data prove: those taken up, those put off, then any others.
    pub fn proven(&self) -> Vec<&'a Id> {
        let is_proven = |id: &&Id| self.finding(id).is_none_or(|it| it.state == Truth::Yes);
        self.worked_on().into_iter().filter(is_proven).collect()
    }

    /// The deficits that the team took up itself, whatever the data say.
    pub fn taken_by_team(&self) -> Vec<&'a Id> {
        let is_forced = |id: &&Id| self.finding(id).is_some_and(|it| it.forced().is_some());
        self.choice.priorities.iter().filter(is_forced).collect()
    }

    /// The proven deficits and those that the team took up itself.
    pub fn worked_on(&self) -> Vec<&'a Id> {
        let chosen = self.choice.priorities.iter();
        let mut all: Vec<&Id> =
            chosen.chain(self.choice.postponed.iter().map(|(id, _)| id)).collect();
        let found = self.diagnosis.deficits.iter().filter(|f| f.state == Truth::Yes);
        for finding in found {
            if !all.contains(&&finding.id) {
                all.push(&finding.id);
            }
        }
        all
    }

    fn find_year(&self) -> Option<i32> {
        let looked_at = self.diagnosis.deficits.iter().flat_map(|finding| &finding.indicators);
        let of_deficits: Vec<&IndicatorReading> =
            looked_at.filter_map(|id| self.reading(id)).collect();
        let known = |readings: &[&'a IndicatorReading]| {
            readings.iter().filter_map(|reading| self.latest_known(reading)).max()
        };
        let all: Vec<&IndicatorReading> = self.diagnosis.indicators.iter().collect();
        // An indicator of September is a school year ahead of the results.
        let latest =
            |readings: &[&'a IndicatorReading]| readings.iter().map(|reading| reading.year).max();
        known(&of_deficits)
            .or_else(|| known(&all))
            .or_else(|| latest(&of_deficits))
            .or_else(|| latest(&all))
    }

    fn latest_known(&self, reading: &IndicatorReading) -> Option<i32> {
        let is_known = |year: &i32| self.tells(&reading.id, None, *year);
        reading.series.iter().rev().map(|point| point.year).find(is_known)
    }

    /// The year that a row of an indicator shows as the present one: its own current year; the
    /// document's where the indicator's own is later and not there yet.
    pub fn present(&self, indicator: &Id) -> i32 {
        let own = self.year_of(indicator, When::Current);
        let Some(year) = self.year.filter(|year| *year < own) else { return own };
        let known = self.reading(indicator).and_then(|reading| self.latest_known(reading));
        if known == Some(own) { own } else { year }
    }

    /// The school years of the programme, each by the year in which it ends.
    pub fn school_years(&self) -> Vec<i32> {
        self.choice.period.school_years()
    }

    // ------------------------------------------------------------ figures

    pub fn own_level(&self) -> Level {
        own_level(self.facts)
    }

    pub fn object(&self, level: Option<Level>) -> Object {
        match level {
            Some(level) if level != self.own_level() => Object::Above(level),
            _ => self.facts.own.clone(),
        }
    }

    /// The calendar year that is meant, counted from the indicator's own current one.
    pub fn year_of(&self, indicator: &Id, when: When) -> i32 {
        let current = || match self.reading(indicator) {
            Some(reading) => reading.year,
            None => self.evaluator.current_year(indicator),
        };
        match when {
            When::Current => current(),
            When::YearsAgo(back) => current() - i32::try_from(back).unwrap_or(0),
            When::Year(year) => year,
        }
    }

    /// The value of an indicator somewhere and some time: as the diagnosis read it, else as the
    /// evaluator does.
    pub fn figure(&self, indicator: &Id, level: Option<Level>, when: When) -> Value {
        let year = self.year_of(indicator, when);
        let read = self.reading(indicator).and_then(|reading| match self.object(level) {
            own if own == self.facts.own && reading.year == year => Some(reading.value.clone()),
            own if own == self.facts.own => {
                reading.series.iter().find(|p| p.year == year).map(|p| p.value.clone())
            }
            Object::Above(above) if reading.year == year => {
                let mut compared = reading.comparisons.iter();
                compared.find(|(level, ..)| *level == above).map(|(_, value, _)| value.clone())
            }
            Object::Above(_) | Object::School(_) => None,
        });
        read.unwrap_or_else(|| self.observe(indicator, level, When::Year(year), None))
    }

    /// The value under a cell of a breakdown.
    pub fn observe(
        &self,
        indicator: &Id,
        level: Option<Level>,
        when: When,
        cell: Option<Id>,
    ) -> Value {
        let Some(declared) = self.indicator(indicator) else { return Value::Unknown };
        let observe = Observe {
            indicator: indicator.clone(),
            level: level.filter(|level| *level != self.own_level()),
            when,
            cell,
            mean_over: None,
            span: declared.meta.span,
        };
        self.evaluator.observe(&observe, &self.evaluator.own())
    }

    /// A figure for people; a movement without a figure says so, the unknown is named.
    pub fn printed(&self, indicator: &Id, level: Option<Level>, when: When) -> String {
        let value = self.figure(indicator, level, when);
        let year = self.year_of(indicator, when);
        self.known(indicator, &value)
            .or_else(|| self.moved(indicator, level, year).map(str::to_owned))
            .unwrap_or_else(|| MISSING.to_owned())
    }

    /// A value in words, as far as anything is known of it.
    pub fn known(&self, indicator: &Id, value: &Value) -> Option<String> {
        print(value, self.indicator(indicator)?, self.model)
    }

    /// A value in words where it is one: what does not apply is no value.
    pub fn applied(&self, indicator: &Id, value: &Value) -> Option<String> {
        self.known(indicator, value).filter(|_| !value.is_inapplicable())
    }

    /// Whether a year has anything to tell of an indicator: a value, or how it moved.
    pub fn tells(&self, indicator: &Id, level: Option<Level>, year: i32) -> bool {
        let value = self.figure(indicator, level, When::Year(year));
        self.applied(indicator, &value).is_some() || self.moved(indicator, level, year).is_some()
    }

    /// What stands in the data under an indicator, an object and a year.
    pub fn fact(&self, indicator: &Id, level: Option<Level>, year: i32) -> Option<&'a Fact> {
        let object = self.object(level);
        self.facts.get(&Key { indicator: indicator.clone(), object, year, cell: None })
    }

    /// How a figure moved where the source gives no figure.
    pub fn moved(&self, indicator: &Id, level: Option<Level>, year: i32) -> Option<&'static str> {
        match self.fact(indicator, level, year)?.value {
            FactValue::Moved(Direction::Rose) => Some("рост, числа нет"),
            FactValue::Moved(Direction::Fell) => Some("снижение, числа нет"),
            FactValue::Moved(Direction::Unchanged) => Some("без изменений, числа нет"),
            _ => None,
        }
    }

    /// How many took part.
    pub fn participants(&self, indicator: &Id, when: When) -> Option<u64> {
        let year = self.year_of(indicator, when);
        let reading = self.reading(indicator)?;
        let counted = reading.series.iter().find(|point| point.year == year).and_then(|p| p.n);
        counted.or_else(|| reading.n.filter(|_| reading.year == year))
    }

    /// Fewer people than a share can speak of stand behind the present figure.
    pub fn is_small_group(&self, indicator: &Id) -> bool {
        let present = When::Year(self.present(indicator));
        self.participants(indicator, present).is_some_and(|n| n < SMALL_GROUP)
    }

    // ------------------------------------------------------------ names

    /// The number of a section; empty where it has none.
    pub fn section_number(&self, id: &Id) -> String {
        self.section_numbers.get(id).cloned().unwrap_or_default()
    }

    /// What the kind says of a stage.
    pub fn stage(&self, planned: &PlannedStage) -> Option<&'a StageSpec> {
        self.kind.stages.iter().find(|stage| stage.id == planned.id)
    }

    /// What is done in a stage.
    pub fn stage_content(&self, id: &Id) -> String {
        let place = self.kind.stages.iter().position(|stage| stage.id == *id);
        place.and_then(|at| self.stage_contents.get(at)).cloned().unwrap_or_default()
    }

    pub fn indicator_title(&self, id: &Id) -> String {
        self.indicator(id).map_or_else(|| id.to_string(), |i| i.meta.title.clone())
    }

    /// The name for narrow places.
    pub fn indicator_short(&self, id: &Id) -> String {
        let short = self.indicator(id).and_then(|i| i.short.clone());
        short.unwrap_or_else(|| self.indicator_title(id))
    }

    pub fn deficit_title(&self, id: &Id) -> String {
        self.model.deficits.get(id).map_or_else(|| id.to_string(), |d| d.meta.title.clone())
    }

    pub fn activity_title(&self, id: &Id) -> String {
        self.model.activities.get(id).map_or_else(|| id.to_string(), |a| a.meta.title.clone())
    }

    pub fn zone_title(&self, id: &Id) -> String {
        self.model.zones.get(id).map_or_else(|| id.to_string(), |z| z.meta.title.clone())
    }

    /// A role or a body, the body by its name in this place.
    pub fn actor_title(&self, id: &Id) -> String {
        self.naming().actor(id)
    }

    /// What things are called in the place of the project.
    pub fn naming(&self) -> Naming<'a> {
        Naming { model: self.model, here: &self.project.bodies, people: &self.project.people }
    }

    /// Who holds a role.
    pub fn person(&self, role: &Id) -> Option<&'a str> {
        self.naming().person(role)
    }

    /// What stands behind the figures of an indicator.
    pub fn unit_sign(&self, id: &Id) -> String {
        self.indicator(id).map(|it| unit_sign(it, self.model)).unwrap_or_default()
    }

    /// Who supplies the figures of an indicator.
    pub fn supplier(&self, indicator: &Id) -> Option<String> {
        let data = self.indicator(indicator)?.data.as_deref()?;
        let id = Id::new(data);
        if self.model.actor_title(&id).is_some() {
            return Some(self.actor_title(&id));
        }
        Some(crate::russian::capitalise(&data.replace('_', " ")))
    }

    /// What the institution is called in a word: «школа», «детский сад».
    pub fn own_word(&self) -> String {
        let kind =
            self.facts.institution.as_ref().and_then(|id| self.model.institution_kinds.get(id));
        let own = kind.and_then(|kind| kind.called.clone());
        own.unwrap_or_else(|| self.own_level().nominative().to_owned())
    }

    /// Whose figure it is: the institution itself, another school, a level above.
    pub fn whose(&self, object: &Object) -> String {
        match object {
            own if *own == self.facts.own => self.own_word(),
            Object::Above(level) => level.nominative().to_owned(),
            Object::School(id) => self.facts.schools.get(id).cloned().unwrap_or_else(|| id.clone()),
        }
    }
}
