//! School years as people write them.

/// Why a text is no year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadYear {
    NotAYear,
    /// «2019/2021»: a school year ends in the year after it begins.
    NotASchoolYear,
    Implausible,
}

/// The earliest and the latest year that pko believes.
pub(super) const PLAUSIBLE: std::ops::RangeInclusive<i32> = 1990..=2100;

/// The calendar year in which the school year ends: `2020`, `2019/2020`, `2019/20`, `2019-2020`,
/// with or without «год», «учебный год».
pub fn parse_year(text: &str) -> Result<i32, BadYear> {
    let lower = text.to_lowercase();
    let bare = without_words(&lower);
    let year = match bare.split_once(['/', '-', '–', '—', '\\']) {
        None => four_digits(bare)?,
        Some((first, second)) => school_year(first.trim(), second.trim())?,
    };
    if PLAUSIBLE.contains(&year) { Ok(year) } else { Err(BadYear::Implausible) }
}

fn without_words(text: &str) -> &str {
    const TAILS: [&str; 8] =
        ["учебный год", "учебного года", "уч. год", "уч.год", "уч. г.", "год", "г.", "г"];
    let text = text.trim();
    TAILS.iter().find_map(|tail| text.strip_suffix(tail)).unwrap_or(text).trim()
}

fn school_year(first: &str, second: &str) -> Result<i32, BadYear> {
    let begins = four_digits(first)?;
    let ends = match second.len() {
        2 => digits(second)? + begins / 100 * 100,
        _ => four_digits(second)?,
    };
    let follows = ends == begins + 1 || (second.len() == 2 && ends + 100 == begins + 1);
    if follows { Ok(begins + 1) } else { Err(BadYear::NotASchoolYear) }
}

fn four_digits(text: &str) -> Result<i32, BadYear> {
    if text.len() == 4 { digits(text) } else { Err(BadYear::NotAYear) }
}

fn digits(text: &str) -> Result<i32, BadYear> {
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(BadYear::NotAYear);
    }
    text.parse().map_err(|_| BadYear::NotAYear)
}

impl BadYear {
    /// What is wrong, as the end of a sentence that has quoted the text.
    pub fn message(self) -> String {
        match self {
            Self::NotAYear => "это не год".to_owned(),
            Self::NotASchoolYear => "это не один учебный год".to_owned(),
            Self::Implausible => {
                format!("год вне пределов {}–{}", PLAUSIBLE.start(), PLAUSIBLE.end())
            }
        }
    }

    pub const HINT: &'static str =
        "пишут год окончания учебного года («2020») или учебный год («2019/2020»)";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_school_year_is_the_year_of_its_end() {
        for text in
            ["2020", "2019/2020", "2019/20", "2019-2020", "2019–2020 учебный год", "2020 г."]
        {
            assert_eq!(parse_year(text), Ok(2020), "{text}");
        }
        assert_eq!(parse_year("1999/00"), Ok(2000));
    }

    #[test]
    fn other_texts_are_no_years() {
        for text in ["", "20", "20O0", "2019/", "двадцатый", "2020.0", "٢٠٢٠"] {
            assert_eq!(parse_year(text), Err(BadYear::NotAYear), "{text}");
        }
        assert_eq!(parse_year("2019/2021"), Err(BadYear::NotASchoolYear));
        assert_eq!(parse_year("2019/19"), Err(BadYear::NotASchoolYear));
        assert_eq!(parse_year("1989"), Err(BadYear::Implausible));
        assert_eq!(parse_year("9999"), Err(BadYear::Implausible));
    }
}
