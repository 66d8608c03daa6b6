//! One function a rule of the grammar: from pest's pairs to the syntax tree. A logical line has
//! already been matched when these run, so a missing part is a fault of this file, not of the
//! user; it surfaces as `None` and is reported as a malformed line.

mod calendar;
mod clauses;
mod examples;
mod expressions;
mod methods;
mod plans;
mod terms;

use std::num::NonZeroUsize;

use pest::Parser;
use pest::iterators::{Pair, Pairs};

use self::clauses::{
    annotation, column, documents, element, kind, limits, mend, source_place, target, weight,
};
use self::examples::{expect, given, school};
use self::expressions::{expr, reference};
use self::terms::{date, lasts, term};
use super::squeeze::source_offset;
use super::tree::*;
use super::vocabulary::Shape;
use crate::base::{FileId, Level, Number, Span};
use crate::calendar::Month;

pub use self::calendar::read_days;
pub use self::clauses::printed_no;

#[derive(pest_derive::Parser)]
#[grammar = "grammar/pko.pest"]
pub struct Grammar;

/// Where a squeezed line lies in its file.
#[derive(Clone, Copy)]
pub struct Origin<'a> {
    pub file: FileId,
    pub offset: usize,
    pub cuts: &'a [(usize, usize)],
}

impl Origin<'_> {
    /// The place of a pair, without the blanks that pest counts to it.
    pub fn span(self, pair: &Pair<'_, Rule>) -> Span {
        let start = pair.as_span().start();
        self.place(start, start + pair.as_str().trim_end().len())
    }

    pub fn place(self, start: usize, end: usize) -> Span {
        let [start, end] = [start, end].map(|at| self.offset + source_offset(self.cuts, at));
        Span::new(self.file, start, end.max(start))
    }
}

/// The rule of the grammar that reads a shape; `None` for shapes that have no text of their own.
pub fn rule_of(shape: Shape) -> Option<Rule> {
    Some(match shape {
        Shape::Flag => Rule::shape_flag,
        Shape::Name => Rule::shape_name,
        Shape::Names => Rule::shape_names,
        Shape::Text => Rule::shape_text,
        Shape::Texts => Rule::shape_texts,
        Shape::Expr => Rule::shape_expr,
        Shape::Quantity => Rule::shape_quantity,
        Shape::Range => Rule::shape_range,
        Shape::Edition => Rule::shape_edition,
        Shape::Base => Rule::shape_base,
        Shape::Date => Rule::shape_date,
        Shape::Number => Rule::shape_number,
        Shape::Validity => Rule::shape_validity,
        Shape::Level => Rule::shape_level,
        Shape::Month => Rule::shape_month,
        Shape::Term => Rule::shape_term,
        Shape::Kind => Rule::shape_kind,
        Shape::Better => Rule::shape_better,
        Shape::Every => Rule::shape_every,
        Shape::Source => Rule::shape_source,
        Shape::Reason => Rule::shape_reason,
        Shape::Mended => Rule::shape_mended,
        Shape::Documents => Rule::shape_documents,
        Shape::Weight => Rule::shape_weight,
        Shape::Target => Rule::shape_target,
        Shape::Amount => Rule::shape_amount,
        Shape::Means => Rule::shape_means,
        Shape::Grade => Rule::shape_grade,
        Shape::Limits => Rule::shape_limits,
        Shape::Cells => Rule::shape_cells,
        Shape::Sentence => Rule::shape_sentence,
        Shape::Input => Rule::shape_input,
        Shape::Period => Rule::shape_period,
        Shape::Lasts => Rule::shape_lasts,
        Shape::Load => Rule::shape_load,
        Shape::Calendar(line) => calendar::rule_of(line),
        Shape::Column => Rule::shape_column,
        Shape::Row => Rule::shape_row,
        Shape::ReadyRow => Rule::shape_ready_row,
        Shape::Given => Rule::shape_given,
        Shape::Answer => Rule::shape_answer,
        Shape::School => Rule::shape_school,
        Shape::Expect => Rule::shape_expect,
        Shape::Missing => Rule::shape_missing,
        Shape::Element => Rule::shape_element,
        Shape::Figures => Rule::shape_figures,
        Shape::Plan(plan) => plans::rule_of(plan),
        Shape::Method(line) => methods::rule_of(line),
        Shape::Raw | Shape::Block(_) => return None,
    })
}

/// More steps than any line for people takes. Pest tries some rules twice, and in a nest of
/// brackets made for it, twice at every depth.
const MAX_STEPS: Option<NonZeroUsize> = NonZeroUsize::new(10_000_000);

/// Parses `text` by one rule; the pair of the rule itself.
pub fn parse(rule: Rule, text: &str) -> Result<Pair<'_, Rule>, Box<pest::error::Error<Rule>>> {
    pest::set_call_limit(MAX_STEPS);
    let mut pairs = Grammar::parse(rule, text).map_err(Box::new)?;
    pairs.next().ok_or_else(|| {
        Box::new(pest::error::Error::new_from_pos(
            pest::error::ErrorVariant::CustomError { message: String::new() },
            pest::Position::from_start(text),
        ))
    })
}

/// The value of a clause and its trailing annotations.
pub fn value(
    shape: Shape,
    pair: Pair<'_, Rule>,
    at: Origin<'_>,
) -> Option<(Value, Vec<Annotation>)> {
    let mut annotations = Vec::new();
    let mut parts = Vec::new();
    for inner in pair.into_inner() {
        match inner.as_rule() {
            Rule::annotation => annotations.push(annotation(inner, at)?),
            Rule::EOI => {}
            _ => parts.push(inner),
        }
    }
    Some((shape_value(shape, Parts { items: parts.into_iter().peekable(), at })?, annotations))
}

/// The inner pairs of a rule, taken one by one.
struct Parts<'a, I: Iterator<Item = Pair<'a, Rule>>> {
    items: std::iter::Peekable<I>,
    at: Origin<'a>,
}

impl<'a, I: Iterator<Item = Pair<'a, Rule>>> Parts<'a, I> {
    fn next(&mut self) -> Option<Pair<'a, Rule>> {
        self.items.next()
    }

    /// The next pair, if it is of `rule`.
    fn take(&mut self, rule: Rule) -> Option<Pair<'a, Rule>> {
        self.items.next_if(|pair| pair.as_rule() == rule)
    }

    fn name(&mut self) -> Option<Name> {
        let at = self.at;
        self.next().map(|pair| name(&pair, at))
    }

    fn text(&mut self) -> Option<Quoted> {
        let at = self.at;
        self.take(Rule::string).map(|pair| quoted(&pair, at))
    }
}

fn inside<'a>(pair: Pair<'a, Rule>, at: Origin<'a>) -> Parts<'a, Pairs<'a, Rule>> {
    Parts { items: pair.into_inner().peekable(), at }
}

fn shape_value<'a, I>(shape: Shape, mut parts: Parts<'a, I>) -> Option<Value>
where
    I: Iterator<Item = Pair<'a, Rule>>,
{
    let at = parts.at;
    Some(match shape {
        Shape::Flag => Value::Flag,
        Shape::Name => Value::Name(parts.name()?),
        Shape::Names => Value::Names(parts.items.map(|p| name(&p, at)).collect()),
        Shape::Text => Value::Text(parts.text()?),
        Shape::Texts => Value::Texts(parts.items.map(|p| quoted(&p, at)).collect()),
        Shape::Expr => Value::Expr(expr(parts.next()?, at)?),
        Shape::Quantity => Value::Quantity(quantity(parts.next()?, at)?),
        Shape::Range => Value::Range(number(&parts.next()?)?, number(&parts.next()?)?),
        Shape::Edition => Value::Edition(parts.next()?.as_str().to_owned()),
        Shape::Base => Value::Base {
            name: parts.name()?,
            edition: parts.next().map(|p| p.as_str().to_owned()),
        },
        Shape::Date => Value::Date(parts.take(Rule::date).map(date).unwrap_or(Some(None))?),
        Shape::Number => Value::Printed(parts.text()),
        Shape::Validity => Value::Validity {
            from: date(parts.next()?)??,
            to: match parts.next() {
                Some(pair) => Some(date(pair)??),
                None => None,
            },
        },
        Shape::Level => Value::Level(Level::from_word(parts.next()?.as_str())?),
        Shape::Month => Value::Month(Month::from_word(parts.next()?.as_str())?),
        Shape::Term => Value::Term(term(parts.next()?, at)?),
        Shape::Kind => Value::Kind(kind(parts.next()?, at)?),
        Shape::Better => Value::Better(better(parts.next()?.as_str())?),
        Shape::Every => Value::Every(every(parts.next()?.as_str())?),
        Shape::Source => Value::Source(source_place(parts.next()?, at)?),
        Shape::Reason => Value::Reason(parts.text()),
        Shape::Mended => Value::Mended(mend(parts.next()?, at)?),
        Shape::Documents => Value::Documents(documents(parts)?),
        Shape::Weight => weight(parts)?,
        Shape::Target => Value::Target(target(parts)?),
        Shape::Amount => Value::Amount(AmountSyntax {
            number: match parts.take(Rule::how_much) {
                Some(_) => None,
                None => Some(number(&parts.next()?)?),
            },
            unit: parts.name()?,
            yearly: parts.next()?.as_str() != "один раз",
        }),
        Shape::Means => Value::Means(ResourceKind::from_word(parts.next()?.as_str())?),
        Shape::Grade => Value::Grade(Grade::from_word(parts.next()?.as_str())?),
        Shape::Limits => limits(parts.next()?, at)?,
        Shape::Cells => Value::Cells(parts.items.map(|p| name(&p, at)).collect()),
        Shape::Sentence => Value::Sentence { name: parts.name()?, text: parts.text()? },
        Shape::Input => Value::Input {
            name: parts.name()?,
            kind: kind(parts.next()?, at)?,
            may_be_unknown: parts.take(Rule::may_be_unknown).is_some(),
        },
        Shape::Period => Value::Period {
            years: few_years(&parts.next()?)?,
            from: Month::from_word(parts.next()?.as_str())?,
        },
        Shape::Lasts => Value::Lasts(lasts(parts.next()?, parts.next()?.as_str())?),
        Shape::Load => Value::Load(integer(&parts.next()?).filter(|most| *most > 0)?),
        Shape::Calendar(line) => Value::Calendar(calendar::value(line, parts)?),
        Shape::Column => column(parts)?,
        Shape::Row => Value::Row { title: parts.text()?, text: parts.text()? },
        Shape::ReadyRow => Value::ReadyRow {
            title: parts.text()?,
            cells: parts.items.map(|p| quoted(&p, at)).collect(),
        },
        Shape::Given => given(parts)?,
        Shape::Answer => Value::Answer {
            question: parts.name()?,
            value: parts.take(Rule::truth).map(|p| p.as_str() == "да"),
        },
        Shape::School => school(parts)?,
        Shape::Expect => Value::Expect(expect(parts.next()?, at)?),
        Shape::Missing => {
            Value::Missing(parts.items.map(|p| reference(p, at)).collect::<Option<_>>()?)
        }
        Shape::Element => element(parts)?,
        Shape::Figures => Value::Figures(
            parts
                .items
                .map(|p| {
                    let mut inner = inside(p, at);
                    Some((year(&inner.next()?)?, quantity(inner.next()?, at)?))
                })
                .collect::<Option<_>>()?,
        ),
        Shape::Plan(plan) => Value::Plan(plans::value(plan, parts)?),
        Shape::Method(line) => Value::Method(methods::value(line, parts)?),
        Shape::Raw | Shape::Block(_) => return None,
    })
}

// ------------------------------------------------------------------ words and numbers

fn name(pair: &Pair<'_, Rule>, at: Origin<'_>) -> Name {
    Name { text: pair.as_str().to_owned(), span: at.span(pair) }
}

/// `12 500` is one number.
fn number(pair: &Pair<'_, Rule>) -> Option<Number> {
    Number::parse(pair.as_str()).ok()
}

fn integer(pair: &Pair<'_, Rule>) -> Option<u32> {
    pair.as_str().replace(' ', "").parse().ok()
}

/// The numbers of a `строка` line.
pub fn rows(pair: Pair<'_, Rule>) -> Option<Vec<u32>> {
    pair.into_inner().filter(|p| p.as_rule() == Rule::integer).map(|p| integer(&p)).collect()
}

/// The longest span of years that a rule may speak of.
const MAX_YEARS: u32 = 30;

/// A count of years that figures or a programme can span; zero and centuries are slips.
fn few_years(pair: &Pair<'_, Rule>) -> Option<u32> {
    integer(pair).filter(|years| (1..=MAX_YEARS).contains(years))
}

fn year(pair: &Pair<'_, Rule>) -> Option<i32> {
    pair.as_str().parse().ok()
}

/// The text between the quotes: escapes undone, lines joined, paragraphs kept.
pub fn quoted(pair: &Pair<'_, Rule>, at: Origin<'_>) -> Quoted {
    let source = pair.as_str();
    let mut inner = source.chars();
    inner.next();
    inner.next_back();
    Quoted { text: unescape(&join_lines(inner.as_str())), span: at.span(pair) }
}

fn join_lines(text: &str) -> String {
    if !text.contains('\n') {
        return text.to_owned();
    }
    let mut paragraphs: Vec<Vec<&str>> = vec![Vec::new()];
    for line in text.lines() {
        match line.trim() {
            "" => paragraphs.push(Vec::new()),
            body => {
                if let Some(last) = paragraphs.last_mut() {
                    last.push(body);
                }
            }
        }
    }
    let joined: Vec<String> =
        paragraphs.into_iter().filter(|p| !p.is_empty()).map(|p| p.join(" ")).collect();
    joined.join("\n\n")
}

/// Undoes `\«`, `\»` and `\\` from the left, so that `\\«` is a backslash and a quote.
fn unescape(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let escaped = if c == '\\' { rest.next_if(|c| "«»\\".contains(*c)) } else { None };
        plain.push(escaped.unwrap_or(c));
    }
    plain
}

fn better(word: &str) -> Option<Better> {
    Some(match word {
        "больше" => Better::More,
        "меньше" => Better::Less,
        "да" => Better::Yes,
        "нет" => Better::No,
        _ => return None,
    })
}

fn every(words: &str) -> Option<Every> {
    Some(match words {
        "учебный год" => Every::SchoolYear,
        "год" => Every::Year,
        "полугодие" => Every::HalfYear,
        "квартал" => Every::Quarter,
        _ => return None,
    })
}

fn quantity(pair: Pair<'_, Rule>, at: Origin<'_>) -> Option<Quantity> {
    let span = at.span(&pair);
    let mut inner = inside(pair, at);
    let number = number(&inner.next()?)?;
    let unit = match inner.next().and_then(|unit| unit.into_inner().next()) {
        None => UnitSyntax::None,
        Some(unit) => match unit.as_rule() {
            Rule::percent => UnitSyntax::Percent,
            Rule::points => UnitSyntax::Points,
            Rule::score => UnitSyntax::Score {
                scale: unit.into_inner().find(|p| p.as_rule() == Rule::name).map(|p| name(&p, at)),
            },
            _ => UnitSyntax::Word(name(&unit, at)),
        },
    };
    Some(Quantity { number, unit, span })
}

/// Whether the language keeps a word for itself, so that nothing can be named by it.
pub fn is_taken(word: &str) -> bool {
    Grammar::parse(Rule::taken, word).is_ok_and(|pairs| pairs.as_str() == word)
}
