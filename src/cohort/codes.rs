//! The codes of findings in tables of identification, `ПКО-500` to `ПКО-509`: what keeps a table from
//! being read at all. What is wrong in a single row or cell is an issue, not a finding.

use crate::diag::Code;

pub const UNREADABLE: Code = Code(500);
pub const EMPTY: Code = Code(501);
pub const MISSING_COLUMN: Code = Code(502);
pub const REPEATED_COLUMN: Code = Code(503);
pub const HALF_LONG: Code = Code(504);
pub const NO_INDICATOR: Code = Code(505);
pub const OPEN_QUOTE: Code = Code(506);
pub const LONG_WORKBOOK: Code = Code(507);
pub const BAD_EXCLUSION: Code = Code(508);
pub const SETTING: Code = Code(510);

/// Every code of this module with a summary of one line.
pub const ALL: &[(Code, &str)] = &[
    (UNREADABLE, "таблица идентификации не читается"),
    (EMPTY, "таблица идентификации пуста"),
    (MISSING_COLUMN, "в таблице идентификации нет обязательного столбца"),
    (REPEATED_COLUMN, "столбец таблицы идентификации повторён"),
    (HALF_LONG, "из столбцов «indicator» и «value» есть только один"),
    (NO_INDICATOR, "ни один столбец не является показателем методики"),
    (OPEN_QUOTE, "кавычка открыта и не закрыта"),
    (LONG_WORKBOOK, "книга XLSX в длинной форме"),
    (BAD_EXCLUSION, "в списке исключений причина без школы"),
    (SETTING, "У методики нет такого параметра или значения"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_ascend_within_the_reserved_range() {
        assert!(ALL.iter().all(|(code, _)| (500..=510).contains(&code.0)));
        assert!(ALL.windows(2).all(|pair| pair[0].0 < pair[1].0));
    }
}
