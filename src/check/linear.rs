//! Linear inequalities over exact numbers, and whether they can hold together: elimination by
//! Fourier and Motzkin, exact for strict and non-strict ones alike.

use std::collections::BTreeMap;

use crate::base::{Interval, Number};

/// A sum of variables with factors and a constant.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Form<V: Ord> {
    /// No factor is zero.
    pub factors: BTreeMap<V, Number>,
    pub constant: Number,
}

impl<V: Ord + Clone> Form<V> {
    pub fn constant(constant: Number) -> Self {
        Self { factors: BTreeMap::new(), constant }
    }

    pub fn variable(variable: V) -> Self {
        Self { factors: BTreeMap::from([(variable, Number::one())]), constant: Number::zero() }
    }

    pub fn scale(&self, by: &Number) -> Self {
        if by.is_zero() {
            return Self::constant(Number::zero());
        }
        let factors = self.factors.iter().map(|(v, factor)| (v.clone(), factor * by)).collect();
        Self { factors, constant: &self.constant * by }
    }

    pub fn add(&self, other: &Self) -> Self {
        let mut factors = self.factors.clone();
        for (variable, factor) in &other.factors {
            let sum = factors.get(variable).map_or(factor.clone(), |held| held + factor);
            if sum.is_zero() {
                factors.remove(variable);
            } else {
                factors.insert(variable.clone(), sum);
            }
        }
        Self { factors, constant: &self.constant + &other.constant }
    }

    pub fn subtract(&self, other: &Self) -> Self {
        self.add(&other.scale(&Number::from_int(-1)))
    }
}

/// A form that is below zero, or not above it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Inequality<V: Ord> {
    pub form: Form<V>,
    pub strict: bool,
}

impl<V: Ord + Clone> Inequality<V> {
    /// Whether it holds, where no variable is left.
    fn decided(&self) -> Option<bool> {
        self.form.factors.is_empty().then(|| {
            self.form.constant.is_negative() || (self.form.constant.is_zero() && !self.strict)
        })
    }
}

/// That a variable keeps an interval.
pub(super) fn within<V: Ord + Clone>(variable: &V, interval: &Interval) -> Vec<Inequality<V>> {
    let variable = Form::variable(variable.clone());
    let minus = Number::from_int(-1);
    let low = interval.low.as_ref().map(|low| Inequality {
        form: Form::constant(low.at.clone()).add(&variable.scale(&minus)),
        strict: !low.inclusive,
    });
    let high = interval.high.as_ref().map(|high| Inequality {
        form: variable.add(&Form::constant(-&high.at)),
        strict: !high.inclusive,
    });
    low.into_iter().chain(high).collect()
}

/// More inequalities than that are not pursued.
const MAX_INEQUALITIES: usize = 300;

/// Whether all can hold at once; `None` where that would take too long.
pub(super) fn feasible<V: Ord + Clone>(mut all: Vec<Inequality<V>>) -> Option<bool> {
    loop {
        all.sort();
        all.dedup();
        if all.iter().any(|inequality| inequality.decided() == Some(false)) {
            return Some(false);
        }
        all.retain(|inequality| inequality.decided().is_none());
        let Some(variable) = cheapest(&all) else { return Some(true) };
        all = eliminate(&all, &variable);
        if all.len() > MAX_INEQUALITIES {
            return None;
        }
    }
}

/// The variable whose elimination leaves the fewest inequalities; of equal ones the first.
fn cheapest<V: Ord + Clone>(all: &[Inequality<V>]) -> Option<V> {
    let mut counts: BTreeMap<&V, (usize, usize)> = BTreeMap::new();
    for (variable, factor) in all.iter().flat_map(|inequality| &inequality.form.factors) {
        let (below, above) = counts.entry(variable).or_default();
        *(if factor.is_negative() { below } else { above }) += 1;
    }
    counts.into_iter().min_by_key(|(_, (below, above))| below * above).map(|(v, _)| v.clone())
}

fn eliminate<V: Ord + Clone>(all: &[Inequality<V>], variable: &V) -> Vec<Inequality<V>> {
    let mut kept = Vec::new();
    let (mut lows, mut highs) = (Vec::new(), Vec::new());
    for inequality in all {
        match inequality.form.factors.get(variable) {
            None => kept.push(inequality.clone()),
            Some(factor) if factor.is_negative() => lows.push((inequality, factor.abs())),
            Some(factor) => highs.push((inequality, factor.clone())),
        }
    }
    for (low, low_factor) in &lows {
        for (high, high_factor) in &highs {
            kept.push(Inequality {
                form: low.form.scale(high_factor).add(&high.form.scale(low_factor)),
                strict: low.strict || high.strict,
            });
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `factors` and the constant of a form below (`strict`) or not above zero.
    fn below(factors: &[(&'static str, i64)], constant: i64, strict: bool) -> Inequality<&'static str> {
        let factors = factors.iter().map(|(v, n)| (*v, Number::from_int(*n))).collect();
        Inequality { form: Form { factors, constant: Number::from_int(constant) }, strict }
    }

    #[test]
    fn one_variable_between_its_bounds() {
        let above_30 = below(&[("x", -1)], 30, true);
        assert_eq!(feasible(vec![above_30.clone(), below(&[("x", 1)], -20, true)]), Some(false));
        assert_eq!(feasible(vec![above_30, below(&[("x", 1)], -40, true)]), Some(true));
        let touching = [below(&[("x", 1)], -5, false), below(&[("x", -1)], 5, false)];
        assert_eq!(feasible(touching.to_vec()), Some(true));
        let open = [below(&[("x", 1)], -5, true), below(&[("x", -1)], 5, false)];
        assert_eq!(feasible(open.to_vec()), Some(false));
    }

    #[test]
    fn differences_chain() {
        let x_below_y = below(&[("x", 1), ("y", -1)], 0, true);
        let y_below_z = below(&[("y", 1), ("z", -1)], 0, false);
        let z_below_x = below(&[("z", 1), ("x", -1)], 0, false);
        assert_eq!(feasible(vec![x_below_y.clone(), y_below_z.clone()]), Some(true));
        assert_eq!(feasible(vec![x_below_y, y_below_z, z_below_x]), Some(false));
    }

    #[test]
    fn a_domain_keeps_a_lag_in_bounds() {
        let domain = Interval::between(Number::zero(), Number::from_int(100));
        let mut all = within(&"x", &domain);
        all.extend(within(&"y", &domain));
        let mut lag = all.clone();
        lag.push(below(&[("x", 1), ("y", -1)], 100, false));
        assert_eq!(feasible(lag), Some(true));
        all.push(below(&[("x", 1), ("y", -1)], 101, false));
        assert_eq!(feasible(all), Some(false));
    }
}
