//! Every requirement is fulfilled by an activity, and every programme has something to print.

use std::collections::BTreeSet;

use super::{CheckSpec, Pass};
use crate::base::Id;
use crate::diag::Code;
use crate::model::{ProgrammeKind, Section};

pub(super) const SPEC: CheckSpec =
    CheckSpec {
        code: Code(42), summary: "Требование не исполняется или программа пуста", run
    };

fn run(pass: &mut Pass<'_>) {
    let model = pass.model;
    let fulfilled: BTreeSet<&Id> =
        model.activities.values().flat_map(|a| &a.requirements).map(|r| &r.id).collect();
    for (id, requirement) in &model.requirements {
        if !fulfilled.contains(id) {
            let message = format!("требование «{id}» не исполняет ни одно мероприятие");
            let finding = pass
                .error(requirement.meta.span, message)
                .with_hint(format!("добавьте мероприятию строку: исполняет {id}"));
            pass.report(finding);
        }
    }
    for (id, programme) in &model.programmes {
        self::programme(pass, id, programme);
    }
}

fn programme(pass: &mut Pass<'_>, id: &Id, programme: &ProgrammeKind) {
    let span = programme.meta.span;
    if programme.meta.title.trim().is_empty() {
        let finding = pass
            .error(span, format!("у программы «{id}» нет названия"))
            .with_hint("допишите название в «ёлочках»");
        pass.report(finding);
    }
    let says_nothing = programme.points.is_empty() && programme.roadmap.is_none();
    if programme.sections.is_empty() && says_nothing {
        let finding = pass
            .error(span, format!("в программе «{id}» нет ни одного раздела"))
            .with_hint("добавьте: раздел имя «Название», ниже — тексты и таблицы");
        pass.report(finding);
    }
    let mut seen = Vec::new();
    for section in &programme.sections {
        self::section(pass, section, &mut seen);
    }
}

fn section<'a>(pass: &mut Pass<'_>, section: &'a Section, seen: &mut Vec<&'a Section>) {
    if section.blocks.is_empty() {
        let finding = pass
            .warning(section.span, format!("раздел «{}» пуст", section.id))
            .with_hint("добавьте «текст», таблицу или вложенный раздел");
        pass.report(finding);
    }
    if let Some(earlier) = seen.iter().find(|earlier| earlier.id == section.id) {
        let finding = pass
            .error(section.span, format!("раздел «{}» уже есть в этой программе", section.id))
            .with_label(earlier.span, "первый такой раздел")
            .with_hint("дайте разделам разные имена");
        pass.report(finding);
    }
    seen.push(section);
    for block in &section.blocks {
        if let crate::model::SectionBlock::Section(inner) = block {
            self::section(pass, inner, seen);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::check_code;

    #[test]
    fn requirements_are_fulfilled_and_programmes_have_sections() {
        check_code(
            42,
            "требование школы т «Т»\n\
             программа школы а «А»\n  тип «справка»\n\
             программа школы в «В»\n  тип «приказ»\n  пункт «Назначить.»\n\
             программа школы б «Б»\n  тип «справка»\n  раздел один «Один»\n  раздел один «Снова»\n    текст «Слова.»\n",
            "ПКО-042 1:18 требование «т» не исполняет ни одно мероприятие\n\
             ПКО-042 2:17 в программе «а» нет ни одного раздела\n\
             ПКО-042 9:3 раздел «один» пуст\n\
             ПКО-042 10:3 раздел «один» уже есть в этой программе\n",
        );
    }
}
