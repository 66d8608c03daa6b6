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
