//! The neutral document: what a programme, an order or a справка says, before any format; and its
//! composition from a diagnosis and a choice.

mod abbreviations;
mod additions;
mod aims;
mod amounts;
mod analysis;
mod because;
mod cells;
pub mod chart;
mod charts;
mod cohort;
mod compose;
mod conditions;
mod decree;
mod diagnosis_json;
mod fields;
pub mod gantt;
mod groups;
mod handbook;
pub mod histogram;
mod identified;
mod items;
mod joined;
mod lists;
mod mentions;
mod merged;
mod naming;
mod network;
mod numbering;
mod papers;
mod parts;
mod pictures;
mod requisites;
mod results;
mod roadmap;
mod rows;
pub mod scatter;
mod scope;
mod sections;
mod signing;
mod stages;
mod stated;
mod structure;
mod svg_parts;
mod things;
mod times;
mod timetable;
pub mod types;
mod unanswered;
mod units;
mod view;
pub mod workbook;
mod writer;
mod years;

#[cfg(test)]
mod tests;

pub use additions::{term_in_rules, term_in_words};
pub use amounts::amount_in_words;
pub use analysis::conclusion_text;
pub use cohort::{Audience, DataIssue, FragileVerdict, Identification, identification_workbook};
pub use compose::{Composition, compose, deficit_text, remarks};
pub use diagnosis_json::diagnosis_json;
pub use handbook::handbook;
pub use papers::identification_papers;
pub use roadmap::plan;
use structure::kind_word;

/// Codes of this stage.
pub mod codes {
    use crate::diag::Code;

    pub const TEXT: Code = Code(420);
    pub const UNKNOWN_ROWS: Code = Code(421);
    pub const UNKNOWN_FIELD: Code = Code(422);
    pub const UNKNOWN_EACH: Code = Code(423);
    pub const ACT_NOT_IN_FORCE: Code = Code(424);
    pub const NAME_AS_IT_IS: Code = Code(425);
    pub const PACK_OUT_OF_TERM: Code = Code(426);
    pub const OUTSIDE_PERIOD: Code = Code(427);
    pub const UNANSWERED: Code = Code(432);
    pub const STAGES_DO_NOT_FIT: Code = Code(434);
    pub const TOO_MANY_YEARS: Code = Code(439);
    pub const NO_IDENTIFICATION: Code = Code(440);

    pub const ALL: &[(Code, &str)] = &[
        (TEXT, "Текст документа не удалось составить"),
        (UNKNOWN_ROWS, "Таблица или диаграмма просит строки, которых нет"),
        (UNKNOWN_FIELD, "У строк таблицы нет такой графы"),
        (UNKNOWN_EACH, "Повторение по тому, чего в документе нет"),
        (ACT_NOT_IN_FORCE, "Нормативный акт не действует на дату документа"),
        (NAME_AS_IT_IS, "Название организации не склоняется и стоит как написано"),
        (PACK_OUT_OF_TERM, "Дата документа вне срока действия пакета"),
        (OUTSIDE_PERIOD, "Сроки мероприятий не попадают в срок программы"),
        (UNANSWERED, "На приоритет не отвечает ни одно мероприятие"),
        (STAGES_DO_NOT_FIT, "Этапы программы не помещаются в её срок"),
        (TOO_MANY_YEARS, "Учебных лет в сроке программы больше, чем граф в её таблицах"),
        (NO_IDENTIFICATION, "Бумагу об идентификации просят у проекта"),
    ];
}
