//! PDF through Typst: an archival (PDF/A-2a) and accessible (PDF/UA-1) file. The same document
//! gives the same bytes on every machine.

mod content;
mod files;
mod glyphs;
mod items;
mod report;
mod table;
mod text;

use jiff::civil::Date;
use typst::foundations::{Datetime, Smart};
use typst_as_lib::TypstEngine;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use super::RenderError;
use crate::document::types::Programme;
use content::Prepared;
pub use files::font_files;

/// The template that is compiled; the others are imported by it.
const MAIN: &str = "programme.typ";
/// How many compilations a remembered result outlives: enough for a preview that changes little,
/// little enough for a batch of hundreds.
const MEMORY: usize = 4;

/// A finished file.
#[derive(Clone, Debug)]
pub struct Pdf {
    pub bytes: Vec<u8>,
    pub pages: usize,
}

/// A document on its pages, not yet written.
pub struct Laid {
    engine: TypstEngine,
    pages: PagedDocument,
    ident: String,
    date: Date,
}

/// A document as PDF; `date` is the date of the file, and its year stands on a title page where
/// the document itself has none.
pub fn pdf(document: &Programme, date: Date) -> Result<Pdf, RenderError> {
    layout(document, date)?.export()
}

/// Lays a document out on pages.
pub fn layout(document: &Programme, date: Date) -> Result<Laid, RenderError> {
    let engine = engine(content::prepare(document, date))?;
    let main =
        files::file_id(MAIN).ok_or_else(|| RenderError::new("шаблон документа не найден"))?;
    let compiled = {
        let world = engine
            .world_builder(main)
            .build()
            .map_err(|error| report::unexpected(&error.to_string()))?;
        typst::compile::<PagedDocument>(&world).output.map_err(|e| report::explain(&world, &e))
    };
    typst::comemo::evict(MEMORY);
    Ok(Laid { engine, pages: compiled?, ident: format!("pko:{}:{date}", document.id), date })
}

/// An engine that knows the templates, the faces and this document's data.
fn engine(prepared: Prepared) -> Result<TypstEngine, RenderError> {
    let Prepared { content, drawings } = prepared;
    let data = serde_json::to_value(&content).map_err(|e| report::unexpected(&e.to_string()))?;
    glyphs::check(&data, drawings.values())?;
    let files = drawings.into_iter().chain([("/data.json".to_owned(), data.to_string())]);
    Ok(TypstEngine::builder()
        .fonts(files::fonts().iter().cloned())
        .add_file_resolver(files::Files::new(files))
        .build())
}

impl Laid {
    /// The number of pages.
    pub fn pages(&self) -> usize {
        self.pages.pages().len()
    }

    /// Writes the file.
    pub fn export(&self) -> Result<Pdf, RenderError> {
        let bytes = typst_pdf::pdf(&self.pages, &self.options()?).map_err(|errors| {
            let world =
                files::file_id(MAIN).and_then(|m| self.engine.world_builder(m).build().ok());
            match world {
                Some(world) => report::explain(&world, &errors),
                None => report::unexpected("export"),
            }
        })?;
        Ok(Pdf { bytes, pages: self.pages() })
    }

    fn options(&self) -> Result<PdfOptions, RenderError> {
        let standards = PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1])
            .map_err(|error| report::unexpected(error.message()))?;
        Ok(PdfOptions {
            ident: Smart::Custom(self.ident.clone()),
            creator: Smart::Custom(Some(concat!("pko ", env!("CARGO_PKG_VERSION")).to_owned())),
            timestamp: Some(self.timestamp()?),
            page_ranges: None,
            standards,
            tagged: true,
            pretty: false,
        })
    }

    fn timestamp(&self) -> Result<Timestamp, RenderError> {
        let month = self.date.month().unsigned_abs();
        let day = self.date.day().unsigned_abs();
        Datetime::from_ymd_hms(i32::from(self.date.year()), month, day, 0, 0, 0)
            .map(Timestamp::new_utc)
            .ok_or_else(|| RenderError::new(format!("дата {} не годится для файла", self.date)))
    }
}

#[cfg(test)]
mod tests;
