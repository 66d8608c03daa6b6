//! Walks over the syntax tree that change names and texts in place: how finite templates are
//! filled in.

use super::tree::*;
use crate::base::Span;
use crate::calendar::{Term, TermWhen};

/// What a walk does at each name and each text.
pub trait Change {
    fn name(&self, name: &mut Name);
    fn text(&self, text: &mut Quoted);
}

pub fn nodes(nodes: &mut [Node], change: &dyn Change) {
    for node in nodes {
        match node {
            Node::Item(item) => self::item(item, change),
            Node::Clause(clause) => self::clause(clause, change),
            Node::Template(template) => {
                template.values.iter_mut().for_each(|value| change.name(value));
                self::nodes(&mut template.body, change);
            }
            Node::Rows(rows) => self::nodes(&mut rows.body, change),
            Node::Lost(names) => names.iter_mut().for_each(|name| change.name(name)),
        }
    }
}

fn item(item: &mut Item, change: &dyn Change) {
    change.name(&mut item.name);
    if let Some(title) = &mut item.title {
        change.text(title);
    }
    nodes(&mut item.body, change);
}

fn clause(clause: &mut Clause, change: &dyn Change) {
    match &mut clause.value {
        Value::Term(term) => self::term(term, clause.span, change),
        other => value(other, change),
    }
    clause.annotations.iter_mut().for_each(|note| annotation(note, change));
    nodes(&mut clause.body, change);
}

fn term(term: &mut Term<Name>, place: Span, change: &dyn Change) {
    if let TermWhen::ByDocument(name) = &mut term.when {
        change.name(name);
    }
    if let Some(printed) = term.printed.take() {
        let mut quoted = Quoted { text: printed, span: place };
        change.text(&mut quoted);
        term.printed = Some(quoted.text);
    }
}

fn annotation(note: &mut Annotation, change: &dyn Change) {
    match note {
        Annotation::Mended(mend) => self::mend(mend, change),
        Annotation::Methodist { because, .. } => {
            because.iter_mut().for_each(|text| change.text(text));
        }
        Annotation::Source(place) => change.name(&mut place.source),
        Annotation::Unconfirmed => {}
    }
}

/// Which instance a mend belongs to is not a name to fill: it is compared with the value.
fn mend(mend: &mut MendSyntax, change: &dyn Change) {
    change.text(&mut mend.printed);
    mend.corrected.iter_mut().chain(&mut mend.because).for_each(|text| change.text(text));
}

fn value(value: &mut Value, change: &dyn Change) {
    match value {
        Value::Name(name) | Value::Base { name, .. } => change.name(name),
        Value::Input { name, kind, .. } => {
            change.name(name);
            self::kind(kind, change);
        }
        Value::Names(names) => names.iter_mut().for_each(|name| change.name(name)),
        Value::Text(text) => change.text(text),
        Value::Texts(texts) => texts.iter_mut().for_each(|text| change.text(text)),
        Value::Reason(text) | Value::Printed(text) => {
            text.iter_mut().for_each(|text| change.text(text));
        }
        Value::Mended(mend) => self::mend(mend, change),
        Value::Row { title, text } => {
            change.text(title);
            change.text(text);
        }
        Value::ReadyRow { title, cells } => {
            change.text(title);
            cells.iter_mut().for_each(|cell| change.text(cell));
        }
        Value::Expr(expr) => self::expr(expr, change),
        Value::Weight { condition, .. } => {
            condition.iter_mut().for_each(|condition| expr(condition, change));
        }
        Value::Quantity(quantity) => self::quantity(quantity, change),
        Value::Figures(figures) => figures.iter_mut().for_each(|(_, q)| quantity(q, change)),
        Value::Kind(kind) => self::kind(kind, change),
        Value::Amount(amount) => change.name(&mut amount.unit),
        Value::Source(place) => change.name(&mut place.source),
        Value::Documents(uses) => uses.iter_mut().for_each(|document| {
            change.name(&mut document.kind);
            document.title.iter_mut().for_each(|title| change.text(title));
        }),
        Value::Target(target) => {
            change.name(&mut target.indicator);
            match &mut target.value {
                TargetValue::Reference(reference) => self::reference(reference, change),
                TargetValue::Quantity(quantity) => self::quantity(quantity, change),
                TargetValue::OfBaseline(_) => {}
            }
        }
        Value::Column { title, field, .. } => {
            change.text(title);
            field.iter_mut().for_each(|field| change.name(field));
        }
        Value::Given { name, figures, .. } => {
            change.name(name);
            figures.iter_mut().for_each(|(_, value)| given(value, change));
        }
        Value::School { facts, .. } => facts.iter_mut().for_each(|(name, value)| {
            change.name(name);
            given(value, change);
        }),
        Value::Answer { question, .. } => change.name(question),
        Value::Expect(expected) => expect(expected, change),
        Value::Missing(references) => references.iter_mut().for_each(|r| reference(r, change)),
        Value::Element { title, .. } => change.text(title),
        Value::Limits { good, poor, .. } => {
            [good, poor].into_iter().for_each(|q| quantity(q, change));
        }
        Value::Sentence { name, text } => {
            change.name(name);
            change.text(text);
        }
        Value::Plan(plan) => plan.change(change),
        Value::Method(line) => line.change(change),
        Value::Term(_)
        | Value::Flag
        | Value::Range(..)
        | Value::Edition(_)
        | Value::Date(_)
        | Value::Validity { .. }
        | Value::Level(_)
        | Value::Month(_)
        | Value::Better(_)
        | Value::Means(_)
        | Value::Grade(_)
        | Value::Cells(_)
        | Value::Every(_)
        | Value::Period { .. }
        | Value::Lasts(_)
        | Value::Load(_)
        | Value::Calendar(_)
        | Value::Raw
        | Value::Unreadable => {}
    }
}

fn kind(kind: &mut KindSyntax, change: &dyn Change) {
    match kind {
        KindSyntax::Percent { of: Some(name) }
        | KindSyntax::Score { scale: name }
        | KindSyntax::OneOf { list: name } => change.name(name),
        KindSyntax::Number { unit, by } => {
            unit.iter_mut().chain(by).for_each(|name| change.name(name));
        }
        _ => {}
    }
}

pub(super) fn quantity(quantity: &mut Quantity, change: &dyn Change) {
    match &mut quantity.unit {
        UnitSyntax::Word(name) | UnitSyntax::Score { scale: Some(name) } => change.name(name),
        _ => {}
    }
}

fn given(value: &mut GivenValue, change: &dyn Change) {
    match value {
        GivenValue::Bound { quantity: q, .. } | GivenValue::Quantity { quantity: q, .. } => {
            quantity(q, change);
        }
        _ => {}
    }
}

fn expect(expected: &mut Expect, change: &dyn Change) {
    match expected {
        Expect::Deficit { name, .. }
        | Expect::Cause { name, .. }
        | Expect::UnknownRisk { name }
        | Expect::Absent { name, .. }
        | Expect::Chosen { name, .. } => change.name(name),
        Expect::Text { name, contains } => {
            change.name(name);
            change.text(contains);
        }
        Expect::Conclusion { indicator, name } => {
            change.name(indicator);
            change.name(name);
        }
        Expect::Between { reference: r, .. } | Expect::Indicator { reference: r, .. } => {
            reference(r, change);
        }
    }
}

fn reference(reference: &mut Reference, change: &dyn Change) {
    change.name(&mut reference.name);
    for modifier in &mut reference.modifiers {
        if let Modifier::OfKind(name) = modifier {
            change.name(name);
        }
    }
}

fn expr(expr: &mut Expr, change: &dyn Change) {
    match &mut expr.kind {
        ExprKind::And(all) | ExprKind::Or(all) => {
            all.iter_mut().for_each(|inner| self::expr(inner, change));
        }
        ExprKind::Call { function, arguments } => {
            change.name(function);
            arguments.iter_mut().for_each(|inner| self::expr(inner, change));
        }
        ExprKind::Not(inner)
        | ExprKind::Change { what: inner, .. }
        | ExprKind::Run { what: inner, .. }
        | ExprKind::EachYear { condition: inner, .. }
        | ExprKind::SomeYears { condition: inner, .. } => self::expr(inner, change),
        ExprKind::Compare { left, right, .. } | ExprKind::Lag { left, right, .. } => {
            self::expr(left, change);
            self::expr(right, change);
        }
        ExprKind::Sum { terms } => {
            terms.iter_mut().for_each(|(_, inner)| self::expr(inner, change));
        }
        ExprKind::Product { factors } => {
            factors.iter_mut().for_each(|(_, inner)| self::expr(inner, change));
        }
        ExprKind::Quantity(quantity) => self::quantity(quantity, change),
        ExprKind::Reference(reference) | ExprKind::Known(reference) => {
            self::reference(reference, change);
        }
        ExprKind::Aggregate(aggregate) => self::aggregate(aggregate, change),
        ExprKind::Truth(_) | ExprKind::Words(_) => {}
    }
}

fn aggregate(aggregate: &mut Aggregate, change: &dyn Change) {
    aggregate.among.iter_mut().for_each(|among| expr(among, change));
    match &mut aggregate.kind {
        AggregateKind::Share { having } => expr(having, change),
        AggregateKind::Count { having } => {
            having.iter_mut().for_each(|having| expr(having, change));
        }
        AggregateKind::Sum { of } => reference(of, change),
        AggregateKind::Mean { of, weight } => {
            reference(of, change);
            weight.iter_mut().for_each(|weight| reference(weight, change));
        }
    }
}
