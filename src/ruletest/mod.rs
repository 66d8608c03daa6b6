//! The packs' own tests (`проверка`): given these data, expect that.

mod coverage;
mod expect;
mod given;
mod mutate;

use std::cell::OnceCell;

use crate::base::{Id, Span};
use crate::diag::{Code, Diagnostic};
use crate::eval::{Evaluator, Facts};
use crate::model::{Model, ProgrammeKind, RuleTest};
use crate::plan::{self, Choice};

pub use coverage::{Branch, ConditionCoverage, Seen};
pub use mutate::{Change, Mutant, Mutants, mutate};

/// Codes of this stage.
pub mod codes {
    use crate::diag::Code;

    pub const TEST_FAILED: Code = super::FAILED;

    pub const ALL: &[(Code, &str)] = &[(TEST_FAILED, "Проверка пакета не прошла")];
}

const FAILED: Code = Code(450);

/// What became of the tests of a pack.
#[derive(Clone, Debug)]
pub struct Report {
    /// In the order of the files.
    pub tests: Vec<TestResult>,
    /// For each deficit, in the order of the packs.
    pub coverage: Vec<ConditionCoverage>,
    /// Functions of the pack that failed.
    pub faults: Vec<Diagnostic>,
}

/// One test with what did not come as expected.
#[derive(Clone, Debug)]
pub struct TestResult {
    pub id: Id,
    pub title: String,
    pub failures: Vec<Failure>,
}

/// An expectation that was not met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The expecting line.
    pub span: Span,
    pub expected: String,
    pub came: String,
    /// The nearest reasons, a sentence each.
    pub why: Vec<String>,
}

/// A test's data held against the rules, as far as anybody asks.
struct Outcome<'a> {
    model: &'a Model,
    facts: &'a Facts,
    evaluator: Evaluator<'a>,
    /// The programme of the test; `None` where the pack has none.
    kind: Option<&'a ProgrammeKind>,
    choice: OnceCell<Option<Choice>>,
}

impl<'a> Outcome<'a> {
    fn new(evaluator: Evaluator<'a>, test: &RuleTest) -> Self {
        let (model, facts) = (evaluator.model, evaluator.facts);
        let kind = match &test.programme {
            Some(named) => model.programmes.get(&named.id),
            None => model.programmes.values().find(|kind| facts.concerns(&kind.meta)),
        };
        Self { model, facts, evaluator, kind, choice: OnceCell::new() }
    }

    fn choice(&self) -> Option<&Choice> {
        let choose = |kind: &ProgrammeKind| {
            let period = plan::period_of(kind, self.facts.as_of);
            plan::choose(self.model, &self.evaluator, &self.evaluator.findings(), kind, period)
        };
        self.choice.get_or_init(|| self.kind.map(choose)).as_ref()
    }
}

impl Report {
    pub fn failed(&self) -> usize {
        self.tests.iter().filter(|test| !test.passed()).count()
    }

    /// The failures as findings, each at its expecting line; then the functions that failed.
    pub fn findings(&self) -> Vec<Diagnostic> {
        let failures = self.tests.iter().flat_map(TestResult::findings);
        failures.chain(self.faults.iter().cloned()).collect()
    }
}

impl TestResult {
    pub fn passed(&self) -> bool {
        self.failures.is_empty()
    }

    fn findings(&self) -> Vec<Diagnostic> {
        let finding = |failure: &Failure| {
            let why = match failure.why.is_empty() {
                true => String::new(),
                false => format!(" ({})", failure.why.join("; ")),
            };
            let message = format!(
                "проверка «{}»: ожидалось {}, получилось {}{why}",
                self.id, failure.expected, failure.came
            );
            Diagnostic::error(FAILED, failure.span, message)
        };
        self.failures.iter().map(finding).collect()
    }
}

/// Runs all tests of the asked pack.
pub fn run(model: &Model) -> Report {
    let own = model.pack().map(|pack| pack.id.clone());
    let tests = model.tests.iter().filter(|(_, test)| Some(&test.meta.pack) == own.as_ref());
    let mut coverage = coverage::start(model);
    let mut results = Vec::new();
    let mut faults = Vec::new();
    for (id, test) in tests {
        let facts = given::facts(model, test);
        let outcome = Outcome::new(Evaluator::new(model, &facts), test);
        let failures = test.expectations.iter().flat_map(|e| expect::check(&outcome, e)).collect();
        coverage::add(&mut coverage, &outcome, test);
        for fault in faults_of_functions(&outcome) {
            if !faults.contains(&fault) {
                faults.push(fault);
            }
        }
        results.push(TestResult { id: id.clone(), title: test.meta.title.clone(), failures });
    }
    Report { tests: results, coverage, faults }
}

/// A function fails where it is called: all is looked at, whatever the test expects.
fn faults_of_functions(outcome: &Outcome<'_>) -> Vec<Diagnostic> {
    if outcome.model.functions.is_empty() {
        return Vec::new();
    }
    outcome.choice();
    outcome.evaluator.diagnosis().faults
}
