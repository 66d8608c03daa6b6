//! A term of a mean among the schools that are ranked together: how a figure becomes a number from 0 to 1.

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, ToPrimitive, Zero};

use super::figures::Figures;
use super::fixed::{Limit, exact_figure, term, term_of};
use crate::base::Number;
use crate::cohort::{Cell, Degenerate, Scoring, Term};

/// What the figures of a pool make of a term.
#[derive(Clone, Debug)]
pub enum Column {
    /// Nobody has a figure, or all are one and the method leaves such terms out.
    Unused,
    /// All figures are one, and the method says what that is worth.
    Constant {
        worth: Worth,
    },
    /// In units of 10⁻¹²; `high` is more than `low`.
    Fine {
        low: i64,
        high: i64,
        is_inverse: bool,
    },
    /// Some figures do not fit those units.
    Wide {
        low: Number,
        high: Number,
        is_inverse: bool,
    },
    Lag {
        limit: Limit,
        lagging: Worth,
        keeping: Worth,
    },
}

/// A number from 0 to 1, exact and in units of 2⁻⁶⁴.
#[derive(Clone, Debug)]
pub struct Worth {
    exact: BigRational,
    units: u128,
    /// In parts of the column's denominator, where that fits.
    parts: Option<u64>,
}

impl Worth {
    /// The denominator is a multiple of the number's own.
    fn new(number: &Number, denominator: &BigInt) -> Self {
        let exact = within_one(number);
        let parts = (exact.numer() * (denominator / exact.denom())).to_u64();
        Self { units: term_of(&exact), exact, parts }
    }
}

fn within_one(number: &Number) -> BigRational {
    number.as_rational().clone().clamp(BigRational::zero(), BigRational::one())
}

/// The least and the greatest figure so far.
enum Span {
    Nothing,
    Fine(i64, i64),
    Wide(Number, Number),
}

impl Column {
    /// The columns of terms over the rows of a pool.
    pub fn all(
        terms: &[Term],
        degenerate: Degenerate,
        figures: &impl Figures,
        rows: impl Iterator<Item = usize>,
    ) -> Vec<Self> {
        let mut spans: Vec<Span> = terms.iter().map(|_| Span::Nothing).collect();
        for row in rows {
            for (span, term) in spans.iter_mut().zip(terms) {
                span.add(figures.cell(row, term.indicator));
            }
        }
        let columns = terms.iter().zip(spans);
        columns.map(|(term, span)| Self::new(&term.scoring, degenerate, span)).collect()
    }

    fn new(scoring: &Scoring, degenerate: Degenerate, span: Span) -> Self {
        let is_inverse = *scoring == Scoring::Inverse;
        match (scoring, span) {
            (_, Span::Nothing) => Self::Unused,
            (Scoring::Lag { more_than, lagging, keeping }, _) => {
                let denominator = within_one(lagging).denom() * within_one(keeping).denom();
                Self::Lag {
                    limit: Limit::new(-more_than),
                    lagging: Worth::new(lagging, &denominator),
                    keeping: Worth::new(keeping, &denominator),
                }
            }
            (_, Span::Fine(low, high)) if low == high => Self::constant(degenerate),
            (_, Span::Fine(low, high)) => Self::Fine { low, high, is_inverse },
            (_, Span::Wide(low, high)) if low == high => Self::constant(degenerate),
            (_, Span::Wide(low, high)) => Self::Wide { low, high, is_inverse },
        }
    }

    fn constant(degenerate: Degenerate) -> Self {
        let number = match degenerate {
            Degenerate::Skip => return Self::Unused,
            Degenerate::Zero => Number::zero(),
            Degenerate::Half => Number::one().half(),
            Degenerate::One => Number::one(),
        };
        Self::Constant { worth: Worth::new(&number, within_one(&number).denom()) }
    }

    pub fn is_used(&self) -> bool {
        !matches!(self, Self::Unused)
    }

    /// What a figure is worth, in units of 2⁻⁶⁴ towards zero; `None` where it does not count.
    pub fn units(&self, cell: Cell<'_>) -> Option<u128> {
        match (self, cell) {
            (_, Cell::Missing) | (Self::Unused, _) => None,
            (Self::Fine { low, high, is_inverse }, Cell::Fine(x)) => {
                let part = if *is_inverse { above(*high, x) } else { above(x, *low) };
                Some(term(part, above(*high, *low)))
            }
            (Self::Constant { worth }, _) => Some(worth.units),
            (Self::Lag { .. }, cell) => self.lag(cell).map(|worth| worth.units),
            (_, cell) => self.exact(cell).map(|exact| term_of(&exact)),
        }
    }

    /// What a figure is worth, exactly.
    pub fn exact(&self, cell: Cell<'_>) -> Option<BigRational> {
        let figure = exact_figure(cell)?;
        match self {
            Self::Unused => None,
            Self::Constant { worth } => Some(worth.exact.clone()),
            Self::Lag { .. } => self.lag(cell).map(|worth| worth.exact.clone()),
            Self::Fine { is_inverse, .. } | Self::Wide { is_inverse, .. } => {
                let (low, high) = self.span()?;
                let part = if *is_inverse { &high - &figure } else { &figure - &low };
                part.checked_div(&(&high - &low)).map(|worth| worth.as_rational().clone())
            }
        }
    }

    /// The least and the greatest figure, of a term that is measured between them.
    pub fn span(&self) -> Option<(Number, Number)> {
        match self {
            Self::Fine { low, high, .. } => {
                exact_figure(Cell::Fine(*low)).zip(exact_figure(Cell::Fine(*high)))
            }
            Self::Wide { low, high, .. } => Some((low.clone(), high.clone())),
            _ => None,
        }
    }

    fn lag(&self, cell: Cell<'_>) -> Option<&Worth> {
        match self {
            Self::Lag { limit, lagging, keeping } => match limit.order_of(cell)? {
                Ordering::Less => Some(lagging),
                _ => Some(keeping),
            },
            _ => None,
        }
    }

    /// What `parts` are counted in.
    pub fn denominator(&self) -> BigInt {
        match self {
            Self::Unused | Self::Wide { .. } => BigInt::one(),
            Self::Constant { worth } => worth.exact.denom().clone(),
            Self::Fine { low, high, .. } => BigInt::from(above(*high, *low)),
            Self::Lag { lagging, keeping, .. } => lagging.exact.denom() * keeping.exact.denom(),
        }
    }

    /// What a figure is worth, as a number of parts of the column's denominator; `None` where it does
    /// not count, and of a column that has no denominator.
    pub fn parts(&self, cell: Cell<'_>) -> Option<u64> {
        match (self, cell) {
            (_, Cell::Missing) => None,
            (Self::Fine { low, high, is_inverse }, Cell::Fine(x)) => {
                Some(if *is_inverse { above(*high, x) } else { above(x, *low) })
            }
            (Self::Constant { worth }, _) => worth.parts,
            (Self::Lag { .. }, cell) => self.lag(cell)?.parts,
            _ => None,
        }
    }
}

/// high − low of figures of which the first is not less.
fn above(high: i64, low: i64) -> u64 {
    high.wrapping_sub(low).cast_unsigned()
}

impl Span {
    fn add(&mut self, cell: Cell<'_>) {
        match (&mut *self, cell) {
            (_, Cell::Missing) => {}
            (Self::Nothing, Cell::Fine(x)) => *self = Self::Fine(x, x),
            (Self::Fine(low, high), Cell::Fine(x)) => {
                *low = x.min(*low);
                *high = x.max(*high);
            }
            (_, cell) => self.widen(exact_figure(cell)),
        }
    }

    fn widen(&mut self, figure: Option<Number>) {
        let Some(figure) = figure else { return };
        let exact = |units: i64| exact_figure(Cell::Fine(units)).unwrap_or_else(Number::zero);
        let (low, high) = match self {
            Self::Nothing => (figure.clone(), figure.clone()),
            Self::Fine(low, high) => (exact(*low), exact(*high)),
            Self::Wide(low, high) => (low.clone(), high.clone()),
        };
        *self = Self::Wide(low.min(figure.clone()), high.max(figure));
    }
}
