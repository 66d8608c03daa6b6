//! The codes of findings in data, `ПКО-200` to `ПКО-269`.

use crate::diag::Code;

pub const UNREADABLE_TEXT: Code = Code(200);
pub const EMPTY_FILE: Code = Code(201);
pub const FOREIGN_FORMAT: Code = Code(202);
pub const TOML_SYNTAX: Code = Code(203);
pub const UNKNOWN_KEY: Code = Code(204);
pub const MISSING_KEY: Code = Code(205);
pub const WRONG_TYPE: Code = Code(206);
pub const EMPTY_TEXT: Code = Code(207);
pub const BAD_DATE: Code = Code(208);
pub const UNKNOWN_WORD: Code = Code(209);
pub const REPEATED_ENTRY: Code = Code(210);
pub const BAD_PERIOD: Code = Code(211);
pub const NO_ROWS: Code = Code(220);
pub const UNKNOWN_COLUMN: Code = Code(221);
pub const REPEATED_COLUMN: Code = Code(222);
pub const MISSING_COLUMN: Code = Code(223);
pub const SUSPECT_COLUMN: Code = Code(224);
pub const ROW_LENGTH: Code = Code(225);
pub const UNCLOSED_QUOTE: Code = Code(226);
pub const CONTROL_CHARACTER: Code = Code(227);
pub const EMPTY_CELL: Code = Code(228);
pub const BAD_YEAR: Code = Code(229);
pub const BAD_VALUE: Code = Code(230);
pub const BAD_COUNT: Code = Code(231);
pub const UNKNOWN_GROUP: Code = Code(232);
pub const UNKNOWN_LEVEL: Code = Code(233);
pub const REPEATED_VALUE: Code = Code(234);
pub const BROKEN_WORKBOOK: Code = Code(235);
pub const FORMULA_ERROR: Code = Code(236);
pub const DATE_CELL: Code = Code(237);
pub const SKIPPED_SHEET: Code = Code(238);
pub const TOO_LARGE: Code = Code(239);
pub const OTHER_COUNT: Code = Code(244);
pub const INAPPLICABLE: Code = Code(245);
pub const BAD_DAYS: Code = Code(250);
pub const BAD_CALENDAR: Code = Code(251);
pub const BAD_FIGURE: Code = Code(255);
pub const UNEQUAL_SUM: Code = Code(256);
pub const PART_ABOVE_WHOLE: Code = Code(257);
pub const IMPLAUSIBLE: Code = Code(258);
pub const GIVEN_TWICE: Code = Code(259);
pub const JSON_SYNTAX: Code = Code(260);
pub const OTHER_SCHEMA: Code = Code(261);
pub const BAD_JSON_VALUE: Code = Code(262);
pub const NOT_IDENTIFIED: Code = Code(263);
pub const OTHER_YEARS: Code = Code(264);
pub const OTHER_LABEL: Code = Code(265);
pub const UNKNOWN_VERDICT: Code = Code(266);

/// Every code of this module with a summary of one line.
pub const ALL: &[(Code, &str)] = &[
    (UNREADABLE_TEXT, "файл не удалось прочитать как текст"),
    (EMPTY_FILE, "файл пуст"),
    (FOREIGN_FORMAT, "файл другого формата"),
    (TOML_SYNTAX, "запись TOML не разобрана"),
    (UNKNOWN_KEY, "неизвестный ключ проекта"),
    (MISSING_KEY, "не указан обязательный ключ проекта"),
    (WRONG_TYPE, "значение ключа другого вида"),
    (EMPTY_TEXT, "обязательный текст пуст"),
    (BAD_DATE, "дата не читается"),
    (UNKNOWN_WORD, "слово не из перечня допустимых"),
    (REPEATED_ENTRY, "запись проекта повторена"),
    (BAD_PERIOD, "конец срока раньше начала"),
    (NO_ROWS, "в таблице нет ни одной строки с данными"),
    (UNKNOWN_COLUMN, "неизвестный столбец"),
    (REPEATED_COLUMN, "столбец повторён"),
    (MISSING_COLUMN, "нет обязательного столбца"),
    (SUSPECT_COLUMN, "столбец прочитан как показатель, но похож на служебный"),
    (ROW_LENGTH, "число ячеек строки не сходится с заголовком"),
    (UNCLOSED_QUOTE, "кавычка открыта и не закрыта"),
    (CONTROL_CHARACTER, "в ячейке непечатаемый символ"),
    (EMPTY_CELL, "обязательная ячейка пуста"),
    (BAD_YEAR, "год не читается или неправдоподобен"),
    (BAD_VALUE, "значение показателя не читается"),
    (BAD_COUNT, "число участников не является целым неотрицательным"),
    (UNKNOWN_GROUP, "неизвестная группа школ"),
    (UNKNOWN_LEVEL, "неизвестный уровень управления"),
    (REPEATED_VALUE, "одно и то же значение дано дважды"),
    (BROKEN_WORKBOOK, "книга XLSX не читается"),
    (FORMULA_ERROR, "формула книги не дала значения"),
    (DATE_CELL, "вместо значения в ячейке дата"),
    (SKIPPED_SHEET, "лист книги не прочитан"),
    (TOO_LARGE, "файл слишком велик"),
    (OTHER_COUNT, "число участников дано по-разному"),
    (INAPPLICABLE, "показатели не применимы к организации"),
    (BAD_DAYS, "дни календаря не читаются"),
    (BAD_CALENDAR, "календарь проекта противоречит себе или календарю пакета"),
    (BAD_FIGURE, "число паспорта не читается или невозможно"),
    (UNEQUAL_SUM, "числа паспорта не сходятся с итогом"),
    (PART_ABOVE_WHOLE, "часть в паспорте больше целого"),
    (IMPLAUSIBLE, "число паспорта неправдоподобно"),
    (GIVEN_TWICE, "показатель дан и в паспорте, и в данных"),
    (JSON_SYNTAX, "запись JSON не разобрана"),
    (OTHER_SCHEMA, "файл — не результат идентификации"),
    (BAD_JSON_VALUE, "в результате идентификации нет нужного поля, или оно другого вида"),
    (NOT_IDENTIFIED, "в результате идентификации нет школы или муниципалитета проекта"),
    (OTHER_YEARS, "годы идентификации не те, что у данных проекта"),
    (OTHER_LABEL, "признак проекта спорит с заключением идентификации"),
    (UNKNOWN_VERDICT, "у заключения идентификации нет признака в пакете"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_ascend_within_the_reserved_range() {
        assert!(ALL.iter().all(|(code, _)| (200..=269).contains(&code.0)));
        assert!(ALL.windows(2).all(|pair| pair[0].0 < pair[1].0));
    }
}
