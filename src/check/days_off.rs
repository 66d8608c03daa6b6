//! Terms that name what the calendar lacks, or that are days off from first to last.

use super::terms::reference;
use super::{CheckSpec, Pass};
use crate::base::Id;
use crate::calendar::{Calendar, Entry, Occurrence, Off, SchoolTime, Who, Window};
use crate::diag::Code;
use crate::model::Activity;

pub(super) const SPEC: CheckSpec = CheckSpec {
    code: Code(58),
    summary: "Срок не сходится с календарём: такого в нём нет, или весь срок нерабочий",
    run,
};

fn run(pass: &mut Pass<'_>) {
    let model = pass.model;
    let period = reference(model);
    for (id, activity) in &model.activities {
        let Some(term) = &activity.term else { continue };
        let named = term.windows().iter().filter_map(|window| match window {
            Window::School(time) => Some(time),
            _ => None,
        });
        for time in named.filter(|time| !model.calendar().knows(&time.of)) {
            unknown(pass, id, activity, time);
        }
        let times = activity.occurrences(model, &period);
        let all_off = times
            .iter()
            .find_map(|time| Some((time, rest(model.calendar(), activity.who(), time)?)));
        if let Some((_, entry)) = all_off {
            days_off(pass, id, activity, entry);
        }
    }
}

fn unknown(pass: &mut Pass<'_>, id: &Id, activity: &Activity, time: &SchoolTime) {
    let calendar = pass.model.calendar();
    let known: Vec<String> = calendar.entries.iter().map(|entry| entry.what.words()).collect();
    let message = format!("срок мероприятия «{id}»: в календаре нет «{}»", time.of.words());
    let hint = match known.is_empty() {
        true => "объявите в пакете календарь: календарь школьный «Календарь» … четверть 1: 1 сентября – 25 октября".to_owned(),
        false => format!("в календаре есть: {}", known.join(", ")),
    };
    let finding = pass.error(activity.meta.span, message).with_hint(hint);
    pass.report(finding);
}

/// The line of the calendar that takes every day of a time. Weekends are other days every year.
fn rest<'c>(calendar: &'c Calendar, who: Who, time: &Occurrence) -> Option<&'c Entry> {
    let next = |day: &crate::calendar::Date| day.tomorrow().ok();
    let days = std::iter::successors(Some(time.from), next).take_while(|day| *day <= time.to);
    let mut entry = None;
    for day in days {
        let Some(Off::By(found)) = calendar.off(day, who) else { return None };
        entry = Some(found);
    }
    entry
}

fn days_off(pass: &mut Pass<'_>, id: &Id, activity: &Activity, entry: &Entry) {
    let name = entry.what.words();
    let (message, hint) = match activity.who() {
        Who::Staff => (
            format!("срок мероприятия «{id}» весь приходится на нерабочие дни: «{name}»"),
            "назначьте другой срок",
        ),
        Who::Pupils => (
            format!("мероприятие «{id}» — с обучающимися, а его срок весь приходится на «{name}»"),
            "назначьте учебное время или уберите «с обучающимися»",
        ),
    };
    let finding = pass
        .error(activity.meta.span, message)
        .with_label(entry.place, "так сказано в календаре")
        .with_hint(hint);
    pass.report(finding);
}

#[cfg(test)]
mod tests {
    use crate::check::testing::check_code;

    #[test]
    fn terms_hold_against_the_calendar() {
        check_code(
            58,
            "календарь год «Год»\n  рабочая неделя 5 дней\n  четверть 1: 1 сентября – 25 октября\n  \
             каникулы осенние: 26 октября – 3 ноября\n  каникулы летние: 27 мая – 31 августа\n  \
             нерабочие 1 – 8 января «Новый год»\n\
             мероприятие школы а «А»\n  срок 2 четверть, каждый учебный год\n\
             мероприятие школы б «Б»\n  срок осенние каникулы, каждый учебный год\n\
             мероприятие школы в «В»\n  срок осенние каникулы, каждый учебный год\n  с обучающимися\n\
             мероприятие школы г «Г»\n  срок 2 – 7 января, каждый учебный год\n\
             мероприятие школы д «Д»\n  срок июнь..июль, каждый учебный год\n  с обучающимися\n\
             мероприятие школы е «Е»\n  срок май..июнь, каждый учебный год\n  с обучающимися\n",
            "ПКО-058 7:19 срок мероприятия «а»: в календаре нет «2 четверть»\n\
             ПКО-058 11:19 мероприятие «в» — с обучающимися, а его срок весь приходится на «осенние каникулы»\n\
             ПКО-058 14:19 срок мероприятия «г» весь приходится на нерабочие дни: «Новый год»\n\
             ПКО-058 16:19 мероприятие «д» — с обучающимися, а его срок весь приходится на «летние каникулы»\n",
        );
    }
}
