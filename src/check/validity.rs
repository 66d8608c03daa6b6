//! What a pack rests on is in force while the pack is.

use super::{CheckSpec, Pass};
use crate::base::Span;
use crate::diag::Code;
use crate::model::{Act, PackInfo, Ref, Validity};

pub(super) const SPEC: CheckSpec =
    CheckSpec {
        code: Code(36), summary: "Сроки действия не согласованы", run
    };

fn run(pass: &mut Pass<'_>) {
    let model = pass.model;
    let packs = model.packs.iter().map(|pack| (pack.span, pack.validity));
    let acts = model.acts.values().map(|act| (act.meta.span, act.validity));
    for (span, validity) in packs.chain(acts) {
        backwards(pass, span, validity);
    }
    let Some(own) = model.pack() else { return };
    for used in model.packs.iter().filter(|pack| pack.id != own.id) {
        used_pack(pass, own, used);
    }
    for reference in grounds(pass, own) {
        if let Some(act) = model.acts.get(&reference.id) {
            ground(pass, own, reference, act);
        }
    }
}

fn backwards(pass: &mut Pass<'_>, span: Span, validity: Option<Validity>) {
    if let Some(Validity { from, to: Some(to) }) = validity
        && to < from
    {
        let finding = pass
            .error(span, "срок действия кончается раньше, чем начинается")
            .with_hint("переставьте даты: действует с … по …");
        pass.report(finding);
    }
}

fn used_pack(pass: &mut Pass<'_>, own: &PackInfo, used: &PackInfo) {
    let (Some(mine), Some(its)) = (own.validity, used.validity) else { return };
    if !its.holds_on(mine.from) {
        let message = format!("пакет «{}» не действует на начало действия «{}»", used.id, own.id);
        let finding = pass
            .warning(own.span, message)
            .with_label(used.span, "используемый пакет")
            .with_hint("возьмите действующую редакцию");
        pass.report(finding);
    }
}

/// Every act that a requirement or a programme of the pack rests on; what another pack rests on is
/// of that pack's days.
fn grounds<'a>(pass: &Pass<'a>, own: &PackInfo) -> Vec<&'a Ref> {
    let model = pass.model;
    let requirements = model.requirements.values().map(|it| (&it.meta, &it.acts));
    let programmes = model.programmes.values().map(|it| (&it.meta, &it.acts));
    let all = requirements.chain(programmes);
    all.filter(|(meta, _)| meta.pack == own.id).flat_map(|(_, acts)| acts).collect()
}

fn ground(pass: &mut Pass<'_>, own: &PackInfo, reference: &Ref, act: &Act) {
    let id = &reference.id;
    let fault = if act.draft {
        Some((
            format!("«{id}» — проект акта, основанием он быть не может"),
            "сошлитесь на принятый акт",
        ))
    } else {
        untimely(own, act)
            .map(|message| (format!("акт «{id}» {message}"), "сошлитесь на действующий акт"))
    };
    if let Some((message, hint)) = fault {
        let finding = pass
            .warning(reference.span, message)
            .with_label(act.meta.span, "акт объявлен здесь")
            .with_hint(hint);
        pass.report(finding);
    }
}

fn untimely(own: &PackInfo, act: &Act) -> Option<&'static str> {
    let (mine, its) = (own.validity?, act.validity?);
    if its.to.is_some_and(|to| to < mine.from) {
        return Some("утратил силу до начала действия пакета");
    }
    mine.to
        .is_some_and(|end| end < its.from)
        .then_some("вступает в силу после окончания действия пакета")
}

#[cfg(test)]
mod tests {
    use crate::check::testing::check_code;

    #[test]
    fn void_and_draft_acts_are_no_ground() {
        check_code(
            36,
            "пакет п «П»\n  редакция 1\n  действует с 1 января 2026 по 1 января 2025\n\
             акт старый «Старый»\n  уровень федерация\n  действует с 1 января 2010 по 31 декабря 2020\n\
             акт новый «Новый»\n  уровень федерация\n  состояние проект\n\
             требование школы т «Т»\n  основания старый, новый\n",
            "ПКО-036 1:1 срок действия кончается раньше, чем начинается\n\
             ПКО-036 11:13 акт «старый» утратил силу до начала действия пакета\n\
             ПКО-036 11:21 «новый» — проект акта, основанием он быть не может\n",
        );
    }
}
