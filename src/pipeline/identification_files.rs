//! What an identification leaves in a folder.

use std::io;

use super::{Identification, Manifest, RenderedFile, Run, codes};
use crate::calendar::Date;
use crate::cohort::{Identified, Issue};
use crate::diag::{Diagnostic, Place};

/// The files, and the manifest in which they are still to be named.
pub fn identification_files(
    run: &mut Run<'_>,
    found: &Identification,
) -> (Manifest, Vec<RenderedFile>) {
    let mut files = Vec::new();
    let made = [
        ("identification.json", json(&found.identified)),
        ("issues.csv", issues(&found.identified)),
    ];
    for (name, made) in made {
        match made {
            Ok(bytes) => files.push(file(name, bytes)),
            Err(error) => {
                let message = format!("файл «{name}»: {error}");
                let fault = Diagnostic::error(codes::NOT_RENDERED, Place::Nowhere, message);
                run.findings.push(fault);
            }
        }
    }
    (Manifest::of_identification(found, day(&found.identified)), files)
}

/// No clock reaches the files: they bear the last day of the last year that counts.
fn day(identified: &Identified) -> Date {
    let year = identified.outcome.window.last().and_then(|year| i16::try_from(*year).ok());
    jiff::civil::date(year.unwrap_or(2000), 12, 31)
}

fn file(name: &str, bytes: Vec<u8>) -> RenderedFile {
    let (document, format) = match name.rsplit_once('.') {
        Some((document, "json")) => (document, "json"),
        Some((document, _)) => (document, "csv"),
        None => (name, "csv"),
    };
    let document = document.to_owned();
    RenderedFile { name: name.to_owned(), document, format, bytes, pages: None }
}

fn json(identified: &Identified) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    identified.write_json(&mut bytes)?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// Everything that was doubtful in the table, a line each, for Excel as Russians have it.
fn issues(identified: &Identified) -> io::Result<Vec<u8>> {
    let mut writer = csv::WriterBuilder::new().delimiter(b';').from_writer(BOM.to_vec());
    writer.write_record(["строка", "столбец", "вид", "найдено", "что сделано"])?;
    for issue in identified.issues.iter() {
        let Issue { row, column, kind, found } = issue;
        let row = if row == 0 { String::new() } else { row.to_string() };
        let phrase = kind.phrase(&identified.method);
        writer.write_record([row.as_str(), column, kind.word(), found, phrase])?;
    }
    writer.into_inner().map_err(|error| error.into_error())
}

const BOM: &[u8] = "\u{FEFF}".as_bytes();
