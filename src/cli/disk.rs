//! The real world: the disk, the packs in the binary, the clock.

#![expect(clippy::disallowed_methods, reason = "the one place where pko touches the machine")]

use std::fs;
use std::io::{self, ErrorKind, Read, Write as _};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::time::{SystemTime, UNIX_EPOCH};

use include_dir::{Dir, include_dir};
use jiff::ToSpan as _;
use jiff::civil::{Date, date};

use crate::world::{EmbeddedPack, FileError, FileErrorKind, PathKind, World};

static RULES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/rules");
static ERROR_PAGES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/docs/ошибки");

static PACKS: LazyLock<Vec<EmbeddedPack>> = LazyLock::new(|| {
    let mut packs: Vec<EmbeddedPack> = RULES.dirs().filter_map(embedded).collect();
    packs.sort_by_key(|pack| pack.name);
    packs
});

fn embedded(folder: &'static Dir<'static>) -> Option<EmbeddedPack> {
    let mut files: Vec<(&str, &str)> = folder
        .files()
        .filter(|file| file.path().extension().is_some_and(|e| e == "pko"))
        .filter_map(|file| Some((file.path().file_name()?.to_str()?, file.contents_utf8()?)))
        .collect();
    files.sort_unstable();
    // Lives as long as the process; made once.
    Some(EmbeddedPack { name: folder.path().file_name()?.to_str()?, files: files.leak() })
}

/// The disk of this machine, as seen from the current folder.
#[derive(Clone, Copy, Debug)]
pub struct Disk;

impl World for Disk {
    fn read(&self, path: &Path) -> Result<Vec<u8>, FileError> {
        if path.is_dir() {
            return Err(failure(FileErrorKind::IsFolder, path, String::new()));
        }
        fs::read(path).map_err(|error| explain(path, &error))
    }

    fn open(&self, path: &Path) -> Result<Box<dyn Read + Send>, FileError> {
        if path.is_dir() {
            return Err(failure(FileErrorKind::IsFolder, path, String::new()));
        }
        let file = fs::File::open(path).map_err(|error| explain(path, &error))?;
        Ok(Box::new(file))
    }

    fn length(&self, path: &Path) -> Result<u64, FileError> {
        fs::metadata(path).map(|found| found.len()).map_err(|error| explain(path, &error))
    }

    fn list(&self, folder: &Path) -> Result<Vec<String>, FileError> {
        let entries = fs::read_dir(folder).map_err(|error| explain(folder, &error))?;
        let mut names = Vec::new();
        for entry in entries {
            let entry = entry.map_err(|error| explain(folder, &error))?;
            names.extend(entry.file_name().into_string());
        }
        names.sort_unstable();
        Ok(names)
    }

    fn kind(&self, path: &Path) -> Option<PathKind> {
        let metadata = fs::metadata(path).ok()?;
        Some(if metadata.is_dir() { PathKind::Folder } else { PathKind::File })
    }

    fn write_all(&self, files: &[(PathBuf, Vec<u8>)]) -> Result<(), FileError> {
        let staged: Vec<(PathBuf, &PathBuf)> =
            files.iter().map(|(path, _)| (beside(path), path)).collect();
        let outcome = stage(files, &staged).and_then(|()| rename(&staged));
        if outcome.is_err() {
            for (temporary, _) in &staged {
                // What is not there any more need not be removed.
                let _ = fs::remove_file(temporary);
            }
        }
        outcome
    }

    fn create_folder(&self, path: &Path) -> Result<(), FileError> {
        fs::create_dir(path).map_err(|error| explain(path, &error))
    }

    fn remove(&self, path: &Path) -> Result<(), FileError> {
        match path.is_dir() {
            true => fs::remove_dir(path),
            false => fs::remove_file(path),
        }
        .map_err(|error| explain(path, &error))
    }

    fn embedded_packs(&self) -> Vec<EmbeddedPack> {
        PACKS.clone()
    }

    fn error_page(&self, code: &str) -> Option<&'static str> {
        ERROR_PAGES.get_file(format!("{code}.md"))?.contents_utf8()
    }

    fn today(&self) -> Date {
        // SOURCE_DATE_EPOCH is the common way to ask for a reproducible day.
        let given = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|text| text.parse().ok());
        let seconds: u64 = given.unwrap_or_else(|| {
            SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
        });
        let days = i64::try_from(seconds / 86_400).unwrap_or_default();
        date(1970, 1, 1).checked_add(days.days()).unwrap_or(date(1970, 1, 1))
    }
}

/// The name under which a file waits beside its place.
fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
    path.with_file_name(format!(".{}.pko-new", name.unwrap_or_default()))
}

fn stage(files: &[(PathBuf, Vec<u8>)], staged: &[(PathBuf, &PathBuf)]) -> Result<(), FileError> {
    for ((path, bytes), (temporary, _)) in files.iter().zip(staged) {
        let written = fs::File::create(temporary).and_then(|mut file| {
            file.write_all(bytes)?;
            file.sync_all()
        });
        written.map_err(|error| explain(path, &error))?;
    }
    Ok(())
}

fn rename(staged: &[(PathBuf, &PathBuf)]) -> Result<(), FileError> {
    for (_, path) in staged {
        if path.is_dir() {
            return Err(failure(FileErrorKind::IsFolder, path, String::new()));
        }
    }
    for (temporary, path) in staged {
        fs::rename(temporary, path).map_err(|error| explain(path, &error))?;
    }
    Ok(())
}

fn failure(kind: FileErrorKind, path: &Path, detail: String) -> FileError {
    FileError { kind, path: path.to_owned(), detail }
}

fn explain(path: &Path, error: &io::Error) -> FileError {
    let kind = match error.kind() {
        ErrorKind::NotFound => FileErrorKind::Missing,
        ErrorKind::PermissionDenied => FileErrorKind::Denied,
        ErrorKind::IsADirectory => FileErrorKind::IsFolder,
        ErrorKind::NotADirectory => FileErrorKind::NotFolder,
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => FileErrorKind::NoSpace,
        ErrorKind::ReadOnlyFilesystem => FileErrorKind::ReadOnly,
        _ => FileErrorKind::Other,
    };
    failure(kind, path, error.to_string())
}
