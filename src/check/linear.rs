//! Linear inequalities over exact numbers, and whether they can hold together: elimination by
//! Fourier and Motzkin, exact for strict and non-strict ones alike.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::{Bound, Interval, Number};

/// A sum of variables with factors and a constant.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Form<V: Ord> {
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
            let Some(held) = factors.get_mut(variable) else {
                factors.insert(variable.clone(), factor.clone());
                continue;
            };
            *held = &*held + factor;
            if held.is_zero() {
                factors.remove(variable);
            }
        }
        Self { factors, constant: &self.constant + &other.constant }
    }

    pub fn subtract(&self, other: &Self) -> Self {
        self.add(&other.negate())
    }

    pub fn negate(&self) -> Self {
        let factors = self.factors.iter().map(|(v, factor)| (v.clone(), -factor)).collect();
        Self { factors, constant: -&self.constant }
    }
}

/// A form that is below zero, or not above it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Inequality<V: Ord> {
    pub form: Form<V>,
    pub strict: bool,
}

impl<V: Ord + Clone> Inequality<V> {
    /// The interval that it leaves to its only variable.
    fn as_interval(&self) -> Option<(&V, Interval)> {
        let mut factors = self.form.factors.iter();
        let ((variable, factor), None) = (factors.next()?, factors.next()) else { return None };
        let at = (-&self.form.constant).checked_div(factor)?;
        let bound = Some(Bound { at, inclusive: !self.strict });
        Some(if factor.is_negative() {
            (variable, Interval { low: bound, high: None })
        } else {
            (variable, Interval { low: None, high: bound })
        })
    }

    /// Whether the least value of the form within the bounds is low enough.
    fn reachable(&self, bounds: &BTreeMap<V, Interval>) -> bool {
        let mut least = self.form.constant.clone();
        let mut reached = true;
        for (variable, factor) in &self.form.factors {
            let bound = bounds.get(variable).and_then(|interval| {
                if factor.is_negative() { interval.high.as_ref() } else { interval.low.as_ref() }
            });
            let Some(bound) = bound else { return true };
            least = &least + &(&bound.at * factor);
            reached &= bound.inclusive;
        }
        least.is_negative() || (least.is_zero() && reached && !self.strict)
    }

    /// Whether it holds, where no variable is left.
    fn decided(&self) -> Option<bool> {
        self.form.factors.is_empty().then(|| {
            self.form.constant.is_negative() || (self.form.constant.is_zero() && !self.strict)
        })
    }
}

/// Whether figures within their bounds can meet all inequalities; `None` where that would take too
/// long. Those of one variable tighten its bounds; one of several that shares no variable with
/// another is decided by its least value; only the rest is eliminated.
pub(super) fn can_meet<V: Ord + Clone>(
    mut bounds: BTreeMap<V, Interval>,
    inequalities: &[&Inequality<V>],
) -> Option<bool> {
    let mut wide: Vec<&Inequality<V>> = Vec::new();
    for inequality in inequalities.iter().copied() {
        match inequality.decided() {
            Some(true) => continue,
            Some(false) => return Some(false),
            None => {}
        }
        let Some((variable, interval)) = inequality.as_interval() else {
            wide.push(inequality);
            continue;
        };
        let held = bounds.get(variable).cloned().unwrap_or_else(Interval::everything);
        match held.intersect(&interval) {
            Some(both) => bounds.insert(variable.clone(), both),
            None => return Some(false),
        };
    }
    let (alone, tangled): (Vec<&Inequality<V>>, Vec<_>) =
        wide.iter().copied().partition(|inequality| shares_nothing(inequality, &wide));
    if alone.iter().any(|inequality| !inequality.reachable(&bounds)) {
        return Some(false);
    }
    if tangled.is_empty() {
        return Some(true);
    }
    let mut rest: Vec<Inequality<V>> = tangled.into_iter().cloned().collect();
    let named: BTreeSet<V> = rest.iter().flat_map(|i| i.form.factors.keys().cloned()).collect();
    let kept = bounds.iter().filter(|(variable, _)| named.contains(*variable));
    rest.extend(kept.flat_map(|(variable, interval)| within(variable, interval)));
    feasible(rest)
}

/// Whether no other inequality speaks of its variables.
fn shares_nothing<V: Ord + Clone>(one: &Inequality<V>, all: &[&Inequality<V>]) -> bool {
    all.iter().all(|other| {
        std::ptr::eq(*other, one)
            || !one.form.factors.keys().any(|variable| other.form.factors.contains_key(variable))
    })
}

/// That a variable keeps an interval.
fn within<V: Ord + Clone>(variable: &V, interval: &Interval) -> Vec<Inequality<V>> {
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
fn feasible<V: Ord + Clone>(mut all: Vec<Inequality<V>>) -> Option<bool> {
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
    fn below(
        factors: &[(&'static str, i64)],
        constant: i64,
        strict: bool,
    ) -> Inequality<&'static str> {
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
    fn the_short_ways_agree_with_elimination() {
        let keeps = |low: i64, high: i64| Interval::between(low.into(), high.into());
        let bounds = BTreeMap::from([("x", keeps(0, 100)), ("y", keeps(0, 100))]);
        let forms = [
            vec![below(&[("x", 1), ("y", -1)], 100, false)],
            vec![below(&[("x", 1), ("y", -1)], 100, true)],
            vec![below(&[("x", 1), ("y", -1)], 0, true), below(&[("x", -1)], 100, false)],
            vec![below(&[("x", 1), ("y", -1)], 0, true), below(&[("x", -1)], 30, true)],
            vec![below(&[("x", 1), ("y", -1)], 0, true), below(&[("x", -1), ("y", 1)], 0, false)],
            vec![below(&[("x", 1), ("z", -1)], 500, true)],
        ];
        for inequalities in forms {
            let mut all = inequalities.clone();
            all.extend(bounds.iter().flat_map(|(variable, interval)| within(variable, interval)));
            let borrowed: Vec<_> = inequalities.iter().collect();
            assert_eq!(can_meet(bounds.clone(), &borrowed), feasible(all), "{inequalities:?}");
        }
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
