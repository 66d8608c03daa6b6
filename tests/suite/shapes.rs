//! The shape of a result against a naive reading of the reference, and what the documents make of it.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::fs;

use libtest_mimic::Failed;
use pko::base::{Id, Interval, Level, Number};
use pko::diag::{Place, SourceMap};
use pko::eval::{Evaluator, Fact, FactValue, Facts, Key, Object};
use pko::model::{
    Comparison, Dynamics, GroupSize, Model, NoPacks, PackFiles, Shape, Standing, Way, load,
};
use serde_json::Value;

use crate::console::pko;
use crate::{Outcome, root};

const PACK: &str = "\
пакет проба «Проба»
  редакция 1
  по методисту «проба»
показатель школы двойки «Двойки»
  вид процент; лучше меньше; каждый учебный год; появляется июль
показатель школы качество «Качество»
  вид процент; лучше больше; каждый учебный год; появляется июль
разбор школы р «Р»
  вровень в пределах 3 п.п.
  пороги лучше больше, хороший от 60 %, плохой ниже 40 %
  пороги лучше меньше, хороший до 5 %, плохой выше 20 %
  вывод все_случаи «Все»
    текст «Все.»
";
const YEAR: i32 = 2026;

// ---------------------------------------------------------------- the naive reading

/// A fraction: numerator and a denominator above zero.
#[derive(Clone, Copy, Debug)]
struct Part(i128, i128);

impl Part {
    fn minus(self, other: Self) -> Self {
        Self(self.0 * other.1 - other.0 * self.1, self.1 * other.1)
    }

    fn turned(self) -> Self {
        Self(-self.0, self.1)
    }

    fn against(self, other: Self) -> Ordering {
        (self.0 * other.1).cmp(&(other.0 * self.1))
    }

    fn number(self) -> Number {
        let whole = |n: i128| Number::from_int(i64::try_from(n).expect("a small number"));
        whole(self.0).checked_div(&whole(self.1)).expect("not by zero")
    }
}

/// A year: the share, and how many took part.
#[derive(Clone, Copy, Debug, Default)]
struct Year {
    share: Option<Part>,
    n: Option<i128>,
}

/// One pupil of so many, less half a point for rounding, but at least half a pupil.
fn least(n: i128) -> Part {
    if n < 100 { Part(200 - n, 2 * n) } else { Part(50, n) }
}

/// The oldest year first.
#[derive(Debug)]
struct Series {
    way: Way,
    years: [Year; 3],
    above: [Option<Part>; 2],
}

impl Series {
    fn shape(&self) -> Shape {
        Shape {
            way: self.way,
            standing: self.standing(),
            dynamics: self.dynamics(),
            comparison: self.comparison(),
            group: match self.years[2].n {
                Some(n) if n < 10 => GroupSize::Small,
                Some(_) => GroupSize::Enough,
                None => GroupSize::Unknown,
            },
        }
    }

    fn gain(&self, from: Part, to: Part) -> Part {
        if self.way == Way::More { to.minus(from) } else { from.minus(to) }
    }

    fn standing(&self) -> Standing {
        let Some(share) = self.years[2].share else { return Standing::Unknown };
        let at = |percent: i128| share.against(Part(percent, 1));
        let [best, worst] = if self.way == Way::More { [100, 0] } else { [0, 100] };
        let (good, poor) = match self.way {
            Way::More => (at(60).is_ge(), at(40).is_lt()),
            Way::Less => (at(5).is_le(), at(20).is_gt()),
        };
        match () {
            () if at(best).is_eq() => Standing::Best,
            () if at(worst).is_eq() => Standing::Worst,
            () if good => Standing::Good,
            () if poor => Standing::Poor,
            () => Standing::Middle,
        }
    }

    /// Minus one, nothing, one: worse, the same, better.
    fn step(&self, before: Year, now: Year) -> Option<i8> {
        let gain = self.gain(before.share?, now.share?);
        let n = before.n.into_iter().chain(now.n).min();
        let Some(n) = n else { return Some(gain.0.signum() as i8) };
        let least = least(n);
        Some(match () {
            () if gain.against(least).is_ge() => 1,
            () if gain.turned().against(least).is_ge() => -1,
            () => 0,
        })
    }

    fn dynamics(&self) -> Dynamics {
        let [first, second, third] = self.years;
        match (self.step(first, second), self.step(second, third)) {
            (_, None) => Dynamics::Unknown,
            (_, Some(0)) => Dynamics::Same,
            (Some(1), Some(1)) => Dynamics::BetterTwice,
            (Some(-1), Some(-1)) => Dynamics::WorseTwice,
            (Some(1), _) | (Some(-1), _) => Dynamics::Swings,
            (_, Some(1)) => Dynamics::Better,
            _ => Dynamics::Worse,
        }
    }

    fn comparison(&self) -> Comparison {
        let Some(own) = self.years[2].share else { return Comparison::Unknown };
        let sides = self.above.iter().flatten().map(|above| {
            let gain = self.gain(*above, own);
            let is_less =
                |n| gain.against(least(n)).is_lt() && gain.turned().against(least(n)).is_lt();
            match () {
                () if self.years[2].n.is_some_and(is_less) => 0,
                () if gain.against(Part(3, 1)).is_gt() => 1,
                () if gain.turned().against(Part(3, 1)).is_gt() => -1,
                () => 0,
            }
        });
        let sides: Vec<i8> = sides.collect();
        let both = sides.len() == 2;
        let has = |side: i8| sides.contains(&side);
        match (both, has(1), has(0), has(-1)) {
            (false, true, ..) => Comparison::BetterThanOnly,
            (false, _, true, _) => Comparison::LevelWithOnly,
            (false, _, _, true) => Comparison::WorseThanOnly,
            (_, true, true, _) => Comparison::BetterAndLevel,
            (_, true, _, true) => Comparison::BetterAndWorse,
            (_, _, true, true) => Comparison::WorseAndLevel,
            (_, true, ..) => Comparison::BetterThanBoth,
            (_, _, true, _) => Comparison::LevelWithBoth,
            (_, _, _, true) => Comparison::WorseThanBoth,
            _ => Comparison::Unknown,
        }
    }
}

// ---------------------------------------------------------------- made-up figures

/// The same figures in every run.
struct Made(u64);

impl Made {
    fn below(&mut self, end: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }

    fn year(&mut self) -> Year {
        let n = i128::from(1 + self.below(30));
        match self.below(8) {
            0 => Year::default(),
            1 => Year { share: Some(Part(i128::from(self.below(101)), 1)), n: None },
            2 => Year { share: Some(Part(100 * i128::from(self.below(2)), 1)), n: Some(n) },
            _ => {
                let pupils = i128::from(self.below(n as u64 + 1));
                Year { share: Some(Part(100 * pupils, n)), n: Some(n) }
            }
        }
    }

    /// Mostly near the share: far ones are soon all alike.
    fn above(&mut self, own: Year) -> Option<Part> {
        let tenths = match (self.below(4), own.share) {
            (0, _) => return None,
            (1, _) | (_, None) => i128::from(self.below(1001)),
            (_, Some(own)) => own.0 * 10 / own.1 + i128::from(self.below(81)) - 40,
        };
        Some(Part(tenths.clamp(0, 1000), 10))
    }

    fn series(&mut self) -> Series {
        let way = if self.below(2) == 0 { Way::More } else { Way::Less };
        let years = [self.year(), self.year(), self.year()];
        Series { way, years, above: [self.above(years[2]), self.above(years[2])] }
    }
}

fn model() -> Model {
    let files = vec![("проба.pko".to_owned(), PACK.to_owned())];
    let mut out = Vec::new();
    let files = PackFiles { origin: "память".to_owned(), files };
    let model = load(files, &NoPacks, &mut SourceMap::default(), &mut out);
    assert!(out.is_empty(), "{out:?}");
    model
}

fn facts(series: &Series) -> Facts {
    let own = Object::School("ш".to_owned());
    let mut facts = Facts::new("2026-09-01".parse().expect("a day"), own.clone());
    let mut put = |object: &Object, year: i32, share: Option<Part>, n: Option<i128>| {
        let Some(share) = share else { return };
        let indicator =
            Id::new(if series.way == Way::More { "качество" } else { "двойки" });
        let key = Key { indicator, object: object.clone(), year, cell: None };
        let fact = Fact {
            value: FactValue::Number(Interval::exactly(share.number())),
            n: n.map(|n| u64::try_from(n).expect("a count")),
            source: String::new(),
            place: Place::Nowhere,
        };
        facts.figures.insert(key, fact);
    };
    for (at, year) in series.years.iter().enumerate() {
        put(&own, YEAR - 2 + at as i32, year.share, year.n);
    }
    for (level, share) in [Level::Municipality, Level::Region].into_iter().zip(series.above) {
        put(&Object::Above(level), YEAR, share, None);
    }
    facts
}

/// Whatever the figures, the shape is that of the naive reading; any two values that exact figures
/// allow together come up, and none that they cannot.
pub fn a_shape_is_what_the_reference_says() -> Outcome {
    let model = model();
    let analysis = model.analyses.get(&Id::new("р")).expect("the analysis");
    let mut made = Made(1);
    let mut met = BTreeSet::new();
    for _ in 0..30_000 {
        let series = made.series();
        let facts = facts(&series);
        let evaluator = Evaluator::new(&model, &facts);
        let id = Id::new(if series.way == Way::More { "качество" } else { "двойки" });
        let shaped = evaluator.shape(analysis, &id, YEAR).expect("a shape").shape;
        if shaped != series.shape() || !shaped.is_possible() {
            let naive = series.shape().words();
            return Err(Failed::from(format!("{series:?}\n{}\n{naive}", shaped.words())));
        }
        met.extend(pairs(&shaped));
    }
    let exact = |shape: &Shape| shape.standing != Standing::Unknown;
    let all: BTreeSet<_> = Shape::all().filter(exact).flat_map(|shape| pairs(&shape)).collect();
    let never: Vec<String> =
        all.difference(&met).map(|pair| format!("never came up: {pair:?}")).collect();
    if never.is_empty() { Ok(()) } else { Err(Failed::from(never.join("\n"))) }
}

/// The values of two dimensions together.
fn pairs(shape: &Shape) -> [(&'static str, &'static str); 3] {
    let words = (shape.standing.word(), shape.dynamics.word(), shape.comparison.word());
    [(words.0, words.1), (words.0, words.2), (words.1, words.2)]
}

// ---------------------------------------------------------------- paragraphs

/// No two paragraphs of a school's documents say the same: figures and names of subjects aside, the
/// words differ.
pub fn no_two_paragraphs_are_alike() -> Outcome {
    let mut faults = Vec::new();
    let projects =
        ["shppko-primer", "spravka-lesosibirsk-6", "shppko-selskaya", "shppko-gorodskaya"];
    for project in projects {
        let folder = tempfile::tempdir()?;
        let path = root().join(format!("seeds/projects/{project}.toml"));
        let words = [
            "build",
            &path.display().to_string(),
            "-o",
            &folder.path().display().to_string(),
            "--formats",
            "json",
        ]
        .map(str::to_owned);
        let called = pko(&root(), &words, &[]);
        assert_eq!(called.code, 0, "{}", called.both());
        for entry in fs::read_dir(folder.path())? {
            let path = entry?.path();
            let document: Value = serde_json::from_str(&fs::read_to_string(&path)?)?;
            let mut seen: Vec<String> = Vec::new();
            for text in paragraphs(&document) {
                let masked = masked(&text);
                if seen.contains(&masked) {
                    faults.push(format!("{}: {text}", path.display()));
                }
                seen.push(masked);
            }
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(Failed::from(faults.join("\n"))) }
}

/// Every paragraph below a value. Items of a numbered list are the names of what the pack declares.
fn paragraphs(value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().flat_map(paragraphs).collect(),
        Value::Object(fields) if fields.get("kind").and_then(Value::as_str) == Some("абзац") =>
        {
            let text = fields.get("text").and_then(Value::as_str).unwrap_or_default();
            let is_item = text.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with(')');
            if is_item { Vec::new() } else { vec![text.to_owned()] }
        }
        Value::Object(fields) => fields.values().flat_map(paragraphs).collect(),
        _ => Vec::new(),
    }
}

/// Subjects by the beginnings of their names, in any case.
const SUBJECTS: [&str; 12] = [
    "математик",
    "русск",
    "язык",
    "физик",
    "географи",
    "обществознани",
    "биологи",
    "базов",
    "профильн",
    "читательск",
    "естественнонаучн",
    "грамотност",
];

fn masked(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    let kept = words
        .map(str::to_lowercase)
        .filter(|word| !SUBJECTS.iter().any(|subject| word.starts_with(subject)));
    kept.collect::<Vec<_>>().join(" ")
}
