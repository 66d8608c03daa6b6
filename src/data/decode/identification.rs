//! A file of `pko identify` into an [`Identification`]. Fields that documents do not tell of are not
//! read.

use std::collections::BTreeSet;

use serde_json::Value;

use super::json_walk::{AGAIN, JsonWalk, Node, OBJECT};
use super::quote::quote;
use super::year::parse_year;
use crate::base::{FileId, Id, Span};
use crate::data::codes;
use crate::data::identification::{
    Aspect, Identification, IdentifiedSchool, IdentifiedYear, NamedMethodology, Standing,
    years_in_words,
};
use crate::diag::Diagnostic;

/// The contract that is read.
const SCHEMA: &str = "pko/identification/1";

/// `None` where anything was refused.
pub(super) fn read(
    name: &str,
    file: FileId,
    text: &str,
    out: &mut Vec<Diagnostic>,
) -> Option<Identification> {
    let value: Value = match serde_json::from_str(text) {
        Ok(value) => value,
        Err(error) => {
            out.push(syntax(file, text, &error));
            return None;
        }
    };
    let root = Node::root(&value);
    let mut walk = JsonWalk::new(file, text, out);
    if !is_ours(&root, &mut walk) {
        return None;
    }
    let found = whole(name, &root, &mut walk);
    if walk.finish(&root) { found } else { None }
}

/// The parser counts lines and bytes from one.
fn syntax(file: FileId, text: &str, error: &serde_json::Error) -> Diagnostic {
    let before = text.lines().take(error.line().saturating_sub(1));
    let start = before.map(|line| line.len() + 1).sum::<usize>();
    let mut at = (start + error.column().saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let width = text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    let message = match error.is_eof() {
        true => "файл обрывается: запись JSON не закончена".to_owned(),
        false => "здесь нарушена запись JSON".to_owned(),
    };
    Diagnostic::error(codes::JSON_SYNTAX, Span::new(file, at, at + width), message).with_hint(AGAIN)
}

fn is_ours(root: &Node<'_>, walk: &mut JsonWalk<'_>) -> bool {
    let schema = root.value.get("schema").and_then(Value::as_str);
    if schema == Some(SCHEMA) {
        return true;
    }
    let place = match root.get("schema") {
        Some(schema) => walk.place(&schema),
        None => {
            let whole = walk.place(root);
            Span { end: whole.start, ..whole }
        }
    };
    let message = match schema {
        Some(other) => format!("это {}, а нужен результат идентификации ({SCHEMA})", named(other)),
        None => format!("в файле не сказано, что это результат идентификации (schema: {SCHEMA})"),
    };
    let hint =
        "его пишет «pko identify ДАННЫЕ --methodology ИМЯ -o ПАПКА»: файл identification.json";
    walk.push(Diagnostic::error(codes::OTHER_SCHEMA, place, message).with_hint(hint));
    false
}

/// What another file of ours is.
fn named(schema: &str) -> String {
    let known = [
        ("pko/diagnosis/", "диагностика школы"),
        ("pko/diagnostics/", "список замечаний"),
        ("pko/programme/", "документ"),
        ("pko/manifest/", "опись документов"),
        ("pko/pack/", "пакет правил"),
        ("pko/identification/", "результат идентификации в записи другой версии"),
    ];
    let found = known.iter().find(|(prefix, _)| schema.starts_with(prefix));
    found.map_or_else(|| quote(schema), |(_, what)| format!("{what} ({schema})"))
}

fn whole(name: &str, root: &Node<'_>, walk: &mut JsonWalk<'_>) -> Option<Identification> {
    let methodology = methodology(root, walk);
    let window = window(root, walk);
    let borders = borders(root, walk);
    let mut schools: Vec<IdentifiedSchool> = Vec::new();
    let mut seen: BTreeSet<String> = BTreeSet::new();
    if let Some(list) = walk.list(root, "schools", "школы") {
        for node in list.items() {
            let Some(school) = school(&node, &window, &borders, walk) else { continue };
            if !seen.insert(school.school_id.clone()) {
                let message = format!("школа {} названа дважды", quote(&school.school_id));
                walk.fault(&node, message, AGAIN);
            }
            schools.push(school);
        }
    }
    Some(Identification { file: name.to_owned(), methodology: methodology?, window, schools })
}

fn methodology(root: &Node<'_>, walk: &mut JsonWalk<'_>) -> Option<NamedMethodology> {
    let id = walk.text(root, "methodology", "имя методики");
    let title = walk.words(root, "title").unwrap_or_default();
    let parts = root.get("source").filter(|source| source.value.is_object());
    let source = match parts {
        Some(parts) => {
            let parts = ["source", "place"].map(|key| walk.words(&parts, key));
            parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
        }
        None => walk.words(root, "source").unwrap_or_default(),
    };
    Some(NamedMethodology { id: id?, title, source })
}

fn window(root: &Node<'_>, walk: &mut JsonWalk<'_>) -> Vec<i32> {
    let Some(list) = walk.list(root, "window", "годы, по которым судили") else {
        return Vec::new();
    };
    let mut years: Vec<i32> = Vec::new();
    for node in list.items() {
        match node.value.as_str() {
            Some(text) => years.extend(year(&node, text, walk)),
            None => walk.wrong(&node, "год в кавычках"),
        }
    }
    let count = years.len();
    years.sort_unstable();
    years.dedup();
    if count == 0 {
        walk.fault(&list, "не назван ни один год".to_owned(), AGAIN);
    } else if years.len() < count {
        walk.fault(&list, "один год назван дважды".to_owned(), AGAIN);
    }
    years
}

fn year(node: &Node<'_>, text: &str, walk: &mut JsonWalk<'_>) -> Option<i32> {
    let year = parse_year(text).ok();
    if year.is_none() {
        walk.fault(node, format!("{} — не год", quote(text)), AGAIN);
    }
    year
}

// ------------------------------------------------------------ schools

fn school(
    node: &Node<'_>,
    window: &[i32],
    borders: &[Border],
    walk: &mut JsonWalk<'_>,
) -> Option<IdentifiedSchool> {
    if !node.value.is_object() {
        walk.wrong(node, OBJECT);
        return None;
    }
    let school_id = walk.text(node, "school_id", "код школы");
    let name = walk.words(node, "name").unwrap_or_default();
    let municipality = walk.words(node, "municipality").unwrap_or_default();
    let excluded = walk.words(node, "excluded");
    let (results, social) = (walk.words(node, "results"), walk.words(node, "social"));
    if results.is_none() && social.is_none() && excluded.is_none() {
        let message = "о школе нет ни одного заключения: полей «results» и «social»";
        walk.fault(node, message.to_owned(), AGAIN);
    }
    let flags = walk.items(node, "flags");
    let flags = flags.iter().flat_map(Node::items).filter_map(|flag| walk.as_text(&flag)).collect();
    let mut years = Vec::new();
    let listed = walk.section(node, "years");
    for (key, node) in listed.iter().flat_map(Node::entries) {
        let Some(year) = year(&node, key, walk) else { continue };
        if !window.is_empty() && !window.contains(&year) {
            let message = format!("{year} года нет среди тех, по которым судили (поле «window»)");
            walk.fault(&node, message, AGAIN);
        }
        years.push(of_years(&node, &[year], &municipality, borders, walk));
    }
    years.sort_by_key(|year| year.year);
    let whole = walk.section(node, "window");
    years.extend(whole.map(|node| of_years(&node, window, &municipality, borders, walk)));
    let school_id = school_id?;
    let id = Id::new(&format!("школа_{school_id}"));
    Some(IdentifiedSchool {
        id,
        school_id,
        name,
        municipality,
        excluded,
        results,
        social,
        flags,
        years,
    })
}

/// A year, or the window as a whole.
fn of_years(
    node: &Node<'_>,
    of: &[i32],
    municipality: &str,
    borders: &[Border],
    walk: &mut JsonWalk<'_>,
) -> IdentifiedYear {
    let is_whole = node.is_under("window");
    let years = years_in_words(of);
    // Borders of a window name its ends, whatever lies between them.
    let span = match of {
        [first, .., last] => format!("{first}–{last}"),
        _ => years.clone(),
    };
    let group = walk.words(node, "group").unwrap_or_default();
    let among = |aspect: Aspect| {
        let of = Among { years: &span, aspect, group: &group, municipality };
        ranked(borders, &of)
    };
    let keys = ["results_index", "results_rank", "results_band", "results_reason"];
    let mut results = standing(node, keys, walk);
    let keys = ["social_index", "social_rank", "social_band", "social_reason"];
    let mut social = standing(node, keys, walk);
    results.ranked = results.rank.and_then(|_| among(Aspect::Results));
    social.ranked = social.rank.and_then(|_| among(Aspect::Social));
    for (standing, key) in [(&results, "results_rank"), (&social, "social_rank")] {
        if let (Some(rank), Some(ranked)) = (standing.rank, standing.ranked)
            && rank > ranked
        {
            let message = format!("поле {}: место {rank}, а школ всего {ranked}", quote(key));
            walk.fault(node, message, AGAIN);
        }
    }
    let name = if is_whole { "годы" } else { "год" };
    IdentifiedYear {
        id: Id::new(&format!("{name}_{span}")),
        year: of.last().copied().unwrap_or_default(),
        years,
        is_whole,
        group,
        results,
        social,
    }
}

fn standing(
    node: &Node<'_>,
    [index, rank, band, reason]: [&str; 4],
    walk: &mut JsonWalk<'_>,
) -> Standing {
    Standing {
        index: walk.number(node, index),
        rank: walk.place_number(node, rank),
        ranked: None,
        band: walk.words(node, band).filter(|band| band != "null"),
        reason: walk.words(node, reason),
    }
}

// ------------------------------------------------------------ borders

/// Schools that are ranked together; what is not said does not part them.
struct Border {
    /// A year, or the first and the last of the window.
    years: String,
    domain: String,
    group: String,
    municipality: String,
    ranked: u64,
}

fn borders(root: &Node<'_>, walk: &mut JsonWalk<'_>) -> Vec<Border> {
    let list = walk.items(root, "borders");
    let each = list.iter().flat_map(Node::items).filter_map(|node| {
        let years = walk.words(&node, "year").unwrap_or_default();
        let domain = walk.text(&node, "domain", "о чём граница");
        let group = walk.words(&node, "group").unwrap_or_default();
        let municipality = walk.words(&node, "municipality").unwrap_or_default();
        let ranked = walk.place_number(&node, "ranked");
        Some(Border { years, domain: domain?, group, municipality, ranked: ranked? })
    });
    each.collect()
}

/// A school in a year, or in the window.
struct Among<'a> {
    years: &'a str,
    aspect: Aspect,
    group: &'a str,
    municipality: &'a str,
}

/// Among how many schools a school is ranked; `None` where the borders do not tell.
fn ranked(borders: &[Border], of: &Among<'_>) -> Option<u64> {
    let concerns = |border: &&Border| {
        border.years == of.years
            && border.domain == of.aspect.word()
            && ["", of.group].contains(&border.group.as_str())
            && ["", of.municipality].contains(&border.municipality.as_str())
    };
    let mut found = borders.iter().filter(concerns).map(|border| border.ranked);
    let first = found.next()?;
    found.all(|ranked| ranked == first).then_some(first)
}
