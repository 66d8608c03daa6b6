//! Movement without a figure.

/// How a series moved from the year before, where a source gives no figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    Rose,
    Fell,
    Unchanged,
}
