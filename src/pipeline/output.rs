//! The output folder. What a person put or changed there is not touched unless they say so; either
//! everything is written or nothing.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::manifest::{self, FileRecord, Manifest};
use super::{RenderedFile, Run, codes};
use crate::diag::{Diagnostic, Place};
use crate::world::{FileError, FileErrorKind, PathKind, World};

/// Where and how to write.
#[derive(Clone, Debug)]
pub struct Folder {
    pub path: PathBuf,
    /// Replace what was changed by hand, too.
    pub force: bool,
    /// Only some documents or formats were asked for: the others of the previous build stay.
    pub partial: bool,
}

/// What has been done, names within the folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Published {
    pub written: Vec<String>,
    pub removed: Vec<String>,
}

/// Writes the files and their manifest, in which they are still to be named; `None` where that was refused, and then nothing has
/// changed.
pub fn publish(
    run: &mut Run<'_>,
    mut manifest: Manifest,
    files: Vec<RenderedFile>,
    folder: &Folder,
) -> Option<Published> {
    let exists = examine(run, &folder.path)?;
    let previous = if exists { previous(run, folder)? } else { BTreeMap::new() };
    let plan = plan(run, &files, folder, previous)?;
    manifest.files = files.iter().map(FileRecord::from).chain(plan.kept).collect();
    manifest.files.sort_by(|a, b| a.path.cmp(&b.path));
    let result = write(run.world, files, &manifest, folder, exists, &plan.removed);
    match result {
        Ok(written) => Some(Published { written, removed: plan.removed }),
        Err(error) => {
            run.findings.push(refused(&error.path, error.russian()));
            None
        }
    }
}

/// Whether the folder is there or can be made; what stands in the way is reported.
pub fn is_possible(run: &mut Run<'_>, path: &Path) -> bool {
    examine(run, path).is_some()
}

/// Whether the folder is there; an impossible one is reported.
fn examine(run: &mut Run<'_>, path: &Path) -> Option<bool> {
    let fault = match run.world.kind(path) {
        Some(PathKind::Folder) => return Some(true),
        Some(PathKind::File) => {
            refused(path, "это файл, а нужна папка").with_hint("укажите другое имя после -o")
        }
        None => match parent_kind(run.world, path) {
            Some(PathKind::Folder) => return Some(false),
            Some(PathKind::File) => refused(path, "вместо вышестоящей папки стоит файл"),
            None => refused(path, "нет вышестоящей папки")
                .with_hint("создайте её или укажите существующую"),
        },
    };
    run.findings.push(fault);
    None
}

fn parent_kind(world: &dyn World, path: &Path) -> Option<PathKind> {
    match path.parent() {
        Some(parent) if parent.as_os_str().is_empty() => Some(PathKind::Folder),
        Some(parent) => world.kind(parent),
        None => None,
    }
}

fn refused(path: &Path, why: impl Into<String>) -> Diagnostic {
    let place = Place::File(path.display().to_string());
    Diagnostic::error(codes::OUTPUT_FOLDER, place, why)
}

/// The files of the previous build by name.
fn previous(run: &mut Run<'_>, folder: &Folder) -> Option<BTreeMap<String, FileRecord>> {
    let path = folder.path.join(manifest::FILE_NAME);
    let bytes = match run.world.read(&path) {
        Ok(bytes) => bytes,
        Err(FileError { kind: FileErrorKind::Missing, .. }) => return Some(BTreeMap::new()),
        Err(error) => {
            run.findings.push(refused(&path, error.russian()));
            return None;
        }
    };
    match serde_json::from_slice::<Manifest>(&bytes) {
        Ok(read) if read.schema == manifest::SCHEMA => {
            let ours = read.files.into_iter().filter(|file| is_plain_name(&file.path));
            Some(ours.map(|file| (file.path.clone(), file)).collect())
        }
        _ if folder.force => Some(BTreeMap::new()),
        _ => {
            let place = Place::File(path.display().to_string());
            let message =
                "опись прежней сборки не читается: неизвестно, какие файлы можно заменить";
            run.findings.push(
                Diagnostic::error(codes::BAD_MANIFEST, place, message)
                    .with_hint("укажите другую папку или добавьте --force"),
            );
            None
        }
    }
}

/// A manifest names files of its own folder and nothing else.
fn is_plain_name(name: &str) -> bool {
    !name.is_empty() && !name.contains(['/', '\\']) && name != ".." && name != "."
}

struct Plan {
    kept: Vec<FileRecord>,
    removed: Vec<String>,
}

fn plan(
    run: &mut Run<'_>,
    files: &[RenderedFile],
    folder: &Folder,
    mut previous: BTreeMap<String, FileRecord>,
) -> Option<Plan> {
    let mut faults = Vec::new();
    for file in files {
        let was = previous.remove(&file.name);
        let path = folder.path.join(&file.name);
        let state = state(run.world, &path, was.as_ref(), Some(&file.bytes));
        faults.extend(fault(&path, state, folder.force));
    }
    let mut plan = Plan { kept: Vec::new(), removed: Vec::new() };
    for (name, record) in previous {
        let path = folder.path.join(&name);
        match state(run.world, &path, Some(&record), None) {
            State::Absent => {}
            _ if folder.partial => plan.kept.push(record),
            state => {
                faults.extend(fault(&path, state, folder.force));
                plan.removed.push(name);
            }
        }
    }
    let is_clean = faults.is_empty();
    run.findings.extend(faults);
    is_clean.then_some(plan)
}

/// What stands where a file is to be written or removed.
enum State {
    Absent,
    /// Written by the previous build, or already what is to be written.
    Ours,
    Changed,
    Foreign,
    Folder,
}

fn state(world: &dyn World, path: &Path, was: Option<&FileRecord>, new: Option<&[u8]>) -> State {
    match world.kind(path) {
        None => return State::Absent,
        Some(PathKind::Folder) => return State::Folder,
        Some(PathKind::File) => {}
    }
    let found = world.read(path).unwrap_or_default();
    if new == Some(found.as_slice()) {
        return State::Ours;
    }
    match was {
        Some(record) if record.sha256 == manifest::sha256(&found) => State::Ours,
        Some(_) => State::Changed,
        None => State::Foreign,
    }
}

fn fault(path: &Path, state: State, force: bool) -> Option<Diagnostic> {
    let place = Place::File(path.display().to_string());
    let message = match state {
        State::Absent | State::Ours => return None,
        State::Folder => {
            return Some(refused(path, "на месте файла стоит папка"));
        }
        State::Changed if !force => "файл изменён вручную после прошлой сборки",
        State::Foreign if !force => "такой файл уже есть, и собран он не этой программой",
        State::Changed | State::Foreign => return None,
    };
    Some(Diagnostic::error(codes::CHANGED_BY_HAND, place, message).with_hint(
        "перенесите правки в раздел [[edits]] проекта, уберите файл или добавьте --force",
    ))
}

/// The parent is there: a system that finds nothing (as in /proc) does not let us write.
fn as_refusal(error: FileError) -> FileError {
    match error.kind {
        FileErrorKind::Missing => FileError { kind: FileErrorKind::ReadOnly, ..error },
        _ => error,
    }
}

fn write(
    world: &dyn World,
    files: Vec<RenderedFile>,
    manifest: &Manifest,
    folder: &Folder,
    exists: bool,
    removed: &[String],
) -> Result<Vec<String>, FileError> {
    if !exists {
        world.create_folder(&folder.path).map_err(as_refusal)?;
    }
    let mut all: Vec<(PathBuf, Vec<u8>)> =
        files.into_iter().map(|file| (folder.path.join(&file.name), file.bytes)).collect();
    let mut text = serde_json::to_string_pretty(manifest).unwrap_or_default();
    text.push('\n');
    // The manifest comes last: a file that it does not know is never taken for ours.
    all.push((folder.path.join(manifest::FILE_NAME), text.into_bytes()));
    let written = world.write_all(&all);
    if written.is_err() && !exists {
        // The folder was made a moment ago and is empty; the first error is the one to report.
        let _ = world.remove(&folder.path);
    }
    written?;
    for name in removed {
        world.remove(&folder.path.join(name))?;
    }
    let name = |path: &PathBuf| path.file_name().map(|n| n.to_string_lossy().into_owned());
    Ok(all.iter().filter_map(|(path, _)| name(path)).collect())
}
