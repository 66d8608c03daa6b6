//! The analysis of results: which indicators it speaks of, and the table of its conclusions.

use super::declarations::{Meta, Ref, Template};
use super::expr::Quantity;
use super::shape::{Comparison, Dynamics, GroupSize, Shape, Standing, Way};
use crate::base::{Id, Level, Span};

/// `разбор`: blocks of indicators, and a table in which the first fitting row concludes.
#[derive(Clone, Debug)]
pub struct Analysis {
    pub meta: Meta,
    pub level: Level,
    /// Two figures no farther apart than this are level.
    pub margin: Option<Quantity>,
    pub limits: Vec<Limits>,
    /// What follows the sentence of an indicator: other years, levels above.
    pub figures: Vec<Template>,
    /// Stands in the place of that sentence where the year has no figure.
    pub no_figure: Option<Template>,
    /// How a confirmed cause is told, and one that is only possible; taken in turn.
    pub confirmed: Vec<Template>,
    pub possible: Vec<Template>,
    pub blocks: Vec<AnalysisBlock>,
    /// In the order in which the table is read.
    pub conclusions: Vec<Conclusion>,
}

/// Where good begins and poor begins, of figures of one way.
#[derive(Clone, Debug)]
pub struct Limits {
    pub way: Way,
    /// At least (at most) so much is good.
    pub good: Quantity,
    /// Less (more) than so much is poor.
    pub poor: Quantity,
    pub span: Span,
}

/// `блок`: indicators told of together.
#[derive(Clone, Debug)]
pub struct AnalysisBlock {
    pub id: Id,
    pub title: String,
    pub indicators: Vec<Analysed>,
    pub span: Span,
}

/// An indicator with the sentence that tells its figure.
#[derive(Clone, Debug)]
pub struct Analysed {
    pub indicator: Ref,
    pub sentence: Template,
}

/// `вывод`: a row of the table.
#[derive(Clone, Debug)]
pub struct Conclusion {
    pub id: Id,
    pub meta: Meta,
    pub when: Cells,
    /// Several wordings, taken in turn within a document.
    pub texts: Vec<Template>,
    /// What is said of several indicators at once, where there are more than wordings.
    pub together: Option<Template>,
    /// What the shape lets one suppose where no deficit names a cause.
    pub supposition: Vec<Template>,
}

/// The values of each dimension that a row takes; an empty list is any.
#[derive(Clone, Debug, Default)]
pub struct Cells {
    pub way: Vec<Way>,
    pub standing: Vec<Standing>,
    pub dynamics: Vec<Dynamics>,
    pub comparison: Vec<Comparison>,
    pub group: Vec<GroupSize>,
}

impl Cells {
    pub fn fit(&self, shape: &Shape) -> bool {
        is_among(&self.way, shape.way)
            && is_among(&self.standing, shape.standing)
            && is_among(&self.dynamics, shape.dynamics)
            && is_among(&self.comparison, shape.comparison)
            && is_among(&self.group, shape.group)
    }

    /// Each dimension that the row asks for, with the words of its values.
    pub fn words(&self) -> Vec<(&'static str, Vec<&'static str>)> {
        let all = [
            (Way::WORD, self.way.iter().map(|it| it.word()).collect::<Vec<_>>()),
            (Standing::WORD, self.standing.iter().map(|it| it.word()).collect()),
            (Dynamics::WORD, self.dynamics.iter().map(|it| it.word()).collect()),
            (Comparison::WORD, self.comparison.iter().map(|it| it.word()).collect()),
            (GroupSize::WORD, self.group.iter().map(|it| it.word()).collect()),
        ];
        all.into_iter().filter(|(_, values)| !values.is_empty()).collect()
    }
}

fn is_among<T: PartialEq>(values: &[T], value: T) -> bool {
    values.is_empty() || values.contains(&value)
}

impl Analysis {
    /// The first row that fits a shape.
    pub fn conclusion(&self, shape: &Shape) -> Option<&Conclusion> {
        self.conclusions.iter().find(|row| row.when.fit(shape))
    }

    /// The limits for figures of that way.
    pub fn limits_of(&self, way: Way) -> Option<&Limits> {
        self.limits.iter().find(|limits| limits.way == way)
    }

    /// Every indicator, in the order of the blocks.
    pub fn indicators(&self) -> impl Iterator<Item = &Analysed> {
        self.blocks.iter().flat_map(|block| &block.indicators)
    }

    /// Every text, with those of the conclusions.
    pub fn texts(&self) -> impl Iterator<Item = &Template> {
        let own = self.figures.iter().chain(&self.no_figure).chain(&self.confirmed);
        let sentences = self.indicators().map(|analysed| &analysed.sentence);
        let rows = self.conclusions.iter();
        let rows =
            rows.flat_map(|row| row.texts.iter().chain(&row.together).chain(&row.supposition));
        own.chain(&self.possible).chain(sentences).chain(rows)
    }
}
