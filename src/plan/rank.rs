//! Which deficits a programme takes up, and which it puts off.

use crate::base::{Id, Number};
use crate::eval::{DeficitFinding, Diagnosis, Truth};
use crate::model::ProgrammeKind;

/// How many deficits a programme takes up where its kind does not say.
const DEFAULT_PRIORITIES: u32 = 4;

/// The proven deficits by weight: those that the programme takes up, ties kept, and those that it
/// puts off with the reason. What the team took up itself stands behind them and displaces none.
pub fn ranked(diagnosis: &Diagnosis, kind: &ProgrammeKind) -> (Vec<Id>, Vec<(Id, String)>) {
    let limit = kind.max_priorities.unwrap_or(DEFAULT_PRIORITIES) as usize;
    let mut postponed = Vec::new();
    let mut candidates: Vec<(&Id, Number)> = Vec::new();
    let is_proven = |finding: &&DeficitFinding| finding.state == Truth::Yes;
    for finding in diagnosis.deficits.iter().filter(is_proven) {
        if let Some(decision) = &finding.decision {
            let reason = decision.sentence("включён", "исключён");
            postponed.extend((!decision.includes).then(|| (finding.id.clone(), reason)));
        } else if finding.is_small_group() {
            let n = finding.group.unwrap_or(0);
            let reason = format!(
                "в группе меньше {} учеников ({n}): показатель говорит об отдельных детях, а не \
                 о школе",
                crate::eval::SMALL_GROUP
            );
            postponed.push((finding.id.clone(), reason));
        } else {
            let weight = finding.weight.clone().unwrap_or_else(Number::one);
            candidates.push((&finding.id, weight));
        }
    }
    candidates.sort_by(|a, b| b.1.cmp(&a.1));
    let border = limit.checked_sub(1).and_then(|at| candidates.get(at)).map(|(_, w)| w.clone());
    let mut priorities = Vec::new();
    for (id, weight) in candidates {
        if border.as_ref().is_none_or(|border| weight >= *border) {
            priorities.push(id.clone());
        } else {
            let reason = format!(
                "вес {} меньше, чем у взятых в работу: программа решает не больше {limit} задач \
                 разом",
                weight.to_russian(2)
            );
            postponed.push((id.clone(), reason));
        }
    }
    let forced = diagnosis.deficits.iter().filter(|finding| finding.forced().is_some());
    priorities.extend(forced.map(|finding| finding.id.clone()));
    (priorities, postponed)
}
