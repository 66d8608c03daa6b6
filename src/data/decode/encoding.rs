//! Bytes to text: what Russian offices save their tables in.

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1251};

/// Why bytes are no text, in the user's words, and the way out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undecodable {
    pub message: String,
    pub hint: String,
}

const SAVE_AGAIN: &str = "сохраните файл в кодировке UTF-8 (в Excel: «CSV UTF-8»)";

/// Reads UTF-8 and UTF-16 by their marks, then UTF-8 without one, then Windows-1251 if that gives
/// plausible Russian. Line ends become `\n`, the mark is dropped.
pub fn decode_text(bytes: &[u8]) -> Result<String, Undecodable> {
    let text = match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => utf8(rest)?,
        [0xFF, 0xFE, rest @ ..] => utf16(UTF_16LE, rest)?,
        [0xFE, 0xFF, rest @ ..] => utf16(UTF_16BE, rest)?,
        _ => unmarked(bytes)?,
    };
    if is_binary(&text) {
        return Err(not_text(bytes));
    }
    Ok(text.replace("\r\n", "\n").replace('\r', "\n"))
}

fn utf8(bytes: &[u8]) -> Result<String, Undecodable> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.to_owned()),
        Err(_) if bytes.contains(&0) => Err(not_text(bytes)),
        Err(error) => Err(damaged_utf8(bytes, error.valid_up_to())),
    }
}

fn utf16(encoding: &'static encoding_rs::Encoding, bytes: &[u8]) -> Result<String, Undecodable> {
    let (text, broken) = encoding.decode_without_bom_handling(bytes);
    if broken {
        return Err(Undecodable {
            message: "файл начинается как текст UTF-16, но повреждён".to_owned(),
            hint: SAVE_AGAIN.to_owned(),
        });
    }
    Ok(text.into_owned())
}

fn unmarked(bytes: &[u8]) -> Result<String, Undecodable> {
    let error = match std::str::from_utf8(bytes) {
        Ok(text) => return Ok(text.to_owned()),
        Err(error) => error,
    };
    if bytes.contains(&0) {
        return Err(not_text(bytes));
    }
    if is_mostly_utf8(bytes) {
        return Err(damaged_utf8(bytes, error.valid_up_to()));
    }
    let (text, _) = WINDOWS_1251.decode_without_bom_handling(bytes);
    if is_plausible_russian(&text) { Ok(text.into_owned()) } else { Err(not_text(bytes)) }
}

/// Whether letters of two bytes outnumber the broken places: one bad byte does not make a UTF-8
/// file a Windows-1251 one.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut whole, mut broken) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += chunk.invalid().len();
    }
    whole > broken
}

fn damaged_utf8(bytes: &[u8], valid_up_to: usize) -> Undecodable {
    let line = bytes.iter().take(valid_up_to).filter(|byte| **byte == b'\n').count() + 1;
    Undecodable {
        message: format!("текст UTF-8 повреждён в строке {line}"),
        hint: SAVE_AGAIN.to_owned(),
    }
}

fn is_plausible_russian(text: &str) -> bool {
    let (mut letters, mut foreign, mut flips) = (0usize, 0usize, 0usize);
    let mut previous = ' ';
    for c in text.chars().filter(|c| !c.is_ascii()) {
        if is_russian_letter(c) {
            letters += 1;
            flips += usize::from(previous.is_lowercase() && c.is_uppercase());
        } else if !is_typographic(c) {
            foreign += 1;
        }
        previous = c;
    }
    foreign * 20 <= letters && flips * 4 <= letters
}

fn is_russian_letter(c: char) -> bool {
    matches!(c, 'А'..='я' | 'Ё' | 'ё')
}

fn is_typographic(c: char) -> bool {
    "«»–—…№“”„‘’•°§±·\u{A0}\u{AD}‰".contains(c)
}

/// Control characters are rare in a text and common in anything else.
fn is_binary(text: &str) -> bool {
    if text.contains('\0') {
        return true;
    }
    let control = text.chars().filter(|c| c.is_control() && !"\r\n\t".contains(*c)).count();
    control > 8 && control * 50 > text.chars().count()
}

fn not_text(bytes: &[u8]) -> Undecodable {
    let known: [(&[u8], &str); 6] = [
        (b"%PDF", "документ PDF"),
        (b"PK\x03\x04", "архив ZIP или книга XLSX"),
        (b"\xD0\xCF\x11\xE0", "книга старого формата XLS или книга под паролем"),
        (b"\x89PNG", "рисунок PNG"),
        (b"\xFF\xD8\xFF", "рисунок JPEG"),
        (b"{\\rtf", "документ RTF"),
    ];
    let message = match known.iter().find(|(mark, _)| bytes.starts_with(mark)) {
        Some((_, what)) => format!("вместо текста в файле {what}"),
        None => "это не текст, или его кодировка неизвестна".to_owned(),
    };
    Undecodable { message, hint: SAVE_AGAIN.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: &str = "школа;год\r\n«Лицей № 7»;2024\r\n";
    const READ: &str = "школа;год\n«Лицей № 7»;2024\n";

    fn utf16_bytes(mark: [u8; 2], order: impl Fn(u16) -> [u8; 2]) -> Vec<u8> {
        mark.into_iter().chain(SAMPLE.encode_utf16().flat_map(order)).collect()
    }

    #[test]
    fn reads_what_offices_save() {
        let marked = [b"\xEF\xBB\xBF", SAMPLE.as_bytes()].concat();
        let (windows, _, _) = WINDOWS_1251.encode(SAMPLE);
        let all = [
            SAMPLE.as_bytes().to_vec(),
            marked,
            windows.into_owned(),
            utf16_bytes([0xFF, 0xFE], u16::to_le_bytes),
            utf16_bytes([0xFE, 0xFF], u16::to_be_bytes),
        ];
        for bytes in all {
            assert_eq!(decode_text(&bytes).as_deref(), Ok(READ));
        }
    }

    #[test]
    fn refuses_what_is_no_text() {
        let message = |bytes: &[u8]| decode_text(bytes).expect_err("no text").message;
        let unknown = "это не текст, или его кодировка неизвестна";
        let mut damaged = SAMPLE.as_bytes().to_vec();
        damaged.truncate(damaged.len() - 10);
        damaged.push(0xD0);
        assert_eq!(message(&damaged), "текст UTF-8 повреждён в строке 2");
        assert_eq!(message(b"\xFF\xFE\x41"), "файл начинается как текст UTF-16, но повреждён");
        assert_eq!(message(b"a\0b"), unknown);
        assert_eq!(message(b"%PDF-1.7\xE2\xE3\0"), "вместо текста в файле документ PDF");
        let dos: Vec<u8> = b"\xE8\xAA\xAE\xAB\xA0;\xA3\xAE\xA4".to_vec();
        assert_eq!(message(&dos), unknown);
        let noise: Vec<u8> =
            (0..5_000_000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
        assert_eq!(message(&noise), unknown);
    }
}
