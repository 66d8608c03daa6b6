//! Groups of schools, brought to one word each.

use crate::base::normalise;

const GROUPS: [(&str, &str); 6] = [
    ("средн", "среднее"),
    ("основн", "основное"),
    ("вечерн", "вечернее"),
    ("открыт", "вечернее"),
    ("сменн", "вечернее"),
    ("начальн", "начальное"),
];

const ENDINGS: [&str; 12] =
    ["ее", "яя", "ие", "ий", "ей", "его", "ое", "ая", "ые", "ый", "ой", "ого"];

/// Words that say nothing of the group.
const FILLERS: [&str; 9] = [
    "общее",
    "общая",
    "общего",
    "образование",
    "образования",
    "школа",
    "школы",
    "общеобразовательная",
    "и",
];

/// «средняя», «Основное общее образование», «открытая (сменная)» → `среднее`, `основное`,
/// `вечернее`; `None` for anything else.
pub(super) fn parse_group(text: &str) -> Option<&'static str> {
    let lower = normalise(&text.to_lowercase());
    let mut found = None;
    for word in lower.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()) {
        if FILLERS.contains(&word) {
            continue;
        }
        let group = group_of_word(word)?;
        if found.is_some_and(|other| other != group) {
            return None;
        }
        found = Some(group);
    }
    found
}

fn group_of_word(word: &str) -> Option<&'static str> {
    let fits = |stem: &str| word.strip_prefix(stem).is_some_and(|end| ENDINGS.contains(&end));
    GROUPS.iter().find(|(stem, _)| fits(stem)).map(|(_, group)| *group)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adjectives_of_any_gender_are_one_group() {
        assert_eq!(parse_group("Средняя"), Some("среднее"));
        assert_eq!(parse_group("основное общее образование"), Some("основное"));
        assert_eq!(parse_group("вечерняя (сменная)"), Some("вечернее"));
        assert_eq!(parse_group("начальная школа"), Some("начальное"));
        for bad in ["", "школа", "среднее основное", "средняк", "лицей"]
        {
            assert_eq!(parse_group(bad), None, "{bad}");
        }
    }
}
