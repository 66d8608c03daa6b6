//! Which band a place among the ranked schools is in.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, ToPrimitive};

use super::order::Place;
use crate::base::Number;
use crate::cohort::{Cut, Domain, End, Label, Reason, Rounding, Ties};

/// The bands of a domain among so many ranked schools.
#[derive(Clone, Debug)]
pub struct Cuts {
    edges: Vec<Edge>,
    rest: Label,
    ties: Ties,
    counted_from: End,
    is_small: bool,
}

/// A band that takes a share of the schools.
#[derive(Clone, Copy, Debug)]
struct Edge {
    band: u8,
    end: End,
    k: u32,
    /// Twice the mean rank at which the band ends or begins (`Ties::Spss`), upwards.
    twice_rank: u64,
}

impl Cuts {
    pub fn new(domain: &Domain, ranked: u32) -> Self {
        let bands = domain.bands.iter().zip(0u8..);
        let edges = bands.clone().filter_map(|(band, at)| match &band.cut {
            Cut::Share(end, share) => Some(Edge {
                band: at,
                end: *end,
                k: taken(share, ranked, domain.rounding),
                twice_rank: twice_rank(share, ranked, *end == domain.counted_from),
            }),
            Cut::Rest => None,
        });
        let mut rests = bands.clone().filter(|(band, _)| band.cut == Cut::Rest);
        Self {
            edges: edges.collect(),
            rest: rests.next().map_or(Label::Outside, |(_, at)| Label::Band(at)),
            ties: domain.ties,
            counted_from: domain.counted_from,
            is_small: ranked < domain.min_group,
        }
    }

    /// The label of a place. A block of equal means that reaches the border of a band from both ends
    /// is in none: it is neither the lowest nor the highest.
    pub fn label(&self, place: &Place) -> Label {
        if self.is_small {
            return Label::Without(Reason::SmallGroup);
        }
        let is_in = |edge: &&Edge| self.is_in(edge, place);
        let from = |end: End| self.edges.iter().filter(move |edge| edge.end == end).find(is_in);
        match (from(End::Lowest), from(End::Highest)) {
            (Some(edge), None) | (None, Some(edge)) => Label::Band(edge.band),
            _ => self.rest,
        }
    }

    fn is_in(&self, edge: &Edge, place: &Place) -> bool {
        let (before, after) = match edge.end {
            End::Lowest => (place.below(), place.above),
            End::Highest => (place.above, place.below()),
        };
        match self.ties {
            Ties::Include => {
                before < edge.k && after >= edge.k.min(place.ranked.saturating_sub(edge.k))
            }
            Ties::Exclude => before + place.equal < edge.k,
            Ties::Id => match edge.end {
                End::Highest => place.position() <= edge.k,
                End::Lowest => place.ranked - place.position() < edge.k,
            },
            Ties::Spss => {
                let first = if edge.end == self.counted_from { before } else { after };
                let rank = 2 * u64::from(first) + u64::from(place.equal) + 2;
                (rank < edge.twice_rank) == (edge.end == self.counted_from)
            }
        }
    }

    /// How many schools the first band with a share takes; 0 in a group without bands.
    pub fn k(&self) -> u32 {
        match self.is_small {
            true => 0,
            false => self.edges.first().map_or(0, |edge| edge.k),
        }
    }

    /// How many schools each band with a share takes; nothing of a group without bands.
    pub fn ks(&self) -> impl Iterator<Item = u32> {
        self.edges.iter().filter(|_| !self.is_small).map(|edge| edge.k)
    }

    /// How many schools the first band from an end takes, if it takes any.
    pub fn k_from(&self, end: End) -> Option<u32> {
        let edge = self.edges.iter().find(|edge| edge.end == end)?;
        (!self.is_small && edge.k > 0).then_some(edge.k)
    }
}

/// A share of the schools as a whole number. Up to a half it takes half of them at most, so that two
/// ends never meet.
fn taken(share: &Number, ranked: u32, rounding: Rounding) -> u32 {
    let exact = share.as_rational() * BigRational::from_integer(BigInt::from(ranked));
    let half = BigRational::new(BigInt::one(), BigInt::from(2));
    let whole = match rounding {
        Rounding::Floor => exact.floor(),
        Rounding::Ceil => exact.ceil(),
        Rounding::HalfUp => (&exact + &half).floor(),
        Rounding::HalfEven => {
            let up = (&exact + &half).floor();
            let is_tie = &up - &exact == half;
            let is_odd = (up.to_integer() % 2u8).is_one();
            if is_tie && is_odd { up - BigRational::one() } else { up }
        }
    };
    let cap = if *share.as_rational() <= half { ranked / 2 } else { ranked };
    whole.to_integer().to_u32().unwrap_or(cap).min(cap)
}

/// NTILES of SPSS puts a mean rank r among n into the tile ⌊t·r/(n + 1)⌋: the first tile, of the share
/// 1/t, ends below r = (n + 1)/t, the last one begins at r = (n + 1)(t − 1)/t. Twice that, because mean
/// ranks are halves.
fn twice_rank(share: &Number, ranked: u32, is_first: bool) -> u64 {
    let share = share.as_rational();
    let part = if is_first { share.clone() } else { BigRational::one() - share };
    let twice = part * BigRational::from_integer(BigInt::from(2 * (u64::from(ranked) + 1)));
    twice.ceil().to_integer().to_u64().unwrap_or(0)
}
