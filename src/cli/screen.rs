//! What a command prints: its result on standard output, everything else on standard error.

#![expect(clippy::disallowed_methods, reason = "the one place where pko writes to the terminal")]

use std::io::{self, IsTerminal, Write as _};

use serde_json::Value;

use super::args::{Global, OutputFormat};
use crate::diag::{
    Code, Counts, Diagnostic, SourceMap, counts, render_terminal, report_json, sorted,
};

/// So many findings of one code are shown in full; thousands of rows with one fault help nobody.
const SHOWN_OF_A_CODE: usize = 50;

/// The streams of one call.
#[derive(Clone, Copy, Debug)]
pub struct Screen {
    pub format: OutputFormat,
    colour: bool,
}

impl Screen {
    pub fn new(global: &Global) -> Self {
        let refused =
            global.no_color || std::env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty());
        Self { format: global.format, colour: !refused }
    }

    pub fn is_json(&self) -> bool {
        self.format == OutputFormat::Json
    }

    /// The result. A reader that has gone away is no fault of ours.
    pub fn print(&self, text: &str) {
        let mut out = io::stdout().lock();
        let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    }

    /// The result as one JSON document.
    pub fn print_json(&self, value: &Value) {
        let text = serde_json::to_string_pretty(value).unwrap_or_default();
        self.print(&format!("{text}\n"));
    }

    /// A result too large to be held as a text, and a line end.
    pub fn stream(&self, write: impl FnOnce(&mut dyn io::Write) -> io::Result<()>) {
        let mut out = io::BufWriter::new(io::stdout().lock());
        let _ = write(&mut out).and_then(|()| out.write_all(b"\n")).and_then(|()| out.flush());
    }

    /// Progress and remarks.
    pub fn note(&self, text: &str) {
        let mut out = io::stderr().lock();
        let _ = out.write_all(text.as_bytes()).and_then(|()| out.write_all(b"\n"));
    }

    /// How far a long command has come, in one line that rewrites itself; for a person at a terminal
    /// alone.
    pub fn progress(&self, what: &str, done: usize, of: usize) {
        let mut out = io::stderr().lock();
        if out.is_terminal() {
            let end = if done < of { "" } else { "\r\x1b[K" };
            let _ = write!(out, "\r{what}: {} %{end}", done * 100 / of.max(1));
            let _ = out.flush();
        }
    }

    /// The findings as the result of a command.
    pub fn print_findings(&self, findings: &[Diagnostic], sources: &SourceMap) {
        let colour = self.colour && io::stdout().is_terminal();
        self.print(&shown(findings, sources, colour));
    }

    /// The findings beside another result.
    pub fn note_findings(&self, findings: &[Diagnostic], sources: &SourceMap) {
        if findings.is_empty() {
            return;
        }
        let colour = self.colour && io::stderr().is_terminal();
        self.note(shown(findings, sources, colour).trim_end());
    }

    /// The end of a command whose input was refused: everything found, at once.
    pub fn refuse(&self, findings: &[Diagnostic], sources: &SourceMap) {
        if self.is_json() {
            self.print_json(&report_json(&sorted(findings.to_vec()), sources));
        } else {
            self.note_findings(findings, sources);
            self.note(&counted(counts(findings)));
        }
    }
}

/// The findings for a person, the many of one code folded.
fn shown(findings: &[Diagnostic], sources: &SourceMap, colour: bool) -> String {
    let all = sorted(findings.to_vec());
    let mut kept: Vec<Diagnostic> = Vec::new();
    let mut folded: Vec<(Code, usize)> = Vec::new();
    for finding in all {
        let same = kept.iter().filter(|other| other.code == finding.code).count();
        if same < SHOWN_OF_A_CODE {
            kept.push(finding);
        } else if let Some((_, more)) = folded.iter_mut().find(|(code, _)| *code == finding.code) {
            *more += 1;
        } else {
            folded.push((finding.code, 1));
        }
    }
    let mut text = render_terminal(&kept, sources, colour);
    for (code, more) in folded {
        text.push_str(&format!("{code}: … и ещё {more} таких\n\n"));
    }
    text
}

/// «Ошибок: 1, предупреждений: 0, замечаний: 2.»
pub fn counted(counts: Counts) -> String {
    format!(
        "Ошибок: {}, предупреждений: {}, замечаний: {}.",
        counts.errors, counts.warnings, counts.notes
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Place;

    #[test]
    fn many_findings_of_one_code_are_folded() {
        let finding = |n: usize| Diagnostic::error(Code(10), Place::Nowhere, n.to_string());
        let mut findings: Vec<Diagnostic> = (0..60).map(finding).collect();
        findings.push(Diagnostic::error(Code(11), Place::Nowhere, "другое"));
        let text = shown(&findings, &SourceMap::default(), false);
        assert_eq!(text.matches("ошибка[ПКО-010]").count(), SHOWN_OF_A_CODE);
        assert!(text.contains("ПКО-010: … и ещё 10 таких"), "{text}");
        assert!(text.contains("ошибка[ПКО-011]: другое"), "{text}");
    }
}
