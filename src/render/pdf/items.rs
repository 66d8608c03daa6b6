//! The shapes of `data.json`: what the templates read.

use serde::Serialize;

use super::table::Table;
use super::text::Text;

/// The whole of `data.json`.
#[derive(Debug, Serialize)]
pub struct Content {
    pub layout: Layout,
    /// The title in the file's properties; never empty.
    pub name: String,
    pub author: String,
    pub title: Text,
    /// The kind in capitals; empty where the title says it.
    pub kind: String,
    pub issuer: Text,
    pub locality: Text,
    /// Empty where there is none.
    pub number: Vec<String>,
    /// Whether the kind has a number, so that a missing one leaves a blank to fill.
    pub numbered: bool,
    pub date: String,
    pub year: String,
    pub mark: Text,
    pub period: Text,
    pub approval: Vec<Stamp>,
    /// Whether every page of the text lies across.
    pub across: bool,
    pub runs: Vec<Run>,
}

/// The layouts of documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Layout {
    /// A title page, a table of contents, sections.
    Programme,
    /// A head and the text below it.
    Paper,
    /// An order: who decrees, what it is called, when and where; then what is decreed.
    Order,
    /// A title page, a table of contents, chapters under running heads.
    Book,
}

/// One approval requisite.
#[derive(Debug, Serialize)]
pub struct Stamp {
    pub stamp: String,
    pub by: Text,
    pub document: Vec<String>,
    pub number: Vec<String>,
    pub date: String,
    pub name: Vec<String>,
}

/// Pages of one orientation.
#[derive(Debug, Serialize)]
pub struct Run {
    pub landscape: bool,
    pub items: Vec<Item>,
}

/// One element of the flow.
#[derive(Debug, Serialize)]
#[serde(tag = "is", rename_all = "lowercase")]
pub enum Item {
    Heading {
        level: usize,
        text: Vec<String>,
    },
    Annex {
        label: String,
        to: Text,
        title: Vec<String>,
    },
    /// The word after which an order decrees.
    Operative {
        text: Vec<String>,
    },
    /// Who prepared the paper, at the foot of its last page.
    Executor {
        lines: Text,
    },
    /// `leads`: not the last thing on a page; `small`: beside small tables and pictures.
    Paragraphs {
        lines: Text,
        leads: bool,
        small: bool,
    },
    List {
        items: Vec<Text>,
        marked: bool,
    },
    Table(Table),
    Figure {
        caption: Vec<String>,
        file: Option<String>,
        alt: String,
    },
    Requisite {
        lines: Text,
    },
    Signatures {
        people: Vec<Person>,
    },
}

/// A row of signatures.
#[derive(Debug, Serialize)]
pub struct Person {
    pub position: Text,
    pub name: Vec<String>,
}
