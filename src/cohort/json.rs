//! The outcome as `pko/identification/1` (`schemas/identification.schema.json`), written school by school.

use serde::ser::{SerializeMap, SerializeSeq};
use serde::{Serialize, Serializer};

use crate::base::Number;

use super::{
    Answer, Base, Border, Category, Domain, Excluded, Explanation, Fragile, Index, Method, NONE,
    Outcome, Ranked, Reason, Role, Standing, Table, verdict,
};

/// Everything that is told of an identification.
pub struct Report<'a, I> {
    pub method: &'a Method,
    /// Where the methodology comes from, in words.
    pub source: &'a str,
    pub table: &'a Table,
    pub outcome: &'a Outcome,
    /// The parameters of the methodology, as settled.
    pub parameters: &'a [(String, String)],
    /// As `Table::schools`; empty where it was not asked for.
    pub fragile: &'a [Vec<Fragile>],
    /// What is wrong with the table.
    pub issues: &'a [I],
    /// Of one school alone, with how it came to its verdicts.
    pub only: Option<(usize, &'a Explanation)>,
}

impl<I: Serialize> Serialize for Report<'_, I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("schema", "pko/identification/1")?;
        map.serialize_entry("methodology", &self.method.id)?;
        map.serialize_entry("title", &self.method.title)?;
        if !self.source.is_empty() {
            map.serialize_entry("source", self.source)?;
        }
        map.serialize_entry("parameters", &Parameters(self.parameters))?;
        let window: Vec<String> = self.outcome.window.iter().map(i32::to_string).collect();
        map.serialize_entry("window", &window)?;
        let view = View { method: self.method, table: self.table, outcome: self.outcome };
        let schools = Schools { view, fragile: self.fragile, only: self.only };
        map.serialize_entry("schools", &schools)?;
        if !self.outcome.borders.is_empty() {
            map.serialize_entry("borders", &Borders(view))?;
        }
        map.serialize_entry("summary", &Summary(view))?;
        if !self.issues.is_empty() {
            map.serialize_entry("issues", self.issues)?;
        }
        map.end()
    }
}

/// An outcome with what its numbers stand for.
#[derive(Clone, Copy)]
struct View<'a> {
    method: &'a Method,
    table: &'a Table,
    outcome: &'a Outcome,
}

struct Parameters<'a>(&'a [(String, String)]);

impl Serialize for Parameters<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

struct Schools<'a> {
    view: View<'a>,
    fragile: &'a [Vec<Fragile>],
    only: Option<(usize, &'a Explanation)>,
}

impl Serialize for Schools<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let told = match self.only {
            Some((school, _)) => school..school + 1,
            None => 0..self.view.table.schools.len(),
        };
        let mut list = serializer.serialize_seq(Some(told.len()))?;
        for school in told {
            let fragile = self.fragile.get(school).map_or(&[][..], Vec::as_slice);
            let explained = self.only.map(|(_, explanation)| explanation);
            list.serialize_element(&School { view: self.view, school, fragile, explained })?;
        }
        list.end()
    }
}

struct School<'a> {
    view: View<'a>,
    school: usize,
    fragile: &'a [Fragile],
    explained: Option<&'a Explanation>,
}

impl Serialize for School<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let View { method, table, outcome } = self.view;
        let mut map = serializer.serialize_map(None)?;
        if let Some(school) = table.schools.get(self.school) {
            map.serialize_entry("school_id", &school.id)?;
            for (field, said) in [("name", &school.name), ("municipality", &school.municipality)] {
                if !said.is_empty() {
                    map.serialize_entry(field, said)?;
                }
            }
        }
        let judged = outcome.schools.get(self.school);
        if let Some(excluded) = judged.and_then(|judged| judged.excluded) {
            map.serialize_entry("excluded", self.view.excluded(self.school, excluded))?;
            return map.end();
        }
        let years: Vec<usize> = (0..outcome.window.len())
            .filter(|slot| outcome.row(self.school, *slot).is_some())
            .collect();
        if !years.is_empty() {
            map.serialize_entry("years", &Years { view: self.view, school: self.school, years })?;
        }
        let whole = Whole { view: self.view, school: self.school };
        if method.domains.iter().any(|domain| domain.ranked == Ranked::MeanOfWindow) {
            map.serialize_entry("window", &whole)?;
        }
        for role in [Role::Results, Role::Conditions] {
            if let Some(title) = verdict(method, outcome, role, self.school) {
                map.serialize_entry(prefix(role), title)?;
            }
        }
        if !method.criteria.is_empty() {
            map.serialize_entry("criteria", &Criteria { view: self.view, school: self.school })?;
            map.serialize_entry("met", &judged.map_or(0, |judged| judged.met))?;
        }
        let flags = self.flags();
        if !flags.is_empty() {
            map.serialize_entry("flags", &flags)?;
        }
        if !self.fragile.is_empty() {
            let told: Vec<Change<'_>> = self.fragile.iter().map(Change::new).collect();
            map.serialize_entry("fragile", &told)?;
        }
        if let Some(explanation) = self.explained {
            map.serialize_entry("explained", &self.view.explained(explanation))?;
        }
        map.end()
    }
}

impl School<'_> {
    fn flags(&self) -> Vec<&'static str> {
        let judged = self.view.outcome.schools.get(self.school);
        let changed = judged.is_some_and(|judged| judged.group_changed);
        let missing = judged.is_some_and(|judged| judged.year_missing);
        let all = [(changed, "сменилась группа"), (missing, "пропущен год")];
        all.into_iter().filter(|(holds, _)| *holds).map(|(_, flag)| flag).collect()
    }
}

/// An indicator in an index.
#[derive(Serialize)]
struct ToldTerm<'a> {
    year: String,
    domain: &'static str,
    indicator: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<String>,
    /// The least and the greatest figure that it is measured between.
    #[serde(skip_serializing_if = "Option::is_none")]
    between: Option<[String; 2]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    normalised: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    part: Option<String>,
}

impl<'a> View<'a> {
    fn explained(self, explanation: &Explanation) -> Vec<ToldTerm<'a>> {
        let mut told = Vec::new();
        for domain in &explanation.domains {
            let role = self.method.domains.get(domain.domain).and_then(|it| it.role);
            for year in &domain.years {
                for term in &year.terms {
                    let Some(measure) = self.method.indicators.get(term.indicator) else {
                        continue;
                    };
                    let plain = |number: &Number| number.to_plain();
                    told.push(ToldTerm {
                        year: year.year.to_string(),
                        domain: role.map_or("", prefix),
                        indicator: measure.id.as_str(),
                        value: term.figure.as_ref().map(plain),
                        between: term.span.as_ref().map(|(low, high)| [plain(low), plain(high)]),
                        normalised: term.worth.as_ref().map(plain),
                        part: term.part.as_ref().map(plain),
                    });
                }
            }
        }
        told
    }
}

#[derive(Serialize)]
struct Change<'a> {
    what: &'static str,
    detail: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    becomes: Option<&'a str>,
}

impl<'a> Change<'a> {
    fn new(fragile: &'a Fragile) -> Self {
        Self {
            what: fragile.what.word(),
            detail: &fragile.detail,
            becomes: fragile.becomes.as_deref(),
        }
    }
}

struct Years<'a> {
    view: View<'a>,
    school: usize,
    years: Vec<usize>,
}

impl Serialize for Years<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.years.len()))?;
        for slot in &self.years {
            let year = self.view.outcome.window.get(*slot).copied().unwrap_or_default();
            let told = Year { view: self.view, school: self.school, slot: *slot };
            map.serialize_entry(&year.to_string(), &told)?;
        }
        map.end()
    }
}

struct Year<'a> {
    view: View<'a>,
    school: usize,
    slot: usize,
}

impl Serialize for Year<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let View { method, table, outcome } = self.view;
        let mut map = serializer.serialize_map(None)?;
        let row = outcome.row(self.school, self.slot).and_then(|row| table.rows.get(row));
        let group = row.and_then(|row| method.groups.get(usize::from(row.group)));
        if let Some(group) = group {
            map.serialize_entry("group", &group.id)?;
        }
        for (domain, declared) in method.domains.iter().enumerate() {
            let Some(standing) = outcome.standing(domain, self.school, self.slot) else { continue };
            let missing = outcome.missing(method, table, (domain, self.school, self.slot));
            let missing = missing.iter().filter_map(|it| method.indicators.get(*it));
            let missing = missing.map(|measure| measure.id.as_str()).collect();
            Told { declared, standing, missing }.write(&mut map)?;
        }
        map.end()
    }
}

/// Where the window is ranked as a whole.
struct Whole<'a> {
    view: View<'a>,
    school: usize,
}

impl Serialize for Whole<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (domain, declared) in self.view.method.domains.iter().enumerate() {
            if let Some(standing) = self.view.outcome.overall(domain, self.school) {
                Told { declared, standing, missing: Vec::new() }.write(&mut map)?;
            }
        }
        map.end()
    }
}

/// A standing, its fields named after the domain.
struct Told<'a> {
    declared: &'a Domain,
    standing: &'a Standing,
    missing: Vec<&'a str>,
}

impl Told<'_> {
    fn write<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        let own = match self.declared.role {
            Some(role) => prefix(role),
            None => self.declared.id.as_str(),
        };
        let mut put = |field: &str, value: &dyn Json<M>| value.put(map, &format!("{own}_{field}"));
        if let Some(index) = self.standing.index {
            put("index", &Field(index))?;
        }
        if let Some(rank) = self.standing.rank {
            put("rank", &Field(rank.rank))?;
            put("position", &Field(rank.position))?;
        }
        let band = self.standing.band().and_then(|band| self.declared.bands.get(band));
        put("band", &Field(band.map(|band| band.title.as_str())))?;
        put("present", &Field(self.standing.present))?;
        if !self.missing.is_empty() {
            put("missing", &Field(&self.missing))?;
        }
        match self.standing.reason() {
            Some(reason) => put("reason", &Field(reason_text(reason, self.declared.min_group))),
            None => Ok(()),
        }
    }
}

/// A value of a field whose name is made up.
trait Json<M: SerializeMap> {
    fn put(&self, map: &mut M, name: &str) -> Result<(), M::Error>;
}

struct Field<T>(T);

impl<M: SerializeMap, T: Serialize> Json<M> for Field<T> {
    fn put(&self, map: &mut M, name: &str) -> Result<(), M::Error> {
        map.serialize_entry(name, &self.0)
    }
}

struct Criteria<'a> {
    view: View<'a>,
    school: usize,
}

impl Serialize for Criteria<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let criteria = self.view.method.criteria.iter().enumerate();
        serializer.collect_map(criteria.map(|(at, criterion)| {
            (&criterion.id, self.view.outcome.answer(self.school, at).known())
        }))
    }
}

struct Borders<'a>(View<'a>);

impl Serialize for Borders<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.outcome.borders.iter().map(|border| self.0.line(border)))
    }
}

#[derive(Serialize)]
struct Line<'a> {
    year: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    municipality: Option<&'a str>,
    domain: &'a str,
    ranked: u32,
    k: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    low: Option<Index>,
    #[serde(skip_serializing_if = "Option::is_none")]
    high: Option<Index>,
}

impl<'a> View<'a> {
    fn line(&self, border: &Border) -> Line<'a> {
        let (method, outcome) = (self.method, self.outcome);
        let group = border.group.and_then(|group| method.groups.get(usize::from(group)));
        let base = outcome.bases.get(border.base as usize).map(String::as_str);
        let domain = method.domains.get(border.domain);
        Line {
            year: match (border.slot.and_then(|slot| outcome.window.get(slot)), &*outcome.window) {
                (None, [first, .., last]) => format!("{first}–{last}"),
                (None, [only]) => only.to_string(),
                (year, _) => year.map(i32::to_string).unwrap_or_default(),
            },
            group: group.map(|group| group.id.as_str()),
            municipality: base.filter(|_| method.base == Base::Municipality),
            domain: domain.map_or("", |domain| match domain.role {
                Some(Role::Results) => "результаты",
                Some(Role::Conditions) => "условия",
                None => domain.id.as_str(),
            }),
            ranked: border.ranked,
            k: border.k,
            low: border.low,
            high: border.high,
        }
    }

    fn excluded(&self, school: usize, excluded: Excluded) -> &'a str {
        let reason = match excluded {
            Excluded::Named => self.table.schools.get(school).and_then(|it| it.excluded.as_deref()),
            Excluded::Group(group) => {
                let group = self.method.groups.get(usize::from(group));
                group.and_then(|group| group.excluded.as_deref())
            }
        };
        reason.unwrap_or_default()
    }
}

struct Summary<'a>(View<'a>);

impl Serialize for Summary<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let View { method, outcome, .. } = self.0;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("schools", &outcome.schools.len())?;
        map.serialize_entry("excluded", &outcome.n_excluded())?;
        for (at, domain) in method.domains.iter().enumerate() {
            if let Some(role) = domain.role {
                let (counts, without) = outcome.counts(method, at);
                let told = Counts { categories: &domain.categories, counts, without };
                map.serialize_entry(prefix(role), &told)?;
            }
        }
        map.end()
    }
}

struct Counts<'a> {
    categories: &'a [Category],
    counts: Vec<usize>,
    without: usize,
}

impl Serialize for Counts<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let named = self.categories.iter().map(|category| category.title.as_str());
        let without = (self.without > 0).then_some((NONE, self.without));
        serializer.collect_map(named.zip(self.counts.iter().copied()).chain(without))
    }
}

/// A number of JSON. A double holds twelve decimals of a number near one, and prints them back.
impl Serialize for Index {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 % Self::ONE {
            0 => serializer.serialize_i64(self.0 / Self::ONE),
            _ => serializer.serialize_f64(self.0 as f64 / Self::ONE as f64),
        }
    }
}

impl Serialize for Answer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.known().serialize(serializer)
    }
}

fn prefix(role: Role) -> &'static str {
    match role {
        Role::Results => "results",
        Role::Conditions => "social",
    }
}

const GENITIVES: [&str; 9] =
    ["двух", "трёх", "четырёх", "пяти", "шести", "семи", "восьми", "девяти", "десяти"];

/// Why there is no band, in Russian.
pub fn reason_text(reason: Reason, min_group: u32) -> String {
    match reason {
        Reason::NoData => "нет данных".to_owned(),
        Reason::FewIndicators => "мало показателей".to_owned(),
        Reason::SmallGroup => {
            let word = (min_group as usize).checked_sub(2).and_then(|at| GENITIVES.get(at));
            let size = word.map_or_else(|| min_group.to_string(), |word| (*word).to_owned());
            format!("группа меньше {size}")
        }
        Reason::RankedAsWhole => "годы сравниваются вместе".to_owned(),
        Reason::YearWithoutIndex => "индекс есть не за все годы".to_owned(),
    }
}
