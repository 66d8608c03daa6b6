//! The decisions of the methodology, one by one, on tables small enough to check by hand.

use super::methods::{khabarovsk, lag, lesosibirsk, number};
use super::tables::{Draft, school};
use crate::base::Number;
use crate::cohort::{
    Answer, Category, Cut, Domain, End, Excluded, Method, Needed, Outcome, Reason, Rounding, Row,
    Rule, Scoring, Term, Ties, identify,
};

/// Khabarovsk with one indicator of results.
fn simple() -> Method {
    let mut method = khabarovsk();
    method.domains.truncate(1);
    method.domains[0].terms = vec![Term { indicator: 0, scoring: Scoring::Direct }];
    method
}

/// Figures of the first indicator: per school, per year from 2018; a dot is a year without a row, a dash a
/// row without a figure.
fn draft(method: &Method, schools: &[&str]) -> Draft {
    let mut draft = Draft { schools: Vec::new(), rows: Vec::new(), participants: Vec::new() };
    for (at, years) in schools.iter().enumerate() {
        draft.schools.push(school(&format!("{at:02}")));
        for (year, figure) in (2018..).zip(years.split(' ')).filter(|(_, figure)| *figure != ".") {
            let mut figures = vec![None; method.indicators.len()];
            figures[0] = (figure != "-").then(|| number(figure));
            draft.rows.push((Row { school: at as u32, year, group: 0 }, figures));
        }
    }
    draft
}

fn outcome(method: &Method, schools: &[&str]) -> Outcome {
    identify(method, &draft(method, schools).table(method.indicators.len()))
}

fn bands(outcome: &Outcome, slot: usize) -> Vec<Option<usize>> {
    let schools = 0..outcome.schools.len();
    schools.map(|school| outcome.standing(0, school, slot).and_then(|it| it.band())).collect()
}

fn verdict(method: &Method, outcome: &Outcome, school: usize) -> String {
    let category = outcome.category(0, school).expect("a category");
    method.domains[0].categories[category].id.to_string()
}

#[test]
fn a_quarter_is_rounded_as_asked() {
    let expected = [
        (Rounding::Floor, [1, 1, 1, 1, 2, 2, 2, 2]),
        (Rounding::HalfUp, [1, 1, 2, 2, 2, 2, 3, 3]),
        (Rounding::HalfEven, [1, 1, 2, 2, 2, 2, 2, 3]),
        (Rounding::Ceil, [1, 2, 2, 2, 2, 3, 3, 3]),
    ];
    for (rounding, counts) in expected {
        for (n, k) in (4..=11).zip(counts) {
            let mut method = simple();
            method.domains[0].rounding = rounding;
            let figures: Vec<String> = (0..n).map(|at| at.to_string()).collect();
            let figures: Vec<&str> = figures.iter().map(String::as_str).collect();
            let outcome = outcome(&method, &figures);
            let bands = bands(&outcome, 0);
            assert_eq!(
                bands.iter().filter(|band| **band == Some(0)).count(),
                k,
                "{rounding:?} {n}"
            );
            assert_eq!(
                bands.iter().filter(|band| **band == Some(1)).count(),
                k,
                "{rounding:?} {n}"
            );
            assert_eq!(outcome.borders[0].k as usize, k);
        }
    }
}

#[test]
fn equal_indices_at_a_border() {
    // Two lowest of eight, three share the second lowest index.
    let figures = ["0", "10", "10", "10", "50", "60", "70", "100"];
    let low = |ties: Ties| {
        let mut method = simple();
        method.domains[0].ties = ties;
        let bands = bands(&outcome(&method, &figures), 0);
        (0..8).filter(|at| bands[*at] == Some(0)).collect::<Vec<usize>>()
    };
    assert_eq!(low(Ties::Include), [0, 1, 2, 3]);
    assert_eq!(low(Ties::Exclude), [0]);
    assert_eq!(low(Ties::Id), [0, 3]);
    assert_eq!(low(Ties::Spss), [0]);
}

#[test]
fn a_block_that_reaches_both_borders_is_neither_end() {
    let one_high = ["50", "50", "50", "50", "50", "50", "50", "100"];
    let both = bands(&outcome(&simple(), &one_high), 0);
    assert_eq!(both[..7], [Some(2); 7]);
    assert_eq!(both[7], Some(1));
    // Also where there is but one end.
    let mut one_ended = simple();
    one_ended.domains[0].bands.remove(1);
    let low = bands(&outcome(&one_ended, &one_high), 0);
    assert_eq!(low, [Some(1); 8]);
}

#[test]
fn ranks_are_shared_and_positions_are_not() {
    let outcome = outcome(&simple(), &["100", "50", "50", "0"]);
    let ranks: Vec<(u32, u32)> = (0..4)
        .filter_map(|school| outcome.standing(0, school, 0)?.rank)
        .map(|rank| (rank.rank, rank.position))
        .collect();
    assert_eq!(ranks, [(1, 1), (2, 2), (2, 3), (4, 4)]);
}

#[test]
fn a_small_group_is_ranked_without_bands() {
    let outcome = outcome(&simple(), &["100", "50", "0"]);
    let standing = outcome.standing(0, 1, 0).expect("a standing");
    assert_eq!(standing.index.map(|index| index.to_string()), Some("0.5".to_owned()));
    assert_eq!(standing.rank.map(|rank| rank.rank), Some(2));
    assert_eq!(standing.reason(), Some(Reason::SmallGroup));
    assert_eq!((outcome.borders[0].k, outcome.borders[0].low), (0, None));
}

#[test]
fn a_lag_is_more_than_the_threshold() {
    let mut method = simple();
    method.domains[0].terms[0].scoring = lag(20, 0, 1);
    let outcome = outcome(&method, &["-20", "-20,000000000001", "20", "-"]);
    let indices: Vec<Option<i64>> = (0..4)
        .map(|school| outcome.standing(0, school, 0).and_then(|it| it.index).map(|it| it.0))
        .collect();
    let one = Some(1_000_000_000_000);
    assert_eq!(indices, [one, Some(0), one, None]);
}

#[test]
fn the_window_is_the_last_years_that_hold_a_figure() {
    let seen = |figures: &[&str]| outcome(&simple(), figures).window;
    assert_eq!(seen(&["1 2 - 4 5", "1 2 . 4 5"]), [2019, 2021, 2022]);
    let mut named = simple();
    named.window.years = Some(vec![2020, 2018]);
    assert_eq!(outcome(&named, &["1 2 3"]).window, [2018, 2020]);
}

/// Three schools that hold the middle and the top, and one more.
fn with_middle(years: &str) -> [String; 4] {
    [years.to_owned(), "50 50 50".to_owned(), "60 60 60".to_owned(), "70 70 70".to_owned()]
}

fn first_verdict(method: &Method, years: &str) -> String {
    let figures = with_middle(years);
    let figures: Vec<&str> = figures.iter().map(String::as_str).collect();
    verdict(method, &outcome(method, &figures), 0)
}

#[test]
fn verdicts_on_results_follow_the_years() {
    let method = simple();
    let expected = [
        ("0 0 0", "шнро"),
        ("99 99 99", "стабильно"),
        ("55 0 0", "риск"),
        ("0 0 55", "средние"),
        ("0 55 0", "средние"),
        (". . 0", "мало"),
    ];
    for (years, verdict) in expected {
        assert_eq!(first_verdict(&method, years), verdict, "{years}");
    }
    // The rule asks about the last two years alone; with three schools a year has no bands.
    let mut small = simple();
    small.domains[0].min_group = 3;
    small.domains[0].rounding = Rounding::Ceil;
    assert_eq!(first_verdict(&small, ". 0 0"), "риск");
}

#[test]
fn any_two_of_three_years() {
    let mut method = simple();
    let rule = Rule::SomeYears { band: 0, at_least: 2, years: 3 };
    let first = &method.domains[0].categories[0];
    method.domains[0].categories[0] = Category { rule, ..first.clone() };
    for (years, verdict) in [("0 55 0", "шнро"), ("0 0 55", "шнро"), ("0 55 55", "средние")]
    {
        assert_eq!(first_verdict(&method, years), verdict, "{years}");
    }
}

#[test]
fn who_is_excluded_moves_nobody() {
    let method = simple();
    let mut draft = draft(&method, &["0", "50", "60", "70", "100", "100"]);
    draft.schools[0].excluded = Some("при колонии".to_owned());
    draft.rows[5].0.group = 3;
    let outcome = identify(&method, &draft.table(method.indicators.len()));
    assert_eq!(outcome.schools[0].excluded, Some(Excluded::Named));
    assert_eq!(outcome.schools[5].excluded, Some(Excluded::Group(3)));
    assert_eq!(outcome.n_excluded(), 2);
    assert_eq!(outcome.borders[0].ranked, 4);
    let lowest = outcome.standing(0, 1, 0).expect("a standing");
    assert_eq!(lowest.index.map(|index| index.0), Some(0));
}

/// Lesosibirsk with criteria on the continued and the satisfied alone.
fn two_criteria(needed: Needed) -> Method {
    let mut method = lesosibirsk();
    let used = vec![1, 4, 3];
    let rules = [
        Rule::Enough { criteria: used.clone(), needed },
        Rule::Open { criteria: used, needed },
        Rule::Otherwise,
    ];
    for (category, rule) in method.domains[0].categories.iter_mut().zip(rules) {
        category.rule = rule;
    }
    method
}

fn of_criteria(needed: Needed, continued: Option<i64>, satisfied: Option<i64>) -> String {
    let method = two_criteria(needed);
    let mut draft = Draft { schools: Vec::new(), rows: Vec::new(), participants: Vec::new() };
    for (at, (continued, satisfied)) in
        [(continued, satisfied), (Some(80), Some(80))].into_iter().enumerate()
    {
        draft.schools.push(school(&at.to_string()));
        let mut figures = vec![None; method.indicators.len()];
        figures[4] = continued.map(Number::from_int);
        figures[6] = satisfied.map(Number::from_int);
        draft.rows.push((Row { school: at as u32, year: 2020, group: 0 }, figures));
    }
    verdict(&method, &identify(&method, &draft.table(method.indicators.len())), 0)
}

#[test]
fn criteria_count_as_far_as_they_are_known() {
    let any = Needed::AtLeast(1);
    assert_eq!(of_criteria(any, Some(59), None), "отнесена");
    assert_eq!(of_criteria(any, Some(60), Some(41)), "прочие");
    assert_eq!(of_criteria(any, Some(60), None), "мало");
    let two = Needed::AtLeast(2);
    assert_eq!(of_criteria(two, Some(59), None), "мало");
    assert_eq!(of_criteria(two, Some(59), Some(40)), "отнесена");
    // Nobody has a figure of olympiads: that criterion is out of use.
    assert_eq!(of_criteria(Needed::All, Some(59), Some(40)), "отнесена");
    assert_eq!(of_criteria(Needed::All, Some(60), None), "прочие");
    assert_eq!(of_criteria(Needed::AtLeast(3), Some(59), Some(40)), "прочие");
}

#[test]
fn a_lag_behind_the_mean_is_counted_with_the_school_itself() {
    let method = lesosibirsk();
    let mut draft = Draft { schools: Vec::new(), rows: Vec::new(), participants: Vec::new() };
    for (at, quality) in [40, 50, 60].into_iter().enumerate() {
        draft.schools.push(school(&at.to_string()));
        let mut figures = vec![None; method.indicators.len()];
        figures[7] = Some(Number::from_int(quality));
        draft.rows.push((Row { school: at as u32, year: 2020, group: 0 }, figures));
    }
    let outcome = identify(&method, &draft.table(method.indicators.len()));
    let answers: Vec<Answer> = (0..3).map(|school| outcome.answer(school, 5)).collect();
    assert_eq!(answers, [Answer::Yes, Answer::No, Answer::No]);
    assert_eq!(outcome.answer(0, 6), Answer::Unknown);
}

#[test]
fn a_share_above_a_half_is_not_halved() {
    let mut method = simple();
    let domain: &mut Domain = &mut method.domains[0];
    domain.bands.remove(1);
    domain.bands[0].cut = Cut::Share(End::Lowest, number("0,75"));
    let bands = bands(&outcome(&method, &["0", "10", "20", "30"]), 0);
    assert_eq!(bands, [Some(0), Some(0), Some(0), Some(1)]);
}
