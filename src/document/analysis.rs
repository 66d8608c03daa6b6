//! The analysis of results in a document: each indicator of which anything is known, told by its
//! figures, by the conclusion that the shape of these figures calls for, and by its causes.

mod scope;

use std::collections::{BTreeMap, BTreeSet};

use super::because;
use super::compose::Composition;
use super::types::{Because, Block, Section};
use super::view::View;
use super::writer::Writer;
use crate::base::Id;
use crate::diag::Diagnostic;
use crate::eval::{Proof, ProofKind, Shaped, Truth};
use crate::model::{Analysed, Analysis, Conclusion, Template, When};
use crate::russian::typographic;

use scope::AnalysisScope;

/// More titles than these make no heading.
const HEADED_BY_BLOCKS: usize = 3;

/// An indicator under analysis, with the row of the table that concludes on it.
pub(super) struct Told<'a> {
    pub id: &'a Id,
    sentence: &'a Template,
    pub year: i32,
    pub shaped: Shaped,
    conclusion: &'a Conclusion,
    pub causes: Causes<'a>,
}

/// What proven deficits of an indicator name as their causes, as far as nothing refutes them.
#[derive(Default)]
pub(super) struct Causes<'a> {
    pub confirmed: Vec<&'a Id>,
    pub possible: Vec<&'a Id>,
    deficits: Vec<&'a Id>,
}

impl<'a> Causes<'a> {
    /// Those that are told: the confirmed ones, where there are any.
    pub fn told(&self) -> &[&'a Id] {
        if self.confirmed.is_empty() { &self.possible } else { &self.confirmed }
    }
}

/// The paragraph that an analysis makes of an indicator by itself; `None` where there is none.
pub fn conclusion_text(
    input: &Composition<'_>,
    indicator: &Id,
) -> Result<Option<String>, Vec<Diagnostic>> {
    let view = View::new(*input);
    let mut faults = Vec::new();
    let mut analyses = input.model.analyses.values();
    let text = analyses.find_map(|analysis| {
        let asked = analysis.indicators().find(|it| it.indicator.id == *indicator)?;
        let told = told(&view, analysis, asked)?;
        let mut wordings = Wordings { analysis, said: BTreeMap::new() };
        let mut writer = Writer::new(&view, &mut faults);
        Some(wordings.paragraph(&mut writer, &told, "").text)
    });
    if faults.is_empty() { Ok(text) } else { Err(faults) }
}

/// The blocks of an analysis as subsections of `section`; what is told of several at once stands
/// where the first of them does.
pub(super) fn sections<'a>(
    writer: &mut Writer<'_, 'a>,
    analysis: &'a Analysis,
    section: &str,
) -> Vec<Section> {
    let view = writer.view;
    let blocks: Vec<(&str, &Id, Vec<Told<'a>>)> = analysis
        .blocks
        .iter()
        .map(|block| {
            let told = block.indicators.iter().filter_map(|it| told(view, analysis, it));
            (block.title.as_str(), &block.id, told.collect())
        })
        .collect();
    let mut uses: BTreeMap<&Id, usize> = BTreeMap::new();
    for told in blocks.iter().flat_map(|(.., told)| told) {
        *uses.entry(&told.conclusion.id).or_default() += 1;
    }
    let is_merged = |row: &Conclusion| {
        row.together.is_some() && uses.get(&row.id).is_some_and(|uses| *uses > row.texts.len())
    };
    let mut wordings = Wordings { analysis, said: BTreeMap::new() };
    let mut written = Vec::new();
    let mut merged: BTreeSet<&Id> = BTreeSet::new();
    for (title, id, told) in &blocks {
        let own = told.iter().filter(|told| !is_merged(told.conclusion));
        let own: Vec<Block> = own.map(|told| wordings.paragraph(writer, told, section)).collect();
        if !own.is_empty() {
            written.push(subsection(format!("{section}_{id}"), title, own));
        }
        for row in told.iter().map(|told| told.conclusion).filter(|row| is_merged(row)) {
            if !merged.insert(&row.id) {
                continue;
            }
            let all = blocks.iter().flat_map(|(.., told)| told);
            let all: Vec<&Told<'_>> = all.filter(|told| told.conclusion.id == row.id).collect();
            let of = |told: &[Told<'_>]| told.iter().any(|told| told.conclusion.id == row.id);
            let titles: Vec<&str> =
                blocks.iter().filter(|(.., told)| of(told)).map(|(title, ..)| *title).collect();
            let id = format!("{section}_{}", row.id);
            let blocks = wordings.together(writer, row, &all, &id);
            written.push(subsection(id, &heading(row, &titles), blocks));
        }
    }
    written
}

/// What is told of a few blocks at once is headed by them, so that their results are found; of
/// many, by what is concluded.
fn heading(row: &Conclusion, titles: &[&str]) -> String {
    if titles.len() > HEADED_BY_BLOCKS { row.meta.title.clone() } else { titles.join(", ") }
}

fn subsection(id: String, title: &str, blocks: Vec<Block>) -> Section {
    Section { id, title: typographic(title), blocks, ..Section::default() }
}

/// The shape of an indicator and its conclusion; `None` where nothing is known of it here.
fn told<'a>(view: &View<'a>, analysis: &'a Analysis, asked: &'a Analysed) -> Option<Told<'a>> {
    let id = &asked.indicator.id;
    let year = view.present(id);
    if !(year - 2..=year).any(|year| view.tells(id, None, year)) {
        return None;
    }
    let shaped = view.evaluator.shape(analysis, id, year)?;
    let conclusion = analysis.conclusion(&shaped.shape)?;
    let causes = causes(view, id);
    Some(Told { id, sentence: &asked.sentence, year, shaped, conclusion, causes })
}

fn causes<'a>(view: &View<'a>, indicator: &Id) -> Causes<'a> {
    let mut found = Causes::default();
    for id in view.worked_on() {
        let Some(finding) = view.finding(id) else { continue };
        if finding.state != Truth::Yes || !finding.indicators.contains(indicator) {
            continue;
        }
        found.deficits.push(id);
        let declared = view.model.deficits.get(id).map(|deficit| &deficit.causes);
        for cause in declared.into_iter().flatten().map(|cause| &cause.id) {
            let list = match view.cause(cause).map(|finding| finding.state) {
                Some(Truth::Yes) => &mut found.confirmed,
                Some(Truth::No) => continue,
                _ => &mut found.possible,
            };
            if !list.contains(&cause) {
                list.push(cause);
            }
        }
    }
    found
}

// ------------------------------------------------------------ words

/// Wordings taken in turn, so that no two paragraphs of a document say the same.
struct Wordings<'a> {
    analysis: &'a Analysis,
    /// How often the texts at an address were used.
    said: BTreeMap<String, usize>,
}

impl<'a> Wordings<'a> {
    fn next(&mut self, address: String, texts: &'a [Template]) -> Option<&'a Template> {
        let said = self.said.entry(address).or_default();
        let text = texts.get(said.checked_rem(texts.len())?);
        *said += 1;
        text
    }

    /// The figures, the conclusion, the cause.
    fn paragraph<'w>(
        &mut self,
        writer: &mut Writer<'_, 'w>,
        told: &Told<'w>,
        section: &str,
    ) -> Block {
        let scope = AnalysisScope::of(writer.view, self.analysis, told);
        let mut said = figures(writer, self.analysis, told, &scope);
        let row = told.conclusion;
        let texts = self.row(row).map_or(&[] as &[_], |row| row.texts.as_slice());
        let text = self.next(row.id.to_string(), texts);
        said.extend(text.map(|text| writer.said(text, &scope).join(" ")));
        said.extend(self.cause(writer, told, &scope));
        let because = because(writer.view, told);
        Block::paragraph(format!("{section}_{}", told.id), joined(&said), because)
    }

    /// The row as the analysis has it: its texts live as long as the wordings.
    fn row(&self, row: &Conclusion) -> Option<&'a Conclusion> {
        self.analysis.conclusions.iter().find(|own| own.id == row.id)
    }

    fn cause<'w>(
        &mut self,
        writer: &mut Writer<'_, 'w>,
        told: &Told<'w>,
        scope: &AnalysisScope<'_, 'w>,
    ) -> Option<String> {
        let (address, texts) = match &told.causes {
            causes if !causes.confirmed.is_empty() => {
                ("причина подтверждена".to_owned(), self.analysis.confirmed.as_slice())
            }
            causes if !causes.possible.is_empty() => {
                ("причина возможна".to_owned(), self.analysis.possible.as_slice())
            }
            _ => {
                let row = self.row(told.conclusion)?;
                (format!("{} предположение", row.id), row.supposition.as_slice())
            }
        };
        let text = self.next(address, texts)?;
        Some(writer.said(text, scope).join(" "))
    }

    /// What is said of several at once, and the figures of each below.
    fn together<'w>(
        &mut self,
        writer: &mut Writer<'_, 'w>,
        row: &Conclusion,
        all: &[&Told<'w>],
        id: &str,
    ) -> Vec<Block> {
        let (Some(first), Some(text)) = (all.first(), &row.together) else { return Vec::new() };
        let scope = AnalysisScope::of(writer.view, self.analysis, first).and(all);
        let said = writer.said(text, &scope);
        let reasons = all.iter().flat_map(|told| because(writer.view, told)).collect();
        let reasons = super::because::once(reasons);
        let items = all.iter().map(|told| {
            let scope = AnalysisScope::of(writer.view, self.analysis, told);
            let mut said = figures(writer, self.analysis, told, &scope);
            said.extend(self.cause(writer, told, &scope));
            joined(&said)
        });
        let list = Block {
            id: format!("{id}_значения"),
            kind: "список".to_owned(),
            items: items.collect(),
            because: reasons.clone(),
            ..Block::default()
        };
        vec![Block::paragraph(format!("{id}_вместе"), joined(&said), reasons), list]
    }
}

/// The sentence of the year's figure, then other years and levels.
fn figures<'w>(
    writer: &mut Writer<'_, 'w>,
    analysis: &Analysis,
    told: &Told<'w>,
    scope: &AnalysisScope<'_, 'w>,
) -> Vec<String> {
    let view = writer.view;
    let value = view.figure(told.id, None, When::Year(told.year));
    let head = match view.applied(told.id, &value) {
        Some(_) => Some(told.sentence),
        None => analysis.no_figure.as_ref(),
    };
    let all = head.into_iter().chain(&analysis.figures);
    all.map(|text| writer.said(text, scope).join(" ")).collect()
}

fn joined(said: &[String]) -> String {
    let said: Vec<&str> = said.iter().map(|part| part.trim()).filter(|it| !it.is_empty()).collect();
    typographic(&said.join(" "))
}

// ------------------------------------------------------------ reasons

/// The row and the shape that it fits, the figures behind it, and what proves the causes.
fn because(view: &View<'_>, told: &Told<'_>) -> Vec<Because> {
    let row = told.conclusion;
    let text = format!("Вывод «{}»: {}", row.meta.title, told.shaped.shape.words());
    let owner = view.evaluator.owner(&row.meta);
    let children = told.shaped.proofs.iter().cloned().chain(owner).collect();
    let rule = Proof::new(ProofKind::Rule, text).about(&row.id).with(children);
    let mut all = because::of_proof(&rule);
    for id in &told.causes.deficits {
        all.extend(view.finding(id).map(|it| because::of_proof(&it.proof)).unwrap_or_default());
    }
    for id in told.causes.told() {
        all.extend(view.cause(id).map(|it| because::of_proof(&it.proof)).unwrap_or_default());
    }
    because::once(all)
}
