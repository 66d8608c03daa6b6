//! The words and the years of a programme.

use crate::base::Id;
use crate::model::adapt::Words;
use crate::model::adapt::content::{set, shift_term};
use crate::model::declarations::Template;
use crate::model::expr::{Aggregate, AggregateKind, Expr, ExprKind, When};
use crate::model::programme::*;
use crate::model::statement::{Participant, Stated};
use crate::text::{rewrite, shift_years};

// ------------------------------------------------------------ words

/// Every text that was taken over; what the head says itself is its own.
pub(super) fn texts(kind: &mut ProgrammeKind) -> Vec<(Id, Words<'_>)> {
    let mut found = Vec::new();
    let ProgrammeKind { meta, preamble, points, statement, stages, sections, .. } = kind;
    let head = Id::new("преамбула");
    if !meta.says("преамбула") {
        found.extend(preamble.iter_mut().map(|text| (head.clone(), Words::Named(text))));
    }
    if !meta.says("пункт") {
        found.extend(points.iter_mut().map(|text| (head.clone(), Words::Named(text))));
    }
    let (lists, participants) = statement.all_mut();
    for Stated { id, meta, .. } in lists.into_iter().flatten() {
        found.push((id.clone(), Words::Plain(&mut meta.title)));
    }
    for Participant { id, duties, outcomes, .. } in participants {
        let texts = duties.iter_mut().chain(outcomes);
        found.extend(texts.map(|text| (id.clone(), Words::Plain(text))));
    }
    for StageSpec { id, meta, content, .. } in stages {
        found.push((id.clone(), Words::Plain(&mut meta.title)));
        found.extend(content.iter_mut().map(|text| (id.clone(), Words::Named(text))));
    }
    sections.iter_mut().for_each(|section| of_section(section, &mut found));
    found
}

fn of_section<'a>(section: &'a mut Section, found: &mut Vec<(Id, Words<'a>)>) {
    let Section { id, meta, blocks, .. } = section;
    found.push((id.clone(), Words::Plain(&mut meta.title)));
    of_blocks(id, blocks, found);
}

fn of_blocks<'a>(of: &Id, blocks: &'a mut [SectionBlock], found: &mut Vec<(Id, Words<'a>)>) {
    for block in blocks {
        match block {
            SectionBlock::Text { template, .. } => {
                found.push((of.clone(), Words::Named(template)));
            }
            SectionBlock::Table(table) => of_table(table, found),
            SectionBlock::Chart(ChartSpec { id, title, .. }) => {
                found.extend(title.iter_mut().map(|text| (id.clone(), Words::Named(text))));
            }
            SectionBlock::Each { blocks, .. } => of_blocks(of, blocks, found),
            SectionBlock::Section(section) => of_section(section, found),
            SectionBlock::Roadmap(_) | SectionBlock::Analysis(_) => {}
        }
    }
}

fn of_table<'a>(table: &'a mut TableSpec, found: &mut Vec<(Id, Words<'a>)>) {
    let id = table.id.clone();
    for row in &mut table.fixed {
        found.push((id.clone(), Words::Plain(&mut row.title)));
        found.extend(row.cells.iter_mut().map(|text| (id.clone(), Words::Named(text))));
    }
    let columns = table.columns.iter_mut().map(|column| &mut column.title);
    let heads = table.heads.iter_mut().map(|head| &mut head.title);
    let all = columns.chain(heads).chain(&mut table.title).chain(&mut table.if_empty);
    found.extend(all.map(|text| (id.clone(), Words::Named(text))));
}

// ------------------------------------------------------------ years

/// Moves the terms of stages and the years of figures; how many places moved.
pub(super) fn shift(kind: &mut ProgrammeKind, by: i32) -> usize {
    let mut moved = 0;
    for term in kind.stages.iter_mut().filter_map(|stage| stage.term.as_mut()) {
        shift_term(term, by);
        moved += 1;
    }
    for (_, text) in texts(kind) {
        if let Words::Named(template) = text {
            moved += shift_figures(template, by);
        }
    }
    for section in &mut kind.sections {
        moved += section.condition.as_mut().map_or(0, |shown| shift_condition(shown, by));
        moved += shift_blocks(&mut section.blocks, by);
    }
    moved
}

fn shift_figures(template: &mut Template, by: i32) -> usize {
    let mut moved = 0;
    let mut names = |inside: &str| {
        let shifted = shift_years(inside, by);
        moved += usize::from(shifted != inside);
        shifted
    };
    let source = rewrite(&template.source, &mut |words| words.to_owned(), &mut names);
    set(template, source);
    moved
}

fn shift_blocks(blocks: &mut [SectionBlock], by: i32) -> usize {
    let mut moved = 0;
    for block in blocks {
        let (condition, inner) = match block {
            SectionBlock::Section(section) => (section.condition.as_mut(), &mut section.blocks[..]),
            SectionBlock::Each { condition, blocks, .. } => (condition.as_mut(), &mut blocks[..]),
            SectionBlock::Table(table) => {
                for column in &mut table.columns {
                    moved += shift_when(&mut column.when, by);
                }
                (table.condition.as_mut(), &mut [][..])
            }
            SectionBlock::Chart(chart) => (chart.condition.as_mut(), &mut [][..]),
            _ => continue,
        };
        moved += condition.map_or(0, |shown| shift_condition(shown, by));
        moved += shift_blocks(inner, by);
    }
    moved
}

fn shift_when(when: &mut When, by: i32) -> usize {
    let When::Year(year) = when else { return 0 };
    *year += by;
    1
}

fn shift_condition(shown: &mut ShowIf, by: i32) -> usize {
    let mut moved = 0;
    shown.expr.walk_mut(&mut |expr| {
        for observe in looks(expr) {
            moved += shift_when(&mut observe.when, by);
        }
    });
    moved
}

/// The looks at indicators of an expression itself.
fn looks(expr: &mut Expr) -> Vec<&mut crate::model::Observe> {
    match &mut expr.kind {
        ExprKind::Known(observe) | ExprKind::Observe(observe) => vec![observe],
        ExprKind::Change { what, .. } | ExprKind::Run { what, .. } => vec![what],
        ExprKind::Aggregate(Aggregate { kind: AggregateKind::Sum { of }, .. }) => vec![of],
        ExprKind::Aggregate(Aggregate { kind: AggregateKind::Mean { of, weight }, .. }) => {
            std::iter::once(of).chain(weight).collect()
        }
        _ => Vec::new(),
    }
}
