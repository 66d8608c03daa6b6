//! Whether the figures of a passport can all be true at once.

use crate::base::Number;
use crate::data::passport::{
    CATEGORIES, EXPERIENCE, Measure, PASSPORT, POSTS, Passport, PassportRow, STAGES, STUDENTS,
    Stage, TEACHERS,
};
use crate::data::{Placed, codes};
use crate::diag::{Diagnostic, Place};

use super::quote::quote;
use super::toml_walk::Walk;

/// More pupils in a class than a room holds.
const FULL_CLASS: i64 = 35;

type Figure = Placed<Number>;

/// Reports every contradiction.
pub(super) fn check(passport: &Passport, walk: &mut Walk) {
    let mut sums = Sums { passport, walk };
    sums.parts();
    sums.stages();
    sums.grades();
    sums.staff();
    sums.implausible();
}

struct Sums<'p, 'w, 'o> {
    passport: &'p Passport,
    walk: &'w mut Walk<'o>,
}

impl<'p> Sums<'p, '_, '_> {
    fn figure(&self, name: &str) -> Option<&'p Figure> {
        self.passport.figure(name)
    }

    /// No part is more than its whole.
    fn parts(&mut self) {
        let parts = PASSPORT.iter().zip(&self.passport.figures);
        for (item, row) in parts {
            let whole = item.within.and_then(|name| Some((name, self.figure(name)?)));
            self.part_of(row, whole);
        }
        let off_subject = self.figure("непрофильных").map(|whole| ("непрофильных", whole));
        let teachers = self.figure(TEACHERS).map(|whole| (TEACHERS, whole));
        for row in &self.passport.off_subject {
            self.part_of(row, off_subject.or(teachers));
        }
    }

    fn part_of(&mut self, row: &PassportRow, whole: Option<(&str, &Figure)>) {
        let (Some(part), Some((name, whole))) = (&row.value, whole) else { return };
        if part.value > whole.value {
            let message = format!(
                "{}: {} — больше, чем {} ({})",
                quote(&row.title),
                row.measure.print(&part.value),
                quote(&title(name)),
                row.measure.print(&whole.value)
            );
            let finding = Diagnostic::error(codes::PART_ABOVE_WHOLE, part.place.clone(), message)
                .with_hint("поправьте одно из двух чисел или напишите \"нет данных\"");
            self.push(finding, whole, "целое — здесь");
        }
    }

    /// The three stages are the whole school.
    fn stages(&mut self) {
        let parts: Vec<Option<&Figure>> =
            STAGES.iter().map(|stage| self.figure(stage.students)).collect();
        if let Some(whole) = self.figure(STUDENTS) {
            self.sum(&parts, whole, "обучающиеся по уровням образования", "всего обучающихся");
        }
    }

    /// The grades are their stages, and the school.
    fn grades(&mut self) {
        for stage in &STAGES {
            self.stage(stage, stage.students, |row| row.value.as_ref(), "обучающиеся");
            self.stage(stage, stage.classes, |row| row.classes.as_ref(), "классы");
        }
        let parts: Vec<Option<&Figure>> =
            self.passport.grades.iter().map(|row| row.value.as_ref()).collect();
        let are_all = STAGES.iter().all(|stage| self.figure(stage.students).is_none());
        if let (Some(whole), true) = (self.figure(STUDENTS), are_all)
            && !parts.is_empty()
        {
            self.sum(&parts, whole, "обучающиеся по классам", "всего обучающихся");
        }
    }

    fn stage(
        &mut self,
        stage: &Stage,
        name: &str,
        counted: fn(&PassportRow) -> Option<&Figure>,
        what: &str,
    ) {
        let passport = self.passport;
        let grades =
            passport.grades.iter().filter(|row| stage_of(row).is_some_and(|s| s == stage.grades));
        let parts: Vec<Option<&Figure>> = grades.map(counted).collect();
        if let Some(whole) = self.figure(name)
            && !parts.is_empty()
        {
            let of_grades = format!("{what} по параллелям");
            self.sum(&parts, whole, &of_grades, &title(name));
        }
    }

    fn staff(&mut self) {
        let all = |names: &[&str]| -> Vec<Option<&'p Figure>> {
            names.iter().map(|name| self.passport.figure(name)).collect()
        };
        let (experience, categories) = (all(&EXPERIENCE), all(&CATEGORIES));
        let Some(teachers) = self.figure(TEACHERS) else { return };
        self.sum(&experience, teachers, "педагоги по стажу", "всего педагогов");
        self.at_most(&categories, teachers, "педагоги по категориям", "всего педагогов");
    }

    /// Parts that are all known are the whole; those that are known are never more than it.
    fn sum(&mut self, parts: &[Option<&Figure>], whole: &Figure, what: &str, of: &str) {
        if parts.iter().any(Option::is_none) {
            self.at_most(parts, whole, what, of);
            return;
        }
        let total = total(parts);
        if total != whole.value {
            self.unequal(&total, whole, what, of, "должно сойтись");
        }
    }

    fn at_most(&mut self, parts: &[Option<&Figure>], whole: &Figure, what: &str, of: &str) {
        let total = total(parts);
        if total > whole.value {
            self.unequal(&total, whole, what, of, "должно быть не больше");
        }
    }

    fn unequal(&mut self, total: &Number, whole: &Figure, what: &str, of: &str, wanted: &str) {
        let message =
            format!("{what}: вместе {total}, а {}: {} — {wanted}", quote(of), whole.value);
        self.walk
            .push(Diagnostic::error(codes::UNEQUAL_SUM, whole.place.clone(), message).with_hint(
                "поправьте слагаемые или итог; чего не знаете, напишите \"нет данных\"",
            ));
    }

    /// What may be true and mostly is a slip.
    fn implausible(&mut self) {
        let two = Number::from_int(2);
        if let Some(load) = self.figure("нагрузка").filter(|load| load.value > two) {
            self.warn(
                load,
                "больше двух ставок на учителя",
                "укажите среднюю нагрузку в ставках: 1,3",
            );
        }
        if let (Some(shifts), Some(later)) = (self.figure("смен"), self.figure("во_вторую_смену"))
            && shifts.value == Number::one()
            && !later.value.is_zero()
        {
            self.warn(later, "смена одна, а во вторую кто-то учится", "проверьте ключ «shifts»");
        }
        if let (Some(posts), Some(free)) = (self.figure(POSTS), self.figure("вакансий"))
            && free.value > posts.value.half()
            && free.value <= posts.value
        {
            self.warn(
                free,
                "вакантна больше чем половина ставок",
                "проверьте ключи «posts» и «vacancies»",
            );
        }
        self.crowded();
    }

    fn crowded(&mut self) {
        for row in self.passport.grades.iter().chain(&self.passport.stages) {
            let (Some(pupils), Some(classes)) = (&row.value, &row.classes) else { continue };
            let without_class = classes.value.is_zero() && !pupils.value.is_zero();
            let most = &classes.value * &Number::from_int(FULL_CLASS);
            if without_class || pupils.value > most {
                let message = format!(
                    "{}: {}, {} — так не бывает",
                    quote(&row.title),
                    Measure::Classes.print(&classes.value),
                    Measure::People.print(&pupils.value)
                );
                let finding =
                    Diagnostic::warning(codes::IMPLAUSIBLE, pupils.place.clone(), message)
                        .with_hint("проверьте число классов и число обучающихся");
                self.walk.push(finding);
            }
        }
    }

    fn warn(&mut self, at: &Figure, why: &str, hint: &str) {
        let message = format!("{} — {why}", at.value);
        self.walk.push(
            Diagnostic::warning(codes::IMPLAUSIBLE, at.place.clone(), message).with_hint(hint),
        );
    }

    fn push(&mut self, finding: Diagnostic, other: &Figure, words: &str) {
        let finding = match other.place {
            Place::Text(span) => finding.with_label(span, words),
            _ => finding,
        };
        self.walk.push(finding);
    }
}

fn title(name: &str) -> String {
    let item = PASSPORT.iter().find(|item| item.name == name);
    item.map_or_else(|| name.to_owned(), |item| item.title.to_owned())
}

/// The grades of the stage to which a row of a grade belongs.
fn stage_of(row: &PassportRow) -> Option<(u64, u64)> {
    let grade: u64 = row.id.as_str().parse().ok()?;
    STAGES.iter().find(|stage| stage.has(grade)).map(|stage| stage.grades)
}

/// Of those that are known.
fn total(parts: &[Option<&Figure>]) -> Number {
    parts.iter().flatten().fold(Number::zero(), |sum, part| &sum + &part.value)
}
