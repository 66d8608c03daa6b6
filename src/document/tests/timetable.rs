//! The calendar of the small pack: its figure, what is said below it, what a machine reads.

use super::{DATA, PACK, all_blocks, case, plain, rows};
use crate::document::types::Programme;

const ANNEX: &str = "
  приложение график_раздел № 9 «Календарный график»
    диаграмма график «Календарный график»
      график_работ

программа школы бумага";

fn with_calendar() -> Programme {
    let changes = [
        ("\nпрограмма школы бумага", ANNEX),
        (
            "срок октябрь..май, каждый учебный год",
            "срок октябрь..май, каждый учебный год\n    длится 1 месяц",
        ),
        (
            "срок октябрь, январь, 2-й учебный год",
            "срок октябрь, январь, 2-й учебный год\n    длится 1 неделю",
        ),
        ("  тип «ШППКО»\n", "  тип «ШППКО»\n  нагрузка не больше 1 мероприятий в месяц\n"),
    ];
    let changed = changes.iter().fold(PACK.to_owned(), |pack, (from, to)| {
        assert!(pack.contains(from), "{from}");
        pack.replacen(from, to, 1)
    });
    case(&changed, "Школа", DATA).compose("шппко").expect("it composes")
}

#[test]
fn the_calendar_is_a_figure_that_tells_itself_in_words() {
    let programme = with_calendar();
    let blocks = all_blocks(&programme.sections);
    let block = blocks.iter().find(|block| block.id == "график").expect("the calendar");
    let figure = block.figure.as_ref().expect("a figure");
    assert_eq!((block.kind.as_str(), figure.kind.as_str()), ("рисунок", "Гант"));
    assert!(figure.svg.starts_with("<svg") && figure.svg.contains("в течение года"));
    assert_eq!(
        plain(&figure.alt),
        "Диаграмма Ганта по месяцам: Календарный график. № 1 — октябрь – май каждого учебного \
         года; № 2 — октябрь 2027 года, январь 2028 года; № 3 — в течение года."
    );
    assert!(!block.because.is_empty());
    let annex = programme.sections.iter().find(|s| s.id == "график_раздел").expect("the annex");
    assert!(annex.landscape);
}

#[test]
fn who_has_too_much_is_told_below_it() {
    let programme = with_calendar();
    assert_eq!(
        rows(&programme, "график_перегрузка"),
        ["октябрь 2027 года | Заместитель директора | 2 | Перенести мероприятие № 1 на срок с \
          1 ноября 2027 года по 30 ноября 2027 года: у него больше всего запаса времени"]
    );
    let said = all_blocks(&programme.sections)
        .into_iter()
        .find(|block| block.id == "график_нагрузка")
        .map(|block| plain(&block.text));
    let expected = "Нагрузка: больше 1 мероприятия в месяц приходится на тех, кто назван ниже.";
    assert_eq!(said.as_deref(), Some(expected));
}

#[test]
fn a_machine_reads_days_and_slack() {
    let programme = with_calendar();
    let mut activities = programme.directions.iter().flat_map(|d| &d.activities);
    let lessons = activities.find(|a| a.id == "консультации").expect("the activity");
    let planned = lessons.entries.first().and_then(|entry| entry.planned.as_ref());
    let planned = planned.expect("its first time");
    assert_eq!((planned.from.as_str(), planned.to.as_str()), ("2026-10-01", "2026-10-31"));
    assert_eq!((planned.latest_from.as_str(), planned.slack), ("2027-05-01", 212));
    assert!(!planned.critical);
}
