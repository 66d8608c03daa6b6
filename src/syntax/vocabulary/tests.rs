//! The tables of the vocabulary against each other.

use super::*;

#[test]
fn a_first_word_alone_tells_what_a_line_is() {
    for spec in NOUNS {
        for clause in clauses_of(spec.noun) {
            for child in spec.children {
                let word = NOUNS.iter().find(|s| s.noun == *child).map(|s| s.word);
                assert_ne!(Some(clause.keyword), word, "in «{}»", spec.word);
            }
        }
    }
}

#[test]
fn every_noun_has_its_clauses() {
    for spec in NOUNS {
        assert!(CLAUSES.iter().any(|(noun, _)| *noun == spec.noun), "«{}»", spec.word);
    }
}
