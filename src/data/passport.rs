//! The passport of a school in figures: who learns, who teaches, with what. Sums over the whole
//! school alone: no person can be told from them.

use std::fmt;

use crate::base::{Id, Number};
use crate::russian::{self, Forms};

use super::Placed;

/// A table of the project file, and the list of a document that shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PassportPart {
    /// Stands in `[institution]` itself.
    General,
    Contingent,
    Social,
    Staff,
    Conditions,
}

impl PassportPart {
    pub const TABLES: [Self; 4] = [Self::Contingent, Self::Social, Self::Staff, Self::Conditions];

    /// The key of the table in the project file.
    pub fn key(self) -> &'static str {
        match self {
            Self::General => "institution",
            Self::Contingent => "contingent",
            Self::Social => "social",
            Self::Staff => "staff",
            Self::Conditions => "conditions",
        }
    }
}

/// What a figure counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    People,
    Classes,
    /// Posts of a staff list, in quarters and less.
    Posts,
    Shifts,
    Rooms,
    Copies,
    Megabits,
    /// So many for one pupil.
    Each,
}

impl Measure {
    pub fn is_whole(self) -> bool {
        !matches!(self, Self::Posts | Self::Megabits | Self::Each)
    }

    /// A figure for people.
    pub fn print(self, value: &Number) -> String {
        let forms = match self {
            Self::People => Forms::new("человек", "человека", "человек"),
            Self::Classes => Forms::new("класс", "класса", "классов"),
            Self::Posts => Forms::new("ставка", "ставки", "ставок"),
            Self::Shifts => Forms::new("смена", "смены", "смен"),
            Self::Copies => Forms::new("экземпляр", "экземпляра", "экземпляров"),
            Self::Megabits => return format!("{}{}Мбит/с", plain(value), russian::NBSP),
            Self::Rooms | Self::Each => return plain(value),
        };
        russian::count_to(value, russian::PLACES, &forms)
    }
}

fn plain(value: &Number) -> String {
    russian::number(value, russian::PLACES)
}

/// A figure that a passport may have.
#[derive(Debug)]
pub struct PassportItem {
    pub part: PassportPart,
    /// The key in the project file.
    pub key: &'static str,
    /// The name in texts (`школа.⟨name⟩`) and behind `из паспорта`.
    pub name: &'static str,
    pub title: &'static str,
    pub measure: Measure,
    /// The name of the figure of which it is a part.
    pub within: Option<&'static str>,
}

const fn item(
    part: PassportPart,
    key: &'static str,
    name: &'static str,
    title: &'static str,
    measure: Measure,
) -> PassportItem {
    PassportItem { part, key, name, title, measure, within: None }
}

/// Some of the pupils.
const fn pupils(
    part: PassportPart,
    key: &'static str,
    name: &'static str,
    title: &'static str,
) -> PassportItem {
    PassportItem { within: Some(STUDENTS), ..item(part, key, name, title, Measure::People) }
}

/// Some of the teachers.
const fn teachers(key: &'static str, name: &'static str, title: &'static str) -> PassportItem {
    let whole = item(PassportPart::Staff, key, name, title, Measure::People);
    PassportItem { within: Some(TEACHERS), ..whole }
}

/// Where the figures of a passport come from, in words.
pub const PASSPORT_SOURCE: &str = "паспорт школы";
pub const STUDENTS: &str = "обучающихся";
pub const TEACHERS: &str = "педагогов";
pub const POSTS: &str = "ставок";
/// The stages of schooling: the first and the last grade, pupils, classes.
pub const STAGES: [Stage; 3] = [
    Stage {
        grades: (1, 4),
        title: "Начальное общее образование",
        students: "обучающихся_начальное",
        classes: "классов_начальное",
    },
    Stage {
        grades: (5, 9),
        title: "Основное общее образование",
        students: "обучающихся_основное",
        classes: "классов_основное",
    },
    Stage {
        grades: (10, 12),
        title: "Среднее общее образование",
        students: "обучающихся_среднее",
        classes: "классов_среднее",
    },
];
/// Teachers by years of work; together they are all teachers.
pub const EXPERIENCE: [&str; 4] = ["стаж_до_3", "стаж_3_10", "стаж_10_20", "стаж_от_20"];
/// Teachers by category; some may have none.
pub const CATEGORIES: [&str; 3] = ["высшая_категория", "первая_категория", "соответствие"];

/// A stage of schooling.
#[derive(Debug)]
pub struct Stage {
    pub grades: (u64, u64),
    pub title: &'static str,
    pub students: &'static str,
    pub classes: &'static str,
}

impl Stage {
    pub fn has(&self, grade: u64) -> bool {
        (self.grades.0..=self.grades.1).contains(&grade)
    }
}

/// Every figure, in the order of the project file and of the documents.
pub const PASSPORT: &[PassportItem] = &{
    use Measure::{Classes, Copies, Each, Megabits, People, Posts, Rooms, Shifts};
    use PassportPart::{Conditions, Contingent, General, Social, Staff};
    [
        item(General, "students", STUDENTS, "Обучающиеся", People),
        pupils(Contingent, "primary_students", "обучающихся_начальное", "Обучающиеся 1–4 классов"),
        item(Contingent, "primary_classes", "классов_начальное", "Классы: 1–4", Classes),
        pupils(Contingent, "basic_students", "обучающихся_основное", "Обучающиеся 5–9 классов"),
        item(Contingent, "basic_classes", "классов_основное", "Классы: 5–9", Classes),
        pupils(
            Contingent,
            "secondary_students",
            "обучающихся_среднее",
            "Обучающиеся 10–11 (12) классов",
        ),
        item(Contingent, "secondary_classes", "классов_среднее", "Классы: 10–11 (12)", Classes),
        item(Contingent, "shifts", "смен", "Смен в школе", Shifts),
        pupils(Contingent, "second_shift", "во_вторую_смену", "Учатся во вторую или третью смену"),
        pupils(Contingent, "bused", "на_подвозе", "Пользуются подвозом"),
        pupils(
            Contingent,
            "special_needs",
            "с_овз",
            "С ограниченными возможностями здоровья (ОВЗ)",
        ),
        pupils(Contingent, "non_native", "инофонов", "Русский язык не родной"),
        pupils(Contingent, "police_register", "на_учёте_кдн", "Состоят на учёте в КДН или ПДН"),
        pupils(
            Contingent,
            "school_register",
            "на_внутришкольном_учёте",
            "Состоят на внутришкольном учёте",
        ),
        pupils(Social, "low_income", "малообеспеченных", "Из малообеспеченных семей"),
        pupils(Social, "large_families", "многодетных", "Из многодетных семей"),
        pupils(Social, "guardianship", "под_опекой", "Под опекой и попечительством"),
        item(Staff, "teachers", TEACHERS, "Педагогические работники", People),
        item(Staff, "posts", POSTS, "Ставки педагогов по штатному расписанию", Posts),
        PassportItem {
            within: Some(POSTS),
            ..item(Staff, "vacancies", "вакансий", "Вакантные ставки", Posts)
        },
        item(Staff, "load", "нагрузка", "Средняя нагрузка учителя в ставках", Posts),
        teachers("experience_under_3", "стаж_до_3", "Стаж до 3 лет"),
        teachers("experience_3_10", "стаж_3_10", "Стаж от 3 до 10 лет"),
        teachers("experience_10_20", "стаж_10_20", "Стаж от 10 до 20 лет"),
        teachers("experience_over_20", "стаж_от_20", "Стаж 20 лет и больше"),
        teachers("highest_category", "высшая_категория", "Высшая квалификационная категория"),
        teachers("first_category", "первая_категория", "Первая квалификационная категория"),
        teachers("conformity", "соответствие", "Соответствие занимаемой должности"),
        teachers("young_specialists", "молодых_специалистов", "Молодые специалисты"),
        teachers("off_subject_teachers", "непрофильных", "Ведут предмет не по диплому"),
        item(Conditions, "classrooms", "кабинетов", "Учебные кабинеты", Rooms),
        item(Conditions, "laboratories", "лабораторий", "Лаборатории", Rooms),
        item(Conditions, "internet", "интернет", "Скорость доступа в интернет", Megabits),
        item(
            Conditions,
            "computers_per_student",
            "компьютеров_на_обучающегося",
            "Компьютеров на одного обучающегося",
            Each,
        ),
        item(Conditions, "library_books", "книг", "Библиотечный фонд", Copies),
    ]
};

/// The figure of that name, however its «ё» is written.
pub fn passport_item(name: &Id) -> Option<&'static PassportItem> {
    PASSPORT.iter().find(|item| Id::new(item.name) == *name)
}

/// Stages have rows of their own.
fn is_of_stage(item: &PassportItem) -> bool {
    STAGES.iter().any(|stage| [stage.students, stage.classes].contains(&item.name))
}

/// A list of the passport in a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PassportList {
    Stages,
    Grades,
    Part(PassportPart),
    OffSubject,
    /// Every figure.
    All,
}

impl PassportList {
    /// The list of that name («ё» written as «е»).
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "ступени" => Self::Stages,
            "параллели" => Self::Grades,
            "контингент" => Self::Part(PassportPart::Contingent),
            "социальный_паспорт" => Self::Part(PassportPart::Social),
            "кадры" => Self::Part(PassportPart::Staff),
            "непрофильные_предметы" => Self::OffSubject,
            "условия" => Self::Part(PassportPart::Conditions),
            "паспорт_школы" => Self::All,
            _ => return None,
        })
    }
}

/// A row of the passport; what is absent is not known.
#[derive(Clone, Debug, PartialEq)]
pub struct PassportRow {
    pub id: Id,
    pub title: String,
    pub measure: Measure,
    pub value: Option<Placed<Number>>,
    /// Of a stage or a grade.
    pub classes: Option<Placed<Number>>,
    /// The figure of which it is a part.
    pub whole: Option<Number>,
}

/// Everything that is known of a school in figures.
#[derive(Clone, PartialEq, Default)]
pub struct Passport {
    /// A row for each of [`PASSPORT`].
    pub figures: Vec<PassportRow>,
    /// A row for each stage of schooling.
    pub stages: Vec<PassportRow>,
    /// The grades that the project names.
    pub grades: Vec<PassportRow>,
    /// Teachers of a subject that is not in their diploma, by subject.
    pub off_subject: Vec<PassportRow>,
}

impl Passport {
    /// The figure of a name of [`PASSPORT`].
    pub fn figure(&self, name: &str) -> Option<&Placed<Number>> {
        let id = Id::new(name);
        self.figures.iter().find(|row| row.id == id)?.value.as_ref()
    }

    /// The rows that a list of a document has: all of them, known or not, if any is known.
    pub fn list(&self, list: PassportList) -> Vec<&PassportRow> {
        let of_part = |part: PassportPart| {
            let rows = self.figures.iter().zip(PASSPORT);
            rows.filter(move |(_, item)| item.part == part && !is_of_stage(item))
                .map(|(row, _)| row)
        };
        let rows: Vec<&PassportRow> = match list {
            PassportList::All => self.figures.iter().collect(),
            // A school without upper classes says so by a zero.
            PassportList::Stages => {
                let is_there = |row: &&PassportRow| {
                    row.value.as_ref().is_none_or(|value| !value.value.is_zero())
                };
                self.stages.iter().filter(is_there).collect()
            }
            PassportList::Grades => self.grades.iter().collect(),
            PassportList::Part(part) => of_part(part).collect(),
            PassportList::OffSubject => self.off_subject.iter().collect(),
        };
        let is_known = |row: &&PassportRow| row.value.is_some() || row.classes.is_some();
        if rows.iter().any(is_known) { rows } else { Vec::new() }
    }
}

/// Only what is known.
impl fmt::Debug for Passport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut map = f.debug_map();
        for row in self.figures.iter().chain(&self.grades).chain(&self.off_subject) {
            if let Some(value) = &row.value {
                map.entry(&row.title, &value.value.to_plain());
            }
        }
        map.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_figure_has_a_name_of_its_own_and_a_known_whole() {
        for (at, item) in PASSPORT.iter().enumerate() {
            let same = |other: &&PassportItem| {
                Id::new(other.name) == Id::new(item.name)
                    || (other.part == item.part && other.key == item.key)
            };
            assert_eq!(PASSPORT.iter().filter(same).count(), 1, "{at}: {}", item.name);
            if let Some(name) = item.within {
                assert!(passport_item(&Id::new(name)).is_some(), "{name}");
            }
        }
        let stages = STAGES.iter().flat_map(|stage| [stage.students, stage.classes]);
        for name in stages.chain(EXPERIENCE).chain(CATEGORIES) {
            assert!(passport_item(&Id::new(name)).is_some(), "{name}");
        }
    }

    #[test]
    fn figures_read_as_words() {
        let one_and_half = Number::parse("1,5").expect("a number of the test");
        for (measure, expected) in [
            (Measure::People, "2\u{a0}человека"),
            (Measure::Posts, "2\u{a0}ставки"),
            (Measure::Rooms, "2"),
        ] {
            assert_eq!(measure.print(&Number::from_int(2)), expected);
        }
        assert_eq!(Measure::Posts.print(&one_and_half), "1,5\u{a0}ставки");
        assert_eq!(Measure::Megabits.print(&Number::from_int(100)), "100\u{a0}Мбит/с");
    }
}
