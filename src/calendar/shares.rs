//! Fair shares of a time: so many windows as there are times, none longer than its neighbour by more
//! than a day, or whole quarters where they come out even.

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::{Calendar, Month, Stretch, last_day};

/// Shares of the school year that ends in `ending`; from September to May where the calendar does not
/// say when there are lessons.
pub fn of_school_year(calendar: &Calendar, ending: i32, times: u32) -> Vec<(Date, Date)> {
    let parts = parts(calendar, ending);
    let wanted = times as usize;
    if wanted > 0 && !parts.is_empty() && parts.len().is_multiple_of(wanted) {
        let groups = parts.chunks(parts.len() / wanted);
        return groups.filter_map(|all| Some((all.first()?.0, all.last()?.1))).collect();
    }
    let year = calendar.find(&Stretch::SchoolYear, ending).first().copied();
    let usual = || {
        let may = Month::SEPTEMBER.first_day(ending - 1)?.checked_add(8.months()).ok()?;
        let may = Month::new(u8::try_from(may.month()).ok()?)?;
        Month::SEPTEMBER.first_day(ending - 1).zip(last_day(may, ending))
    };
    year.or_else(usual).map(|span| of_span(span, times)).unwrap_or_default()
}

/// The quarters, else the trimesters, of a school year.
fn parts(calendar: &Calendar, ending: i32) -> Vec<(Date, Date)> {
    let of_kind = |is_it: fn(&Stretch) -> bool| -> Vec<(Date, Date)> {
        let all = calendar.in_school_year(ending).into_iter();
        let mut spans: Vec<_> = all
            .filter(|found| is_it(&found.entry.what))
            .map(|found| (found.from, found.to))
            .collect();
        spans.sort_unstable();
        spans
    };
    let quarters = of_kind(|what| matches!(what, Stretch::Quarter(_)));
    if quarters.is_empty() {
        of_kind(|what| matches!(what, Stretch::Trimester(_)))
    } else {
        quarters
    }
}

/// Equal shares of a span, as many as it has days at most.
pub fn of_span((from, to): (Date, Date), times: u32) -> Vec<(Date, Date)> {
    let days = i64::from((to - from).get_days()) + 1;
    let times = i64::from(times).min(days);
    let begins = |nth: i64| from.checked_add((days * nth / times.max(1)).days()).ok();
    let shares =
        (0..times).filter_map(|nth| Some((begins(nth)?, begins(nth + 1)?.yesterday().ok()?)));
    shares.collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn shares_cover_the_whole_and_do_not_overlap() {
        let all = of_school_year(&Calendar::default(), 2027, 2);
        assert_eq!(
            all,
            [(date(2026, 9, 1), date(2027, 1, 14)), (date(2027, 1, 15), date(2027, 5, 31)),]
        );
        assert_eq!(of_span((date(2026, 9, 1), date(2026, 9, 2)), 5).len(), 2);
    }
}
