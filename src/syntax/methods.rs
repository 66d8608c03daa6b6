//! The lines of identification methodologies as they stand in a file.

use super::tree::{Name, Quantity, Quoted};
use super::visit::{Change, quantity};
use crate::base::{Number, Span};

/// What a line of a methodology says.
#[derive(Clone, Debug)]
pub enum MethodValue {
    Window {
        years: u32,
        by: Option<Name>,
    },
    /// Which schools are ranked together.
    Base {
        whole: bool,
        when: When,
    },
    Bounds {
        indicators: Vec<Name>,
        low: Number,
        high: Number,
    },
    Lacks {
        group: Name,
        indicators: Vec<Name>,
        when: When,
    },
    Header {
        field: Name,
        titles: Vec<Quoted>,
    },
    Option {
        name: Name,
        title: Quoted,
        is_default: bool,
    },
    NumberOption {
        title: Option<Quoted>,
        default: Option<FigureSyntax>,
    },
    Setting(SettingSyntax),
    Terms {
        indicators: Vec<Name>,
        when: When,
    },
    Lags {
        indicators: Vec<Name>,
        more_than: Number,
        when: When,
    },
    Score {
        lagging: Number,
        keeping: Number,
        when: When,
    },
    /// The words of a primitive.
    Words(String),
    Band {
        name: Name,
        /// An end and a share; the rest without.
        cut: Option<(String, Quantity)>,
    },
    Category {
        name: Name,
        title: Quoted,
        /// Otherwise.
        rule: Option<RuleSyntax>,
        when: When,
    },
    Sign {
        sign: SignSyntax,
        when: When,
    },
}

/// `при gap inverse`, where it is said.
pub type When = Option<WhenSyntax>;

#[derive(Clone, Debug)]
pub struct WhenSyntax {
    pub parameter: Name,
    pub value: SettingSyntax,
    pub span: Span,
}

/// A word, or a number as written.
#[derive(Clone, Debug)]
pub enum SettingSyntax {
    Name(Name),
    Figure(FigureSyntax),
}

#[derive(Clone, Debug)]
pub struct FigureSyntax {
    pub number: Number,
    /// It has a decimal mark.
    pub has_mark: bool,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub enum RuleSyntax {
    EachYear { band: Name, years: u32 },
    SomeYears { band: Name, at_least: u32, years: u32 },
    KnownIn { fewer_than: u32 },
    Enough { criteria: Vec<Name>, needed: SettingSyntax },
    Open { criteria: Vec<Name>, needed: SettingSyntax },
}

#[derive(Clone, Debug)]
pub enum SignSyntax {
    Threshold {
        which: Option<String>,
        indicators: Vec<Name>,
        over: Option<String>,
        compare: String,
        than: Quantity,
    },
    BelowMean {
        indicator: Name,
        by: Quantity,
    },
    InBand {
        domain: Name,
        band: Name,
    },
}

impl MethodValue {
    pub(super) fn change(&mut self, change: &dyn Change) {
        match self {
            Self::Window { by, .. } => by.iter_mut().for_each(|name| change.name(name)),
            Self::Base { when, .. } | Self::Score { when, .. } => self::when(when, change),
            Self::Bounds { indicators, .. } => names(indicators, change),
            Self::Lacks { group, indicators, when } => {
                change.name(group);
                names(indicators, change);
                self::when(when, change);
            }
            Self::Header { titles, .. } => {
                titles.iter_mut().for_each(|title| change.text(title));
            }
            Self::Option { name, title, .. } => {
                change.name(name);
                change.text(title);
            }
            Self::NumberOption { title, .. } => {
                title.iter_mut().for_each(|title| change.text(title));
            }
            Self::Setting(setting) => self::setting(setting, change),
            Self::Terms { indicators, when } | Self::Lags { indicators, when, .. } => {
                names(indicators, change);
                self::when(when, change);
            }
            Self::Words(_) => {}
            Self::Band { name, cut } => {
                change.name(name);
                cut.iter_mut().for_each(|(_, share)| quantity(share, change));
            }
            Self::Category { name, title, rule, when } => {
                change.name(name);
                change.text(title);
                rule.iter_mut().for_each(|rule| rule.change(change));
                self::when(when, change);
            }
            Self::Sign { sign, when } => {
                sign.change(change);
                self::when(when, change);
            }
        }
    }
}

impl RuleSyntax {
    fn change(&mut self, change: &dyn Change) {
        match self {
            Self::EachYear { band, .. } | Self::SomeYears { band, .. } => change.name(band),
            Self::KnownIn { .. } => {}
            Self::Enough { criteria, needed } | Self::Open { criteria, needed } => {
                names(criteria, change);
                setting(needed, change);
            }
        }
    }
}

impl SignSyntax {
    fn change(&mut self, change: &dyn Change) {
        match self {
            Self::Threshold { indicators, than, .. } => {
                names(indicators, change);
                quantity(than, change);
            }
            Self::BelowMean { indicator, by } => {
                change.name(indicator);
                quantity(by, change);
            }
            Self::InBand { domain, band } => {
                change.name(domain);
                change.name(band);
            }
        }
    }
}

fn names(names: &mut [Name], change: &dyn Change) {
    names.iter_mut().for_each(|name| change.name(name));
}

fn when(when: &mut When, change: &dyn Change) {
    if let Some(when) = when {
        change.name(&mut when.parameter);
        setting(&mut when.value, change);
    }
}

fn setting(setting: &mut SettingSyntax, change: &dyn Change) {
    if let SettingSyntax::Name(name) = setting {
        change.name(name);
    }
}
