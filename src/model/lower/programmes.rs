//! What documents are made of: programmes, sections, tables, charts.

use super::roadmaps::{has_lost, inside};
use super::shared::{ACTORS, clauses, items};
use super::{Around, Lowering};
use crate::base::Level;
use crate::diag::Diagnostic;
use crate::model::declarations::*;
use crate::model::programme::*;
use crate::model::reader::Reader;
use crate::model::{When, codes};
use crate::syntax::Noun;
use crate::syntax::tree::{self, Clause, Item, Name, Node, Value};

impl Lowering<'_> {
    pub(super) fn programme(&mut self, reader: &Reader<'_>, around: &Around) -> ProgrammeKind {
        self.lists_allowed = true;
        let sections = self.sections(&reader.item.body);
        self.lists_allowed = false;
        let meta = self.meta(reader, around);
        self.lists_allowed = true;
        let verbs = self.verbs(reader, &inside(&meta, reader, around));
        self.lists_allowed = false;
        let is_adapted = reader.flag("на основе");
        let kind = reader.words("тип").unwrap_or_else(|| {
            if !is_adapted {
                reader.missing("тип", "тип «ШППКО»", self.out);
            }
            String::new()
        });
        if let Some(verbs) = verbs {
            self.adapted_programmes.push((reader.item.name.id(), verbs));
        }
        let max_priorities = match reader.value("приоритетов не больше") {
            Some(Value::Quantity(quantity)) => {
                quantity.number.floor().and_then(|n| u32::try_from(n).ok())
            }
            _ => None,
        };
        ProgrammeKind {
            meta,
            level: reader.item.level.unwrap_or(Level::School),
            kind,
            period: match reader.value("период") {
                Some(Value::Period { years, from }) => Some((*years, *from)),
                _ => None,
            },
            max_priorities,
            max_load: match reader.value("нагрузка не больше") {
                Some(Value::Load(most)) => Some(*most),
                _ => None,
            },
            accepts: reader.words("принимает"),
            agrees: reader.words("согласует"),
            approves: self.optional(reader.name("утверждает"), ACTORS),
            signs: self.references(reader.names("подписывает"), ACTORS),
            acts: self.references(reader.names("основания"), &[Noun::Act]),
            directions: self
                .references(reader.names("порядок направлений"), &[Noun::Direction, Noun::Zone]),
            mark: reader.words("пометка"),
            title: reader.item.title.as_ref().and_then(|title| self.template(title)),
            issuer: self.optional(reader.name("издаёт"), ACTORS),
            preamble: reader.text("преамбула").and_then(|text| self.template(text)),
            operative: reader.words("постановляет"),
            points: self.templates(reader, "пункт"),
            executor: self.optional(reader.name("исполнитель"), ACTORS),
            roadmap: self.optional(reader.name("карта"), &[Noun::Roadmap]),
            numbers_sections: reader.flag("разделы по порядку"),
            about_identification: reader.flag("об идентификации"),
            stages: self.stages(&reader.item.body, around),
            statement: self.statement(reader, around),
            sections,
            numbers_statement: reader.flag("номера по порядку"),
            adaptation: None,
            lost: has_lost(&reader.item.body),
        }
    }

    fn stages(&mut self, nodes: &[Node], around: &Around) -> Vec<StageSpec> {
        let stages: Vec<&Item> = items(nodes).filter(|item| item.noun == Noun::Stage).collect();
        stages.into_iter().map(|item| self.stage(item, around)).collect()
    }

    pub(super) fn stage(&mut self, item: &Item, around: &Around) -> StageSpec {
        let reader = Reader::new(item, self.out);
        StageSpec {
            meta: self.meta(&reader, around),
            id: item.name.id(),
            lasts: match reader.value("длится") {
                Some(Value::Lasts(duration)) => Some(*duration),
                _ => None,
            },
            term: self.term(&reader),
            content: self.templates(&reader, "содержание"),
        }
    }

    pub(super) fn sections(&mut self, nodes: &[Node]) -> Vec<Section> {
        let sections: Vec<&Item> =
            items(nodes).filter(|item| matches!(item.noun, Noun::Section | Noun::Annex)).collect();
        sections.into_iter().map(|item| self.section(item)).collect()
    }

    pub(super) fn section(&mut self, item: &Item) -> Section {
        let reader = Reader::new(item, self.out);
        let condition = self.show_if(&reader);
        Section {
            id: item.name.id(),
            meta: self.meta(&reader, &Around::default()),
            annex: item.noun == Noun::Annex,
            landscape: reader.flag("альбомный лист"),
            condition,
            blocks: self.blocks(&item.body),
            span: item.span,
        }
    }

    pub(super) fn show_if(&mut self, reader: &Reader<'_>) -> Option<ShowIf> {
        self.condition(reader, "показать если").map(|expr| ShowIf { expr })
    }

    /// The blocks of a section in the order in which they stand.
    pub(super) fn blocks(&mut self, nodes: &[Node]) -> Vec<SectionBlock> {
        nodes.iter().filter_map(|node| self.block(node)).collect()
    }

    pub(super) fn block(&mut self, node: &Node) -> Option<SectionBlock> {
        match node {
            Node::Item(item) => Some(match item.noun {
                Noun::Table => SectionBlock::Table(self.table(item)),
                Noun::Chart => SectionBlock::Chart(self.chart(item)),
                _ => SectionBlock::Section(self.section(item)),
            }),
            Node::Clause(clause) => match (&clause.value, clause.keyword) {
                (Value::Text(text), keyword) => {
                    let kind = match keyword {
                        "список" => TextKind::List,
                        "вывод" => TextKind::Conclusion,
                        "текст" => TextKind::Paragraph,
                        _ => return None,
                    };
                    Some(SectionBlock::Text { template: self.template(text)?, kind })
                }
                (Value::Name(name), "карта") => {
                    self.reference(name, &[Noun::Roadmap]).map(SectionBlock::Roadmap)
                }
                (Value::Name(name), "разбор") => {
                    self.reference(name, &[Noun::Analysis]).map(SectionBlock::Analysis)
                }
                (Value::Name(name), "каждый" | "каждая" | "каждое") => {
                    let condition = clauses(&clause.body).find_map(|inner| match &inner.value {
                        Value::Expr(expr) if inner.keyword == "показать если" => {
                            Some(expr)
                        }
                        _ => None,
                    });
                    let condition =
                        condition.and_then(|expr| self.expr(expr)).map(|expr| ShowIf { expr });
                    Some(SectionBlock::Each {
                        what: Ref { id: name.id(), span: name.span },
                        blocks: self.blocks(&clause.body),
                        condition,
                    })
                }
                _ => None,
            },
            Node::Template(_) | Node::Rows(_) | Node::Lost(_) => None,
        }
    }

    pub(super) fn table(&mut self, item: &Item) -> TableSpec {
        let reader = Reader::new(item, self.out);
        let condition = self.show_if(&reader);
        let columns = reader.all("графа").filter_map(|clause| self.column(clause)).collect();
        let heads = reader.all("графа").filter_map(|clause| self.head(clause)).collect();
        let fixed = reader.all("строка").filter_map(|clause| self.fixed_row(clause)).collect();
        TableSpec {
            id: item.name.id(),
            title: item.title.as_ref().and_then(|title| self.template(title)),
            rows: reader.name("строки").map(|name| Ref { id: name.id(), span: name.span }),
            columns,
            heads,
            fixed,
            condition,
            if_empty: reader.text("если пусто").and_then(|text| self.template(text)),
            mended: reader.mends(self.out),
            span: item.span,
        }
    }

    /// A column without a field: its rows are ready.
    fn head(&mut self, clause: &Clause) -> Option<Head> {
        match &clause.value {
            Value::Column { title, field: None, width, .. } => {
                Some(Head { title: self.template(title)?, width: *width })
            }
            _ => None,
        }
    }

    pub(super) fn fixed_row(&mut self, clause: &Clause) -> Option<FixedRow> {
        let Value::ReadyRow { title, cells } = &clause.value else { return None };
        let cells = cells.iter().map(|cell| self.template(cell)).collect::<Option<_>>()?;
        Some(FixedRow { title: title.text.clone(), cells, span: clause.span })
    }

    pub(super) fn column(&mut self, clause: &Clause) -> Option<ColumnSpec> {
        let Value::Column { title, field, modifiers, width } = &clause.value else { return None };
        let field = field.as_ref()?;
        let mut spec = ColumnSpec {
            title: self.template(title)?,
            field: Ref { id: field.id(), span: field.span },
            level: None,
            when: When::Current,
            width: *width,
        };
        for modifier in modifiers {
            match modifier {
                tree::Modifier::At(level) => spec.level = Some(*level),
                tree::Modifier::YearsAgo(years) => spec.when = When::YearsAgo(*years),
                tree::Modifier::InYear(year) => spec.when = When::Year(*year),
                tree::Modifier::OfKind(_)
                | tree::Modifier::InTotal
                | tree::Modifier::MeanOver(_) => self.bad_column_modifier(field),
            }
        }
        Some(spec)
    }

    fn bad_column_modifier(&mut self, field: &Name) {
        self.out.push(
            Diagnostic::error(
                codes::BAD_MODIFIER,
                field.span,
                format!("графа «{}» берёт только уровень и год", field.text),
            )
            .with_hint("объявите показатель с нужным расчётом и покажите его"),
        );
    }

    pub(super) fn chart(&mut self, item: &Item) -> ChartSpec {
        let reader = Reader::new(item, self.out);
        let condition = self.show_if(&reader);
        ChartSpec {
            id: item.name.id(),
            title: item.title.as_ref().and_then(|title| self.template(title)),
            indicators: self.references(reader.names("показатели"), &[Noun::Indicator]),
            rows: reader.name("строки").map(|name| Ref { id: name.id(), span: name.span }),
            picture: Picture::WORDS
                .iter()
                .find(|(word, _)| reader.flag(word))
                .map_or(Picture::Figures, |(_, picture)| *picture),
            condition,
            span: item.span,
        }
    }
}
