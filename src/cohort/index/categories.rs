//! The verdict on a school: the first category whose rule holds.

use crate::cohort::{Answer, Domain, Label, Needed, Rule};

/// What the rules of a domain look at.
pub struct Evidence<'a> {
    /// Of the years of the window, the oldest first; of a window that is ranked as a whole, the one.
    pub labels: &'a [Label],
    /// As `Method::criteria`.
    pub answers: &'a [Answer],
    /// Whether anybody can be judged by a criterion.
    pub in_use: &'a [bool],
}

/// The first category that fits, into `Domain::categories`.
pub fn category(domain: &Domain, evidence: &Evidence<'_>) -> Option<usize> {
    domain.categories.iter().position(|category| holds(&category.rule, evidence))
}

pub fn holds(rule: &Rule, evidence: &Evidence<'_>) -> bool {
    match rule {
        Rule::EachYear { band, years } => {
            let last = evidence.last(*years);
            last.len() == *years && last.iter().all(|label| is_band(label, *band))
        }
        Rule::SomeYears { band, at_least, years } => {
            let last = evidence.last(*years);
            last.iter().filter(|label| is_band(label, *band)).count() >= *at_least
        }
        Rule::KnownIn { fewer_than } => {
            let is_known = |label: &&Label| !matches!(label, Label::Without(_));
            evidence.labels.iter().filter(is_known).count() < *fewer_than
        }
        Rule::Enough { criteria, needed } => evidence.enough(criteria, *needed) == Some(true),
        Rule::Open { criteria, needed } => evidence.enough(criteria, *needed).is_none(),
        Rule::Otherwise => true,
    }
}

fn is_band(label: &Label, band: usize) -> bool {
    matches!(label, Label::Band(own) if usize::from(*own) == band)
}

impl Evidence<'_> {
    fn last(&self, years: usize) -> &[Label] {
        let spare = self.labels.len().saturating_sub(years);
        self.labels.get(spare..).unwrap_or_default()
    }

    /// Whether so many criteria hold; unknown also where nobody can be judged by any of them.
    fn enough(&self, criteria: &[usize], needed: Needed) -> Option<bool> {
        let used = criteria.iter().filter(|at| self.in_use.get(**at).is_some_and(|used| *used));
        let answers: Vec<Answer> =
            used.map(|at| self.answers.get(*at).copied().unwrap_or(Answer::Unknown)).collect();
        let of = |answer: Answer| answers.iter().filter(|own| **own == answer).count();
        let needed = match needed {
            Needed::All => answers.len(),
            Needed::AtLeast(count) => count as usize,
        };
        if answers.is_empty() {
            return None;
        }
        match (of(Answer::Yes) >= needed, of(Answer::Yes) + of(Answer::Unknown) < needed) {
            (true, _) => Some(true),
            (false, true) => Some(false),
            (false, false) => None,
        }
    }
}

/// The criteria that the verdict of a domain counts: those of its first rule that counts any.
pub fn counted(domain: &Domain) -> Option<&[usize]> {
    domain.categories.iter().find_map(|category| match &category.rule {
        Rule::Enough { criteria, .. } | Rule::Open { criteria, .. } => Some(criteria.as_slice()),
        _ => None,
    })
}
