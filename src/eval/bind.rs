//! Binds a project and its observations to a model: every figure gets its key or a message.

use std::sync::Arc;

use super::count_participants;
use super::facts::{Fact, FactValue, Facts, Key, Object};
use super::identified::identified;
use super::value::{print_number, span_of};
use super::{Evaluator, Value, codes};
use crate::base::{Bound, Id, Interval, Level, Number, nearest, suggest};
use crate::calendar::school_year_of;
use crate::data::identification::Identification;
use crate::data::passport::PASSPORT_SOURCE;
use crate::data::{self, AnswerValue, Observation, Placed, Project, Reading};
use crate::diag::{Diagnostic, Place};
use crate::model::{Indicator, Kind, Model, Table, Unit};

/// Checks every figure, answer and name of a project against the model. The facts are complete
/// only if no error was reported.
pub fn bind(
    model: &Model,
    project: &Project,
    observations: &[Observation],
    identification: Option<Identification>,
    out: &mut Vec<Diagnostic>,
) -> Facts {
    let own = match project.institution.level {
        Level::School => Object::School(project.institution.id.value.clone()),
        above => Object::Above(above),
    };
    let facts = Facts::new(project.as_of.value, own);
    let mut binder = Binder { model, facts, set_aside: Vec::new(), out };
    binder.project(project);
    for observation in observations {
        binder.observation(observation);
    }
    binder.passport(project);
    binder.participants();
    binder.report_inapplicable();
    binder.own_rows(project, observations);
    binder.report_set_aside();
    if let Some(found) = identification {
        binder.identification(project, found);
    }
    binder.facts
}

struct Binder<'a> {
    model: &'a Model,
    facts: Facts,
    /// Rows that no rule reads.
    set_aside: Vec<Place>,
    out: &'a mut Vec<Diagnostic>,
}

impl Binder<'_> {
    fn project(&mut self, project: &Project) {
        let model = self.model;
        let school = project.institution.id.value.clone();
        if project.institution.level == Level::School {
            self.facts.schools.insert(school.clone(), project.institution.name.clone());
        }
        let (kind, kinds) = (&project.institution.kind, &model.institution_kinds);
        let id = Id::new(&kind.value);
        // Nobody answers for a kind that the project does not name.
        self.facts.institution = match kind.place == Place::Nowhere || kinds.is_empty() {
            true => kinds.contains_key(&id).then_some(id),
            false => self.known(kind, kinds, "вида организации"),
        };
        for person in &project.people {
            self.known(&person.role, &model.roles, "роли");
        }
        for body in &project.bodies {
            self.known(&body.id, &model.bodies, "органа");
        }
        for programme in &project.programmes {
            self.known(programme, &model.programmes, "программы");
        }
        for (category, year) in &project.institution.categories {
            if let Some(id) = self.known(category, &model.categories, "категории") {
                self.facts.categories.entry((school.clone(), id)).or_default().insert(*year);
            }
        }
        for answer in &project.answers {
            let Some(id) = self.known(&answer.question, &model.questions, "вопроса") else {
                continue;
            };
            match answer.value {
                AnswerValue::Yes => self.facts.answers.insert(id, true),
                AnswerValue::No => self.facts.answers.insert(id, false),
                AnswerValue::Unknown => None,
            };
        }
    }

    fn identification(&mut self, project: &Project, found: Identification) {
        let bound = identified(self.model, project, found, &mut self.facts, self.out);
        self.facts.identified = bound.map(Arc::new);
    }

    /// The figures that indicators take from the passport: present values of the school itself.
    fn passport(&mut self, project: &Project) {
        if project.institution.level != Level::School {
            return;
        }
        let model = self.model;
        let of_passport = model.indicators.iter().filter_map(|(id, indicator)| {
            let item = indicator.passport?;
            Some((id, item, project.institution.passport.figure(item.name)?))
        });
        for (id, item, figure) in of_passport {
            let year = Evaluator::new(model, &self.facts).current_year(id);
            let object = self.facts.own.clone();
            let key = Key { indicator: id.clone(), object, year, cell: None };
            let value = FactValue::Number(Interval::exactly(figure.value.clone()));
            let (source, place) = (PASSPORT_SOURCE.to_owned(), figure.place.clone());
            match self.facts.get(&key) {
                Some(given) if given.value != value => {
                    let message = format!(
                        "показатель «{id}» за {year} год дан в данных другим числом, чем в паспорте (ключ «{}»)",
                        item.key
                    );
                    let fault =
                        Diagnostic::error(data::codes::GIVEN_TWICE, given.place.clone(), message);
                    let fault = match place {
                        Place::Text(span) => fault.with_label(span, "число паспорта — здесь"),
                        _ => fault,
                    };
                    self.out.push(fault.with_hint(
                        "оставьте одно: уберите строку данных или напишите в паспорте \"нет данных\"",
                    ));
                }
                Some(_) => {}
                None => {
                    self.facts.figures.insert(key, Fact { value, n: None, source, place });
                }
            }
        }
    }

    fn participants(&mut self) {
        self.out.extend(count_participants(self.model, &mut self.facts));
    }

    /// The id of a name of the project, if the pack has it; `what` in the genitive.
    fn known<T>(&mut self, name: &Placed<String>, table: &Table<T>, what: &str) -> Option<Id> {
        let id = Id::new(&name.value);
        if table.contains_key(&id) {
            return Some(id);
        }
        let fault = Diagnostic::error(
            codes::UNKNOWN_IN_PROJECT,
            name.place.clone(),
            format!("в пакете нет {what} «{}»", name.value),
        );
        let known: Vec<&str> = table.keys().map(|id| id.as_str()).collect();
        self.out.push(match suggest(&name.value, known.iter().copied()) {
            Some(near) => fault.with_hint(format!("возможно, вы имели в виду «{near}»")),
            None if known.is_empty() => fault.with_hint("таких объявлений в пакете нет вовсе"),
            None => fault.with_hint(offered(&name.value, &known)),
        });
        None
    }

    fn observation(&mut self, observation: &Observation) {
        let Some(id) = self.indicator(observation) else { return };
        let model = self.model;
        let Some(indicator) = model.indicators.get(&id) else { return };
        if observation.level == Level::School && !observation.object_id.is_empty() {
            self.facts
                .schools
                .entry(observation.object_id.clone())
                .or_insert_with(|| observation.object_name.clone());
        }
        let object = match observation.level {
            Level::School => Object::School(observation.object_id.clone()),
            above => Object::Above(above),
        };
        self.year(observation, &id);
        if observation.level > indicator.level {
            self.wrong_level(observation, indicator);
            return;
        }
        if !observation.class.is_empty() || !observation.season.is_empty() {
            self.set_aside.push(observation.place.clone());
            return;
        }
        let Some(value) = self.value(observation, indicator) else { return };
        let Ok(cell) = self.cell(observation, indicator) else { return };
        let key = Key { indicator: id, object, year: observation.year, cell };
        let fact = Fact {
            value,
            n: observation.n,
            source: observation.source.clone(),
            place: observation.place.clone(),
        };
        self.facts.figures.insert(key, fact);
    }

    /// An upper level's own indicator has no figure below that level; the other way round a figure
    /// is there to compare with.
    fn wrong_level(&mut self, observation: &Observation, indicator: &Indicator) {
        self.out.push(
            Diagnostic::error(
                codes::WRONG_LEVEL,
                observation.place.clone(),
                format!(
                    "показатель «{}» — показатель {}, а строка — {}",
                    observation.indicator,
                    indicator.level.genitive(),
                    observation.level.genitive()
                ),
            )
            .with_label(indicator.meta.span, "показатель объявлен здесь")
            .with_hint(format!("поставьте в графу level «{}»", indicator.level.nominative())),
        );
    }

    /// The cell of a breakdown by kinds; an error for an indicator without one.
    fn cell(&mut self, observation: &Observation, indicator: &Indicator) -> Result<Option<Id>, ()> {
        if observation.subject.is_empty() {
            return Ok(None);
        }
        let id = Id::new(&observation.subject);
        let list = match &indicator.kind {
            Kind::Number { by: Some(list), .. } => self.model.enumerations.get(list),
            _ => None,
        };
        match list {
            Some(list) if list.elements.contains_key(&id) => return Ok(Some(id)),
            Some(list) => {
                let known: Vec<&str> = list.elements.keys().map(|id| id.as_str()).collect();
                self.out.push(
                    Diagnostic::error(
                        codes::WRONG_KIND,
                        observation.place.clone(),
                        format!("в разбивке показателя нет вида «{}»", observation.subject),
                    )
                    .with_hint(offered(&observation.subject, &known)),
                );
            }
            None => self.out.push(
                Diagnostic::error(
                    codes::WRONG_KIND,
                    observation.place.clone(),
                    format!("у показателя «{}» нет разбивки по видам", observation.indicator),
                )
                .with_label(indicator.meta.span, "показатель объявлен здесь")
                .with_hint("уберите значение из графы subject или назовите другой показатель"),
            ),
        }
        Err(())
    }

    /// Rows of indicators that the institution cannot have are kept out of the rules as well.
    fn report_inapplicable(&mut self) {
        let evaluator = Evaluator::new(self.model, &self.facts);
        let is_out = |key: &Key| evaluator.value(key) == Value::Inapplicable;
        let rows = self.facts.figures.iter().filter(|(key, fact)| {
            key.object == self.facts.own && fact.source != PASSPORT_SOURCE && is_out(key)
        });
        let mut rows: Vec<(&Place, &Key)> = rows.map(|(key, fact)| (&fact.place, key)).collect();
        // A share and the counter that it tells of stand in one row.
        rows.sort();
        rows.dedup_by_key(|(place, _)| *place);
        let Some((first, _)) = rows.first() else { return };
        let named: Vec<String> = rows
            .iter()
            .map(|(_, key)| format!("«{}» за {} год", key.indicator, key.year))
            .collect();
        let named: Vec<&str> = named.iter().map(String::as_str).collect();
        let message = format!(
            "показатели, которых у организации не бывает, в правилах не участвуют: {}",
            first_of(&named)
        );
        let fault = Diagnostic::warning(data::codes::INAPPLICABLE, (*first).clone(), message);
        let because = self.conditions(rows.iter().map(|(_, key)| *key));
        let hint = match because.is_empty() {
            true => "проверьте вид организации (ключ «kind») или уберите строки".to_owned(),
            false => format!("проверьте «{}» или уберите строки", because.join("», «")),
        };
        self.out.push(fault.with_hint(hint));
    }

    /// The indicators by which it is decided whether these apply.
    fn conditions<'k>(&self, keys: impl Iterator<Item = &'k Key>) -> Vec<&str> {
        let declared = keys.filter_map(|key| self.model.indicators.get(&key.indicator));
        let conditions = declared.filter_map(|indicator| indicator.applicable.as_ref());
        let mut all: Vec<&str> = conditions
            .flat_map(|condition| condition.observes())
            .map(|observe| observe.indicator.as_str())
            .collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// Figures of classes and seasons are kept out of the rules, and that is said.
    fn report_set_aside(&mut self) {
        let Some(first) = self.set_aside.first() else { return };
        let count = self.set_aside.len();
        self.out.push(
            Diagnostic::warning(
                codes::SET_ASIDE,
                first.clone(),
                format!("строк с разбивкой по классам или сезонам: {count}; правила их не читают"),
            )
            .with_hint("добавьте строку по школе в целом: без class и season"),
        );
    }

    /// By the indicator's id or by the name of its column.
    fn indicator(&mut self, observation: &Observation) -> Option<Id> {
        let id = Id::new(&observation.indicator);
        if self.model.indicators.contains_key(&id) {
            return Some(id);
        }
        let by_column = self
            .model
            .indicators
            .iter()
            .find(|(_, indicator)| indicator.columns.contains(&observation.indicator));
        if let Some((id, _)) = by_column {
            return Some(id.clone());
        }
        let fault = Diagnostic::error(
            codes::UNKNOWN_INDICATOR,
            observation.indicator_place.clone(),
            format!("в пакете нет показателя «{}»", observation.indicator),
        );
        let known = self.model.indicators.keys().map(|id| id.as_str());
        let fault = match suggest(&observation.indicator, known) {
            Some(near) => fault.with_hint(format!("возможно, вы имели в виду «{near}»")),
            None => fault.with_hint("список показателей печатает команда pko show"),
        };
        // The head of a column is wrong once, however many rows stand below it.
        if !self.out.contains(&fault) {
            self.out.push(fault);
        }
        None
    }

    /// A figure of a year that is not there yet is an error; one of a year that is not closed yet
    /// takes no part, and that is said.
    fn year(&mut self, observation: &Observation, id: &Id) {
        let closed = Evaluator::new(self.model, &self.facts).current_year(id);
        let latest = school_year_of(self.facts.as_of);
        if observation.year > latest {
            self.out.push(
                Diagnostic::error(
                    codes::YEAR_OUTSIDE,
                    observation.year_place.clone(),
                    format!("год {} позже даты диагностики", observation.year),
                )
                .with_hint(format!(
                    "на эту дату бывают данные по {latest} год; поправьте год или as_of проекта"
                )),
            );
        } else if observation.year > closed {
            self.out.push(
                Diagnostic::warning(
                    codes::YEAR_OUTSIDE,
                    observation.year_place.clone(),
                    format!(
                        "«{}» за {} год на эту дату ещё не бывает: строка не участвует",
                        observation.indicator, observation.year
                    ),
                )
                .with_hint(format!("последний закрытый год показателя — {closed}")),
            );
        }
    }

    fn value(&mut self, observation: &Observation, indicator: &Indicator) -> Option<FactValue> {
        let unit = self.model.unit_of(indicator);
        match (&observation.reading, &unit) {
            (Reading::Missing, _) => None,
            (Reading::Figure { value, percent }, Some(unit)) => {
                let interval = Interval::exactly(value.clone());
                self.number(observation, indicator, unit, interval, *percent)
            }
            (Reading::Within { interval, percent }, Some(unit)) => {
                self.number(observation, indicator, unit, interval.clone(), *percent)
            }
            (Reading::Moved(direction), Some(_)) => Some(FactValue::Moved(*direction)),
            (Reading::Truth(truth), None) if indicator.kind == Kind::YesNo => {
                Some(FactValue::Truth(*truth))
            }
            (Reading::Words(words), None) if indicator.kind != Kind::YesNo => {
                Some(FactValue::Words(words.clone()))
            }
            _ => {
                self.wrong_kind(observation, indicator);
                None
            }
        }
    }

    fn number(
        &mut self,
        observation: &Observation,
        indicator: &Indicator,
        unit: &Unit,
        interval: Interval,
        percent: bool,
    ) -> Option<FactValue> {
        if percent && *unit != Unit::Percent {
            self.wrong_kind(observation, indicator);
            return None;
        }
        let bounds = span_of(&indicator.kind, self.model);
        let outside = match interval.exact() {
            Some(exact) => !bounds.contains(exact),
            None => interval.intersect(&bounds).is_none(),
        };
        if outside {
            let end = |bound: &Option<Bound>| {
                bound.as_ref().map(|b| print_number(&b.at, unit, self.model)).unwrap_or_default()
            };
            let (low, high) = (end(&bounds.low), end(&bounds.high));
            let range = match high.is_empty() {
                true => format!("не меньше {low}"),
                false => format!("от {low} до {high}"),
            };
            self.out.push(
                Diagnostic::error(
                    codes::OUT_OF_RANGE,
                    observation.place.clone(),
                    format!("значение показателя «{}» вне границ", observation.indicator),
                )
                .with_label(indicator.meta.span, "показатель объявлен здесь")
                .with_hint(format!("бывает {range}")),
            );
            return None;
        }
        if observation.n == Some(0) && *unit == Unit::Percent {
            self.out.push(
                Diagnostic::error(
                    codes::OUT_OF_RANGE,
                    observation.place.clone(),
                    "доля указана, а участников ноль",
                )
                .with_hint("если никто не участвовал, напишите вместо доли «нет данных»"),
            );
            return None;
        }
        self.whole_pupils(observation, &interval, unit);
        Some(FactValue::Number(interval))
    }

    /// A share of n pupils is a whole number of pupils, give or take the rounding of the figure.
    fn whole_pupils(&mut self, observation: &Observation, interval: &Interval, unit: &Unit) {
        let (Unit::Percent, Some(n), Some(share)) = (unit, observation.n, interval.exact()) else {
            return;
        };
        if n == 0 {
            return;
        }
        let hundred = Number::from_int(100);
        let all = Number::from_int(i64::try_from(n).unwrap_or(i64::MAX));
        let Some(pupils) = (share * &all).checked_div(&hundred) else { return };
        let Some(nearest) = pupils.round().map(Number::from_int) else { return };
        // A figure given in whole percents may be off by half a percent of n.
        let slack = if share.is_integer() { &all * &half_percent() } else { tenth(&all) };
        if (&pupils - &nearest).abs() > slack {
            self.out.push(
                Diagnostic::warning(
                    codes::NOT_WHOLE,
                    observation.place.clone(),
                    format!(
                        "доля {} от {n} не даёт целого числа учеников",
                        print_number(share, unit, self.model)
                    ),
                )
                .with_hint("проверьте долю и число участников"),
            );
        }
    }

    fn wrong_kind(&mut self, observation: &Observation, indicator: &Indicator) {
        let wanted = match &indicator.kind {
            Kind::YesNo => "да или нет",
            Kind::Percent { .. } => "процент",
            Kind::Points => "процентные пункты",
            Kind::Number { .. } => "число",
            Kind::Score { .. } => "балл",
            Kind::Mark => "отметка",
            Kind::Date => "дата",
            Kind::Text | Kind::OneOf { .. } => "слова в кавычках-ёлочках: «…»",
        };
        self.out.push(
            Diagnostic::error(
                codes::WRONG_KIND,
                observation.place.clone(),
                format!("у показателя «{}» другой вид значения", observation.indicator),
            )
            .with_label(indicator.meta.span, "показатель объявлен здесь")
            .with_hint(format!("здесь ожидается: {wanted}")),
        );
    }

    /// A place above the schools lives on the rows of its schools.
    fn own_rows(&mut self, project: &Project, observations: &[Observation]) {
        if project.institution.level != Level::School {
            return;
        }
        let own = &project.institution.id;
        let any =
            observations.iter().any(|row| row.level == Level::School && row.object_id == own.value);
        if !any && !observations.is_empty() {
            self.out.push(
                Diagnostic::error(
                    codes::OTHER_SCHOOL,
                    own.place.clone(),
                    format!("в данных нет ни одной строки организации «{}»", own.value),
                )
                .with_hint("номер организации в проекте и в графе school_id должен совпадать"),
            );
        }
    }
}

fn half_percent() -> Number {
    Number::one().checked_div(&Number::from_int(200)).unwrap_or_else(Number::zero)
}

/// Figures with decimals are given to a tenth of a percent at the least.
fn tenth(all: &Number) -> Number {
    let thousandth =
        Number::one().checked_div(&Number::from_int(1000)).unwrap_or_else(Number::zero);
    all * &thousandth
}

/// More names than these are not listed whole.
const LISTED: usize = 12;
/// So many of them are offered instead.
const OFFERED: usize = 5;

fn first_of(named: &[&str]) -> String {
    let first: Vec<&str> = named.iter().copied().take(LISTED).collect();
    let more = if named.len() > LISTED { " …" } else { "" };
    format!("{}{more}", first.join(", "))
}

/// What there is, or what comes nearest to a name where there is much.
fn offered(name: &str, known: &[&str]) -> String {
    if known.len() <= LISTED {
        return format!("есть: {}", known.join(", "));
    }
    let near = nearest(name, known.iter().copied(), OFFERED);
    format!("ближе других: {}; все {} печатает pko show", near.join(", "), known.len())
}
