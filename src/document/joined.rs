//! One text of several that differ only in the words of a template's values: «входную диагностику
//! по математике» and «… по русскому языку» give «… по математике и русскому языку».

use crate::model::Element;
use crate::russian::{self, Case};

/// The words of a value in every case that is known.
#[derive(Clone, Debug)]
pub(super) struct Words(Vec<(Case, String)>);

impl Words {
    pub fn of(element: &Element) -> Self {
        let oblique = Case::ALL.into_iter().filter(|case| *case != Case::Nominative);
        let known = oblique.filter_map(|case| Some((case, element.in_case(case)?)));
        Self(std::iter::once((Case::Nominative, element.title.clone())).chain(known).collect())
    }

    /// The value as its list calls it.
    pub fn title(&self) -> &str {
        self.in_case(Case::Nominative).unwrap_or_default()
    }

    /// Whether a text names the value, in whatever case.
    pub fn are_in(&self, text: &str) -> bool {
        self.0.iter().any(|(_, form)| text.contains(form.as_str()))
    }

    fn in_case(&self, case: Case) -> Option<&str> {
        self.0.iter().find(|(known, _)| *known == case).map(|(_, form)| form.as_str())
    }
}

/// The one text, the words of the values listed in its place; `None` where the texts differ in
/// anything else. `values` stand in the order of `texts`.
pub(super) fn joined(texts: &[&str], values: &[&Words]) -> Option<String> {
    let mut rests = texts.to_vec();
    let mut told = String::new();
    while rests.iter().any(|rest| !rest.is_empty()) {
        if let Some((forms, tails)) = at_values(&told, &rests, values) {
            told.push_str(&russian::list(&forms, "и"));
            rests = tails;
            continue;
        }
        let next = rests.first()?.chars().next()?;
        rests = rests.iter().map(|rest| rest.strip_prefix(next)).collect::<Option<_>>()?;
        told.push(next);
    }
    Some(told)
}

/// The words of the values where every text has its own next, all in one case; and what follows.
fn at_values<'t>(
    told: &str,
    rests: &[&'t str],
    values: &[&Words],
) -> Option<(Vec<String>, Vec<&'t str>)> {
    if rests.len() < 2 || told.ends_with(char::is_alphanumeric) {
        return None;
    }
    let mut cases = Case::ALL.into_iter().filter(|case| *case != Case::Nominative);
    let nominative = forms(values, Case::Nominative);
    let oblique = cases.find_map(|case| {
        let forms = forms(values, case).filter(|forms| Some(forms) != nominative.as_ref())?;
        Some((tails(rests, &forms)?, forms))
    });
    let (tails, forms) = oblique.or_else(|| {
        let forms = nominative.filter(|_| stands_apart(told))?;
        Some((tails(rests, &forms)?, forms))
    })?;
    Some((forms, tails))
}

fn forms(values: &[&Words], case: Case) -> Option<Vec<String>> {
    values.iter().map(|words| words.in_case(case).map(str::to_owned)).collect()
}

/// What stands behind the words, where each text begins with its own.
fn tails<'t>(rests: &[&'t str], forms: &[String]) -> Option<Vec<&'t str>> {
    let tail = |(rest, form): (&&'t str, &String)| {
        let tail = rest.strip_prefix(form.as_str())?;
        (!tail.starts_with(char::is_alphanumeric)).then_some(tail)
    };
    rests.iter().zip(forms).map(tail).collect()
}

/// Whether words in the nominative may be listed here: in a sentence they may be its subject, and
/// its verb would have to agree with all of them.
fn stands_apart(told: &str) -> bool {
    let before = told.trim_end();
    before.is_empty() || before.ends_with([':', '(', '—', '«'])
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn words(title: &str, forms: &[(Case, &str)]) -> Words {
        let given = forms.iter().map(|(case, form)| (case.word().to_owned(), (*form).to_owned()));
        let forms: BTreeMap<String, String> = given.collect();
        Words::of(&Element { title: title.to_owned(), forms })
    }

    fn subjects() -> [Words; 3] {
        let forms = |genitive, dative, accusative| {
            [(Case::Genitive, genitive), (Case::Dative, dative), (Case::Accusative, accusative)]
        };
        [
            words("математика", &forms("математики", "математике", "математику")),
            words("русский язык", &forms("русского языка", "русскому языку", "русский язык")),
            words("физика", &forms("физики", "физике", "физику")),
        ]
    }

    fn join(texts: &[&str]) -> Option<String> {
        let subjects = subjects();
        joined(texts, &subjects.iter().take(texts.len()).collect::<Vec<_>>())
    }

    #[test]
    fn the_case_of_the_place_is_kept() {
        let two = join(&[
            "Справка по математике для учителей математики",
            "Справка по русскому языку для учителей русского языка",
        ]);
        let told =
            "Справка по математике и русскому языку для учителей математики и русского языка";
        assert_eq!(two.as_deref(), Some(told));
        assert_eq!(
            join(&["рискуют не освоить математику", "рискуют не освоить русский язык"]).as_deref(),
            Some("рискуют не освоить математику и русский язык")
        );
        let three = join(&["ОГЭ по математике.", "ОГЭ по русскому языку.", "ОГЭ по физике."]);
        assert_eq!(three.as_deref(), Some("ОГЭ по математике, русскому языку и физике."));
    }

    #[test]
    fn other_differences_part_the_texts() {
        assert_eq!(join(&["Урок математики, 9 класс", "Урок русского языка, 8 класс"]), None);
        assert_eq!(join(&["Урок по математике", "Урок русского языка"]), None);
        assert_eq!(join(&["Урок математики", "Урок физики"]), None);
    }

    #[test]
    fn a_subject_is_left_alone_for_its_verb() {
        assert_eq!(join(&["Там математика сложна", "Там русский язык сложна"]), None);
        let apart = join(&["Задания: математика", "Задания: русский язык"]);
        assert_eq!(apart.as_deref(), Some("Задания: математика и русский язык"));
    }
}
