//! A paper that decrees says who, by which word and what; and what its points promise as an annex
//! is there.

use super::{CheckSpec, Pass};
use crate::base::Id;
use crate::diag::{Code, Diagnostic};
use crate::model::{ProgrammeKind, Section, SectionBlock, Template};

pub(super) const SPEC: CheckSpec =
    CheckSpec { code: Code(51), summary: "Бумага записана не целиком", run };

fn run(pass: &mut Pass<'_>) {
    for (id, paper) in &pass.model.programmes {
        let mut found = parts(pass, id, paper);
        found.extend(annexes(pass, paper));
        found.extend(carried(pass, id, paper));
        found.into_iter().for_each(|finding| pass.report(finding));
    }
}

/// The word that decrees, the points, and who issues them.
fn parts(pass: &Pass<'_>, id: &Id, paper: &ProgrammeKind) -> Vec<Diagnostic> {
    let says = |keyword| paper.meta.says(keyword);
    let (decrees, points) = (says("постановляет"), says("пункт"));
    let place = paper.meta.span;
    let mut found = Vec::new();
    if decrees && !points {
        let message = format!("в бумаге «{id}» есть «постановляет», но нет ни одного пункта");
        found.push(pass.error(place, message).with_hint("добавьте: пункт «Утвердить …»"));
    }
    if points && !decrees {
        let message = format!("в бумаге «{id}» есть пункты, но нет слова, которое их вводит");
        found.push(pass.warning(place, message).with_hint("добавьте: постановляет «ПРИКАЗЫВАЮ»"));
    }
    if (decrees || points) && !says("издаёт") {
        let message = format!("не сказано, кто издаёт бумагу «{id}»");
        found.push(pass.error(place, message).with_hint("добавьте: издаёт имя_органа_или_роли"));
    }
    found
}

/// «Согласно приложению № 1»: there is such an annex, and it is not empty.
fn annexes(pass: &Pass<'_>, paper: &ProgrammeKind) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for point in &paper.points {
        for number in annexes_named(&point.source) {
            let mut annexes = paper.sections.iter().filter(|section| section.annex).enumerate();
            let annex = annexes.find(|(at, section)| match paper.numbers_sections {
                true => (at + 1).to_string() == number,
                false => section.meta.number.as_deref() == Some(number.as_str()),
            });
            let annex = annex.map(|(_, section)| section);
            found.extend(annex_fault(pass, paper, point, &number, annex));
        }
    }
    found
}

fn annex_fault(
    pass: &Pass<'_>,
    paper: &ProgrammeKind,
    point: &Template,
    number: &str,
    annex: Option<&Section>,
) -> Option<Diagnostic> {
    let Some(annex) = annex else {
        let message = format!("пункт называет приложение № {number}, а такого у бумаги нет");
        let hint = format!("добавьте «приложение имя № {number} «…»» или поправьте номер в пункте");
        return Some(pass.error(point.span, message).with_hint(hint));
    };
    let of_plan = paper.roadmap.is_some() && point.source.to_lowercase().contains("дорожн");
    let (fault, hint) = if annex.blocks.is_empty() {
        ("оно пусто", "добавьте в приложение то, что обещает пункт, например «карта имя_карты»")
    } else if of_plan && !prints_plan(&annex.blocks) {
        ("в нём не печатается дорожная карта", "добавьте в приложение строку «карта имя_карты»")
    } else {
        return None;
    };
    let message = format!("пункт называет приложение № {number}, а {fault}");
    Some(pass.error(point.span, message).with_label(annex.span, "приложение").with_hint(hint))
}

/// The plan that a paper carries is printed somewhere in it.
fn carried(pass: &Pass<'_>, id: &Id, paper: &ProgrammeKind) -> Option<Diagnostic> {
    let plan = paper.roadmap.as_ref()?;
    let is_printed = paper.sections.iter().any(|section| prints_plan(&section.blocks));
    let message = format!("бумага «{id}» несёт карту «{}», но нигде её не печатает", plan.id);
    let hint =
        format!("добавьте «приложение имя № 1 «…»», а ниже, с отступом, «карта {}»", plan.id);
    (!is_printed).then(|| pass.warning(plan.span, message).with_hint(hint))
}

fn prints_plan(blocks: &[SectionBlock]) -> bool {
    blocks.iter().any(|block| match block {
        SectionBlock::Roadmap(_) => true,
        SectionBlock::Section(section) => prints_plan(&section.blocks),
        _ => false,
    })
}

/// The numbers of annexes in a text, those of other papers («приложение № 2 к приказу») left out.
fn annexes_named(text: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    let mut found = Vec::new();
    for rest in lower.split("приложени").skip(1) {
        let after_word = rest.trim_start_matches(char::is_alphabetic).trim_start();
        let Some(after_mark) = after_word.strip_prefix('№') else { continue };
        let after_mark = after_mark.trim_start();
        let end = after_mark.find(|c: char| !c.is_alphanumeric() && c != '.');
        let (number, tail) = after_mark.split_at(end.unwrap_or(after_mark.len()));
        let tail = tail.trim_start();
        let of_other = tail.starts_with("к ") && !tail.starts_with("к настоящ");
        let number = number.trim_end_matches('.');
        if !number.is_empty() && !of_other {
            found.push(number.to_owned());
        }
    }
    found
}
