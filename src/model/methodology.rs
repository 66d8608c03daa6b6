//! `методика`: how schools are identified, as the pack writes it, its parameters still open. Every step
//! of the pipeline says its kind or names the parameter that chooses it: nothing works behind the page.

use super::declarations::{Meta, Ref};
use super::primitives::*;
use crate::base::{Id, Number, Span};

/// A methodology.
#[derive(Clone, Debug)]
pub struct Methodology {
    pub id: Id,
    pub meta: Meta,
    /// What its reader has to know before using it.
    pub warnings: Vec<String>,
    pub parameters: Vec<Parameter>,
    /// Other headers of a table's columns, by the field (`school_id`, `year` …).
    pub headers: Vec<Header>,
    pub groups: Vec<SchoolGroup>,
    /// Whether the schools of each group are normalised and ranked apart.
    pub by_group: bool,
    /// What the calculation gives is not yet the list: experts have their say.
    pub adjusted_by_experts: bool,
    pub bounds: Vec<Bounds>,
    pub lacking: Vec<Line<Lacking>>,
    pub window: Option<Window>,
    pub base: Vec<Line<Base>>,
    pub out_of_range: Option<Setting<OutOfRange>>,
    pub duplicates: Option<Setting<Duplicates>>,
    /// Words in a school's name that make its place in the table doubtful.
    pub doubtful: Vec<String>,
    pub domains: Vec<Domain>,
    pub criteria: Vec<Criterion>,
}

/// A choice that the source leaves open; local to its methodology.
#[derive(Clone, Debug)]
pub struct Parameter {
    pub id: Id,
    pub meta: Meta,
    pub options: Vec<ParameterOption>,
    /// It may be a number as well.
    pub number: Option<NumberOption>,
    /// It is a list of years.
    pub years: bool,
    /// It comes from the methodology that this one is made of.
    pub inherited: bool,
}

#[derive(Clone, Debug)]
pub struct ParameterOption {
    pub id: Id,
    pub title: String,
    pub is_default: bool,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub struct NumberOption {
    pub title: String,
    pub default: Option<Figure>,
    pub span: Span,
}

/// A number as it was written: `1` counts, `1,0` is a share.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    pub number: Number,
    /// It has a decimal mark.
    pub is_share: bool,
}

/// What a parameter is set to.
#[derive(Clone, Debug, PartialEq)]
pub enum ParameterValue {
    Option(Id),
    Figure(Figure),
    Years(Vec<i32>),
}

impl Parameter {
    /// `None`: of years, those that the data have.
    pub fn default(&self) -> Option<ParameterValue> {
        let word = self.options.iter().find(|option| option.is_default);
        let number = || self.number.as_ref()?.default.clone().map(ParameterValue::Figure);
        word.map(|option| ParameterValue::Option(option.id.clone())).or_else(number)
    }
}

/// A line that holds only where a parameter has a value; always, where it names none.
#[derive(Clone, Debug)]
pub struct Line<T> {
    pub value: T,
    pub when: Option<When>,
    pub span: Span,
}

/// `при gap inverse`.
#[derive(Clone, Debug)]
pub struct When {
    /// One of the methodology's own.
    pub parameter: Id,
    pub value: ParameterValue,
    pub span: Span,
}

/// A kind, or the parameter that chooses it.
#[derive(Clone, Debug, PartialEq)]
pub enum Setting<T> {
    Fixed(T),
    By(Id),
}

#[derive(Clone, Debug)]
pub struct Header {
    pub field: String,
    pub titles: Vec<String>,
}

/// `группа`: schools of one level of education.
#[derive(Clone, Debug)]
pub struct SchoolGroup {
    pub id: Id,
    pub meta: Meta,
    pub words: Vec<String>,
    /// Why such schools take no part.
    pub excluded: Option<String>,
}

/// The least and the greatest figure that indicators may have, both included.
#[derive(Clone, Debug)]
pub struct Bounds {
    pub indicators: Vec<Ref>,
    pub low: Number,
    pub high: Number,
    pub span: Span,
}

/// Indicators that schools of a group cannot have.
#[derive(Clone, Debug)]
pub struct Lacking {
    pub group: Id,
    pub indicators: Vec<Ref>,
}

#[derive(Clone, Debug)]
pub struct Window {
    pub years: u32,
    /// The parameter that may name the years instead.
    pub by: Option<Id>,
}

/// `область`: an index, its bands, the categories that follow.
#[derive(Clone, Debug)]
pub struct Domain {
    pub id: Id,
    pub meta: Meta,
    pub role: Option<Role>,
    pub terms: Vec<Line<Terms>>,
    pub scores: Vec<Line<Score>>,
    pub degenerate: Option<Setting<Degenerate>>,
    pub min_present: Option<Setting<Figure>>,
    pub ranked: Option<Ranked>,
    pub rounding: Option<Setting<Rounding>>,
    pub ties: Option<Setting<Ties>>,
    pub quarters_from: Option<End>,
    pub min_group: Option<Setting<Figure>>,
    pub bands: Vec<Band>,
    pub categories: Vec<Line<Category>>,
}

/// Indicators that enter the mean in one way.
#[derive(Clone, Debug)]
pub struct Terms {
    pub way: TermWay,
    pub indicators: Vec<Ref>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum TermWay {
    Direct,
    Inverse,
    /// A school that lags by more than so much.
    Lag(Number),
}

/// What a lag counts, and what none.
#[derive(Clone, Debug)]
pub struct Score {
    pub lagging: Number,
    pub keeping: Number,
}

#[derive(Clone, Debug)]
pub struct Band {
    pub id: Id,
    pub title: String,
    pub cut: Cut,
    pub span: Span,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Cut {
    /// A share of the schools, from 0 to 1.
    Share(End, Number),
    Rest,
}

#[derive(Clone, Debug)]
pub struct Category {
    /// The label of schools, where the pack declares one of that name.
    pub id: Id,
    pub title: String,
    /// `None`: otherwise.
    pub rule: Option<Rule>,
}

#[derive(Clone, Debug)]
pub enum Rule {
    /// A band in each of the last years, so many.
    EachYear {
        band: Id,
        years: u32,
    },
    SomeYears {
        band: Id,
        at_least: u32,
        years: u32,
    },
    /// A band is known in fewer years.
    KnownIn {
        fewer_than: u32,
    },
    /// Enough criteria hold.
    Enough {
        criteria: Vec<Id>,
        needed: Needed,
    },
    /// Whether enough hold is not known.
    Open {
        criteria: Vec<Id>,
        needed: Needed,
    },
}

/// How many criteria must hold.
#[derive(Clone, Debug)]
pub enum Needed {
    All,
    AtLeast(u32),
    By(Id),
}

/// `признак`: true, false or unknown of a school.
#[derive(Clone, Debug)]
pub struct Criterion {
    pub id: Id,
    pub meta: Meta,
    pub signs: Vec<Line<Sign>>,
}

#[derive(Clone, Debug)]
pub enum Sign {
    Threshold {
        indicators: Vec<Ref>,
        over: Over,
        compare: Compare,
        than: Number,
        which: Which,
    },
    /// Below the mean of the schools ranked together by so much or more.
    BelowMean {
        indicator: Ref,
        by: Number,
    },
    InBand {
        domain: Id,
        band: Id,
    },
}

impl Domain {
    /// The domain of a base with what is said anew: a line takes the place of its like, lists as a whole.
    pub fn over(self, base: Self) -> Self {
        fn said<T>(own: Vec<T>, base: Vec<T>) -> Vec<T> {
            if own.is_empty() { base } else { own }
        }
        let mut made = Self {
            id: self.id,
            meta: self.meta,
            role: self.role.or(base.role),
            terms: said(self.terms, base.terms),
            scores: said(self.scores, base.scores),
            degenerate: self.degenerate.or(base.degenerate),
            min_present: self.min_present.or(base.min_present),
            ranked: self.ranked.or(base.ranked),
            rounding: self.rounding.or(base.rounding),
            ties: self.ties.or(base.ties),
            quarters_from: self.quarters_from.or(base.quarters_from),
            min_group: self.min_group.or(base.min_group),
            bands: said(self.bands, base.bands),
            categories: said(self.categories, base.categories),
        };
        made.forget_scores();
        made
    }

    /// Where no lag is left, there is nothing to score.
    fn forget_scores(&mut self) {
        if !self.terms.iter().any(|line| matches!(line.value.way, TermWay::Lag(_))) {
            self.scores.clear();
        }
    }
}

impl Methodology {
    pub fn parameter(&self, id: &str) -> Option<&Parameter> {
        self.parameters.iter().find(|parameter| parameter.id.as_str() == id)
    }

    pub fn domain(&self, id: &Id) -> Option<&Domain> {
        self.domains.iter().find(|domain| domain.id == *id)
    }

    /// Takes an indicator out of everything that it stands in; whether it stood anywhere.
    pub fn drop_indicator(&mut self, id: &Id) -> bool {
        let mut found = false;
        let mut out_of = |list: &mut Vec<Ref>| {
            let before = list.len();
            list.retain(|indicator| indicator.id != *id);
            found |= list.len() < before;
        };
        for domain in &mut self.domains {
            domain.terms.iter_mut().for_each(|line| out_of(&mut line.value.indicators));
            domain.terms.retain(|line| !line.value.indicators.is_empty());
        }
        for criterion in &mut self.criteria {
            for line in &mut criterion.signs {
                if let Sign::Threshold { indicators, .. } = &mut line.value {
                    out_of(indicators);
                }
            }
        }
        self.lacking.iter_mut().for_each(|line| out_of(&mut line.value.indicators));
        self.bounds.iter_mut().for_each(|bounds| out_of(&mut bounds.indicators));
        self.domains.iter_mut().for_each(Domain::forget_scores);
        found
    }
}
