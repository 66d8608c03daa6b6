//! Texts for the templates: lines, and the places where an overlong word may be broken.

use jiff::civil::Date;

/// A text as the templates take it: lines of pieces. Between two pieces a line may be broken
/// without a hyphen; the pieces put together are the text as written.
pub type Text = Vec<Vec<String>>;

/// A word up to this length is left to the hyphenation.
const EASY_WORD: usize = 18;
/// The longest run of Russian letters that is trusted to be a word with syllables.
const LONGEST_RUSSIAN_WORD: usize = 30;
/// The length of the parts that an overlong word without other marks is cut into.
const PIECE: usize = 12;

/// Splits a text at its line breaks; blank lines and blanks at the ends of lines are left out.
pub fn lines(text: &str) -> Text {
    text.lines().map(tidy).filter(|line| !line.is_empty()).map(|line| pieces(&line)).collect()
}

/// The text as one line.
pub fn one_line(text: &str) -> Vec<String> {
    pieces(&tidy(&text.lines().collect::<Vec<_>>().join(" ")))
}

/// A number or a name as written, as one line of pieces; nothing of an empty one.
pub fn requisite(text: &str) -> Vec<String> {
    if text.trim().is_empty() { Vec::new() } else { pieces(text.trim()) }
}

/// A date as documents print it: `28.08.2025`; what is no ISO date is printed as given.
pub fn short_date(text: &str) -> String {
    match text.trim().parse::<Date>() {
        Ok(date) => format!("{:02}.{:02}.{:04}", date.day(), date.month(), date.year()),
        Err(_) => text.trim().to_owned(),
    }
}

/// The year that a text begins with, as an ISO date and a bare year do.
pub fn year_of(text: &str) -> Option<&str> {
    let year = text.trim().get(..4)?;
    let rest = text.trim().get(4..)?;
    let is_year = year.bytes().all(|b| b.is_ascii_digit());
    (is_year && (rest.is_empty() || rest.starts_with('-'))).then_some(year)
}

/// Blanks become one kind; what must not be parted by the end of a line is held together.
fn tidy(line: &str) -> String {
    let line = line.replace(['\t', '\u{feff}'], " ");
    let line =
        line.trim().replace("№ ", "№\u{a0}").replace(" %", "\u{a0}%").replace(" — ", "\u{a0}— ");
    let line = line.replace("да/нет", "да/\u{2060}нет");
    hold_numbers(&line)
}

/// No line ends inside «5–6» and «273-ФЗ».
fn hold_numbers(line: &str) -> String {
    const JOINER: char = '\u{2060}';
    let letters: Vec<char> = line.chars().collect();
    let digits = |all: &mut dyn Iterator<Item = &char>| {
        all.take_while(|letter| letter.is_ascii_digit()).count()
    };
    let mut held = String::with_capacity(line.len());
    for (at, letter) in letters.iter().enumerate() {
        held.push(*letter);
        let (before, after) = letters.split_at(at);
        let before = digits(&mut before.iter().rev());
        let after = after.get(1..).unwrap_or_default();
        let joins = match letter {
            '–' => (1..=2).contains(&before) && (1..=2).contains(&digits(&mut after.iter())),
            '-' => (1..=3).contains(&before) && after.first().is_some_and(|c| c.is_alphabetic()),
            _ => false,
        };
        if joins {
            held.push(JOINER);
        }
    }
    held
}

fn pieces(line: &str) -> Vec<String> {
    let mut pieces = vec![String::new()];
    for word in line.split_inclusive(char::is_whitespace) {
        let mut parts = break_word(word).into_iter();
        if let (Some(open), Some(first)) = (pieces.last_mut(), parts.next()) {
            open.push_str(&first);
        }
        pieces.extend(parts);
    }
    pieces
}

/// The parts of one word between which it may be broken.
fn break_word(word: &str) -> Vec<String> {
    if word.chars().count() <= EASY_WORD {
        return vec![word.to_owned()];
    }
    word.split_inclusive(is_joint).flat_map(break_run).collect()
}

fn is_joint(c: char) -> bool {
    "/\\_.-–:?&=@,;|+~%".contains(c)
}

/// Cuts a run without marks where hyphenation would not help.
fn break_run(run: &str) -> Vec<String> {
    let letters: Vec<char> = run.chars().collect();
    let is_russian = run
        .trim_matches(|c: char| !c.is_alphabetic())
        .chars()
        .all(|c| ('\u{0400}'..='\u{04ff}').contains(&c));
    let longest = if is_russian { LONGEST_RUSSIAN_WORD } else { PIECE };
    if letters.len() <= longest {
        return vec![run.to_owned()];
    }
    letters.chunks(PIECE).map(|chunk| chunk.iter().collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_ranges_and_numbers_of_acts_stay_in_one_line() {
        assert_eq!(
            hold_numbers("в 5–6 классах, № 273-ФЗ"),
            "в 5–\u{2060}6 классах, № 273-\u{2060}ФЗ"
        );
        assert_eq!(hold_numbers("2017–2019, ОГЭ-9"), "2017–2019, ОГЭ-9");
    }

    #[test]
    fn ordinary_words_stay_whole() {
        let text = "Повышение квалификации учителей математики, физики";
        assert_eq!(one_line(text), [text]);
        assert_eq!(
            one_line("высокоинтеллектуального сопровождения"),
            ["высокоинтеллектуального сопровождения"]
        );
        // Brackets and quotes belong to no syllable.
        assert_eq!(one_line("данные (анонимизированные)"), ["данные (анонимизированные)"]);
    }

    #[test]
    fn addresses_break_at_their_marks_and_lose_nothing() {
        let address = "см. school-example.ru/documents/2025/programme_of_improvement.pdf далее";
        let parts = one_line(address);
        assert!(parts.len() > 4, "{parts:?}");
        assert_eq!(parts.concat(), address);
        let endless = "щ".repeat(50);
        assert_eq!(one_line(&endless).len(), 5);
        assert_eq!(one_line(&endless).concat(), endless);
    }

    #[test]
    fn numbers_stay_with_their_signs() {
        assert_eq!(one_line("приказ № 5 — 12 %"), ["приказ №\u{a0}5\u{a0}— 12\u{a0}%"]);
    }

    #[test]
    fn line_breaks_part_lines() {
        assert_eq!(lines("один\r\n\r\n два \nтри"), [["один"], ["два"], ["три"]]);
        assert!(lines(" \n ").is_empty());
        assert_eq!(one_line("один\nдва"), ["один два"]);
    }

    #[test]
    fn dates_are_printed_with_points() {
        assert_eq!(short_date("2025-08-28"), "28.08.2025");
        assert_eq!(short_date("август 2025 г."), "август 2025 г.");
        assert_eq!(year_of("2025-08-28"), Some("2025"));
        assert_eq!(year_of("2025"), Some("2025"));
        assert_eq!(year_of("2025/2026"), None);
        assert_eq!(year_of("г.2025"), None);
    }
}
