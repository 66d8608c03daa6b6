//! Source 002 by double entry: the pack's table of mechanisms, its mends undone, is what the golden
//! transcription says; every mend is a difference, and nothing else is.

use std::fs;

use serde_json::Value;

use crate::console::pko;
use crate::printed::{Differences, Mends, list, normalise, pair, text, texts};
use crate::{Outcome, root};

pub fn the_pack_says_what_the_source_prints() -> Outcome {
    let golden: Value =
        serde_json::from_str(&fs::read_to_string(root().join("golden/002/pack.json"))?)?;
    let words = ["show", "krasnoyarsk", "--format", "json"].map(str::to_owned);
    let called = pko(&root(), &words, &[]);
    let pack: Value = serde_json::from_str(&called.stdout)?;
    let mut differences = Table::default();
    for direction in list(&golden, "directions") {
        let number = text(direction, "number");
        let ours = list(&pack, "directions").iter().find(|it| text(it, "number") == number);
        match ours {
            Some(ours) => differences.direction(direction, ours),
            None => differences.found.say(number, "направления нет"),
        }
    }
    let known = list(&golden, "directions");
    for extra in list(&pack, "directions").iter().filter(|it| it.get("number").is_some()) {
        let number = text(extra, "number");
        if !known.iter().any(|it| text(it, "number") == number) {
            differences.found.say(number, "направления нет в источнике");
        }
    }
    differences.found.outcome()
}

#[derive(Default)]
struct Table {
    found: Differences,
}

impl Table {
    fn direction(&mut self, golden: &Value, ours: &Value) {
        let number = text(golden, "number");
        self.field(number, "название", golden, ours, "title");
        self.found.names(number, "кураторы", texts(golden, "curators"), texts(ours, "curators"));
        let printed = |it: &Value| Mends::of(it).undo("№", text(it, "number"));
        let mut rest: Vec<&Value> = list(ours, "mechanisms").iter().collect();
        for mechanism in list(golden, "mechanisms") {
            let wanted = text(mechanism, "number");
            match rest.iter().position(|it| printed(it) == wanted) {
                Some(at) => self.mechanism(mechanism, rest.remove(at)),
                None => self.found.say(wanted, "механизма нет"),
            }
        }
        for extra in rest.iter().filter(|it| it.get("number").is_some()) {
            self.found.say(text(extra, "number"), "механизма нет в источнике");
        }
    }

    fn mechanism(&mut self, golden: &Value, ours: &Value) {
        let place = text(golden, "number");
        self.field(place, "название", golden, ours, "title");
        self.found.idle(place, ours);
        if text(golden, "state") != text(ours, "state") {
            self.found.say(place, format!("состояние: {} — {}", golden["state"], ours["state"]));
        }
        let mends = Mends::of(ours);
        let goals = texts(ours, "goals").iter().map(|goal| mends.undo("цели", goal)).collect();
        self.found.names(place, "цели", texts(golden, "goals"), goals);
        for kind in ["indicators", "activities", "documents"] {
            self.rows(place, kind, list(golden, kind), list(ours, kind));
        }
    }

    /// Elements of one kind by row and level. What has no row is the pack's own.
    fn rows(&mut self, mechanism: &str, kind: &str, golden: &[Value], ours: &[Value]) {
        let ours: Vec<&Value> = ours.iter().filter(|it| it.get("row").is_some()).collect();
        let level = |it: &Value| Mends::of(it).undo("уровень", text(it, "level"));
        let mut keys: Vec<(u64, String)> =
            golden.iter().chain(ours.iter().copied()).map(|it| (row(it), level(it))).collect();
        keys.sort();
        keys.dedup();
        for (at, side) in keys {
            let place = format!("{mechanism}, строка {at}, {side}, {}", word(kind));
            let of = |it: &&Value| row(it) == at && level(it) == side;
            let named = |it| (it, printed_title(kind, it));
            let wanted = golden.iter().filter(of).map(named).collect();
            let found = ours.iter().copied().filter(of).map(named).collect();
            for couple in pair(wanted, found) {
                self.couple(&place, kind, couple);
            }
        }
    }

    fn couple(&mut self, place: &str, kind: &str, couple: (Option<&Value>, Option<&Value>)) {
        match couple {
            (Some(golden), None) => {
                self.found.say(place, format!("нет «{}»", text(golden, "title")))
            }
            (None, Some(ours)) => {
                self.found.say(place, format!("лишнее «{}»", text(ours, "title")))
            }
            (Some(golden), Some(ours)) => self.element(place, kind, golden, ours),
            (None, None) => {}
        }
    }

    fn element(&mut self, place: &str, kind: &str, golden: &Value, ours: &Value) {
        self.found.idle(place, ours);
        if normalise(text(golden, "title")) != printed_title(kind, ours) {
            let printed = printed_title(kind, ours);
            self.found.say(
                place,
                format!(
                    "\n   эталон «{}»\n   пакет  «{printed}»",
                    normalise(text(golden, "title"))
                ),
            );
        }
        let mends = Mends::of(ours);
        let number = mends.undo("№", text(ours, "number"));
        if text(golden, "number") != number {
            let title = text(golden, "title");
            self.found.say(place, format!("№ {} — {number}: «{title}»", text(golden, "number")));
        }
        match kind {
            "indicators" => self.kind(place, golden, ours),
            "activities" => {
                let is_own = ours.get("documents_by").is_some();
                let papers = if is_own { Vec::new() } else { texts(ours, "documents") };
                let papers = papers.iter().map(|paper| mends.undo("документы", paper)).collect();
                let of = format!("{place} «{}»", text(golden, "title"));
                self.found.names(&of, "документы", texts(golden, "documents"), papers);
            }
            _ => {}
        }
    }

    fn kind(&mut self, place: &str, golden: &Value, ours: &Value) {
        let mends = Mends::of(ours);
        let printed = mends.undo("индикатор", text(ours, "kind_printed"));
        let title = text(golden, "title");
        if normalise(text(golden, "kind_printed")) != normalise(&printed) {
            self.found.say(
                place,
                format!("индикатор «{}» — «{printed}»: «{title}»", text(golden, "kind_printed")),
            );
        }
        let is_same = golden["kind"] == ours["kind"];
        if is_same == mends.has("индикатор") {
            self.found.say(place, format!("вид {} — {}: «{title}»", golden["kind"], ours["kind"]));
        }
        if golden["kind_given"] != ours["kind_given"] {
            self.found.say(
                place,
                format!("вид назван: {} — {}: «{title}»", golden["kind_given"], ours["kind_given"]),
            );
        }
    }

    fn field(&mut self, place: &str, what: &str, golden: &Value, ours: &Value, key: &str) {
        let printed = Mends::of(ours).undo(what, text(ours, key));
        self.found.field(place, what, text(golden, key), &printed);
    }
}

fn row(element: &Value) -> u64 {
    element["row"].as_u64().unwrap_or_default()
}

fn word(kind: &str) -> &str {
    match kind {
        "indicators" => "показатель",
        "activities" => "действие",
        _ => "документ",
    }
}

fn printed_title(kind: &str, element: &Value) -> String {
    let field = if kind == "documents" { "документы" } else { "название" };
    let mends = Mends::of(element);
    let field = match kind {
        "documents" => [
            "документы региона",
            "документы муниципалитета",
            "документы школы",
            "документы без уровня",
        ]
        .into_iter()
        .find(|field| mends.has(field))
        .unwrap_or(field),
        _ => field,
    };
    normalise(&mends.undo(field, text(element, "title")))
}
