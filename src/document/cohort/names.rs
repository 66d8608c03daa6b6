//! The names that texts may use of an identification.

use std::collections::BTreeSet;

use super::Cohort;
use super::counts::whole;
use super::fields::named;
use super::reading::joined;
use crate::base::Id;
use crate::cohort::Role;
use crate::document::view::View;
use crate::text::{QuantityUnit, TextValue};

/// The value of a name: `идентификация.школ`, or a list such as `школы_шнро`. `None` for a name that
/// is not of an identification; missing where none stands behind the document.
pub(in crate::document) fn value(
    view: &View<'_>,
    head: &str,
    part: Option<&str>,
) -> Option<TextValue> {
    let Some(cohort) = view.cohort else {
        return ["методика", "идентификация"].contains(&head).then_some(TextValue::Missing);
    };
    match (head, part) {
        ("методика", Some(part)) => of_methodology(&cohort, part),
        ("идентификация", Some(part)) => of_whole(&cohort, part),
        (list, None) => elements(&cohort, list).map(TextValue::List),
        _ => None,
    }
}

fn of_methodology(cohort: &Cohort<'_>, part: &str) -> Option<TextValue> {
    Some(match part {
        "название" => TextValue::AsIs(cohort.of.method.title.clone()),
        "источник" => {
            let cite = cohort.methodology().and_then(|it| it.meta.source.as_ref());
            let source = cite.and_then(|cite| cohort.model.sources.get(&cite.source));
            source.map_or(TextValue::Missing, |it| TextValue::AsIs(it.meta.title.clone()))
        }
        "уточняют_эксперты" => {
            TextValue::Truth(cohort.methodology().is_some_and(|it| it.adjusted_by_experts))
        }
        _ => return None,
    })
}

fn of_whole(cohort: &Cohort<'_>, part: &str) -> Option<TextValue> {
    let outcome = cohort.outcome();
    let year = |year: Option<&i32>| {
        year.map_or(TextValue::Missing, |year| TextValue::AsIs(year.to_string()))
    };
    Some(match part {
        "годы" => TextValue::AsIs(joined(&outcome.window)),
        "первый_год" => year(outcome.window.first()),
        "последний_год" => year(outcome.window.last()),
        "школ" => count(outcome.schools.len()),
        "участвуют" => count(outcome.schools.len() - outcome.n_excluded()),
        "исключено" => count(outcome.n_excluded()),
        "муниципалитетов" => {
            let schools = cohort.judged().into_iter();
            let named = schools.filter_map(|school| cohort.of.table.schools.get(school));
            let named: BTreeSet<&str> = named.map(|it| it.municipality.trim()).collect();
            count(named.len())
        }
        "групп" => {
            let groups: BTreeSet<String> =
                cohort.judged().into_iter().map(|school| cohort.group_of(school)).collect();
            count(groups.len())
        }
        "показателей" => {
            count(cohort.of.method.indicators.iter().filter(|measure| measure.counts).count())
        }
        "результаты_известны" => {
            TextValue::Truth(is_known(cohort, Role::Results))
        }
        "условия_известны" => TextValue::Truth(is_known(cohort, Role::Conditions)),
        _ => return None,
    })
}

/// Whether any school has an index of which a verdict of this role speaks.
fn is_known(cohort: &Cohort<'_>, role: Role) -> bool {
    let Some((domain, _)) = cohort.domain(role) else { return false };
    cohort.judged().into_iter().any(|school| cohort.of.has_index(domain, school))
}

fn elements(cohort: &Cohort<'_>, list: &str) -> Option<Vec<TextValue>> {
    let words = |texts: Vec<String>| texts.into_iter().map(titled).collect();
    Some(match list {
        "исключенные_школы" => names_of(cohort, cohort.left_out()),
        "признаки_методики" => {
            words(cohort.of.method.criteria.iter().map(|it| it.title.clone()).collect())
        }
        "предупреждения_методики" => words(cohort.warnings().to_vec()),
        "неустойчивые_заключения" => {
            names_of(cohort, cohort.fragile.iter().map(|it| it.school).collect())
        }
        "замечания_к_данным" => {
            words(cohort.issues.iter().map(|it| it.title.clone()).collect())
        }
        _ => names_of(cohort, cohort.schools_of(&Id::new(list))?),
    })
}

fn names_of(cohort: &Cohort<'_>, schools: Vec<usize>) -> Vec<TextValue> {
    let schools = schools.into_iter().filter_map(|school| cohort.of.table.schools.get(school));
    schools.map(|school| titled(named(&school.name, &school.id))).collect()
}

fn titled(title: String) -> TextValue {
    TextValue::Record(vec![("название".to_owned(), TextValue::AsIs(title))])
}

fn count(number: usize) -> TextValue {
    TextValue::Quantity { value: whole(number), unit: QuantityUnit::Plain }
}
