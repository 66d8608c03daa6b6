//! No-break spaces where a Russian line must not break.

use super::NBSP;

/// Binds what must stay on one line with no-break spaces: a number and its unit, «№ 5», «2026 г.»,
/// «ст. 28», «И. И. Иванова», a word and the dash behind it, a one-letter word and the next one.
/// Applying it twice changes nothing; words and signs themselves stay, only «№5» is parted.
///
/// ```
/// use pko::russian::typographic;
/// assert_eq!(typographic("в 5 классе школы №5"), "в\u{a0}5\u{a0}классе школы №\u{a0}5");
/// ```
pub fn typographic(text: &str) -> String {
    let text = part_number_sign(text);
    let pieces = split(&text);
    let mut bound = String::with_capacity(text.len() + 16);
    for (at, piece) in pieces.iter().enumerate() {
        let word = |back: usize| at.checked_sub(back).and_then(|i| pieces.get(i)).copied();
        let around = [word(3), word(1), pieces.get(at + 1).copied(), pieces.get(at + 3).copied()];
        if *piece == " " && binds(around.map(Option::unwrap_or_default)) {
            bound.push(NBSP);
        } else {
            bound.push_str(piece);
        }
    }
    bound
}

fn part_number_sign(text: &str) -> String {
    let mut parted = String::with_capacity(text.len());
    let mut after_sign = false;
    for c in text.chars() {
        if after_sign && c.is_ascii_digit() {
            parted.push(NBSP);
        }
        after_sign = matches!(c, '№' | '§');
        parted.push(c);
    }
    parted
}

/// Words and the blanks between them, alternating; the first and the last piece may be empty.
fn split(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let (mut start, mut in_blank) = (0, false);
    for (at, c) in text.char_indices() {
        if c.is_whitespace() != in_blank {
            pieces.push(text.get(start..at).unwrap_or(""));
            (start, in_blank) = (at, !in_blank);
        }
    }
    pieces.push(text.get(start..).unwrap_or(""));
    pieces
}

/// Whether a line may not break between the two inner ones of four words; an absent word is
/// empty.
fn binds([before, left, right, beyond]: [&str; 4]) -> bool {
    if left.is_empty() || right.is_empty() {
        return false;
    }
    let bare = left.trim_start_matches(OPENING);
    matches!(right, "–" | "—" | "-")
        || is_number_sign(bare)
        || is_one_letter_word(bare)
        || (ends_with_number(bare) && follows_number(right) && !names_number(before))
        || is_thousands(bare, right)
        || (is_abbreviation(bare) && starts_name_or_number(right))
        || is_letter_pair(bare, right)
        || (is_initial(bare) && starts_with_capital(right))
        || (starts_with_capital(bare)
            && !bare.ends_with(CLOSING)
            && is_initial(right)
            && is_initial(beyond.trim_end_matches([',', ';', ')'])))
}

const OPENING: [char; 5] = ['«', '„', '(', '"', '['];
const CLOSING: [char; 9] = [',', '.', ';', ':', '!', '?', ')', '»', '“'];

fn is_number_sign(word: &str) -> bool {
    word == "№" || word == "§"
}

/// A number behind this word is a name, not a count: «ст. 28 закона», «№ 5 города».
fn names_number(word: &str) -> bool {
    let bare = word.trim_start_matches(OPENING);
    is_number_sign(bare) || is_abbreviation(bare)
}

fn is_one_letter_word(word: &str) -> bool {
    let lower = word.to_lowercase();
    matches!(lower.as_str(), "а" | "в" | "и" | "к" | "о" | "с" | "у" | "я")
}

fn ends_with_number(word: &str) -> bool {
    word.ends_with(|c: char| c.is_ascii_digit())
        && word.trim_start_matches(['−', '-', '+']).starts_with(|c: char| c.is_ascii_digit())
}

/// A unit, or the noun counted: anything in small Cyrillic letters that is no function word.
fn follows_number(word: &str) -> bool {
    const FUNCTION_WORDS: [&str; 26] = [
        "а", "без", "в", "для", "до", "за", "и", "из", "или", "к", "на", "не", "но", "о", "об",
        "от", "по", "под", "при", "про", "с", "со", "то", "у", "что", "как",
    ];
    let bare = word.trim_end_matches(CLOSING);
    word.starts_with(['%', '‰', '°', '₽'])
        || (bare.starts_with(|c: char| ('а'..='я').contains(&c) || c == 'ё')
            && !FUNCTION_WORDS.contains(&bare))
}

fn is_thousands(left: &str, right: &str) -> bool {
    let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    let head = left.trim_start_matches(['−', '-', '+']);
    let group = right.split([',', '.', ';', ')']).next().unwrap_or("");
    (1..=3).contains(&head.len()) && digits(head) && group.len() == 3 && digits(group)
}

/// Abbreviations that stand before a name or a number.
fn is_abbreviation(word: &str) -> bool {
    matches!(
        word,
        "г." | "гл."
            | "д."
            | "им."
            | "п."
            | "пгт"
            | "пп."
            | "пос."
            | "пр."
            | "рис."
            | "с."
            | "ст."
            | "стр."
            | "табл."
            | "ул."
            | "ч."
    )
}

fn starts_name_or_number(word: &str) -> bool {
    starts_with_capital(word) || word.starts_with(|c: char| c.is_ascii_digit())
}

/// «т. д.», «т. е.», «п. п.» and the like.
fn is_letter_pair(left: &str, right: &str) -> bool {
    let right = right.trim_end_matches([',', ';', ')']).trim_end_matches("..");
    matches!(
        (left, right),
        ("п.", "п." | "п") | ("т.", "д." | "п." | "е." | "к.") | ("и", "т.") | ("н.", "э.")
    )
}

/// «И.» and «И.И.»
fn is_initial(word: &str) -> bool {
    let mut letters = 0;
    let mut rest = word.chars();
    while let Some(letter) = rest.next() {
        if !letter.is_uppercase() || rest.next() != Some('.') {
            return false;
        }
        letters += 1;
    }
    (1..=2).contains(&letters)
}

fn starts_with_capital(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `_` stands for the no-break space.
    fn check(text: &str, expected: &str) {
        let expected = expected.replace('_', "\u{a0}");
        let once = typographic(text);
        assert_eq!(once, expected, "of «{text}»");
        assert_eq!(typographic(&once), once, "twice: «{text}»");
    }

    #[test]
    fn binds_what_belongs_together() {
        for (text, expected) in [
            ("доля 12,5 % учеников", "доля 12,5_% учеников"),
            ("5 человек", "5_человек"),
            ("3 из 20 учеников", "3 из 20_учеников"),
            ("рост на 3 п. п.", "рост на 3_п._п."),
            ("школа №5 и № 7", "школа №_5 и_№_7"),
            ("директор И. И. Иванова", "директор И._И._Иванова"),
            ("директор И.И. Иванова", "директор И.И._Иванова"),
            ("Иванова И. И., директор", "Иванова_И._И., директор"),
            ("Школа – центр", "Школа_– центр"),
            ("1 сентября 2026 г. началась", "1_сентября 2026_г. началась"),
            ("ст. 28 закона", "ст._28 закона"),
            ("г. Красноярск", "г._Красноярск"),
            ("в школе и у дома", "в_школе и_у_дома"),
            ("(в школе)", "(в_школе)"),
            ("В 2025 и 2026 годах", "В_2025 и_2026_годах"),
            ("10 000 рублей", "10_000_рублей"),
            ("и т. д. и т. п.", "и_т._д. и_т._п."),
            ("обычный текст без чисел", "обычный текст без чисел"),
            ("", ""),
            (" в ", " в "),
            ("класс, 2026 год", "класс, 2026_год"),
            ("на\nстроке", "на\nстроке"),
        ] {
            check(text, expected);
        }
    }
}
