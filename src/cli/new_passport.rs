//! The passport of a school in a new project file: every figure, «нет данных» until it is known.

use std::fmt::Write as _;

use crate::data::passport::{Measure, PASSPORT, PassportPart};

/// Writes the keys of `[institution]` that are figures, and the tables below it.
pub(super) fn write(text: &mut String) {
    text.push_str(
        "\n# Числа паспорта — только суммы по школе, без имён. Вместо «нет данных» поставьте число без\n\
         # кавычек; дробное пишут с точкой: 18.5. Суммы должны сходиться: pko это проверит. По маленьким\n\
         # числам (на учёте, под опекой) детей узнают: в открытый документ таких чисел не дают.\n",
    );
    figures(text, PassportPart::General);
    for part in PassportPart::TABLES {
        let _ = writeln!(text, "\n# {}.\n[institution.{}]", about(part), part.key());
        figures(text, part);
        match part {
            PassportPart::Contingent => grades(text),
            PassportPart::Staff => text.push_str(
                "# Кто ведёт предмет не по диплому, по предметам.\n\
                 # off_subject = [{ subject = \"математика\", teachers = \"нет данных\" }]\n",
            ),
            _ => {}
        }
    }
}

fn about(part: PassportPart) -> &'static str {
    match part {
        PassportPart::General => "Паспорт",
        PassportPart::Contingent => "Контингент: на начало учебного года",
        PassportPart::Social => "Социальный паспорт: сколько обучающихся",
        PassportPart::Staff => "Кадры",
        PassportPart::Conditions => "Условия",
    }
}

fn figures(text: &mut String, part: PassportPart) {
    for item in PASSPORT.iter().filter(|item| item.part == part) {
        let comment = match item.measure {
            Measure::Megabits => format!("{}, Мбит/с", item.title),
            Measure::Copies => format!("{}, экземпляров", item.title),
            _ => item.title.to_owned(),
        };
        let _ = writeln!(text, "{} = \"нет данных\"   # {comment}", item.key);
    }
}

fn grades(text: &mut String) {
    text.push_str(
        "# По параллелям: сколько классов и обучающихся. Лишние строки уберите.\ngrades = [\n",
    );
    for grade in 1..=11 {
        let _ = writeln!(
            text,
            "  {{ grade = {grade}, classes = \"нет данных\", students = \"нет данных\" }},"
        );
    }
    text.push_str("]\n");
}
