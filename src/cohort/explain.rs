//! How one school came to its verdict: plain data, figure by figure and rule by rule.

use num_rational::BigRational;

use super::index::{Column, Figures, Neighbour, Workings, exact_figure};
use super::{Answer, Border, Cell, Method, Over, Ranked, Sign, Standing, Table};
use crate::base::Number;

/// A school, explained. Numbers of domains, indicators and so on are those of the method.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// The years that counted, the oldest first.
    pub window: Vec<i32>,
    pub domains: Vec<ExplainedDomain>,
    pub criteria: Vec<ExplainedCriterion>,
}

/// How a domain came to its verdict.
#[derive(Clone, Debug, PartialEq)]
pub struct ExplainedDomain {
    pub domain: usize,
    /// Those in which the school has a row.
    pub years: Vec<ExplainedYear>,
    /// Of a window that is ranked as a whole.
    pub whole: Option<Place>,
    /// The category that fits, and those before it, which do not.
    pub category: Option<usize>,
    pub rejected: Vec<usize>,
}

/// A year of a school in a domain.
#[derive(Clone, Debug, PartialEq)]
pub struct ExplainedYear {
    pub year: i32,
    /// Into `Method::groups`.
    pub group: usize,
    /// As `Domain::terms`.
    pub terms: Vec<ExplainedTerm>,
    /// The mean, exactly; `None` where too few indicators count.
    pub exact: Option<Number>,
    pub place: Place,
}

/// Where a school stands, and how far the borders are.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    pub standing: Standing,
    /// Of the schools that it is ranked among; `None` where nobody is ranked.
    pub border: Option<Border>,
    /// The nearest schools with another label: the higher one first.
    pub neighbours: Vec<Neighbour>,
}

/// An indicator in a mean.
#[derive(Clone, Debug, PartialEq)]
pub struct ExplainedTerm {
    pub indicator: usize,
    pub figure: Option<Number>,
    /// The least and the greatest figure that it is measured between; `None` of a lag, and where all
    /// figures are one or there is none.
    pub span: Option<(Number, Number)>,
    /// From 0 to 1; `None` where it does not count.
    pub worth: Option<Number>,
    /// What it adds to the index: the worth over the number of indicators that count.
    pub part: Option<Number>,
}

/// A criterion and the figures that it looks at.
#[derive(Clone, Debug, PartialEq)]
pub struct ExplainedCriterion {
    pub criterion: usize,
    pub answer: Answer,
    /// By indicator: the figure that is compared, of the last year or the mean of the window.
    pub figures: Vec<(usize, Option<Number>)>,
}

/// Explains a school (of `Table::schools`); `None` of one that is not in the table.
pub fn explain(method: &Method, table: &Table, school: usize) -> Option<Explanation> {
    table.schools.get(school)?;
    let workings = Workings::new(method, table);
    let explained = Explained { workings: &workings, school };
    Some(Explanation {
        window: workings.outcome.window.clone(),
        domains: (0..method.domains.len()).map(|domain| explained.domain(domain)).collect(),
        criteria: (0..method.criteria.len()).map(|at| explained.criterion(at)).collect(),
    })
}

struct Explained<'a> {
    workings: &'a Workings<'a>,
    school: usize,
}

impl Explained<'_> {
    fn domain(&self, domain: usize) -> ExplainedDomain {
        let workings = self.workings;
        let declared = workings.method.domains.get(domain);
        let slots = 0..workings.outcome.window.len();
        let category = workings.outcome.category(domain, self.school);
        let is_judged = workings.outcome.schools.get(self.school);
        let is_judged = is_judged.is_some_and(|judged| judged.excluded.is_none());
        let n_categories = declared.map_or(0, |declared| declared.categories.len());
        let is_whole = declared.is_some_and(|it| it.ranked == Ranked::MeanOfWindow);
        let overall = workings.outcome.overall(domain, self.school).filter(|_| is_whole);
        ExplainedDomain {
            domain,
            years: slots.filter_map(|slot| self.year(domain, slot)).collect(),
            whole: overall.map(|standing| self.place(domain, None, standing)),
            category,
            rejected: if is_judged {
                (0..category.unwrap_or(n_categories)).collect()
            } else {
                Vec::new()
            },
        }
    }

    fn year(&self, domain: usize, slot: usize) -> Option<ExplainedYear> {
        let workings = self.workings;
        let row = workings.outcome.row(self.school, slot)?;
        let standing = workings.outcome.standing(domain, self.school, slot)?;
        let declared = workings.method.domains.get(domain)?;
        let pool = workings.pool(domain, self.school, slot)?;
        let terms = declared.terms.iter().zip(&pool.columns);
        let term = |(term, column): (&super::Term, &Column)| {
            let cell = workings.figures.cell(row, term.indicator);
            let worth = column.exact(cell);
            ExplainedTerm {
                indicator: term.indicator,
                figure: exact_figure(cell),
                span: column.span(),
                part: worth.as_ref().map(|worth| part(worth, standing.present)),
                worth: worth.map(Number::from_rational),
            }
        };
        let terms: Vec<ExplainedTerm> = terms.map(term).collect();
        let sum = |sum: Number, part: &Number| &sum + part;
        let exact = terms.iter().filter_map(|term| term.part.as_ref()).fold(Number::zero(), sum);
        Some(ExplainedYear {
            year: workings.outcome.window.get(slot).copied()?,
            group: usize::from(workings.table.rows.get(row)?.group),
            terms,
            exact: standing.index.map(|_| exact),
            place: self.place(domain, Some(slot), standing),
        })
    }

    fn place(&self, domain: usize, slot: Option<usize>, standing: &Standing) -> Place {
        let workings = self.workings;
        let last = workings.outcome.window.len().saturating_sub(1);
        let at = slot.unwrap_or(last);
        let pool = workings.pool_number(self.school, at);
        let borders = workings.outcome.borders.iter();
        let of_pool = |border: &&Border| {
            let apart = workings.method.groups_apart();
            let number = border.base as usize * apart + border.group.map_or(0, usize::from);
            border.domain == domain && border.slot == slot && Some(number) == pool
        };
        let near = match standing.rank {
            None => Vec::new(),
            Some(_) => workings.neighbours(
                domain,
                self.school,
                slot.unwrap_or(0),
                workings.table.schools.len(),
            ),
        };
        Place {
            standing: *standing,
            border: borders.clone().find(of_pool).copied(),
            neighbours: near,
        }
    }

    fn criterion(&self, at: usize) -> ExplainedCriterion {
        let rule = self.workings.method.criteria.get(at).map(|criterion| &criterion.rule);
        let figures = match rule {
            Some(Sign::Threshold { indicators, over, .. }) => {
                indicators.iter().map(|it| (*it, self.figure(*it, *over))).collect()
            }
            Some(Sign::BelowMean { indicator, .. }) => {
                vec![(*indicator, self.figure(*indicator, Over::LastYear))]
            }
            _ => Vec::new(),
        };
        let answer = self.workings.outcome.answer(self.school, at);
        ExplainedCriterion { criterion: at, answer, figures }
    }

    fn figure(&self, indicator: usize, over: Over) -> Option<Number> {
        let workings = self.workings;
        let figure = |slot: usize| match workings.outcome.row(self.school, slot) {
            Some(row) => exact_figure(workings.figures.cell(row, indicator)),
            None => exact_figure(Cell::Missing),
        };
        let n_slots = workings.outcome.window.len();
        match over {
            Over::LastYear => figure(n_slots.checked_sub(1)?),
            Over::MeanOfWindow => {
                let all: Option<Vec<Number>> = (0..n_slots).map(figure).collect();
                let sum = all?.iter().fold(Number::zero(), |sum, own| &sum + own);
                sum.checked_div(&Number::from_int(i64::try_from(n_slots).ok()?))
            }
        }
    }
}

fn part(worth: &BigRational, present: u16) -> Number {
    let worth = Number::from_rational(worth.clone());
    worth.checked_div(&Number::from_int(i64::from(present))).unwrap_or(worth)
}
