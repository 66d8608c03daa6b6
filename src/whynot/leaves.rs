//! What a condition asks for, taken apart: comparisons of figures as linear inequalities, plain
//! truths, answers. The forms are those by which the checker proves conditions, their figures bound
//! to the data of one project.

use std::collections::BTreeMap;

use super::slots::{Slot, counter_of};
use crate::base::{Id, Interval, Number};
use crate::check::{Fact, Figure, Form, Formula, Inequality, Logic, Year};
use crate::eval::{Evaluator, Key, SMALL_GROUP, Truth, Value};
use crate::model::{Expr, ExprKind, Observe, When};

/// One thing that must be so for a condition to hold. Which of them are needed together the
/// evaluator knows; here it only matters what each looks at.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Leaf {
    Below(Inequality<Key>),
    Truth(Key, bool),
    Known(Key, bool),
    Category(Id, bool),
    Answer(Id, bool),
    /// At least ten must have taken part.
    Group(Key),
    /// A function, a set of schools, words: not followed.
    Opaque,
}

/// The leaves of a condition that is to be true.
pub(super) fn leaves(evaluator: &Evaluator<'_>, condition: &Expr, years_ago: u32) -> Vec<Leaf> {
    let given = |figure: &Figure| is_followed(evaluator, figure);
    let logic = Logic::following(evaluator.model, &given);
    let mut found = Vec::new();
    gather(evaluator, &logic.formula_ago(condition, true, years_ago), &mut found);
    found
}

/// Whether the figures behind a computed one are looked for: not where the data state it
/// themselves, and not where it is no sum of figures.
fn is_followed(evaluator: &Evaluator<'_>, figure: &Figure) -> bool {
    let Some(key) = key(evaluator, figure) else { return true };
    let formula = evaluator.model.indicators.get(&key.indicator).and_then(|it| it.formula.as_ref());
    let mut is_sum = true;
    if let Some(formula) = formula {
        formula.walk(&mut |inner| {
            is_sum &= !matches!(inner.kind, ExprKind::Aggregate(_) | ExprKind::Call { .. });
        });
    }
    is_sum && evaluator.facts.get(&key).is_none()
}

fn gather(evaluator: &Evaluator<'_>, formula: &Formula, found: &mut Vec<Leaf>) {
    let leaf = match formula {
        Formula::And(all) | Formula::Or(all) => {
            return all.iter().for_each(|inner| gather(evaluator, inner, found));
        }
        Formula::Below(inequality) => {
            bound(evaluator, inequality).map_or(Leaf::Opaque, Leaf::Below)
        }
        Formula::Holds(fact, truth) => held(evaluator, fact, *truth),
    };
    if !found.contains(&leaf) {
        found.push(leaf);
    }
}

fn held(evaluator: &Evaluator<'_>, fact: &Fact, truth: bool) -> Leaf {
    let of_figure = |figure: &Figure, leaf: fn(Key, bool) -> Leaf| {
        key(evaluator, figure).map_or(Leaf::Opaque, |key| leaf(key, truth))
    };
    match fact {
        Fact::YesNo(figure) => of_figure(figure, Leaf::Truth),
        Fact::Known(figure) => of_figure(figure, Leaf::Known),
        Fact::Category(id) => Leaf::Category(id.clone(), truth),
        Fact::Answer(id) => Leaf::Answer(id.clone(), truth),
        Fact::Listed(_) | Fact::Opaque(_) => Leaf::Opaque,
    }
}

/// The inequality over keys; two ways to name one figure become one.
fn bound(evaluator: &Evaluator<'_>, inequality: &Inequality<Figure>) -> Option<Inequality<Key>> {
    let start = Form::constant(inequality.form.constant.clone());
    let factors = &mut inequality.form.factors.iter();
    let form = factors.try_fold(start, |form, (figure, factor)| {
        Some(form.add(&Form::variable(key(evaluator, figure)?).scale(factor)))
    })?;
    Some(Inequality { form, strict: inequality.strict })
}

fn key(evaluator: &Evaluator<'_>, figure: &Figure) -> Option<Key> {
    let Figure::Observed { indicator, level, year, cell } = figure else { return None };
    let observe = Observe {
        indicator: indicator.clone(),
        level: *level,
        when: match year {
            Year::Ago(years) => When::YearsAgo(*years),
            Year::Fixed(year) => When::Year(*year),
        },
        cell: cell.clone(),
        mean_over: None,
        span: evaluator.model.indicators.get(indicator)?.meta.span,
    };
    Some(evaluator.key(&observe, &evaluator.own()))
}

impl Leaf {
    /// The figures that it looks at.
    pub fn keys(&self) -> Vec<&Key> {
        match self {
            Self::Below(inequality) => inequality.form.factors.keys().collect(),
            Self::Truth(key, _) | Self::Known(key, _) | Self::Group(key) => vec![key],
            Self::Category(..) | Self::Answer(..) | Self::Opaque => Vec::new(),
        }
    }

    /// What may be changed to meet it.
    pub fn slots(&self, evaluator: &Evaluator<'_>) -> Vec<Slot> {
        match self {
            Self::Category(id, _) => vec![Slot::Category(id.clone())],
            Self::Answer(id, _) => vec![Slot::Answer(id.clone())],
            Self::Group(key) => vec![Slot::Participants(counter_of(evaluator.model, key))],
            _ => self.keys().into_iter().map(|key| Slot::of(evaluator.model, key)).collect(),
        }
    }

    /// Whether it is certainly met by the data as they are.
    pub fn is_met(&self, evaluator: &Evaluator<'_>) -> bool {
        match self {
            Self::Below(inequality) => {
                let Some(value) = value(evaluator, &inequality.form) else { return false };
                let zero = Interval::exactly(Number::zero());
                let verdict =
                    if inequality.strict { value.less(&zero) } else { value.less_or_equal(&zero) };
                verdict == Some(true)
            }
            Self::Truth(key, wanted) => {
                evaluator.value(key) == Value::Truth(Truth::of(Some(*wanted)))
            }
            Self::Known(key, wanted) => is_known(&evaluator.value(key)) == *wanted,
            Self::Category(id, wanted) => bears(evaluator, id) == *wanted,
            Self::Answer(id, wanted) => evaluator.facts.answers.get(id) == Some(wanted),
            Self::Group(key) => evaluator.participants(key).is_none_or(|n| n >= SMALL_GROUP),
            Self::Opaque => false,
        }
    }

    /// The values of a figure at which the answer may turn, the other figures as they are.
    pub fn breakpoints(&self, evaluator: &Evaluator<'_>, key: &Key) -> Vec<Number> {
        let ten = || Number::from_int(i64::try_from(SMALL_GROUP).unwrap_or(i64::MAX));
        match self {
            Self::Group(of) if counter_of(evaluator.model, of) == *key => vec![ten()],
            Self::Below(Inequality { form, .. }) => {
                let Some(factor) = form.factors.get(key) else { return Vec::new() };
                let alone = Form::variable(key.clone()).scale(factor);
                let Some(rest) = value(evaluator, &form.subtract(&alone)) else {
                    return Vec::new();
                };
                let ends = [rest.low, rest.high].into_iter().flatten();
                ends.filter_map(|end| (-&end.at).checked_div(factor)).collect()
            }
            _ => Vec::new(),
        }
    }
}

/// What is known of a sum of figures; `None` where one of them is no number here.
fn value(evaluator: &Evaluator<'_>, form: &Form<Key>) -> Option<Interval> {
    form.factors.iter().try_fold(Interval::exactly(form.constant.clone()), |sum, (key, factor)| {
        let Value::Number(figure) = evaluator.value(key) else { return None };
        Some(sum.add(&figure.multiply(&Interval::exactly(factor.clone()))))
    })
}

/// As «известно» asks.
fn is_known(value: &Value) -> bool {
    match value {
        Value::Number(interval) => interval.exact().is_some(),
        Value::Unknown | Value::Truth(Truth::Unknown) => false,
        _ => true,
    }
}

/// Whether the institution certainly bears a category now.
pub(super) fn bears(evaluator: &Evaluator<'_>, id: &Id) -> bool {
    let kind = ExprKind::Category(id.clone());
    let Some(declared) = evaluator.model.categories.get(id) else { return false };
    let expr = Expr { kind, span: declared.meta.span };
    evaluator.judge(&expr, &evaluator.own()).truth == Truth::Yes
}

/// What must hold for figures to apply at all: «есть выпуск 11 класса» of those that do not.
pub(super) fn of_inapplicable(evaluator: &Evaluator<'_>, known: &[Leaf]) -> Vec<Leaf> {
    let keys = known.iter().flat_map(Leaf::keys);
    let away: BTreeMap<&Key, ()> = keys
        .filter(|key| evaluator.value(key) == Value::Inapplicable)
        .map(|key| (key, ()))
        .collect();
    let conditions = away.into_keys().filter_map(|key| {
        let condition = evaluator.model.indicators.get(&key.indicator)?.applicable.as_ref()?;
        let ago = evaluator.current_year(&key.indicator) - key.year;
        Some(leaves(evaluator, condition, u32::try_from(ago).unwrap_or(0)))
    });
    conditions.flatten().collect()
}
