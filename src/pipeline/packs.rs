//! Where packs are sought: a path, `--rules`, the project's folder, `./rules`, the binary.

use std::cell::RefCell;
use std::path::{Path, PathBuf};

use super::{Run, codes};
use crate::base::suggest;
use crate::data::{Placed, decode_text};
use crate::diag::{Diagnostic, Place};
use crate::model::{PackFiles, PackStore, codes as model_codes};
use crate::syntax::codes as syntax_codes;
use crate::world::{PathKind, World};

/// The origin of a pack that is part of the binary.
pub const EMBEDDED: &str = "встроенный";

/// A place with packs side by side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shelf {
    Folder(PathBuf),
    Binary,
}

/// The pack that a user or a project asks for.
#[derive(Clone, Debug)]
pub struct Asked<'a> {
    name: &'a str,
    place: Place,
    /// Against which a path is read.
    folder: &'a Path,
}

impl<'a> Asked<'a> {
    pub fn by_user(name: &'a str) -> Self {
        Self { name, place: Place::Nowhere, folder: Path::new("") }
    }

    pub fn by_project(pack: &'a Placed<String>, folder: &'a Path) -> Self {
        Self { name: &pack.value, place: pack.place.clone(), folder }
    }
}

/// The shelves of a run in the order in which they are searched.
pub fn shelves(run: &Run<'_>, pack: &str, project_folder: Option<&Path>) -> Vec<Shelf> {
    let mut shelves: Vec<Shelf> = run.rules.iter().cloned().map(Shelf::Folder).collect();
    // The packs that a pack given by its path uses lie beside it.
    let base = project_folder.unwrap_or(Path::new(""));
    if is_path(run.world, &base.join(pack), pack) {
        let beside = base.join(pack).parent().map(Path::to_owned).unwrap_or_default();
        shelves.push(Shelf::Folder(beside));
    }
    shelves.extend(project_folder.map(|folder| Shelf::Folder(folder.to_owned())));
    shelves.push(Shelf::Folder(PathBuf::from("rules")));
    shelves.push(Shelf::Binary);
    let mut unique: Vec<Shelf> = Vec::new();
    for shelf in shelves {
        if !unique.contains(&shelf) {
            unique.push(shelf);
        }
    }
    unique
}

/// The names of all packs that a run sees.
pub fn all_names(run: &Run<'_>) -> Vec<String> {
    Store::new(run.world, shelves(run, "", None)).names()
}

/// Whether the user means a path, not a name.
fn is_path(world: &dyn World, path: &Path, text: &str) -> bool {
    !text.is_empty()
        && (text.contains(['/', '\\'])
            || text.starts_with('.')
            || text.ends_with(".pko")
            || is_pack_folder(world, path))
}

fn is_pack_folder(world: &dyn World, path: &Path) -> bool {
    world.list(path).is_ok_and(|names| names.iter().any(|name| name.ends_with(".pko")))
}

/// The shelves of one run; faults of reading are kept until they are taken.
pub struct Store<'w> {
    world: &'w dyn World,
    shelves: Vec<Shelf>,
    faults: RefCell<Vec<Diagnostic>>,
}

impl<'w> Store<'w> {
    pub fn new(world: &'w dyn World, shelves: Vec<Shelf>) -> Self {
        Self { world, shelves, faults: RefCell::default() }
    }

    /// What could not be read since this was last asked.
    pub fn take_faults(&self) -> Vec<Diagnostic> {
        self.faults.take()
    }

    /// The files of the pack that was asked for; what is wrong with it becomes a fault.
    pub fn asked(&self, asked: &Asked<'_>) -> Option<PackFiles> {
        let path = asked.folder.join(asked.name);
        if is_path(self.world, &path, asked.name) {
            return self.at_path(&path, asked);
        }
        let found = self.pack(asked.name);
        if found.is_none() {
            self.fault(self.unknown(asked));
        }
        found
    }

    fn at_path(&self, path: &Path, asked: &Asked<'_>) -> Option<PackFiles> {
        match self.world.kind(path) {
            Some(PathKind::File) => {
                let folder = path.parent().unwrap_or(Path::new(""));
                let name = path.file_name()?.to_string_lossy().into_owned();
                Some(self.read(path.display().to_string(), folder, &[name]))
            }
            Some(PathKind::Folder) if is_pack_folder(self.world, path) => Some(self.folder(path)),
            Some(PathKind::Folder) => {
                let message = format!("в папке {} нет ни одного файла .pko", path.display());
                self.fault(
                    Diagnostic::error(codes::NOT_A_PACK, asked.place.clone(), message)
                        .with_hint("укажите папку, в которой лежат файлы пакета"),
                );
                None
            }
            None => {
                let message = format!("{}: файл или папка не найдены", path.display());
                self.fault(
                    Diagnostic::error(codes::UNREADABLE, asked.place.clone(), message).with_hint(
                        format!("проверьте путь; по имени видны пакеты: {}", self.list_names()),
                    ),
                );
                None
            }
        }
    }

    fn unknown(&self, asked: &Asked<'_>) -> Diagnostic {
        let names = self.names();
        let message = format!("пакет «{}» не найден", asked.name);
        let fault = Diagnostic::error(model_codes::UNKNOWN_PACK, asked.place.clone(), message);
        match suggest(asked.name, names.iter().map(String::as_str)) {
            Some(near) => fault.with_hint(format!("возможно, вы имели в виду «{near}»")),
            None => fault.with_hint(format!("есть пакеты: {}", self.list_names())),
        }
    }

    fn list_names(&self) -> String {
        self.names().join(", ")
    }

    fn fault(&self, fault: Diagnostic) {
        self.faults.borrow_mut().push(fault);
    }

    fn on_shelf(&self, shelf: &Shelf, name: &str) -> Option<PackFiles> {
        match shelf {
            Shelf::Folder(folder) => {
                let path = folder.join(name);
                is_pack_folder(self.world, &path).then(|| self.folder(&path))
            }
            Shelf::Binary => {
                let packs = self.world.embedded_packs();
                let pack = packs.iter().find(|pack| pack.name == name)?;
                let named = |(file, text): &(&str, &str)| {
                    (format!("{EMBEDDED}/{name}/{file}"), (*text).to_owned())
                };
                let files = pack.files.iter().map(named).collect();
                Some(PackFiles { origin: EMBEDDED.to_owned(), files })
            }
        }
    }

    fn folder(&self, path: &Path) -> PackFiles {
        let mut names = self.world.list(path).unwrap_or_default();
        names.retain(|name| name.ends_with(".pko"));
        self.read(path.display().to_string(), path, &names)
    }

    fn read(&self, origin: String, folder: &Path, names: &[String]) -> PackFiles {
        let mut files = Vec::new();
        for name in names {
            let path = folder.join(name);
            let shown = path.display().to_string().replace('\\', "/");
            let text = match self.world.read(&path) {
                Ok(bytes) => decode_text(&bytes).map_err(|fault| {
                    Diagnostic::error(
                        syntax_codes::NOT_TEXT,
                        Place::File(shown.clone()),
                        fault.message,
                    )
                    .with_hint("сохраните файл как текст в кодировке UTF-8")
                }),
                Err(error) => Err(Diagnostic::error(
                    codes::UNREADABLE,
                    Place::File(shown.clone()),
                    error.russian(),
                )),
            };
            match text {
                Ok(text) => files.push((shown, text)),
                Err(fault) => self.fault(fault),
            }
        }
        PackFiles { origin, files }
    }

    fn report_shadow(&self, name: &str, used: &PackFiles, hidden: &PackFiles) {
        if same_texts(used, hidden) {
            return;
        }
        let message = format!(
            "видны два разных пакета «{name}»: взят {}, не взят {}",
            used.origin, hidden.origin
        );
        self.fault(
            Diagnostic::warning(codes::SHADOWED_PACK, Place::Nowhere, message)
                .with_hint("уберите лишний или укажите нужный путём"),
        );
    }
}

impl PackStore for Store<'_> {
    fn pack(&self, name: &str) -> Option<PackFiles> {
        let mut found = self.shelves.iter().filter_map(|shelf| self.on_shelf(shelf, name));
        let used = found.next()?;
        for hidden in found {
            self.report_shadow(name, &used, &hidden);
        }
        Some(used)
    }

    fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for shelf in &self.shelves {
            match shelf {
                Shelf::Folder(folder) => {
                    let below = self.world.list(folder).unwrap_or_default();
                    names.extend(
                        below
                            .into_iter()
                            .filter(|name| is_pack_folder(self.world, &folder.join(name))),
                    );
                }
                Shelf::Binary => {
                    names.extend(self.world.embedded_packs().iter().map(|p| p.name.to_owned()));
                }
            }
        }
        names.sort_unstable();
        names.dedup();
        names
    }
}

/// The pack is the same, wherever it lies.
fn same_texts(a: &PackFiles, b: &PackFiles) -> bool {
    let is_same = |((name, text), (other_name, other)): (&(String, String), &(String, String))| {
        let short = |name: &str| name.rsplit('/').next().map(str::to_owned);
        let lines = |text: &str| text.replace("\r\n", "\n");
        short(name) == short(other_name) && (text == other || lines(text) == lines(other))
    };
    a.files.len() == b.files.len() && a.files.iter().zip(&b.files).all(is_same)
}
