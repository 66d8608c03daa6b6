//! What the tests saw of each condition: every answer of a deficit, every branch of its «или».

use super::Outcome;
use crate::base::{Id, Span};
use crate::eval::Truth;
use crate::model::{Expected, Expr, ExprKind, Model, RuleTest};
use crate::syntax::tree::DeficitState;

/// The answers that tests expected of one deficit.
#[derive(Clone, Debug)]
pub struct ConditionCoverage {
    pub deficit: Id,
    pub seen: Seen,
    /// Each branch of every «или» in the condition, in the order of the text.
    pub branches: Vec<Branch>,
}

/// Which answers have been seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    pub yes: bool,
    pub no: bool,
    pub unknown: bool,
}

/// One branch of an «или».
#[derive(Clone, Debug)]
pub struct Branch {
    pub span: Span,
    pub seen: Seen,
}

impl Seen {
    fn add(&mut self, truth: Truth) {
        match truth {
            Truth::Yes => self.yes = true,
            Truth::No => self.no = true,
            Truth::Unknown => self.unknown = true,
            Truth::Inapplicable => {}
        }
    }
}

impl Branch {
    /// Seen both true and false.
    pub fn is_covered(&self) -> bool {
        self.seen.yes && self.seen.no
    }
}

/// Nothing seen yet. The deficits are those of the asked pack.
pub fn start(model: &Model) -> Vec<ConditionCoverage> {
    let own = model.pack().map(|pack| &pack.id);
    model
        .deficits
        .iter()
        .filter(|(_, deficit)| Some(&deficit.meta.pack) == own)
        .map(|(id, deficit)| ConditionCoverage {
            deficit: id.clone(),
            seen: Seen::default(),
            branches: branches(&deficit.condition)
                .into_iter()
                .map(|branch| Branch { span: branch.span, seen: Seen::default() })
                .collect(),
        })
        .collect()
}

/// Adds what one test saw of the deficits that it speaks of: what nobody looks at is not tested.
pub fn add(coverage: &mut [ConditionCoverage], outcome: &Outcome<'_>, test: &RuleTest) {
    for expectation in &test.expectations {
        let Expected::Deficit { deficit, state, .. } = &expectation.what else { continue };
        let Some(entry) = coverage.iter_mut().find(|entry| entry.deficit == deficit.id) else {
            continue;
        };
        entry.seen.add(match state {
            DeficitState::Present => Truth::Yes,
            DeficitState::Absent => Truth::No,
            DeficitState::Unknown => Truth::Unknown,
        });
        let Some(declared) = outcome.model.deficits.get(&deficit.id) else { continue };
        let context = outcome.evaluator.own();
        for (branch, expr) in entry.branches.iter_mut().zip(branches(&declared.condition)) {
            branch.seen.add(outcome.evaluator.judge(expr, &context).truth);
        }
    }
}

fn branches(condition: &Expr) -> Vec<&Expr> {
    let mut found = Vec::new();
    collect(condition, &mut found);
    found
}

fn collect<'a>(expr: &'a Expr, found: &mut Vec<&'a Expr>) {
    if let ExprKind::Or(all) = &expr.kind {
        found.extend(all);
    }
    for inner in expr.children() {
        collect(inner, found);
    }
}
