//! The types of expressions: percent is not percent points, points bear a scale.

use super::declarations::{Kind, Model};
use super::expr::{Aggregate, AggregateKind, CompareOp, Expr, ExprKind, Quantity, Unit};
use crate::base::Span;

/// What an expression yields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Type {
    Truth,
    Number(Unit),
    Date,
    Text,
}

/// Two things that cannot stand together, with where and why.
#[derive(Clone, Debug, PartialEq)]
pub struct TypeFault {
    pub span: Span,
    pub message: String,
    pub hint: String,
}

/// The type of an expression, every fault in it collected.
pub fn type_of(expr: &Expr, model: &Model, faults: &mut Vec<TypeFault>) -> Option<Type> {
    Typing { model, faults }.expr(expr)
}

struct Typing<'a> {
    model: &'a Model,
    faults: &'a mut Vec<TypeFault>,
}

impl Typing<'_> {
    fn expr(&mut self, expr: &Expr) -> Option<Type> {
        match &expr.kind {
            ExprKind::And(all) | ExprKind::Or(all) => {
                all.iter().for_each(|inner| self.truth(inner));
                Some(Type::Truth)
            }
            ExprKind::Not(inner)
            | ExprKind::EachYear { condition: inner, .. }
            | ExprKind::SomeYears { condition: inner, .. } => {
                self.truth(inner);
                Some(Type::Truth)
            }
            ExprKind::Truth(_)
            | ExprKind::Known(_)
            | ExprKind::Category(_)
            | ExprKind::Answer(_)
            | ExprKind::Listed(_) => Some(Type::Truth),
            ExprKind::Compare { op, left, right } => {
                self.alike(left, right, expr.span);
                self.ordered(*op, left);
                Some(Type::Truth)
            }
            ExprKind::Lag { left, right, by, .. } => {
                self.alike(left, right, expr.span);
                self.lag(left, by);
                Some(Type::Truth)
            }
            ExprKind::Change { what, .. } | ExprKind::Run { what, .. } => {
                if !matches!(self.indicator(&what.indicator), Some(Type::Number(_))) {
                    self.fault(
                        what.span,
                        "о росте и снижении можно спросить только число".to_owned(),
                        "для ответа да/нет сравните с «год назад»",
                    );
                }
                Some(Type::Truth)
            }
            ExprKind::Sum(terms) => self.sum(terms),
            ExprKind::Product(factors) => self.product(factors),
            ExprKind::Quantity(quantity) => Some(Type::Number(quantity.unit.clone())),
            ExprKind::Words(_) => Some(Type::Text),
            ExprKind::Observe(observe) => self.indicator(&observe.indicator),
            ExprKind::Call { function, arguments } => self.call(function, arguments, expr.span),
            ExprKind::Aggregate(aggregate) => self.aggregate(aggregate),
        }
    }

    fn fault(&mut self, span: Span, message: String, hint: &str) {
        self.faults.push(TypeFault { span, message, hint: hint.to_owned() });
    }

    fn truth(&mut self, expr: &Expr) {
        if let Some(found) = self.expr(expr)
            && found != Type::Truth
        {
            self.fault(
                expr.span,
                format!("здесь нужно условие, а это {}", self.name(&found)),
                "добавьте сравнение: «… больше 20 %»",
            );
        }
    }

    fn indicator(&self, id: &crate::base::Id) -> Option<Type> {
        Some(kind_type(&self.model.indicators.get(id)?.kind))
    }

    /// More and less are said of numbers alone.
    fn ordered(&mut self, op: CompareOp, left: &Expr) {
        if matches!(op, CompareOp::Equal | CompareOp::NotEqual) {
            return;
        }
        let found = type_of(left, self.model, &mut Vec::new());
        if let Some(found) = found.filter(|found| !matches!(found, Type::Number(_))) {
            let found = self.name(&found);
            self.fault(
                left.span,
                format!("«{}» говорят о числах, а это {found}", op.russian()),
                "спросите «равно» или «не равно»",
            );
        }
    }

    fn alike(&mut self, left: &Expr, right: &Expr, span: Span) {
        let (Some(a), Some(b)) = (self.expr(left), self.expr(right)) else { return };
        if !comparable(&a, &b) {
            let (a, b) = (self.name(&a), self.name(&b));
            self.fault(
                span,
                format!("нельзя сравнить: слева {a}, справа {b}"),
                "приведите обе стороны к одной единице",
            );
        }
    }

    fn lag(&mut self, left: &Expr, by: &Quantity) {
        let Some(Type::Number(unit)) = self.expr(left) else { return };
        let fits = match (&unit, &by.unit) {
            (Unit::Percent, Unit::Points) => true,
            (Unit::Score(_), Unit::Score(_)) => true,
            (a, b) => a == b && *a != Unit::Percent,
        };
        if !fits {
            let hint = match unit {
                Unit::Percent => "доли отличаются на процентные пункты: «на 10 п.п.»",
                _ => "укажите отставание в той же единице, что и показатель",
            };
            let (a, b) = (unit_name(&unit, self.model), unit_name(&by.unit, self.model));
            self.fault(
                by.span,
                format!("показатель измеряется в «{a}», а отставание в «{b}»"),
                hint,
            );
        }
    }

    fn sum(&mut self, terms: &[(bool, Expr)]) -> Option<Type> {
        let mut result: Option<Unit> = None;
        for (minus, term) in terms {
            let unit = self.number(term)?;
            result = Some(match result {
                None => unit,
                Some(before) => match add(&before, &unit, *minus) {
                    Some(sum) => sum,
                    None => {
                        let (a, b) = (unit_name(&before, self.model), unit_name(&unit, self.model));
                        self.fault(
                            term.span,
                            format!("нельзя сложить «{a}» и «{b}»"),
                            "к доле прибавляют процентные пункты (п.п.), к числу — число",
                        );
                        return None;
                    }
                },
            });
        }
        result.map(Type::Number)
    }

    fn product(&mut self, factors: &[(bool, Expr)]) -> Option<Type> {
        let mut result: Option<Unit> = None;
        for (divides, factor) in factors {
            let unit = self.number(factor)?;
            result = Some(match (result, unit, divides) {
                (None, unit, _) => unit,
                (Some(a), Unit::Plain, _) => a,
                (Some(Unit::Plain), b, false) => b,
                (Some(a), b, true) if a == b => Unit::Plain,
                (Some(Unit::Percent), Unit::Count(b), false)
                | (Some(Unit::Count(b)), Unit::Percent, false) => Unit::Count(b),
                (Some(a), b, _) => {
                    let (a, b) = (unit_name(&a, self.model), unit_name(&b, self.model));
                    self.fault(
                        factor.span,
                        format!("нельзя перемножить или разделить «{a}» и «{b}»"),
                        "умножайте и делите на число без единицы",
                    );
                    return None;
                }
            });
        }
        result.map(Type::Number)
    }

    fn number(&mut self, expr: &Expr) -> Option<Unit> {
        match self.expr(expr)? {
            Type::Number(unit) => Some(unit),
            other => {
                let name = self.name(&other);
                self.fault(
                    expr.span,
                    format!("здесь нужно число, а это {name}"),
                    "возьмите числовой показатель",
                );
                None
            }
        }
    }

    fn call(&mut self, id: &crate::base::Id, arguments: &[Expr], span: Span) -> Option<Type> {
        let function = self.model.functions.get(id)?;
        if function.inputs.len() != arguments.len() {
            self.fault(
                span,
                format!(
                    "функции «{id}» нужно значений: {}, дано: {}",
                    function.inputs.len(),
                    arguments.len()
                ),
                "перечислите значения в порядке строк «вход»",
            );
        }
        for (input, argument) in function.inputs.iter().zip(arguments) {
            let wanted = kind_type(&input.kind);
            if let Some(found) = self.expr(argument)
                && !assignable(&found, &wanted)
            {
                let (found, wanted) = (self.name(&found), self.name(&wanted));
                self.fault(
                    argument.span,
                    format!("вход «{}» — {wanted}, а дано {found}", input.name),
                    "передайте показатель того же вида",
                );
            }
        }
        Some(kind_type(&function.output))
    }

    fn aggregate(&mut self, aggregate: &Aggregate) -> Option<Type> {
        if let Some(among) = &aggregate.among {
            self.truth(among);
        }
        match &aggregate.kind {
            AggregateKind::Share { having } => {
                self.truth(having);
                Some(Type::Number(Unit::Percent))
            }
            AggregateKind::Count { having } => {
                having.iter().for_each(|having| self.truth(having));
                Some(Type::Number(Unit::Plain))
            }
            AggregateKind::Sum { of } | AggregateKind::Mean { of, .. } => {
                self.indicator(&of.indicator)
            }
        }
    }

    fn name(&self, found: &Type) -> String {
        match found {
            Type::Truth => "да/нет".to_owned(),
            Type::Date => "дата".to_owned(),
            Type::Text => "текст".to_owned(),
            Type::Number(unit) => format!("«{}»", unit_name(unit, self.model)),
        }
    }
}

/// The type of an indicator's or a border's kind.
pub fn kind_type(kind: &Kind) -> Type {
    match kind {
        Kind::YesNo => Type::Truth,
        Kind::Percent { .. } => Type::Number(Unit::Percent),
        Kind::Points => Type::Number(Unit::Points),
        Kind::Number { unit, .. } => Type::Number(unit.clone().map_or(Unit::Plain, Unit::Count)),
        Kind::Score { scale } => Type::Number(Unit::Score(Some(scale.clone()))),
        Kind::Mark => Type::Number(Unit::Mark),
        Kind::Date => Type::Date,
        Kind::Text | Kind::OneOf { .. } => Type::Text,
    }
}

/// The name of a unit for people.
pub fn unit_name(unit: &Unit, model: &Model) -> String {
    match unit {
        Unit::Plain => "число".to_owned(),
        Unit::Percent => "процент".to_owned(),
        Unit::Points => "процентный пункт".to_owned(),
        Unit::Mark => "отметка".to_owned(),
        Unit::Score(None) => "балл".to_owned(),
        Unit::Score(Some(id)) => match model.scales.get(id) {
            Some(scale) => format!("балл, {}", scale.meta.title),
            None => format!("балл {id}"),
        },
        Unit::Count(id) => match model.units.get(id) {
            Some(unit) => unit.forms.first().cloned().unwrap_or_default(),
            None => id.to_string(),
        },
    }
}

fn comparable(a: &Type, b: &Type) -> bool {
    match (a, b) {
        (Type::Number(a), Type::Number(b)) => same_unit(a, b),
        (a, b) => a == b,
    }
}

fn same_unit(a: &Unit, b: &Unit) -> bool {
    match (a, b) {
        // A bare number beside a counted one: «договоры больше 0».
        (Unit::Count(_), Unit::Plain) | (Unit::Plain, Unit::Count(_)) => true,
        // A mark is written as a bare number, and points need not repeat their scale.
        (Unit::Mark, Unit::Plain) | (Unit::Plain, Unit::Mark) => true,
        (Unit::Score(_), Unit::Score(None)) | (Unit::Score(None), Unit::Score(_)) => true,
        (a, b) => a == b,
    }
}

fn assignable(found: &Type, wanted: &Type) -> bool {
    matches!((found, wanted), (Type::Number(Unit::Count(_)), Type::Number(Unit::Plain)))
        || found == wanted
}

fn add(a: &Unit, b: &Unit, minus: bool) -> Option<Unit> {
    Some(match (a, b) {
        (Unit::Percent, Unit::Percent) if minus => Unit::Points,
        (Unit::Percent, Unit::Points) => Unit::Percent,
        (Unit::Percent, Unit::Percent) => Unit::Percent,
        (a, b) if a == b => a.clone(),
        _ => return None,
    })
}
