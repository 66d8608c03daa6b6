//! The names that the texts of an analysis may use besides those of every text.

use super::Told;
use crate::base::{Level, Number, normalise};
use crate::document::scope::TextScope;
use crate::document::view::View;
use crate::eval::one_pupil;
use crate::model::{Analysis, When};
use crate::russian;
use crate::text::{Arguments, QuantityUnit, Scope, TextValue};

/// The scope of one indicator's texts.
pub(super) struct AnalysisScope<'v, 'a> {
    view: &'v View<'a>,
    analysis: &'v Analysis,
    told: &'v Told<'a>,
    /// All that are told of at once.
    all: Vec<&'v Told<'a>>,
}

impl<'v, 'a> AnalysisScope<'v, 'a> {
    pub fn of(view: &'v View<'a>, analysis: &'v Analysis, told: &'v Told<'a>) -> Self {
        Self { view, analysis, told, all: vec![told] }
    }

    /// The same for texts that speak of several; the figures stay those of the one.
    pub fn and(self, all: &[&'v Told<'a>]) -> Self {
        Self { all: all.to_vec(), ..self }
    }

    fn own(&self, path: &str) -> Option<TextValue> {
        let told = self.told;
        Some(match path {
            "показатель" => TextValue::AsIs(self.view.indicator_title(told.id)),
            "показатель.кратко" => {
                TextValue::AsIs(self.view.indicator_short(told.id))
            }
            "показатели" => TextValue::List(self.names()),
            "год" => TextValue::AsIs(told.year.to_string()),
            "год.прошлый" => TextValue::AsIs((told.year - 1).to_string()),
            "год.позапрошлый" => TextValue::AsIs((told.year - 2).to_string()),
            "значение" => self.printed(None, told.year),
            "значение.прошлое" => self.printed(None, told.year - 1),
            "значение.позапрошлое" => self.printed(None, told.year - 2),
            "муниципалитет" => self.printed(Some(Level::Municipality), told.year),
            "регион" => self.printed(Some(Level::Region), told.year),
            "разница.за_год" => self.apart(None, told.year - 1),
            "разница.за_два_года" => self.apart(None, told.year - 2),
            "разница.муниципалитет" => {
                self.apart(Some(Level::Municipality), told.year)
            }
            "разница.регион" => self.apart(Some(Level::Region), told.year),
            "участники" => {
                self.people().map_or(TextValue::Missing, |n| plain(i64::try_from(n)))
            }
            "ученики" => self.pupils().map_or(TextValue::Missing, |n| plain(Ok(n))),
            "один_ученик" => self.worth_of_one().map_or(TextValue::Missing, points),
            "предел" => self.margin(),
            "никто" => self.is_exactly(0),
            "все" => self.is_exactly(100),
            "лучше_чем" => levels(&told.shaped.better_than),
            "хуже_чем" => levels(&told.shaped.worse_than),
            "вровень_с" => levels(&told.shaped.level_with),
            "причины" => self.causes(),
            "причин_несколько" => {
                TextValue::Truth(self.told.causes.told().len() > 1)
            }
            _ => return None,
        })
    }

    fn names(&self) -> Vec<TextValue> {
        let short = self.all.iter().map(|told| self.view.indicator_short(told.id));
        short.map(TextValue::AsIs).collect()
    }

    fn printed(&self, level: Option<Level>, year: i32) -> TextValue {
        let value = self.view.figure(self.told.id, level, When::Year(year));
        self.view.applied(self.told.id, &value).map_or(TextValue::Missing, TextValue::AsIs)
    }

    fn apart(&self, level: Option<Level>, year: i32) -> TextValue {
        self.distance(level, year).map_or(TextValue::Missing, points)
    }

    /// How far the present figure and another are apart, in points, where both are exact.
    fn distance(&self, level: Option<Level>, year: i32) -> Option<Number> {
        let own = self.view.figure(self.told.id, None, When::Year(self.told.year));
        let other = self.view.figure(self.told.id, level, When::Year(year));
        Some((own.exact()? - other.exact()?).abs())
    }

    /// Up to where a difference is none: as the analysis says, or what one participant is worth
    /// where only that makes it none.
    fn margin(&self) -> TextValue {
        let margin = self.analysis.margin.as_ref().map(|margin| &margin.number);
        let levels = self.told.shaped.level_with.iter();
        let apart = levels.filter_map(|level| self.distance(Some(*level), self.told.year)).max();
        let margin = match (margin, apart) {
            (Some(margin), Some(apart)) if apart <= *margin => Some(margin.clone()),
            (None, _) | (_, Some(_)) => self.worth_of_one(),
            (margin, None) => margin.cloned(),
        };
        margin.map_or(TextValue::Missing, points)
    }

    /// Whether it is certainly such a share, or certainly not.
    fn is_exactly(&self, share: i64) -> TextValue {
        let value = self.view.figure(self.told.id, None, When::Year(self.told.year));
        TextValue::Truth(value.exact() == Some(&Number::from_int(share)))
    }

    fn people(&self) -> Option<u64> {
        self.view.participants(self.told.id, When::Year(self.told.year))
    }

    /// How many people a share stands for, where it is a whole number as far as shares are rounded.
    fn pupils(&self) -> Option<i64> {
        let value = self.view.figure(self.told.id, None, When::Year(self.told.year));
        let n = self.people()?;
        let one = one_pupil(&self.view.indicator(self.told.id)?.kind, n)?;
        let people = value.exact()?.checked_div(&one)?;
        let whole = people.round()?;
        let off = (&people - &Number::from_int(whole)).abs();
        (off <= Number::one().half().half()).then_some(whole)
    }

    fn worth_of_one(&self) -> Option<Number> {
        one_pupil(&self.view.indicator(self.told.id)?.kind, self.people()?)
    }

    fn causes(&self) -> TextValue {
        let titles =
            self.told.causes.told().iter().filter_map(|id| self.view.model.causes.get(*id));
        let titles: Vec<String> =
            titles.map(|cause| russian::uncapitalise(&cause.meta.title)).collect();
        if titles.is_empty() { TextValue::Missing } else { TextValue::AsIs(titles.join("; ")) }
    }
}

impl Scope for AnalysisScope<'_, '_> {
    fn value(&self, path: &str, arguments: &Arguments) -> Option<TextValue> {
        let base = TextScope { view: self.view, item: None };
        self.own(&normalise(path)).or_else(|| base.value(path, arguments))
    }

    fn unit(&self, name: &str) -> Option<[String; 3]> {
        TextScope { view: self.view, item: None }.unit(name)
    }
}

fn levels(all: &[Level]) -> TextValue {
    TextValue::List(all.iter().map(|it| TextValue::Words(it.nominative().to_owned())).collect())
}

fn points(value: Number) -> TextValue {
    TextValue::Quantity { value, unit: QuantityUnit::Points }
}

fn plain(count: Result<i64, std::num::TryFromIntError>) -> TextValue {
    let unit = QuantityUnit::Plain;
    count.map_or(TextValue::Missing, |n| TextValue::Quantity { value: Number::from_int(n), unit })
}
