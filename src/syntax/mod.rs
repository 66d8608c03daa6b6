//! From text to the syntax tree: the layout pass, pest, and recovery declaration by declaration.

mod blank;
mod expected;
mod impossible;
mod layout;
mod methods;
mod parse;
mod plans;
mod salvage;
mod shapes;
mod squeeze;
mod support;
#[cfg(test)]
mod tests;
pub mod tree;
pub mod visit;
mod vocabulary;

pub use impossible::missing_day;
pub use parse::{parse_file, title_text};
pub use salvage::words;
pub use shapes::read_days;
pub use vocabulary::{CLAUSES, COMMON, ClauseSpec, NOUNS, Noun, NounSpec, Part, Shape, may_repeat};

/// Codes of this stage.
pub mod codes {
    use crate::diag::Code;

    pub const TAB_INDENT: Code = Code(1);
    pub const UNCLOSED: Code = Code(2);
    pub const DEDENT: Code = Code(3);
    pub const UNKNOWN_LINE: Code = Code(4);
    pub const MALFORMED: Code = Code(5);
    pub const HEAD: Code = Code(6);
    pub const NO_BLOCK: Code = Code(7);
    pub const TOO_DEEP: Code = Code(8);
    pub const NOT_TEXT: Code = Code(9);

    pub const ALL: &[(Code, &str)] = &[
        (TAB_INDENT, "Отступ набран табуляцией"),
        (UNCLOSED, "Кавычка или скобка не закрыта"),
        (DEDENT, "Отступ не совпадает ни с одной строкой выше"),
        (UNKNOWN_LINE, "Строка начинается с незнакомого слова"),
        (MALFORMED, "Предложение записано не по форме"),
        (HEAD, "Заголовок объявления записан не по форме"),
        (NO_BLOCK, "Вложенные строки там, где их не бывает"),
        (TOO_DEEP, "Слишком много вложенных скобок или уровней"),
        (NOT_TEXT, "Файл пуст, велик или не является текстом UTF-8"),
    ];
}
