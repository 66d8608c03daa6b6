//! A domain over all years and pools: means, their order, bands.

use super::bands::Cuts;
use super::figures::Figures;
use super::fixed::{Approximate, Exact};
use super::frame::Frame;
use super::order::{Entry, Order};
use super::pool::{Mean, Pool};
use crate::base::parallel;
use crate::cohort::{
    Border, Domain, End, Index, Label, Method, Rank, Ranked, Ranking, Reason, Standing, Table,
};

/// What a calculation of a domain looks at.
pub struct Seen<'a, F> {
    pub method: &'a Method,
    pub table: &'a Table,
    pub frame: &'a Frame,
    pub domain: &'a Domain,
    pub figures: &'a F,
}

/// Means in their order, and the bands among them.
pub struct Ladder {
    pub order: Order,
    pub cuts: Cuts,
}

/// A domain, calculated.
pub struct Calculated {
    /// Slot by slot, pool by pool.
    pub pools: Vec<Vec<Pool>>,
    /// Slot by slot, pool by pool; where the window is ranked as a whole, its pools alone.
    pub ladders: Vec<Vec<Ladder>>,
    /// School by school, a slot after the other.
    pub means: Vec<Mean>,
    pub ranking: Ranking,
    pub borders: Vec<Border>,
}

const NO_MEAN: Mean = (0, Err(Reason::NoData));

impl<F: Figures> Seen<'_, F> {
    fn n_slots(&self) -> usize {
        self.frame.window.len()
    }

    fn pool_at(&self, school: usize, slot: usize) -> Option<(usize, usize)> {
        let row = self.frame.row(school, slot)?;
        let base = self.frame.judged.get(school)?.base as usize;
        Some((row, self.method.pool(self.table, base, row)))
    }

    /// The pools of a year, and the means of their members.
    pub fn year(&self, slot: usize) -> Vec<(Pool, Vec<Mean>)> {
        let pools = self.frame.members.get(slot).into_iter().flatten();
        let calculated = pools.map(|members| {
            let pool = Pool::new(self.domain, self.figures, members);
            let rows = members.iter().map(|member| member.row as usize);
            let means = rows.map(|row| pool.mean(self.domain, self.figures, row)).collect();
            (pool, means)
        });
        calculated.collect()
    }

    /// Ranks schools by their means.
    pub fn ladder(&self, entries: Vec<Entry>, exact: impl Fn(u32) -> Exact) -> Ladder {
        let order = Order::new(entries, exact);
        let cuts = Cuts::new(self.domain, order.ranked());
        Ladder { order, cuts }
    }

    /// The exact mean of a school in a year.
    pub fn exact(&self, pools: &[Vec<Pool>], school: usize, slot: usize) -> Exact {
        let found = self
            .pool_at(school, slot)
            .and_then(|(row, pool)| Some((row, pools.get(slot)?.get(pool)?)));
        found.map_or_else(Exact::nothing, |(row, pool)| pool.exact(self.domain, self.figures, row))
    }

    /// The exact mean of the means of all years.
    pub fn exact_whole(&self, pools: &[Vec<Pool>], school: usize) -> Exact {
        let years = (0..self.n_slots()).map(|slot| self.exact(pools, school, slot));
        Exact::mean_of(&years.collect::<Vec<_>>())
    }
}

/// Calculates a domain.
pub fn calculate<F: Figures>(seen: &Seen<'_, F>) -> Calculated {
    let years = parallel::map(seen.n_slots(), |slot| seen.year(slot));
    let means = means(seen, &years);
    let pools: Vec<Vec<Pool>> =
        years.into_iter().map(|pools| pools.into_iter().map(|(pool, _)| pool).collect()).collect();
    let usable = pools.iter().flatten().flat_map(|pool| pool.columns.iter().map(|it| it.is_used()));
    let ranking = Ranking { usable: usable.collect(), ..Ranking::default() };
    let mut calculated =
        Calculated { pools, ladders: Vec::new(), means, ranking, borders: Vec::new() };
    match seen.domain.ranked {
        Ranked::EachYear => rank_years(seen, &mut calculated),
        Ranked::MeanOfWindow => rank_whole(seen, &mut calculated),
    }
    calculated
}

fn means<F>(seen: &Seen<'_, F>, years: &[Vec<(Pool, Vec<Mean>)>]) -> Vec<Mean> {
    let n_slots = years.len();
    let mut means = vec![NO_MEAN; seen.table.schools.len() * n_slots];
    for ((slot, pools), members) in years.iter().enumerate().zip(&seen.frame.members) {
        for ((_, of_pool), members) in pools.iter().zip(members) {
            for (mean, member) in of_pool.iter().zip(members) {
                if let Some(place) = means.get_mut(member.school as usize * n_slots + slot) {
                    *place = *mean;
                }
            }
        }
    }
    means
}

fn rank_years<F: Figures>(seen: &Seen<'_, F>, calculated: &mut Calculated) {
    let (pools, means) = (&calculated.pools, &calculated.means);
    let n_slots = seen.n_slots();
    let ladder = |slot: usize, pool: usize| {
        let members = seen.frame.members.get(slot).and_then(|pools| pools.get(pool));
        let entries = members.into_iter().flatten().filter_map(|member| {
            let (_, mean) = means.get(member.school as usize * n_slots + slot)?;
            mean.ok().map(|mean| Entry { mean, school: member.school })
        });
        seen.ladder(entries.collect(), |school| seen.exact(pools, school as usize, slot))
    };
    let n_pools = seen.frame.members.first().map_or(0, Vec::len);
    let of_slot = |slot: usize| (0..n_pools).map(|pool| ladder(slot, pool)).collect();
    let ladders: Vec<Vec<Ladder>> = parallel::map(n_slots, of_slot);
    let mut standings: Vec<Standing> = means.iter().map(unranked).collect();
    let mut borders = Vec::new();
    for (slot, ladders) in ladders.iter().enumerate() {
        for (pool, ladder) in ladders.iter().enumerate() {
            let exact = |school| seen.exact(pools, school as usize, slot);
            let placed = place(ladder, exact, |school, index, rank, label| {
                if let Some(standing) = standings.get_mut(school as usize * n_slots + slot) {
                    *standing =
                        Standing { index: Some(index), rank: Some(rank), label, ..*standing };
                }
            });
            // Schools of which none is ranked have a border of nobody, so that it is seen.
            let edges = placed.or_else(|| seen.is_there(slot, pool).then_some([None, None]));
            borders.extend(edges.map(|edges| seen.border(Some(slot), pool, ladder, edges)));
        }
    }
    calculated.ranking.standings = standings;
    calculated.ladders = ladders;
    calculated.borders = borders;
}

fn rank_whole<F: Figures>(seen: &Seen<'_, F>, calculated: &mut Calculated) {
    let (pools, means) = (&calculated.pools, &calculated.means);
    let n_slots = seen.n_slots();
    let mut entries = vec![Vec::new(); seen.frame.members.first().map_or(0, Vec::len)];
    let mut overall = Vec::with_capacity(seen.table.schools.len());
    for (school, number) in (0..seen.table.schools.len()).zip(0u32..) {
        let years = means.get(school * n_slots..(school + 1) * n_slots).unwrap_or_default();
        let (standing, mean) = window_mean(years);
        overall.push(standing);
        let last = n_slots.checked_sub(1).and_then(|slot| seen.pool_at(school, slot));
        if let (Some(mean), Some((_, pool))) = (mean, last)
            && let Some(entries) = entries.get_mut(pool)
        {
            entries.push(Entry { mean, school: number });
        }
    }
    let exact = |school: u32| seen.exact_whole(pools, school as usize);
    let ladders: Vec<Ladder> =
        entries.into_iter().map(|entries| seen.ladder(entries, exact)).collect();
    let mut borders = Vec::new();
    for (pool, ladder) in ladders.iter().enumerate() {
        let placed = place(ladder, exact, |school, index, rank, label| {
            if let Some(standing) = overall.get_mut(school as usize) {
                *standing = Standing { index: Some(index), rank: Some(rank), label, ..*standing };
            }
        });
        borders.extend(placed.map(|edges| seen.border(None, pool, ladder, edges)));
    }
    calculated.ranking.standings = standings_of_years(seen, pools, means);
    calculated.ranking.overall = overall;
    calculated.ladders = vec![ladders];
    calculated.borders = borders;
}

/// The indices of the years of a window that is ranked as a whole.
fn standings_of_years<F: Figures>(
    seen: &Seen<'_, F>,
    pools: &[Vec<Pool>],
    means: &[Mean],
) -> Vec<Standing> {
    let n_slots = seen.n_slots().max(1);
    let of_year = |(at, mean): (usize, &Mean)| {
        let exact = || seen.exact(pools, at / n_slots, at % n_slots);
        match mean.1 {
            Ok(known) => Standing {
                index: Some(printed(known, exact)),
                label: Label::Without(Reason::RankedAsWhole),
                ..unranked(mean)
            },
            Err(_) => unranked(mean),
        }
    };
    means.iter().enumerate().map(of_year).collect()
}

fn unranked((present, mean): &Mean) -> Standing {
    let reason = mean.err().unwrap_or(Reason::NoData);
    Standing { index: None, rank: None, present: *present, label: Label::Without(reason) }
}

fn window_mean(years: &[Mean]) -> (Standing, Option<Approximate>) {
    let present = years.iter().map(|(present, _)| *present).fold(0, u16::saturating_add);
    let known: Vec<Approximate> = years.iter().filter_map(|(_, mean)| mean.ok()).collect();
    let reason = match known.is_empty() {
        true => years.iter().filter_map(|(_, mean)| mean.err()).max().unwrap_or(Reason::NoData),
        false => Reason::YearWithoutIndex,
    };
    let is_whole = !years.is_empty() && known.len() == years.len();
    let standing = unranked(&(present, Err(reason)));
    (standing, is_whole.then(|| Approximate::mean_of(&known)))
}

/// Tells the index, the rank and the label of every school of a ladder; the indices at its borders.
fn place(
    ladder: &Ladder,
    exact: impl Fn(u32) -> Exact,
    mut tell: impl FnMut(u32, Index, Rank, Label),
) -> Option<[Option<Index>; 2]> {
    let mut indices = Vec::with_capacity(ladder.order.entries().len());
    for (entry, place) in ladder.order.places() {
        let index = printed(entry.mean, || exact(entry.school));
        let rank = Rank { rank: place.above + 1, position: place.position() };
        tell(entry.school, index, rank, ladder.cuts.label(&place));
        indices.push(index);
    }
    let from = |end: End, at: &dyn Fn(usize) -> Option<usize>| {
        let k = ladder.cuts.k_from(end)? as usize;
        indices.get(at(k)?).copied()
    };
    let low = from(End::Lowest, &|k| indices.len().checked_sub(k));
    let high = from(End::Highest, &|k| k.checked_sub(1));
    (!indices.is_empty()).then_some([low, high])
}

/// The index as it is printed.
pub fn printed(mean: Approximate, exact: impl Fn() -> Exact) -> Index {
    mean.index().unwrap_or_else(|| exact().index())
}

impl<F: Figures> Seen<'_, F> {
    /// Whether any school has a row there.
    fn is_there(&self, slot: usize, pool: usize) -> bool {
        let members = self.frame.members.get(slot).and_then(|pools| pools.get(pool));
        members.is_some_and(|members| !members.is_empty())
    }

    fn border(
        &self,
        slot: Option<usize>,
        pool: usize,
        ladder: &Ladder,
        [low, high]: [Option<Index>; 2],
    ) -> Border {
        let apart = self.method.groups_apart().max(1);
        Border {
            domain: 0,
            slot,
            base: u32::try_from(pool / apart).unwrap_or(u32::MAX),
            group: self.method.by_group.then(|| u8::try_from(pool % apart).unwrap_or(u8::MAX)),
            ranked: ladder.order.ranked(),
            k: ladder.cuts.k(),
            low,
            high,
        }
    }
}
