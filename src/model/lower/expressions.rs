//! Expressions: names bound, units found, «лучше» and «хуже» turned by the indicator's own way.

use super::Lowering;
use crate::base::{Id, Level, Span};
use crate::diag::Diagnostic;
use crate::model::codes;
use crate::model::expr::{
    Aggregate, AggregateKind, CompareOp, Expr, ExprKind, Observe, Quantity, Unit, When,
};
use crate::model::names::Symbol;
use crate::syntax::Noun;
use crate::syntax::tree::{self, Better, Modifier, Side, Trend, UnitSyntax};

/// What a name in an expression may be.
const OPERANDS: &[Noun] = &[Noun::Indicator, Noun::Category, Noun::Question];

impl Lowering<'_> {
    /// `None` where something in it is unknown; all such faults are reported.
    pub(super) fn expr(&mut self, expr: &tree::Expr) -> Option<Expr> {
        let kind = match &expr.kind {
            tree::ExprKind::And(all) => ExprKind::And(self.exprs(all)?),
            tree::ExprKind::Or(all) => ExprKind::Or(self.exprs(all)?),
            tree::ExprKind::Not(inner) => ExprKind::Not(Box::new(self.expr(inner)?)),
            tree::ExprKind::Truth(truth) => ExprKind::Truth(*truth),
            tree::ExprKind::Known(reference) => ExprKind::Known(self.observe(reference)?),
            tree::ExprKind::Compare { op, left, right } => {
                self.compare(*op, left, right, expr.span)?
            }
            tree::ExprKind::Lag { side, left, right, by } => self.lag(*side, left, right, by)?,
            tree::ExprKind::Change { what, trend, negated } => {
                let (what, up) = self.series(what, *trend)?;
                ExprKind::Change { what, up, negated: *negated }
            }
            tree::ExprKind::Run { what, trend, years, negated } => {
                let (what, up) = self.series(what, *trend)?;
                ExprKind::Run { what, up, years: *years, negated: *negated }
            }
            tree::ExprKind::EachYear { years, condition } => {
                ExprKind::EachYear { years: *years, condition: Box::new(self.expr(condition)?) }
            }
            tree::ExprKind::SomeYears { at_least, years, condition } => ExprKind::SomeYears {
                at_least: *at_least,
                years: *years,
                condition: Box::new(self.expr(condition)?),
            },
            tree::ExprKind::Sum { terms } => ExprKind::Sum(self.signed(terms)?),
            tree::ExprKind::Product { factors } => ExprKind::Product(self.signed(factors)?),
            tree::ExprKind::Words(words) => ExprKind::Words(words.clone()),
            tree::ExprKind::Quantity(quantity) => ExprKind::Quantity(self.quantity(quantity)?),
            tree::ExprKind::Reference(reference) => self.operand_reference(reference)?,
            tree::ExprKind::Call { function, arguments } => {
                let arguments = self.exprs(arguments);
                let function = self.names.resolve(function, &[Noun::Function], self.out)?;
                ExprKind::Call { function, arguments: arguments? }
            }
            tree::ExprKind::Aggregate(aggregate) => ExprKind::Aggregate(self.aggregate(aggregate)?),
        };
        Some(Expr { kind, span: expr.span })
    }

    fn exprs(&mut self, all: &[tree::Expr]) -> Option<Vec<Expr>> {
        let lowered: Vec<Option<Expr>> = all.iter().map(|inner| self.expr(inner)).collect();
        lowered.into_iter().collect()
    }

    fn signed(&mut self, all: &[(bool, tree::Expr)]) -> Option<Vec<(bool, Expr)>> {
        let lowered: Vec<Option<(bool, Expr)>> =
            all.iter().map(|(sign, inner)| Some((*sign, self.expr(inner)?))).collect();
        lowered.into_iter().collect()
    }

    fn compare(
        &mut self,
        op: tree::CompareOp,
        left: &tree::Expr,
        right: &tree::Expr,
        span: Span,
    ) -> Option<ExprKind> {
        let lowered_left = self.expr(left);
        let list = lowered_left.as_ref().and_then(|left| self.list_of(left)).cloned();
        let lowered_right = match list {
            Some(list) => self.element(&list, right),
            None => self.expr(right),
        };
        let (left, right) = (Box::new(lowered_left?), Box::new(lowered_right?));
        if let (ExprKind::Truth(truth), true) = (&right.kind, is_equality(op)) {
            let same = *truth == (op == tree::CompareOp::Equal);
            return Some(if same { left.kind } else { ExprKind::Not(left) });
        }
        let more = |up: bool| if up { CompareOp::More } else { CompareOp::Less };
        let not_more = |up: bool| if up { CompareOp::NotMore } else { CompareOp::NotLess };
        let op = match op {
            tree::CompareOp::More => CompareOp::More,
            tree::CompareOp::Less => CompareOp::Less,
            tree::CompareOp::NotMore => CompareOp::NotMore,
            tree::CompareOp::NotLess => CompareOp::NotLess,
            tree::CompareOp::Equal => CompareOp::Equal,
            tree::CompareOp::NotEqual => CompareOp::NotEqual,
            tree::CompareOp::Better => more(self.better_is_up(&left, span)?),
            tree::CompareOp::Worse => more(!self.better_is_up(&left, span)?),
            tree::CompareOp::NotBetter => not_more(self.better_is_up(&left, span)?),
            tree::CompareOp::NotWorse => not_more(!self.better_is_up(&left, span)?),
        };
        Some(ExprKind::Compare { op, left, right })
    }

    /// The list that the values of an indicator «из перечня» are taken from.
    fn list_of(&self, expr: &Expr) -> Option<&Id> {
        match &expr.kind {
            ExprKind::Observe(observe) => self.lists.get(&observe.indicator),
            _ => None,
        }
    }

    /// An element of a list by its name or its title; anything else is an operand as usual.
    fn element(&mut self, list: &Id, expr: &tree::Expr) -> Option<Expr> {
        let elements = self.model.enumerations.get(list).map(|list| &list.elements);
        let titles = || elements.into_iter().flat_map(|all| all.values().map(|e| &e.title));
        let known = match &expr.kind {
            tree::ExprKind::Words(words) => titles().find(|title| *title == words),
            tree::ExprKind::Reference(reference) if reference.modifiers.is_empty() => elements
                .and_then(|all| all.get(&reference.name.id()))
                .filter(|_| self.names.get(&reference.name.id()).is_none())
                .map(|element| &element.title),
            _ => None,
        };
        if let Some(title) = known {
            return Some(Expr { kind: ExprKind::Words(title.clone()), span: expr.span });
        }
        if let tree::ExprKind::Words(words) = &expr.kind {
            let titles = titles().map(|title| format!("«{title}»")).collect::<Vec<_>>().join(", ");
            self.out.push(
                Diagnostic::error(
                    codes::UNKNOWN_NAME,
                    expr.span,
                    format!("в перечне «{list}» нет значения «{words}»"),
                )
                .with_hint(format!("в нём есть: {titles}")),
            );
            return None;
        }
        self.expr(expr)
    }

    fn lag(
        &mut self,
        side: Side,
        left: &tree::Expr,
        right: &tree::Expr,
        by: &tree::Quantity,
    ) -> Option<ExprKind> {
        let span = left.span;
        let (lowered_left, lowered_right) = (self.expr(left), self.expr(right));
        let by = self.quantity(by);
        let (left, right) = (Box::new(lowered_left?), Box::new(lowered_right?));
        let below = match side {
            Side::Below => true,
            Side::Above => false,
            Side::Better => !self.better_is_up(&left, span)?,
            Side::Worse => self.better_is_up(&left, span)?,
        };
        Some(ExprKind::Lag { below, left, right, by: by? })
    }

    /// The series behind a trend and whether the trend goes up.
    fn series(&mut self, what: &tree::Expr, trend: Trend) -> Option<(Observe, bool)> {
        let lowered = self.expr(what)?;
        let up = match trend {
            Trend::Up => true,
            Trend::Down => false,
            Trend::Better => self.better_is_up(&lowered, what.span)?,
            Trend::Worse => !self.better_is_up(&lowered, what.span)?,
        };
        match lowered.kind {
            ExprKind::Observe(observe) if observe.mean_over.is_none() => Some((observe, up)),
            _ => {
                self.out.push(
                    Diagnostic::error(
                        codes::BAD_MODIFIER,
                        what.span,
                        "о росте и снижении можно спросить только показатель",
                    )
                    .with_hint("объявите производный показатель со строкой «расчёт»"),
                );
                None
            }
        }
    }

    /// Whether a higher value of the first indicator in `expr` is the better one.
    fn better_is_up(&mut self, expr: &Expr, span: Span) -> Option<bool> {
        let indicator = expr.observes().first().map(|observe| observe.indicator.clone());
        let better = indicator.as_ref().and_then(|id| self.better.get(id).copied());
        match better {
            Some(Better::More | Better::Yes) => Some(true),
            Some(Better::Less | Better::No) => Some(false),
            None => {
                let place = indicator
                    .as_ref()
                    .and_then(|id| self.names.get(id))
                    .map(|symbol: &Symbol| symbol.span);
                let mut fault = Diagnostic::error(
                    codes::NO_DIRECTION,
                    span,
                    "«лучше» и «хуже» понятны, только если у показателя сказано, что лучше",
                )
                .with_hint("добавьте показателю строку «лучше больше» или «лучше меньше»");
                if let Some(place) = place {
                    fault = fault.with_label(place, "показатель объявлен здесь");
                }
                self.out.push(fault);
                None
            }
        }
    }

    fn operand_reference(&mut self, reference: &tree::Reference) -> Option<ExprKind> {
        if let Some(list) = self.list_name(reference) {
            return Some(ExprKind::Listed(list));
        }
        let id = self.names.resolve(&reference.name, OPERANDS, self.out)?;
        match self.names.get(&id).map(|symbol| symbol.noun) {
            Some(Noun::Category) if reference.modifiers.is_empty() => Some(ExprKind::Category(id)),
            Some(Noun::Question) if reference.modifiers.is_empty() => Some(ExprKind::Answer(id)),
            Some(Noun::Indicator) => self.observe(reference).map(ExprKind::Observe),
            _ => {
                self.out.push(
                    Diagnostic::error(
                        codes::BAD_MODIFIER,
                        reference.span,
                        format!("«{}» не бывает по уровням и годам", reference.name.text),
                    )
                    .with_hint("уточнения «по региону», «год назад» — для показателей"),
                );
                None
            }
        }
    }

    fn list_name(&self, reference: &tree::Reference) -> Option<Id> {
        let id = reference.name.id();
        let is_list = self.lists_allowed
            && reference.modifiers.is_empty()
            && self.is_list(&id)
            && self.names.get(&id).is_none();
        is_list.then_some(id)
    }

    fn is_list(&self, id: &Id) -> bool {
        let is_category = |id: &Id| self.names.get(id).is_some_and(|it| it.noun == Noun::Category);
        crate::model::LISTS.iter().any(|list| Id::new(list) == *id)
            || crate::model::categories_of_list(id, is_category).is_some()
    }

    pub(super) fn observe(&mut self, reference: &tree::Reference) -> Option<Observe> {
        let indicator = self.names.resolve(&reference.name, &[Noun::Indicator], self.out)?;
        let mut observe = Observe {
            indicator,
            level: None,
            when: When::Current,
            cell: None,
            mean_over: None,
            span: reference.span,
        };
        for modifier in &reference.modifiers {
            match modifier {
                Modifier::At(level) => observe.level = Some(*level),
                Modifier::YearsAgo(years) => observe.when = When::YearsAgo(*years),
                Modifier::InYear(year) => observe.when = When::Year(*year),
                Modifier::OfKind(name) => observe.cell = Some(name.id()),
                Modifier::InTotal => observe.cell = None,
                Modifier::MeanOver(years) => observe.mean_over = Some(*years),
            }
        }
        if observe.level == Some(self.level_of(&observe.indicator)) {
            observe.level = None;
        }
        Some(observe)
    }

    fn level_of(&self, indicator: &Id) -> Level {
        self.levels.get(indicator).copied().unwrap_or(Level::School)
    }

    fn aggregate(&mut self, aggregate: &tree::Aggregate) -> Option<Aggregate> {
        let among = match &aggregate.among {
            Some(among) => Some(Box::new(self.expr(among)?)),
            None => None,
        };
        let kind = match &aggregate.kind {
            tree::AggregateKind::Share { having } => {
                AggregateKind::Share { having: Box::new(self.expr(having)?) }
            }
            tree::AggregateKind::Count { having } => AggregateKind::Count {
                having: match having {
                    Some(having) => Some(Box::new(self.expr(having)?)),
                    None => None,
                },
            },
            tree::AggregateKind::Sum { of } => AggregateKind::Sum { of: self.observe(of)? },
            tree::AggregateKind::Mean { of, weight } => AggregateKind::Mean {
                of: self.observe(of)?,
                weight: match weight {
                    Some(weight) => Some(self.observe(weight)?),
                    None => None,
                },
            },
        };
        Some(Aggregate { kind, among })
    }

    pub(super) fn quantity(&mut self, quantity: &tree::Quantity) -> Option<Quantity> {
        let unit = match &quantity.unit {
            UnitSyntax::None => Unit::Plain,
            UnitSyntax::Percent => Unit::Percent,
            UnitSyntax::Points => Unit::Points,
            UnitSyntax::Score { scale: None } => Unit::Score(None),
            UnitSyntax::Score { scale: Some(scale) } => {
                Unit::Score(Some(self.names.resolve(scale, &[Noun::Scale], self.out)?))
            }
            UnitSyntax::Word(word) => Unit::Count(self.unit_word(&word.text, word.span)?),
        };
        Some(Quantity { number: quantity.number.clone(), unit, span: quantity.span })
    }

    /// The unit that a word form («человека») or a unit's own name belongs to.
    pub(super) fn unit_word(&mut self, word: &str, span: Span) -> Option<Id> {
        if let Some(id) = self.unit_forms.get(word) {
            return Some(id.clone());
        }
        let known: Vec<&str> = self.unit_forms.keys().map(String::as_str).collect();
        let fault =
            Diagnostic::error(codes::UNKNOWN_UNIT, span, format!("единица «{word}» не объявлена"));
        self.out.push(match crate::base::suggest(word, known) {
            Some(near) => fault.with_hint(format!("возможно, вы имели в виду «{near}»")),
            None => fault.with_hint("объявите: единица имя «событие, события, событий»"),
        });
        None
    }
}

fn is_equality(op: tree::CompareOp) -> bool {
    matches!(op, tree::CompareOp::Equal | tree::CompareOp::NotEqual)
}
