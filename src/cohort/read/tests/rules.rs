//! Rules of rows and cells.

use crate::cohort::{Duplicates, IssueKind, OutOfRange};

use super::{Excluded, LONG, issues, method, read_bytes, shown, shown_by};

/// A long table of one school with these lines of `year,indicator,value`.
fn lines(lines: &[&str]) -> String {
    lines.iter().fold(LONG.to_owned(), |table, line| format!("{table}7,,,среднее,{line}\n"))
}

#[test]
fn both_forms_are_read() {
    let long = "school_id,group,year,indicator,value,n\n\
                7,среднее,2020,ege,\"12,5\",40\n7,среднее,2020,gap,-3,\n007,основная,2020,km,5,7\n";
    let expected = "007 2020 основное: ? ? 5/7\n7 2020 среднее: 12.5/40 -3 ?";
    assert_eq!(shown(long), (expected.to_owned(), String::new()));
    let wide = "year;school_id;group;n_ege;ege;gap;km;n_km\n\
                2020;7;среднее;40;12,5;-3;;\n2020;007;основное;;;;5;7\n";
    assert_eq!(shown(wide), (expected.to_owned(), String::new()));
}

#[test]
fn headers_and_names_have_other_words() {
    let table = "КОД ШКОЛЫ ;Group;Year;Indicator;Value;class\n\
                 7;Средняя;2019/2020;ЕГЭ, елки;1;9\n7;СРЕДНЕЕ общее образование;2020;Километры;2;9\n\
                 7; среднее ;2020 г.;GAP;3;9\n";
    assert_eq!(shown(table), ("7 2020 среднее: 1 3 2".to_owned(), String::new()));
    let wide = "код школы,group,year,ЕГЭ\u{2c} ёлки,километры\n";
    let wide = wide.replace("ЕГЭ, ёлки", "\"ЕГЭ, ёлки\"");
    assert_eq!(shown(&format!("{wide}7,средняя,2020,1,2\n")).0, "7 2020 среднее: 1 ? 2");
}

#[test]
fn rows_without_a_place_are_left_out() {
    let table = "school_id,group,year,level,indicator,value\n\
        ,среднее,2020,,ege,1\n7,лицей,2020,,ege,1\n7,среднее,20,школа,ege,1\n,,,Школа,ege,1\n\
        7,среднее,2020,регион,ege,1\n7,среднее,2020,школа,иное,1\n7,среднее,2020,,ege,1\n";
    let (figures, issues) = shown(table);
    assert_eq!(figures, "7 2020 среднее: 1 ? ?");
    let expected = [
        "2 no_school_id [school_id] ",
        "3 unknown_group [group] лицей",
        "4 bad_year [year] 20",
        "5 no_school_id [school_id] ",
        "5 unknown_group [group] ",
        "5 bad_year [year] ",
        "6 other_level [level] регион",
        "7 unknown_indicator [indicator] иное",
    ];
    assert_eq!(issues.lines().collect::<Vec<_>>(), expected);
}

#[test]
fn cells_that_are_no_figures_are_missing() {
    let table = lines(&[
        "2020,ege,н/д",
        "2020,gap,\"1 000\"",
        "2020,km,\u{A0}",
        "2021,gap,5 %",
        "2021,ege,5%",
        "2022,ege,101",
        "2022,gap,-100.000000000001",
        "2022,km,1e-13",
        "2023,km,-1e-13",
        "2023,gap,-100",
        "2023,ege,100",
    ]);
    let (figures, issues) = shown(&table);
    let rows = [
        "7 2020 среднее: ? ? ?",
        "7 2021 среднее: 5 ? ?",
        "7 2022 среднее: ? ? 0",
        "7 2023 среднее: 100 -100 ?",
    ];
    assert_eq!(figures.lines().collect::<Vec<_>>(), rows);
    let expected = [
        "2 missing_text [value] н/д",
        "3 invalid_number [value] 1 000",
        "5 percent_on_gap [value] 5 %",
        "7 out_of_range [value] 101",
        "8 out_of_range [value] -100.000000000001",
        "10 out_of_range [value] -1e-13",
    ];
    assert_eq!(issues.lines().collect::<Vec<_>>(), expected);
}

#[test]
fn figures_out_of_range_may_be_kept_or_clamped() {
    let table = lines(&["2020,ege,250", "2020,gap,-1e20"]);
    let mut method = method();
    for (out_of_range, expected) in [
        (OutOfRange::Missing, "7 2020 среднее: ? ? ?"),
        (OutOfRange::Keep, "7 2020 среднее: 250 -100000000000000000000 ?"),
        (OutOfRange::Clamp, "7 2020 среднее: 100 -100 ?"),
    ] {
        method.out_of_range = out_of_range;
        let (figures, issues) = shown_by(&table, &method);
        assert_eq!(figures, expected);
        assert_eq!(issues.lines().count(), 2);
    }
}

#[test]
fn extra_fields_reject_a_row() {
    let table = "school_id,group,year,indicator,value,,\n\
                 7,среднее,2020,ege,5,5\n7,среднее,2020,ege,6,,, \n7,среднее,2020\n7,среднее,2021,ege\n";
    let (figures, issues) = shown(table);
    assert_eq!(figures, "7 2020 среднее: 6 ? ?\n7 2021 среднее: ? ? ?");
    assert_eq!(issues, "2 extra_fields [] 5\n4 unknown_indicator [indicator] ");
    let wide = "school_id,group,year,ege,gap\n7,среднее,2020,5,5,3\n7,среднее,2021,1\n";
    assert_eq!(shown(wide), ("7 2021 среднее: 1 ? ?".to_owned(), "2 extra_fields [] 3".to_owned()));
}

#[test]
fn duplicates_are_counted_once_a_place() {
    let table = lines(&[
        "2020,ege,5",
        "2020,ege,\"5,0\"",
        "2020,ege,",
        "2020,ege,5.00",
        "2020,gap,1",
        "2020,gap,н/д",
        "2020,gap,2",
        "2020,gap,1",
        "2020,km,1e20",
        "2020,km,100000000000000000000",
        "2021,km,7",
        "2021,km,8e30",
    ]);
    let mut method = method();
    method.indicators[2].high = crate::base::Number::parse(&"9".repeat(40)).expect("a number");
    for (duplicates, expected) in [
        (Duplicates::Missing, "5 ? 100000000000000000000/? ? ?"),
        (Duplicates::First, "5 1 100000000000000000000/? ? 7"),
        (Duplicates::Last, "5 1 100000000000000000000/? ? 8000000000000000000000000000000"),
    ] {
        method.duplicates = duplicates;
        let (figures, issues) = shown_by(&table, &method);
        let figures = figures.replace("7 2020 среднее: ", "").replace("\n7 2021 среднее: ", "/");
        assert_eq!(figures, expected);
        let expected = [
            "3 duplicate_same [ege] 5",
            "7 missing_text [value] н/д",
            "8 duplicate_conflict [gap] 1; 2",
            "11 duplicate_same [km] 100000000000000000000",
            "13 duplicate_conflict [km] 7; 8000000000000000000000000000000",
        ];
        assert_eq!(issues.lines().collect::<Vec<_>>(), expected);
    }
    method.duplicates = Duplicates::Last;
    let table = lines(&["2020,gap,1", "2020,gap,2", "2020,gap,2"]);
    assert_eq!(shown_by(&table, &method).0, "7 2020 среднее: ? 2 ?");
}

#[test]
fn fewer_participants_of_one_figure_count() {
    let table = "school_id,group,year,indicator,value,n\n7,среднее,2020,ege,5,\n\
        7,среднее,2020,ege,5,30\n7,среднее,2020,ege,5,20\n7,среднее,2020,gap,,9\n\
        7,среднее,2020,km,3,двое\n7,среднее,2021,gap,1,8\n7,среднее,2021,gap,2,9\n\
        7,среднее,2021,km,1,2.5\n";
    let (figures, issues) = shown(table);
    assert_eq!(figures, "7 2020 среднее: 5/20 ? 3\n7 2021 среднее: ? ? 1");
    let expected = [
        "3 duplicate_same [ege] 5",
        "6 bad_count [n] двое",
        "8 duplicate_conflict [gap] 1; 2",
        "9 bad_count [n] 2.5",
    ];
    assert_eq!(issues.lines().collect::<Vec<_>>(), expected);
}

#[test]
fn two_groups_in_one_year_drop_the_year() {
    let table = "school_id,group,year,ege,gap\n7,среднее,2020,5,1\n7,среднее,2021,6,1\n\
                 7,начальное,2020,5,\n7,среднее,2020,4,\n7,основное,2021,,2\n7,среднее,2022,1,1\n";
    let (figures, issues) = shown(table);
    assert_eq!(figures, "7 2022 среднее: 1 1 ?");
    let expected =
        "2 group_conflict [group] начальное, среднее\n3 group_conflict [group] основное, среднее";
    assert_eq!(issues, expected);
}

#[test]
fn a_figure_that_a_group_cannot_have_is_not_used() {
    let table = "school_id,group,year,ege,gap\n7,основное,2020,5,1\n7,основное,2020,5,\n\
                 8,основное,2020,,1\n8,среднее,2021,5,1\n8,основное,2022,5,\n8,основное,2022,6,\n";
    let (figures, issues) = shown(table);
    let rows = [
        "7 2020 основное: ? 1 ?",
        "8 2020 основное: ? 1 ?",
        "8 2021 среднее: 5 1 ?",
        "8 2022 основное: ? ? ?",
    ];
    assert_eq!(figures.lines().collect::<Vec<_>>(), rows);
    let expected =
        ["2 ege_in_basic [ege] 5", "3 duplicate_same [ege] 5", "7 duplicate_conflict [ege] 5; 6"];
    assert_eq!(issues.lines().collect::<Vec<_>>(), expected);
}

#[test]
fn schools_are_told_by_their_latest_year() {
    let table = "school_id,school_name,municipality,group,year,excluded,ege\n\
        7,Б,Север,среднее,2021,,1\n7,А,,среднее,2021,,\n7,Старое,Юг,среднее,2020,нет,1\n\
        7,,Восток,среднее,2022,0,1\n8,Лицей,,среднее,2020,закрыта,1\n8,,,среднее,2021,да,\n\
        9,Школа-интернат Коррекционная,,среднее,2020,No,1\n10,Начальная школа — сад,,начальное,2020,,1\n\
        13,Начальная школа — сад,,начальное,2020,,1\n13,,,основное,2021,,\n\
        11,Неначальная школа,,среднее,2020,false,1\n12,Коррекционная,,среднее,2020,,1\n";
    let excluded = Excluded::from([
        ("12".to_owned(), "по списку".to_owned()),
        ("012".to_owned(), "по списку".to_owned()),
    ]);
    let reading = read_bytes(table.as_bytes(), &method(), &excluded).expect("a table");
    let schools: Vec<String> = reading
        .table
        .schools
        .iter()
        .map(|school| {
            let excluded = school.excluded.as_deref().unwrap_or("-");
            format!("{} {} {} {excluded}", school.id, school.name, school.municipality)
        })
        .collect();
    let expected = [
        "10 Начальная школа — сад  -",
        "11 Неначальная школа  -",
        "12 Коррекционная  по списку",
        "13 Начальная школа — сад  -",
        "7 А Восток -",
        "8 Лицей  да",
        "9 Школа-интернат Коррекционная  -",
    ];
    assert_eq!(schools, expected);
    let expected = [
        "0 unknown_school [] 012",
        "8 suspicious_name [school_name] Школа-интернат Коррекционная",
        "10 suspicious_name [school_name] Начальная школа — сад",
    ];
    assert_eq!(issues(&reading).lines().collect::<Vec<_>>(), expected);
}

#[test]
fn every_kind_of_issue_has_its_words() {
    let method = method();
    assert!(IssueKind::ALL.is_sorted_by(|one, other| one < other && one.word() < other.word()));
    for kind in IssueKind::ALL {
        let phrase = kind.phrase(&method);
        assert!(!phrase.ends_with('.') && phrase.contains(|c: char| c.is_alphabetic()), "{phrase}");
    }
}
