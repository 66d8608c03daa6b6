//! The names that texts may use, and of what kind they are. The composer fills the same names.

use crate::base::{Id, suggest};
use crate::data::passport::{PASSPORT, passport_item};
use crate::model::{Indicator, Kind, LISTS, Model, categories_of_list, lists_of_schools};
use crate::text::Takes;

/// What stands behind a name of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameKind {
    Words,
    Number,
    Percent,
    Points,
    Score,
    Date,
    Truth,
    List,
}

/// A name that texts may use, whatever the pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NameSpec {
    pub name: &'static str,
    pub kind: NameKind,
}

const fn name(name: &'static str, kind: NameKind) -> NameSpec {
    NameSpec { name, kind }
}

/// What stands before the name of a figure of the passport.
const OF_SCHOOL: &str = "школа.";

/// Names that every text may use, those of deficits included; the figures of the passport come on
/// top.
pub const COMMON_NAMES: &[NameSpec] = &[
    name("школа.название", NameKind::Words),
    name("школа.краткое", NameKind::Words),
    name("школа.муниципалитет", NameKind::Words),
    name("школа.регион", NameKind::Words),
    name("школа.учредитель", NameKind::Words),
    name("школа.адрес", NameKind::Words),
    name("школа.местность", NameKind::Words),
    name("школа.вид", NameKind::Words),
    name("школа.партнёр", NameKind::Words),
    name("школа.куратор", NameKind::Words),
    name("год", NameKind::Words),
    name("учебный_год", NameKind::Words),
    name("дата", NameKind::Date),
];

/// Names that the texts of programmes may use besides; the lists of [`LISTS`] come on top.
pub const PROGRAMME_NAMES: &[NameSpec] = &[
    name("период", NameKind::Date),
    name("период.начало", NameKind::Date),
    name("период.конец", NameKind::Date),
    name("программа.название", NameKind::Words),
    name("методика.название", NameKind::Words),
    name("методика.источник", NameKind::Words),
    name("методика.уточняют_эксперты", NameKind::Truth),
    name("идентификация.годы", NameKind::Words),
    name("идентификация.первый_год", NameKind::Words),
    name("идентификация.последний_год", NameKind::Words),
    name("идентификация.школ", NameKind::Number),
    name("идентификация.участвуют", NameKind::Number),
    name("идентификация.исключено", NameKind::Number),
    name("идентификация.муниципалитетов", NameKind::Number),
    name("идентификация.групп", NameKind::Number),
    name("идентификация.показателей", NameKind::Number),
    name("идентификация.результаты_известны", NameKind::Truth),
    name("идентификация.условия_известны", NameKind::Truth),
    name("идентификация.методика", NameKind::Words),
    name("идентификация.источник", NameKind::Words),
    name("идентификация.период", NameKind::Words),
    name("идентификация.результаты", NameKind::Words),
    name("идентификация.условия", NameKind::Words),
    name("идентификация.исключена", NameKind::Words),
    name("идентификация.пометки", NameKind::Words),
];

/// Names that the texts of an analysis may use besides the common ones: what is known of the
/// indicator that is told of.
pub const ANALYSIS_NAMES: &[NameSpec] = &[
    name("показатель", NameKind::Words),
    name("показатель.кратко", NameKind::Words),
    name("показатели", NameKind::List),
    name("год.прошлый", NameKind::Words),
    name("год.позапрошлый", NameKind::Words),
    name("значение", NameKind::Words),
    name("значение.прошлое", NameKind::Words),
    name("значение.позапрошлое", NameKind::Words),
    name("муниципалитет", NameKind::Words),
    name("регион", NameKind::Words),
    name("разница.за_год", NameKind::Points),
    name("разница.за_два_года", NameKind::Points),
    name("разница.муниципалитет", NameKind::Points),
    name("разница.регион", NameKind::Points),
    name("участники", NameKind::Number),
    name("ученики", NameKind::Number),
    name("один_ученик", NameKind::Points),
    name("предел", NameKind::Points),
    name("никто", NameKind::Truth),
    name("все", NameKind::Truth),
    name("лучше_чем", NameKind::List),
    name("хуже_чем", NameKind::List),
    name("вровень_с", NameKind::List),
    name("причины", NameKind::Words),
    name("причин_несколько", NameKind::Truth),
];

/// What the things of a list offer to a repetition within a text: `{{это.название}}`.
pub const ELEMENT_NAMES: &[NameSpec] = &[
    name("это", NameKind::Words),
    name("это.название", NameKind::Words),
    name("это.номер", NameKind::Number),
];

impl NameKind {
    pub(super) fn of(kind: &Kind) -> Self {
        match kind {
            Kind::YesNo => Self::Truth,
            Kind::Percent { .. } => Self::Percent,
            Kind::Points => Self::Points,
            Kind::Number { .. } => Self::Number,
            Kind::Score { .. } | Kind::Mark => Self::Score,
            Kind::Date => Self::Date,
            Kind::Text | Kind::OneOf { .. } => Self::Words,
        }
    }

    /// Whether a helper can word it.
    pub(super) fn fits(self, takes: Takes, helper: &str) -> bool {
        use NameKind::{Date, List, Number, Percent, Points, Score, Truth};
        match takes {
            Takes::Any => self != List,
            Takes::Number if helper == "изменение" => {
                matches!(self, Number | Percent | Points | Score)
            }
            Takes::Number => matches!(self, Number | Percent | Points | Score | List),
            Takes::Percent => self == Percent,
            Takes::Score => self == Score,
            Takes::Date => self == Date,
            Takes::List => self == List,
            Takes::Condition => matches!(self, Truth | List),
            Takes::Identifier => true,
        }
    }

    pub(super) fn russian(self) -> &'static str {
        match self {
            Self::Words => "слова",
            Self::Number => "число",
            Self::Percent => "процент",
            Self::Points => "процентные пункты",
            Self::Score => "балл",
            Self::Date => "дата",
            Self::Truth => "да/нет",
            Self::List => "список",
        }
    }
}

/// What a helper asks for, in words.
pub(super) fn wanted(takes: Takes) -> &'static str {
    match takes {
        Takes::Any => "слова, число или дата",
        Takes::Number => "число",
        Takes::Percent => "процент",
        Takes::Score => "балл",
        Takes::Date => "дата",
        Takes::List => "список",
        Takes::Condition => "да/нет или список",
        Takes::Identifier => "имя роли или раздела",
    }
}

/// The names in view of one text.
#[derive(Clone, Debug)]
pub(super) struct Names<'a> {
    pub model: &'a Model,
    /// Whether it is a text of a programme.
    pub programme: bool,
    /// The sections and annexes of that programme.
    pub sections: Vec<&'a Id>,
    /// What the repetitions around it offer: `дефицит.название`.
    pub repeated: Vec<NameSpec>,
}

/// A name found.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found<'a> {
    pub kind: NameKind,
    /// Set where the name is an indicator, which has levels and years.
    pub indicator: Option<&'a Indicator>,
}

impl<'a> Names<'a> {
    pub fn find(&self, path: &str, within_each: bool) -> Option<Found<'a>> {
        let id = Id::new(path);
        if let Some(indicator) = self.model.indicators.get(&id) {
            return Some(Found { kind: NameKind::of(&indicator.kind), indicator: Some(indicator) });
        }
        if self.programme && is_list(&id, self.model) {
            return Some(Found { kind: NameKind::List, indicator: None });
        }
        let of_passport = id.as_str().strip_prefix(OF_SCHOOL).map(Id::new);
        if of_passport.is_some_and(|name| passport_item(&name).is_some()) {
            return Some(Found { kind: NameKind::Number, indicator: None });
        }
        let spec = self.specs(within_each).find(|spec| Id::new(spec.name) == id)?;
        Some(Found { kind: spec.kind, indicator: None })
    }

    fn specs(&self, within_each: bool) -> impl Iterator<Item = NameSpec> + '_ {
        let programme: &[NameSpec] = if self.programme { PROGRAMME_NAMES } else { &[] };
        let elements: &[NameSpec] = if within_each { ELEMENT_NAMES } else { &[] };
        let fixed = COMMON_NAMES.iter().chain(programme).chain(elements).copied();
        fixed.chain(self.repeated.iter().copied())
    }

    /// The nearest name to one that does not exist.
    pub fn near(&self, path: &str, within_each: bool) -> Option<String> {
        let indicators = self.model.indicators.keys().map(|id| id.as_str());
        let lists: &[&str] = if self.programme { LISTS } else { &[] };
        let specs = self.specs(within_each).map(|spec| spec.name);
        let figures: Vec<String> =
            PASSPORT.iter().map(|item| format!("{OF_SCHOOL}{}", item.name)).collect();
        let figures = figures.iter().map(String::as_str);
        let schools = if self.programme { lists_of_schools(self.model) } else { Vec::new() };
        let schools = schools.iter().map(Id::as_str);
        let all = indicators.chain(lists.iter().copied()).chain(specs).chain(figures);
        let all = all.chain(schools);
        suggest(path, all.collect::<Vec<_>>()).map(str::to_owned)
    }
}

/// Whether a name is a list of the document, however its «ё» is written.
pub(super) fn is_list(id: &Id, model: &Model) -> bool {
    LISTS.iter().any(|list| Id::new(list) == *id)
        || categories_of_list(id, |id| model.categories.contains_key(id)).is_some()
}
