//! The forms that lines of the language have: what may follow a keyword.

use super::ClauseSpec;

/// What may follow a clause's keyword; each shape is one rule of the grammar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Shape {
    Flag,
    Name,
    Names,
    Text,
    Texts,
    Expr,
    Quantity,
    Range,
    Edition,
    Base,
    Date,
    Number,
    Validity,
    Level,
    Month,
    Term,
    Kind,
    Better,
    Every,
    Source,
    Reason,
    Mended,
    Documents,
    Weight,
    Target,
    /// `68 часов в год`
    Amount,
    /// The kind of a resource.
    Means,
    /// How likely, how grave.
    Grade,
    /// Where good and poor begin.
    Limits,
    /// Values of a dimension of a table.
    Cells,
    /// A name and what is said of it.
    Sentence,
    Input,
    Period,
    /// `2 недели`.
    Lasts,
    /// `6 мероприятий в месяц`.
    Load,
    /// The lines of a calendar.
    Calendar(CalendarShape),
    Column,
    Row,
    /// The cells of a ready row.
    ReadyRow,
    Given,
    Answer,
    School,
    Expect,
    Missing,
    Element,
    Figures,
    /// The lines of a roadmap.
    Plan(PlanShape),
    /// The lines of a methodology.
    Method(MethodShape),
    Raw,
    /// Nothing but the block below; the lines of the block have the shape named.
    Block(&'static [ClauseSpec]),
}

/// The lines that only calendars have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CalendarShape {
    /// `5 дней`.
    Week,
    /// `1 – 8 января «Новогодние каникулы»`.
    Span,
    /// `1: 1 сентября – 24 октября`.
    Numbered,
    /// `осенние: 25 октября – 2 ноября`.
    Vacation,
}

/// The lines that only roadmaps have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PlanShape {
    /// `2020..2022`, without a block.
    Span,
    /// `2020..2022`, each with the block below.
    Years,
    Result,
    Reach,
    Norm,
    Drop,
    Merge,
    Shift,
    ReplaceActor,
    ReplaceText,
    Change,
    Add,
    /// The same verbs of a programme.
    MergeParts,
    ChangePart,
    AddSection,
}

/// The lines that only methodologies have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MethodShape {
    /// `3 года по years`.
    Window,
    Base,
    /// `a, b: от -100 до 100`.
    Bounds,
    /// `основное: ege_high_rus`.
    Lacks,
    /// `school_id: «Код ОО»`.
    Header,
    /// `inverse «…» по умолчанию`.
    Option,
    /// `«не меньше стольких» по умолчанию 4`.
    NumberOption,
    /// A parameter, or what it would be set to.
    Setting,
    Terms,
    Lags,
    Score,
    Ranked,
    End,
    /// `низкие: нижние 25 %`.
    Band,
    Category,
    Sign,
}
