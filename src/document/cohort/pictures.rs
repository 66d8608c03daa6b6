//! The charts of an identification.

use crate::document::types::Block;
use crate::document::view::View;
use crate::model::Picture;

/// The drawings of a picture; none without an identification.
pub(in crate::document) fn blocks(
    view: &View<'_>,
    picture: Picture,
    id: &str,
    title: &str,
) -> Vec<Block> {
    let _ = (view, picture, id, title);
    Vec::new()
}
