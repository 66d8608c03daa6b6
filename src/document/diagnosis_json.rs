//! The diagnosis as `pko/diagnosis/1`.

use serde::Serialize;
use serde_json::Value as Json;

use super::because::of_proof;
use super::types::Because;
use super::units::unit_sign;
use crate::base::{Id, Level, Number};
use crate::data::Project;
use crate::eval::{
    CauseFinding, DeficitFinding, Diagnosis, Facts, IndicatorReading, Key, Object, Truth,
    UnknownFigure, UnknownIndicator, Untouched, Value, print,
};
use crate::model::Model;

#[derive(Serialize)]
struct Document {
    schema: &'static str,
    school: String,
    school_name: String,
    as_of: String,
    indicators: Vec<Indicator>,
    deficits: Vec<Deficit>,
    causes: Vec<Cause>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    unknown: Vec<Unknown>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    untouched: Vec<Mechanism>,
}

#[derive(Serialize)]
struct Indicator {
    id: String,
    title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    unit: String,
    year: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    n: Option<String>,
    missing: bool,
    #[serde(skip_serializing_if = "String::is_empty")]
    source: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    comparisons: Vec<Comparison>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    series: Vec<Point>,
    #[serde(skip_serializing_if = "Option::is_none")]
    dynamics: Option<&'static str>,
}

#[derive(Serialize)]
struct Comparison {
    with: &'static str,
    value: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    source: String,
}

#[derive(Serialize)]
struct Point {
    year: String,
    value: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    n: Option<String>,
}

#[derive(Serialize)]
struct Deficit {
    id: String,
    title: String,
    state: &'static str,
    /// Only where the question does not arise.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    inapplicable: bool,
    /// Only of an unknown one whose mechanism the institution has not begun to look at.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    untouched: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    weight: Option<String>,
    small_group: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    because: Vec<Because>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    needs: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    missing: Vec<Missing>,
}

#[derive(Serialize)]
struct Cause {
    id: String,
    title: String,
    state: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    because: Vec<Because>,
}

#[derive(Serialize)]
struct Unknown {
    indicator: String,
    title: String,
    decides: usize,
    figures: Vec<Figure>,
}

/// A mechanism of which nothing is known: its deficits, and what to collect.
#[derive(Serialize)]
struct Mechanism {
    mechanism: String,
    title: String,
    deficits: Vec<String>,
    indicators: Vec<String>,
}

#[derive(Serialize)]
struct Figure {
    #[serde(flatten)]
    missing: Missing,
    decides: usize,
}

/// A figure that is not there.
#[derive(Serialize)]
struct Missing {
    indicator: String,
    object: String,
    year: String,
}

/// A place above the schools that bears no code is called by its level.
fn object_id(project: &Project) -> String {
    let institution = &project.institution;
    match institution.id.value.as_str() {
        "" => institution.level.nominative().to_owned(),
        code => code.to_owned(),
    }
}

/// The diagnosis of the project's institution as a JSON document.
pub fn diagnosis_json(
    model: &Model,
    project: &Project,
    facts: &Facts,
    diagnosis: &Diagnosis,
) -> Json {
    let writer = Writer { model, facts };
    let document = Document {
        schema: "pko/diagnosis/1",
        school: object_id(project),
        school_name: project.institution.name.clone(),
        as_of: diagnosis.as_of.to_string(),
        indicators: diagnosis.indicators.iter().map(|r| writer.indicator(r)).collect(),
        deficits: diagnosis.deficits.iter().map(|f| writer.deficit(f)).collect(),
        causes: diagnosis.causes.iter().map(|c| writer.cause(c)).collect(),
        unknown: diagnosis.unknown.iter().map(|u| writer.unknown(u)).collect(),
        untouched: diagnosis.untouched.iter().map(|u| writer.untouched(u)).collect(),
    };
    // Plain texts and numbers always have a JSON form.
    serde_json::to_value(document).unwrap_or(Json::Null)
}

struct Writer<'a> {
    model: &'a Model,
    facts: &'a Facts,
}

impl Writer<'_> {
    fn indicator(&self, reading: &IndicatorReading) -> Indicator {
        let id = &reading.id;
        let value = self.value(id, &reading.value);
        let comparisons = reading.comparisons.iter().filter_map(|(level, value, source)| {
            let value = self.value(id, value)?;
            Some(Comparison { with: level.nominative(), value, source: source.clone() })
        });
        let series = reading.series.iter().filter_map(|point| {
            let value = self.value(id, &point.value)?;
            Some(Point { year: point.year.to_string(), value, n: point.n.map(|n| n.to_string()) })
        });
        Indicator {
            id: id.to_string(),
            title: self.title(id),
            missing: value.is_none(),
            unit: self.unit(id),
            year: reading.year.to_string(),
            n: reading.n.map(|n| n.to_string()),
            source: reading.source.clone(),
            comparisons: comparisons.collect(),
            series: series.collect(),
            dynamics: reading.dynamics,
            value,
        }
    }

    fn title(&self, id: &Id) -> String {
        self.model.indicators.get(id).map(|i| i.meta.title.clone()).unwrap_or_default()
    }

    fn unit(&self, id: &Id) -> String {
        let indicator = self.model.indicators.get(id);
        indicator.map(|indicator| unit_sign(indicator, self.model)).unwrap_or_default()
    }

    /// A plain figure; a bound, an answer or words as they are printed.
    fn value(&self, id: &Id, value: &Value) -> Option<String> {
        let printed = print(value, self.model.indicators.get(id)?, self.model);
        value.exact().map(Number::to_plain).or(printed)
    }

    fn deficit(&self, finding: &DeficitFinding) -> Deficit {
        let declared = self.model.deficits.get(&finding.id);
        let mut needs: Vec<String> = Vec::new();
        for key in &finding.needs {
            let id = key.indicator.to_string();
            if !needs.contains(&id) {
                needs.push(id);
            }
        }
        Deficit {
            id: finding.id.to_string(),
            title: declared.map(|deficit| deficit.meta.title.clone()).unwrap_or_default(),
            state: match finding.state {
                Truth::Yes => "есть",
                Truth::No | Truth::Inapplicable => "нет",
                Truth::Unknown => "неизвестно",
            },
            inapplicable: finding.state == Truth::Inapplicable,
            untouched: finding.is_untouched,
            weight: finding.weight.as_ref().map(Number::to_plain),
            small_group: finding.is_small_group(),
            because: of_proof(&finding.proof),
            needs,
            missing: finding.needs.iter().map(|key| self.missing(key)).collect(),
        }
    }

    fn cause(&self, finding: &CauseFinding) -> Cause {
        let declared = self.model.causes.get(&finding.id);
        Cause {
            id: finding.id.to_string(),
            title: declared.map(|cause| cause.meta.title.clone()).unwrap_or_default(),
            state: match finding.state {
                Truth::Yes => "подтверждена",
                Truth::No => "опровергнута",
                Truth::Unknown | Truth::Inapplicable => "возможна",
            },
            because: of_proof(&finding.proof),
        }
    }

    fn unknown(&self, unknown: &UnknownIndicator) -> Unknown {
        let figure = |figure: &UnknownFigure| Figure {
            missing: self.missing(&figure.key),
            decides: figure.decides,
        };
        Unknown {
            indicator: unknown.indicator.to_string(),
            title: self.title(&unknown.indicator),
            decides: unknown.decides,
            figures: unknown.figures.iter().map(figure).collect(),
        }
    }

    fn untouched(&self, untouched: &Untouched) -> Mechanism {
        let id = &untouched.mechanism;
        let declared = self.model.mechanisms.get(id);
        Mechanism {
            mechanism: id.to_string(),
            title: declared.map_or_else(|| id.to_string(), |it| it.meta.title.clone()),
            deficits: untouched.deficits.iter().map(Id::to_string).collect(),
            indicators: untouched.indicators.iter().map(Id::to_string).collect(),
        }
    }

    fn missing(&self, key: &Key) -> Missing {
        let object = match &key.object {
            Object::Above(level) => level.nominative().to_owned(),
            Object::School(id) => match self.facts.schools.get(id) {
                Some(name) if key.object != self.facts.own => name.clone(),
                _ if key.object == self.facts.own => Level::School.nominative().to_owned(),
                _ => id.clone(),
            },
        };
        Missing { indicator: key.indicator.to_string(), object, year: key.year.to_string() }
    }
}
