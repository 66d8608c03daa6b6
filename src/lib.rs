//! pko: a language for the management of education quality, an engine that holds a school's data
//! against it, and a compiler that turns the result into documents.

pub mod base;
pub mod calendar;
pub mod check;
pub mod cli;
pub mod cohort;
pub mod data;
pub mod diag;
pub mod document;
pub mod edits;
pub mod eval;
pub mod explain;
pub mod graph;
pub mod model;
pub mod pipeline;
pub mod plan;
pub mod render;
pub mod ruletest;
pub mod russian;
pub mod script;
pub mod syntax;
pub mod text;
pub mod whynot;
pub mod world;
