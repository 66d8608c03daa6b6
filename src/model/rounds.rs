//! Which activity reads the figure of an indicator, and for which school year.

use super::{Activity, Model};
use crate::base::Id;
use crate::calendar::{Month, Occurrence, Repeat};

impl Activity {
    /// Whether it reads the indicator at all.
    pub fn reads(&self, indicator: &Id) -> bool {
        let all = self.measures.iter().chain(&self.measures_last);
        all.into_iter().any(|named| named.id == *indicator)
    }

    /// Whether one of its times reads the figure of a school year, of which `last` is the last of the
    /// programme: in that year once the figure is there, or in the year behind it. What has no dates
    /// may.
    pub fn reads_in(
        &self,
        indicator: &Id,
        (year, last): (i32, i32),
        times: &[Occurrence],
        model: &Model,
    ) -> bool {
        if !self.reads(indicator) || times.is_empty() {
            return self.reads(indicator);
        }
        if self.is_after_end() {
            return year == last;
        }
        let appears = model.indicators.get(indicator).and_then(|declared| declared.appears);
        let reads_own = self.measures.iter().any(|named| named.id == *indicator)
            && times.iter().any(|time| time.school_year == year && is_there(appears, time));
        let reads_last = self.measures_last.iter().any(|named| named.id == *indicator)
            && times.iter().any(|time| time.school_year == year + 1);
        reads_own || reads_last
    }

    /// Whether it stands behind the programme.
    pub fn is_after_end(&self) -> bool {
        self.term.as_ref().is_some_and(|term| term.repeat == Repeat::AfterEnd)
    }
}

/// Whether the figure of the school year has appeared when a time of it is over.
pub fn is_there(appears: Option<Month>, time: &Occurrence) -> bool {
    let last = u8::try_from(time.to.month()).ok().and_then(Month::new);
    match (appears, last) {
        (Some(appears), Some(last)) => last.in_school_year() >= appears.in_school_year(),
        _ => true,
    }
}
