//! What is said to change a verdict changes it, and nothing else does.

use super::methods::{khabarovsk, lesosibirsk};
use super::tables::{Draft, PLAIN, Recipe, random};
use crate::cohort::index::{Pupil, Trial, Workings};
use crate::cohort::{
    Answer, Degenerate, Fragile, Method, OtherReading, Outcome, Ties, What, fragile, identify,
};

const RECIPES: [Recipe; 3] = [
    Recipe { schools: 14, groups: 1, participants: true, missing: 10, ..PLAIN },
    Recipe { schools: 14, groups: 2, participants: true, steps: 3, gaps: 10, ..PLAIN },
    Recipe { schools: 14, groups: 1, participants: true, steps: 1, missing: 60, ..PLAIN },
];

fn categories(method: &Method, outcome: &Outcome, school: usize) -> Vec<Option<usize>> {
    (0..method.domains.len()).map(|domain| outcome.category(domain, school)).collect()
}

/// The outcome, everything calculated anew with the changed figure.
fn anew(method: &Method, draft: &Draft, pupil: &Pupil) -> Outcome {
    let mut rows = draft.rows.clone();
    rows[pupil.row].1[pupil.indicator] = Some(Pupil::share(pupil.to));
    let (schools, participants) = (draft.schools.clone(), draft.participants.clone());
    let changed = Draft { schools, rows, participants };
    identify(method, &changed.table(method.indicators.len()))
}

/// The criteria by which somebody can be judged.
fn in_use(method: &Method, outcome: &Outcome) -> Vec<usize> {
    let is_used = |criterion: &usize| {
        (0..outcome.schools.len())
            .any(|school| outcome.answer(school, *criterion) != Answer::Unknown)
    };
    (0..method.criteria.len()).filter(is_used).collect()
}

fn pupils_are_tried_right(method: &Method, recipe: Recipe, seed: u64) -> usize {
    let draft = random(method, recipe, seed);
    let table = draft.table(method.indicators.len());
    let workings = Workings::new(method, &table);
    let trial = Trial::new(&workings);
    let mut n_changes = 0;
    for school in 0..table.schools.len() {
        for pupil in trial.pupils(school).0.iter().skip(seed as usize % 9).step_by(9) {
            let known = categories(method, &workings.outcome, school);
            let tried = trial.with_pupil(school, pupil);
            n_changes += usize::from(tried.is_some());
            let anew = anew(method, &draft, pupil);
            if in_use(method, &anew) == in_use(method, &workings.outcome) {
                let expected = categories(method, &anew, school);
                assert_eq!(tried.unwrap_or(known), expected, "{seed}: {school} {pupil:?}");
            }
        }
    }
    n_changes
}

#[test]
fn one_pupil_changes_what_a_new_calculation_says() {
    let mut n_changes = 0;
    for seed in 0..6 {
        let recipe = RECIPES[seed as usize % 3];
        for mut method in [khabarovsk(), lesosibirsk()] {
            for domain in &mut method.domains {
                let at = seed as usize / 2;
                domain.ties = [Ties::Include, Ties::Exclude, Ties::Id, Ties::Spss][at % 4];
                domain.degenerate = [Degenerate::Skip, Degenerate::Half][at % 2];
            }
            n_changes += pupils_are_tried_right(&method, recipe, seed);
        }
    }
    // Otherwise nothing was tried.
    assert!(n_changes > 8, "{n_changes}");
}

fn of(found: &[Fragile], what: What) -> Vec<&Fragile> {
    found.iter().filter(|it| it.what == what).collect()
}

#[test]
fn each_kind_of_change_is_told_once_and_in_order() {
    let method = khabarovsk();
    let table = random(&method, RECIPES[0], 1).table(method.indicators.len());
    let mut exclude = khabarovsk();
    exclude.domains[0].min_group = 100;
    let readings = [OtherReading {
        name: "Наименьшая группа", value: "100", method: &exclude
    }];
    let found = fragile(&method, &table, &readings);
    let all: Vec<&Fragile> = found.iter().flatten().collect();
    for what in [What::Border, What::Reading, What::OnePupil, What::Indicator] {
        assert!(all.iter().any(|it| it.what == what && it.becomes.is_some()), "{what:?}");
    }
    for of_school in &found {
        assert!(of_school.is_sorted_by_key(|it| it.what));
        // Nobody is ranked in so large a group: all verdicts by labels become unknown.
        assert!(of(of_school, What::Reading).iter().all(|it| {
            it.becomes.as_deref() == Some("недостаточно данных")
                && it.detail == "прочтение «Наименьшая группа»: 100"
        }));
    }
    assert_eq!(found, fragile(&method, &table, &readings));
}

#[test]
fn without_the_number_of_participants_one_pupil_is_unknown() {
    let method = khabarovsk();
    let recipe = Recipe { participants: false, ..RECIPES[0] };
    let table = random(&method, recipe, 1).table(method.indicators.len());
    for of_school in fragile(&method, &table, &[]) {
        let found = of(&of_school, What::OnePupil);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].detail, "неизвестно: нет числа участников");
        assert_eq!(found[0].becomes, None);
    }
}
