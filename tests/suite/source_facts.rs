//! Published figures of source 004 by double entry: every fact of the golden transcription stands
//! in the project's data, or the table of names says why not; nothing else stands there.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use libtest_mimic::Failed;

use crate::printed::{Differences, normalise};
use crate::{Outcome, root};

type Row = BTreeMap<String, String>;

pub fn lesosibirsk() -> Outcome {
    let golden = rows("golden/004/facts.csv")?;
    let mut data =
        Data { rows: rows("seeds/data/lesosibirsk-mppko-2020.csv")?, told: BTreeSet::new() };
    let names = rows("tests/fixtures/facts-004.csv")?;
    let mut found = Differences::default();
    for fact in &golden {
        let place = described(fact);
        let Some(name) = name_of(&names, fact) else {
            found.say(&place, "имени нет в таблице tests/fixtures/facts-004.csv");
            continue;
        };
        match (name["ours"].as_str(), name["how"].as_str()) {
            ("", why) if !why.is_empty() => {}
            ("", _) => found.say(&place, "нет ни показателя, ни причины"),
            (_, "сумма") => data.total(&mut found, &golden, fact, name),
            _ => data.fact(&mut found, &golden, fact, name),
        }
    }
    data.untold(&mut found);
    found.outcome()
}

fn rows(file: &str) -> Result<Vec<Row>, Failed> {
    let mut reader = csv::Reader::from_path(root().join(Path::new(file)))?;
    Ok(reader.deserialize().collect::<Result<_, _>>()?)
}

fn described(fact: &Row) -> String {
    let parts =
        ["school_name", "indicator", "class", "subject", "year"].map(|key| fact[key].as_str());
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// The line of the table of names for a fact: of its class and subject, else of the indicator alone.
fn name_of<'a>(names: &'a [Row], fact: &Row) -> Option<&'a Row> {
    let is_same = |name: &&Row, key: &str| name[key] == fact[key];
    let mut of_indicator = names.iter().filter(|name| is_same(name, "indicator"));
    let exact = of_indicator.clone().find(|it| is_same(it, "class") && is_same(it, "subject"));
    exact.or_else(|| of_indicator.find(|it| it["class"].is_empty() && it["subject"].is_empty()))
}

struct Data {
    rows: Vec<Row>,
    /// Rows that some fact tells.
    told: BTreeSet<usize>,
}

impl Data {
    /// One published value: of the country, the city, a school, or each of several schools.
    fn fact(&mut self, found: &mut Differences, golden: &[Row], fact: &Row, name: &Row) {
        let of_name = self.of(name, fact);
        let wanted: Vec<usize> = match of_whom(fact) {
            Whom::Level(level) => {
                of_name.into_iter().filter(|at| self.rows[*at]["level"] == level).collect()
            }
            Whom::School(school) => {
                let is_it = |at: &usize| compact(&self.rows[*at]["school_name"]) == school;
                of_name.into_iter().filter(is_it).collect()
            }
            Whom::Schools { but_named } => {
                let named = named_apart(golden, fact);
                let schools: Vec<usize> =
                    of_name.into_iter().filter(|at| self.rows[*at]["level"] == "школа").collect();
                let is_apart = |at: &usize| {
                    but_named && named.contains(&compact(&self.rows[*at]["school_name"]))
                };
                let left: Vec<usize> = schools.into_iter().filter(|at| !is_apart(at)).collect();
                let count = if but_named { SCHOOLS - named.len() } else { SCHOOLS };
                if left.len() != count {
                    found.say(&described(fact), format!("школ {} вместо {count}", left.len()));
                }
                left
            }
        };
        if wanted.is_empty() {
            found.say(&described(fact), format!("в данных нет: «{}»", fact["value"]));
        }
        for at in wanted {
            self.same(found, at, fact, &fact["value"]);
        }
    }

    /// Values by subjects, of which the data keep the total of a year.
    fn total(&mut self, found: &mut Differences, golden: &[Row], fact: &Row, name: &Row) {
        let of_year: Vec<&Row> = golden
            .iter()
            .filter(|it| it["indicator"] == fact["indicator"] && it["year"] == fact["year"])
            .collect();
        let sum =
            |all: &[&Row]| all.iter().filter_map(|it| it["value"].parse::<u32>().ok()).sum::<u32>();
        let (totals, parts): (Vec<&Row>, Vec<&Row>) =
            of_year.into_iter().partition(|it| it["subject"].is_empty());
        let (whole, added) = (sum(&totals), sum(&parts));
        if !totals.is_empty() && !parts.is_empty() && whole != added {
            found.say(&described(fact), format!("всего {whole}, по предметам {added}"));
        }
        let total = if totals.is_empty() { added } else { whole };
        match self.of(name, fact).first() {
            Some(at) => self.same(found, *at, fact, &total.to_string()),
            None => found.say(&described(fact), "в данных нет"),
        }
    }

    /// Rows of the indicator, its kind and the year; where the source prints no year, those that say
    /// which one was taken.
    fn of(&self, name: &Row, fact: &Row) -> Vec<usize> {
        let year = fact["year"].rsplit('/').next().unwrap_or_default();
        let is_of = |row: &Row| {
            name["ours"].split(" / ").any(|ours| row["indicator"] == ours)
                && row["subject"] == name["kind"]
                && (if year.is_empty() {
                    row["source"].contains("взят")
                } else {
                    row["year"] == year
                })
        };
        let all = self.rows.iter().enumerate();
        all.filter(|(_, row)| is_of(row)).map(|(at, _)| at).collect()
    }

    /// Figures and words agree, or the row quotes what is printed.
    fn same(&mut self, found: &mut Differences, at: usize, fact: &Row, value: &str) {
        let row = &self.rows[at];
        let source = normalise(&row["source"]);
        let is_same = plain(value) == plain(&row["value"]) || source.contains(&normalise(value));
        if !is_same {
            found.say(&described(fact), format!("«{value}» — «{}»", row["value"]));
        }
        if !fact["group"].is_empty() && fact["group"] != row["group"] {
            found.say(&described(fact), format!("вид школы «{}»", row["group"]));
        }
        self.told.insert(at);
    }

    fn untold(&self, found: &mut Differences) {
        let all = self.rows.iter().enumerate();
        for (_, row) in all.filter(|(at, _)| !self.told.contains(at)) {
            let place = format!("{} {} {}", row["school_name"], row["indicator"], row["year"]);
            found.say(&place, "в эталоне нет");
        }
    }
}

const SCHOOLS: usize = 9;

enum Whom {
    Level(&'static str),
    School(String),
    /// «Все ОУ»; «остальные ОУ» are those that are not named apart.
    Schools {
        but_named: bool,
    },
}

fn of_whom(fact: &Row) -> Whom {
    match fact["school_name"].as_str() {
        "" => Whom::Level("муниципалитет"),
        "РФ" => Whom::Level("федерация"),
        "все ОУ" | "все школы" => Whom::Schools { but_named: false },
        "остальные ОУ" => Whom::Schools { but_named: true },
        school => Whom::School(compact(school)),
    }
}

/// Schools that have a value of their own of what a fact tells of the others.
fn named_apart(golden: &[Row], fact: &Row) -> BTreeSet<String> {
    let keys = ["indicator", "class", "subject", "year"];
    let is_same = |it: &&Row| keys.iter().all(|key| it[*key] == fact[*key]);
    let schools = golden.iter().filter(is_same).filter(|it| !it["school_id"].is_empty());
    schools.map(|it| compact(&it["school_name"])).collect()
}

fn compact(name: &str) -> String {
    name.split_whitespace().collect()
}

/// Figures and words of a value, apart from how it is set: «от 57% до 79%» is «57–79 %».
fn plain(value: &str) -> (Vec<String>, BTreeSet<String>) {
    let value = value.to_lowercase();
    let is_of_figure = |c: char| c.is_ascii_digit() || c == ',';
    let each = value.split(|c: char| !is_of_figure(c)).filter(|part| !part.is_empty());
    let numbers = each.map(str::to_owned).collect();
    let words = value.split_whitespace().filter(|word| word.chars().all(char::is_alphabetic));
    let words = words.filter(|word| !["от", "до", "ч"].contains(word));
    (numbers, words.map(str::to_owned).collect())
}
