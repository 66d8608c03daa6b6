//! The diagnosis: every indicator of the institution, every deficit, and what the unknowns would
//! decide.

use std::collections::BTreeSet;

use super::considered::{Untouched, set_aside};
use super::decides::unknown_indicators;
use super::facts::FactValue;
use super::proof::{Proof, ProofKind};
use super::{Context, Decision, Evaluator, Facts, Key, Object, Truth, Value};
use crate::base::{Direction, Id, Level, Number};
use crate::calendar::Date;
use crate::diag::Diagnostic;
use crate::model::{Cite, Deficit, Meta, Model, Question};

/// What the data say of one institution.
#[derive(Clone, Debug)]
pub struct Diagnosis {
    pub as_of: Date,
    /// Indicators of the institution's level, in the order of the packs.
    pub indicators: Vec<IndicatorReading>,
    /// In the order of the packs.
    pub deficits: Vec<DeficitFinding>,
    pub causes: Vec<CauseFinding>,
    /// The most deciding first; without those of the mechanisms not looked at.
    pub unknown: Vec<UnknownIndicator>,
    /// Mechanisms of which the institution gave nothing, in the order of the packs.
    pub untouched: Vec<Untouched>,
    /// What functions of the pack did wrong; with any, nothing should be built.
    pub faults: Vec<Diagnostic>,
}

/// An indicator of the institution.
#[derive(Clone, Debug)]
pub struct IndicatorReading {
    pub id: Id,
    /// The current year.
    pub year: i32,
    pub value: Value,
    pub n: Option<u64>,
    pub source: String,
    /// Figures of the three years up to the current one, oldest first, the current one included.
    pub series: Vec<Point>,
    /// The same year above: municipality, region, federation, as far as anything is known.
    pub comparisons: Vec<(Level, Value, String)>,
    /// «рост», «снижение», «без изменений» from the year before, as far as known.
    pub dynamics: Option<&'static str>,
}

/// A figure of a year.
#[derive(Clone, Debug)]
pub struct Point {
    pub year: i32,
    pub value: Value,
    pub n: Option<u64>,
}

impl IndicatorReading {
    /// Whether nothing at all is known of the current year.
    pub fn is_missing(&self) -> bool {
        matches!(self.value, Value::Unknown | Value::Truth(Truth::Unknown)) || self.spans_all()
    }

    fn spans_all(&self) -> bool {
        self.source.is_empty()
            && matches!(&self.value, Value::Number(interval) if interval.exact().is_none())
    }
}

/// A deficit, present or not, and why.
#[derive(Clone, Debug)]
pub struct DeficitFinding {
    pub id: Id,
    pub state: Truth,
    /// The heaviest weight that is certain; `None` where the deficit is not present.
    pub weight: Option<Number>,
    /// The least number of participants behind it, where known.
    pub group: Option<u64>,
    pub proof: Proof,
    /// The missing figures that keep it open.
    pub needs: BTreeSet<Key>,
    /// The indicators that the condition looks at, in its order.
    pub indicators: Vec<Id>,
    /// What the team decided of it; the state stays what the data say.
    pub decision: Option<Decision>,
    /// It is open, and the institution has not begun to look at its mechanism.
    pub is_untouched: bool,
}

/// Below this number of pupils a figure says more of persons than of a school.
pub const SMALL_GROUP: u64 = 10;

impl DeficitFinding {
    /// The data do not decide it, and the institution looks at it.
    pub fn is_open(&self) -> bool {
        self.state == Truth::Unknown && !self.is_untouched
    }

    /// Fewer than ten pupils stand behind the figure.
    pub fn is_small_group(&self) -> bool {
        self.group.is_some_and(|n| n < SMALL_GROUP)
    }

    /// The team took it up, whatever the data say: its reason.
    pub fn forced(&self) -> Option<&str> {
        self.decision.as_ref().filter(|it| it.includes).map(|it| it.reason.as_str())
    }
}

/// A cause that a deficit of the diagnosis may have.
#[derive(Clone, Debug)]
pub struct CauseFinding {
    pub id: Id,
    /// Yes: confirmed; no: refuted; unknown: possible.
    pub state: Truth,
    pub proof: Proof,
}

/// An indicator with figures that are not there and keep deficits open.
#[derive(Clone, Debug)]
pub struct UnknownIndicator {
    pub indicator: Id,
    /// How many open deficits become known, whatever its figures are, once all of them are there.
    pub decides: usize,
    /// The institution's own first, the latest first.
    pub figures: Vec<UnknownFigure>,
}

/// A figure that is not there, and how many deficits it would decide by itself, whatever it is.
#[derive(Clone, Debug)]
pub struct UnknownFigure {
    pub key: Key,
    pub decides: usize,
}

/// Holds the data against the rules.
pub fn diagnose(model: &Model, facts: &Facts) -> Diagnosis {
    Evaluator::new(model, facts).diagnosis()
}

impl Diagnosis {
    /// Whether figures are missing that keep deficits open.
    pub fn has_unknown(&self) -> bool {
        self.deficits.iter().any(|finding| finding.is_open() && !finding.needs.is_empty())
    }

    /// Nothing was looked at: for papers that speak of no data.
    pub fn nothing(as_of: Date) -> Self {
        Self {
            as_of,
            indicators: Vec::new(),
            deficits: Vec::new(),
            causes: Vec::new(),
            unknown: Vec::new(),
            untouched: Vec::new(),
            faults: Vec::new(),
        }
    }
}

/// The level of the project's own object.
pub fn own_level(facts: &Facts) -> Level {
    match facts.own {
        Object::School(_) => Level::School,
        Object::Above(level) => level,
    }
}

/// Whose words a declaration is: its source with the place, the methodist's reason, what a team
/// decided of it.
pub fn owner(model: &Model, meta: &Meta) -> Vec<Proof> {
    let mut owners = words_of(model, "", meta.source.as_ref(), meta.methodist.as_deref());
    for note in &meta.notes {
        let what = format!(" ({})", note.keyword);
        owners.extend(words_of(model, &what, note.source.as_ref(), note.methodist.as_deref()));
    }
    owners.extend(meta.decided.iter().map(|text| Proof::new(ProofKind::Edit, text.clone())));
    owners
}

/// A place behind a title.
fn behind(place: &str) -> String {
    if place.is_empty() { String::new() } else { format!(", {place}") }
}

fn words_of(model: &Model, what: &str, cite: Option<&Cite>, methodist: Option<&str>) -> Vec<Proof> {
    let mut owners = Vec::new();
    if let Some(cite) = cite
        && let Some(source) = model.sources.get(&cite.source)
    {
        let mut proof = Proof::new(
            ProofKind::Source,
            format!("Источник{what}: {}{}", source.meta.title, behind(&cite.place)),
        )
        .about(&cite.source);
        proof.source = Some((cite.source.to_string(), cite.place.clone()));
        owners.push(proof);
    }
    if let Some(reason) = methodist {
        owners.push(Proof::new(ProofKind::Methodist, format!("По методисту{what}: {reason}")));
    }
    owners
}

impl Evaluator<'_> {
    // ------------------------------------------------------------ indicators

    /// What is known of an indicator of the institution.
    pub fn reading(&self, id: &Id) -> IndicatorReading {
        let year = self.current_year(id);
        let key = |year: i32| Key {
            indicator: id.clone(),
            object: self.facts.own.clone(),
            year,
            cell: None,
        };
        let point = |year: i32| Point {
            year,
            value: self.figure(&key(year)).value,
            n: self.participants(&key(year)),
        };
        let fact = self.facts.get(&key(year));
        IndicatorReading {
            year,
            value: self.figure(&key(year)).value,
            n: self.participants(&key(year)),
            source: fact.map_or(String::new(), |fact| fact.source.clone()),
            series: (year - 2..=year).map(point).collect(),
            comparisons: self.comparisons(&key(year)),
            dynamics: self.dynamics(&key(year)),
            id: id.clone(),
        }
    }

    /// How many took part: with the figure itself, or by the indicator that counts them.
    pub fn participants(&self, key: &Key) -> Option<u64> {
        if let Some(n) = self.facts.get(key).and_then(|fact| fact.n) {
            return Some(n);
        }
        let crate::model::Kind::Percent { of: Some(counter) } =
            &self.model.indicators.get(&key.indicator)?.kind
        else {
            return None;
        };
        let counted = self.figure(&Key { indicator: counter.clone(), ..key.clone() });
        counted.value.exact()?.floor().and_then(|n| u64::try_from(n).ok())
    }

    fn comparisons(&self, key: &Key) -> Vec<(Level, Value, String)> {
        [Level::Municipality, Level::Region, Level::Federation]
            .into_iter()
            .filter_map(|level| {
                let above = Key { object: Object::Above(level), ..key.clone() };
                let fact = self.facts.get(&above)?;
                Some((level, self.figure(&above).value, fact.source.clone()))
            })
            .collect()
    }

    fn dynamics(&self, key: &Key) -> Option<&'static str> {
        if let Some(FactValue::Moved(direction)) = self.facts.get(key).map(|fact| &fact.value) {
            return Some(direction_word(*direction));
        }
        let before = self.figure(&Key { year: key.year - 1, ..key.clone() });
        let now = self.figure(key);
        let (Value::Number(a), Value::Number(b)) = (&before.value, &now.value) else {
            return None;
        };
        match (a.less(b), b.less(a), a.equal(b)) {
            (Some(true), _, _) => Some(direction_word(Direction::Rose)),
            (_, Some(true), _) => Some(direction_word(Direction::Fell)),
            (_, _, Some(true)) => Some(direction_word(Direction::Unchanged)),
            _ => None,
        }
    }

    // ------------------------------------------------------------ deficits

    /// The deficits and their causes alone, without the readings of indicators and without what
    /// the unknown ones would decide: all that a choice is made from.
    pub fn findings(&self) -> Diagnosis {
        let declared = self.model.deficits.iter().filter(|(_, deficit)| self.looks_at(deficit));
        let mut deficits: Vec<DeficitFinding> =
            declared.map(|(id, deficit)| self.deficit(id, deficit)).collect();
        let untouched = set_aside(self, &mut deficits);
        let causes = self.causes(&deficits);
        Diagnosis { deficits, causes, untouched, ..Diagnosis::nothing(self.facts.as_of) }
    }

    /// The whole diagnosis; what is evaluated already is not evaluated again.
    pub fn diagnosis(&self) -> Diagnosis {
        let found = self.findings();
        let level = own_level(self.facts);
        let indicators = self
            .model
            .indicators
            .iter()
            .filter(|(_, indicator)| {
                indicator.level == level && self.facts.concerns(&indicator.meta)
            })
            .map(|(id, _)| self.reading(id))
            .filter(|reading| reading.value != Value::Inapplicable)
            .collect();
        Diagnosis {
            indicators,
            unknown: unknown_indicators(self, &found.deficits),
            faults: self.faults(),
            ..found
        }
    }

    /// One of the deficits that a diagnosis holds, whether its mechanism is looked at or not.
    pub fn finding(&self, id: &Id) -> Option<DeficitFinding> {
        let deficit = self.model.deficits.get(id).filter(|deficit| self.looks_at(deficit));
        deficit.map(|deficit| self.deficit(id, deficit))
    }

    /// Whether the deficit is of the institution's level and kind.
    fn looks_at(&self, deficit: &Deficit) -> bool {
        let is_own = deficit.level == own_level(self.facts);
        is_own && self.model.is_for(deficit, self.facts.institution.as_ref())
    }

    /// Whether the institution has a deficit, and why.
    pub fn deficit(&self, id: &Id, deficit: &Deficit) -> DeficitFinding {
        let context = self.own();
        let judged = self.judge(&deficit.condition, &context);
        let mut indicators: Vec<Id> = Vec::new();
        for observe in deficit.condition.observes() {
            if !indicators.contains(&observe.indicator) {
                indicators.push(observe.indicator.clone());
            }
        }
        for shown in &deficit.shown {
            if !indicators.contains(&shown.id) {
                indicators.push(shown.id.clone());
            }
        }
        let weight = (judged.truth == Truth::Yes).then(|| self.weight(deficit, &context));
        let group = self.group(deficit);
        let decision = self.facts.decisions.deficits.get(id).cloned();
        let proof = self.deficit_proof(deficit, id, &judged);
        let proof = match &decision {
            Some(decision) => decided_deficit(proof, decision, deficit, id),
            None => proof,
        };
        DeficitFinding {
            id: id.clone(),
            state: judged.truth,
            weight,
            group,
            proof,
            needs: judged.needs,
            indicators,
            decision,
            is_untouched: false,
        }
    }

    /// The heaviest weight whose condition certainly holds; «иначе» where none does; one where the
    /// rule names no weights.
    fn weight(&self, deficit: &Deficit, context: &Context) -> Number {
        let holds =
            |condition: &crate::model::Expr| self.judge(condition, context).truth == Truth::Yes;
        let certain = deficit
            .weights
            .iter()
            .filter(|weight| weight.condition.as_ref().is_some_and(&holds))
            .map(|weight| &weight.value)
            .max();
        let otherwise =
            deficit.weights.iter().find(|weight| weight.condition.is_none()).map(|w| &w.value);
        certain.or(otherwise).cloned().unwrap_or_else(Number::one)
    }

    fn group(&self, deficit: &Deficit) -> Option<u64> {
        let own = deficit.condition.observes().into_iter().filter(|o| o.level.is_none());
        own.filter_map(|observe| self.participants(&self.key(observe, &self.own()))).min()
    }

    fn deficit_proof(&self, deficit: &Deficit, id: &Id, judged: &super::Judged) -> Proof {
        let verdict = match judged.truth {
            Truth::Yes => "выявлен",
            Truth::No => "не выявлен",
            Truth::Unknown => "не определён: не хватает данных",
            Truth::Inapplicable => "не применим",
        };
        let mut children = judged.proofs.clone();
        children.extend(self.owner(&deficit.meta));
        let text = format!("Дефицит «{}» {verdict}", deficit.meta.title);
        Proof::new(ProofKind::Rule, text).about(id).with(children)
    }

    /// As [`owner`].
    pub fn owner(&self, meta: &Meta) -> Vec<Proof> {
        owner(self.model, meta)
    }

    // ------------------------------------------------------------ causes

    fn causes(&self, deficits: &[DeficitFinding]) -> Vec<CauseFinding> {
        let mut ids: Vec<Id> = Vec::new();
        for finding in deficits {
            let Some(deficit) = self.model.deficits.get(&finding.id) else { continue };
            for cause in &deficit.causes {
                let declared = self.model.causes.get(&cause.id);
                let is_here = declared.is_some_and(|it| self.facts.concerns(&it.meta));
                if is_here && !ids.contains(&cause.id) {
                    ids.push(cause.id.clone());
                }
            }
        }
        ids.iter().map(|id| self.cause(id)).collect()
    }

    /// One of the causes that a diagnosis holds.
    pub fn cause_finding(&self, id: &Id) -> Option<CauseFinding> {
        let is_named = |deficit: &Deficit| deficit.causes.iter().any(|cause| cause.id == *id);
        let is_here = self.model.causes.get(id).is_some_and(|it| self.facts.concerns(&it.meta));
        let mut deficits = self.model.deficits.values();
        let is_asked = is_here && deficits.any(|it| is_named(it) && self.looks_at(it));
        is_asked.then(|| self.cause(id))
    }

    /// Whether a cause is confirmed by an answer or by data, refuted, or just possible.
    pub fn cause(&self, id: &Id) -> CauseFinding {
        let mut states = Vec::new();
        let mut children = Vec::new();
        for (question_id, question, state) in self.answers_about(id) {
            states.push(state);
            let words =
                if self.facts.answers.get(question_id) == Some(&true) { "да" } else { "нет" };
            let text = format!("Ответ на вопрос «{}»: {words}", question.meta.title);
            children.push(Proof::new(ProofKind::Value, text).about(question_id));
        }
        if let Some(cause) = self.model.causes.get(id)
            && let Some(condition) = &cause.condition
        {
            let judged = self.judge(condition, &self.own());
            states.push(judged.truth);
            children.extend(judged.proofs);
        }
        let decision = self.facts.decisions.causes.get(id);
        if let Some(decision) = decision {
            let text = decision.sentence("Подтверждена", "Опровергнута");
            children.insert(0, decision.proof(text, id));
        }
        let state = match decision.map(|decision| decision.includes) {
            Some(is_confirmed) => Truth::of(Some(is_confirmed)),
            None => said(&states),
        };
        let title = self.model.causes.get(id).map_or(id.as_str(), |c| c.meta.title.as_str());
        let verdict = match state {
            Truth::Yes => "подтверждена",
            Truth::No => "не подтвердилась",
            _ => "возможна, команда школы ещё не ответила",
        };
        let proof = Proof::new(ProofKind::Rule, format!("Причина «{title}» {verdict}"))
            .about(id)
            .with(children);
        CauseFinding { id: id.clone(), state, proof }
    }

    /// What was answered about a cause, in the order of the packs.
    fn answers_about(&self, cause: &Id) -> Vec<(&Id, &Question, Truth)> {
        let given = self.facts.answers.keys();
        let questions = given.filter_map(|id| self.model.questions.get_full(id));
        let mut telling: Vec<_> = questions
            .filter_map(|(at, id, question)| {
                Some((at, (id, question, self.answered(id, question, cause)?)))
            })
            .collect();
        telling.sort_by_key(|(at, _)| *at);
        telling.into_iter().map(|(_, told)| told).collect()
    }

    /// What the answer to a question says of a cause; `None` where it says nothing.
    fn answered(&self, id: &Id, question: &Question, cause: &Id) -> Option<Truth> {
        let answer = *self.facts.answers.get(id)?;
        let names = |causes: &[crate::model::Ref]| causes.iter().any(|c| c.id == *cause);
        if names(&question.yes_confirms) {
            return Some(Truth::of(Some(answer)));
        }
        names(&question.no_confirms).then(|| Truth::of(Some(!answer)))
    }
}

/// What answers and data say of a cause together.
fn said(states: &[Truth]) -> Truth {
    match () {
        () if states.contains(&Truth::Yes) => Truth::Yes,
        () if states.contains(&Truth::No) => Truth::No,
        () => Truth::Unknown,
    }
}

/// A deficit that the team took up stands on the team's word, not on the data; one that it left
/// out stays proven.
fn decided_deficit(proof: Proof, decision: &Decision, deficit: &Deficit, id: &Id) -> Proof {
    let words = decision.sentence("включён", "исключён");
    if decision.includes {
        let text = format!("Дефицит «{}» {words}", deficit.meta.title);
        return decision.proof(text, id).with(vec![proof]);
    }
    let mut proof = proof;
    let text = crate::russian::capitalise(&words);
    proof.children.insert(0, decision.proof(text, id));
    proof
}

fn direction_word(direction: Direction) -> &'static str {
    match direction {
        Direction::Rose => "рост",
        Direction::Fell => "снижение",
        Direction::Unchanged => "без изменений",
    }
}
