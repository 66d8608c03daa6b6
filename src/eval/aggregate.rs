//! Counts, shares, sums and means over sets of schools.
