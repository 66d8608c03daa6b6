//! The order in which a reader of the table of mechanisms expects its parts: by printed number.
//! Declarations stand in the order of files and lines; what has no number keeps its place at the end.

use super::declarations::{Direction, Mechanism, Meta, Model};
use crate::base::Id;

impl Model {
    pub fn directions_by_number(&self) -> Vec<(&Id, &Direction)> {
        let mut all: Vec<(&Id, &Direction)> = self.directions.iter().collect();
        all.sort_by_key(|(_, direction)| key(&direction.meta));
        all
    }

    /// The mechanisms of a direction, or those that have none.
    pub fn mechanisms_by_number(&self, direction: Option<&Id>) -> Vec<(&Id, &Mechanism)> {
        let inside = |mechanism: &Mechanism| {
            mechanism.direction.as_ref().map(|direction| &direction.id) == direction
        };
        let mut all: Vec<(&Id, &Mechanism)> =
            self.mechanisms.iter().filter(|(_, mechanism)| inside(mechanism)).collect();
        all.sort_by_key(|(_, mechanism)| key(&mechanism.meta));
        all
    }
}

/// `2.1.10` comes after `2.1.9`.
fn key(meta: &Meta) -> (bool, Vec<u32>) {
    let number = meta.number.as_deref().unwrap_or("");
    let parts: Vec<u32> = number.split('.').filter_map(|part| part.trim().parse().ok()).collect();
    (parts.is_empty(), parts)
}

/// The order inside a mechanism: by the row of the source's table, what has none first, as it is
/// declared.
pub fn by_row<'a, T>(
    items: impl Iterator<Item = (&'a Id, &'a T)>,
    meta: fn(&T) -> &Meta,
) -> Vec<(&'a Id, &'a T)>
where
    T: 'a,
{
    let mut all: Vec<(&Id, &T)> = items.collect();
    all.sort_by_key(|(_, item)| meta(item).row);
    all
}
