//! What is wrong with a table, by kind, as `pko/identification/1` tells it.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{IssueKind, Issues};

/// So many places are listed in all; a table of a whole country may have a million.
const LISTED: usize = 1000;

/// The issues of one kind.
#[derive(Debug, Serialize)]
pub struct ToldIssues<'a> {
    kind: &'static str,
    count: usize,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    examples: Vec<Example<'a>>,
}

#[derive(Debug, Serialize)]
struct Example<'a> {
    #[serde(skip_serializing_if = "is_nowhere")]
    row: u32,
    #[serde(skip_serializing_if = "str::is_empty")]
    column: &'a str,
    found: &'a str,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_nowhere(row: &u32) -> bool {
    *row == 0
}

/// Every kind with its count; the first places of the table, a thousand in all.
pub fn told_issues(issues: &Issues) -> Vec<ToldIssues<'_>> {
    let mut told: BTreeMap<IssueKind, ToldIssues<'_>> = BTreeMap::new();
    for (kind, count) in issues.counts() {
        told.insert(kind, ToldIssues { kind: kind.word(), count, examples: Vec::new() });
    }
    for issue in issues.iter().take(LISTED) {
        if let Some(kind) = told.get_mut(&issue.kind) {
            let (row, column, found) = (issue.row, issue.column, issue.found);
            kind.examples.push(Example { row, column, found });
        }
    }
    told.into_values().collect()
}
