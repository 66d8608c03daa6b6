//! Terms that a team writes, against the order of activities: what must be done first cannot begin
//! when what follows it is over.

use super::outlook::{self, Outlook};
use super::planned::{Field, Planned};
use super::{Base, codes};
use crate::base::Id;
use crate::calendar::Occurrence;
use crate::data::Project;
use crate::diag::{Diagnostic, Place};

/// Reports every term of an edit or an addition that turns the order round.
pub(super) fn check(
    project: &Project,
    planned: &[Planned<'_>],
    base: &Base<'_>,
    out: &mut Vec<Diagnostic>,
) {
    let terms = planned.iter().filter(|planned| planned.field == Field::Term);
    let edited = terms.map(|planned| (planned.id.clone(), &planned.edit.becomes.place));
    let added = project.added_activities.iter();
    let added = added.map(|added| (Id::new(&added.id.value), &added.term.place));
    let written: Vec<(Id, &Place)> = edited.chain(added).collect();
    if written.is_empty() {
        return;
    }
    let outlook = outlook::of(base);
    for (first, next) in reversed(&outlook, base) {
        let of_first = written.iter().find(|(id, _)| *id == first);
        let guilty = of_first.or_else(|| written.iter().find(|(id, _)| *id == next));
        let Some((_, place)) = guilty else { continue };
        let fault = too_late((*place).clone(), &first, &next);
        if !out.contains(&fault) {
            out.push(fault);
        }
    }
}

/// The pairs of chosen activities of which the first begins after the second is over.
fn reversed(outlook: &Outlook, base: &Base<'_>) -> Vec<(Id, Id)> {
    let mut pairs = Vec::new();
    for choice in &outlook.choices {
        let times = |id: &Id| {
            let found = choice.activities.iter().find(|activity| activity.id == *id);
            found.map(|activity| activity.occurrences.as_slice()).unwrap_or_default()
        };
        for next in &choice.activities {
            let Some(declared) = base.model.activities.get(&next.id) else { continue };
            let late =
                declared.after.iter().filter(|first| is_late(times(&first.id), &next.occurrences));
            pairs.extend(late.map(|first| (first.id.clone(), next.id.clone())));
        }
    }
    pairs
}

/// Whether in some school year the first of two begins after the last of the other.
fn is_late(first: &[Occurrence], next: &[Occurrence]) -> bool {
    let in_year = |times: &[Occurrence], year: i32| {
        let own = times.iter().filter(move |time| time.school_year == year);
        own.fold(None, |ends: Option<(_, _)>, time| match ends {
            Some((from, to)) => Some((time.from.min(from), time.to.max(to))),
            None => Some((time.from, time.to)),
        })
    };
    first.iter().map(|time| time.school_year).any(|year| {
        match (in_year(first, year), in_year(next, year)) {
            (Some((begins, _)), Some((_, ends))) => begins > ends,
            _ => false,
        }
    })
}

fn too_late(place: Place, first: &Id, next: &Id) -> Diagnostic {
    let message = format!(
        "с таким сроком мероприятие «{first}» начинается позже, чем кончается «{next}», а оно \
         нужно до него"
    );
    Diagnostic::error(codes::TOO_LATE, place, message)
        .with_hint("сдвиньте срок так, чтобы сначала было то, что нужно раньше")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn time(school_year: i32, from: i8, to: i8) -> Occurrence {
        let year = |month: i8| {
            let year = if month >= 9 { school_year - 1 } else { school_year };
            i16::try_from(year).unwrap_or_default()
        };
        let day = |month: i8| jiff::civil::date(year(month), month, 1);
        Occurrence { school_year, from: day(from), to: day(to) }
    }

    #[test]
    fn what_comes_first_may_overlap_but_not_follow() {
        let (autumn, winter) = (time(2027, 9, 11), time(2027, 10, 12));
        let spring = time(2027, 3, 5);
        assert!(!is_late(&[autumn], &[winter]));
        assert!(!is_late(&[winter], &[autumn]));
        assert!(is_late(&[spring], &[autumn]));
        assert!(!is_late(&[time(2028, 3, 5)], &[autumn]));
    }
}
