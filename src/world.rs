//! Everything outside: files, the packs in the binary, the day. Only `cli` implements it for real;
//! whatever the rest of the crate learns of the machine comes through here.

use std::io::Read;
use std::path::{Path, PathBuf};

use jiff::civil::Date;

/// What a path leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathKind {
    File,
    Folder,
}

/// Why a file or a folder could not be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileErrorKind {
    Missing,
    Denied,
    /// A folder where a file is wanted.
    IsFolder,
    /// A file where a folder is wanted.
    NotFolder,
    NoSpace,
    ReadOnly,
    Other,
}

/// A failed access to one path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileError {
    pub kind: FileErrorKind,
    pub path: PathBuf,
    /// The words of the system, quoted where the kind says too little.
    pub detail: String,
}

impl FileError {
    /// What happened, in the user's language, without the path.
    pub fn russian(&self) -> String {
        match self.kind {
            FileErrorKind::Missing => "файл или папка не найдены".to_owned(),
            FileErrorKind::Denied => "нет прав доступа".to_owned(),
            FileErrorKind::IsFolder => "это папка, а нужен файл".to_owned(),
            FileErrorKind::NotFolder => "это файл, а нужна папка".to_owned(),
            FileErrorKind::NoSpace => "на диске не осталось места".to_owned(),
            FileErrorKind::ReadOnly => "запись сюда не разрешена".to_owned(),
            FileErrorKind::Other => format!("система отказала: «{}»", self.detail),
        }
    }
}

/// A pack inside the binary.
#[derive(Clone, Copy, Debug)]
pub struct EmbeddedPack {
    pub name: &'static str,
    /// Names and texts, sorted by name.
    pub files: &'static [(&'static str, &'static str)],
}

/// Access to everything outside the crate.
pub trait World {
    /// The bytes of a file.
    fn read(&self, path: &Path) -> Result<Vec<u8>, FileError>;

    /// A file to be read piece by piece, from its beginning; the error of a later piece is that of
    /// the system.
    fn open(&self, path: &Path) -> Result<Box<dyn Read + Send>, FileError>;

    /// How many bytes a file holds.
    fn length(&self, path: &Path) -> Result<u64, FileError>;

    /// The names in a folder, sorted.
    fn list(&self, folder: &Path) -> Result<Vec<String>, FileError>;

    /// What a path leads to; `None` where there is nothing to be seen.
    fn kind(&self, path: &Path) -> Option<PathKind>;

    /// Writes all files or none: each is written beside its place first, and only when all are
    /// there they are renamed, in the order given.
    fn write_all(&self, files: &[(PathBuf, Vec<u8>)]) -> Result<(), FileError>;

    /// Makes one folder; its parent must be there.
    fn create_folder(&self, path: &Path) -> Result<(), FileError>;

    /// Removes one file.
    fn remove(&self, path: &Path) -> Result<(), FileError>;

    /// The packs inside the binary, sorted by name.
    fn embedded_packs(&self) -> Vec<EmbeddedPack>;

    /// The page of an error code (`ПКО-012`), if the binary holds one.
    fn error_page(&self, code: &str) -> Option<&'static str>;

    /// Today.
    fn today(&self) -> Date;
}
