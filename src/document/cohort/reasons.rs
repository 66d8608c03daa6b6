//! Why a school got its verdicts: the rule that fitted, then its index of each year.

use super::Cohort;
use super::fields::index;
use crate::cohort::Domain;
use crate::document::types::Because;
use crate::eval::ProofKind;

impl<'a> Cohort<'a> {
    /// Of every domain that gives a verdict.
    pub fn reasons(&self, school: usize) -> Vec<Because> {
        let ruling = self.domains().filter(|(_, domain)| !domain.categories.is_empty());
        let each = ruling.flat_map(|(at, domain)| {
            let rule = self.fitting_rule(at, domain, school);
            rule.into_iter().chain(self.indices(at, domain, school)).collect::<Vec<_>>()
        });
        each.collect()
    }

    fn fitting_rule(&self, at: usize, domain: &Domain, school: usize) -> Option<Because> {
        let category = domain.categories.get(self.outcome().category(at, school)?)?;
        let rule = self.rule(domain, &category.rule);
        Some(Because {
            kind: ProofKind::Rule.russian().to_owned(),
            reference: self.of.method.id.to_string(),
            text: format!("{}: {} — {rule}", domain.title, category.title),
            ..Because::default()
        })
    }

    fn indices(&self, at: usize, domain: &Domain, school: usize) -> Vec<Because> {
        let outcome = self.outcome();
        let years = outcome.window.iter().enumerate().filter_map(|(slot, year)| {
            let standing = outcome.standing(at, school, slot)?;
            let value = standing.index?;
            let place = standing.rank.map(|rank| format!(", место {}", rank.rank));
            let place = place.unwrap_or_default();
            Some(Because {
                kind: ProofKind::Value.russian().to_owned(),
                reference: domain.id.to_string(),
                text: format!("{}, {year} год: индекс {}{place}", domain.title, index(value)),
                value: Some(value.to_string()),
                at: Some(year.to_string()),
                ..Because::default()
            })
        });
        years.collect()
    }
}
