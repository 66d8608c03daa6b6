//! The methodology as it was applied: its parameters, indicators, criteria and categories as rows.

use super::Cohort;
use super::counts::share;
use super::fields::NONE;
use crate::base::Number;
use crate::cohort::{Answer, Cell, Cut, Domain, End, Needed, Rule, Scoring, Term};
use crate::document::rows::{Listed, Row};
use crate::model::methodology::{Parameter, ParameterValue};
use crate::russian::{self, capitalise, list};

/// Digits of a printed parameter.
const PLACES: u32 = 6;

impl<'a> Cohort<'a> {
    /// Every parameter with its value and the reason of its default.
    pub fn parameters(&self) -> Vec<Row<'a>> {
        let declared = self.methodology().map_or(&[] as &[_], |it| it.parameters.as_slice());
        declared.iter().map(|parameter| Row::Listed(self.parameter(parameter))).collect()
    }

    pub fn parameter(&self, parameter: &Parameter) -> Listed {
        let value = self.of.settings.get(&parameter.id);
        let is_default = value == parameter.default().as_ref();
        let chosen = match value {
            Some(ParameterValue::Option(id)) => {
                let option = parameter.options.iter().find(|option| option.id == *id);
                option.map_or_else(|| id.to_string(), |option| option.title.clone())
            }
            Some(ParameterValue::Figure(figure)) => russian::number(&figure.number, PLACES),
            Some(ParameterValue::Years(years)) => joined(years),
            None => joined(&self.outcome().window),
        };
        let usual = match (is_default, parameter.years) {
            (true, true) => "последние годы, за которые есть данные",
            (true, false) => "принято по умолчанию",
            (false, _) => "изменено",
        };
        let reason = parameter.meta.methodist.as_deref().unwrap_or(NONE);
        Listed::new(
            format!("параметр_{}", parameter.id),
            vec![
                ("название", parameter.meta.title.clone()),
                ("параметр", parameter.id.as_str().replace('_', "-")),
                ("выбрано", chosen),
                ("умолчание", usual.to_owned()),
                ("почему", capitalise(reason)),
            ],
        )
    }

    /// The indicators of every index with their directions, then those that only criteria read.
    pub fn measures(&self) -> Vec<Row<'a>> {
        let mut rows = Vec::new();
        let mut told = Vec::new();
        for (_, domain) in self.domains() {
            rows.push(self.heading("показатели", domain));
            for term in &domain.terms {
                told.push(term.indicator);
                rows.extend(self.measure(term.indicator, &direction(term)).map(Row::Listed));
            }
        }
        let others = (0..self.of.method.indicators.len()).filter(|at| !told.contains(at));
        let others: Vec<usize> = others.collect();
        if !others.is_empty() {
            let text = "Только в признаках".to_owned();
            rows.push(Row::Heading {
                id: "показатели_признаков".to_owned(), text
            });
        }
        let others = others.into_iter().filter_map(|at| self.measure(at, NONE));
        rows.extend(others.map(Row::Listed));
        rows
    }

    fn measure(&self, indicator: usize, direction: &str) -> Option<Listed> {
        let declared = self.of.method.indicators.get(indicator)?;
        let (missing, all) = self.gaps(indicator);
        let missing = match missing {
            0 => "0".to_owned(),
            _ => format!("{missing} ({})", share(missing, all)),
        };
        Some(Listed::new(
            declared.id.to_string(),
            vec![
                ("название", declared.title.clone()),
                ("направление", direction.to_owned()),
                ("пропусков", missing),
            ],
        ))
    }

    /// How many of the school years that may have the indicator lack it, and of how many.
    fn gaps(&self, indicator: usize) -> (usize, usize) {
        let (mut missing, mut all) = (0, 0);
        for school in self.judged() {
            for slot in 0..self.outcome().window.len() {
                let Some(row) = self.outcome().row(school, slot) else { continue };
                let group = self.of.table.rows.get(row).map(|row| usize::from(row.group));
                let group = group.and_then(|group| self.of.method.groups.get(group));
                if group.is_some_and(|group| group.lacks.contains(&indicator)) {
                    continue;
                }
                all += 1;
                let cell = self.of.method.figure(&self.of.table, row, indicator);
                missing += usize::from(cell == Cell::Missing);
            }
        }
        (missing, all)
    }

    /// The criteria with how many schools they hold of.
    pub fn criteria(&self) -> Vec<Row<'a>> {
        let each = self.of.method.criteria.iter().enumerate().map(|(at, criterion)| {
            let count = |asked: Answer| {
                let schools = self.judged().into_iter();
                schools.filter(|school| self.outcome().answer(*school, at) == asked).count()
            };
            Row::Listed(Listed::new(
                criterion.id.to_string(),
                vec![
                    ("признак", criterion.id.to_string()),
                    ("название", criterion.title.clone()),
                    ("школ", count(Answer::Yes).to_string()),
                    ("неизвестно", count(Answer::Unknown).to_string()),
                ],
            ))
        });
        each.collect()
    }

    /// The categories of every domain, with the rule that leads to each and who is in it.
    pub fn categories(&self) -> Vec<Row<'a>> {
        let mut rows = Vec::new();
        let judged = self.judged().len();
        for (at, domain) in self.domains().filter(|(_, domain)| !domain.categories.is_empty()) {
            rows.push(self.heading("категории", domain));
            let (counts, _) = self.outcome().counts(&self.of.method, at);
            for (category, count) in domain.categories.iter().zip(counts) {
                rows.push(Row::Listed(Listed::new(
                    format!("{}_{}", domain.id, category.id),
                    vec![
                        ("название", category.title.clone()),
                        ("правило", self.rule(domain, &category.rule)),
                        ("школ", count.to_string()),
                        ("доля_школ", share(count, judged)),
                    ],
                )));
            }
        }
        rows
    }

    pub fn heading(&self, of: &str, domain: &Domain) -> Row<'a> {
        Row::Heading { id: format!("{of}_{}", domain.id), text: domain.title.clone() }
    }

    /// A rule in words: «полоса „низкие“ (нижние 25 %) в каждом из 3 последних лет».
    pub fn rule(&self, domain: &Domain, rule: &Rule) -> String {
        let band = |at: usize| domain.bands.get(at).map(|band| within(&band.title, &band.cut));
        let named = |criteria: &[usize]| -> Vec<String> {
            let ids = criteria.iter().filter_map(|at| self.of.method.criteria.get(*at));
            ids.map(|criterion| criterion.id.to_string()).collect()
        };
        let enough = |criteria: &[usize], needed: Needed| {
            let criteria = list(&named(criteria), "и");
            match needed {
                Needed::All => format!("все признаки из {criteria}"),
                Needed::AtLeast(1) => format!("хотя бы один признак из {criteria}"),
                Needed::AtLeast(count) => format!("не меньше {count} признаков из {criteria}"),
            }
        };
        match rule {
            Rule::EachYear { band: at, years } => {
                format!("{} в каждом из {years} последних лет", band(*at).unwrap_or_default())
            }
            Rule::SomeYears { band: at, at_least, years } => format!(
                "{} хотя бы {at_least} года из {years} последних",
                band(*at).unwrap_or_default()
            ),
            Rule::KnownIn { fewer_than } => {
                format!("место школы известно меньше чем за {fewer_than} года")
            }
            Rule::Enough { criteria, needed } => format!("есть {}", enough(criteria, *needed)),
            Rule::Open { criteria, needed } => {
                format!("неизвестно, есть ли {}", enough(criteria, *needed))
            }
            Rule::Otherwise => "все остальные школы".to_owned(),
        }
    }
}

/// «прямой», «обратный», «отставание больше чем на 20: 0, иначе 1»
fn direction(term: &Term) -> String {
    match &term.scoring {
        Scoring::Direct => "прямой".to_owned(),
        Scoring::Inverse => "обратный".to_owned(),
        Scoring::Lag { more_than, lagging, keeping } => {
            let figure = |it: &Number| russian::number(it, PLACES);
            format!(
                "отставание больше чем на {} — {}, иначе {}",
                figure(more_than),
                figure(lagging),
                figure(keeping)
            )
        }
    }
}

fn within(title: &str, cut: &Cut) -> String {
    match cut {
        Cut::Share(end, part) => {
            let percent = part * &Number::from_int(100);
            let end = match end {
                End::Lowest => "нижние",
                End::Highest => "верхние",
            };
            format!("полоса «{title}» ({end} {} %)", russian::number(&percent, 1))
        }
        Cut::Rest => format!("полоса «{title}»"),
    }
}

/// «2024, 2025 и 2026»
pub(super) fn joined(years: &[i32]) -> String {
    list(&years.iter().map(i32::to_string).collect::<Vec<_>>(), "и")
}
