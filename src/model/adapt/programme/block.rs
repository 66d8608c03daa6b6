//! The block of a verb of a programme: what its lines are of is told by their words.

use super::own_words;
use super::parts::Part;
use crate::base::Span;
use crate::diag::Diagnostic;
use crate::model::adapt::{Act, Change};
use crate::model::codes;
use crate::model::declarations::{Meta, Ref, Template};
use crate::model::programme::*;
use crate::model::statement::Participant;
use crate::syntax::tree::NewNumber;

/// A block as read, with the head above it.
#[derive(Clone, Debug)]
pub struct Block {
    pub meta: Meta,
    /// The keywords of its lines.
    pub says: Vec<&'static str>,
    /// The title of a table, which may have names in it.
    pub title: Option<Template>,
    pub condition: Option<ShowIf>,
    pub lines: Lines,
}

/// The lines of a block, by what has such lines.
#[derive(Clone, Debug)]
pub enum Lines {
    Nothing,
    /// What a goal, a task or a result is measured by.
    Stated(Vec<Ref>),
    Participant(ParticipantLines),
    Stage(StageSpec),
    Section(Section),
    Table(TableLines),
}

#[derive(Clone, Debug)]
pub struct ParticipantLines {
    pub own: Participant,
    pub duties: ListLines,
    pub outcomes: ListLines,
}

/// What goes and what comes in a list of texts.
#[derive(Clone, Debug)]
pub struct ListLines {
    pub removed: Vec<(String, Span)>,
    pub added: Vec<String>,
}

#[derive(Clone, Debug)]
pub struct TableLines {
    pub own: TableSpec,
    /// Rows by what stands in their first cell.
    pub removed: Vec<(String, Span)>,
    pub added: Vec<FixedRow>,
}

impl Block {
    fn says(&self, keyword: &str) -> bool {
        self.says.contains(&keyword)
    }

    /// What is said replaces, what is not said stays. `place` is where the verb stands.
    pub(super) fn lay_over(&self, part: Part<'_>, place: Span) -> Vec<Diagnostic> {
        let mut faults = Vec::new();
        let word = part.word();
        let is_shown = matches!(part, Part::Section(_) | Part::Table(_) | Part::Chart(_));
        if self.condition.is_some() && !is_shown {
            faults.push(foreign(place, word));
        }
        match (part, &self.lines) {
            (Part::Section(section), lines) => {
                self.over_section(section, lines, place, &mut faults);
            }
            (Part::Table(table), lines) => self.over_table(table, lines, place, &mut faults),
            (Part::Chart(chart), Lines::Nothing) => replace(&mut chart.condition, &self.condition),
            (Part::Stated(stated), Lines::Stated(indicators)) => {
                stated.indicators.clone_from(indicators);
                own_words(&mut stated.meta, &self.meta);
            }
            (Part::Stated(stated), Lines::Nothing) => self.own_if_said(&mut stated.meta),
            (Part::Participant(it), Lines::Participant(lines)) => {
                self.over_participant(it, lines, &mut faults);
                own_words(&mut it.meta, &self.meta);
            }
            (Part::Participant(it), Lines::Nothing) => self.own_if_said(&mut it.meta),
            (Part::Stage(stage), Lines::Stage(new)) => {
                self.over_stage(stage, new);
                own_words(&mut stage.meta, &self.meta);
            }
            (Part::Stage(stage), Lines::Nothing) => self.own_if_said(&mut stage.meta),
            _ => faults.push(foreign(place, word)),
        }
        faults
    }

    /// A note on whose words a part is stands without any other line.
    fn own_if_said(&self, meta: &mut Meta) {
        if !self.says.is_empty() {
            own_words(meta, &self.meta);
        }
    }

    fn over_section(
        &self,
        section: &mut Section,
        lines: &Lines,
        place: Span,
        faults: &mut Vec<Diagnostic>,
    ) {
        match lines {
            Lines::Section(new) => {
                section.landscape |= new.landscape;
                let old = std::mem::take(&mut section.blocks);
                section.blocks = content(old, &new.blocks, self.says("убрать тексты"));
                own_words(&mut section.meta, &self.meta);
            }
            Lines::Nothing => self.own_if_said(&mut section.meta),
            _ => faults.push(foreign(place, "раздел")),
        }
        replace(&mut section.condition, &self.condition);
    }

    fn over_table(
        &self,
        table: &mut TableSpec,
        lines: &Lines,
        place: Span,
        faults: &mut Vec<Diagnostic>,
    ) {
        match lines {
            Lines::Table(new) => {
                if self.says("графа") {
                    table.columns.clone_from(&new.own.columns);
                    table.heads.clone_from(&new.own.heads);
                }
                if self.says("строка") {
                    table.fixed.clone_from(&new.own.fixed);
                }
                if self.says("строки") {
                    table.rows.clone_from(&new.own.rows);
                }
                replace(&mut table.if_empty, &new.own.if_empty);
                for (title, span) in &new.removed {
                    let before = table.fixed.len();
                    table.fixed.retain(|row| row.title != *title);
                    if table.fixed.len() == before {
                        faults.push(nothing_to_remove("строки", title, *span));
                    }
                }
                table.fixed.extend(new.added.iter().cloned());
                table.mended.clone_from(&new.own.mended);
            }
            Lines::Nothing => {}
            _ => faults.push(foreign(place, "таблица")),
        }
        replace(&mut table.condition, &self.condition);
    }

    fn over_participant(
        &self,
        it: &mut Participant,
        lines: &ParticipantLines,
        faults: &mut Vec<Diagnostic>,
    ) {
        if self.says("кто") {
            it.bodies.clone_from(&lines.own.bodies);
        }
        if self.says("обязанность") {
            it.duties.clone_from(&lines.own.duties);
        }
        if self.says("итог") {
            it.outcomes.clone_from(&lines.own.outcomes);
        }
        faults.extend(lines.duties.lay_over(&mut it.duties, "обязанности"));
        faults.extend(lines.outcomes.lay_over(&mut it.outcomes, "итога"));
    }

    fn over_stage(&self, stage: &mut StageSpec, new: &StageSpec) {
        if self.says("срок") || self.says("длится") {
            stage.term.clone_from(&new.term);
            stage.lasts = new.lasts;
        }
        if self.says("содержание") {
            stage.content.clone_from(&new.content);
        }
    }

    /// Tables and pictures have a title alone.
    pub(super) fn retitle_table(
        &self,
        part: &mut Part<'_>,
        act: &Act<Change<Self>>,
    ) -> Vec<Diagnostic> {
        let title = match part {
            Part::Table(table) => &mut table.title,
            Part::Chart(chart) => &mut chart.title,
            _ => return Vec::new(),
        };
        replace(title, &self.title);
        let numbered = act.what.number != NewNumber::Kept;
        numbered.then(|| unnumbered(act.span)).into_iter().collect()
    }
}

impl ListLines {
    fn lay_over(&self, list: &mut Vec<String>, what: &str) -> Vec<Diagnostic> {
        let mut faults = Vec::new();
        for (text, span) in &self.removed {
            let before = list.len();
            list.retain(|known| known != text);
            if list.len() == before {
                faults.push(nothing_to_remove(what, text, *span));
            }
        }
        list.extend(self.added.iter().cloned());
        faults
    }
}

/// What stands in a section now: new texts take the places of the old ones, in their order; what has
/// a name of its own stays and goes only by its name.
fn content(old: Vec<SectionBlock>, new: &[SectionBlock], drops: bool) -> Vec<SectionBlock> {
    let (named, texts): (Vec<SectionBlock>, Vec<SectionBlock>) =
        new.iter().cloned().partition(is_named);
    let replaces = drops || !texts.is_empty();
    let mut texts = texts.into_iter();
    let mut made: Vec<SectionBlock> = Vec::new();
    let mut behind = 0;
    for block in old {
        if is_named(&block) || !replaces {
            made.push(block);
        } else if let Some(text) = texts.next() {
            made.push(text);
            behind = made.len();
        }
    }
    made.splice(behind..behind, texts);
    let is_section = |block: &SectionBlock| matches!(block, SectionBlock::Section(_));
    let (sections, tables): (Vec<SectionBlock>, Vec<SectionBlock>) =
        named.into_iter().partition(is_section);
    let inner = made.iter().position(is_section).unwrap_or(made.len());
    made.splice(inner..inner, tables);
    made.extend(sections);
    made
}

fn is_named(block: &SectionBlock) -> bool {
    matches!(block, SectionBlock::Section(_) | SectionBlock::Table(_) | SectionBlock::Chart(_))
}

fn replace<T: Clone>(old: &mut Option<T>, new: &Option<T>) {
    if new.is_some() {
        old.clone_from(new);
    }
}

fn foreign(place: Span, word: &str) -> Diagnostic {
    let message = format!("в блоке строки другой части программы; эта — {word}");
    Diagnostic::error(codes::ADAPTATION, place, message)
        .with_hint("оставьте строки, которые бывают у этой части; другую часть меняют своей строкой «изменить»")
}

fn nothing_to_remove(what: &str, text: &str, span: Span) -> Diagnostic {
    let message = format!("убрать нечего: {what} «{text}» здесь нет");
    Diagnostic::error(codes::ADAPTATION, span, message)
        .with_hint("слова ищутся буква в букву, уже после «заменить текст»")
}

fn unnumbered(place: Span) -> Diagnostic {
    let message = "у таблицы и диаграммы номера нет";
    Diagnostic::error(codes::ADAPTATION, place, message)
        .with_hint("уберите «№ …»: их номера ставит программа")
}
