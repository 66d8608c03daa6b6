//! Finds a pack and the packs that it uses, parses them, and resolves them into one model.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use sha2::{Digest, Sha256};

use super::codes;
use super::declarations::Model;
use super::lower::{self, ParsedPack};
use crate::base::{FileId, Id, Span, parallel, suggest};
use crate::diag::{Diagnostic, Place, SourceMap};
use crate::syntax::tree::{Clause, Item, Name, Node, Value};
use crate::syntax::{Noun, parse_file};

/// The files of a pack as its store found them.
#[derive(Clone, Debug)]
pub struct PackFiles {
    /// A folder, or «встроенный».
    pub origin: String,
    /// Name for messages and text, sorted by name.
    pub files: Vec<(String, String)>,
}

/// Where packs come from.
pub trait PackStore {
    fn pack(&self, name: &str) -> Option<PackFiles>;

    /// All names in view, for suggestions.
    fn names(&self) -> Vec<String>;
}

/// A store without packs: for a pack that stands alone.
pub struct NoPacks;

impl PackStore for NoPacks {
    fn pack(&self, _: &str) -> Option<PackFiles> {
        None
    }

    fn names(&self) -> Vec<String> {
        Vec::new()
    }
}

/// Compiles a pack and those that it uses. The model is there even where faults were found, as far
/// as they allow; nobody should evaluate it then.
pub fn load(
    files: PackFiles,
    store: &dyn PackStore,
    sources: &mut SourceMap,
    out: &mut Vec<Diagnostic>,
) -> Model {
    load_again(files, store, &mut ParsedPacks::default(), sources, out)
}

/// Packs that were parsed before, by where they lie and what they say: several packs of one run use
/// the same ones. Their texts must be in the same source map.
#[derive(Clone, Default)]
pub struct ParsedPacks(BTreeMap<(String, String), (Option<ParsedPack>, Vec<Diagnostic>)>);

/// As [`load`], where packs may have been parsed before.
pub fn load_again(
    files: PackFiles,
    store: &dyn PackStore,
    known: &mut ParsedPacks,
    sources: &mut SourceMap,
    out: &mut Vec<Diagnostic>,
) -> Model {
    let (done, path) = (IndexMap::new(), Vec::new());
    let mut loader = Loader { store, known, sources, out, done, path };
    loader.enter(files);
    let packs: Vec<ParsedPack> = loader.done.into_values().flatten().collect();
    lower::lower(packs, sources, out)
}

struct Loader<'a> {
    store: &'a dyn PackStore,
    known: &'a mut ParsedPacks,
    sources: &'a mut SourceMap,
    out: &'a mut Vec<Diagnostic>,
    /// In the order in which they may be lowered; `None` while under way or unreadable.
    done: IndexMap<String, Option<ParsedPack>>,
    /// The packs under way, for cycles, each with the place that asked for it.
    path: Vec<(String, Option<Span>)>,
}

impl Loader<'_> {
    fn enter(&mut self, files: PackFiles) {
        let Some(parsed) = self.parse(files) else { return };
        let name = parsed.id.as_str().to_owned();
        self.path.push((name.clone(), None));
        for used in uses(&parsed.head) {
            self.follow(used);
        }
        self.path.pop();
        self.done.insert(name, Some(parsed));
    }

    fn follow(&mut self, used: Used) {
        let (name, span) = (used.name.as_str(), used.span);
        if let Some(at) = self.path.iter().position(|(on_path, _)| on_path == name) {
            self.report_cycle(name, at, span);
            return;
        }
        if !self.done.contains_key(name) {
            let Some(files) = self.store.pack(name) else {
                self.report_unknown(name, span);
                return;
            };
            self.done.insert(name.to_owned(), None);
            let Some(parsed) = self.parse(files) else { return };
            self.path.push((name.to_owned(), Some(span)));
            for used in uses(&parsed.head) {
                self.follow(used);
            }
            self.path.pop();
            self.done.shift_remove(name);
            self.done.insert(name.to_owned(), Some(parsed));
        }
        self.check_edition(&used);
    }

    fn check_edition(&mut self, used: &Used) {
        let (name, span) = (&used.name, used.span);
        let Some(Some(found)) = self.done.get(name) else { return };
        if used.edition == Wanted::Forgotten && !found.edition.is_empty() {
            let hint = format!("напишите: на основе {name} редакция {}", found.edition);
            self.out.push(
                Diagnostic::error(
                    codes::UNKNOWN_PACK,
                    span,
                    format!("не сказано, какая редакция пакета «{name}» взята за основу"),
                )
                .with_label(found.head.span, "найденная редакция")
                .with_hint(hint),
            );
        }
        if let Wanted::Edition(wanted) = &used.edition
            && *wanted != found.edition
        {
            self.out.push(
                Diagnostic::error(
                    codes::UNKNOWN_PACK,
                    span,
                    format!("нужна редакция {wanted} пакета «{name}», найдена {}", found.edition),
                )
                .with_label(found.head.span, "найденная редакция")
                .with_hint("поправьте номер редакции или подложите нужный пакет"),
            );
        }
    }

    fn parse(&mut self, files: PackFiles) -> Option<ParsedPack> {
        let key = (files.origin.clone(), digest(&files));
        if let Some((parsed, faults)) = self.known.0.get(&key) {
            self.out.extend(faults.iter().cloned());
            return parsed.clone();
        }
        let mut faults = Vec::new();
        let parsed = self.parse_new(files, key.1.clone(), &mut faults);
        self.out.extend(faults.iter().cloned());
        self.known.0.insert(key, (parsed.clone(), faults));
        parsed
    }

    fn parse_new(
        &mut self,
        files: PackFiles,
        sha256: String,
        faults: &mut Vec<Diagnostic>,
    ) -> Option<ParsedPack> {
        let add = |(name, text): &(String, String)| self.sources.add(name.clone(), text.clone());
        let ids: Vec<FileId> = files.files.iter().map(add).collect();
        let texts: Vec<(FileId, &str)> =
            ids.iter().copied().zip(files.files.iter().map(|(_, text)| text.as_str())).collect();
        let parsed = parallel::map(texts.len(), |at| {
            let mut faults = Vec::new();
            let file = texts.get(at).map(|(id, text)| parse_file(*id, text, &mut faults));
            (file.unwrap_or_default().nodes, faults)
        });
        let mut nodes = Vec::new();
        for (of_file, told) in parsed {
            nodes.extend(of_file);
            faults.extend(told);
        }
        let first = ids.first().map(|id| Span::new(*id, 0, 0));
        let (heads, rest) = split_heads(nodes);
        let head = only_head(heads, first, &files.origin, faults)?;
        Some(ParsedPack::new(head, rest, files.origin, sha256))
    }

    fn report_cycle(&mut self, name: &str, at: usize, span: Span) {
        let ring: Vec<&str> =
            self.path.iter().skip(at).map(|(name, _)| name.as_str()).chain([name]).collect();
        let mut fault = Diagnostic::error(
            codes::PACK_CYCLE,
            span,
            format!("пакеты используют друг друга по кругу: {}", ring.join(" → ")),
        )
        .with_hint("вынесите общее в третий пакет");
        for (_, place) in self.path.iter().skip(at + 1) {
            if let Some(place) = place {
                fault = fault.with_label(*place, "звено круга");
            }
        }
        self.out.push(fault);
    }

    fn report_unknown(&mut self, name: &str, span: Span) {
        let names = self.store.names();
        let fault =
            Diagnostic::error(codes::UNKNOWN_PACK, span, format!("пакет «{name}» не найден"));
        self.out.push(match suggest(name, names.iter().map(String::as_str)) {
            Some(near) => fault.with_hint(format!("возможно, вы имели в виду «{near}»")),
            None => fault.with_hint(format!("есть пакеты: {}", names.join(", "))),
        });
    }
}

/// What stands in a pack, whatever the folder is called.
fn digest(files: &PackFiles) -> String {
    let mut digest = Sha256::new();
    for (name, text) in &files.files {
        digest.update(name.rsplit('/').next().unwrap_or(name).as_bytes());
        digest.update([0]);
        digest.update(text.as_bytes());
        digest.update([0]);
    }
    digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Without just one head nothing can be said of the names in the pack.
fn only_head(
    heads: Vec<Item>,
    at: Option<Span>,
    origin: &str,
    out: &mut Vec<Diagnostic>,
) -> Option<Item> {
    let mut heads = heads.into_iter();
    let Some(first) = heads.next() else {
        let place = at.map_or(Place::File(origin.to_owned()), Place::Text);
        out.push(
            Diagnostic::error(codes::PACK_HEAD, place, "в пакете нет заголовка")
                .with_hint("начните один из файлов так: пакет имя «Название»"),
        );
        return None;
    };
    let mut is_only = true;
    for extra in heads {
        is_only = false;
        out.push(
            Diagnostic::error(codes::PACK_HEAD, extra.span, "второй заголовок пакета")
                .with_label(first.span, "первый")
                .with_hint("в одной папке — один пакет: оставьте один заголовок"),
        );
    }
    is_only.then_some(first)
}

fn split_heads(nodes: Vec<Node>) -> (Vec<Item>, Vec<Node>) {
    let mut heads = Vec::new();
    let mut rest = Vec::new();
    for node in nodes {
        match node {
            Node::Item(item) if item.noun == Noun::Pack => heads.push(item),
            node => rest.push(node),
        }
    }
    (heads, rest)
}

/// A pack that a head names.
struct Used {
    name: String,
    span: Span,
    edition: Wanted,
}

/// Which edition a head asks for.
#[derive(PartialEq, Eq)]
enum Wanted {
    Any,
    Edition(String),
    /// A base without an edition: the next one would replace it in silence.
    Forgotten,
}

fn uses(head: &Item) -> Vec<Used> {
    let mut found = Vec::new();
    let mut add = |name: &Name, edition| {
        found.push(Used { name: name.text.clone(), span: name.span, edition })
    };
    for node in &head.body {
        let Node::Clause(Clause { value, .. }) = node else { continue };
        match value {
            Value::Names(names) => names.iter().for_each(|name| add(name, Wanted::Any)),
            Value::Base { name, edition } => {
                add(name, edition.clone().map_or(Wanted::Forgotten, Wanted::Edition));
            }
            _ => {}
        }
    }
    found
}

impl ParsedPack {
    fn new(head: Item, nodes: Vec<Node>, origin: String, sha256: String) -> Self {
        let edition = head.body.iter().find_map(|node| match node {
            Node::Clause(Clause { value: Value::Edition(edition), .. }) => Some(edition.clone()),
            _ => None,
        });
        Self {
            id: Id::new(&head.name.text),
            edition: edition.unwrap_or_default(),
            head,
            nodes,
            origin,
            sha256,
        }
    }
}
