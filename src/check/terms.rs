//! Terms fit each other, the years of the programmes and the validity of the pack.

use super::sites;
use super::{CheckSpec, Pass};
use crate::base::{Id, Span};
use crate::calendar::{Date, Month, Repeat, Term, TermWhen, WhichYear, Window, last_day};
use crate::diag::Code;
use crate::model::{Activity, Model, Ref, Target, Validity};
use crate::syntax::tree::TargetYear;

pub(super) const SPEC: CheckSpec =
    CheckSpec {
        code: Code(45), summary: "Срок не сходится с другими сроками", run
    };

fn run(pass: &mut Pass<'_>) {
    let model = pass.model;
    let years = longest_programme(model);
    for (id, activity) in &model.activities {
        if let Some(term) = &activity.term {
            own_term(pass, id, activity, term, years);
        }
        for earlier in &activity.after {
            order(pass, (earlier, &earlier.id), id);
        }
        for later in &activity.before {
            order(pass, (later, id), &later.id);
        }
    }
    for target in sites::targets(model) {
        self::target(pass, target, years);
    }
}

/// The school years of the longest programme; `None` where no programme says.
fn longest_programme(model: &Model) -> Option<u32> {
    model.programmes.values().filter_map(|p| p.period).map(|(years, _)| years).max()
}

fn own_term(
    pass: &mut Pass<'_>,
    id: &Id,
    activity: &Activity,
    term: &Term<Id>,
    years: Option<u32>,
) {
    let span = activity.meta.span;
    let windows = windows(term);
    for fault in windows.iter().filter_map(window_fault) {
        let finding = pass
            .error(span, format!("срок мероприятия «{id}»: {fault}"))
            .with_hint("поправьте строку «срок»");
        pass.report(finding);
    }
    if let (Repeat::In(which), Some(years)) = (&term.repeat, years) {
        for n in which.iter().filter_map(nth).filter(|n| !(1..=years).contains(n)) {
            let finding = pass
                .error(span, format!("срок мероприятия «{id}»: {n}-го года в программах нет"))
                .with_hint(format!("самая долгая программа — учебных лет: {years}"));
            pass.report(finding);
        }
    }
    let Some(validity) = pass.model.pack().and_then(|pack| pack.validity) else { return };
    if windows.iter().filter_map(explicit).any(|(from, to)| outside(&validity, from, to)) {
        let finding = pass
            .warning(span, format!("срок мероприятия «{id}» вне срока действия пакета"))
            .with_hint("поправьте год или срок действия пакета");
        pass.report(finding);
    }
}

fn windows(term: &Term<Id>) -> &[Window] {
    match &term.when {
        TermWhen::Windows(windows) => windows,
        _ => &[],
    }
}

fn nth(which: &WhichYear) -> Option<u32> {
    match which {
        WhichYear::Nth(n) => Some(*n),
        WhichYear::Last => None,
    }
}

fn window_fault(window: &Window) -> Option<&'static str> {
    let (from, to) = explicit(window)?;
    (to < from).then_some("конец раньше начала")
}

/// The days of a window whose years are written.
fn explicit(window: &Window) -> Option<(Date, Date)> {
    match window {
        Window::Days { from, to } => Some((*from, *to)),
        Window::Months { from: (from, Some(start)), to: (to, end) } => {
            let wraps = i32::from(end.is_none() && to < from);
            Some((from.first_day(*start)?, last_day(*to, end.unwrap_or(start + wraps))?))
        }
        _ => None,
    }
}

fn outside(validity: &Validity, from: Date, to: Date) -> bool {
    to < validity.from || validity.to.is_some_and(|end| end < from)
}

/// What must be done first cannot begin after what follows it is over, in one school year.
fn order(pass: &mut Pass<'_>, (reference, first): (&Ref, &Id), second: &Id) {
    let activities = &pass.model.activities;
    let (Some(a), Some(b)) = (activities.get(first), activities.get(second)) else { return };
    let (Some(before), Some(after)) = (&a.term, &b.term) else { return };
    if !too_late(before, after) {
        return;
    }
    let message = format!("«{first}» должно быть раньше «{second}», а начинается после него");
    let finding = pass
        .error(reference.span, message)
        .with_label(a.meta.span, "это должно быть раньше")
        .with_label(b.meta.span, "это должно быть позже")
        .with_hint("поправьте сроки или порядок: «после», «до»");
    pass.report(finding);
}

fn too_late(before: &Term<Id>, after: &Term<Id>) -> bool {
    if let (Some(first), Some(last)) = (only_years(before), only_years(after))
        && let (Some(first), Some(last)) = (first.iter().min(), last.iter().max())
        && first > last
    {
        return true;
    }
    if before.repeat != after.repeat {
        return false;
    }
    let starts = windows(before).iter().map(plain_months);
    let ends = windows(after).iter().map(plain_months);
    let start = starts.collect::<Option<Vec<_>>>().and_then(|w| w.into_iter().map(|w| w.0).min());
    let end = ends.collect::<Option<Vec<_>>>().and_then(|w| w.into_iter().map(|w| w.1).max());
    matches!((start, end), (Some(start), Some(end)) if start > end)
}

/// The years of the programme in which a term falls, where they are numbered.
fn only_years(term: &Term<Id>) -> Option<Vec<u32>> {
    match &term.repeat {
        Repeat::In(which) => which.iter().map(nth).collect(),
        _ => None,
    }
}

/// First and last month of a window, counted from September; `None` where years are written or the
/// window runs over the end of the school year.
fn plain_months(window: &Window) -> Option<(u8, u8)> {
    let (from, to) = match window {
        Window::Months { from: (from, None), to: (to, None) } => (in_year(*from), in_year(*to)),
        Window::Quarters(quarters) => {
            let (first, last) = (quarters.first()?, quarters.last()?);
            let from = Month::new(first.checked_mul(3)?.checked_sub(2)?)?;
            (in_year(from), in_year(Month::new(last.checked_mul(3)?)?))
        }
        _ => return None,
    };
    (from <= to).then_some((from, to))
}

/// 0 for September, 11 for August.
fn in_year(month: Month) -> u8 {
    (month.number() + 3) % 12
}

fn target(pass: &mut Pass<'_>, target: &Target, years: Option<u32>) {
    let span = target.span;
    if let (TargetYear::Nth(n), Some(years)) = (target.year, years)
        && !(1..=years).contains(&n)
    {
        let finding = pass
            .error(span, format!("{n}-го года в программах нет"))
            .with_hint(format!("самая долгая программа — учебных лет: {years}"));
        pass.report(finding);
    }
    let Some(indicator) = pass.model.indicators.get(&target.indicator.id) else { return };
    if let Some(appears) = indicator.appears
        && in_year(target.month) < in_year(appears)
    {
        early_target(pass, target, indicator.meta.span);
    }
}

fn early_target(pass: &mut Pass<'_>, target: &Target, declared: Span) {
    let message = format!("к этому месяцу значения «{}» ещё нет", target.indicator.id);
    let finding = pass
        .error(target.span, message)
        .with_label(declared, "когда появляется значение, сказано здесь")
        .with_hint("назначьте месяц не раньше того, в котором появляется значение года");
    pass.report(finding);
}

#[cfg(test)]
mod tests {
    use crate::check::testing::check_code;

    #[test]
    fn what_comes_first_is_not_later() {
        check_code(
            45,
            "мероприятие школы а «А»\n  срок май, каждый учебный год\n\
             мероприятие школы б «Б»\n  срок сентябрь..декабрь, каждый учебный год\n  после а\n\
             мероприятие школы в «В»\n  срок сентябрь, 2-й учебный год\n  до г\n\
             мероприятие школы г «Г»\n  срок май, 1-й учебный год\n\
             мероприятие школы д «Д»\n  срок октябрь..май, каждый учебный год\n  после а\n\
             мероприятие школы е «Е»\n  срок 2 квартал, каждый учебный год\n  до б\n",
            "ПКО-045 5:9 «а» должно быть раньше «б», а начинается после него\n\
             ПКО-045 8:6 «в» должно быть раньше «г», а начинается после него\n\
             ПКО-045 16:6 «е» должно быть раньше «б», а начинается после него\n",
        );
    }

    #[test]
    fn years_fit_the_pack_and_the_programmes() {
        check_code(
            45,
            "пакет п «П»\n  редакция 1\n  действует с 1 сентября 2025 по 31 августа 2028\n\
             программа школы ш «Ш»\n  тип «ШППКО»\n  период 3 учебных года с сентября\n\
             мероприятие школы а «А»\n  срок август 2020\n\
             мероприятие школы б «Б»\n  срок май, 4-й учебный год\n\
             мероприятие школы г «Г»\n  срок 5 мая 2027 – 1 мая 2027\n\
             показатель школы икс «И»\n  вид процент; появляется июль\n\
             цель школы ц «Ц»\n  довести икс до 5 % к июню 2-го года\n  довести икс до 5 % к августу 4-го года\n",
            "ПКО-045 7:19 срок мероприятия «а» вне срока действия пакета\n\
             ПКО-045 9:19 срок мероприятия «б»: 4-го года в программах нет\n\
             ПКО-045 11:19 срок мероприятия «г»: конец раньше начала\n\
             ПКО-045 16:3 к этому месяцу значения «икс» ещё нет\n\
             ПКО-045 17:3 4-го года в программах нет\n",
        );
    }
}
