//! When a programme runs.

use jiff::ToSpan as _;

use super::schedule::codes;
use crate::calendar::{Date, Month, Period, school_year_of};
use crate::diag::{Diagnostic, Place};
use crate::model::ProgrammeKind;
use crate::russian::{DateStyle, date};

/// The first and last day of a programme of this kind that is dated so: whole years from the
/// beginning that lies nearest to the date; from the date itself, where that beginning is more than
/// two months past; the school year of the date where the kind says nothing.
pub fn period_of(kind: &ProgrammeKind, date: Date) -> Period {
    let (years, month) = kind.period.unwrap_or((1, Month::SEPTEMBER));
    let from = match kind.period {
        Some(_) => nearest_start(month, date),
        None => month.first_day(school_year_of(date) - 1),
    };
    let from = from.unwrap_or(date);
    let to = from.checked_add(i64::from(years).years()).and_then(|next| next.yesterday());
    let is_past = from.checked_add(LATEST.months()).is_ok_and(|latest| latest <= date);
    let begins = if kind.period.is_some() && is_past { date } else { from };
    Period { from: begins, to: to.unwrap_or(from) }
}

/// So many months after the beginning of a school year a programme may still be dated back to it: one
/// that begins in September, until November.
const LATEST: i64 = 2;

/// Warns of a programme that was over before its own date.
pub fn over_before(period: &Period, dated: Date, place: Place) -> Option<Diagnostic> {
    if period.to >= dated {
        return None;
    }
    let day = |day| date(day, DateStyle::Short);
    let message = format!(
        "срок программы, с {} по {}, кончился раньше даты документов, {}",
        day(period.from),
        day(period.to),
        day(dated)
    );
    let finding = Diagnostic::warning(codes::PERIOD, place, message);
    Some(finding.with_hint("проверьте раздел [period] и ключ date проекта"))
}

fn nearest_start(month: Month, date: Date) -> Option<Date> {
    let year = i32::from(date.year());
    let starts = [year - 1, year, year + 1].into_iter().filter_map(|year| month.first_day(year));
    starts.min_by_key(|start| (date - *start).get_days().unsigned_abs())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn august_looks_forward_and_october_back() {
        let start = |day| nearest_start(Month::SEPTEMBER, day);
        assert_eq!(start(date(2026, 8, 25)), Some(date(2026, 9, 1)));
        assert_eq!(start(date(2026, 9, 1)), Some(date(2026, 9, 1)));
        assert_eq!(start(date(2026, 10, 15)), Some(date(2026, 9, 1)));
    }
}
