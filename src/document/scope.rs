//! The names that texts may use, and their values.

use super::codes;
use super::cohort;
use super::fields::Asked;
use super::identified;
use super::merged::{self, Together};
use super::things::Thing;
use super::view::View;
use crate::base::{Id, Interval, Level, Number, normalise};
use crate::calendar::{school_year_name, school_year_of};
use crate::data::passport::passport_item;
use crate::diag::Diagnostic;
use crate::eval::{Truth, Value, span_of, text_unit};
use crate::model::When;
use crate::russian::{self, Case};
use crate::text::{Arguments, QuantityUnit, Scope, TextValue};

/// What a repetition is at.
#[derive(Clone, Debug)]
pub(super) struct Item<'a> {
    pub row: Together<'a>,
    pub number: usize,
    /// A deficit's own texts, rendered.
    pub text: Vec<String>,
}

/// The scope of the texts of one document, inside a repetition or outside.
pub(super) struct TextScope<'v, 'a> {
    pub view: &'v View<'a>,
    pub item: Option<&'v Item<'a>>,
}

impl Scope for TextScope<'_, '_> {
    fn value(&self, path: &str, arguments: &Arguments) -> Option<TextValue> {
        let path = normalise(path);
        let (head, part) = match path.split_once('.') {
            Some((head, part)) => (head, Some(part)),
            None => (path.as_str(), None),
        };
        self.of_item(head, part).or_else(|| self.of_document(head, part, arguments))
    }

    fn unit(&self, name: &str) -> Option<[String; 3]> {
        self.view.model.units.get(&Id::new(name)).map(|unit| unit.forms.clone())
    }
}

impl TextScope<'_, '_> {
    fn of_item(&self, head: &str, part: Option<&str>) -> Option<TextValue> {
        let item = self.item?;
        let thing = item.row.first();
        match part {
            None if head == "номер" => Some(count(item.number)),
            None if is_called(thing, head) => Some(record(self.view, &item.row)),
            Some("текст") if is_called(thing, head) => {
                Some(TextValue::AsIs(item.text.join(" ")))
            }
            Some(part) if is_called(thing, head) => part_of(self.view, &item.row, part),
            _ => None,
        }
    }

    fn of_document(
        &self,
        head: &str,
        part: Option<&str>,
        arguments: &Arguments,
    ) -> Option<TextValue> {
        let view = self.view;
        let period = &view.choice.period;
        Some(match (head, part) {
            ("школа", Some(part)) => return institution(view, part),
            ("год", None) => view.year.map_or(TextValue::Missing, |year| whole(year.into())),
            ("учебный_год", None) => {
                TextValue::AsIs(school_year_name(school_year_of(view.project.date.value)))
            }
            ("дата", None) if view.project.undated => TextValue::Missing,
            ("дата", None) => TextValue::Date(view.project.date.value),
            ("период", None) => TextValue::Period { from: period.from, to: period.to },
            ("период", Some("начало")) => TextValue::Date(period.from),
            ("период", Some("конец")) => TextValue::Date(period.to),
            ("программа", Some("название")) => words_as_is(&view.title),
            ("роль", Some(id)) => return role(view, &Id::new(id)),
            // The paper of an identification tells of it whole, a programme of its own school.
            ("идентификация", Some(part)) if view.cohort.is_none() => {
                return identified::value(view, part)
                    .or_else(|| cohort::value(view, head, Some(part)));
            }
            ("раздел", Some(id)) => section(view, &Id::new(id)),
            ("лицо", Some(id)) => return person(view, &Id::new(id)),
            (name, None) => match merged::list(view, name) {
                Some(rows) => TextValue::List(rows.iter().map(|row| record(view, row)).collect()),
                None => {
                    return cohort::value(view, head, None)
                        .or_else(|| indicator(view, &Id::new(name), arguments));
                }
            },
            (head, part) => return cohort::value(view, head, part),
        })
    }
}

// ------------------------------------------------------------ things

/// The words by which a repetition's text calls what it is at.
fn is_called(thing: Thing<'_>, head: &str) -> bool {
    match thing {
        Thing::Deficit(_) => {
            ["дефицит", "приоритет", "отложенный", "неопределенный"].contains(&head)
        }
        Thing::Task(_) => head == "задача",
        Thing::Zone(_) => head == "зона",
        Thing::Goal(_) => head == "цель",
        Thing::Cause(_) => head == "причина",
        _ => false,
    }
}

/// The parts that a thing has besides its title.
fn parts(thing: Thing<'_>) -> &'static [&'static str] {
    match thing {
        Thing::Deficit(_) => &["зона", "вес", "причины", "показатели", "обоснование"],
        Thing::Task(_) => &["зона", "дефициты", "цель", "мероприятия"],
        Thing::Zone(_) => &["мероприятия", "задачи"],
        Thing::Goal(_) => &["задачи", "показатели"],
        Thing::Cause(_) => &["состояние", "вопрос", "зона", "дефициты"],
        Thing::Activity(_) => &["срок", "результат", "зона"],
        Thing::Act(_) => &["реквизиты", "уровень"],
        Thing::Unknown(_) => &["чьи", "год"],
        _ => &[],
    }
}

fn record(view: &View<'_>, row: &Together<'_>) -> TextValue {
    let title = ("название".to_owned(), TextValue::Words(merged::title(view, row)));
    let rest = parts(row.first())
        .iter()
        .filter_map(|part| part_of(view, row, part).map(|value| ((*part).to_owned(), value)));
    TextValue::Record(std::iter::once(title).chain(rest).collect())
}

/// A thing by its title alone: records do not nest any deeper.
fn named(title: String) -> TextValue {
    TextValue::Record(vec![("название".to_owned(), TextValue::Words(title))])
}

fn part_of(view: &View<'_>, row: &Together<'_>, part: &str) -> Option<TextValue> {
    let thing = row.first();
    if part == "название" {
        return Some(TextValue::Words(merged::title(view, row)));
    }
    if !parts(thing).contains(&part) {
        return None;
    }
    if let Some(titles) = merged::linked(view, row, part) {
        return Some(TextValue::List(titles.into_iter().map(named).collect()));
    }
    if let (Thing::Deficit(id), "вес") = (thing, part) {
        let weight = view.finding(id).and_then(|finding| finding.weight.clone());
        return Some(weight.map_or(TextValue::Missing, |value| TextValue::Quantity {
            value,
            unit: QuantityUnit::Plain,
        }));
    }
    let text = merged::cell(view, row, 0, Asked::plain(part))?;
    Some(if text == crate::text::MISSING { TextValue::Missing } else { TextValue::AsIs(text) })
}

// ------------------------------------------------------------ the institution and its people

fn institution(view: &View<'_>, part: &str) -> Option<TextValue> {
    let institution = &view.project.institution;
    Some(match part {
        "название" => name(&institution.name, &institution.name_forms),
        "краткое" => words_as_is(&institution.short_name),
        "учредитель" => words(&institution.founder),
        "адрес" => words_as_is(&institution.address),
        "муниципалитет" => words(&institution.municipality),
        "регион" => words(&institution.region),
        "местность" => words(&institution.locality),
        "вид" => {
            let kind = view.model.institution_kinds.get(&Id::new(&institution.kind.value));
            words(kind.map_or(institution.kind.value.as_str(), |kind| kind.meta.title.as_str()))
        }
        "партнер" => words(&institution.partner_school),
        "куратор" => words_as_is(&institution.curator),
        _ => {
            let item = passport_item(&Id::new(part))?;
            match institution.passport.figure(item.name) {
                Some(figure) => {
                    TextValue::Quantity { value: figure.value.clone(), unit: QuantityUnit::Plain }
                }
                None => TextValue::Missing,
            }
        }
    })
}

/// A name in the forms that its owner gave; one that the dictionary cannot decline stands as it is
/// written, and [`undeclined_name`] says so.
fn name(nominative: &str, given: &[(String, String)]) -> TextValue {
    if nominative.trim().is_empty() {
        return TextValue::Missing;
    }
    let mut forms: Vec<(Case, String)> = given_forms(given);
    for case in undeclinable(nominative, &forms) {
        forms.push((case, nominative.to_owned()));
    }
    TextValue::Name { nominative: nominative.to_owned(), forms }
}

fn given_forms(given: &[(String, String)]) -> Vec<(Case, String)> {
    given.iter().filter_map(|(case, form)| Some((Case::from_word(case)?, form.clone()))).collect()
}

/// The cases that nobody gave and the dictionary refuses.
fn undeclinable(nominative: &str, given: &[(Case, String)]) -> Vec<Case> {
    let missing = Case::ALL
        .into_iter()
        .filter(|case| *case != Case::Nominative && !given.iter().any(|(known, _)| known == case));
    missing.filter(|case| russian::decline(nominative, *case).is_err()).collect()
}

/// A remark on an institution whose name stands undeclined in the documents.
pub(super) fn undeclined_name(view: &View<'_>) -> Option<Diagnostic> {
    let institution = &view.project.institution;
    let cases = undeclinable(&institution.name, &given_forms(&institution.name_forms));
    let first = cases.first().filter(|_| !institution.name.trim().is_empty())?;
    let finding = Diagnostic::warning(
        codes::NAME_AS_IT_IS,
        institution.id.place.clone(),
        "название организации не склоняется по словарю: в документах оно стоит как написано",
    );
    let sample = format!("\"{}\" = \"…\"", first.word());
    Some(finding.with_hint(format!("задайте формы в разделе [institution.forms]: {sample}")))
}

fn words(text: &str) -> TextValue {
    if text.trim().is_empty() { TextValue::Missing } else { TextValue::Words(text.to_owned()) }
}

fn words_as_is(text: &str) -> TextValue {
    if text.trim().is_empty() { TextValue::Missing } else { TextValue::AsIs(text.to_owned()) }
}

fn role(view: &View<'_>, id: &Id) -> Option<TextValue> {
    if let Some(role) = view.model.roles.get(id) {
        let given: Vec<(String, String)> =
            role.forms.iter().map(|(case, form)| (case.clone(), form.clone())).collect();
        return Some(name(&role.meta.title, &given));
    }
    view.model.bodies.contains_key(id).then(|| words(&view.actor_title(id)))
}

/// The number of a section; one that is not shown, or has none, has nothing to print.
fn section(view: &View<'_>, id: &Id) -> TextValue {
    words_as_is(&view.section_number(id))
}

fn person(view: &View<'_>, id: &Id) -> Option<TextValue> {
    view.model.roles.get(id)?;
    Some(words_as_is(view.person(id).unwrap_or_default()))
}

// ------------------------------------------------------------ figures

fn indicator(view: &View<'_>, id: &Id, arguments: &Arguments) -> Option<TextValue> {
    view.indicator(id)?;
    let level = arguments.text("по").and_then(Level::from_word);
    let when = when(arguments);
    let value = match arguments.text("вида") {
        Some(cell) => view.observe(id, level, when, Some(Id::new(cell))),
        None => view.figure(id, level, when),
    };
    Some(worded(view, id, &value))
}

/// The year that the arguments of a name choose.
pub(super) fn when(arguments: &Arguments) -> When {
    let year = arguments.number("за").and_then(|year| i32::try_from(year).ok());
    let back = arguments.number("год_назад").and_then(|back| u32::try_from(back).ok());
    match (year, back) {
        (Some(year), _) => When::Year(year),
        (None, Some(back)) => When::YearsAgo(back),
        (None, None) => When::Current,
    }
}

fn worded(view: &View<'_>, id: &Id, value: &Value) -> TextValue {
    match value {
        Value::Number(interval) => figure(view, id, interval),
        Value::Truth(Truth::Yes) => TextValue::Truth(true),
        Value::Truth(Truth::No) => TextValue::Truth(false),
        Value::Words(words) => TextValue::AsIs(words.clone()),
        Value::Unknown | Value::Inapplicable | Value::Truth(_) => TextValue::Missing,
    }
}

/// Ends that are those of the kind itself say nothing.
fn figure(view: &View<'_>, id: &Id, interval: &Interval) -> TextValue {
    let Some(indicator) = view.indicator(id) else { return TextValue::Missing };
    let Some(unit) = view.model.unit_of(indicator) else { return TextValue::Missing };
    let unit = text_unit(&unit, view.model);
    if let Some(value) = interval.exact() {
        return TextValue::Quantity { value: value.clone(), unit };
    }
    let whole = span_of(&indicator.kind, view.model);
    let low = interval.low.as_ref().filter(|low| whole.low.as_ref() != Some(low));
    let high = interval.high.as_ref().filter(|high| whole.high.as_ref() != Some(high));
    let at = |end: Option<&crate::base::Bound>| end.map(|bound| bound.at.clone());
    TextValue::Between { low: at(low), high: at(high), unit }
}

fn whole(value: i64) -> TextValue {
    TextValue::Quantity { value: Number::from_int(value), unit: QuantityUnit::Plain }
}

fn count(number: usize) -> TextValue {
    whole(i64::try_from(number).unwrap_or(i64::MAX))
}
