//! Encodings, line ends, separators, quotes, workbooks.

use std::cell::RefCell;

use encoding_rs::WINDOWS_1251;

use crate::cohort::read;
use crate::data::workbook_of_test;

use super::{Excluded, LONG, Memory, figures, issues, method, read_bytes, shown};

const TABLE: &str = "school_id;group;year;indicator;value\r\n7;среднее;2020;ege;5\r\n";
const READ: &str = "7 2020 среднее: 5 ? ?";

#[test]
fn encodings_of_offices_are_read() {
    let utf16 = |mark: [u8; 2], order: fn(u16) -> [u8; 2]| -> Vec<u8> {
        mark.into_iter().chain(TABLE.encode_utf16().flat_map(order)).collect()
    };
    let (windows, _, _) = WINDOWS_1251.encode(TABLE);
    let files = [
        TABLE.as_bytes().to_vec(),
        format!("\u{FEFF}{TABLE}").into_bytes(),
        windows.into_owned(),
        utf16([0xFF, 0xFE], u16::to_le_bytes),
        utf16([0xFE, 0xFF], u16::to_be_bytes),
        TABLE.replace("\r\n", "\n").into_bytes(),
        TABLE.replace("\r\n", "\r").into_bytes(),
        TABLE.trim_end().as_bytes().to_vec(),
        TABLE.replace(';', ",").into_bytes(),
        TABLE.replace(';', "\t").into_bytes(),
        format!("sep=;\r\n{TABLE}").into_bytes(),
        format!("\r\n;;;\r\n{TABLE}\r\n;;\r\n \r\n").into_bytes(),
    ];
    for bytes in files {
        let reading = read_bytes(&bytes, &method(), &Excluded::new());
        let reading = reading.unwrap_or_else(|faults| panic!("{faults:?}"));
        assert_eq!(figures(&reading, &method()), READ);
        assert!(reading.issues.is_empty());
    }
}

#[test]
fn large_files_are_read_in_pieces() {
    let mut text = LONG.to_owned();
    for school in 0..20_000 {
        text +=
            &format!("{school},«Школа №\u{A0}{school}»,Ёлкино,среднее,2020,ege,{}\n", school % 100);
        text += &format!("{school},«Школа №\u{A0}{school}»,Ёлкино,среднее,2020,gap,-1.5\n");
    }
    let (windows, _, _) = WINDOWS_1251.encode(&text);
    for bytes in [text.as_bytes(), &text.replace('\n', "\r\n").into_bytes(), &windows] {
        let source = Memory { bytes, heard: RefCell::default() };
        let reading = read(&source, &method(), &Excluded::new()).expect("a table");
        assert_eq!(source.heard.borrow().last(), Some(&(bytes.len() as u64)));
        let table = &reading.table;
        assert_eq!((table.rows.len(), reading.issues.len()), (20_000, 0));
        for (at, row) in table.rows.iter().enumerate() {
            let school = &table.schools[row.school as usize];
            let number: i64 = school.id.parse().expect("a number");
            assert_eq!(school.name, format!("«Школа №\u{A0}{number}»"));
            assert_eq!(table.number(at, 0), Some((number % 100).into()));
        }
    }
}

#[test]
fn quoted_cells_and_rows_are_counted_as_a_spreadsheet_does() {
    let table = "\"school_id\",school_name,\"group\",year,indicator,\"value\"\n\n\
        7,\"Школа \"\"Луч\"\"\nв две, строки\",среднее,2020,ege,\"5\"\n\
        7,\"Школа \"\"Луч\"\"\nв две, строки\",среднее,2020,gap,\"н/д\"\n\
        \"7\",\"Иначе\",\"среднее\",\"2020\",\"km\",\"плохо\"\r\n\
        7,А \"Б\" В,среднее,2020,\"km\",3";
    let (figures, issues) = shown(table);
    assert_eq!(figures, "7 2020 среднее: 5 ? 3");
    assert_eq!(issues, "4 missing_text [value] н/д\n5 invalid_number [value] плохо");
    let reading = read_bytes(table.as_bytes(), &method(), &Excluded::new()).expect("a table");
    assert_eq!(reading.table.schools[0].name, "А \"Б\" В");
}

#[test]
fn a_record_cut_by_any_piece_is_whole() {
    // The line end, the quote and the letters of the name come to lie at the border of the piece.
    let piece = 256 * 1024;
    for shift in 0..40 {
        let mut text = LONG.to_owned();
        text += &" ".repeat(piece - text.len() - 30 - shift);
        text +=
            "\r\n7,\"Школа «Ёж»\",,среднее,2020,ege,\"5\"\r\n8,,,среднее,2020,gap,\"плохо\"\r\n";
        let (figures, issues) = shown(&text);
        assert_eq!(figures, "7 2020 среднее: 5 ? ?\n8 2020 среднее: ? ? ?", "{shift} {issues}");
        assert_eq!(issues, "4 invalid_number [value] плохо", "{shift}");
    }
}

#[test]
fn wide_workbooks_are_read() {
    let text = |text: &str| format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>");
    let header: String = ["school_id", "group", "year", "ege", "gap", "заметки"].map(text).concat();
    let rows = format!(
        "<row r=\"2\">{header}</row>\
         <row r=\"3\">{}{}<c><v>2020</v></c><c s=\"1\"><v>0.145</v></c><c><v>-3.1</v></c></row>\
         <row r=\"5\"><c><v>8</v></c>{}<c><v>2020</v></c><c><f>A1</f></c><c t=\"e\"><v>#DIV/0!</v></c></row>",
        text("007"),
        text("средняя"),
        text("среднее"),
    );
    let bytes = workbook_of_test(&[("пусто", ""), ("данные", &rows), ("прочее", &rows)]);
    let reading = read_bytes(&bytes, &method(), &Excluded::new()).expect("a table");
    assert_eq!(
        figures(&reading, &method()),
        "007 2020 среднее: 14.5 -3.1 ?\n8 2020 среднее: ? ? ?"
    );
    let expected = [
        "0 skipped_sheet [] прочее",
        "2 unknown_indicator [заметки] заметки",
        "5 no_formula_value [ege] ",
        "5 invalid_number [gap] #DIV/0!",
    ];
    assert_eq!(issues(&reading).lines().collect::<Vec<_>>(), expected);
}
