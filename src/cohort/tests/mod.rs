//! The calculation against the plain reading of the methodology, and what must hold of it for any figures.

mod decisions;
mod fragile;
mod json;
mod methods;
mod naive;
mod plain;
mod properties;
mod tables;
