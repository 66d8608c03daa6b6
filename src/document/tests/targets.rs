//! Targets keep the bounds of their kind and the term of the programme.

use super::{DATA, PACK, case, plain, rows};

/// The pack whose goal asks for more of what is good as well.
fn pack() -> String {
    PACK.replace(
        "  довести неуспешность до 0 % к июлю последнего года\n",
        "  довести неуспешность до 0 % к июлю последнего года\n  \
           довести качество до 1,1 от исходного к июлю 1-го года\n  \
           довести качество до 1,3 от исходного к июлю последнего года\n",
    )
}

/// What the programme says of the target of quality: its row, and its expected result.
fn quality(share: &str) -> (String, String) {
    let data = format!("{DATA}ш1,Школа,школа,2026,качество,{share},25,протоколы\n");
    let programme = case(&pack(), "Школа № 1", &data).compose("шппко").expect("it composes");
    let row = rows(&programme, "цели_таблица").into_iter().find(|row| row.contains("«4»"));
    let results = programme.expected_results.iter().map(|result| plain(&result.text));
    let result = results.into_iter().find(|text| text.contains("«4»"));
    (row.expect("the row"), result.expect("the result"))
}

#[test]
fn no_target_lies_beyond_its_kind() {
    let (row, result) = quality("92");
    assert_eq!(row, "Экзамен: «4» и «5» | 92 % | 100 % | 100 % | 100 % | с 23 до 25 из 25");
    assert_eq!(
        result,
        "Доля «4» и «5» на экзамене: 100 % к июлю 2029 года (в 2026 году — 92 %); при том же числе участников это 25 из 25 вместо 23"
    );
}

#[test]
fn what_cannot_be_better_is_held() {
    let (row, result) = quality("100");
    let held = "удержать 100 %";
    assert_eq!(
        row,
        format!("Экзамен: «4» и «5» | 100 % | {held} | {held} | {held} | удержать 25 из 25")
    );
    assert_eq!(result, "Доля «4» и «5» на экзамене: удержать 100 % до июля 2029 года");
}

#[test]
fn a_step_from_an_unknown_start_is_no_target() {
    let programme = case(&pack(), "Школа № 1", DATA).compose("шппко").expect("it composes");
    let of = |table: &str, start: &str| {
        let row = rows(&programme, table).into_iter().find(|row| row.starts_with(start));
        row.expect("the row")
    };
    let row = of("цели_таблица", "Экзамен: «4»");
    let reason = of("обоснование_таблица", "Доля «4» и «5» на экзамене");
    assert_eq!(row, "Экзамен: «4» и «5» | нет данных | нет данных | — | нет данных | нет данных");
    assert_eq!(
        reason,
        "Доля «4» и «5» на экзамене | Исходное значение за 2026 год: нет данных\nЦелевое значение \
         к июлю 2027 года, к июлю 2029 года будет установлено, когда станет известно исходное\n\
         Цель: Каждый сдаёт экзамен | нет данных"
    );
}

#[test]
fn targets_are_as_fine_as_their_start_and_no_people_are_missed_behind_other_shares() {
    let pack = pack()
        .replace("вид процент от участники; лучше больше", "вид процент; лучше больше")
        .replace("качество до 1,1 ", "качество до 1,11 ");
    let data = format!("{DATA}ш1,Школа,школа,2026,качество,\"31,8\",,протоколы\n");
    let programme = case(&pack, "Школа № 1", &data).compose("шппко").expect("it composes");
    let row = rows(&programme, "цели_таблица").into_iter().find(|row| row.contains("«4»"));
    assert_eq!(row.as_deref(), Some("Экзамен: «4» и «5» | 31,8 % | 35,3 % | 38,3 % | 41,3 % | —"));
}
