//! What a team may write: terms, those who answer, words that typesetting has changed.

use super::values::{actors, is_outside, plain, term};
use crate::base::{FileId, Span};
use crate::calendar::{Calendar, Entry, Frequency, Period, Repeat, Stretch, TermWhen, Week};
use crate::diag::Place;
use crate::document::{term_in_rules, term_in_words};
use crate::model::Model;
use crate::syntax::read_days;

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

/// What a document prints of a term can be copied into an edit and means the same.
#[test]
fn printed_terms_are_understood() {
    let model = Model { own_calendar: Some(calendar()), ..Model::default() };
    let period = Period { from: jiff::civil::date(2026, 9, 1), to: jiff::civil::date(2029, 8, 31) };
    let terms = [
        "сентябрь",
        "сентябрь..май, каждый учебный год",
        "октябрь, январь, апрель, 2-й учебный год",
        "октябрь, январь, апрель, каждый учебный год",
        "октябрь, январь, 1-й и 3-й учебный год",
        "июнь, последний год",
        "сентябрь 2026..май 2027",
        "ноябрь 2026, февраль 2027",
        "1 сентября 2026",
        "10 – 15 сентября 2026",
        "01.09.2026",
        "1 сентября",
        "10–15 сентября, каждый учебный год",
        "до 15 октября, каждый учебный год",
        "до 15 октября 2027",
        "2 и 3 квартал, каждый учебный год",
        "1 четверть, каждый учебный год",
        "конец 2 четверти, 2-й учебный год",
        "начало 1 триместра, каждый учебный год",
        "начало учебного года",
        "осенние каникулы",
        "осенние каникулы, каждый учебный год",
        "до начала учебного года, каждый учебный год",
        "ежемесячно",
        "не реже двух раз в год",
        "не менее 2 раз в год, октябрь..апрель",
        "сентябрь, после окончания программы",
    ];
    for text in terms {
        let meant = term(text, &model).expect(text);
        let times = meant.occurrences(&period, model.calendar());
        assert!(!times.is_empty(), "{text}");
        for printed in [term_in_rules(&meant, &model), term_in_words(&meant, &times, &model)] {
            let read = term(&printed, &model).map(|t| t.occurrences(&period, model.calendar()));
            assert_eq!(read.as_ref(), Ok(&times), "{text} → {printed}");
        }
    }
}

fn calendar() -> Calendar {
    let days = [
        (Stretch::SchoolYear, "1 сентября – 26 мая"),
        (Stretch::Quarter(1), "1 сентября – 25 октября"),
        (Stretch::Quarter(2), "5 ноября – 28 декабря"),
        (Stretch::Trimester(1), "1 сентября – 30 ноября"),
        (Stretch::Vacation("осенние".to_owned()), "26 октября – 4 ноября"),
    ];
    let place = Span::new(FileId(0), 0, 0);
    let entry = |(what, days)| Entry { what, days: read_days(days).expect(days), place };
    Calendar { week: Week::FiveDays, entries: days.into_iter().map(entry).collect() }
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
