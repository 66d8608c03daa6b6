//! Documents into the bytes of files.

use super::{Run, codes};
use crate::calendar::Date;
use crate::diag::{Diagnostic, Place};
use crate::document::types::Programme;
use crate::render;

/// A format of finished documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    Pdf,
    Json,
}

impl Format {
    pub const ALL: [Format; 2] = [Self::Pdf, Self::Json];

    /// The ending of file names, and the word in the manifest.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Json => "json",
        }
    }
}

/// A file ready to be written.
#[derive(Clone, Debug)]
pub struct RenderedFile {
    /// Its name in the output folder.
    pub name: String,
    /// The id of the document.
    pub document: String,
    /// The ending of the name, and the word of the manifest.
    pub format: &'static str,
    pub bytes: Vec<u8>,
    pub pages: Option<usize>,
}

/// Turns every document into every format; `date` is the date of the files.
pub fn render<'d>(
    run: &mut Run<'_>,
    documents: impl IntoIterator<Item = &'d Programme>,
    formats: &[Format],
    date: Date,
) -> Vec<RenderedFile> {
    let mut files = Vec::new();
    for document in documents {
        for format in formats {
            match render_one(document, *format, date) {
                Ok(file) => files.push(file),
                Err(error) => {
                    let message = format!("документ «{}»: {error}", document.id);
                    run.findings.push(Diagnostic::error(
                        codes::NOT_RENDERED,
                        Place::Nowhere,
                        message,
                    ));
                }
            }
        }
    }
    files
}

fn render_one(
    document: &Programme,
    format: Format,
    date: Date,
) -> Result<RenderedFile, render::RenderError> {
    let (bytes, pages) = match format {
        Format::Json => (render::json(document).into_bytes(), None),
        Format::Pdf => {
            let pdf = render::pdf(document, date)?;
            (pdf.bytes, Some(pdf.pages))
        }
    };
    let name = format!("{}.{}", document.id, format.extension());
    let format = format.extension();
    Ok(RenderedFile { name, document: document.id.clone(), format, bytes, pages })
}
