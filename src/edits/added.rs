//! Activities that a team adds of its own.

use super::values::{self, TERM_SAMPLE};
use super::{Base, codes, report};
use crate::base::{Id, is_mixed_script, suggest};
use crate::calendar::{Duration, Period, Term};
use crate::data::{AddedActivity, Placed, Project};
use crate::diag::Diagnostic;
use crate::eval::{Decision, own_level};
use crate::model::{Activity, Meta, Modality, Model, Ref};

/// Enters the added activities into the model; each is taken up by the team's decision.
pub(super) fn apply(project: &Project, base: &mut Base<'_>, out: &mut Vec<Diagnostic>) {
    let periods: Vec<Period> = base.documents.iter().map(|(_, period)| *period).collect();
    for added in &project.added_activities {
        let id = Id::new(&added.id.value);
        let before = out.len();
        name(added, &id, base.model, out);
        let activity = activity(added, base, &periods, out);
        let is_refused = out.iter().skip(before).any(Diagnostic::is_error);
        let Some(activity) = activity.filter(|_| !is_refused) else { continue };
        if let Some(fault) = too_long(added, &activity, base.model, &periods) {
            out.push(fault);
            continue;
        }
        let decision = Decision { includes: true, reason: added.reason.clone() };
        base.facts.decisions.activities.insert(id.clone(), decision);
        base.model.activities.insert(id, activity);
    }
}

/// The name must be one of the language, and free.
fn name(added: &AddedActivity, id: &Id, model: &Model, out: &mut Vec<Diagnostic>) {
    let text = id.as_str();
    let is_word = text.chars().all(|c| c.is_alphanumeric() || c == '_')
        && text.chars().next().is_some_and(char::is_alphabetic);
    if !is_word || is_mixed_script(text) {
        let message = format!("«{}» не годится в имена", added.id.value);
        let sample = "имя — буквы одного алфавита, цифры и «_»: наш_семинар";
        out.push(report::bad_value(&added.id, message, None, sample));
    } else if is_taken(id, model) {
        let message = format!("имя «{}» в пакете уже занято", added.id.value);
        out.push(
            Diagnostic::error(codes::NAME_TAKEN, added.id.place.clone(), message)
                .with_hint("назовите своё мероприятие иначе; чужое меняют через [[edits]]"),
        );
    }
}

fn is_taken(id: &Id, model: &Model) -> bool {
    model.activities.contains_key(id)
        || model.deficits.contains_key(id)
        || model.causes.contains_key(id)
        || model.tasks.contains_key(id)
        || model.requirements.contains_key(id)
        || model.indicators.contains_key(id)
        || model.goals.contains_key(id)
        || model.questions.contains_key(id)
        || model.zones.contains_key(id)
        || model.roles.contains_key(id)
        || model.bodies.contains_key(id)
        || model.documents.contains_key(id)
}

/// The activity as a pack would have it; every slip is reported.
fn activity(
    added: &AddedActivity,
    base: &Base<'_>,
    periods: &[Period],
    out: &mut Vec<Diagnostic>,
) -> Option<Activity> {
    let model = &*base.model;
    let term = term(added, model, periods, out);
    let lasts = added.lasts.as_ref().and_then(|lasts| duration(lasts, out));
    let responsible: Vec<Ref> =
        added.responsible.iter().filter_map(|it| actor(it, model, out)).collect();
    let controller = added.controller.as_ref().and_then(|it| actor(it, model, out));
    let (tasks, requirements) = answers(added, model, out);
    let after: Vec<Ref> = added.after.iter().filter_map(|it| earlier(it, model, out)).collect();
    let moves: Vec<Ref> =
        added.indicators.iter().filter_map(|it| indicator(it, model, out)).collect();
    repeated("ответственный", &responsible, out);
    repeated("задача", &tasks, out);
    repeated("требование", &requirements, out);
    repeated("мероприятие", &after, out);
    repeated("показатель", &moves, out);
    Some(Activity {
        meta: meta(added),
        level: own_level(base.facts),
        tasks,
        requirements,
        causes: Vec::new(),
        condition: None,
        responsible,
        controller,
        participants: Vec::new(),
        term: Some(term?),
        lasts,
        defaults_by: None,
        after,
        before: Vec::new(),
        documents: Vec::new(),
        results: added.result.lines().map(|line| line.trim().to_owned()).collect(),
        moves,
        targets: Vec::new(),
        measures: Vec::new(),
        measures_last: Vec::new(),
        with_pupils: false,
        first_step: None,
        modality: Modality::Obligatory,
        actions: Vec::new(),
        absent: Vec::new(),
        external: false,
        term_edited: None,
    })
}

fn meta(added: &AddedActivity) -> Meta {
    Meta {
        pack: Id::new(""),
        span: values::span(&added.id.place),
        title: added.title.clone(),
        number: None,
        mechanism: None,
        row: None,
        values: Vec::new(),
        source: None,
        methodist: None,
        notes: Vec::new(),
        clauses: Vec::new(),
        mended: Vec::new(),
        unconfirmed: false,
        institutions: Vec::new(),
        prose: String::new(),
        decided: vec![format!("Добавлено решением команды: {}", added.reason)],
    }
}

fn term(
    added: &AddedActivity,
    model: &Model,
    periods: &[Period],
    out: &mut Vec<Diagnostic>,
) -> Option<Term<Id>> {
    match values::term(&added.term.value, model) {
        Ok(term) if values::is_outside(&term, periods, model) => {
            let message = format!("срок «{}» не попадает в срок программы", added.term.value);
            let sample = "назовите время внутри срока программы";
            out.push(report::bad_value(&added.term, message, None, sample));
            None
        }
        Ok(term) => {
            out.extend(values::cut(&added.term, &term, periods, model));
            Some(term)
        }
        Err(message) => {
            out.push(report::bad_value(&added.term, message, None, TERM_SAMPLE));
            None
        }
    }
}

/// Reports what a list names twice, be it by name or by title.
fn repeated(what: &str, named: &[Ref], out: &mut Vec<Diagnostic>) {
    if let Some((first, again)) = values::twice(named) {
        out.push(report::repeated(what, again, Some(first)));
    }
}

fn duration(given: &Placed<String>, out: &mut Vec<Diagnostic>) -> Option<Duration> {
    let found = values::lasts(&given.value);
    if found.is_none() {
        let message = format!("длительность «{}» не читается", given.value);
        let sample = "пишут как в правилах: «10 дней», «5 рабочих дней», «2 недели», «1 месяц»";
        out.push(report::bad_value(given, message, None, sample));
    }
    found
}

/// What a pack is refused for, ПКО-045. How the programme cuts the term does not count.
fn too_long(
    added: &AddedActivity,
    activity: &Activity,
    model: &Model,
    periods: &[Period],
) -> Option<Diagnostic> {
    let lasts = added.lasts.as_ref()?;
    let outlasts =
        |period: &Period| activity.outlasts_its_term(model, &period.whole_school_years());
    if !periods.iter().any(outlasts) {
        return None;
    }
    let message = format!(
        "мероприятие «{}» длится дольше своего срока: «{}», а срок — «{}»",
        added.id.value, lasts.value, added.term.value
    );
    let sample = "поправьте lasts или term: мероприятие делают внутри его срока";
    Some(report::bad_value(lasts, message, None, sample))
}

fn actor(given: &Placed<String>, model: &Model, out: &mut Vec<Diagnostic>) -> Option<Ref> {
    let found = values::actor(&given.value, &given.place, model);
    if found.is_none() {
        let message = format!("в пакете нет роли или органа «{}»", given.value);
        let near = values::near_actor(&given.value, model);
        let sample = "пишут имя или название роли или органа из пакета";
        out.push(report::bad_value(given, message, near, sample));
    }
    found
}

/// Tasks and requirements apart.
fn answers(
    added: &AddedActivity,
    model: &Model,
    out: &mut Vec<Diagnostic>,
) -> (Vec<Ref>, Vec<Ref>) {
    let (mut tasks, mut requirements) = (Vec::new(), Vec::new());
    for given in &added.answers {
        let id = Id::new(&given.value);
        let named = Ref { id: id.clone(), span: values::span(&given.place) };
        if model.tasks.contains_key(&id) {
            tasks.push(named);
        } else if model.requirements.contains_key(&id) {
            requirements.push(named);
        } else {
            let known = model.tasks.keys().chain(model.requirements.keys());
            let near = suggest(&given.value, known.map(Id::as_str));
            let message = format!("в пакете нет задачи или требования «{}»", given.value);
            let otherwise = "имена задач и требований печатает pko show";
            out.push(report::unknown(given.place.clone(), message, near, otherwise));
        }
    }
    (tasks, requirements)
}

/// An indicator that it is to move.
fn indicator(given: &Placed<String>, model: &Model, out: &mut Vec<Diagnostic>) -> Option<Ref> {
    let id = Id::new(&given.value);
    if model.indicators.contains_key(&id) {
        return Some(Ref { id, span: values::span(&given.place) });
    }
    let near = suggest(&given.value, model.indicators.keys().map(Id::as_str));
    let message = format!("в пакете нет показателя «{}»", given.value);
    let otherwise = "имена показателей печатает pko show";
    out.push(report::unknown(given.place.clone(), message, near, otherwise));
    None
}

/// An activity of the pack, or one that the project has added above: so no circle can close.
fn earlier(given: &Placed<String>, model: &Model, out: &mut Vec<Diagnostic>) -> Option<Ref> {
    let id = Id::new(&given.value);
    if model.activities.contains_key(&id) {
        return Some(Ref { id, span: values::span(&given.place) });
    }
    let near = suggest(&given.value, model.activities.keys().map(Id::as_str));
    let message = format!("мероприятия «{}» нет ни в пакете, ни выше в проекте", given.value);
    let otherwise = "в «after» называют мероприятие пакета или добавленное раньше этого";
    out.push(report::unknown(given.place.clone(), message, near, otherwise));
    None
}
