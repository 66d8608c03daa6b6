//! No word of another kind of institution stands in what is printed for one: a kindergarten has no
//! exams. Every text is looked at that a document for the kind can print.

use std::collections::BTreeSet;

use super::sites::{self, Part};
use super::{CheckSpec, Pass};
use crate::base::{Id, Span};
use crate::diag::Code;
use crate::model::{Meta, Model, Ref, Vocabulary};

pub(super) const SPEC: CheckSpec =
    CheckSpec { code: Code(79), summary: "В тексте чужое слово", run };

fn run(pass: &mut Pass<'_>) {
    let model = pass.model;
    for vocabulary in model.vocabularies.values() {
        let mut told = BTreeSet::new();
        for kind in &vocabulary.meta.institutions {
            for said in Printable::of(model, &kind.id).texts() {
                if told.insert((said.span, said.text.clone())) {
                    report(pass, vocabulary, &kind.id, &said);
                }
            }
        }
    }
}

/// A text with its place, and whether a source has worded it.
struct Said {
    text: String,
    span: Span,
    is_of_source: bool,
}

fn report(pass: &mut Pass<'_>, vocabulary: &Vocabulary, kind: &Id, said: &Said) {
    let Some(word) = foreign_word(&said.text, &vocabulary.stems) else { return };
    let title = pass.model.institution_kinds.get(kind).map_or("", |it| it.meta.title.as_str());
    let message = format!("слово «{word}» в тексте для организации вида «{title}»");
    let finding = match said.is_of_source {
        true => pass.note(said.span, message).with_hint("слова источника: проверьте, уместны ли"),
        false => pass
            .error(said.span, message)
            .with_label(vocabulary.meta.span, "слово названо здесь")
            .with_hint("скажите иначе или ограничьте элемент строкой «для …»"),
    };
    pass.report(finding);
}

/// The first word of a text that begins with one of the stems; names in braces are no words.
fn foreign_word(text: &str, stems: &[String]) -> Option<String> {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        plain.push_str(before);
        plain.push(' ');
        rest = after.split_once("}}").map_or("", |(_, behind)| behind);
    }
    plain.push_str(rest);
    let words = plain.split(|letter: char| !letter.is_alphanumeric());
    let is_foreign = |word: &&str| {
        let small = word.to_lowercase();
        stems.iter().any(|stem| small.starts_with(stem.as_str()))
    };
    words.into_iter().find(is_foreign).map(str::to_owned)
}

/// What a document for a kind of institution can speak of: what is for it, as far as a deficit or a
/// requirement for it leads there.
struct Printable<'a> {
    model: &'a Model,
    kind: &'a Id,
    deficits: BTreeSet<&'a Id>,
    causes: BTreeSet<&'a Id>,
    tasks: BTreeSet<&'a Id>,
    requirements: BTreeSet<&'a Id>,
    activities: BTreeSet<&'a Id>,
}

impl<'a> Printable<'a> {
    fn of(model: &'a Model, kind: &'a Id) -> Self {
        let is_here = |meta: &Meta| meta.is_for(Some(kind));
        let deficits: BTreeSet<&Id> = model
            .deficits
            .iter()
            .filter(|(_, it)| model.is_for(it, Some(kind)))
            .map(|(id, _)| id)
            .collect();
        let declared = || deficits.iter().filter_map(|id| model.deficits.get(*id));
        let causes = declared().flat_map(|it| &it.causes).map(|cause| &cause.id).collect();
        let tasks: BTreeSet<&Id> = model
            .tasks
            .iter()
            .filter(|(_, task)| {
                let answers = |id: &&Id| {
                    model.deficits.get(*id).is_some_and(|deficit| task.answers(id, deficit))
                };
                is_here(&task.meta) && deficits.iter().any(answers)
            })
            .map(|(id, _)| id)
            .collect();
        let requirements: BTreeSet<&Id> = model
            .requirements
            .iter()
            .filter(|(_, it)| is_here(&it.meta))
            .map(|(id, _)| id)
            .collect();
        let serves =
            |named: &[Ref], all: &BTreeSet<&Id>| named.iter().any(|it| all.contains(&it.id));
        let activities = model
            .activities
            .iter()
            .filter(|(_, it)| {
                is_here(&it.meta)
                    && (serves(&it.tasks, &tasks) || serves(&it.requirements, &requirements))
            })
            .map(|(id, _)| id)
            .collect();
        Self { model, kind, deficits, causes, tasks, requirements, activities }
    }

    fn texts(&self) -> Vec<Said> {
        let mut all = Vec::new();
        self.chain(&mut all);
        self.activities(&mut all);
        self.support(&mut all);
        self.programmes(&mut all);
        all
    }

    fn chain(&self, all: &mut Vec<Said>) {
        let model = self.model;
        for deficit in self.deficits.iter().filter_map(|id| model.deficits.get(*id)) {
            all.push(title(&deficit.meta));
            all.extend(deficit.texts.iter().map(|text| own(&text.source, text.span)));
        }
        let causes = self.causes.iter().filter_map(|id| model.causes.get(*id));
        all.extend(causes.map(|cause| title(&cause.meta)));
        let asks = |causes: &[Ref]| causes.iter().any(|cause| self.causes.contains(&cause.id));
        for question in model.questions.values() {
            if asks(&question.yes_confirms) || asks(&question.no_confirms) {
                all.push(title(&question.meta));
                all.push(words(&question.note, &question.meta));
            }
        }
        for task in self.tasks.iter().filter_map(|id| model.tasks.get(*id)) {
            all.push(title(&task.meta));
            let goal = task.goal.as_ref().and_then(|goal| model.goals.get(&goal.id));
            all.extend(goal.map(|goal| title(&goal.meta)));
        }
        let requirements = self.requirements.iter().filter_map(|id| model.requirements.get(*id));
        all.extend(requirements.map(|requirement| title(&requirement.meta)));
    }

    fn activities(&self, all: &mut Vec<Said>) {
        for activity in self.activities.iter().filter_map(|id| self.model.activities.get(*id)) {
            let meta = &activity.meta;
            all.push(title(meta));
            let documents =
                activity.documents.iter().filter_map(|document| document.title.as_ref());
            let lines = activity.results.iter().chain(&activity.actions).chain(documents);
            all.extend(lines.chain(&activity.first_step).map(|text| words(text, meta)));
        }
    }

    fn support(&self, all: &mut Vec<Said>) {
        let serves = |named: &[Ref]| named.iter().any(|it| self.activities.contains(&it.id));
        for resource in self.model.resources.values() {
            if self.is_here(&resource.meta) && serves(&resource.activities) {
                all.push(title(&resource.meta));
            }
        }
        for risk in self.model.risks.values() {
            let concerns_all = risk.activities.is_empty() && risk.deficits.is_empty();
            let endangers = risk.deficits.iter().any(|it| self.deficits.contains(&it.id));
            let is_met = concerns_all || endangers || serves(&risk.activities);
            if self.is_here(&risk.meta) && is_met {
                all.push(title(&risk.meta));
                all.extend(risk.measures.iter().map(|text| words(text, &risk.meta)));
            }
        }
    }

    /// Only documents that say for whom they are: others are read by every kind.
    fn programmes(&self, all: &mut Vec<Said>) {
        let named = |meta: &Meta| !meta.institutions.is_empty() && self.is_here(meta);
        for programme in self.model.programmes.values().filter(|it| named(&it.meta)) {
            for part in sites::parts(programme) {
                match part.what {
                    Part::Text(text) => all.push(own(&text.source, text.span)),
                    Part::Section(section) => all.push(own(&section.meta.title, section.span)),
                    Part::Table(_) | Part::Chart(_) | Part::Each(..) => {}
                }
            }
        }
    }

    fn is_here(&self, meta: &Meta) -> bool {
        meta.is_for(Some(self.kind))
    }
}

/// A title; that of a declaration from a source is the source's.
fn title(meta: &Meta) -> Said {
    Said { text: meta.title.clone(), span: meta.span, is_of_source: meta.source.is_some() }
}

fn words(text: &str, meta: &Meta) -> Said {
    Said { text: text.to_owned(), span: meta.span, is_of_source: meta.source.is_some() }
}

fn own(text: &str, span: Span) -> Said {
    Said { text: text.to_owned(), span, is_of_source: false }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::check_code;

    const HEAD: &str = "\
вид_организации сад «Детский сад»
вид_организации школа_вид «Школа»
словарь экзамены «Слова об экзаменах»
  для сад
  основы «экзамен», «ОГЭ»
показатель школы а «А»
  вид да/нет
";

    #[track_caller]
    fn finds(rules: &str, expected: &str) {
        check_code(79, &format!("{HEAD}{rules}"), expected);
    }

    #[test]
    fn words_for_others_are_nobodys_business() {
        finds("дефицит школы д «Плохой экзамен»\n  если не а\n  для школа_вид\n", "");
    }

    #[test]
    fn a_word_is_told_by_its_beginning() {
        finds(
            "дефицит школы д «Плохо сдают экзамены»\n  если не а\n\
             дефицит школы б «Предэкзаменационный {{огэ}}»\n  если не а\n",
            "ПКО-079 8:15 слово «экзамены» в тексте для организации вида «Детский сад»\n",
        );
    }
}
