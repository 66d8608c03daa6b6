//! What the criteria say of a school: true, false, unknown.

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::Zero;

use super::figures::Figures;
use super::fixed::{Limit, exact_figure};
use super::frame::Frame;
use crate::base::Number;
use crate::cohort::{Answer, Cell, Compare, Criterion, Figure, Label, Method, Over, Sign, Which};

/// The criteria of a method, ready to be asked.
pub struct Criteria<'a> {
    all: Vec<Prepared<'a>>,
    n_years: usize,
}

struct Prepared<'a> {
    criterion: &'a Criterion,
    /// Of a threshold; that of a mean is so many times greater as there are years.
    limit: Option<Limit>,
    /// Of `Sign::BelowMean`, base by base: the sum of all figures, and as many times the lag that is
    /// asked for as there are figures.
    sums: Vec<(Sum, Limit)>,
}

/// Figures added up.
#[derive(Clone, Default)]
struct Sum {
    units: i128,
    large: Option<Number>,
    count: u32,
}

/// A school, as criteria see it.
pub struct Asked<'a, F> {
    pub figures: &'a F,
    /// Its rows of the window, the oldest first.
    pub rows: &'a [Option<usize>],
    pub base: usize,
    /// By how many units of 10⁻¹² an indicator's sum over the base is not the one of the table.
    pub shift: Option<(usize, i128)>,
}

impl<'a> Criteria<'a> {
    pub fn new(method: &'a Method, frame: &Frame, figures: &impl Figures) -> Self {
        let n_years = frame.n_slots();
        let prepare = |criterion: &'a Criterion| {
            let limit = match &criterion.rule {
                Sign::Threshold { over: Over::MeanOfWindow, than, .. } => {
                    Some(Limit::new(than * &Number::from_int(i64::try_from(n_years).unwrap_or(0))))
                }
                Sign::Threshold { than, .. } => Some(Limit::new(than.clone())),
                _ => None,
            };
            let sums = match &criterion.rule {
                Sign::BelowMean { indicator, by } => sums(frame, figures, *indicator, by),
                _ => Vec::new(),
            };
            Prepared { criterion, limit, sums }
        };
        Self { all: method.criteria.iter().map(prepare).collect(), n_years }
    }

    /// What every criterion says; `label` is that of a domain in the last year, or in the window.
    pub fn answers<F: Figures>(
        &self,
        asked: &Asked<'_, F>,
        label: &dyn Fn(usize) -> Label,
    ) -> Vec<Answer> {
        self.all.iter().map(|it| Answer::of(self.answer(it, asked, label))).collect()
    }

    fn answer<F: Figures>(
        &self,
        prepared: &Prepared<'_>,
        asked: &Asked<'_, F>,
        label: &dyn Fn(usize) -> Label,
    ) -> Option<bool> {
        match &prepared.criterion.rule {
            Sign::Threshold { indicators, over, compare, which, .. } => {
                let limit = prepared.limit.as_ref()?;
                let known = indicators.iter().filter_map(|indicator| {
                    let order = match over {
                        Over::LastYear => limit.order_of(asked.last(*indicator)),
                        Over::MeanOfWindow => self.order_of_mean(asked, *indicator, limit),
                    };
                    order.map(|order| compare.holds(order))
                });
                of_several(known, *which)
            }
            Sign::BelowMean { indicator, .. } => prepared.is_below_mean(asked, *indicator),
            Sign::InBand { domain, band } => match label(*domain) {
                Label::Band(own) => Some(usize::from(own) == *band),
                Label::Outside => Some(false),
                Label::Without(_) => None,
            },
        }
    }

    /// Of a mean over all years of the window: how its sum compares with as many times the limit.
    fn order_of_mean<F: Figures>(
        &self,
        asked: &Asked<'_, F>,
        indicator: usize,
        limit: &Limit,
    ) -> Option<Ordering> {
        if self.n_years == 0 {
            return None;
        }
        let mut sum = Sum::default();
        for row in asked.rows {
            sum.add(asked.figures.cell((*row)?, indicator));
        }
        (sum.count as usize == self.n_years).then(|| match sum.large {
            None => limit.order_of_units(sum.units),
            Some(_) => sum.exact().cmp(limit.number()),
        })
    }
}

impl<F: Figures> Asked<'_, F> {
    fn last(&self, indicator: usize) -> Cell<'_> {
        match self.rows.last() {
            Some(Some(row)) => self.figures.cell(*row, indicator),
            _ => Cell::Missing,
        }
    }
}

impl Prepared<'_> {
    /// mean − x ≥ by, as sum − n·x ≥ n·by.
    fn is_below_mean<F: Figures>(&self, asked: &Asked<'_, F>, indicator: usize) -> Option<bool> {
        let (sum, limit) = self.sums.get(asked.base)?;
        let shift = asked.shift.filter(|(shifted, _)| *shifted == indicator);
        let units = sum.units + shift.map_or(0, |(_, units)| units);
        let order = match (asked.last(indicator), &sum.large) {
            (Cell::Missing, _) => return None,
            (Cell::Fine(own), None) => {
                limit.order_of_units(units - i128::from(sum.count) * i128::from(own))
            }
            (cell, _) => {
                let own = &exact_figure(cell)? * &Number::from_int(i64::from(sum.count));
                let sum = Sum { units, ..sum.clone() };
                (&sum.exact() - &own).cmp(limit.number())
            }
        };
        Some(order.is_ge())
    }
}

impl Sum {
    fn add(&mut self, cell: Cell<'_>) {
        match cell {
            Cell::Missing => return,
            Cell::Fine(units) => self.units += i128::from(units),
            Cell::Large(number) => {
                self.large = Some(match &self.large {
                    Some(sum) => sum + number,
                    None => number.clone(),
                });
            }
        }
        self.count += 1;
    }

    fn exact(&self) -> Number {
        let units = BigRational::new(BigInt::from(self.units), BigInt::from(Figure::ONE));
        let large =
            self.large.as_ref().map_or_else(BigRational::zero, |it| it.as_rational().clone());
        Number::from_rational(units + large)
    }
}

impl Compare {
    fn holds(self, order: Ordering) -> bool {
        match self {
            Self::Less => order.is_lt(),
            Self::NotMore => order.is_le(),
            Self::More => order.is_gt(),
            Self::NotLess => order.is_ge(),
        }
    }
}

/// Unknown where nothing is known.
fn of_several(known: impl Iterator<Item = bool>, which: Which) -> Option<bool> {
    known.reduce(|one, other| match which {
        Which::Any => one || other,
        Which::Each => one && other,
    })
}

/// The figures of the last year, base by base.
fn sums(frame: &Frame, figures: &impl Figures, indicator: usize, by: &Number) -> Vec<(Sum, Limit)> {
    let mut sums = vec![Sum::default(); frame.bases.len()];
    for member in frame.members.last().into_iter().flatten().flatten() {
        let judged = frame.judged.get(member.school as usize);
        if let Some(sum) = judged.and_then(|judged| sums.get_mut(judged.base as usize)) {
            sum.add(figures.cell(member.row as usize, indicator));
        }
    }
    let with_limit = |sum: Sum| {
        let limit = Limit::new(by * &Number::from_int(i64::from(sum.count)));
        (sum, limit)
    };
    sums.into_iter().map(with_limit).collect()
}
