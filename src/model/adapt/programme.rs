//! A programme as the verbs see it: what it states, its stages, its sections with what stands in
//! them.

mod block;
mod joined;
mod parts;
mod texts;

use std::collections::BTreeSet;

pub use self::block::{Block, Lines, ListLines, ParticipantLines, TableLines};
use self::parts::{Part, find, keep_only, part_names, remove, within};
use super::content::once;
use super::{Act, Adaptable, Addition, Change, Merge, Verbs, Wording, Words, retitle};
use crate::base::Id;
use crate::diag::Diagnostic;
use crate::model::declarations::{Cite, Meta, Ref};
use crate::model::history::Adaptation;
use crate::model::programme::*;
use crate::model::statement::Stated;

impl Adaptable for ProgrammeKind {
    type Block = Block;
    const WORDING: Wording = Wording {
        within: "программе",
        of: "программы",
        parts: "раздел, таблицу, цель, задачу, результат, этап или участника",
        part: "часть программы",
        left: "оставшихся частях",
        texts: "в названиях, текстах, таблицах, обязанностях и итогах, кроме того, что стоит в {{…}}",
        idle_actor: "в оставшихся частях не назван",
        no_years: "сдвигать нечего: в программе не осталось ни сроков, ни годов показателей",
        no_years_hint: "уберите строку или оставьте этапы, у которых есть срок",
        nothing_below: "дайте новые № и название или строки ниже, с отступом",
        merge_hint: "назовите через запятую всё, из чего складывается новая часть",
        too_few: "объединяют хотя бы две части программы",
    };

    fn meta(&self) -> &Meta {
        &self.meta
    }

    fn adaptation_mut(&mut self) -> &mut Option<Adaptation> {
        &mut self.adaptation
    }

    fn is_broken(&self) -> bool {
        self.adaptation.as_ref().is_some_and(|adaptation| adaptation.broken)
    }

    fn is_lost(&self) -> bool {
        self.lost
    }

    fn taken_over(base: &Self, own: &Self) -> Self {
        let mut made = under_head(base, own);
        made.sections.iter_mut().for_each(forget_mends);
        for stated in made.statement.lists_mut().into_iter().flatten() {
            stated.meta.mended.clear();
        }
        made.statement.participants.iter_mut().for_each(|it| it.meta.mended.clear());
        made.stages.iter_mut().for_each(|stage| stage.meta.mended.clear());
        if let (Some(old), Some(new)) = (&base.roadmap, &own.roadmap) {
            made.sections.iter_mut().for_each(|section| carry(section, old, new));
        }
        made
    }

    fn bring_own(&mut self, own: &Self) {
        let lists = self.statement.lists_mut().into_iter();
        for (all, more) in lists.zip(own.statement.lists()) {
            all.extend(more.iter().cloned());
        }
        self.statement.participants.extend(own.statement.participants.iter().cloned());
        self.stages.extend(own.stages.iter().cloned());
        let (annexes, sections): (Vec<Section>, Vec<Section>) =
            own.sections.iter().cloned().partition(|section| section.annex);
        let first_annex = self.sections.iter().position(|section| section.annex);
        let at = first_annex.unwrap_or(self.sections.len());
        self.sections.splice(at..at, sections);
        self.sections.extend(annexes);
    }

    fn names(&self) -> Vec<Id> {
        part_names(self)
    }

    fn members(&self, id: &Id) -> Vec<Id> {
        self.names().into_iter().filter(|name| name == id).collect()
    }

    fn remove(&mut self, id: &Id) -> usize {
        remove(self, id)
    }

    fn keep_only(&mut self, named: &BTreeSet<Id>, merged: &BTreeSet<Id>) -> usize {
        keep_only(self, named, merged)
    }

    fn merge(&mut self, merge: &Merge<Block>) -> Result<(), Diagnostic> {
        joined::merge(self, merge)
    }

    fn lay_merged(&mut self, merge: &Merge<Block>) -> Vec<Diagnostic> {
        let mut faults = Vec::new();
        find(self, &merge.into.id, &mut |part| {
            faults = merge.block.lay_over(part, merge.into.span);
        });
        faults
    }

    fn shift(&mut self, by: i32) -> usize {
        texts::shift(self, by)
    }

    fn actors(&mut self) -> Vec<&mut Ref> {
        let bodies = self.statement.participants.iter_mut().flat_map(|it| &mut it.bodies);
        let head = [&mut self.approves, &mut self.issuer, &mut self.executor];
        bodies.chain(&mut self.signs).chain(head.into_iter().flatten()).collect()
    }

    fn name_actors_once(&mut self) {
        self.statement.participants.iter_mut().for_each(|it| once(&mut it.bodies));
        once(&mut self.signs);
    }

    fn texts(&mut self) -> Vec<(Id, Words<'_>)> {
        texts::texts(self)
    }

    fn is_empty(block: &Block) -> bool {
        block.says.is_empty() && matches!(block.lines, Lines::Nothing)
    }

    fn change(
        &mut self,
        act: &Act<Change<Block>>,
        source: Option<Cite>,
    ) -> Option<Vec<Diagnostic>> {
        let Change { what, number, title, block } = &act.what;
        let mut faults = Vec::new();
        let there = find(self, &what.id, &mut |mut part| {
            match part.meta_mut() {
                Some(meta) => retitle(meta, number, title.as_ref(), source.clone()),
                None => faults.extend(block.retitle_table(&mut part, act)),
            }
            faults.extend(block.lay_over(part, act.span));
        });
        there.then_some(faults)
    }

    fn add(&mut self, addition: &Addition<Block>) -> bool {
        let Lines::Section(section) = &addition.block.lines else { return false };
        within(self, &addition.spot, section)
    }

    /// A section that is added bears a name of its own.
    fn slips(&self, verbs: &Verbs<Self>) -> Vec<Diagnostic> {
        let known = part_names(self);
        let taken = verbs.additions.iter().filter(|act| known.contains(&act.what.what.id));
        taken.map(|act| joined::taken(&act.what.what)).collect()
    }

    /// Numbers follow the order where the programme asks for it.
    fn tidy(&mut self) {
        if self.numbers_statement {
            let lists = self.statement.lists_mut();
            lists.into_iter().for_each(|list| in_order(list));
        }
    }
}

/// What the own programme does not say of itself it has from its base.
fn under_head(base: &ProgrammeKind, own: &ProgrammeKind) -> ProgrammeKind {
    let mut made = ProgrammeKind {
        meta: own.meta.clone(),
        level: own.level,
        title: own.title.clone(),
        numbers_sections: base.numbers_sections || own.numbers_sections,
        numbers_statement: own.numbers_statement,
        ..base.clone()
    };
    macro_rules! own {
        ($($keyword:literal $field:ident),* $(,)?) => {
            $(if own.meta.says($keyword) { made.$field.clone_from(&own.$field); })*
        };
    }
    own!(
        "тип" kind, "период" period, "приоритетов не больше" max_priorities,
        "нагрузка не больше" max_load, "принимает" accepts, "согласует" agrees,
        "утверждает" approves, "подписывает" signs, "основания" acts,
        "порядок направлений" directions, "пометка" mark, "издаёт" issuer,
        "преамбула" preamble, "постановляет" operative, "пункт" points,
        "исполнитель" executor, "карта" roadmap,
    );
    if own.meta.says("заявленные показатели") {
        made.statement.indicators.clone_from(&own.statement.indicators);
    }
    made
}

fn forget_mends(section: &mut Section) {
    section.meta.mended.clear();
    parts::each_block(&mut section.blocks, &mut |block| match block {
        SectionBlock::Table(table) => table.mended.clear(),
        SectionBlock::Section(inner) => inner.meta.mended.clear(),
        _ => {}
    });
}

/// The programme carries its own plan where the base carries that of its town.
fn carry(section: &mut Section, old: &Ref, new: &Ref) {
    parts::each_block(&mut section.blocks, &mut |block| {
        if let SectionBlock::Roadmap(plan) = block
            && plan.id == old.id
        {
            *plan = new.clone();
        }
    });
}

fn in_order(list: &mut [Stated]) {
    for (at, stated) in list.iter_mut().enumerate() {
        stated.meta.number = Some((at + 1).to_string());
    }
}

/// Whose words a part is now.
fn own_words(meta: &mut Meta, block: &Meta) {
    meta.source.clone_from(&block.source);
    meta.methodist.clone_from(&block.methodist);
    meta.mended.extend(block.mended.iter().cloned());
}

impl Part<'_> {
    fn meta_mut(&mut self) -> Option<&mut Meta> {
        match self {
            Self::Stated(stated) => Some(&mut stated.meta),
            Self::Participant(it) => Some(&mut it.meta),
            Self::Stage(stage) => Some(&mut stage.meta),
            Self::Section(section) => Some(&mut section.meta),
            Self::Table(_) | Self::Chart(_) => None,
        }
    }
}
