//! The lines of a calendar.

use pest::iterators::Pair;

use super::terms::days;
use super::{Parts, Rule, integer, parse};
use crate::calendar::{Days, Week};
use crate::syntax::squeeze::Squeezed;
use crate::syntax::tree::CalendarLine;
use crate::syntax::vocabulary::CalendarShape;

pub(super) fn rule_of(line: CalendarShape) -> Rule {
    match line {
        CalendarShape::Week => Rule::shape_week,
        CalendarShape::Span => Rule::shape_span,
        CalendarShape::Numbered => Rule::shape_numbered,
        CalendarShape::Vacation => Rule::shape_vacation,
    }
}

pub(super) fn value<'a, I>(line: CalendarShape, mut parts: Parts<'a, I>) -> Option<CalendarLine>
where
    I: Iterator<Item = Pair<'a, Rule>>,
{
    Some(match line {
        CalendarShape::Week => CalendarLine::Week(match integer(&parts.next()?)? {
            5 => Week::FiveDays,
            6 => Week::SixDays,
            7 => Week::Whole,
            _ => return None,
        }),
        CalendarShape::Span => {
            CalendarLine::Span { days: days(parts.next()?)?, title: parts.text() }
        }
        CalendarShape::Numbered => {
            CalendarLine::Numbered { number: integer(&parts.next()?)?, days: days(parts.next()?)? }
        }
        CalendarShape::Vacation => CalendarLine::Vacation {
            name: parts.next()?.as_str().to_lowercase(),
            days: days(parts.next()?)?,
        },
    })
}

/// Reads days as a calendar of the language writes them: «26 октября – 3 ноября 2026».
pub fn read_days(text: &str) -> Option<Days> {
    let squeezed = Squeezed::new(text);
    let pair = parse(Rule::shape_span, squeezed.text()).ok()?;
    let mut inner = pair.into_inner();
    let found = days(inner.next()?)?;
    inner.next().is_some_and(|end| end.as_rule() == Rule::EOI).then_some(found)
}
