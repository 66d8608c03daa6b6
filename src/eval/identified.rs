//! What an identification says of the schools of a project: whose rows are meant, which labels
//! follow, and what stands behind them.

use std::collections::BTreeMap;

use super::facts::{Facts, Object};
use super::proof::{Proof, ProofKind};
use crate::base::{Id, Level, normalise, suggest};
use crate::calendar::{school_year_name, school_year_of};
use crate::data::identification::{
    Aspect, Identification, IdentifiedSchool, IdentifiedYear, PlainVerdict, plain_verdict,
};
use crate::data::passport::PASSPORT_SOURCE;
use crate::data::{Placed, Project, codes};
use crate::diag::{Diagnostic, Place};
use crate::model::Model;

/// An identification, of which only the schools of the project are kept.
#[derive(Debug)]
pub struct Identified {
    pub found: Identification,
    /// By the school's id in the data and the category of the pack.
    labels: Labels,
}

type Labels = BTreeMap<(String, Id), Label>;

/// What a verdict says of a category of the pack.
#[derive(Clone, Copy, Debug)]
struct Label {
    /// The school, into `Identification::schools`.
    at: usize,
    aspect: Aspect,
    is_given: bool,
}

/// Binds an identification to the project: its own schools alone, their verdicts as labels of the
/// last year. `None` where nothing in it is about the project.
pub(super) fn identified(
    model: &Model,
    project: &Project,
    mut found: Identification,
    facts: &mut Facts,
    out: &mut Vec<Diagnostic>,
) -> Option<Identified> {
    let file = project.identification.as_ref()?;
    keep_own(project, file, &mut found, out)?;
    name_methodology(model, &mut found);
    let mut binder = Binder { model, project, file, facts, out };
    binder.years(&found);
    let labels = binder.labels(&found);
    Some(Identified { found, labels })
}

// ------------------------------------------------------------ whose schools

/// Leaves the schools of the project; `None` where there are none, which is reported.
fn keep_own(
    project: &Project,
    file: &Placed<String>,
    found: &mut Identification,
    out: &mut Vec<Diagnostic>,
) -> Option<()> {
    let institution = &project.institution;
    let fault = match institution.level {
        Level::School => {
            let own = &institution.id.value;
            if found.schools.iter().any(|school| school.school_id == *own) {
                found.schools.retain(|school| school.school_id == *own);
                return Some(());
            }
            no_school(project, found)
        }
        Level::Municipality => {
            let is_one = found
                .schools
                .windows(2)
                .all(|pair| matches!(pair, [a, b] if same(&a.municipality, &b.municipality)));
            let own = &institution.municipality;
            // Who has one municipality in the file needs no name to tell it from others.
            if is_one && own.trim().is_empty() && !found.schools.is_empty() {
                return Some(());
            }
            if found.schools.iter().any(|school| same(&school.municipality, own)) {
                found.schools.retain(|school| same(&school.municipality, own));
                return Some(());
            }
            no_municipality(project, file, found)
        }
        Level::Region | Level::Federation | Level::Unstated if found.schools.is_empty() => {
            let message = "в результате идентификации нет ни одной школы";
            Diagnostic::error(codes::NOT_IDENTIFIED, file.place.clone(), message)
                .with_hint("проверьте, те ли данные получила команда pko identify")
        }
        Level::Region | Level::Federation | Level::Unstated => return Some(()),
    };
    out.push(match (&fault.place, &file.place) {
        (at, Place::Text(span)) if at != &file.place => {
            fault.with_label(*span, "результат идентификации назван здесь")
        }
        _ => fault,
    });
    None
}

fn same(one: &str, other: &str) -> bool {
    let plain = |text: &str| {
        let words = normalise(text).to_lowercase();
        words.split_whitespace().map(str::to_owned).collect::<Vec<_>>()
    };
    plain(one) == plain(other)
}

fn no_school(project: &Project, found: &Identification) -> Diagnostic {
    let institution = &project.institution;
    let own = &institution.id;
    let message = format!("в результате идентификации нет школы с кодом «{}»", own.value);
    let ids = || found.schools.iter().map(|school| school.school_id.as_str());
    let namesakes = found.schools.iter().filter(|school| {
        same(&school.name, &institution.name) || same(&school.name, &institution.short_name)
    });
    let mut near: Vec<&str> = namesakes.map(|school| school.school_id.as_str()).collect();
    while near.len() < SEVERAL
        && let Some(next) = suggest(&own.value, ids().filter(|id| !near.contains(id)))
    {
        near.push(next);
    }
    let hint = match near.is_empty() {
        false => format!("похожие коды: {}; исправьте ключ «id»", near.join(", ")),
        true => {
            let first: Vec<&str> = ids().take(SEVERAL).collect();
            let more = if found.schools.len() > SEVERAL { " …" } else { "" };
            format!("в ключе «id» нужен код из столбца school_id: {}{more}", first.join(", "))
        }
    };
    Diagnostic::error(codes::NOT_IDENTIFIED, own.place.clone(), message).with_hint(hint)
}

/// So many near or sample names are told.
const SEVERAL: usize = 5;

fn no_municipality(project: &Project, file: &Placed<String>, found: &Identification) -> Diagnostic {
    let own = project.institution.municipality.trim();
    let mut names: Vec<&str> =
        found.schools.iter().map(|school| school.municipality.trim()).collect();
    names.sort_unstable();
    names.dedup();
    names.retain(|name| !name.is_empty());
    let message = match own.is_empty() {
        true => "в проекте не назван муниципалитет, а в идентификации их несколько".to_owned(),
        false => format!("в результате идентификации нет школ муниципалитета «{own}»"),
    };
    let near = suggest(own, names.iter().copied());
    let hint = match (near, names.is_empty()) {
        (Some(near), _) => format!("возможно, это «{near}»: исправьте ключ «municipality»"),
        (None, true) => "в таблице для pko identify нужен столбец municipality".to_owned(),
        (None, false) => {
            let more = if names.len() > SEVERAL { " …" } else { "" };
            names.truncate(SEVERAL);
            format!("в ключе «municipality» нужно название из файла: {}{more}", names.join(", "))
        }
    };
    Diagnostic::error(codes::NOT_IDENTIFIED, file.place.clone(), message).with_hint(hint)
}

/// What the file does not say of its methodology, the pack may know.
fn name_methodology(model: &Model, found: &mut Identification) {
    let named = &mut found.methodology;
    let Some(declared) = model.methodologies.get(&Id::new(&named.id)) else { return };
    if named.title.is_empty() {
        named.title.clone_from(&declared.meta.title);
    }
    if named.source.is_empty()
        && let Some(cite) = &declared.meta.source
        && let Some(source) = model.sources.get(&cite.source)
    {
        let parts = [source.meta.title.as_str(), cite.place.as_str()].into_iter();
        let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
        named.source = parts.join(", ");
    }
}

// ------------------------------------------------------------ years and labels

struct Binder<'a> {
    model: &'a Model,
    project: &'a Project,
    file: &'a Placed<String>,
    facts: &'a mut Facts,
    out: &'a mut Vec<Diagnostic>,
}

impl Binder<'_> {
    fn years(&mut self, found: &Identification) {
        let last = found.last_year();
        let present = school_year_of(self.facts.as_of);
        let words = found.period_in_words();
        let place = self.file.place.clone();
        if last > present {
            let message = format!(
                "идентификация — за {words}, а на дату проекта идёт {} учебный год: её признаки не действуют",
                school_year_name(present)
            );
            self.out.push(
                Diagnostic::warning(codes::OTHER_YEARS, place, message)
                    .with_hint("проверьте дату проекта и тот ли это результат"),
            );
            return;
        }
        let rows = self.facts.figures.iter().filter(|(key, fact)| {
            key.year <= present && fact.source != PASSPORT_SOURCE && self.is_own(&key.object)
        });
        let latest = rows.map(|(key, _)| key.year).max();
        if let Some(latest) = latest.filter(|latest| *latest != last) {
            let message =
                format!("идентификация — за {words}, а последние данные проекта — за {latest} год");
            self.out.push(
                Diagnostic::note(codes::OTHER_YEARS, place, message)
                    .with_hint("так бывает; если есть результат за те же годы, назовите его файл"),
            );
        }
    }

    fn is_own(&self, object: &Object) -> bool {
        *object == self.facts.own || matches!(object, Object::School(_) if self.is_above())
    }

    fn is_above(&self) -> bool {
        self.project.institution.level != Level::School
    }

    /// Verdicts as labels of the last year.
    fn labels(&mut self, found: &Identification) -> Labels {
        let mut labels = Labels::new();
        let mut strange: Vec<&str> = Vec::new();
        for (at, school) in found.schools.iter().enumerate() {
            for aspect in Aspect::BOTH {
                let Some(verdict) = school.verdict(aspect) else { continue };
                match self.label(aspect, verdict) {
                    Some((category, is_given)) => {
                        let key = (school.school_id.clone(), category.clone());
                        labels.insert(key, Label { at, aspect, is_given });
                    }
                    None if plain_verdict(verdict).is_none() && !strange.contains(&verdict) => {
                        strange.push(verdict);
                    }
                    None => {}
                }
            }
        }
        self.report_strange(&strange);
        labels.retain(|(school, category), label| {
            label.is_given || self.is_uncontested(school, category, *label, found)
        });
        for (key, label) in &labels {
            let years = match label.is_given {
                true => self.facts.categories.entry(key.clone()),
                false => self.facts.not_categories.entry(key.clone()),
            };
            years.or_default().insert(found.last_year());
        }
        labels
    }

    /// The category that a verdict names, or that it denies; `None` where it does neither.
    fn label(&self, aspect: Aspect, verdict: &str) -> Option<(&Id, bool)> {
        if let Some(category) = category_of(self.model, verdict) {
            return Some((category, true));
        }
        let denies = plain_verdict(verdict) == Some(PlainVerdict::Neither);
        let denied = category_of(self.model, aspect.singled_out()).filter(|_| denies)?;
        Some((denied, false))
    }

    fn report_strange(&mut self, verdicts: &[&str]) {
        for verdict in verdicts {
            let message = format!("признака «{verdict}» в пакете нет: правила о нём не знают");
            self.out.push(
                Diagnostic::note(codes::UNKNOWN_VERDICT, self.file.place.clone(), message)
                    .with_hint(
                        "документы его назовут; чтобы знали и правила, в пакете нужна категория",
                    ),
            );
        }
    }

    /// What the project itself says of the year stands; that a calculation denies it is told.
    fn is_uncontested(
        &mut self,
        school: &str,
        category: &Id,
        label: Label,
        found: &Identification,
    ) -> bool {
        let institution = &self.project.institution;
        let is_own = !self.is_above() && institution.id.value == school;
        let year = found.last_year();
        let mut own = institution.categories.iter();
        let own = own.find(|(id, given)| Id::new(&id.value) == *category && *given == year);
        let Some((own, _)) = own.filter(|_| is_own) else { return true };
        let title = self.model.categories.get(category);
        let title = title.map_or(category.as_str(), |it| &it.meta.title);
        let verdict = found.schools.get(label.at).and_then(|school| school.verdict(label.aspect));
        let message = format!(
            "в проекте за {year} год стоит «{title}», а заключение идентификации — «{}»",
            verdict.unwrap_or_default()
        );
        let fault = Diagnostic::warning(codes::OTHER_LABEL, own.place.clone(), message);
        let fault = match self.file.place {
            Place::Text(span) => fault.with_label(span, "результат идентификации назван здесь"),
            _ => fault,
        };
        self.out.push(fault.with_hint(
            "действует запись проекта: так и оставьте, если признак присвоен решением; иначе уберите её",
        ));
        false
    }
}

/// The category whose short name, title or synonym the words are.
fn category_of<'m>(model: &'m Model, words: &str) -> Option<&'m Id> {
    let mut all = model.categories.iter();
    let found = all.find(|(_, category)| {
        let names = category.short.iter().chain([&category.meta.title]).chain(&category.synonyms);
        names.into_iter().any(|name| same(name, words))
    });
    found.map(|(id, _)| id)
}

// ------------------------------------------------------------ reasons

impl Identified {
    /// The school of a project of a school.
    pub fn own_school(&self, facts: &Facts) -> Option<&IdentifiedSchool> {
        let Object::School(own) = &facts.own else { return None };
        self.found.schools.iter().find(|school| school.school_id == *own)
    }

    /// Whether a school is of a category that its verdict names.
    pub fn is_labelled(&self, school: &IdentifiedSchool) -> bool {
        let first = (school.school_id.clone(), Id::new(""));
        let own = self.labels.range(first..).take_while(|((id, _), _)| *id == school.school_id);
        own.into_iter().any(|(_, label)| label.is_given)
    }

    /// What stands behind a label of the last year; nothing where it is not from here.
    pub(super) fn proofs_of_label(&self, school: &str, category: &Id, year: i32) -> Vec<Proof> {
        let label = self.labels.get(&(school.to_owned(), category.clone()));
        let label = label.filter(|_| year == self.found.last_year());
        let verdict = label.and_then(|label| {
            let school = self.found.schools.get(label.at)?;
            self.verdict(school, label.aspect)
        });
        verdict.into_iter().collect()
    }

    /// The verdicts of a school, each over the figures that it rests on.
    pub fn proofs(&self, school: &IdentifiedSchool) -> Vec<Proof> {
        Aspect::BOTH.into_iter().filter_map(|aspect| self.verdict(school, aspect)).collect()
    }

    fn verdict(&self, school: &IdentifiedSchool, aspect: Aspect) -> Option<Proof> {
        let verdict = school.verdict(aspect)?;
        let words = self.found.period_in_words();
        let text = format!("Заключение «{verdict}» ({}, {words})", aspect.russian());
        let mut proof = Proof::new(ProofKind::Value, text).about(&school.id);
        proof.at = Some(self.found.last_year().to_string());
        proof.source = Some(self.source());
        let years = school.years.iter().filter_map(|year| self.figure(year, aspect));
        Some(proof.with(years.chain(self.owner()).collect()))
    }

    /// The figures of a year.
    pub fn proofs_of_year(&self, year: &IdentifiedYear) -> Vec<Proof> {
        let figures = Aspect::BOTH.into_iter().filter_map(|aspect| self.figure(year, aspect));
        figures.chain(self.owner()).collect()
    }

    /// «Индекс (образовательные результаты): 0,413, место 152 из 156, полоса «низкие» (2020 год)».
    fn figure(&self, year: &IdentifiedYear, aspect: Aspect) -> Option<Proof> {
        let standing = year.standing(aspect);
        let mut parts: Vec<String> = standing.index_in_words().into_iter().collect();
        parts.extend(standing.place_in_words().map(|place| format!("место {place}")));
        parts.extend(standing.band.as_ref().map(|band| format!("полоса «{band}»")));
        parts.extend(standing.reason.clone());
        if parts.is_empty() {
            return None;
        }
        let what = aspect.russian();
        let text = format!("Индекс ({what}): {} ({})", parts.join(", "), year.in_words());
        let mut proof = Proof::new(ProofKind::Value, text).about(&year.id);
        proof.value = standing.index.as_ref().map(|index| index.to_plain());
        proof.at = Some(year.year.to_string());
        proof.source = Some(self.source());
        Some(proof)
    }

    /// Where the figures were published: by which methodology, in which file.
    pub fn source(&self) -> (String, String) {
        let file = self.found.file.rsplit(['/', '\\']).next().unwrap_or_default();
        let place = format!("{}; файл {file}", self.found.methodology.in_words());
        ("данные".to_owned(), place)
    }

    /// The source of the methodology, where it is known.
    fn owner(&self) -> Option<Proof> {
        let methodology = &self.found.methodology;
        let text =
            format!("Источник методики «{}»: {}", methodology.in_words(), methodology.source);
        let proof = Proof::new(ProofKind::Source, text).about(&Id::new(&methodology.id));
        (!methodology.source.is_empty()).then_some(proof)
    }
}
