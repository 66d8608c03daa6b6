use jiff::civil::date;

use super::*;
use crate::base::FileId;
use crate::calendar::{Day, Days, DurationUnit, Entry, Month, Stretch, Week, school_year_of};

fn window(from: Date, to: Date) -> Occurrence {
    Occurrence { school_year: school_year_of(from), from, to }
}

fn job(id: &str, days: u32, windows: &[(Date, Date)]) -> Job {
    let lasts = Duration { number: days, unit: DurationUnit::Days };
    Job {
        id: Id::new(id),
        windows: windows.iter().map(|(from, to)| window(*from, *to)).collect(),
        lasts: (days > 0).then_some(lasts),
        who: Who::Staff,
        missed: Vec::new(),
    }
}

fn links(all: &[(&str, &str)]) -> Vec<Link> {
    let place = |at: usize| Span::new(FileId(0), at, at);
    all.iter()
        .enumerate()
        .map(|(at, (earlier, later))| Link {
            earlier: Id::new(earlier),
            later: Id::new(later),
            place: place(at),
        })
        .collect()
}

fn told(table: &Timetable, id: &str) -> Vec<String> {
    let each = table.of(&Id::new(id)).iter();
    each.map(|slot| {
        let mark = if slot.critical { " !" } else { "" };
        format!("{}..{} {}{mark}", slot.from, slot.latest_to, slot.slack())
    })
    .collect()
}

const SEPTEMBER: (Date, Date) = (date(2026, 9, 1), date(2026, 9, 30));
const OCTOBER: (Date, Date) = (date(2026, 10, 1), date(2026, 10, 31));

#[test]
fn a_chain_shares_its_month() {
    let jobs = [
        job("в", 3, &[SEPTEMBER]),
        job("а", 7, &[SEPTEMBER]),
        job("б", 14, &[SEPTEMBER]),
        job("г", 0, &[OCTOBER]),
        job("д", 5, &[SEPTEMBER]),
    ];
    let table = schedule(
        &jobs,
        &links(&[("а", "б"), ("б", "в"), ("в", "г"), ("а", "д")]),
        &Calendar::default(),
    );
    assert!(table.conflicts.is_empty());
    assert_eq!(told(&table, "а"), ["2026-09-01..2026-09-13 6 !"]);
    assert_eq!(told(&table, "б"), ["2026-09-08..2026-09-27 6 !"]);
    assert_eq!(told(&table, "в"), ["2026-09-22..2026-09-30 6 !"]);
    assert_eq!(told(&table, "г"), ["2026-10-01..2026-10-31 0"]);
    assert_eq!(told(&table, "д"), ["2026-09-08..2026-09-30 18"]);
}

#[test]
fn what_does_not_fit_names_both() {
    let jobs = [job("а", 0, &[SEPTEMBER]), job("б", 10, &[SEPTEMBER])];
    let table = schedule(&jobs, &links(&[("а", "б")]), &Calendar::default());
    let found = table.conflicts.first().expect("a conflict");
    assert_eq!((found.earlier.as_str(), found.later.as_str()), ("а", "б"));
    assert_eq!((found.over, found.start_by), (date(2026, 9, 30), date(2026, 9, 21)));
    assert_eq!(table.conflicts.len(), 1);
}

#[test]
fn years_wait_for_themselves() {
    let next = (date(2027, 9, 1), date(2027, 9, 30));
    let once = job("приказ", 10, &[SEPTEMBER]);
    let yearly = job("замер", 10, &[SEPTEMBER, next]);
    let table = schedule(&[once, yearly], &links(&[("приказ", "замер")]), &Calendar::default());
    assert_eq!(told(&table, "замер"), ["2026-09-11..2026-09-30 10 !", "2027-09-01..2027-09-30 20"]);
    let late = [job("приказ", 10, &[next]), job("замер", 10, &[SEPTEMBER])];
    assert_eq!(
        schedule(&late, &links(&[("приказ", "замер")]), &Calendar::default()).conflicts.len(),
        1
    );
}

#[test]
fn what_has_no_dates_hands_on_what_it_waits_for() {
    let jobs = [job("а", 10, &[SEPTEMBER]), job("б", 0, &[]), job("в", 5, &[SEPTEMBER])];
    let table = schedule(&jobs, &links(&[("а", "б"), ("б", "в")]), &Calendar::default());
    assert_eq!(told(&table, "в"), ["2026-09-11..2026-09-30 15 !"]);
    assert!(told(&table, "б").is_empty());
}

#[test]
fn a_ring_ends() {
    let jobs = [job("а", 1, &[SEPTEMBER]), job("б", 1, &[SEPTEMBER])];
    let table = schedule(&jobs, &links(&[("а", "б"), ("б", "а")]), &Calendar::default());
    assert_eq!((told(&table, "а").len(), told(&table, "б").len()), (1, 1));
}

/// A generator of numbers of its own: the same on every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }
}

/// A whole with links from earlier jobs to later ones.
fn whole(dice: &mut Dice) -> (Vec<Job>, Vec<Link>) {
    let name = |at: u64| format!("м{at:02}");
    let mut jobs = Vec::new();
    let mut pairs = Vec::new();
    for at in 0..24_u64 {
        let month = 1 + i8::try_from((at / 3 + dice.below(3)).min(11)).unwrap_or(0);
        let length = dice.below(3);
        let from = date(2027, month, 1);
        let mut to = from.last_of_month();
        for _ in 0..length {
            to = to.tomorrow().map_or(to, Date::last_of_month);
        }
        let days = u32::try_from(dice.below(12)).unwrap_or(0);
        jobs.push(job(&name(at), days, &[(from, to)]));
        for _ in 0..2 {
            if at > 0 && dice.below(3) == 0 {
                pairs.push((name(dice.below(at)), name(at)));
            }
        }
    }
    let pairs: Vec<(&str, &str)> = pairs.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    (jobs, links(&pairs))
}

/// The jobs that a throw of dice chooses, with all that they wait for.
fn chosen(dice: &mut Dice, jobs: &[Job], links: &[Link]) -> Vec<Job> {
    let mut graph: Graph<()> = Graph::default();
    jobs.iter().for_each(|job| graph.node(&job.id));
    links.iter().for_each(|link| graph.need(&link.later, &link.earlier, ()));
    let picked: Vec<&Id> = jobs.iter().filter(|_| dice.below(4) == 0).map(|job| &job.id).collect();
    let closed = graph.closure(picked);
    jobs.iter().filter(|job| closed.contains(&job.id)).cloned().collect()
}

/// Five days a week, a winter without work.
fn working_week() -> Calendar {
    let january = Month::JANUARY;
    let day = |day| Day::new(day, january, None).expect("a day");
    let what = Stretch::Holiday("Новый год".to_owned());
    let entry = Entry { what, days: Days::new(day(1), day(8)), place: Span::new(FileId(0), 0, 0) };
    Calendar { week: Week::FiveDays, entries: vec![entry] }
}

#[test]
fn planned_days_are_worked() {
    let calendar = working_week();
    let winter = (date(2026, 12, 29), date(2027, 1, 31));
    let weekend = (date(2026, 10, 10), date(2026, 10, 11));
    let lasts = |number, unit| Some(Duration { number, unit });
    let jobs = [
        Job { lasts: lasts(1, DurationUnit::Weeks), ..job("неделя", 0, &[winter]) },
        Job { lasts: lasts(5, DurationUnit::Workdays), ..job("пять", 0, &[winter]) },
        job("весь", 0, &[winter]),
        job("выходные", 0, &[weekend]),
        job("сентябрь", 5, &[SEPTEMBER]),
    ];
    let table = schedule(&jobs, &links(&[("неделя", "пять")]), &calendar);
    let days = |id: &str| {
        let slot = table.of(&Id::new(id)).first().expect("a time");
        [slot.from, slot.to, slot.latest_from, slot.latest_to].map(|day| day.to_string())
    };
    assert_eq!(days("неделя"), ["2026-12-29", "2026-12-31", "2027-01-18", "2027-01-22"]);
    assert_eq!(days("пять"), ["2027-01-11", "2027-01-15", "2027-01-25", "2027-01-29"]);
    assert_eq!(days("весь"), ["2026-12-29", "2027-01-29", "2026-12-29", "2027-01-29"]);
    assert_eq!(days("выходные"), ["2026-10-12"; 4]);
    assert_eq!(days("сентябрь"), ["2026-09-01", "2026-09-07", "2026-09-25", "2026-09-29"]);
    let moved: Vec<_> = table.moved.iter().map(|moved| (moved.job.as_str(), moved.to)).collect();
    assert_eq!(moved, [("выходные", date(2026, 10, 12))]);
}

/// A programme that begins on 15 October.
#[test]
fn what_was_over_before_the_programme_is_not_waited_for() {
    let clipped = (date(2026, 10, 15), date(2026, 10, 31));
    let september = (date(2027, 9, 1), date(2027, 9, 30));
    let late_autumn = (date(2027, 9, 1), date(2027, 10, 31));
    let february = (date(2027, 2, 1), date(2027, 2, 28));
    let january = (date(2027, 1, 1), date(2027, 1, 31));
    let missed = |id, windows: &[(Date, Date)]| Job {
        missed: vec![window(date(2026, 9, 1), date(2026, 9, 30))],
        ..job(id, 5, windows)
    };
    // Clipped in the first year, whole in the second: that of its own year is waited for.
    let jobs = [job("анализ", 5, &[clipped, late_autumn]), missed("приказ", &[september])];
    let table = schedule(&jobs, &links(&[("анализ", "приказ")]), &Calendar::default());
    assert!(table.conflicts.is_empty());
    assert_eq!(told(&table, "приказ"), ["2027-09-06..2027-09-30 20 !"]);
    // Its first time is over: what stands in the first year goes ahead.
    let jobs = [missed("приказ", &[september]), job("совет", 5, &[clipped])];
    assert!(
        schedule(&jobs, &links(&[("приказ", "совет")]), &Calendar::default()).conflicts.is_empty()
    );
    // The second of the year waits for the second, though the first of one is gone.
    let jobs = [missed("замер", &[january]), job("совет", 5, &[clipped, february])];
    let table = schedule(&jobs, &links(&[("замер", "совет")]), &Calendar::default());
    assert!(table.conflicts.is_empty());
    assert_eq!(told(&table, "совет"), ["2026-10-15..2026-10-31 12", "2027-02-01..2027-02-28 23"]);
}

#[test]
fn every_closed_choice_of_a_whole_that_fits_fits() {
    every_closed_choice_fits(&Calendar::default(), 40);
}

#[test]
fn every_closed_choice_fits_a_calendar() {
    every_closed_choice_fits(&working_week(), 10);
}

fn every_closed_choice_fits(calendar: &Calendar, wanted: usize) {
    let mut dice = Dice(20_260_901);
    let (mut fitting, mut tried) = (0, 0);
    while fitting < wanted && tried < 20_000 {
        tried += 1;
        let (jobs, links) = whole(&mut dice);
        if !schedule(&jobs, &links, calendar).conflicts.is_empty() {
            continue;
        }
        fitting += 1;
        for _ in 0..25 {
            let part = chosen(&mut dice, &jobs, &links);
            let table = schedule(&part, &links, calendar);
            assert!(table.conflicts.is_empty(), "{part:?}");
            for job in &part {
                for slot in table.of(&job.id) {
                    assert!(slot.window.from <= slot.from && slot.latest_to <= slot.window.to);
                    assert!(slot.from <= slot.latest_from && slot.to <= slot.latest_to);
                    let all = [slot.from, slot.to, slot.latest_from, slot.latest_to];
                    assert!(all.iter().all(|day| slot.days_on(calendar).has(*day)), "{slot:?}");
                }
            }
            for link in links.iter().filter(|l| part.iter().any(|job| job.id == l.later)) {
                if let (Some(a), Some(b)) =
                    (table.slot(&link.earlier, 0), table.slot(&link.later, 0))
                    && a.window.school_year == b.window.school_year
                {
                    assert!(a.to < b.from && a.latest_to < b.latest_from);
                }
            }
        }
    }
    assert_eq!(fitting, wanted, "of {tried}");
}
