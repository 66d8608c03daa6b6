//! The methodology read plainly, with exact fractions alone and no thought of speed.

use std::collections::{BTreeMap, BTreeSet};

use num_bigint::BigInt;
use num_rational::BigRational as Q;

use crate::base::Number;
use crate::cohort::{
    Base, Cut, Degenerate, Domain, End, Least, Method, Ranked, Rounding, Rule, Scoring, Table, Ties,
};

/// Of a domain.
#[derive(Default)]
pub struct Plain {
    /// By school and slot; the exact index.
    pub indices: BTreeMap<(usize, usize), Q>,
    /// By school and slot (slot 0 of a window ranked as a whole): rank, position, band.
    pub places: BTreeMap<(usize, usize), (u32, u32, Option<usize>)>,
    /// By school, of rules that look at bands alone.
    pub categories: BTreeMap<usize, usize>,
}

fn q(number: &Number) -> Q {
    number.as_rational().clone()
}

fn int(value: usize) -> Q {
    Q::from_integer(BigInt::from(value))
}

fn takes_part(method: &Method, table: &Table, row: usize) -> bool {
    let row = &table.rows[row];
    method.groups[row.group as usize].excluded.is_none()
        && table.schools[row.school as usize].excluded.is_none()
}

pub fn window(method: &Method, table: &Table) -> Vec<i32> {
    let rows = (0..table.rows.len()).filter(|row| takes_part(method, table, *row));
    let rows =
        rows.filter(|row| (0..table.width).any(|at| value(method, table, *row, at).is_some()));
    let years: BTreeSet<i32> = rows.map(|row| table.rows[row].year).collect();
    let mut last: Vec<i32> = years.into_iter().rev().take(method.window.length).collect();
    last.reverse();
    last
}

fn value(method: &Method, table: &Table, row: usize, indicator: usize) -> Option<Q> {
    let group = &method.groups[table.rows[row].group as usize];
    if group.lacks.contains(&indicator) {
        return None;
    }
    table.number(row, indicator).map(|number| q(&number))
}

/// Who is ranked together: base, group.
fn pools(method: &Method, table: &Table, year: i32) -> BTreeMap<(String, u8), Vec<usize>> {
    let mut pools: BTreeMap<(String, u8), Vec<usize>> = BTreeMap::new();
    for row in 0..table.rows.len() {
        if table.rows[row].year == year && takes_part(method, table, row) {
            pools.entry(pool(method, table, row)).or_default().push(row);
        }
    }
    pools
}

fn pool(method: &Method, table: &Table, row: usize) -> (String, u8) {
    let base = match method.base {
        Base::All => String::new(),
        Base::Municipality => table.schools[table.rows[row].school as usize].municipality.clone(),
    };
    (base, if method.by_group { table.rows[row].group } else { 0 })
}

pub fn calculate(method: &Method, table: &Table, domain: &Domain) -> Plain {
    let window = window(method, table);
    let mut plain = Plain::default();
    for (slot, year) in window.iter().enumerate() {
        for rows in pools(method, table, *year).values() {
            let indices = indices(method, table, domain, rows);
            if domain.ranked == Ranked::EachYear {
                place(domain, &indices, slot, &mut plain);
            }
            plain
                .indices
                .extend(indices.into_iter().map(|(school, index)| ((school, slot), index)));
        }
    }
    if domain.ranked == Ranked::MeanOfWindow {
        rank_window(method, table, domain, &window, &mut plain);
    }
    for school in 0..table.schools.len() {
        if let Some(category) = category(domain, &plain, school, window.len()) {
            plain.categories.insert(school, category);
        }
    }
    plain
}

fn rank_window(method: &Method, table: &Table, domain: &Domain, window: &[i32], plain: &mut Plain) {
    let last = *window.last().expect("a window");
    for rows in pools(method, table, last).values() {
        let mut means = BTreeMap::new();
        for row in rows {
            let school = table.rows[*row].school as usize;
            let years: Vec<&Q> =
                (0..window.len()).filter_map(|slot| plain.indices.get(&(school, slot))).collect();
            if years.len() == window.len() {
                means.insert(school, years.into_iter().sum::<Q>() / int(window.len()));
            }
        }
        place(domain, &means, 0, plain);
    }
}

fn indices(method: &Method, table: &Table, domain: &Domain, rows: &[usize]) -> BTreeMap<usize, Q> {
    let mut usable = 0;
    let mut worth: BTreeMap<usize, Vec<Q>> = BTreeMap::new();
    for term in &domain.terms {
        let all: Vec<(usize, Q)> = rows
            .iter()
            .filter_map(|row| Some((*row, value(method, table, *row, term.indicator)?)))
            .collect();
        let low = all.iter().map(|(_, x)| x).min().cloned();
        let high = all.iter().map(|(_, x)| x).max().cloned();
        let (Some(low), Some(high)) = (low, high) else { continue };
        let is_lag = matches!(term.scoring, Scoring::Lag { .. });
        if low == high && !is_lag && domain.degenerate == Degenerate::Skip {
            continue;
        }
        usable += 1;
        for (row, x) in all {
            let normal = match &term.scoring {
                Scoring::Lag { more_than, lagging, keeping } => {
                    q(if x < -q(more_than) { lagging } else { keeping })
                }
                _ if low == high => match domain.degenerate {
                    Degenerate::One => int(1),
                    Degenerate::Half => int(1) / int(2),
                    _ => int(0),
                },
                Scoring::Direct => (&x - &low) / (&high - &low),
                Scoring::Inverse => (&high - &x) / (&high - &low),
            };
            worth.entry(row).or_default().push(normal);
        }
    }
    let is_enough = |present: usize| match &domain.min_present {
        Least::Share(share) => int(present) >= q(share) * int(usable),
        Least::Count(count) => present >= *count as usize,
    };
    let ranked = worth.into_iter().filter(|(_, worth)| is_enough(worth.len()));
    ranked
        .map(|(row, worth)| {
            let count = int(worth.len());
            (table.rows[row].school as usize, worth.into_iter().sum::<Q>() / count)
        })
        .collect()
}

fn quarter(domain: &Domain, n: usize) -> usize {
    let k = match domain.rounding {
        Rounding::Floor => n / 4,
        Rounding::Ceil => n.div_ceil(4),
        Rounding::HalfUp => (n + 2) / 4,
        Rounding::HalfEven => match n % 4 {
            2 => n / 4 + (n / 4) % 2,
            _ => (n + 2) / 4,
        },
    };
    k.min(n / 2)
}

fn place(domain: &Domain, indices: &BTreeMap<usize, Q>, slot: usize, plain: &mut Plain) {
    let mut order: Vec<(&usize, &Q)> = indices.iter().collect();
    order.sort_by(|(a, x), (b, y)| y.cmp(x).then(a.cmp(b)));
    let n = order.len();
    for (at, (school, own)) in order.iter().enumerate() {
        let above = order.iter().filter(|(_, x)| x > own).count();
        let band = (n >= domain.min_group as usize)
            .then(|| band(domain, &order, at))
            .and_then(|end| of_end(domain, end));
        plain.places.insert((**school, slot), (above as u32 + 1, at as u32 + 1, band));
    }
}

fn of_end(domain: &Domain, end: Option<End>) -> Option<usize> {
    let is_it = |cut: &Cut| match cut {
        Cut::Share(own, _) => Some(*own) == end,
        Cut::Rest => end.is_none(),
    };
    let found = domain.bands.iter().position(|band| is_it(&band.cut));
    found.or_else(|| domain.bands.iter().position(|band| band.cut == Cut::Rest))
}

/// Which end of the order, from the highest, an entry belongs to.
fn band(domain: &Domain, order: &[(&usize, &Q)], at: usize) -> Option<End> {
    let n = order.len();
    let k = quarter(domain, n);
    let own = order[at].1;
    let lower = order.iter().filter(|(_, x)| *x < own).count();
    let higher = order.iter().filter(|(_, x)| *x > own).count();
    let equal = n - lower - higher;
    let end = |low: bool, high: bool| match (low, high) {
        (true, false) => Some(End::Lowest),
        (false, true) => Some(End::Highest),
        _ => None,
    };
    match domain.ties {
        Ties::Spss => {
            let first = if domain.counted_from == End::Lowest { lower } else { higher };
            // The mean of the ranks first + 1 … first + equal, as a tile of four.
            let rank = int(2 * first + equal + 1) / int(2);
            let tile = (rank * int(4) / int(n + 1)).floor();
            let is_first = tile == int(0);
            let is_last = tile == int(3);
            match domain.counted_from {
                End::Lowest => end(is_first, is_last),
                End::Highest => end(is_last, is_first),
            }
        }
        _ if k == 0 => None,
        Ties::Include => {
            let (low, high) = (order[n - k].1, order[k - 1].1);
            match low == high {
                true => end(own < low, own > high),
                false => end(own <= low, own >= high),
            }
        }
        Ties::Exclude => end(lower + equal <= k, higher + equal <= k),
        Ties::Id => end(at >= n - k, at < k),
    }
}

fn category(domain: &Domain, plain: &Plain, school: usize, window: usize) -> Option<usize> {
    let n_slots = if domain.ranked == Ranked::EachYear { window } else { 1 };
    let bands: Vec<Option<usize>> = (0..n_slots)
        .map(|slot| plain.places.get(&(school, slot)).and_then(|(_, _, band)| *band))
        .collect();
    domain.categories.iter().position(|category| match &category.rule {
        Rule::EachYear { band, years } => {
            bands.len() >= *years && bands.iter().rev().take(*years).all(|own| *own == Some(*band))
        }
        Rule::SomeYears { band, at_least, years } => {
            let last = bands.iter().rev().take(*years);
            last.filter(|own| **own == Some(*band)).count() >= *at_least
        }
        Rule::KnownIn { fewer_than } => bands.iter().flatten().count() < *fewer_than,
        Rule::Otherwise => true,
        Rule::Enough { .. } | Rule::Open { .. } => false,
    })
}

/// Rounded half to even to twelve decimals, as units.
pub fn rounded(index: &Q) -> i64 {
    let scaled = index * Q::from_integer(BigInt::from(1_000_000_000_000_i64));
    let down = scaled.floor();
    let rest = &scaled - &down;
    let half = Q::new(BigInt::from(1), BigInt::from(2));
    let whole: i64 = down.to_integer().try_into().expect("an index");
    match rest.cmp(&half) {
        std::cmp::Ordering::Less => whole,
        std::cmp::Ordering::Greater => whole + 1,
        std::cmp::Ordering::Equal => whole + whole % 2,
    }
}
