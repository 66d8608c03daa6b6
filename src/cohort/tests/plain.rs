//! The calculation says what the plain reading says, for any figures and any parameter.

use super::methods::{khabarovsk, lesosibirsk, number};
use super::naive;
use super::tables::{PLAIN, Recipe, random};
use crate::cohort::{Degenerate, Least, Method, Ranked, Rounding, Rule, Table, Ties, identify};

fn compare(method: &Method, table: &Table, what: &str) {
    let outcome = identify(method, table);
    assert_eq!(outcome.window, naive::window(method, table), "{what}");
    for (at, domain) in method.domains.iter().enumerate() {
        let plain = naive::calculate(method, table, domain);
        for school in 0..table.schools.len() {
            for slot in 0..outcome.window.len() {
                let place = format!("{what}: {} {school} {slot}", domain.id);
                let standing = outcome.standing(at, school, slot);
                let index = standing.and_then(|it| it.index).map(|index| index.0);
                let expected = plain.indices.get(&(school, slot)).map(naive::rounded);
                assert_eq!(index, expected, "{place}");
                if domain.ranked == Ranked::EachYear {
                    let own =
                        standing.and_then(|it| Some((it.rank?.rank, it.rank?.position, it.band())));
                    assert_eq!(own, plain.places.get(&(school, slot)).copied(), "{place}");
                }
            }
            if domain.ranked == Ranked::MeanOfWindow {
                let standing = outcome.overall(at, school);
                let own =
                    standing.and_then(|it| Some((it.rank?.rank, it.rank?.position, it.band())));
                assert_eq!(own, plain.places.get(&(school, 0)).copied(), "{what}: {school}");
            }
            let is_of_bands = domain
                .categories
                .iter()
                .all(|category| !matches!(category.rule, Rule::Enough { .. } | Rule::Open { .. }));
            if is_of_bands && outcome.schools[school].excluded.is_none() {
                let expected = plain.categories.get(&school).copied();
                assert_eq!(outcome.category(at, school), expected, "{what}: {school}");
            }
        }
    }
}

const RECIPES: [(&str, Recipe); 5] = [
    ("fine", Recipe { missing: 10, gaps: 10, ..PLAIN }),
    ("coarse", Recipe { steps: 3, missing: 10, gaps: 10, ..PLAIN }),
    ("few values", Recipe { steps: 1, missing: 40, groups: 2, ..PLAIN }),
    ("clones", Recipe { clones: 40, missing: 10, ..PLAIN }),
    ("large", Recipe { steps: 5, large: 20, missing: 10, schools: 40, ..PLAIN }),
];

fn with_parameters(mut method: Method, at: u64) -> Method {
    let pick = |of: u64, shift: u64| (at / shift) % of;
    for domain in &mut method.domains {
        domain.ties = [Ties::Include, Ties::Exclude, Ties::Id, Ties::Spss][pick(4, 1) as usize];
        domain.rounding = [Rounding::Floor, Rounding::HalfUp, Rounding::HalfEven, Rounding::Ceil]
            [pick(4, 3) as usize];
        domain.degenerate = [Degenerate::Skip, Degenerate::Zero, Degenerate::Half, Degenerate::One]
            [pick(4, 5) as usize];
        domain.min_present = match pick(4, 2) {
            0 => Least::Share(number("0,5")),
            1 => Least::Share(number("0,77")),
            2 => Least::Count(3),
            _ => Least::Count(0),
        };
        domain.min_group = [4, 1, 9][pick(3, 1) as usize];
    }
    method.by_group = pick(3, 7) > 0;
    method
}

#[test]
fn khabarovsk_is_what_it_says() {
    for (name, recipe) in RECIPES {
        for seed in 0..6 {
            let method = with_parameters(khabarovsk(), 7 * seed);
            let table = random(&method, recipe, seed).table(method.indicators.len());
            compare(&method, &table, &format!("{name} {seed}"));
        }
    }
}

#[test]
fn a_window_ranked_as_a_whole_is_what_it_says() {
    for (name, recipe) in RECIPES {
        for seed in 100..106 {
            let method = with_parameters(lesosibirsk(), 7 * seed);
            let table = random(&method, recipe, seed).table(method.indicators.len());
            compare(&method, &table, &format!("{name} {seed}"));
        }
    }
}
