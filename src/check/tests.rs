//! The registry as a whole: every code has its page, every page its example, every mistake its
//! finding.

#![expect(clippy::disallowed_methods, reason = "tests read their cases from the disk")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::testing::check_source;
use super::*;

/// Whose example cannot stand in a page: an empty file is one.
const WITHOUT_EXAMPLE: &[u16] = &[9];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn page(code: Code) -> PathBuf {
    root().join(format!("docs/ошибки/{code}.md"))
}

fn codes() -> Vec<Code> {
    let stages = [crate::syntax::codes::ALL, crate::model::codes::ALL, crate::data::codes::ALL];
    let other = stages.into_iter().flatten().map(|(code, _)| *code);
    other.chain(CHECKS.iter().map(|spec| spec.code)).collect()
}

#[test]
fn codes_are_unique_and_in_their_range() {
    let all = codes();
    assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len());
    assert!(CHECKS.iter().all(|spec| (30..=99).contains(&spec.code.0)));
    assert!(CHECKS.is_sorted_by_key(|spec| spec.code));
}

#[test]
fn every_code_has_its_page() {
    for code in codes() {
        let text = fs::read_to_string(page(code)).unwrap_or_default();
        assert!(text.starts_with(&format!("# {code}. ")), "docs/ошибки/{code}.md");
        assert!(text.contains("\n## Как исправить\n"), "docs/ошибки/{code}.md");
    }
}

/// The fenced examples of a page.
fn examples(text: &str) -> Vec<String> {
    text.split("```pko\n")
        .skip(1)
        .filter_map(|rest| rest.split("```").next())
        .map(str::to_owned)
        .collect()
}

#[test]
fn the_first_example_of_a_page_has_its_fault_and_the_second_has_not() {
    for code in codes().into_iter().filter(|code| code.0 < 100) {
        let examples = examples(&fs::read_to_string(page(code)).unwrap_or_default());
        let found: Vec<String> = examples.iter().map(|example| check_source(example)).collect();
        let shows = |found: &String| found.contains(&format!("{code} "));
        match found.as_slice() {
            [] => assert!(WITHOUT_EXAMPLE.contains(&code.0), "{code}: нет примера"),
            [wrong, right @ ..] => {
                assert!(shows(wrong), "{code}: пример без ошибки\n{wrong}");
                assert!(
                    !right.iter().any(shows),
                    "{code}: исправленный пример с ошибкой\n{right:?}"
                );
            }
        }
    }
}

/// One pack with thirty mistakes: all are found in one run, and nothing else. `UPDATE=1` rewrites
/// the expected findings.
#[test]
fn thirty_mistakes_are_found_at_once() {
    let case = root().join("tests/cases/check/тридцать-ошибок.pko");
    let expected = case.with_extension("txt");
    let found = check_source(&fs::read_to_string(&case).unwrap_or_default());
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&expected, &found).expect("the case can be rewritten");
    }
    assert_eq!(found, fs::read_to_string(&expected).unwrap_or_default());
    assert!(found.lines().count() >= 30, "{found}");
}

#[test]
fn an_empty_model_is_sound() {
    let sources = SourceMap::default();
    let context = CheckContext { sources: &sources, list_unproven: true };
    let checked = check(&Model::default(), &context);
    assert!(checked.diagnostics.is_empty() && checked.conditions == 0);
}
