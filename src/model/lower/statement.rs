//! What a programme states itself: goals, tasks, expected results, participants.

use super::shared::{ACTORS, items};
use super::{Around, Lowering};
use crate::model::reader::Reader;
use crate::model::{Participant, Stated, Statement};
use crate::syntax::Noun;
use crate::syntax::tree::{Item, Node};

impl Lowering<'_> {
    /// The names of what a programme states: they are looked up like any other.
    pub(super) fn collect_statement(&mut self, programme: &Item) {
        let stated = programme.body.iter().filter(|node| match node {
            Node::Item(item) => is_stated(item.noun),
            _ => false,
        });
        let stated: Vec<Node> = stated.cloned().collect();
        self.collect(&stated);
    }

    pub(super) fn statement(&mut self, reader: &Reader<'_>, around: &Around) -> Statement {
        let mut found = Statement {
            indicators: self.references(reader.names("заявленные показатели"), &[Noun::Indicator]),
            ..Statement::default()
        };
        for item in items(&reader.item.body).filter(|item| is_stated(item.noun)) {
            if !self.is_declared(&item.name) {
                continue;
            }
            match item.noun {
                Noun::StatedGoal => found.goals.push(self.stated(item, around)),
                Noun::StatedTask => found.tasks.push(self.stated(item, around)),
                Noun::StatedResult => found.results.push(self.stated(item, around)),
                _ => found.participants.push(self.participant(item, around)),
            }
        }
        found
    }

    fn stated(&mut self, item: &Item, around: &Around) -> Stated {
        let reader = Reader::new(item, self.out);
        Stated {
            id: item.name.id(),
            meta: self.meta(&reader, around),
            indicators: self.references(reader.names("показатели"), &[Noun::Indicator]),
        }
    }

    fn participant(&mut self, item: &Item, around: &Around) -> Participant {
        let reader = Reader::new(item, self.out);
        if reader.value("кто").is_none() {
            reader.missing("кто", "кто министерство", self.out);
        }
        Participant {
            id: item.name.id(),
            meta: self.meta(&reader, around),
            bodies: self.references(reader.names("кто"), ACTORS),
            duties: reader.many_texts("обязанность"),
            outcomes: reader.many_texts("итог"),
        }
    }
}

fn is_stated(noun: Noun) -> bool {
    matches!(noun, Noun::StatedGoal | Noun::StatedTask | Noun::StatedResult | Noun::Participant)
}
