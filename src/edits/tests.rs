//! What a team may write: terms, those who answer, words that typesetting has changed.

use super::values::{actors, is_outside, plain, term};
use crate::calendar::{Frequency, Period, Repeat, TermWhen};
use crate::diag::Place;
use crate::model::Model;

#[test]
fn terms_read_in_the_words_of_the_language_and_of_a_document() {
    let model = Model::default();
    let read = |text: &str| term(text, &model);
    let rules = read("октябрь – май, каждый учебный год").map(|term| term.repeat);
    assert_eq!(rules, Ok(Repeat::EverySchoolYear));
    let printed = read("октябрь – май каждого учебного года");
    assert_eq!(printed, read("октябрь..май, каждый учебный год"));
    let monthly = read("ежемесячно").map(|term| term.when);
    assert_eq!(monthly, Ok(TermWhen::Every(Frequency::Monthly)));
}

#[test]
fn a_term_is_one_term_and_nothing_else() {
    let model = Model::default();
    for text in ["", "когда-нибудь", "май; ответственные директор", "май // потом", "май\n  до х"]
    {
        assert!(term(text, &model).is_err(), "{text}");
    }
    assert!(term("по документу письмо", &model).is_err_and(|why| why.contains("документ")));
}

#[test]
fn a_term_outside_of_every_period_is_noticed() {
    let model = Model::default();
    let day = |year| jiff::civil::date(year, 9, 1);
    let period = Period { from: day(2026), to: day(2028) };
    let is_outside = |text: &str, periods: &[Period]| {
        term(text, &model).is_ok_and(|term| is_outside(&term, periods, &model))
    };
    assert!(is_outside("1 июня 2040", &[period]));
    assert!(!is_outside("1 июня 2027", &[period]));
    assert!(!is_outside("постоянно", &[period]));
    assert!(!is_outside("1 июня 2040", &[]));
}

#[test]
fn nobody_is_named_by_the_part_that_is_nobody() {
    let model = Model::default();
    assert_eq!(actors("завуч; директор", &Place::Nowhere, &model), Err("завуч".to_owned()));
    assert_eq!(actors(" ; ", &Place::Nowhere, &model), Ok(Vec::new()));
}

#[test]
fn typesetting_does_not_make_an_edit_stale() {
    assert_eq!(plain("Отчёт\u{a0}«за  год» –\nитоги"), plain("отчет \"за год\" - итоги"));
    assert_ne!(plain("за год"), plain("за два года"));
}
