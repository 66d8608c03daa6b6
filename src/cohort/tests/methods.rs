//! The two methodologies, settled by hand.

use crate::base::{Id, Number};
use crate::cohort::{
    Band, Base, Category, Compare, Criterion, Cut, Degenerate, Domain, Duplicates, End, Group,
    Least, Measure, Method, Needed, OutOfRange, Over, Ranked, Role, Rounding, Rule, Scoring, Sign,
    Term, Ties, Which, Window,
};

pub fn number(text: &str) -> Number {
    Number::parse(text).expect("a number of a test")
}

const DIRECT: [&str; 6] =
    ["ege_high_rus", "ege_high_math", "oge_5_rus", "oge_5_math", "vpr_5_rus", "vpr_5_math"];
const INVERSE: [&str; 8] = [
    "ege_no_certificate",
    "ege_below_min_rus",
    "ege_below_min_math",
    "oge_no_certificate",
    "oge_2_rus",
    "oge_2_math",
    "vpr_2_rus",
    "vpr_2_math",
];
const GAPS: [(&str, i64); 7] = [
    ("ege_gap_rus", 20),
    ("ege_gap_math_prof", 20),
    ("ege_gap_math_base", 4),
    ("oge_gap_rus", 1),
    ("oge_gap_math", 1),
    ("vpr_gap_rus", 1),
    ("vpr_gap_math", 1),
];
const SOCIAL: [&str; 11] = [
    "deviant",
    "school_register",
    "police_register",
    "non_native_russian",
    "special_needs",
    "unemployed_parents",
    "no_higher_education",
    "single_parent",
    "at_risk_family",
    "free_meals",
    "guardianship",
];

fn measure(id: &str, low: i64, high: i64, is_share: bool) -> Measure {
    Measure {
        id: Id::new(id),
        title: format!("Показатель {id}"),
        headers: Vec::new(),
        low: Number::from_int(low),
        high: Number::from_int(high),
        is_share,
        counts: true,
    }
}

fn group(id: &str, excluded: bool, lacks: Vec<usize>) -> Group {
    Group {
        id: Id::new(id),
        title: id.to_owned(),
        words: vec![id.to_owned()],
        excluded: excluded.then(|| "начальная школа".to_owned()),
        lacks,
    }
}

fn share(id: &str, title: &str, end: End) -> Band {
    let cut = Cut::Share(end, number("0,25"));
    Band { id: Id::new(id), title: title.to_owned(), cut }
}

fn rest(id: &str, title: &str) -> Band {
    Band { id: Id::new(id), title: title.to_owned(), cut: Cut::Rest }
}

fn category(id: &str, title: &str, rule: Rule) -> Category {
    Category { id: Id::new(id), title: title.to_owned(), rule }
}

fn domain(id: &str, role: Option<Role>, terms: Vec<Term>) -> Domain {
    Domain {
        id: Id::new(id),
        title: id.to_owned(),
        role,
        terms,
        degenerate: Degenerate::Skip,
        min_present: Least::Share(number("0,5")),
        ranked: Ranked::EachYear,
        rounding: Rounding::Floor,
        ties: Ties::Include,
        counted_from: End::Lowest,
        min_group: 4,
        bands: Vec::new(),
        categories: Vec::new(),
    }
}

/// The methodology of Khabarovsk krai, all parameters as given.
pub fn khabarovsk() -> Method {
    let mut indicators: Vec<Measure> =
        DIRECT.iter().chain(&INVERSE).map(|id| measure(id, 0, 100, true)).collect();
    indicators.extend(GAPS.iter().map(|(id, _)| measure(id, -100, 100, false)));
    indicators.extend(SOCIAL.iter().map(|id| measure(id, 0, 100, true)));
    let is_ege = |at: &usize| indicators[*at].id.as_str().starts_with("ege_");
    let ege: Vec<usize> = (0..indicators.len()).filter(is_ege).collect();
    Method {
        id: Id::new("khabarovsk"),
        title: "Методика Хабаровского края".to_owned(),
        groups: vec![
            group("среднее", false, Vec::new()),
            group("основное", false, ege),
            group("вечернее", false, Vec::new()),
            group("начальное", true, Vec::new()),
        ],
        indicators,
        headers: Vec::new(),
        window: Window { length: 3, years: None, until: None },
        base: Base::All,
        by_group: true,
        out_of_range: OutOfRange::Missing,
        duplicates: Duplicates::Missing,
        suspicious: Vec::new(),
        unread: Vec::new(),
        domains: vec![results(), conditions()],
        criteria: Vec::new(),
    }
}

fn results() -> Domain {
    let scored = |at: usize| match at {
        0..6 => Scoring::Direct,
        6..14 => Scoring::Inverse,
        _ => lag(GAPS[at - 14].1, 0, 1),
    };
    let terms = (0..21).map(|indicator| Term { indicator, scoring: scored(indicator) });
    Domain {
        bands: vec![
            share("низкие", "низкие", End::Lowest),
            share("высокие", "высокие", End::Highest),
            rest("средние", "средние"),
        ],
        categories: vec![
            category("шнро", "ШНРО", Rule::EachYear { band: 0, years: 3 }),
            category("стабильно", "стабильно высокие", Rule::EachYear { band: 1, years: 3 }),
            category("риск", "группа риска", Rule::EachYear { band: 0, years: 2 }),
            category("мало", "недостаточно данных", Rule::KnownIn { fewer_than: 3 }),
            category("средние", "средние", Rule::Otherwise),
        ],
        ..domain("результаты", Some(Role::Results), terms.collect())
    }
}

/// A lag of more than so many points is worth one number, none is worth another.
pub fn lag(more_than: i64, lagging: i64, keeping: i64) -> Scoring {
    Scoring::Lag {
        more_than: Number::from_int(more_than),
        lagging: Number::from_int(lagging),
        keeping: Number::from_int(keeping),
    }
}

fn conditions() -> Domain {
    let terms = (21..32).map(|indicator| Term { indicator, scoring: Scoring::Direct });
    Domain {
        counted_from: End::Highest,
        bands: vec![
            share("неблагоприятные", "неблагоприятные", End::Highest),
            share("благоприятные", "благоприятные", End::Lowest),
            rest("нейтральные", "нейтральные"),
        ],
        categories: vec![
            category("шнсу", "ШНСУ", Rule::EachYear { band: 0, years: 2 }),
            category("благоприятные", "благоприятные", Rule::EachYear { band: 1, years: 2 }),
            category("мало", "недостаточно данных", Rule::KnownIn { fewer_than: 3 }),
            category("нейтральные", "нейтральные", Rule::Otherwise),
        ],
        ..domain("условия", Some(Role::Conditions), terms.collect())
    }
}

const LESOSIBIRSK: [&str; 22] = [
    "ege_gap_rus",
    "ege_gap_math_prof",
    "oge_gap_rus",
    "oge_gap_math",
    "continued_senior",
    "olympiad_participation",
    "satisfaction",
    "quality_learning",
    "standard_learning",
    "unemployed_parents",
    "free_meals",
    "at_risk_family",
    "no_higher_education",
    "deviant",
    "school_register",
    "non_native_russian",
    "remoteness",
    "small_school",
    "teachers_category",
    "teachers_contests",
    "teachers_overload",
    "library_new_books",
];

/// The criteria of Lesosibirsk: any one makes a verdict.
pub fn lesosibirsk() -> Method {
    let indicators = LESOSIBIRSK.iter().enumerate().map(|(at, id)| match at {
        0..4 => measure(id, -100, 100, false),
        16 => measure(id, 0, 10_000, false),
        17 => measure(id, 0, 1, false),
        _ => measure(id, 0, 100, true),
    });
    let any = |criteria: Vec<usize>| (criteria, Needed::AtLeast(1));
    let (of_results, needed) = any((0..7).collect());
    let (of_conditions, _) = any(vec![7, 8, 9]);
    Method {
        id: Id::new("lesosibirsk"),
        indicators: indicators.collect(),
        groups: vec![
            group("среднее", false, Vec::new()),
            group("основное", false, vec![0, 1]),
            group("начальное", true, Vec::new()),
        ],
        base: Base::Municipality,
        by_group: false,
        domains: vec![
            Domain {
                ranked: Ranked::MeanOfWindow,
                categories: verdict("ШНРО", "не отнесена", &of_results, needed),
                ..quarter("баллы", Some(Role::Results), &[0, 1, 2, 3], &[])
            },
            Domain {
                categories: verdict("ШНСУ", "не отнесена", &of_conditions, needed),
                ..quarter(
                    "благополучие",
                    Some(Role::Conditions),
                    &[],
                    &[9, 10, 11, 12, 13, 14, 15, 16, 17],
                )
            },
            quarter("кадры", None, &[18, 19], &[20]),
            quarter("образование", None, &[21], &[]),
        ],
        criteria: criteria(),
        ..khabarovsk()
    }
}

fn quarter(id: &str, role: Option<Role>, direct: &[usize], inverse: &[usize]) -> Domain {
    let scored =
        |scoring: Scoring| move |at: &usize| Term { indicator: *at, scoring: scoring.clone() };
    let terms = direct.iter().map(scored(Scoring::Direct));
    let terms = terms.chain(inverse.iter().map(scored(Scoring::Inverse))).collect();
    Domain {
        bands: vec![share("низкие", "низкие", End::Lowest), rest("прочие", "прочие")],
        ..domain(id, role, terms)
    }
}

fn verdict(title: &str, other: &str, criteria: &[usize], needed: Needed) -> Vec<Category> {
    let criteria = criteria.to_vec();
    vec![
        category("отнесена", title, Rule::Enough { criteria: criteria.clone(), needed }),
        category("мало", "недостаточно данных", Rule::Open { criteria, needed }),
        category("прочие", other, Rule::Otherwise),
    ]
}

fn criteria() -> Vec<Criterion> {
    let threshold = |indicators: &[usize], over, compare, than: &str| Sign::Threshold {
        indicators: indicators.to_vec(),
        over,
        compare,
        than: number(than),
        which: Which::Any,
    };
    let rules = [
        ("L1", Sign::InBand { domain: 0, band: 0 }),
        ("L2", threshold(&[4], Over::LastYear, Compare::Less, "60")),
        ("L3", threshold(&[0, 1, 2, 3], Over::LastYear, Compare::Less, "-20")),
        ("L4", threshold(&[5], Over::MeanOfWindow, Compare::NotMore, "0,5")),
        ("L5", threshold(&[6], Over::LastYear, Compare::NotMore, "40")),
        ("L6", Sign::BelowMean { indicator: 7, by: Number::from_int(10) }),
        ("L7", Sign::BelowMean { indicator: 8, by: Number::from_int(5) }),
        ("S1", Sign::InBand { domain: 1, band: 0 }),
        ("S2", Sign::InBand { domain: 2, band: 0 }),
        ("S3", Sign::InBand { domain: 3, band: 0 }),
    ];
    let criterion =
        |(id, rule): (&str, Sign)| Criterion { id: Id::new(id), title: id.to_owned(), rule };
    rules.into_iter().map(criterion).collect()
}
