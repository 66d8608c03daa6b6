//! From a methodology and the settings of its parameters to a method without switches. What a pack
//! leaves out in spite of the checker gets the value that identifies nobody.

use std::collections::BTreeSet;

use indexmap::IndexSet;

use super::method::*;
use super::settings::Settings;
use crate::base::{Id, Number};
use crate::model::methodology::{
    self as written, Line, Methodology, ParameterValue, Setting, TermWay,
};
use crate::model::primitives::{Primitive, Quantifier};
use crate::model::{Indicator, Model, domain};

/// One reading of a methodology.
pub fn settle(model: &Model, methodology: &Methodology, settings: &Settings) -> Method {
    let mut settling = Settling {
        model,
        methodology,
        settings,
        indicators: written_in(methodology).cloned().collect(),
        counting: BTreeSet::new(),
    };
    let domains = methodology.domains.iter().map(|domain| settling.domain(domain)).collect();
    let criteria = methodology.criteria.iter().filter_map(|it| settling.criterion(it)).collect();
    let groups = methodology.groups.iter().map(|group| settling.group(group)).collect();
    Method {
        id: methodology.id.clone(),
        title: methodology.meta.title.clone(),
        groups,
        headers: methodology
            .headers
            .iter()
            .map(|header| (header.field.clone(), header.titles.clone()))
            .collect(),
        window: settling.window(),
        base: settling.first(&methodology.base).copied().unwrap_or(Base::All),
        by_group: methodology.by_group,
        out_of_range: settling.kind(&methodology.out_of_range).unwrap_or(OutOfRange::Missing),
        duplicates: settling.kind(&methodology.duplicates).unwrap_or(Duplicates::Missing),
        suspicious: methodology.doubtful.clone(),
        unread: settling.unread(),
        domains,
        criteria,
        indicators: settling.measures(),
    }
}

struct Settling<'a> {
    model: &'a Model,
    methodology: &'a Methodology,
    settings: &'a Settings,
    /// In the order of their first use in the methodology, whatever its parameters say: so that a table
    /// read for one reading serves the others.
    indicators: IndexSet<Id>,
    /// Those that this reading uses.
    counting: BTreeSet<usize>,
}

/// The indicators that a methodology names anywhere.
fn written_in(methodology: &Methodology) -> impl Iterator<Item = &Id> {
    let terms = methodology.domains.iter().flat_map(|domain| &domain.terms);
    let of_domains = terms.flat_map(|line| &line.value.indicators).map(|indicator| &indicator.id);
    let signs = methodology.criteria.iter().flat_map(|criterion| &criterion.signs);
    let of_signs = signs.flat_map(|line| match &line.value {
        written::Sign::Threshold { indicators, .. } => indicators.iter().map(|it| &it.id).collect(),
        written::Sign::BelowMean { indicator, .. } => vec![&indicator.id],
        written::Sign::InBand { .. } => Vec::new(),
    });
    of_domains.chain(of_signs)
}

impl Settling<'_> {
    // -------------------------------------------------------------- parameters

    fn holds<T>(&self, line: &Line<T>) -> bool {
        let Some(when) = &line.when else { return true };
        self.settings.get(&when.parameter) == Some(&when.value)
    }

    fn first<'b, T>(&self, lines: &'b [Line<T>]) -> Option<&'b T> {
        lines.iter().find(|line| self.holds(line)).map(|line| &line.value)
    }

    fn kind<T: Primitive>(&self, setting: &Option<Setting<T>>) -> Option<T> {
        match setting.as_ref()? {
            Setting::Fixed(kind) => Some(*kind),
            Setting::By(parameter) => match self.settings.get(parameter)? {
                ParameterValue::Option(word) => T::from_word(word.as_str()),
                _ => None,
            },
        }
    }

    fn figure(&self, setting: &Option<Setting<written::Figure>>) -> Option<written::Figure> {
        match setting.as_ref()? {
            Setting::Fixed(figure) => Some(figure.clone()),
            Setting::By(parameter) => match self.settings.get(parameter)? {
                ParameterValue::Figure(figure) => Some(figure.clone()),
                _ => None,
            },
        }
    }

    fn needed(&self, needed: &written::Needed) -> Needed {
        match needed {
            written::Needed::All => Needed::All,
            written::Needed::AtLeast(count) => Needed::AtLeast(*count),
            written::Needed::By(parameter) => match self.settings.get(parameter) {
                Some(ParameterValue::Option(word)) => match Quantifier::from_word(word.as_str()) {
                    Some(Quantifier::All) => Needed::All,
                    _ => Needed::AtLeast(1),
                },
                Some(ParameterValue::Figure(figure)) => Needed::AtLeast(count(figure)),
                _ => Needed::AtLeast(1),
            },
        }
    }

    fn window(&self) -> Window {
        let declared = self.methodology.window.as_ref();
        let named = declared.and_then(|window| self.settings.get(window.by.as_ref()?));
        Window {
            length: declared.map_or(1, |window| window.years as usize),
            years: match named {
                Some(ParameterValue::Years(years)) => Some(years.clone()),
                _ => None,
            },
            until: None,
        }
    }

    // -------------------------------------------------------------- indicators and groups

    fn indicator(&mut self, id: &Id) -> usize {
        let at = self.indicators.insert_full(id.clone()).0;
        self.counting.insert(at);
        at
    }

    fn measures(&self) -> Vec<Measure> {
        let numbered = self.indicators.iter().enumerate();
        numbered.filter_map(|(at, id)| self.measure(id, self.counting.contains(&at))).collect()
    }

    fn measure(&self, id: &Id, counts: bool) -> Option<Measure> {
        let declared = self.model.indicators.get(id)?;
        let named = self
            .methodology
            .bounds
            .iter()
            .find(|bounds| bounds.indicators.iter().any(|it| it.id == *id));
        let own = domain(&declared.kind, self.model);
        let (low, high) = match named {
            Some(bounds) => (Some(bounds.low.clone()), Some(bounds.high.clone())),
            None => own.as_ref().map_or((None, None), |own| {
                (
                    own.low.as_ref().map(|it| it.at.clone()),
                    own.high.as_ref().map(|it| it.at.clone()),
                )
            }),
        };
        Some(Measure {
            id: id.clone(),
            title: declared.meta.title.clone(),
            headers: headers(declared),
            low: low.unwrap_or_else(Number::zero),
            high: high.unwrap_or_else(Number::zero),
            is_share: declared.kind.is_share(),
            counts,
        })
    }

    /// A table may serve several methodologies: what another one reads is no slip in it.
    fn unread(&self) -> Vec<String> {
        let others = self.model.indicators.iter().filter(|(id, _)| !self.indicators.contains(*id));
        let names = others.flat_map(|(id, declared)| {
            std::iter::once(id.as_str().to_owned()).chain(headers(declared))
        });
        names.collect()
    }

    fn group(&mut self, group: &written::SchoolGroup) -> Group {
        let methodology = self.methodology;
        let mut lacks = Vec::new();
        for line in &methodology.lacking {
            if line.value.group == group.id && self.holds(line) {
                for indicator in &line.value.indicators {
                    lacks.extend(self.indicators.get_index_of(&indicator.id));
                }
            }
        }
        let mut words = vec![group.id.as_str().to_owned()];
        words.extend(group.words.iter().cloned());
        Group {
            id: group.id.clone(),
            title: group.meta.title.clone(),
            words,
            excluded: group.excluded.clone(),
            lacks,
        }
    }

    // -------------------------------------------------------------- domains

    fn domain(&mut self, domain: &written::Domain) -> Domain {
        Domain {
            id: domain.id.clone(),
            title: domain.meta.title.clone(),
            role: domain.role,
            terms: self.terms(domain),
            degenerate: self.kind(&domain.degenerate).unwrap_or(Degenerate::Skip),
            min_present: match self.figure(&domain.min_present) {
                Some(figure) if figure.is_share => Least::Share(figure.number),
                Some(figure) => Least::Count(count(&figure)),
                None => Least::Count(1),
            },
            ranked: domain.ranked.unwrap_or(Ranked::EachYear),
            rounding: self.kind(&domain.rounding).unwrap_or(Rounding::Floor),
            ties: self.kind(&domain.ties).unwrap_or(Ties::Include),
            counted_from: domain.quarters_from.unwrap_or(End::Lowest),
            min_group: self.figure(&domain.min_group).map_or(1, |figure| count(&figure)),
            bands: domain.bands.iter().map(band).collect(),
            categories: domain
                .categories
                .iter()
                .filter(|line| self.holds(line))
                .filter_map(|line| self.category(domain, &line.value))
                .collect(),
        }
    }

    fn terms(&mut self, domain: &written::Domain) -> Vec<Term> {
        let score = self.first(&domain.scores).cloned();
        let mut terms = Vec::new();
        for line in &domain.terms {
            if !self.holds(line) {
                continue;
            }
            let scoring = match &line.value.way {
                TermWay::Direct => Scoring::Direct,
                TermWay::Inverse => Scoring::Inverse,
                TermWay::Lag(more_than) => Scoring::Lag {
                    more_than: more_than.clone(),
                    lagging: score.as_ref().map_or_else(Number::zero, |it| it.lagging.clone()),
                    keeping: score.as_ref().map_or_else(Number::one, |it| it.keeping.clone()),
                },
            };
            for indicator in &line.value.indicators {
                let indicator = self.indicator(&indicator.id);
                terms.push(Term { indicator, scoring: scoring.clone() });
            }
        }
        terms
    }

    fn category(&self, domain: &written::Domain, category: &written::Category) -> Option<Category> {
        let band = |id: &Id| domain.bands.iter().position(|band| band.id == *id);
        let rule = match &category.rule {
            None => Rule::Otherwise,
            Some(written::Rule::EachYear { band: id, years }) => {
                Rule::EachYear { band: band(id)?, years: *years as usize }
            }
            Some(written::Rule::SomeYears { band: id, at_least, years }) => Rule::SomeYears {
                band: band(id)?,
                at_least: *at_least as usize,
                years: *years as usize,
            },
            Some(written::Rule::KnownIn { fewer_than }) => {
                Rule::KnownIn { fewer_than: *fewer_than as usize }
            }
            Some(written::Rule::Enough { criteria, needed }) => {
                Rule::Enough { criteria: self.criteria(criteria), needed: self.needed(needed) }
            }
            Some(written::Rule::Open { criteria, needed }) => {
                Rule::Open { criteria: self.criteria(criteria), needed: self.needed(needed) }
            }
        };
        Some(Category { id: category.id.clone(), title: category.title.clone(), rule })
    }

    // -------------------------------------------------------------- criteria

    /// Criteria that hold in this reading, in the order of the methodology.
    fn active(&self) -> impl Iterator<Item = &written::Criterion> {
        self.methodology.criteria.iter().filter(|it| self.first(&it.signs).is_some())
    }

    fn criteria(&self, ids: &[Id]) -> Vec<usize> {
        ids.iter().filter_map(|id| self.active().position(|it| it.id == *id)).collect()
    }

    fn criterion(&mut self, criterion: &written::Criterion) -> Option<Criterion> {
        let rule = match self.first(&criterion.signs)?.clone() {
            written::Sign::Threshold { indicators, over, compare, than, which } => {
                Sign::Threshold {
                    indicators: indicators.iter().map(|it| self.indicator(&it.id)).collect(),
                    over,
                    compare,
                    than,
                    which,
                }
            }
            written::Sign::BelowMean { indicator, by } => {
                Sign::BelowMean { indicator: self.indicator(&indicator.id), by }
            }
            written::Sign::InBand { domain, band } => {
                let at = self.methodology.domains.iter().position(|it| it.id == domain)?;
                let bands = &self.methodology.domains.get(at)?.bands;
                let band = bands.iter().position(|it| it.id == band)?;
                Sign::InBand { domain: at, band }
            }
        };
        let (id, title) = (criterion.id.clone(), criterion.meta.title.clone());
        Some(Criterion { id, title, rule })
    }
}

/// How a column may be called besides the id: what the pack says, and the title in full.
fn headers(declared: &Indicator) -> Vec<String> {
    declared.columns.iter().chain(std::iter::once(&declared.meta.title)).cloned().collect()
}

fn band(band: &written::Band) -> Band {
    let cut = match &band.cut {
        written::Cut::Share(end, share) => Cut::Share(*end, share.clone()),
        written::Cut::Rest => Cut::Rest,
    };
    Band { id: band.id.clone(), title: band.title.clone(), cut }
}

/// A count of at least one.
fn count(figure: &written::Figure) -> u32 {
    figure.number.floor().and_then(|count| u32::try_from(count).ok()).unwrap_or(u32::MAX).max(1)
}
