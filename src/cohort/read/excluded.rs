//! The list of schools that take no part: lines `school_id[;reason]`.

use crate::cohort::codes;
use crate::data::{decode_text, trim};
use crate::diag::{Diagnostic, Place};

use super::Excluded;

const NO_REASON: &str = "по списку исключений";

/// Reads the bytes of the file that a user names `name`. Of several lines for one school the last
/// holds.
pub fn read_excluded(name: &str, bytes: &[u8]) -> Result<Excluded, Vec<Diagnostic>> {
    let text = decode_text(bytes).map_err(|error| {
        let place = Place::File(name.to_owned());
        vec![Diagnostic::error(codes::UNREADABLE, place, error.message).with_hint(error.hint)]
    })?;
    let (mut excluded, mut faults) = (Excluded::new(), Vec::new());
    for (at, line) in text.lines().enumerate() {
        let (id, reason) = line.split_once(';').unwrap_or((line, ""));
        match (trim(id), trim(reason)) {
            ("", "") => {}
            ("", reason) => faults.push(nobody(name, at + 1, reason)),
            (id, "") => drop(excluded.insert(id.to_owned(), NO_REASON.to_owned())),
            (id, reason) => drop(excluded.insert(id.to_owned(), reason.to_owned())),
        }
    }
    if faults.is_empty() { Ok(excluded) } else { Err(faults) }
}

fn nobody(name: &str, row: usize, reason: &str) -> Diagnostic {
    let place = Place::Cell { file: name.to_owned(), row, column: 1 };
    let message = format!("дана причина «{reason}», но не указана школа");
    Diagnostic::error(codes::BAD_EXCLUSION, place, message)
        .with_hint("пишут код школы, затем, через точку с запятой, причину: «27001;закрыта»")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_a_school_and_perhaps_a_reason() {
        let text = "\u{FEFF}7; закрыта; давно \r\n\r\n 007\n;\n8;а\n8;б\n";
        let excluded = read_excluded("список.csv", text.as_bytes()).expect("it is right");
        let found: Vec<(&str, &str)> =
            excluded.iter().map(|(id, reason)| (id.as_str(), reason.as_str())).collect();
        assert_eq!(found, [("007", NO_REASON), ("7", "закрыта; давно"), ("8", "б")]);
    }

    #[test]
    fn all_faults_are_told() {
        let faults = read_excluded("список.csv", "7\n;закрыта\n ; тоже\n".as_bytes());
        let places: Vec<Place> =
            faults.expect_err("two lines").into_iter().map(|fault| fault.place).collect();
        let cell = |row| Place::Cell { file: "список.csv".to_owned(), row, column: 1 };
        assert_eq!(places, [cell(2), cell(3)]);
        assert!(read_excluded("список.csv", b"%PDF-1.7\0\xE2\xE3").is_err());
    }
}
