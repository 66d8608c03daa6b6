//! A calculation with everything that it went through: the outcome, and what asks «what if» of it.

use super::categories::{Evidence, category, counted};
use super::criteria::{Asked, Criteria};
use super::figures::{Figures, Read, Without};
use super::frame::Frame;
use super::ranking::{Calculated, Seen, calculate};
use crate::cohort::outcome::NO_CATEGORY;
use crate::cohort::{
    Answer, Border, Domain, Label, Method, Outcome, Ranked, Ranking, Reason, Role, Table,
};

/// A method held against a table, step by step.
pub struct Workings<'a> {
    pub method: &'a Method,
    pub table: &'a Table,
    pub figures: Read<'a>,
    pub frame: Frame,
    /// As `Method::domains`.
    pub domains: Vec<Calculated>,
    pub criteria: Criteria<'a>,
    /// Whether anybody can be judged by a criterion.
    pub in_use: Vec<bool>,
    pub outcome: Outcome,
}

impl<'a> Workings<'a> {
    pub fn new(method: &'a Method, table: &'a Table) -> Self {
        let figures = Read::new(method, table);
        let frame = Frame::new(method, table, &figures);
        let criteria = Criteria::new(method, &frame, &figures);
        let mut workings = Self {
            method,
            table,
            figures,
            frame,
            domains: Vec::new(),
            criteria,
            in_use: Vec::new(),
            outcome: Outcome::default(),
        };
        workings.domains = method
            .domains
            .iter()
            .map(|domain| calculate(&workings.seen(domain, &workings.figures)))
            .collect();
        let mut rankings = Vec::new();
        let mut borders = Vec::new();
        for (at, domain) in workings.domains.iter_mut().enumerate() {
            rankings.push(std::mem::take(&mut domain.ranking));
            borders.extend(domain.borders.drain(..).map(|it| Border { domain: at, ..it }));
        }
        let (outcome, in_use) =
            workings.conclude(&workings.figures, &workings.criteria, rankings, borders);
        workings.outcome = outcome;
        workings.in_use = in_use;
        workings
    }

    /// What a calculation of a domain with these figures looks at.
    pub fn seen<'s, F>(&'s self, domain: &'s Domain, figures: &'s F) -> Seen<'s, F> {
        Seen { method: self.method, table: self.table, frame: &self.frame, domain, figures }
    }

    /// The outcome as if nobody had an indicator, the window as it is.
    pub fn without(&self, indicator: usize) -> Outcome {
        let figures = Without { figures: &self.figures, indicator };
        let domains = self.method.domains.iter().zip(&self.outcome.domains);
        let again = |(domain, known): (&Domain, &Ranking)| {
            let uses = domain.terms.iter().any(|term| term.indicator == indicator);
            match uses {
                true => calculate(&self.seen(domain, &figures)).ranking,
                false => Ranking { categories: Vec::new(), ..known.clone() },
            }
        };
        let criteria = Criteria::new(self.method, &self.frame, &figures);
        self.conclude(&figures, &criteria, domains.map(again).collect(), Vec::new()).0
    }

    /// Criteria and verdicts, from the labels of all domains.
    fn conclude<F: Figures>(
        &self,
        figures: &F,
        criteria: &Criteria<'_>,
        domains: Vec<Ranking>,
        borders: Vec<Border>,
    ) -> (Outcome, Vec<bool>) {
        let mut outcome = Outcome {
            window: self.frame.window.clone(),
            schools: self.frame.judged.clone(),
            domains,
            bases: self.frame.bases.clone(),
            borders,
            rows: self.frame.rows.clone(),
            answers: Vec::new(),
        };
        let n_criteria = self.method.criteria.len();
        let mut answers = Vec::with_capacity(outcome.schools.len() * n_criteria);
        for (school, judged) in outcome.schools.iter().enumerate() {
            if n_criteria == 0 || judged.excluded.is_some() {
                answers.extend(self.method.criteria.iter().map(|_| Answer::Unknown));
                continue;
            }
            let rows = self.frame.rows_of(school);
            let asked = Asked { figures, rows: &rows, base: judged.base as usize, shift: None };
            let labels = labels(self.method, &outcome, school);
            answers.extend(criteria.answers(&asked, &|domain| last(&labels, domain)));
        }
        outcome.answers = answers;
        let in_use = in_use(&outcome.answers, n_criteria);
        for school in 0..outcome.schools.len() {
            self.judge(&mut outcome, &in_use, school);
        }
        (outcome, in_use)
    }

    fn judge(&self, outcome: &mut Outcome, in_use: &[bool], school: usize) {
        let width = self.method.criteria.len();
        let answers: Vec<Answer> = (0..width).map(|at| outcome.answer(school, at)).collect();
        let is_out = outcome.schools.get(school).is_none_or(|it| it.excluded.is_some());
        let found = match is_out {
            true => vec![None; outcome.domains.len()],
            false => {
                let labels = labels(self.method, outcome, school);
                categories(self.method, &labels, &answers, in_use)
            }
        };
        for (ranking, category) in outcome.domains.iter_mut().zip(found) {
            let category = category.and_then(|category| u8::try_from(category).ok());
            ranking.categories.push(category.unwrap_or(NO_CATEGORY));
        }
        if let Some(judged) = outcome.schools.get_mut(school) {
            judged.met = met(self.method, &answers);
        }
    }
}

/// The labels of a school, domain by domain: of the years of the window, or the one of a window that is
/// ranked as a whole.
pub fn labels(method: &Method, outcome: &Outcome, school: usize) -> Vec<Vec<Label>> {
    let n_slots = outcome.window.len();
    let of_domain = |(domain, ranking): (&Domain, &Ranking)| -> Vec<Label> {
        let found = match domain.ranked {
            Ranked::MeanOfWindow => ranking.overall.get(school..=school),
            Ranked::EachYear => ranking.standings.get(school * n_slots..(school + 1) * n_slots),
        };
        found.unwrap_or_default().iter().map(|standing| standing.label).collect()
    };
    method.domains.iter().zip(&outcome.domains).map(of_domain).collect()
}

/// The label of a domain that a criterion looks at.
pub fn last(labels: &[Vec<Label>], domain: usize) -> Label {
    let label = labels.get(domain).and_then(|labels| labels.last()).copied();
    label.unwrap_or(Label::Without(Reason::NoData))
}

/// The verdicts on a school, domain by domain.
pub fn categories(
    method: &Method,
    labels: &[Vec<Label>],
    answers: &[Answer],
    in_use: &[bool],
) -> Vec<Option<usize>> {
    let domains = method.domains.iter().zip(labels);
    domains
        .map(|(domain, labels)| category(domain, &Evidence { labels, answers, in_use }))
        .collect()
}

fn in_use(answers: &[Answer], n_criteria: usize) -> Vec<bool> {
    let mut in_use = vec![false; n_criteria];
    for answers in answers.chunks(n_criteria.max(1)) {
        for (used, answer) in in_use.iter_mut().zip(answers) {
            *used |= *answer != Answer::Unknown;
        }
    }
    in_use
}

fn met(method: &Method, answers: &[Answer]) -> u16 {
    let of_results = method.domains.iter().find(|domain| domain.role == Some(Role::Results));
    let is_met = |at: usize| answers.get(at) == Some(&Answer::Yes);
    let met = match of_results.and_then(counted) {
        Some(counted) => counted.iter().filter(|at| is_met(**at)).count(),
        None => (0..answers.len()).filter(|at| is_met(*at)).count(),
    };
    u16::try_from(met).unwrap_or(u16::MAX)
}
