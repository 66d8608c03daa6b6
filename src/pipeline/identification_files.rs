//! What an identification leaves in a folder: the answer for programs, the workbooks, the list of what
//! was doubtful, and for a region the papers.

use std::fmt::Display;
use std::io;

use super::identify::MOST_OF_A_REGION;
use super::rendered::render;
use super::{Format, Identification, Manifest, RenderedFile, Run, codes};
use crate::calendar::Date;
use crate::cohort::{Fragile, Identified, Issue, What};
use crate::diag::{Diagnostic, Place};
use crate::document::{
    Audience, DataIssue, FragileVerdict, Identification as Told, identification_papers,
    identification_workbook,
};
use crate::render::xlsx;

/// A figure of fewer participants is not published.
const SHOWN_FROM: u32 = 10;
/// Places of a table that papers name of each kind of issue.
const EXAMPLES: usize = 3;

/// The files, and the manifest in which they are still to be named. A public workbook shows figures
/// of `public_from` participants or more.
pub fn identification_files(
    run: &mut Run<'_>,
    found: &Identification,
    public_from: Option<u32>,
) -> (Manifest, Vec<RenderedFile>) {
    let identified = &found.identified;
    let day = day(identified);
    let (data_issues, fragile) = (data_issues(identified), fragile_verdicts(identified));
    let told = Told { of: identified, issues: &data_issues, fragile: &fragile };
    let model = &found.compiled.model;
    let book = |audience| xlsx(identification_workbook(model, told, audience), day);
    let mut files = Vec::new();
    files.extend(file(run, "identification", "json", json(identified)));
    files.extend(file(run, "issues", "csv", issues(identified)));
    files.extend(file(run, "identification", "xlsx", book(Audience::Internal)));
    let public = Audience::Public { least: public_from.unwrap_or(SHOWN_FROM) };
    files.extend(file(run, "identification-public", "xlsx", book(public)));
    let is_told = identified.outcome.borders.iter().any(|border| border.ranked > 0);
    if is_told && identified.table.schools.len() <= MOST_OF_A_REGION {
        match identification_papers(model, found.project.as_ref(), told, &[]) {
            Ok(papers) => files.extend(render(run, &papers, &Format::ALL, day)),
            Err(faults) => run.add(&faults),
        }
    }
    (Manifest::of_identification(found, day), files)
}

/// No clock reaches the files: they bear the last day of the last year that counts.
fn day(identified: &Identified) -> Date {
    let year = identified.outcome.window.last().and_then(|year| i16::try_from(*year).ok());
    jiff::civil::date(year.unwrap_or(2000), 12, 31)
}

fn file<E: Display>(
    run: &mut Run<'_>,
    document: &str,
    format: &'static str,
    made: Result<Vec<u8>, E>,
) -> Option<RenderedFile> {
    let name = format!("{document}.{format}");
    match made {
        Ok(bytes) => {
            let document = document.to_owned();
            Some(RenderedFile { name, document, format, bytes, pages: None })
        }
        Err(error) => {
            let message = format!("файл «{name}»: {error}");
            run.findings.push(Diagnostic::error(codes::NOT_RENDERED, Place::Nowhere, message));
            None
        }
    }
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

/// What was doubtful, by kind, as papers tell it.
fn data_issues(identified: &Identified) -> Vec<DataIssue> {
    let counts = identified.issues.counts().into_iter();
    counts
        .map(|(kind, count)| {
            let of_kind = identified.issues.iter().filter(|issue| issue.kind == kind);
            let examples = of_kind.take(EXAMPLES).map(|issue| match (issue.row, issue.column) {
                (0, _) => format!("«{}»", issue.found),
                (row, "") => format!("строка {row}"),
                (row, column) => format!("строка {row}, «{column}»"),
            });
            let title = kind.phrase(&identified.method).to_owned();
            DataIssue { title, count, examples: examples.collect() }
        })
        .collect()
}

/// The verdicts that a small change makes others, a line each. Figures of pupils are not told: what a
/// school of four reached is nobody's business.
fn fragile_verdicts(identified: &Identified) -> Vec<FragileVerdict> {
    let mut told = Vec::new();
    for (school, found) in identified.fragile.iter().enumerate() {
        let mut verdicts: Vec<(&str, Vec<&str>)> = Vec::new();
        for becomes in found.iter().filter_map(|it| it.becomes.as_deref()) {
            let Some(verdict) = identified.verdict_that_becomes(school, becomes) else { continue };
            match verdicts.iter_mut().find(|(known, _)| *known == verdict) {
                Some((_, others)) if others.contains(&becomes) => {}
                Some((_, others)) => others.push(becomes),
                None => verdicts.push((verdict, vec![becomes])),
            }
        }
        for (verdict, others) in verdicts {
            told.push(hanging(found, school, verdict, &others));
        }
    }
    told
}

/// A verdict with everything that it may become.
fn hanging(found: &[Fragile], school: usize, verdict: &str, others: &[&str]) -> FragileVerdict {
    let is_one =
        |becomes: &Option<String>| becomes.as_deref().is_some_and(|it| others.contains(&it));
    let kinds = What::ALL.into_iter();
    let kinds = kinds.filter(|what| found.iter().any(|it| it.what == *what && is_one(&it.becomes)));
    let kinds: Vec<&str> = kinds.map(What::word).collect();
    let details = others.iter().map(|becomes| {
        let of = |what: What| {
            let alike = move |it: &&Fragile| it.what == what;
            found.iter().filter(alike).filter(|it| it.becomes.as_deref() == Some(*becomes))
        };
        match others {
            [_] => detail(&of),
            _ => format!("«{becomes}» — {}", detail(&of)),
        }
    });
    FragileVerdict {
        school,
        verdict: verdict.to_owned(),
        what: kinds.join(", "),
        detail: details.collect::<Vec<_>>().join(". "),
        becomes: others.join(" или "),
    }
}

/// What a verdict hangs on, in one line.
fn detail<'f, I: Iterator<Item = &'f Fragile>>(of: &impl Fn(What) -> I) -> String {
    let before = |text: &str, mark: &str| text.split(mark).next().unwrap_or(text).to_owned();
    let mut parts: Vec<String> =
        of(What::Border).map(|it| before(&it.detail, "; индекс")).collect();
    let mut readings: Vec<String> = Vec::new();
    for reading in of(What::Reading).map(|it| before(&it.detail, ": ")) {
        if !readings.contains(&reading) {
            readings.push(reading);
        }
    }
    parts.extend(readings);
    let pupils = of(What::OnePupil).count();
    if pupils > 0 {
        parts.push(format!("результат одного участника (показателей и лет: {pupils})"));
    }
    let indicators: Vec<&Fragile> = of(What::Indicator).collect();
    match indicators.as_slice() {
        [] => {}
        [one] => parts.push(one.detail.clone()),
        many => parts.push(format!("без одного из показателей (таких {})", many.len())),
    }
    parts.join("; ")
}
