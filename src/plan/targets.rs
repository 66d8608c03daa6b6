//! Targets: what each indicator is to reach, year by year, never before its figure exists.

use indexmap::IndexMap;

use super::Choice;
use super::schedule::codes;
use crate::base::{Id, Number};
use crate::calendar::{Date, Month, Period, last_day};
use crate::diag::{Diagnostic, Place};
use crate::eval::{Diagnosis, Evaluator, IndicatorReading, Value};
use crate::model::{Indicator, Kind, Model, Target, TargetValue, domain};
use crate::russian::{DateStyle, PLACES, date};
use crate::syntax::tree::{Better, TargetYear};

/// An indicator with its start and its targets.
#[derive(Clone, Debug)]
pub struct PlannedTarget {
    pub indicator: Id,
    pub baseline: Value,
    pub baseline_year: i32,
    /// How many took part in the year of the baseline.
    pub n: Option<u64>,
    /// One for each school year of the programme, in order.
    pub targets: Vec<TargetAt>,
    /// The school years whose figure appears only when the programme is over: no target stands there.
    pub too_late: Vec<i32>,
    /// The goals and activities that ask for it.
    pub asked_by: Vec<Id>,
}

impl PlannedTarget {
    /// Whether a target is what there is already: nothing is left to improve, or the rule wants
    /// less.
    pub fn holds(&self, at: &TargetAt) -> bool {
        let (Some(start), Some(value)) = (self.baseline.exact(), &at.value) else { return false };
        value == start || at.pupils.is_some_and(|pupils| self.pupils_at_start() == Some(pupils))
    }

    /// Those that stand: a step from an unknown start to what a rule names is none yet.
    pub fn stated(&self) -> impl Iterator<Item = &TargetAt> {
        self.targets.iter().filter(|at| at.value.is_some() || !at.interpolated)
    }

    /// How many people the share at the start stands for, where targets are told in people.
    pub fn pupils_at_start(&self) -> Option<u64> {
        self.targets.iter().find_map(|at| at.pupils)?;
        pupils_of(self.baseline.exact()?, self.n?)
    }
}

/// The whole people nearest to a share of all.
fn pupils_of(share: &Number, all: u64) -> Option<u64> {
    let all = Number::from_int(i64::try_from(all).ok()?);
    let people = (share * &all).checked_div(&Number::from_int(100))?;
    u64::try_from(people.round()?).ok()
}

#[derive(Clone, Debug)]
pub struct TargetAt {
    /// The calendar year in which the school year ends.
    pub year: i32,
    /// The day by which it is due: never before the figure appears.
    pub by: Date,
    /// `None`: the baseline is not known.
    pub value: Option<Number>,
    /// The same in whole pupils, of as many as took part at the start.
    pub pupils: Option<u64>,
    /// A step between the start and a target that a rule names, spread evenly.
    pub interpolated: bool,
}

/// The targets of the chosen goals and activities.
pub fn targets(
    model: &Model,
    evaluator: &Evaluator<'_>,
    diagnosis: &Diagnosis,
    choice: &Choice,
) -> Vec<PlannedTarget> {
    let mut asked: IndexMap<Id, Vec<(&Id, &Target)>> = IndexMap::new();
    for (by, target) in asking(model, choice) {
        asked.entry(target.indicator.id.clone()).or_default().push((by, target));
    }
    asked
        .into_iter()
        .filter_map(|(id, wanted)| {
            let reading = diagnosis.indicators.iter().find(|reading| reading.id == id)?;
            let indicator = model.indicators.get(&id)?;
            Some(Planner { evaluator, choice, indicator, reading }.plan(&wanted))
        })
        .collect()
}

/// Every target of the chosen goals and activities, with who asks.
fn asking<'a>(model: &'a Model, choice: &'a Choice) -> Vec<(&'a Id, &'a Target)> {
    let goals = choice.goals.iter().filter_map(|id| Some((id, &model.goals.get(id)?.targets)));
    let activities = choice
        .activities
        .iter()
        .filter_map(|chosen| Some((&chosen.id, &model.activities.get(&chosen.id)?.targets)));
    goals
        .chain(activities)
        .flat_map(|(id, targets)| targets.iter().map(move |target| (id, target)))
        .collect()
}

/// Warns once of the indicators whose last figure appears when the programme is over.
pub fn too_late(
    model: &Model,
    period: &Period,
    targets: &[PlannedTarget],
    place: Place,
) -> Option<Diagnostic> {
    let late = targets.iter().filter(|target| !target.too_late.is_empty());
    let named = late.filter_map(|target| {
        let indicator = model.indicators.get(&target.indicator)?;
        let title = indicator.short.as_deref().unwrap_or(&indicator.meta.title);
        Some(format!("«{title}»"))
    });
    let named: Vec<String> = named.collect();
    if named.is_empty() {
        return None;
    }
    let message = format!(
        "программа кончается {}, раньше, чем появятся значения последнего года: целевых значений за него нет — {}",
        date(period.to, DateStyle::Short),
        named.join(", ")
    );
    let finding = Diagnostic::warning(codes::PERIOD, place, message);
    Some(finding.with_hint(
        "продлите программу в разделе [period] так, чтобы значения последнего года успели появиться; иначе документ \
         говорит о них «вне срока»",
    ))
}

struct Planner<'a> {
    evaluator: &'a Evaluator<'a>,
    choice: &'a Choice,
    indicator: &'a Indicator,
    reading: &'a IndicatorReading,
}

impl Planner<'_> {
    fn plan(&self, wanted: &[(&Id, &Target)]) -> PlannedTarget {
        let years = self.choice.period.school_years();
        let fixed = self.fixed(wanted, &years);
        let last = fixed.last().map_or(0, |(year, ..)| *year);
        let places = self.places(wanted);
        let targets = years
            .iter()
            .filter(|year| **year > self.reading.year && **year <= last)
            .filter_map(|year| self.at(*year, &fixed, places));
        let end = self.choice.period.to;
        let (targets, too_late): (Vec<TargetAt>, Vec<TargetAt>) =
            targets.partition(|at| at.by <= end);
        PlannedTarget {
            indicator: self.reading.id.clone(),
            baseline: self.reading.value.clone(),
            baseline_year: self.reading.year,
            n: self.reading.n,
            targets,
            too_late: too_late.iter().map(|at| at.year).collect(),
            asked_by: wanted.iter().map(|(id, _)| (*id).clone()).collect(),
        }
    }

    /// What the rules name, by years. In a short programme the last year is also its first or second:
    /// then what is wanted by the end holds.
    fn fixed(&self, wanted: &[(&Id, &Target)], years: &[i32]) -> Vec<(i32, Option<Number>, Month)> {
        let mut named: Vec<(i32, bool, &Target)> = Vec::new();
        for (_, target) in wanted {
            let Some(year) = target_year(target.year, years) else { continue };
            named.push((year, target.year != TargetYear::Last, target));
        }
        named.sort_by_key(|(year, is_step, _)| (*year, *is_step));
        named
            .into_iter()
            .map(|(year, _, target)| (year, self.value(target), target.month))
            .collect()
    }

    /// What a rule wants, never worse than what there is and never beyond what such a figure can be.
    fn value(&self, target: &Target) -> Option<Number> {
        let start = self.reading.value.exact();
        let wanted = match &target.value {
            TargetValue::Quantity(quantity) => quantity.number.clone(),
            TargetValue::OfBaseline(factor) => start? * factor,
            TargetValue::Observe(observe) => {
                self.evaluator.observe(observe, &self.evaluator.own()).exact()?.clone()
            }
        };
        let bounds = domain(&self.indicator.kind, self.evaluator.model);
        let wanted = bounds.map_or(wanted.clone(), |bounds| bounds.nearest(&wanted));
        Some(match (start, self.indicator.better) {
            (Some(start), Some(Better::More)) if wanted < *start => start.clone(),
            (Some(start), Some(Better::Less)) if wanted > *start => start.clone(),
            _ => wanted,
        })
    }

    /// How fine targets are: as the start and as what rules name, tenths at least.
    fn places(&self, wanted: &[(&Id, &Target)]) -> u32 {
        let named = wanted.iter().filter_map(|(_, target)| match &target.value {
            TargetValue::Quantity(quantity) => Some(&quantity.number),
            TargetValue::OfBaseline(_) | TargetValue::Observe(_) => None,
        });
        let all = named.chain(self.reading.value.exact());
        all.map(|number| number.places(PLACES)).fold(1, u32::max)
    }

    fn at(
        &self,
        year: i32,
        fixed: &[(i32, Option<Number>, Month)],
        places: u32,
    ) -> Option<TargetAt> {
        let named = fixed.iter().find(|(at, ..)| *at == year);
        let month = named.or_else(|| fixed.last()).map(|(_, _, month)| *month)?;
        let value = match named {
            Some((_, value, _)) => value.clone(),
            None => self.between(year, fixed),
        };
        let pupils = value.as_ref().and_then(|value| self.pupils(value));
        let value = match pupils {
            Some(pupils) => self.share(pupils),
            None => value,
        };
        let is_start = value.as_ref() == self.reading.value.exact();
        let value = value.map(|value| if is_start { value } else { value.rounded(places) });
        Some(TargetAt {
            year,
            by: self.due(month, year)?,
            value,
            pupils,
            interpolated: named.is_none(),
        })
    }

    /// An even step between the neighbouring points.
    fn between(&self, year: i32, fixed: &[(i32, Option<Number>, Month)]) -> Option<Number> {
        let before = fixed.iter().rev().find(|(at, ..)| *at < year);
        let (from_year, from) = match before {
            Some((at, value, _)) => (*at, value.clone()?),
            None => (self.reading.year, self.reading.value.exact()?.clone()),
        };
        let (to_year, to, _) = fixed.iter().find(|(at, ..)| *at > year)?;
        let whole = Number::from_int(i64::from(to_year - from_year));
        let part = Number::from_int(i64::from(year - from_year)).checked_div(&whole)?;
        let distance = &to.clone()? - &from;
        Some(&from + &(&distance * &part))
    }

    /// A share in whole pupils, rounded towards the better side; what holds the start keeps its pupils.
    fn pupils(&self, share: &Number) -> Option<u64> {
        if !matches!(self.indicator.kind, Kind::Percent { .. }) {
            return None;
        }
        if self.reading.value.exact() == Some(share) {
            return pupils_of(share, self.reading.n?);
        }
        let all = Number::from_int(i64::try_from(self.reading.n?).ok()?);
        let exact = (share * &all).checked_div(&Number::from_int(100))?;
        let floor = exact.floor()?;
        let up = self.indicator.better == Some(Better::More) && !exact.is_integer();
        u64::try_from(floor + i64::from(up)).ok()
    }

    fn share(&self, pupils: u64) -> Option<Number> {
        let all = Number::from_int(i64::try_from(self.reading.n?).ok()?);
        let part = Number::from_int(i64::try_from(pupils).ok()?);
        (&part * &Number::from_int(100)).checked_div(&all)
    }

    /// The last day of the wanted month, or of the month in which the figure appears, whichever is
    /// later; both within the school year.
    fn due(&self, month: Month, year: i32) -> Option<Date> {
        let day = |month: Month| last_day(month, month.year_in_school_year(year));
        let wanted = day(month)?;
        Some(self.indicator.appears.and_then(day).map_or(wanted, |there| there.max(wanted)))
    }
}

fn target_year(year: TargetYear, years: &[i32]) -> Option<i32> {
    match year {
        TargetYear::Nth(n) => years.get(n.checked_sub(1)? as usize).copied(),
        TargetYear::Last => years.last().copied(),
        TargetYear::Calendar(year) => Some(year),
    }
}
