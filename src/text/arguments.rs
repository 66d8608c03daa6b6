//! Named arguments: `по="регион"`, `год_назад=1`, `падеж="родительный"`.

use crate::russian::Case;

/// The value of a named argument.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Argument {
    Text(String),
    Number(i64),
}

/// Named arguments in the order of the source; each name stands once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Arguments(Vec<(String, Argument)>);

/// What an argument may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArgumentSpec {
    pub name: &'static str,
    /// Whether it chooses the value (and is for the [`super::Scope`]) or only words it.
    pub chooses_value: bool,
    pub doc: &'static str,
    pub example: &'static str,
}

/// Every named argument.
pub const ARGUMENTS: &[ArgumentSpec] = &[
    ArgumentSpec {
        name: "по",
        chooses_value: true,
        doc: "значение другого уровня: региона, муниципалитета",
        example: r#"{{процент огэ_2 по="регион"}}"#,
    },
    ArgumentSpec {
        name: "год_назад",
        chooses_value: true,
        doc: "значение столько лет назад",
        example: "{{процент огэ_2 год_назад=1}}",
    },
    ArgumentSpec {
        name: "за",
        chooses_value: true,
        doc: "значение за названный год",
        example: "{{процент огэ_2 за=2025}}",
    },
    ArgumentSpec {
        name: "вида",
        chooses_value: true,
        doc: "значение одного вида из разреза",
        example: r#"{{число договоры вида="музей"}}"#,
    },
    ArgumentSpec {
        name: "падеж",
        chooses_value: false,
        doc: "падеж слов: именительный, родительный, дательный, винительный, творительный, предложный",
        example: r#"{{школа.название падеж="родительный"}}"#,
    },
    ArgumentSpec {
        name: "союз",
        chooses_value: false,
        doc: "союз перед последним в перечне: и, или, либо; «нет» — одни запятые",
        example: r#"{{перечень зоны союз="или"}}"#,
    },
    ArgumentSpec {
        name: "знаков",
        chooses_value: false,
        doc: "сколько знаков после запятой, от 0 до 6",
        example: "{{процент огэ_2 знаков=0}}",
    },
    ArgumentSpec {
        name: "вид",
        chooses_value: false,
        doc: "вид записи: даты — полный, краткий, цифрами; изменения — словами, знаком",
        example: r#"{{дата утверждение вид="краткий"}}"#,
    },
];

impl Arguments {
    /// The value of an argument.
    pub fn get(&self, name: &str) -> Option<&Argument> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value)
    }

    /// The value of an argument that is a text.
    pub fn text(&self, name: &str) -> Option<&str> {
        match self.get(name) {
            Some(Argument::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// The value of an argument that is a number.
    pub fn number(&self, name: &str) -> Option<i64> {
        match self.get(name) {
            Some(Argument::Number(number)) => Some(*number),
            _ => None,
        }
    }

    /// All arguments in the order of the source.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Argument)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The same arguments with one more, or with another value of it.
    #[must_use]
    pub fn with(mut self, name: &str, value: Argument) -> Self {
        match self.0.iter_mut().find(|(key, _)| key == name) {
            Some((_, held)) => *held = value,
            None => self.0.push((name.to_owned(), value)),
        }
        self
    }

    /// The same arguments but for one.
    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.0.retain(|(key, _)| key != name);
        self
    }

    /// The arguments that choose the value, ordered by name: two uses with equal ones speak of
    /// the same value.
    pub fn choosing(&self) -> Self {
        let mut kept: Vec<_> = self.0.iter().filter(|(name, _)| chooses(name)).cloned().collect();
        kept.sort_by(|a, b| a.0.cmp(&b.0));
        Self(kept)
    }

    pub(super) fn case(&self) -> Option<Case> {
        self.text("падеж").and_then(Case::from_word)
    }
}

fn chooses(name: &str) -> bool {
    ARGUMENTS.iter().any(|spec| spec.name == name && spec.chooses_value)
}
