//! The analysis of results: its blocks, and the table of its conclusions.

use super::shared::items;
use super::{Around, Lowering};
use crate::base::{Level, suggest};
use crate::diag::Diagnostic;
use crate::model::analysis::{Analysed, Analysis, AnalysisBlock, Cells, Conclusion, Limits};
use crate::model::codes;
use crate::model::declarations::Template;
use crate::model::reader::Reader;
use crate::model::shape::{Comparison, Dynamics, GroupSize, Standing, Way};
use crate::syntax::tree::{Better, Clause, Item, Value};
use crate::syntax::{Noun, title_text};

/// The values of a dimension with their words.
macro_rules! cells {
    ($lowering:ident, $reader:ident, $dimension:ident) => {
        $lowering.cells($reader, $dimension::WORD, $dimension::ALL, $dimension::word)
    };
}

impl Lowering<'_> {
    pub(super) fn analysis(&mut self, reader: &Reader<'_>, around: &Around) -> Analysis {
        let inside = Around {
            source: reader.cite().or_else(|| around.source.clone()),
            methodist: reader.own_methodist().or_else(|| around.methodist.clone()),
            ..around.clone()
        };
        let body = &reader.item.body;
        let of = |noun: Noun| items(body).filter(move |item| item.noun == noun);
        Analysis {
            meta: self.meta(reader, around),
            level: reader.item.level.unwrap_or(Level::School),
            margin: match reader.value("вровень в пределах") {
                Some(Value::Quantity(margin)) => self.quantity(margin),
                _ => None,
            },
            limits: reader.all("пороги").filter_map(|clause| self.limits(clause)).collect(),
            figures: self.templates(reader, "сведения"),
            no_figure: reader.text("нет значения").and_then(|text| self.template(text)),
            confirmed: self.templates(reader, "причина подтверждена"),
            possible: self.templates(reader, "причина возможна"),
            blocks: of(Noun::AnalysisBlock).map(|item| self.analysis_block(item)).collect(),
            conclusions: of(Noun::Conclusion).map(|item| self.conclusion(item, &inside)).collect(),
        }
    }

    fn limits(&mut self, clause: &Clause) -> Option<Limits> {
        let Value::Limits { better, good, poor } = &clause.value else { return None };
        Some(Limits {
            way: if *better == Better::More { Way::More } else { Way::Less },
            good: self.quantity(good)?,
            poor: self.quantity(poor)?,
            span: clause.span,
        })
    }

    fn analysis_block(&mut self, item: &Item) -> AnalysisBlock {
        let reader = Reader::new(item, self.out);
        AnalysisBlock {
            id: item.name.id(),
            title: title_text(&item.title).to_owned(),
            indicators: reader.all("показатель").filter_map(|it| self.analysed(it)).collect(),
            span: item.name.span,
        }
    }

    fn analysed(&mut self, clause: &Clause) -> Option<Analysed> {
        let Value::Sentence { name, text } = &clause.value else { return None };
        let indicator = self.reference(name, &[Noun::Indicator])?;
        Some(Analysed { indicator, sentence: self.template(text)? })
    }

    fn conclusion(&mut self, item: &Item, around: &Around) -> Conclusion {
        let reader = &Reader::new(item, self.out);
        let texts: Vec<Template> = self.templates(reader, "текст");
        if !reader.flag("текст") {
            reader.missing("текст", "текст «Что показывает такой результат.»", self.out);
        }
        Conclusion {
            id: item.name.id(),
            meta: self.meta(reader, around),
            when: Cells {
                way: cells!(self, reader, Way),
                standing: cells!(self, reader, Standing),
                dynamics: cells!(self, reader, Dynamics),
                comparison: cells!(self, reader, Comparison),
                group: cells!(self, reader, GroupSize),
            },
            texts,
            together: reader.text("вместе").and_then(|text| self.template(text)),
            supposition: self.templates(reader, "предположение"),
        }
    }

    /// The values that a line names; one that there is not is reported with what there is.
    fn cells<T: Copy>(
        &mut self,
        reader: &Reader<'_>,
        dimension: &'static str,
        all: &[T],
        word: impl Fn(T) -> &'static str,
    ) -> Vec<T> {
        let Some(Value::Cells(written)) = reader.value(dimension) else { return Vec::new() };
        let mut found = Vec::new();
        for cell in written {
            let id = cell.id();
            match all.iter().find(|value| crate::base::Id::new(word(**value)) == id) {
                Some(value) => found.push(*value),
                None => {
                    let known: Vec<&str> = all.iter().map(|value| word(*value)).collect();
                    let hint = match suggest(&cell.text, known.iter().copied()) {
                        Some(near) => format!("возможно, вы имели в виду «{near}»"),
                        None => format!("бывает: {}", known.join(", ")),
                    };
                    let message = format!("«{dimension}» не бывает «{}»", cell.text);
                    let fault = Diagnostic::error(codes::UNKNOWN_NAME, cell.span, message);
                    self.out.push(fault.with_hint(hint));
                }
            }
        }
        found
    }
}
