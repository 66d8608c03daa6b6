//! Values that are written as the grammar wants and yet cannot be: what of them does not exist, and
//! what may stand there.

use super::shapes::Rule;
use super::vocabulary::{CalendarShape, Shape};
use crate::calendar::{Date, Day, Month, last_day};
use crate::russian::{self, Case};

/// Fault and way out.
pub fn told(shape: Shape, text: &str) -> (String, String) {
    if let Some(fault) = missing_day(text) {
        return (fault, "проверьте число и месяц".to_owned());
    }
    let message = "такого значения не бывает".to_owned();
    let hint = match shape {
        Shape::Calendar(CalendarShape::Week) => {
            "рабочая неделя бывает такой: «5 дней», «6 дней» или «7 дней»"
        }
        Shape::Term if is_at_least(text) => AT_LEAST,
        _ => "проверьте даты, номера кварталов, длину чисел и число лет (от 1 до 30)",
    };
    (message, hint.to_owned())
}

const AT_LEAST: &str = "«не реже» говорят о годе, от 1 до 40 раз: «не реже двух раз в год», «не реже 12 раз в год»; \
                        раз в четверть — это четыре раза в год";
const LIMITS: &str = "пишут так: «лучше больше, хороший от 80 %, плохой ниже 60 %» или «лучше меньше, хороший \
                      до 5 %, плохой выше 10 %»";

/// How a line is written of which the grammar has no words to say what it wanted.
pub fn sample(rule: Rule, text: &str) -> Option<&'static str> {
    match rule {
        Rule::shape_limits => Some(LIMITS),
        Rule::shape_term if is_at_least(text) => Some(AT_LEAST),
        _ => None,
    }
}

fn is_at_least(text: &str) -> bool {
    ["не реже", "не менее", "не меньше"].iter().any(|start| text.trim_start().starts_with(start))
}

/// «числа «31 июня» нет: в июне 30 дней», of the first day in a text that no year has.
pub fn missing_day(text: &str) -> Option<String> {
    let words: Vec<&str> = text
        .split(|c: char| !c.is_alphanumeric() && c != '.')
        .filter(|word| !word.is_empty())
        .collect();
    let figures = words.iter().find_map(|word| in_figures(word));
    figures.or_else(|| {
        words.iter().enumerate().find_map(|(at, word)| {
            let day: i8 = word.trim_matches('.').parse().ok()?;
            let name = words.get(at + 1)?;
            let month = Month::from_word(name)?;
            let year = words.get(at + 2).filter(|year| year.len() == 4);
            let year = year.and_then(|year| year.parse().ok());
            no_such(&format!("{day} {name}"), day, month, year)
        })
    })
}

fn in_figures(word: &str) -> Option<String> {
    let mut parts = word.trim_matches('.').split('.');
    let day: i8 = parts.next()?.parse().ok()?;
    let month = Month::new(parts.next()?.parse().ok()?)?;
    let year: i32 = parts.next()?.parse().ok()?;
    no_such(word, day, month, Some(year))
}

fn no_such(written: &str, day: i8, month: Month, year: Option<i32>) -> Option<String> {
    /// February has its longest.
    const LEAP: i32 = 2024;
    if Day::new(day, month, year).is_some() {
        return None;
    }
    let days = last_day(month, year.unwrap_or(LEAP)).map(Date::day)?;
    let of_year = year.map_or(String::new(), |year| format!(" {year} года"));
    let name = russian::month(i8::try_from(month.number()).ok()?, Case::Prepositional);
    let word = if days == 31 { "день" } else { "дней" };
    Some(format!("числа «{written}» нет: в {name}{of_year} {days} {word}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_that_no_year_has_is_named() {
        let told = |text| missing_day(text).unwrap_or_default();
        assert_eq!(told("летние: 31 июня – 31 августа"), "числа «31 июня» нет: в июне 30 дней");
        assert_eq!(told("1 – 30 февраля"), "числа «30 февраля» нет: в феврале 29 дней");
        assert_eq!(told("29 февраля 2027"), "числа «29 февраля» нет: в феврале 2027 года 28 дней");
        assert_eq!(told("31.06.2026"), "числа «31.06.2026» нет: в июне 2026 года 30 дней");
        assert_eq!(told("29 февраля – 1 марта, 5 раз"), "");
    }

    #[test]
    fn what_may_stand_there_is_said() {
        let hint = |shape, text| told(shape, text).1;
        assert!(hint(Shape::Calendar(CalendarShape::Week), "8 дней").contains("«6 дней»"));
        assert!(hint(Shape::Term, "не реже 99 раз в год").contains("от 1 до 40"));
        assert!(sample(Rule::shape_term, "не реже двух раз в четверть").is_some());
        assert_eq!(sample(Rule::shape_term, "сентебрь"), None);
    }
}
