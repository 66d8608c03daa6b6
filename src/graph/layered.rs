//! Where the boxes of a drawn graph stand: in layers, with few crossings. The only user of dagre.

use dagre::graph::{Graph, GraphOptions};
use dagre::{EdgeLabel, LayoutOptions, NodeLabel, RankDir};

/// Which way the layers follow each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// From left to right.
    Across,
    /// From top to bottom.
    Down,
}

/// The room between neighbours: within a layer, between layers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gaps {
    pub within: f64,
    pub between: f64,
}

/// A laid graph, in the units of the boxes; its left upper corner is (0, 0).
#[derive(Clone, Debug, PartialEq)]
pub struct Layered {
    pub width: f64,
    pub height: f64,
    /// The middle of each box.
    pub boxes: Vec<(f64, f64)>,
    /// The points of each arrow, from the rim of one box to that of the other.
    pub arrows: Vec<Vec<(f64, f64)>>,
}

/// Lays boxes (width, height) that arrows join, each from one index to another; an arrow to a box
/// that is not there is left out.
pub fn layered(boxes: &[(f64, f64)], arrows: &[(usize, usize)], way: Way, gaps: Gaps) -> Layered {
    let mut graph: Graph<NodeLabel, EdgeLabel> =
        Graph::with_options(GraphOptions { directed: true, multigraph: false, compound: false });
    for (at, (width, height)) in boxes.iter().enumerate() {
        let label = NodeLabel { width: *width, height: *height, ..NodeLabel::default() };
        graph.set_node(at.to_string(), Some(label));
    }
    for (from, to) in arrows.iter().filter(|(from, to)| (*from).max(*to) < boxes.len()) {
        graph.set_edge(from.to_string(), to.to_string(), Some(EdgeLabel::default()), None);
    }
    let options = LayoutOptions {
        rankdir: match way {
            Way::Across => RankDir::LR,
            Way::Down => RankDir::TB,
        },
        nodesep: gaps.within,
        edgesep: gaps.within,
        ranksep: gaps.between,
        ..LayoutOptions::default()
    };
    dagre::layout(&mut graph, Some(options));
    read(&graph, boxes, arrows)
}

fn read(
    graph: &Graph<NodeLabel, EdgeLabel>,
    boxes: &[(f64, f64)],
    arrows: &[(usize, usize)],
) -> Layered {
    let middle = |at: usize| {
        let node = graph.node(&at.to_string());
        let place = node.and_then(|node| Some((node.x?, node.y?)));
        place.unwrap_or_default()
    };
    let middles: Vec<(f64, f64)> = (0..boxes.len()).map(middle).collect();
    let route = |(from, to): &(usize, usize)| -> Vec<(f64, f64)> {
        let edge = graph.edge(&from.to_string(), &to.to_string(), None);
        edge.map(|edge| edge.points.iter().map(|point| (point.x, point.y)).collect())
            .unwrap_or_default()
    };
    let far = |end: fn((f64, f64), (f64, f64)) -> f64| {
        middles.iter().zip(boxes).map(|(place, size)| end(*place, *size)).fold(0.0, f64::max)
    };
    Layered {
        width: far(|(x, _), (width, _)| x + width / 2.0),
        height: far(|(_, y), (_, height)| y + height / 2.0),
        boxes: middles,
        arrows: arrows.iter().map(route).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GAPS: Gaps = Gaps { within: 10.0, between: 20.0 };

    #[test]
    fn layers_follow_the_arrows() {
        let boxes = [(40.0, 20.0); 4];
        let arrows = [(0, 1), (0, 2), (1, 3), (2, 3)];
        let laid = layered(&boxes, &arrows, Way::Across, GAPS);
        let x = |at: usize| laid.boxes[at].0;
        assert!(x(0) < x(1) && x(1) == x(2) && x(2) < x(3), "{laid:?}");
        assert_eq!((laid.width, laid.arrows.len()), (160.0, 4));
        let down = layered(&boxes, &arrows, Way::Down, GAPS);
        assert_eq!(down.height, 100.0);
        assert!(laid.arrows.iter().all(|points| points.len() >= 2));
    }

    /// The library keeps its things in hash maps, each with an order of its own.
    #[test]
    fn the_same_graph_is_laid_the_same_every_time() {
        let boxes: Vec<(f64, f64)> = (0..24).map(|at| (60.0 + f64::from(at % 3), 30.0)).collect();
        let arrows: Vec<(usize, usize)> =
            (1..24).flat_map(|at| [(at / 2, at), (at / 3, at)]).filter(|(a, b)| a != b).collect();
        let first = layered(&boxes, &arrows, Way::Across, GAPS);
        for _ in 0..20 {
            assert_eq!(layered(&boxes, &arrows, Way::Across, GAPS), first);
        }
    }

    #[test]
    fn nothing_and_strays_are_laid_as_well() {
        let nothing = layered(&[], &[], Way::Down, GAPS);
        assert_eq!((nothing.width, nothing.boxes.len()), (0.0, 0));
        let alone = layered(&[(40.0, 20.0)], &[(0, 7)], Way::Down, GAPS);
        assert_eq!((alone.width, alone.height), (40.0, 20.0));
        assert_eq!(alone.arrows, [Vec::new()]);
    }
}
