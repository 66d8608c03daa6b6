//! What a source prints, told from what the pack says and mends: names are compared as a reader
//! compares them, mends are undone.

use std::collections::{BTreeMap, BTreeSet};

use libtest_mimic::Failed;
use serde_json::Value;

use crate::Outcome;

/// A name without what a printer decides: case, «ё», kinds of quotes and dashes, blanks beside
/// signs, a sign at the end.
pub fn normalise(text: &str) -> String {
    let plain: String = text.to_lowercase().chars().map(plain_char).collect();
    let words = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut out = String::new();
    for c in words.chars() {
        let is_sign = "/-(),.:;\"".contains(c);
        if is_sign {
            out.truncate(out.trim_end().len());
        }
        if c == ' ' && out.ends_with(|last| "/-(),.:;\"".contains(last)) {
            continue;
        }
        out.push(c);
    }
    out.trim().trim_end_matches(['.', ';', ':', ',']).trim_start_matches('-').to_owned()
}

fn plain_char(c: char) -> char {
    match c {
        'ё' => 'е',
        '«' | '»' | '„' | '“' | '”' | '\'' | '’' => '"',
        '–' | '—' | '−' | '‑' => '-',
        '\u{a0}' => ' ',
        '•' => '-',
        other => other,
    }
}

/// How a mend says that the source prints nothing.
pub const ABSENT: &str = "не напечатан";

/// The mends of an element, by field.
pub struct Mends<'a> {
    element: &'a Value,
    all: Vec<&'a Value>,
}

impl<'a> Mends<'a> {
    pub fn of(element: &'a Value) -> Self {
        Self {
            element,
            all: element["mended"].as_array().map(|all| all.iter().collect()).unwrap_or_default(),
        }
    }

    pub fn has(&self, field: &str) -> bool {
        self.all.iter().any(|mend| mend["field"] == field)
    }

    /// A value of a field as the source prints it.
    pub fn undo(&self, field: &str, now: &str) -> String {
        let plain = |text: &str| text.replace('\u{a0}', " ");
        let mut printed = plain(now);
        for mend in self.all.iter().filter(|mend| mend["field"] == field) {
            let was = mend["printed"].as_str().unwrap_or_default();
            match mend["corrected"].as_str().filter(|corrected| !corrected.is_empty()) {
                Some(corrected) => printed = printed.replacen(&plain(corrected), was, 1),
                None => printed = was.to_owned(),
            }
        }
        printed
    }

    /// Mends that change nothing that a reader would see.
    pub fn idle(&self) -> Vec<String> {
        let idle = |mend: &&&Value| {
            let (now, printed) = (self.now(mend), text(mend, "printed"));
            // Of a number every blank counts.
            if mend["field"] == "№" {
                now == printed
            } else {
                normalise(&now) == normalise(printed)
            }
        };
        self.all.iter().filter(idle).map(|mend| text(mend, "printed").to_owned()).collect()
    }

    /// What stands where a mend was made: its fragment, else the whole field.
    fn now(&self, mend: &Value) -> String {
        if let Some(corrected) = mend["corrected"].as_str().filter(|words| !words.is_empty()) {
            return corrected.to_owned();
        }
        let whole = |key: &str| text(self.element, key).to_owned();
        match text(mend, "field") {
            "название" => whole("title"),
            "№" => whole("number"),
            "уровень" => whole("level"),
            "индикатор" => whole("kind_printed"),
            "результат" => whole("result"),
            "срок" => texts(self.element, "terms").join(", "),
            field => panic!("no whole is known of a mend of «{field}»"),
        }
    }
}

/// Mends of lines that stand together and do not say which line each is of: that is told by what the
/// source prints there.
pub struct OpenMends<'a>(Vec<&'a Value>);

impl<'a> OpenMends<'a> {
    /// Those of a field among the mends of several elements.
    pub fn of(elements: impl IntoIterator<Item = &'a Value>, field: &str) -> Self {
        let all = elements.into_iter().flat_map(|element| list(element, "mended"));
        Self(all.filter(|mend| mend["field"] == field).collect())
    }

    /// A line as the source prints it: undone is what stands mended here and unmended there.
    pub fn undo(&mut self, now: &str, golden: &str) -> String {
        let golden = normalise(golden);
        let mut printed = now.replace('\u{a0}', " ");
        self.0.retain(|mend| {
            let (was, corrected) = (text(mend, "printed"), text(mend, "corrected"));
            let is_of_line = printed.contains(corrected) && golden.contains(&normalise(was));
            if is_of_line {
                printed = printed.replacen(corrected, was, 1);
            }
            !is_of_line
        });
        printed
    }

    /// Mends that no line has shown are differences.
    pub fn close(self, found: &mut Differences, place: &str) {
        for mend in self.0 {
            found.say(place, format!("исправления в эталоне нет: «{}»", text(mend, "printed")));
        }
    }
}

/// Whether an element says that its words are not the source's.
pub fn is_ours(element: &Value) -> bool {
    list(element, "because").iter().any(|why| why["kind"] == "методист")
}

pub fn text<'a>(element: &'a Value, key: &str) -> &'a str {
    element[key].as_str().unwrap_or_default()
}

pub fn list<'a>(element: &'a Value, key: &str) -> &'a [Value] {
    element[key].as_array().map_or(&[], Vec::as_slice)
}

pub fn texts(element: &Value, key: &str) -> Vec<String> {
    list(element, key).iter().filter_map(Value::as_str).map(str::to_owned).collect()
}

/// Pairs elements of equal name, in order; what is left over is paired in order as changed, the
/// rest is missing or extra.
pub fn pair<'a>(
    golden: Vec<(&'a Value, String)>,
    ours: Vec<(&'a Value, String)>,
) -> Vec<(Option<&'a Value>, Option<&'a Value>)> {
    let mut by_name: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, (_, name)) in ours.iter().enumerate().rev() {
        by_name.entry(name).or_default().push(at);
    }
    let mut taken = vec![false; ours.len()];
    let mut pairs = Vec::new();
    let mut open = Vec::new();
    for (element, name) in &golden {
        match by_name.get_mut(name.as_str()).and_then(Vec::pop) {
            Some(at) => {
                taken[at] = true;
                pairs.push((Some(*element), Some(ours[at].0)));
            }
            None => open.push(*element),
        }
    }
    let mut rest = ours.iter().zip(taken).filter(|(_, taken)| !taken).map(|((e, _), _)| *e);
    for element in open {
        pairs.push((Some(element), rest.next()));
    }
    pairs.extend(rest.map(|element| (None, Some(element))));
    pairs
}

/// What a pack and a transcription do not agree in.
#[derive(Default)]
pub struct Differences {
    found: Vec<String>,
}

impl Differences {
    pub fn say(&mut self, place: &str, what: impl AsRef<str>) {
        self.found.push(format!("{place}: {}", what.as_ref()));
    }

    pub fn outcome(self) -> Outcome {
        if self.found.is_empty() {
            return Ok(());
        }
        let n = self.found.len();
        Err(Failed::from(format!("{n} differences\n{}", self.found.join("\n"))))
    }

    /// One text of an element, its mends undone.
    pub fn field(&mut self, place: &str, what: &str, golden: &str, printed: &str) {
        let (wanted, printed) = (normalise(golden), normalise(printed));
        if printed != wanted {
            self.say(place, format!("{what}\n   эталон «{wanted}»\n   пакет  «{printed}»"));
        }
    }

    pub fn names(&mut self, place: &str, what: &str, golden: Vec<String>, ours: Vec<String>) {
        let plain = |all: &[String]| all.iter().map(|name| normalise(name)).collect::<Vec<_>>();
        let (wanted, found) = (plain(&golden), plain(&ours));
        if wanted != found {
            self.say(place, format!("{what}\n   эталон {wanted:#?}\n   пакет  {found:#?}"));
        }
    }

    /// Every mend that is recorded is a difference.
    pub fn idle(&mut self, place: &str, ours: &Value) {
        for printed in Mends::of(ours).idle() {
            self.say(place, format!("исправление ничего не меняет: «{printed}»"));
        }
    }
}

/// The figures of a text, those in words as well.
pub fn figures(text: &str) -> BTreeSet<String> {
    let text = text.to_lowercase();
    let words = text.split(|c: char| !c.is_alphanumeric());
    words
        .filter_map(|word| {
            let spelt = WORDS.iter().find(|(forms, _)| forms.contains(&word)).map(|(_, n)| *n);
            // «2021г» is a year.
            let word = word.trim_end_matches('г');
            let digits = word.chars().all(|c| c.is_ascii_digit()) && !word.is_empty();
            spelt.map(str::to_owned).or_else(|| digits.then(|| word.to_owned()))
        })
        .collect()
}

/// «Один» is left out: it is seldom a figure.
const WORDS: [(&[&str], &str); 9] = [
    (&["два", "две", "двух"], "2"),
    (&["три", "трех", "трёх"], "3"),
    (&["четыре", "четырех", "четырёх"], "4"),
    (&["пять", "пяти"], "5"),
    (&["шесть", "шести"], "6"),
    (&["семь", "семи"], "7"),
    (&["восемь", "восьми"], "8"),
    (&["девять", "девяти"], "9"),
    (&["десять", "десяти"], "10"),
];
