//! How firmly a verdict stands: what small change makes it another one.
//!
//! Tried are, for every school that takes part:
//! - each label that a border gives, where the school across the border is at most `NEAR` places away:
//!   the school's label becomes that of the other side, all else as it is;
//! - each of the other readings of the methodology that are given, over all schools;
//! - each share whose number of participants the table gives: one pupil more and one pupil fewer counts
//!   in it (share ± 100/n, within 0 to 100, in units of 10⁻¹²), the figures of all others as they are, and
//!   everything that follows anew: least and greatest figures, ranks, borders, verdict (but a criterion by
//!   which somebody can be judged stays one, and one by which nobody can does too);
//! - each indicator left out, over all schools, the window as it is.
//!
//! Changes of two figures at once are not tried.

use super::index::{Pupil, Trial, Workings};
use super::{Label, Method, Outcome, Ranked, Role, Table, identify};
use crate::base::{Number, parallel};
use crate::russian::Forms;

/// Places from a border within which a school is said to be near it.
const NEAR: usize = 3;
/// Schools that one thread looks at in one go.
const CHUNK: usize = 256;

/// A change that makes a verdict another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fragile {
    pub what: What,
    /// The change, in Russian.
    pub detail: String,
    /// The title of the category that follows; nothing where that is not known.
    pub becomes: Option<String>,
}

/// A kind of change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    Border,
    Reading,
    OnePupil,
    Indicator,
}

/// Another reading of the methodology.
#[derive(Clone, Copy, Debug)]
pub struct OtherReading<'a> {
    /// What is read otherwise, as it is printed.
    pub name: &'a str,
    /// How, as it is printed.
    pub value: &'a str,
    pub method: &'a Method,
}

impl What {
    pub const ALL: [Self; 4] = [Self::Border, Self::Reading, Self::OnePupil, Self::Indicator];

    /// What is changed, for people.
    pub fn question(self) -> &'static str {
        match self {
            Self::Border => "если индекс перейдёт границу, до которой не больше трёх мест",
            Self::Reading => "при другом прочтении методики",
            Self::OnePupil => "если одним участником с таким результатом больше или меньше",
            Self::Indicator => "без одного из показателей",
        }
    }

    /// The word of the contract.
    pub fn word(self) -> &'static str {
        match self {
            Self::Border => "граница",
            Self::Reading => "чтение",
            Self::OnePupil => "один ученик",
            Self::Indicator => "показатель",
        }
    }
}

/// What makes the verdicts others, school by school (`Table::schools`), in the order of `What`.
pub fn fragile(method: &Method, table: &Table, readings: &[OtherReading<'_>]) -> Vec<Vec<Fragile>> {
    let workings = Workings::new(method, table);
    let trial = Trial::new(&workings);
    let tested = Tested { workings: &workings, trial: &trial };
    let n_schools = table.schools.len();
    let of_chunk = |chunk: usize| {
        let schools = chunk * CHUNK..n_schools.min((chunk + 1) * CHUNK);
        schools.map(|school| tested.alone(school)).collect::<Vec<_>>()
    };
    let chunks = parallel::map(n_schools.div_ceil(CHUNK), of_chunk);
    let mut found: Vec<Vec<Fragile>> = chunks.into_iter().flatten().collect();
    for reading in readings {
        let other = identify(reading.method, table);
        let detail = || format!("прочтение «{}»: {}", reading.name, reading.value);
        tested.compare(&mut found, reading.method, &other, What::Reading, &detail);
    }
    for (indicator, measure) in method.indicators.iter().enumerate() {
        let other = workings.without(indicator);
        let detail = || format!("без показателя «{}»", measure.title);
        tested.compare(&mut found, method, &other, What::Indicator, &detail);
    }
    for of_school in &mut found {
        of_school.sort_by_key(|it| it.what);
    }
    found
}

struct Tested<'a> {
    workings: &'a Workings<'a>,
    trial: &'a Trial<'a>,
}

impl Tested<'_> {
    /// What changes of the school alone do.
    fn alone(&self, school: usize) -> Vec<Fragile> {
        let judged = self.workings.outcome.schools.get(school);
        if judged.is_none_or(|judged| judged.excluded.is_some()) {
            return Vec::new();
        }
        let mut found = self.borders(school);
        found.extend(self.pupils(school));
        found
    }

    fn borders(&self, school: usize) -> Vec<Fragile> {
        let n_slots = self.workings.outcome.window.len();
        let mut found = Vec::new();
        for (domain, declared) in self.workings.method.domains.iter().enumerate() {
            let places = if declared.ranked == Ranked::EachYear { n_slots } else { 1 };
            for at in 0..places {
                for other in self.workings.neighbours(domain, school, at, NEAR) {
                    let verdicts = self.trial.with_label(school, domain, at, other.label);
                    let detail = || {
                        let places = places_away(other.places);
                        let own = self.workings.standing(domain, school, at);
                        let index = own.and_then(|it| it.index).map(|it| it.russian());
                        format!(
                            "{}, «{}»: до полосы «{}» {places}; индекс {}, за границей {}",
                            self.time(domain, at),
                            declared.title,
                            self.band(domain, other.label),
                            index.unwrap_or_default(),
                            other.index.russian(),
                        )
                    };
                    found.extend(self.differences(school, &verdicts, What::Border, &detail));
                }
            }
        }
        found
    }

    fn pupils(&self, school: usize) -> Vec<Fragile> {
        let (pupils, unknown) = self.trial.pupils(school);
        let mut found = Vec::new();
        for pupil in &pupils {
            let Some(verdicts) = self.trial.with_pupil(school, pupil) else { continue };
            let detail = || self.one_pupil(pupil);
            found.extend(self.differences(school, &verdicts, What::OnePupil, &detail));
        }
        if unknown > 0 {
            let detail = match pupils.is_empty() {
                true => "неизвестно: нет числа участников".to_owned(),
                false => format!("нет числа участников, не проверено значений: {unknown}"),
            };
            found.push(Fragile { what: What::OnePupil, detail, becomes: None });
        }
        found
    }

    fn one_pupil(&self, pupil: &Pupil) -> String {
        let year = self.workings.outcome.window.get(pupil.slot).copied().unwrap_or_default();
        let measure = self.workings.method.indicators.get(pupil.indicator);
        let more = if pupil.to > pupil.from { "больше" } else { "меньше" };
        format!(
            "{year} год, «{}»: на одного участника из {} {more} – {} % вместо {} %",
            measure.map_or("", |measure| measure.title.as_str()),
            pupil.participants,
            Pupil::share(pupil.to).to_russian(2),
            Pupil::share(pupil.from).to_russian(2),
        )
    }

    /// The year, or the years of a window that is ranked as a whole.
    fn time(&self, domain: usize, at: usize) -> String {
        let window = &self.workings.outcome.window;
        let ranked = self.workings.method.domains.get(domain).map(|domain| domain.ranked);
        match (ranked, window.as_slice()) {
            (Some(Ranked::MeanOfWindow), [first, .., last]) => format!("{first}–{last} годы"),
            _ => format!("{} год", window.get(at).copied().unwrap_or_default()),
        }
    }

    fn band(&self, domain: usize, label: Label) -> &str {
        let bands = self.workings.method.domains.get(domain).map(|domain| &domain.bands);
        match (bands, label) {
            (Some(bands), Label::Band(band)) => {
                bands.get(usize::from(band)).map_or("", |band| band.title.as_str())
            }
            _ => "вне полос",
        }
    }

    /// One for each verdict that is another.
    fn differences(
        &self,
        school: usize,
        verdicts: &[Option<usize>],
        what: What,
        detail: &dyn Fn() -> String,
    ) -> Vec<Fragile> {
        let outcome = &self.workings.outcome;
        let domains = self.workings.method.domains.iter().zip(verdicts).enumerate();
        let others = domains.filter(|(at, (domain, verdict))| {
            domain.role.is_some() && outcome.category(*at, school) != **verdict
        });
        let titled = others.map(|(_, (domain, verdict))| {
            let category = verdict.and_then(|category| domain.categories.get(category));
            category.map_or(NONE, |category| category.title.as_str())
        });
        let change =
            |title: &str| Fragile { what, detail: detail(), becomes: Some(title.to_owned()) };
        titled.map(change).collect()
    }

    /// Adds what another outcome for all schools says otherwise.
    fn compare(
        &self,
        found: &mut [Vec<Fragile>],
        method: &Method,
        other: &Outcome,
        what: What,
        detail: &dyn Fn() -> String,
    ) {
        let known = (self.workings.method, &self.workings.outcome);
        for (school, of_school) in found.iter_mut().enumerate() {
            for role in [Role::Results, Role::Conditions] {
                let was = verdict(known.0, known.1, role, school);
                let is = verdict(method, other, role, school);
                if let (Some(was), Some(is)) = (was, is)
                    && was != is
                {
                    let becomes = Some(is.to_owned());
                    of_school.push(Fragile { what, detail: detail(), becomes });
                }
            }
        }
    }
}

/// Of a school that no category fits.
pub const NONE: &str = "не отнесена";

/// The title of the verdict on a school; `None` of one that takes no part, and without such a domain.
pub fn verdict<'m>(
    method: &'m Method,
    outcome: &Outcome,
    role: Role,
    school: usize,
) -> Option<&'m str> {
    outcome.schools.get(school).filter(|judged| judged.excluded.is_none())?;
    let at = method.domains.iter().position(|domain| domain.role == Some(role))?;
    let category = outcome.category(at, school);
    let declared = category.zip(method.domains.get(at));
    let category = declared.and_then(|(category, domain)| domain.categories.get(category));
    Some(category.map_or(NONE, |category| category.title.as_str()))
}

fn places_away(places: u32) -> String {
    let number = Number::from_int(i64::from(places));
    let forms = Forms::new("место", "места", "мест");
    format!("{places} {}", forms.after(&number))
}
