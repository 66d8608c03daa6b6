//! A methodology held against a table: packs → methodology → settings → table → verdicts.

use std::cell::Cell;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::{Compiled, Run, codes, compile, packs, project};
use crate::base::{Id, Level, suggest};
use crate::cohort::{
    self, Exclusions, Fragile, Identified, Issues, Method, OtherReading, Settings, Table,
};
use crate::data::Project;
use crate::diag::{Diagnostic, Place};
use crate::model::methodology::Methodology;
use crate::model::{Model, PackStore as _};
use crate::world::{FileError, World};

/// What is asked.
#[derive(Clone, Debug)]
pub struct Asked {
    pub data: PathBuf,
    pub methodology: String,
    /// Parameters and what they are set to.
    pub settings: Vec<(String, String)>,
    /// The last year that counts.
    pub as_of: Option<i32>,
    /// A list of schools that take no part.
    pub exclude: Option<PathBuf>,
    /// Whether anything doubtful in the table refuses it.
    pub strict: bool,
    /// The project of the region (or municipality) whose papers are made.
    pub project: Option<PathBuf>,
}

/// A table identified, with the pack whose methodology it was.
#[derive(Debug)]
pub struct Identification {
    pub compiled: Compiled,
    pub methodology: Id,
    pub data: PathBuf,
    pub identified: Identified,
    /// Whose requisites the papers bear; blanks where it is not given.
    pub project: Option<Project>,
}

/// Hears how many bytes of how many are read.
pub type Progress<'a> = &'a dyn Fn(u64, u64);

/// Identifies the schools of a table; `None` where something was refused.
pub fn identify(
    run: &mut Run<'_>,
    asked: &Asked,
    progress: Progress<'_>,
) -> Option<Identification> {
    let id = Id::new(&asked.methodology.replace('-', "_"));
    let compiled = methodology(run, &asked.methodology, &id);
    let excluded = excluded(run, asked);
    let project = asked.project.as_ref().and_then(|path| project::read(run, path));
    let compiled = compiled?;
    let methodology = compiled.model.methodologies.get(&id)?;
    let settings = Settings::with(methodology, &asked.settings);
    let settings = settings.map_err(|faults| run.findings.extend(faults)).ok()?;
    let project = project.filter(|project| fits(run, project, &compiled.model));
    let by = methodology.window.as_ref().and_then(|window| window.by.as_ref());
    if asked.as_of.is_some() && by.is_some_and(|by| settings.get(by).is_some()) {
        let message = "годы названы дважды: и «--as-of», и «--set years=…»";
        let fault = Diagnostic::error(cohort::codes::SETTING, Place::Nowhere, message);
        run.findings.push(fault.with_hint("оставьте одно"));
    }
    if run.has_errors() {
        return None;
    }
    let mut method = cohort::settle(&compiled.model, methodology, &settings);
    method.window.until = asked.as_of;
    let reading = table(run, &asked.data, &method, &excluded, progress)?;
    if asked.strict && !reading.issues.is_empty() {
        run.findings.extend(refused(&asked.data, &reading.issues, &method));
        return None;
    }
    let outcome = cohort::identify(&method, &reading.table);
    let fragile = fragile(&compiled.model, methodology, &settings, &method, &reading.table);
    let identified = Identified {
        source: source(&compiled.model, methodology),
        method,
        settings,
        table: reading.table,
        issues: reading.issues,
        outcome,
        fragile,
    };
    Some(Identification {
        compiled,
        methodology: id,
        data: asked.data.clone(),
        identified,
        project,
    })
}

/// Whether papers can bear the requisites of a project: a region's or a municipality's, over the pack
/// of the methodology.
fn fits(run: &mut Run<'_>, project: &Project, model: &Model) -> bool {
    let pack = model.pack().map_or("", |pack| pack.id.as_str());
    let fault = match project.institution.level {
        Level::School => "это проект школы: её реквизитов на бумагах региона не бывает".to_owned(),
        _ if project.pack.value != pack => {
            format!("проект — на пакете «{}», а методика — в пакете «{pack}»", project.pack.value)
        }
        _ => return true,
    };
    let place = project.pack.place.clone();
    let hint = format!("нужен проект региона или муниципалитета с ключом pack = \"{pack}\"");
    run.findings.push(Diagnostic::error(codes::OTHER_PROJECT, place, fault).with_hint(hint));
    false
}

/// «Проект …, приложение 1»: the document that the methodology stands in, and the place.
fn source(model: &Model, methodology: &Methodology) -> String {
    let Some(cite) = &methodology.meta.source else { return String::new() };
    let title = model.sources.get(&cite.source).map(|source| source.meta.title.as_str());
    let parts = [title.unwrap_or_default(), cite.place.as_str()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// Papers that list every school, and trials of how firmly the verdicts stand, are for a region of so
/// many schools, not for a country.
pub const MOST_OF_A_REGION: usize = 1500;

fn fragile(
    model: &Model,
    methodology: &Methodology,
    settings: &Settings,
    method: &Method,
    table: &Table,
) -> Vec<Vec<Fragile>> {
    if table.schools.len() > MOST_OF_A_REGION {
        return Vec::new();
    }
    let mut others = cohort::readings(model, methodology, settings);
    others.iter_mut().for_each(|other| other.method.window.until = method.window.until);
    let readings: Vec<OtherReading<'_>> = others
        .iter()
        .map(|it| OtherReading { name: &it.parameter, value: &it.value, method: &it.method })
        .collect();
    cohort::fragile(method, table, &readings)
}

/// The pack in view that declares a methodology, compiled; `name` is what it was asked for by.
fn methodology(run: &mut Run<'_>, name: &str, wanted: &Id) -> Option<Compiled> {
    let (mut pack, mut known) = (None, Vec::new());
    let store = packs::Store::new(run.world, packs::shelves(run, "", None));
    for candidate in store.names() {
        let Some(files) = store.pack(&candidate) else { continue };
        for declared in files.files.iter().flat_map(|(_, text)| declared(text)) {
            if declared == *wanted && pack.is_none() {
                pack = Some(candidate.clone());
            }
            known.push(declared);
        }
    }
    drop(store);
    if let Some(pack) = pack {
        return compile(run, &pack);
    }
    known.sort();
    known.dedup();
    let message = format!("методики «{name}» нет ни в одном видимом пакете");
    let hint = match suggest(name, known.iter().map(Id::as_str)) {
        Some(near) => format!("возможно, вы имели в виду «{near}»"),
        None => {
            let known: Vec<&str> = known.iter().map(Id::as_str).collect();
            format!("есть методики: {}", known.join(", "))
        }
    };
    let fault = Diagnostic::error(codes::UNKNOWN_METHODOLOGY, Place::Nowhere, message);
    run.findings.push(fault.with_hint(hint));
    None
}

/// The methodologies that a file seems to declare; the compiler has the last word.
fn declared(text: &str) -> impl Iterator<Item = Id> {
    text.lines().filter_map(|line| {
        let name = line.strip_prefix("методика ")?.split_whitespace().next()?;
        Some(Id::new(name))
    })
}

fn excluded(run: &mut Run<'_>, asked: &Asked) -> Exclusions {
    let Some(path) = &asked.exclude else { return Exclusions::new() };
    let name = path.display().to_string();
    let read = match run.world.read(path) {
        Ok(bytes) => cohort::read_excluded(&name, &bytes),
        Err(error) => Err(vec![unreadable(&error)]),
    };
    read.unwrap_or_else(|faults| {
        run.findings.extend(faults);
        Exclusions::new()
    })
}

fn unreadable(error: &FileError) -> Diagnostic {
    let place = Place::File(error.path.display().to_string());
    Diagnostic::error(codes::UNREADABLE, place, error.russian()).with_hint("проверьте путь")
}

fn table(
    run: &mut Run<'_>,
    path: &Path,
    method: &Method,
    excluded: &Exclusions,
    progress: Progress<'_>,
) -> Option<cohort::Reading> {
    let file = match run.world.length(path) {
        Ok(length) => File {
            world: run.world,
            path,
            name: path.display().to_string(),
            length,
            progress,
            told: Cell::new(0),
        },
        Err(error) => {
            run.findings.push(unreadable(&error));
            return None;
        }
    };
    let read = cohort::read(&file, method, excluded);
    read.map_err(|faults| run.findings.extend(faults)).ok()
}

/// A table of the world.
struct File<'a> {
    world: &'a dyn World,
    path: &'a Path,
    name: String,
    length: u64,
    progress: Progress<'a>,
    told: Cell<u64>,
}

/// Progress is told once in so many bytes.
const STEP: u64 = 1 << 20;

impl cohort::Source for File<'_> {
    fn name(&self) -> &str {
        &self.name
    }

    fn open(&self) -> io::Result<Box<dyn Read + Send>> {
        self.world.open(self.path).map_err(|error| io::Error::other(error.russian()))
    }

    fn advance(&self, taken: u64) {
        if taken < self.told.get() || taken - self.told.get() >= STEP || taken >= self.length {
            self.told.set(taken);
            (self.progress)(taken, self.length);
        }
    }
}

/// What of a table a strict reading does not accept, cell by cell.
fn refused(path: &Path, issues: &Issues, method: &Method) -> Vec<Diagnostic> {
    let place = Place::File(path.display().to_string());
    let told = issues.iter().map(|issue| {
        let quoted = |word: &str| (!word.is_empty()).then(|| format!("«{word}»"));
        let row = (issue.row > 0).then(|| format!("строка {}", issue.row));
        let fault = issue.kind.phrase(method).split(": ").next().map(str::to_owned);
        let parts = [row, quoted(issue.column), quoted(issue.found), fault];
        let message = parts.into_iter().flatten().collect::<Vec<_>>().join(", ");
        let expected = issue.kind.expected(method).map(|it| format!("; {it}")).unwrap_or_default();
        Diagnostic::error(codes::STRICT, place.clone(), message)
            .with_hint(format!("исправьте таблицу или уберите --strict{expected}"))
    });
    told.collect()
}

/// A school that is not in the table.
pub fn unknown_school(found: &Identification, id: &str) -> Diagnostic {
    let schools = &found.identified.table.schools;
    let message = format!("школы «{id}» в таблице нет");
    let fault = Diagnostic::error(codes::UNKNOWN_SCHOOL, Place::Nowhere, message);
    match suggest(id, schools.iter().map(|school| school.id.as_str())) {
        Some(near) => fault.with_hint(format!("возможно, вы имели в виду «{near}»")),
        None => {
            let first = schools.iter().take(5).map(|school| school.id.as_str());
            let first: Vec<&str> = first.collect();
            fault.with_hint(format!("нужен код из графы school_id, например: {}", first.join(", ")))
        }
    }
}
