//! The files that the templates see: themselves, the data and the drawings. Nothing else exists
//! for them, neither a disk nor a network.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use include_dir::{Dir, include_dir};
use typst::diag::{FileError, FileResult};
use typst::foundations::Bytes;
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::Font;
use typst_as_lib::file_resolver::FileResolver;

static TEMPLATES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/templates");

/// The templates, parsed once.
static SOURCES: LazyLock<HashMap<FileId, Source>> = LazyLock::new(|| {
    let templates = TEMPLATES.files().filter_map(|file| {
        let id = file_id(file.path().to_str()?)?;
        let text = file.contents_utf8()?;
        file.path()
            .extension()
            .is_some_and(|e| e == "typ")
            .then(|| (id, Source::new(id, text.into())))
    });
    templates.collect()
});

/// The four faces, in the order of their names.
static FONTS: LazyLock<Vec<Font>> = LazyLock::new(|| {
    let mut files: Vec<_> = TEMPLATES
        .get_dir("fonts")
        .into_iter()
        .flat_map(Dir::files)
        .filter(|file| file.path().extension().is_some_and(|e| e == "ttf"))
        .collect();
    files.sort_by_key(|file| file.path());
    files.into_iter().filter_map(|file| Font::new(Bytes::new(file.contents()), 0)).collect()
});

/// The embedded faces.
pub fn fonts() -> &'static [Font] {
    &FONTS
}

/// The file names of the embedded faces and their bytes.
pub fn font_files() -> Vec<(String, &'static [u8])> {
    let files = TEMPLATES.get_dir("fonts").into_iter().flat_map(Dir::files);
    let mut faces: Vec<(String, &[u8])> = files
        .filter(|file| file.path().extension().is_some_and(|e| e == "ttf"))
        .filter_map(|file| Some((file.path().file_stem()?.to_str()?.to_owned(), file.contents())))
        .collect();
    faces.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    faces
}

/// Whether every embedded face can show a character.
pub fn can_show(character: char) -> bool {
    FONTS.iter().all(|font| font.info().coverage.contains(character as u32))
}

/// The identity of a path below the root of the templates.
pub fn file_id(path: &str) -> Option<FileId> {
    let path = VirtualPath::new(path).ok()?;
    Some(RootedPath::new(VirtualRoot::Project, path).intern())
}

/// The templates and the files of one document.
pub struct Files {
    data: HashMap<FileId, Bytes>,
}

impl Files {
    /// Takes the files of one document by their paths.
    pub fn new(data: impl IntoIterator<Item = (String, String)>) -> Self {
        let data = data
            .into_iter()
            .filter_map(|(path, text)| Some((file_id(&path)?, Bytes::from_string(text))))
            .collect();
        Self { data }
    }
}

impl FileResolver for Files {
    fn resolve_binary(&self, id: FileId) -> FileResult<Cow<'_, Bytes>> {
        self.data.get(&id).map(Cow::Borrowed).ok_or_else(|| missing(id))
    }

    fn resolve_source(&self, id: FileId) -> FileResult<Cow<'_, Source>> {
        SOURCES.get(&id).map(Cow::Borrowed).ok_or_else(|| missing(id))
    }
}

fn missing(id: FileId) -> FileError {
    FileError::NotFound(id.vpath().get_without_slash().into())
}
