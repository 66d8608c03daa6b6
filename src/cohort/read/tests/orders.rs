//! A table says the same in any order of its rows.

use super::{Excluded, LONG, figures, method, read_bytes};

fn random(state: &mut u64, below: usize) -> usize {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (*state >> 33) as usize % below
}

/// Everything but the rows of issues and of conflicts.
fn told(lines: &[String]) -> (String, String, Vec<String>) {
    let text = lines.iter().fold(LONG.to_owned(), |text, line| text + line.as_str());
    let reading = read_bytes(text.as_bytes(), &method(), &Excluded::new()).expect("a table");
    let schools = format!("{:?}", reading.table.schools);
    let issues = reading.issues.iter();
    let mut issues: Vec<String> =
        issues.map(|it| format!("{} {} {}", it.kind.word(), it.column, it.found)).collect();
    issues.sort_unstable();
    (schools, figures(&reading, &method()), issues)
}

#[test]
fn shuffled_rows_are_the_same_table() {
    let mut state = 7;
    for _ in 0..60 {
        let pick = |state: &mut u64, from: &[&'static str]| from[random(state, from.len())];
        let mut lines: Vec<String> = (0..80)
            .map(|_| {
                let id = pick(&mut state, &["7", "007", "8", "9", "10", ""]);
                let name = pick(&mut state, &["А", "Б", "", "Коррекционная", "\"В\"\"Г\""]);
                let place = pick(&mut state, &["Север", "Юг", ""]);
                let group = pick(&mut state, &["среднее", "среднее", "среднее", "основное", "?"]);
                let year = pick(&mut state, &["2019", "2020", "2021", "2022", "год"]);
                let name_of = pick(&mut state, &["ege", "gap", "km", "иное"]);
                let value = pick(&mut state, &["1", "1.0", "2", "", "н/д", "1e20", "-200", "5%"]);
                format!("{id},{name},{place},{group},{year},{name_of},{value}\n")
            })
            .collect();
        let first = told(&lines);
        for _ in 0..5 {
            for at in (1..lines.len()).rev() {
                lines.swap(at, random(&mut state, at + 1));
            }
            assert_eq!(told(&lines), first);
        }
    }
}
