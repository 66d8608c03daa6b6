//! What documents are made of: kinds of programmes, their stages, sections, tables and pictures.

use super::declarations::{Mend, Meta, Ref, Template};
use super::expr::{Expr, When};
use super::history::Adaptation;
use super::statement::Statement;
use crate::base::{Id, Level, Span};
use crate::calendar::{Duration, Month, Term};

#[derive(Clone, Debug)]
pub struct ProgrammeKind {
    pub meta: Meta,
    pub level: Level,
    /// «ШППКО», «справка» …
    pub kind: String,
    /// School years and the month in which they begin.
    pub period: Option<(u32, Month)>,
    pub max_priorities: Option<u32>,
    /// How many activities a month one person can carry.
    pub max_load: Option<u32>,
    pub accepts: Option<String>,
    pub agrees: Option<String>,
    pub approves: Option<Ref>,
    pub signs: Vec<Ref>,
    pub acts: Vec<Ref>,
    pub directions: Vec<Ref>,
    pub mark: Option<String>,
    pub title: Option<Template>,
    /// Who issues the paper (`издаёт`).
    pub issuer: Option<Ref>,
    /// The grounds in its own words (`преамбула`).
    pub preamble: Option<Template>,
    /// The operative word, «ПОСТАНОВЛЯЮ» (`постановляет`).
    pub operative: Option<String>,
    /// What is decreed, without numbers (`пункт`).
    pub points: Vec<Template>,
    /// Who prepared it (`исполнитель`).
    pub executor: Option<Ref>,
    /// The roadmap that it carries (`карта`).
    pub roadmap: Option<Ref>,
    /// Sections and annexes are numbered by their order (`разделы по порядку`).
    pub numbers_sections: bool,
    /// It tells of an identification, and of no project (`об идентификации`).
    pub about_identification: bool,
    /// What its period is divided into, in order.
    pub stages: Vec<StageSpec>,
    pub statement: Statement,
    pub sections: Vec<Section>,
    /// Goals, tasks and results are numbered by their order (`номера по порядку`).
    pub numbers_statement: bool,
    /// How it came from another programme; absent where it stands on its own.
    pub adaptation: Option<Adaptation>,
    /// A part could not be read.
    pub lost: bool,
}

/// A stage of a programme (`этап`); one that does not say how long it lasts takes what the others
/// leave of the period.
#[derive(Clone, Debug)]
pub struct StageSpec {
    pub meta: Meta,
    pub id: Id,
    pub lasts: Option<Duration>,
    /// Its own days, where the stages of a programme have them.
    pub term: Option<Term<Id>>,
    pub content: Vec<Template>,
}

#[derive(Clone, Debug)]
pub struct Section {
    pub id: Id,
    /// Its heading and number; whose words they and its texts are, where the section says so itself;
    /// what was mended in them.
    pub meta: Meta,
    pub annex: bool,
    pub landscape: bool,
    pub condition: Option<ShowIf>,
    pub blocks: Vec<SectionBlock>,
    pub span: Span,
}

/// When a block is shown: a condition over data, or «есть дефициты» and the like.
#[derive(Clone, Debug)]
pub struct ShowIf {
    pub expr: Expr,
}

#[derive(Clone, Debug)]
pub enum SectionBlock {
    Text {
        template: Template,
        kind: TextKind,
    },
    Table(TableSpec),
    Chart(ChartSpec),
    Each {
        what: Ref,
        blocks: Vec<SectionBlock>,
        condition: Option<ShowIf>,
    },
    Section(Section),
    /// `карта имя`: the table of a roadmap.
    Roadmap(Ref),
    /// `разбор имя`: an analysis, block by block.
    Analysis(Ref),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextKind {
    Paragraph,
    List,
    Conclusion,
}

#[derive(Clone, Debug)]
pub struct TableSpec {
    pub id: Id,
    pub title: Option<Template>,
    /// A row source by name; absent for tables of fixed rows.
    pub rows: Option<Ref>,
    pub columns: Vec<ColumnSpec>,
    /// The headings of a table of fixed rows.
    pub heads: Vec<Head>,
    pub fixed: Vec<FixedRow>,
    pub condition: Option<ShowIf>,
    /// What to say where there are no rows.
    pub if_empty: Option<Template>,
    /// What was mended in its heading and in its ready rows.
    pub mended: Vec<Mend>,
    pub span: Span,
}

/// The heading of a column of which the rows are fixed.
#[derive(Clone, Debug)]
pub struct Head {
    pub title: Template,
    pub width: Option<u32>,
}

/// A row that is written out: what stands in its first cell, and the others.
#[derive(Clone, Debug)]
pub struct FixedRow {
    pub title: String,
    pub cells: Vec<Template>,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub struct ColumnSpec {
    pub title: Template,
    pub field: Ref,
    pub level: Option<Level>,
    pub when: When,
    pub width: Option<u32>,
}

/// What a chart draws.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Picture {
    /// Figures of indicators.
    Figures,
    /// The calendar of the activities (`график_работ`).
    Calendar,
    /// Which activity rests on which (`граф_мероприятий`).
    Network,
    /// How many schools have which index (`распределение_индексов`).
    Distribution,
    /// A school's index of results against that of its conditions (`результаты_и_условия`).
    Crossing,
    /// How many schools each category holds (`число_по_категориям`).
    Counts,
}

impl Picture {
    /// The pictures that a word alone asks for.
    pub const WORDS: [(&str, Self); 5] = [
        ("график_работ", Self::Calendar),
        ("граф_мероприятий", Self::Network),
        ("распределение_индексов", Self::Distribution),
        ("результаты_и_условия", Self::Crossing),
        ("число_по_категориям", Self::Counts),
    ];

    pub fn is_of_identification(self) -> bool {
        matches!(self, Self::Distribution | Self::Crossing | Self::Counts)
    }

    pub fn word(self) -> Option<&'static str> {
        Self::WORDS.iter().find(|(_, picture)| *picture == self).map(|(word, _)| *word)
    }
}

#[derive(Clone, Debug)]
pub struct ChartSpec {
    pub id: Id,
    pub title: Option<Template>,
    pub indicators: Vec<Ref>,
    pub rows: Option<Ref>,
    pub picture: Picture,
    pub condition: Option<ShowIf>,
    pub span: Span,
}
