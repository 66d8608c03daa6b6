//! The evaluator itself: what it looks at, from where, and for which year. Figures, operands and
//! conditions stand in files of their own.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::proof::Proof;
use super::{Facts, Key, Object, Truth, Value};
use crate::base::{Id, Level};
use crate::calendar::{Month, last_day, school_year_of};
use crate::diag::Diagnostic;
use crate::model::{Model, Observe, When};
use crate::script::Script;
use crate::syntax::tree::Every;

/// From where an expression is looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Context {
    pub object: Object,
    /// Years are counted back from the current one by so many.
    pub back: u32,
}

/// A condition, answered.
#[derive(Clone, Debug)]
pub struct Judged {
    pub truth: Truth,
    /// The figures without which it stays open; empty where it is decided.
    pub needs: BTreeSet<Key>,
    pub proofs: Vec<Proof>,
}

/// An operand, valued.
#[derive(Clone, Debug)]
pub(super) struct Operand {
    pub value: Value,
    pub needs: BTreeSet<Key>,
    /// The value in words, with whose it is: «18 %», «9 % по региону».
    pub words: String,
    /// The year of the value, where it has one.
    pub year: Option<i32>,
    pub proofs: Vec<Proof>,
}

impl Operand {
    /// The words with the year: «18 % (2026 год)».
    pub(super) fn dated(&self) -> String {
        match self.year {
            Some(year) => format!("{} ({year} год)", self.words),
            None => self.words.clone(),
        }
    }
}

/// Evaluates expressions of a model over facts.
pub struct Evaluator<'a> {
    pub model: &'a Model,
    pub facts: &'a Facts,
    /// Whether the lists of the document under way have anything in them.
    pub(super) lists: BTreeMap<Id, bool>,
    /// A figure supposed for once, to see what it would decide.
    pub(super) supposed: Option<(Key, Value)>,
    /// Keys under way: a guard against formulas that need themselves.
    pub(super) under_way: RefCell<BTreeSet<Key>>,
    /// Figures already looked up: formulas and conditions share operands, and would else compute
    /// them again and again. No list of a document tells in them.
    pub(super) known_figures: Rc<RefCell<BTreeMap<Key, Operand>>>,
    /// Functions compiled so far; `None` for those that do not compile.
    pub(super) scripts: Rc<RefCell<BTreeMap<Id, Option<Rc<Script>>>>>,
    pub(super) faults: Rc<RefCell<Vec<Diagnostic>>>,
}

impl<'a> Evaluator<'a> {
    pub fn new(model: &'a Model, facts: &'a Facts) -> Self {
        Self {
            model,
            facts,
            lists: BTreeMap::new(),
            supposed: None,
            under_way: RefCell::default(),
            known_figures: Rc::default(),
            scripts: Rc::default(),
            faults: Rc::default(),
        }
    }

    /// The same, told which lists of the document have anything in them.
    pub fn with_lists(&self, lists: BTreeMap<Id, bool>) -> Self {
        Self { lists, ..self.over(self.model) }
    }

    /// The same over a model of the same indicators whose conditions may be others.
    pub fn over<'b>(&self, model: &'b Model) -> Evaluator<'b>
    where
        'a: 'b,
    {
        Evaluator {
            lists: self.lists.clone(),
            supposed: self.supposed.clone(),
            known_figures: Rc::clone(&self.known_figures),
            scripts: Rc::clone(&self.scripts),
            faults: Rc::clone(&self.faults),
            ..Evaluator::new(model, self.facts)
        }
    }

    /// The same, with one figure supposed.
    pub fn supposing(&self, key: Key, value: Value) -> Self {
        let known_figures = Rc::default();
        Self { supposed: Some((key, value)), known_figures, ..self.over(self.model) }
    }

    /// Looking from the project's own object at the current year.
    pub fn own(&self) -> Context {
        Context { object: self.facts.own.clone(), back: 0 }
    }

    /// The latest year of an indicator that is closed on the day of the diagnosis: the calendar
    /// year in which the school year ends, or the calendar year itself for yearly ones.
    pub fn current_year(&self, indicator: &Id) -> i32 {
        let declared = self.model.indicators.get(indicator);
        let appears = declared.and_then(|indicator| indicator.appears);
        let calendar = declared.is_some_and(|indicator| indicator.every == Some(Every::Year));
        let latest = if calendar {
            i32::from(self.facts.as_of.year())
        } else {
            school_year_of(self.facts.as_of)
        };
        if self.is_closed(latest, appears, calendar) { latest } else { latest - 1 }
    }

    fn is_closed(&self, year: i32, appears: Option<Month>, calendar: bool) -> bool {
        let end_of_year = if calendar { 12 } else { 8 };
        let month = appears.or_else(|| Month::new(end_of_year));
        let day = month.and_then(|month| {
            let in_year = if calendar { year } else { month.year_in_school_year(year) };
            last_day(month, in_year)
        });
        day.is_none_or(|day| day <= self.facts.as_of)
    }

    /// The key of the observation that an expression looks at.
    pub fn key(&self, observe: &Observe, context: &Context) -> Key {
        let current = self.current_year(&observe.indicator) - context.back as i32;
        Key {
            indicator: observe.indicator.clone(),
            object: self.object(observe, context),
            year: match observe.when {
                When::Current => current,
                When::YearsAgo(years) => current - years as i32,
                When::Year(year) => year,
            },
            cell: observe.cell.clone(),
        }
    }

    fn object(&self, observe: &Observe, context: &Context) -> Object {
        let own_level = self.model.indicators.get(&observe.indicator).map(|i| i.level);
        match (observe.level, own_level) {
            (Some(Level::School), _) => self.facts.own.clone(),
            (Some(level), _) => Object::Above(level),
            (None, Some(level)) if level != Level::School => Object::Above(level),
            (None, _) => context.object.clone(),
        }
    }
}
