//! The lines of methodologies.

use pest::iterators::Pair;

use super::{Origin, Parts, Rule, few_years, inside, integer, name, number, quantity, quoted};
use crate::syntax::methods::{
    FigureSyntax, MethodValue, RuleSyntax, SettingSyntax, SignSyntax, When, WhenSyntax,
};
use crate::syntax::tree::{Name, Quoted};
use crate::syntax::vocabulary::MethodShape;

pub(super) fn rule_of(shape: MethodShape) -> Rule {
    match shape {
        MethodShape::Window => Rule::shape_window,
        MethodShape::Base => Rule::shape_ranked_base,
        MethodShape::Bounds => Rule::shape_bounds,
        MethodShape::Lacks => Rule::shape_lacks,
        MethodShape::Header => Rule::shape_header,
        MethodShape::Option => Rule::shape_option,
        MethodShape::NumberOption => Rule::shape_number_option,
        MethodShape::Setting => Rule::shape_setting,
        MethodShape::Terms => Rule::shape_terms,
        MethodShape::Lags => Rule::shape_lags,
        MethodShape::Score => Rule::shape_score,
        MethodShape::Ranked => Rule::shape_ranked,
        MethodShape::End => Rule::shape_end,
        MethodShape::Band => Rule::shape_band,
        MethodShape::Category => Rule::shape_category,
        MethodShape::Sign => Rule::shape_sign,
    }
}

pub(super) fn value<'a, I>(shape: MethodShape, mut parts: Parts<'a, I>) -> Option<MethodValue>
where
    I: Iterator<Item = Pair<'a, Rule>>,
{
    let at = parts.at;
    Some(match shape {
        MethodShape::Window => MethodValue::Window {
            years: few_years(&parts.next()?)?,
            by: {
                parts.take(Rule::years)?;
                parts.name()
            },
        },
        MethodShape::Base => MethodValue::Base {
            whole: parts.next()?.as_str() == "все школы",
            when: when(&mut parts)?,
        },
        MethodShape::Bounds => MethodValue::Bounds {
            indicators: names(&mut parts),
            low: number(&parts.next()?)?,
            high: number(&parts.next()?)?,
        },
        MethodShape::Lacks => MethodValue::Lacks {
            group: parts.name()?,
            indicators: names(&mut parts),
            when: when(&mut parts)?,
        },
        MethodShape::Header => {
            MethodValue::Header { field: parts.name()?, titles: texts(&mut parts) }
        }
        MethodShape::Option => MethodValue::Option {
            name: parts.name()?,
            title: parts.text()?,
            is_default: parts.take(Rule::by_default).is_some(),
        },
        MethodShape::NumberOption => MethodValue::NumberOption {
            title: parts.text(),
            default: match parts.take(Rule::by_default) {
                Some(_) => Some(figure(&parts.next()?, at)?),
                None => None,
            },
        },
        MethodShape::Setting => MethodValue::Setting(setting(&parts.next()?, at)?),
        MethodShape::Terms => {
            MethodValue::Terms { indicators: names(&mut parts), when: when(&mut parts)? }
        }
        MethodShape::Lags => MethodValue::Lags {
            indicators: names(&mut parts),
            more_than: number(&parts.next()?)?,
            when: when(&mut parts)?,
        },
        MethodShape::Score => MethodValue::Score {
            lagging: number(&parts.next()?)?,
            keeping: number(&parts.next()?)?,
            when: when(&mut parts)?,
        },
        MethodShape::Ranked | MethodShape::End => {
            MethodValue::Words(parts.next()?.as_str().to_owned())
        }
        MethodShape::Band => MethodValue::Band {
            name: parts.name()?,
            cut: match parts.take(Rule::the_end) {
                Some(end) => Some((end.as_str().to_owned(), quantity(parts.next()?, at)?)),
                None => None,
            },
        },
        MethodShape::Category => MethodValue::Category {
            name: parts.name()?,
            title: parts.text()?,
            rule: match parts.take(Rule::otherwise) {
                Some(_) => None,
                None => Some(rule(parts.next()?, at)?),
            },
            when: when(&mut parts)?,
        },
        MethodShape::Sign => {
            MethodValue::Sign { sign: sign(parts.next()?, at)?, when: when(&mut parts)? }
        }
    })
}

/// `None` of a line that cannot be read; a line without the words has no condition.
fn when<'a, I: Iterator<Item = Pair<'a, Rule>>>(parts: &mut Parts<'a, I>) -> Option<When> {
    let at = parts.at;
    let Some(pair) = parts.take(Rule::at_setting) else { return Some(None) };
    let span = at.span(&pair);
    let mut inner = inside(pair, at);
    Some(Some(WhenSyntax { parameter: inner.name()?, value: setting(&inner.next()?, at)?, span }))
}

fn setting(pair: &Pair<'_, Rule>, at: Origin<'_>) -> Option<SettingSyntax> {
    let inner = pair.clone().into_inner().next()?;
    Some(match inner.as_rule() {
        Rule::number => SettingSyntax::Figure(figure(&inner, at)?),
        _ => SettingSyntax::Name(name(&inner, at)),
    })
}

fn figure(pair: &Pair<'_, Rule>, at: Origin<'_>) -> Option<FigureSyntax> {
    Some(FigureSyntax {
        number: number(pair)?,
        has_mark: pair.as_str().contains([',', '.']),
        span: at.span(pair),
    })
}

fn names<'a, I: Iterator<Item = Pair<'a, Rule>>>(parts: &mut Parts<'a, I>) -> Vec<Name> {
    let at = parts.at;
    let taken = std::iter::from_fn(|| parts.take(Rule::name));
    taken.map(|pair| name(&pair, at)).collect()
}

fn texts<'a, I: Iterator<Item = Pair<'a, Rule>>>(parts: &mut Parts<'a, I>) -> Vec<Quoted> {
    let at = parts.at;
    let taken = std::iter::from_fn(|| parts.take(Rule::string));
    taken.map(|pair| quoted(&pair, at)).collect()
}

fn rule(pair: Pair<'_, Rule>, at: Origin<'_>) -> Option<RuleSyntax> {
    let pair = pair.into_inner().next()?;
    let of = pair.as_rule();
    let mut inner = inside(pair, at);
    Some(match of {
        Rule::in_each_year => {
            RuleSyntax::EachYear { band: inner.name()?, years: few_years(&inner.next()?)? }
        }
        Rule::in_some_years => RuleSyntax::SomeYears {
            band: inner.name()?,
            at_least: few_years(&inner.next()?)?,
            years: few_years(&inner.next()?)?,
        },
        Rule::known_in => RuleSyntax::KnownIn { fewer_than: integer(&inner.next()?)? },
        Rule::enough => {
            RuleSyntax::Enough { criteria: names(&mut inner), needed: setting(&inner.next()?, at)? }
        }
        _ => RuleSyntax::Open { criteria: names(&mut inner), needed: setting(&inner.next()?, at)? },
    })
}

fn sign(pair: Pair<'_, Rule>, at: Origin<'_>) -> Option<SignSyntax> {
    let pair = pair.into_inner().next()?;
    let of = pair.as_rule();
    let mut inner = inside(pair, at);
    Some(match of {
        Rule::below_mean => {
            SignSyntax::BelowMean { indicator: inner.name()?, by: quantity(inner.next()?, at)? }
        }
        Rule::in_band => SignSyntax::InBand { domain: inner.name()?, band: inner.name()? },
        _ => SignSyntax::Threshold {
            which: inner.take(Rule::which).map(|pair| pair.as_str().trim().to_owned()),
            indicators: names(&mut inner),
            over: inner.take(Rule::over_window).map(|pair| pair.as_str().trim().to_owned()),
            compare: inner.next()?.as_str().trim().to_owned(),
            than: quantity(inner.next()?, at)?,
        },
    })
}
