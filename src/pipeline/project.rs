//! A project file, its data and its programmes.

use std::path::Path;

use super::{Bound, Run, codes};
use crate::base::{Id, Level, suggest};
use crate::calendar::{Period, contradictions};
use crate::data::identification::Identification;
use crate::data::{
    self, CalendarChange, DataFile, Observation, Project, read_observations, report_between_files,
};
use crate::diag::{Diagnostic, Place};
use crate::edits::{self, Base};
use crate::model::{Meta, ProgrammeKind};
use crate::plan::{self, Choice, Outlook, PlannedTarget};
use crate::whynot::Alteration;
use crate::world::FileError;

/// Reads the project file.
pub fn read(run: &mut Run<'_>, path: &Path) -> Option<Project> {
    let name = path.display().to_string();
    match run.world.read(path) {
        Ok(bytes) => data::read_project(&name, &bytes, &mut run.sources, &mut run.findings),
        Err(error) => {
            run.findings.push(
                unreadable(Place::File(name), &error)
                    .with_hint("укажите файл проекта; заготовку печатает «pko new школа»"),
            );
            None
        }
    }
}

fn unreadable(place: Place, error: &FileError) -> Diagnostic {
    Diagnostic::error(codes::UNREADABLE, place, error.russian())
}

/// Reads every data file; repeated figures are reported, also between files.
pub fn observations(run: &mut Run<'_>, project: &Project, folder: &Path) -> Vec<Observation> {
    let mut all = Vec::new();
    for file in &project.data {
        all.extend(data_file(run, file, folder));
    }
    report_between_files(&all, &run.sources, &mut run.findings);
    all
}

fn data_file(run: &mut Run<'_>, file: &DataFile, folder: &Path) -> Vec<Observation> {
    let path = folder.join(&file.path.value);
    let name = path.display().to_string();
    match run.world.read(&path) {
        Ok(bytes) => {
            read_observations(&name, &bytes, &file.source, &mut run.sources, &mut run.findings)
        }
        Err(error) => {
            let message = format!("файл данных {name}: {}", error.russian());
            run.findings.push(
                Diagnostic::error(codes::UNREADABLE, file.path.place.clone(), message)
                    .with_hint("путь считается от папки проекта"),
            );
            Vec::new()
        }
    }
}

/// What `pko identify` wrote, where the project names it.
pub fn identification(
    run: &mut Run<'_>,
    project: &Project,
    folder: &Path,
) -> Option<Identification> {
    let file = project.identification.as_ref()?;
    let path = folder.join(&file.value);
    let name = path.display().to_string();
    match run.world.read(&path) {
        Ok(bytes) => data::read_identification(&name, &bytes, &mut run.sources, &mut run.findings),
        Err(error) => {
            let message = format!("результат идентификации {name}: {}", error.russian());
            run.findings.push(
                Diagnostic::error(codes::UNREADABLE, file.place.clone(), message)
                    .with_hint("путь считается от папки проекта"),
            );
            None
        }
    }
}

/// A school does not mend packs: remarks about them are for `pko check`.
pub fn forget_remarks(run: &mut Run<'_>) {
    run.findings.retain(|found| found.is_error() || found.code == codes::SHADOWED_PACK);
}

/// Lays the calendar of the institution over that of the pack.
pub fn lay_calendar(run: &mut Run<'_>, bound: &mut Bound) {
    let change = &bound.project.calendar;
    if *change == CalendarChange::default() {
        return;
    }
    bound.model.change_calendar(change);
    let faults = contradictions(bound.model.calendar(), data::codes::BAD_CALENDAR);
    run.findings.extend(faults);
}

/// Lays the team's edits over the pack and the facts.
pub fn edit(run: &mut Run<'_>, bound: &mut Bound) {
    let documents = documents(bound);
    let Bound { project, model, facts, .. } = bound;
    let mut base = Base { model, facts, documents: &documents };
    edits::apply(project, &mut base, &mut run.findings);
}

/// The documents of a project with their first and last days.
pub fn documents(bound: &Bound) -> Vec<(ProgrammeKind, Period)> {
    let kinds = wanted(bound).into_iter();
    kinds.map(|(_, kind)| (kind.clone(), period(&bound.project, &kind))).collect()
}

/// What the documents come to with other data, the team's edits laid anew.
pub fn changed(
    bound: &Bound,
    documents: &[(ProgrammeKind, Period)],
    change: &Alteration<'_>,
) -> Outlook {
    let Some(unedited) = &bound.unedited else {
        let mut facts = bound.facts.clone();
        change(&mut facts);
        return Outlook::of(&bound.model, &facts, documents);
    };
    let (mut model, mut facts) = unedited.as_ref().clone();
    change(&mut facts);
    let mut base = Base { model: &mut model, facts: &mut facts, documents };
    // Edits that are stale with other data are no findings of this run.
    edits::apply(&bound.project, &mut base, &mut Vec::new());
    Outlook::of(&model, &facts, documents)
}

/// The kinds of programme to make: those named on the command line, those of the project, or the
/// first one of the institution's level.
pub fn kinds(run: &mut Run<'_>, bound: &Bound, only: &[String]) -> Vec<(Id, ProgrammeKind)> {
    let wanted = wanted(bound);
    if wanted.is_empty() {
        let level = bound.project.institution.level.genitive();
        let message = format!("в пакете нет ни одной программы {level}");
        run.findings.push(
            Diagnostic::error(codes::NO_PROGRAMME, bound.project.pack.place.clone(), message)
                .with_hint("назовите другой пакет или документы в ключе «programmes»"),
        );
    }
    let mut left: Vec<(Id, ProgrammeKind)> = Vec::new();
    run.findings.extend(wanted.iter().filter_map(|(id, kind)| {
        of_other_level(bound, id, kind).or_else(|| of_other_institution(bound, id, kind))
    }));
    for (id, kind) in wanted {
        let named = |text: &String| *text == id.as_str() || *text == kind.kind;
        if only.is_empty() || only.iter().any(named) {
            left.push((id, kind));
        }
    }
    for text in only {
        if !left.iter().any(|(id, kind)| text == id.as_str() || *text == kind.kind) {
            run.findings.push(not_asked_for(bound, text));
        }
    }
    left
}

fn wanted(bound: &Bound) -> Vec<(Id, ProgrammeKind)> {
    let programmes = &bound.model.programmes;
    let named: Vec<Id> = bound.project.programmes.iter().map(|p| Id::new(&p.value)).collect();
    let chosen = |(id, kind): (&Id, &ProgrammeKind)| (id.clone(), kind.clone());
    if named.is_empty() {
        let own = bound.project.institution.level;
        return programmes
            .iter()
            .filter(|(_, kind)| kind.level == own && !kind.about_identification)
            .filter(|(_, kind)| bound.facts.concerns(&kind.meta))
            .take(1)
            .map(chosen)
            .collect();
    }
    named.iter().filter_map(|id| programmes.get_key_value(id).map(chosen)).collect()
}

/// A school does not issue the papers of its municipality.
fn of_other_level(bound: &Bound, id: &Id, kind: &ProgrammeKind) -> Option<Diagnostic> {
    let own = bound.project.institution.level;
    if kind.level == own {
        return None;
    }
    let place = asked_at(bound, id);
    let message = format!(
        "документ «{id}» — документ {}, а проект — проект {}",
        kind.level.genitive(),
        own.genitive()
    );
    Some(
        Diagnostic::error(codes::OTHER_LEVEL, place, message)
            .with_label(kind.meta.span, "документ объявлен здесь")
            .with_hint(format!(
                "поставьте в разделе [institution] level = \"{}\" или назовите другой документ",
                kind.level.nominative()
            )),
    )
}

/// A kindergarten does not compose the programme of a school.
fn of_other_institution(bound: &Bound, id: &Id, kind: &ProgrammeKind) -> Option<Diagnostic> {
    let own = bound.facts.institution.as_ref().filter(|_| !bound.facts.concerns(&kind.meta))?;
    let kinds: Vec<String> =
        kind.meta.institutions.iter().map(|named| format!("«{}»", named.id)).collect();
    let message =
        format!("документ «{id}» — не для организации вида «{own}»: он для {}", kinds.join(", "));
    let fits = |(_, other): &(&Id, &ProgrammeKind)| {
        other.level == kind.level && other.meta.is_for(Some(own))
    };
    let hint = match bound.model.programmes.iter().find(fits) {
        Some((fitting, _)) => format!("назовите в ключе «programmes» документ «{fitting}»"),
        None => "исправьте kind в разделе [institution] или назовите другой документ".to_owned(),
    };
    Some(
        Diagnostic::error(codes::OTHER_INSTITUTION, asked_at(bound, id), message)
            .with_label(kind.meta.span, "документ объявлен здесь")
            .with_hint(hint),
    )
}

/// Where the project asks for a document.
fn asked_at(bound: &Bound, id: &Id) -> Place {
    let named = bound.project.programmes.iter().find(|named| Id::new(&named.value) == *id);
    named.map_or(Place::Nowhere, |named| named.place.clone())
}

/// Rules that differ by the kind of institution need to know it.
pub fn require_kind(run: &mut Run<'_>, bound: &Bound) {
    let institution = &bound.project.institution;
    let model = &bound.model;
    let differs =
        |level: Level, meta: &Meta| level == institution.level && !meta.institutions.is_empty();
    let is_asked = model.deficits.values().any(|it| differs(it.level, &it.meta))
        || model.requirements.values().any(|it| differs(it.level, &it.meta))
        || model.programmes.values().any(|it| differs(it.level, &it.meta));
    if bound.facts.institution.is_some() || !is_asked {
        return;
    }
    let kinds: Vec<&str> = model.institution_kinds.keys().map(Id::as_str).collect();
    let message = "правила пакета различают виды организаций, а вид этой не назван";
    run.findings.push(
        Diagnostic::error(codes::NO_KIND, institution.id.place.clone(), message).with_hint(
            format!(
                "напишите в разделе [institution] kind = \"…\", например «{}»",
                kinds.join("», «")
            ),
        ),
    );
}

fn not_asked_for(bound: &Bound, text: &str) -> Diagnostic {
    let names: Vec<String> = wanted(bound).iter().map(|(id, _)| id.to_string()).collect();
    let message = format!("в проекте нет документа «{text}»");
    let fault = Diagnostic::error(codes::UNKNOWN_PROGRAMME, Place::Nowhere, message);
    match suggest(text, names.iter().map(String::as_str)) {
        Some(near) => fault.with_hint(format!("возможно, вы имели в виду «{near}»")),
        None => fault.with_hint(format!("проект собирает: {}", names.join(", "))),
    }
}

/// The first and last day of a programme: the project's own, or those of its kind.
pub fn period(project: &Project, kind: &ProgrammeKind) -> Period {
    match &project.period {
        Some((from, to)) => Period { from: from.value, to: to.value },
        None => plan::period_of(kind, project.date.value),
    }
}

/// What a team should know of the term of a programme.
pub fn of_period(
    bound: &Bound,
    choice: &Choice,
    targets: &[PlannedTarget],
    kind: &ProgrammeKind,
) -> Vec<Diagnostic> {
    if kind.period.is_none() {
        return Vec::new();
    }
    let Bound { project, model, .. } = bound;
    let begins = project.period.as_ref().map_or(&project.date, |(from, _)| from);
    let ends = project.period.as_ref().map_or(&project.date, |(_, to)| to);
    let found = [
        plan::over_before(&choice.period, project.date.value, ends.place.clone()),
        plan::made_up_for(choice, begins.place.clone()),
        plan::too_late(model, &choice.period, targets, ends.place.clone()),
    ];
    found.into_iter().flatten().collect()
}
