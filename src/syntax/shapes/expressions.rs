//! Conditions and operands.

use pest::iterators::Pair;

use super::{Origin, Parts, Rule, few_years, inside, quantity, quoted, year};
use crate::base::{Level, Span};
use crate::syntax::tree::*;

pub(super) fn expr(pair: Pair<'_, Rule>, at: Origin<'_>) -> Option<Expr> {
    let span = at.span(&pair);
    let parts = of_rule(pair, Rule::conjunction, |p| conjunction(p, at))?;
    Some(single_or(parts, span, ExprKind::Or))
}

pub(super) fn conjunction(pair: Pair<'_, Rule>, at: Origin<'_>) -> Option<Expr> {
    let span = at.span(&pair);
    let parts = of_rule(pair, Rule::negation, |p| negation(p, at))?;
    Some(single_or(parts, span, ExprKind::And))
}

/// The inner pairs of one rule, turned; separators are passed over.
pub(super) fn of_rule<T>(
    pair: Pair<'_, Rule>,
    rule: Rule,
    turn: impl Fn(Pair<'_, Rule>) -> Option<T>,
) -> Option<Vec<T>> {
    pair.into_inner().filter(|p| p.as_rule() == rule).map(turn).collect()
}

pub(super) fn single_or(mut parts: Vec<Expr>, span: Span, make: fn(Vec<Expr>) -> ExprKind) -> Expr {
    match parts.pop_if(|_| true) {
        Some(only) if parts.is_empty() => only,
        Some(last) => {
            parts.push(last);
            Expr { kind: make(parts), span }
        }
        None => Expr { kind: make(parts), span },
    }
}

pub(super) fn negation(pair: Pair<'_, Rule>, at: Origin<'_>) -> Option<Expr> {
    let span = at.span(&pair);
    let mut parts = inside(pair, at);
    let mut negated = false;
    while parts.take(Rule::not_word).is_some() {
        negated = !negated;
    }
    let inner = predicate(parts.next()?, at)?;
    if !negated {
        return Some(inner);
    }
    Some(Expr { kind: ExprKind::Not(Box::new(inner)), span })
}

pub(super) fn predicate(pair: Pair<'_, Rule>, at: Origin<'_>) -> Option<Expr> {
    let span = at.span(&pair);
    let mut parts = inside(pair, at);
    let first = parts.next()?;
    let kind = match first.as_rule() {
        Rule::expr => return expr(first, at),
        Rule::truth => ExprKind::Truth(first.as_str() == "да"),
        Rule::known => ExprKind::Known(reference(first.into_inner().next()?, at)?),
        Rule::each_year => {
            let mut inner = first.into_inner().filter(|p| p.as_rule() != Rule::years);
            let years = few_years(&inner.next()?)?;
            ExprKind::EachYear { years, condition: Box::new(expr(inner.next()?, at)?) }
        }
        Rule::some_years => {
            let mut inner = first.into_inner().filter(|p| p.as_rule() != Rule::years);
            let at_least = few_years(&inner.next()?)?;
            let years = few_years(&inner.next()?)?;
            ExprKind::SomeYears { at_least, years, condition: Box::new(expr(inner.next()?, at)?) }
        }
        _ => {
            let left = operand(first, at)?;
            match parts.next() {
                None => return Some(left),
                Some(tail) => with_tail(left, tail, at)?,
            }
        }
    };
    Some(Expr { kind, span })
}

pub(super) fn with_tail(left: Expr, tail: Pair<'_, Rule>, at: Origin<'_>) -> Option<ExprKind> {
    let rule = tail.as_rule();
    let mut parts = inside(tail, at);
    let left = Box::new(left);
    Some(match rule {
        Rule::comparison => {
            let op = compare_op(parts.next()?.as_str())?;
            let right = parts.next()?;
            let span = at.span(&right);
            let right = match right.as_rule() {
                Rule::truth => Expr { kind: ExprKind::Truth(right.as_str() == "да"), span },
                Rule::string => Expr { kind: ExprKind::Words(quoted(&right, at).text), span },
                _ => operand(right, at)?,
            };
            ExprKind::Compare { op, left, right: Box::new(right) }
        }
        Rule::lag => {
            let side = match parts.next()?.as_str() {
                "выше" => Side::Above,
                "ниже" => Side::Below,
                "лучше" => Side::Better,
                _ => Side::Worse,
            };
            let right = Box::new(operand(parts.next()?, at)?);
            ExprKind::Lag { side, left, right, by: quantity(parts.next()?, at)? }
        }
        Rule::change => {
            let negated = parts.take(Rule::not_word).is_some();
            ExprKind::Change { what: left, trend: trend(parts.next()?.as_str())?, negated }
        }
        Rule::run => {
            let negated = parts.take(Rule::not_word).is_some();
            let trend = trend(parts.next()?.as_str())?;
            ExprKind::Run { what: left, trend, years: few_years(&parts.next()?)?, negated }
        }
        _ => return None,
    })
}

pub(super) fn compare_op(word: &str) -> Option<CompareOp> {
    Some(match word {
        "больше" | ">" => CompareOp::More,
        "меньше" | "<" => CompareOp::Less,
        "не больше" | "<=" | "≤" => CompareOp::NotMore,
        "не меньше" | ">=" | "≥" => CompareOp::NotLess,
        "равно" | "=" => CompareOp::Equal,
        "не равно" => CompareOp::NotEqual,
        "лучше" => CompareOp::Better,
        "хуже" => CompareOp::Worse,
        "не лучше" => CompareOp::NotBetter,
        "не хуже" => CompareOp::NotWorse,
        _ => return None,
    })
}

pub(super) fn trend(verb: &str) -> Option<Trend> {
    Some(match verb {
        v if v.starts_with("вырос") || v.starts_with("раст") => Trend::Up,
        v if v.starts_with("сни") => Trend::Down,
        v if v.starts_with("улучш") => Trend::Better,
        v if v.starts_with("ухудш") => Trend::Worse,
        _ => return None,
    })
}

pub(super) fn operand(pair: Pair<'_, Rule>, at: Origin<'_>) -> Option<Expr> {
    signed(pair, at, product, "-−минус", |terms| ExprKind::Sum { terms })
}

pub(super) fn product(pair: Pair<'_, Rule>, at: Origin<'_>) -> Option<Expr> {
    signed(pair, at, factor, "/разделить на", |factors| ExprKind::Product { factors })
}

/// A chain `a + b - c`; `inverse` holds the signs that turn a member round.
pub(super) fn signed(
    pair: Pair<'_, Rule>,
    at: Origin<'_>,
    member: fn(Pair<'_, Rule>, Origin<'_>) -> Option<Expr>,
    inverse: &str,
    make: fn(Vec<(bool, Expr)>) -> ExprKind,
) -> Option<Expr> {
    let span = at.span(&pair);
    let mut members = Vec::new();
    let mut turned = false;
    for part in pair.into_inner() {
        match part.as_rule() {
            Rule::sum_sign | Rule::product_sign => turned = inverse.contains(part.as_str()),
            _ => {
                members.push((turned, member(part, at)?));
                turned = false;
            }
        }
    }
    if members.len() == 1 {
        return members.pop().map(|(_, only)| only);
    }
    Some(Expr { kind: make(members), span })
}

pub(super) fn factor(pair: Pair<'_, Rule>, at: Origin<'_>) -> Option<Expr> {
    let span = at.span(&pair);
    let inner = pair.into_inner().next()?;
    let kind = match inner.as_rule() {
        Rule::operand => return operand(inner, at),
        Rule::quantity => ExprKind::Quantity(quantity(inner, at)?),
        Rule::reference => ExprKind::Reference(reference(inner, at)?),
        Rule::aggregate => ExprKind::Aggregate(aggregate(inner.into_inner().next()?, at)?),
        Rule::call => {
            let mut parts = inside(inner, at);
            let function = parts.name()?;
            let arguments = of_rule(parts.next()?, Rule::operand, |p| operand(p, at))?;
            ExprKind::Call { function, arguments }
        }
        _ => return None,
    };
    Some(Expr { kind, span })
}

pub(super) fn aggregate(pair: Pair<'_, Rule>, at: Origin<'_>) -> Option<Aggregate> {
    let rule = pair.as_rule();
    let mut references = Vec::new();
    let mut among = None;
    let mut having = None;
    for part in pair.into_inner() {
        match part.as_rule() {
            Rule::reference => references.push(reference(part, at)?),
            Rule::among => among = Some(Box::new(expr(part.into_inner().next()?, at)?)),
            Rule::having => {
                let condition = part.into_inner().next()?;
                having = Some(Box::new(match condition.as_rule() {
                    Rule::bracketed => expr(condition.into_inner().next()?, at)?,
                    _ => negation(condition, at)?,
                }));
            }
            _ => {}
        }
    }
    let mut references = references.into_iter();
    let kind = match rule {
        Rule::share_of => AggregateKind::Share { having: having? },
        Rule::number_of => AggregateKind::Count { having },
        Rule::sum_of => AggregateKind::Sum { of: references.next()? },
        Rule::mean_of => AggregateKind::Mean { of: references.next()?, weight: references.next() },
        _ => return None,
    };
    Some(Aggregate { kind, among })
}

pub(super) fn reference(pair: Pair<'_, Rule>, at: Origin<'_>) -> Option<Reference> {
    let span = at.span(&pair);
    let mut parts = inside(pair, at);
    let name = parts.name()?;
    Some(Reference { name, modifiers: modifiers(&mut parts)?, span })
}

pub(super) fn modifiers<'a, I>(parts: &mut Parts<'a, I>) -> Option<Vec<Modifier>>
where
    I: Iterator<Item = Pair<'a, Rule>>,
{
    let at = parts.at;
    let mut found = Vec::new();
    while let Some(part) = parts.next() {
        let rule = part.as_rule();
        let mut inner = inside(part, at);
        found.push(match rule {
            Rule::at_level => Modifier::At(level_dative(inner.next()?.as_str())?),
            Rule::years_ago => Modifier::YearsAgo(match inner.take(Rule::integer) {
                Some(count) => few_years(&count)?,
                None => 1,
            }),
            Rule::in_year => Modifier::InYear(year(&inner.next()?)?),
            Rule::of_kind => Modifier::OfKind(inner.name()?),
            Rule::in_total => Modifier::InTotal,
            Rule::mean_over => Modifier::MeanOver(few_years(&inner.next()?)?),
            _ => return None,
        });
    }
    Some(found)
}

/// «по краю» says the region.
pub(super) fn level_dative(word: &str) -> Option<Level> {
    if word == "краю" { Some(Level::Region) } else { Level::from_word(word) }
}

#[cfg(test)]
mod tests {
    use crate::diag::SourceMap;
    use crate::syntax::parse_file;

    /// The messages of a pack whose one deficit has this condition.
    fn faults(condition: &str) -> Vec<String> {
        let text = format!("дефицит школы д «Д»\n  если {condition}\n");
        let mut findings = Vec::new();
        let file = SourceMap::default().add("а.pko", text.clone());
        parse_file(file, &text, &mut findings);
        findings.into_iter().map(|finding| finding.message).collect()
    }

    #[test]
    fn a_long_row_of_negations_is_read_without_recursion() {
        assert_eq!(faults(&format!("{}а больше 1", "не ".repeat(20_000))), Vec::<String>::new());
    }

    #[test]
    fn years_are_counted_in_decades_not_in_millions() {
        for condition in [
            "а растёт 1000000 лет подряд",
            "а в среднем за 999999999 лет больше 1",
            "в каждом из последних 5000000 лет (а больше 1)",
            "а 99999 лет назад больше 1",
        ] {
            assert_eq!(faults(condition), ["такого значения не бывает"], "{condition}");
        }
        assert_eq!(faults("а растёт 3 года подряд"), Vec::<String>::new());
    }
}
