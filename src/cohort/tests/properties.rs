//! What must hold for any figures.

use super::methods::khabarovsk;
use super::tables::{Dice, Draft, PLAIN, Recipe, random};
use crate::base::Number;
use crate::base::parallel;
use crate::cohort::{Degenerate, Method, Outcome, Scoring, Ties, explain, identify};

const RECIPES: [Recipe; 2] = [
    Recipe { schools: 24, groups: 2, ..PLAIN },
    Recipe { schools: 24, steps: 4, groups: 2, ..PLAIN },
];

fn outcome(method: &Method, draft: &Draft) -> Outcome {
    identify(method, &draft.table(method.indicators.len()))
}

fn parameters(seed: u64) -> Method {
    let mut method = khabarovsk();
    for domain in &mut method.domains {
        domain.ties = [Ties::Include, Ties::Exclude, Ties::Spss][seed as usize % 3];
        domain.degenerate = [Degenerate::Skip, Degenerate::Half][seed as usize % 2];
    }
    method
}

/// With complete data, a lag worth less than none, and ties not broken by ids.
#[test]
fn a_school_that_improves_never_falls() {
    let mut dice = Dice::new(7);
    for seed in 0..40 {
        let method = parameters(seed);
        let mut draft = random(&method, RECIPES[seed as usize % 2], seed);
        let before = outcome(&method, &draft);
        let row = dice.below(draft.rows.len() as u64) as usize;
        let term = &method.domains[0].terms[dice.below(21) as usize];
        let better = if term.scoring == Scoring::Inverse { 0 } else { 100 };
        let place = draft.rows[row].0;
        draft.rows[row].1[term.indicator] = Some(Number::from_int(better));
        let after = outcome(&method, &draft);
        let rank = |outcome: &Outcome| {
            let slot = outcome.window.iter().position(|year| *year == place.year)?;
            Some(outcome.standing(0, place.school as usize, slot)?.rank?.rank)
        };
        assert!(rank(&before).is_some());
        assert!(rank(&after) <= rank(&before), "{seed}: {place:?} {term:?}");
    }
}

/// With ties not broken by ids.
#[test]
fn the_names_of_schools_decide_nothing() {
    for seed in 0..8 {
        let method = parameters(seed);
        let recipe = Recipe { missing: 10, gaps: 10, clones: 20, ..RECIPES[seed as usize % 2] };
        let draft = random(&method, recipe, seed);
        let count = draft.schools.len();
        // The last becomes the first.
        let mut turned = Draft { schools: Vec::new(), rows: Vec::new(), participants: Vec::new() };
        for (at, school) in draft.schools.iter().rev().enumerate() {
            turned.schools.push(crate::cohort::School { id: format!("{at:05}"), ..school.clone() });
            let own = draft.rows.iter().filter(|(row, _)| row.school as usize == count - 1 - at);
            turned.rows.extend(own.map(|(row, figures)| {
                (crate::cohort::Row { school: at as u32, ..*row }, figures.clone())
            }));
        }
        let (one, other) = (outcome(&method, &draft), outcome(&method, &turned));
        for (school, domain) in (0..count).flat_map(|school| [(school, 0), (school, 1)]) {
            let twin = count - 1 - school;
            assert_eq!(one.category(domain, school), other.category(domain, twin), "{seed}");
            for slot in 0..one.window.len() {
                let told = |outcome: &Outcome, school: usize| {
                    let standing = outcome.standing(domain, school, slot)?;
                    Some((standing.index, standing.rank.map(|rank| rank.rank), standing.label))
                };
                assert_eq!(told(&one, school), told(&other, twin), "{seed}");
            }
        }
    }
}

#[test]
fn a_constant_added_to_all_changes_nothing() {
    for seed in 0..6 {
        let method = parameters(seed);
        let recipe = Recipe { missing: 10, ..RECIPES[seed as usize % 2] };
        let mut draft = random(&method, recipe, seed);
        let before = outcome(&method, &draft);
        let indicator = seed as usize;
        let third = Number::one().checked_div(&Number::from_int(3)).expect("not by zero");
        for (_, figures) in &mut draft.rows {
            // A third does not fit the cells of a table: the other arithmetic must say the same.
            figures[indicator] = figures[indicator].as_ref().map(|figure| figure + &third);
        }
        assert_eq!(before, outcome(&method, &draft), "{seed}");
    }
}

/// Of c indicators g are lags that the school has a figure of, and l of these lag.
#[test]
fn the_two_readings_of_a_lag_differ_by_a_known_sum() {
    let inverse = khabarovsk();
    let mut literal = khabarovsk();
    for term in &mut literal.domains[0].terms {
        if let Scoring::Lag { lagging, keeping, .. } = &mut term.scoring {
            std::mem::swap(lagging, keeping);
        }
    }
    let recipe = Recipe { schools: 12, missing: 20, groups: 2, ..PLAIN };
    let draft = random(&inverse, recipe, 3);
    let table = draft.table(inverse.indicators.len());
    for school in 0..draft.schools.len() {
        let years = |method: &Method| {
            explain(method, &table, school).expect("a school").domains[0].years.clone()
        };
        for (one, other) in years(&inverse).iter().zip(&years(&literal)) {
            let (Some(one_index), Some(other_index)) = (&one.exact, &other.exact) else { continue };
            let lags = one.terms.iter().filter(|term| term.indicator >= 14 && term.worth.is_some());
            let g = lags.clone().count() as i64;
            let l = lags.filter(|term| term.worth == Some(Number::zero())).count() as i64;
            let c = i64::from(one.place.standing.present);
            let expected = Number::from_int(g - 2 * l).checked_div(&Number::from_int(c));
            assert_eq!(Some(one_index - other_index), expected, "{school}");
        }
    }
}

#[test]
fn what_explains_an_index_adds_up_to_it() {
    let method = khabarovsk();
    let table =
        random(&method, Recipe { missing: 10, ..RECIPES[0] }, 2).table(method.indicators.len());
    let outcome = identify(&method, &table);
    for school in 0..6 {
        let explanation = explain(&method, &table, school).expect("a school");
        for domain in &explanation.domains {
            assert_eq!(domain.category, outcome.category(domain.domain, school));
            assert_eq!(domain.rejected.len(), domain.category.expect("a verdict"));
            for (slot, year) in domain.years.iter().enumerate() {
                let standing = outcome.standing(domain.domain, school, slot).expect("a standing");
                assert_eq!(year.place.standing, *standing);
                let index = year.exact.as_ref().map(|exact| exact.to_plain());
                assert_eq!(index, standing.index.map(|index| index.to_string()));
                let border = year.place.border.expect("a border");
                assert_eq!((border.domain, border.slot), (domain.domain, Some(slot)));
                assert!(!year.place.neighbours.is_empty());
                assert!(year.place.neighbours.iter().all(|it| it.label != standing.label));
            }
        }
    }
    assert_eq!(explain(&method, &table, 1_000), None);
}

#[test]
fn cores_change_nothing() {
    let squares: Vec<usize> = (0..37).map(|at| at * at).collect();
    for cores in 1..6 {
        assert_eq!(parallel::map_on(cores, 37, |at| at * at), squares);
    }
}
