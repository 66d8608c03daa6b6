//! Terms fit each other, the years of the programmes and the validity of the pack.

use super::sites;
use super::{CheckSpec, Pass};
use crate::base::{Id, Span};
use crate::calendar::{
    AtLeast, Conflict, Date, Job, Month, Period, Repeat, Term, TermWhen, WhichYear, Window,
    last_day, schedule,
};
use crate::diag::Code;
use crate::model::{self, Activity, Model, Target, Validity};
use crate::russian::{self, Case};
use crate::syntax::tree::TargetYear;

pub(super) const SPEC: CheckSpec =
    CheckSpec {
        code: Code(45), summary: "Срок не сходится с другими сроками", run
    };

fn run(pass: &mut Pass<'_>) {
    let model = pass.model;
    let years = longest_programme(model);
    let period = reference(model);
    for (id, activity) in &model.activities {
        if let Some(term) = &activity.term {
            own_term(pass, id, activity, term, years);
        }
        length(pass, id, activity, &period);
    }
    order(pass);
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
    let windows = term.windows();
    for fault in windows.iter().filter_map(window_fault) {
        let finding = pass
            .error(span, format!("срок мероприятия «{id}»: {fault}"))
            .with_hint("поправьте строку «срок»");
        pass.report(finding);
    }
    if term.repeat == Repeat::AfterEnd && !matches!(term.when, TermWhen::Windows(_)) {
        let finding = pass
            .error(span, format!("срок мероприятия «{id}»: после окончания программы что-то делают один раз, а когда — не сказано"))
            .with_hint("назовите месяц или дни: «сентябрь, после окончания программы»");
        pass.report(finding);
    }
    if let TermWhen::AtLeast(AtLeast { times, words, windows }) = &term.when
        && (2..usize::try_from(*times).unwrap_or(usize::MAX)).contains(&windows.len())
    {
        let finding = pass
            .error(
                span,
                format!("срок мероприятия «{id}»: «{words}», а сроков названо {}", windows.len()),
            )
            .with_hint("назовите столько сроков, сколько раз, или один, который делится поровну");
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

fn nth(which: &WhichYear) -> Option<u32> {
    match which {
        WhichYear::Nth(n) => Some(*n),
        WhichYear::Last => None,
    }
}

pub(super) fn window_fault(window: &Window) -> Option<String> {
    if let Window::Months { from: (from, None), to: (to, None) } = window
        && is_reversed(*from, *to)
    {
        let name = |month: Month| {
            russian::month(i8::try_from(month.number()).unwrap_or_default(), Case::Nominative)
        };
        return Some(format!(
            "конец раньше начала: учебный год идёт с сентября по август, и {} стоит в нём раньше, чем {}",
            name(*to),
            name(*from)
        ));
    }
    if let Window::Yearly(days) = window {
        return days.is_reversed().then(|| "конец раньше начала".to_owned());
    }
    let (from, to) = explicit(window)?;
    (to < from).then(|| "конец раньше начала".to_owned())
}

/// Months of every year over the turn of the school year; some weeks around summer may be meant.
fn is_reversed(from: Month, to: Month) -> bool {
    const AROUND_SUMMER: u8 = 6;
    let length = (to.number() + 12 - from.number()) % 12 + 1;
    to.in_school_year() < from.in_school_year() && length > AROUND_SUMMER
}

/// The days of a window whose years are written.
pub(super) fn explicit(window: &Window) -> Option<(Date, Date)> {
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

/// An activity lasts no longer than one of its windows.
fn length(pass: &mut Pass<'_>, id: &Id, activity: &Activity, period: &Period) {
    if !activity.outlasts_its_term(pass.model, period) {
        return;
    }
    let finding = pass
        .error(activity.meta.span, format!("мероприятие «{id}» длится дольше своего срока"))
        .with_hint("поправьте «длится» или «срок»");
    pass.report(finding);
}

/// Everything fits its windows, on the graph of all activities: a choice is closed under
/// prerequisites, so what fits the whole fits every choice.
fn order(pass: &mut Pass<'_>) {
    let model = pass.model;
    let period = reference(model);
    let job = |(id, activity): (&Id, &Activity)| {
        // Of what says wrongly how long it lasts, nothing follows.
        let is_readable = activity.lasts.is_some() || !activity.meta.says("длится");
        let windows = if is_readable { activity.occurrences(model, &period) } else { Vec::new() };
        model::job(model, id, windows, &period)
    };
    let jobs: Vec<Job> = model.activities.iter().map(job).collect();
    let mut told: Vec<(Id, Id)> = Vec::new();
    for conflict in schedule(&jobs, &model::links(model), model.calendar()).conflicts {
        let pair = (conflict.earlier.clone(), conflict.later.clone());
        if !told.contains(&pair) {
            late(pass, &conflict);
            told.push(pair);
        }
    }
}

fn late(pass: &mut Pass<'_>, conflict: &Conflict) {
    let activities = &pass.model.activities;
    let (first, second) = (&conflict.earlier, &conflict.later);
    let (Some(a), Some(b)) = (activities.get(first), activities.get(second)) else { return };
    let message = if conflict.begins > conflict.window.to {
        format!("«{first}» должно быть раньше «{second}», а начинается после него")
    } else {
        format!(
            "«{first}» должно быть раньше «{second}», а не успевает: закончится не раньше {}, \
             начать следующее нужно не позже {}",
            day_of_year(conflict.over),
            day_of_year(conflict.start_by)
        )
    };
    let finding = pass
        .error(conflict.place, message)
        .with_label(a.meta.span, "это должно быть раньше")
        .with_label(b.meta.span, "это должно быть позже")
        .with_hint(
            "поправьте сроки или порядок («после», «до») или скажите, сколько мероприятие \
             длится: «длится 1 неделю»; без этого оно занимает весь срок",
        );
    pass.report(finding);
}

/// «1 сентября»: the rule holds in every year.
fn day_of_year(date: Date) -> String {
    format!("{} {}", date.day(), russian::month(date.month(), Case::Genitive))
}

/// The programme that the terms of a pack are tried on: as long as the longest one, or as the
/// years that terms name, from the first school year in which the pack is in force.
pub(super) fn reference(model: &Model) -> Period {
    let years = longest_programme(model);
    let named = model.activities.values().filter_map(|activity| activity.term.as_ref());
    let named = named.filter_map(|term| match &term.repeat {
        Repeat::In(which) => which.iter().filter_map(nth).max(),
        Repeat::Once | Repeat::EverySchoolYear | Repeat::AfterEnd => None,
    });
    let longest = years.unwrap_or(0).max(named.max().unwrap_or(0)).clamp(3, LONGEST);
    let month = model.programmes.values().filter_map(|kind| kind.period).max_by_key(|p| p.0);
    let month = month.map_or(Month::SEPTEMBER, |(_, month)| month);
    let valid = model.pack().and_then(|pack| pack.validity.as_ref()).map(|v| v.from);
    let year = valid.map_or(USUAL_YEAR, |from| i32::from(from.year()));
    let from = month.first_day(year).unwrap_or(Date::MIN);
    let to = i32::try_from(longest).ok().and_then(|longest| month.first_day(year + longest));
    let to = to.and_then(|next| next.yesterday().ok()).unwrap_or(from);
    Period { from, to }
}

/// Where a pack does not say since when it is in force; no leap year is near.
const USUAL_YEAR: i32 = 2025;
/// Years of a reference: nobody plans further.
const LONGEST: u32 = 30;

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
        && target.month.in_school_year() < appears.in_school_year()
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
             мероприятие школы д «Д»\n  срок октябрь..июль, каждый учебный год\n  длится 1 месяц\n  после а\n\
             мероприятие школы е «Е»\n  срок 2 квартал, каждый учебный год\n  до б\n",
            "ПКО-045 5:9 «а» должно быть раньше «б», а начинается после него\n\
             ПКО-045 8:6 «в» должно быть раньше «г», а начинается после него\n\
             ПКО-045 17:6 «е» должно быть раньше «б», а начинается после него\n",
        );
    }

    #[test]
    fn what_cannot_be_read_has_no_consequences() {
        let text = "мероприятие школы а «А»\n  срок сентябрь, каждый учебный год\n  длится 2 года\n\
                    мероприятие школы б «Б»\n  срок сентябрь, каждый учебный год\n  после а\n";
        check_code(45, text, "ПКО-005 3:12 непонятно «года»\n");
    }

    #[test]
    fn months_follow_the_school_year_and_times_their_number() {
        check_code(
            45,
            "мероприятие школы а «А»\n  срок октябрь..сентябрь, каждый учебный год\n\
             мероприятие школы б «Б»\n  срок август..сентябрь, каждый учебный год\n\
             мероприятие школы в «В»\n  срок не реже трёх раз в год, октябрь, май\n\
             мероприятие школы г «Г»\n  срок не реже трёх раз в год, октябрь..май\n\
             мероприятие школы д «Д»\n  срок ежемесячно, после окончания программы\n",
            "ПКО-045 1:19 срок мероприятия «а»: конец раньше начала: учебный год идёт с сентября по август, \
             и сентябрь стоит в нём раньше, чем октябрь\n\
             ПКО-045 5:19 срок мероприятия «в»: «не реже трёх раз в год», а сроков названо 2\n\
             ПКО-045 9:19 срок мероприятия «д»: после окончания программы что-то делают один раз, а когда — не сказано\n",
        );
    }

    #[test]
    fn windows_are_followed_along_chains() {
        check_code(
            45,
            "мероприятие школы а «А»\n  срок сентябрь, каждый учебный год\n  длится 2 недели\n\
             мероприятие школы б «Б»\n  срок сентябрь, каждый учебный год\n  длится 10 дней\n  после а\n\
             мероприятие школы без_дат «Без дат»\n  срок постоянно\n  после б\n\
             мероприятие школы в «В»\n  срок сентябрь, каждый учебный год\n  длится 1 неделю\n  после без_дат\n\
             мероприятие школы г «Г»\n  срок сентябрь..октябрь, каждый учебный год\n  после а\n\
             мероприятие школы д «Д»\n  срок сентябрь, каждый учебный год\n  длится 2 месяца\n",
            "ПКО-045 14:9 «б» должно быть раньше «в», а не успевает: закончится не раньше 24 сентября, \
             начать следующее нужно не позже 24 сентября\n\
             ПКО-045 17:9 «а» должно быть раньше «г», а не успевает: закончится не раньше 14 сентября, \
             начать следующее нужно не позже 1 сентября\n\
             ПКО-045 18:19 мероприятие «д» длится дольше своего срока\n",
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
