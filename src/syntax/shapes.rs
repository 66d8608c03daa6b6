//! One function a rule of the grammar: from pest's pairs to the syntax tree. A logical line has
//! already been matched when these run, so a missing part is a fault of this file, not of the
//! user; it surfaces as `None` and is reported as a malformed line.

use pest::Parser;
use pest::iterators::{Pair, Pairs};

use super::tree::*;
use super::vocabulary::{Noun, Shape};
use crate::base::{Direction, FileId, Level, Number, Span};
use crate::calendar::{Date, Frequency, Month, Repeat, Term, TermWhen, WhichYear, Window};

#[derive(pest_derive::Parser)]
#[grammar = "grammar/pko.pest"]
pub struct Grammar;

/// Where a logical line lies in its file.
#[derive(Clone, Copy)]
pub struct Origin {
    pub file: FileId,
    pub offset: usize,
}

impl Origin {
    fn span(self, pair: &Pair<'_, Rule>) -> Span {
        let span = pair.as_span();
        Span::new(self.file, self.offset + span.start(), self.offset + span.end())
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
        Shape::Input => Rule::shape_input,
        Shape::Period => Rule::shape_period,
        Shape::Column => Rule::shape_column,
        Shape::Row => Rule::shape_row,
        Shape::Given => Rule::shape_given,
        Shape::Answer => Rule::shape_answer,
        Shape::School => Rule::shape_school,
        Shape::Expect => Rule::shape_expect,
        Shape::Missing => Rule::shape_missing,
        Shape::Element => Rule::shape_element,
        Shape::Figures => Rule::shape_figures,
        Shape::Raw | Shape::Block(_) => return None,
    })
}

/// Parses `text` by one rule; the pair of the rule itself.
pub fn parse(rule: Rule, text: &str) -> Result<Pair<'_, Rule>, Box<pest::error::Error<Rule>>> {
    let mut pairs = Grammar::parse(rule, text).map_err(Box::new)?;
    pairs.next().ok_or_else(|| {
        Box::new(pest::error::Error::new_from_pos(
            pest::error::ErrorVariant::CustomError { message: String::new() },
            pest::Position::from_start(text),
        ))
    })
}

/// The value of a clause and its trailing annotations.
pub fn value(shape: Shape, pair: Pair<'_, Rule>, at: Origin) -> Option<(Value, Vec<Annotation>)> {
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
    at: Origin,
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

fn inside<'a>(pair: Pair<'a, Rule>, at: Origin) -> Parts<'a, Pairs<'a, Rule>> {
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
        Shape::Mended => Value::Mended { printed: parts.text()?, because: parts.text() },
        Shape::Documents => Value::Documents(documents(parts)?),
        Shape::Weight => weight(parts)?,
        Shape::Target => Value::Target(target(parts)?),
        Shape::Input => Value::Input {
            name: parts.name()?,
            kind: kind(parts.next()?, at)?,
            may_be_unknown: parts.take(Rule::may_be_unknown).is_some(),
        },
        Shape::Period => Value::Period {
            years: integer(&parts.next()?)?,
            from: Month::from_word(parts.next()?.as_str())?,
        },
        Shape::Column => column(parts)?,
        Shape::Row => Value::Row { title: parts.text()?, text: parts.text()? },
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
        Shape::Raw | Shape::Block(_) => return None,
    })
}

// ------------------------------------------------------------------ words and numbers

fn name(pair: &Pair<'_, Rule>, at: Origin) -> Name {
    Name { text: pair.as_str().to_owned(), span: at.span(pair) }
}

fn number(pair: &Pair<'_, Rule>) -> Option<Number> {
    Number::parse(pair.as_str()).ok()
}

fn integer(pair: &Pair<'_, Rule>) -> Option<u32> {
    pair.as_str().parse().ok()
}

fn year(pair: &Pair<'_, Rule>) -> Option<i32> {
    pair.as_str().parse().ok()
}

/// The text between the quotes: escapes undone, lines joined, paragraphs kept.
pub fn quoted(pair: &Pair<'_, Rule>, at: Origin) -> Quoted {
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

fn unescape(text: &str) -> String {
    text.replace("\\«", "«").replace("\\»", "»").replace("\\\\", "\\")
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

fn quantity(pair: Pair<'_, Rule>, at: Origin) -> Option<Quantity> {
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

// ------------------------------------------------------------------ dates and terms

/// The outer `None` is a day that no calendar has.
fn date(pair: Pair<'_, Rule>) -> Option<Option<Date>> {
    let mut inner = pair.into_inner();
    let day: i8 = inner.next()?.as_str().parse().ok()?;
    let month = Month::from_word(inner.next()?.as_str())?;
    let year: i16 = inner.next()?.as_str().parse().ok()?;
    Date::new(year, month.number() as i8, day).ok().map(Some)
}

fn term(pair: Pair<'_, Rule>, at: Origin) -> Option<Term<Name>> {
    let mut when = None;
    let mut repeat = Repeat::Once;
    let mut printed = None;
    for part in pair.into_inner() {
        match part.as_rule() {
            Rule::by_document => {
                when = Some(TermWhen::ByDocument(inside(part, at).name()?));
            }
            Rule::indefinite => when = Some(TermWhen::Indefinite(part.as_str().to_owned())),
            Rule::frequency => when = Some(TermWhen::Every(frequency(part.as_str())?)),
            Rule::windows => {
                let windows = part.into_inner().map(window).collect::<Option<Vec<_>>>()?;
                when = Some(TermWhen::Windows(windows));
            }
            Rule::repeats => repeat = repeats(part)?,
            Rule::printed => printed = inside(part, at).text().map(|text| text.text),
            _ => {}
        }
    }
    Some(Term { when: when?, repeat, printed })
}

fn frequency(word: &str) -> Option<Frequency> {
    Some(match word {
        "ежемесячно" => Frequency::Monthly,
        "ежеквартально" => Frequency::Quarterly,
        "раз в полугодие" => Frequency::HalfYearly,
        "ежегодно" => Frequency::Yearly,
        _ => return None,
    })
}

fn window(pair: Pair<'_, Rule>) -> Option<Window> {
    let inner = pair.into_inner().next()?;
    match inner.as_rule() {
        Rule::days => {
            let dates: Vec<Date> = inner
                .into_inner()
                .filter(|p| p.as_rule() == Rule::date)
                .map(|p| date(p).flatten())
                .collect::<Option<_>>()?;
            let from = *dates.first()?;
            Some(Window::Days { from, to: *dates.last()? })
        }
        Rule::months => {
            let ends: Vec<(Month, Option<i32>)> = inner
                .into_inner()
                .filter(|p| p.as_rule() == Rule::month_of)
                .map(month_of)
                .collect::<Option<_>>()?;
            let (first, last) = (*ends.first()?, *ends.last()?);
            let from = (first.0, first.1.or(if ends.len() > 1 { last.1 } else { None }));
            Some(Window::Months { from, to: last })
        }
        Rule::quarters => {
            let mut quarters: Vec<u8> = Vec::new();
            let mut spans = false;
            for part in inner.into_inner() {
                match part.as_rule() {
                    Rule::day => {
                        let quarter: u8 = part.as_str().parse().ok()?;
                        let from = quarters.last().copied().filter(|_| spans);
                        quarters.extend(from.map_or(quarter..=quarter, |f| f + 1..=quarter));
                        spans = false;
                    }
                    Rule::span_mark => spans = true,
                    _ => {}
                }
            }
            quarters.iter().all(|q| (1..=4).contains(q)).then_some(Window::Quarters(quarters))
        }
        _ => None,
    }
}

fn month_of(pair: Pair<'_, Rule>) -> Option<(Month, Option<i32>)> {
    let mut inner = pair.into_inner();
    let month = Month::from_word(inner.next()?.as_str())?;
    Some((month, inner.next().and_then(|p| year(&p))))
}

fn repeats(pair: Pair<'_, Rule>) -> Option<Repeat> {
    let inner = pair.into_inner().next()?;
    match inner.as_rule() {
        Rule::every_year if inner.as_str().contains("учебный") => {
            Some(Repeat::EverySchoolYear)
        }
        Rule::every_year => Some(Repeat::EveryYear),
        Rule::in_years => {
            let mut years = Vec::new();
            for part in inner.into_inner() {
                match part.as_rule() {
                    Rule::ordinal => years.push(WhichYear::Nth(ordinal(&part)?)),
                    Rule::last_word => years.push(WhichYear::Last),
                    _ => {}
                }
            }
            Some(Repeat::In(years))
        }
        _ => None,
    }
}

fn ordinal(pair: &Pair<'_, Rule>) -> Option<u32> {
    pair.as_str().chars().next()?.to_digit(10)
}

// ------------------------------------------------------------------ annotations and kinds

fn annotation(pair: Pair<'_, Rule>, at: Origin) -> Option<Annotation> {
    let inner = pair.into_inner().next()?;
    let span = at.span(&inner);
    Some(match inner.as_rule() {
        Rule::mended => {
            let mut parts = inside(inner, at);
            Annotation::Mended { printed: parts.text()?, because: parts.text() }
        }
        Rule::by_methodist => Annotation::Methodist { because: inside(inner, at).text(), span },
        Rule::by_source => Annotation::Source(source_place(inner.into_inner().next()?, at)?),
        Rule::unconfirmed => Annotation::Unconfirmed,
        _ => return None,
    })
}

fn source_place(pair: Pair<'_, Rule>, at: Origin) -> Option<SourcePlace> {
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

fn kind(pair: Pair<'_, Rule>, at: Origin) -> Option<KindSyntax> {
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

fn is_keyword(rule: Rule) -> bool {
    matches!(rule, Rule::kw_percent | Rule::kw_number | Rule::kw_score)
}

fn documents<'a, I>(parts: Parts<'a, I>) -> Option<Vec<DocumentUse>>
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

/// `№ 1.2.3` → `1.2.3`.
pub fn printed_no(pair: &Pair<'_, Rule>) -> String {
    pair.as_str().trim_start_matches('№').trim().to_owned()
}

fn weight<'a, I: Iterator<Item = Pair<'a, Rule>>>(mut parts: Parts<'a, I>) -> Option<Value> {
    let at = parts.at;
    let value = number(&parts.next()?)?;
    let condition = match parts.next()? {
        pair if pair.as_rule() == Rule::otherwise => None,
        pair => Some(expr(pair, at)?),
    };
    Some(Value::Weight { value, condition })
}

fn target<'a, I>(mut parts: Parts<'a, I>) -> Option<TargetSyntax>
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

fn column<'a, I: Iterator<Item = Pair<'a, Rule>>>(mut parts: Parts<'a, I>) -> Option<Value> {
    let at = parts.at;
    let title = parts.text()?;
    let mut field_parts = inside(parts.next()?, at);
    let field = field_parts.name()?;
    let modifiers = modifiers(&mut field_parts)?;
    let width = match parts.next() {
        Some(pair) => Some(integer(&pair.into_inner().next()?)?),
        None => None,
    };
    Some(Value::Column { title, field, modifiers, width })
}

fn element<'a, I: Iterator<Item = Pair<'a, Rule>>>(mut parts: Parts<'a, I>) -> Option<Value> {
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

// ------------------------------------------------------------------ tests of a pack

fn given<'a, I: Iterator<Item = Pair<'a, Rule>>>(mut parts: Parts<'a, I>) -> Option<Value> {
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

fn given_value(pair: Pair<'_, Rule>, at: Origin) -> Option<GivenValue> {
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

fn school<'a, I: Iterator<Item = Pair<'a, Rule>>>(mut parts: Parts<'a, I>) -> Option<Value> {
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

fn expect(pair: Pair<'_, Rule>, at: Origin) -> Option<Expect> {
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
        Rule::expect_none => {
            Expect::Absent { noun: chosen(parts.next()?.as_str())?, name: parts.name()? }
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

fn chosen(word: &str) -> Option<Noun> {
    Some(match word {
        "мероприятие" => Noun::Activity,
        "задача" => Noun::Task,
        "цель" => Noun::Goal,
        "требование" => Noun::Requirement,
        _ => return None,
    })
}

// ------------------------------------------------------------------ expressions

fn expr(pair: Pair<'_, Rule>, at: Origin) -> Option<Expr> {
    let span = at.span(&pair);
    let parts = of_rule(pair, Rule::conjunction, |p| conjunction(p, at))?;
    Some(single_or(parts, span, ExprKind::Or))
}

fn conjunction(pair: Pair<'_, Rule>, at: Origin) -> Option<Expr> {
    let span = at.span(&pair);
    let parts = of_rule(pair, Rule::negation, |p| negation(p, at))?;
    Some(single_or(parts, span, ExprKind::And))
}

/// The inner pairs of one rule, turned; separators are passed over.
fn of_rule<T>(
    pair: Pair<'_, Rule>,
    rule: Rule,
    turn: impl Fn(Pair<'_, Rule>) -> Option<T>,
) -> Option<Vec<T>> {
    pair.into_inner().filter(|p| p.as_rule() == rule).map(turn).collect()
}

fn single_or(mut parts: Vec<Expr>, span: Span, make: fn(Vec<Expr>) -> ExprKind) -> Expr {
    match parts.pop_if(|_| true) {
        Some(only) if parts.is_empty() => only,
        Some(last) => {
            parts.push(last);
            Expr { kind: make(parts), span }
        }
        None => Expr { kind: make(parts), span },
    }
}

fn negation(pair: Pair<'_, Rule>, at: Origin) -> Option<Expr> {
    let span = at.span(&pair);
    let mut parts = inside(pair, at);
    if parts.take(Rule::not_word).is_some() {
        let inner = negation(parts.next()?, at)?;
        return Some(Expr { kind: ExprKind::Not(Box::new(inner)), span });
    }
    predicate(parts.next()?, at)
}

fn predicate(pair: Pair<'_, Rule>, at: Origin) -> Option<Expr> {
    let span = at.span(&pair);
    let mut parts = inside(pair, at);
    let first = parts.next()?;
    let kind = match first.as_rule() {
        Rule::expr => return expr(first, at),
        Rule::truth => ExprKind::Truth(first.as_str() == "да"),
        Rule::known => ExprKind::Known(reference(first.into_inner().next()?, at)?),
        Rule::each_year => {
            let mut inner = first.into_inner().filter(|p| p.as_rule() != Rule::years);
            let years = integer(&inner.next()?)?;
            ExprKind::EachYear { years, condition: Box::new(expr(inner.next()?, at)?) }
        }
        Rule::some_years => {
            let mut inner = first.into_inner().filter(|p| p.as_rule() != Rule::years);
            let at_least = integer(&inner.next()?)?;
            let years = integer(&inner.next()?)?;
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

fn with_tail(left: Expr, tail: Pair<'_, Rule>, at: Origin) -> Option<ExprKind> {
    let rule = tail.as_rule();
    let mut parts = inside(tail, at);
    let left = Box::new(left);
    Some(match rule {
        Rule::comparison => {
            let op = compare_op(parts.next()?.as_str())?;
            ExprKind::Compare { op, left, right: Box::new(operand(parts.next()?, at)?) }
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
            ExprKind::Run { what: left, trend, years: integer(&parts.next()?)?, negated }
        }
        _ => return None,
    })
}

fn compare_op(word: &str) -> Option<CompareOp> {
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

fn trend(verb: &str) -> Option<Trend> {
    Some(match verb {
        v if v.starts_with("вырос") || v.starts_with("раст") => Trend::Up,
        v if v.starts_with("сни") => Trend::Down,
        v if v.starts_with("улучш") => Trend::Better,
        v if v.starts_with("ухудш") => Trend::Worse,
        _ => return None,
    })
}

fn operand(pair: Pair<'_, Rule>, at: Origin) -> Option<Expr> {
    signed(pair, at, product, "-минус", |terms| ExprKind::Sum { terms })
}

fn product(pair: Pair<'_, Rule>, at: Origin) -> Option<Expr> {
    signed(pair, at, factor, "/разделить на", |factors| ExprKind::Product { factors })
}

/// A chain `a + b - c`; `inverse` holds the signs that turn a member round.
fn signed(
    pair: Pair<'_, Rule>,
    at: Origin,
    member: fn(Pair<'_, Rule>, Origin) -> Option<Expr>,
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

fn factor(pair: Pair<'_, Rule>, at: Origin) -> Option<Expr> {
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

fn aggregate(pair: Pair<'_, Rule>, at: Origin) -> Option<Aggregate> {
    let rule = pair.as_rule();
    let mut references = Vec::new();
    let mut among = None;
    let mut having = None;
    for part in pair.into_inner() {
        match part.as_rule() {
            Rule::reference => references.push(reference(part, at)?),
            Rule::among => among = Some(Box::new(expr(part.into_inner().next()?, at)?)),
            Rule::having => having = Some(Box::new(negation(part.into_inner().next()?, at)?)),
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

fn reference(pair: Pair<'_, Rule>, at: Origin) -> Option<Reference> {
    let span = at.span(&pair);
    let mut parts = inside(pair, at);
    let name = parts.name()?;
    Some(Reference { name, modifiers: modifiers(&mut parts)?, span })
}

fn modifiers<'a, I>(parts: &mut Parts<'a, I>) -> Option<Vec<Modifier>>
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
                Some(count) => integer(&count)?,
                None => 1,
            }),
            Rule::in_year => Modifier::InYear(year(&inner.next()?)?),
            Rule::of_kind => Modifier::OfKind(inner.name()?),
            Rule::in_total => Modifier::InTotal,
            Rule::mean_over => Modifier::MeanOver(integer(&inner.next()?)?),
            _ => return None,
        });
    }
    Some(found)
}

/// «по краю» says the region.
fn level_dative(word: &str) -> Option<Level> {
    if word == "краю" { Some(Level::Region) } else { Level::from_word(word) }
}
