//! What stands behind an element: proofs laid flat, and the same in words for people.

use std::collections::BTreeSet;

use indexmap::IndexMap;

use super::amounts::amount_in_words;
use super::identified;
use super::parts::part_title;
use super::requisites;
use super::scope::{Item, when};
use super::things::Thing;
use super::types::{Because, SourceRef};
use super::view::View;
use crate::base::{Id, Level};
use crate::data::passport::{PASSPORT_SOURCE, PassportRow};
use crate::eval::{DeficitFinding, Proof, ProofKind, owner};
use crate::model::{
    Act, AdaptationStep, Expr, ExprKind, Mend, Meta, Model, Observe, Template, When,
};
use crate::plan::{Answer, ChosenActivity, ResourceTotal};
use crate::text::MISSING;

/// Figures come from the project's data; the words tell from where exactly.
const DATA: &str = "данные";

// ------------------------------------------------------------ proofs laid flat

/// A proof from its conclusion down to figures, depth first.
pub(super) fn of_proof(proof: &Proof) -> Vec<Because> {
    once(proof.flatten().into_iter().map(single).collect())
}

pub(super) fn of_proofs(proofs: &[Proof]) -> Vec<Because> {
    once(proofs.iter().flat_map(of_proof).collect())
}

fn single(proof: &Proof) -> Because {
    Because {
        kind: proof.kind.russian().to_owned(),
        reference: proof.reference.as_ref().map(Id::to_string).unwrap_or_default(),
        text: proof.text.clone(),
        value: proof.value.clone(),
        unit: proof.unit.clone().filter(|unit| !unit.is_empty()),
        at: proof.at.clone(),
        source: proof
            .source
            .as_ref()
            .map(|(source, place)| SourceRef { source: source.clone(), place: place.clone() }),
    }
}

/// What several proofs share is said once.
pub(super) fn once(all: Vec<Because>) -> Vec<Because> {
    let mut kept: Vec<Because> = Vec::new();
    for because in all {
        if !because.text.is_empty() && !kept.contains(&because) {
            kept.push(because);
        }
    }
    kept
}

// ------------------------------------------------------------ things

/// What stands behind a thing.
pub(super) fn of(view: &View<'_>, thing: Thing<'_>) -> Vec<Because> {
    once(match thing {
        Thing::Indicator(id) => of_indicator(view, id),
        Thing::Target(target) | Thing::Result(target) => {
            let start = of_figure(view, &target.indicator, None, When::Year(target.baseline_year));
            let askers = target.asked_by.iter().flat_map(|id| of_asker(view, id));
            start.into_iter().chain(askers).collect()
        }
        Thing::Deficit(id) => {
            view.finding(id).map(|finding| of_proof(&finding.proof)).unwrap_or_default()
        }
        Thing::Unknown(unknown) => {
            let figures = unknown.figures.iter().map(|figure| &figure.key);
            figures.flat_map(|key| of_figure_at(view, key)).collect()
        }
        Thing::Cause(id) => {
            let proof = view.cause(id).map(|finding| of_proof(&finding.proof));
            proof.unwrap_or_default().into_iter().chain(of_owner(view, thing)).collect()
        }
        Thing::Goal(id) => of_goal(view, id),
        Thing::Task(task) => of_proof(&task.proof),
        Thing::Requirement(id) => of_requirement(view, id),
        Thing::Activity(activity) | Thing::Paper(activity, _) => {
            of_activity(view, activity, &mut BTreeSet::new())
        }
        Thing::Resource(resource) => of_proof(&resource.proof),
        Thing::Risk(risk) => of_proof(&risk.proof),
        Thing::Total(total) => of_total(view, total),
        Thing::Act(id) => view.model.acts.get(id).map(|act| of_act(id, act)).into_iter().collect(),
        Thing::Aim(aim) => aim.because(view),
        Thing::Passport(row) => vec![of_passport(row)],
        Thing::Zone(_) | Thing::Untouched(_) | Thing::Actor(_) => of_owner(view, thing),
        Thing::Stage(stage) => of_part(view, thing, &stage.id),
        Thing::Stated(stated) => of_part(view, thing, &stated.id),
        Thing::Participant(it) => of_part(view, thing, &it.id),
        Thing::SchoolYear(year) => identified::of_year(view, year),
        Thing::Identified(school) => identified::of_school(view, school),
    })
}

/// A figure of the passport stands in the project file.
fn of_passport(row: &PassportRow) -> Because {
    let value = row.value.as_ref();
    let words = value.map_or_else(|| MISSING.to_owned(), |v| row.measure.print(&v.value));
    Because {
        kind: ProofKind::Value.russian().to_owned(),
        reference: row.id.to_string(),
        text: format!("{}: {words}", row.title),
        value: value.map(|value| value.value.to_plain()),
        source: Some(SourceRef { source: DATA.to_owned(), place: PASSPORT_SOURCE.to_owned() }),
        ..Because::default()
    }
}

/// What stands behind a row: never nothing, at least whose words it is.
pub(super) fn of_row(view: &View<'_>, thing: Thing<'_>) -> Vec<Because> {
    let all = of(view, thing);
    if all.is_empty() { of_document(view) } else { all }
}

/// A part of the programme itself.
fn of_part(view: &View<'_>, thing: Thing<'_>, id: &Id) -> Vec<Because> {
    let own = of_owner(view, thing).into_iter();
    own.chain(of_adaptation(view, id)).collect()
}

fn of_owner(view: &View<'_>, thing: Thing<'_>) -> Vec<Because> {
    view.meta(thing).map(|meta| of_meta(view, meta)).unwrap_or_default()
}

/// Whose words something is, as far as it says so itself.
pub(super) fn of_own_words(model: &Model, meta: &Meta) -> Vec<Because> {
    of_proofs(&owner(model, meta))
}

/// Whose words a declaration is: its source, the methodist, what was mended, else its pack.
pub(super) fn of_meta(view: &View<'_>, meta: &Meta) -> Vec<Because> {
    of_words(view.model, meta)
}

/// The same, of the packs alone.
pub(super) fn of_words(model: &Model, meta: &Meta) -> Vec<Because> {
    let mut all = of_proofs(&owner(model, meta));
    all.extend(meta.mended.iter().map(|mend| of_mend(mend, "")));
    if all.is_empty() {
        all.extend(of_pack(model, &meta.pack));
    }
    all
}

/// What was mended of a source; `place` says where, if that is not plain.
pub(super) fn of_mend(mend: &Mend, place: &str) -> Because {
    let became = mend.corrected.as_ref().map(|new| format!(" на «{new}»")).unwrap_or_default();
    Because {
        kind: ProofKind::Methodist.russian().to_owned(),
        text: format!("Исправлено{place} «{}»{became}: {}", mend.printed, mend.because),
        ..Because::default()
    }
}

/// What a verb did: «Из карты «…»: объединено «22. …», «23. …»: почему».
pub(super) fn of_step(step: &AdaptationStep, base: &str, met: &[String]) -> Because {
    let met = if met.is_empty() { String::new() } else { format!(" {}", met.join(", ")) };
    let why = match step.because.is_empty() {
        true => String::new(),
        false => format!(": {}", step.because),
    };
    Because {
        kind: ProofKind::Edit.russian().to_owned(),
        reference: step.verb.came().unwrap_or_default(),
        text: format!("Из {base}: {}{met}{why}", step.verb.participle()),
        ..Because::default()
    }
}

/// What the verbs made of a part of the programme, and whose words the programme is.
pub(super) fn of_adaptation(view: &View<'_>, part: &Id) -> Vec<Because> {
    let Some(adaptation) = &view.kind.adaptation else { return Vec::new() };
    let base = view.model.programmes.get(&adaptation.base.id);
    let title = base.map_or(adaptation.base.id.as_str(), |base| base.meta.title.as_str());
    let title = format!("программы «{title}»");
    let was = base.and_then(|base| part_title(view.model, base, part));
    let mut told: Vec<Because> = adaptation
        .changes()
        .filter(|step| step.verb.is_about(part))
        .map(|step| {
            let named = step.verb.named().iter();
            let met = named.filter_map(|it| part_title(view.model, base?, &it.id));
            of_step(step, &title, &met.map(|title| format!("«{title}»")).collect::<Vec<_>>())
        })
        .collect();
    if told.is_empty() && was.is_some() {
        told.push(taken(part, &title));
        told.extend(base.into_iter().flat_map(|base| of_words(view.model, &base.meta)));
    }
    told.extend(of_document(view));
    told
}

/// What no verb names is as it was, but for what was replaced or moved everywhere.
fn taken(part: &Id, base: &str) -> Because {
    Because {
        kind: ProofKind::Edit.russian().to_owned(),
        reference: part.to_string(),
        text: format!("Взято из {base}"),
        ..Because::default()
    }
}

fn of_pack(model: &Model, id: &Id) -> Option<Because> {
    let pack = model.packs.iter().find(|pack| pack.id == *id)?;
    Some(Because {
        kind: ProofKind::Source.russian().to_owned(),
        reference: pack.id.to_string(),
        text: format!("Слова пакета «{}», редакция {}", pack.title, pack.edition),
        ..Because::default()
    })
}

/// What stands behind the document as a whole.
pub(super) fn of_document(view: &View<'_>) -> Vec<Because> {
    of_meta(view, &view.kind.meta)
}

fn of_asker(view: &View<'_>, id: &Id) -> Vec<Because> {
    let goal = view.model.goals.get(id).map(|goal| ("Цель", &goal.meta));
    let activity = || view.model.activities.get(id).map(|it| ("Мероприятие", &it.meta));
    let Some((noun, meta)) = goal.or_else(activity) else { return Vec::new() };
    let rule = rule(id, format!("{noun} «{}» задаёт целевое значение", meta.title));
    std::iter::once(rule).chain(of_meta(view, meta)).collect()
}

fn rule(id: &Id, text: String) -> Because {
    Because {
        kind: ProofKind::Rule.russian().to_owned(),
        reference: id.to_string(),
        text,
        ..Because::default()
    }
}

/// A goal is there for the tasks that lead to it.
fn of_goal(view: &View<'_>, id: &Id) -> Vec<Because> {
    let leads = |task: &&crate::plan::ChosenTask| {
        let goal = view.model.tasks.get(&task.id).and_then(|task| task.goal.as_ref());
        goal.is_some_and(|goal| goal.id == *id)
    };
    let tasks = view.choice.tasks.iter().filter(leads);
    let owner = of_owner(view, Thing::Goal(id));
    tasks.flat_map(|task| of_proof(&task.proof)).chain(owner).collect()
}

fn of_requirement(view: &View<'_>, id: &Id) -> Vec<Because> {
    let Some(requirement) = view.model.requirements.get(id) else { return Vec::new() };
    let mut all = of_meta(view, &requirement.meta);
    let acts = requirement.acts.iter();
    all.extend(acts.filter_map(|act| Some(of_act(&act.id, view.model.acts.get(&act.id)?))));
    if let Some(condition) = &requirement.condition {
        all.extend(of_proofs(&view.evaluator.judge(condition, &view.evaluator.own()).proofs));
    }
    all
}

/// The proof of an activity; what only prepares another one stands on the reasons of that one.
fn of_activity(
    view: &View<'_>,
    activity: &ChosenActivity,
    seen: &mut BTreeSet<Id>,
) -> Vec<Because> {
    if !seen.insert(activity.id.clone()) {
        return Vec::new();
    }
    let mut all = of_proof(&activity.proof);
    for answer in &activity.answers {
        if let Answer::Prerequisite(next) = answer
            && let Some(next) = view.activity(next)
        {
            all.extend(of_next(view, next, seen));
        }
    }
    all
}

/// The reasons of an activity as those of what prepares it: what the team changed in it is its own,
/// that the team took it up is what the other is needed for.
fn of_next(view: &View<'_>, next: &ChosenActivity, seen: &mut BTreeSet<Id>) -> Vec<Because> {
    let own = view.meta(Thing::Activity(next)).map_or(&[] as &[_], |meta| &meta.decided);
    let is_own = |because: &Because| {
        because.kind == ProofKind::Edit.russian() && own.contains(&because.text)
    };
    let mut all = of_activity(view, next, seen);
    all.retain(|because| !is_own(because));
    let title = view.activity_title(&next.id);
    all.extend(next.answers.iter().filter_map(|answer| match answer {
        Answer::Team(reason) => Some(Because {
            kind: ProofKind::Edit.russian().to_owned(),
            reference: next.id.to_string(),
            text: format!("Нужно для мероприятия «{title}», которое включила команда: {reason}"),
            ..Because::default()
        }),
        _ => None,
    }));
    all
}

/// A sum rests on the resources that it adds up.
fn of_total(view: &View<'_>, total: &ResourceTotal) -> Vec<Because> {
    let added = view.choice.resources.iter().filter_map(|chosen| {
        let declared = view.model.resources.get(&chosen.id)?;
        let amount = declared.amount.as_ref().filter(|amount| amount.unit == total.unit)?;
        let is_of_kind = total.kind.is_none() || declared.kind == total.kind;
        is_of_kind.then_some((chosen, declared, amount))
    });
    let reasons = added.flat_map(|(chosen, declared, amount)| {
        let words = amount_in_words(amount, view.model);
        let rule = rule(&chosen.id, format!("{}: {words}", declared.meta.title));
        std::iter::once(rule).chain(of_meta(view, &declared.meta)).collect::<Vec<_>>()
    });
    reasons.collect()
}

fn of_act(id: &Id, act: &Act) -> Because {
    Because {
        kind: ProofKind::Act.russian().to_owned(),
        reference: id.to_string(),
        text: format!(
            "{}, действует {}",
            requisites::act_in_full(act),
            requisites::act_validity(act)
        ),
        at: act.date.map(|date| date.to_string()),
        ..Because::default()
    }
}

// ------------------------------------------------------------ figures

/// The figures of three years and what they are compared with.
fn of_indicator(view: &View<'_>, id: &Id) -> Vec<Because> {
    let present = view.present(id);
    let years = (present - 2..=present).rev();
    let own = years.flat_map(|year| of_figure(view, id, None, When::Year(year)));
    let levels = [Level::Municipality, Level::Region, Level::Federation];
    let known = levels.into_iter().filter(|level| view.fact(id, Some(*level), present).is_some());
    let above = known.flat_map(|level| of_figure(view, id, Some(level), When::Year(present)));
    own.chain(above).collect()
}

/// One figure with what it was computed from, or that it is not there.
pub(super) fn of_figure(
    view: &View<'_>,
    id: &Id,
    level: Option<Level>,
    when: When,
) -> Vec<Because> {
    let Some(indicator) = view.indicator(id) else { return Vec::new() };
    let year = view.year_of(id, when);
    let mut all = Vec::new();
    if let Some(moved) = view.moved(id, level, year) {
        let source = view.fact(id, level, year).map(|fact| fact.source.clone());
        all.push(Because {
            kind: ProofKind::Dynamics.russian().to_owned(),
            reference: id.to_string(),
            text: format!("{}: {moved} ({year} год)", indicator.meta.title),
            at: Some(year.to_string()),
            source: source.map(|place| SourceRef { source: DATA.to_owned(), place }),
            ..Because::default()
        });
    }
    let observe = Observe {
        indicator: id.clone(),
        level: level.filter(|level| *level != view.own_level()),
        when: When::Year(year),
        cell: None,
        mean_over: None,
        span: indicator.meta.span,
    };
    let expr = Expr { span: indicator.meta.span, kind: ExprKind::Observe(observe) };
    all.extend(of_proofs(&view.evaluator.judge(&expr, &view.evaluator.own()).proofs));
    all
}

fn of_figure_at(view: &View<'_>, key: &crate::eval::Key) -> Vec<Because> {
    let level = match &key.object {
        crate::eval::Object::Above(level) => Some(*level),
        crate::eval::Object::School(_) => None,
    };
    of_figure(view, &key.indicator, level, When::Year(key.year))
}

// ------------------------------------------------------------ texts

/// What a text rests on: the figures that it names, what it repeats, else whose words it is.
pub(super) fn of_text(
    view: &View<'_>,
    template: &Template,
    item: Option<&Item<'_>>,
) -> Vec<Because> {
    let all = item.map(|item| item.row.all().flat_map(|thing| of(view, thing)).collect());
    let mut all: Vec<Because> = all.unwrap_or_default();
    for used in template.text.uses() {
        let path = crate::base::normalise(&used.path);
        let head = path.split('.').next().unwrap_or_default();
        let level = used.arguments.text("по").and_then(Level::from_word);
        all.extend(of_name(view, head, level, when(&used.arguments)));
    }
    all.extend(of_document(view));
    once(all)
}

fn of_name(view: &View<'_>, name: &str, level: Option<Level>, when: When) -> Vec<Because> {
    match name {
        // Nobody's project says nothing.
        "школа" | "период" | "дата" | "лицо" if view.project.name.is_empty() => {
            Vec::new()
        }
        "школа" | "период" | "дата" | "лицо" => {
            vec![of_project(view, "паспорт организации")]
        }
        "методика" | "идентификация" if view.cohort.is_some() => {
            let declared = view.cohort.and_then(|cohort| cohort.methodology());
            declared.map(|it| of_words(view.model, &it.meta)).unwrap_or_default()
        }
        "идентификация" => identified::of_text(view),
        name if identified::is_list(name) => identified::of_text(view),
        "дефициты" | "приоритеты" | "отложенные" => {
            let deficits = view.list(name).unwrap_or_default();
            deficits.into_iter().flat_map(|deficit| of(view, deficit)).collect()
        }
        _ => of_figure(view, &Id::new(name), level, when),
    }
}

/// What the project itself says, and in which part of it.
pub(super) fn of_project(view: &View<'_>, part: &str) -> Because {
    let name = view.project.name.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
    Because {
        kind: ProofKind::Source.russian().to_owned(),
        reference: "проект".to_owned(),
        text: format!("{} в файле проекта", crate::russian::capitalise(part)),
        source: Some(SourceRef { source: name, place: part.to_owned() }),
        ..Because::default()
    }
}

// ------------------------------------------------------------ in words

/// «Включён решением команды: …», where the team took a deficit up itself.
pub(super) fn team_word(finding: &DeficitFinding) -> Option<String> {
    let taken = finding.decision.as_ref().filter(|decision| decision.includes);
    taken.map(|decision| decision.sentence("Включён", "Исключён"))
}

/// What decides a proof, a sentence each: comparisons and movements, else bare values.
pub(super) fn grounds(proof: &Proof) -> Vec<String> {
    deciding(&proof.children)
}

/// The same of several proofs.
pub(super) fn deciding(proofs: &[Proof]) -> Vec<String> {
    let mut found = Vec::new();
    proofs.iter().for_each(|proof| gather(proof, &mut found));
    found
}

fn gather(proof: &Proof, found: &mut Vec<String>) {
    let decides = match proof.kind {
        ProofKind::Comparison | ProofKind::Dynamics | ProofKind::Value => true,
        ProofKind::Rule => proof.value.is_some() || proof.children.is_empty(),
        ProofKind::Source
        | ProofKind::Act
        | ProofKind::Edit
        | ProofKind::Methodist
        | ProofKind::Requirement => return,
    };
    if !decides {
        proof.children.iter().for_each(|child| gather(child, found));
        return;
    }
    if !found.contains(&proof.text) {
        found.push(proof.text.clone());
    }
}

/// The figures among reasons, each with its year, those of one indicator together.
pub(super) fn figures(view: &View<'_>, all: &[Because]) -> Vec<String> {
    let mut told: IndexMap<String, Vec<String>> = IndexMap::new();
    for because in all.iter().filter(|because| because.at.is_some() && because.source.is_some()) {
        let title = view.indicator_title(&Id::new(&because.reference));
        let figure = because.text.strip_prefix(&format!("{title}: ")).unwrap_or(&because.text);
        let figures = told.entry(because.reference.clone()).or_default();
        if !figures.iter().any(|known| known == figure) {
            figures.push(figure.to_owned());
        }
    }
    let line = |(id, figures): (String, Vec<String>)| {
        format!("{}: {}", view.indicator_short(&Id::new(&id)), figures.join("; "))
    };
    told.into_iter().map(line).collect()
}

/// Where the figures among reasons were published.
pub(super) fn sources(all: &[Because]) -> Vec<String> {
    let places = all.iter().filter_map(|because| because.source.as_ref());
    let published = places.filter(|source| source.source == DATA && !source.place.is_empty());
    distinct(published.map(|source| source.place.clone()))
}

/// Whose words a declaration is, a sentence each.
pub(super) fn origin(view: &View<'_>, meta: &Meta) -> Vec<String> {
    distinct(of_meta(view, meta).into_iter().map(|because| because.text))
}

/// The reasons themselves, a sentence each.
pub(super) fn sentences(all: &[Because]) -> Vec<String> {
    distinct(all.iter().map(|because| because.text.clone()))
}

fn distinct(texts: impl Iterator<Item = String>) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for text in texts {
        if !kept.contains(&text) {
            kept.push(text);
        }
    }
    kept
}
