//! A resolved pack as `pko/pack/1`.

use serde_json::{Map, Value, json};

use crate::base::Id;
use crate::calendar::{Day, Stretch, Week};
use crate::cohort;
use crate::diag::SourceMap;
use crate::document;
use crate::model::methodology::Methodology;
use crate::model::{
    Act, Activity, Adaptation, Analysis, CalendarDecl, Deficit, Direction, DocumentUse, Indicator,
    Kind, Mechanism, Mend, Meta, Model, Question, Ref, Requirement, Resource, Risk, Roadmap,
    RowLink, by_row, row_links,
};

/// Everything that is visible from a pack. What belongs to no mechanism stands at the top level.
pub fn pack_json(model: &Model, sources: &SourceMap) -> Value {
    let pack = model.pack();
    let value = json!({
        "schema": "pko/pack/1",
        "pack": pack.map(|p| p.id.to_string()),
        "title": pack.map(|p| p.title.clone()),
        "edition": pack.map(|p| p.edition.clone()),
        "origin": pack.map(|p| p.origin.clone()),
        "sha256": pack.map(|p| p.sha256.clone()),
        "based_on": pack.map(|p| p.uses.iter().map(Id::to_string).collect::<Vec<_>>()),
        "sources": list(&model.sources, |id, source| json!({
            "id": id, "title": source.meta.title, "issuer": source.issuer,
            "date": source.date.map(|d| d.to_string()), "number": source.number,
        })),
        "acts": list(&model.acts, act),
        "bodies": list(&model.bodies, |id, body| json!({
            "id": id, "title": body.meta.title, "level": body.level,
            "short": body.short, "synonyms": body.synonyms, "mended": mended(&body.meta.mended),
        })),
        "roles": list(&model.roles, |id, role| json!({
            "id": id, "title": role.meta.title, "level": role.level,
            "short": role.short, "synonyms": role.synonyms,
            "mended": mended(&role.meta.mended),
        })),
        "documents": list(&model.documents, |id, it| json!({ "id": id, "title": it.meta.title })),
        "calendars": list(&model.calendars, calendar),
        "zones": list(&model.zones, |id, zone| json!({ "id": id, "title": zone.meta.title })),
        "directions": directions(model, sources),
        "indicators": indicators(model, None, sources),
        "activities": activities(model, None),
        "deficits": list(&model.deficits, |id, deficit| deficit_json(id, deficit, model)),
        "causes": list(&model.causes, |id, cause| json!({ "id": id, "title": cause.meta.title })),
        "requirements": list(&model.requirements, requirement),
        "questions": list(&model.questions, |id, question| question_json(id, question, model)),
        "resources": list(&model.resources, |id, it| resource_json(id, it, model)),
        "risks": list(&model.risks, |id, it| risk_json(id, it, model)),
        "analyses": list(&model.analyses, analysis_json),
        "roadmaps": list(&model.roadmaps, |id, roadmap| roadmap_json(id, roadmap, model)),
        "programmes": list(&model.programmes, |id, programme| json!({
            "id": id, "kind": programme.kind, "level": programme.level,
            "title": programme.meta.title,
            "adaptation": programme.adaptation.as_ref().map(adaptation_json),
            "stages": programme.stages.iter().map(|stage| json!({
                "id": stage.id, "title": stage.meta.title,
            })).collect::<Vec<_>>(),
        })),
        "methodologies": list(&model.methodologies, methodology_json),
        "counts": counts_json(model),
        "row_links": links_json(model),
    });
    prune(value)
}

/// A methodology with its parameters: what they are set to, what they may be.
fn methodology_json(id: &Id, methodology: &Methodology) -> Value {
    let parameters = methodology.parameters.iter();
    let parameters: Vec<Value> = parameters
        .map(|parameter| {
            json!({
                "name": parameter.id, "title": parameter.meta.title,
                "value": parameter.default().as_ref().map(cohort::printed),
                "options": cohort::allowed(parameter),
            })
        })
        .collect();
    json!({ "id": id, "title": methodology.meta.title, "parameters": parameters })
}

/// The plan as a programme structure, with how it came from another.
fn roadmap_json(id: &Id, roadmap: &Roadmap, model: &Model) -> Value {
    let mut value = serde_json::to_value(document::plan(model, id)).unwrap_or_default();
    if let (Some(adaptation), Some(fields)) = (&roadmap.adaptation, value.as_object_mut()) {
        fields.insert("adaptation".to_owned(), adaptation_json(adaptation));
    }
    value
}

fn adaptation_json(adaptation: &Adaptation) -> Value {
    let steps = adaptation.steps.iter();
    let steps: Vec<Value> = steps
        .map(|step| {
            json!({
                "verb": step.verb.word(), "what": step.verb.met(), "into": step.verb.came(),
                "because": step.because, "matched": step.matched,
            })
        })
        .collect();
    json!({ "base": adaptation.base.id, "steps": steps })
}

fn list<T>(table: &crate::model::Table<T>, item: impl Fn(&Id, &T) -> Value) -> Value {
    table.iter().map(|(id, declared)| item(id, declared)).collect()
}

fn calendar(id: &Id, declared: &CalendarDecl) -> Value {
    let day = |day: Day| {
        let (number, month) = (day.number(), day.month.number());
        match day.year {
            Some(year) => format!("{year}-{month:02}-{number:02}"),
            None => format!("--{month:02}-{number:02}"),
        }
    };
    let entries = declared.calendar.entries.iter().map(|entry| {
        let (kind, number) = match entry.what {
            Stretch::SchoolYear => ("учебный год", None),
            Stretch::Quarter(number) => ("четверть", Some(number)),
            Stretch::Trimester(number) => ("триместр", Some(number)),
            Stretch::Vacation(_) => ("каникулы", None),
            Stretch::Holiday(_) => ("нерабочие", None),
        };
        json!({
            "kind": kind, "number": number, "title": entry.what.words(),
            "from": day(entry.days.from), "to": day(entry.days.to),
        })
    });
    let days = match declared.calendar.week {
        Week::Whole => 7,
        Week::SixDays => 6,
        Week::FiveDays => 5,
    };
    json!({
        "id": id, "title": declared.meta.title, "working_days": days,
        "entries": entries.collect::<Vec<_>>(), "source": source(&declared.meta),
    })
}

fn act(id: &Id, act: &Act) -> Value {
    json!({
        "id": id, "title": act.meta.title, "level": act.level,
        "date": act.date.map(|d| d.to_string()), "number": act.number,
        "valid_from": act.validity.map(|v| v.from.to_string()),
        "valid_to": act.validity.and_then(|v| v.to).map(|d| d.to_string()),
        "priorities": act.priorities.iter().map(|line| &line.text).collect::<Vec<_>>(),
        "mended": mended(&act.meta.mended),
    })
}

fn requirement(id: &Id, requirement: &Requirement) -> Value {
    json!({
        "id": id, "title": requirement.meta.title, "level": requirement.level,
        "source": source(&requirement.meta), "acts": ids(&requirement.acts),
    })
}

fn question_json(id: &Id, question: &Question, model: &Model) -> Value {
    let who = question.who.as_ref().and_then(|who| model.actor_title(&who.id));
    let confirms: Vec<&Ref> = question.yes_confirms.iter().chain(&question.no_confirms).collect();
    json!({
        "id": id, "text": question.meta.title, "who": who,
        "confirms": confirms.iter().map(|cause| cause.id.to_string()).collect::<Vec<_>>(),
    })
}

fn resource_json(id: &Id, resource: &Resource, model: &Model) -> Value {
    json!({
        "id": id, "title": resource.meta.title, "level": resource.level,
        "kind": resource.kind.map(|kind| kind.russian()),
        "amount": resource.amount.as_ref().map(|amount| document::amount_in_words(amount, model)),
        "paid_by": resource.paid_by, "activities": ids(&resource.activities),
    })
}

fn risk_json(id: &Id, risk: &Risk, model: &Model) -> Value {
    let responsible = risk.responsible.iter().filter_map(|actor| model.actor_title(&actor.id));
    json!({
        "id": id, "title": risk.meta.title, "level": risk.level,
        "likelihood": risk.likelihood.map(|grade| grade.feminine()),
        "impact": risk.impact.map(|grade| grade.neuter()),
        "measures": risk.measures, "responsible": responsible.collect::<Vec<_>>(),
        "activities": ids(&risk.activities), "deficits": ids(&risk.deficits),
    })
}

/// The table row by row: what a row asks for, and how many wordings it has.
fn analysis_json(id: &Id, analysis: &Analysis) -> Value {
    let rows = analysis.conclusions.iter().map(|row| {
        let when = row.when.words().into_iter();
        let when: Map<String, Value> =
            when.map(|(dimension, values)| (dimension.to_owned(), json!(values))).collect();
        json!({
            "id": row.id, "title": row.meta.title, "when": when,
            "texts": row.texts.iter().map(|text| text.source.as_str()).collect::<Vec<_>>(),
        })
    });
    let indicators = analysis.indicators().map(|analysed| analysed.indicator.id.to_string());
    json!({
        "id": id, "title": analysis.meta.title, "level": analysis.level,
        "indicators": indicators.collect::<Vec<_>>(), "conclusions": rows.collect::<Vec<_>>(),
    })
}

fn deficit_json(id: &Id, deficit: &Deficit, model: &Model) -> Value {
    let answers = |activity: &Activity| {
        activity.tasks.iter().any(|task| {
            let task = model.tasks.get(&task.id);
            task.is_some_and(|task| task.deficits.iter().any(|answered| answered.id == *id))
        })
    };
    let activities = model.activities.iter().filter(|(_, activity)| answers(activity));
    json!({
        "id": id, "title": deficit.meta.title, "level": deficit.level,
        "mechanism": deficit.meta.mechanism, "causes": ids(&deficit.causes),
        "activities": activities.map(|(id, _)| id.to_string()).collect::<Vec<_>>(),
    })
}

fn directions(model: &Model, sources: &SourceMap) -> Value {
    let each = model.directions_by_number().into_iter();
    let mut all: Vec<Value> = each
        .map(|(id, direction)| direction_json(Some(id), Some(direction), model, sources))
        .collect();
    if model.mechanisms.values().any(|mechanism| mechanism.direction.is_none()) {
        all.push(direction_json(None, None, model, sources));
    }
    Value::Array(all)
}

fn direction_json(
    id: Option<&Id>,
    direction: Option<&Direction>,
    model: &Model,
    sources: &SourceMap,
) -> Value {
    let mechanisms = model.mechanisms_by_number(id).into_iter();
    json!({
        "id": id,
        "number": direction.and_then(|d| d.meta.number.clone()),
        "title": direction.map_or("Без направления", |d| d.meta.title.as_str()),
        "mended": direction.map(|d| mended(&d.meta.mended)),
        "curators": direction.map(|direction| direction.curators.clone()),
        "mechanisms": mechanisms
            .map(|(id, mechanism)| mechanism_json(id, mechanism, model, sources))
            .collect::<Vec<_>>(),
    })
}

fn mechanism_json(id: &Id, mechanism: &Mechanism, model: &Model, sources: &SourceMap) -> Value {
    let state =
        if mechanism.in_development { "в разработке" } else { "действует" };
    json!({
        "id": id, "number": mechanism.meta.number, "title": mechanism.meta.title, "state": state,
        "goals": mechanism.goals, "source": source(&mechanism.meta),
        "mended": mended(&mechanism.meta.mended),
        "indicators": indicators(model, Some(id), sources),
        "activities": activities(model, Some(id)),
        "documents": documents(mechanism, model),
    })
}

fn indicators(model: &Model, mechanism: Option<&Id>, sources: &SourceMap) -> Value {
    let inside = model.indicators.iter().filter(|(_, it)| it.meta.mechanism.as_ref() == mechanism);
    let ordered = by_row(inside, |indicator| &indicator.meta).into_iter();
    ordered.map(|(id, indicator)| indicator_json(id, indicator, sources)).collect()
}

fn indicator_json(id: &Id, indicator: &Indicator, sources: &SourceMap) -> Value {
    json!({
        "id": id, "number": indicator.meta.number, "row": indicator.meta.row,
        "level": indicator.level, "kind": kind_word(&indicator.kind),
        "kind_given": indicator.printed_kind.is_some(), "kind_printed": indicator.printed_kind,
        "title": indicator.meta.title, "feeds_nothing": indicator.feeds_nothing,
        "source": source(&indicator.meta), "feeds": ids(&indicator.feeds),
        "passport": indicator.passport.map(|item| item.name),
        "formula": indicator.formula.as_ref().map(|formula| one_line(sources.slice(formula.span))),
        "mended": mended(&indicator.meta.mended),
    })
}

fn activities(model: &Model, mechanism: Option<&Id>) -> Value {
    let inside = model.activities.iter().filter(|(_, it)| it.meta.mechanism.as_ref() == mechanism);
    by_row(inside, |activity| &activity.meta)
        .into_iter()
        .map(|(id, activity)| {
            json!({
                "id": id, "number": activity.meta.number, "row": activity.meta.row,
                "level": activity.level,
                "title": activity.meta.title, "source": source(&activity.meta),
                "documents": document_titles(&activity.documents, model),
                "measures": ids(&activity.measures),
                "measures_last": ids(&activity.measures_last),
                "with_pupils": activity.with_pupils.then_some(true),
                "documents_by": whose(&activity.meta, "документы"),
                "mended": mended(&activity.meta.mended),
            })
        })
        .collect()
}

/// The documents of the table's rows that belong to no activity.
fn documents(mechanism: &Mechanism, model: &Model) -> Value {
    let each = mechanism.documents.iter();
    each.map(|of| {
        json!({
            "number": of.document.number, "row": of.row, "level": of.level,
            "title": model.document_title(&of.document), "mended": mended(&of.mended),
        })
    })
    .collect()
}

fn document_titles(documents: &[DocumentUse], model: &Model) -> Vec<String> {
    documents.iter().map(|document| model.document_title(document)).collect()
}

/// The word of the contract for a kind of values.
pub fn kind_word(kind: &Kind) -> &'static str {
    match kind {
        Kind::YesNo => "да/нет",
        Kind::Percent { .. } => "процент",
        Kind::Points | Kind::Number { .. } => "число",
        Kind::Score { .. } => "балл",
        Kind::Mark => "отметка",
        Kind::Date => "дата",
        Kind::Text | Kind::OneOf { .. } => "текст",
    }
}

fn ids(references: &[Ref]) -> Vec<String> {
    references.iter().map(|reference| reference.id.to_string()).collect()
}

/// Why the methodist added a clause that the source does not have.
fn whose(meta: &Meta, keyword: &str) -> Option<String> {
    let mut notes = meta.notes.iter().filter(|note| note.keyword == keyword);
    notes.find_map(|note| note.methodist.clone())
}

fn source(meta: &Meta) -> Value {
    match &meta.source {
        Some(cite) => json!({ "source": cite.source, "place": cite.place }),
        None => Value::Null,
    }
}

fn mended(mends: &[Mend]) -> Value {
    let each = mends.iter();
    each.map(|mend| {
        json!({
            "field": mend.field, "printed": mend.printed, "corrected": mend.corrected,
            "because": mend.because,
        })
    })
    .collect()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What is absent or empty is left out.
pub fn prune(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let kept: Map<String, Value> = fields
                .into_iter()
                .map(|(key, value)| (key, prune(value)))
                .filter(|(_, value)| !is_nothing(value))
                .collect();
            Value::Object(kept)
        }
        Value::Array(items) => Value::Array(items.into_iter().map(prune).collect()),
        other => other,
    }
}

fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        _ => false,
    }
}

/// How much of each kind is declared: key, Russian word, number.
fn tallies(model: &Model) -> [(&'static str, &'static str, usize); 24] {
    let conclusions = model.analyses.values().map(|analysis| analysis.conclusions.len());
    [
        ("sources", "источников", model.sources.len()),
        ("acts", "актов", model.acts.len()),
        ("bodies", "органов", model.bodies.len()),
        ("roles", "ролей", model.roles.len()),
        ("documents", "видов документов", model.documents.len()),
        ("calendars", "календарей", model.calendars.len()),
        ("zones", "зон", model.zones.len()),
        ("directions", "направлений", model.directions.len()),
        ("mechanisms", "механизмов", model.mechanisms.len()),
        ("indicators", "показателей", model.indicators.len()),
        ("questions", "вопросов", model.questions.len()),
        ("deficits", "дефицитов", model.deficits.len()),
        ("causes", "причин", model.causes.len()),
        ("requirements", "требований", model.requirements.len()),
        ("goals", "целей", model.goals.len()),
        ("tasks", "задач", model.tasks.len()),
        ("activities", "мероприятий", model.activities.len()),
        ("resources", "ресурсов", model.resources.len()),
        ("risks", "рисков", model.risks.len()),
        ("conclusions", "выводов", conclusions.sum::<usize>()),
        ("roadmaps", "дорожных карт", model.roadmaps.len()),
        ("programmes", "программ", model.programmes.len()),
        ("methodologies", "методик", model.methodologies.len()),
        ("tests", "проверок", model.tests.len()),
    ]
}

/// The counts of a pack for programs.
pub fn counts_json(model: &Model) -> Value {
    let fields = tallies(model).into_iter();
    Value::Object(fields.map(|(key, _, n)| (key.to_owned(), json!(n))).collect())
}

/// How the indicators of lower levels are linked to those above them in their rows.
fn links_json(model: &Model) -> Value {
    let links = row_links(model);
    let of = |what: RowLink| links.iter().filter(|(_, link)| *link == what).count();
    if links.is_empty() {
        return Value::Null;
    }
    json!({
        "lower_indicators": links.len(), "linked": of(RowLink::Linked),
        "explained": of(RowLink::Explained),
    })
}

/// «показателей 36, дефицитов 11»; kinds that the pack has none of are left out.
pub fn counts_in_words(model: &Model) -> String {
    let present = tallies(model).into_iter().filter(|(_, _, n)| *n > 0);
    let words: Vec<String> = present.map(|(_, word, n)| format!("{word} {n}")).collect();
    if words.is_empty() { "объявлений нет".to_owned() } else { words.join(", ") }
}
