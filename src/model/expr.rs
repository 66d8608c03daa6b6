//! Expressions with their names bound. «лучше» and «хуже» are already turned into more and less.

use crate::base::{Id, Level, Number, Span};

#[derive(Clone, Debug, PartialEq)]
pub struct Expr {
    pub kind: ExprKind,
    pub span: Span,
}

#[derive(Clone, Debug, PartialEq)]
pub enum ExprKind {
    And(Vec<Expr>),
    Or(Vec<Expr>),
    Not(Box<Expr>),
    Truth(bool),
    Known(Observe),
    Compare {
        op: CompareOp,
        left: Box<Expr>,
        right: Box<Expr>,
    },
    /// `left` is at least `by` below `right` (above, where `below` is false).
    Lag {
        below: bool,
        left: Box<Expr>,
        right: Box<Expr>,
        by: Quantity,
    },
    /// Whether the series rose (`up`) or fell from the year before.
    Change {
        what: Observe,
        up: bool,
        negated: bool,
    },
    /// Whether it rose (fell) in each of the last `years` years.
    Run {
        what: Observe,
        up: bool,
        years: u32,
        negated: bool,
    },
    EachYear {
        years: u32,
        condition: Box<Expr>,
    },
    SomeYears {
        at_least: u32,
        years: u32,
        condition: Box<Expr>,
    },
    /// `true` subtracts.
    Sum(Vec<(bool, Expr)>),
    /// `true` divides.
    Product(Vec<(bool, Expr)>),
    Quantity(Quantity),
    /// To compare a text or an element of a list with.
    Words(String),
    Observe(Observe),
    /// Whether the school bears a category in the current year.
    Category(Id),
    /// The answer to a question of self-diagnosis.
    Answer(Id),
    Call {
        function: Id,
        arguments: Vec<Expr>,
    },
    Aggregate(Aggregate),
    /// Whether a list of the document («приоритеты») has anything in it; in programmes alone.
    Listed(Id),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CompareOp {
    More,
    Less,
    NotMore,
    NotLess,
    Equal,
    NotEqual,
}

impl CompareOp {
    pub fn russian(self) -> &'static str {
        match self {
            Self::More => "больше",
            Self::Less => "меньше",
            Self::NotMore => "не больше",
            Self::NotLess => "не меньше",
            Self::Equal => "равно",
            Self::NotEqual => "не равно",
        }
    }
}

/// An indicator looked at somewhere and some time.
#[derive(Clone, Debug, PartialEq)]
pub struct Observe {
    pub indicator: Id,
    /// Absent: the object itself.
    pub level: Option<Level>,
    pub when: When,
    /// One cell of a breakdown.
    pub cell: Option<Id>,
    /// The mean of the last N years.
    pub mean_over: Option<u32>,
    pub span: Span,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum When {
    Current,
    YearsAgo(u32),
    Year(i32),
}

#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    pub number: Number,
    pub unit: Unit,
    pub span: Span,
}

/// What a number counts.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    Plain,
    Percent,
    Points,
    /// A scale of the pack; absent where the text says just «балл».
    Score(Option<Id>),
    Mark,
    Count(Id),
}

#[derive(Clone, Debug, PartialEq)]
pub struct Aggregate {
    pub kind: AggregateKind,
    /// Which schools of the owner are looked at; all where absent.
    pub among: Option<Box<Expr>>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum AggregateKind {
    Share { having: Box<Expr> },
    Count { having: Option<Box<Expr>> },
    Sum { of: Observe },
    Mean { of: Observe, weight: Option<Observe> },
}

/// The expressions directly inside, to look at or to change, in the order of the text.
macro_rules! children {
    ($name:ident $(, $mut:tt)?) => {
        pub fn $name(&$($mut)? self) -> Vec<&$($mut)? Expr> {
            match &$($mut)? self.kind {
                ExprKind::And(all) | ExprKind::Or(all) | ExprKind::Call { arguments: all, .. } => {
                    all.into_iter().collect()
                }
                ExprKind::Not(inner)
                | ExprKind::EachYear { condition: inner, .. }
                | ExprKind::SomeYears { condition: inner, .. } => vec![inner],
                ExprKind::Compare { left, right, .. } | ExprKind::Lag { left, right, .. } => {
                    vec![left, right]
                }
                ExprKind::Sum(terms) | ExprKind::Product(terms) => {
                    terms.into_iter().map(|(_, expr)| expr).collect()
                }
                ExprKind::Aggregate(aggregate) => aggregate.$name(),
                ExprKind::Truth(_)
                | ExprKind::Known(_)
                | ExprKind::Change { .. }
                | ExprKind::Run { .. }
                | ExprKind::Quantity(_)
                | ExprKind::Words(_)
                | ExprKind::Observe(_)
                | ExprKind::Category(_)
                | ExprKind::Answer(_)
                | ExprKind::Listed(_) => Vec::new(),
            }
        }
    };
}

/// The same of an aggregate.
macro_rules! inner_of_aggregate {
    ($name:ident $(, $mut:tt)?) => {
        fn $name(&$($mut)? self) -> Vec<&$($mut)? Expr> {
            let Self { among, kind } = self;
            let mut inner: Vec<&$($mut)? Expr> = Vec::new();
            inner.extend(among.into_iter().map(|among| &$($mut)? **among));
            match kind {
                AggregateKind::Share { having } => inner.push(having),
                AggregateKind::Count { having: Some(having) } => inner.push(having),
                _ => {}
            }
            inner
        }
    };
}

impl Expr {
    /// Calls `see` on this expression and everything inside it, outermost first.
    pub fn walk(&self, see: &mut dyn FnMut(&Expr)) {
        see(self);
        for inner in self.children() {
            inner.walk(see);
        }
    }

    /// Like `walk`, in the same order, and may change what it sees.
    pub fn walk_mut(&mut self, see: &mut dyn FnMut(&mut Expr)) {
        see(self);
        for inner in self.children_mut() {
            inner.walk_mut(see);
        }
    }

    children!(children);
    children!(children_mut, mut);

    /// Every look at an indicator, in the order of the text.
    pub fn observes(&self) -> Vec<&Observe> {
        let mut found = Vec::new();
        self.collect_observes(&mut found);
        found
    }

    fn collect_observes<'a>(&'a self, found: &mut Vec<&'a Observe>) {
        match &self.kind {
            ExprKind::Known(observe) | ExprKind::Observe(observe) => found.push(observe),
            ExprKind::Change { what, .. } | ExprKind::Run { what, .. } => found.push(what),
            ExprKind::Aggregate(Aggregate { kind: AggregateKind::Sum { of }, .. }) => {
                found.push(of)
            }
            ExprKind::Aggregate(Aggregate { kind: AggregateKind::Mean { of, weight }, .. }) => {
                found.push(of);
                found.extend(weight);
            }
            _ => {}
        }
        for inner in self.children() {
            inner.collect_observes(found);
        }
    }
}

impl Aggregate {
    inner_of_aggregate!(children);
    inner_of_aggregate!(children_mut, mut);
}
