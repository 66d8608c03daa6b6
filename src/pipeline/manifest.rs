//! `manifest.json` (`pko/manifest/1`): what a build wrote, and from what.

use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Bound, Identification, RenderedFile};
use crate::calendar::Date;
use crate::model::{Model, PackInfo};
use crate::render;

pub const FILE_NAME: &str = "manifest.json";
pub const SCHEMA: &str = "pko/manifest/1";

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    pub schema: String,
    /// The name of the project file.
    pub project: String,
    pub date: String,
    pub version: String,
    #[serde(default)]
    pub packs: Vec<PackRecord>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fonts: Vec<FontRecord>,
    #[serde(default)]
    pub files: Vec<FileRecord>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PackRecord {
    pub name: String,
    pub edition: String,
    pub origin: String,
    pub sha256: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FontRecord {
    pub name: String,
    pub sha256: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FileRecord {
    pub path: String,
    pub document: String,
    pub format: String,
    pub sha256: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pages: Option<usize>,
}

impl Manifest {
    /// The manifest of a build, its files still to be named.
    pub fn of(bound: &Bound) -> Self {
        let path = Path::new(&bound.project.name);
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        let folder = path.parent().unwrap_or(Path::new(""));
        let date = bound.project.date.value;
        Self::new(name.unwrap_or_default(), date, &bound.model, folder)
    }

    /// The manifest of what is made from a pack alone: the pack stands for the project.
    pub fn of_pack(model: &Model, date: Date) -> Self {
        let name = model.pack().map_or_else(String::new, |pack| pack.id.to_string());
        Self::new(name, date, model, Path::new(""))
    }

    /// The manifest of an identification: the table stands for the project.
    pub fn of_identification(found: &Identification, date: Date) -> Self {
        let name = found.data.file_name().map(|name| name.to_string_lossy().into_owned());
        Self::new(name.unwrap_or_default(), date, &found.compiled.model, Path::new(""))
    }

    fn new(project: String, date: Date, model: &Model, folder: &Path) -> Self {
        let faces = render::font_files().into_iter();
        Self {
            schema: SCHEMA.to_owned(),
            project,
            date: date.to_string(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            packs: model.packs.iter().map(|pack| pack_record(pack, folder)).collect(),
            fonts: faces.map(|(name, bytes)| FontRecord { name, sha256: sha256(bytes) }).collect(),
            files: Vec::new(),
        }
    }
}

/// A pack beside the project is named from there: the manifest does not tell where the project
/// lies on this machine.
fn pack_record(pack: &PackInfo, project_folder: &Path) -> PackRecord {
    let origin = Path::new(&pack.origin);
    let within = match project_folder.as_os_str().is_empty() {
        true => Err(()),
        false => origin.strip_prefix(project_folder).map_err(|_| ()),
    };
    PackRecord {
        name: pack.id.to_string(),
        edition: pack.edition.clone(),
        origin: within.unwrap_or(origin).display().to_string().replace('\\', "/"),
        sha256: pack.sha256.clone(),
    }
}

impl From<&RenderedFile> for FileRecord {
    fn from(file: &RenderedFile) -> Self {
        Self {
            path: file.name.clone(),
            document: file.document.clone(),
            format: file.format.to_owned(),
            sha256: sha256(&file.bytes),
            pages: file.pages,
        }
    }
}

pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
