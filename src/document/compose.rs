//! From diagnosis and choice to the neutral document: the order of the work.

use super::codes;
use super::cohort::Identification;
use super::decree;
use super::items::item;
use super::merged::Together;
use super::requisites;
use super::scope;
use super::sections::sections;
use super::stages;
use super::structure;
use super::things::Thing;
use super::times;
use super::types::Programme;
use super::unanswered;
use super::view::View;
use super::writer::Writer;
use super::years;
use crate::base::Id;
use crate::data::Project;
use crate::diag::Diagnostic;
use crate::eval::{Diagnosis, Evaluator, Facts};
use crate::model::{Model, ProgrammeKind};
use crate::plan::{Choice, PlannedTarget};

/// Everything that a document is made of.
#[derive(Clone, Copy)]
pub struct Composition<'a> {
    pub model: &'a Model,
    pub project: &'a Project,
    pub facts: &'a Facts,
    pub evaluator: &'a Evaluator<'a>,
    pub diagnosis: &'a Diagnosis,
    pub choice: &'a Choice,
    pub targets: &'a [PlannedTarget],
    pub kind: &'a ProgrammeKind,
    /// What a paper of an identification tells of.
    pub identification: Option<Identification<'a>>,
}

/// Composes a document; every text that cannot be put into words is reported, all at once.
pub fn compose(input: &Composition<'_>) -> Result<Programme, Vec<Diagnostic>> {
    if let Some(fault) = of_no_identification(input) {
        return Err(vec![fault]);
    }
    let mut view = View::new(*input);
    if let Some(fault) = years::too_many(&view) {
        return Err(vec![fault]);
    }
    let mut faults = Vec::new();
    view.title = title(&view, &mut faults);
    view.stage_contents = stages::contents(&mut Writer::new(&view, &mut faults));
    let mut writer = Writer::new(&view, &mut faults);
    let (sections, annexes) = sections(&mut writer, &input.kind.sections);
    let mut programme = Programme {
        schema: "pko/programme/1".to_owned(),
        title: view.title.clone(),
        sections,
        annexes,
        ..Programme::default()
    };
    requisites::fill(&view, &mut programme);
    structure::fill(&view, &mut programme);
    decree::fill(&mut Writer::new(&view, &mut faults), &mut programme);
    if faults.is_empty() { Ok(programme) } else { Err(once(faults)) }
}

/// What a person should know of a document that is composed nevertheless: acts or a pack that are
/// not in force on its date, activities out of its period, priorities that nothing answers, a name
/// that stands as it is.
pub fn remarks(input: &Composition<'_>) -> Vec<Diagnostic> {
    let view = View::new(*input);
    let mut remarks = requisites::acts_out_of_force(&view);
    remarks.extend(requisites::pack_out_of_term(&view));
    remarks.extend(times::outside_period(&view));
    remarks.extend(stages::not_laid(&view));
    remarks.extend(unanswered::priorities(&view));
    remarks.extend(scope::undeclined_name(&view));
    remarks
}

/// The words that a deficit brings along, as a document of this composition says them.
pub fn deficit_text(input: &Composition<'_>, deficit: &Id) -> Result<String, Vec<Diagnostic>> {
    let view = View::new(*input);
    let mut faults = Vec::new();
    let known = input.model.deficits.get_key_value(deficit);
    let text = known.map(|(id, _)| {
        let deficit = Together::alone(Thing::Deficit(id));
        item(&mut Writer::new(&view, &mut faults), deficit, 1).text
    });
    if faults.is_empty() { Ok(text.unwrap_or_default().join(" ")) } else { Err(once(faults)) }
}

/// A paper about an identification where there is none.
fn of_no_identification(input: &Composition<'_>) -> Option<Diagnostic> {
    let kind = input.kind;
    let is_without = kind.about_identification && input.identification.is_none();
    is_without.then(|| {
        let message = format!(
            "«{}» рассказывает об идентификации, а по проекту её не проводят",
            kind.kind.trim()
        );
        Diagnostic::error(codes::NO_IDENTIFICATION, kind.meta.span, message).with_hint(
            "такие бумаги составляет команда «pko identify ДАННЫЕ --methodology ИМЯ -o ПАПКА»",
        )
    })
}

fn title(view: &View<'_>, faults: &mut Vec<Diagnostic>) -> String {
    match &view.kind.title {
        Some(template) => Writer::new(view, faults).line(template, None),
        None => crate::russian::typographic(&view.kind.meta.title),
    }
}

/// A text that stands in several places is reported once.
fn once(faults: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut kept: Vec<Diagnostic> = Vec::new();
    for fault in faults {
        if !kept.contains(&fault) {
            kept.push(fault);
        }
    }
    kept
}
