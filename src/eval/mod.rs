//! Evaluation: observations held against the rules, in three values, as decided as the data allow.

mod aggregate;
mod bind;
mod call;
mod conditions;
mod considered;
mod decides;
mod decisions;
mod diagnose;
mod evaluator;
mod facts;
mod figures;
mod identified;
mod operands;
mod participants;
mod proof;
mod shape;
mod truth;
mod value;

pub use bind::bind;
pub use considered::Untouched;
pub use decisions::{Decision, Decisions};
pub use diagnose::{
    CauseFinding, DeficitFinding, Diagnosis, IndicatorReading, Point, SMALL_GROUP, UnknownFigure,
    UnknownIndicator, diagnose, own_level, owner,
};
pub use evaluator::{Context, Evaluator, Judged};
pub use facts::{Fact, FactValue, Facts, Key, Object};
pub use identified::Identified;
pub use participants::count_participants;
pub use proof::{Proof, ProofKind};
pub use shape::{Shaped, one_pupil};
pub use truth::Truth;
pub use value::{Value, print, print_genitive, print_interval, print_number, span_of, text_unit};

/// Codes of this stage.
pub mod codes {
    use crate::diag::Code;

    pub const UNKNOWN_INDICATOR: Code = Code(300);
    pub const WRONG_KIND: Code = Code(301);
    pub const OUT_OF_RANGE: Code = Code(302);
    pub const YEAR_OUTSIDE: Code = Code(303);
    pub const UNKNOWN_IN_PROJECT: Code = Code(304);
    pub const WRONG_LEVEL: Code = Code(305);
    pub const NOT_WHOLE: Code = Code(306);
    pub const OTHER_SCHOOL: Code = Code(307);
    pub const FUNCTION_FAILED: Code = Code(308);
    pub const SET_ASIDE: Code = Code(309);

    pub const ALL: &[(Code, &str)] = &[
        (UNKNOWN_INDICATOR, "В данных назван показатель, которого нет в пакете"),
        (WRONG_KIND, "Значение не того вида, что у показателя"),
        (OUT_OF_RANGE, "Значение вне границ показателя"),
        (YEAR_OUTSIDE, "Год позже даты диагностики"),
        (UNKNOWN_IN_PROJECT, "Проект называет то, чего нет в пакете"),
        (WRONG_LEVEL, "Показатель другого уровня"),
        (NOT_WHOLE, "Доля не даёт целого числа учеников"),
        (OTHER_SCHOOL, "В данных нет строк организации проекта"),
        (FUNCTION_FAILED, "Функция пакета не вычислила значение"),
        (SET_ASIDE, "Строки с разбивкой, которых правила не читают"),
    ];
}
