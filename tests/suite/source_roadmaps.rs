//! Sources 000 and 001 by double entry: what the pack composes, its mends undone, is what the golden
//! transcription says. Results are retold in either entry, so that of them only figures, years and
//! numbers are compared.

use std::collections::BTreeSet;
use std::fs;

use libtest_mimic::Failed;
use serde_json::Value;

use crate::actors::Actors;
use crate::console::built_as_json;
use crate::printed::{ABSENT, Differences, Mends, figures, is_ours, list, normalise, text, texts};
use crate::{Outcome, root};

pub fn the_krai() -> Outcome {
    compare("krasnoyarsk", "krasnoyarsk-roadmap-2020", "дк_края_документ", "000/programme")
}

pub fn the_settlement() -> Outcome {
    compare("kedrovy", "kedrovy-roadmap-2022", "кед_постановление", "001/programme")
}

pub fn the_plan_of_2020() -> Outcome {
    of_khabarovsk("хк_документ_2020", "003/programme-plan-2020")
}

pub fn the_plan_of_2021() -> Outcome {
    of_khabarovsk("хк_документ_2021", "003/programme-plan-2021")
}

pub fn the_plan_of_2022() -> Outcome {
    of_khabarovsk("хк_документ_2022", "003/programme-plan-2022")
}

pub fn the_roadmap_of_municipalities() -> Outcome {
    of_khabarovsk("хк_документ_муниципальный", "003/programme-municipal")
}

pub fn the_plan_of_lesosibirsk() -> Outcome {
    compare("lesosibirsk", "lesosibirsk-mppko-2020", "лес_мппко", "004/programme")
}

fn of_khabarovsk(document: &str, golden: &str) -> Outcome {
    compare("khabarovsk", "khabarovsk-programme-2020", document, golden)
}

fn compare(pack: &str, project: &str, document: &str, golden: &str) -> Outcome {
    let golden = root().join(format!("golden/{golden}.json"));
    let golden: Value = serde_json::from_str(&fs::read_to_string(golden)?)?;
    let ours = built(&format!("seeds/projects/{project}.toml"), document)?;
    let mut differences = Paper { found: Differences::default(), actors: Actors::of(pack)? };
    differences.document(&golden, &ours);
    for direction in list(&golden, "directions") {
        let number = text(direction, "number");
        let mut all = list(&ours, "directions").iter();
        match all.find(|it| text(it, "number") == number) {
            Some(ours) => differences.direction(direction, ours),
            None => differences.found.say(number, "направления нет"),
        }
    }
    if list(&golden, "directions").len() != list(&ours, "directions").len() {
        differences.found.say("карта", "направлений не столько");
    }
    differences.found.outcome()
}

/// A document that a project composes.
fn built(project: &str, document: &str) -> Result<Value, Failed> {
    let out = built_as_json(project)?;
    let file = out.path().join(format!("{document}.json"));
    Ok(serde_json::from_str(&fs::read_to_string(file)?)?)
}

struct Paper {
    found: Differences,
    actors: Actors,
}

impl Paper {
    /// Title, requisites, points.
    fn document(&mut self, golden: &Value, ours: &Value) {
        self.found.idle("документ", ours);
        self.field("документ", "название", golden, ours, "title");
        // A requisite that the source lacks is the project's alone.
        for (field, key) in REQUISITES {
            if golden.get(key).is_some() {
                self.field("документ", field, golden, ours, key);
            }
        }
        for key in ["date", "level", "period"] {
            if golden.get(key).is_some() && golden[key] != ours[key] {
                self.found.say("документ", format!("{key}: {} — {}", golden[key], ours[key]));
            }
        }
        let mends = Mends::of(ours);
        let parts: [(&str, &str, &[&str]); 4] = [
            ("пункт", "points", &["number", "text"]),
            ("приложение", "annexes", &["number", "title"]),
            ("сокращение", "abbreviations", &["short", "full"]),
            ("подпись", "signatures", &["position", "name"]),
        ];
        for (field, key, keys) in parts {
            let told =
                |it: &Value| keys.iter().map(|key| text(it, key)).collect::<Vec<_>>().join(" — ");
            let wanted = list(golden, key).iter().map(&told).collect();
            let printed = list(ours, key).iter().filter(|it| !is_our_annex(ours, it));
            let mut found: Vec<String> = printed.map(|it| mends.undo(field, &told(it))).collect();
            if key == "signatures" {
                let printed = |line: &String| {
                    let (position, name) = line.split_once(" — ").unwrap_or((line, ""));
                    format!("{} — {name}", self.actors.printed(position))
                };
                found = found.iter().map(printed).collect();
            }
            if key == "signatures"
                && let Some(executor) = ours.get("executor")
            {
                found.push(format!("исполнитель — {}", text(executor, "name")));
            }
            self.found.names("документ", field, wanted, found);
        }
    }

    fn direction(&mut self, golden: &Value, ours: &Value) {
        let place = format!("направление {}", text(golden, "number"));
        self.found.idle(&place, ours);
        self.field(&place, "название", golden, ours, "title");
        let (wanted, found) = (list(golden, "activities"), list(ours, "activities"));
        for at in 0..wanted.len().max(found.len()) {
            match (wanted.get(at), found.get(at)) {
                (Some(golden), Some(ours)) => self.activity(golden, ours),
                (Some(golden), None) => {
                    self.found.say(&place, format!("нет «{}»", text(golden, "title")))
                }
                (_, ours) => {
                    let title = ours.map_or("", |it| text(it, "title"));
                    self.found.say(&place, format!("лишнее «{title}»"));
                }
            }
        }
    }

    fn activity(&mut self, golden: &Value, ours: &Value) {
        let place = text(golden, "id");
        self.found.idle(place, ours);
        self.field(place, "название", golden, ours, "title");
        self.field(place, "№", golden, ours, "number");
        self.responsible(place, golden, ours);
        let mends = Mends::of(ours);
        let papers = texts(ours, "documents");
        let papers = papers.iter().map(|paper| mends.undo("документы", paper)).collect();
        self.found.names(place, "документы", texts(golden, "documents"), papers);
        // A table without columns of years is compared as a whole.
        let is_by_year = list(golden, "entries").iter().any(|it| it.get("year").is_some());
        let year_of =
            |it: &Value| if is_by_year { text(it, "year").to_owned() } else { String::new() };
        let entries = list(golden, "entries").iter().chain(list(ours, "entries"));
        let years: BTreeSet<String> = entries.map(year_of).collect();
        for year in years {
            let of = |it: &&Value| year_of(it) == year;
            let wanted: Vec<&Value> = list(golden, "entries").iter().filter(of).collect();
            let found: Vec<&Value> = list(ours, "entries").iter().filter(of).collect();
            let place = format!("{place}, {year}");
            if wanted.len() != found.len() {
                self.found.say(&place, format!("записей {} — {}", wanted.len(), found.len()));
                continue;
            }
            for (golden, ours) in wanted.into_iter().zip(found) {
                self.entry(&place, golden, ours);
            }
        }
    }

    fn responsible(&mut self, place: &str, golden: &Value, ours: &Value) {
        let (wanted, found) = (list(golden, "responsible"), list(ours, "responsible"));
        let is_same = wanted.len() == found.len()
            && wanted.iter().zip(found).all(|(golden, ours)| {
                let name = normalise(text(golden, "title"));
                let is_title =
                    ["title", "name"].iter().any(|key| normalise(text(ours, key)) == name);
                is_title || self.actors.is_called(text(ours, "id"), &name)
            });
        if !is_same {
            let told = |all: &[Value]| {
                all.iter().map(|it| text(it, "title").to_owned()).collect::<Vec<_>>()
            };
            self.found.say(place, format!("ответственные {:?} — {:?}", told(wanted), told(found)));
        }
    }

    fn entry(&mut self, place: &str, golden: &Value, ours: &Value) {
        let mends = Mends::of(ours);
        self.found.idle(place, ours);
        let printed = mends.undo("№", text(ours, "number"));
        let printed = if printed == ABSENT { "" } else { &printed };
        if text(golden, "number") != printed {
            self.found.say(place, format!("№ {} — {printed}", text(golden, "number")));
        }
        let year = text(ours, "year");
        let term =
            |all: Vec<String>| all.iter().map(|one| plain_term(one, year)).collect::<Vec<_>>();
        let (wanted, mut found) = (term(texts(golden, "terms")), term(texts(ours, "terms")));
        let is_mended = mends.has("срок");
        if is_mended {
            let printed = mends.undo("срок", "");
            found = term(printed.split(", ").map(str::to_owned).collect());
        }
        // Days in figures are the entry's days, compared below.
        if wanted != found && !texts(golden, "terms").iter().all(|term| is_in_figures(term)) {
            self.found.say(place, format!("срок {wanted:?} — {found:?}"));
        }
        let days = |it: &Value| [text(it, "from").to_owned(), text(it, "to").to_owned()];
        let is_same = days(golden) == days(ours) && golden["term_kind"] == ours["term_kind"];
        if !is_same && !is_mended {
            let told = |it: &Value| format!("{} {:?}", it["term_kind"], days(it));
            self.found.say(place, format!("дни {} — {}", told(golden), told(ours)));
        }
        let told = mends.undo("результат", text(ours, "result"));
        let (wanted, found) = (figures_of(golden, text(golden, "result")), figures_of(ours, &told));
        if wanted != found {
            self.found.say(
                place,
                format!(
                    "числа {wanted:?} — {found:?}\n   {}\n   {}",
                    text(golden, "result"),
                    text(ours, "result")
                ),
            );
        }
    }

    fn field(&mut self, place: &str, what: &str, golden: &Value, ours: &Value, key: &str) {
        let printed = Mends::of(ours).undo(what, text(ours, key));
        let printed = if printed == ABSENT { "" } else { &printed };
        self.found.field(place, what, text(golden, key), printed);
    }
}

/// Whether an annex says that it is our own.
fn is_our_annex(document: &Value, part: &Value) -> bool {
    let mut sections = list(document, "sections").iter();
    let held = sections.find(|section| part.get("ref") == section.get("id"));
    held.is_some_and(is_ours)
}

/// What stands above the title, as its mends name it and under which key.
const REQUISITES: [(&str, &str); 3] =
    [("издаёт", "issuer"), ("№", "number"), ("место", "locality")];

/// A term as compared: the year of its own column and the words around it do not count.
fn plain_term(term: &str, year: &str) -> String {
    let plain = normalise(term).replace(year, "");
    let words = plain.split_whitespace().filter(|word| !["год", "года", "г"].contains(word));
    normalise(&words.collect::<Vec<_>>().join(" "))
}

/// The figures of an entry: of its result and its target.
fn figures_of(entry: &Value, result: &str) -> BTreeSet<String> {
    figures(&format!("{result} {}", text(entry, "target")))
}

/// «13.01.2020 – 28.02.2020».
fn is_in_figures(term: &str) -> bool {
    term.contains('.') && term.chars().all(|c| c.is_ascii_digit() || ". –-\u{a0}".contains(c))
}
