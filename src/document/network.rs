//! The graph of activities: which rests on which, drawn sheet by sheet and told in words.

mod drawing;

use std::collections::{BTreeMap, BTreeSet};

use super::because;
use super::fields::in_runs;
use super::pictures::{self, Sheet};
use super::structure;
use super::types::Block;
use super::view::View;
use crate::base::Id;
use crate::russian::typographic;
use drawing::{Arrow, Legend, Node};

/// The sheets of the graph, and below them the activities that neither wait nor are waited for.
pub(super) fn blocks(view: &View<'_>, id: &str, title: &str) -> Vec<Block> {
    let network = Network::of(view);
    let sheets = network.sheets(&network.linked());
    let all = sheets.len();
    let numbered = sheets.into_iter().enumerate();
    let mut blocks: Vec<Block> = numbered
        .map(|(at, (members, svg))| {
            let caption = pictures::caption(title, at + 1, all);
            let alt = network.alt(&caption, &members);
            pictures::block(view, id, Sheet { number: at + 1, caption, kind: "граф", alt, svg })
        })
        .collect();
    blocks.extend(network.alone(view, id));
    blocks
}

/// The activities of the programme by the places that the roadmap gives them.
struct Network {
    numbers: Vec<usize>,
    titles: Vec<String>,
    /// The place of the group of each.
    groups: Vec<usize>,
    group_titles: Vec<String>,
    critical: BTreeSet<usize>,
    /// From what comes first to what rests on it.
    links: Vec<(usize, usize)>,
    /// Those of the links that follow the critical path.
    critical_links: BTreeSet<(usize, usize)>,
}

impl Network {
    fn of(view: &View<'_>) -> Self {
        let groups = view.roadmap.iter().enumerate();
        let all: Vec<(usize, &Id)> = groups
            .flat_map(|(at, group)| group.activities.iter().map(move |chosen| (at, &chosen.id)))
            .collect();
        let places: BTreeMap<&Id, usize> =
            all.iter().enumerate().map(|(at, (_, id))| (*id, at)).collect();
        let place = |id: &Id| places.get(id).copied();
        let before = structure::before(view);
        let mut links: Vec<(usize, usize)> = Vec::new();
        for (to, (_, id)) in all.iter().enumerate() {
            let before = before.get(id).map_or(&[] as &[_], Vec::as_slice);
            links.extend(before.iter().filter_map(|before| Some((place(before)?, to))));
        }
        let path: Vec<usize> =
            view.choice.schedule.critical.iter().filter_map(|(id, _)| place(id)).collect();
        let title = |group: &super::groups::Group<'_>| {
            typographic(format!("{} {}", group.number, group.title).trim())
        };
        Self {
            numbers: all.iter().map(|(_, id)| view.number(id).unwrap_or_default()).collect(),
            titles: all.iter().map(|(_, id)| typographic(&view.activity_title(id))).collect(),
            groups: all.iter().map(|(group, _)| *group).collect(),
            group_titles: view.roadmap.iter().map(title).collect(),
            critical: path.iter().copied().collect(),
            critical_links: path.iter().copied().zip(path.iter().copied().skip(1)).collect(),
            links,
        }
    }

    /// Those that wait or are waited for.
    fn linked(&self) -> Vec<usize> {
        let ends: BTreeSet<usize> = self.links.iter().flat_map(|(from, to)| [*from, *to]).collect();
        ends.into_iter().collect()
    }

    // ------------------------------------------------------------ sheets

    /// The members of each sheet and its drawing.
    fn sheets(&self, members: &[usize]) -> Vec<(Vec<usize>, String)> {
        if members.is_empty() {
            return Vec::new();
        }
        if let Some(svg) = self.draw(members) {
            return vec![(members.to_vec(), svg)];
        }
        let mut done = Vec::new();
        let mut open: Vec<usize> = Vec::new();
        for part in self.parts(members) {
            let together: Vec<usize> =
                open.iter().chain(&part).copied().collect::<BTreeSet<_>>().into_iter().collect();
            if self.draw(&together).is_some() {
                open = together;
                continue;
            }
            done.extend(self.sheets(&std::mem::take(&mut open)));
            match self.draw(&part) {
                Some(_) => open = part,
                None => done.extend(self.sheets(&part)),
            }
        }
        done.extend(self.sheets(&open));
        done
    }

    /// What is too large falls apart: into what is not joined, else into groups, else in halves.
    fn parts(&self, members: &[usize]) -> Vec<Vec<usize>> {
        let apart = self.components(members);
        if apart.len() > 1 {
            return apart;
        }
        let groups: BTreeSet<usize> =
            members.iter().filter_map(|at| self.groups.get(*at).copied()).collect();
        if groups.len() > 1 {
            let of_group = |group: usize| {
                let own = members.iter().copied();
                own.filter(|at| self.groups.get(*at) == Some(&group)).collect()
            };
            return groups.into_iter().map(of_group).collect();
        }
        let (first, second) = members.split_at(members.len() / 2);
        vec![first.to_vec(), second.to_vec()]
    }

    /// What hangs together, each part by the first of its members.
    fn components(&self, members: &[usize]) -> Vec<Vec<usize>> {
        let mut left: BTreeSet<usize> = members.iter().copied().collect();
        let mut found = Vec::new();
        while let Some(first) = left.pop_first() {
            let mut part = BTreeSet::from([first]);
            let mut open = vec![first];
            while let Some(at) = open.pop() {
                let beside = self.links.iter().filter_map(|(from, to)| match at {
                    _ if *from == at => Some(*to),
                    _ if *to == at => Some(*from),
                    _ => None,
                });
                for next in beside {
                    if left.remove(&next) {
                        part.insert(next);
                        open.push(next);
                    }
                }
            }
            found.push(part.into_iter().collect());
        }
        found
    }

    fn draw(&self, members: &[usize]) -> Option<String> {
        let within = |at: usize| members.iter().position(|member| *member == at);
        let arrows: Vec<Arrow> = self
            .links
            .iter()
            .filter_map(|(from, to)| {
                let critical = self.critical_links.contains(&(*from, *to));
                Some(Arrow { from: within(*from)?, to: within(*to)?, critical })
            })
            .collect();
        let nodes: Vec<Node> = members.iter().map(|at| self.node(*at, members)).collect();
        drawing::sheet(&nodes, &arrows, &self.legend(members))
    }

    fn node(&self, at: usize, members: &[usize]) -> Node {
        let away = self.links.iter().filter(|(from, to)| *to == at && !members.contains(from));
        Node {
            number: self.number(at),
            title: self.titles.get(at).cloned().unwrap_or_default(),
            group: self.groups.get(at).copied().unwrap_or_default(),
            critical: self.critical.contains(&at),
            elsewhere: away.map(|(from, _)| self.number(*from)).collect(),
        }
    }

    fn number(&self, at: usize) -> String {
        self.numbers.get(at).map(usize::to_string).unwrap_or_default()
    }

    fn legend(&self, members: &[usize]) -> Legend {
        let shown: BTreeSet<usize> =
            members.iter().filter_map(|at| self.groups.get(*at).copied()).collect();
        let titled = shown.into_iter().map(|group| (group, self.group_titles.get(group).cloned()));
        titled.map(|(group, title)| (group, title.unwrap_or_default())).collect()
    }

    // ------------------------------------------------------------ words

    /// The sheet in words: what each activity waits for.
    fn alt(&self, caption: &str, members: &[usize]) -> String {
        let told = members.iter().map(|at| {
            let before = self.links.iter().filter(|(_, to)| to == at);
            let before: Vec<String> = before.map(|(from, _)| self.number(*from)).collect();
            let after = match before.is_empty() {
                true => "ничего не ждёт".to_owned(),
                false => format!("после № {}", before.join(", ")),
            };
            let mark = if self.critical.contains(at) {
                ", на критическом пути"
            } else {
                ""
            };
            format!("№ {} — {after}{mark}", self.number(*at))
        });
        let told: Vec<String> = told.collect();
        typographic(&format!("Граф мероприятий: {caption}. {}.", told.join("; ")))
    }

    /// What no arrow joins.
    fn alone(&self, view: &View<'_>, id: &str) -> Option<Block> {
        let linked = self.linked();
        let places = self.numbers.iter().enumerate();
        let alone: Vec<usize> =
            places.filter(|(at, _)| !linked.contains(at)).map(|(_, number)| *number).collect();
        let said = match (alone.is_empty(), linked.is_empty()) {
            (true, false) => return None,
            (true, true) => "Мероприятий в программе нет.".to_owned(),
            (false, true) => "Мероприятия программы друг друга не ждут.".to_owned(),
            (false, false) => {
                format!(
                    "Других мероприятий не ждут и никого не задерживают: № {}.",
                    in_runs(&alone)
                )
            }
        };
        let because = because::of_document(view);
        Some(Block::paragraph(format!("{id}_отдельно"), typographic(&said), because))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Activities that wait for each other as `links` say, in two groups.
    fn network(all: usize, links: Vec<(usize, usize)>) -> Network {
        Network {
            numbers: (1..=all).collect(),
            titles: (1..=all).map(|number| format!("Мероприятие номер {number}")).collect(),
            groups: (0..all).map(|at| usize::from(at >= all / 2)).collect(),
            group_titles: vec!["Первое".to_owned(), "Второе".to_owned()],
            critical: BTreeSet::new(),
            links,
            critical_links: BTreeSet::new(),
        }
    }

    /// The members of each sheet; together they are everything that is linked, each once.
    #[track_caller]
    fn members(network: &Network) -> Vec<Vec<usize>> {
        let sheets: Vec<Vec<usize>> =
            network.sheets(&network.linked()).into_iter().map(|(members, _)| members).collect();
        let mut all: Vec<usize> = sheets.iter().flatten().copied().collect();
        all.sort_unstable();
        assert_eq!(all, network.linked());
        sheets
    }

    #[test]
    fn what_fits_stands_on_one_sheet() {
        assert_eq!(members(&network(4, vec![(0, 1), (2, 3)])), [[0, 1, 2, 3]]);
        assert!(members(&network(4, Vec::new())).is_empty());
    }

    #[test]
    fn what_is_not_joined_is_parted_first_then_groups_then_halves() {
        // Forty pairs: no pair is torn apart.
        let pairs = network(80, (0..40).map(|at| (2 * at, 2 * at + 1)).collect());
        let sheets = members(&pairs);
        assert!(sheets.len() > 1 && sheets.iter().all(|sheet| sheet.len() % 2 == 0), "{sheets:?}");
        // One chain of twelve: it falls into its two groups, and the second says what it waits for.
        let chain = network(12, (1..12).map(|to| (to - 1, to)).collect());
        assert_eq!(members(&chain), [(0..6).collect::<Vec<_>>(), (6..12).collect()]);
        let second = chain.node(6, &(6..12).collect::<Vec<_>>());
        assert_eq!(second.elsewhere, ["6"]);
        // A chain of sixty: halves of groups.
        let long = members(&network(60, (1..60).map(|to| (to - 1, to)).collect()));
        assert!(long.len() >= 6 && long.iter().all(|sheet| !sheet.is_empty()), "{long:?}");
    }
}
