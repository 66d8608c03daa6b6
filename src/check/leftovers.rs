//! What is adapted must not speak for its base: of years that are not its own, of bodies and places
//! that it replaced. The words of a leftover may be in any case, so that they are met by their stems.

use std::collections::{BTreeMap, BTreeSet};

use super::{CheckSpec, Pass};
use crate::base::{Id, Span, normalise};
use crate::calendar::{TermWhen, Window};
use crate::diag::Code;
use crate::model::{Adaptation, Model, ProgrammeKind, Roadmap, RoadmapActivity, Verb};

pub(super) const SPEC: CheckSpec = CheckSpec {
    code: Code(48),
    summary: "В приспособленной карте или программе осталось чужое",
    run,
};

/// Where a text of a plan stands, in a word for people, and the text.
type Placed<'a> = (String, &'a str);

/// What came from a base, as this check reads it.
struct Adapted<'a> {
    /// «в карте «р»»
    within: String,
    place: Span,
    adaptation: &'a Adaptation,
    /// First and last year; absent where they are not known.
    years: Option<(i32, i32)>,
    texts: Vec<Placed<'a>>,
    hint: &'static str,
}

fn run(pass: &mut Pass<'_>) {
    let model = pass.model;
    let plans = model.roadmaps.iter().filter_map(|(id, plan)| of_plan(id, plan));
    let programmes = model.programmes.iter().filter_map(|(id, kind)| of_programme(model, id, kind));
    for adapted in plans.chain(programmes) {
        for (year, places) in years(&adapted) {
            let lead = format!("{} остался {year} год, которого в ней нет", adapted.within);
            report(pass, &adapted, lead, &places);
        }
        for words in replaced(model, adapted.adaptation) {
            let places = met(&words, &adapted.texts);
            if !places.is_empty() {
                let lead = format!("{} осталось «{words}», хотя оно заменено", adapted.within);
                report(pass, &adapted, lead, &places);
            }
        }
    }
}

fn report(pass: &mut Pass<'_>, adapted: &Adapted<'_>, lead: String, places: &BTreeSet<String>) {
    let places: Vec<&str> = places.iter().map(String::as_str).collect();
    let message = format!("{lead}: {}", places.join(", "));
    let finding = pass.note(adapted.place, message).with_hint(adapted.hint);
    pass.report(finding);
}

fn of_plan<'a>(id: &Id, plan: &'a Roadmap) -> Option<Adapted<'a>> {
    Some(Adapted {
        within: format!("в карте «{id}»"),
        place: plan.meta.span,
        adaptation: plan.adaptation.as_ref()?,
        years: Some(plan.years),
        texts: texts(plan),
        hint: "добавьте «заменить текст «…» на «…»» или «изменить …», если это не нарочно",
    })
}

/// A programme speaks in its own words of any year; what it took over has to be of its time.
fn of_programme<'a>(model: &Model, id: &Id, kind: &'a ProgrammeKind) -> Option<Adapted<'a>> {
    let adaptation = kind.adaptation.as_ref()?;
    let inherited = adaptation.inherited.iter();
    Some(Adapted {
        within: format!("в программе «{id}»"),
        place: kind.meta.span,
        adaptation,
        years: years_of(model, kind),
        texts: inherited.map(|(part, text)| (part.to_string(), text.as_str())).collect(),
        hint: "добавьте «заменить текст «…» на «…»», «изменить …» или «исключить …», если это не нарочно",
    })
}

/// From the first stage to the last; without stages, those of the plan that it carries.
fn years_of(model: &Model, kind: &ProgrammeKind) -> Option<(i32, i32)> {
    let terms = kind.stages.iter().filter_map(|stage| stage.term.as_ref());
    let windows = terms.filter_map(|term| match &term.when {
        TermWhen::Windows(windows) => Some(windows),
        _ => None,
    });
    let years: Vec<i32> = windows.flatten().flat_map(years_of_window).collect();
    let of_stages = years.iter().min().zip(years.iter().max());
    let of_stages = of_stages.map(|(first, last)| (*first, *last));
    of_stages.or_else(|| {
        let plan = kind.roadmap.as_ref()?;
        Some(model.roadmaps.get(&plan.id)?.years)
    })
}

fn years_of_window(window: &Window) -> Vec<i32> {
    match window {
        Window::Days { from, to } => vec![i32::from(from.year()), i32::from(to.year())],
        Window::Months { from: (_, start), to: (_, end) } => {
            start.iter().chain(end).copied().collect()
        }
        _ => Vec::new(),
    }
}

// ------------------------------------------------------------ texts

fn texts(plan: &Roadmap) -> Vec<Placed<'_>> {
    let mut found: Vec<Placed<'_>> = Vec::new();
    let own = plan.introduction.iter().chain(plan.abbreviations.iter().map(|(_, full)| full));
    found.extend(own.map(|text| ("вступление".to_owned(), text.as_str())));
    for direction in &plan.directions {
        found.push((direction.id.to_string(), &direction.meta.title));
        direction.activities.iter().for_each(|activity| of_activity(activity, &mut found));
    }
    found
}

fn of_activity<'a>(activity: &'a RoadmapActivity, found: &mut Vec<Placed<'a>>) {
    let mut add = |text: &'a str| found.push((activity.id.to_string(), text));
    add(&activity.meta.title);
    activity.documents.iter().filter_map(|used| used.title.as_deref()).for_each(&mut add);
    for year in &activity.years {
        let terms = year.term.iter().chain(year.results.iter().filter_map(|r| r.term.as_ref()));
        terms.filter_map(|term| term.printed.as_deref()).for_each(&mut add);
        for result in &year.results {
            add(&result.text);
            let for_whom = result.norms.iter().filter_map(|norm| norm.for_whom.as_deref());
            for_whom.for_each(&mut add);
        }
    }
}

// ------------------------------------------------------------ years

/// Years in texts outside the own ones, with where they stand; what a verb put in is no leftover.
fn years(adapted: &Adapted<'_>) -> BTreeMap<i32, BTreeSet<String>> {
    let mut found: BTreeMap<i32, BTreeSet<String>> = BTreeMap::new();
    let Some((first, last)) = adapted.years else { return found };
    let put_in: BTreeSet<i32> =
        adapted.adaptation.steps.iter().flat_map(|step| put_in(&step.verb)).collect();
    for (place, text) in &adapted.texts {
        let foreign = years_in(text).filter(|year| !(first..=last).contains(year));
        for year in foreign.filter(|year| !put_in.contains(year)) {
            found.entry(year).or_default().insert(place.clone());
        }
    }
    found
}

fn put_in(verb: &Verb) -> Vec<i32> {
    match verb {
        Verb::ReplaceText { new, .. } => years_in(new).collect(),
        _ => Vec::new(),
    }
}

/// Numbers of four digits that can be a year of our time.
fn years_in(text: &str) -> impl Iterator<Item = i32> {
    text.split(|c: char| !c.is_ascii_digit())
        .filter(|digits| digits.len() == 4)
        .filter_map(|digits| digits.parse().ok())
        .filter(|year| (1900..2100).contains(year))
}

// ------------------------------------------------------------ what was replaced

/// The words that should not be met any more.
fn replaced(model: &Model, adaptation: &Adaptation) -> BTreeSet<String> {
    adaptation.steps.iter().flat_map(|step| leftovers_of(model, &step.verb)).collect()
}

fn leftovers_of(model: &Model, verb: &Verb) -> Vec<String> {
    match verb {
        Verb::ReplaceActor { old, .. } => names_of(model, &old.id).unwrap_or_default(),
        Verb::ReplaceText { old, new } => dropped_words(old, new),
        _ => Vec::new(),
    }
}

/// How a body or a role is called.
fn names_of(model: &Model, id: &Id) -> Option<Vec<String>> {
    if let Some(body) = model.bodies.get(id) {
        let own = [Some(&body.meta.title), body.short.as_ref()];
        return Some(own.into_iter().flatten().chain(&body.synonyms).cloned().collect());
    }
    let role = model.roles.get(id)?;
    let own = [Some(&role.meta.title), role.short.as_ref()];
    Some(own.into_iter().flatten().chain(&role.synonyms).cloned().collect())
}

/// Of a replaced text the words that its substitute has not: «Красноярского края» of «школ
/// Красноярского края», which became «школ посёлка».
fn dropped_words(old: &str, new: &str) -> Vec<String> {
    let kept: Vec<Stem> = words(new).map(Stem::of).collect();
    let mut runs: Vec<Vec<&str>> = vec![Vec::new()];
    for word in words(old) {
        match (kept.iter().any(|stem| stem.fits(word)), runs.last_mut()) {
            (false, Some(run)) => run.push(word),
            _ => runs.push(Vec::new()),
        }
    }
    let telling = runs.iter().filter(|run| run.iter().any(|word| is_telling(word)));
    telling.map(|run| run.join(" ")).collect()
}

/// A preposition says nothing by itself.
fn is_telling(word: &str) -> bool {
    word.chars().count() > 3
}

/// Where the words are met, one after the other, in any case.
fn met(phrase: &str, texts: &[Placed<'_>]) -> BTreeSet<String> {
    let stems: Vec<Stem> = words(phrase).map(Stem::of).collect();
    let holds = |text: &str| {
        let words: Vec<&str> = words(text).collect();
        !stems.is_empty()
            && words
                .windows(stems.len())
                .any(|window| stems.iter().zip(window).all(|(stem, word)| stem.fits(word)))
    };
    texts.iter().filter(|(_, text)| holds(text)).map(|(place, _)| place.clone()).collect()
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '-')).filter(|word| !word.is_empty())
}

/// What stays of a word in every case; short words and abbreviations stay whole.
struct Stem {
    text: String,
    ending: usize,
}

impl Stem {
    fn of(word: &str) -> Self {
        let letters = word.chars().count();
        let is_abbreviation = word.chars().skip(1).any(char::is_uppercase);
        let cut = match letters {
            _ if is_abbreviation => 0,
            0..=3 => 0,
            4 => 1,
            5 | 6 => 2,
            _ => 3,
        };
        let text: String = plain(word).chars().take(letters - cut).collect();
        Self { text, ending: if cut == 0 { 0 } else { cut + 1 } }
    }

    fn fits(&self, word: &str) -> bool {
        let word = plain(word);
        let rest = word.strip_prefix(&self.text);
        rest.is_some_and(|rest| rest.chars().count() <= self.ending)
    }
}

fn plain(word: &str) -> String {
    normalise(word).to_lowercase()
}

#[cfg(test)]
mod tests {
    use crate::check::testing::check_code;

    const BASE: &str = "\
орган региона цоко «Центр оценки качества»
  сокращённо «ЦОКО»
орган муниципалитета отдел «Отдел образования»
дорожная_карта п «П»
  уровень регион
  годы 2020..2021
  направление н «Н»
    мероприятие м «Работа со школами Красноярского края в 2020 году»
      ответственные цоко
      документ не назван
      в 2020
        результат «Обучены школы в Красноярском крае»
        результат «ЦОКО передал данные за 2019 год»
        результат «Выбраны школы Красноярского края»
        срок май
";

    #[test]
    fn years_bodies_and_words_of_the_base_are_told() {
        check_code(
            48,
            &format!(
                "{BASE}дорожная_карта р «Р»\n  на основе п\n  уровень муниципалитет\n  годы 2022..2023\n  \
                 сдвинуть на 2 года\n  заменить орган цоко на отдел\n  \
                 заменить текст «школы Красноярского края» на «школы посёлка»\n"
            ),
            "ПКО-048 16:16 в карте «р» остался 2019 год, которого в ней нет: м\n\
             ПКО-048 16:16 в карте «р» остался 2020 год, которого в ней нет: м\n\
             ПКО-048 16:16 в карте «р» осталось «Красноярского края», хотя оно заменено: м\n\
             ПКО-048 16:16 в карте «р» осталось «ЦОКО», хотя оно заменено: м\n",
        );
    }

    #[test]
    fn a_clean_plan_is_quiet() {
        check_code(
            48,
            &format!(
                "{BASE}дорожная_карта р «Р»\n  на основе п\n  уровень муниципалитет\n  годы 2022..2023\n  \
                 сдвинуть на 2 года\n  заменить орган цоко на отдел\n  изменить м «Работа со школами посёлка»\n    \
                 в 2022\n      результат «Обучены школы»\n      срок май\n"
            ),
            "",
        );
    }
}
