//! What keeps a table from being read, and damage that must not stop the program.

use encoding_rs::WINDOWS_1251;

use crate::data::workbook_of_test;

use super::{Excluded, LONG, method, read_bytes};

fn codes(bytes: &[u8]) -> Vec<String> {
    let faults = read_bytes(bytes, &method(), &Excluded::new()).map(drop);
    let faults = faults.expect_err("it cannot be read");
    assert!(faults.iter().all(|fault| fault.hint.is_some()), "{faults:?}");
    faults.iter().map(|fault| fault.code.to_string()).collect()
}

#[test]
fn tables_without_a_shape_are_refused() {
    let cases: [(&str, &[&str]); 11] = [
        ("", &["ПКО-501"]),
        (" \n;;\n", &["ПКО-501"]),
        ("а,б\n1,2\n", &["ПКО-502", "ПКО-502", "ПКО-502", "ПКО-505"]),
        ("school_id,year,ege\n", &["ПКО-502"]),
        ("school_id,Код школы,group,year,ege\n", &["ПКО-503"]),
        ("school_id,group,year,ege,EGE\n", &["ПКО-503"]),
        ("school_id,group,year,ege,прочее,Прочее\n", &["ПКО-503"]),
        ("school_id,group,year,indicator\n", &["ПКО-504"]),
        ("school_id,group,year,value,ege\n", &["ПКО-504"]),
        ("school_id,group,year,n,егэ\n", &["ПКО-505"]),
        ("school_id,group,year,ege\n7,среднее,2020,\"5\n8,среднее,2020,5\n", &["ПКО-506"]),
    ];
    for (text, expected) in cases {
        assert_eq!(codes(text.as_bytes()), expected, "{text}");
    }
    let header_alone = read_bytes(LONG.as_bytes(), &method(), &Excluded::new());
    assert!(header_alone.is_ok_and(|reading| reading.table.schools.is_empty()));
    let endless = format!("{LONG}7,\"{}", "а".repeat(1_500_000));
    assert_eq!(codes(endless.as_bytes()), ["ПКО-506"]);
}

#[test]
fn files_that_are_no_tables_are_refused() {
    let mut damaged =
        format!("{LONG}7,Школа номер семь в Ёлкине,,среднее,2020,ege,5\n7,").into_bytes();
    damaged.push(0xD0);
    let faults = read_bytes(&damaged, &method(), &Excluded::new()).map(drop);
    let message = &faults.expect_err("it is damaged")[0].message;
    assert_eq!(message, "текст UTF-8 повреждён около строки 3");
    assert_eq!(codes(b"%PDF-1.7\n\0\xE2\xE3"), ["ПКО-500"]);
    assert_eq!(codes(b"\xFF\xFEa"), ["ПКО-500"]);
    assert_eq!(codes(b"\xEF\xBB\xBFa\xE2"), ["ПКО-500"]);
    assert_eq!(codes(b"PK\x03\x04 and no book"), ["ПКО-500"]);
    assert_eq!(codes(&workbook_of_test(&[("пусто", "")])), ["ПКО-501"]);
    let cells = ["school_id", "group", "year", "indicator", "value"]
        .map(|text| format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>"));
    let long = format!("<row r=\"1\">{}</row>", cells.concat());
    assert_eq!(codes(&workbook_of_test(&[("а", &long)])), ["ПКО-507"]);
}

#[test]
fn no_damage_stops_the_program() {
    let text = "school_id;\"school_name\";group;year;indicator;value;n\r\n\
        7;\"Школа \"\"Луч\"\"\";среднее;2020;ege;12,5;40\n\n7;;основное;2019/2020;gap;-1e5;x\r\
        8;Ёж;начальное;2021;km;5 %;\n";
    let (windows, _, _) = WINDOWS_1251.encode(text);
    let utf16: Vec<u8> =
        [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let row = "<row r=\"1\"><c t=\"inlineStr\"><is><t>school_id</t></is></c></row>";
    let seeds =
        [text.as_bytes().to_vec(), windows.into_owned(), utf16, workbook_of_test(&[("а", row)])];
    let mut state = 1u64;
    let mut random = move |below: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    let specials = b"\",;\t\r\n\0\xFF\xD0-e.%5";
    for round in 0..3000 {
        let mut bytes = seeds[round % seeds.len()].clone();
        for _ in 0..=random(4) {
            if bytes.is_empty() {
                break;
            }
            let at = random(bytes.len());
            match random(4) {
                0 => bytes[at] = random(256) as u8,
                1 => bytes.insert(at, specials[random(specials.len())]),
                2 => drop(bytes.remove(at)),
                _ => bytes.truncate(at.max(1)),
            }
        }
        // Whatever comes of it: a table or a refusal.
        let reading = read_bytes(&bytes, &method(), &Excluded::new());
        assert!(reading.is_ok_and(|it| it.table.width == 3) || !codes(&bytes).is_empty());
    }
}
