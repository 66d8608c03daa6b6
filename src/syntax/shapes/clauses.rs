//! Annotations, kinds, and the clauses that have a form of their own.

use pest::iterators::Pair;

use super::expressions::{expr, modifiers, reference};
use super::terms::ordinal;
use super::{Origin, Parts, Rule, inside, integer, name, number, quantity, quoted, year};
use crate::calendar::Month;
use crate::syntax::tree::*;

pub(super) fn annotation(pair: Pair<'_, Rule>, at: Origin<'_>) -> Option<Annotation> {
    let inner = pair.into_inner().next()?;
    let span = at.span(&inner);
    Some(match inner.as_rule() {
        Rule::mended => Annotation::Mended(mend(inner.into_inner().next()?, at)?),
        Rule::by_methodist => Annotation::Methodist { because: inside(inner, at).text(), span },
        Rule::by_source => Annotation::Source(source_place(inner.into_inner().next()?, at)?),
        Rule::unconfirmed => Annotation::Unconfirmed,
        _ => return None,
    })
}

/// Where good and poor begin; the rule tells which way is the better one.
pub(super) fn limits(pair: Pair<'_, Rule>, at: Origin<'_>) -> Option<Value> {
    let better = match pair.as_rule() {
        Rule::more_limits => Better::More,
        _ => Better::Less,
    };
    let mut parts = inside(pair, at);
    let good = quantity(parts.next()?, at)?;
    Some(Value::Limits { better, good, poor: quantity(parts.next()?, at)? })
}

pub(super) fn mend(pair: Pair<'_, Rule>, at: Origin<'_>) -> Option<MendSyntax> {
    let mut parts = inside(pair, at);
    Some(MendSyntax {
        only: parts.take(Rule::mend_for).and_then(|only| inside(only, at).name()),
        field: parts
            .take(Rule::mend_field)
            .map(|field| if field.as_str().starts_with('№') { "№" } else { "уровень" }),
        printed: parts.text()?,
        corrected: parts.take(Rule::mend_to).and_then(|to| inside(to, at).text()),
        because: parts.text(),
    })
}

pub(super) fn source_place(pair: Pair<'_, Rule>, at: Origin<'_>) -> Option<SourcePlace> {
    let mut inner = inside(pair, at);
    let source = inner.name()?;
    let mut places = Vec::new();
    while let Some(part) = inner.next() {
        let words: Vec<String> = part
            .into_inner()
            .map(|piece| match piece.as_rule() {
                Rule::string => format!("«{}»", quoted(&piece, at).text),
                _ => piece.as_str().trim().to_owned(),
            })
            .collect();
        places.push(words.join(" "));
    }
    Some(SourcePlace { source, place: places.join(", ") })
}

pub(super) fn kind(pair: Pair<'_, Rule>, at: Origin<'_>) -> Option<KindSyntax> {
    let inner = pair.into_inner().next()?;
    let rule = inner.as_rule();
    let mut parts = inside(inner, at);
    parts.items.next_if(|p| is_keyword(p.as_rule()));
    Some(match rule {
        Rule::yes_no => KindSyntax::YesNo,
        Rule::percent_kind => KindSyntax::Percent { of: parts.name() },
        Rule::points_kind => KindSyntax::Points,
        Rule::number_kind => KindSyntax::Number {
            unit: parts.take(Rule::name).map(|p| name(&p, at)),
            by: parts.next().and_then(|by| inside(by, at).name()),
        },
        Rule::score_kind => KindSyntax::Score { scale: parts.name()? },
        Rule::mark_kind => KindSyntax::Mark,
        Rule::date_kind => KindSyntax::Date,
        Rule::text_kind => KindSyntax::Text,
        Rule::list_kind => KindSyntax::OneOf { list: parts.name()? },
        _ => return None,
    })
}

pub(super) fn is_keyword(rule: Rule) -> bool {
    matches!(rule, Rule::kw_percent | Rule::kw_number | Rule::kw_score)
}

pub(super) fn documents<'a, I>(parts: Parts<'a, I>) -> Option<Vec<DocumentUse>>
where
    I: Iterator<Item = Pair<'a, Rule>>,
{
    let at = parts.at;
    let mut uses = Vec::new();
    let mut alternative = false;
    for part in parts.items {
        if part.as_rule() == Rule::either {
            alternative = true;
            continue;
        }
        let mut inner = inside(part, at);
        let kind = inner.name()?;
        let number = inner.take(Rule::printed_no).map(|p| printed_no(&p));
        let title = inner.text();
        let outside = inner.take(Rule::outside).is_some();
        uses.push(DocumentUse { kind, number, title, alternative, outside });
        alternative = false;
    }
    Some(uses)
}

/// `№ 1.2.3` → `1.2.3`, `№ «1 А»` → `1 А`.
pub fn printed_no(pair: &Pair<'_, Rule>) -> String {
    let number = pair.as_str().trim_start_matches('№').trim();
    number.trim_matches(['«', '»', '"']).to_owned()
}

pub(super) fn weight<'a, I: Iterator<Item = Pair<'a, Rule>>>(
    mut parts: Parts<'a, I>,
) -> Option<Value> {
    let at = parts.at;
    let value = number(&parts.next()?)?;
    let condition = match parts.next()? {
        pair if pair.as_rule() == Rule::otherwise => None,
        pair => Some(expr(pair, at)?),
    };
    Some(Value::Weight { value, condition })
}

pub(super) fn target<'a, I>(mut parts: Parts<'a, I>) -> Option<TargetSyntax>
where
    I: Iterator<Item = Pair<'a, Rule>>,
{
    let at = parts.at;
    let indicator = parts.name()?;
    let value = parts.next()?.into_inner().next()?;
    let value = match value.as_rule() {
        Rule::of_baseline => TargetValue::OfBaseline(number(&value.into_inner().next()?)?),
        Rule::reference_value => TargetValue::Reference(reference(value.into_inner().next()?, at)?),
        _ => TargetValue::Quantity(quantity(value, at)?),
    };
    let mut when = parts.next()?.into_inner();
    let month = Month::from_word(when.next()?.as_str())?;
    let word = when.next()?;
    let year = match word.as_rule() {
        Rule::ordinal => TargetYear::Nth(ordinal(&word)?),
        Rule::last_word => TargetYear::Last,
        _ => TargetYear::Calendar(year(&word)?),
    };
    Some(TargetSyntax { indicator, value, month, year })
}

pub(super) fn column<'a, I: Iterator<Item = Pair<'a, Rule>>>(
    mut parts: Parts<'a, I>,
) -> Option<Value> {
    let at = parts.at;
    let title = parts.text()?;
    let (field, modifiers) = match parts.take(Rule::field) {
        Some(pair) => {
            let mut field_parts = inside(pair, at);
            (Some(field_parts.name()?), modifiers(&mut field_parts)?)
        }
        None => (None, Vec::new()),
    };
    let width = match parts.next() {
        Some(pair) => Some(integer(&pair.into_inner().next()?)?),
        None => None,
    };
    Some(Value::Column { title, field, modifiers, width })
}

pub(super) fn element<'a, I: Iterator<Item = Pair<'a, Rule>>>(
    mut parts: Parts<'a, I>,
) -> Option<Value> {
    let at = parts.at;
    let name = parts.name()?;
    let title = parts.text()?;
    let mut forms = Vec::new();
    if let Some(list) = parts.next() {
        for form in list.into_inner() {
            let mut inner = inside(form, at);
            forms.push((inner.next()?.as_str().to_owned(), inner.text()?));
        }
    }
    Some(Value::Element { name, title, forms })
}
