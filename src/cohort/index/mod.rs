//! The calculation: from the figures of a table to the verdict on every school.

mod bands;
mod categories;
mod column;
mod criteria;
mod figures;
mod fixed;
mod frame;
mod order;
mod parallel;
mod pool;
mod ranking;

use self::categories::{Evidence, category, counted};
use self::criteria::{Asked, Criteria};
use self::figures::{Figures, Read};
use self::frame::Frame;
use self::ranking::{Calculated, Seen, calculate};
use super::outcome::NO_CATEGORY;
use super::{Answer, Label, Method, Outcome, Ranked, Ranking, Reason, Role, Table};

/// Holds a method against the figures of a table.
pub fn identify(method: &Method, table: &Table) -> Outcome {
    let figures = Read::new(method, table);
    let frame = Frame::new(method, table, &figures);
    let calculated: Vec<Calculated> = (0..method.domains.len())
        .filter_map(|domain| calculate_domain(method, table, &frame, domain, &figures))
        .collect();
    conclude(method, frame, &figures, calculated)
}

fn calculate_domain<F: Figures>(
    method: &Method,
    table: &Table,
    frame: &Frame,
    domain: usize,
    figures: &F,
) -> Option<Calculated> {
    let domain = method.domains.get(domain)?;
    Some(calculate(&Seen { method, table, frame, domain, figures }))
}

/// Criteria and verdicts, from the labels of all domains.
fn conclude(
    method: &Method,
    frame: Frame,
    figures: &impl Figures,
    calculated: Vec<Calculated>,
) -> Outcome {
    let mut borders = Vec::new();
    let mut domains = Vec::new();
    for (domain, mut it) in calculated.into_iter().enumerate() {
        it.borders.iter_mut().for_each(|border| border.domain = domain);
        borders.append(&mut it.borders);
        domains.push(it.ranking);
    }
    let mut outcome = Outcome {
        window: frame.window.clone(),
        schools: frame.judged.clone(),
        domains,
        bases: frame.bases.clone(),
        borders,
        rows: frame.rows.clone(),
        answers: Vec::new(),
    };
    outcome.answers = answers(method, &frame, figures, &outcome);
    let in_use = in_use(&outcome.answers, method.criteria.len());
    for school in 0..outcome.schools.len() {
        judge(method, &mut outcome, &in_use, school);
    }
    outcome
}

/// Of every school, every criterion.
fn answers(
    method: &Method,
    frame: &Frame,
    figures: &impl Figures,
    outcome: &Outcome,
) -> Vec<Answer> {
    let criteria = Criteria::new(method, frame, figures);
    let mut answers = Vec::with_capacity(outcome.schools.len() * method.criteria.len());
    for (school, judged) in outcome.schools.iter().enumerate() {
        if judged.excluded.is_some() {
            answers.extend(method.criteria.iter().map(|_| Answer::Unknown));
            continue;
        }
        let rows: Vec<Option<usize>> =
            (0..frame.n_slots()).map(|slot| frame.row(school, slot)).collect();
        let asked = Asked { figures, rows: &rows, base: judged.base as usize, shift: None };
        let label = |domain: usize| {
            let labels = outcome.domains.get(domain).zip(method.domains.get(domain));
            let labels = labels.map(|(ranking, it)| ranking.labels(it.ranked, school, &rows));
            labels.and_then(|it| it.last().copied()).unwrap_or(Label::Without(Reason::NoData))
        };
        answers.extend(criteria.answers(&asked, &label));
    }
    answers
}

/// Whether anybody can be judged by a criterion.
fn in_use(answers: &[Answer], n_criteria: usize) -> Vec<bool> {
    let mut in_use = vec![false; n_criteria];
    for answers in answers.chunks(n_criteria.max(1)) {
        for (used, answer) in in_use.iter_mut().zip(answers) {
            *used |= *answer != Answer::Unknown;
        }
    }
    in_use
}

fn judge(method: &Method, outcome: &mut Outcome, in_use: &[bool], school: usize) {
    let is_out = outcome.schools.get(school).is_none_or(|judged| judged.excluded.is_some());
    let width = method.criteria.len();
    let answers = outcome.answers.get(school * width..(school + 1) * width).unwrap_or_default();
    let rows: Vec<Option<usize>> =
        (0..outcome.window.len()).map(|slot| outcome.row(school, slot)).collect();
    for (domain, ranking) in method.domains.iter().zip(&mut outcome.domains) {
        let labels = ranking.labels(domain.ranked, school, &rows);
        let evidence = Evidence { labels: &labels, answers, in_use };
        let found = if is_out { None } else { category(domain, &evidence) };
        let found = found.and_then(|category| u8::try_from(category).ok());
        ranking.categories.push(found.unwrap_or(NO_CATEGORY));
    }
    let of_results = method.domains.iter().find(|domain| domain.role == Some(Role::Results));
    let all: Vec<usize> = (0..width).collect();
    let of_verdict = of_results.and_then(counted).unwrap_or(&all);
    let met = of_verdict.iter().filter(|at| answers.get(**at) == Some(&Answer::Yes)).count();
    if let Some(judged) = outcome.schools.get_mut(school) {
        judged.met = u16::try_from(met).unwrap_or(u16::MAX);
    }
}

impl Ranking {
    /// The labels of a school: of the years of the window, or the one of a window ranked as a whole.
    fn labels(&self, ranked: Ranked, school: usize, rows: &[Option<usize>]) -> Vec<Label> {
        if ranked == Ranked::MeanOfWindow {
            return self.overall.get(school).map(|standing| standing.label).into_iter().collect();
        }
        let years = self.standings.get(school * rows.len()..).unwrap_or_default();
        years.iter().take(rows.len()).map(|standing| standing.label).collect()
    }
}
