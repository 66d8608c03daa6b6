//! What a pack declares, resolved. References are ids that are known to exist.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::analysis::Analysis;
use super::expr::{Expr, Quantity, Unit};
use super::methodology::Methodology;
use super::programme::ProgrammeKind;
use super::roadmap::Roadmap;
use super::support::{Resource, Risk};
use crate::base::{Id, Level, Number, Span};
use crate::calendar::{Calendar, Date, Duration, Month, Term};
use crate::data::Reading;
use crate::data::passport::PassportItem;
use crate::russian::{Case, decline};
use crate::syntax::Noun;
use crate::syntax::tree::{Better, CauseState, DeficitState, Every, SourcePlace, TargetYear};
use crate::text::Text;

/// Declarations of one kind by id, in the order of files and lines.
pub type Table<T> = IndexMap<Id, T>;

/// Everything that is visible from one pack.
#[derive(Clone, Debug, Default)]
pub struct Model {
    /// The packs in view, the asked one last.
    pub packs: Vec<PackInfo>,
    pub sources: Table<Source>,
    pub acts: Table<Act>,
    pub bodies: Table<Body>,
    pub roles: Table<Role>,
    pub units: Table<UnitDecl>,
    pub scales: Table<Scale>,
    pub enumerations: Table<Enumeration>,
    pub categories: Table<Category>,
    pub institution_kinds: Table<InstitutionKind>,
    pub vocabularies: Table<Vocabulary>,
    pub zones: Table<Zone>,
    pub directions: Table<Direction>,
    pub mechanisms: Table<Mechanism>,
    pub indicators: Table<Indicator>,
    pub questions: Table<Question>,
    pub deficits: Table<Deficit>,
    pub causes: Table<Cause>,
    pub requirements: Table<Requirement>,
    pub goals: Table<Goal>,
    pub tasks: Table<Task>,
    pub activities: Table<Activity>,
    pub resources: Table<Resource>,
    pub risks: Table<Risk>,
    pub analyses: Table<Analysis>,
    pub calendars: Table<CalendarDecl>,
    /// That of the institution, where its project has one of its own.
    pub own_calendar: Option<Calendar>,
    pub documents: Table<DocumentKind>,
    pub roadmaps: Table<Roadmap>,
    pub programmes: Table<ProgrammeKind>,
    pub tests: Table<RuleTest>,
    pub functions: Table<Function>,
    pub methodologies: Table<Methodology>,
}

#[derive(Clone, Debug)]
pub struct PackInfo {
    pub id: Id,
    pub title: String,
    pub edition: String,
    /// A folder, or «встроенный».
    pub origin: String,
    pub sha256: String,
    pub uses: Vec<Id>,
    /// The one whose plans it may adapt («на основе»).
    pub base: Option<Id>,
    pub validity: Option<Validity>,
    pub span: Span,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Validity {
    pub from: Date,
    pub to: Option<Date>,
}

impl Validity {
    pub fn holds_on(&self, day: Date) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
    }
}

/// Whose words a declaration is, and where it stands.
#[derive(Clone, Debug)]
pub struct Meta {
    pub pack: Id,
    /// The name in the head of the declaration.
    pub span: Span,
    pub title: String,
    pub number: Option<String>,
    pub mechanism: Option<Id>,
    /// The row of the source's table.
    pub row: Option<u32>,
    /// The lists and values of the templates that made it, the outer one first. Declarations of
    /// one template share their `span`.
    pub values: Vec<(Id, Id)>,
    /// Own or inherited from what encloses it.
    pub source: Option<Cite>,
    /// Own or inherited from what encloses it.
    pub methodist: Option<String>,
    /// Whose words single clauses are, where they say so themselves.
    pub notes: Vec<ClauseNote>,
    /// The keywords of its clauses, of those that could not be read as well: what a declaration
    /// says wrongly it does not lack.
    pub clauses: Vec<&'static str>,
    pub mended: Vec<Mend>,
    pub unconfirmed: bool,
    /// The kinds of institution that it is for, own or inherited from what encloses it; empty for
    /// all.
    pub institutions: Vec<Ref>,
    /// The `///` prose above it.
    pub prose: String,
    /// What the team of a project decided of it, a sentence each; empty in a pack.
    pub decided: Vec<String>,
}

impl Meta {
    /// Whether the declaration bears such a clause, read or not.
    pub fn says(&self, keyword: &str) -> bool {
        self.clauses.contains(&keyword)
    }

    /// Whether it is for an institution of this kind, as far as the kind is known.
    pub fn is_for(&self, kind: Option<&Id>) -> bool {
        let named = |kind: &Id| self.institutions.iter().any(|named| named.id == *kind);
        self.institutions.is_empty() || kind.is_none_or(named)
    }
}

/// A note at the end of a clause.
#[derive(Clone, Debug, PartialEq)]
pub struct ClauseNote {
    pub keyword: &'static str,
    pub source: Option<Cite>,
    pub methodist: Option<String>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Cite {
    pub source: Id,
    pub place: String,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Mend {
    /// What was mended: «название», «№», «уровень», or the word of the clause.
    pub field: &'static str,
    /// As the source prints it.
    pub printed: String,
    /// The fragment that stands in its place now; absent where `printed` is the whole.
    pub corrected: Option<String>,
    pub because: String,
}

impl Cite {
    /// A place inside this one.
    pub fn within(mut self, part: &str) -> Self {
        if !self.place.is_empty() {
            self.place.push_str(", ");
        }
        self.place.push_str(part);
        self
    }
}

/// A reference that keeps its place for messages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ref {
    pub id: Id,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub struct Source {
    pub meta: Meta,
    pub issuer: String,
    pub date: Option<Date>,
    pub number: Option<String>,
}

#[derive(Clone, Debug)]
pub struct Act {
    pub meta: Meta,
    pub level: Level,
    pub kind: String,
    pub issuer: String,
    pub date: Option<Date>,
    pub number: Option<String>,
    pub validity: Option<Validity>,
    pub draft: bool,
    /// What it sets as the aims of its level (`приоритет`).
    pub priorities: Vec<ActPriority>,
}

/// An aim that an act sets.
#[derive(Clone, Debug)]
pub struct ActPriority {
    /// The act with the place of the line in it: `указ_приоритет_1`.
    pub id: Id,
    pub text: String,
}

#[derive(Clone, Debug)]
pub struct Body {
    pub meta: Meta,
    pub level: Level,
    pub short: Option<String>,
    pub synonyms: Vec<String>,
}

#[derive(Clone, Debug)]
pub struct Role {
    pub meta: Meta,
    pub level: Level,
    pub short: Option<String>,
    pub synonyms: Vec<String>,
    /// Case («родительный») → the words, where the library cannot be trusted.
    pub forms: BTreeMap<String, String>,
}

#[derive(Clone, Debug)]
pub struct UnitDecl {
    pub meta: Meta,
    /// For 1, for 2–4, for 5 and more.
    pub forms: [String; 3],
}

#[derive(Clone, Debug)]
pub struct Scale {
    pub meta: Meta,
    pub low: Number,
    pub high: Number,
}

#[derive(Clone, Debug)]
pub struct Enumeration {
    pub meta: Meta,
    pub elements: Table<Element>,
}

#[derive(Clone, Debug)]
pub struct Element {
    pub title: String,
    pub forms: BTreeMap<String, String>,
}

impl Element {
    /// Its words in a case: as its list gives them, else by the dictionary, which may not know.
    pub fn in_case(&self, case: Case) -> Option<String> {
        let given = self.forms.get(case.word()).cloned();
        given.or_else(|| decline(&self.title, case).ok())
    }
}

#[derive(Clone, Debug)]
pub struct Category {
    pub meta: Meta,
    pub short: Option<String>,
    pub synonyms: Vec<String>,
}

#[derive(Clone, Debug)]
pub struct InstitutionKind {
    pub meta: Meta,
    /// «детский сад», where such an institution is no «школа».
    pub called: Option<String>,
    pub short: Option<String>,
}

/// Words that the texts for some kinds of institution must not use.
#[derive(Clone, Debug)]
pub struct Vocabulary {
    pub meta: Meta,
    /// Beginnings of words, in small letters.
    pub stems: Vec<String>,
}

#[derive(Clone, Debug)]
pub struct Zone {
    pub meta: Meta,
}

#[derive(Clone, Debug)]
pub struct Direction {
    pub meta: Meta,
    /// People named by the source, as of its date.
    pub curators: Vec<String>,
}

#[derive(Clone, Debug)]
pub struct Mechanism {
    pub meta: Meta,
    pub direction: Option<Ref>,
    pub goals: Vec<String>,
    pub in_development: bool,
    /// What the rows of its table name beside the activities.
    pub documents: Vec<RowDocument>,
}

/// A document in a row of the table of mechanisms that belongs to no activity.
#[derive(Clone, Debug)]
pub struct RowDocument {
    pub level: Level,
    pub row: Option<u32>,
    pub document: DocumentUse,
    pub mended: Vec<Mend>,
}

/// The kind of an indicator's values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    YesNo,
    /// Of whom: the indicator that counts the participants.
    Percent {
        of: Option<Id>,
    },
    Points,
    Number {
        unit: Option<Id>,
        by: Option<Id>,
    },
    Score {
        scale: Id,
    },
    Mark,
    Date,
    Text,
    OneOf {
        list: Id,
    },
}

#[derive(Clone, Debug)]
pub struct Indicator {
    pub meta: Meta,
    pub level: Level,
    pub kind: Kind,
    /// «числовое значение», where the source itself says what kind of figure it is.
    pub printed_kind: Option<String>,
    pub better: Option<Better>,
    /// The figure of the school's passport that is the present value.
    pub passport: Option<&'static PassportItem>,
    pub every: Option<Every>,
    /// The month in which the year's figure is there.
    pub appears: Option<Month>,
    /// Who supplies it: a body, a role, or a level's word.
    pub data: Option<String>,
    pub breakdown: Vec<String>,
    pub applicable: Option<Expr>,
    pub formula: Option<Expr>,
    pub coverage: Option<Quantity>,
    pub feeds: Vec<Ref>,
    /// Why it feeds no indicator of its row, where the row has one above it.
    pub feeds_nothing: Option<String>,
    pub part_of: Option<Ref>,
    pub evidence: Vec<DocumentUse>,
    pub facts: Vec<(i32, Quantity)>,
    pub plans: Vec<(i32, Quantity)>,
    /// Other headers of its column in a table.
    pub columns: Vec<String>,
    /// A name for narrow columns.
    pub short: Option<String>,
    pub internal: bool,
    /// «Школьный» where the source has columns.
    pub source_column: Option<String>,
}

impl Kind {
    pub fn is_share(&self) -> bool {
        matches!(self, Self::Percent { .. })
    }
}

#[derive(Clone, Debug)]
pub struct Question {
    pub meta: Meta,
    pub who: Option<Ref>,
    /// Causes that the answer «да» confirms and «нет» refutes.
    pub yes_confirms: Vec<Ref>,
    /// Causes that the answer «нет» confirms and «да» refutes.
    pub no_confirms: Vec<Ref>,
    pub note: String,
}

#[derive(Clone, Debug)]
pub struct Deficit {
    pub meta: Meta,
    pub level: Level,
    pub zone: Option<Ref>,
    pub condition: Expr,
    pub weights: Vec<Weight>,
    pub causes: Vec<Ref>,
    /// Indicators to show beside those of the condition.
    pub shown: Vec<Ref>,
    pub texts: Vec<Template>,
}

#[derive(Clone, Debug)]
pub struct Weight {
    pub value: Number,
    /// Absent: «иначе».
    pub condition: Option<Expr>,
}

/// A text with names in it.
#[derive(Clone, Debug)]
pub struct Template {
    pub source: String,
    pub text: Text,
    /// The quoted text in its file, quotes included.
    pub span: Span,
}

impl Template {
    /// Where a byte of the text stands in its file; the whole text where lines were joined.
    pub fn place(&self, offset: usize, length: usize) -> Span {
        place_in_quotes(self.span, self.source.len(), offset, length)
    }
}

/// Where a part of a quoted text stands: exactly, as long as the text was taken over unchanged.
pub fn place_in_quotes(span: Span, text_length: usize, offset: usize, length: usize) -> Span {
    let quotes = (span.end - span.start).saturating_sub(text_length);
    match quotes {
        2 | 4 => {
            let start = span.start + quotes / 2 + offset.min(text_length);
            Span::new(span.file, start, (start + length).min(span.end))
        }
        _ => span,
    }
}

#[derive(Clone, Debug)]
pub struct Cause {
    pub meta: Meta,
    pub level: Level,
    pub zone: Option<Ref>,
    pub condition: Option<Expr>,
}

#[derive(Clone, Debug)]
pub struct Requirement {
    pub meta: Meta,
    pub level: Level,
    pub acts: Vec<Ref>,
    pub condition: Option<Expr>,
    /// Holds only where something of what its condition asks for is known (`только дополнить`).
    pub only_completes: bool,
}

#[derive(Clone, Debug)]
pub struct Goal {
    pub meta: Meta,
    pub level: Level,
    pub targets: Vec<Target>,
}

/// What an indicator is to be brought to, and when.
#[derive(Clone, Debug)]
pub struct Target {
    pub indicator: Ref,
    pub value: TargetValue,
    pub month: Month,
    pub year: TargetYear,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub enum TargetValue {
    /// A factor of the value at the start.
    OfBaseline(Number),
    Quantity(Quantity),
    Observe(super::expr::Observe),
}

#[derive(Clone, Debug)]
pub struct Task {
    pub meta: Meta,
    pub level: Level,
    /// Deficits that it answers.
    pub deficits: Vec<Ref>,
    /// Causes that it answers.
    pub causes: Vec<Ref>,
    pub goal: Option<Ref>,
    pub zone: Option<Ref>,
}

impl Task {
    /// Whether it answers a deficit: it names it, or, naming none at all, one of its possible causes.
    pub fn answers(&self, id: &Id, deficit: &Deficit) -> bool {
        if !self.deficits.is_empty() {
            return self.deficits.iter().any(|named| named.id == *id);
        }
        let is_possible = |id: &Id| deficit.causes.iter().any(|cause| cause.id == *id);
        self.causes.iter().any(|named| is_possible(&named.id))
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Modality {
    Obligatory,
    Recommended,
    OnRequest,
    WhenNeeded,
}

#[derive(Clone, Debug)]
pub struct Activity {
    pub meta: Meta,
    pub level: Level,
    pub tasks: Vec<Ref>,
    pub requirements: Vec<Ref>,
    /// Causes without which the activity is not needed.
    pub causes: Vec<Ref>,
    pub condition: Option<Expr>,
    /// Roles or bodies.
    pub responsible: Vec<Ref>,
    pub controller: Option<Ref>,
    pub participants: Vec<String>,
    pub term: Option<Term<Id>>,
    /// How long it takes within its term; the whole term where nothing is said.
    pub lasts: Option<Duration>,
    /// Whether responsible, controller and term come from the `умолчания`, and whose words these are.
    pub defaults_by: Option<String>,
    pub after: Vec<Ref>,
    pub before: Vec<Ref>,
    pub documents: Vec<DocumentUse>,
    pub results: Vec<String>,
    pub moves: Vec<Ref>,
    pub targets: Vec<Target>,
    /// Indicators whose figure of the same school year it reads.
    pub measures: Vec<Ref>,
    /// Indicators whose figure of the school year before it reads.
    pub measures_last: Vec<Ref>,
    /// Never in vacations.
    pub with_pupils: bool,
    pub first_step: Option<String>,
    pub modality: Modality,
    pub actions: Vec<String>,
    /// What the source is stated not to name.
    pub absent: Vec<String>,
    /// Done by others: a milestone here.
    pub external: bool,
    /// Where a project has changed its term.
    pub term_edited: Option<Span>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct DocumentUse {
    pub kind: Ref,
    pub number: Option<String>,
    /// The use's own title, else the kind's.
    pub title: Option<String>,
    pub alternative: bool,
    pub outside: bool,
}

/// When a school teaches and when it rests.
#[derive(Clone, Debug)]
pub struct CalendarDecl {
    pub meta: Meta,
    pub calendar: Calendar,
}

#[derive(Clone, Debug)]
pub struct DocumentKind {
    pub meta: Meta,
    pub template: Option<String>,
    pub external: bool,
}

#[derive(Clone, Debug)]
pub struct Function {
    pub meta: Meta,
    pub inputs: Vec<Input>,
    pub output: Kind,
    /// Rhai, its common indentation removed.
    pub code: String,
    pub code_span: Span,
}

#[derive(Clone, Debug)]
pub struct Input {
    pub name: Id,
    pub kind: Kind,
    pub may_be_unknown: bool,
}

/// A test of the pack: given these data, expect this.
#[derive(Clone, Debug)]
pub struct RuleTest {
    pub meta: Meta,
    pub date: Option<Date>,
    /// The kind of its institution; absent: every rule is looked at.
    pub institution: Option<Ref>,
    pub programme: Option<Ref>,
    pub given: Vec<GivenFact>,
    pub answers: Vec<(Ref, Option<bool>)>,
    pub schools: Vec<GivenSchool>,
    pub expectations: Vec<Expectation>,
}

/// A figure of a test.
#[derive(Clone, Debug)]
pub struct GivenFact {
    /// An indicator or a category.
    pub name: Ref,
    pub level: Option<Level>,
    /// Absent: the current year of the indicator.
    pub year: Option<i32>,
    pub reading: Reading,
    pub participants: Option<u64>,
}

#[derive(Clone, Debug)]
pub struct GivenSchool {
    pub title: String,
    pub facts: Vec<GivenFact>,
}

#[derive(Clone, Debug)]
pub struct Expectation {
    pub what: Expected,
    /// `не хватает …`: all that must be named as missing.
    pub missing: Vec<super::expr::Observe>,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub enum Expected {
    Deficit {
        deficit: Ref,
        state: DeficitState,
        weight: Option<Number>,
    },
    Cause {
        cause: Ref,
        state: CauseState,
    },
    /// The data do not tell.
    UnknownRisk {
        risk: Ref,
    },
    /// Which row of its analysis concludes on an indicator.
    Conclusion {
        indicator: Ref,
        conclusion: Ref,
    },
    Absent {
        noun: Noun,
        element: Ref,
    },
    Chosen {
        noun: Noun,
        element: Ref,
        term: Option<(Date, Date)>,
    },
    /// Of a deficit, or of the analysis of an indicator.
    Text {
        of: Ref,
        contains: String,
    },
    Between {
        observe: super::expr::Observe,
        low: Quantity,
        high: Quantity,
    },
    Indicator {
        observe: super::expr::Observe,
        value: ExpectedReading,
    },
}

#[derive(Clone, Debug)]
pub enum ExpectedReading {
    Unknown,
    Inapplicable,
    Truth(bool),
    Quantity(Quantity),
}

impl Model {
    /// The pack that was asked for.
    pub fn pack(&self) -> Option<&PackInfo> {
        self.packs.last()
    }

    /// The title of whoever an activity or a figure names: a role or a body.
    pub fn actor_title(&self, id: &Id) -> Option<&str> {
        let role = self.roles.get(id).map(|role| role.meta.title.as_str());
        role.or_else(|| self.bodies.get(id).map(|body| body.meta.title.as_str()))
    }

    /// Whether a deficit is for such an institution at all: by its own word, or by that of the
    /// indicators of its level that it looks at.
    pub fn is_for(&self, deficit: &Deficit, kind: Option<&Id>) -> bool {
        let observed = deficit.condition.observes().into_iter();
        let declared = observed.filter_map(|observe| self.indicators.get(&observe.indicator));
        let mut own = declared.filter(|it| it.level == deficit.level).peekable();
        let is_about_others = own.peek().is_some() && own.all(|it| !it.meta.is_for(kind));
        deficit.meta.is_for(kind) && !is_about_others
    }

    /// A use of a document by its own title, else by that of its kind.
    pub fn document_title(&self, document: &DocumentUse) -> String {
        let kind = self.documents.get(&document.kind.id).map(|kind| &kind.meta.title);
        document.title.as_ref().or(kind).cloned().unwrap_or_default()
    }

    /// The unit of an indicator's figures; `None` for those that are no numbers.
    pub fn unit_of(&self, indicator: &Indicator) -> Option<Unit> {
        match &indicator.kind {
            Kind::Percent { .. } => Some(Unit::Percent),
            Kind::Points => Some(Unit::Points),
            Kind::Number { unit, .. } => Some(unit.clone().map_or(Unit::Plain, Unit::Count)),
            Kind::Score { scale } => Some(Unit::Score(Some(scale.clone()))),
            Kind::Mark => Some(Unit::Mark),
            Kind::YesNo | Kind::Date | Kind::Text | Kind::OneOf { .. } => None,
        }
    }
}

impl From<&SourcePlace> for Cite {
    fn from(place: &SourcePlace) -> Self {
        Self { source: place.source.id(), place: place.place.clone() }
    }
}
