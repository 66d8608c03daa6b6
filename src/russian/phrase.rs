//! A phrase cut into words, quoted parts and signs, and the restoring of capital letters.

/// A piece of a phrase; the pieces joined give the phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece<'a> {
    pub text: &'a str,
    pub kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A word that may have forms.
    Word,
    /// ШППКО, МБОУ, ВсОШ: capital letters beyond the first one; it has no forms.
    Abbreviation,
    /// «И.» or «И.И.»
    Initial,
    /// Figures, with whatever is glued to them: «5», «№», «2026/27».
    Figure,
    /// A part in quotes or brackets, with them.
    Enclosed,
    /// A comma.
    Comma,
    /// A dash between blanks.
    Dash,
    Blank,
    /// Any other sign.
    Sign,
}

/// Cuts a phrase into pieces.
pub(super) fn pieces(phrase: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = phrase;
    while let Some(first) = rest.chars().next() {
        let (length, kind) = piece(rest, first);
        let (text, tail) = rest.split_at_checked(length).unwrap_or((rest, ""));
        pieces.push(Piece { text, kind });
        rest = tail;
    }
    pieces
}

fn piece(rest: &str, first: char) -> (usize, Kind) {
    if let Some(close) = closing(first) {
        return (enclosed(rest, first, close), Kind::Enclosed);
    }
    match first {
        c if c.is_whitespace() => (run(rest, char::is_whitespace), Kind::Blank),
        c if c.is_alphabetic() => word(rest),
        c if c.is_ascii_digit() || c == '№' => (run(rest, |c| !ends_figure(c)), Kind::Figure),
        ',' => (1, Kind::Comma),
        '–' | '—' => (first.len_utf8(), Kind::Dash),
        _ => (first.len_utf8(), Kind::Sign),
    }
}

fn ends_figure(c: char) -> bool {
    c.is_whitespace() || closing(c).is_some() || matches!(c, ',' | ';' | ')')
}

fn closing(open: char) -> Option<char> {
    match open {
        '«' => Some('»'),
        '„' => Some('“'),
        '(' => Some(')'),
        '"' => Some('"'),
        _ => None,
    }
}

/// The bytes up to the closing sign, nested ones counted; all of the rest if it is missing.
fn enclosed(rest: &str, open: char, close: char) -> usize {
    let mut depth = 0usize;
    for (at, c) in rest.char_indices() {
        if c == close && depth > 0 {
            depth -= 1;
            if depth == 0 {
                return at + c.len_utf8();
            }
        } else if c == open {
            depth += 1;
        }
    }
    rest.len()
}

fn run(rest: &str, belongs: impl Fn(char) -> bool) -> usize {
    rest.find(|c| !belongs(c)).unwrap_or(rest.len())
}

fn word(rest: &str) -> (usize, Kind) {
    let length = run(rest, |c| c.is_alphanumeric() || matches!(c, '-' | '_' | '\u{301}' | '’'));
    let text = rest.get(..length).unwrap_or(rest);
    if text.chars().count() == 1 && rest.get(length..).is_some_and(|tail| tail.starts_with('.')) {
        let initials = run(rest, |c| c.is_uppercase() || c == '.');
        if initials > length {
            return (initials, Kind::Initial);
        }
    }
    (length, if is_abbreviation(text) { Kind::Abbreviation } else { Kind::Word })
}

/// A word with a capital letter behind another letter of the same part.
fn is_abbreviation(word: &str) -> bool {
    word.split('-').any(|part| part.chars().skip(1).any(char::is_uppercase))
}

/// A form with the capital letters and the «е» for «ё» of the word it stands for. `spelling` is
/// the word as the dictionary spells it.
pub(super) fn like(word: &str, spelling: &str, form: &str) -> String {
    let writes_plain_e = !word.contains(['ё', 'Ё']) && spelling.contains('ё');
    let form = if writes_plain_e { form.replace('ё', "е") } else { form.to_owned() };
    let mut parts = word.split('-');
    let capital = |part: &str| match parts.next() {
        Some(original) if original.starts_with(char::is_uppercase) => capitalise(part),
        _ => part.to_owned(),
    };
    form.split('-').map(capital).collect::<Vec<_>>().join("-")
}

/// The text with its first letter small, unless its first word is an abbreviation; one letter alone
/// is a preposition.
pub fn uncapitalise(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next();
    match first {
        Some(first)
            if letters.clone().next().is_some_and(|c| c.is_lowercase() || c.is_whitespace()) =>
        {
            first.to_lowercase().chain(letters).collect()
        }
        _ => text.to_owned(),
    }
}

/// The text with its first letter a capital.
pub fn capitalise(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}
