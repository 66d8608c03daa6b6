//! The passport of a school, from the tables below `[institution]`.

use std::sync::LazyLock;

use crate::base::{Id, Number};
use crate::data::passport::{
    Measure, PASSPORT, Passport, PassportItem, PassportPart, PassportRow, STAGES, STUDENTS,
    TEACHERS,
};
use crate::data::{Placed, codes};
use crate::diag::Diagnostic;

use super::passport_sums;
use super::project::{PROJECT, report_repeated};
use super::quote::quote;
use super::toml_walk::{Key, Section, Walk, needed, optional};

const GRADES: &str = "grades";
const OFF_SUBJECT: &str = "off_subject";
const GRADE: &[Key] =
    &[needed("grade", "номер параллели"), optional("classes"), optional("students")];
const SUBJECT: &[Key] = &[needed("subject", "предмет"), optional("teachers")];
/// The last grade: evening schools have a twelfth.
const LAST_GRADE: i64 = 12;

/// The tables of the passport with their keys.
static TABLES: LazyLock<Vec<(PassportPart, Vec<Key>)>> = LazyLock::new(|| {
    let keys = |part: PassportPart| {
        let figures = PASSPORT.iter().filter(move |item| item.part == part);
        let list = match part {
            PassportPart::Contingent => Some(GRADES),
            PassportPart::Staff => Some(OFF_SUBJECT),
            _ => None,
        };
        figures.map(|item| item.key).chain(list).map(optional).collect()
    };
    PassportPart::TABLES.into_iter().map(|part| (part, keys(part))).collect()
});

/// Reads the figures, then holds them against each other.
pub(super) fn passport(institution: Section, walk: &mut Walk) -> Passport {
    let mut passport = Passport::default();
    let mut tables = vec![(PassportPart::General, institution)];
    for (part, keys) in TABLES.iter() {
        if let Some(section) = walk.table(institution, part.key(), keys, PROJECT) {
            tables.push((*part, section));
        }
    }
    let section_of = |part| tables.iter().find(|(of, _)| *of == part).map(|(_, section)| *section);
    for item in PASSPORT {
        let value = section_of(item.part).and_then(|section| figure(section, item, walk));
        passport.figures.push(row(item.name, item.title, item.measure, value));
    }
    if let Some(section) = section_of(PassportPart::Contingent) {
        passport.grades = grades(section, walk);
    }
    if let Some(section) = section_of(PassportPart::Staff) {
        passport.off_subject = off_subject(section, walk);
    }
    passport.stages = stages(&passport);
    name_wholes(&mut passport);
    passport_sums::check(&passport, walk);
    passport
}

fn row(id: &str, title: &str, measure: Measure, value: Option<Placed<Number>>) -> PassportRow {
    let id = Id::new(id);
    PassportRow { id, title: title.to_owned(), measure, value, classes: None, whole: None }
}

fn figure(section: Section, item: &PassportItem, walk: &mut Walk) -> Option<Placed<Number>> {
    let value = walk.figure(section, item.key, item.measure.is_whole())?;
    if item.measure == Measure::Shifts && !is_within(&value.value, 1, 3) {
        refuse(
            walk,
            &value,
            "смен бывает от одной до трёх",
            "укажите 1, 2 или 3, а не знаете — \"нет данных\"",
        );
        return None;
    }
    Some(value)
}

fn is_within(value: &Number, low: i64, high: i64) -> bool {
    (Number::from_int(low)..=Number::from_int(high)).contains(value)
}

fn refuse(walk: &mut Walk, at: &Placed<Number>, why: &str, hint: &str) {
    let message = format!("{} — {why}", quote(&at.value.to_string()));
    walk.push(Diagnostic::error(codes::BAD_FIGURE, at.place.clone(), message).with_hint(hint));
}

fn grades(section: Section, walk: &mut Walk) -> Vec<PassportRow> {
    let mut named = Vec::new();
    for entry in walk.tables(section, GRADES, GRADE, PROJECT) {
        let grade = walk.figure(entry, "grade", true);
        let classes = walk.figure(entry, "classes", true);
        let students = walk.figure(entry, "students", true);
        let Some(grade) = grade else { continue };
        if !is_within(&grade.value, 1, LAST_GRADE) {
            refuse(walk, &grade, "такой параллели нет", "укажите номер от 1 до 12");
            continue;
        }
        let number = grade.value.to_plain();
        let title = format!("{number} класс");
        let row = row(&number, &title, Measure::People, students);
        named.push((Placed { value: number, place: grade.place }, PassportRow { classes, ..row }));
    }
    report_repeated(walk, "параллель", named.iter().map(|(grade, _)| (grade, "")));
    named.into_iter().map(|(_, row)| row).collect()
}

fn off_subject(section: Section, walk: &mut Walk) -> Vec<PassportRow> {
    let mut named = Vec::new();
    for entry in walk.tables(section, OFF_SUBJECT, SUBJECT, PROJECT) {
        let subject = walk.text(entry, "subject");
        let teachers = walk.figure(entry, "teachers", true);
        named.extend(subject.map(|subject| (subject, teachers)));
    }
    report_repeated(walk, "предмет", named.iter().map(|(subject, _)| (subject, "")));
    let row_of = |(subject, teachers): (Placed<String>, Option<Placed<Number>>)| {
        row(&subject.value.replace(' ', "_"), &subject.value, Measure::People, teachers)
    };
    named.into_iter().map(row_of).collect()
}

/// The stages with their pupils and classes.
fn stages(passport: &Passport) -> Vec<PassportRow> {
    let stages = STAGES.iter().map(|stage| {
        let students = passport.figure(stage.students).cloned();
        let classes = passport.figure(stage.classes).cloned();
        let row = row(stage.students, stage.title, Measure::People, students);
        PassportRow { classes, ..row }
    });
    stages.collect()
}

/// Lays beside each part the figure of the whole.
fn name_wholes(passport: &mut Passport) {
    let of = |name: &str| passport.figure(name).map(|whole| whole.value.clone());
    let (students, teachers) = (of(STUDENTS), of(TEACHERS));
    let wholes: Vec<Option<Number>> =
        PASSPORT.iter().map(|item| item.within.and_then(of)).collect();
    for (row, whole) in passport.figures.iter_mut().zip(wholes) {
        row.whole = whole;
    }
    for row in passport.stages.iter_mut().chain(&mut passport.grades) {
        row.whole.clone_from(&students);
    }
    for row in &mut passport.off_subject {
        row.whole.clone_from(&teachers);
    }
}
