//! The neutral document: what a programme, an order or a справка says, before any format.

pub mod chart;
pub mod types;
