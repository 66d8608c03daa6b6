//! Which deficits a programme takes up, and which it puts off.

use crate::base::{Id, Number};
use crate::eval::{DeficitFinding, Diagnosis, Truth};
use crate::model::ProgrammeKind;

/// How many deficits a programme takes up where its kind does not say.
const DEFAULT_PRIORITIES: u32 = 4;

/// The proven deficits by weight: those that the programme takes up, ties kept, and those that it
/// puts off with the reason. What the team took up itself stands behind them and displaces none.
pub fn ranked(diagnosis: &Diagnosis, kind: &ProgrammeKind) -> (Vec<Id>, Vec<(Id, String)>) {
    by_weight(diagnosis, limit(kind))
}

fn limit(kind: &ProgrammeKind) -> usize {
    kind.max_priorities.unwrap_or(DEFAULT_PRIORITIES) as usize
}

/// The least weight with which a deficit is taken up beside the others as they are; `None` where
/// any weight will do.
pub fn weight_needed(diagnosis: &Diagnosis, kind: &ProgrammeKind, id: &Id) -> Option<Number> {
    let others = diagnosis.deficits.iter().filter(|finding| finding.id != *id);
    let mut weights: Vec<Number> = others.filter(|it| competes(it)).map(weight).collect();
    weights.sort_by(|a, b| b.cmp(a));
    border(&weights, limit(kind)).cloned()
}

/// Whether a deficit is ranked by its weight: it is proven of enough pupils, and the team has said
/// nothing of it.
fn competes(finding: &DeficitFinding) -> bool {
    finding.state == Truth::Yes && finding.decision.is_none() && !finding.is_small_group()
}

fn weight(finding: &DeficitFinding) -> Number {
    finding.weight.clone().unwrap_or_else(Number::one)
}

/// Of weights, heaviest first, that of the last one taken up.
fn border(weights: &[Number], limit: usize) -> Option<&Number> {
    limit.checked_sub(1).and_then(|at| weights.get(at))
}

fn by_weight(diagnosis: &Diagnosis, limit: usize) -> (Vec<Id>, Vec<(Id, String)>) {
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
            candidates.push((&finding.id, weight(finding)));
        }
    }
    candidates.sort_by(|a, b| b.1.cmp(&a.1));
    let weights: Vec<Number> = candidates.iter().map(|(_, weight)| weight.clone()).collect();
    let border = border(&weights, limit);
    let mut priorities = Vec::new();
    for (id, weight) in candidates {
        if border.is_none_or(|border| weight >= *border) {
            priorities.push(id.clone());
        } else {
            let reason = format!("вес {} меньше, чем у взятых в работу", weight.to_russian(2));
            postponed.push((id.clone(), reason));
        }
    }
    let forced = diagnosis.deficits.iter().filter(|finding| finding.forced().is_some());
    priorities.extend(forced.map(|finding| finding.id.clone()));
    (priorities, postponed)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::eval::{Decision, Proof, ProofKind};

    fn finding(id: &str, state: Truth, weight: i64, decision: Option<bool>) -> DeficitFinding {
        DeficitFinding {
            id: Id::new(id),
            state,
            weight: (state == Truth::Yes).then(|| Number::from_int(weight)),
            group: None,
            proof: Proof::new(ProofKind::Rule, id),
            needs: BTreeSet::new(),
            indicators: Vec::new(),
            decision: decision
                .map(|includes| Decision { includes, reason: "так решили".to_owned() }),
            is_untouched: false,
        }
    }

    #[test]
    fn the_team_displaces_none_and_what_it_leaves_out_makes_room() {
        let mut diagnosis = Diagnosis::nothing(jiff::civil::date(2026, 9, 1));
        diagnosis.deficits = vec![
            finding("включен", Truth::No, 0, Some(true)),
            finding("исключен", Truth::Yes, 9, Some(false)),
            finding("легкий", Truth::Yes, 1, None),
            finding("тяжелый", Truth::Yes, 3, None),
            finding("средний", Truth::Yes, 2, None),
        ];
        let (priorities, postponed) = by_weight(&diagnosis, 2);
        let names: Vec<&str> = priorities.iter().map(Id::as_str).collect();
        assert_eq!(names, ["тяжелый", "средний", "включен"]);
        let names: Vec<&str> = postponed.iter().map(|(id, _)| id.as_str()).collect();
        assert_eq!(names, ["исключен", "легкий"]);
        let reasons: Vec<&str> = postponed.iter().map(|(_, why)| why.as_str()).collect();
        assert_eq!(reasons.first(), Some(&"исключён решением команды: так решили"));
    }
}
