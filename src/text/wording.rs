//! Values in words: one function a helper.

use super::node::Call;
use super::render::mismatch;
use super::{MISSING, QuantityUnit, Scope, Takes, TextError, TextValue};
use crate::base::Number;
use crate::russian::{
    self, Case, DateStyle, Forms, NBSP, count_genitive, count_to, date, decline, list, months,
    number, percent, points,
};

/// The value as the helper of the call words it.
pub(super) fn word(call: &Call, value: &TextValue, scope: &dyn Scope) -> Result<String, TextError> {
    if !value.is_known() {
        return Ok(MISSING.to_owned());
    }
    match (call.helper.takes, call.helper.name) {
        (Takes::Percent, _) => percent_of(call, value),
        (Takes::Number, _) => number_of(call, value, scope),
        (Takes::Score, _) => score_of(call, value),
        (Takes::Date, "месяцы") => months_of(call, value),
        (Takes::Date, _) => date_of(call, value),
        (Takes::List, _) => match value {
            TextValue::List(items) => list_of(call, items),
            other => Err(mismatch(call, "список", other)),
        },
        (Takes::Any | Takes::Identifier | Takes::Condition, _) => plain(call, value),
    }
}

fn places(call: &Call, unit: &QuantityUnit) -> u32 {
    let asked = call.arguments.number("знаков").and_then(|n| u32::try_from(n).ok());
    asked.unwrap_or(match unit {
        QuantityUnit::Percent | QuantityUnit::Points => 1,
        _ => russian::PLACES,
    })
}

/// A figure or a range with a unit of its own.
fn figure(
    call: &Call,
    value: &TextValue,
    unit: &QuantityUnit,
    forms: Option<&Forms>,
) -> Result<String, TextError> {
    let places = places(call, unit);
    match value {
        TextValue::Quantity { value, .. } => Ok(quantity(value, unit, forms, places)),
        TextValue::Between { low, high, .. } => {
            Ok(range(low.as_ref(), high.as_ref(), unit, forms, places))
        }
        other => Err(mismatch(call, "число", other)),
    }
}

fn quantity(value: &Number, unit: &QuantityUnit, forms: Option<&Forms>, places: u32) -> String {
    match (unit, forms) {
        (_, Some(forms)) => count_to(value, places, forms),
        (QuantityUnit::Percent, None) => percent(value, places),
        (QuantityUnit::Points, None) => points(value, places),
        (_, None) => number(value, places),
    }
}

/// As [`quantity`] behind a word that takes the genitive: «не менее 21 человека».
fn quantity_genitive(
    value: &Number,
    unit: &QuantityUnit,
    forms: Option<&Forms>,
    places: u32,
) -> String {
    match forms {
        Some(forms) => count_genitive(value, places, forms),
        None => quantity(value, unit, None, places),
    }
}

fn range(
    low: Option<&Number>,
    high: Option<&Number>,
    unit: &QuantityUnit,
    forms: Option<&Forms>,
    places: u32,
) -> String {
    let genitive = |value| quantity_genitive(value, unit, forms, places);
    match (low, high) {
        (Some(low), Some(high)) if number(low, places) == number(high, places) => {
            quantity(low, unit, forms, places)
        }
        (Some(low), Some(high)) => {
            format!("от{NBSP}{} до{NBSP}{}", number(low, places), genitive(high))
        }
        (Some(low), None) => format!("не{NBSP}менее {}", genitive(low)),
        (None, Some(high)) => format!("не{NBSP}более {}", genitive(high)),
        (None, None) => MISSING.to_owned(),
    }
}

fn unit_of(value: &TextValue) -> Option<&QuantityUnit> {
    match value {
        TextValue::Quantity { unit, .. } | TextValue::Between { unit, .. } => Some(unit),
        _ => None,
    }
}

fn percent_of(call: &Call, value: &TextValue) -> Result<String, TextError> {
    match unit_of(value) {
        Some(QuantityUnit::Percent | QuantityUnit::Plain) => {
            figure(call, value, &QuantityUnit::Percent, None)
        }
        Some(_) => Err(wrong_unit(call, "процент")),
        None => Err(mismatch(call, "процент", value)),
    }
}

fn score_of(call: &Call, value: &TextValue) -> Result<String, TextError> {
    match unit_of(value) {
        Some(QuantityUnit::Score | QuantityUnit::Mark | QuantityUnit::Plain) => {
            figure(call, value, &QuantityUnit::Score, Some(&russian::score_forms()))
        }
        Some(_) => Err(wrong_unit(call, "балл")),
        None => Err(mismatch(call, "балл", value)),
    }
}

fn wrong_unit(call: &Call, expected: &str) -> TextError {
    let message = format!("«{}» измеряется в другом: {expected} здесь не подходит", call.path);
    TextError::new(call.offset, message)
}

fn number_of(call: &Call, value: &TextValue, scope: &dyn Scope) -> Result<String, TextError> {
    let forms = match &call.unit {
        Some(unit) => Some(named_forms(&unit.name, unit.offset, scope)?),
        None => match unit_of(value) {
            Some(QuantityUnit::Count(forms)) => Some(Forms::from(forms.clone())),
            _ => None,
        },
    };
    match value {
        TextValue::List(items) => {
            let length = Number::from_int(i64::try_from(items.len()).unwrap_or(i64::MAX));
            Ok(quantity(&length, &QuantityUnit::Plain, forms.as_ref(), 0))
        }
        other => figure(call, other, &QuantityUnit::Plain, forms.as_ref()),
    }
}

fn named_forms(name: &str, offset: usize, scope: &dyn Scope) -> Result<Forms, TextError> {
    if let Some(forms) = scope.unit(name) {
        return Ok(Forms::from(forms));
    }
    Forms::of(name).map_err(|reason| {
        let message = format!("единица «{name}» не объявлена, и {reason}");
        TextError::new(offset, message)
    })
}

fn date_of(call: &Call, value: &TextValue) -> Result<String, TextError> {
    let style = match call.arguments.text("вид") {
        Some("краткий") => DateStyle::Short,
        Some("цифрами") => DateStyle::Digits,
        _ => DateStyle::Full,
    };
    match value {
        TextValue::Date(day) => Ok(date(*day, style)),
        TextValue::Period { from, to } => {
            Ok(format!("с{NBSP}{} по{NBSP}{}", date(*from, style), date(*to, style)))
        }
        other => Err(mismatch(call, "дата", other)),
    }
}

fn months_of(call: &Call, value: &TextValue) -> Result<String, TextError> {
    match value {
        TextValue::Date(day) => Ok(months(*day, *day)),
        TextValue::Period { from, to } => Ok(months(*from, *to)),
        other => Err(mismatch(call, "период", other)),
    }
}

fn list_of(call: &Call, items: &[TextValue]) -> Result<String, TextError> {
    if items.is_empty() {
        return Ok("нет".to_owned());
    }
    let worded: Vec<String> =
        items.iter().map(|item| plain(call, item)).collect::<Result<_, _>>()?;
    let conjunction = match call.arguments.text("союз") {
        Some("нет") => "",
        Some(word) => word,
        None => "и",
    };
    Ok(list(&worded, conjunction))
}

fn plain(call: &Call, value: &TextValue) -> Result<String, TextError> {
    let case = call.arguments.case().unwrap_or(Case::Nominative);
    match value {
        TextValue::Words(words) => in_case(call, words, case),
        TextValue::AsIs(words) => Ok(words.clone()),
        TextValue::Name { nominative, forms } => {
            match forms.iter().find(|(given, _)| *given == case) {
                Some((_, form)) => Ok(form.clone()),
                None => in_case(call, nominative, case),
            }
        }
        TextValue::Record(_) => match value.part("название") {
            Some(title) => plain(call, title),
            None => Err(mismatch(call, "слова", value)),
        },
        TextValue::List(items) => list_of(call, items),
        _ if !value.is_known() => Ok(MISSING.to_owned()),
        _ if case != Case::Nominative => {
            let message = format!("«{}» — {}: падежа у него нет", call.path, value.kind());
            Err(TextError::new(call.offset, message))
        }
        TextValue::Truth(truth) => Ok(if *truth { "да" } else { "нет" }.to_owned()),
        TextValue::Date(day) => Ok(date(*day, DateStyle::Full)),
        TextValue::Period { from, to } => Ok(months(*from, *to)),
        TextValue::Quantity { unit, .. } | TextValue::Between { unit, .. } => {
            figure(call, value, unit, unit.forms().as_ref())
        }
        TextValue::Missing => Ok(MISSING.to_owned()),
    }
}

fn in_case(call: &Call, words: &str, case: Case) -> Result<String, TextError> {
    decline(words, case).map_err(|reason| {
        let message = format!(
            "«{words}» не поставить в {} падеж: {reason}; задайте эту форму в данных",
            case.word()
        );
        TextError::new(call.offset, message)
    })
}

/// «рост на 3 п. п.», «снижение на 0,4 балла», «рост с 20 до 25 человек», «без изменений»; with
/// `вид="знаком"` «+3 п. п.».
pub(super) fn word_change(
    call: &Call,
    now: &TextValue,
    before: &TextValue,
) -> Result<String, TextError> {
    if !now.is_known() || !before.is_known() {
        return Ok(MISSING.to_owned());
    }
    let (Some(unit), Some(unit_before)) = (unit_of(now), unit_of(before)) else {
        let wrong = if unit_of(now).is_none() { now } else { before };
        return Err(mismatch(call, "число", wrong));
    };
    if unit != unit_before {
        return Err(wrong_unit(call, "сравнение разных единиц"));
    }
    let unit = if *unit == QuantityUnit::Percent { &QuantityUnit::Points } else { unit };
    let change = Change { unit, forms: unit.forms(), places: places(call, unit) };
    let with_sign = call.arguments.text("вид") == Some("знаком");
    Ok(match (now, before) {
        (TextValue::Quantity { value: now, .. }, TextValue::Quantity { value: before, .. }) => {
            if with_sign {
                change.signed(&(now - before))
            } else {
                change.words(now, before)
            }
        }
        _ => change.between(ends(now), ends(before)),
    })
}

type Ends<'a> = (Option<&'a Number>, Option<&'a Number>);

fn ends(value: &TextValue) -> Ends<'_> {
    match value {
        TextValue::Quantity { value, .. } => (Some(value), Some(value)),
        TextValue::Between { low, high, .. } => (low.as_ref(), high.as_ref()),
        _ => (None, None),
    }
}

/// How a difference is worded.
struct Change<'a> {
    unit: &'a QuantityUnit,
    forms: Option<Forms>,
    places: u32,
}

const UNCHANGED: &str = "без изменений";

impl Change<'_> {
    fn amount(&self, value: &Number) -> String {
        quantity(value, self.unit, self.forms.as_ref(), self.places)
    }

    fn is_zero(&self, difference: &Number) -> bool {
        number(difference, self.places) == "0"
    }

    fn signed(&self, difference: &Number) -> String {
        if self.is_zero(difference) {
            return UNCHANGED.to_owned();
        }
        let sign = if difference.is_negative() { "−" } else { "+" };
        format!("{sign}{}", self.amount(&difference.abs()))
    }

    fn words(&self, now: &Number, before: &Number) -> String {
        let difference = now - before;
        if self.is_zero(&difference) {
            return UNCHANGED.to_owned();
        }
        let verb = if difference.is_negative() { "снижение" } else { "рост" };
        // «на 1 человека», «на 1 группу» need an accusative that nobody gave; «с 20 до 21» do not.
        if matches!(self.unit, QuantityUnit::Count(_)) {
            let until = quantity_genitive(now, self.unit, self.forms.as_ref(), self.places);
            return format!("{verb} с{NBSP}{} до{NBSP}{until}", number(before, self.places));
        }
        format!("{verb} на{NBSP}{}", self.amount(&difference.abs()))
    }

    /// The change between two ranges, as far as it is known.
    fn between(&self, now: Ends<'_>, before: Ends<'_>) -> String {
        let difference = |a: Option<&Number>, b: Option<&Number>| Some(a? - b?);
        let low = difference(now.0, before.1);
        let high = difference(now.1, before.0);
        let rises = low.as_ref().is_some_and(|low| !low.is_negative());
        let falls = high.as_ref().is_some_and(|high| high.is_negative() || high.is_zero());
        let zero = Number::zero();
        match (low, high) {
            (None, None) => MISSING.to_owned(),
            (Some(low), high) if rises && !falls => self.extent("рост", &low, high.as_ref()),
            (low, Some(high)) if falls && !rises => {
                self.extent("снижение", &high.abs(), low.map(|low| low.abs()).as_ref())
            }
            (Some(low), Some(high)) => {
                let sign = if high > zero { "+" } else { "" };
                let low = number(&low, self.places);
                format!("изменение от{NBSP}{low} до{NBSP}{sign}{}", self.amount(&high))
            }
            _ => MISSING.to_owned(),
        }
    }

    fn extent(&self, verb: &str, least: &Number, most: Option<&Number>) -> String {
        let genitive =
            |value| quantity_genitive(value, self.unit, self.forms.as_ref(), self.places);
        match most {
            None if self.is_zero(least) => MISSING.to_owned(),
            None => format!("{verb} не{NBSP}менее чем на{NBSP}{}", self.amount(least)),
            Some(most) if self.is_zero(least) => {
                format!("{verb} не{NBSP}более чем на{NBSP}{}", self.amount(most))
            }
            Some(most) => {
                format!("{verb} на{NBSP}{}–{}", number(least, self.places), genitive(most))
            }
        }
    }
}
