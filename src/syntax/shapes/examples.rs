//! The lines of `проверка`.

use pest::iterators::Pair;

use super::expressions::{level_dative, reference};
use super::terms::date;
use super::{Origin, Parts, Rule, inside, integer, number, quantity, quoted, year};
use crate::base::Direction;
use crate::syntax::Noun;
use crate::syntax::tree::*;

pub(super) fn given<'a, I: Iterator<Item = Pair<'a, Rule>>>(
    mut parts: Parts<'a, I>,
) -> Option<Value> {
    let at = parts.at;
    let name = inside(parts.next()?, at).name()?;
    let level = match parts.take(Rule::given_at_level) {
        Some(pair) => Some(level_dative(pair.into_inner().next()?.as_str())?),
        None => None,
    };
    let rest = parts.next()?;
    let figures = match rest.as_rule() {
        Rule::given_now => vec![(None, given_value(rest.into_inner().next()?, at)?)],
        _ => rest
            .into_inner()
            .map(|p| {
                let mut inner = inside(p, at);
                Some((Some(year(&inner.next()?)?), given_value(inner.next()?, at)?))
            })
            .collect::<Option<_>>()?,
    };
    Some(Value::Given { name, level, figures })
}

pub(super) fn given_value(pair: Pair<'_, Rule>, at: Origin<'_>) -> Option<GivenValue> {
    let mut inner = inside(pair, at);
    let first = inner.next()?;
    Some(match first.as_rule() {
        Rule::unknown_word => GivenValue::Unknown,
        Rule::moved => GivenValue::Moved(match first.as_str() {
            "снизилось" => Direction::Fell,
            "выросло" => Direction::Rose,
            _ => Direction::Unchanged,
        }),
        Rule::truth => GivenValue::Truth(first.as_str() == "да"),
        Rule::bound => GivenValue::Bound {
            word: match first.as_str() {
                "больше" | "выше" => BoundWord::More,
                "меньше" | "ниже" => BoundWord::Less,
                "не больше" => BoundWord::NotMore,
                _ => BoundWord::NotLess,
            },
            quantity: quantity(inner.next()?, at)?,
        },
        Rule::string => GivenValue::Words(quoted(&first, at).text),
        _ => GivenValue::Quantity {
            quantity: quantity(first, at)?,
            participants: match inner.next() {
                Some(pair) => Some(u64::from(integer(&pair.into_inner().next()?)?)),
                None => None,
            },
        },
    })
}

pub(super) fn school<'a, I: Iterator<Item = Pair<'a, Rule>>>(
    mut parts: Parts<'a, I>,
) -> Option<Value> {
    let at = parts.at;
    let title = parts.text()?;
    let facts = parts
        .items
        .map(|p| {
            let mut inner = inside(p, at);
            Some((inner.name()?, given_value(inner.next()?, at)?))
        })
        .collect::<Option<_>>()?;
    Some(Value::School { title, facts })
}

pub(super) fn expect(pair: Pair<'_, Rule>, at: Origin<'_>) -> Option<Expect> {
    let rule = pair.as_rule();
    let mut parts = inside(pair, at);
    Some(match rule {
        Rule::expect_deficit => Expect::Deficit {
            name: parts.name()?,
            state: match parts.next()?.as_str() {
                "есть" => DeficitState::Present,
                "нет" => DeficitState::Absent,
                _ => DeficitState::Unknown,
            },
            weight: match parts.next() {
                Some(pair) => Some(number(&pair)?),
                None => None,
            },
        },
        Rule::expect_cause => Expect::Cause {
            name: parts.name()?,
            state: match parts.next()?.as_str() {
                "подтверждена" => CauseState::Confirmed,
                "опровергнута" => CauseState::Refuted,
                _ => CauseState::Possible,
            },
        },
        Rule::expect_risk => Expect::UnknownRisk { name: parts.name()? },
        Rule::expect_conclusion => {
            Expect::Conclusion { indicator: parts.name()?, name: parts.name()? }
        }
        Rule::expect_none => {
            Expect::Absent { noun: absent(parts.next()?.as_str())?, name: parts.name()? }
        }
        Rule::expect_item => Expect::Chosen {
            noun: chosen(parts.next()?.as_str())?,
            name: parts.name()?,
            term: match parts.next() {
                Some(pair) => {
                    let mut dates = pair.into_inner().filter(|p| p.as_rule() == Rule::date);
                    Some((date(dates.next()?)??, date(dates.next()?)??))
                }
                None => None,
            },
        },
        Rule::expect_text => Expect::Text { name: parts.name()?, contains: parts.text()? },
        Rule::expect_range => Expect::Between {
            reference: reference(parts.next()?, at)?,
            low: quantity(parts.next()?, at)?,
            high: quantity(parts.next()?, at)?,
        },
        Rule::expect_indicator => {
            let reference = reference(parts.next()?, at)?;
            let value = match parts.next() {
                None => ExpectedValue::Inapplicable,
                Some(p) if p.as_rule() == Rule::unknown_word => ExpectedValue::Unknown,
                Some(p) if p.as_rule() == Rule::truth => ExpectedValue::Truth(p.as_str() == "да"),
                Some(p) => ExpectedValue::Quantity(quantity(p, at)?),
            };
            Expect::Indicator { reference, value }
        }
        _ => return None,
    })
}

pub(super) fn absent(word: &str) -> Option<Noun> {
    Some(match word {
        "мероприятия" => Noun::Activity,
        "задачи" => Noun::Task,
        "цели" => Noun::Goal,
        "требования" => Noun::Requirement,
        "ресурса" => Noun::Resource,
        "риска" => Noun::Risk,
        _ => return None,
    })
}

fn chosen(word: &str) -> Option<Noun> {
    Some(match word {
        "мероприятие" => Noun::Activity,
        "задача" => Noun::Task,
        "цель" => Noun::Goal,
        "требование" => Noun::Requirement,
        "ресурс" => Noun::Resource,
        "риск" => Noun::Risk,
        _ => return None,
    })
}
