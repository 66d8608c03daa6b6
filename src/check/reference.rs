//! The reference of the language is compiled: every example of `docs/язык.md` together makes one
//! pack without a fault, every example of a mistake shows just that mistake, and no word of the
//! vocabulary goes unexplained.

use super::{
    ANALYSIS_NAMES, COMMON_NAMES, CheckContext, EACH, FIELDS, PROGRAMME_NAMES, ROW_SOURCES, check,
};
use crate::data::passport::PASSPORT;
use crate::diag::{Diagnostic, SourceMap, render_terminal};
use crate::model::{Comparison, Dynamics, GroupSize, LISTS, PackFiles, PackStore, Standing, load};
use crate::syntax::{CLAUSES, COMMON, NOUNS, Shape};
use crate::text::{ARGUMENTS, HELPERS};

const REFERENCE: &str = include_str!("../../docs/язык.md");
const FENCE: &str = "```pko";
/// Prepended to examples that bear no head; it sees what the other examples declare.
const HEAD: &str = "пакет проба «Проба»\n  редакция 1\n  на основе пример редакция 2026.1\n  \
                    по методисту «проба»\n";

/// An example with the line of its first word.
struct Example<'a> {
    line: usize,
    /// «», «отдельно» or «ошибка ПКО-004».
    mark: &'a str,
    text: String,
}

fn examples() -> Vec<Example<'static>> {
    let mut found: Vec<Example<'static>> = Vec::new();
    let mut inside = false;
    for (at, line) in REFERENCE.lines().enumerate() {
        match line.strip_prefix(FENCE) {
            Some(mark) => {
                found.push(Example { line: at + 2, mark: mark.trim(), text: String::new() });
                inside = true;
            }
            None if line.starts_with("```") => inside = false,
            None if inside => {
                if let Some(example) = found.last_mut() {
                    example.text.push_str(line);
                    example.text.push('\n');
                }
            }
            None => {}
        }
    }
    found
}

/// The pack that the unmarked examples make.
struct Together;

impl PackStore for Together {
    fn pack(&self, name: &str) -> Option<PackFiles> {
        let plain = examples().into_iter().filter(|example| example.mark.is_empty());
        let files = plain.map(|e| (format!("язык.md, с {} строки", e.line), e.text)).collect();
        (name == "пример").then(|| PackFiles { origin: "docs/язык.md".to_owned(), files })
    }

    fn names(&self) -> Vec<String> {
        vec!["пример".to_owned()]
    }
}

fn compile(files: PackFiles) -> (Vec<Diagnostic>, String) {
    let mut sources = SourceMap::default();
    let mut found = Vec::new();
    let model = load(files, &Together, &mut sources, &mut found);
    let context = CheckContext { sources: &sources, list_unproven: false };
    found.extend(check(&model, &context).diagnostics);
    let report = render_terminal(&found, &sources, false);
    (found, report)
}

fn alone(example: &Example<'_>) -> PackFiles {
    let has_head = example.text.lines().any(|line| line.starts_with("пакет "));
    let head = if has_head { "" } else { HEAD };
    let name = format!("язык.md, с {} строки", example.line);
    PackFiles {
        origin: "docs/язык.md".to_owned(),
        files: vec![(name, format!("{head}{}", example.text))],
    }
}

#[test]
fn the_examples_make_a_sound_pack() {
    let files = Together.pack("пример").expect("the pack of the examples");
    assert!(files.files.len() > 20, "{} примеров", files.files.len());
    let (found, report) = compile(files);
    assert!(!found.iter().any(Diagnostic::is_error), "{report}");
}

#[test]
fn packs_of_their_own_compile() {
    for example in examples().iter().filter(|example| example.mark == "отдельно") {
        let (found, report) = compile(alone(example));
        assert!(!found.iter().any(Diagnostic::is_error), "{report}");
    }
}

#[test]
fn examples_of_mistakes_show_just_that_mistake() {
    for example in examples().iter().filter(|example| example.mark.starts_with("ошибка")) {
        let expected = example.mark.trim_start_matches("ошибка").trim();
        let (found, report) = compile(alone(example));
        let codes: Vec<String> =
            found.iter().filter(|d| d.is_error()).map(|d| d.code.to_string()).collect();
        let is_expected = !codes.is_empty() && codes.iter().all(|code| code == expected);
        assert!(is_expected, "строка {}: ждали {expected}\n{report}", example.line);
    }
}

#[test]
fn every_mark_is_known() {
    for example in examples() {
        let known = ["", "отдельно"].contains(&example.mark)
            || example.mark.strip_prefix("ошибка ПКО-").is_some_and(|code| code.len() == 3);
        assert!(known, "строка {}: пометка «{}»", example.line, example.mark);
    }
}

#[test]
fn every_word_of_the_vocabulary_is_explained() {
    let own = CLAUSES.iter().flat_map(|(_, clauses)| clauses.iter()).chain(COMMON);
    let below = own.clone().flat_map(|clause| match clause.shape {
        Shape::Block(lines) => lines,
        _ => &[],
    });
    let clauses = own.chain(below).map(|clause| clause.keyword);
    let nouns = NOUNS.iter().map(|noun| noun.word);
    let missing: Vec<&str> =
        nouns.chain(clauses).filter(|word| word.len() > 1 && !is_explained(word)).collect();
    assert_eq!(missing, Vec::<&str>::new());
}

/// Whether the word opens a piece of code in the prose: `` `срок` ``, `` `срок сентябрь` ``.
fn is_explained(word: &str) -> bool {
    REFERENCE.match_indices(&format!("`{word}")).any(|(at, found)| {
        let rest = REFERENCE.get(at + found.len()..).unwrap_or("");
        rest.starts_with(['`', ' '])
    })
}

#[test]
fn every_helper_of_the_texts_is_explained() {
    for helper in HELPERS.iter().filter(|helper| !helper.name.is_empty()) {
        let opening = if helper.block { "`{{#" } else { "`{{" };
        let written = format!("{opening}{} ", helper.name);
        assert!(REFERENCE.contains(&written), "помощник «{}»", helper.name);
    }
    for argument in ARGUMENTS {
        assert!(REFERENCE.contains(&format!("| `{}=", argument.name)), "«{}»", argument.name);
    }
}

/// Every value by which a table of conclusions is asked.
#[test]
fn every_value_of_a_shape_is_named() {
    let words = Standing::ALL.iter().map(|it| it.word());
    let words = words.chain(Dynamics::ALL.iter().map(|it| it.word()));
    let words = words.chain(Comparison::ALL.iter().map(|it| it.word()));
    let mut words = words.chain(GroupSize::ALL.iter().map(|it| it.word()));
    assert_eq!(words.find(|word| !is_explained(word)), None);
}

/// What programmes may draw on is named in the tables of the reference.
#[test]
fn everything_that_programmes_draw_on_is_named() {
    let rows = ROW_SOURCES.iter().map(|source| source.name);
    let fields = FIELDS.iter().map(|field| field.name);
    let each = EACH.iter().flat_map(|each| each.names.iter().map(|name| name.name));
    let names = COMMON_NAMES.iter().chain(PROGRAMME_NAMES).chain(ANALYSIS_NAMES);
    let names = names.map(|name| name.name);
    let all = rows.chain(fields).chain(each).chain(names).chain(LISTS.iter().copied());
    let plain = crate::base::normalise(REFERENCE);
    let missing: Vec<&str> = all
        .filter(|name| !plain.contains(&format!("`{}`", crate::base::normalise(name))))
        .collect();
    assert_eq!(missing, Vec::<&str>::new());
    for item in PASSPORT {
        let name = crate::base::normalise(item.name);
        assert!(plain.contains(&format!("`школа.{name}`")), "школа.{name}");
    }
    for each in EACH {
        let named = ["каждый", "каждая", "каждое"]
            .iter()
            .any(|word| REFERENCE.contains(&format!("`{word} {}`", each.name)));
        assert!(named, "каждый {}", each.name);
    }
}
