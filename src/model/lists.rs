//! The lists that documents have.

use super::Model;
use crate::base::Id;

/// The lists of a document that a text may count and a programme may ask for («показать если
/// приоритеты»).
pub const LISTS: &[&str] = &[
    "дефициты",
    "приоритеты",
    "отложенные",
    "включенные",
    "неопределенные",
    "неизвестные",
    "нерассмотренные",
    "причины",
    "цели",
    "задачи",
    "мероприятия",
    "требования",
    "ресурсы",
    "риски",
    "неопределенные_риски",
    "зоны",
    "основания",
    "этапы",
    "заявленные_цели",
    "заявленные_задачи",
    "заявленные_результаты",
    "заявленные_показатели",
    "участники",
    "приоритеты_уровней",
    "муниципальные_приоритеты",
    "известные_результаты",
    "прошлые_результаты",
    "сравнимые_результаты",
    "ступени",
    "параллели",
    "контингент",
    "социальный_паспорт",
    "кадры",
    "непрофильные_предметы",
    "условия",
    "паспорт_школы",
    "школы_идентификации",
    "исключенные_школы",
    "признаки_методики",
    "предупреждения_методики",
    "неустойчивые_заключения",
    "замечания_к_данным",
    "школа_по_годам",
    "заключения_о_школах",
    "отнесенные_школы",
];

/// What lists hold, where their names alone do not tell a reader.
const IN_WORDS: &[(&str, &str)] = &[
    ("отложенные", "отложенные дефициты"),
    ("включенные", "дефициты, включённые решением команды"),
    ("неопределенные", "дефициты, о которых не хватает сведений"),
    ("неизвестные", "недостающие сведения"),
    ("нерассмотренные", "механизмы, о которых школа сведений не давала"),
    ("неопределенные_риски", "риски, о которых не хватает сведений"),
    ("основания", "нормативные основания"),
    ("этапы", "этапы программы"),
    ("участники", "участники программы"),
    ("известные_результаты", "результаты, о которых есть данные"),
    ("прошлые_результаты", "результаты прошлых лет"),
    ("сравнимые_результаты", "результаты, сопоставимые с муниципалитетом или регионом"),
    ("исключенные_школы", "исключённые школы"),
    ("отнесенные_школы", "отнесённые к категориям школы"),
];

/// A list as readers of documents call it: «недостающие сведения».
pub fn list_in_words(list: &Id) -> String {
    let known = IN_WORDS.iter().find(|(name, _)| *name == list.as_str());
    known.map_or_else(|| list.as_str().replace('_', " "), |(_, words)| (*words).to_owned())
}

/// What the names of lists of schools by category begin with.
const SCHOOLS_OF: &str = "школы_";
/// Between two categories in the name of a list: schools that belong to both.
const AND: &str = "_и_";

/// The categories whose schools a list names: `школы_шнро`; `школы_шнро_и_шнсу`, those of both.
pub fn categories_of_list(list: &Id, is_category: impl Fn(&Id) -> bool) -> Option<Vec<Id>> {
    let named = list.as_str().strip_prefix(SCHOOLS_OF)?;
    let one = Id::new(named);
    if is_category(&one) {
        return Some(vec![one]);
    }
    named.match_indices(AND).find_map(|(at, _)| {
        let (first, second) = (named.get(..at)?, named.get(at + AND.len()..)?);
        let both = [first, second].map(Id::new);
        both.iter().all(&is_category).then(|| both.to_vec())
    })
}

/// Every list of schools by category, alone and by two.
pub fn lists_of_schools(model: &Model) -> Vec<Id> {
    let categories = || model.categories.keys();
    let alone = categories().map(|one| format!("{SCHOOLS_OF}{one}"));
    let both = categories().flat_map(|one| {
        let others = categories().filter(move |other| *other != one);
        others.map(move |other| format!("{SCHOOLS_OF}{one}{AND}{other}"))
    });
    alone.chain(both).map(|name| Id::new(&name)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_in_words_is_a_list() {
        for (name, _) in IN_WORDS {
            assert!(LISTS.contains(name), "{name}");
        }
        assert_eq!(list_in_words(&Id::new("неизвестные")), "недостающие сведения");
        assert_eq!(list_in_words(&Id::new("приоритеты_уровней")), "приоритеты уровней");
    }

    #[test]
    fn a_list_names_one_category_or_two() {
        let known = ["слабая", "трудная", "слабая_и_бедная"].map(Id::new);
        let named = |list: &str| {
            let found = categories_of_list(&Id::new(list), |id| known.contains(id));
            found.map(|ids| ids.iter().map(Id::to_string).collect::<Vec<_>>().join(" "))
        };
        assert_eq!(named("школы_слабая").as_deref(), Some("слабая"));
        assert_eq!(named("школы_трудная_и_слабая").as_deref(), Some("трудная слабая"));
        // A category whose own name holds the conjunction.
        assert_eq!(named("школы_слабая_и_бедная").as_deref(), Some("слабая_и_бедная"));
        assert_eq!(
            named("школы_слабая_и_бедная_и_трудная").as_deref(),
            Some("слабая_и_бедная трудная")
        );
        for list in ["школы_", "школы_сильная", "школы_слабая_и_сильная", "слабая"]
        {
            assert_eq!(named(list), None, "{list}");
        }
    }
}
