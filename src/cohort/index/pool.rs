//! The schools that are ranked together in a year: their means in a domain, and the exact ones on demand.

use std::sync::OnceLock;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, ToPrimitive, Zero};

use super::column::Column;
use super::figures::Figures;
use super::fixed::{Approximate, Exact};
use crate::cohort::{Domain, Least, Reason};

/// A school in a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Member {
    pub school: u32,
    pub row: u32,
}

/// The terms of a domain among the members of a pool.
#[derive(Clone, Debug)]
pub struct Pool {
    /// As `Domain::terms`.
    pub columns: Vec<Column>,
    /// So many indicators a school must have.
    needed: usize,
    common: OnceLock<Common>,
}

/// The denominator that the terms of a pool share, and what a unit of each column is in parts of it.
#[derive(Clone, Debug)]
struct Common {
    denominator: BigInt,
    weights: Vec<BigInt>,
}

/// A mean, of how many indicators, or why there is none.
pub type Mean = (u16, Result<Approximate, Reason>);

impl Pool {
    pub fn new(domain: &Domain, figures: &impl Figures, members: &[Member]) -> Self {
        let rows = || members.iter().map(|member| member.row as usize);
        let terms = domain.terms.iter();
        let columns: Vec<Column> =
            terms.map(|term| Column::new(term, domain.degenerate, figures, rows())).collect();
        let usable = columns.iter().filter(|column| column.is_used()).count();
        let needed = needed(&domain.min_present, usable);
        Self { columns, needed, common: OnceLock::new() }
    }

    /// The mean of a row.
    pub fn mean(&self, domain: &Domain, figures: &impl Figures, row: usize) -> Mean {
        let mut sum = 0;
        let mut present = 0;
        for (term, column) in domain.terms.iter().zip(&self.columns) {
            if let Some(units) = column.units(figures.cell(row, term.indicator)) {
                sum += units;
                present += 1;
            }
        }
        let mean = match present {
            0 => Err(Reason::NoData),
            _ if present < self.needed => Err(Reason::FewIndicators),
            _ => Ok(Approximate::mean(sum, present)),
        };
        (u16::try_from(present).unwrap_or(u16::MAX), mean)
    }

    /// The exact mean of a row that has one.
    pub fn exact(&self, domain: &Domain, figures: &impl Figures, row: usize) -> Exact {
        let common = self.common.get_or_init(|| Common::new(&self.columns));
        let mut parts = BigInt::zero();
        let mut rest = BigRational::zero();
        let mut present = 0u32;
        let columns = self.columns.iter().zip(&common.weights);
        for (term, (column, weight)) in domain.terms.iter().zip(columns) {
            let cell = figures.cell(row, term.indicator);
            if let Some(of_common) = column.parts(cell, &common.denominator, weight) {
                parts += of_common;
                present += 1;
            } else if let Some(worth) = column.exact(cell) {
                rest += worth;
                present += 1;
            }
        }
        let above = parts * rest.denom() + rest.numer() * &common.denominator;
        Exact::new(above, &common.denominator * rest.denom() * present.max(1))
    }
}

impl Common {
    fn new(columns: &[Column]) -> Self {
        let all: Vec<BigInt> = columns.iter().map(Column::denominator).collect();
        // What is left of a denominator after reduction is what the common one lacks.
        let denominator = all.iter().fold(BigInt::one(), |common, one| {
            let reduced = BigRational::new(common.clone(), one.clone());
            common * reduced.denom()
        });
        let weights = all.iter().map(|one| &denominator / one).collect();
        Self { denominator, weights }
    }
}

fn needed(least: &Least, usable: usize) -> usize {
    let count = match least {
        Least::Share(share) => {
            let exact = share.as_rational() * BigRational::from_integer(BigInt::from(usable));
            exact.ceil().to_integer().to_usize().unwrap_or(0)
        }
        Least::Count(count) => *count as usize,
    };
    count.max(1)
}
