//! The structural side of a document: what a machine reads beside the printed text.

use std::collections::{BTreeMap, BTreeSet};

use super::aims::{self, Aim};
use super::because;
use super::fields::{figure, of_result, text};
use super::groups;
use super::roadmap::mended;
use super::rows::of_deficit;
use super::stated;
use super::things::Thing;
use super::times;
use super::types::{
    Activity, CauseRef, Deficit, Direction, Entry, ExpectedResult, Figure, Goal, Indicator,
    Participant, Planned, Programme, Resource, Risk, Stage, Target, Task,
};
use super::view::View;
use crate::base::{Id, Number};
use crate::calendar::{Occurrence, Slot, school_year_name};
use crate::eval::{Truth, Value};
use crate::model::{self, Kind, PlannedStage, When};
use crate::plan::{Answer, ChosenActivity, ChosenResource, ChosenRisk, PlannedTarget};
use crate::russian::typographic;
use indexmap::IndexMap;

/// Fills the structural parts.
pub(super) fn fill(view: &View<'_>, programme: &mut Programme) {
    if view.kind.is_written_out() {
        let plan = view.roadmap_of_kind();
        let of_plan = plan.iter().flat_map(|plan| &plan.roadmap.meta.mended);
        programme.mended = mended(view.kind.meta.mended.iter().chain(of_plan));
        programme.directions = plan.map(|plan| plan.directions()).unwrap_or_default();
    } else {
        programme.deficits = view.worked_on().into_iter().map(|id| deficit(view, id)).collect();
        programme.indicators = indicators(view);
    }
    if view.kind.period.is_some() {
        plans(view, programme);
    }
    stated::fill(view, programme);
}

/// What only a document with a period speaks of: a short paper plans nothing.
fn plans(view: &View<'_>, programme: &mut Programme) {
    programme.priorities = aims::all(view).iter().map(Aim::structural).collect();
    programme.stages = view.choice.stages.iter().map(|it| stage(view, it)).collect();
    programme.participants = participants(view);
    programme.goal = goal(view);
    programme.tasks = view.choice.tasks.iter().map(|chosen| task(view, chosen)).collect();
    programme.expected_results = view.targets.iter().map(|target| result(view, target)).collect();
    programme.directions = directions(view);
    programme.resources = view.choice.resources.iter().map(|it| resource(view, it)).collect();
    programme.risks = view.choice.risks.iter().map(|it| risk(view, it)).collect();
}

pub(super) fn stage(view: &View<'_>, planned: &PlannedStage) -> Stage {
    Stage {
        id: planned.id.to_string(),
        title: typographic(&view.title(Thing::Stage(planned))),
        from: planned.period.from.to_string(),
        to: planned.period.to.to_string(),
        content: view.stage_content(&planned.id),
        mended: mended(view.stage(planned).iter().flat_map(|stage| &stage.meta.mended)),
    }
}

/// Everyone who answers for an activity, with what they do and what comes of it.
fn participants(view: &View<'_>) -> Vec<Participant> {
    let mut all: IndexMap<&Id, Participant> = IndexMap::new();
    let chosen = view.roadmap.iter().flat_map(|group| &group.activities);
    for activity in chosen.filter_map(|chosen| view.model.activities.get(&chosen.id)) {
        for actor in &activity.responsible {
            let participant = all.entry(&actor.id).or_default();
            participant.body = typographic(&view.actor_title(&actor.id));
            participant.duties.push(typographic(&activity.meta.title));
            participant.results.extend(activity.results.iter().map(|it| typographic(it)));
        }
    }
    all.into_values().collect()
}

/// One goal with its words; several are told together.
fn goal(view: &View<'_>) -> Option<Goal> {
    let declared: Vec<(&Id, &model::Goal)> =
        view.choice.goals.iter().filter_map(|id| view.model.goals.get_key_value(id)).collect();
    let ids: Vec<&str> = declared.iter().map(|(id, _)| id.as_str()).collect();
    let texts: Vec<&str> = declared.iter().map(|(_, goal)| goal.meta.title.as_str()).collect();
    let reasons = declared.iter().flat_map(|(id, _)| because::of(view, Thing::Goal(id)));
    (!declared.is_empty()).then(|| Goal {
        id: ids.join(" "),
        text: texts.join("; "),
        mended: Vec::new(),
        because: because::once(reasons.collect()),
    })
}

fn task(view: &View<'_>, chosen: &crate::plan::ChosenTask) -> Task {
    let zone = groups::task_zone(view, &chosen.id);
    let declared = view.model.tasks.get(&chosen.id);
    let causes = declared.map_or(&[] as &[_], |task| task.causes.as_slice());
    let answers = chosen.deficits.iter().chain(causes.iter().map(|cause| &cause.id));
    Task {
        id: chosen.id.to_string(),
        text: view.title(Thing::Task(chosen)),
        zone: zone.map(|zone| zone.to_string()).unwrap_or_default(),
        answers: answers.map(Id::to_string).collect(),
        because: because::of(view, Thing::Task(chosen)),
        ..Task::default()
    }
}

fn deficit(view: &View<'_>, id: &Id) -> Deficit {
    let finding = view.finding(id);
    let weight = finding.and_then(|finding| finding.weight.as_ref()).map(Number::to_plain);
    let is_priority = view.choice.priorities.contains(id);
    let causes = view.model.deficits.get(id).map_or(&[] as &[_], |d| d.causes.as_slice());
    let state = |cause: &Id| view.cause(cause).map_or(Truth::Unknown, |finding| finding.state);
    let open = causes.iter().filter(|cause| state(&cause.id) != Truth::No);
    Deficit {
        id: id.to_string(),
        title: view.deficit_title(id),
        weight: weight.unwrap_or_default(),
        state: if is_priority { "приоритет" } else { "отложен" }.to_owned(),
        causes: open
            .map(|cause| CauseRef {
                id: cause.id.to_string(),
                text: view.title(Thing::Cause(&cause.id)),
                confirmed: state(&cause.id) == Truth::Yes,
            })
            .collect(),
        because: because::of(view, Thing::Deficit(id)),
    }
}

// ------------------------------------------------------------ indicators

/// Those with targets, then those that prove the deficits, then all others that the activities move.
fn indicators(view: &View<'_>) -> Vec<Indicator> {
    let planned = view.targets.iter().filter(|_| view.kind.period.is_some());
    let mut ids: Vec<&Id> = planned.map(|target| &target.indicator).collect();
    let proving = view.worked_on().into_iter().flat_map(|deficit| of_deficit(view, deficit));
    let chosen = view.roadmap.iter().flat_map(|group| &group.activities);
    let declared = chosen.filter_map(|activity| view.model.activities.get(&activity.id));
    let moved = declared.flat_map(|activity| &activity.moves).map(|moved| &moved.id);
    for id in proving.chain(moved) {
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    ids.into_iter().filter_map(|id| indicator(view, id)).collect()
}

fn indicator(view: &View<'_>, id: &Id) -> Option<Indicator> {
    let declared = view.indicator(id)?;
    let mut planned = view.targets.iter().filter(|_| view.kind.period.is_some());
    let target = planned.find(|target| target.indicator == *id);
    Some(Indicator {
        id: id.to_string(),
        title: declared.meta.title.clone(),
        level: declared.level.nominative().to_owned(),
        kind: kind_word(&declared.kind).to_owned(),
        unit: view.unit_sign(id),
        baseline: baseline(view, id, target),
        targets: target.map(|target| targets(view, id, target)).unwrap_or_default(),
        facts: facts(view, id),
        source: view.supplier(id).unwrap_or_default(),
        because: because::of(view, Thing::Indicator(id)),
    })
}

pub(super) fn kind_word(kind: &Kind) -> &'static str {
    match kind {
        Kind::YesNo => "да/нет",
        Kind::Percent { .. } => "процент",
        Kind::Points => "процентный пункт",
        Kind::Number { .. } => "число",
        Kind::Score { .. } => "балл",
        Kind::Mark => "отметка",
        Kind::Date => "дата",
        Kind::Text | Kind::OneOf { .. } => "текст",
    }
}

fn baseline(view: &View<'_>, id: &Id, target: Option<&PlannedTarget>) -> Option<Figure> {
    let when = target.map_or(When::Current, |target| When::Year(target.baseline_year));
    figure_of(view, id, &view.figure(id, None, when), when)
}

fn facts(view: &View<'_>, id: &Id) -> Vec<Figure> {
    let present = view.present(id);
    let years = (present - 2..=present).map(When::Year);
    years.filter_map(|when| figure_of(view, id, &view.figure(id, None, when), when)).collect()
}

fn figure_of(view: &View<'_>, id: &Id, value: &Value, when: When) -> Option<Figure> {
    Some(Figure {
        value: view.known(id, value)?,
        at: view.year_of(id, when).to_string(),
        n: view.participants(id, when).map(|n| n.to_string()),
    })
}

fn targets(view: &View<'_>, id: &Id, target: &PlannedTarget) -> Vec<Target> {
    let each = target.stated();
    each.map(|at| Target { value: figure(view, id, at.value.as_ref()), by: at.by.to_string() })
        .collect()
}

fn result(view: &View<'_>, target: &PlannedTarget) -> ExpectedResult {
    ExpectedResult {
        id: format!("{}_результат", target.indicator),
        text: of_result(view, target),
        indicators: vec![target.indicator.to_string()],
        because: because::of(view, Thing::Result(target)),
        ..ExpectedResult::default()
    }
}

// ------------------------------------------------------------ resources and risks

fn resource(view: &View<'_>, chosen: &ChosenResource) -> Resource {
    let thing = Thing::Resource(chosen);
    Resource {
        id: chosen.id.to_string(),
        kind: text(view, thing, "вид").map(|kind| kind.to_lowercase()).unwrap_or_default(),
        text: view.title(thing),
        amount: text(view, thing, "количество").unwrap_or_default(),
        needed_for: chosen.activities.iter().map(Id::to_string).collect(),
    }
}

/// One of which the data do not tell says so.
fn risk(view: &View<'_>, chosen: &ChosenRisk) -> Risk {
    let thing = Thing::Risk(chosen);
    let told = |field: &str| text(view, thing, field).unwrap_or_default();
    let is_open = chosen.state == Truth::Unknown;
    Risk {
        id: chosen.id.to_string(),
        text: view.title(thing),
        likelihood: told("вероятность"),
        impact: told("влияние"),
        measure: told("мера").replace('\n', "; "),
        responsible: told("ответственные").replace('\n', "; "),
        unknown: if is_open { told("основание") } else { String::new() },
        because: because::of(view, thing),
    }
}

// ------------------------------------------------------------ activities

/// What ties the activities of a plan to each other.
struct Links<'a> {
    before: BTreeMap<&'a Id, Vec<&'a Id>>,
    by_number: BTreeMap<Option<usize>, Vec<&'a Id>>,
}

impl Links<'_> {
    fn before(&self, id: &Id) -> Vec<String> {
        let before = self.before.get(id).into_iter().flatten();
        before.map(ToString::to_string).collect()
    }

    /// Those that share its number.
    fn others(&self, view: &View<'_>, id: &Id) -> Vec<String> {
        let all = self.by_number.get(&view.number(id)).into_iter().flatten();
        all.filter(|other| **other != id).map(ToString::to_string).collect()
    }
}

fn directions(view: &View<'_>) -> Vec<Direction> {
    let links = Links { before: before(view), by_number: by_number(view) };
    let of = |chosen: &&ChosenActivity| activity(view, chosen, &links);
    let each = view.roadmap.iter();
    each.map(|group| Direction {
        number: group.number.clone(),
        title: group.title.clone(),
        activities: group.activities.iter().filter_map(of).collect(),
        mended: Vec::new(),
    })
    .collect()
}

/// The deficits and requirements that an activity answers; what only prepares another one answers
/// through it.
fn answered(view: &View<'_>, chosen: &ChosenActivity, seen: &mut BTreeSet<Id>) -> Vec<String> {
    if !seen.insert(chosen.id.clone()) {
        return Vec::new();
    }
    let mut answered = Vec::new();
    for answer in &chosen.answers {
        match answer {
            Answer::Deficit(id) | Answer::Requirement(id) => answered.push(id.to_string()),
            Answer::Prerequisite(next) => {
                let next = view.activity(next);
                answered
                    .extend(next.map(|next| self::answered(view, next, seen)).unwrap_or_default());
            }
            Answer::Team(_) => {}
        }
    }
    answered
}

fn activity(view: &View<'_>, chosen: &ChosenActivity, links: &Links<'_>) -> Option<Activity> {
    let declared = view.model.activities.get(&chosen.id)?;
    let controller = declared.controller.as_ref();
    Some(Activity {
        id: chosen.id.to_string(),
        number: view.number(&chosen.id).map(|number| number.to_string()).unwrap_or_default(),
        together: links.others(view, &chosen.id),
        title: declared.meta.title.clone(),
        answers: answered(view, chosen, &mut BTreeSet::new()),
        task: chosen.tasks.first().map(Id::to_string).unwrap_or_default(),
        zone: groups::zone(view, chosen).map(|zone| zone.to_string()).unwrap_or_default(),
        responsible: view.naming().responsible(&declared.responsible),
        controller: controller.map(|actor| view.actor_title(&actor.id)).unwrap_or_default(),
        after: links.before(&chosen.id),
        entries: entries(view, declared, chosen),
        documents: declared.documents.iter().map(|paper| view.paper(paper)).collect(),
        indicators: declared.moves.iter().map(|moved| moved.id.to_string()).collect(),
        resources: needed(view, &chosen.id),
        absent: absent(declared),
        mended: mended(&declared.meta.mended),
        place: None,
        because: because::of(view, Thing::Activity(chosen)),
    })
}

/// The activities of the roadmap by their numbers: several that are told together share one.
fn by_number<'a>(view: &View<'a>) -> BTreeMap<Option<usize>, Vec<&'a Id>> {
    let mut all: BTreeMap<Option<usize>, Vec<&Id>> = BTreeMap::new();
    for chosen in view.roadmap.iter().flat_map(|group| &group.activities) {
        all.entry(view.number(&chosen.id)).or_default().push(&chosen.id);
    }
    all
}

/// The resources that an activity cannot do without.
fn needed(view: &View<'_>, activity: &Id) -> Vec<String> {
    let all = view.choice.resources.iter();
    let own = all.filter(|resource| resource.activities.contains(activity));
    own.map(|resource| resource.id.to_string()).collect()
}

/// The chosen activities that come before each, by either end of the link.
pub(super) fn before<'a>(view: &View<'a>) -> BTreeMap<&'a Id, Vec<&'a Id>> {
    let mut all: BTreeMap<&Id, Vec<&Id>> = BTreeMap::new();
    let declared = |chosen: &'a ChosenActivity| view.model.activities.get(&chosen.id);
    let chosen = || view.choice.activities.iter();
    let named = chosen().flat_map(|later| {
        let after = declared(later).map_or(&[] as &[_], |it| it.after.as_slice());
        after.iter().filter_map(|it| Some((&view.activity(&it.id)?.id, &later.id)))
    });
    let naming = chosen().flat_map(|earlier| {
        let before = declared(earlier).map_or(&[] as &[_], |it| it.before.as_slice());
        before.iter().filter_map(|it| Some((&earlier.id, &view.activity(&it.id)?.id)))
    });
    for (earlier, later) in named.chain(naming) {
        let before = all.entry(later).or_default();
        if !before.contains(&earlier) {
            before.push(earlier);
        }
    }
    all
}

fn absent(activity: &model::Activity) -> Vec<String> {
    let missing = [
        ("ответственный", activity.responsible.is_empty()),
        ("срок", activity.term.is_none()),
        ("результат", activity.results.is_empty()),
        ("документ", activity.documents.is_empty()),
    ];
    let mut all = activity.absent.clone();
    for (name, is_missing) in missing {
        if is_missing && !all.iter().any(|absent| absent == name) {
            all.push(name.to_owned());
        }
    }
    all
}

/// One entry for each time and result; a term without dates is told in words once a school year.
fn entries(view: &View<'_>, declared: &model::Activity, chosen: &ChosenActivity) -> Vec<Entry> {
    let times = if chosen.occurrences.is_empty() {
        undated(view, declared)
    } else {
        let measure = declared.term.as_ref().map(times::measure).unwrap_or_default();
        let slots = view.choice.schedule.of(&chosen.id);
        let numbered = chosen.occurrences.iter().enumerate();
        let dated = numbered.map(|(at, time)| Entry {
            planned: slots.get(at).map(planned),
            ..dated(view, &chosen.id, time, measure)
        });
        dated.collect()
    };
    let action = declared.actions.join("; ");
    let with_result = |entry: &Entry, result: &str| Entry {
        action: action.clone(),
        result: result.to_owned(),
        ..entry.clone()
    };
    times
        .iter()
        .flat_map(|entry| match declared.results.as_slice() {
            [] => vec![with_result(entry, "")],
            results => results.iter().map(|result| with_result(entry, result)).collect(),
        })
        .collect()
}

fn dated(view: &View<'_>, activity: &Id, time: &Occurrence, measure: times::Measure) -> Entry {
    Entry {
        year: time.from.year().to_string(),
        school_year: school_year_name(time.school_year),
        target: target_of(view, activity, time.school_year),
        terms: vec![times::one(time, measure)],
        term_kind: if time.from == time.to { "дата" } else { "период" }.to_owned(),
        from: time.from.to_string(),
        to: time.to.to_string(),
        ..Entry::default()
    }
}

fn planned(slot: &Slot) -> Planned {
    Planned {
        from: slot.from.to_string(),
        to: slot.to.to_string(),
        latest_from: slot.latest_from.to_string(),
        latest_to: slot.latest_to.to_string(),
        slack: slot.slack(),
        critical: slot.critical,
    }
}

fn undated(view: &View<'_>, declared: &model::Activity) -> Vec<Entry> {
    let Some(term) = &declared.term else {
        return vec![Entry { term_kind: "нет".to_owned(), ..Entry::default() }];
    };
    let years = view.school_years();
    let each = years.iter().filter_map(|year| {
        let words = times::in_year(Some(term), &[], &years, *year, view.model);
        (words != times::NONE).then(|| Entry {
            school_year: school_year_name(*year),
            terms: vec![words],
            term_kind: "словами".to_owned(),
            ..Entry::default()
        })
    });
    each.collect()
}

/// The targets that an activity asks for itself, in one school year.
fn target_of(view: &View<'_>, activity: &Id, year: i32) -> String {
    let own = view.targets.iter().filter(|target| target.asked_by.contains(activity));
    let reached = own.filter_map(|target| {
        let at = target.stated().find(|at| at.year == year)?;
        let value = figure(view, &target.indicator, at.value.as_ref());
        Some(format!("{}: {value}", view.indicator_short(&target.indicator)))
    });
    reached.collect::<Vec<_>>().join("; ")
}
