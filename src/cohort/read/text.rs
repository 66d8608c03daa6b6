//! The bytes of a file into text, chunk by chunk, in a thread of its own.

use std::io::Read;
use std::sync::mpsc::SyncSender;

use encoding_rs::{Decoder, UTF_16BE, UTF_16LE, WINDOWS_1251};

/// Text as UTF-8, cut anywhere between characters.
pub(super) struct Chunk {
    pub text: Vec<u8>,
    /// How many bytes of the file it was.
    pub taken: u64,
}

/// Why a file is not read to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// The words of the system.
    Io(String),
    /// No mark, and no UTF-8 from the first letters on: the file is to be read as Windows-1251.
    NotUtf8,
    /// It began as a text of this encoding.
    Damaged(&'static str),
    /// No text at all, in the user's words.
    Binary(String),
    /// A record longer than any row of a table: a quote is not closed.
    OpenQuote,
}

/// What a file is taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Guess {
    /// By its mark; UTF-8 without one.
    ByMark,
    Windows1251,
}

const CHUNK: usize = 256 * 1024;

/// Decodes all of `reader` and sends it on; ends early when nobody listens.
pub(super) fn send_chunks(
    mut reader: impl Read,
    guess: Guess,
    listener: &SyncSender<Result<Chunk, Fault>>,
) {
    let mut decoding: Option<Decoding> = None;
    let mut carried = Vec::new();
    loop {
        let mut bytes = std::mem::take(&mut carried);
        let n_carried = bytes.len();
        if let Err(error) = reader.by_ref().take(CHUNK as u64).read_to_end(&mut bytes) {
            let _ = listener.send(Err(Fault::Io(error.to_string())));
            return;
        }
        let taken = bytes.len() - n_carried;
        let is_last = taken < CHUNK;
        let is_first = decoding.is_none();
        let decoding = decoding.get_or_insert_with(|| Decoding::of(&mut bytes, guess));
        let (text, fault) = decoding.decode(bytes, is_last, &mut carried);
        if is_first && text.contains(&0) {
            let _ = listener.send(Err(binary(&text)));
            return;
        }
        // What precedes a fault goes first: it tells the row.
        let is_over = is_last || fault.is_some();
        let sent = listener.send(Ok(Chunk { text, taken: taken as u64 }));
        if let Some(fault) = fault {
            let _ = listener.send(Err(fault));
        }
        if sent.is_err() || is_over {
            return;
        }
    }
}

fn binary(text: &[u8]) -> Fault {
    let known = crate::data::decode_text(text).err().map(|error| error.message);
    Fault::Binary(known.unwrap_or_else(|| "это не текст".to_owned()))
}

enum Decoding {
    Utf8 {
        /// By its mark.
        is_certain: bool,
        /// An earlier chunk held letters of several bytes.
        had_wide: bool,
    },
    Foreign(Box<Decoder>),
}

impl Decoding {
    /// Decides by the first bytes and takes their mark away.
    fn of(bytes: &mut Vec<u8>, guess: Guess) -> Self {
        let foreign = |encoding: &'static encoding_rs::Encoding| {
            Self::Foreign(Box::new(encoding.new_decoder_without_bom_handling()))
        };
        let (found, mark) = match bytes.as_slice() {
            [0xEF, 0xBB, 0xBF, ..] => (Self::Utf8 { is_certain: true, had_wide: false }, 3),
            [0xFF, 0xFE, ..] => (foreign(UTF_16LE), 2),
            [0xFE, 0xFF, ..] => (foreign(UTF_16BE), 2),
            _ if guess == Guess::Windows1251 => (foreign(WINDOWS_1251), 0),
            _ => (Self::Utf8 { is_certain: false, had_wide: false }, 0),
        };
        bytes.drain(..mark);
        found
    }

    /// The text up to the first fault. Puts the beginning of a character that the chunk cuts into
    /// `carried`.
    fn decode(
        &mut self,
        bytes: Vec<u8>,
        is_last: bool,
        carried: &mut Vec<u8>,
    ) -> (Vec<u8>, Option<Fault>) {
        match self {
            Self::Utf8 { is_certain, had_wide } => {
                let (text, fault) = valid_utf8(bytes, is_last, carried, *is_certain || *had_wide);
                *had_wide = *had_wide || !text.is_ascii();
                (text, fault)
            }
            Self::Foreign(decoder) => foreign_text(decoder, &bytes, is_last),
        }
    }
}

fn valid_utf8(
    mut bytes: Vec<u8>,
    is_last: bool,
    carried: &mut Vec<u8>,
    is_certain: bool,
) -> (Vec<u8>, Option<Fault>) {
    let Err(error) = std::str::from_utf8(&bytes) else { return (bytes, None) };
    if error.error_len().is_none() && !is_last {
        carried.extend(bytes.drain(error.valid_up_to()..));
        return (bytes, None);
    }
    bytes.truncate(error.valid_up_to());
    let fault = match is_certain || has_many_letters(&bytes) {
        true => Fault::Damaged("UTF-8"),
        false => Fault::NotUtf8,
    };
    (bytes, Some(fault))
}

/// More letters of several bytes than Windows-1251 forms by chance: one bad byte does not make a
/// UTF-8 file a Windows-1251 one.
fn has_many_letters(text: &[u8]) -> bool {
    const MANY: usize = 16;
    text.iter().filter(|byte| **byte >= 0xC0).nth(MANY).is_some()
}

fn foreign_text(decoder: &mut Decoder, bytes: &[u8], is_last: bool) -> (Vec<u8>, Option<Fault>) {
    let longest = decoder.max_utf8_buffer_length(bytes.len()).unwrap_or(bytes.len() * 3 + 16);
    let mut text = vec![0; longest];
    let (_, _, written, is_damaged) = decoder.decode_to_utf8(bytes, &mut text, is_last);
    text.truncate(written);
    (text, is_damaged.then(|| Fault::Damaged(decoder.encoding().name())))
}
