//! What `pko identify` found of schools, as a project takes it in: neutral records, whatever the
//! methodology. The words of bands, groups and verdicts are those of the methodology.

use crate::base::{Id, Number};

/// An identification of schools (`pko/identification/1`).
#[derive(Clone, Debug, PartialEq)]
pub struct Identification {
    /// The file as the user names it.
    pub file: String,
    pub methodology: NamedMethodology,
    /// The years that counted, the oldest first; never empty.
    pub window: Vec<i32>,
    pub schools: Vec<IdentifiedSchool>,
}

/// The methodology by its name in its pack.
#[derive(Clone, Debug, PartialEq)]
pub struct NamedMethodology {
    pub id: String,
    /// Empty where the file does not say it.
    pub title: String,
    /// Title and place of its source in words; empty where the file does not say it.
    pub source: String,
}

#[derive(Clone, Debug, PartialEq)]
pub struct IdentifiedSchool {
    /// The name of its row in documents.
    pub id: Id,
    pub school_id: String,
    pub name: String,
    pub municipality: String,
    /// Why it took no part.
    pub excluded: Option<String>,
    /// The verdict on results; `None` where the methodology gives none.
    pub results: Option<String>,
    /// The verdict on social conditions.
    pub social: Option<String>,
    pub flags: Vec<String>,
    /// The oldest first; behind them the window, where it is ranked as a whole.
    pub years: Vec<IdentifiedYear>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct IdentifiedYear {
    /// The name of its row in documents.
    pub id: Id,
    /// Of the window as a whole, its last year.
    pub year: i32,
    /// «2020», «2018–2020» of the window as a whole.
    pub years: String,
    pub is_whole: bool,
    /// The schools among which it is ranked, where they are ranked by groups.
    pub group: String,
    pub results: Standing,
    pub social: Standing,
}

/// Where a school stands in one of the two domains in a year.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Standing {
    pub index: Option<Number>,
    /// 1 is the highest index; equal indices share a rank.
    pub rank: Option<u64>,
    /// Among how many schools.
    pub ranked: Option<u64>,
    pub band: Option<String>,
    /// Why there is no band.
    pub reason: Option<String>,
}

/// An index is shown to a thousandth.
const INDEX_PLACES: u32 = 3;

/// The two things that schools are judged by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Aspect {
    Results,
    Social,
}

impl Aspect {
    pub const BOTH: [Self; 2] = [Self::Results, Self::Social];

    /// «образовательные результаты».
    pub fn russian(self) -> &'static str {
        match self {
            Self::Results => "образовательные результаты",
            Self::Social => "социальные условия",
        }
    }

    /// The verdict that singles a school out for help, as every methodology words it.
    pub fn singled_out(self) -> &'static str {
        match self {
            Self::Results => "ШНРО",
            Self::Social => "ШНСУ",
        }
    }

    /// The word by which borders name it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Results => "результаты",
            Self::Social => "условия",
        }
    }
}

/// Verdicts that name no category: the school was judged, and is none of those that are singled out.
const JUDGED: [&str; 5] =
    ["группа риска", "стабильно высокие", "средние", "нейтральные", "благоприятные"];
/// Verdicts that leave it open what the school is.
const OPEN: [&str; 2] = ["недостаточно данных", "не отнесена"];

/// What a verdict says where it is no category of the pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlainVerdict {
    /// The school is none of those that are singled out.
    Neither,
    /// It is not said what the school is.
    Open,
}

/// A verdict that every methodology words alike; `None` for words of its own.
pub fn plain_verdict(words: &str) -> Option<PlainVerdict> {
    if JUDGED.contains(&words) {
        return Some(PlainVerdict::Neither);
    }
    OPEN.contains(&words).then_some(PlainVerdict::Open)
}

/// «2018–2020», «2018, 2020», «2020».
pub fn years_in_words(years: &[i32]) -> String {
    let is_run = years.windows(2).all(|pair| matches!(pair, [a, b] if b - a == 1));
    match years {
        [first, .., last] if is_run => format!("{first}–{last}"),
        years => years.iter().map(i32::to_string).collect::<Vec<_>>().join(", "),
    }
}

impl NamedMethodology {
    /// Its title; its name where there is none.
    pub fn in_words(&self) -> &str {
        if self.title.is_empty() { &self.id } else { &self.title }
    }
}

impl Identification {
    pub fn last_year(&self) -> i32 {
        self.window.last().copied().unwrap_or_default()
    }

    /// «2018–2020», «2018, 2020», «2020».
    pub fn years_in_words(&self) -> String {
        years_in_words(&self.window)
    }

    /// «2018–2020 годы», «2020 год».
    pub fn period_in_words(&self) -> String {
        let word = if self.window.len() == 1 { "год" } else { "годы" };
        format!("{} {word}", self.years_in_words())
    }
}

impl IdentifiedSchool {
    pub fn verdict(&self, aspect: Aspect) -> Option<&str> {
        match aspect {
            Aspect::Results => self.results.as_deref(),
            Aspect::Social => self.social.as_deref(),
        }
    }

    /// The group of the latest year.
    pub fn group(&self) -> Option<&String> {
        self.years.iter().rev().find(|year| !year.is_whole).map(|year| &year.group)
    }

    /// The standing by which the school is judged: that of the window, where it is ranked as a
    /// whole, else that of the latest year.
    pub fn standing(&self, aspect: Aspect) -> Option<&Standing> {
        let mut latest = self.years.iter().rev().map(|year| (year.is_whole, year.standing(aspect)));
        let found = latest.find(|(is_whole, standing)| !is_whole || standing.index.is_some());
        found.map(|(_, standing)| standing)
    }
}

impl IdentifiedYear {
    /// «2020 год», «2018–2020 годы».
    pub fn in_words(&self) -> String {
        format!("{} {}", self.years, if self.is_whole { "годы" } else { "год" })
    }

    pub fn standing(&self, aspect: Aspect) -> &Standing {
        match aspect {
            Aspect::Results => &self.results,
            Aspect::Social => &self.social,
        }
    }
}

impl Standing {
    pub fn index_in_words(&self) -> Option<String> {
        self.index.as_ref().map(|index| index.to_russian(INDEX_PLACES))
    }

    /// «37 из 140».
    pub fn place_in_words(&self) -> Option<String> {
        let rank = self.rank?;
        Some(self.ranked.map_or_else(|| rank.to_string(), |ranked| format!("{rank} из {ranked}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_that_follow_each_other_are_a_span() {
        let said = |window: &[i32]| {
            let methodology =
                NamedMethodology { id: String::new(), title: String::new(), source: String::new() };
            let window = window.to_vec();
            Identification { file: String::new(), methodology, window, schools: Vec::new() }
                .period_in_words()
        };
        assert_eq!(said(&[2018, 2019, 2020]), "2018–2020 годы");
        assert_eq!(said(&[2018, 2020]), "2018, 2020 годы");
        assert_eq!(said(&[2020]), "2020 год");
    }
}
