//! Calendars that contradict themselves, and two where one is in force.

use super::{CheckSpec, Pass};
use crate::calendar::{Stretch, contradictions};
use crate::diag::Code;

const CODE: Code = Code(57);

pub(super) const SPEC: CheckSpec =
    CheckSpec { code: CODE, summary: "Календарь противоречит себе", run };

fn run(pass: &mut Pass<'_>) {
    let model = pass.model;
    let mut first = None;
    for (id, declared) in &model.calendars {
        contradictions(&declared.calendar, CODE).into_iter().for_each(|fault| pass.report(fault));
        for entry in &declared.calendar.entries {
            if entry.what == Stretch::Holiday(String::new()) {
                let finding = pass
                    .warning(entry.place, "не сказано, чем вызваны нерабочие дни")
                    .with_hint("добавьте название: нерабочие 9 мая «День Победы»");
                pass.report(finding);
            }
        }
        let twin = first.replace((&declared.meta.pack, declared.meta.span));
        if let Some((pack, span)) = twin
            && *pack == declared.meta.pack
        {
            let finding = pass
                .error(declared.meta.span, format!("«{id}» — второй календарь пакета"))
                .with_label(span, "первый здесь")
                .with_hint(
                    "срокам нужен один календарь: оставьте один; школа меняет его в своём проекте",
                );
            pass.report(finding);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::check_code;

    #[test]
    fn quarters_and_vacations_part_the_year() {
        check_code(
            57,
            "календарь год «Год»\n  учебный год 1 сентября – 26 мая\n  четверть 1: 1 сентября – 25 октября\n  \
             четверть 2: 20 октября – 28 декабря\n  четверть 3: 9 января – 30 мая\n  \
             каникулы осенние: 26 октября – 3 ноября\n  каникулы осенние: 27 октября – 3 ноября\n  \
             каникулы зимние: 3 января 2027 – 1 января 2027\n",
            "ПКО-057 4:3 1 четверть и 2 четверть делят одни и те же дни\n\
             ПКО-057 5:3 3 четверть выходит за учебный год\n\
             ПКО-057 6:3 2 четверть и осенние каникулы делят одни и те же дни\n\
             ПКО-057 7:3 «осенние каникулы» сказано дважды\n\
             ПКО-057 7:3 2 четверть и осенние каникулы делят одни и те же дни\n\
             ПКО-057 8:3 зимние каникулы: конец раньше начала\n",
        );
    }

    #[test]
    fn vacations_lie_inside_trimesters() {
        check_code(
            57,
            "календарь год «Год»\n  учебный год 1 сентября – 26 мая\n  триместр 1: 1 сентября – 18 ноября\n  \
             триместр 2: 25 ноября – 22 февраля\n  каникулы осенние: 6 октября – 12 октября\n  \
             каникулы зимние: 31 декабря – 8 января\n",
            "",
        );
    }

    #[test]
    fn quarters_count_from_the_first_and_days_off_have_their_reason() {
        check_code(
            57,
            "календарь год «Год»\n  четверть 0: 1 сентября – 25 октября\n  четверть 5: 5 ноября – 28 декабря\n  \
             триместр 4: 1 марта – 26 мая\n  нерабочие 9 мая\n",
            "ПКО-057 2:3 «0 четверть»: четвертей в учебном году четыре, считают с первой\n\
             ПКО-057 3:3 «5 четверть»: четвертей в учебном году четыре, считают с первой\n\
             ПКО-057 4:3 «4 триместр»: триместров в учебном году три, считают с первого\n\
             ПКО-057 5:3 не сказано, чем вызваны нерабочие дни\n",
        );
    }

    #[test]
    fn days_with_a_year_win_and_one_calendar_is_enough() {
        check_code(
            57,
            "календарь год «Год»\n  рабочая неделя 6 дней\n  учебный год 1 сентября – 26 мая\n  \
             триместр 1: 1 сентября – 30 ноября\n  каникулы осенние: 26 октября – 3 ноября\n  \
             четверть 1: 1 сентября – 25 октября\n  каникулы осенние: 20 октября 2026 – 24 октября 2026\n\
             календарь второй «Второй»\n",
            "ПКО-057 7:3 1 четверть и осенние каникулы делят одни и те же дни\n\
             ПКО-057 8:11 «второй» — второй календарь пакета\n",
        );
    }
}
