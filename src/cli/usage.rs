//! What is wrong with a command line, in Russian. clap's own sentences never reach a user.

use clap::error::{ContextKind, ContextValue, ErrorKind};

/// The fault and the way out, in one or two lines.
pub fn explain(error: &clap::Error) -> String {
    let context = Context(error);
    let what = match error.kind() {
        ErrorKind::InvalidSubcommand => {
            format!("команды «{}» нет", context.text(ContextKind::InvalidSubcommand))
        }
        ErrorKind::MissingSubcommand => "не названа команда".to_owned(),
        ErrorKind::UnknownArgument => {
            format!("лишнее слово или параметр «{}»", context.text(ContextKind::InvalidArg))
        }
        ErrorKind::MissingRequiredArgument => {
            format!("не хватает: {}", context.text(ContextKind::InvalidArg))
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => context.invalid_value(),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues | ErrorKind::NoEquals => {
            format!("у параметра {} нет значения", context.text(ContextKind::InvalidArg))
        }
        ErrorKind::TooManyValues => {
            format!("лишнее значение у параметра {}", context.text(ContextKind::InvalidArg))
        }
        ErrorKind::ArgumentConflict => {
            format!("параметр {} нельзя повторить здесь", context.text(ContextKind::InvalidArg))
        }
        ErrorKind::InvalidUtf8 => "в командной строке есть слово не в UTF-8".to_owned(),
        _ => format!("командная строка не разобрана (подробности: «{}»)", error.kind()),
    };
    match context.suggestion() {
        Some(near) => format!("{what}; возможно, вы имели в виду «{near}»"),
        None => what,
    }
}

struct Context<'a>(&'a clap::Error);

impl Context<'_> {
    fn text(&self, kind: ContextKind) -> String {
        self.words(kind).join(", ")
    }

    fn words(&self, kind: ContextKind) -> Vec<String> {
        match self.0.get(kind) {
            Some(ContextValue::String(text)) => vec![plain(text)],
            Some(ContextValue::Strings(texts)) => texts.iter().map(|text| plain(text)).collect(),
            _ => Vec::new(),
        }
    }

    fn invalid_value(&self) -> String {
        let of = self.text(ContextKind::InvalidArg);
        let value = self.text(ContextKind::InvalidValue);
        let what = match value.is_empty() {
            true => format!("у {of} нет значения"),
            false => format!("«{value}» не годится для {of}"),
        };
        match self.text(ContextKind::ValidValue) {
            valid if valid.is_empty() => what,
            valid => format!("{what}; можно: {valid}"),
        }
    }

    fn suggestion(&self) -> Option<String> {
        let kinds = [
            ContextKind::SuggestedSubcommand,
            ContextKind::SuggestedArg,
            ContextKind::SuggestedValue,
        ];
        kinds.into_iter().find_map(|kind| self.words(kind).into_iter().next())
    }
}

/// clap writes `--output <ПАПКА>` and `<ПРОЕКТ>`; people do not need the brackets.
fn plain(text: &str) -> String {
    text.replace(['<', '>'], "")
}
