//! The lines of roadmaps.

use pest::iterators::Pair;

use super::clauses::printed_no;
use super::{Parts, Rule, inside, name, number, quantity, year};
use crate::base::Number;
use crate::syntax::tree::{Because, Name, NewNumber, NewPlanned, PlanValue, SpotSyntax};
use crate::syntax::vocabulary::PlanShape;

/// Plans are made for a few years.
const MAX_YEARS: u32 = 50;

pub(super) fn rule_of(shape: PlanShape) -> Rule {
    match shape {
        PlanShape::Span | PlanShape::Years => Rule::shape_plan_years,
        PlanShape::Result => Rule::shape_plan_result,
        PlanShape::Reach => Rule::shape_reach,
        PlanShape::Norm => Rule::shape_norm,
        PlanShape::Drop => Rule::shape_drop,
        PlanShape::Merge => Rule::shape_merge,
        PlanShape::MergeParts => Rule::shape_merge_parts,
        PlanShape::Shift => Rule::shape_shift,
        PlanShape::ReplaceActor => Rule::shape_replace_actor,
        PlanShape::ReplaceText => Rule::shape_replace_text,
        PlanShape::Change | PlanShape::ChangePart => Rule::shape_change,
        PlanShape::Add => Rule::shape_add,
        PlanShape::AddSection => Rule::shape_add_section,
    }
}

pub(super) fn value<'a, I>(shape: PlanShape, parts: Parts<'a, I>) -> Option<PlanValue>
where
    I: Iterator<Item = Pair<'a, Rule>>,
{
    let at = parts.at;
    let parts = parts.items.filter(|p| !matches!(p.as_rule(), Rule::onto | Rule::within));
    let mut parts = Parts { items: parts.peekable(), at };
    Some(match shape {
        PlanShape::Span | PlanShape::Years => years(parts)?,
        PlanShape::Result => PlanValue::Result {
            number: parts.take(Rule::printed_no).map(|p| printed_no(&p)),
            text: parts.text()?,
        },
        PlanShape::Reach => {
            PlanValue::Reach { indicator: parts.name()?, value: quantity(parts.next()?, at)? }
        }
        PlanShape::Norm => norm(parts)?,
        PlanShape::Drop => PlanValue::Drop { what: names(&mut parts), because: why(&mut parts) },
        PlanShape::Merge | PlanShape::MergeParts => PlanValue::Merge {
            what: names(&mut parts),
            into: planned(&mut parts)?,
            because: why(&mut parts),
        },
        PlanShape::Shift => {
            let years = number(&parts.next()?).filter(Number::is_integer)?;
            parts.take(Rule::years);
            let years = i32::try_from(years.floor()?).ok()?;
            PlanValue::Shift { years, because: why(&mut parts) }
        }
        PlanShape::ReplaceActor => PlanValue::ReplaceActor {
            old: parts.name()?,
            new: parts.name()?,
            because: why(&mut parts),
        },
        PlanShape::ReplaceText => PlanValue::ReplaceText {
            old: parts.text()?,
            new: parts.text()?,
            because: why(&mut parts),
        },
        PlanShape::Change | PlanShape::ChangePart => PlanValue::Change {
            what: parts.name()?,
            number: new_number(&mut parts),
            title: parts.text(),
            because: why(&mut parts),
        },
        PlanShape::Add | PlanShape::AddSection => PlanValue::Add {
            what: planned(&mut parts)?,
            spot: spot(&mut parts)?,
            because: why(&mut parts),
        },
    })
}

/// A span that runs backwards, or over more years than a plan has, is a slip.
fn years<'a, I: Iterator<Item = Pair<'a, Rule>>>(parts: Parts<'a, I>) -> Option<PlanValue> {
    let years: Vec<i32> = parts
        .items
        .filter(|p| p.as_rule() == Rule::year)
        .map(|p| year(&p))
        .collect::<Option<_>>()?;
    let (first, last) = (*years.first()?, *years.last()?);
    let few = u32::try_from(last - first).is_ok_and(|more| more <= MAX_YEARS);
    few.then_some(PlanValue::Years(first, last))
}

fn norm<'a, I: Iterator<Item = Pair<'a, Rule>>>(mut parts: Parts<'a, I>) -> Option<PlanValue> {
    let at = parts.at;
    Some(PlanValue::Norm {
        at_least: quantity(parts.next()?, at)?,
        per: parts
            .take(Rule::norm_per)
            .and_then(|p| p.into_inner().next())
            .map(|p| p.as_str().trim().to_owned()),
        for_whom: parts.take(Rule::norm_for).and_then(|p| inside(p, at).text()),
    })
}

fn names<'a, I: Iterator<Item = Pair<'a, Rule>>>(parts: &mut Parts<'a, I>) -> Vec<Name> {
    let at = parts.at;
    let mut found = Vec::new();
    while let Some(pair) = parts.take(Rule::name) {
        found.push(name(&pair, at));
    }
    found
}

fn planned<'a, I: Iterator<Item = Pair<'a, Rule>>>(parts: &mut Parts<'a, I>) -> Option<NewPlanned> {
    let head = parts.take(Rule::merged).or_else(|| parts.take(Rule::merged_part))?;
    let mut inner = inside(head, parts.at);
    Some(NewPlanned {
        name: inner.name()?,
        number: inner.take(Rule::printed_no).map(|p| printed_no(&p)),
        title: inner.text(),
    })
}

fn spot<'a, I: Iterator<Item = Pair<'a, Rule>>>(parts: &mut Parts<'a, I>) -> Option<SpotSyntax> {
    let follows = parts.take(Rule::behind).is_some();
    let place = parts.name()?;
    Some(if follows { SpotSyntax::After(place) } else { SpotSyntax::Inside(place) })
}

fn new_number<'a, I: Iterator<Item = Pair<'a, Rule>>>(parts: &mut Parts<'a, I>) -> NewNumber {
    if parts.take(Rule::numberless).is_some() {
        return NewNumber::Removed;
    }
    parts
        .take(Rule::printed_no)
        .map_or(NewNumber::Kept, |number| NewNumber::Set(printed_no(&number)))
}

fn why<'a, I: Iterator<Item = Pair<'a, Rule>>>(parts: &mut Parts<'a, I>) -> Because {
    let at = parts.at;
    parts.take(Rule::because).and_then(|because| inside(because, at).text())
}
