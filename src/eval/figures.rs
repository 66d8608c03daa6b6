//! Figures: the value under a key, be it a datum, a bound, a direction, or computed by a formula.

use std::collections::BTreeSet;

use super::evaluator::Operand;
use super::facts::FactValue;
use super::proof::{Proof, ProofKind};
use super::value::{print, span_of, unit_sign};
use super::{Context, Evaluator, Key, Object, Truth, Value};
use crate::base::{Bound, Direction, Interval, Number};
use crate::model::{Expr, Indicator, Kind, Observe};

impl Evaluator<'_> {
    /// The value of an indicator somewhere and some time.
    pub fn observe(&self, observe: &Observe, context: &Context) -> Value {
        self.observed(observe, context).value
    }

    /// The value under a key.
    pub fn value(&self, key: &Key) -> Value {
        self.figure(key).value
    }

    pub(super) fn observed(&self, observe: &Observe, context: &Context) -> Operand {
        let key = self.key(observe, context);
        match observe.mean_over {
            Some(years) => self.mean_over(&key, years),
            None => self.figure(&key),
        }
    }

    /// The value under a key, with what it rests on.
    pub(super) fn figure(&self, key: &Key) -> Operand {
        if let Some(known) = self.known_figures.borrow().get(key) {
            return known.clone();
        }
        let found = self.look_up(key);
        self.known_figures.borrow_mut().insert(key.clone(), found.clone());
        found
    }

    fn look_up(&self, key: &Key) -> Operand {
        let Some(indicator) = self.model.indicators.get(&key.indicator) else {
            return self.unknown(key, None);
        };
        if let Some((supposed, value)) = &self.supposed
            && supposed == key
        {
            return self.known(key, indicator, value.clone());
        }
        if self.is_inapplicable(indicator, key) {
            return Operand {
                value: Value::Inapplicable,
                needs: BTreeSet::new(),
                words: "не применимо".to_owned(),
                year: Some(key.year),
                proofs: Vec::new(),
            };
        }
        match self.fact(key, indicator) {
            Some(value) => self.known(key, indicator, value),
            None => match &indicator.formula {
                Some(formula) => self.derived(key, indicator, formula),
                None => self
                    .summed(key, indicator)
                    .unwrap_or_else(|| self.unknown(key, Some(indicator))),
            },
        }
    }

    fn is_inapplicable(&self, indicator: &Indicator, key: &Key) -> bool {
        if !matches!(key.object, Object::School(_)) {
            return false;
        }
        if self.is_of_another_kind(indicator, key) {
            return true;
        }
        let Some(condition) = &indicator.applicable else { return false };
        let context = self.context_of(key);
        self.judge(condition, &context).truth == Truth::No
    }

    /// Whether the indicator is for kindergartens, say, and the project's own institution is known to
    /// be something else. Of other institutions the kind is not known.
    fn is_of_another_kind(&self, indicator: &Indicator, key: &Key) -> bool {
        key.object == self.facts.own && !self.facts.concerns(&indicator.meta)
    }

    /// Looking from the object of a key at its year.
    fn context_of(&self, key: &Key) -> Context {
        let back = self.current_year(&key.indicator) - key.year;
        Context { object: key.object.clone(), back: u32::try_from(back).unwrap_or(0) }
    }

    fn fact(&self, key: &Key, indicator: &Indicator) -> Option<Value> {
        match &self.facts.get(key)?.value {
            FactValue::Number(interval) => {
                let bounds = span_of(&indicator.kind, self.model);
                Some(Value::Number(interval.intersect(&bounds).unwrap_or_else(|| interval.clone())))
            }
            FactValue::Truth(truth) => Some(Value::Truth(Truth::of(Some(*truth)))),
            FactValue::Words(words) => Some(Value::Words(words.clone())),
            FactValue::Moved(direction) => self.moved(key, indicator, *direction),
        }
    }

    /// The whole of a breakdown that has no total of its own and of which every cell is known.
    fn summed(&self, key: &Key, indicator: &Indicator) -> Option<Operand> {
        let Kind::Number { by: Some(by), .. } = &indicator.kind else { return None };
        if key.cell.is_some() {
            return None;
        }
        let mut total = Interval::exactly(Number::zero());
        let mut proofs = Vec::new();
        for element in self.model.enumerations.get(by)?.elements.keys() {
            let cell = Key { cell: Some(element.clone()), ..key.clone() };
            let Some(Value::Number(known)) = self.fact(&cell, indicator) else { return None };
            total = total.add(&known);
            proofs.extend(self.known(&cell, indicator, Value::Number(known)).proofs);
        }
        let mut operand = self.known(key, indicator, Value::Number(total));
        operand.proofs =
            operand.proofs.into_iter().map(|whole| whole.with(proofs.clone())).collect();
        Some(operand)
    }

    /// A direction bounds the figure by that of the year before, where that one is known.
    fn moved(&self, key: &Key, indicator: &Indicator, direction: Direction) -> Option<Value> {
        let before = Key { year: key.year - 1, ..key.clone() };
        let FactValue::Number(earlier) = &self.facts.get(&before)?.value else { return None };
        let open = |bound: &Option<Bound>| bound.as_ref().map(|b| Bound::open(b.at.clone()));
        let bounds = match direction {
            Direction::Rose => Interval { low: open(&earlier.low), high: None },
            Direction::Fell => Interval { low: None, high: open(&earlier.high) },
            Direction::Unchanged => earlier.clone(),
        };
        bounds.intersect(&span_of(&indicator.kind, self.model)).map(Value::Number)
    }

    fn known(&self, key: &Key, indicator: &Indicator, value: Value) -> Operand {
        let printed = print(&value, indicator, self.model).unwrap_or_else(|| "нет данных".into());
        let words = format!("{printed}{}", self.whose(key));
        let text = format!("{}: {words} ({} год)", indicator.meta.title, key.year);
        let mut proof = Proof::new(ProofKind::Value, text);
        proof.reference = Some(key.indicator.clone());
        proof.value = value.exact().map(Number::to_plain);
        proof.unit = self.model.unit_of(indicator).map(|unit| unit_sign(&unit, self.model));
        proof.at = Some(key.year.to_string());
        proof.source = self.facts.get(key).map(|fact| ("данные".to_owned(), fact.source.clone()));
        let needs = match &value {
            Value::Number(interval) if interval.exact().is_none() => [key.clone()].into(),
            _ => BTreeSet::new(),
        };
        Operand { value, needs, words, year: Some(key.year), proofs: vec![proof] }
    }

    fn unknown(&self, key: &Key, indicator: Option<&Indicator>) -> Operand {
        let value = match indicator {
            Some(indicator) if self.model.unit_of(indicator).is_some() => {
                Value::Number(span_of(&indicator.kind, self.model))
            }
            Some(Indicator { kind: Kind::YesNo, .. }) => Value::Truth(Truth::Unknown),
            _ => Value::Unknown,
        };
        let title = indicator.map_or(key.indicator.as_str(), |i| i.meta.title.as_str());
        let words = format!("нет данных{}", self.whose(key));
        let text = format!("{title}: {words} ({} год)", key.year);
        let mut proof = Proof::new(ProofKind::Value, text);
        proof.reference = Some(key.indicator.clone());
        proof.at = Some(key.year.to_string());
        let needs = [key.clone()].into();
        Operand { value, needs, words, year: Some(key.year), proofs: vec![proof] }
    }

    fn derived(&self, key: &Key, indicator: &Indicator, formula: &Expr) -> Operand {
        if !self.under_way.borrow_mut().insert(key.clone()) {
            return self.unknown(key, Some(indicator));
        }
        let context = self.context_of(key);
        let mut operand = self.operand(formula, &context);
        self.under_way.borrow_mut().remove(key);
        if let (Value::Number(interval), Some(coverage)) = (&operand.value, &indicator.coverage)
            && interval.exact().is_none()
            && self.coverage(formula, &context).is_some_and(|known| known < coverage.number)
        {
            let mut unknown = self.unknown(key, Some(indicator));
            unknown.needs = operand.needs;
            return unknown;
        }
        if operand.value == Value::Unknown && indicator.kind == Kind::YesNo {
            operand.value = Value::Truth(Truth::Unknown);
        }
        let printed = print(&operand.value, indicator, self.model);
        let words = format!("{}{}", printed.as_deref().unwrap_or("нет данных"), self.whose(key));
        let text = format!("{}: {words} ({} год), вычислено", indicator.meta.title, key.year);
        let mut proof =
            Proof::new(ProofKind::Rule, text).about(&key.indicator).with(operand.proofs);
        proof.value = operand.value.exact().map(Number::to_plain);
        proof.at = Some(key.year.to_string());
        let year = Some(key.year);
        Operand { value: operand.value, needs: operand.needs, words, year, proofs: vec![proof] }
    }

    fn mean_over(&self, key: &Key, years: u32) -> Operand {
        let parts: Vec<Operand> = (0..years as i32)
            .map(|back| self.figure(&Key { year: key.year - back, ..key.clone() }))
            .collect();
        let mut total = Interval::exactly(Number::zero());
        let mut known = true;
        for part in &parts {
            match &part.value {
                Value::Number(interval) => total = total.add(interval),
                _ => known = false,
            }
        }
        let count = Interval::exactly(Number::from_int(i64::from(years)));
        let value = total.divide(&count).filter(|_| known).map_or(Value::Unknown, Value::Number);
        let indicator = self.model.indicators.get(&key.indicator);
        let mean = indicator.and_then(|indicator| print(&value, indicator, self.model));
        Operand {
            value,
            needs: parts.iter().flat_map(|part| part.needs.clone()).collect(),
            words: match &mean {
                Some(mean) => format!("{mean} в среднем за {years} года"),
                None => format!("среднее за {years} года неизвестно"),
            },
            year: None,
            proofs: parts.into_iter().flat_map(|part| part.proofs).collect(),
        }
    }

    /// Whose figure it is, behind the figure: nothing for one's own, « по региону».
    fn whose(&self, key: &Key) -> String {
        match &key.object {
            Object::Above(level) => format!(" по {}", level.dative()),
            object if *object == self.facts.own => String::new(),
            Object::School(id) => {
                let name = self.facts.schools.get(id).map_or(id.as_str(), String::as_str);
                format!(" ({name})")
            }
        }
    }
}
