//! What is wrong with a script, in Russian and with its place.

use rhai::{EvalAltResult, LexError, ParseError, ParseErrorType, Position};

use super::engine::MAX_OPERATIONS;

/// A fault of a script: line and column of its code, both from one, the column in characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScriptError {
    pub line: usize,
    pub column: usize,
    pub message: String,
}

impl ScriptError {
    pub(super) fn new(line: usize, column: usize, message: impl Into<String>) -> Self {
        Self { line, column, message: message.into() }
    }

    fn at(position: Position, message: impl Into<String>) -> Self {
        Self::new(position.line().unwrap_or(1), position.position().unwrap_or(1), message)
    }
}

impl std::fmt::Display for ScriptError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "строка {}: {}", self.line, self.message)
    }
}

impl std::error::Error for ScriptError {}

pub(super) fn of_parse(error: &ParseError) -> ScriptError {
    ScriptError::at(error.position(), parse_message(error.err_type()))
}

fn parse_message(kind: &ParseErrorType) -> String {
    match kind {
        ParseErrorType::UnexpectedEOF => "код обрывается".to_owned(),
        ParseErrorType::BadInput(lex) => lex_message(lex),
        ParseErrorType::UnknownOperator(sign) => format!("незнакомый знак «{sign}»"),
        ParseErrorType::MissingToken(token, _) => format!("не хватает «{token}»"),
        ParseErrorType::Reserved(word) => forbidden(word),
        ParseErrorType::VariableUndefined(name) => {
            format!("имя «{name}» не объявлено среди входов функции")
        }
        ParseErrorType::VariableExpected => "здесь нужно имя".to_owned(),
        ParseErrorType::ForbiddenVariable(name) => format!("имя «{name}» занято"),
        ParseErrorType::ExprExpected(_) => "здесь нужно выражение".to_owned(),
        ParseErrorType::AssignmentToConstant(name) => format!("вход «{name}» менять нельзя"),
        ParseErrorType::ExprTooDeep => "выражение слишком глубоко вложено".to_owned(),
        ParseErrorType::LiteralTooLarge(..) => "значение слишком велико".to_owned(),
        ParseErrorType::LoopBreak => "break и continue бывают только в цикле".to_owned(),
        other => format!("код не разобран: {other}"),
    }
}

fn lex_message(error: &LexError) -> String {
    match error {
        LexError::UnterminatedString => "кавычка открыта и не закрыта".to_owned(),
        LexError::MalformedNumber(text) => format!("«{text}» — не число"),
        LexError::UnexpectedInput(text) => format!("незнакомый знак «{text}»"),
        LexError::StringTooLong(_) => "текст слишком длинный".to_owned(),
        LexError::ImproperSymbol(word, _) if !word.is_empty() => forbidden(word),
        other => format!("код не разобран: {other}"),
    }
}

fn forbidden(word: &str) -> String {
    format!("слово «{word}» в функциях пакета не разрешено")
}

pub(super) fn of_run(error: &EvalAltResult) -> ScriptError {
    ScriptError::at(error.position(), run_message(error))
}

fn run_message(error: &EvalAltResult) -> String {
    match error {
        EvalAltResult::ErrorParsing(kind, _) => parse_message(kind),
        EvalAltResult::ErrorInFunctionCall(_, _, inner, _) => run_message(inner),
        EvalAltResult::ErrorTooManyOperations(_) => {
            format!("вычисление не кончается: больше {MAX_OPERATIONS} шагов")
        }
        EvalAltResult::ErrorDataTooLarge(..) => "значение слишком велико".to_owned(),
        EvalAltResult::ErrorTooManyVariables(_) => "слишком много имён".to_owned(),
        EvalAltResult::ErrorStackOverflow(_) => "вложенность слишком велика".to_owned(),
        EvalAltResult::ErrorFunctionNotFound(what, _) => no_function(what),
        EvalAltResult::ErrorMismatchDataType(..) | EvalAltResult::ErrorMismatchOutputType(..) => {
            "значение не того вида".to_owned()
        }
        EvalAltResult::ErrorArithmetic(..) => "число не помещается: переполнение".to_owned(),
        EvalAltResult::ErrorArrayBounds(..) => "в массиве нет такого места".to_owned(),
        EvalAltResult::ErrorRuntime(message, _) => message.to_string(),
        other => format!("вычисление не удалось: {other}"),
    }
}

/// Rhai reports an operation on values of the wrong kind as a missing function.
fn no_function(what: &str) -> String {
    if what.contains("()") && what.contains(',') {
        return "действие над неизвестным значением: сначала спросите известно(x)".to_owned();
    }
    let name = what.split('(').next().unwrap_or(what).trim();
    format!("действия «{name}» для таких значений нет")
}
