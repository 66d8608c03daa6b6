//! The blocks under the verbs of an adapted programme.

use super::adaptations::{Adapted, Asked, Head};
use super::roadmaps::block;
use super::shared::ACTORS;
use super::{Around, Lowering};
use crate::base::Span;
use crate::diag::Diagnostic;
use crate::model::adapt::{Block, Lines, ListLines, ParticipantLines, TableLines};
use crate::model::codes;
use crate::model::declarations::{Model, Ref, Table};
use crate::model::programme::ProgrammeKind;
use crate::model::reader::Reader;
use crate::model::statement::Participant;
use crate::syntax::Noun;
use crate::syntax::tree::{Clause, Item, Name, Node, Value};

/// The lines of a block by what has such lines.
const OF_PARTICIPANTS: &[&str] = &[
    "кто",
    "обязанность",
    "итог",
    "добавить обязанность",
    "убрать обязанность",
    "добавить итог",
    "убрать итог",
];
const OF_STAGES: &[&str] = &["срок", "длится", "содержание"];
const OF_STATED: &[&str] = &["показатели"];
const OF_TABLES: &[&str] =
    &["графа", "строка", "строки", "если пусто", "добавить строку", "убрать строку"];
const OF_SECTIONS: &[&str] = &[
    "текст",
    "список",
    "вывод",
    "карта",
    "разбор",
    "каждый",
    "каждая",
    "каждое",
    "альбомный лист",
    "убрать тексты",
];

/// What a block is of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Of {
    Stated,
    Participant,
    Stage,
    Table,
    Section,
}

impl Adapted for ProgrammeKind {
    const NOUN: Noun = Noun::Programme;
    const CALLED: [&'static str; 3] = ["программы", "программу", "программа"];

    fn table(model: &mut Model) -> &mut Table<Self> {
        &mut model.programmes
    }

    /// Sections and tables have names within their programme only: the base is asked for them.
    fn part(_: &mut Lowering<'_>, name: &Name, _: Asked) -> Option<Ref> {
        Some(Ref { id: name.id(), span: name.span })
    }

    fn is_new(_: &Lowering<'_>, _: &Name) -> bool {
        true
    }

    fn changed(
        lowering: &mut Lowering<'_>,
        clause: &Clause,
        head: &Head<'_>,
        around: &Around,
    ) -> Block {
        let item = block(clause, Noun::PartChange, head.name, head.title.clone());
        lowering.part_block(&item, around)
    }

    fn made(
        lowering: &mut Lowering<'_>,
        clause: &Clause,
        head: &Head<'_>,
        around: &Around,
    ) -> Block {
        let mut item = block(clause, Noun::PartChange, head.name, head.title.clone());
        item.number.clone_from(&head.number);
        lowering.part_block(&item, around)
    }

    fn added(lowering: &mut Lowering<'_>, clause: &Clause, head: &Head<'_>, _: &Around) -> Block {
        let mut item = block(clause, Noun::Section, head.name, head.title.clone());
        item.number.clone_from(&head.number);
        let section = lowering.section(&item);
        Block {
            meta: section.meta.clone(),
            says: Vec::new(),
            title: None,
            condition: None,
            lines: Lines::Section(section),
        }
    }
}

impl Lowering<'_> {
    fn part_block(&mut self, item: &Item, around: &Around) -> Block {
        let reader = Reader::new(item, self.out);
        let condition = self.show_if(&reader);
        // What follows reads the same lines again: their faults were told of.
        let quiet = Reader::new(item, &mut Vec::new());
        let of = self.of_lines(item, &quiet);
        Block {
            meta: self.meta(&quiet, around),
            says: quiet.keywords(),
            title: item.title.as_ref().and_then(|title| self.template(title)),
            condition,
            lines: of.map_or(Lines::Nothing, |of| self.lines(of, item, &quiet)),
        }
    }

    /// Lines of two kinds in one block are a slip.
    fn of_lines(&mut self, item: &Item, reader: &Reader<'_>) -> Option<Of> {
        let words = [
            (Of::Stated, OF_STATED),
            (Of::Participant, OF_PARTICIPANTS),
            (Of::Stage, OF_STAGES),
            (Of::Table, OF_TABLES),
            (Of::Section, OF_SECTIONS),
        ];
        let says = reader.keywords();
        let mut found: Vec<(Of, &str)> = Vec::new();
        for (of, lines) in words {
            let said = says.iter().find(|keyword| lines.contains(keyword));
            found.extend(said.map(|keyword| (of, *keyword)));
        }
        let holds_items = item.body.iter().any(|node| matches!(node, Node::Item(_)));
        if holds_items && !found.iter().any(|(of, _)| *of == Of::Section) {
            found.push((Of::Section, "раздел"));
        }
        if let [(_, one), (_, other), ..] = found.as_slice() {
            self.mixed(item.span, one, other);
        }
        found.first().map(|(of, _)| *of)
    }

    fn mixed(&mut self, place: Span, one: &str, other: &str) {
        let message = format!("строки «{one}» и «{other}» не бывают в одном блоке");
        self.out.push(
            Diagnostic::error(codes::ADAPTATION, place, message)
                .with_hint("у каждой части программы свои строки: напишите два «изменить»"),
        );
    }

    fn lines(&mut self, of: Of, item: &Item, reader: &Reader<'_>) -> Lines {
        match of {
            Of::Stated => {
                Lines::Stated(self.references(reader.names("показатели"), &[Noun::Indicator]))
            }
            Of::Participant => Lines::Participant(ParticipantLines {
                own: Participant {
                    id: item.name.id(),
                    meta: self.meta(reader, &Around::default()),
                    bodies: self.references(reader.names("кто"), ACTORS),
                    duties: reader.many_texts("обязанность"),
                    outcomes: reader.many_texts("итог"),
                },
                duties: list(reader, "добавить обязанность", "убрать обязанность"),
                outcomes: list(reader, "добавить итог", "убрать итог"),
            }),
            Of::Stage => Lines::Stage(self.stage(item, &Around::default())),
            Of::Section => Lines::Section(self.section(item)),
            Of::Table => Lines::Table(TableLines {
                own: self.table(item),
                removed: texts(reader, "убрать строку"),
                added: reader
                    .all("добавить строку")
                    .filter_map(|clause| self.fixed_row(clause))
                    .collect(),
            }),
        }
    }
}

fn list(reader: &Reader<'_>, added: &'static str, removed: &'static str) -> ListLines {
    ListLines { added: reader.many_texts(added), removed: texts(reader, removed) }
}

fn texts(reader: &Reader<'_>, keyword: &'static str) -> Vec<(String, Span)> {
    let texts = reader.all(keyword).filter_map(|clause| match &clause.value {
        Value::Text(text) => Some((text.text.clone(), text.span)),
        _ => None,
    });
    texts.collect()
}
