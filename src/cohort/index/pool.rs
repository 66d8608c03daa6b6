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
    pub needed: usize,
    common: OnceLock<Common>,
}

/// The denominator that the terms of a pool share. Terms with one denominator are added up before they
/// are brought to the common one: columns often span the same range.
#[derive(Clone, Debug)]
struct Common {
    denominator: BigInt,
    /// Column by column, into `weights`.
    kinds: Vec<usize>,
    /// What one part of a denominator is in parts of the common one.
    weights: Vec<BigInt>,
}

/// A mean, of how many indicators, or why there is none.
pub type Mean = (u16, Result<Approximate, Reason>);

impl Pool {
    pub fn new(domain: &Domain, figures: &impl Figures, members: &[Member]) -> Self {
        let rows = members.iter().map(|member| member.row as usize);
        let columns = Column::all(&domain.terms, domain.degenerate, figures, rows);
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
        let mut sums = vec![0u128; common.weights.len()];
        let mut rest = BigRational::zero();
        let mut present = 0u32;
        for ((term, column), kind) in domain.terms.iter().zip(&self.columns).zip(&common.kinds) {
            let cell = figures.cell(row, term.indicator);
            match (column.parts(cell), sums.get_mut(*kind)) {
                (Some(parts), Some(sum)) => *sum += u128::from(parts),
                _ => match column.exact(cell) {
                    Some(worth) => rest += worth,
                    None => continue,
                },
            }
            present += 1;
        }
        let weighted = sums.iter().zip(&common.weights).map(|(sum, weight)| weight * *sum);
        let above = weighted.fold(BigInt::zero(), |above, parts| above + parts);
        let below = &common.denominator * present.max(1);
        if rest.is_zero() {
            return Exact::new(above, below);
        }
        let above = above * rest.denom() + rest.numer() * &common.denominator;
        Exact::new(above, below * rest.denom())
    }
}

impl Common {
    fn new(columns: &[Column]) -> Self {
        let mut all: Vec<BigInt> = Vec::new();
        let mut kinds = Vec::with_capacity(columns.len());
        for own in columns.iter().map(Column::denominator) {
            let known = all.iter().position(|one| *one == own);
            kinds.push(known.unwrap_or(all.len()));
            if known.is_none() {
                all.push(own);
            }
        }
        // What is left of a denominator after reduction is what the common one lacks.
        let denominator = all.iter().fold(BigInt::one(), |common, one| {
            let reduced = BigRational::new(common.clone(), one.clone());
            common * reduced.denom()
        });
        let weights = all.iter().map(|one| &denominator / one).collect();
        Self { denominator, kinds, weights }
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
