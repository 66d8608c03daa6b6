//! The syntax tree: declarations and clauses as they stand in a file, names not yet resolved.

use crate::base::{Direction, Id, Level, Number, Span};
use crate::calendar::{Date, Days, Duration, Month, Term, Week};

use super::Noun;

pub use super::methods::{
    FigureSyntax, MethodValue, RuleSyntax, SettingSyntax, SignSyntax, WhenSyntax,
};
pub use super::plans::{Because, NewNumber, NewPlanned, PlanValue, SpotSyntax};
pub use super::support::{AmountSyntax, Grade, ResourceKind};

/// A name as written; `огэ_(предмет)_2` still holds its hole.
#[derive(Clone, Debug, PartialEq)]
pub struct Name {
    pub text: String,
    pub span: Span,
}

impl Name {
    pub fn id(&self) -> Id {
        Id::new(&self.text)
    }
}

/// A text in quotes, without them: line breaks are blanks, an empty line parts paragraphs
/// (`\n\n`), escapes are undone.
#[derive(Clone, Debug, PartialEq)]
pub struct Quoted {
    pub text: String,
    pub span: Span,
}

/// One file of a pack.
#[derive(Clone, Debug, Default)]
pub struct File {
    pub nodes: Vec<Node>,
}

#[derive(Clone, Debug)]
#[expect(clippy::large_enum_variant, reason = "nearly every node is the large one")]
pub enum Node {
    Item(Item),
    Clause(Clause),
    Template(Template),
    Rows(Rows),
    /// A line that was reported and not read; the names that it and those below may declare.
    Lost(Vec<Name>),
}

/// `для предмет из (математика, русский)`: what stands below, once for each value.
#[derive(Clone, Debug)]
pub struct Template {
    pub variable: Name,
    pub values: Vec<Name>,
    pub body: Vec<Node>,
    pub span: Span,
}

/// `строка 1`: what stands below stands in that row of the source's table. Inside a template there
/// may be a number for each of its values.
#[derive(Clone, Debug)]
pub struct Rows {
    pub numbers: Vec<u32>,
    /// «строки»: a number for each value of the template around it, not yet dealt out.
    pub each: bool,
    pub body: Vec<Node>,
    pub span: Span,
}

/// `noun [level] id [№ printed] [«title»]` with what belongs to it.
#[derive(Clone, Debug)]
pub struct Item {
    pub noun: Noun,
    pub span: Span,
    pub level: Option<Level>,
    /// The kind's own name where the head gives none (as for `умолчания`).
    pub name: Name,
    pub number: Option<String>,
    pub title: Option<Quoted>,
    pub body: Vec<Node>,
    pub prose: Vec<Span>,
    /// The row of the source's table around it.
    pub row: Option<u32>,
    /// The lists and values of the templates that made it, the outer one first.
    pub values: Vec<(Name, Name)>,
}

/// `keyword value [annotations]` with what belongs to it.
#[derive(Clone, Debug)]
pub struct Clause {
    pub keyword: &'static str,
    pub span: Span,
    pub value: Value,
    pub annotations: Vec<Annotation>,
    pub body: Vec<Node>,
    pub raw: Option<Span>,
    /// The row of the source's table around it.
    pub row: Option<u32>,
}

/// What of the source was mended.
#[derive(Clone, Debug, PartialEq)]
pub struct MendSyntax {
    /// The value of the template around it, in whose instance alone it holds.
    pub only: Option<Name>,
    /// What was mended: «№», «уровень»; else the title, or the value of its clause.
    pub field: Option<&'static str>,
    pub printed: Quoted,
    /// The fragment that stands there now; absent where `printed` is the whole.
    pub corrected: Option<Quoted>,
    pub because: Option<Quoted>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Annotation {
    Mended(MendSyntax),
    Methodist { because: Option<Quoted>, span: Span },
    Source(SourcePlace),
    Unconfirmed,
}

/// `механизмы, таблица 1.2.3, строка 1`.
#[derive(Clone, Debug, PartialEq)]
pub struct SourcePlace {
    pub source: Name,
    pub place: String,
}

#[derive(Clone, Debug)]
pub enum Value {
    Flag,
    Name(Name),
    Names(Vec<Name>),
    Text(Quoted),
    Texts(Vec<Quoted>),
    Expr(Expr),
    Quantity(Quantity),
    Range(Number, Number),
    Edition(String),
    Base {
        name: Name,
        edition: Option<String>,
    },
    /// `None`: «неизвестно», a statement.
    Date(Option<Date>),
    Printed(Option<Quoted>),
    Validity {
        from: Date,
        to: Option<Date>,
    },
    Level(Level),
    Month(Month),
    Term(Term<Name>),
    Kind(KindSyntax),
    Better(Better),
    Every(Every),
    Source(SourcePlace),
    Reason(Option<Quoted>),
    Mended(MendSyntax),
    Documents(Vec<DocumentUse>),
    Weight {
        value: Number,
        condition: Option<Expr>,
    },
    Target(TargetSyntax),
    Amount(AmountSyntax),
    Means(ResourceKind),
    Grade(Grade),
    /// Where good and poor begin, of figures that are the better the more (the less) they are.
    Limits {
        better: Better,
        good: Quantity,
        poor: Quantity,
    },
    /// Values of a dimension, as written.
    Cells(Vec<Name>),
    Sentence {
        name: Name,
        text: Quoted,
    },
    Input {
        name: Name,
        kind: KindSyntax,
        may_be_unknown: bool,
    },
    Lasts(Duration),
    /// How many activities a month.
    Load(u32),
    Calendar(CalendarLine),
    Period {
        years: u32,
        from: Month,
    },
    Column {
        title: Quoted,
        /// Absent in tables whose rows are ready.
        field: Option<Name>,
        modifiers: Vec<Modifier>,
        width: Option<u32>,
    },
    Row {
        title: Quoted,
        text: Quoted,
    },
    ReadyRow {
        title: Quoted,
        cells: Vec<Quoted>,
    },
    Given {
        name: Name,
        level: Option<Level>,
        figures: Vec<(Option<i32>, GivenValue)>,
    },
    Answer {
        question: Name,
        value: Option<bool>,
    },
    School {
        title: Quoted,
        facts: Vec<(Name, GivenValue)>,
    },
    Expect(Expect),
    Missing(Vec<Reference>),
    Element {
        name: Name,
        title: Quoted,
        forms: Vec<(String, Quoted)>,
    },
    Figures(Vec<(i32, Quantity)>),
    /// A line of a roadmap.
    Plan(PlanValue),
    /// A line of a methodology.
    Method(MethodValue),
    Raw,
    /// The clause is there and was reported; what it says is not known, but it is not missing.
    Unreadable,
}

/// A line of a calendar.
#[derive(Clone, Debug, PartialEq)]
pub enum CalendarLine {
    Week(Week),
    Span { days: Days, title: Option<Quoted> },
    Numbered { number: u32, days: Days },
    Vacation { name: String, days: Days },
}

#[derive(Clone, Debug, PartialEq)]
pub enum KindSyntax {
    YesNo,
    Percent { of: Option<Name> },
    Points,
    Number { unit: Option<Name>, by: Option<Name> },
    Score { scale: Name },
    Mark,
    Date,
    Text,
    OneOf { list: Name },
}

/// Which way is the better one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Better {
    More,
    Less,
    Yes,
    No,
}

/// How often a figure is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Every {
    SchoolYear,
    Year,
    HalfYear,
    Quarter,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    pub number: Number,
    pub unit: UnitSyntax,
    pub span: Span,
}

#[derive(Clone, Debug, PartialEq)]
pub enum UnitSyntax {
    None,
    Percent,
    Points,
    Score { scale: Option<Name> },
    Word(Name),
}

#[derive(Clone, Debug, PartialEq)]
pub struct DocumentUse {
    pub kind: Name,
    pub number: Option<String>,
    pub title: Option<Quoted>,
    /// Stands as an alternative to the use before it («или»).
    pub alternative: bool,
    pub outside: bool,
}

/// `огэ_2 до 0,5 от исходного к июню 2-го года`.
#[derive(Clone, Debug)]
pub struct TargetSyntax {
    pub indicator: Name,
    pub value: TargetValue,
    pub month: Month,
    pub year: TargetYear,
}

#[derive(Clone, Debug)]
pub enum TargetValue {
    OfBaseline(Number),
    Quantity(Quantity),
    Reference(Reference),
}

/// Which year of the programme a target or an activity belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TargetYear {
    /// Counted from one.
    Nth(u32),
    Last,
    Calendar(i32),
}

#[derive(Clone, Debug, PartialEq)]
pub enum GivenValue {
    Unknown,
    Moved(Direction),
    Truth(bool),
    Bound { word: BoundWord, quantity: Quantity },
    Quantity { quantity: Quantity, participants: Option<u64> },
    Words(String),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BoundWord {
    More,
    Less,
    NotMore,
    NotLess,
}

#[derive(Clone, Debug)]
pub enum Expect {
    Deficit {
        name: Name,
        state: DeficitState,
        weight: Option<Number>,
    },
    Cause {
        name: Name,
        state: CauseState,
    },
    /// Of a risk: the data do not tell.
    UnknownRisk {
        name: Name,
    },
    /// Of an indicator: which row of the analysis concludes.
    Conclusion {
        indicator: Name,
        name: Name,
    },
    Absent {
        noun: Noun,
        name: Name,
    },
    Chosen {
        noun: Noun,
        name: Name,
        term: Option<(Date, Date)>,
    },
    Text {
        name: Name,
        contains: Quoted,
    },
    Between {
        reference: Reference,
        low: Quantity,
        high: Quantity,
    },
    Indicator {
        reference: Reference,
        value: ExpectedValue,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeficitState {
    Present,
    Absent,
    Unknown,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CauseState {
    Confirmed,
    Refuted,
    Possible,
}

#[derive(Clone, Debug, PartialEq)]
pub enum ExpectedValue {
    Unknown,
    Inapplicable,
    Truth(bool),
    Quantity(Quantity),
}

/// An expression; every node carries its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Expr {
    pub kind: ExprKind,
    pub span: Span,
}

#[derive(Clone, Debug, PartialEq)]
pub enum ExprKind {
    And(Vec<Expr>),
    Or(Vec<Expr>),
    Not(Box<Expr>),
    Truth(bool),
    Known(Reference),
    Compare {
        op: CompareOp,
        left: Box<Expr>,
        right: Box<Expr>,
    },
    /// `X ниже Y не меньше чем на 10 п.п.`
    Lag {
        side: Side,
        left: Box<Expr>,
        right: Box<Expr>,
        by: Quantity,
    },
    /// `X вырос за год`
    Change {
        what: Box<Expr>,
        trend: Trend,
        negated: bool,
    },
    /// `X растёт 2 года подряд`
    Run {
        what: Box<Expr>,
        trend: Trend,
        years: u32,
        negated: bool,
    },
    EachYear {
        years: u32,
        condition: Box<Expr>,
    },
    SomeYears {
        at_least: u32,
        years: u32,
        condition: Box<Expr>,
    },
    Sum {
        terms: Vec<(bool, Expr)>,
    },
    /// `true` divides.
    Product {
        factors: Vec<(bool, Expr)>,
    },
    Quantity(Quantity),
    /// «слова», to compare a text or an element of a list with.
    Words(String),
    Reference(Reference),
    Call {
        function: Name,
        arguments: Vec<Expr>,
    },
    Aggregate(Aggregate),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CompareOp {
    More,
    Less,
    NotMore,
    NotLess,
    Equal,
    NotEqual,
    Better,
    Worse,
    NotBetter,
    NotWorse,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Above,
    Below,
    Better,
    Worse,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trend {
    Up,
    Down,
    Better,
    Worse,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Aggregate {
    pub kind: AggregateKind,
    pub among: Option<Box<Expr>>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum AggregateKind {
    Share { having: Box<Expr> },
    Count { having: Option<Box<Expr>> },
    Sum { of: Reference },
    Mean { of: Reference, weight: Option<Reference> },
}

/// A name with where and when to look.
#[derive(Clone, Debug, PartialEq)]
pub struct Reference {
    pub name: Name,
    pub modifiers: Vec<Modifier>,
    pub span: Span,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Modifier {
    At(Level),
    YearsAgo(u32),
    InYear(i32),
    OfKind(Name),
    InTotal,
    MeanOver(u32),
}
