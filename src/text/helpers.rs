//! The helpers of a text.

/// What a helper can word; a checker holds the type of a name against it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// Anything that has words: names, figures, dates, yes or no; no list.
    Any,
    /// A figure of any unit, or a list, of which the length counts.
    Number,
    /// A share in percent.
    Percent,
    /// A score or a mark.
    Score,
    /// A day or a period.
    Date,
    /// A list.
    List,
    /// Yes or no, or a list, which is true if something is in it.
    Condition,
    /// A string: the identifier of a role or of a section.
    Identifier,
}

/// A helper of the texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HelperSpec {
    /// Its name; a plain `{{X}}` is the helper with the empty name.
    pub name: &'static str,
    /// Whether it is a block: `{{#…}}…{{/…}}`.
    pub block: bool,
    /// How many positional arguments it takes, at least and at most.
    pub arity: (usize, usize),
    pub takes: Takes,
    /// The named arguments that it knows besides those that choose the value.
    pub options: &'static [&'static str],
    pub doc: &'static str,
    pub example: &'static str,
}

/// All helpers, the plain name first.
pub const HELPERS: &[HelperSpec] = &[
    HelperSpec {
        name: "",
        block: false,
        arity: (0, 0),
        takes: Takes::Any,
        options: &["падеж", "знаков"],
        doc: "значение имени словами, если нужно — в падеже",
        example: r#"{{школа.название падеж="родительный"}}"#,
    },
    HelperSpec {
        name: "процент",
        block: false,
        arity: (1, 1),
        takes: Takes::Percent,
        options: &["знаков"],
        doc: "доля в процентах: «12,5 %»",
        example: r#"{{процент огэ_математика_2 по="регион"}}"#,
    },
    HelperSpec {
        name: "число",
        block: false,
        arity: (1, 2),
        takes: Takes::Number,
        options: &["знаков"],
        doc: "число, второе слово — единица или существительное: «5 человек»; у списка — сколько в нём",
        example: r#"{{число обучающихся "человек"}}"#,
    },
    HelperSpec {
        name: "балл",
        block: false,
        arity: (1, 1),
        takes: Takes::Score,
        options: &["знаков"],
        doc: "баллы: «4,2 балла»",
        example: "{{балл средний_балл}}",
    },
    HelperSpec {
        name: "изменение",
        block: false,
        arity: (1, 1),
        takes: Takes::Number,
        options: &["знаков", "вид"],
        doc: "как изменилось за год (или за год_назад=N лет): «рост на 3 п. п.», «без изменений»",
        example: "{{изменение огэ_математика_2}}",
    },
    HelperSpec {
        name: "дата",
        block: false,
        arity: (1, 1),
        takes: Takes::Date,
        options: &["вид"],
        doc: "дата: «1 сентября 2026 года», вид \"краткий\" — «1 сентября 2026 г.»",
        example: r#"{{дата утверждение вид="краткий"}}"#,
    },
    HelperSpec {
        name: "месяцы",
        block: false,
        arity: (1, 1),
        takes: Takes::Date,
        options: &[],
        doc: "месяцы периода: «сентябрь–декабрь 2026 года»",
        example: "{{месяцы срок}}",
    },
    HelperSpec {
        name: "перечень",
        block: false,
        arity: (1, 1),
        takes: Takes::List,
        options: &["падеж", "союз", "знаков"],
        doc: "перечень через запятую с «и» перед последним; пустой — «нет»",
        example: r#"{{перечень дефицит.причины падеж="родительный"}}"#,
    },
    HelperSpec {
        name: "роль",
        block: false,
        arity: (1, 1),
        takes: Takes::Identifier,
        options: &["падеж"],
        doc: "название роли по её имени; ищется как роль.⟨имя⟩",
        example: r#"{{роль "ведущий_специалист" падеж="винительный"}}"#,
    },
    HelperSpec {
        name: "лицо",
        block: false,
        arity: (1, 1),
        takes: Takes::Identifier,
        options: &[],
        doc: "кто исполняет роль, как записано; ищется как лицо.⟨имя⟩",
        example: r#"{{лицо "директор"}}"#,
    },
    HelperSpec {
        name: "раздел",
        block: false,
        arity: (1, 1),
        takes: Takes::Identifier,
        options: &[],
        doc: "номер раздела или приложения этого документа; ищется как раздел.⟨имя⟩",
        example: r#"{{раздел "анализ"}}"#,
    },
    HelperSpec {
        name: "если",
        block: true,
        arity: (1, 2),
        takes: Takes::Condition,
        options: &[],
        doc: "часть текста при условии; {{#если известно X}} — когда есть данные",
        example: "{{#если известно X}}{{процент X}}{{else}}не измерялось{{/если}}",
    },
    HelperSpec {
        name: "каждый",
        block: true,
        arity: (1, 1),
        takes: Takes::List,
        options: &[],
        doc: "повтор для каждого из списка; внутри — {{это}}, {{это.название}}, {{это.номер}}",
        example: "{{#каждый задачи}}{{это.номер}}) {{это.название}}; {{/каждый}}",
    },
];

/// The helper of that name.
pub(super) fn helper(name: &str) -> Option<&'static HelperSpec> {
    HELPERS.iter().find(|spec| !spec.name.is_empty() && spec.name == name)
}

/// The plain name.
pub(super) fn plain() -> Option<&'static HelperSpec> {
    HELPERS.iter().find(|spec| spec.name.is_empty())
}
