//! Graphs of named things: cycles with their path, closure, order, longest path; where the boxes
//! of a drawn graph stand. The only user of petgraph and dagre. Every answer is the same on every run: ties go to the smaller id.

mod layered;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap, VecDeque};

use petgraph::Direction;
use petgraph::algo::tarjan_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;

use crate::base::Id;
pub use layered::{Gaps, Layered, Way, layered};

/// Who needs whom. An edge runs from a thing to what it needs and bears a label, such as the place
/// where that is written.
#[derive(Clone, Debug)]
pub struct Graph<L> {
    graph: DiGraph<Id, L>,
    nodes: BTreeMap<Id, NodeIndex>,
}

/// Things that need each other in a ring.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cycle<'a, L> {
    /// Each thing with the label of the edge to the next one; the last leads back to the first.
    /// The smallest id stands first.
    pub links: Vec<(&'a Id, &'a L)>,
}

impl<L> Cycle<'_, L> {
    /// «а → б → а».
    pub fn path(&self) -> String {
        let names = self.links.iter().chain(self.links.first()).map(|(id, _)| id.as_str());
        names.collect::<Vec<_>>().join(" → ")
    }
}

impl<L> Default for Graph<L> {
    fn default() -> Self {
        Self { graph: DiGraph::new(), nodes: BTreeMap::new() }
    }
}

impl<L> Graph<L> {
    /// Enters a thing, which need not need anything.
    pub fn node(&mut self, id: &Id) {
        self.index(id);
    }

    /// Enters that `what` needs `needed`.
    pub fn need(&mut self, what: &Id, needed: &Id, label: L) {
        let (from, to) = (self.index(what), self.index(needed));
        self.graph.add_edge(from, to, label);
    }

    fn index(&mut self, id: &Id) -> NodeIndex {
        if let Some(index) = self.nodes.get(id) {
            return *index;
        }
        let index = self.graph.add_node(id.clone());
        self.nodes.insert(id.clone(), index);
        index
    }

    fn id(&self, index: NodeIndex) -> &Id {
        &self.graph[index]
    }

    /// One cycle, the shortest, for every set of things that need each other; in the order of
    /// their first ids. Empty if and only if the graph is acyclic.
    pub fn cycles(&self) -> Vec<Cycle<'_, L>> {
        let mut found: Vec<_> = tarjan_scc(&self.graph)
            .into_iter()
            .filter_map(|component| self.shortest_cycle(&component))
            .collect();
        found.sort_by(|a, b| a.links.iter().map(|l| l.0).cmp(b.links.iter().map(|l| l.0)));
        found
    }

    fn shortest_cycle(&self, component: &[NodeIndex]) -> Option<Cycle<'_, L>> {
        let mut members = component.to_vec();
        members.sort_by(|a, b| self.id(*a).cmp(self.id(*b)));
        let inside: BTreeSet<NodeIndex> = members.iter().copied().collect();
        let mut best: Option<Vec<(&Id, &L)>> = None;
        for start in members {
            if let Some(ring) = self.ring_through(start, &inside)
                && best.as_ref().is_none_or(|held| ring.len() < held.len())
            {
                best = Some(ring);
            }
            if best.as_ref().is_some_and(|held| held.len() <= 2) {
                break;
            }
        }
        best.map(|links| Cycle { links: smallest_first(links) })
    }

    /// The shortest way from a thing back to itself.
    fn ring_through(
        &self,
        start: NodeIndex,
        inside: &BTreeSet<NodeIndex>,
    ) -> Option<Vec<(&Id, &L)>> {
        let mut came_from: BTreeMap<NodeIndex, (NodeIndex, &L)> = BTreeMap::new();
        let mut queue = VecDeque::from([start]);
        while let Some(at) = queue.pop_front() {
            for (to, label) in self.needs_of(at) {
                if to == start {
                    return Some(self.walk_back(start, at, label, &came_from));
                }
                if inside.contains(&to) && !came_from.contains_key(&to) {
                    came_from.insert(to, (at, label));
                    queue.push_back(to);
                }
            }
        }
        None
    }

    fn walk_back<'a>(
        &'a self,
        start: NodeIndex,
        last: NodeIndex,
        label: &'a L,
        came_from: &BTreeMap<NodeIndex, (NodeIndex, &'a L)>,
    ) -> Vec<(&'a Id, &'a L)> {
        let mut links = vec![(self.id(last), label)];
        let mut at = last;
        while at != start {
            let Some((before, label)) = came_from.get(&at) else { break };
            links.push((self.id(*before), *label));
            at = *before;
        }
        links.reverse();
        links
    }

    /// What a thing needs directly, by id; of parallel edges the first entered.
    fn needs_of(&self, at: NodeIndex) -> Vec<(NodeIndex, &L)> {
        let mut edges: Vec<_> = self.graph.edges(at).collect();
        edges.sort_by(|a, b| (self.id(a.target()), a.id()).cmp(&(self.id(b.target()), b.id())));
        edges.dedup_by_key(|edge| edge.target());
        edges.into_iter().map(|edge| (edge.target(), edge.weight())).collect()
    }

    /// The things given and all that they need, directly or not.
    pub fn closure<'a>(&self, of: impl IntoIterator<Item = &'a Id>) -> BTreeSet<Id> {
        let mut open: Vec<NodeIndex> =
            of.into_iter().filter_map(|id| self.nodes.get(id).copied()).collect();
        let mut seen: BTreeSet<NodeIndex> = open.iter().copied().collect();
        while let Some(at) = open.pop() {
            for to in self.graph.neighbors(at) {
                if seen.insert(to) {
                    open.push(to);
                }
            }
        }
        seen.into_iter().map(|index| self.id(index).clone()).collect()
    }

    /// What the things given need beyond themselves, each with what it is needed for and the label
    /// of that need. Of several reasons the nearest to the things given counts, then the first
    /// among them, then the smaller id.
    pub fn needed_for<'a>(&self, of: impl IntoIterator<Item = &'a Id>) -> Vec<(&Id, (&Id, &L))> {
        let mut open: VecDeque<NodeIndex> =
            of.into_iter().filter_map(|id| self.nodes.get(id).copied()).collect();
        let mut seen: BTreeSet<NodeIndex> = open.iter().copied().collect();
        let mut found = Vec::new();
        while let Some(at) = open.pop_front() {
            for (to, label) in self.needs_of(at) {
                if seen.insert(to) {
                    found.push((self.id(to), (self.id(at), label)));
                    open.push_back(to);
                }
            }
        }
        found
    }

    /// All things, each after what it needs, otherwise by id; `None` where there is a cycle.
    pub fn order(&self) -> Option<Vec<Id>> {
        let order = self.order_of_indices(|_| ());
        (order.len() == self.graph.node_count())
            .then(|| order.into_iter().map(|index| self.id(index).clone()).collect())
    }

    /// All things, each after what it needs, otherwise by rank, then by id. Those in a ring, and
    /// what waits for them, stand at the end.
    pub fn order_by<K: Ord>(&self, rank: impl Fn(&Id) -> K) -> Vec<&Id> {
        let order = self.order_of_indices(&rank);
        let placed: BTreeSet<NodeIndex> = order.iter().copied().collect();
        let mut rest: Vec<&Id> =
            self.nodes.iter().filter(|(_, at)| !placed.contains(at)).map(|(id, _)| id).collect();
        rest.sort_by_key(|id| rank(id));
        order.into_iter().map(|index| self.id(index)).chain(rest).collect()
    }

    fn order_of_indices<K: Ord>(&self, rank: impl Fn(&Id) -> K) -> Vec<NodeIndex> {
        let mut waiting: BTreeMap<NodeIndex, usize> = BTreeMap::new();
        let mut ready = BinaryHeap::new();
        for (id, index) in &self.nodes {
            match self.graph.edges(*index).count() {
                0 => ready.push(Reverse((rank(id), id, *index))),
                open => {
                    waiting.insert(*index, open);
                }
            }
        }
        let mut order = Vec::new();
        while let Some(Reverse((_, _, index))) = ready.pop() {
            order.push(index);
            for edge in self.graph.edges_directed(index, Direction::Incoming) {
                let Some(open) = waiting.get_mut(&edge.source()) else { continue };
                *open -= 1;
                if *open == 0 {
                    let id = self.id(edge.source());
                    ready.push(Reverse((rank(id), id, edge.source())));
                }
            }
        }
        order
    }

    /// The chain of needs with the greatest sum of weights, first need first; of equal ones the one
    /// whose end comes first in the order. `None` where there is a cycle or nothing.
    pub fn longest_path(&self, weight: impl Fn(&Id) -> u64) -> Option<(u64, Vec<Id>)> {
        let order = self.order_of_indices(|_| ());
        if order.len() != self.graph.node_count() {
            return None;
        }
        let mut best: BTreeMap<NodeIndex, (u64, Option<NodeIndex>)> = BTreeMap::new();
        let mut end: Option<(u64, NodeIndex)> = None;
        for index in order {
            let before = self
                .needs_of(index)
                .into_iter()
                .filter_map(|(need, _)| best.get(&need).map(|(sum, _)| (*sum, need)))
                .reduce(|a, b| if b.0 > a.0 { b } else { a });
            let sum = before.map_or(0, |(sum, _)| sum) + weight(self.id(index));
            best.insert(index, (sum, before.map(|(_, need)| need)));
            if end.is_none_or(|(top, _)| sum > top) {
                end = Some((sum, index));
            }
        }
        let (sum, last) = end?;
        let mut path = vec![self.id(last).clone()];
        let mut at = last;
        while let Some((_, Some(before))) = best.get(&at) {
            path.push(self.id(*before).clone());
            at = *before;
        }
        path.reverse();
        Some((sum, path))
    }
}

fn smallest_first<'a, L>(mut links: Vec<(&'a Id, &'a L)>) -> Vec<(&'a Id, &'a L)> {
    let smallest = links.iter().enumerate().min_by_key(|(_, (id, _))| *id).map_or(0, |(at, _)| at);
    links.rotate_left(smallest);
    links
}

#[cfg(test)]
mod tests {
    use super::*;

    fn graph(edges: &[(&str, &str)]) -> Graph<usize> {
        let mut graph = Graph::default();
        for (number, (what, needed)) in edges.iter().enumerate() {
            graph.need(&Id::new(what), &Id::new(needed), number);
        }
        graph
    }

    fn names(ids: impl IntoIterator<Item = Id>) -> String {
        ids.into_iter().map(|id| id.to_string()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn each_tangle_is_reported_once_by_its_shortest_cycle() {
        let graph = graph(&[
            ("в", "а"),
            ("а", "б"),
            ("б", "в"),
            ("б", "г"),
            ("г", "б"),
            ("я", "я"),
            ("я", "а"),
        ]);
        let paths: Vec<String> = graph.cycles().iter().map(Cycle::path).collect();
        assert_eq!(paths, ["б → г → б", "я → я"]);
    }

    #[test]
    fn a_cycle_bears_the_labels_of_its_links() {
        let graph = graph(&[("б", "а"), ("а", "в"), ("в", "б")]);
        let cycles = graph.cycles();
        let labels: Vec<usize> = cycles[0].links.iter().map(|(_, label)| **label).collect();
        assert_eq!((cycles[0].path().as_str(), labels), ("а → в → б → а", vec![1, 2, 0]));
    }

    #[test]
    fn no_cycle_in_a_diamond() {
        let graph = graph(&[("г", "б"), ("г", "в"), ("б", "а"), ("в", "а")]);
        assert!(graph.cycles().is_empty());
        assert_eq!(graph.order().map(names), Some("а б в г".to_owned()));
    }

    #[test]
    fn ties_go_to_the_smaller_id() {
        let mut graph = graph(&[("а", "я"), ("б", "э")]);
        graph.node(&Id::new("ю"));
        assert_eq!(graph.order().map(names), Some("э б ю я а".to_owned()));
        assert_eq!(graph_with_a_ring().order(), None);
    }

    fn graph_with_a_ring() -> Graph<usize> {
        graph(&[("а", "б"), ("б", "а")])
    }

    #[test]
    fn a_closure_takes_needs_of_needs() {
        let graph = graph(&[("г", "б"), ("б", "а"), ("в", "а")]);
        let needed: BTreeSet<Id> = ["а", "б", "г"].map(Id::new).into();
        assert_eq!(graph.closure([&Id::new("г")]), needed);
        assert!(graph.closure([&Id::new("нет")]).is_empty());
    }

    #[test]
    fn what_is_needed_knows_what_for() {
        let graph = graph(&[("г", "б"), ("б", "а"), ("в", "а"), ("а", "я"), ("я", "а")]);
        let told: Vec<String> = graph
            .needed_for([&Id::new("г"), &Id::new("в")])
            .into_iter()
            .map(|(needed, (by, label))| format!("{needed} для {by} ({label})"))
            .collect();
        assert_eq!(told, ["б для г (0)", "а для в (2)", "я для а (3)"]);
    }

    #[test]
    fn rank_breaks_ties_and_rings_come_last() {
        let graph = graph(&[("а", "я"), ("б", "э"), ("к", "л"), ("л", "к")]);
        let rank = |id: &Id| std::cmp::Reverse(id.clone());
        let order = names(graph.order_by(rank).into_iter().cloned());
        assert_eq!(order, "я э б а л к");
    }

    /// A quadratic order would take minutes.
    #[test]
    fn ten_thousand_things_are_ordered() {
        let id = |at: usize| Id::new(&format!("м{at}"));
        let mut graph: Graph<usize> = Graph::default();
        for at in 0..10_000_usize {
            graph.node(&id(at));
            for step in [1, 7, 100] {
                if let Some(before) = at.checked_sub(step).filter(|_| at % 3 != 0) {
                    graph.need(&id(at), &id(before), at);
                }
            }
        }
        assert_eq!(graph.order_by(|_| ()).len(), 10_000);
        assert!(graph.longest_path(|_| 1).is_some());
    }

    #[test]
    fn the_longest_path_weighs_its_nodes() {
        let graph = graph(&[("г", "б"), ("г", "в"), ("б", "а"), ("в", "а")]);
        let weight = |id: &Id| if id.as_str() == "в" { 5 } else { 1 };
        assert_eq!(
            graph.longest_path(weight).map(|(sum, path)| (sum, names(path))),
            Some((7, "а в г".to_owned()))
        );
        assert_eq!(graph_with_a_ring().longest_path(|_| 1), None);
    }
}
