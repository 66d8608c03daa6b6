//! Tests of workbooks, and of damage to any file. The workbooks are packed here, part by part.

use std::fmt::Write as _;

use crate::data::{Reading, read_observations, read_project, report_between_files};
use crate::diag::SourceMap;

use super::cases::show;

const STYLES: &str = r#"<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
<numFmts count="1"><numFmt numFmtId="164" formatCode="0.0%"/></numFmts>
<cellXfs count="4"><xf numFmtId="0"/><xf numFmtId="9"/><xf numFmtId="164"/><xf numFmtId="14"/></cellXfs>
</styleSheet>"#;

/// A workbook with the given sheets: name, rows of cells as XML.
pub(crate) fn workbook(sheets: &[(&str, &str)]) -> Vec<u8> {
    let main = r#"xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main""#;
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let (mut list, mut links) = (String::new(), String::new());
    let mut parts = vec![("xl/styles.xml".to_owned(), STYLES.to_owned())];
    for (index, (name, rows)) in sheets.iter().enumerate() {
        let id = index + 1;
        write!(list, r#"<sheet name="{name}" sheetId="{id}" r:id="r{id}"/>"#).expect("a string");
        write!(
            links,
            r#"<Relationship Id="r{id}" Type="{office}/worksheet" Target="worksheets/s{id}.xml"/>"#
        )
        .expect("a string");
        let xml = format!("<worksheet {main}><sheetData>{rows}</sheetData></worksheet>");
        parts.push((format!("xl/worksheets/s{id}.xml"), xml));
    }
    let book = format!(r#"<workbook {main} xmlns:r="{office}"><sheets>{list}</sheets></workbook>"#);
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    let root = format!(
        r#"<Relationship Id="r1" Type="{office}/officeDocument" Target="xl/workbook.xml"/>"#
    );
    let relations = |links| format!(r#"<Relationships xmlns="{package}">{links}</Relationships>"#);
    parts.push(("xl/workbook.xml".to_owned(), book));
    parts.push(("_rels/.rels".to_owned(), relations(root)));
    parts.push(("xl/_rels/workbook.xml.rels".to_owned(), relations(links)));
    zip(&parts)
}

/// An archive without compression.
fn zip(parts: &[(String, String)]) -> Vec<u8> {
    let (mut body, mut directory) = (Vec::new(), Vec::new());
    for (name, content) in parts {
        let offset = body.len() as u32;
        let mut common = vec![20, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        for number in [crc32(content.as_bytes()), content.len() as u32, content.len() as u32] {
            common.extend(number.to_le_bytes());
        }
        common.extend((name.len() as u16).to_le_bytes());
        common.extend([0, 0]);
        body.extend(b"PK\x03\x04");
        body.extend(&common);
        body.extend(name.as_bytes());
        body.extend(content.as_bytes());
        directory.extend(b"PK\x01\x02\x14\0");
        directory.extend(&common);
        directory.extend([0; 10]);
        directory.extend(offset.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let (start, size, count) = (body.len() as u32, directory.len() as u32, parts.len() as u16);
    body.extend(directory);
    body.extend(b"PK\x05\x06\0\0\0\0");
    body.extend([count.to_le_bytes(), count.to_le_bytes()].concat());
    body.extend([size.to_le_bytes(), start.to_le_bytes()].concat());
    body.extend([0, 0]);
    body
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            (crc >> 1) ^ if crc & 1 == 1 { 0xEDB8_8320 } else { 0 }
        })
    })
}

fn text(at: &str, text: &str) -> String {
    format!(r#"<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>"#)
}

fn number(at: &str, style: usize, value: &str) -> String {
    format!(r#"<c r="{at}" s="{style}"><v>{value}</v></c>"#)
}

fn header() -> String {
    let cells =
        [text("A1", "school_id"), text("B1", "Год"), text("C1", "огэ_2"), text("D1", "егэ")];
    format!(r#"<row r="1">{}</row>"#, cells.concat())
}

fn row(row: usize, cells: &[String]) -> String {
    format!(r#"<row r="{row}">{}</row>"#, cells.concat())
}

fn read(bytes: &[u8]) -> String {
    let (mut sources, mut out) = (SourceMap::default(), Vec::new());
    let observations = read_observations("данные.xlsx", bytes, "ЦОКО", &mut sources, &mut out);
    let mut shown: String = out.iter().map(|found| show(found, &sources)).collect();
    for o in observations {
        let reading = match &o.reading {
            Reading::Figure { value, percent } => {
                format!("{value}{}", if *percent { " %" } else { "" })
            }
            other => format!("{other:?}"),
        };
        writeln!(shown, "{} {} {} = {reading}", o.object_id, o.year, o.indicator)
            .expect("a string");
    }
    shown
}

#[track_caller]
fn check(sheets: &[(&str, &str)], expected: &str) {
    let expected: String =
        expected.lines().map(|line| line.trim_start().to_owned() + "\n").collect();
    let actual: String =
        read(&workbook(sheets)).lines().map(|line| line.trim_start().to_owned() + "\n").collect();
    assert_eq!(actual, expected);
}

#[test]
fn a_wide_sheet_is_read_as_it_is_shown() {
    let rows = header()
        + &*row(2, &[number("A2", 0, "7"), number("B2", 0, "2020"), number("C2", 1, "0.145")])
        + &*row(
            4,
            &[
                number("A4", 0, "8"),
                text("B4", "2019/2020"),
                number("C4", 2, "0.07"),
                number("D4", 0, "62.300000000000004"),
            ],
        );
    check(
        &[("Лист1", &rows)],
        "7 2020 огэ_2 = 14,5 %
         7 2020 егэ = Missing
         8 2020 огэ_2 = 7 %
         8 2020 егэ = 62,3",
    );
}

#[test]
fn cells_without_a_value_are_named() {
    let rows = header()
        + &*row(
            2,
            &[
                text("A2", "7"),
                number("B2", 0, "2020"),
                r#"<c r="C2" t="e"><f>1/0</f><v>#DIV/0!</v></c>"#.to_owned(),
                r#"<c r="D2"><f>A1+1</f></c>"#.to_owned(),
            ],
        )
        + &*row(3, &[text("A3", "7"), number("B3", 3, "43831"), number("C3", 0, "1e300")])
        + &*row(5, &[text("A5", "8"), number("B5", 0, "2020"), text("F5", "лишнее")]);
    check(
        &[("Лист1", &rows)],
        "ошибка ПКО-236 данные.xlsx:2:3: ячейка C2: формула дала ошибку «#DIV/0!»
         подсказка: исправьте формулу или впишите значение
         ошибка ПКО-236 данные.xlsx:2:4: ячейка D2: у формулы нет сохранённого значения
         подсказка: откройте книгу в Excel, дождитесь пересчёта и сохраните её
         ошибка ПКО-237 данные.xlsx:3:2: ячейка B3: здесь дата, а нужно число или текст
         подсказка: задайте ячейке числовой или текстовый формат и наберите значение заново
         ошибка ПКО-225 данные.xlsx:5:6: строка 5: над ячейкой «лишнее» нет имени столбца
         подсказка: значение с запятой берут в кавычки: \"12,5\", лишние ячейки убирают
         7 2020 огэ_2 = Missing
         7 2020 егэ = Missing",
    );
}

#[test]
fn further_sheets_are_read_or_named() {
    let rows =
        |year| header() + &*row(2, &[text("A2", "7"), number("B2", 0, year), number("C2", 0, "5")]);
    let notes = row(1, &[text("A1", "Пояснения")]);
    check(
        &[("2020", &rows("2020")), ("2021", &rows("2021")), ("О данных", &notes), ("Пустой", "")],
        "предупреждение ПКО-238 данные.xlsx, лист «О данных»:1:1: лист не похож на таблицу значений и не прочитан
         подсказка: если на листе значения, назовите столбцы в его первой строке
         7 2020 огэ_2 = 5
         7 2020 егэ = Missing
         7 2021 огэ_2 = 5
         7 2021 егэ = Missing",
    );
}

#[test]
fn one_figure_on_two_sheets_is_found() {
    let rows =
        header() + &*row(2, &[text("A2", "7"), number("B2", 0, "2020"), number("C2", 0, "5")]);
    let shown = read(&workbook(&[("а", &rows), ("б", &rows)]));
    assert!(shown.contains("впервые — данные.xlsx, лист «а», строка 2, столбец 3"), "{shown}");
}

#[test]
fn one_figure_in_two_files_is_found() {
    let (mut sources, mut out) = (SourceMap::default(), Vec::new());
    let bytes = "школа;код_школы;год;а\nЛуч;7;2020;5\n".as_bytes();
    let rows =
        header() + &*row(2, &[text("A2", "7"), number("B2", 0, "2020"), number("C2", 0, "5")]);
    let mut all = read_observations("а.csv", bytes, "", &mut sources, &mut out);
    all.extend(read_observations("б.csv", bytes, "", &mut sources, &mut out));
    all.extend(read_observations("в.xlsx", &workbook(&[("а", &rows)]), "", &mut sources, &mut out));
    report_between_files(&all, &sources, &mut out);
    assert_eq!(out.len(), 1);
    assert!(out[0].message.ends_with("впервые — а.csv, строка 2"), "{}", out[0].message);
}

#[test]
fn an_archive_of_something_else_is_no_workbook() {
    let shown = read(&zip(&[("word/document.xml".to_owned(), "<w/>".to_owned())]));
    assert!(shown.starts_with("ошибка ПКО-235 данные.xlsx: книга XLSX не читается"), "{shown}");
    assert!(read(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1").starts_with("ошибка ПКО-235"));
    assert!(read(&workbook(&[("а", "")])).starts_with("ошибка ПКО-201"));
}

/// Whatever is done to a file, it is read or refused, never the end of the program.
#[test]
fn damage_is_survived() {
    let rows =
        header() + &*row(2, &[text("A2", "7"), number("B2", 0, "2020"), number("C2", 1, "0.5")]);
    let table = "школа;год;\"огэ\"\n«Луч»;2019/20;> 50 %\n";
    let project = "pack = \"а\"\n[[people]]\nrole = 2026-09-01\n\"имя\" = [1, { а = '' }]\n";
    let mut damage = Damage(1);
    for _ in 0..400 {
        survive("а.xlsx", &damage.to(&workbook(&[("а", &rows)])));
        // An archive notices damage by its checksums: its parts are spoilt before they are packed.
        let spoilt = damage.to(rows.as_bytes());
        survive("а.xlsx", &workbook(&[("а", &String::from_utf8_lossy(&spoilt))]));
        survive("а.csv", &damage.to(table.as_bytes()));
        survive("а.toml", &damage.to(project.as_bytes()));
    }
}

fn survive(name: &str, bytes: &[u8]) {
    let (mut sources, mut out) = (SourceMap::default(), Vec::new());
    read_observations(name, bytes, "", &mut sources, &mut out);
    read_project(name, bytes, &mut sources, &mut out);
    out.iter().for_each(|found| drop(show(found, &sources)));
}

/// The same accidents in every run.
struct Damage(u32);

impl Damage {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (self.0 >> 8) as usize % limit
    }

    fn to(&mut self, sample: &[u8]) -> Vec<u8> {
        let mut bytes = sample.to_vec();
        for _ in 0..=self.below(4) {
            let at = self.below(bytes.len());
            bytes[at] = [b'9', b'A', b'"', b'<', b'\n', self.below(256) as u8][self.below(6)];
        }
        bytes.truncate(bytes.len() - self.below(8));
        bytes
    }
}

#[test]
fn five_megabytes_of_noise_are_refused_at_once() {
    let noise: Vec<u8> =
        (0..5_000_000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    let letters: Vec<u8> = noise.iter().map(|byte| b' ' + byte % 90).collect();
    for bytes in [noise, letters] {
        let (mut sources, mut out) = (SourceMap::default(), Vec::new());
        assert!(read_observations("а.csv", &bytes, "", &mut sources, &mut out).is_empty());
        assert!(read_project("а.toml", &bytes, &mut sources, &mut out).is_none());
        assert!((2..60).contains(&out.len()), "{}", out.len());
    }
}
