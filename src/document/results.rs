//! Which indicators are results of the institution, and what is known of them.

use std::collections::BTreeSet;

use super::view::View;
use crate::base::{Id, Level};
use crate::model::{Indicator, Kind};

const ABOVE: [Level; 3] = [Level::Municipality, Level::Region, Level::Federation];

/// The results of the institution. Counters that another row shows are left to it, and signs that
/// only switch rules on or are worked out of other rows are no results.
pub(super) fn all<'a>(view: &View<'a>) -> Vec<&'a Id> {
    let indicators = &view.model.indicators;
    let counters: BTreeSet<&Id> = indicators.values().filter_map(counter).collect();
    let is_result = |id: &Id, declared: &Indicator| {
        let is_derived = declared.better.is_none() || declared.formula.is_some();
        let is_sign = declared.kind == Kind::YesNo && is_derived;
        !is_sign && declared.passport.is_none() && !counters.contains(id)
    };
    let own = indicators.iter().filter(|(_, declared)| declared.level == view.own_level());
    own.filter(|(id, declared)| is_result(id, declared)).map(|(id, _)| id).collect()
}

fn counter(indicator: &Indicator) -> Option<&Id> {
    match &indicator.kind {
        Kind::Percent { of } => of.as_ref(),
        _ => None,
    }
}

/// Whether a table of three years and the levels above has anything to show of an indicator.
pub(super) fn is_known_anywhere(view: &View<'_>, id: &Id) -> bool {
    is_known(view, id) || is_known_above(view, id)
}

/// Whether anything is known of the institution itself in the three years.
fn is_known(view: &View<'_>, id: &Id) -> bool {
    let present = view.present(id);
    (present - 2..=present).any(|year| view.tells(id, None, year))
}

fn is_known_before(view: &View<'_>, id: &Id) -> bool {
    let present = view.present(id);
    (present - 2..present).any(|year| view.tells(id, None, year))
}

fn is_known_above(view: &View<'_>, id: &Id) -> bool {
    ABOVE.into_iter().any(|level| view.tells(id, Some(level), view.present(id)))
}

/// The results that a list of the document names; `None` for any other list.
pub(super) fn listed<'a>(view: &View<'a>, list: &str) -> Option<Vec<&'a Id>> {
    let is_listed: fn(&View<'_>, &Id) -> bool = match list {
        "известные_результаты" => is_known,
        "прошлые_результаты" => is_known_before,
        "сравнимые_результаты" => {
            |view, id| is_known(view, id) && is_known_above(view, id)
        }
        _ => return None,
    };
    let applies = |id: &&Id| view.reading(id).is_some() && is_listed(view, id);
    Some(all(view).into_iter().filter(applies).collect())
}
