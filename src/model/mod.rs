//! The resolved pack: every name bound, every value typed, templates expanded, the packs that it
//! uses laid beside it.

mod adapt;
mod analysis;
mod declarations;
mod domain;
mod expand;
mod expr;
mod history;
mod lists;
mod load;
mod lower;
pub mod methodology;
mod names;
mod order;
pub mod primitives;
mod programme;
mod reader;
mod roadmap;
mod rounds;
mod rows;
mod shape;
mod stages;
mod statement;
mod support;
#[cfg(test)]
mod tests;
mod timing;
mod types;

pub use analysis::{Analysed, Analysis, AnalysisBlock, Cells, Conclusion, Limits};
pub use declarations::*;
pub use domain::domain;
pub use expr::{
    Aggregate, AggregateKind, CompareOp, Expr, ExprKind, Observe, Quantity, Unit, When,
};
pub use history::{Adaptation, AdaptationStep, Verb};
pub use lists::{LISTS, categories_of_list, list_in_words, lists_of_schools};
pub use load::{NoPacks, PackFiles, PackStore, ParsedPacks, load, load_again};
pub use order::by_row;
pub use programme::*;
pub use roadmap::*;
pub use rounds::is_there;
pub use rows::{RowLink, row_links, same_row};
pub use shape::{Comparison, Dynamics, GroupSize, Shape, Standing, Way};
pub use stages::{PlannedStage, stages_over};
pub use statement::{Participant, Stated, Statement};
pub use support::{Amount, MONEY, Resource, Risk};
pub use timing::{job, links};
pub use types::{Type, TypeFault, kind_type, type_of, unit_name};

/// Codes of this stage.
pub mod codes {
    use crate::diag::Code;

    pub const UNKNOWN_NAME: Code = Code(10);
    pub const DUPLICATE: Code = Code(11);
    pub const WRONG_NOUN: Code = Code(12);
    pub const LOOK_ALIKE: Code = Code(13);
    pub const MISSING_CLAUSE: Code = Code(14);
    pub const REPEATED_CLAUSE: Code = Code(15);
    pub const UNKNOWN_PACK: Code = Code(16);
    pub const PACK_CYCLE: Code = Code(17);
    pub const UNKNOWN_UNIT: Code = Code(18);
    pub const BAD_TEXT: Code = Code(19);
    pub const NO_DIRECTION: Code = Code(20);
    pub const BAD_MODIFIER: Code = Code(21);
    pub const PACK_HEAD: Code = Code(22);
    pub const BAD_FORMS: Code = Code(23);
    pub const ADAPTATION: Code = Code(24);
    pub const METHODOLOGY: Code = Code(25);
    pub const MENDED_NOTHING: Code = Code(28);
    pub const ROWS: Code = Code(29);

    pub const ALL: &[(Code, &str)] = &[
        (UNKNOWN_NAME, "Имя нигде не объявлено"),
        (DUPLICATE, "Имя объявлено дважды"),
        (WRONG_NOUN, "Имя объявлено, но означает другое"),
        (LOOK_ALIKE, "В имени смешаны кириллица и латиница, или два имени неразличимы на вид"),
        (MISSING_CLAUSE, "В объявлении не хватает обязательной строки"),
        (REPEATED_CLAUSE, "Строка повторена там, где бывает одна, или противоречит другой"),
        (UNKNOWN_PACK, "Пакет не найден, не той редакции или взят без редакции"),
        (PACK_CYCLE, "Пакеты используют друг друга по кругу"),
        (UNKNOWN_UNIT, "Единица измерения не объявлена"),
        (BAD_TEXT, "Текст с подстановками записан не по форме"),
        (NO_DIRECTION, "Не сказано, что лучше: больше или меньше"),
        (BAD_MODIFIER, "Уточнение не подходит к этому имени"),
        (PACK_HEAD, "В пакете нет заголовка или их несколько"),
        (BAD_FORMS, "Неверные формы слова"),
        (ADAPTATION, "Правка карты или программы ни с чем не совпала или спорит с другой"),
        (METHODOLOGY, "Строка методики не согласуется с другими её строками"),
        (MENDED_NOTHING, "Исправленных слов нет в тексте, или исправление записано не целиком"),
        (ROWS, "Строк таблицы не столько, сколько значений"),
    ];
}
