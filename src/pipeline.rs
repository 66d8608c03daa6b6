//! The stages in order. Every stage takes the value of the one before and adds its findings to the
//! run; nothing stops at the first fault, so one run reports them all.
//!
//! ```text
//! packs → syntax → model → check ─┐
//! project.toml, data → data ──────┴→ bind → edits → diagnose → choose, schedule → targets → compose → render
//! ```

mod identification_files;
mod identify;
mod manifest;
mod output;
mod packs;
mod project;
mod rendered;

use std::path::{Path, PathBuf};

use crate::base::Id;
use crate::calendar::Date;
use crate::check::{self, CheckContext};
use crate::data::Project;
use crate::diag::{Code, Diagnostic, SourceMap};
use crate::document::types::Programme;
use crate::document::{self, Composition};
use crate::edits;
use crate::eval::{self, Diagnosis, Evaluator, Facts};
use crate::model::{self, Model, ProgrammeKind};
use crate::plan::{self, Choice, PlannedTarget};
use crate::whynot::{self, Alteration, Answer, Element, Question};
use crate::world::World;

pub use identification_files::identification_files;
pub use identify::{
    Asked as IdentifyAsked, Identification, MOST_OF_A_REGION, Progress, identify, unknown_school,
};
pub use manifest::Manifest;
pub use output::{Folder, Published, is_possible, publish};
pub use packs::all_names;
pub use rendered::{Format, RenderedFile, render};

/// Codes of this stage.
pub mod codes {
    use crate::diag::Code;

    pub const UNREADABLE: Code = Code(400);
    pub const NOT_A_PACK: Code = Code(401);
    pub const SHADOWED_PACK: Code = Code(402);
    pub const OUTPUT_FOLDER: Code = Code(403);
    pub const CHANGED_BY_HAND: Code = Code(404);
    pub const BAD_MANIFEST: Code = Code(405);
    pub const UNKNOWN_PROGRAMME: Code = Code(406);
    pub const NO_PROGRAMME: Code = Code(407);
    pub const NOT_RENDERED: Code = Code(408);
    pub const UNKNOWN_ELEMENT: Code = Code(409);
    pub const OTHER_LEVEL: Code = Code(410);
    pub const NO_WHY_NOT: Code = Code(411);
    pub const UNKNOWN_METHODOLOGY: Code = Code(412);
    pub const STRICT: Code = Code(413);
    pub const UNKNOWN_SCHOOL: Code = Code(414);
    pub const OTHER_PROJECT: Code = Code(415);
    pub const OTHER_INSTITUTION: Code = Code(436);
    pub const NO_KIND: Code = Code(437);

    pub const ALL: &[(Code, &str)] = &[
        (UNREADABLE, "Файл или папку не удалось прочитать"),
        (NOT_A_PACK, "В папке нет файлов правил"),
        (SHADOWED_PACK, "Видны два разных пакета с одним именем"),
        (OUTPUT_FOLDER, "В папку с результатами нельзя записать"),
        (CHANGED_BY_HAND, "Файл в папке с результатами создан или изменён не этой программой"),
        (BAD_MANIFEST, "Опись прежней сборки не читается"),
        (UNKNOWN_PROGRAMME, "Такой программы в пакете нет"),
        (NO_PROGRAMME, "Не сказано, какой документ собирать"),
        (NOT_RENDERED, "Документ не удалось превратить в файл"),
        (UNKNOWN_ELEMENT, "Такого элемента нет ни в пакете, ни в документах проекта"),
        (OTHER_LEVEL, "Документ другого уровня, чем организация проекта"),
        (NO_WHY_NOT, "Об этом имени не спрашивают, почему его нет в документе"),
        (UNKNOWN_METHODOLOGY, "Такой методики нет ни в одном пакете"),
        (STRICT, "Строгое чтение: таблица идентификации с замечаниями не принята"),
        (OTHER_PROJECT, "Проект не подходит к бумагам идентификации"),
        (UNKNOWN_SCHOOL, "Такой школы нет в таблице идентификации"),
        (OTHER_INSTITUTION, "Документ для другого вида организации"),
        (NO_KIND, "Не сказано, какого вида организация"),
    ];
}

/// Every code that pko reports, with a summary of one line, in the order of the numbers.
pub fn all_codes() -> Vec<(Code, &'static str)> {
    let stages = [
        crate::syntax::codes::ALL,
        model::codes::ALL,
        crate::data::codes::ALL,
        eval::codes::ALL,
        plan::codes::ALL,
        document::codes::ALL,
        edits::codes::ALL,
        crate::ruletest::codes::ALL,
        crate::cohort::codes::ALL,
        codes::ALL,
    ];
    let checks = check::CHECKS.iter().map(|spec| (spec.code, spec.summary));
    let mut all: Vec<(Code, &str)> = stages.into_iter().flatten().copied().chain(checks).collect();
    all.sort_unstable();
    all
}

/// What one run reads from, and all that it has found so far.
pub struct Run<'w> {
    pub world: &'w dyn World,
    /// The folder of `--rules`.
    pub rules: Option<PathBuf>,
    /// Whether every condition that the checker cannot decide becomes a note.
    pub list_unproven: bool,
    pub sources: SourceMap,
    pub findings: Vec<Diagnostic>,
    /// What was parsed, for the next pack that uses it.
    parsed: model::ParsedPacks,
}

impl<'w> Run<'w> {
    pub fn new(world: &'w dyn World, rules: Option<PathBuf>) -> Self {
        let sources = SourceMap::default();
        let parsed = model::ParsedPacks::default();
        Self { world, rules, list_unproven: false, sources, findings: Vec::new(), parsed }
    }

    /// Adds what has not been found before.
    fn add(&mut self, findings: &[Diagnostic]) {
        for found in findings {
            if !self.findings.contains(found) {
                self.findings.push(found.clone());
            }
        }
    }

    pub fn has_errors(&self) -> bool {
        self.findings.iter().any(Diagnostic::is_error)
    }
}

/// The day of a book whose pack names no day at all.
const EPOCH: Date = jiff::civil::date(2000, 1, 1);

/// A pack with those that it uses, resolved and checked.
#[derive(Debug)]
pub struct Compiled {
    pub model: Model,
    /// Conditions that the checker could neither prove satisfiable nor refute.
    pub unproven: usize,
}

/// A project bound to its pack and edited by its team, free of errors.
#[derive(Debug)]
pub struct Bound {
    pub project: Project,
    pub model: Model,
    pub facts: Facts,
    /// Both as they were before the edits, where there are any.
    pub unedited: Option<Box<(Model, Facts)>>,
}

/// One document of a project, with everything that it was made from.
#[derive(Debug)]
pub struct Made {
    pub id: Id,
    pub kind: ProgrammeKind,
    pub choice: Choice,
    pub targets: Vec<PlannedTarget>,
    pub programme: Programme,
}

/// Finds, compiles and checks a pack. The model is there even where errors were found.
pub fn compile(run: &mut Run<'_>, pack: &str) -> Option<Compiled> {
    let shelves = packs::shelves(run, pack, None);
    compile_from(run, shelves, packs::Asked::by_user(pack))
}

fn compile_from(
    run: &mut Run<'_>,
    shelves: Vec<packs::Shelf>,
    asked: packs::Asked<'_>,
) -> Option<Compiled> {
    let store = packs::Store::new(run.world, shelves);
    let files = store.asked(&asked);
    run.findings.extend(store.take_faults());
    let (known, sources) = (&mut run.parsed, &mut run.sources);
    let model = model::load_again(files?, &store, known, sources, &mut run.findings);
    run.findings.extend(store.take_faults());
    let context = CheckContext { sources: &run.sources, list_unproven: run.list_unproven };
    let checked = check::check(&model, &context);
    run.findings.extend(checked.diagnostics);
    Some(Compiled { model, unproven: checked.unproven.len() })
}

/// Reads a project, its pack and its data, and binds them. `None` if anything was refused.
pub fn open(run: &mut Run<'_>, path: &Path) -> Option<Bound> {
    let project = project::read(run, path)?;
    let before = run.findings.len();
    let folder = path.parent().unwrap_or(Path::new(""));
    let shelves = packs::shelves(run, &project.pack.value, Some(folder));
    let asked = packs::Asked::by_project(&project.pack, folder);
    let compiled = compile_from(run, shelves, asked);
    project::forget_remarks(run);
    let is_pack_sound = !run.findings.iter().skip(before).any(Diagnostic::is_error);
    let observations = project::observations(run, &project, folder);
    let identification = project::identification(run, &project, folder);
    let model = compiled?.model;
    if !is_pack_sound {
        return None;
    }
    let facts = eval::bind(&model, &project, &observations, identification, &mut run.findings);
    if run.has_errors() {
        return None;
    }
    let mut bound = Bound { project, model, facts, unedited: None };
    project::require_kind(run, &bound);
    project::lay_calendar(run, &mut bound);
    if bound.project.has_edits() {
        bound.unedited = Some(Box::new((bound.model.clone(), bound.facts.clone())));
    }
    project::edit(run, &mut bound);
    (!run.has_errors()).then_some(bound)
}

/// Holds the data of a project against the rules.
pub fn diagnose(run: &mut Run<'_>, bound: &Bound) -> Diagnosis {
    let diagnosis = eval::diagnose(&bound.model, &bound.facts);
    run.add(&diagnosis.faults);
    diagnosis
}

/// Why an element is not in the documents of a project, and what would bring it in; `None` where it
/// is in.
pub fn why_not(bound: &Bound, element: &Element) -> Option<Answer> {
    let documents = project::documents(bound);
    let again = |change: &Alteration<'_>| project::changed(bound, &documents, change);
    let question =
        Question { model: &bound.model, facts: &bound.facts, documents: &documents, again: &again };
    whynot::why_not(&question, element)
}

/// The diagnosis as `pko/diagnosis/1`.
pub fn diagnosis_json(bound: &Bound, diagnosis: &Diagnosis) -> serde_json::Value {
    document::diagnosis_json(&bound.model, &bound.project, &bound.facts, diagnosis)
}

/// The handbook of a pack, with the day that stamps its files: the latest that the pack speaks of,
/// so that the same pack always gives the same book.
pub fn handbook(compiled: &Compiled) -> (Programme, Date) {
    let book = document::handbook(&compiled.model);
    let date = book.date.parse().unwrap_or(EPOCH);
    (book, date)
}

/// Makes the documents of a project, all that it asks for or only those named.
pub fn documents(run: &mut Run<'_>, bound: &Bound, only: &[String]) -> Vec<Made> {
    let kinds = project::kinds(run, bound, only);
    // Whatever is built beside it, a document says the same.
    let diagnosis = diagnose(run, bound);
    let evaluator = Evaluator::new(&bound.model, &bound.facts);
    let mut made = Vec::new();
    for (id, kind) in kinds {
        let period = project::period(&bound.project, &kind);
        let choice = plan::choose(&bound.model, &evaluator, &diagnosis, &kind, period);
        let faults = choice.schedule.faults(&bound.model);
        if !faults.is_empty() {
            run.add(&faults);
            continue;
        }
        run.add(&choice.schedule.remarks(&bound.model));
        let targets = plan::targets(&bound.model, &evaluator, &diagnosis, &choice);
        run.add(&plan::unread(&bound.model, &choice, &targets));
        run.add(&project::of_period(bound, &choice, &targets, &kind));
        let input = Composition {
            model: &bound.model,
            project: &bound.project,
            facts: &bound.facts,
            evaluator: &evaluator,
            diagnosis: &diagnosis,
            choice: &choice,
            targets: &targets,
            kind: &kind,
            identification: None,
        };
        run.findings.extend(document::remarks(&input));
        match document::compose(&input) {
            Ok(programme) => made.push(Made { id, kind, choice, targets, programme }),
            Err(faults) => run.findings.extend(faults),
        }
        run.add(&evaluator.faults());
    }
    // A document that was not composed shows no section at all.
    if only.is_empty() && !run.has_errors() {
        let composed = made.iter().map(|made| &made.programme);
        run.add(&edits::unplaced(&bound.project, composed));
    }
    made
}
